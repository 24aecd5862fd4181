//! Who is there, and every place where they are mentioned: what `reference` fills.

use std::collections::HashMap;

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
    /// What each word means that says where an office is without being its name, by token: **Valdoran** president,
    /// R-**Wis.**, **House** Speaker.
    pub of_office_place: HashMap<usize, EntityId>,
}

/// Mentions with others added, in text order; what is mentioned already stays.
pub(crate) fn merged(mut mentions: Vec<Mention>, added: impl IntoIterator<Item = Mention>) -> Vec<Mention> {
    mentions.extend(added);
    mentions.sort_by_key(|mention| mention.span);
    mentions.dedup_by_key(|mention| mention.span);
    mentions
}
