//! [`Reader`]: a database that is open for reading, which leaves no file behind and finishes what a stopped program left.
//!
//! Knows the ways to the content, from a file that others write to one on a read-only medium. Writes no row.

use std::ops::{Deref, DerefMut};
use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::Error;
use crate::store::connect::{cannot_open, connect_immutable, harden, is_alone, plain, read, unfinished};
use crate::store::failure::is_busy;
use crate::store::marks::{must_be_current, must_be_ours};
use crate::store::patience::Patience;

/// A database that is open for reading.
#[derive(Debug)]
pub struct Reader {
    // Fields are dropped in this order.
    connection: Connection,
    /// Opened first and closed last, and never asked anything. A connection that may only read can neither take
    /// back what a stopped program left half done, nor remove the log and its index that reading makes beside the
    /// file: this one does both. None where nothing may be written.
    _keeper: Option<Connection>,
}

impl Deref for Reader {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        &self.connection
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }
}

/// Opens an existing database for reading; never creates a database, and changes no row.
///
/// What a stopped program left beside the file is brought to its end first: a log is moved into the file, a change
/// that was half done is taken back. Fails if there is no such file, if it is not an onrecord database, or if its schema
/// is older or newer than this program's, or was never released. A database on a read-only medium opens too, unless
/// such work is left on it.
pub fn open_read_only(path: &Path) -> Result<Reader, Error> {
    must_be_ours(path)?;
    let keeper = connect_writable(path)?;
    let connection = match keeper {
        None if is_alone(path) => connect_immutable(path).map_err(|error| cannot_open(path, error))?,
        _ => connect_read_only(path)?,
    };
    let reader = Reader { connection, _keeper: keeper };
    set_up(&reader, path)?;
    Ok(reader)
}

/// Opens for reading beside a connection of this process that may write and is closed later: no other keeper is needed.
pub(super) fn open_beside_writer(path: &Path) -> Result<Connection, Error> {
    let connection = connect_read_only(path)?;
    set_up(&connection, path)?;
    Ok(connection)
}

/// Opens an existing database so that it could be written, for checks that SQLite allows to writers
/// only; nothing is written as long as the caller does not. None if the file may not be written to.
pub(super) fn open_writable(path: &Path) -> Result<Option<Connection>, Error> {
    must_be_ours(path)?;
    let connection = connect_writable(path)?;
    connection.iter().try_for_each(|connection| set_up(connection, path))?;
    Ok(connection)
}

fn set_up(connection: &Connection, path: &Path) -> Result<(), Error> {
    harden(connection)?;
    must_be_current(connection, path)
}

/// Connects so that the file could be written; None where it, or its folder, may not be written to.
fn connect_writable(path: &Path) -> Result<Option<Connection>, Error> {
    let open = || -> rusqlite::Result<Option<Connection>> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(plain(path), flags)?;
        // SQLite opens for reading what may not be written.
        if connection.is_readonly("main")? {
            return Ok(None);
        }
        Patience::default().rule(&mut connection)?;
        read(&connection).map(|()| Some(connection))
    };
    match open() {
        Err(error) if is_busy(&error) => Err(cannot_open(path, error)),
        // Whatever else is the matter, the connection that reads says it, or does without.
        Err(_) => Ok(None),
        opened => opened.map_err(|error| cannot_open(path, error)),
    }
}

/// Connects for reading. A file with a write-ahead log needs a place for its index; where none can be made, as in a
/// folder that may not be written to, the file is opened as one that nobody changes, unless the log has content.
fn connect_read_only(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = || {
        let mut connection = Connection::open_with_flags(plain(path), flags)?;
        Patience::default().rule(&mut connection)?;
        read(&connection).map(|()| connection)
    };
    let opened = open().or_else(|error| match error.sqlite_error_code() {
        Some(
            ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::SystemIoFailure | ErrorCode::DiskFull,
        ) if unfinished(path).is_none() => connect_immutable(path),
        _ => Err(error),
    });
    opened.map_err(|error| cannot_open(path, error))
}
