//! Which rows break a constraint of their table.
//!
//! SQLite's own check names the table at most, and no CHECK at all where the file is read-only. So each row is written into a
//! table that was just made, by itself, and what SQLite says against it is noted. That takes a few microseconds a row.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::store::check::finding::Offenders;

/// What would be in the way of rows that come one by one.
const OTHERS: &str =
    "SELECT type, name FROM sqlite_schema WHERE type IN ('trigger', 'index') AND sql IS NOT NULL";

const TABLES: &str = "
SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type = 'table' AND strict ORDER BY name";

const COLUMNS: &str = "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid";

/// The rows of `db` that the tables of `made` do not take; `made` is empty, and of no other use afterwards.
pub(super) fn offenders(db: &Connection, made: &Connection) -> rusqlite::Result<Offenders> {
    made.execute_batch("PRAGMA foreign_keys = OFF")?;
    let pairs = |sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
        made.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    for (kind, name) in pairs(OTHERS)? {
        made.execute_batch(&format!("DROP {kind} {}", quoted(&name)))?;
    }
    let tables: Vec<String> =
        made.prepare(TABLES)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut offenders = Offenders::default();
    for table in tables {
        if let Err(error) = try_rows(db, made, &table, &mut offenders) {
            offenders.add(format!("{table}: {error}"));
        }
    }
    Ok(offenders)
}

fn try_rows(
    db: &Connection,
    made: &Connection,
    table: &str,
    offenders: &mut Offenders,
) -> rusqlite::Result<()> {
    let mut find = made.prepare(COLUMNS)?;
    let columns: Vec<(String, bool)> = find
        .query_map([table], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? > 0)))?
        .collect::<Result<_, _>>()?;
    let names: Vec<String> = columns.iter().map(|(name, _)| quoted(name)).collect();
    let (table_name, list) = (quoted(table), names.join(", "));
    let marks = vec!["?"; names.len()].join(", ");
    let mut put = made.prepare(&format!("INSERT INTO {table_name} ({list}) VALUES ({marks})"))?;
    let mut clear = made.prepare(&format!("DELETE FROM {table_name}"))?;
    let mut read = db.prepare(&format!("SELECT {list} FROM {table_name} NOT INDEXED"))?;
    let mut rows = read.query([])?;
    while let Some(row) = rows.next()? {
        let values: rusqlite::Result<Vec<Value>> = (0..columns.len()).map(|column| row.get(column)).collect();
        let put = values
            .as_ref()
            .map_err(ToString::to_string)
            .and_then(|values| put.execute(params_from_iter(values)).map_err(|error| in_short(&error)));
        match put {
            Ok(_) => {
                clear.execute([])?;
            }
            Err(reason) => {
                let key = |((name, is_key), value): (&(String, bool), &Value)| {
                    is_key.then(|| format!("{name} {}", shown(value)))
                };
                let keys: Vec<String> = columns.iter().zip(values.iter().flatten()).filter_map(key).collect();
                offenders.add(format!("{table} {}: {reason}", keys.join(", ")));
            }
        }
    }
    Ok(())
}

/// SQLite's words alone.
fn in_short(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Integer(number) => number.to_string(),
        Value::Text(text) => text.chars().take(40).collect(),
        _ => "?".to_owned(),
    }
}

/// A name as SQL writes it. The names are those of our own migrations.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
