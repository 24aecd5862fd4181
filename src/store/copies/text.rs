//! The text of an article as it is compared with others, and the index by which like ones are found.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::store::copies::shingles::Shingles;

/// What more articles than that share is no text of theirs, but what an outlet puts around all of its texts.
const SHARED_BY: usize = 32;

/// How many articles are compared with one at most: those that share most of its sketch.
const COMPARED: usize = 16;

const SHARING: &str = "
SELECT article_id FROM article_shingles WHERE shingle = :shingle ORDER BY article_id LIMIT :most";

const TEXT: &str = "SELECT body, body_hash, publisher FROM articles WHERE id = :id";

/// Where the first of the articles with this text leads, or itself.
const EQUAL_BEFORE: &str = "
SELECT coalesce(duplicate_of, id) FROM articles WHERE body_hash = :body_hash AND id < :id ORDER BY id LIMIT 1";

const SET_FIRST: &str = "
UPDATE articles SET duplicate_of = :first WHERE id = :id AND duplicate_of IS NOT :first";

const INSERT_SHINGLE: &str = "
INSERT INTO article_shingles (shingle, article_id) VALUES (:shingle, :id) ON CONFLICT DO NOTHING";

/// A text as it is compared.
pub(in crate::store) struct Text {
    pub(super) body_hash: String,
    publisher: Option<String>,
    /// None if it is so short that only an equal one is a copy.
    shingles: Option<Shingles>,
}

impl Text {
    pub(super) fn new(body: &str, body_hash: String, publisher: Option<String>) -> Self {
        Text { body_hash, publisher, shingles: Shingles::of(body) }
    }

    pub(in crate::store) fn stored(connection: &Connection, id: i64) -> rusqlite::Result<Option<Self>> {
        let mut find = connection.prepare_cached(TEXT)?;
        find.query_row(named_params! { ":id": id }, |row| {
            Ok(Text::new(row.get_ref(0)?.as_str()?, row.get(1)?, row.get(2)?))
        })
        .optional()
    }

    /// Whether one of two texts is nearly the other, or a part of it.
    fn is_alike(&self, other: &Text) -> bool {
        let elsewhere = match (&self.publisher, &other.publisher) {
            (Some(one), Some(two)) => one != two,
            _ => false,
        };
        match (&self.shingles, &other.shingles) {
            (Some(one), Some(two)) => one.is_copy(two, elsewhere),
            _ => false,
        }
    }

    /// The first articles with a text, other than `id`, of which this one is a copy or which are copies of it.
    pub(super) fn alike(&self, connection: &Connection, id: i64) -> rusqlite::Result<BTreeSet<i64>> {
        let Some(shingles) = &self.shingles else { return Ok(BTreeSet::new()) };
        let mut sharing: BTreeMap<i64, usize> = BTreeMap::new();
        let mut find = connection.prepare_cached(SHARING)?;
        for shingle in shingles.sketch() {
            let found = find
                .query_map(named_params! { ":shingle": shingle, ":most": SHARED_BY + 1 }, |row| row.get(0))?;
            let found: Vec<i64> = found.collect::<rusqlite::Result<_>>()?;
            if found.len() <= SHARED_BY {
                found.into_iter().filter(|other| *other != id).for_each(|other| {
                    *sharing.entry(other).or_default() += 1;
                });
            }
        }
        let mut candidates: Vec<(i64, usize)> = sharing.into_iter().collect();
        candidates.sort_by_key(|(_, shared)| std::cmp::Reverse(*shared));
        let mut alike = BTreeSet::new();
        for (other, _) in candidates.into_iter().take(COMPARED) {
            if Text::stored(connection, other)?.is_some_and(|text| self.is_alike(&text)) {
                alike.insert(other);
            }
        }
        Ok(alike)
    }

    pub(super) fn equal_before(&self, connection: &Connection, id: i64) -> rusqlite::Result<Option<i64>> {
        let mut find = connection.prepare_cached(EQUAL_BEFORE)?;
        find.query_row(named_params! { ":body_hash": self.body_hash, ":id": id }, |row| row.get(0)).optional()
    }

    pub(super) fn keep_sketch(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        let mut insert = connection.prepare_cached(INSERT_SHINGLE)?;
        for shingle in sketch(self) {
            insert.execute(named_params! { ":shingle": shingle, ":id": id })?;
        }
        Ok(())
    }
}

/// Whether an article with one text can be a copy of one with the other.
pub(in crate::store) fn is_copy(one: &Text, other: &Text) -> bool {
    one.body_hash == other.body_hash || one.is_alike(other)
}

/// By what a text is found.
pub(in crate::store) fn sketch(text: &Text) -> Vec<i64> {
    text.shingles.as_ref().map(Shingles::sketch).unwrap_or_default()
}

/// Notes of what an article is a copy.
pub(super) fn set_first(connection: &Connection, id: i64, first: Option<i64>) -> rusqlite::Result<()> {
    connection.prepare_cached(SET_FIRST)?.execute(named_params! { ":id": id, ":first": first })?;
    Ok(())
}
