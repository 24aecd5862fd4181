//! Two lists of quotes → those that are gone, new, in other words, or of another speaker.

use std::collections::{HashMap, HashSet};

use crate::name_key::name_key;
use crate::query::revisions::change::Change;
use crate::query::revisions::words;

/// What two quotes have at least in common, of the words of both, if one is the other in other words.
const ALIKE: f64 = 0.5;

/// What of the shorter one at least, where a quote was cut or goes on, and how many words that are.
const PART: f64 = 0.8;
const PART_WORDS: usize = 4;

/// How many pairs of quotes are compared word by word at most.
const COMPARED: usize = 250_000;

/// How many bytes of text are searched for quotes that are gone at most.
const SEARCHED: usize = 1 << 30;

/// A quote of a version.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct VersionQuote {
    /// Its row, if it is shown and of the present version.
    pub(super) id: Option<i64>,
    /// The same as long as the words are.
    pub(super) key: String,
    pub(super) text: String,
    /// The entity that speaks, and its name then.
    pub(super) speaker_id: Option<i64>,
    pub(super) speaker: Option<String>,
    /// All names that this entity goes by now.
    pub(super) aliases: HashSet<String>,
    /// The source as printed.
    pub(super) printed: Option<String>,
    pub(super) vouched: bool,
    /// Whether a person said that it is no quote.
    pub(super) is_rejected: bool,
}

impl VersionQuote {
    /// Who says it, by name or else as printed.
    fn source(&self) -> Option<String> {
        self.speaker.clone().or_else(|| self.printed.clone())
    }
}

/// A version: its text and its quotes.
pub(super) struct Side<'v> {
    pub(super) body: &'v str,
    pub(super) quotes: &'v [VersionQuote],
}

/// What changed in the quotes; `all` also of those that are vouched for in neither version.
pub(super) fn changes(before: &Side<'_>, after: &Side<'_>, all: bool) -> Vec<Change> {
    let is_shown = |quote: &VersionQuote| all || quote.vouched;
    let pairs = pairs(before.quotes, after.quotes);
    let mut changes = Vec::new();
    let paired: HashSet<usize> = pairs.values().copied().collect();
    for (old, quote) in before.quotes.iter().enumerate() {
        match pairs.get(&old).map(|new| &after.quotes[*new]) {
            Some(later) if is_shown(quote) || is_shown(later) => changes.extend(between(quote, later)),
            Some(_) => {}
            None if is_shown(quote) => {
                let words_stay = stands_in(quote, after.body, before.quotes.len());
                changes.push(Change {
                    what: if words_stay { "quote no longer found" } else { "quote removed" },
                    before: Some(quote.text.clone()),
                    speaker_before: quote.source(),
                    ..Change::default()
                });
            }
            None => {}
        }
    }
    for (_, quote) in after.quotes.iter().enumerate().filter(|(new, _)| !paired.contains(new)) {
        if is_shown(quote) && !quote.is_rejected {
            let were_there = stands_in(quote, before.body, after.quotes.len());
            changes.push(Change {
                what: if were_there { "quote newly found" } else { "quote added" },
                after: Some(quote.text.clone()),
                speaker_after: quote.source(),
                quote_id: quote.id,
                ..Change::default()
            });
        }
    }
    changes
}

/// What changed in one quote: its words, its speaker, or both.
fn between(before: &VersionQuote, after: &VersionQuote) -> Vec<Change> {
    let change = |what| Change {
        what,
        before: Some(before.text.clone()),
        after: Some(after.text.clone()),
        speaker_before: before.source(),
        speaker_after: after.source(),
        quote_id: after.id,
        ..Change::default()
    };
    let reworded = (before.key != after.key).then(|| change("quote reworded"));
    reworded.into_iter().chain(speaker(before, after).map(change)).collect()
}

