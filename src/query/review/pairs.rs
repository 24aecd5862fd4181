//! Pairs of entities that may be one, by their names alone.
//!
//! Pure: compares name keys through maps, so that a hundred thousand names take no noticeable time.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::Connection;

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::failure::read_error;
use crate::query::names::without_titles;
use crate::query::review::doubt::Why;
use crate::query::stored_entity::StoredEntity;

const ENTITIES: &str = "
SELECT id, kind, name, mention_count, quote_count FROM entities
WHERE mention_count > 0
ORDER BY mention_count DESC, id";

/// With how many full names a surname is compared: the most mentioned ones.
const BEARERS: usize = 3;

/// One who bears a surname and is mentioned so many times less than another is hardly the one who is meant.
const FAR_LESS: i64 = 20;

/// What stands behind a name and is no part of it. Keys, as [`name_key`] makes them.
const ENDINGS: [&str; 15] = [
    "ag",
    "co",
    "company",
    "corp",
    "corporation",
    "gmbh",
    "ii",
    "iii",
    "inc",
    "jr",
    "limited",
    "llc",
    "ltd",
    "plc",
    "sr",
];

/// Everyone who is mentioned, the most mentioned first.
pub(crate) fn entities(db: &Connection) -> Result<Vec<StoredEntity>, Error> {
    let mut statement = db.prepare(ENTITIES).map_err(read_error)?;
    let rows = statement.query_map([], |row| {
        Ok(StoredEntity {
            id: row.get(0)?,
            kind: row.get(1)?,
            name: row.get(2)?,
            mentions: row.get(3)?,
            quotes: row.get(4)?,
        })
    });
    rows.and_then(Iterator::collect).map_err(read_error)
}

/// Pairs that may be one: who would stay, who would go, and why. `entities` come with the most mentioned first.
pub(crate) fn pairs(entities: &[StoredEntity]) -> Vec<(StoredEntity, StoredEntity, Why)> {
    let keys: Vec<String> = entities.iter().map(|entity| name_key(&entity.name)).collect();
    let mut seen = HashSet::new();
    let mut pairs = Vec::new();
    let found = [
        of_two_kinds(&keys),
        by_title(entities, &keys),
        by_surname(entities, &keys),
        by_words(entities, &keys),
    ];
    for (keep, other, why) in found.into_iter().flatten() {
        if keep != other && seen.insert((keep.min(other), keep.max(other))) {
            pairs.push((entities[keep].clone(), entities[other].clone(), why));
        }
    }
    pairs
}

/// Places in the list of entities: who would stay, who would go.
type Pair = (usize, usize, Why);

/// One name, two kinds.
fn of_two_kinds(keys: &[String]) -> Vec<Pair> {
    same(keys.iter().map(String::as_str).enumerate(), Why::Kinds)
}

/// One name but for titles before it and endings behind it.
fn by_title(entities: &[StoredEntity], keys: &[String]) -> Vec<Pair> {
    let bare: Vec<String> = entities
        .iter()
        .zip(keys)
        .map(|(entity, key)| format!("{} {}", entity.kind, without_ending(without_titles(key))))
        .collect();
    same(bare.iter().map(String::as_str).enumerate(), Why::Title)
}

/// Every later one of a key with the first.
fn same<'k>(keys: impl Iterator<Item = (usize, &'k str)>, why: Why) -> Vec<Pair> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut pairs = Vec::new();
    for (index, key) in keys {
        let keep = *first.entry(key).or_insert(index);
        if keep != index {
            pairs.push((keep, index, why));
        }
    }
    pairs
}

