//! The forms in which news writes a quote: which of them was seen is part of what is known of every quote.
//!
//! Knows their names and how to say them in plain words. Never looks at a text.

/// The form that made a quote, or that added a piece to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QuoteForm {
    /// `“…,” said X`.
    SaidX,
    /// `“…,” X said`.
    XSaid,
    /// `“…,” according to X`.
    AccordingBehind,
    /// `“…” — X`.
    Signature,
    /// `According to X, “…”`.
    AccordingAhead,
    /// `X said, “…”`.
    XSaidAhead,
    /// `X: “…”`.
    Colon,
    /// `which X called “…”`.
    WhichXCalled,
    /// `“X: …”`.
    QuotedTurn,
    /// `X: …`, several times over.
    Transcript,
    /// `X wrote:`, and the next paragraph without a mark.
    Block,
    /// Words without a mark, around `according to X`.
    According,
    /// `X’s claim that …`.
    NounCue,
    /// `X is confident that …`.
    AdjectiveCue,
    /// A verb with its content in one of the frames.
    Report(Frame),
    /// A report that no rule found.
    Encoder,
    /// A quotation without a cue, behind speech of somebody.
    CarriedOn,
    /// A quotation without a cue, where only one person is about.
    OnlyOne,
    /// A quotation that reads like speech, with nobody to credit it to.
    Alone,
    /// Adds a piece: the quotation goes on behind its attribution.
    Broken,
    /// Adds a piece: a mark that was left open, and the next paragraph opens with another.
    NextParagraph,
    /// Adds a piece: the quotation follows the report of the sentence before.
    BehindReport,
}

impl QuoteForm {
    /// A short name: what the confidence is learned by.
    pub fn name(self) -> &'static str {
        match self {
            QuoteForm::SaidX => "said x",
            QuoteForm::XSaid => "x said",
            QuoteForm::AccordingBehind => "quotation according to x",
            QuoteForm::Signature => "signature",
            QuoteForm::AccordingAhead => "according to x quotation",
            QuoteForm::XSaidAhead => "x said quotation",
            QuoteForm::Colon => "colon",
            QuoteForm::WhichXCalled => "which x called",
            QuoteForm::QuotedTurn => "quoted turn",
            QuoteForm::Transcript => "transcript",
            QuoteForm::Block => "block",
            QuoteForm::According => "according to x",
            QuoteForm::NounCue => "noun cue",
            QuoteForm::AdjectiveCue => "adjective cue",
            QuoteForm::Report(frame) => frame.name(),
            QuoteForm::Encoder => "encoder",
            QuoteForm::CarriedOn => "carried on",
            QuoteForm::OnlyOne => "only one",
            QuoteForm::Alone => "alone",
            QuoteForm::Broken => "broken",
            QuoteForm::NextParagraph => "next paragraph",
            QuoteForm::BehindReport => "behind report",
        }
    }

    /// What was seen, in plain words, with `X` for the source and `…` for the content.
    pub fn description(self) -> &'static str {
        match self {
            QuoteForm::SaidX => "“…,” said X",
            QuoteForm::XSaid => "“…,” X said",
            QuoteForm::AccordingBehind => "“…,” according to X",
            QuoteForm::Signature => "“…” — X: a name that signs a quotation",
            QuoteForm::AccordingAhead => "According to X, “…”",
            QuoteForm::XSaidAhead => "X said, “…”",
            QuoteForm::Colon => "X: “…”",
            QuoteForm::WhichXCalled => "which X called “…”",
            QuoteForm::QuotedTurn => "“X: …”: a turn of a transcript in quotation marks",
            QuoteForm::Transcript => "X: …: a turn of a transcript",
            QuoteForm::Block => "X wrote: …, a paragraph of its own without quotation marks",
            QuoteForm::According => "…, according to X",
            QuoteForm::NounCue => "X’s claim that …, X’s doubts about …: a noun as cue",
            QuoteForm::AdjectiveCue => "X is confident that …: an adjective as cue",
            QuoteForm::Report(frame) => frame.description(),
            QuoteForm::Encoder => "a cue with its content and its source, by the words around it",
            QuoteForm::CarriedOn => "“…” without a cue, carried on from the speech before",
            QuoteForm::OnlyOne => "“…” without a cue, where only one person is about",
            QuoteForm::Alone => "“…” without a cue and with nobody to credit it to",
            QuoteForm::Broken => "and a piece behind the attribution",
            QuoteForm::NextParagraph => "and a piece in the next paragraph, behind a mark that was left open",
            QuoteForm::BehindReport => "and a quotation behind it, carried on",
        }
    }
}

