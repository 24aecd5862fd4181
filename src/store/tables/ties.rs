//! The table `ties`: how everybody is related, counted over the archive.
//!
//! Triggers note in `stale_ties` whose relationships come, go or change; those are counted anew before a run or a correction
//! ends. As long as any is noted, answers count the relationships themselves.

use rusqlite::{Connection, named_params};

const IS_STALE: &str = "SELECT 1 FROM stale_ties";

const SOME: &str = "SELECT entity_id, predicate, other_id FROM stale_ties LIMIT :most";

const FORGET: &str =
    "DELETE FROM stale_ties WHERE entity_id = :entity AND predicate = :predicate AND other_id = :other";

const DELETE: &str =
    "DELETE FROM ties WHERE entity_id = :entity AND predicate = :predicate AND other_id = :other";

/// What [`INSERT`] counts: statements of relationships, as the view `who_is` groups them, and deeds in speech that no relationship
/// tells already.
const INSERT: &str = "
WITH stated AS (
    SELECT id, detail, coalesce(detail_key, '') AS detail_key, status, article_id, since, until FROM relationships
    WHERE subject_id = :entity AND predicate = :predicate AND object_id IS nullif(:other, 0)
        AND status IN ('asserted', 'reported', 'ended')
    UNION
    SELECT id, detail, coalesce(detail_key, ''), status, article_id, since, until FROM relationships
    WHERE object_id = :entity AND predicate = :predicate AND subject_id = :other
        AND status IN ('asserted', 'reported', 'ended')
        AND (SELECT symmetric FROM predicates WHERE name = :predicate) = 1
    UNION ALL
    SELECT -quotes.id, NULL, '', 'quoted', quotes.article_id, NULL, NULL
    FROM quote_subjects AS said INDEXED BY deeds_by_entity CROSS JOIN quotes ON quotes.id = said.quote_id
    WHERE said.entity_id = :other AND said.said_by = :entity AND :entity <> :other
        AND said.said_as = CASE :predicate WHEN 'criticized' THEN 'criticism' WHEN 'praised' THEN 'praise' WHEN 'threatened' THEN 'threat' END
        AND said.is_vouched = 1 AND said.said_as IN ('criticism', 'praise', 'threat')
        AND NOT EXISTS (SELECT 1 FROM relationships WHERE relationships.article_id = quotes.article_id
            AND relationships.subject_id = :entity AND relationships.predicate = :predicate
            AND relationships.start < quotes.end AND relationships.end > quotes.start)
),
spelled AS (
    SELECT *, CASE status WHEN 'ended' THEN 'ended' WHEN 'quoted' THEN 'quoted' ELSE 'stated' END AS state,
        count(*) OVER (PARTITION BY detail_key, status = 'ended', status = 'quoted', detail) AS times
    FROM stated
)
INSERT INTO ties (entity_id, predicate, other_id, detail_key, state, detail, first_seen, last_seen, articles, status,
    since, until, latest)
SELECT :entity, :predicate, :other, spelled.detail_key, spelled.state,
    substr(max(printf('%010d', spelled.times) || spelled.detail), 11),
    min(articles.published_at), max(articles.published_at), count(DISTINCT spelled.article_id), min(spelled.status),
    min(spelled.since), max(spelled.until),
    max((spelled.status = 'asserted') || coalesce(articles.published_at, '') || printf('%020d', spelled.id))
FROM spelled JOIN articles INDEXED BY articles_dated ON articles.id = spelled.article_id
GROUP BY spelled.detail_key, spelled.state";

/// Of a symmetric relationship both sides are counted anew.
const OTHER_SIDES: &str = "
INSERT OR IGNORE INTO stale_ties (entity_id, predicate, other_id)
SELECT other_id, predicate, entity_id FROM stale_ties JOIN predicates ON predicates.name = stale_ties.predicate
WHERE predicates.symmetric = 1 AND other_id <> 0";

/// So many are counted anew in one transaction, so that others need not wait for long.
const SLICE: i64 = 2_000;

/// Counts anew what is noted as stale.
pub(crate) fn refresh(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached(OTHER_SIDES)?.execute([])?;
    while refresh_some(connection)? {}
    Ok(())
}

/// The same in transactions of its own: after a run, and for what one that was stopped has left.
pub(crate) fn catch_up(connection: &Connection) -> rusqlite::Result<()> {
    if !connection.prepare_cached(IS_STALE)?.exists([])? {
        return Ok(());
    }
    let in_transaction = |work: fn(&Connection) -> rusqlite::Result<bool>| {
        let transaction = connection.unchecked_transaction()?;
        let goes_on = work(&transaction)?;
        transaction.commit()?;
        Ok::<bool, rusqlite::Error>(goes_on)
    };
    in_transaction(|connection| connection.prepare_cached(OTHER_SIDES)?.execute([]).map(|added| added > 0))?;
    while in_transaction(refresh_some)? {}
    Ok(())
}

/// Counts some of them anew; whether there may be more.
fn refresh_some(connection: &Connection) -> rusqlite::Result<bool> {
    let mut find = connection.prepare_cached(SOME)?;
    let stale =
        find.query_map(named_params! { ":most": SLICE }, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let stale: Vec<(i64, String, i64)> = stale.collect::<rusqlite::Result<_>>()?;
    for (entity, predicate, other) in &stale {
        let tie = named_params! { ":entity": entity, ":predicate": predicate, ":other": other };
        for statement in [DELETE, INSERT, FORGET] {
            connection.prepare_cached(statement)?.execute(tie)?;
        }
    }
    Ok(!stale.is_empty())
}
