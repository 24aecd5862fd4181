//! The copies of articles against the texts.

use rusqlite::Connection;

use crate::store::check::finding::{CheckResult, Offenders};
use crate::store::copies::{Text, is_copy, sketch};

const ARTICLES: &str = "
SELECT articles.id, articles.duplicate_of, earliest.id AS earliest, coalesce(earliest.duplicate_of, earliest.id) AS equal,
    first.duplicate_of IS NULL AND first.id < articles.id AS leads_back
FROM articles
JOIN (SELECT min(id) AS id, body_hash, duplicate_of FROM articles GROUP BY body_hash) AS earliest
    ON earliest.body_hash = articles.body_hash
LEFT JOIN articles AS first ON first.id = articles.duplicate_of
ORDER BY articles.id";

const SKETCH: &str = "SELECT shingle FROM article_shingles WHERE article_id = :id ORDER BY shingle";

const REMEDY: &str = "make a new database by reading the articles again; corrections come along by onrecord corrections \
    export and import";

/// Whether each copy is one, of an earlier article that is none, and equal texts lead to one article; and whether those that
/// are no copies can be found by their sketches, and copies cannot.
pub(super) fn check(db: &Connection) -> rusqlite::Result<[CheckResult; 2]> {
    let (mut copies, mut sketches) = (Offenders::default(), Offenders::default());
    let mut find = db.prepare(ARTICLES)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let (id, first): (i64, Option<i64>) = (row.get("id")?, row.get("duplicate_of")?);
        let Some(text) = Text::stored(db, id)? else { continue };
        let leads_right = row.get::<_, i64>("equal")? == first.unwrap_or(id)
            && match first {
                None => true,
                Some(first) => {
                    row.get("leads_back")?
                        && Text::stored(db, first)?.is_some_and(|first| is_copy(&text, &first))
                }
            };
        if !leads_right {
            copies.add(format!("article {id}"));
        }
        let expected = if first.is_none() { sketch(&text) } else { Vec::new() };
        let mut stored = db.prepare_cached(SKETCH)?;
        let stored = stored.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        if stored != expected {
            sketches.add(format!("article {id}"));
        }
    }
    Ok([copies, sketches].map(|offenders| offenders.result(REMEDY)))
}
