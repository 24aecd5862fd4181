//! Of which article one is a copy: of a new one, and anew where a text has changed.

use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use crate::store::copies::text::{Text, set_first};

const EQUAL_AFTER: &str = "
SELECT id FROM articles WHERE body_hash = :body_hash AND id > :id AND duplicate_of IS NULL";

const COPIES: &str = "SELECT id FROM articles WHERE duplicate_of = :id";

const FIRST: &str = "SELECT duplicate_of FROM articles WHERE id = :id";

const DELETE_SKETCH: &str = "DELETE FROM article_shingles WHERE article_id = :id";

/// Where a new article stands among those that are stored.
pub(in crate::store) struct Standing {
    text: Text,
    /// The first article with its text; none if it is the first itself.
    pub(in crate::store) first: Option<i64>,
}

/// Looks for the first article with the text of a new one.
pub(in crate::store) fn look(
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
    pub(in crate::store) fn keep(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        match self.first {
            Some(_) => Ok(()),
            None => self.text.keep_sketch(connection, id),
        }
    }
}

/// Finds anew of what an article is a copy whose text or outlet has changed, and the copies that it had; gives the articles
/// whose statements are to be counted again.
pub(in crate::store) fn settle(connection: &Connection, id: i64) -> rusqlite::Result<BTreeSet<i64>> {
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
