//! The articles against the hashes that were taken of them when they were read.

use rusqlite::Connection;

use crate::store::check::finding::{CheckResult, Offenders};
use crate::store::tables::articles;

const ARTICLES: &str = "
SELECT id, external_id, title, author, publisher, published_at, url, language, source, body, content_hash,
    body_hash
FROM articles ORDER BY id";

/// The versions before, put together from the present one: what is wrong in one shows in all before it.
const REVISIONS: &str = "
SELECT version.article_id AS id, version.revision, kept.external_id, version.title, version.author, version.publisher,
    version.published_at, version.url, kept.language, version.source, version.body, kept.content_hash, kept.body_hash
FROM article_versions AS version
JOIN article_revisions AS kept ON kept.article_id = version.article_id AND kept.revision = version.revision
ORDER BY version.article_id, version.revision";

const REMEDY: &str = "put back what was changed, which the file that column source names still tells, or make a new database by \
    reading the articles again";

/// What came of the earlier versions of articles.
pub(super) fn check_revisions(db: &Connection) -> rusqlite::Result<CheckResult> {
    let mut offenders = Offenders::default();
    let mut find = db.prepare(REVISIONS)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let (id, revision): (i64, i64) = (row.get("id")?, row.get("revision")?);
        let article = articles::from_row(row)?;
        let hashes: (String, String) = (row.get("content_hash")?, row.get("body_hash")?);
        if (article.content_hash(), article.body_hash()) != hashes {
            offenders.add(format!("version {revision} of article {id}"));
        }
    }
    Ok(offenders.result(REMEDY))
}

/// What came of the texts, and of all else that the input said of the articles.
pub(super) fn check(db: &Connection) -> rusqlite::Result<[CheckResult; 2]> {
    let (mut texts, mut rest) = (Offenders::default(), Offenders::default());
    let mut find = db.prepare(ARTICLES)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get("id")?;
        match articles::from_row(row) {
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
