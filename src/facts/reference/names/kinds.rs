//! Settles what a name names where the recognizer reads one string in several ways.
//!
//! Knows the names of one article and the word lists. One string is one thing in an article, but for the sides of games
//! and their towns.

use std::collections::{HashMap, HashSet};

use crate::annotate::{Annotations, Name, NameKind, lexicon};
use crate::facts::entity::EntityKind;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::names::groups::is_group;
use crate::facts::reference::names::organizations::COMPANY_SUFFIXES;
use crate::name_key::name_key;

/// What each name names, where one string is read in several ways: what most of its occurrences are.
pub(super) fn settled_kinds(text: &Annotations, demonyms: &Demonyms) -> Vec<Option<EntityKind>> {
    let mut votes: HashMap<String, HashMap<NameKind, usize>> = HashMap::new();
    let keys: Vec<String> = text.names.iter().map(|name| name_key(text.words(name.tokens))).collect();
    for (name, key) in text.names.iter().zip(&keys) {
        *votes.entry(key.clone()).or_default().entry(name.kind).or_default() += 1;
    }
    let surnames: HashSet<&str> = text
        .names
        .iter()
        .zip(&keys)
        .filter(|(name, _)| name.kind == NameKind::Person)
        .filter_map(|(_, key)| key.rsplit_once(' ').map(|(_, last)| last))
        .collect();
    let companies: HashSet<&str> = text
        .names
        .iter()
        .zip(&keys)
        .filter(|(name, _)| name.kind == NameKind::Organization)
        .filter_map(|(_, key)| key.rsplit_once(' ').filter(|(_, last)| COMPANY_SUFFIXES.contains(last)))
        .map(|(core, _)| core)
        .collect();
    let settle = |(name, key): (&Name, &String)| {
        if name.kind != NameKind::Person && is_degree(text, name) {
            return None;
        }
        if name.kind == NameKind::Person && is_body(key) {
            return Some(EntityKind::Organization);
        }
        if is_group(key) || is_law_or_programme(key) || demonyms.people(key).is_some() {
            return None;
        }
        if demonyms.is_place(key) || demonyms.adjective(key).is_some() {
            return Some(EntityKind::Place);
        }
        if companies.contains(key.as_str()) {
            return Some(EntityKind::Organization);
        }
        let kind = votes
            .get(key)
            .and_then(|kinds| kinds.iter().max_by_key(|(kind, count)| (**count, **kind == name.kind, **kind)))
            .map_or(name.kind, |(kind, _)| *kind);
        // Sides of games are told from the towns of their names, and both may be meant.
        let kind = if text.of_games && is_side_or_place(name.kind) { name.kind } else { kind };
        // A full name of somebody whom the article calls by its last word alone: **Mei Mei Tan**, then `Tan said`.
        if kind == NameKind::Place && is_person_by_parts(key, &votes) {
            return Some(EntityKind::Person);
        }
        // A lone surname of somebody with a full name in the article is that person.
        if kind != NameKind::Person && surnames.contains(key.as_str()) && lexicon::place(key).is_none() {
            return Some(EntityKind::Person);
        }
        if kind == NameKind::Person && is_listed_body(key) {
            return Some(EntityKind::Organization);
        }
        match kind {
            NameKind::Person => Some(EntityKind::Person),
            NameKind::Organization => Some(EntityKind::Organization),
            NameKind::Place => Some(EntityKind::Place),
            NameKind::Other => None,
        }
    };
    text.names.iter().zip(&keys).map(settle).collect()
}

/// Whether a name, folded, begins with a given name, known or doubled, and ends with what the article calls a person.
fn is_person_by_parts(key: &str, votes: &HashMap<String, HashMap<NameKind, usize>>) -> bool {
    let Some((given, last)) = key.rsplit_once(' ') else { return false };
    let is_given = match given.split_once(' ') {
        Some((one, other)) => one == other,
        None => lexicon::given_name(given).is_some(),
    };
    let is_person = |kinds: &HashMap<NameKind, usize>| {
        kinds.keys().all(|kind| *kind == NameKind::Person) && !kinds.is_empty()
    };
    is_given && votes.get(last).is_some_and(is_person) && lexicon::place(key).is_none()
}

/// Whether a single word, folded, is known as an organization, and as nobody's name.
fn is_listed_body(key: &str) -> bool {
    let is_firm =
        || ["inc", "corp", "co"].iter().any(|suffix| lexicon::is_organization(&format!("{key} {suffix}")));
    !key.contains(' ')
        && (lexicon::is_organization(key) || is_firm())
        && !lexicon::is_surname(key)
        && lexicon::given_name(key).is_none()
}

/// Whether a name, folded, ends with a noun that makes a body of whatever is named before it.
fn is_body(key: &str) -> bool {
    const BODIES: &[&str] = &["administration", "campaign", "committee", "court", "team", "times"];
    key.rsplit_once(' ').is_some_and(|(_, last)| BODIES.contains(&last))
}

/// Whether what was taken for a name is letters behind the name of a person, with a full stop for each word of a degree or an
/// order: `Ana Ruiz, `**M.S.**`, R.D.,`. A region so abbreviated stands behind a town.
fn is_degree(text: &Annotations, name: &Name) -> bool {
    const LONGEST: usize = 6;
    let start = name.tokens.start();
    let printed = text.words(name.tokens);
    let is_abbreviated = |word: &str| {
        word.len() <= LONGEST
            && word.ends_with('.')
            && word
                .split_terminator('.')
                .all(|part| (1..=3).contains(&part.chars().count()) && part.starts_with(char::is_uppercase))
            && word.split_terminator('.').count() > 1
    };
    let comma = start.checked_sub(1).filter(|comma| text.word(*comma) == ",");
    let before = comma.and_then(|comma| text.name_at(comma.checked_sub(1)?));
    let closes = matches!(text.word(name.tokens.end()), "," | "." | ")" | ";");
    is_abbreviated(printed)
        && closes
        && before.is_some_and(|before| text.names[before].kind == NameKind::Person)
        && lexicon::country_of_region(printed).is_none()
}

/// Whether a name is of a kind that the words of games tell apart.
fn is_side_or_place(kind: NameKind) -> bool {
    matches!(kind, NameKind::Organization | NameKind::Place)
}

/// Whether a name, folded, is that of a law, a treaty or a programme, which can do nothing and is no entity here.
fn is_law_or_programme(key: &str) -> bool {
    const NAMES: &[&str] = &[
        "aca",
        "affordable care act",
        "ahca",
        "american health care act",
        "aumf",
        "brexit",
        "cafta",
        "cares act",
        "chip",
        "common core",
        "daca",
        "dapa",
        "dodd frank",
        "doma",
        "dream act",
        "fisa",
        "green new deal",
        "jcpoa",
        "medicaid",
        "medicare",
        "nafta",
        "new start",
        "obamacare",
        "obama care",
        "paris accord",
        "paris agreement",
        "patriot act",
        "ppp",
        "romneycare",
        "snap",
        "social security",
        "tarp",
        "tpp",
        "ttip",
        "title ix",
        "usmca",
        "voting rights act",
    ];
    NAMES.contains(&key) || key.len() > 8 && key.ends_with(" act")
}
