//! The places that offices name in other ways than by a name: the **Valdoran** president, R-**Wis.**, **House** Speaker.
//!
//! Knows the offices beside names, whose holders are entities, the demonyms of the word lists and the short forms of
//! American states.

use std::collections::HashMap;

use crate::annotate::{Annotations, lexicon, states};
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention};
use crate::facts::offices::{OfficePlace, Offices};
use crate::facts::reference::resolution::Resolution;

/// The names that a house of parliament goes by, of which the first is printed in titles.
const HOUSES: &[&[&str]] = &[
    &["House", "House of Representatives", "U.S. House", "US House", "U.S. House of Representatives"],
    &["Senate", "U.S. Senate", "US Senate", "United States Senate"],
];

/// Ties what says where offices are to its entities and adds it to the mentions, in text order behind all others.
///
/// A country, a state or a house that no name of it stands for joins the entities.
pub(crate) fn add_places(text: &Annotations, offices: &Offices, resolution: &mut Resolution) {
    let mut known = Known::new(&resolution.entities);
    for (name, office) in offices.iter() {
        let Some(place) = office.place.as_ref().filter(|_| resolution.of_name[name].is_some()) else {
            continue;
        };
        let tokens = place.tokens(text);
        let word = text.words(tokens);
        let entity = match place {
            OfficePlace::Adjective(_) => lexicon::demonym(word)
                .map(|country| known.place(&mut resolution.entities, country.name, &country)),
            OfficePlace::Home(_) => {
                state(word).map(|(state, home)| known.place(&mut resolution.entities, state, &home))
            }
            OfficePlace::Body(_) => known.house(&mut resolution.entities, word),
            OfficePlace::Named(index) => {
                // `(R-Wis.)`, where the state is named in full elsewhere.
                let full = states::state(word).filter(|full| *full != word);
                let full = full.filter(|_| is_place(resolution, *index) && is_short(text, tokens.start()));
                if let Some(full) = full.and_then(|full| known.in_full(resolution, *index, full)) {
                    resolution.of_office_place.insert(tokens.start(), full);
                }
                None
            }
        };
        if let Some(entity) = entity {
            resolution.of_office_place.insert(tokens.start(), entity);
            if !is_named(text, resolution, tokens.start()) {
                let span = text.document.bytes(tokens);
                resolution.mentions.push(Mention { span, entity, form: Form::Nominal });
            }
        }
    }
}

/// Whether a token is printed as the short form of a state is: with its full stop, or behind the letter of a party.
/// `LA` is a town elsewhere.
fn is_short(text: &Annotations, token: usize) -> bool {
    let is_behind_letter = token > 0 && matches!(text.word(token - 1), "-" | "–");
    is_behind_letter || text.word(token).ends_with('.') || text.word(token + 1) == "."
}

/// Whether a name refers to a place.
fn is_place(resolution: &Resolution, name: usize) -> bool {
    let entity = resolution.of_name[name].map(|id| &resolution.entities[id.index()]);
    entity.is_some_and(|entity| entity.kind == EntityKind::Place)
}

/// Whether a token belongs to a name that is mentioned already.
fn is_named(text: &Annotations, resolution: &Resolution, token: usize) -> bool {
    text.name_at(token).is_some_and(|name| resolution.of_name[name].is_some())
}

/// The state that a short form means, with the country that it lies in.
fn state(word: &str) -> Option<(&'static str, lexicon::Country)> {
    Some((states::state(word)?, lexicon::country("United States")?))
}

/// The entities of an article that offices can be of, by name.
struct Known {
    places: HashMap<String, EntityId>,
    houses: HashMap<&'static str, EntityId>,
}

impl Known {
    fn new(entities: &[Entity]) -> Self {
        let mut known = Known { places: HashMap::new(), houses: HashMap::new() };
        for (index, entity) in entities.iter().enumerate() {
            let id = EntityId(index as u32);
            match entity.kind {
                EntityKind::Place => {
                    known.places.insert(entity.name.clone(), id);
                }
                EntityKind::Organization => {
                    if let Some(names) = HOUSES.iter().find(|names| names.contains(&entity.name.as_str())) {
                        known.houses.entry(names[0]).or_insert(id);
                    }
                }
                EntityKind::Person => {}
            }
        }
        known
    }

    /// The place of this name, in this country; a new one where there is none.
    fn place(&mut self, entities: &mut Vec<Entity>, name: &str, country: &lexicon::Country) -> EntityId {
        *self.places.entry(name.to_owned()).or_insert_with(|| {
            let country = Entity::of_country(*country);
            entities.push(Entity { name: name.to_owned(), ..country });
            EntityId(entities.len() as u32 - 1)
        })
    }

    /// The state of a name that is its short form: the one that is named in full, else the same with its full name.
    fn in_full(&mut self, resolution: &mut Resolution, name: usize, full: &str) -> Option<EntityId> {
        let id = resolution.of_name[name]?;
        let entity = &mut resolution.entities[id.index()];
        let is_short = states::state(&entity.name) == Some(full) && entity.name != full;
        if let Some(known) = self.places.get(full) {
            return Some(*known);
        }
        if is_short {
            let short = std::mem::replace(&mut entity.name, full.to_owned());
            entity.aliases.push(short);
            entity.aliases.sort();
            self.places.insert(full.to_owned(), id);
        }
        Some(id)
    }

    /// The house of parliament that a word of a title names; a new one where there is none.
    fn house(&mut self, entities: &mut Vec<Entity>, word: &str) -> Option<EntityId> {
        let name = HOUSES.iter().map(|names| names[0]).find(|name| *name == word)?;
        Some(*self.houses.entry(name).or_insert_with(|| {
            entities.push(Entity {
                kind: EntityKind::Organization,
                name: name.to_owned(),
                aliases: Vec::new(),
                gender: None,
                country: None,
                organization_kind: None,
            });
            EntityId(entities.len() as u32 - 1)
        }))
    }
}
