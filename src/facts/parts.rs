//! The facts of the parts of a long article, joined into those of the whole.
//!
//! Knows which entity of a part is one of those before: by an equal name, or by a last name alone that somebody bears.
//! Decides nothing inside a part. Start reading at [`Joined::add`].

use std::collections::HashMap;

use crate::facts::Facts;
use crate::facts::entity::{Entity, EntityId, EntityKind, Mention};
use crate::facts::quote::Quote;
use crate::facts::reference::names::compare::{is_full_name, short_key, words};
use crate::facts::relationship::{Claim, Relationship};

/// What was found in the parts so far.
#[derive(Default)]
pub(crate) struct Joined {
    facts: Facts,
    /// How often each entity is mentioned.
    uses: Vec<usize>,
    /// Who goes by a name, or by a last name alone: the one mentioned most of several.
    by_name: HashMap<(EntityKind, String), EntityId>,
}

impl Joined {
    /// Adds the facts of the part that begins at byte `offset` of the article.
    pub(crate) fn add(&mut self, part: Facts, offset: usize) {
        let mut mentioned = vec![0; part.entities.len()];
        part.mentions.iter().for_each(|mention| mentioned[mention.entity.index()] += 1);
        let known: Vec<Option<EntityId>> = part.entities.iter().map(|entity| self.known(entity)).collect();
        let entities = part.entities.into_iter().zip(known);
        let ids: Vec<EntityId> = entities.map(|(entity, known)| self.entity(entity, known)).collect();
        for (id, count) in ids.iter().zip(mentioned) {
            self.uses[id.index()] += count;
        }
        ids.iter().for_each(|id| self.register(*id));
        let whole = |id: EntityId| ids[id.index()];
        let facts = &mut self.facts;
        let before = facts.quotes.len();
        facts.mentions.extend(part.mentions.into_iter().map(|mention| Mention {
            span: mention.span.moved(offset),
            entity: whole(mention.entity),
            ..mention
        }));
        facts.quotes.extend(part.quotes.into_iter().map(|mut quote: Quote| {
            let pieces = quote.content.iter_mut().chain(&mut quote.cue).chain(&mut quote.source);
            pieces.for_each(|piece| *piece = piece.moved(offset));
            quote.speaker = quote.speaker.map(whole);
            quote.about = quote.about.into_iter().map(whole).collect();
            quote.about.sort_unstable();
            quote.about.dedup();
            quote.within = quote.within.map(|outer| before + outer);
            quote
        }));
        facts.relationships.extend(part.relationships.into_iter().map(|link| Relationship {
            subject: whole(link.subject),
            object: link.object.map(whole),
            detail: link.detail.map(|detail| detail.moved(offset)),
            evidence: link.evidence.moved(offset),
            trigger: link.trigger.map(|trigger| trigger.moved(offset)),
            claim: link.claim.map(|claim| Claim {
                claimant: claim.claimant.map(whole),
                source: claim.source.map(|source| source.moved(offset)),
            }),
            ..link
        }));
    }

    /// The facts of the whole.
    pub(crate) fn into_facts(mut self) -> Facts {
        // Of two who were one all along, a relationship may have become one with itself.
        self.facts.relationships.retain(|link| link.object != Some(link.subject));
        self.facts.entities.iter_mut().for_each(|entity| {
            entity.aliases.sort_unstable();
            entity.aliases.dedup();
            entity.aliases.retain(|alias| *alias != entity.name);
        });
        self.facts
    }

    /// Who of the parts before an entity is: whoever has its name, or one of its other full names; or whoever is known
    /// there by its last name alone.
    fn known(&self, entity: &Entity) -> Option<EntityId> {
        let find = |name: &String| self.by_name.get(&(entity.kind, key(entity.kind, name))).copied();
        let other = |name: &&String| entity.kind != EntityKind::Person || is_full_name(name);
        let alone = |id: &EntityId| !is_full_name(&self.facts.entities[id.index()].name);
        let of_last_name = || {
            let key = last_name(entity.kind, &entity.name)?;
            self.by_name.get(&(entity.kind, key)).copied().filter(alone)
        };
        find(&entity.name)
            .or_else(|| entity.aliases.iter().filter(other).find_map(find))
            .or_else(of_last_name)
    }

