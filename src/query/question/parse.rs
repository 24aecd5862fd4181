//! Questions in English → [`Question`].
//!
//! A question fits a form word by word or not at all; what is left over is named where it does not. Nothing is guessed
//! in silence: a misspelled word of the grammar is read as what it must be, and said. Reading knows no database but
//! by a [`Vocabulary`]; whether a name is known is found out when it is answered.

use chrono::NaiveDate;

use crate::error::Error;
use crate::query::question::all_forms::ALL_FORMS;
use crate::query::question::pattern::CLASSES;
pub use crate::query::question::reading::Reading;
use crate::query::question::section::Section;
use crate::query::question::understanding::understand;
use crate::query::question::vocabulary::{NoArchive, Vocabulary};
use crate::query::question::{Question, modifiers, refusal, spelling, words};

/// Longer questions are refused, so that reading one takes no noticeable time.
const MOST_WORDS: usize = 60;

/// In longer ones no typing error is looked for, since that takes reading them again and again.
const MOST_WORDS_MENDED: usize = 16;

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
    if typed.len() <= MOST_WORDS_MENDED
        && let Some(reading) = spelling::read(&typed, today, archive)?
    {
        return Ok(reading);
    }
    Err(refusal::refuse(question, &typed, today, archive))
}

/// A form, for help and documentation.
#[derive(Clone, Debug)]
pub struct FormHelp {
    /// Where it stands.
    pub section: Section,
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
    ALL_FORMS.iter().filter_map(|form| {
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
    CLASSES.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::predicates;
    use crate::query::question::slots;
    use crate::query::question::words::Word;

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
            "what did Ana Ruiz say about Porto in the middle of 2016?",
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
        for form in ALL_FORMS.iter() {
            for example in std::iter::once(&form.example).chain(&form.also) {
                let words = words::words(example);
                let accepts = |slot: &str, words: &[Word]| slots::accepts(slot, words, &NoArchive);
                // A form before it that takes the same words would leave it unread.
                let first = ALL_FORMS.iter().find(|other| other.fit(&words, &accepts).is_some());
                assert_eq!(
                    first.map(|first| first.example.as_str()),
                    Some(form.example.as_str()),
                    "who reads: {example}"
                );
            }
        }
        assert_eq!(forms().count(), ALL_FORMS.len(), "every example is understood");
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
