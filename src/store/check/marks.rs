//! The marks by which a file is recognized, against the migrations that it notes.

use std::path::Path;

use rusqlite::Connection;

use crate::store::check::finding::{CheckResult, Finding, Offenders};
use crate::store::connect::connect_immutable;
use crate::store::marks::{APPLICATION_ID, made_by_our_migrations, schema_version};

const CHECK: &str = "the marks of the file are those of the migrations that made it";

const NOTED: &str = "SELECT count(*), coalesce(max(version), 0) FROM refinery_schema_history";

/// What is wrong with the marks of a file that was opened.
pub(super) fn check(db: &Connection) -> Finding {
    let offenders = offenders(db).unwrap_or_else(|error| [error.to_string()].into_iter().collect());
    Finding { check: CHECK, result: offenders.result(remedy()) }
}

/// What is wrong with the marks of a file that is refused, if it is ours by the migrations that made it; none else.
pub(super) fn of_refused(path: &Path) -> Option<Finding> {
    let db = connect_immutable(path).ok()?;
    let noted: i32 =
        db.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0)).ok()?;
    let is_ours = noted == schema_version() && made_by_our_migrations(&db).ok()?;
    let finding = check(&db);
    (is_ours && finding.result != CheckResult::Holds).then_some(finding)
}

fn remedy() -> String {
    format!(
        "set them in the sqlite3 shell: PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {}; migrations that \
         are not noted cannot be brought back: make a new database by reading the articles again",
        schema_version()
    )
}

fn offenders(db: &Connection) -> rusqlite::Result<Offenders> {
    let mut offenders = Offenders::default();
    let (count, last): (i32, i32) = db.query_row(NOTED, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if (count, last) != (schema_version(), schema_version()) {
        offenders.add(format!(
            "{count} migrations are noted, the last of them number {last}, of {}",
            schema_version()
        ));
    }
    for (mark, right) in [("application_id", APPLICATION_ID), ("user_version", schema_version())] {
        let stated: i32 = db.pragma_query_value(None, mark, |row| row.get(0))?;
        if stated != right {
            offenders.add(format!("{mark} is {stated} and not {right}"));
        }
    }
    Ok(offenders)
}
