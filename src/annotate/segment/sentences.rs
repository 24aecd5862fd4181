//! Where sentences end inside one paragraph.
//!
//! Knows the tokens around a full stop and the marks behind it. A sentence ends after its closing
//! marks; a quotation of several sentences is several sentences; a question or exclamation that
//! its speaker follows (`"Why?" he asked`) does not end.

use crate::annotate::segment::abbreviations::{self, Follows};
use crate::span::{Byte, Span};

/// How far behind a closing quotation mark the verb of its attribution is looked for, in tokens.
const REACH: usize = 4;

/// How many tokens an insertion in square brackets has at most.
const INSERTED: usize = 16;

/// Words that begin sentences and seldom names, so that one ends a sentence behind `U.S.` or `Inc.`.
const STARTERS: &[&str] = &[
    "The", "A", "An", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "I", "You", "But",
    "And", "In", "On", "At", "If", "When", "While", "As", "For", "His", "Her", "Its", "Their", "There",
    "However", "After", "Before", "Some", "Many", "Most", "No", "Not", "What", "Who", "Why", "How", "Where",
    "Yet", "So", "Or", "To",
];

/// Verbs by which a question or exclamation is attributed.
const ASKED: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "wrote",
    "cried",
    "shouted",
    "added",
    "replied",
    "told",
    "exclaimed",
    "tweeted",
    "yelled",
    "wondered",
    "responded",
    "demanded",
    "inquired",
    "screamed",
    "chanted",
    "quipped",
    "joked",
];

/// What the rules say of the place behind a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Boundary {
    /// No sign that a sentence ends here.
    GoesOn,
    /// A full stop, question or exclamation mark, but rather not the end.
    Stop,
    /// A sentence ends here.
    Ends,
    /// A sentence must not end here: a closing mark follows, or who asked or cried.
    Never,
}

/// What the rules say of the place behind each token of a paragraph.
pub(crate) fn judge(text: &str, spans: &[Span<Byte>]) -> Vec<Boundary> {
    let words = Words { text, spans };
    let mut verdicts = vec![Boundary::GoesOn; spans.len()];
    let mut at = 0;
    while at < spans.len() {
        let behind = if words.may_end(at) { words.behind_closing(at + 1) } else { at + 1 };
        if words.may_end(at) {
            verdicts[at..behind].fill(Boundary::Never);
            verdicts[behind - 1] = match () {
                () if words.ends(at, behind) => Boundary::Ends,
                () if words.asks(at, behind) && words.is_attributed(behind) => Boundary::Never,
                () => Boundary::Stop,
            };
        } else if words.closes(at + 1)
            || matches!(words.word(at), "," | "“" | "‘" | "(" | "[")
            || words.ends_insertion(at)
        {
            verdicts[at] = Boundary::Never;
        }
        at = behind;
    }
    verdicts
}

struct Words<'a> {
    text: &'a str,
    spans: &'a [Span<Byte>],
}

impl<'a> Words<'a> {
    fn word(&self, index: usize) -> &'a str {
        self.spans.get(index).map_or("", |span| span.slice(self.text))
    }

    /// Whether nothing stands between token `index` and the one before it.
    fn touches(&self, index: usize) -> bool {
        index > 0 && self.spans.get(index).is_some_and(|span| span.start() == self.spans[index - 1].end())
    }

    fn may_end(&self, index: usize) -> bool {
        self.word(index).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
    }

    /// The first token from `index` on that does not close a quotation or bracket.
    fn behind_closing(&self, mut index: usize) -> usize {
        while index < self.spans.len() && self.closes(index) {
            index += 1;
        }
        index
    }

    /// Whether token `index` closes a quotation or bracket.
    fn closes(&self, index: usize) -> bool {
        match self.word(index) {
            "”" | "’" | "»" | ")" | "]" | "''" => true,
            "\"" | "'" => self.touches(index) && (!self.touches(index + 1) || self.closing_word(index + 1)),
            _ => false,
        }
    }

    /// Whether token `index` ends what an editor put into a sentence that has begun: `I met [Mayor Ana`**]**` Ruiz`.
    fn ends_insertion(&self, index: usize) -> bool {
        if self.word(index) != "]" {
            return false;
        }
        let opening = (index.saturating_sub(INSERTED)..index).rev().find(|before| self.word(*before) == "[");
        opening.is_some_and(|opening| opening > 0 && !self.may_end(opening - 1))
    }

    /// Whether a quotation ends behind token `last` with a question or exclamation mark.
    fn asks(&self, last: usize, behind: usize) -> bool {
        behind > last + 1 && self.word(last).ends_with(['!', '?'])
    }

    fn closing_word(&self, index: usize) -> bool {
        matches!(self.word(index), "”" | "’" | ")" | "]" | "\"" | "'" | "," | "." | ";")
    }

    /// Whether a sentence ends after token `last` and the closing marks up to `behind`.
    fn ends(&self, last: usize, behind: usize) -> bool {
        if behind >= self.spans.len() {
            return true;
        }
        let next = self.word(self.behind_opening(behind));
        if next.starts_with(char::is_lowercase)
            || matches!(self.word(behind), "," | ";" | ":" | "-" | "—" | "–" | "--")
        {
            return false;
        }
        let stop = self.word(last);
        let quoted = behind > last + 1;
        match stop {
            "..." | "…" | ".." => next.starts_with(char::is_uppercase),
            _ if self.asks(last, behind) => !self.is_attributed(behind),
            "." => true,
            _ if stop.ends_with('.') => self.ends_after_abbreviation(stop, next, quoted),
            _ => true,
        }
    }

    fn behind_opening(&self, index: usize) -> usize {
        let opens =
            |index: &usize| matches!(self.word(*index), "“" | "‘" | "«" | "\"" | "'" | "(" | "[" | "``");
        (index..self.spans.len()).find(|index| !opens(index)).unwrap_or(index)
    }

    fn ends_after_abbreviation(&self, stop: &str, next: &str, quoted: bool) -> bool {
        let word = stop.trim_end_matches('.');
        if word.is_empty() || quoted {
            return true;
        }
        let number_next = next.starts_with(|c: char| c.is_ascii_digit());
        match abbreviations::lookup(word, number_next) {
            Some(Follows::Name) => false,
            Some(Follows::Anything) => STARTERS.contains(&next),
            // An initial.
            None => word.chars().count() > 1,
        }
    }

    /// Whether the words from `index` on say who asked or cried, before any other mark.
    fn is_attributed(&self, index: usize) -> bool {
        (index..self.spans.len().min(index + REACH))
            .map(|index| self.word(index))
            .take_while(|word| word.starts_with(char::is_alphanumeric))
            .any(|word| ASKED.contains(&word))
    }
}
