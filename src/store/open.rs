//! Opening a database file for writing: creating it, bringing its schema up to date.
//!
//! Knows the order in which a file comes to be ours, so that a stop at any moment leaves one that is read, or called
//! empty, and that the next run completes. What is read and what is refused is for `marks`.
//!
//! A file has one journal mode for life, the write-ahead log: readers and the writer are never in each other's way, and no
//! run begins or ends with a switch, which needs the file for itself and which a stop could cut in two.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use crate::error::Error;
use crate::store::connect::{cannot_open, harden, plain, read};
use crate::store::failure::sqlite;
use crate::store::marks::{
    APPLICATION_ID, known_version, look, migrations, never_released, schema_version, version,
};
use crate::store::patience::Patience;

/// Opens a database for writing: creates it where there is none and brings its schema up to date.
///
/// Several programs may do so at once. Fails, leaving the file as it is, if it is not an onrecord database,
/// or one of a newer program or of one that was never released.
pub(super) fn open_for_writing(path: &Path, patience: &Patience) -> Result<Connection, Error> {
    if path.exists() {
        look(path)?;
    }
    let mut connection = Connection::open_with_flags(
        plain(path),
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|error| cannot_open(path, error))?;
    patience.rule(&mut connection).map_err(sqlite("cannot set up the connection"))?;
    // A transaction that reads first and then wants to write would not be let wait for another writer.
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    read(&connection).map_err(|error| cannot_write(path, error))?;
    let found = known_version(&connection, path)?;
    prepare_for_writing(&mut connection, patience)
        .map_err(sqlite(format!("cannot set up the database {}", path.display())))?;
    if found != schema_version() {
        migrate(&mut connection, path, patience)?;
    }
    // After the migrations, which may have to change what this protects.
    harden(&connection)?;
    // What a savepoint would take back is kept in a list that is walked to its end after each statement while it is in
    // memory: in an article of 20,000 quotes, longer than all else.
    connection.execute_batch("PRAGMA temp_store = FILE").map_err(sqlite("cannot set up the connection"))?;
    Ok(connection)
}

/// Why a file cannot be opened for writing, where SQLite says no more than that it cannot open one of those beside it.
fn cannot_write(path: &Path, cause: rusqlite::Error) -> Error {
    let code = cause.sqlite_error_code();
    let error = cannot_open(path, cause);
    if code == Some(ErrorCode::CannotOpen) && path.exists() {
        return error.hint("the file or its folder may not be written to");
    }
    error
}

/// Marks a new file as ours, and sets what the writer needs.
///
/// The mark is written before the file is given a write-ahead log, so that it stands in the main file's header
/// whatever happens later. Each of the two is one transaction under a rollback journal, the schema a third.
fn prepare_for_writing(connection: &mut Connection, patience: &Patience) -> rusqlite::Result<()> {
    let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if mark != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    give_log(connection, patience)?;
    connection.execute_batch(
        "PRAGMA synchronous = NORMAL;
         PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864;",
    )
}

/// Gives a file its write-ahead log, for good: a new one, one that an earlier onrecord left without, or one whose mode
/// was changed in a shell.
///
/// SQLite asks for the whole file for that, and does not wait where another program writes. It would wait where one
/// reads, but keep all others from reading meanwhile; so each attempt is for a moment only.
fn give_log(connection: &mut Connection, patience: &Patience) -> rusqlite::Result<()> {
    let mode = |connection: &Connection| {
        connection.pragma_query_value(None, "journal_mode", |row| row.get::<_, String>(0))
    };
    if mode(connection)? == "wal" {
        return Ok(());
    }
    connection.busy_timeout(Duration::ZERO)?;
    // Where the file system has no shared memory the mode stays, which the answer would say.
    patience.retry(|| connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(())))?;
    patience.rule(connection)
}

/// Applies the migrations that the file lacks, all of them or none.
///
/// Refinery takes no lock before it looks for what is missing. Where another program migrates at
/// the same time, one of the two fails; it tries again and then finds the work done.
fn migrate(connection: &mut Connection, path: &Path, patience: &Patience) -> Result<(), Error> {
    loop {
        let before = version(connection, path)?;
        let Err(error) = migrations().set_grouped(true).run(connection) else {
            return Ok(());
        };
        let another_was_faster = before != version(connection, path)?;
        if !another_was_faster {
            return Err(cannot_migrate(path, error, patience));
        }
    }
}

fn cannot_migrate(path: &Path, error: refinery::Error, patience: &Patience) -> Error {
    let failure = format!("cannot bring the schema of {} up to date", path.display());
    match error.kind() {
        refinery::error::Kind::MissingVersion(_) => Error::new(failure)
            .because("it was written by a newer onrecord")
            .hint("upgrade onrecord to use it"),
        refinery::error::Kind::DivergentVersion(..) => never_released(path),
        _ if patience.is_stopped() => Error::stopped(),
        _ => Error::new(failure).because(error),
    }
}
