//! The table `ingest_runs`: what was read when.

use chrono::{SecondsFormat, Utc};
use rusqlite::{Connection, named_params};

use crate::gear::Gear;

const BEGIN: &str = "
INSERT INTO ingest_runs (started_at, version, model, gear, inputs)
VALUES (:now, :version, :model, :gear, :inputs)";

const UPDATE: &str = "
UPDATE ingest_runs
SET added = :added, unchanged = :unchanged, replaced = :replaced, rejected = :rejected,
    finished_at = :finished_at
WHERE id = :run";

const SET_COMPARED: &str = "
UPDATE ingest_runs SET compared_at = :now WHERE id <= :run AND compared_at IS NULL";

const ANALYZED_ALIKE: &str = "
SELECT last.version = now.version AND last.model = now.model AND last.gear = now.gear
FROM articles JOIN ingest_runs AS last ON last.id = articles.run_id, ingest_runs AS now
WHERE articles.id = :article AND now.id = :run";

/// How many documents of a run came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunCounts {
    /// Articles that were new.
    pub added: u64,
    /// Articles that were there already.
    pub unchanged: u64,
    /// Articles whose earlier facts were replaced.
    pub replaced: u64,
    /// Documents that could not be read.
    pub rejected: u64,
}

/// The present time in ISO 8601, UTC, to the second.
pub(crate) fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(crate) fn begin(
    connection: &Connection,
    inputs: &[String],
    model: &str,
    gear: Gear,
) -> rusqlite::Result<i64> {
    let inputs: serde_json::Value = inputs.into();
    connection.prepare_cached(BEGIN)?.execute(named_params! {
        ":now": now(),
        ":version": env!("CARGO_PKG_VERSION"),
        ":model": model,
        ":gear": gear.name(),
        ":inputs": inputs.to_string(),
    })?;
    Ok(connection.last_insert_rowid())
}

/// Notes that the articles of a run, and of those before it, were looked through for lines that recur.
pub(crate) fn set_compared(connection: &Connection, run: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(SET_COMPARED)?.execute(named_params! { ":run": run, ":now": now() })?;
    Ok(())
}

pub(crate) fn update(
    connection: &Connection,
    run: i64,
    counts: &RunCounts,
    finished: bool,
) -> rusqlite::Result<()> {
    connection.prepare_cached(UPDATE)?.execute(named_params! {
        ":run": run,
        ":added": counts.added,
        ":unchanged": counts.unchanged,
        ":replaced": counts.replaced,
        ":rejected": counts.rejected,
        ":finished_at": finished.then(now),
    })?;
    Ok(())
}

/// Whether the program, the model and the gear of a run are those that analyzed an article last.
pub(crate) fn has_analyzed_alike(connection: &Connection, run: i64, article: i64) -> rusqlite::Result<bool> {
    let mut find = connection.prepare_cached(ANALYZED_ALIKE)?;
    find.query_row(named_params! { ":article": article, ":run": run }, |row| row.get(0))
}
