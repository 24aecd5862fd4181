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
CROSS JOIN article_revisions AS kept ON kept.article_id = version.article_id AND kept.revision = version.revision";

/// Versions are numbered from 1 without a gap: of one that is missing, those before it cannot be put together either.
const MISSING: &str = "
SELECT article_id FROM article_revisions GROUP BY article_id HAVING max(revision) <> count(*)";

const REMEDY: &str = "put back what was changed, which the file that column source names still tells, or make a new database by \
    reading the articles again";

/// What came of the earlier versions of articles.
pub(super) fn check_revisions(db: &Connection) -> rusqlite::Result<CheckResult> {
    let mut offenders = Offenders::default();
    let mut find = db.prepare(MISSING)?;
    let mut rows = find.query([])?;
    while let Some(row) = rows.next()? {
        offenders.add(format!("article {} lacks an earlier version", row.get::<_, i64>(0)?));
    }
    // In the order of the view, one version after the other: sorted, all of them would be held at once.
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
