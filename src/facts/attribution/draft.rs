//! A quote while it is being put together.

use crate::annotate::labels::Upos;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::grammar::phrase;
use crate::facts::quote::{Act, EncoderScore, Quote, QuoteKind};
use crate::facts::quote_form::QuoteForm;
use crate::span::{Byte, Span, Tokens};

/// A quote while it is being put together, in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) content: Vec<Span<Tokens>>,
    pub(crate) cue: Option<Span<Tokens>>,
    pub(crate) source: Option<Span<Tokens>>,
    pub(crate) act: Act,
    /// The form that made it, then those that added a piece.
    pub(crate) forms: Vec<QuoteForm>,
    /// Raw: by rule, or of the cue model; `confidence` makes a probability of it.
    pub(crate) confidence: f32,
    /// The quotations that are its content, by index; empty for reports.
    pub(super) quotations: Vec<usize>,
    /// Whether its cue says enough for itself, and is mostly too rare to have been learned: several words of the table (`took
    /// aim at`), `put … at a million`, `denied paying`, somebody's `claim that …`; by the table, and with a source.
    pub(crate) is_plain: bool,
    /// What the encoder says of it, where it sees a report there.
    pub(super) encoder: Option<EncoderScore>,
}

impl Draft {
    /// Where its cue begins.
    pub(super) fn cue_start(&self) -> Option<usize> {
        self.cue.map(|cue| cue.start())
    }

    /// Whether the source is a label, which may be a mere letter: `A: Since my father stopped.`
    pub(super) fn is_labeled(&self) -> bool {
        self.forms.first() == Some(&QuoteForm::Transcript)
    }

    /// The quote in bytes, with its kind; `None` if no word is left in the content.
    pub(crate) fn finish(&self, quoted: &QuotedText) -> Option<Quote> {
        let document = &quoted.text.document;
        let (mut in_marks, mut open) = (false, false);
        for token in self.content.iter().flat_map(|piece| piece.range()) {
            if quoted.text.word(token).starts_with(char::is_alphanumeric) {
                *if quoted.quotation_of(token).is_some() { &mut in_marks } else { &mut open } = true;
            }
        }
        let kind = match (in_marks, open) {
            (true, false) => QuoteKind::Direct,
            (true, true) => QuoteKind::Mixed,
            (false, true) => QuoteKind::Indirect,
            (false, false) => return None,
        };
        // Marks with a cue beside them show a quote too.
        let has_marks = !self.quotations.is_empty() && self.cue.is_some();
        let mut content: Vec<Span<Byte>> = self.content.iter().map(|piece| document.bytes(*piece)).collect();
        content.sort();
        Some(Quote {
            cue: self.cue.iter().map(|cue| document.bytes(*cue)).collect(),
            source: self
                .source
                .filter(|source| self.is_labeled() || names_somebody(quoted, *source))
                .map(|source| document.bytes(source)),
            act: self.act,
            forms: self.forms.clone(),
            confidence: self.confidence,
            is_plain: self.is_plain || has_marks,
            encoder: self.encoder,
            ..Quote::new(content, kind, self.forms.first().copied()?)
        })
    }
}

/// Whether a source can be somebody: not a mere time or place behind a preposition, `on Tuesday`; but `some` and `three`.
fn names_somebody(quoted: &QuotedText, source: Span<Tokens>) -> bool {
    let text = quoted.text;
    let filler =
        |token: usize| matches!(text.tags[token].upos, Upos::Adp | Upos::Det | Upos::Num | Upos::Punct);
    // `some`, `each` and `three`, but no lone article.
    let counts = |token: usize| {
        let word = text.word(token);
        matches!(text.tags[token].upos, Upos::Det | Upos::Num)
            && word.starts_with(char::is_alphabetic)
            && !["the", "a", "an", "this", "that"].iter().any(|other| word.eq_ignore_ascii_case(other))
    };
    source.range().any(|token| !filler(token) && !phrase::is_time(text.word(token)))
        || !source.is_empty() && source.range().all(counts)
}
