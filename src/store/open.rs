//! Opening a database file: creating it, bringing its schema up to date, refusing what is not ours.
//!
//! Knows the marks by which an onrecord file is recognized (`application_id`, `user_version`, the migrations
//! that made it) and the settings of every connection. Never changes a file before it is known to be one of ours.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;
use crate::store::failure::sqlite;

/// `ONRC`, the mark of our files in the header of SQLite's.
pub const APPLICATION_ID: i32 = 0x4F4E_5243;

/// The migrations that made a database, as refinery keeps them in a table of its own.
const APPLIED: &str = "SELECT version, name, checksum FROM refinery_schema_history";

/// How long to wait for another program that is writing to the file.
const PATIENCE: Duration = Duration::from_secs(20);

mod embedded {
    #![allow(missing_docs, unreachable_pub)]
    refinery::embed_migrations!("migrations");
}

/// The version of the schema that this program writes: the number of its last migration.
pub fn schema_version() -> i32 {
    let runner = embedded::migrations::runner();
    let versions = runner.get_migrations().iter().map(|migration| migration.version());
    versions.max().unwrap_or(0)
}

/// Opens an existing database for reading; never creates or changes a file.
///
/// Fails if there is no such file, if it is not an onrecord database, or if its schema is older or
/// newer than this program's, or was never released. A database on a read-only medium opens too.
pub fn open_read_only(path: &Path) -> Result<Connection, Error> {
    must_be_ours(path)?;
    let connection = connect_read_only(path)?;
    harden(&connection).map_err(sqlite("cannot set up the connection"))?;
    must_be_current(&connection, path)?;
    Ok(connection)
}

/// Opens an existing database so that it could be written, for checks that SQLite allows to writers
/// only; nothing is written as long as the caller does not. None if the file may not be written to.
pub(super) fn open_writable(path: &Path) -> Result<Option<Connection>, Error> {
    must_be_ours(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| cannot_open(path, error))?;
    let set_up = || -> rusqlite::Result<bool> {
        // A log that a killed program left behind stays what it is.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.busy_timeout(PATIENCE)?;
        harden(&connection)?;
        connection.is_readonly("main")
    };
    let read_only = set_up().map_err(sqlite("cannot set up the connection"))?;
    if read_only {
        return Ok(None);
    }
    must_be_current(&connection, path)?;
    Ok(Some(connection))
}

/// Fails unless an onrecord database is there.
fn must_be_ours(path: &Path) -> Result<(), Error> {
    if !path.exists() {
        return Err(Error::usage(format!("there is no database {}", path.display()))
            .hint("make one with: onrecord ingest PATH")
            .hint("name another with --db FILE or $ONRECORD_DB"));
    }
    if look(path)? == Mark::Empty { Err(is_empty(path)) } else { Ok(()) }
}

/// Fails unless the schema is the one that this program writes.
fn must_be_current(connection: &Connection, path: &Path) -> Result<(), Error> {
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

/// Opens a database for writing: creates it where there is none and brings its schema up to date.
///
/// Two programs may do so at once. Fails, leaving the file as it is, if it is not an onrecord database,
/// or one of a newer program or of one that was never released.
pub(super) fn open_for_writing(path: &Path) -> Result<Connection, Error> {
    if path.exists() {
        look(path)?;
    }
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(|error| cannot_open(path, error))?;
    connection.busy_timeout(PATIENCE).map_err(sqlite("cannot set up the connection"))?;
    known_version(&connection, path)?;
    prepare_for_writing(&connection)
        .map_err(sqlite(format!("cannot set up the database {}", path.display())))?;
    migrate(&mut connection, path)?;
    // After the migrations, which may have to change what this protects.
    harden(&connection).map_err(sqlite("cannot set up the connection"))?;
    Ok(connection)
}

/// What the header of a file says.
#[derive(Debug, PartialEq, Eq)]
enum Mark {
    /// A file without content.
    Empty,
    /// One of our databases.
    Ours,
}

/// Looks at a file without locking, changing or accompanying it by another.
///
/// Goes through SQLite, since opening and closing the file on our own would, by the rules of POSIX, take
/// away the locks that SQLite holds on it in this process.
fn look(path: &Path) -> Result<Mark, Error> {
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
        // A program that was stopped while it moved its log into the file leaves one that is whole only
        // together with the log.
        Some(ErrorCode::DatabaseCorrupt) => {
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(read)
        }
        _ => Err(error),
    };
    match connect_immutable(path).and_then(read).or_else(read_with_log) {
        Ok((0, _)) => Ok(Mark::Empty),
        Ok((_, APPLICATION_ID)) => Ok(Mark::Ours),
        Ok(_) => Err(not_ours().because("it is a SQLite database of another program")),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Err(not_ours().because("it is not a SQLite database")),
            _ => Err(cannot_open(path, error)),
        },
    }
}

