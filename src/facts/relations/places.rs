//! Places inside places, as an article prints them: a town and its region behind a comma, **Porto Sereno**`,` **Valdora**.
//!
//! Knows names and the word lists of countries and regions. Who lives in the town lives in the region too.

use crate::annotate::{NameKind, lexicon, states};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::{Relationship, Status, Term};
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
        trigger: None,
        term: Term::default(),
        claim: None,
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

/// Bodies that are where a place is printed right behind their names: `Harbor University in` **Porto Sereno**.
const INSTITUTIONS: &[&str] = &[
    "academy",
    "cathedral",
    "center",
    "centre",
    "church",
    "clinic",
    "college",
    "hospital",
    "institute",
    "jail",
    "library",
    "mosque",
    "museum",
    "prison",
    "school",
    "synagogue",
    "temple",
    "theater",
    "theatre",
    "university",
];

/// How far a place may stand behind `born` in brackets, in tokens.
const BRACKET: usize = 12;

/// Where bodies are, and where people were born, as names beside each other tell it.
pub(super) fn beside_names(scene: Scene) -> Vec<Relationship> {
    let names = &scene.text.names;
    let entity =
        |name: usize, kind: EntityKind| scene.resolution.of_name[name].filter(|id| scene.is(*id, kind));
    let place_at = |token: usize| {
        let name = scene.text.name_at(token).filter(|name| names[*name].tokens.start() == token)?;
        Some((entity(name, EntityKind::Place)?, names[name].tokens))
    };
    let mut found = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let end = name.tokens.end();
        let place = match name.kind {
            NameKind::Organization => {
                let last = scene.text.word(end - 1).to_lowercase();
                let is_seated = INSTITUTIONS.contains(&last.as_str()) && scene.text.word(end) == "in";
                is_seated
                    .then(|| place_at(end + 1))
                    .flatten()
                    .map(|place| ("based_in", EntityKind::Organization, place))
            }
            // **Mira Costa** `(born 6 May 1962 in Porto Sereno)`
            NameKind::Person if scene.text.word(end) == "(" && scene.text.word(end + 1) == "born" => {
                let inside =
                    (end + 2..end + BRACKET).take_while(|token| !matches!(scene.text.word(*token), ")" | ""));
                let mut behind = inside.filter(|token| scene.text.word(*token) == "in");
                behind
                    .find_map(|token| place_at(token + 1))
                    .map(|place| ("born_in", EntityKind::Person, place))
            }
            _ => None,
        };
        let Some((predicate, kind, (place, words))) = place else { continue };
        if let Some(subject) = entity(index, kind) {
            found.push(Relationship {
                subject,
                predicate,
                object: Some(place),
                detail: None,
                status: Status::Asserted,
                evidence: scene.text.document.bytes(name.tokens.join(words)),
                trigger: None,
                term: Term::default(),
                claim: None,
                confidence: 0.75,
            });
        }
    }
    found
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
        let town_words = scene.text.words(town.tokens);
        // Two states, or two countries, are a list.
        let is_town = lexicon::country(town_words).is_none() && states::state(town_words).is_none();
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
