//! Questions in English → [`Question`].
//!
//! A question fits a form word by word or not at all; what is left over is named where it does not. Nothing is guessed
//! in silence: a misspelled word of the grammar is read as what it must be, and said. Reading knows no database but
//! by a [`Vocabulary`]; whether a name is known is found out when it is answered.

use chrono::NaiveDate;

use crate::dates::{self, Period};
use crate::error::Error;
use crate::query::question::form::{self, Form};
use crate::query::question::forms::Means;
use crate::query::question::pattern::{Slots, Taken};
use crate::query::question::vocabulary::{NoArchive, Vocabulary};
use crate::query::question::words::{self, Word};
use crate::query::question::{Question, modifiers, refusal, slots, spelling};

/// Longer questions are refused, so that reading one takes no noticeable time.
const MOST_WORDS: usize = 60;

/// A question as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it asks.
    pub question: Question,
    /// What was read otherwise than it was typed: `read "critized" as "criticized"`.
    pub remarks: Vec<String>,
}

/// Reads a question by its words alone; `today` is what `last week` is reckoned from.
///
/// Fails with the words that are not understood and with the nearest forms as hints.
pub fn parse(question: &str, today: NaiveDate) -> Result<Question, Error> {
    read(question, today, &NoArchive).map(|reading| reading.question)
}

/// Reads a question, with the names of an archive at hand.
///
/// Fails with the words that are not understood and with the nearest forms as hints.
pub fn read(question: &str, today: NaiveDate, archive: &dyn Vocabulary) -> Result<Reading, Error> {
    let typed = words::words(question);
    if typed.len() > MOST_WORDS {
        return Err(Error::usage(format!("a question has at most {MOST_WORDS} words"))
            .hint("ask by flags: `onrecord query --about X --match WORDS`"));
    }
    if let Some(question) = understand(&typed, today, archive)? {
        return Ok(Reading { question, remarks: Vec::new() });
    }
    if let Some(reading) = spelling::read(&typed, today, archive)? {
        return Ok(reading);
    }
    Err(refusal::refuse(question, &typed, today, archive))
}

/// A form, for help and documentation.
#[derive(Clone, Debug)]
pub struct FormHelp {
    /// Where it stands.
    pub section: super::forms::Section,
    /// How it is asked for.
    pub example: String,
    /// Other ways to ask for the same.
    pub also: Vec<String>,
    /// Its patterns, as in the table.
    pub patterns: Vec<String>,
    /// What the example means.
    pub question: Question,
}

/// All forms, in the order in which they are tried.
pub fn forms() -> impl Iterator<Item = FormHelp> {
    form::ALL.iter().filter_map(|form| {
        let question = understand(&words::words(&form.example), NaiveDate::default(), &NoArchive).ok()??;
        Some(FormHelp {
            section: form.section,
            example: form.example.clone(),
            also: form.also.clone(),
            patterns: form.written.clone(),
            question,
        })
    })
}

/// The example of every form, with what it means, in the order in which they are tried.
pub fn examples() -> Vec<(String, Question)> {
    forms().map(|form| (form.example, form.question)).collect()
}

/// The examples of what may follow any question.
pub fn modifiers() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    modifiers::MODIFIERS.iter().map(|modifier| (modifier.example, modifier.patterns))
}

/// The words that stand for others in patterns: the name of the class, and its words.
pub fn classes() -> impl Iterator<Item = (&'static str, &'static str)> {
    super::pattern::CLASSES.into_iter()
}

/// What the words mean as they are; `None` where they fit no form.
///
/// Fails where they fit one and contradict themselves, or hold a date that cannot be read.
pub(super) fn understand(
    words: &[Word],
    today: NaiveDate,
    archive: &dyn Vocabulary,
) -> Result<Option<Question>, Error> {
    let accepts = |slot: &str, words: &[Word]| slots::accepts(slot, words, archive);
    // A name that the archive has is asked for as it is, whatever words are in it.
    let whole = words::text_of(words);
    if !words.is_empty() && archive.is_name(&whole) {
        return Ok(Some(Question { who: Some(whole), ..Question::default() }));
    }
    let (mut left, period) = take_dates(without_courtesy(words).to_vec(), today)?;
    let narrowed = modifiers::take(&mut left, &accepts)?;
    let Some((form, slots)) = form::ALL.iter().find_map(|form| Some((form, form.fit(&left, &accepts)?)))
    else {
        return Ok(None);
    };
    check_dates(&slots)?;
    let Some(question) = meaning(form, slots, narrowed)? else { return Ok(None) };
    match question.subject_matter() {
        Ok(_) => Ok(Some(Question { period, ..question })),
        // `per year` and the like go with quotes alone.
        Err(_) => Ok(None),
    }
}

