//! The marks by which an onrecord file is recognized: `application_id`, `user_version`, the migrations that made it.
//!
//! Knows what this program reads and what it refuses, in words. Never changes a file that is not known to be ours.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;
use crate::store::connect::{cannot_open, connect_immutable, plain};
use crate::store::failure::sqlite;

/// `ONRC`, the mark of our files in the header of SQLite's.
pub const APPLICATION_ID: i32 = 0x4F4E_5243;

/// The migrations that made a database, as refinery keeps them in a table of its own.
const APPLIED: &str = "SELECT version, name, checksum FROM refinery_schema_history";

mod embedded {
    #![allow(missing_docs, unreachable_pub)]
    refinery::embed_migrations!("migrations");
}

/// The migrations of this program.
pub(super) fn migrations() -> refinery::Runner {
    embedded::migrations::runner()
}

/// A database in memory as the migrations make it, without a row.
pub(super) fn made_anew() -> Result<Connection, Error> {
    let attempt = || sqlite("cannot make a database to compare with");
    let mut connection = Connection::open_in_memory().map_err(attempt())?;
    let made = migrations().set_grouped(true).run(&mut connection);
    made.map_err(|error| Error::new("cannot make a database to compare with").because(error))?;
    Ok(connection)
}

/// The version of the schema that this program writes: the number of its last migration.
pub fn schema_version() -> i32 {
    let runner = migrations();
    let versions = runner.get_migrations().iter().map(|migration| migration.version());
    versions.max().unwrap_or(0)
}

/// What the header of a file says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FileMark {
    /// A file without content.
    Empty,
    /// One of our databases.
    Ours,
}

/// Looks at a file without locking, changing or accompanying it by another.
///
/// Goes through SQLite, since opening and closing the file on our own would, by the rules of POSIX, take
/// away the locks that SQLite holds on it in this process.
pub(super) fn look(path: &Path) -> Result<FileMark, Error> {
    let not_ours = || {
        Error::new(format!("{} is not an onrecord database", path.display()))
            .hint("the file was left as it is; name another file with --db FILE")
    };
    if path.is_dir() {
        return Err(not_ours().because("it is a folder"));
    }
    let read = |connection: Connection| {
        let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
        let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        Ok((pages, mark))
    };
    let read_with_log = |error: rusqlite::Error| match error.sqlite_error_code() {
        // A program that was stopped while it moved its log into the file, or wrote under the protection of a
        // journal, leaves one that is whole only together with that.
        Some(ErrorCode::DatabaseCorrupt) => {
            Connection::open_with_flags(plain(path), OpenFlags::SQLITE_OPEN_READ_WRITE).and_then(read)
        }
        _ => Err(error),
    };
    match connect_immutable(path).and_then(read).or_else(read_with_log) {
        Ok((0, _)) => Ok(FileMark::Empty),
        Ok((_, APPLICATION_ID)) => Ok(FileMark::Ours),
        Ok(_) => Err(not_ours().because("it is a SQLite database of another program")),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Err(not_ours().because("it is not a SQLite database")),
            _ => Err(cannot_open(path, error)),
        },
    }
}

/// Fails unless an onrecord database is there.
pub(super) fn must_be_ours(path: &Path) -> Result<(), Error> {
    if !path.exists() {
        return Err(Error::usage(format!("there is no database {}", path.display()))
            .hint("make one with: onrecord ingest PATH")
            .hint("name another with --db FILE or $ONRECORD_DB"));
    }
    if look(path)? == FileMark::Empty { Err(is_empty(path)) } else { Ok(()) }
}

/// Fails unless the schema is the one that this program writes.
pub(super) fn must_be_current(connection: &Connection, path: &Path) -> Result<(), Error> {
    match known_version(connection, path)? {
        // Whoever was to make it was stopped before the schema was there.
        0 => Err(is_empty(path)),
        current if current == schema_version() => Ok(()),
        older => Err(Error::new(format!(
            "{} was written by an older onrecord (schema {older}, this one reads {})",
            path.display(),
            schema_version()
        ))
        .hint("make a copy of it, then bring it up to date by running: onrecord ingest PATH")),
    }
}

/// The schema version that a database states.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<i32, Error> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(sqlite(format!("cannot read the database {}", path.display())))
}

/// The schema version of a database that this program can use, or bring up to date: 0 where nothing is stored yet.
///
/// Its number alone does not tell. Before the first release another set of migrations was numbered from 1, so that
/// a file of it may state any number; so each migration that made the file must be the one that bears its number here.
pub(super) fn known_version(connection: &Connection, path: &Path) -> Result<i32, Error> {
    let made_by_ours = made_by_our_migrations(connection)
        .map_err(sqlite(format!("cannot read the database {}", path.display())))?;
    if !made_by_ours {
        return Err(never_released(path));
    }
    match version(connection, path)? {
        newer if newer > schema_version() => Err(written_by_newer(path, newer)),
        known => Ok(known),
    }
}

/// Whether each migration that made a database is ours, as far as we have one of its number.
pub(super) fn made_by_our_migrations(connection: &Connection) -> rusqlite::Result<bool> {
    if !connection.table_exists(None::<&str>, "refinery_schema_history")? {
        return Ok(true);
    }
    let runner = migrations();
    let mut applied = connection.prepare(APPLIED)?;
    let mut rows = applied.query([])?;
    while let Some(row) = rows.next()? {
        let (version, name, checksum): (i32, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let ours = runner.get_migrations().iter().find(|migration| migration.version() == version);
        if ours.is_some_and(|ours| ours.name() != name || ours.checksum().to_string() != checksum) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_empty(path: &Path) -> Error {
    Error::new(format!("the database {} is empty", path.display())).hint("fill it with: onrecord ingest PATH")
}

pub(super) fn never_released(path: &Path) -> Error {
    Error::new(format!(
        "{} was written by an onrecord that was never released, with another schema",
        path.display()
    ))
    .hint("the file was left as it is; read the articles again into a new file: onrecord ingest PATH --db NEW.db")
}

fn written_by_newer(path: &Path, version: i32) -> Error {
    Error::new(format!(
        "{} was written by a newer onrecord (schema {version}, this one knows {})",
        path.display(),
        schema_version()
    ))
    .hint("the file was left as it is; upgrade onrecord to use it")
}
