//! The tables `article_revisions` and `revision_quotes`: the versions of articles that later ones replaced, and who said what in
//! them.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::article::Article;
use crate::store::revision::patch;
use crate::store::tables::runs::now;

/// The article of which an earlier version had exactly this content. Not where the version and the present one were both
/// read from `source`: then that file was put back to what it held before, and is read as it is now. Standard input is
/// another archive each time.
const FIND_CONTENT: &str = "
SELECT article_id
FROM article_revisions AS earlier JOIN articles ON articles.id = article_id
WHERE earlier.content_hash = :content_hash 
    AND (:source = '-' OR NOT (earlier.source = :source AND articles.source = :source))
ORDER BY article_id LIMIT 1";

const BODY: &str = "SELECT body FROM articles WHERE id = :id";

const INSERT: &str = "
INSERT INTO article_revisions (article_id, revision, external_id, title, author, publisher, published_at, url, language,
    source, content_hash, body_hash, start, end, text, read_at, replaced_at, run_id, quotes_kept)
SELECT id, (SELECT coalesce(max(revision), 0) + 1 FROM article_revisions WHERE article_id = :id), external_id, title,
    author, publisher, published_at, url, language, source, content_hash, body_hash, :start, :end, :text, ingested_at,
    :now, :run, 1
FROM articles WHERE id = :id
RETURNING revision";

const INSERT_QUOTES: &str = "
INSERT INTO revision_quotes (article_id, revision, key, speaker_id, speaker, speaker_text, cue, act, kind, mode, text,
    start, end, confidence, vouched)
SELECT article_id, :revision, key, speaker_id, entities.name, speaker_text, cue, act, quotes.kind, mode, text, start, end,
    confidence, vouched
FROM quotes LEFT JOIN entities ON entities.id = speaker_id
WHERE article_id = :id";

/// The article of which this is an earlier version, to the letter.
pub(crate) fn with_content(
    connection: &Connection,
    content_hash: &str,
    source: &str,
) -> rusqlite::Result<Option<i64>> {
    let mut find = connection.prepare_cached(FIND_CONTENT)?;
    let values = named_params! { ":content_hash": content_hash, ":source": source };
    find.query_row(values, |row| row.get(0)).optional()
}

/// Keeps the present version of an article as one that `article` replaces, with its quotes, which are still there, as the
/// machine found them.
pub(crate) fn keep(connection: &Connection, id: i64, article: &Article, run: i64) -> rusqlite::Result<()> {
    let body: String =
        connection.prepare_cached(BODY)?.query_row(named_params! { ":id": id }, |row| row.get(0))?;
    let patch = patch(&body, &article.body);
    let mut insert = connection.prepare_cached(INSERT)?;
    let values = named_params! {
        ":id": id,
        ":start": patch.start,
        ":end": patch.end,
        ":text": patch.text,
        ":now": now(),
        ":run": run,
    };
    let revision: i64 = insert.query_row(values, |row| row.get(0))?;
    let mut insert_quotes = connection.prepare_cached(INSERT_QUOTES)?;
    insert_quotes.execute(named_params! { ":id": id, ":revision": revision })?;
    Ok(())
}
