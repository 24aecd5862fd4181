//! The articles against the hashes that were taken of them when they were read.

use rusqlite::{Connection, Row};

use crate::article::Article;
use crate::store::check::finding::{CheckResult, Offenders};

const ARTICLES: &str = "
SELECT id, external_id, title, author, publisher, published_at, url, language, body, content_hash, body_hash
FROM articles ORDER BY id";

/// What to do about articles that were changed: ingest takes an article for known by its hash.
const REMEDY: &str = "read them again: in the sqlite3 shell UPDATE articles SET content_hash = '' WHERE id = …, then onrecord ingest \
    with the file that column source names";

/// What came of the texts, and of all else that the input said of the articles.
pub(super) fn check(db: &Connection) -> rusqlite::Result<[CheckResult; 2]> {
    let (mut texts, mut rest) = (Offenders::default(), Offenders::default());
    let mut find = db.prepare(ARTICLES)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        match article(row) {
            Err(error) => texts.add(format!("article {id}: {error}")),
            Ok(article) if article.body_hash() != row.get::<_, String>("body_hash")? => {
                texts.add(format!("article {id}"));
            }
            Ok(article) if article.content_hash() != row.get::<_, String>("content_hash")? => {
                rest.add(format!("article {id}"));
            }
            Ok(_) => {}
        }
    }
    Ok([texts, rest].map(|offenders| offenders.result(REMEDY)))
}

fn article(row: &Row<'_>) -> rusqlite::Result<Article> {
    Ok(Article {
        external_id: row.get("external_id")?,
        title: row.get("title")?,
        body: row.get("body")?,
        author: row.get("author")?,
        publisher: row.get("publisher")?,
        published_at: row.get("published_at")?,
        url: row.get("url")?,
        language: row.get("language")?,
        ..Article::default()
    })
}