    /// The number of an entity in the whole.
    fn entity(&mut self, entity: Entity, known: Option<EntityId>) -> EntityId {
        let Some(id) = known else {
            self.facts.entities.push(entity);
            self.uses.push(0);
            return EntityId(self.facts.entities.len() as u32 - 1);
        };
        let whole = &mut self.facts.entities[id.index()];
        let is_fuller =
            entity.kind == EntityKind::Person && is_full_name(&entity.name) && !is_full_name(&whole.name);
        whole.aliases.extend(entity.aliases);
        let other = if is_fuller { std::mem::replace(&mut whole.name, entity.name) } else { entity.name };
        whole.aliases.push(other);
        whole.gender = whole.gender.or(entity.gender);
        whole.country = whole.country.take().or(entity.country);
        whole.organization_kind = whole.organization_kind.or(entity.organization_kind);
        id
    }

    /// Makes an entity findable by its names.
    fn register(&mut self, id: EntityId) {
        let Joined { facts, uses, by_name } = self;
        let entity = &facts.entities[id.index()];
        let names = entity.aliases.iter().chain([&entity.name]);
        let keys =
            names.flat_map(|name| [Some(key(entity.kind, name)), last_name(entity.kind, name)]).flatten();
        for key in keys.filter(|key| !key.is_empty()) {
            let bearer = by_name.entry((entity.kind, key)).or_insert(id);
            if uses[bearer.index()] < uses[id.index()] {
                *bearer = id;
            }
        }
    }
}

/// The folded words of a name.
fn key(kind: EntityKind, name: &str) -> String {
    words(kind, name).join(" ")
}

/// A person's last name, if the name is a full one.
fn last_name(kind: EntityKind, name: &str) -> Option<String> {
    short_key(kind, name).filter(|_| kind == EntityKind::Person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::entity::Form;
    use crate::span::Span;

    /// The facts of a part in which each entity is mentioned so often.
    fn part(entities: &[(EntityKind, &str, &[&str], usize)]) -> Facts {
        let mut facts = Facts::default();
        for (kind, name, aliases, count) in entities {
            let entity = EntityId(facts.entities.len() as u32);
            facts.entities.push(Entity {
                kind: *kind,
                name: (*name).to_owned(),
                aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
                gender: None,
                country: None,
                organization_kind: None,
            });
            for _ in 0..*count {
                let start = facts.mentions.len() * 10;
                facts.mentions.push(Mention { span: Span::new(start, start + 5), entity, form: Form::Name });
            }
        }
        facts
    }

    #[test]
    fn entities_of_later_parts_are_those_of_their_name() {
        use EntityKind::{Organization, Person, Place};
        let mut joined = Joined::default();
        joined.add(
            part(&[
                (Person, "Ana Ruiz", &["Ruiz"], 3),
                (Person, "Leo Ruiz", &[], 1),
                (Organization, "Northwind Group", &["Northwind"], 1),
                (Place, "Brandt", &[], 1),
            ]),
            0,
        );
        joined.add(
            part(&[
                (Person, "Ruiz", &[], 1),
                (Person, "Leo Ruiz", &[], 1),
                (Person, "Brandt", &[], 1),
                (Organization, "Northwind", &[], 1),
            ]),
            1000,
        );
        joined.add(part(&[(Person, "Mia Brandt", &["Brandt"], 1), (Person, "Eva Ruiz", &[], 1)]), 2000);
        let facts = joined.into_facts();
        let named: Vec<&str> = facts.entities.iter().map(|entity| entity.name.as_str()).collect();
        assert_eq!(named, ["Ana Ruiz", "Leo Ruiz", "Northwind Group", "Brandt", "Mia Brandt", "Eva Ruiz"]);
        let bearers: Vec<u32> = facts.mentions.iter().map(|mention| mention.entity.0).collect();
        assert_eq!(bearers, [0, 0, 0, 1, 2, 3, 0, 1, 4, 2, 4, 5]);
        assert_eq!(facts.mentions[7].span, Span::new(1010, 1015));
        assert_eq!(facts.entities[0].aliases, ["Ruiz"]);
    }
}
