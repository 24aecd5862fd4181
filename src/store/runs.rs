//! The tables `ingest_runs` and `ingest_errors`: what was read when, and what could not be.

use chrono::{SecondsFormat, Utc};
use rusqlite::{Connection, named_params};

const BEGIN: &str = "
INSERT INTO ingest_runs (started_at, version, model, inputs) VALUES (:now, :version, :model, :inputs)";

const UPDATE: &str = "
UPDATE ingest_runs
SET added = :added, unchanged = :unchanged, replaced = :replaced, rejected = :rejected,
    finished_at = :finished_at
WHERE id = :run";

const INSERT_ERROR: &str = "
INSERT INTO ingest_errors (run_id, path, record, reason) VALUES (:run, :path, :record, :reason)";

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
pub(super) fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub(super) fn begin(connection: &Connection, inputs: &[String], model: &str) -> rusqlite::Result<i64> {
    let inputs: serde_json::Value = inputs.into();
    connection.prepare_cached(BEGIN)?.execute(named_params! {
        ":now": now(),
        ":version": env!("CARGO_PKG_VERSION"),
        ":model": model,
        ":inputs": inputs.to_string(),
    })?;
    Ok(connection.last_insert_rowid())
}

pub(super) fn update(
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

pub(super) fn record_error(
    connection: &Connection,
    run: i64,
    path: &str,
    record: Option<u64>,
    reason: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(INSERT_ERROR)?
        .execute(named_params! { ":run": run, ":path": path, ":record": record, ":reason": reason })?;
    Ok(())
}
