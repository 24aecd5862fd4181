//! Relation extraction: offices, spokespeople, and acts of one entity towards another.
//!
//! Knows names, tags, the offices beside names and the table of triggers; makes no entity and reads no other article. A
//! relationship is stored as the article presents it (`Status`): what is denied, planned or merely reported is never
//! asserted. Start reading at [`relate`]; the kinds are the table in `predicates`, their verbs the one in `triggers`.

pub mod predicates;
mod triggers;
mod verbs;

use crate::annotate::Annotations;
use crate::annotate::offices::Rank;
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::offices::{Office, OfficePlace, Offices};
use crate::facts::quote::{Quote, QuoteKind};
use crate::facts::reference::resolution::Resolution;
use crate::facts::relationship::{Relationship, Status};
use crate::span::{Byte, Span};

/// Returns the relationships that an article states, in the order of their evidence.
pub fn relate(
    text: &Annotations,
    offices: &Offices,
    resolution: &Resolution,
    quotes: &[Quote],
) -> Vec<Relationship> {
    let mut found = Vec::new();
    for (name, office) in offices.iter() {
        if let Some(holder) = resolution.of_name[name] {
            found.extend(holds(office, text, resolution, holder));
        }
    }
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
    resolution: &Resolution,
    holder: EntityId,
) -> Option<Relationship> {
    let object = match office.place {
        Some(OfficePlace::Named(index)) => resolution.of_name[index],
        Some(OfficePlace::Adjective(token)) => resolution.of_adjective.get(&token).copied(),
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