/// The words without `please` and `can you tell me`.
fn without_courtesy(words: &[Word]) -> &[Word] {
    const BEFORE: [&[&str]; 18] = [
        &["please"],
        &["can", "you"],
        &["could", "you"],
        &["would", "you"],
        &["tell", "me", "what"],
        &["tell", "me", "who"],
        &["tell", "me", "when"],
        &["tell", "me", "how"],
        &["i", "want", "to", "know"],
        &["i", "want", "to", "see"],
        &["i", "want"],
        &["i", "would", "like", "to", "know"],
        &["i", "need"],
        &["do", "you", "know"],
        &["find", "out"],
        &["search", "for"],
        &["look", "for"],
        &["so"],
    ];
    let mut rest = words;
    while let Some(courtesy) = BEFORE.iter().find(|courtesy| {
        rest.len() > courtesy.len() && courtesy.iter().zip(rest).all(|(word, typed)| typed.is(word))
    }) {
        // The question word itself stays.
        let keeps = matches!(courtesy.last(), Some(&("what" | "who" | "when" | "how")));
        rest = &rest[courtesy.len() - usize::from(keeps)..];
    }
    match rest {
        [before @ .., last] if last.is("please") && !before.is_empty() => before,
        _ => rest,
    }
}

/// Fails where a part that should be a name holds a date that was not understood.
fn check_dates(slots: &Slots) -> Result<(), Error> {
    let doubtful =
        slots.values().filter(|taken| !taken.quoted).find_map(|taken| dates::doubtful(&taken.text));
    doubtful.map_or(Ok(()), |dates| Err(refusal::no_date(dates)))
}

/// What a form and its slots mean, with what the modifiers narrow; `None` where they do not go together.
fn meaning(form: &Form, mut slots: Slots, narrowed: Question) -> Result<Option<Question>, Error> {
    let mut take = |name: &str| slots.remove(name).map(|taken: Taken| taken.text);
    let mut question = Question {
        speaker: take("speaker").or_else(|| take("named")),
        about: take("about").or_else(|| take("clause")).into_iter().collect(),
        phrases: take("words").into_iter().collect(),
        told: take("told"),
        who: take("who"),
        subject: take("subject"),
        object: take("object"),
        detail: take("detail").or_else(|| take("doing")),
        between: take("one").zip(take("other")),
        limit: take("limit").and_then(|limit| limit.parse().ok()),
        ..Question::default()
    };
    match form.means {
        Means::Rows => {}
        Means::Latest => question.latest = true,
        Means::Earliest => question.earliest = true,
        Means::Compare => {
            question.compare = true;
            if let Some((one, other)) = question.between.take() {
                question.speaker = Some(format!("{one} and {other}"));
            }
        }
        Means::Count(count) => question.count = Some(count),
        Means::Act(act) => question.act = Some(act.to_owned()),
        Means::Cue(verb) => question.cue = Some(verb.to_owned()),
        Means::Predicate(name) => question.predicates = vec![name.to_owned()],
        Means::Predicates(names) => {
            question.predicates = names.iter().map(|name| (*name).to_owned()).collect()
        }
    }
    // `how often … per year` is counted by year.
    if narrowed.count.is_some() && question.count == Some(super::Count::All) {
        question.count = None;
    }
    if narrowed.count.is_some() && (question.count.is_some() || question.latest || question.earliest) {
        return Ok(None);
    }
    question.and(narrowed).map(Some)
}

/// Words that may follow a date in the middle of a question, besides those that may follow a modifier:
/// `what has she said since 2017 about tax`.
const AFTER_DATES: [&str; 18] = [
    "of",
    "what",
    "who",
    "whom",
    "when",
    "how",
    "which",
    "where",
    "did",
    "does",
    "do",
    "has",
    "was",
    "is",
    "were",
    "quotes",
    "statements",
    "everything",
];

/// Takes the dates out of a question: at its end, or before words that go on.
pub(super) fn take_dates(mut words: Vec<Word>, today: NaiveDate) -> Result<(Vec<Word>, Period), Error> {
    let mut period = Period::default();
    while let Some((start, end, found)) = find_dates(&words, today) {
        period = period.within(&found);
        words.drain(start..end);
    }
    match (period.first, period.last) {
        (Some(first), Some(last)) if first > last => {
            Err(Error::usage(format!("no day is after {first} and before {last}"))
                .hint("give only one of the dates"))
        }
        _ => Ok((words, period)),
    }
}

