//! The table `corrections`.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::store::corrections::correction::{Correction, Verdict};
use crate::store::tables::runs::now;

const INSERT: &str = "
INSERT INTO corrections (action, target, value, note, created_at)
VALUES (:action, :target, :value, :note, :created_at)
RETURNING id";

const IN_FORCE: &str = "SELECT action, target, value FROM corrections WHERE undone_at IS NULL ORDER BY id";

const UNDO: &str = "UPDATE corrections SET undone_at = :now WHERE id = :id AND undone_at IS NULL";

const LAST_WORD: &str = "
SELECT action, value FROM corrections
WHERE undone_at IS NULL AND target = :target
ORDER BY id DESC LIMIT 1";

/// Changes whenever a correction is added or undone.
const STAMP: &str = "SELECT count(*), count(undone_at) FROM corrections";

/// Keeps a correction and gives its number.
pub(crate) fn insert(connection: &Connection, correction: &Correction) -> rusqlite::Result<i64> {
    let (action, target, value) = correction.verdict.written().map_err(json_failure)?;
    connection.prepare_cached(INSERT)?.query_row(
        named_params! {
            ":action": action,
            ":target": target.to_string(),
            ":value": value.map(|value| value.to_string()),
            ":note": correction.note,
            ":created_at": correction.created_at.clone().unwrap_or_else(now),
        },
        |row| row.get(0),
    )
}

/// Whether the last that was ruled of an object is this very verdict.
pub(super) fn is_last_word(connection: &Connection, verdict: &Verdict) -> rusqlite::Result<bool> {
    let (action, target, value) = verdict.written().map_err(json_failure)?;
    let mut find = connection.prepare_cached(LAST_WORD)?;
    let last: Option<(String, Option<String>)> = find
        .query_row(named_params! { ":target": target.to_string() }, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last == Some((action.to_owned(), value.map(|value| value.to_string()))))
}

/// The verdicts in force, in the order they were given. One that was written by other
/// hands and cannot be read is passed over: `corrections list` shows it.
pub(crate) fn in_force(connection: &Connection) -> rusqlite::Result<Vec<Verdict>> {
    let mut verdicts = Vec::new();
    let mut statement = connection.prepare_cached(IN_FORCE)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (action, target, value): (String, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        if let Ok(correction) = Correction::from_columns(&action, &target, value.as_deref()) {
            verdicts.push(correction.verdict);
        }
    }
    Ok(verdicts)
}

/// Marks a correction as undone; `false` where it is not in force.
pub(crate) fn undo(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
    Ok(connection.prepare_cached(UNDO)?.execute(named_params! { ":id": id, ":now": now() })? == 1)
}

/// Two numbers that change whenever a correction is added or undone.
pub(super) fn stamp(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    connection.prepare_cached(STAMP)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// A failure to write or read JSON, as one of SQLite's.
pub(super) fn json_failure(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}