/// What became of the speaker; none if it is the same.
///
/// An entity may have been merged or renamed since, and a fuller name of it may be known: what counts is whether it goes by
/// the earlier name too.
fn speaker(before: &VersionQuote, after: &VersionQuote) -> Option<&'static str> {
    let key = |name: &Option<String>| name.as_deref().map(name_key).filter(|key| !key.is_empty());
    let (old, new) = (key(&before.speaker), key(&after.speaker));
    match (&old, &new) {
        (Some(old_name), Some(new_name)) => {
            let is_same = before.speaker_id.is_some() && before.speaker_id == after.speaker_id
                || old_name == new_name
                || after.aliases.iter().any(|alias| name_key(alias) == *old_name)
                || before.aliases.iter().any(|alias| name_key(alias) == *new_name);
            (!is_same).then_some("speaker changed")
        }
        (Some(_), None) => Some("speaker lost"),
        (None, Some(_)) => Some("speaker gained"),
        (None, None) => match (key(&before.printed), key(&after.printed)) {
            (old, new) if old == new => None,
            (Some(_), Some(_)) => Some("speaker changed"),
            (Some(_), None) => Some("speaker lost"),
            _ => Some("speaker gained"),
        },
    }
}

/// Which quote of the later version each of the earlier one is.
fn pairs(before: &[VersionQuote], after: &[VersionQuote]) -> HashMap<usize, usize> {
    let by_key: HashMap<&str, usize> =
        after.iter().enumerate().map(|(new, quote)| (quote.key.as_str(), new)).collect();
    let mut pairs = HashMap::new();
    for (old, quote) in before.iter().enumerate() {
        if let Some(new) = by_key.get(quote.key.as_str()) {
            pairs.insert(old, *new);
        }
    }
    let taken: HashSet<usize> = pairs.values().copied().collect();
    let old: Vec<(usize, Vec<String>)> = (0..before.len())
        .filter(|old| !pairs.contains_key(old))
        .map(|old| (old, words_of(&before[old])))
        .collect();
    let new: Vec<(usize, Vec<String>)> =
        (0..after.len()).filter(|new| !taken.contains(new)).map(|new| (new, words_of(&after[new]))).collect();
    if old.len() * new.len() > COMPARED {
        return pairs;
    }
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    for (old, old_words) in &old {
        for (new, new_words) in &new {
            alike.extend(likeness(old_words, new_words).map(|likeness| (likeness, *old, *new)));
        }
    }
    // The likest first; of equal ones those that come first.
    alike.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let mut taken = taken;
    for (_, old, new) in alike {
        if !pairs.contains_key(&old) && taken.insert(new) {
            pairs.insert(old, new);
        }
    }
    pairs
}

