//! The table `ingest_errors`: what could not be taken in, where it stands, and why.

use rusqlite::{Connection, named_params};

/// What an earlier run rejected for the same reason is met again, not one more. Before version 12 a member stood in the path.
const MEET_AGAIN: &str = "
UPDATE ingest_errors SET run_id = :run, path = :path, member = :member, record = :record, byte = :byte, kind = :kind,
    start = :start
WHERE id = (
    SELECT id FROM ingest_errors
    WHERE path IN (:path, :source) AND line IS :line AND reason = :reason AND run_id < :run
        AND (path = :path AND member IS :member OR path = :source AND member IS NULL)
    ORDER BY id LIMIT 1
)";

const INSERT: &str = "
INSERT INTO ingest_errors (run_id, path, member, record, line, byte, kind, reason, start)
VALUES (:run, :path, :member, :record, :line, :byte, :kind, :reason, :start)";

/// The one row of a file that counts those without a row; its reason is made in `record_more`.
const UPDATE_MORE: &str = "
UPDATE ingest_errors SET run_id = :run, path = :path, member = :member, reason = :reason
WHERE id = (
    SELECT id FROM ingest_errors
    WHERE kind = 'more' AND (path = :path AND member IS :member OR path = :source AND member IS NULL)
    ORDER BY id LIMIT 1
)";

const PLACES: &str = "SELECT id, path, member FROM ingest_errors ORDER BY id";

const FORGET: &str = "DELETE FROM ingest_errors WHERE id = :id AND run_id < :run";

/// Where a rejected document lies.
#[derive(Clone, Copy, Debug)]
pub struct RejectedAt<'a> {
    /// The file.
    pub path: &'a str,
    /// The member, where the file is an archive.
    pub member: Option<&'a str>,
}

impl RejectedAt<'_> {
    /// Both in one, as the source of an article is written.
    fn source(&self) -> String {
        match self.member {
            Some(member) => format!("{}!{member}", self.path),
            None => self.path.to_owned(),
        }
    }
}

/// A document that cannot be taken in.
#[derive(Clone, Copy, Debug)]
pub struct Rejected<'a> {
    /// Where it lies.
    pub at: RejectedAt<'a>,
    /// Which document of that it is, counted from 1; none where all of it is meant.
    pub record: Option<u64>,
    /// Its line, counted from 1.
    pub line: Option<u64>,
    /// The byte of the document at which it is wrong, counted from 1.
    pub byte: Option<u64>,
    /// Of what kind the reason is, in a word.
    pub kind: &'a str,
    /// Why, in words.
    pub reason: &'a str,
    /// How it begins.
    pub start: Option<&'a str>,
}

/// An error that is kept, by its id, with the path and the member that stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptError {
    /// Its id.
    pub id: i64,
    /// The file; before version 12 with the member behind a `!`.
    pub path: String,
    /// The member, where the file is an archive.
    pub member: Option<String>,
}

pub(crate) fn record(connection: &Connection, run: i64, rejected: &Rejected<'_>) -> rusqlite::Result<()> {
    let source = rejected.at.source();
    let row = named_params! {
        ":run": run,
        ":path": rejected.at.path,
        ":member": rejected.at.member,
        ":record": rejected.record,
        ":line": rejected.line,
        ":byte": rejected.byte,
        ":kind": rejected.kind,
        ":reason": rejected.reason,
        ":start": rejected.start,
    };
    let again = [row, &[(":source", &source)]].concat();
    if connection.prepare_cached(MEET_AGAIN)?.execute(again.as_slice())? == 0 {
        connection.prepare_cached(INSERT)?.execute(row)?;
    }
    Ok(())
}

/// Keeps, in one row of a file, how many of its documents have none.
pub(crate) fn record_more(
    connection: &Connection,
    run: i64,
    at: RejectedAt<'_>,
    reason: &str,
) -> rusqlite::Result<()> {
    let updated = connection.prepare_cached(UPDATE_MORE)?.execute(named_params! {
        ":run": run,
        ":path": at.path,
        ":member": at.member,
        ":source": at.source(),
        ":reason": reason,
    })?;
    if updated == 0 {
        let kind = "more";
        let row = Rejected { at, record: None, line: None, byte: None, kind, reason, start: None };
        record(connection, run, &row)?;
    }
    Ok(())
}

/// All that are kept, in the order in which they were first met.
pub(crate) fn places(connection: &Connection) -> rusqlite::Result<Vec<KeptError>> {
    let mut places = connection.prepare(PLACES)?;
    let rows = places
        .query_map([], |row| Ok(KeptError { id: row.get(0)?, path: row.get(1)?, member: row.get(2)? }))?;
    rows.collect()
}

/// Takes away those of these errors that the run has not met again; gives their number.
pub(crate) fn forget_solved(connection: &Connection, run: i64, ids: &[i64]) -> rusqlite::Result<usize> {
    let mut forget = connection.prepare_cached(FORGET)?;
    ids.iter().map(|id| forget.execute(named_params! { ":id": id, ":run": run })).sum()
}
