//! The table `articles`: which row an article is, and writing it.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::article::Article;
use crate::facts::Analyzed;
use crate::store::revision::StoredVersion;
use crate::store::tables::runs::now;

const FIND_CONTENT: &str = "SELECT id FROM articles WHERE content_hash = :content_hash ORDER BY id LIMIT 1";

const FIND_IDENTITY: &str = "SELECT id FROM articles WHERE identity = :identity";

/// Those told apart from the first by a number behind its identity: `-` is followed by `.` in the order of ASCII.
const NUMBERED: &str = "
SELECT id, CAST(substr(identity, length(:identity) + 2) AS INTEGER) AS number
FROM articles WHERE identity > :identity || '-' AND identity < :identity || '.' ORDER BY number";

const STORED: &str = "SELECT title, source, ingested_at FROM articles WHERE id = :id";

const VERSION: &str = "SELECT title, body FROM articles WHERE id = :id";

const BODY: &str = "SELECT body FROM articles WHERE id = :id";

const PUBLISHED_AT: &str = "SELECT published_at FROM articles WHERE id = :id";

const IDENTITY: &str = "SELECT identity FROM articles WHERE id = :id";

const INSERT: &str = "
INSERT INTO articles (external_id, title, body, author, publisher, published_at, url, language, source,
    content_hash, body_hash, identity, duplicate_of, analyzed, summary, ingested_at, run_id, gear)
VALUES (:external_id, :title, :body, :author, :publisher, :published_at, :url, :language, :source,
    :content_hash, :body_hash, :identity, :duplicate_of, :analyzed, :summary, :now, :run,
    (SELECT gear FROM ingest_runs WHERE id = :run))
RETURNING id";

const UPDATE: &str = "
UPDATE articles
SET external_id = :external_id, title = :title, body = :body, author = :author, publisher = :publisher,
    published_at = :published_at, url = :url, language = :language, source = :source,
    content_hash = :content_hash, body_hash = :body_hash, analyzed = :analyzed, summary = :summary,
    ingested_at = :now, run_id = :run,
    gear = (SELECT gear FROM ingest_runs WHERE id = :run)
WHERE id = :id";

const HAS_OTHER: &str = "
SELECT body_hash <> :body_hash OR publisher IS NOT :publisher FROM articles WHERE id = :id";

const TOUCH: &str = "
UPDATE articles
SET analyzed = :analyzed, ingested_at = :now, run_id = :run, gear = (SELECT gear FROM ingest_runs WHERE id = :run)
WHERE id = :id";

/// The article with exactly this content.
pub(crate) fn with_content(connection: &Connection, content_hash: &str) -> rusqlite::Result<Option<i64>> {
    let mut find = connection.prepare_cached(FIND_CONTENT)?;
    find.query_row(named_params! { ":content_hash": content_hash }, |row| row.get(0)).optional()
}

/// The article with this identity.
pub(crate) fn with_identity(connection: &Connection, identity: &str) -> rusqlite::Result<Option<i64>> {
    let mut find = connection.prepare_cached(FIND_IDENTITY)?;
    find.query_row(named_params! { ":identity": identity }, |row| row.get(0)).optional()
}

/// All articles with this identity or this one and a number, by their numbers from 1.
pub(crate) fn family(connection: &Connection, identity: &str) -> rusqlite::Result<Family> {
    let Some(first) = with_identity(connection, identity)? else { return Ok(Family::default()) };
    let mut family = Family { members: vec![first], last: 1 };
    let mut numbered = connection.prepare_cached(NUMBERED)?;
    let mut rows = numbered.query(named_params! { ":identity": identity })?;
    while let Some(row) = rows.next()? {
        family.members.push(row.get(0)?);
        family.last = row.get(1)?;
    }
    Ok(family)
}

/// The articles that share an identity, a number told apart from each other.
#[derive(Debug, Default)]
pub(crate) struct Family {
    /// The row ids of those that were there when the run met the identity, in the order of their numbers.
    pub(crate) members: Vec<i64>,
    /// The number of the last one.
    pub(crate) last: u64,
}

/// What tells people which article it is.
pub(crate) fn stored(connection: &Connection, id: i64) -> rusqlite::Result<Option<StoredArticle>> {
    let read = |row: &Row<'_>| {
        Ok(StoredArticle { id, title: row.get(0)?, source: row.get(1)?, read_at: row.get(2)? })
    };
    connection.prepare_cached(STORED)?.query_row(named_params! { ":id": id }, read).optional()
}