/// A surname that stands alone, and the most mentioned who bear it.
fn by_surname(entities: &[StoredEntity], keys: &[String]) -> Vec<Pair> {
    let is_person = |index: &usize| entities[*index].kind == "person";
    let mut bearers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for index in (0..keys.len()).filter(is_person) {
        if let Some((_, surname)) = keys[index].rsplit_once(' ') {
            bearers.entry(surname).or_default().push(index);
        }
    }
    let alone = (0..keys.len()).filter(is_person).filter(|index| !keys[*index].contains(' '));
    alone
        .flat_map(|index| {
            let bearers = bearers.get(keys[index].as_str()).map_or(&[][..], Vec::as_slice);
            let most = bearers.first().map_or(0, |bearer| entities[*bearer].mentions);
            let likely = bearers.iter().take(BEARERS);
            let likely = likely.filter(move |bearer| entities[**bearer].mentions * FAR_LESS > most);
            likely.map(move |bearer| (*bearer, index, Why::Surname))
        })
        .collect()
}

/// People whose first and last words are equal; organizations and places of which one name begins or
/// ends the other.
fn by_words(entities: &[StoredEntity], keys: &[String]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut first: HashMap<(&str, &str), usize> = HashMap::new();
    let mut whole: HashMap<(&str, &str), usize> = HashMap::new();
    for (index, key) in keys.iter().enumerate() {
        whole.entry((entities[index].kind.as_str(), key)).or_insert(index);
    }
    for (index, key) in keys.iter().enumerate().filter(|(_, key)| key.contains(' ')) {
        if entities[index].kind == "person" {
            let (given, rest) = key.split_once(' ').unwrap_or((key, ""));
            let surname = rest.rsplit(' ').next().unwrap_or_default();
            let keep = *first.entry((given, surname)).or_insert(index);
            pairs.push((keep, index, Why::Words));
        } else {
            let parts = parts(key).filter_map(|part| whole.get(&(entities[index].kind.as_str(), part)));
            pairs.extend(parts.map(|part| (index.min(*part), index.max(*part), Why::Words)));
        }
    }
    pairs
}

/// The beginnings and endings of a name that are of two words or more, without the name itself.
fn parts(key: &str) -> impl Iterator<Item = &str> {
    let spaces = || key.match_indices(' ').map(|(at, _)| at);
    let beginnings = spaces().map(|at| &key[..at]);
    let endings = spaces().map(|at| &key[at + 1..]);
    beginnings.chain(endings).filter(|part| part.contains(' '))
}

/// A name key without what stands behind the name, unless nothing else is there.
fn without_ending(key: &str) -> &str {
    let mut name = key;
    while let Some((rest, last)) = name.rsplit_once(' ') {
        if !ENDINGS.contains(&last) {
            break;
        }
        name = rest;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[(&str, &str)]) -> Vec<(String, String, Why)> {
        let entities: Vec<StoredEntity> = names
            .iter()
            .zip(1..)
            .map(|((kind, name), id)| StoredEntity {
                id,
                kind: (*kind).to_owned(),
                name: (*name).to_owned(),
                mentions: 10 - id,
                quotes: 0,
            })
            .collect();
        pairs(&entities).into_iter().map(|(keep, other, why)| (keep.name, other.name, why)).collect()
    }

    #[test]
    fn names_that_may_be_of_one_are_paired() {
        for (one, other, why) in [
            (("organization", "Dockers Union"), ("person", "Dockers Union"), Why::Kinds),
            (("person", "Ana Ruiz"), ("person", "Mayor Ana Ruiz"), Why::Title),
            (("organization", "Northwind"), ("organization", "Northwind Inc."), Why::Title),
            (("person", "Ana Ruiz"), ("person", "Ruiz"), Why::Surname),
            (("person", "Ana Ruiz"), ("person", "Ana M. Ruiz"), Why::Words),
            (("organization", "Dockers Union"), ("organization", "Valdora Dockers Union"), Why::Words),
        ] {
            let expected = (one.1.to_owned(), other.1.to_owned(), why);
            assert_eq!(found(&[one, other]), [expected], "{one:?} {other:?}");
        }
    }

    #[test]
    fn names_that_merely_look_alike_are_not() {
        for (one, other) in [
            (("person", "Ana Ruiz"), ("person", "Leo Ruiz")),
            (("organization", "Union"), ("organization", "Dockers Union")),
            (("person", "Ana Ruiz"), ("place", "Ruiz")),
        ] {
            assert_eq!(found(&[one, other]), [], "{one:?} {other:?}");
        }
    }
}
