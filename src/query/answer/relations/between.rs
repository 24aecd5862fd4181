//! How two are related beyond what is stated of them directly: whom they have in common, and what each said of the other.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::relations::sql::{
    FORWARD, GROUPED, GROUPS, OF_PAGE, SHARED, SHARED_END, SHOWN, SPOKE_ABOUT, WHOM_THEY_SHARE,
    WHOM_THEY_SHARE_COUNTED,
};
use crate::query::answer::relations::{AROUND, Side, Sought, counted, write_rows};
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::Sink;
use crate::query::question::Question;

/// How many shared entities are shown.
const MOST_SHARED: i64 = 5;

/// How many rows are shown of what they share.
const MOST_TIES: i64 = 12;

/// The statements that tie one of `:subjects` to one of `:objects`, either way round.
const TIES: [&str; 2] = [
    "relationships.subject_id IN (SELECT value FROM json_each(:subjects))
        AND relationships.object_id IN (SELECT value FROM json_each(:objects))",
    "relationships.object_id IN (SELECT value FROM json_each(:subjects))
        AND relationships.subject_id IN (SELECT value FROM json_each(:objects))",
];

/// Writes the rows behind the direct ones, of which so many were shown.
pub(super) fn write(
    db: &Connection,
    sought: &Sought,
    shown: u64,
    audience: Audience,
    sink: &mut dyn Sink,
    notes: &mut Notes,
) -> Result<(), Error> {
    let Some((one, other)) = &sought.pair else { return Ok(()) };
    let both = joined(one, other)?;
    let is_counted = !sought.counted.is_empty();
    let shared = whom_they_share(db, one, &both, is_counted)?;
    let ties = if shared == "[]" { 0 } else { through(db, &both, &shared, is_counted, audience, sink)? };
    let said = said(db, one, other, audience, sink)?;
    notes.add(format!(
        "{} stated of the two directly; {} through whom both are tied to; {} on what one said about the other",
        rows(shown),
        rows(ties),
        rows(said)
    ));
    Ok(())
}

fn rows(count: u64) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// Two JSON arrays of ids as one.
fn joined(one: &str, other: &str) -> Result<String, Error> {
    let failed = |cause| Error::new("cannot list ids for SQL").because(cause);
    let ids = |json: &str| serde_json::from_str::<Vec<i64>>(json).map_err(failed);
    serde_json::to_string(&[ids(one)?, ids(other)?].concat()).map_err(failed)
}

/// Whom statements tie to both, as a JSON array of ids.
fn whom_they_share(db: &Connection, one: &str, both: &str, is_counted: bool) -> Result<String, Error> {
    let sql = if is_counted { WHOM_THEY_SHARE_COUNTED } else { WHOM_THEY_SHARE };
    let mut statement = db.prepare_cached(sql).map_err(read_error)?;
    let parameters = named_params! { ":one": one, ":both": both, ":most": MOST_SHARED };
    let ids = statement.query_map(parameters, |row| row.get::<_, i64>(0)).map_err(read_error)?;
    let ids: Vec<i64> = ids.collect::<rusqlite::Result<_>>().map_err(read_error)?;
    serde_json::to_string(&ids).map_err(|cause| Error::new("cannot list ids for SQL").because(cause))
}

/// Writes what ties each of the two to whom they share.
fn through(
    db: &Connection,
    both: &str,
    shared: &str,
    is_counted: bool,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<u64, Error> {
    let statuses = "relationships.status IN ('asserted', 'reported', 'ended')";
    let stated = TIES.map(|ties| format!("{FORWARD} FROM relationships WHERE {statuses} AND {ties}"));
    let all = if is_counted {
        counted::sql(&counted::statements(
            &Question::default(),
            &Side::Ids(both.to_owned()),
            &Side::Ids(shared.to_owned()),
            None,
            true,
        )?)
    } else {
        format!("WITH stated AS ({}) {GROUPED}{GROUPS}", stated.join("\nUNION\n"))
    };
    let sql = format!("{SHOWN} FROM ({SHARED}{all}{SHARED_END}) AS page {OF_PAGE}");
    let parameters: [(&str, &dyn rusqlite::ToSql); 4] =
        [(":subjects", &both), (":objects", &shared), (":most", &MOST_TIES), (":around", &AROUND)];
    write_rows(db, &sql, &parameters, audience, sink)
}

/// Writes how often each spoke about the other, with the latest quote.
fn said(
    db: &Connection,
    one: &str,
    other: &str,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<u64, Error> {
    let page = format!(
        "SELECT *, row_number() OVER (ORDER BY articles DESC, entity_id) AS place FROM ({SPOKE_ABOUT})"
    );
    let sql = format!("{SHOWN} FROM ({page}) AS page {OF_PAGE}");
    let parameters: [(&str, &dyn rusqlite::ToSql); 3] =
        [(":subjects", &one), (":objects", &other), (":around", &AROUND)];
    write_rows(db, &sql, &parameters, audience, sink)
}
