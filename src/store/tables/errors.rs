//! The table `ingest_errors`: what could not be taken in, where it stands, and why.

use rusqlite::{Connection, named_params};

/// What an earlier run rejected for the same reason is met again, not one more; where it stood then is given apart, since before
/// version 12 a member stood in the path.
const MEET_AGAIN: &str = "
UPDATE ingest_errors SET run_id = :run, path = :path, member = :member, record = :record, byte = :byte, kind = :kind,
    start = :start
WHERE id = (
    SELECT id FROM ingest_errors
    WHERE path = :old_path AND member IS :old_member AND line IS :line AND reason = :reason AND run_id < :run
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
    WHERE kind = 'more' AND path = :old_path AND member IS :old_member
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
    /// Where it may stand among what is kept: as it is, and as before version 12 with the member behind the path.
    fn kept_at(&self) -> Vec<(String, Option<&str>)> {
        let now = (self.path.to_owned(), self.member);
        let before = self.member.map(|member| (format!("{}!{member}", self.path), None));
        [Some(now), before].into_iter().flatten().collect()
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
    for (path, member) in rejected.at.kept_at() {
        let again = [row, named_params! { ":old_path": path, ":old_member": member }].concat();
        if connection.prepare_cached(MEET_AGAIN)?.execute(again.as_slice())? > 0 {
            return Ok(());
        }
    }
    connection.prepare_cached(INSERT)?.execute(row)?;
    Ok(())
}

/// Keeps, in one row of a file, how many of its documents have none.
pub(crate) fn record_more(
    connection: &Connection,
    run: i64,
    at: RejectedAt<'_>,
    reason: &str,
) -> rusqlite::Result<()> {
    for (old_path, old_member) in at.kept_at() {
        let updated = connection.prepare_cached(UPDATE_MORE)?.execute(named_params! {
            ":run": run,
            ":path": at.path,
            ":member": at.member,
            ":old_path": old_path,
            ":old_member": old_member,
            ":reason": reason,
        })?;
        if updated > 0 {
            return Ok(());
        }
    }
    let kind = "more";
    record(connection, run, &Rejected { at, record: None, line: None, byte: None, kind, reason, start: None })
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
