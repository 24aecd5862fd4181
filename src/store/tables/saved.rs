//! The table `saved_queries`: what people keep under a name.

use rusqlite::named_params;

use crate::error::Error;
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::tables::runs;

const INSERT: &str = "
INSERT INTO saved_queries (name, description, question, sql, created_at)
VALUES (:name, :description, :question, :sql, :now)
ON CONFLICT (name) DO UPDATE
SET description = excluded.description, question = excluded.question, sql = excluded.sql, created_at = excluded.created_at
WHERE :replace";

const DELETE: &str = "DELETE FROM saved_queries WHERE name = :name";

/// A query to be kept: a question, or SQL.
#[derive(Clone, Copy, Debug)]
pub struct NewQuery<'q> {
    /// What it is called.
    pub name: &'q str,
    /// What it is for.
    pub description: Option<&'q str>,
    /// A question in English, or `None` where there is SQL.
    pub question: Option<&'q str>,
    /// A SELECT, or `None` where there is a question.
    pub sql: Option<&'q str>,
}

impl Store {
    /// Keeps a query; `false` where one of that name is there and may not be replaced.
    pub fn save_query(&self, query: NewQuery<'_>, replace: bool) -> Result<bool, Error> {
        let parameters = named_params! {
            ":name": query.name,
            ":description": query.description,
            ":question": query.question,
            ":sql": query.sql,
            ":now": runs::now(),
            ":replace": replace,
        };
        let changed = self.connection.execute(INSERT, parameters).map_err(sqlite("cannot save the query"))?;
        Ok(changed == 1)
    }

    /// Removes a query; `false` where there is none of that name.
    pub fn remove_query(&self, name: &str) -> Result<bool, Error> {
        let removed = self.connection.execute(DELETE, named_params! {":name": name});
        Ok(removed.map_err(sqlite("cannot remove the query"))? == 1)
    }
}
