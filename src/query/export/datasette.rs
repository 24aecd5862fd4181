//! Metadata for [Datasette](https://datasette.io): what tables and columns hold, in the words of the schema, and the shipped
//! queries, each with a form for its parameters.

use std::io::Write;

use rusqlite::Connection;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::json;
use crate::query::answer::statement;
use crate::query::export::tables::TABLES;
use crate::query::failure::read_error;
use crate::query::shipped;

/// The tables and views with the statements that made them. Of a full-text index Datasette knows by itself.
const SCHEMA: &str = "
SELECT name, type, sql FROM sqlite_schema
WHERE type IN ('table', 'view') AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\'
ORDER BY name";

/// Writes the metadata of a database that Datasette knows by `name`: its file's name without the ending.
pub fn datasette(db: &Connection, name: &str, out: &mut dyn Write) -> Result<(), Error> {
    let mut tables = Map::new();
    statement::for_each_row(db, SCHEMA, &[], |row| {
        let table: String = row.get(0).map_err(read_error)?;
        let kind: String = row.get(1).map_err(read_error)?;
        let sql: String = row.get(2).map_err(read_error)?;
        let described = described(&table, kind == "table", &sql);
        tables.insert(table, described);
        Ok(true)
    })?;
    let queries: Map<String, Value> =
        shipped::SHIPPED.iter().map(|(name, sql)| ((*name).to_owned(), query(name, sql))).collect();
    let metadata = json!({
        "title": "onrecord",
        "description": "Who said what about whom: quotes and relationships found in news articles.",
        "databases": { name: { "tables": tables, "queries": queries } },
    });
    json::to_writer_pretty(out, &metadata)
        .map_err(std::io::Error::from)
        .and_then(|()| out.write_all(b"\n"))
        .and_then(|()| out.flush())
        .map_err(Error::output)
}

/// What is said of a table or view. What only the program needs is hidden, which Datasette lists on demand.
fn described(name: &str, is_table: bool, sql: &str) -> Value {
    let mut said = Map::new();
    let description = description(sql);
    if !description.is_empty() {
        said.insert("description".to_owned(), description.into());
    }
    if is_table {
        said.insert("columns".to_owned(), columns(sql).into());
    }
    if !TABLES.iter().any(|table| table.name == name) {
        said.insert("hidden".to_owned(), true.into());
    }
    if name == "entities" {
        // Where another table refers to an entity, its name is shown and not just its id.
        said.insert("label_column".to_owned(), "name".into());
    }
    if ["people", "organizations", "places"].contains(&name) {
        said.insert("sort_desc".to_owned(), "mention_count".into());
    }
    said.into()
}

/// The comment behind the first line of a statement.
fn description(sql: &str) -> String {
    let lines = sql.lines().skip(1).map_while(|line| line.trim_start().strip_prefix("--"));
    lines.map(str::trim).collect::<Vec<_>>().join(" ")
}

/// The comments behind columns, each of which begins a line; a definition may go on in the next lines.
fn columns(sql: &str) -> Map<String, Value> {
    let mut columns = Map::new();
    let mut current = None;
    for line in sql.lines().skip(1).filter(|line| !line.trim_start().starts_with("--")) {
        let first = line.split_whitespace().next().unwrap_or_default();
        if !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            current = Some(first);
        }
        if let (Some(column), Some((_, comment))) = (current, line.split_once("-- ")) {
            columns.entry(column).or_insert_with(|| comment.trim().into());
        }
    }
    columns
}

/// A shipped query. Without the comments before it and the semicolon: Datasette asks for a bare SELECT.
fn query(name: &str, sql: &str) -> Value {
    let parameters: Vec<&str> = shipped::parameters(sql).into_iter().map(|(name, ..)| name).collect();
    let bare: Vec<&str> = sql.lines().skip_while(|line| line.starts_with("--")).collect();
    let mut description = shipped::description(sql).to_owned();
    if shipped::parameters(sql).iter().any(|(_, kind, _)| *kind == "name") {
        description.push_str(" (names without accents and titles)");
    }
    json!({
        "title": name.replace('_', " "),
        "description": description,
        "params": parameters,
        "sql": bare.join("\n").trim_end().trim_end_matches(';'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_of_a_statement_are_told_apart() {
        let sql = "CREATE TABLE ships (
    -- One row per ship.
    -- Boats too.
    id   INTEGER PRIMARY KEY, -- its number
    kind TEXT CHECK (kind IN ('ferry',
             'tug')),         -- what it is
    ,
    port TEXT                 -- where it lies -- or lay
    CHECK (id > 0)
) STRICT";
        assert_eq!(description(sql), "One row per ship. Boats too.");
        let found = columns(sql);
        let found: Vec<_> =
            found.iter().map(|(name, said)| (name.as_str(), said.as_str().unwrap_or_default())).collect();
        assert_eq!(
            found,
            [("id", "its number"), ("kind", "what it is"), ("port", "where it lies -- or lay")]
        );
    }
}
