//! Relationships between the entities of one article: offices, spokespeople, and acts of one towards another.
//!
//! Knows names, tags, the offices beside names and the table of triggers. A relationship is stored as the article presents
//! it (`Status`): what is denied, planned or merely reported is never asserted.

use super::resolve::Resolution;
use super::titles::{Office, Place};
use super::{Entity, EntityId, EntityKind, Form, Mention, Quote, QuoteKind, Relationship, Status, acts};
use crate::annotate::offices::Rank;
use crate::annotate::{Annotations, lexicon};
use crate::span::{Byte, Span};

/// Returns the relationships that an article states, in the order of their evidence.
///
/// A country that an office names by its adjective alone (`the Valdoran president`) joins the entities.
pub fn relate(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &mut Resolution,
    quotes: &[Quote],
) -> Vec<Relationship> {
    let mut found = Vec::new();
    for (name, office) in offices {
        if let Some(holder) = resolution.of_name[*name] {
            found.extend(holds(office, text, resolution, holder));
        }
    }
    found.extend(acts::acts(text, resolution));
    for relationship in &mut found {
        if relationship.status == Status::Asserted && is_reported(relationship.evidence, quotes) {
            relationship.status = Status::Reported;
        }
    }
    found.sort_by_key(|relationship| (relationship.evidence, relationship.subject, relationship.predicate));
    found.dedup_by(|later, earlier| {
        (later.subject, later.predicate, later.object, later.evidence)
            == (earlier.subject, earlier.predicate, earlier.object, earlier.evidence)
    });
    found
}

/// Whether a span lies in what somebody is quoted as saying.
fn is_reported(evidence: Span<Byte>, quotes: &[Quote]) -> bool {
    let spoken = |quote: &Quote| quote.kind != QuoteKind::Mixed || quote.content.len() == 1;
    quotes.iter().any(|quote| spoken(quote) && quote.content.iter().any(|piece| piece.covers(evidence)))
}

/// The relationship of an office to its holder; `None` where nothing but the office is known of ordinary staff.
fn holds(
    office: &Office,
    text: &Annotations,
    resolution: &mut Resolution,
    holder: EntityId,
) -> Option<Relationship> {
    let object = match office.place {
        Some(Place::Named(index)) => resolution.of_name[index],
        Some(Place::Adjective(token)) => country_entity(text, resolution, token),
        None => None,
    };
    let employs = |id: EntityId| resolution.entities[id.index()].kind == EntityKind::Organization;
    if object == Some(holder) || office.rank == Rank::Staff && !object.is_some_and(employs) {
        return None;
    }
    Some(Relationship {
        subject: holder,
        predicate: office.rank.predicate(),
        object,
        detail: Some(text.document.bytes(office.words)),
        status: if office.ended { Status::Ended } else { Status::Asserted },
        evidence: text.document.bytes(office.extent),
        confidence: if object.is_some() { 0.85 } else { 0.7 },
    })
}

/// The entity of the country that an adjective names; it joins the entities if no name of it stands in the article.
fn country_entity(text: &Annotations, resolution: &mut Resolution, token: usize) -> Option<EntityId> {
    let country = lexicon::demonym(text.word(token))?;
    let known = resolution
        .entities
        .iter()
        .position(|entity| entity.kind == EntityKind::Place && entity.name == country.name);
    let id = match known {
        Some(index) => EntityId(index as u32),
        None => {
            resolution.entities.push(Entity {
                kind: EntityKind::Place,
                name: country.name.to_owned(),
                aliases: Vec::new(),
                gender: None,
                country: Some(country.iso2.as_str().to_owned()),
            });
            EntityId(resolution.entities.len() as u32 - 1)
        }
    };
    let span = text.document.tokens[token].span;
    let at = resolution.mentions.partition_point(|mention| mention.span < span);
    if resolution.mentions.get(at).is_none_or(|mention| mention.span != span) {
        resolution.mentions.insert(at, Mention { span, entity: id, form: Form::Nominal });
    }
    Some(id)
}
