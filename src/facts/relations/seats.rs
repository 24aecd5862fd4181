//! Where bodies have their seats and whose they are, as names beside each other tell it: **Porto Sereno**-`based` **Northwind**,
//! **Valdora**’s **Foreign Ministry**, **Harbor University** `in` **Porto Sereno**.
//!
//! Knows names, adjectives of countries and the nouns for bodies. What is part of a state is a unit of it; any other body is
//! seated where it is said to be of.

use crate::annotate::labels::Upos;
use crate::annotate::{NameKind, lexicon, states};
use crate::facts::entity::{EntityId, EntityKind, OrganizationKind};
use crate::facts::grammar::{describing, phrase};
use crate::facts::relations::scene::Scene;
use crate::facts::relationship::Relationship;
use crate::span::{Span, Tokens};

/// Bodies that are where a place is printed right behind their names: `Harbor University in` **Porto Sereno**.
const INSTITUTIONS: &[&str] = &[
    "academy",
    "airport",
    "arena",
    "base",
    "campus",
    "cathedral",
    "center",
    "centre",
    "church",
    "clinic",
    "college",
    "conservatory",
    "court",
    "factory",
    "foundation",
    "gallery",
    "hospital",
    "hotel",
    "institute",
    "institution",
    "jail",
    "lab",
    "laboratory",
    "library",
    "mosque",
    "museum",
    "observatory",
    "plant",
    "prison",
    "school",
    "seminary",
    "stadium",
    "studios",
    "synagogue",
    "temple",
    "theater",
    "theatre",
    "university",
    "zoo",
];

/// What a state has in itself.
const ORGANS: &[&str] = &[
    "army",
    "assembly",
    "bundestag",
    "cabinet",
    "congress",
    "department",
    "duma",
    "forces",
    "government",
    "guard",
    "military",
    "ministry",
    "navy",
    "parliament",
    "police",
    "senate",
    "treasury",
];

/// Whom many states have together.
const ALLIANCES: &[&str] =
    &["EU", "European Union", "NATO", "OPEC", "U.N.", "UN", "United Nations", "World Bank", "World Cup"];

/// Where bodies are and whose they are.
pub(super) fn seats(scene: Scene) -> Vec<Relationship> {
    let mut found = Vec::new();
    for mention in &scene.resolution.mentions {
        let token = scene.token_at(mention.span.start());
        if let Some(adjective) = token.filter(|token| scene.country_of_adjective(*token).is_some()) {
            found.extend(of_country(scene, adjective, mention.entity));
        }
    }
    for (index, name) in scene.text.names.iter().enumerate() {
        match name.kind {
            NameKind::Place => {
                if let Some(place) = scene.named(index, EntityKind::Place) {
                    found.extend(before(scene, name.tokens, place));
                }
            }
            NameKind::Organization => {
                if let Some(body) = scene.named(index, EntityKind::Organization) {
                    found.extend(behind(scene, name.tokens, body));
                    found.extend(inside(scene, name.tokens, body));
                }
            }
            _ => {}
        }
    }
    found
}

/// The **Valdoran** bank **Northwind**, the **Valdoran** **Interior Ministry**.
fn of_country(scene: Scene, adjective: usize, country: EntityId) -> Option<Relationship> {
    let own = Span::new(adjective, adjective + 1);
    if let Some((body, words)) = body_at(scene, adjective + 1) {
        // An adjective right before a name may be part of what is meant; only an organ is a country’s own for certain.
        let is_court = scene.is_organization(body, OrganizationKind::Court);
        let is_own = is_court || is_organ(scene, body, words);
        let predicate = seat(scene, body, words, country, true);
        return is_own.then(|| scene.stated(body, predicate, country, own.join(words)));
    }
    let (body, words) = described(scene, adjective)?;
    Some(scene.stated(body, "based_in", country, own.join(words)))
}

/// What the name of a place says of the body behind it.
fn before(scene: Scene, place: Span<Tokens>, id: EntityId) -> Option<Relationship> {
    let (text, end) = (scene.text, place.end());
    let dash = phrase::is_hyphen(text, end) || matches!(text.word(end), "–" | "-");
    let based = dash && matches!(text.word(end + 1), "based" | "headquartered");
    let owns = phrase::is_possessive_mark(text.word(end));
    let last = match () {
        () if based => end + 1,
        () if owns => end,
        () => end - 1,
    };
    let beside = (based || owns).then(|| beside(scene, last + 1)).flatten();
    let (body, words) = beside.or_else(|| described(scene, last))?;
    if body == id || owns && ALLIANCES.contains(&scene.entity(body).name.as_str()) {
        return None;
    }
    let extent = place.join(words);
    Some(scene.stated(body, seat(scene, body, words, id, !based), id, extent))
}

/// What a body is of a place that it is said to be of: an organ of a state a unit of it, any other is seated there.
fn seat(scene: Scene, body: EntityId, words: Span<Tokens>, place: EntityId, is_of: bool) -> &'static str {
    // `the Reserve Bank of Ohio` is not Ohio’s, its legislature is.
    let is_state = states::state(&scene.entity(place).name).is_some()
        && ORGANS.contains(&head_word(scene, words).as_str());
    if is_of && (scene.is_country(place) || is_state) && is_organ(scene, body, words) {
        "subsidiary_of"
    } else {
        "based_in"
    }
}

