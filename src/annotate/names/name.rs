//! A proper name in the text, and what it names.

use crate::span::{Span, Tokens};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A company, agency, party, armed group, team.
    Organization,
    /// A country, city, region, river, building.
    Place,
    /// Something else: a nationality, an event, a work. Kept so that it is none of the others.
    Other,
}

/// A proper name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, without titles (`Mr.`, `President`) and possessive marks.
    pub tokens: Span<Tokens>,
    /// What it names.
    pub kind: NameKind,
}
