//! The countries that offices name by their adjectives: the **Valdoran** president.
//!
//! Knows the offices beside names, whose holders are entities, and the demonyms of the word lists.

use std::collections::HashMap;

use crate::annotate::{Annotations, lexicon};
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention};
use crate::facts::offices::{OfficePlace, Offices};
use crate::facts::reference::resolution::Resolution;

/// Ties the adjectives of offices to their countries and adds them to the mentions, in text order behind all others.
///
/// A country that no name of it stands for joins the entities.
pub(crate) fn add_countries(text: &Annotations, offices: &Offices, resolution: &mut Resolution) {
    let places =
        resolution.entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Place);
    let mut known: HashMap<String, EntityId> =
        places.map(|(index, entity)| (entity.name.clone(), EntityId(index as u32))).collect();
    for (name, office) in offices.iter() {
        let Some(OfficePlace::Adjective(token)) = office.place else { continue };
        let Some(country) = resolution.of_name[name].and_then(|_| lexicon::demonym(text.word(token))) else {
            continue;
        };
        let entity = *known.entry(country.name.to_owned()).or_insert_with(|| {
            resolution.entities.push(Entity::of_country(country));
            EntityId(resolution.entities.len() as u32 - 1)
        });
        resolution.of_adjective.insert(token, entity);
        let span = text.document.tokens[token].span;
        resolution.mentions.push(Mention { span, entity, form: Form::Nominal });
    }
}
