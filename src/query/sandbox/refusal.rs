//! Why a person's SQL was refused or stopped, and what to do.

use std::time::Duration;

use rusqlite::ErrorCode;

use crate::error::Error;
use crate::query::sandbox::limits::{ROW_MEGABYTES, SQL_MEGABYTES, VALUE_MEGABYTES};
use crate::query::sandbox::permission::ALLOWED_PRAGMAS;

/// It took longer than it may.
pub(super) fn too_slow(patience: Duration) -> Error {
    let seconds = patience.as_secs_f32();
    Error::new(format!("the query ran longer than {seconds} seconds and was stopped"))
        .hint("narrow it, or allow more with --timeout SECONDS")
}

/// The statement before it was left while SQLite was inside a function, and still is.
pub(super) fn still_running() -> Error {
    Error::new("an earlier query has not ended yet").hint("open the database once more to ask meanwhile")
}

/// The thread of a statement ended without a word.
pub(super) fn no_answer() -> Error {
    Error::new("the query ended without an answer")
}

/// A row holds more than one may.
pub(super) fn row_too_large() -> Error {
    Error::new(format!("a row of the answer is larger than {ROW_MEGABYTES} MB, and the query was stopped"))
        .hint("take fewer columns, or a part of a long one with substr(body, 1, 10000)")
}

/// Why a statement was refused, or stopped while it ran; `refused` is what it may not do.
pub(super) fn cannot_run(
    cause: rusqlite::Error,
    text: &str,
    patience: Duration,
    refused: Option<String>,
) -> Error {
    if matches!(cause, rusqlite::Error::MultipleStatement) {
        return Error::usage("there is more than one statement").hint("write one SELECT statement");
    }
    if let Some(refused) = refused {
        let error = Error::usage("only SELECT is allowed here").because(refused.clone());
        return if refused.starts_with("PRAGMA") {
            error.hint(format!("what describes tables is allowed: PRAGMA {}", ALLOWED_PRAGMAS.join(", ")))
        } else {
            error.hint("work on a copy of the file in the sqlite3 shell to change what it holds")
        };
    }
    match cause.sqlite_error_code() {
        Some(ErrorCode::OperationInterrupted) => too_slow(patience),
        Some(ErrorCode::TooBig) if text.len() > SQL_MEGABYTES << 20 => {
            Error::usage(format!("the SQL is longer than {SQL_MEGABYTES} MB"))
                .hint("give long values as parameters: --param NAME=VALUE")
        }
        Some(ErrorCode::TooBig) => Error::new(format!(
            "a value in the query is longer than {VALUE_MEGABYTES} MB, and the query was stopped"
        ))
        .hint("take a part of it with substr(body, 1, 10000)"),
        Some(ErrorCode::OutOfMemory) => Error::new(
            "the query needs more memory than it may use, and was stopped",
        )
        .hint("sort, group and join fewer rows and shorter columns, or allow more with --memory MEGABYTES"),
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => {
            Error::usage("only SELECT is allowed here")
                .because(described(&cause, text))
                .hint("work on a copy of the file in the sqlite3 shell to change what it holds")
        }
        _ => Error::usage("the SQL cannot be run")
            .because(described(&cause, text))
            .hint("list tables and columns with: onrecord query --sql \"SELECT sql FROM sqlite_schema\""),
    }
}

/// SQLite's own words, and where in the text it stopped.
fn described(cause: &rusqlite::Error, text: &str) -> String {
    match cause {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let rest = usize::try_from(*offset).ok().and_then(|offset| text.get(offset..));
            let near: String = rest.unwrap_or_default().chars().take(30).collect();
            if near.is_empty() { msg.clone() } else { format!("{msg}, at `{near}`") }
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}
