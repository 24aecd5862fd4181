//! Whether an office is over or yet to come: `former`, `then-`, `-elect`.
//!
//! Knows words and tags of one sentence; never who holds the office.

use crate::annotate::labels::Upos;
use crate::annotate::{Annotations, offices};
use crate::facts::grammar::phrase;
use crate::span::{Span, Tokens};

/// How many words may stand between `former` and the office or its place.
const REACH: usize = 6;

/// When somebody has an office, as the words around it say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Time {
    /// Nothing says otherwise.
    #[default]
    Now,
    /// It is over.
    Past,
    /// It has not begun.
    Coming,
}

/// What one word says of the time of the office before which it stands.
pub(super) fn said_at(text: &Annotations, token: usize) -> Option<Time> {
    let word = text.word(token);
    if offices::is_coming(word) {
        return Some(Time::Coming);
    }
    // `ex-CIA` is one word to the segmenter.
    let lower = word.to_lowercase();
    if ["ex-", "ex–", "then-"].iter().any(|prefix| lower.len() > prefix.len() && lower.starts_with(prefix))
    {
        return Some(Time::Past);
    }
    let is_adverb = || {
        let before = token.checked_sub(1).map_or("", |before| text.word(before));
        match lower.as_str() {
            // `late Tuesday`
            "late" => phrase::is_time(text.word(token + 1)),
            // `Then President Ruiz left.`, but `then-President Ruiz` and `Ana Ruiz, then the mayor`
            "then" => {
                let next = text.word(token + 1);
                let is_office = next.starts_with(char::is_lowercase)
                    && (offices::rank(next).is_some() || offices::is_qualifier(next));
                let is_apposed = before == ","
                    && (is_office || text.tags.get(token + 1).is_some_and(|tag| tag.upos == Upos::Det));
                !phrase::is_hyphen(text, token + 1)
                    && !is_apposed
                    && (matches!(before, "," | "and" | "but" | "—") || opens_sentence(text, token))
            }
            _ => false,
        }
    };
    (offices::is_past(word) && !is_adverb()).then_some(Time::Past)
}

/// What the words of an office say of its time.
pub(super) fn within(text: &Annotations, words: Span<Tokens>) -> Time {
    words.range().find_map(|token| said_at(text, token)).unwrap_or_default()
}

/// What the words before an office and its place say of its time, and where the first of them stands: **former**
/// `Estmark central bank chief`.
pub(super) fn before(text: &Annotations, floor: usize, start: usize) -> Option<(usize, Time)> {
    let reach = floor.max(start.saturating_sub(REACH));
    for token in (reach..start).rev() {
        if let Some(time) = said_at(text, token) {
            return Some((token, time));
        }
        let describes = matches!(text.tags[token].upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num);
        let goes_on = describes && !phrase::is_time(text.word(token)) || phrase::is_hyphen(text, token);
        if !goes_on && text.word(token) != "." {
            return None;
        }
    }
    None
}

/// Whether a token is the first of its sentence.
fn opens_sentence(text: &Annotations, token: usize) -> bool {
    phrase::sentence_of(text, token).start() == token
}