/// What a later version of an article is compared with.
pub(crate) fn version(connection: &Connection, id: i64) -> rusqlite::Result<Option<StoredVersion>> {
    let read = |row: &Row<'_>| Ok(StoredVersion { title: row.get(0)?, body: row.get(1)? });
    connection.prepare_cached(VERSION)?.query_row(named_params! { ":id": id }, read).optional()
}

/// The article of a row that has its columns under their names.
pub fn from_row(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article {
        external_id: row.get("external_id")?,
        title: row.get("title")?,
        body: row.get("body")?,
        author: row.get("author")?,
        publisher: row.get("publisher")?,
        published_at: row.get("published_at")?,
        url: row.get("url")?,
        language: row.get("language")?,
        source: row.get("source")?,
        ..Article::default()
    })
}

/// An article that is stored, as a message names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredArticle {
    /// `articles.id`.
    pub id: i64,
    /// The headline.
    pub title: Option<String>,
    /// The file that it came from.
    pub source: String,
    /// When it was stored or analyzed last: ISO 8601, UTC.
    pub read_at: String,
}

/// When an article was published; none where nobody says, or where there is no such article.
pub(crate) fn published_at(connection: &Connection, id: i64) -> rusqlite::Result<Option<String>> {
    let mut find = connection.prepare_cached(PUBLISHED_AT)?;
    Ok(find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?.flatten())
}

/// The text of an article; empty where there is no such article.
pub(crate) fn body(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    let mut find = connection.prepare_cached(BODY)?;
    Ok(find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?.unwrap_or_default())
}

/// The identity that an article is stored under.
pub(crate) fn identity(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    connection.prepare_cached(IDENTITY)?.query_row(named_params! { ":id": id }, |row| row.get(0))
}

/// Writes a new article, of which `first` is the first one with its text, and gives its id.
pub(crate) fn insert(
    connection: &Connection,
    article: &Article,
    identity: &str,
    first: Option<i64>,
    analyzed: Analyzed,
    run: i64,
) -> rusqlite::Result<i64> {
    let values = named_params! {
        ":external_id": article.external_id,
        ":title": article.title,
        ":body": article.body,
        ":author": article.author,
        ":publisher": article.publisher,
        ":published_at": article.published_at,
        ":url": article.url,
        ":language": article.language,
        ":source": article.source,
        ":content_hash": article.content_hash(),
        ":body_hash": article.body_hash(),
        ":identity": identity,
        ":duplicate_of": first,
        ":analyzed": analyzed.name(),
        ":summary": article.is_summary,
        ":now": now(),
        ":run": run,
    };
    connection.prepare_cached(INSERT)?.query_row(values, |row| row.get(0))
}

/// Whether an article has another text or another outlet than what is stored under its id: what copies are told by.
pub(crate) fn has_other_text_or_outlet(
    connection: &Connection,
    id: i64,
    article: &Article,
) -> rusqlite::Result<bool> {
    let parameters =
        named_params! { ":id": id, ":body_hash": article.body_hash(), ":publisher": article.publisher };
    connection.prepare_cached(HAS_OTHER)?.query_row(parameters, |row| row.get(0))
}

/// Writes an article over the row that it had; its identity stays, and so does for now of what it is a copy.
pub(crate) fn update(
    connection: &Connection,
    id: i64,
    article: &Article,
    analyzed: Analyzed,
    run: i64,
) -> rusqlite::Result<()> {
    connection.prepare_cached(UPDATE)?.execute(named_params! {
        ":id": id,
        ":external_id": article.external_id,
        ":title": article.title,
        ":body": article.body,
        ":author": article.author,
        ":publisher": article.publisher,
        ":published_at": article.published_at,
        ":url": article.url,
        ":language": article.language,
        ":source": article.source,
        ":content_hash": article.content_hash(),
        ":body_hash": article.body_hash(),
        ":analyzed": analyzed.name(),
        ":summary": article.is_summary,
        ":now": now(),
        ":run": run,
    })?;
    Ok(())
}

/// Notes that an article that has not changed was analyzed anew.
pub(crate) fn touch(connection: &Connection, id: i64, analyzed: Analyzed, run: i64) -> rusqlite::Result<()> {
    let mut touch = connection.prepare_cached(TOUCH)?;
    touch.execute(named_params! { ":id": id, ":analyzed": analyzed.name(), ":now": now(), ":run": run })?;
    Ok(())
}
