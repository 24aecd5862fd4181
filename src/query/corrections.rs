//! The corrections of a database, as they are listed and exported.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::failure::read_error;
use crate::store::Correction;

const ALL: &str =
    "SELECT id, action, target, value, note, created_at, undone_at, origin FROM corrections ORDER BY id";

/// A correction as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What `undo` calls it.
    pub number: i64,
    /// merge, split, rename …
    pub action: String,
    /// What is ruled; the error says why it cannot be read.
    pub correction: Result<Correction, String>,
    /// Why.
    pub note: Option<String>,
    /// When it was given.
    pub created_at: String,
    /// When it was undone; none while it holds.
    pub undone_at: Option<String>,
    /// Whether a person gave it, and not the end of a run.
    pub by_person: bool,
}

/// All corrections in the order they were given.
pub fn list(db: &Connection) -> Result<Vec<Kept>, Error> {
    let mut statement = db.prepare(ALL).map_err(read_error)?;
    let rows = statement.query_map([], |row| {
        let (action, target, value): (String, String, Option<String>) =
            (row.get(1)?, row.get(2)?, row.get(3)?);
        let (note, created_at): (Option<String>, String) = (row.get(4)?, row.get(5)?);
        let mut correction = Correction::from_columns(&action, &target, value.as_deref());
        if let Ok(correction) = &mut correction {
            correction.note.clone_from(&note);
            correction.created_at = Some(created_at.clone());
        }
        let by_person = row.get_ref(7)?.as_str()? == "person";
        Ok(Kept {
            number: row.get(0)?,
            action,
            correction,
            note,
            created_at,
            undone_at: row.get(6)?,
            by_person,
        })
    });
    rows.and_then(Iterator::collect).map_err(read_error)
}
