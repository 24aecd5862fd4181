//! How much a person's SQL may take: of time, memory, and the sizes of what it makes.
//!
//! A value may be as long as the longest article that can be stored, so that all of it can be used inside SQL; what
//! is handed on in one row is less, since every format makes copies of it.

use std::time::Duration;

use rusqlite::Connection;
use rusqlite::limits::Limit;

use crate::error::Error;

/// How long a query may take unless the person says otherwise.
pub const USUAL_PATIENCE: Duration = Duration::from_secs(60);

/// How many megabytes SQLite may use in the process unless the person says otherwise.
pub const USUAL_MEMORY: u32 = 256;

/// How long a value inside a query may be, in megabytes: more than the longest document that is read.
pub(super) const VALUE_MEGABYTES: i32 = 65;

/// How much one row of an answer may hold, in megabytes.
pub(super) const ROW_MEGABYTES: usize = 8;

/// How long the SQL itself may be, in megabytes.
pub(super) const SQL_MEGABYTES: usize = 1;

/// How many columns an answer may have: no shipped table has a tenth of it.
const COLUMNS: i32 = 500;

/// What the thread of a statement needs: expressions and subqueries nest a thousand deep.
pub(super) const STACK: usize = 16 << 20;

/// Sets the limits of a connection.
pub(super) fn set(db: &Connection) -> rusqlite::Result<()> {
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, VALUE_MEGABYTES << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_COLUMN, COLUMNS),
        (Limit::SQLITE_LIMIT_VDBE_OP, 100_000),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        db.set_limit(limit, most)?;
    }
    Ok(())
}

/// Limits the memory that SQLite uses, in megabytes, for all connections of this process and for good.
///
/// SQLite knows no limit for one connection. A program that does more than to run one query decides for itself
/// whether it wants this.
pub fn limit_memory(db: &Connection, megabytes: u32) -> Result<(), Error> {
    let bytes = i64::from(megabytes) << 20;
    db.pragma_update_and_check(None, "hard_heap_limit", bytes, |_| Ok(()))
        .map_err(|cause| Error::new("cannot limit the memory").because(cause))
}
