//! Who is found to speak in the quotes of an article, and about whom. Nothing is changed by it: `pipeline` fills the
//! quotes with it.

use crate::facts::entity::{EntityId, Mention};

/// Who speaks in each quote of an article and whom it is about, and whom `I` and `you` in it mean.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Credits {
    /// One for each quote.
    pub speakers: Vec<Option<EntityId>>,
    /// One for each quote: those who say it together with its speaker.
    pub joint: Vec<Vec<EntityId>>,
    /// One for each quote: the entities that its content mentions, each once, by id.
    pub abouts: Vec<Vec<EntityId>>,
    /// The mentions in the second person, then those in the first. Where the same words mention somebody already, that
    /// mention stays, and of two here the first.
    pub mentions: Vec<Mention>,
}
