//! Who is there, and every place where they are mentioned: what `reference` fills.

use crate::facts::entity::{Entity, EntityId, Mention};

/// Who is there, and every place where they are mentioned, in text order.
#[derive(Debug, Default)]
pub struct Resolution {
    /// In order of first mention by name.
    pub entities: Vec<Entity>,
    /// In text order.
    pub mentions: Vec<Mention>,
    /// For each of `Annotations::names`, whom it refers to; `None` for names of other things.
    pub of_name: Vec<Option<EntityId>>,
}
