//! The words of a question → what they mean, exactly as they are: dates and modifiers first, then the form that the rest fits.

use chrono::NaiveDate;

use crate::dates::{self, Period};
use crate::error::Error;
use crate::query::question::all_forms::ALL_FORMS;
use crate::query::question::form::Form;
use crate::query::question::forms::Means;
use crate::query::question::pattern::{Slots, Taken};
use crate::query::question::vocabulary::Vocabulary;
use crate::query::question::words::{self, Word};
use crate::query::question::{Count, Question, modifiers, slots};

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
    let Some((form, slots)) = ALL_FORMS.iter().find_map(|form| Some((form, form.fit(&left, &accepts)?)))
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
    doubtful.map_or(Ok(()), |dates| Err(no_date(dates)))
}

/// What a form and its slots mean, with what the modifiers narrow; `None` where they do not go together.
fn meaning(form: &Form, mut slots: Slots, narrowed: Question) -> Result<Option<Question>, Error> {
    let mut take = |name: &str| slots.remove(name).map(|taken: Taken| taken.text);
    let mut question = Question {
        speaker: take("speaker").or_else(|| take("named")),
        about: take("about").or_else(|| take("clause")).into_iter().collect(),
        phrases: take("words").into_iter().collect(),
        told: take("told"),
        publisher: take("known_publisher"),
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
    let mut narrowed = narrowed;
    // `what did Ana Ruiz say about Portugal except Lisbon`: where one speaks, it is no other speaker.
    if question.speaker.is_some() && !question.about.is_empty() {
        narrowed.not_about.append(&mut narrowed.not_speaker);
    }
    // `how often … per year` is counted by year.
    if narrowed.count.is_some() && question.count == Some(Count::All) {
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

/// Words that belong to a month or a year behind them.
const BEFORE_DATES: [&str; 22] = [
    "in",
    "on",
    "since",
    "from",
    "after",
    "before",
    "until",
    "till",
    "during",
    "throughout",
    "between",
    "and",
    "to",
    "early",
    "late",
    "mid",
    "around",
    "about",
    "of",
    "by",
    "the",
    "middle",
];

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
            // `in early March 2016`: what stands before it belongs to it.
            let hangs_on = start > 0 && BEFORE_DATES.iter().any(|word| words[start - 1].is(word));
            if hangs_on && dates::is_written_out(&phrase) {
                return None;
            }
            dates::parse_phrase(&phrase, today).map(|period| (start, end, period))
        })
    })
}

/// Says that a part of a question looks like a date and is none that can be read.
pub(super) fn no_date(dates: &str) -> Error {
    dates::unreadable(dates)
        .hint("write 2017, March 2017, 9 March 2017, since 2015, between 2015 and 2016, last week")
        .hint("put a name that holds such words in quotation marks")
}