/// The form of a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Frame {
    /// …, she said.
    Trail,
    /// she said that …
    That,
    /// she asked whether …
    Question,
    /// she promised to …
    Infinitive,
    /// she urged him to …
    ObjectInfinitive,
    /// she said he was …
    Clause,
    /// she complained about …
    About,
    /// she denied paying …
    Gerund,
    /// she praised …
    Object,
    /// she put the damage at a million
    Estimate,
    /// What the parser takes for a clause of the verb.
    ParsedClause,
    /// What the parser takes for an open clause of the verb.
    ParsedInfinitive,
    /// The same, with the object before it.
    ParsedObjectInfinitive,
    /// What the parser takes for the object.
    ParsedObject,
    /// What the parser takes for a phrase behind the verb.
    ParsedAbout,
    /// her doubts about …, he is proud of …: the preposition belongs to the cue.
    Behind,
    /// … was endorsed by her.
    PassiveSubject,
    /// … is expected to …
    RaisedSubject,
    /// According to her, …
    According,
    /// Ruiz: …
    Colon,
}

impl Frame {
    /// Whether a single word can fill it.
    pub(super) fn can_be_short(self) -> bool {
        matches!(self, Frame::Object | Frame::About | Frame::Behind | Frame::ParsedObject)
    }

    /// A short name, as a feature.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Frame::Trail => "trail",
            Frame::That => "that",
            Frame::Question => "question",
            Frame::Infinitive => "infinitive",
            Frame::ObjectInfinitive => "object infinitive",
            Frame::Clause => "clause",
            Frame::About => "about",
            Frame::Gerund => "gerund",
            Frame::Estimate => "estimate",
            Frame::Object => "object",
            Frame::ParsedClause => "ccomp",
            Frame::ParsedInfinitive => "xcomp",
            Frame::ParsedObjectInfinitive => "obj xcomp",
            Frame::ParsedObject => "obj",
            Frame::ParsedAbout => "obl",
            Frame::Behind => "behind",
            Frame::PassiveSubject => "passive subject",
            Frame::RaisedSubject => "raised subject",
            Frame::According => "according",
            Frame::Colon => "colon",
        }
    }

    /// The frame in plain words, with `X` for the source and `…` for the content.
    pub(crate) fn description(self) -> &'static str {
        match self {
            Frame::Trail => "…, X said",
            Frame::That => "X said that …",
            Frame::Question => "X asked whether …",
            Frame::Infinitive => "X promised to …",
            Frame::ObjectInfinitive => "X urged somebody to …",
            Frame::Clause => "X said …, a clause without “that”",
            Frame::About => "X complained about …",
            Frame::Gerund => "X denied paying …",
            Frame::Estimate => "X put … at a number",
            Frame::Object => "X praised …, a noun phrase",
            Frame::ParsedClause => "X said …, a clause by the parse",
            Frame::ParsedInfinitive => "X promised …, an open clause by the parse",
            Frame::ParsedObjectInfinitive => "X urged …, an object and an open clause by the parse",
            Frame::ParsedObject => "X praised …, the object by the parse",
            Frame::ParsedAbout => "X complained …, a phrase by the parse",
            Frame::Behind => "X is proud of …, behind a preposition that belongs to the cue",
            Frame::PassiveSubject => "… was endorsed by X",
            Frame::RaisedSubject => "… is expected to …",
            Frame::According => "according to X, …",
            Frame::Colon => "X: …, without quotation marks",
        }
    }
}