/// The body named at a token or behind adjectives before it: `Valdora’s state-run` **Harbor News**.
fn beside(scene: Scene, first: usize) -> Option<(EntityId, Span<Tokens>)> {
    const QUALIFIERS: usize = 4;
    let qualifies = |token: usize| {
        let is_common = scene.text.word(token).starts_with(char::is_lowercase);
        is_common && matches!(scene.text.tags[token].upos, Upos::Adj | Upos::Adv | Upos::Verb)
            || phrase::joins_words(scene.text, token)
            || phrase::is_hyphen(scene.text, token + 1)
            || token > first && phrase::is_hyphen(scene.text, token - 1)
    };
    scene.text.document.tokens.get(first)?;
    let until = scene.sentence(first).end().min(first + QUALIFIERS);
    let at = (first..until).find(|token| !qualifies(*token))?;
    body_at(scene, at)
}

/// The body whose name begins at a token, if it is what is meant: not `the Northwind offer`.
fn body_at(scene: Scene, token: usize) -> Option<(EntityId, Span<Tokens>)> {
    let text = scene.text;
    let name = text.name_at(token).filter(|name| text.names[*name].tokens.start() == token)?;
    let body = scene.named(name, EntityKind::Organization)?;
    let words = text.names[name].tokens;
    let end = words.end();
    let goes_on = end < scene.sentence(token).end()
        && matches!(text.tags[end].upos, Upos::Noun | Upos::Propn | Upos::Adj)
        && !phrase::is_time(text.word(end))
        && !describing::is_body(&text.tags[end].lemma.to_lowercase());
    (!goes_on && !phrase::is_hyphen(text, end)).then_some((body, words))
}

/// The body that is called one behind a place: `the Valdoran bank` **Northwind**, **Northwind** `is a Valdoran bank`.
fn described(scene: Scene, last: usize) -> Option<(EntityId, Span<Tokens>)> {
    let found = describing::described(scene.text, last)?;
    if !describing::is_body(&scene.text.tags[found.noun].lemma.to_lowercase()) {
        return None;
    }
    if let Some(name) = scene.text.name_at(found.of) {
        let body = scene.named(name, EntityKind::Organization)?;
        return Some((body, scene.text.names[name].tokens.join(Span::new(last, found.noun + 1))));
    }
    let (body, _) = scene.participant(found.of, false)?;
    let words = Span::new(found.of.min(last), found.noun + 1);
    scene.is(body, EntityKind::Organization).then_some((body, words))
}

/// **Harbor University** `in` **Porto Sereno**, **Northwind Corp.** `of` **Porto Sereno**.
fn behind(scene: Scene, name: Span<Tokens>, body: EntityId) -> Option<Relationship> {
    let text = scene.text;
    // `the Harbor Institute (HI) in`
    let mut link = name.end();
    if text.word(link) == "(" && text.word(link + 2) == ")" {
        link += 3;
    }
    let (place, words) = scene.place_behind(link + 1)?;
    let is_company = scene.is_organization(body, OrganizationKind::Company);
    let is_university = scene.is_organization(body, OrganizationKind::University);
    let predicate = match text.word(link) {
        "in" if is_university || INSTITUTIONS.contains(&head_word(scene, name).as_str()) => "based_in",
        "of" if is_company || scene.is_organization(body, OrganizationKind::Court) => "based_in",
        "of" if is_organ(scene, body, name) => seat(scene, body, name, place, true),
        _ => return None,
    };
    Some(scene.stated(body, predicate, place, name.join(words)))
}

/// The **Valdoran** `Foreign Ministry`, where all of it is one name.
fn inside(scene: Scene, name: Span<Tokens>, body: EntityId) -> Option<Relationship> {
    if name.len() < 2 || !is_organ(scene, body, name) {
        return None;
    }
    // `U.S.-Valdoran Commission`
    let before = name.start().checked_sub(1).map_or("", |before| scene.text.word(before));
    if matches!(before, "-" | "–") {
        return None;
    }
    let first = scene.text.word(name.start());
    let country = lexicon::demonym(first).or_else(|| lexicon::country(first))?;
    let is_it = |entity: &EntityId| {
        scene.is(*entity, EntityKind::Place) && scene.entity(*entity).name == country.name
    };
    let count = scene.resolution.entities.len() as u32;
    let place = (0..count).map(EntityId).find(is_it)?;
    Some(scene.stated(body, "subsidiary_of", place, name))
}

/// Whether a body is part of a state. A court sits in one and is no arm of it.
fn is_organ(scene: Scene, body: EntityId, name: Span<Tokens>) -> bool {
    let head = head_word(scene, name);
    let kind = scene.entity(body).organization_kind;
    kind != Some(OrganizationKind::Court)
        && (ORGANS.contains(&head.as_str()) || kind == Some(OrganizationKind::Agency))
}

/// The noun of a name, in lower case: **school** of `School of Medicine`.
fn head_word(scene: Scene, name: Span<Tokens>) -> String {
    let links = |token: &usize| matches!(scene.text.word(*token), "of" | "for" | "on" | "in");
    let end = name.range().skip(1).find(links).unwrap_or(name.end());
    scene.text.word(end - 1).to_lowercase()
}
