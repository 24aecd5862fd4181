//! Relation extraction: offices, spokespeople, and acts of one entity towards another.
//!
//! Knows names, tags, the offices beside names and the table of triggers; makes no entity and reads no other article. A
//! relationship is stored as the article presents it (`Status`): what is denied, planned or merely reported is never
//! asserted. Start reading at [`relate`]; the kinds are the table in `predicates`, their verbs the one in `triggers`.

pub mod predicates;
pub(crate) mod triggers;
pub(crate) mod verbs;

use std::collections::HashMap;

use crate::annotate::offices::Rank;
use crate::annotate::{Annotations, lexicon};
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention};
use crate::facts::offices::{Office, OfficePlace};
use crate::facts::quote::{Quote, QuoteKind};
use crate::facts::reference::resolution::Resolution;
use crate::facts::relationship::{Relationship, Status};
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
    let mut countries = Countries::new(resolution);
    for (name, office) in offices {
        if let Some(holder) = resolution.of_name[*name] {
            found.extend(holds(office, text, resolution, &mut countries, holder));
        }
    }
    countries.add_mentions(resolution);
    found.extend(verbs::acts(text, resolution));
    let spoken = Spoken::new(quotes);
    for relationship in &mut found {
        if relationship.status == Status::Asserted && spoken.covers(relationship.evidence) {
            relationship.status = Status::Reported;
        }
    }
    found.sort_by_key(|link| (link.evidence, link.subject, link.predicate, link.object));
    found.dedup_by(|later, earlier| {
        (later.subject, later.predicate, later.object, later.evidence)
            == (earlier.subject, earlier.predicate, earlier.object, earlier.evidence)
    });
    found
}

/// Where somebody is quoted as saying something: the starts of all pieces in order, each with the furthest end of the
/// pieces up to it, so that one look tells whether a piece covers a span.
struct Spoken(Vec<(usize, usize)>);

impl Spoken {
    fn new(quotes: &[Quote]) -> Self {
        let whole = |quote: &&Quote| quote.kind != QuoteKind::Mixed || quote.content.len() == 1;
        let mut pieces: Vec<Span<Byte>> =
            quotes.iter().filter(whole).flat_map(|quote| quote.content.iter().copied()).collect();
        pieces.sort();
        let mut furthest = 0;
        let reach = |piece: Span<Byte>| {
            furthest = furthest.max(piece.end());
            (piece.start(), furthest)
        };
        Spoken(pieces.into_iter().map(reach).collect())
    }

    /// Whether a span lies in what somebody is quoted as saying.
    fn covers(&self, span: Span<Byte>) -> bool {
        let before = self.0.partition_point(|(start, _)| *start <= span.start());
        before.checked_sub(1).is_some_and(|last| self.0[last].1 >= span.end())
    }
}

/// The relationship of an office to its holder; `None` where nothing but the office is known of ordinary staff.
fn holds(
    office: &Office,
    text: &Annotations,
    resolution: &mut Resolution,
    countries: &mut Countries,
    holder: EntityId,
) -> Option<Relationship> {
    let object = match office.place {
        Some(OfficePlace::Named(index)) => resolution.of_name[index],
        Some(OfficePlace::Adjective(token)) => countries.entity(text, resolution, token),
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

/// The countries that are entities, by name, and the adjectives that mention them.
struct Countries {
    known: HashMap<String, EntityId>,
    mentions: Vec<Mention>,
}

impl Countries {
    fn new(resolution: &Resolution) -> Self {
        let places =
            resolution.entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Place);
        let known = places.map(|(index, entity)| (entity.name.clone(), EntityId(index as u32))).collect();
        Countries { known, mentions: Vec::new() }
    }

    /// The country that an adjective names; it joins the entities if no name of it stands in the article.
    fn entity(&mut self, text: &Annotations, resolution: &mut Resolution, token: usize) -> Option<EntityId> {
        let country = lexicon::demonym(text.word(token))?;
        let entity = *self.known.entry(country.name.to_owned()).or_insert_with(|| {
            resolution.entities.push(Entity::of_country(country));
            EntityId(resolution.entities.len() as u32 - 1)
        });
        self.mentions.push(Mention { span: text.document.tokens[token].span, entity, form: Form::Nominal });
        Some(entity)
    }

    /// Adds the adjectives to the mentions, where nothing else is mentioned by the same words.
    fn add_mentions(self, resolution: &mut Resolution) {
        resolution.mentions.extend(self.mentions);
        resolution.mentions.sort_by_key(|mention| mention.span);
        resolution.mentions.dedup_by_key(|mention| mention.span);
    }
}
