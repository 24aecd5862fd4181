//! Copies: articles that print the text of an earlier one, wholly or nearly, and the statements that they print again.
//!
//! Decides when an article is saved, from what is stored by then, so that the same input gives the same rows on any number
//! of threads. The first article with a text has its sketch in `article_shingles`; those that share a part of it are
//! compared word by word, a few for each article, whatever the size of the archive. Copies have no sketch: they are found
//! by the first. Versions of one article are no copies of each other: which row an article is was decided before. Start
//! reading at [`look`], then [`settle`].

mod catching_up;
mod shingles;
mod statements;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, named_params};

pub(super) use crate::store::copies::catching_up::catch_up;
use crate::store::copies::shingles::Shingles;
pub(super) use crate::store::copies::statements::{count_once, count_once_in};

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

const EQUAL_AFTER: &str = "
SELECT id FROM articles WHERE body_hash = :body_hash AND id > :id AND duplicate_of IS NULL";

const COPIES: &str = "SELECT id FROM articles WHERE duplicate_of = :id";

const FIRST: &str = "SELECT duplicate_of FROM articles WHERE id = :id";

const SET_FIRST: &str = "
UPDATE articles SET duplicate_of = :first WHERE id = :id AND duplicate_of IS NOT :first";

const INSERT_SHINGLE: &str = "
INSERT INTO article_shingles (shingle, article_id) VALUES (:shingle, :id) ON CONFLICT DO NOTHING";

const DELETE_SKETCH: &str = "DELETE FROM article_shingles WHERE article_id = :id";

/// A text as it is compared.
pub(super) struct Text {
    body_hash: String,
    publisher: Option<String>,
    /// None if it is so short that only an equal one is a copy.
    shingles: Option<Shingles>,
}

impl Text {
    fn new(body: &str, body_hash: String, publisher: Option<String>) -> Self {
        Text { body_hash, publisher, shingles: Shingles::of(body) }
    }

    pub(super) fn stored(connection: &Connection, id: i64) -> rusqlite::Result<Option<Self>> {
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
    fn alike(&self, connection: &Connection, id: i64) -> rusqlite::Result<BTreeSet<i64>> {
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

    fn equal_before(&self, connection: &Connection, id: i64) -> rusqlite::Result<Option<i64>> {
        let mut find = connection.prepare_cached(EQUAL_BEFORE)?;
        find.query_row(named_params! { ":body_hash": self.body_hash, ":id": id }, |row| row.get(0)).optional()
    }

    fn keep_sketch(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        let mut insert = connection.prepare_cached(INSERT_SHINGLE)?;
        for shingle in sketch(self) {
            insert.execute(named_params! { ":shingle": shingle, ":id": id })?;
        }
        Ok(())
    }
}

/// Whether an article with one text can be a copy of one with the other.
pub(super) fn is_copy(one: &Text, other: &Text) -> bool {
    one.body_hash == other.body_hash || one.is_alike(other)
}

/// By what a text is found.
pub(super) fn sketch(text: &Text) -> Vec<i64> {
    text.shingles.as_ref().map(Shingles::sketch).unwrap_or_default()
}

/// Where a new article stands among those that are stored.
pub(super) struct Standing {
    text: Text,
    /// The first article with its text; none if it is the first itself.
    pub(super) first: Option<i64>,
}

/// Looks for the first article with the text of a new one.
pub(super) fn look(
    connection: &Connection,
    body: &str,
    body_hash: String,
    publisher: Option<&str>,
) -> rusqlite::Result<Standing> {
    let text = Text::new(body, body_hash, publisher.map(str::to_owned));
    let mut first = text.equal_before(connection, i64::MAX)?;
    if first.is_none() {
        first = text.alike(connection, i64::MAX)?.first().copied();
    }
    Ok(Standing { text, first })
}

impl Standing {
    /// Keeps by what the article, now stored as `id`, is found, unless it is a copy.
    pub(super) fn keep(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        match self.first {
            Some(_) => Ok(()),
            None => self.text.keep_sketch(connection, id),
        }
    }
}

/// Finds anew of what an article is a copy whose text or outlet has changed, and the copies that it had; gives the articles
/// whose statements are to be counted again.
pub(super) fn settle(connection: &Connection, id: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let mut changed = BTreeSet::new();
    let mut open = BTreeSet::new();
    part(connection, id, &mut open, &mut changed)?;
    // From the first on: what one comes to rests on those before it alone, and opens none but later ones.
    while let Some(id) = open.pop_first() {
        let Some(text) = Text::stored(connection, id)? else { continue };
        let mut first = text.equal_before(connection, id)?;
        let alike = if first.is_none() { text.alike(connection, id)? } else { BTreeSet::new() };
        first = first.or_else(|| alike.first().copied().filter(|other| *other < id));
        if let Some(first) = first {
            set_first(connection, id, Some(first))?;
            changed.insert(first);
            continue;
        }
        text.keep_sketch(connection, id)?;
        let mut equal = connection.prepare_cached(EQUAL_AFTER)?;
        let equal = equal
            .query_map(named_params! { ":body_hash": text.body_hash, ":id": id }, |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        for later in alike.into_iter().chain(equal) {
            part(connection, later, &mut open, &mut changed)?;
        }
    }
    Ok(changed)
}

/// Parts an article from its first one and from its copies: all of them are open again.
fn part(
    connection: &Connection,
    id: i64,
    open: &mut BTreeSet<i64>,
    changed: &mut BTreeSet<i64>,
) -> rusqlite::Result<()> {
    let before: Option<i64> =
        connection.prepare_cached(FIRST)?.query_row(named_params! { ":id": id }, |row| row.get(0))?;
    changed.extend(before);
    let mut copies = connection.prepare_cached(COPIES)?;
    let copies: Vec<i64> =
        copies.query_map(named_params! { ":id": id }, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for one in copies.into_iter().chain([id]) {
        set_first(connection, one, None)?;
        open.insert(one);
        changed.insert(one);
    }
    connection.prepare_cached(DELETE_SKETCH)?.execute(named_params! { ":id": id })?;
    Ok(())
}

fn set_first(connection: &Connection, id: i64, first: Option<i64>) -> rusqlite::Result<()> {
    connection.prepare_cached(SET_FIRST)?.execute(named_params! { ":id": id, ":first": first })?;
    Ok(())
}