/// The words of a quote, without case and marks.
fn words_of(quote: &VersionQuote) -> Vec<String> {
    let words = quote.text.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// How much two quotes have in common, of all their words; none if they are two.
fn likeness(one: &[String], other: &[String]) -> Option<f64> {
    let shorter = one.len().min(other.len());
    let likeness = words::likeness(one, other);
    let is_part = shorter >= PART_WORDS && words::common(one, other) as f64 >= PART * shorter as f64;
    (likeness >= ALIKE || is_part).then_some(likeness)
}

/// Whether the words of a quote stand in a text, all pieces of it; not looked for where that would take long.
fn stands_in(quote: &VersionQuote, body: &str, quotes: usize) -> bool {
    body.len().saturating_mul(quotes) <= SEARCHED && quote.text.split(" … ").all(|piece| body.contains(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str, speaker: &str) -> VersionQuote {
        VersionQuote {
            key: name_key(text),
            text: text.to_owned(),
            speaker: (!speaker.is_empty()).then(|| speaker.to_owned()),
            vouched: true,
            ..VersionQuote::default()
        }
    }

    /// What changed from some quotes to others, each with its text.
    fn changed(before: &[VersionQuote], after: &[VersionQuote]) -> Vec<String> {
        let body = |quotes: &[VersionQuote]| {
            quotes.iter().map(|quote| quote.text.clone()).collect::<Vec<_>>().join(" ")
        };
        let (old, new) = (body(before), body(after));
        let (old, new) = (Side { body: &old, quotes: before }, Side { body: &new, quotes: after });
        let changes = changes(&old, &new, false);
        let text = |change: &Change| change.after.clone().or(change.before.clone()).unwrap_or_default();
        changes.iter().map(|change| format!("{}: {}", change.what, text(change))).collect()
    }

    #[test]
    fn quotes_come_go_and_are_reworded() {
        let wait = quote("We will wait for the ferry no longer", "Ana Ruiz");
        let cases = [
            (vec![wait.clone()], vec![wait.clone()], vec![]),
            (vec![wait.clone()], vec![], vec!["quote removed: We will wait for the ferry no longer"]),
            (vec![], vec![wait.clone()], vec!["quote added: We will wait for the ferry no longer"]),
            (
                vec![wait.clone()],
                vec![quote("We will wait for the bus no longer", "Ana Ruiz")],
                vec!["quote reworded: We will wait for the bus no longer"],
            ),
            (
                vec![wait.clone()],
                vec![quote("We will wait", "Ana Ruiz"), quote("The pier is closed", "Leo Brandt")],
                vec!["quote reworded: We will wait", "quote added: The pier is closed"],
            ),
            (
                vec![quote("the boats are ready", "Ana Ruiz"), wait.clone()],
                vec![
                    wait.clone(),
                    quote("the boats are ready, and have been since May, in all the ports", "Ana Ruiz"),
                ],
                vec!["quote reworded: the boats are ready, and have been since May, in all the ports"],
            ),
        ];
        for (before, after, expected) in cases {
            assert_eq!(changed(&before, &after), expected);
        }
    }

    #[test]
    fn speakers_are_gained_lost_and_changed() {
        let of = |speaker: &str| vec![quote("The pier is closed", speaker)];
        let known = |id: i64, name: &str, aliases: &[&str]| {
            let aliases = aliases.iter().map(|alias| (*alias).to_owned()).collect();
            vec![VersionQuote { speaker_id: Some(id), aliases, ..quote("The pier is closed", name) }]
        };
        let printed = |words: &str| {
            vec![VersionQuote { printed: Some(words.to_owned()), ..quote("The pier is closed", "") }]
        };
        for (before, after, expected) in [
            (of("Ana Ruiz"), of(""), Some("speaker lost")),
            (of(""), of("Ana Ruiz"), Some("speaker gained")),
            (of("Ana Ruiz"), of("Leo Brandt"), Some("speaker changed")),
            (of("Ana Ruiz"), of("ANA RUIZ"), None),
            (known(1, "Ruiz", &[]), known(1, "Ana Ruiz", &[]), None),
            (known(1, "Ruiz", &[]), known(2, "Ana Ruiz", &["Ana Ruiz", "Ruiz"]), None),
            (known(1, "Ruiz", &[]), known(2, "Ana Ruiz", &["Ana Ruiz"]), Some("speaker changed")),
            (printed("police"), printed("Police"), None),
            (printed("police"), printed("a witness"), Some("speaker changed")),
            (printed("police"), of(""), Some("speaker lost")),
        ] {
            let expected: Vec<String> =
                expected.map(|what| format!("{what}: The pier is closed")).into_iter().collect();
            assert_eq!(changed(&before, &after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn what_only_the_analysis_lost_is_told_apart() {
        let quotes = [quote("The pier … is closed", "Ana Ruiz")];
        let both = |before, after: &[VersionQuote]| {
            let body = "The pier, she said, is closed";
            changes(&Side { body, quotes: before }, &Side { body, quotes: after }, false)[0].what
        };
        assert_eq!(both(&quotes, &[]), "quote no longer found");
        assert_eq!(both(&[], &quotes), "quote newly found");
    }

    #[test]
    fn what_is_not_vouched_for_is_left_out() {
        let doubtful = VersionQuote { vouched: false, ..quote("The pier is closed", "Ana Ruiz") };
        assert_eq!(changed(std::slice::from_ref(&doubtful), &[]), [""; 0]);
        let rejected = VersionQuote { is_rejected: true, ..quote("The pier is closed", "Ana Ruiz") };
        assert_eq!(changed(&[], &[rejected]), [""; 0]);
        let side = |quotes| Side { body: "", quotes };
        assert_eq!(changes(&side(&[doubtful]), &side(&[]), true).len(), 1);
    }
}
