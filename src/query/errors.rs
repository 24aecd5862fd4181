//! What was rejected, as it is listed: the latest run first.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::output::{Cell, Sink};

/// The columns for programs.
pub const COLUMNS: [&str; 11] =
    ["id", "run", "kind", "path", "member", "record", "line", "byte", "reason", "start", "run_started_at"];

/// The columns for people.
const SHOWN: [&str; 4] = ["run", "kind", "where", "reason"];

const LIST: &str = "
SELECT e.id, e.run_id, e.kind, e.path, e.member, e.record, e.line, e.byte, e.reason, e.start, r.started_at
FROM ingest_errors AS e JOIN ingest_runs AS r ON r.id = e.run_id
WHERE (:kind IS NULL OR e.kind IS :kind) AND (:run IS NULL OR e.run_id = :run)
ORDER BY e.run_id DESC, e.id LIMIT :limit";

const COUNT: &str = "
SELECT kind, count(*) FROM ingest_errors
WHERE (:kind IS NULL OR kind IS :kind) AND (:run IS NULL OR run_id = :run) GROUP BY kind";

/// Which errors to list.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of this kind.
    pub kind: Option<String>,
    /// Met last in this run.
    pub run: Option<i64>,
    /// At most so many.
    pub limit: u64,
}

/// How many errors there are of each kind, whatever the limit; of none where they are older than kinds.
pub type Kinds = BTreeMap<Option<String>, u64>;

/// Lists what was rejected; gives how many there are of each kind.
pub fn list(
    db: &Connection,
    wanted: &Wanted,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Kinds, Error> {
    let is_for_programs = audience == Audience::Programs;
    sink.columns(if is_for_programs { &COLUMNS } else { &SHOWN })?;
    let limit = i64::try_from(wanted.limit).unwrap_or(i64::MAX);
    let mut list = db.prepare(LIST).map_err(read_error)?;
    let mut rows = list
        .query(named_params! { ":kind": wanted.kind, ":run": wanted.run, ":limit": limit })
        .map_err(read_error)?;
    while let Some(row) = rows.next().map_err(read_error)? {
        let text = |at: usize| row.get::<_, Option<String>>(at).map_err(read_error);
        let number = |at: usize| row.get::<_, Option<i64>>(at).map_err(read_error);
        let text_cell = |at| text(at).map(|text| text.map_or(Cell::Null, Cell::Text));
        let number_cell = |at| number(at).map(|number| number.map_or(Cell::Null, Cell::Integer));
        if is_for_programs {
            sink.row(&[
                number_cell(0)?,
                number_cell(1)?,
                text_cell(2)?,
                text_cell(3)?,
                text_cell(4)?,
                number_cell(5)?,
                number_cell(6)?,
                number_cell(7)?,
                text_cell(8)?,
                text_cell(9)?,
                text_cell(10)?,
            ])?;
            continue;
        }
        let member = text(4)?.map(|member| format!("!{member}")).unwrap_or_default();
        let line = number(6)?.map(|line| format!(":{line}")).unwrap_or_default();
        let place = format!("{}{member}{line}", text(3)?.unwrap_or_default());
        sink.row(&[number_cell(1)?, text_cell(2)?, Cell::Text(place), text_cell(8)?])?;
    }
    sink.finish()?;
    count(db, wanted)
}

fn count(db: &Connection, wanted: &Wanted) -> Result<Kinds, Error> {
    let mut count = db.prepare(COUNT).map_err(read_error)?;
    let rows = count.query_map(named_params! { ":kind": wanted.kind, ":run": wanted.run }, |row| {
        Ok((row.get(0)?, row.get(1)?))
    });
    rows.and_then(Iterator::collect).map_err(read_error)
}
