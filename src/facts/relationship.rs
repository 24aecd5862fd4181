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
    /// How sure we are, 0 to 1.
    pub confidence: f32,
}
