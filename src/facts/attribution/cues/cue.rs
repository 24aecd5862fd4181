//! A cue of the table: what kind of act it is, and what its content may look like.

use crate::facts::quote::Act;

/// A verb that signals an attribution.
#[derive(Debug)]
pub(crate) struct Cue {
    /// Dictionary form.
    pub(crate) lemma: &'static str,
    /// Forms that the spelling rules do not give, separated by spaces.
    pub(crate) irregular: &'static str,
    /// Words that must follow and belong to the cue: `out` of `point out`; empty for most.
    pub(crate) particle: &'static str,
    /// What kind of act it is.
    pub(crate) act: Act,
    /// What kind of act it is with an infinitive, which can be another: `told him to wait` is a request.
    open: Act,
    /// What its content may look like: a sum of the constants in [`takes`].
    takes: u16,
}

impl Cue {
    /// Whether the content may have the form `frame`, one of the constants in [`takes`].
    pub(crate) fn takes(&self, frame: u16) -> bool {
        self.takes & frame != 0
    }

    /// What kind of act it is with a content of the form `frame`.
    pub(crate) fn act_with(&self, frame: u16) -> Act {
        if frame & (takes::INFINITIVE | takes::OBJECT_INFINITIVE) != 0 { self.open } else { self.act }
    }

    /// The same cue, which is another act with an infinitive.
    pub(crate) const fn to(mut self, act: Act) -> Self {
        self.open = act;
        self
    }
}

/// What the content of a cue may look like.
pub(crate) mod takes {
    use crate::facts::quote_form::Frame;

    /// Words in quotation marks, before or behind.
    pub(crate) const QUOTE: u16 = 1;
    /// A clause with `that`: she argued that …
    pub(crate) const THAT: u16 = 2;
    /// A clause without `that`: she said he was …
    pub(crate) const CLAUSE: u16 = 4;
    /// A sentence that it follows or breaks: …, she said.
    pub(crate) const TRAIL: u16 = 8;
    /// A noun phrase: she praised the plan.
    pub(crate) const OBJECT: u16 = 16;
    /// An infinitive: she promised to …
    pub(crate) const INFINITIVE: u16 = 32;
    /// A noun phrase and an infinitive: she urged him to …
    pub(crate) const OBJECT_INFINITIVE: u16 = 64;
    /// A question: she asked whether …
    pub(crate) const QUESTION: u16 = 128;
    /// A noun phrase that is the one addressed, before the clause: she told him that …
    pub(crate) const ADDRESSEE: u16 = 256;
    /// A noun phrase behind `about`, `of`, `on`, `for`, `against`: she complained about …
    pub(crate) const ABOUT: u16 = 512;
    /// A form in -ing: she denied paying …
    pub(crate) const GERUND: u16 = 1024;
    /// A noun phrase and a number: she put the damage at …
    pub(crate) const ESTIMATE: u16 = 2048;
    /// What speech verbs take.
    pub(crate) const SPEECH: u16 = QUOTE | THAT | CLAUSE | TRAIL;

    /// The constant that allows a frame.
    pub(crate) fn of_frame(frame: Frame) -> u16 {
        match frame {
            Frame::Trail => TRAIL,
            Frame::That => THAT,
            Frame::Question => QUESTION,
            Frame::Infinitive | Frame::ParsedInfinitive => INFINITIVE,
            Frame::ObjectInfinitive | Frame::ParsedObjectInfinitive => OBJECT_INFINITIVE,
            Frame::Clause | Frame::ParsedClause => CLAUSE,
            Frame::About | Frame::ParsedAbout | Frame::Behind => ABOUT,
            Frame::Gerund => GERUND,
            Frame::Estimate => ESTIMATE,
            Frame::Object | Frame::ParsedObject | Frame::PassiveSubject => OBJECT,
            Frame::RaisedSubject => INFINITIVE,
            Frame::According | Frame::Colon => CLAUSE,
        }
    }
}

/// One row of the table.
pub(crate) const fn cue(
    lemma: &'static str,
    irregular: &'static str,
    particle: &'static str,
    act: Act,
    takes: u16,
) -> Cue {
    Cue { lemma, irregular, particle, act, open: act, takes }
}
