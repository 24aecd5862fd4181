//! Relation extraction: offices, parties, kin, and deeds of one entity towards another.
//!
//! Knows names, tags, trees and the offices beside names; makes no entity and reads no other article. A
//! relationship is stored as the article presents it (`Status`): what is denied, planned or merely reported is never
//! asserted. Start reading at [`relate`]; the kinds, with the words that state each, are the table in `predicates`. Deeds are read in
//! `verbs` and `nominal`, what one is to another in `bonds`, offices in `holdings`; where people are from is read in `origins`, where bodies and towns are in `seats` and `places`.

mod bonds;
mod candidates;
mod claims;
mod details;
mod employers;
mod holdings;
mod homeland;
mod nominal;
mod origins;
mod participants;
mod places;
pub mod predicates;
mod presented;
mod scene;
mod seats;
mod senses;
mod sides;
mod spoken;
mod stances;
mod terms;
#[cfg(test)]
mod tests;
mod triggers;
mod verbs;

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::facts::offices::Offices;
use crate::facts::quote::{Quote, QuoteKind};
use crate::facts::reference::resolution::Resolution;
use crate::facts::relations::scene::Scene;
use crate::facts::relations::spoken::Spoken;
use crate::facts::relationship::{Relationship, Status};

/// Returns the relationships that an article states, in the order of their evidence. The quotes are those of the article, with
/// their speakers.
pub fn relate(
    text: &Annotations,
    offices: &Offices,
    resolution: &Resolution,
    quotes: &[Quote],
) -> Vec<Relationship> {
    let scene = Scene { text, offices, resolution };
    // What a quotation states is the speaker’s claim; titles, labels and seats beside names go without saying, whoever speaks.
    let is_joined = |link: &Relationship| {
        let token = link.trigger.and_then(|trigger| scene.token_at(trigger.start()));
        token.is_some_and(|token| text.tags[token].upos == Upos::Verb)
    };
    let (mut found, beside): (Vec<_>, Vec<_>) = holdings::holdings(scene).into_iter().partition(is_joined);
    found.extend(candidates::candidacies(scene));
    found.extend(bonds::bonds(scene));
    report(&mut found, &Spoken::new(quotes, &[QuoteKind::Direct]));
    found.extend(beside);
    found.extend(sides::sides(scene));
    found.extend(employers::employments(scene));
    found.extend(origins::origins(scene));
    found.extend(seats::seats(scene));
    let mut acts = verbs::acts(scene);
    acts.extend(nominal::acts(scene));
    acts.extend(stances::stances(scene));
    report(&mut acts, &Spoken::new(quotes, &QuoteKind::ALL));
    found.extend(acts);
    found.extend(places::births(scene));
    places::widen(scene, &mut found);
    found.extend(places::located(scene));
    terms::date(scene, &mut found);
    claims::claim(scene, quotes, &mut found);
    found.sort_by_key(|link| (link.evidence, link.subject, link.predicate, link.object));
    found.dedup_by(|later, earlier| {
        (later.subject, later.predicate, later.object, later.evidence)
            == (earlier.subject, earlier.predicate, earlier.object, earlier.evidence)
    });
    found
}

/// Presents as somebody’s claim what stands in their speech and is not presented otherwise.
fn report(found: &mut [Relationship], spoken: &Spoken) {
    for relationship in found {
        if relationship.status == Status::Asserted && spoken.covers(relationship.evidence) {
            relationship.status = Status::Reported;
        }
    }
}
