//! One way to read a word as a cue, and where its content begins and ends.

use crate::annotate::labels::Upos;
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::indirect::boundaries::{self, Border};
use crate::facts::attribution::quoted_text::{QuotedText, trim};
use crate::facts::grammar::phrase;
use crate::facts::quote_form::Frame;
use crate::span::{Span, Tokens};

/// One way to read a word as a cue.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) frame: Frame,
    /// Whether the cue's row in the table allows the frame.
    pub(crate) listed: bool,
    pub(crate) content: Vec<Span<Tokens>>,
    /// The subject, where the reading itself tells it.
    pub(crate) source: Option<Span<Tokens>>,
    /// What stands behind the content.
    pub(super) border: Border,
    /// How many nearer ends the content has.
    pub(crate) nearer: usize,
    /// Whether the content ends where the frame alone would end it.
    pub(crate) usual: bool,
}

impl Reading {
    /// A reading that has one end only.
    pub(super) fn fixed(
        frame: Frame,
        listed: bool,
        content: Vec<Span<Tokens>>,
        source: Option<Span<Tokens>>,
    ) -> Self {
        Reading { frame, listed, content, source, border: Border::Sentence, nearer: 0, usual: true }
    }
}

/// The readings of one cue while they are found; no two with one content.
pub(super) struct Readings<'a, 's> {
    pub(crate) quoted: &'a QuotedText<'s>,
    pub(crate) bounds: Span<Tokens>,
    /// Allows some frames: the row of the table.
    pub(crate) takes: &'a dyn Fn(u16) -> bool,
    pub(crate) found: Vec<Reading>,
}

impl Readings<'_, '_> {
    /// Adds one reading as it is.
    pub(crate) fn add(&mut self, frame: Frame, content: Vec<Span<Tokens>>, source: Option<Span<Tokens>>) {
        let listed = (self.takes)(takes::of_frame(frame));
        self.push(Reading::fixed(frame, listed, content, source));
    }

    /// Adds the contents that begin where `usual` does: itself, then those with every other end.
    pub(super) fn grow(&mut self, frame: Frame, usual: Option<Span<Tokens>>) {
        let Some(usual) = usual else { return };
        let listed = (self.takes)(takes::of_frame(frame));
        let reading = |content, border, nearer, usual| Reading {
            frame,
            listed,
            content: vec![content],
            source: None,
            border,
            nearer,
            usual,
        };
        let ends = boundaries::ends(self.quoted, self.bounds, usual.start());
        let trimmed: Vec<Span<Tokens>> =
            ends.iter().map(|(end, _)| trim(self.quoted, Span::new(usual.start(), *end))).collect();
        let place = trimmed.iter().position(|span| *span == usual);
        let border = place.map_or(Border::Parsed, |place| ends[place].1);
        self.push(reading(usual, border, place.unwrap_or(ends.len()), true));
        for (nearer, (span, (_, border))) in trimmed.iter().zip(&ends).enumerate() {
            if span.len() >= 2 || span.len() == 1 && frame.can_be_short() {
                self.push(reading(*span, *border, nearer, false));
            }
        }
    }

    fn push(&mut self, reading: Reading) {
        if self.found.iter().all(|other| other.content != reading.content) {
            self.found.push(reading);
        }
    }
}

/// The clause from `start` to the end of the sentence, less an attribution that follows it.
pub(crate) fn clause(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let end = (start + 2..bounds.end()).find(|token| {
        text.word(*token) == ";"
            || text.word(*token) == ","
                && token + 1 < bounds.end()
                && text.word(token + 1).eq_ignore_ascii_case("according")
    });
    let span = trim(quoted, Span::new(start, end.unwrap_or(bounds.end())));
    (span.len() >= 2).then_some(span)
}

/// The object from `start` on: a noun phrase with what depends on it, up to a comma or another clause.
pub(super) fn noun_clause(quoted: &QuotedText, bounds: Span<Tokens>, start: usize) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let stops = |token: &usize| {
        if quoted.quotation_of(*token).is_some() {
            return false;
        }
        let word = text.word(*token);
        matches!(word, "," | ";" | ":" | "—" | "–" | "--" | "(")
            || text.tags[*token].upos == Upos::Sconj
                && !matches!(word, "of" | "for" | "in" | "with" | "from" | "by" | "on")
            || text.tags[*token].upos == Upos::Cconj
                && token + 1 < bounds.end()
                && matches!(text.tags[token + 1].upos, Upos::Verb | Upos::Aux | Upos::Adv)
            || matches!(word, "while" | "when" | "after" | "before" | "during" | "but")
            || phrase::is_time(word)
    };
    let end = (start + 1..bounds.end()).find(stops).unwrap_or(bounds.end());
    let mut span = trim(quoted, Span::new(start, end));
    // A preposition at the end belonged to what was cut off: `on` Monday.
    while span.len() > 1 && text.tags[span.end() - 1].upos == Upos::Adp {
        span = Span::new(span.start(), span.end() - 1);
    }
    (!span.is_empty()).then_some(span)
}
