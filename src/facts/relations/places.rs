//! Places inside places, as an article prints them: a town and its region, **Porto Sereno**`,` **Valdora**.
//!
//! Knows names and the word lists of countries and regions. Who lives in the town lives in the region too.

use crate::annotate::{NameKind, lexicon, states};
use crate::facts::entity::{EntityId, EntityKind};
use crate::facts::grammar::phrase;
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
    told(scene).map(link).collect()
}

/// Adds what holds for a region because it holds for the town before it.
pub(super) fn widen(scene: Scene, found: &mut Vec<Relationship>) {
    let towns: Vec<(Span<Byte>, Printed)> =
        told(scene).map(|printed| (scene.text.document.bytes(printed.words), printed)).collect();
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

/// How far a place may stand behind `born` in brackets, in tokens.
const BRACKET: usize = 12;

/// Where people were born, as a bracket behind their names tells it: **Mira Costa** `(born 6 May 1962 in` **Porto Sereno**`)`.
pub(super) fn births(scene: Scene) -> Vec<Relationship> {
    let text = scene.text;
    let mut found = Vec::new();
    for (index, name) in text.names.iter().enumerate().filter(|(_, name)| name.kind == NameKind::Person) {
        let end = name.tokens.end();
        let opens = matches!(text.word(end), "(" | "," | ":" | "—" | "–");
        if !opens || !matches!(text.word(end + 1), "born" | "Born" | "b." | "b") {
            continue;
        }
        let inside =
            (end + 2..end + BRACKET).take_while(|token| !matches!(text.word(*token), ")" | "" | "and"));
        let mut behind = inside.filter(|token| matches!(text.word(*token), "in" | "at" | "near"));
        let place = behind.find_map(|token| scene.place_behind(token + 1));
        if let Some((person, (place, words))) = scene.named(index, EntityKind::Person).zip(place) {
            found.push(scene.stated(person, "born_in", place, name.tokens.join(words)));
        }
    }
    found
}

/// Towns whose region is told by a preposition or a possessive: **Porto Sereno** `in northern` **Valdora**, **Valdora**’s
/// **Porto Sereno**.
fn joined(scene: Scene<'_>) -> impl Iterator<Item = Printed> + '_ {
    let names = &scene.text.names;
    names.iter().filter(|name| name.kind == NameKind::Place).filter_map(move |first| {
        let (text, end) = (scene.text, first.tokens.end());
        let (first_id, _) = scene.place_at(first.tokens.start())?;
        let owns = phrase::is_possessive_mark(text.word(end));
        // `Umbra province in`
        let link =
            if !owns && matches!(text.word(end), "province" | "state" | "county") { end + 1 } else { end };
        let (second_id, words) = match text.word(link) {
            "in" => scene.place_behind(link + 1)?,
            _ if owns => scene.place_at(end + 1)?,
            _ => return None,
        };
        let ((town, of_town), (region, of_region)) = match owns {
            true => ((second_id, words), (first_id, first.tokens)),
            false => ((first_id, first.tokens), (second_id, words)),
        };
        let fits = lies_in(scene, of_town, of_region)?;
        // What lists do not know the tree must show: `left Porto Sereno in Valdora’s name`.
        let hangs =
            || text.syntax.head(words.end() - 1).is_some_and(|head| first.tokens.range().contains(&head));
        let is_said = fits || owns || hangs();
        (is_said && town != region).then_some(Printed { town, region, words: first.tokens.join(words) })
    })
}

/// Whether a town can lie in a region: `None` where lists know that it does not, or that it is no town; true where they
/// know that it does.
fn lies_in(scene: Scene, town: Span<Tokens>, region: Span<Tokens>) -> Option<bool> {
    // `western Valdora`
    let common = |token: &usize| scene.text.word(*token).starts_with(char::is_lowercase);
    let proper = |words: Span<Tokens>| words.range().find(|token| !common(token)).unwrap_or(words.start());
    let [town, region] = [town, region].map(|words| scene.text.words(Span::new(proper(words), words.end())));
    if lexicon::country(town).is_some() || lexicon::place(region).is_some_and(|place| place.country.is_none())
    {
        return None;
    }
    let of = |name: &str| lexicon::countries_of_place(name);
    let state = |name: &str| lexicon::country_of_region(name).or_else(|| Some(lexicon::country(name)?.iso2));
    let [in_town, in_region] = [of(town), of(region)];
    let whole = state(region);
    if in_town.is_empty() || whole.is_none() && in_region.is_empty() {
        return Some(false);
    }
    let fits = in_town.iter().any(|town| {
        whole.is_some_and(|whole| whole == town.country)
            || whole.is_none() && in_region.iter().any(|region| region.country == town.country)
    });
    // Two states of a country are none in the other.
    let are_states = states::state(town).is_some() && states::state(region).is_some();
    (fits && !are_states).then_some(true)
}

/// All towns whose regions the text gives.
fn told(scene: Scene<'_>) -> impl Iterator<Item = Printed> + '_ {
    printed(scene).chain(joined(scene))
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
            || scene.text.word(region.tokens.end()) == "and"
                && scene.place_at(region.tokens.end() + 1).is_some();
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
        if lexicon::country(printed).is_some() {
            lies_in(scene, town.tokens, region.tokens)?;
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
