//! Typed links between the entities of an article.

use crate::facts::entity::EntityId;
use crate::span::{Byte, Span};

/// How the article presents a relationship.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Status {
    /// In the article's own voice.
    Asserted,
    /// In somebody's speech.
    Reported,
    /// Denied or negated.
    Denied,
    /// If, would, could.
    Hypothetical,
    /// Will, plans to.
    Planned,
    /// Former, until.
    Ended,
}

impl Status {
    /// All of them.
    pub const ALL: [Status; 6] = [
        Status::Asserted,
        Status::Reported,
        Status::Denied,
        Status::Hypothetical,
        Status::Planned,
        Status::Ended,
    ];

    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            Status::Asserted => "asserted",
            Status::Reported => "reported",
            Status::Denied => "denied",
            Status::Hypothetical => "hypothetical",
            Status::Planned => "planned",
            Status::Ended => "ended",
        }
    }
}

/// A typed link between two entities, or between one entity and what `detail` prints.
#[derive(Clone, Debug, PartialEq)]
pub struct Relationship {
    /// Who.
    pub subject: EntityId,
    /// A name out of the predicate table.
    pub predicate: &'static str,
    /// Whom; none where the article leaves it open.
    pub object: Option<EntityId>,
    /// The office, kinship or amount, as printed.
    pub detail: Option<Span<Byte>>,
    /// How the article presents it.
    pub status: Status,
    /// The clause that shows it.
    pub evidence: Span<Byte>,
    /// The word that states it, where one does: `accused`, `talks`, `brother`.
    pub trigger: Option<Span<Byte>>,
    /// When it began or happened, and when it ended, as far as its words say.
    pub term: Term,
    /// Whose claim it is, if it is somebody’s.
    pub claim: Option<Claim>,
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}

/// When a relationship holds, or a deed was done: ISO 8601 dates, to the year, the month or the day as far as the words go. Of a
/// deed both are when it was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    /// When it began.
    pub since: Option<String>,
    /// When it ended.
    pub until: Option<String>,
}

/// Who claims a relationship that an article does not state in its own voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The entity, if it is one.
    pub claimant: Option<EntityId>,
    /// The words that name whoever claims it, as printed.
    pub source: Option<Span<Byte>>,
}
