//! Connections to a database file: their settings, and how to come to the content where nothing may be written.
//!
//! Knows the files that SQLite keeps beside a database. What is in it, and whose it is, is for `marks`.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;
use crate::store::failure::sqlite;

/// What the names of the write-ahead log, of its index and of a rollback journal end in.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// A file that SQLite may keep beside a database.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// The database file, and those that SQLite may keep beside it, which it names after the file that a link leads to.
pub fn files_of(path: &Path) -> impl Iterator<Item = PathBuf> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let beside: Vec<PathBuf> = BESIDE.iter().map(|ending| beside(&path, ending)).collect();
    std::iter::once(path).chain(beside)
}

/// Whether nothing lies beside a database: nobody has it open, and nobody was stopped while he wrote.
pub(super) fn is_alone(path: &Path) -> bool {
    BESIDE.iter().all(|ending| !beside(path, ending).exists())
}

/// The log or journal with content that lies beside a database, if there is one.
pub(super) fn unfinished(path: &Path) -> Option<PathBuf> {
    let mut logs = ["-wal", "-journal"].iter().map(|ending| beside(path, ending));
    logs.find(|log| std::fs::metadata(log).is_ok_and(|log| log.len() > 0))
}

/// A path as one that SQLite takes for nothing else: it is built to read `file:x.db` as an URI, and `:memory:` and the
/// empty name as no file at all.
pub(super) fn plain(path: &Path) -> PathBuf {
    if path.is_absolute() { path.to_owned() } else { Path::new(".").join(path) }
}

/// Reads for the first time, which opens what lies beside the file and finishes it.
pub(super) fn read(connection: &Connection) -> rusqlite::Result<()> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// Opens for reading without any lock and without files beside it: what is in the main file only.
pub(super) fn connect_immutable(path: &Path) -> rusqlite::Result<Connection> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{}?immutable=1", percent_encoded(&plain(path))), flags)
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
pub(super) fn harden(connection: &Connection) -> Result<(), Error> {
    let set = || -> rusqlite::Result<()> {
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        // Plans do not depend on values: statements that run by the thousand are not planned anew each time.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        connection.set_prepared_statement_cache_capacity(128);
        connection.execute_batch("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;")
    };
    set().map_err(sqlite("cannot set up the connection"))
}

/// Why a file cannot be opened, and what to do where a stopped program left work that only a writer can finish.
pub(super) fn cannot_open(path: &Path, cause: rusqlite::Error) -> Error {
    let code = cause.sqlite_error_code();
    let error = sqlite(format!("cannot open the database {}", path.display()))(cause);
    match (path.parent(), unfinished(path)) {
        (Some(folder), _) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            error.hint(format!("there is no folder {}", folder.display()))
        }
        (_, Some(log)) if matches!(code, Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)) => {
            error.hint(format!(
                "a program was stopped while it wrote, and its work is in {}: copy both files into a folder \
                 that you may write to, and ask the copy",
                log.display()
            ))
        }
        _ => error,
    }
}
