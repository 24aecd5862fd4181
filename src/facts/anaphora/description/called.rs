//! The nouns that an article puts beside the names of people, and how each was put.
//!
//! Knows offices and trees. Built once for an article.

use std::collections::HashMap;
use std::ops::Range;

use super::country;
use crate::annotate::{Annotations, NameKind, offices};
use crate::facts::EntityId;
use crate::facts::anaphora::{Scene, role};
use crate::facts::descriptors::{beside, office_noun};
use crate::facts::titles::{Office, Place};

/// One person who is called by a noun.
pub(super) struct Called {
    pub(super) entity: EntityId,
    /// Whether the noun is an office, which can be used before its holder is named.
    pub(super) office: bool,
    /// What makes the office a lower one, in lower case.
    lower: Vec<String>,
    /// The country where the office is, if the text says it.
    country: Option<&'static str>,
}

impl Called {
    /// Whether the words between article and noun can be of this one: no other country, no other rank.
    pub(super) fn admits(&self, text: &Annotations, modifiers: Range<usize>) -> bool {
        let mut lower = 0;
        for token in modifiers {
            let word = text.word(token).to_lowercase();
            if offices::is_lower(&word) {
                if !self.lower.contains(&word) {
                    return false;
                }
                lower += 1;
            }
            if let (Some(here), Some(there)) = (self.country, country(text.word(token)))
                && here != there
            {
                return false;
            }
        }
        lower == self.lower.len()
    }
}

/// All nouns for people, in lower case.
pub(super) struct Nouns(HashMap<String, Vec<Called>>);

impl Nouns {
    pub(super) fn new(scene: Scene) -> Self {
        let mut nouns = Nouns(HashMap::new());
        for (name, office) in scene.offices {
            if let Some(entity) = scene.resolution.of_name[*name] {
                nouns.add(
                    office_noun(scene.text.word(office.words.end() - 1)),
                    of_office(scene, entity, office),
                );
            }
        }
        for (index, name) in scene.text.names.iter().enumerate() {
            let Some(entity) = scene.resolution.of_name[index] else { continue };
            if name.kind == NameKind::Person {
                for noun in beside(scene.text, scene.syntax, role::head_of(scene.syntax, name.tokens)) {
                    let word = office_noun(scene.text.word(noun));
                    if offices::rank(&word).is_none() {
                        let called = Called { entity, office: false, lower: Vec::new(), country: None };
                        nouns.add(word, called);
                    }
                }
            }
        }
        nouns
    }

    fn add(&mut self, noun: String, called: Called) {
        /// Of more people with one noun, a reader keeps the first in mind.
        const MOST: usize = 16;
        let all = self.0.entry(noun).or_default();
        if all.len() < MOST {
            all.push(called);
        }
    }

    pub(super) fn knows(&self, noun: &str) -> bool {
        self.0.contains_key(noun)
    }

    pub(super) fn of(&self, noun: &str) -> impl Iterator<Item = &Called> {
        self.0.get(noun).into_iter().flatten()
    }
}

fn of_office(scene: Scene, entity: EntityId, office: &Office) -> Called {
    let words = office.words.range().map(|token| scene.text.word(token).to_lowercase());
    let place = match &office.place {
        Some(Place::Named(index)) => Some(scene.text.words(scene.text.names[*index].tokens)),
        Some(Place::Adjective(token)) => Some(scene.text.word(*token)),
        None => None,
    };
    Called {
        entity,
        office: true,
        lower: words.filter(|word| offices::is_lower(word)).collect(),
        country: place.and_then(country),
    }
}
