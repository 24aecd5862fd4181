//! The versions of an article, the present one first, put together one after the other from what is stored of them.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, Row, named_params};

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::failure::read_error;
use crate::query::revisions::filter::Filter;
use crate::query::revisions::quotes::VersionQuote;
use crate::query::revisions::step::{Step, changes};
use crate::query::revisions::version::Version;

const PRESENT: &str = "
SELECT title, author, publisher, published_at, url, language, external_id, body FROM articles WHERE id = :article";

const EARLIER: &str = "
SELECT title, author, publisher, published_at, url, language, external_id, revision, start, end, text, replaced_at,
    quotes_kept
FROM article_revisions WHERE article_id = :article AND revision < :before ORDER BY revision DESC LIMIT 1";

/// The quotes of an earlier version.
const EARLIER_QUOTES: &str = "
SELECT NULL AS id, key, text, speaker_id, speaker, speaker_text, vouched, 0 AS is_rejected
FROM revision_quotes WHERE article_id = :article AND revision = :revision ORDER BY start, end";

/// The quotes of the present version as the machine found them, so that they can be held against those of earlier ones: what is
/// shown, without what corrections put, with what they took. The names are those that are shown, where they are.
const PRESENT_QUOTES: &str = "
WITH put AS (
    SELECT CAST(each.key AS INTEGER) AS id
    FROM overruled_articles, json_each(put, '$.quotes') AS each WHERE article_id = :article
), found AS (
    SELECT id, key, text, speaker_id, speaker_text, vouched, start
    FROM quotes WHERE article_id = :article AND id NOT IN (SELECT id FROM put)
    UNION ALL
    SELECT CAST(each.key AS INTEGER), each.value ->> 'key', each.value ->> 'text', each.value ->> 'speaker',
        each.value ->> 'speaker_text', each.value ->> 'vouched', each.value ->> 'start'
    FROM overruled_articles, json_each(taken, '$.quotes') AS each WHERE article_id = :article
)
SELECT shown.id AS id, found.key, found.text, found.speaker_id,
    coalesce((SELECT name FROM entities WHERE id = shown.speaker_id), (SELECT name FROM entities WHERE id = found.speaker_id),
        (SELECT name FROM ruled_entities WHERE id = found.speaker_id)) AS speaker,
    found.speaker_text, found.vouched, shown.id IS NULL AS is_rejected
FROM found LEFT JOIN quotes AS shown ON shown.key = found.key
ORDER BY found.start";

const ALIASES: &str = "
SELECT alias FROM aliases WHERE entity_id = :entity
UNION SELECT alias FROM ruled_aliases WHERE entity_id = :entity";

/// The names of an article's fields as they are shown, in the order of their columns.
const FIELDS: [&str; 7] = ["headline", "author", "publisher", "date", "address", "language", "id"];

/// The versions of an article; no more than two are held at once.
pub(super) struct Versions<'d> {
    db: &'d Connection,
    article: i64,
    later: Version,
    /// The number of the later one; none while it is the present one.
    number: Option<i64>,
}

impl<'d> Versions<'d> {
    pub(super) fn open(db: &'d Connection, article: i64) -> Result<Self, Error> {
        let mut present = db.prepare_cached(PRESENT).map_err(read_error)?;
        let read = |row: &Row<'_>| Ok((fields(row)?, row.get("body")?));
        let (fields, body) =
            present.query_row(named_params! { ":article": article }, read).map_err(read_error)?;
        let quotes = quotes(db, PRESENT_QUOTES, named_params! { ":article": article })?;
        let later = Version { fields, body, quotes: Some(quotes) };
        Ok(Versions { db, article, later, number: None })
    }

    /// What changed from each version to the next, the last change first.
    pub(super) fn steps(mut self, filter: &Filter) -> impl Iterator<Item = Result<Step, Error>> {
        let present: HashMap<&str, Option<String>> = self.later.fields.iter().cloned().collect();
        let (quotes_only, all) = (filter.quotes_only, filter.all);
        std::iter::from_fn(move || {
            let (revision, changed_at, earlier) = match self.earlier() {
                Ok(earlier) => earlier?,
                Err(error) => return Some(Err(error)),
            };
            let of_present = |name| present.get(name).cloned().flatten();
            let step = Step {
                article_id: self.article,
                title: of_present("headline"),
                publisher: of_present("publisher"),
                published_at: of_present("date"),
                url: of_present("address"),
                version: revision + 1,
                changed_at,
                changes: changes(&earlier, &self.later, quotes_only, all),
                quotes_are_known: earlier.quotes.is_some() && self.later.quotes.is_some(),
            };
            (self.later, self.number) = (earlier, Some(revision));
            Some(Ok(step))
        })
    }

