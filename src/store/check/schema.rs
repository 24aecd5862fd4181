//! The tables, indexes, views and triggers of a file against those that the migrations make.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::store::check::finding::{CheckResult, NAMED, Offenders};

/// What SQLite makes by itself bears names of its own; and what FTS5 and refinery make, they may write in other words.
const OBJECTS: &str = "
SELECT type, name, tbl_name,
    iif(name = 'refinery_schema_history' OR name LIKE '%\\_fts\\_%' ESCAPE '\\' AND type = 'table', '', sql)
FROM sqlite_schema
WHERE substr(name, 1, 7) <> 'sqlite_'";

/// Kind and name → the table that it is of, and the statement that made it.
type SchemaObjects = BTreeMap<(String, String), (String, Option<String>)>;

/// Compares a file with a database that was just made.
pub(super) fn check(db: &Connection, made: &Connection) -> rusqlite::Result<CheckResult> {
    let (found, expected) = (objects(db)?, objects(made)?);
    let mut offenders = Offenders::default();
    let mut to_do = Vec::new();
    for ((kind, name), (_, sql)) in &expected {
        let wrong = match found.get(&(kind.clone(), name.clone())) {
            None => "is missing",
            Some((_, other)) if other != sql => "is not as onrecord made it",
            Some(_) => continue,
        };
        offenders.add(format!("{kind} {name} {wrong}"));
        if kind == "table" {
            to_do.push("make a new database by reading the articles again".to_owned());
        } else {
            to_do.push(format!(
                "bring back {name}, with NEW.db made by onrecord: sqlite3 FILE 'DROP {kind} IF EXISTS {name}'; \
                 sqlite3 NEW.db \"SELECT sql FROM sqlite_schema WHERE name = '{name}'\" | sqlite3 FILE",
                kind = kind.to_uppercase()
            ));
        }
    }
    for ((kind, name), (table, _)) in found {
        if expected.contains_key(&(kind.clone(), name.clone())) {
            continue;
        }
        let of = if table == name { String::new() } else { format!(" of {table}") };
        offenders.add(format!("{kind} {name}{of} is not onrecord's"));
        let quoted = name.replace('"', "\"\"");
        to_do.push(format!("take it away in the sqlite3 shell: DROP {} \"{quoted}\"", kind.to_uppercase()));
    }
    to_do.dedup();
    to_do.truncate(NAMED);
    Ok(offenders.result(to_do.join("; ")))
}

fn objects(db: &Connection) -> rusqlite::Result<SchemaObjects> {
    let mut find = db.prepare(OBJECTS)?;
    let objects = find.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?))))?;
    objects.collect()
}
