//! Places inside places, as an article prints them: a town and its region behind a comma, **Porto Sereno**`,` **Valdora**.
//!
//! Knows names and the word lists of countries and regions. Who lives in the town lives in the region too.

use crate::annotate::{NameKind, lexicon, states};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::{Relationship, Status};
use crate::span::{Byte, Span, Tokens};

/// What holds for the region of a town where it holds for the town.
const WIDENED: &[&str] = &["based_in", "born_in", "lives_in"];

/// A town and its region, where both are printed together.
struct Printed {
    town: EntityId,
    region: EntityId,
    /// Both of them.
    words: Span<Tokens>,
}

/// The towns of an article whose regions are printed behind them.
pub(super) fn located(scene: Scene) -> Vec<Relationship> {
    let link = |printed: Printed| Relationship {
        subject: printed.town,
        predicate: "located_in",
        object: Some(printed.region),
        detail: None,
        status: Status::Asserted,
        evidence: scene.text.document.bytes(printed.words),
        confidence: 0.8,
    };
    printed(scene).map(link).collect()
}

/// Adds what holds for a region because it holds for the town before it.
pub(super) fn widen(scene: Scene, found: &mut Vec<Relationship>) {
    let towns: Vec<(Span<Byte>, Printed)> =
        printed(scene).map(|printed| (scene.text.document.bytes(printed.words), printed)).collect();
    let mut wider = Vec::new();
    for link in found.iter().filter(|link| WIDENED.contains(&link.predicate)) {
        let around = towns
            .iter()
            .find(|(words, printed)| link.object == Some(printed.town) && link.evidence.overlaps(*words));
        if let Some((words, printed)) = around {
            wider.push(Relationship {
                object: Some(printed.region),
                evidence: link.evidence.join(*words),
                ..link.clone()
            });
        }
    }
    found.extend(wider);
}

fn printed(scene: Scene<'_>) -> impl Iterator<Item = Printed> + '_ {
    let names = &scene.text.names;
    names.windows(2).enumerate().filter_map(move |(index, pair)| {
        let [town, region] = pair else { return None };
        let is_joined = town.kind == NameKind::Place
            && region.kind == NameKind::Place
            && town.tokens.end() + 1 == region.tokens.start()
            && scene.text.word(town.tokens.end()) == ",";
        // Three towns in a row are a list.
        let is_listed = scene.text.word(region.tokens.end()) == ","
            && scene
                .text
                .name_at(region.tokens.end() + 1)
                .is_some_and(|next| names[next].kind == NameKind::Place)
            || scene.text.word(region.tokens.end()) == "and";
        let before = town.tokens.start().checked_sub(1).map_or("", |before| scene.text.word(before));
        let printed = scene.text.words(region.tokens);
        let is_region = states::state(printed).is_some()
            || lexicon::country(printed).is_some()
            || lexicon::country_of_region(printed).is_some();
        let is_town = lexicon::country(scene.text.words(town.tokens)).is_none();
        if !is_joined || is_listed || before == "," || !is_region || !is_town {
            return None;
        }
        let [of_town, of_region] = [index, index + 1].map(|name| scene.resolution.of_name[name]);
        let (town_id, region_id) = (of_town?, of_region?);
        let are_places = scene.is(town_id, EntityKind::Place) && scene.is(region_id, EntityKind::Place);
        (are_places && town_id != region_id).then_some(Printed {
            town: town_id,
            region: region_id,
            words: town.tokens.join(region.tokens),
        })
    })
}
