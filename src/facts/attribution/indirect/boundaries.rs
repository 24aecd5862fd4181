//! Finds the places where the content of a cue can end.
//!
//! Knows marks, conjunctions and the parser's trees; decides nothing: `indirect` chooses among the places. A closed
//! quotation is never cut.

use crate::annotate::labels::Upos;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::grammar::phrase;
use crate::span::{Span, Tokens};

/// How many ends of one content are looked at, the nearest first; the end of the sentence comes on top.
const ENDS: usize = 9;

/// What stands where a content can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// The end of the sentence, or of what is looked at.
    Sentence,
    /// A comma.
    Comma,
    /// A dash, a colon, a semicolon or a bracket.
    Mark,
    /// A conjunction with a verb behind it: `and said`.
    Conjunct,
    /// A conjunction that opens a clause: `after`, `because`.
    Subordinate,
    /// When it was said: `on Monday`.
    Time,
    /// A word that the parser hangs on nothing in the content.
    Parsed,
}

impl Border {
    /// A short name, as a feature.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Border::Sentence => "sentence",
            Border::Comma => "comma",
            Border::Mark => "mark",
            Border::Conjunct => "conjunct",
            Border::Subordinate => "subordinate",
            Border::Time => "time",
            Border::Parsed => "parsed",
        }
    }
}

/// The places where a content that begins at `start` can end, in text order.
pub(crate) fn ends(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> Vec<(usize, Border)> {
    let mut found = Vec::new();
    let mut token = start + 1;
    while token < bounds.end() && found.len() < ENDS {
        if let Some(index) = quoted.quotation_of(token) {
            let quotation = &quoted.quotations[index];
            if quotation.marks.closed && quotation.tokens.start() < token {
                token = quotation.tokens.end().max(token + 1);
                continue;
            }
        }
        found.extend(border_at(quoted, bounds, start, token).map(|border| (token, border)));
        token += 1;
    }
    found.push((bounds.end(), Border::Sentence));
    found
}

/// What makes `token` the first behind a content that begins at `start`, if it can be.
fn border_at(quoted: &QuotedText, bounds: Span<Tokens>, start: usize, token: usize) -> Option<Border> {
    let text = quoted.text;
    let word = text.word(token);
    let upos = text.tags[token].upos;
    let verbal = |token: usize| {
        token < bounds.end() && matches!(text.tags[token].upos, Upos::Verb | Upos::Aux | Upos::Adv)
    };
    let time = |token: usize| token < bounds.end() && phrase::is_time(text.word(token));
    match word {
        "," => return Some(Border::Comma),
        ";" | ":" | "—" | "–" | "―" | "--" | "(" => return Some(Border::Mark),
        _ => {}
    }
    match upos {
        Upos::Cconj if verbal(token + 1) => Some(Border::Conjunct),
        Upos::Sconj => Some(Border::Subordinate),
        Upos::Adp if time(token + 1) || time(token + 2) => Some(Border::Time),
        _ if time(token) && !time(token - 1) && text.tags[token - 1].upos != Upos::Adp => Some(Border::Time),
        _ if upos != Upos::Punct && quoted.text.syntax.anchor(token).is_none_or(|head| head < start) => {
            Some(Border::Parsed)
        }
        _ => None,
    }
}
