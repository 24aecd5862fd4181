//! The table `read_files`: which files were taken whole, and what they were like then.

use rusqlite::{Connection, named_params};

const KEEP: &str = "
INSERT INTO read_files (path, size, modified, reading, run_id) VALUES (:path, :size, :modified, :reading, :run)
ON CONFLICT (path) DO UPDATE SET size = :size, modified = :modified, reading = :reading, run_id = :run";

const FORGET: &str = "DELETE FROM read_files WHERE path = :path";

const IS_SAME: &str = "
SELECT EXISTS (SELECT 1 FROM read_files
    WHERE path = :path AND size = :size AND modified = :modified AND reading = :reading)";

/// A file as it was when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadFile {
    /// Its path, absolute.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was changed last, in nanoseconds since 1970.
    pub modified: i64,
    /// A hash of how it was read.
    pub reading: String,
}

/// Notes that a run took a file whole.
pub(crate) fn keep(connection: &Connection, file: &ReadFile, run: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(KEEP)?.execute(named_params! {
        ":path": file.path,
        ":size": file.size,
        ":modified": file.modified,
        ":reading": file.reading,
        ":run": run,
    })?;
    Ok(())
}

/// Forgets a file that a run did not take whole.
pub(crate) fn forget(connection: &Connection, file: &ReadFile) -> rusqlite::Result<()> {
    connection.prepare_cached(FORGET)?.execute(named_params! { ":path": file.path })?;
    Ok(())
}

/// Whether a run took the file whole, read alike, and it has not changed since.
pub(crate) fn is_same(connection: &Connection, file: &ReadFile) -> rusqlite::Result<bool> {
    let values = named_params! {
        ":path": file.path,
        ":size": file.size,
        ":modified": file.modified,
        ":reading": file.reading,
    };
    connection.prepare_cached(IS_SAME)?.query_row(values, |row| row.get(0))
}
