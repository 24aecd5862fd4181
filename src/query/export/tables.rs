//! The tables and views that can be taken elsewhere, whole: their rows in a fixed order, their columns as the database has them.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::failure::read_error;
use crate::query::output::{ColumnKind, Sink};

/// A table or view of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it is called.
    pub name: &'static str,
    /// All its rows. The order is that of a key, so that they need not be sorted first.
    sql: &'static str,
}

/// All of them: what the documentation promises.
pub const TABLES: [Table; 18] = [
    table("articles", "SELECT * FROM articles ORDER BY id"),
    table("entities", "SELECT * FROM entities ORDER BY id"),
    table("people", "SELECT * FROM people ORDER BY id"),
    table("organizations", "SELECT * FROM organizations ORDER BY id"),
    table("places", "SELECT * FROM places ORDER BY id"),
    table("aliases", "SELECT * FROM aliases ORDER BY entity_id, alias"),
    table("mentions", "SELECT * FROM mentions ORDER BY article_id, start, end, entity_id"),
    table("quotes", "SELECT * FROM quotes ORDER BY id"),
    table("quote_spans", "SELECT * FROM quote_spans ORDER BY quote_id, start"),
    table("quote_subjects", "SELECT * FROM quote_subjects ORDER BY quote_id, entity_id"),
    table("relationships", "SELECT * FROM relationships ORDER BY id"),
    table("predicates", "SELECT * FROM predicates ORDER BY name"),
    table("who_said_what", "SELECT * FROM who_said_what ORDER BY quote_id, about"),
    table("all_attributions", "SELECT * FROM all_attributions ORDER BY quote_id, about"),
    table(
        "who_is",
        "SELECT * FROM who_is ORDER BY entity_id, predicate, other_id, detail, status, first_seen, last_seen",
    ),
    table("saved_queries", "SELECT * FROM saved_queries ORDER BY name"),
    table("ingest_runs", "SELECT * FROM ingest_runs ORDER BY id"),
    table("ingest_errors", "SELECT * FROM ingest_errors ORDER BY id"),
];

const fn table(name: &'static str, sql: &'static str) -> Table {
    Table { name, sql }
}

/// The names and types of columns. Of what a view computes SQLite knows no type: it is text, but for the count in `who_is`.
const COLUMNS: &str = "
SELECT name, iif(type = '' AND name = 'articles', 'INTEGER', type) FROM pragma_table_info(:table) ORDER BY cid";

impl Table {
    /// The columns, and what is in them.
    pub fn columns(&self, db: &Connection) -> Result<Vec<(String, ColumnKind)>, Error> {
        let mut columns = Vec::new();
        statement::for_each_row(db, COLUMNS, named_params! { ":table": self.name }, |row| {
            let declared: String = row.get(1).map_err(read_error)?;
            let kind = match declared.as_str() {
                "INTEGER" => ColumnKind::Integer,
                "REAL" => ColumnKind::Real,
                _ => ColumnKind::Text,
            };
            columns.push((row.get(0).map_err(read_error)?, kind));
            Ok(true)
        })?;
        Ok(columns)
    }

    /// Writes all rows.
    pub fn write(&self, db: &Connection, sink: &mut dyn Sink) -> Result<(), Error> {
        let columns = self.columns(db)?;
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        sink.columns(&names)?;
        statement::for_each_row(db, self.sql, &[], |row| {
            sink.row(&statement::values(row, names.len())?)?;
            Ok(true)
        })?;
        sink.finish()
    }
}
