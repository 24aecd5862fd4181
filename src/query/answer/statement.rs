//! A SELECT put together from fixed pieces, with the values apart from it.
//!
//! The one place where SQL is joined. Every piece is a literal of this program; a value that came from
//! outside can only become a named parameter.

use rusqlite::types::Value;
use rusqlite::{Connection, Rows, ToSql};

use crate::error::Error;
use crate::query::failure::read_error;
use crate::query::output::Cell;

/// FROM and WHERE of a SELECT with their parameters; what is selected is added when it is run.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    from: &'static str,
    /// A table that `from` leads to, and how; it is joined only where something names it.
    join: Option<(&'static str, &'static str)>,
    conditions: Vec<&'static str>,
    /// Those conditions that no index tells: the rows that keep the others are looked at one by one.
    beside: Vec<&'static str>,
    is_sifted: bool,
    parameters: Vec<(&'static str, Value)>,
}

impl Statement {
    pub(crate) fn new(from: &'static str) -> Self {
        Statement {
            from,
            join: None,
            conditions: Vec::new(),
            beside: Vec::new(),
            is_sifted: false,
            parameters: Vec::new(),
        }
    }

    /// Over `from`, and over `table` by means of `join` where a condition or a column is the table's.
    ///
    /// Each row of `from` must have exactly one in the table, so that leaving it out changes nothing.
    pub(super) fn joining(from: &'static str, table: &'static str, join: &'static str) -> Self {
        Statement { join: Some((table, join)), ..Statement::new(from) }
    }

    /// Narrows it by a condition.
    pub(super) fn condition(&mut self, condition: &'static str) {
        self.conditions.push(condition);
    }

    /// Narrows it by a condition that names one parameter.
    pub(super) fn condition_with(
        &mut self,
        condition: &'static str,
        name: &'static str,
        value: impl Into<Value>,
    ) {
        self.conditions.push(condition);
        self.parameter(name, value);
    }

    /// Narrows it by a condition that no index tells.
    pub(super) fn condition_beside(&mut self, condition: &'static str) {
        self.conditions.push(condition);
        self.beside.push(condition);
        self.is_sifted = true;
    }

    /// The same, by one that names one parameter.
    pub(super) fn condition_beside_with(
        &mut self,
        condition: &'static str,
        name: &'static str,
        value: impl Into<Value>,
    ) {
        self.condition_beside(condition);
        self.parameter(name, value);
    }

    /// Whether this is one of its conditions.
    pub(super) fn is_along(&self, condition: &str) -> bool {
        self.conditions.contains(&condition)
    }

    /// Gives a parameter its value by which rows are found that are read for whether they fit.
    pub(super) fn parameter_sifted(&mut self, name: &'static str, value: impl Into<Value>) {
        self.parameter(name, value);
        self.is_sifted = true;
    }

    /// Whether rows are read to tell whether they fit.
    pub(super) fn is_sifted(&self) -> bool {
        self.is_sifted
    }

    /// The same without one of its conditions.
    pub(super) fn without(&self, condition: &str) -> Self {
        let conditions = self.conditions.iter().copied().filter(|one| *one != condition);
        Statement { conditions: conditions.collect(), ..self.clone() }
    }

    /// Whether nothing narrows it.
    pub(super) fn is_whole_table(&self) -> bool {
        self.conditions.is_empty() && self.parameters.is_empty()
    }

    /// Gives a parameter its value.
    pub(crate) fn parameter(&mut self, name: &'static str, value: impl Into<Value>) {
        self.parameters.push((name, value.into()));
    }

    /// The SQL between two fixed pieces: what is selected, and what follows WHERE; `join` adds a table of its own.
    pub(crate) fn sql(&self, select: &str, join: &str, rest: &str) -> String {
        self.sql_with(select, join, &self.conditions, rest)
    }

    /// SQL that looks at no more than `:most` rows along an index: of each what is selected, and last whether it fits.
    pub(super) fn sql_of_some(&self, select: &str, join: &str) -> String {
        let (beside, along): (Vec<_>, Vec<_>) =
            self.conditions.iter().copied().partition(|condition| self.beside.contains(condition));
        let fits = if beside.is_empty() {
            "1".to_owned()
        } else {
            format!("coalesce(({}), 0)", beside.join(") AND ("))
        };
        self.sql_with(&format!("{select}, {fits}"), join, &along, "LIMIT :most")
    }

    fn sql_with(&self, select: &str, join: &str, conditions: &[&str], rest: &str) -> String {
        let mut sql = format!("{select} FROM {}", self.from);
        if let Some((table, own_join)) = self.join {
            let column = format!("{table}.");
            let names_it =
                |sql: &str| sql.match_indices(&column).any(|(at, _)| !sql[..at].ends_with(is_in_name));
            if [select, join].into_iter().chain(conditions.iter().copied()).any(names_it) {
                sql.push(' ');
                sql.push_str(own_join);
            }
        }
        sql.push_str(join);
        for (number, condition) in conditions.iter().enumerate() {
            sql.push_str(if number == 0 { "\nWHERE " } else { "\n  AND " });
            sql.push_str(condition);
        }
        sql.push('\n');
        sql.push_str(rest);
        sql
    }

    /// The parameters with their values, to keep.
    pub(super) fn owned_parameters(&self) -> Vec<(&'static str, Value)> {
        self.parameters.clone()
    }

    /// The parameters, for a statement that was prepared from [`Statement::sql`].
    pub(crate) fn parameters(&self) -> Vec<(&str, &dyn ToSql)> {
        by_reference(&self.parameters)
    }
}

fn is_in_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// SQL with the values of its parameters.
pub(crate) type Select = (String, Vec<(&'static str, Value)>);

/// Parameters that are kept, for a statement.
pub(super) fn by_reference<'v>(
    parameters: &'v [(&'static str, Value)],
) -> Vec<(&'static str, &'v dyn ToSql)> {
    parameters.iter().map(|(name, value)| (*name, value as &dyn ToSql)).collect()
}

/// Runs SQL and hands every row to `take`, until it says that it has enough by `false`.
pub(crate) fn for_each_row(
    db: &Connection,
    sql: &str,
    parameters: &[(&str, &dyn ToSql)],
    mut take: impl FnMut(&rusqlite::Row<'_>) -> Result<bool, Error>,
) -> Result<(), Error> {
    let mut statement = db.prepare_cached(sql).map_err(read_error)?;
    let mut rows: Rows<'_> = statement.query(parameters).map_err(read_error)?;
    while let Some(row) = rows.next().map_err(read_error)? {
        if !take(row)? {
            break;
        }
    }
    Ok(())
}

/// The one number that SQL gives.
pub(crate) fn number(db: &Connection, sql: &str, parameters: &[(&str, &dyn ToSql)]) -> Result<i64, Error> {
    let mut statement = db.prepare_cached(sql).map_err(read_error)?;
    statement.query_row(parameters, |row| row.get(0)).map_err(read_error)
}

/// The values of a row, in the order of its columns.
pub(crate) fn values(row: &rusqlite::Row<'_>, columns: usize) -> Result<Vec<Cell>, Error> {
    (0..columns).map(|column| row.get::<_, Value>(column).map(Cell::from).map_err(read_error)).collect()
}
