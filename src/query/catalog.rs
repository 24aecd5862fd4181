//! What a prompt for SQL knows of the database: its tables and columns, the statements that made them, and names to be completed.
//!
//! Reads the schema and the names of entities; runs nothing that a person wrote.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::failure::read_error;
use crate::query::output::Sink;

/// Tables and views that people read, the views first; no tables behind an index and none of SQLite itself.
const TABLES: &str = "
SELECT name, type FROM pragma_table_list
WHERE schema = 'main' AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND name <> 'refinery_schema_history'
ORDER BY type <> 'view', name";

const COLUMNS: &str = "
SELECT DISTINCT columns.name FROM pragma_table_list AS tables JOIN pragma_table_info(tables.name) AS columns
WHERE tables.schema = 'main' AND tables.type IN ('table', 'view', 'virtual') ORDER BY 1";

const SCHEMA: &str = "
SELECT sql FROM sqlite_schema
WHERE sql IS NOT NULL AND (:table IS NULL OR tbl_name = :table COLLATE NOCASE)
ORDER BY type <> 'table', type <> 'view', name";

/// The entities whose name, or one of whose names, begins so.
const NAMES: &str = "
SELECT name FROM (
    SELECT name, mention_count FROM entities WHERE name_key >= :from AND name_key < :to
    UNION SELECT entities.name, mention_count FROM aliases JOIN entities ON id = entity_id
        WHERE alias_key >= :from AND alias_key < :to
)
GROUP BY name ORDER BY max(mention_count) DESC, name LIMIT 30";

/// Words of SELECT statements.
const KEYWORDS: [&str; 28] = [
    "AND", "AS", "ASC", "BETWEEN", "BY", "CASE", "COUNT", "DESC", "DISTINCT", "ELSE", "END", "FROM", "GROUP",
    "HAVING", "IN", "IS", "JOIN", "LEFT", "LIKE", "LIMIT", "MATCH", "NOT", "NULL", "ON", "ORDER", "SELECT",
    "WHERE", "WITH",
];

/// The commands of the prompt that are no SQL.
pub const COMMANDS: [&str; 4] = [".help", ".quit", ".schema", ".tables"];

/// Tables and columns, read once.
#[derive(Debug)]
pub struct Catalog {
    db: crate::store::Reader,
    tables: Vec<String>,
    columns: Vec<String>,
}

impl Catalog {
    /// Reads the catalog of a database.
    pub fn read(db: crate::store::Reader) -> Result<Self, Error> {
        let tables = names(&db, TABLES)?;
        let columns = names(&db, COLUMNS)?;
        Ok(Catalog { db, tables, columns })
    }

    /// Writes a row for each table and view.
    pub fn tables(&self, sink: &mut dyn Sink) -> Result<(), Error> {
        sink.columns(&["name", "type"])?;
        crate::query::answer::statement::for_each_row(&self.db, TABLES, &[], |row| {
            let text = |at| row.get::<_, String>(at).map_err(read_error);
            sink.row(&[text(0)?.into(), text(1)?.into()])?;
            Ok(true)
        })?;
        sink.finish()
    }

    /// The statements that made a table or view and its indexes, or all of them; fails where there is none of this name.
    pub fn schema(&self, table: Option<&str>) -> Result<Vec<String>, Error> {
        let mut statement = self.db.prepare_cached(SCHEMA).map_err(read_error)?;
        let rows = statement.query_map(named_params! { ":table": table }, |row| row.get(0));
        let found: Vec<String> = rows.and_then(Iterator::collect).map_err(read_error)?;
        match table {
            Some(table) if found.is_empty() => {
                Err(Error::usage(format!("there is no table {table}")).hint(".tables lists them"))
            }
            _ => Ok(found),
        }
    }

    /// What may stand where the cursor is, and where that begins: names of entities within marks of text, else commands, tables,
    /// columns and words of SQL.
    pub fn completions(&self, line: &str, cursor: usize) -> Result<(usize, Vec<String>), Error> {
        let before = line.get(..cursor).unwrap_or(line);
        if let Some((start, typed)) = open_text(before) {
            let names = entity_names(&self.db, &typed.replace("''", "'"))?;
            return Ok((start, names.into_iter().map(|name| name.replace('\'', "''")).collect()));
        }
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        let start = before
            .rfind(|character| !is_word(character))
            .map_or(0, |at| at + before[at..].chars().next().map_or(0, char::len_utf8));
        let typed = &before[start..];
        if before[..start].trim() == "." {
            let commands = COMMANDS.iter().filter(|command| command[1..].starts_with(typed));
            return Ok((start, commands.map(|command| command[1..].to_owned()).collect()));
        }
        if typed.is_empty() {
            return Ok((start, Vec::new()));
        }
        let begins = |word: &str| {
            word.get(..typed.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(typed))
        };
        let known = self.tables.iter().chain(&self.columns).map(String::as_str).chain(KEYWORDS);
        let mut found: Vec<String> = Vec::new();
        for word in known.filter(|word| begins(word)) {
            if !found.iter().any(|other| other == word) {
                found.push(word.to_owned());
            }
        }
        Ok((start, found))
    }
}

/// The text that is open at the end of a line, after its mark, and where it begins.
fn open_text(line: &str) -> Option<(usize, &str)> {
    let mut open = None;
    for (at, _) in line.match_indices('\'') {
        open = if open.is_some() { None } else { Some(at + 1) };
    }
    // A mark that stands twice closed the text and opened it again.
    let mut start = open?;
    while let Some(before) = line[..start - 1].strip_suffix('\'') {
        start = before.rfind('\'').map_or(start, |at| at + 1);
        if before.rfind('\'').is_none() {
            break;
        }
    }
    Some((start, &line[start..]))
}

fn entity_names(db: &Connection, typed: &str) -> Result<Vec<String>, Error> {
    let from = name_key(typed);
    if from.is_empty() {
        return Ok(Vec::new());
    }
    let to = format!("{from}\u{10ffff}");
    let mut statement = db.prepare_cached(NAMES).map_err(read_error)?;
    let rows = statement.query_map(named_params! { ":from": from, ":to": to }, |row| row.get(0));
    rows.and_then(Iterator::collect).map_err(read_error)
}

fn names(db: &Connection, sql: &str) -> Result<Vec<String>, Error> {
    let mut statement = db.prepare(sql).map_err(read_error)?;
    let rows = statement.query_map([], |row| row.get(0));
    rows.and_then(Iterator::collect).map_err(read_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_that_is_open_begins_at_its_mark() {
        for (line, open) in [
            ("SELECT 1", None),
            ("WHERE name = 'Ana", Some("Ana")),
            ("WHERE name = 'Ana' AND other = 'É", Some("É")),
            ("WHERE name = 'Ana'", None),
            ("WHERE name = 'Seán O''B", Some("Seán O''B")),
            ("'", Some("")),
        ] {
            assert_eq!(open_text(line).map(|(_, typed)| typed), open, "{line}");
        }
    }
}