fn find_dates(words: &[Word], today: NaiveDate) -> Option<(usize, usize, Period)> {
    let goes_on = |word: &Word| modifiers::GO_ON.iter().chain(&AFTER_DATES).any(|other| word.is(other));
    let ends = |end: usize| words.get(end).is_none_or(goes_on);
    (0..words.len()).find_map(|start| {
        (start + 1..=words.len()).rev().filter(|end| ends(*end)).find_map(|end| {
            let phrase = &words[start..end];
            // A question that is nothing but a date asks nothing.
            if start == 0 && end == words.len() {
                return None;
            }
            if phrase.iter().any(|word| word.quoted) {
                return None;
            }
            let phrase = phrase.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            dates::parse_phrase(&phrase, today).map(|period| (start, end, period))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::predicates;

    fn flags(question: &str) -> String {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default();
        match parse(question, today) {
            Ok(question) => question.to_flags(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[test]
    fn other_questions_are_refused_with_the_nearest_forms() {
        for question in [
            "",
            "?",
            "why?",
            "say something",
            "who said",
            "who said what about",
            "what about Porto?",
            "who said never again?",
        ] {
            assert!(flags(question).starts_with("error: the question is not understood"), "{question}");
        }
        let error = parse("who sings of Porto in the rain?", NaiveDate::default()).err();
        let hints: Vec<String> = error.iter().flat_map(|error| error.hints().to_vec()).collect();
        assert_eq!(
            hints.first().map(String::as_str),
            Some("no form of question has the words \"sings\", \"rain\"")
        );
    }

    #[test]
    fn figures_between_slashes_are_refused_wherever_they_stand() {
        for question in [
            "what did Ana Ruiz say on 9/3/2017?",
            "what did Ana Ruiz say since 9/3/2017?",
            "what did Ana Ruiz say about Porto on 9/3/17?",
            "9/3/2017",
        ] {
            assert!(flags(question).contains("cannot be read as a date"), "{question}");
            let error = parse(question, NaiveDate::default()).err();
            let reason = error.iter().flat_map(|error| error.hints()).any(|hint| hint.contains("London"));
            assert!(reason, "{question}");
        }
        for question in ["what did Ana Ruiz say about 9/11?", "who said \"9/3/2017\"?"] {
            assert!(!flags(question).contains("error"), "{question}: {}", flags(question));
        }
    }

    #[test]
    fn names_are_no_questions_and_hold_no_dates() {
        for question in [
            "who is dancing in Porto?",
            "what's new on Porto?",
            "who said what about whom?",
            "what did somebody say?",
        ] {
            assert!(flags(question).starts_with("error: the question is not understood"), "{question}");
        }
        for question in [
            "who said what about Porto in early March 2016?",
            "what did Ana Ruiz say about Porto in the spring of 2016?",
        ] {
            assert!(flags(question).contains("cannot be read as a date"), "{question}");
        }
        // Quotation marks make a name of anything.
        assert_eq!(flags("who is \"Dancing on Ice\"?"), "--who 'Dancing on Ice'");
        assert_eq!(
            flags("who said what about \"the Night in May 2016\"?"),
            "--about 'the Night in May 2016'"
        );
    }

    #[test]
    fn dates_that_exclude_each_other_are_refused() {
        assert!(flags("who said what about Porto since 2017 before 2015?").starts_with("error: no day"));
    }

    #[test]
    fn every_form_reads_its_examples_itself() {
        for form in form::ALL.iter() {
            for example in std::iter::once(&form.example).chain(&form.also) {
                let words = words::words(example);
                let accepts = |slot: &str, words: &[Word]| slots::accepts(slot, words, &NoArchive);
                // A form before it that takes the same words would leave it unread.
                let first = form::ALL.iter().find(|other| other.fit(&words, &accepts).is_some());
                assert_eq!(
                    first.map(|first| first.example.as_str()),
                    Some(form.example.as_str()),
                    "who reads: {example}"
                );
            }
        }
        assert_eq!(forms().count(), form::ALL.len(), "every example is understood");
    }

    #[test]
    fn every_predicate_can_be_asked_for() {
        let asked: Vec<String> =
            examples().into_iter().flat_map(|(_, question)| question.predicates).collect();
        let unasked: Vec<&str> = predicates::PREDICATES
            .iter()
            .map(|predicate| predicate.name)
            .filter(|name| !asked.iter().any(|asked| asked == name))
            .collect();
        assert_eq!(unasked, [""; 0], "no question asks for these: see VERBS in verbs.rs");
    }

    #[test]
    fn an_endless_question_is_refused() {
        assert!(flags(&"who said what about ".repeat(10_000)).starts_with("error: a question has at most"));
    }
}
