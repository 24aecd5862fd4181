//! Errors of SQLite while reading, in our words.

use crate::error::Error;

/// An error of SQLite while reading.
pub(super) fn read_error(cause: rusqlite::Error) -> Error {
    let code = cause.sqlite_error_code();
    let error = Error::new("cannot read the database").because(cause);
    match code {
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
            error.hint("look at the damage with: onrecord check")
        }
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            error.hint("another program is writing to the database; try again when it is done")
        }
        _ => error,
    }
}
