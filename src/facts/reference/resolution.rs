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
    /// The country that each adjective means which says where an office is, by token: **Valdoran** president.
    pub of_adjective: HashMap<usize, EntityId>,
}

/// Mentions with others added, in text order; what is mentioned already stays.
pub(crate) fn merged(mut mentions: Vec<Mention>, added: impl IntoIterator<Item = Mention>) -> Vec<Mention> {
    mentions.extend(added);
    mentions.sort_by_key(|mention| mention.span);
    mentions.dedup_by_key(|mention| mention.span);
    mentions
}
