//! Misspelled words of the grammar: `who critized X` is `who criticized X`.
//!
//! Only tried where a question is not understood as it was typed. A name is never changed: a correction counts only
//! where no part that was named holds it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::error::Error;
use crate::query::question::all_forms::ALL_FORMS;
use crate::query::question::reading::Reading;
use crate::query::question::understanding::understand;
use crate::query::question::vocabulary::Vocabulary;
use crate::query::question::words::Word;
use crate::query::question::{modifiers, slots};

/// So many words of one question are corrected at most.
const MOST_CORRECTIONS: usize = 3;

/// So many words of the grammar are tried for one that is misspelled.
const MOST_CANDIDATES: usize = 4;

/// A word that fewer articles have may be misspelled, whatever else they have.
const FEWEST_TO_BE_A_WORD: usize = 3;

/// One that more articles have is misspelled only where so many times as many have the other.
const RARER: usize = 50;

/// Words of dates, which no table of forms has.
const OF_DATES: [&str; 24] = [
    "since",
    "before",
    "after",
    "between",
    "until",
    "during",
    "from",
    "last",
    "today",
    "yesterday",
    "week",
    "month",
    "year",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// What a word of three letters may be meant for.
const OFTEN_MISTYPED: [&str; 8] = ["what", "when", "who", "how", "did", "say", "said", "about"];

/// Every word that the grammar asks for.
pub(super) static GRAMMAR: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let of_forms = ALL_FORMS.iter().flat_map(|form| form.vocabulary());
    of_forms.chain(modifiers::vocabulary()).chain(OF_DATES).collect()
});

/// What the words mean with as few of them corrected as it takes; `None` where no correction helps.
pub(super) fn read(
    words: &[Word],
    today: NaiveDate,
    archive: &dyn Vocabulary,
) -> Result<Option<Reading>, Error> {
    let misspelled: Vec<(usize, Vec<&str>)> = words
        .iter()
        .enumerate()
        .map(|(at, word)| (at, candidates(word, archive)))
        .filter(|(_, candidates)| !candidates.is_empty())
        .take(MOST_CORRECTIONS + 1)
        .collect();
    for most in 1..=MOST_CORRECTIONS.min(misspelled.len()) {
        let mut corrected = words.to_vec();
        if let Some(reading) = correct(&misspelled, most, words, &mut corrected, today, archive)? {
            return Ok(Some(reading));
        }
    }
    Ok(None)
}

/// Corrects `most` of the misspelled words in every way, until the whole is understood.
fn correct(
    misspelled: &[(usize, Vec<&str>)],
    most: usize,
    typed: &[Word],
    corrected: &mut Vec<Word>,
    today: NaiveDate,
    archive: &dyn Vocabulary,
) -> Result<Option<Reading>, Error> {
    if most == 0 {
        let Ok(Some(question)) = understand(corrected, today, archive) else { return Ok(None) };
        let changed: Vec<(&Word, &Word)> =
            typed.iter().zip(corrected.iter()).filter(|(typed, corrected)| typed != corrected).collect();
        let flags = question.to_flags();
        let in_names = changed.iter().any(|(_, word)| {
            flags.split(|mark: char| !mark.is_alphanumeric()).any(|part| part == word.text)
                && question.names().any(|name| name.split(' ').any(|part| part == word.text))
        });
        let remarks = changed
            .iter()
            .map(|(typed, word)| format!("read \"{}\" as \"{}\"", typed.text, word.text))
            .collect();
        return Ok((!in_names).then_some(Reading { question, remarks }));
    }
    let Some(((at, candidates), later)) = misspelled.split_first() else { return Ok(None) };
    for candidate in candidates {
        let before = std::mem::replace(&mut corrected[*at], Word::respelled(candidate));
        let reading = correct(later, most - 1, typed, corrected, today, archive)?;
        corrected[*at] = before;
        if reading.is_some() {
            return Ok(reading);
        }
    }
    correct(later, most, typed, corrected, today, archive)
}

/// The words of the grammar that a word may be meant for, the nearest first; none for what is a word of the grammar, or a name.
fn candidates(word: &Word, archive: &dyn Vocabulary) -> Vec<&'static str> {
    let folded = word.folded();
    let length = folded.chars().count();
    let is_right = GRAMMAR.contains(folded) || slots::is_joint(word) || archive.is_name(&word.text);
    if word.quoted || length < 3 || is_right {
        return Vec::new();
    }
    // So short a word is like too many others.
    let may_be = |other: &&&str| length > 3 || OFTEN_MISTYPED.contains(*other);
    // The first letter is hardly ever mistyped, but it may change places with the second.
    let begins = |other: &&&str| {
        let start = |text: &str| text.chars().take(2).collect::<Vec<_>>();
        let (typed, meant) = (start(folded), start(other));
        typed[0] == meant[0] || typed.iter().rev().eq(&meant)
    };
    let found = std::cell::LazyCell::new(|| archive.frequency(folded));
    let is_rarer = |other: &str| {
        let found = *found;
        found < FEWEST_TO_BE_A_WORD || found * RARER < archive.frequency(other)
    };
    let mut near: Vec<(usize, &str)> = GRAMMAR
        .iter()
        .filter(|other| other.chars().count() >= 3)
        .filter(may_be)
        .filter(begins)
        .map(|other| (strsim::damerau_levenshtein(folded, other), *other))
        .filter(|(distance, _)| *distance <= if length >= 7 { 2 } else { 1 })
        .collect();
    // `hailed` is a word that the grammar does not have, and no misspelled `failed`.
    near.retain(|(_, other)| is_rarer(other));
    near.sort_unstable();
    near.truncate(MOST_CANDIDATES);
    near.into_iter().map(|(_, other)| other).collect()
}
