//! The only writer of the database.
//!
//! Knows the schema and how an article and its facts become rows. Never reads input files, never
//! analyzes text, and answers no questions: that is `query`.

mod open;

pub use open::{APPLICATION_ID, open_read_only, schema_version};

use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use crate::error::Error;

/// A database that is open for writing.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
}

impl Store {
    /// Opens the database for writing; creates it where there is none, and brings its schema up to date.
    ///
    /// Fails, leaving the file as it is, if it is no onrecord database or one of a newer program.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Store {
            connection: open::open_for_writing(path)?,
        })
    }
}

/// Turns an error of SQLite into ours: what was attempted, why it failed, what to try.
fn sqlite(attempt: impl Into<String>) -> impl FnOnce(rusqlite::Error) -> Error {
    move |cause| {
        let error = Error::new(attempt).because(&cause);
        match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                error.hint("free some space and run the same command again: what is stored is kept")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                error.hint("another program is writing to the database; try again when it is done")
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                error.hint("the file or its folder may not be written to")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                error.hint("look at the damage with: onrecord check")
            }
            _ => error,
        }
    }
}