/// The schema version that a database states.
fn version(connection: &Connection, path: &Path) -> Result<i32, Error> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(sqlite(format!("cannot read the database {}", path.display())))
}

/// The schema version of a database that this program can use, or bring up to date: 0 where nothing is stored yet.
///
/// Its number alone does not tell. Before the first release another set of migrations was numbered from 1, so that
/// a file of it may state any number; so each migration that made the file must be the one that bears its number here.
fn known_version(connection: &Connection, path: &Path) -> Result<i32, Error> {
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

/// A database in memory as the migrations make it, without a row.
pub(super) fn made_anew() -> Result<Connection, Error> {
    let attempt = || sqlite("cannot make a database to compare with");
    let mut connection = Connection::open_in_memory().map_err(attempt())?;
    let made = embedded::migrations::runner().set_grouped(true).run(&mut connection);
    made.map_err(|error| Error::new("cannot make a database to compare with").because(error))?;
    Ok(connection)
}

/// Whether each migration that made a database is ours, as far as we have one of its number.
pub(super) fn made_by_our_migrations(connection: &Connection) -> rusqlite::Result<bool> {
    if !connection.table_exists(None::<&str>, "refinery_schema_history")? {
        return Ok(true);
    }
    let runner = embedded::migrations::runner();
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

fn never_released(path: &Path) -> Error {
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

fn cannot_open(path: &Path, cause: rusqlite::Error) -> Error {
    let error = sqlite(format!("cannot open the database {}", path.display()))(cause);
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            error.hint(format!("there is no folder {}", folder.display()))
        }
        _ => error,
    }
}

/// Opens for reading. A file in WAL mode needs a place for its index of the log; where none can be
/// made, as on a read-only medium, the file is opened as one that nobody changes.
fn connect_read_only(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| cannot_open(path, error))?;
    connection.busy_timeout(PATIENCE).map_err(sqlite("cannot set up the connection"))?;
    let first_read = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    match first_read {
        Ok(()) => Ok(connection),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::CannotOpen) && !has_log(path) => {
            connect_immutable(path).map_err(|error| cannot_open(path, error))
        }
        Err(error) => Err(cannot_open(path, error)),
    }
}

/// Whether a write-ahead log with content lies beside the file.
fn has_log(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    std::fs::metadata(name).is_ok_and(|log| log.len() > 0)
}

/// Opens for reading without any lock and without files beside it: what is in the main file only.
fn connect_immutable(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{}?immutable=1", percent_encoded(path)), flags)
}

/// A path as part of a URI: every byte but letters, digits and `/-_.` written as `%` and two digits.
fn percent_encoded(path: &Path) -> String {
    let mut encoded = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => {
                encoded.push(char::from(*byte));
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Settings of every connection: a misspelled column is an error and not a text, and a file from a
/// stranger can neither run functions from its schema nor be rewritten below the level of SQL.
fn harden(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Plans do not depend on values: statements that run by the thousand are not planned anew each time.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.execute_batch("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;")
}

/// Marks a new file as ours, and sets what the writer needs.
///
/// The mark is written before the file is switched to write-ahead logging, so that it stands in the
/// main file's header whatever happens later.
fn prepare_for_writing(connection: &Connection) -> rusqlite::Result<()> {
    let mark: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    if mark != APPLICATION_ID {
        connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA synchronous = NORMAL;
         PRAGMA foreign_keys = ON;
         PRAGMA journal_size_limit = 67108864;",
    )
}

/// Applies the migrations that the file lacks, all of them or none.
///
/// Refinery takes no lock before it looks for what is missing. Where another program migrates at
/// the same time, one of the two fails; it tries again and then finds the work done.
fn migrate(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        let before = version(connection, path)?;
        let runner = embedded::migrations::runner().set_grouped(true);
        let Err(error) = runner.run(connection) else {
            return Ok(());
        };
        let another_is_at_it = before != version(connection, path)? || is_busy(&error);
        if !another_is_at_it || Instant::now() > deadline {
            return Err(cannot_migrate(path, error));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether a migration failed because another connection holds the lock.
fn is_busy(error: &refinery::Error) -> bool {
    let refinery::error::Kind::Connection(_, cause) = error.kind() else {
        return false;
    };
    let code = cause.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn cannot_migrate(path: &Path, error: refinery::Error) -> Error {
    let failure = format!("cannot bring the schema of {} up to date", path.display());
    match error.kind() {
        refinery::error::Kind::MissingVersion(_) => Error::new(failure)
            .because("it was written by a newer onrecord")
            .hint("upgrade onrecord to use it"),
        refinery::error::Kind::DivergentVersion(..) => never_released(path),
        _ => Error::new(failure).because(error),
    }
}
