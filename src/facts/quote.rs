//! Quotes: reported speech, writing and thought with cue and source.

use crate::facts::entity::EntityId;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Byte, Span};

/// How much of a quote stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// All of it.
    Direct,
    /// A part.
    Mixed,
    /// Nothing.
    Indirect,
}

impl QuoteKind {
    /// All kinds.
    pub const ALL: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];

    /// The word in the database and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Mixed => "mixed",
            QuoteKind::Indirect => "indirect",
        }
    }
}

/// What kind of act the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Act {
    /// Said, told, according to.
    Statement,
    /// Denied; never said that.
    Denial,
    /// Asked, wondered.
    Question,
    /// Urged, demanded, called for.
    Request,
    /// Promised, vowed.
    Promise,
    /// Threatened, warned of what the speaker will do.
    Threat,
    /// Praised, thanked.
    Praise,
    /// Criticized, accused.
    Criticism,
    /// Declined, refused; did not say whether, did not respond.
    Refusal,
    /// Thought, believed, feared.
    Thought,
}

impl Act {
    /// All acts.
    pub const ALL: [Act; 10] = [
        Act::Statement,
        Act::Denial,
        Act::Question,
        Act::Request,
        Act::Promise,
        Act::Threat,
        Act::Praise,
        Act::Criticism,
        Act::Refusal,
        Act::Thought,
    ];

    /// The word in the database and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Act::Statement => "statement",
            Act::Denial => "denial",
            Act::Question => "question",
            Act::Request => "request",
            Act::Promise => "promise",
            Act::Threat => "threat",
            Act::Praise => "praise",
            Act::Criticism => "criticism",
            Act::Refusal => "refusal",
            Act::Thought => "thought",
        }
    }
}

/// What a quote reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// Something said or written.
    #[default]
    Speech,
    /// Something thought, believed or felt.
    Thought,
    /// A stance or deed towards somebody, and no words.
    Attitude,
}

impl Mode {
    /// The word in the database and the JSON.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Speech => "speech",
            Mode::Thought => "thought",
            Mode::Attitude => "attitude",
        }
    }
}

/// What the encoder says of a quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EncoderScore {
    /// How likely the cue reports anything, 0 to 1.
    pub report: f32,
    /// How likely source and content are those that the encoder reads, if the cue reports, 0 to 1.
    pub spans: f32,
    /// The share of tokens that its content and that of the rules have in common (Jaccard).
    pub overlap: f32,
    /// Whether the rules take the same words for the source.
    pub same_source: bool,
    /// Whether no rule found the quote.
    pub alone: bool,
}

/// Reported speech, writing or thought: content, cue and source as in PARC 3.0 (Pareti 2016).
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// The pieces of the content in text order, with the quotation marks that are printed around them; never empty.
    pub content: Vec<Span<Byte>>,
    /// The words that signal it (`said`, `according to`); empty where nothing does.
    pub cue: Vec<Span<Byte>>,
    /// The words it is credited to, as printed.
    pub source: Option<Span<Byte>>,
    /// How much of it stands in quotation marks.
    pub kind: QuoteKind,
    /// What kind of act it is.
    pub act: Act,
    /// The form that made it, then those that added a piece; never empty.
    pub forms: Vec<QuoteForm>,
    /// From attribution the probability that content and source are those that an annotator would mark; in the end that an editor
    /// takes the quote as it stands: a report, whole, source and speaker right. 0 to 1.
    pub confidence: f32,
    /// What attribution gave as its confidence, before readers' judgements were asked.
    pub attribution_confidence: f32,
    /// What it reports.
    pub mode: Mode,
    /// Whether it is sure enough to be vouched for, and no mere attitude.
    pub vouched: bool,
    /// The quote that it is told in, by its index; `None` if it stands alone.
    pub within: Option<usize>,
    /// Whether the page shows it so plainly that it tells nothing if the encoder is silent: marks with a cue beside them, or a cue
    /// that says enough for itself.
    pub is_plain: bool,
    /// What the encoder says of it; `None` where it sees no report there, or is not asked.
    pub encoder: Option<EncoderScore>,
    /// The entity behind the source, if it is a named one.
    pub speaker: Option<EntityId>,
    /// The entities that the content mentions, sorted, each once, without the speaker's own `I`.
    pub about: Vec<EntityId>,
}

impl Quote {
    /// A statement of which no more is known yet than its content and the form that made it: no cue, no source, confidence 0.
    pub fn new(content: Vec<Span<Byte>>, kind: QuoteKind, form: QuoteForm) -> Self {
        Quote {
            content,
            cue: Vec::new(),
            source: None,
            kind,
            act: Act::Statement,
            forms: vec![form],
            confidence: 0.0,
            attribution_confidence: 0.0,
            mode: Mode::Speech,
            vouched: false,
            within: None,
            is_plain: false,
            encoder: None,
            speaker: None,
            about: Vec::new(),
        }
    }

    /// From the first piece's start to the last piece's end.
    pub fn extent(&self) -> Span<Byte> {
        let all = self.content.iter().copied().reduce(Span::join);
        all.unwrap_or_else(|| Span::new(0, 0))
    }
}
