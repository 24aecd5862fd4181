//! [`Annotations`](crate::annotate::Annotations) → [`Facts`]: who said what about whom, and who is who.
//!
//! Every stage is pure and cannot fail. Every fact keeps the span that shows it, and every span is a slice of the
//! article's body. This file is the door: the types stand in `entity`, `quote`, `quote_form` and `relationship`, and the
//! stages in a folder each, which use only those before them:
//!
//! ```text
//! grammar ─▶ offices ──────┐
//!    │                     ▼
//!    └─▶ attribution ─▶ reference ─▶ relations, speakers ─▶ vouching
//! ```
//!
//! Knows no files, no SQL and no other article. Start reading at `pipeline`, where the stages are called in order.

mod analyzed;
mod attribution;
mod entity;
mod grammar;
mod nesting;
pub(crate) mod offices;
pub(crate) mod parts;
mod quote;
mod quote_form;
pub(crate) mod reference;
mod relations;
mod relationship;
mod speakers;
pub(crate) mod training;
pub(crate) mod vouching;

use crate::annotate::Block;
pub use crate::facts::analyzed::Analyzed;
pub use crate::facts::attribution::attribute;
pub use crate::facts::attribution::cues::verb_forms;
pub use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Gender, Mention, OrganizationKind};
pub use crate::facts::nesting::nest;
pub use crate::facts::offices::field::{country_of_people, office_key};
pub use crate::facts::offices::{Offices, beside_names};
pub use crate::facts::quote::{Act, EncoderScore, Mode, Quote, QuoteKind};
pub use crate::facts::quote_form::{Frame, QuoteForm};
pub use crate::facts::reference::resolution::Resolution;
pub use crate::facts::reference::resolve;
pub use crate::facts::relations::{predicates, relate};
pub use crate::facts::relationship::{Claim, Relationship, Status, Term};
pub use crate::facts::speakers::credit;
pub use crate::facts::speakers::credits::Credits;
pub use crate::facts::vouching::{Reasons, Verdict, reasons, vouch};

/// Everything that one article states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The people, organizations and places in it; facts refer to them by index.
    pub entities: Vec<Entity>,
    /// In the order of where they begin. One may lie inside another (`her` in `her deputy`, `French` in `the French
    /// president`); none stands for two entities, and no two of one entity cover the same words.
    pub mentions: Vec<Mention>,
    /// In text order.
    pub quotes: Vec<Quote>,
    /// In text order of their evidence.
    pub relationships: Vec<Relationship>,
    /// What each stretch of the page is, in text order; nothing is found in captions and furniture.
    pub layout: Vec<Block>,
    /// How much of the article was analyzed.
    pub analyzed: Analyzed,
}
