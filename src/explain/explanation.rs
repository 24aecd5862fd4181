//! How one quote came about.

use crate::explain::passage::Mark;
use crate::explain::rivals::Reason;
use crate::facts::{EncoderScore, Form, Reasons};
use crate::query::stored_quote::StoredQuote;
use crate::span::{Byte, Span};

/// A stored quote and how it came about.
pub struct Explanation<'a> {
    pub(super) stored: &'a StoredQuote,
    /// The stretch of the body that is shown.
    pub(super) passage: Span<Byte>,
    /// The parts of the quote within it, in text order.
    pub(crate) marks: Vec<Mark>,
    /// What analysis says now; `None` if it does not give the quote any more.
    pub(crate) found: Option<FoundQuote>,
}

/// What analysis says of a quote.
pub(crate) struct FoundQuote {
    /// What was seen, in plain words: the form that made the quote, then those that added a piece.
    pub(crate) forms: Vec<&'static str>,
    pub(crate) act: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) confidence: f32,
    pub(crate) mode: &'static str,
    pub(crate) vouched: bool,
    pub(crate) reasons: Reasons,
    /// What the encoder says of it, if it sees a report there.
    pub(crate) encoder: Option<EncoderScore>,
    pub(crate) source: Option<String>,
    pub(crate) cue: Vec<String>,
    pub(crate) speaker: Option<Speaker>,
    pub(crate) about: Vec<String>,
    pub(crate) rivals: Vec<NamedRival>,
}

/// The entity behind a source.
pub(crate) struct Speaker {
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    /// How the source refers to it.
    pub(crate) form: Form,
    /// Where it was last named before, if the source itself does not name it.
    pub(crate) named: Option<Span<Byte>>,
    /// How many sentences before the source that was.
    pub(super) sentences_before: u32,
}

/// Somebody who could have been the source.
pub(crate) struct NamedRival {
    pub(crate) span: Span<Byte>,
    pub(crate) name: String,
    pub(crate) reason: Reason,
}
