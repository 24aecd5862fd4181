//! Errors of SQLite in our words: what was attempted, why it failed, what to try.

use rusqlite::ErrorCode;

use crate::error::Error;

pub(super) fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Turns an error of SQLite into ours: what was attempted, why it failed, what to try.
pub(super) fn sqlite(attempt: impl Into<String>) -> impl FnOnce(rusqlite::Error) -> Error {
    move |cause| {
        let code = cause.sqlite_error_code();
        if code == Some(ErrorCode::OperationInterrupted) {
            // Only a run that was told to stop interrupts what it writes.
            return Error::stopped();
        }
        let error = Error::new(attempt).because(cause);
        match code {
            // What SQLite says where there is no room for the index of the log.
            Some(ErrorCode::SystemIoFailure) => {
                error.hint("the disk may be full or failing; what is stored is kept")
            }
            Some(ErrorCode::DiskFull) => {
                error.hint("free some space and run the same command again: what is stored is kept")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                error.hint("another program is using the database; try again when it is done")
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                error.hint("the file or its folder may not be written to")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => error
                .hint("the file is damaged; .recover of the sqlite3 shell may still read it, or ingest anew"),
            _ => error,
        }
    }
}