    /// The version before the later one: its number, when it was replaced, and itself.
    fn earlier(&self) -> Result<Option<(i64, String, Version)>, Error> {
        let mut found = None;
        let before = self.number.unwrap_or(i64::MAX);
        let values = named_params! { ":article": self.article, ":before": before };
        statement::for_each_row(self.db, EARLIER, values, |row| {
            let read = || -> rusqlite::Result<_> {
                let (start, end): (usize, usize) = (row.get("start")?, row.get("end")?);
                let text: String = row.get("text")?;
                let body = patched(&self.later.body, start, end, &text);
                let revision: i64 = row.get("revision")?;
                let quotes_kept: bool = row.get("quotes_kept")?;
                Ok((revision, row.get("replaced_at")?, fields(row)?, body, quotes_kept))
            };
            found = Some(read().map_err(read_error)?);
            Ok(true)
        })?;
        let Some((revision, replaced_at, fields, body, quotes_kept)) = found else { return Ok(None) };
        let values = named_params! { ":article": self.article, ":revision": revision };
        let quotes = if quotes_kept { Some(quotes(self.db, EARLIER_QUOTES, values)?) } else { None };
        Ok(Some((revision, replaced_at, Version { fields, body, quotes })))
    }
}

fn fields(row: &Row<'_>) -> rusqlite::Result<Vec<(&'static str, Option<String>)>> {
    FIELDS.into_iter().enumerate().map(|(column, name)| Ok((name, row.get(column)?))).collect()
}

/// A text in which `text` stands in place of the code points from `start` to `end`.
fn patched(later: &str, start: usize, end: usize, text: &str) -> String {
    let at = |point: usize| later.char_indices().nth(point).map_or(later.len(), |(at, _)| at);
    let (start, end) = (at(start), at(end));
    format!("{}{text}{}", &later[..start], &later[end.max(start)..])
}

fn quotes(
    db: &Connection,
    sql: &str,
    values: &[(&str, &dyn rusqlite::ToSql)],
) -> Result<Vec<VersionQuote>, Error> {
    let mut quotes = Vec::new();
    statement::for_each_row(db, sql, values, |row| {
        let read = || -> rusqlite::Result<VersionQuote> {
            Ok(VersionQuote {
                id: row.get("id")?,
                key: row.get("key")?,
                text: row.get("text")?,
                speaker_id: row.get("speaker_id")?,
                speaker: row.get("speaker")?,
                aliases: HashSet::new(),
                printed: row.get("speaker_text")?,
                vouched: row.get("vouched")?,
                is_rejected: row.get("is_rejected")?,
            })
        };
        quotes.push(read().map_err(read_error)?);
        Ok(true)
    })?;
    let mut known: HashMap<i64, HashSet<String>> = HashMap::new();
    for quote in &mut quotes {
        let Some(id) = quote.speaker_id else { continue };
        let aliases = match known.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(aliases(db, id)?),
        };
        quote.aliases.clone_from(aliases);
    }
    Ok(quotes)
}

/// All names that an entity goes by.
fn aliases(db: &Connection, entity: i64) -> Result<HashSet<String>, Error> {
    let mut aliases = HashSet::new();
    statement::for_each_row(db, ALIASES, named_params! { ":entity": entity }, |row| {
        aliases.insert(row.get(0).map_err(read_error)?);
        Ok(true)
    })?;
    Ok(aliases)
}

#[cfg(test)]
mod tests {
    use super::patched;

    #[test]
    fn a_version_is_put_together_by_code_points() {
        assert_eq!(patched("é😀 on Thursday", 6, 11, "Mon"), "é😀 on Monday");
        assert_eq!(patched("abc", 3, 3, "d"), "abcd");
        assert_eq!(patched("abc", 9, 2, "d"), "abcd");
    }
}
