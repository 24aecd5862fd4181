//! The table `relationships`, and what it says of people: `entities.description`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::article::Article;
use crate::facts::{Facts, Relationship, Status};
use crate::span::CodePoints;

const INSERT: &str = "
INSERT INTO relationships (article_id, subject_id, predicate, object_id, detail, status, start, end, confidence)
VALUES (:article, :subject, :predicate, :object, :detail, :status, :start, :end, :confidence)";

const DELETE: &str = "DELETE FROM relationships WHERE article_id = :article";

const DESCRIBED_IN_ARTICLE: &str = "
SELECT DISTINCT subject_id FROM relationships
WHERE article_id = :article AND predicate IN ('leads', 'holds_office')";

/// Articles are written in the order of their ids, so an equal date makes way for the later article.
const DESCRIBE: &str = "
UPDATE entities SET description = :detail, described_at = :published_at
WHERE id = :id AND kind = 'person' AND described_at <= :published_at";

const CLEAR_DESCRIPTION: &str = "UPDATE entities SET description = NULL, described_at = '' WHERE id = :id";

const LATEST_DESCRIPTION: &str = "
SELECT relationships.detail, coalesce(articles.published_at, '')
FROM relationships JOIN articles ON articles.id = relationships.article_id
WHERE subject_id = :id AND predicate IN ('leads', 'holds_office') AND detail IS NOT NULL
    AND status IN ('asserted', 'reported')
ORDER BY coalesce(articles.published_at, '') DESC, article_id DESC, relationships.start, relationships.id
LIMIT 1";

/// Writes the relationships of an article.
///
/// `rows` gives the entities' rows by their index in the facts.
pub(super) fn insert(
    connection: &Connection,
    article_id: i64,
    article: &Article,
    facts: &Facts,
    rows: &[Option<i64>],
) -> rusqlite::Result<()> {
    let points = CodePoints::new(&article.body);
    let mut insert = connection.prepare_cached(INSERT)?;
    for related in &facts.relationships {
        let Some(subject) = rows.get(related.subject.index()).copied().flatten() else { continue };
        let object = related.object.and_then(|object| rows.get(object.index()).copied().flatten());
        let (start, end) = points.of(related.evidence);
        insert.execute(named_params! {
            ":article": article_id,
            ":subject": subject,
            ":predicate": related.predicate,
            ":object": object,
            ":detail": detail(related, article),
            ":status": related.status.name(),
            ":start": start,
            ":end": end,
            ":confidence": super::confidence(related.confidence),
        })?;
    }
    Ok(())
}

/// Deletes the relationships of an article; gives those whom they described.
pub(super) fn delete(connection: &Connection, article_id: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let article = named_params! { ":article": article_id };
    let mut described = connection.prepare_cached(DESCRIBED_IN_ARTICLE)?;
    let described = described.query_map(article, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    connection.prepare_cached(DELETE)?.execute(article)?;
    Ok(described)
}

/// Describes people by the offices that a new article, the one with the highest id, gives them.
pub(super) fn describe_by_new(
    connection: &Connection,
    article: &Article,
    facts: &Facts,
    rows: &[Option<i64>],
) -> rusqlite::Result<()> {
    let mut describe = connection.prepare_cached(DESCRIBE)?;
    for (id, detail) in offices(article, facts, rows) {
        describe.execute(named_params! {
            ":id": id,
            ":detail": detail,
            ":published_at": article.published_at.as_deref().unwrap_or_default(),
        })?;
    }
    Ok(())
}

/// Describes people anew out of all that is stored of them.
pub(super) fn describe_anew(
    connection: &Connection,
    people: impl Iterator<Item = i64>,
) -> rusqlite::Result<()> {
    for id in people {
        connection.prepare_cached(CLEAR_DESCRIPTION)?.execute(named_params! { ":id": id })?;
        let mut latest = connection.prepare_cached(LATEST_DESCRIPTION)?;
        let latest: Option<(String, String)> =
            latest.query_row(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((detail, published_at)) = latest {
            connection
                .prepare_cached(DESCRIBE)?
                .execute(named_params! { ":id": id, ":detail": detail, ":published_at": published_at })?;
        }
    }
    Ok(())
}

/// The entities to whom the facts of an article give an office, by their rows.
pub(super) fn described<'a>(
    article: &'a Article,
    facts: &'a Facts,
    rows: &[Option<i64>],
) -> impl Iterator<Item = i64> {
    offices(article, facts, rows).into_keys()
}

/// The first office that an article gives each entity: where it is introduced.
fn offices<'a>(article: &'a Article, facts: &'a Facts, rows: &[Option<i64>]) -> BTreeMap<i64, &'a str> {
    let mut offices = BTreeMap::new();
    let mut related: Vec<&Relationship> = facts.relationships.iter().collect();
    related.sort_by_key(|related| related.evidence.start());
    for related in related {
        let holds = matches!(related.predicate, "leads" | "holds_office");
        let now = matches!(related.status, Status::Asserted | Status::Reported);
        let row = rows.get(related.subject.index()).copied().flatten();
        if let (true, true, Some(row), Some(detail)) = (holds, now, row, detail(related, article)) {
            offices.entry(row).or_insert(detail);
        }
    }
    offices
}

fn detail<'a>(related: &Relationship, article: &'a Article) -> Option<&'a str> {
    related.detail.map(|detail| detail.slice(&article.body)).filter(|detail| !detail.is_empty())
}
