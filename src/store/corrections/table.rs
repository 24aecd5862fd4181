//! The table `corrections`.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::store::corrections::correction::{Correction, Verdict};
use crate::store::identity::{EntityName, Identity};
use crate::store::tables::runs::now;

const INSERT: &str = "
INSERT INTO corrections (action, target, value, note, created_at, origin)
VALUES (:action, :target, :value, :note, :created_at, :origin)
RETURNING id";

/// What no person said comes first: a person's word wins over it, whenever it was given.
const IN_FORCE: &str = "
SELECT action, target, value, origin FROM corrections WHERE undone_at IS NULL ORDER BY origin = 'person', id";

const MERGES: &str = "SELECT action, target, value FROM corrections WHERE action = 'merge'";

const UNDO: &str = "UPDATE corrections SET undone_at = :now WHERE id = :id AND undone_at IS NULL";

const LAST_WORD: &str = "
SELECT action, value FROM corrections
WHERE undone_at IS NULL AND target = :target AND origin = 'person'
ORDER BY id DESC LIMIT 1";

const LAST: &str = "
SELECT id, action, target, value FROM corrections
WHERE undone_at IS NULL AND origin = 'person'
ORDER BY id DESC";

/// Changes whenever a correction is added or undone.
const STAMP: &str = "SELECT count(*), count(undone_at) FROM corrections";

/// Who gave a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A person.
    Person,
    /// The program, at the end of a run.
    Automatic,
}

impl Origin {
    fn name(self) -> &'static str {
        match self {
            Origin::Person => "person",
            Origin::Automatic => "automatic",
        }
    }
}

/// Keeps a correction and gives its number.
pub(super) fn insert(
    connection: &Connection,
    correction: &Correction,
    origin: Origin,
) -> rusqlite::Result<i64> {
    let (action, target, value) = correction.verdict.written().map_err(json_failure)?;
    connection.prepare_cached(INSERT)?.query_row(
        named_params! {
            ":action": action,
            ":target": target.to_string(),
            ":value": value.map(|value| value.to_string()),
            ":note": correction.note,
            ":created_at": correction.created_at.clone().unwrap_or_else(now),
            ":origin": origin.name(),
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

/// The verdicts of people in force, in the order they were given.
pub(super) fn given_by_people(connection: &Connection) -> rusqlite::Result<Vec<Verdict>> {
    Ok(read_in_force(connection)?.1)
}

/// All who were joined before, whoever joined them, also where that was undone.
pub(super) fn ever_merged(connection: &Connection) -> rusqlite::Result<HashSet<[Identity; 2]>> {
    let mut statement = connection.prepare_cached(MERGES)?;
    let mut rows = statement.query([])?;
    let mut merged = HashSet::new();
    while let Some(row) = rows.next()? {
        let (action, target, value): (String, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let correction = Correction::from_columns(&action, &target, value.as_deref()).ok();
        merged.extend(correction.and_then(|correction| pair(&correction.verdict)));
    }
    Ok(merged)
}

/// The verdicts in force, in the order in which they are taken. One that was written by other
/// hands and cannot be read is passed over: `corrections list` shows it.
pub(crate) fn in_force(connection: &Connection) -> rusqlite::Result<Vec<Verdict>> {
    let (automatic, given) = read_in_force(connection)?;
    let apart: HashSet<[Identity; 2]> = given.iter().filter_map(told_apart).collect();
    let mut verdicts = Vec::with_capacity(automatic.len() + given.len());
    for verdict in automatic {
        if pair(&verdict).is_some_and(|pair| apart.contains(&pair)) {
            continue;
        }
        let name = full_name(&verdict);
        verdicts.push(verdict);
        verdicts.extend(name);
    }
    verdicts.extend(given);
    Ok(verdicts)
}

/// The verdicts in force that no person gave, then those of people, each in the order they were given.
fn read_in_force(connection: &Connection) -> rusqlite::Result<(Vec<Verdict>, Vec<Verdict>)> {
    let (mut automatic, mut given) = (Vec::new(), Vec::new());
    let mut statement = connection.prepare_cached(IN_FORCE)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (action, target, value): (String, String, Option<String>) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let origin: String = row.get(3)?;
        let Ok(correction) = Correction::from_columns(&action, &target, value.as_deref()) else { continue };
        let verdicts = if origin == Origin::Automatic.name() { &mut automatic } else { &mut given };
        verdicts.push(correction.verdict);
    }
    Ok((automatic, given))
}

/// The two whom a person told apart.
fn told_apart(verdict: &Verdict) -> Option<[Identity; 2]> {
    matches!(verdict, Verdict::Distinct(..)).then(|| pair(verdict)).flatten()
}

/// The two that a verdict joins or tells apart, whichever is named first.
pub(super) fn pair(verdict: &Verdict) -> Option<[Identity; 2]> {
    let (Verdict::Merge { keep: one, other } | Verdict::Distinct(one, other)) = verdict else { return None };
    let mut pair = [one.identity(), other.identity()];
    pair.sort();
    Some(pair)
}

/// The full name for one who was known by a single name first and is joined to its bearer: the older row stays, and
/// is called what the newer one is.
fn full_name(verdict: &Verdict) -> Option<Verdict> {
    let Verdict::Merge { keep, other } = verdict else { return None };
    let is_single = |name: &EntityName| !name.identity().name_key.contains(' ');
    (is_single(keep) && !is_single(other) && other.apart.is_empty())
        .then(|| Verdict::Rename { entity: keep.clone(), name: other.name.clone() })
}

/// The last correction of a person that is in force and can be read.
pub(super) fn last(connection: &Connection) -> rusqlite::Result<Option<(i64, Verdict)>> {
    let mut statement = connection.prepare_cached(LAST)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (action, target, value): (String, String, Option<String>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        if let Ok(correction) = Correction::from_columns(&action, &target, value.as_deref()) {
            return Ok(Some((row.get(0)?, correction.verdict)));
        }
    }
    Ok(None)
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
