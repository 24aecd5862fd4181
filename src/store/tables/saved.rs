//! The tables of saved queries: what people keep under a name, and what its runs have shown.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::tables::runs;

const INSERT: &str = "
INSERT INTO saved_queries (name, description, question, sql, created_at)
VALUES (:name, :description, :question, :sql, :created_at)
ON CONFLICT (name) DO UPDATE
SET description = excluded.description, question = excluded.question, sql = excluded.sql, created_at = excluded.created_at
WHERE :replace";

const DELETE_PARAMETERS: &str = "DELETE FROM saved_parameters WHERE query = :name";

const INSERT_PARAMETER: &str = "
INSERT INTO saved_parameters (query, name, type, default_value, description)
VALUES (:query, :name, :type, :default_value, :description)";

const DELETE_EXPECTATIONS: &str = "DELETE FROM saved_expectations WHERE query = :name";

const INSERT_EXPECTATION: &str = "
INSERT INTO saved_expectations (query, place, kind, value) VALUES (:query, :place, :kind, :value)";

/// Its parameters and expectations go with it.
const DELETE: &str = "DELETE FROM saved_queries WHERE name = :name";

/// What they have shown goes with them.
const DELETE_RUNS: &str = "DELETE FROM saved_runs WHERE query = :name";

const RAN: &str = "
INSERT INTO saved_runs (query, parameters, ran_at) VALUES (:query, :parameters, :now)
ON CONFLICT (query, parameters) DO UPDATE SET ran_at = excluded.ran_at
RETURNING id";

const SHOWN: &str = "INSERT INTO saved_shown (run_id, row_key) VALUES (:run, :key) ON CONFLICT DO NOTHING";

const CANNOT_SAVE: &str = "cannot save the query";

/// A query to be kept: a question, or SQL.
#[derive(Clone, Debug, Default)]
pub struct NewQuery<'q> {
    /// What it is called.
    pub name: &'q str,
    /// What it is for.
    pub description: Option<&'q str>,
    /// A question in English, or `None` where there is SQL.
    pub question: Option<&'q str>,
    /// A SELECT, or `None` where there is a question.
    pub sql: Option<&'q str>,
    /// When it was kept first, ISO 8601, UTC; `None` for now.
    pub created_at: Option<&'q str>,
    /// Its parameters, as far as more is known than their names.
    pub parameters: Vec<NewParameter<'q>>,
    /// What its answer is to hold: kind and value of each, as in `saved_expectations`.
    pub expectations: Vec<(&'static str, String)>,
}

/// A parameter of a query to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewParameter<'q> {
    /// What it is called.
    pub name: &'q str,
    /// What its values are: text, name, date or number; `None` for what each looks like.
    pub kind: Option<&'static str>,
    /// Its value where none is given.
    pub default: Option<&'q str>,
    /// What it is, in words.
    pub description: Option<&'q str>,
}

/// What a run of a query has shown.
#[derive(Clone, Debug)]
pub struct ShownRows {
    /// What the query is called.
    pub query: String,
    /// The values of its parameters, as a JSON object.
    pub parameters: String,
    /// The keys of what was shown.
    pub keys: Vec<String>,
}

impl Store {
    /// Keeps queries, all of them or none: `Err` holds the name of one that is there and may not be replaced.
    pub fn save_queries<'q>(
        &self,
        queries: &[NewQuery<'q>],
        replace: bool,
    ) -> Result<Result<(), &'q str>, Error> {
        let failed = || sqlite(CANNOT_SAVE);
        let work = self.connection.unchecked_transaction().map_err(failed())?;
        for query in queries {
            if !save(&work, query, replace).map_err(failed())? {
                return Ok(Err(query.name));
            }
        }
        work.commit().map_err(failed())?;
        Ok(Ok(()))
    }

    /// Removes a query with all that is known of its runs; `false` where there is none of that name.
    pub fn remove_query(&self, name: &str) -> Result<bool, Error> {
        let remove = || {
            let work = self.connection.unchecked_transaction()?;
            work.execute(DELETE_RUNS, named_params! {":name": name})?;
            let removed = work.execute(DELETE, named_params! {":name": name})?;
            work.commit().map(|()| removed == 1)
        };
        remove().map_err(sqlite("cannot remove the query"))
    }

    /// Notes what runs of saved queries have shown, all of it or nothing.
    pub fn note_shown(&self, runs: &[ShownRows]) -> Result<(), Error> {
        let note = || {
            let work = self.connection.unchecked_transaction()?;
            {
                let mut ran = work.prepare_cached(RAN)?;
                let mut shown = work.prepare_cached(SHOWN)?;
                for run in runs {
                    let parameters = named_params! {
                        ":query": run.query,
                        ":parameters": run.parameters,
                        ":now": runs::now(),
                    };
                    let id: i64 = ran.query_row(parameters, |row| row.get(0))?;
                    for key in &run.keys {
                        shown.execute(named_params! {":run": id, ":key": key})?;
                    }
                }
            }
            work.commit()
        };
        note().map_err(sqlite("cannot note what was shown"))
    }
}

/// Writes a query; `false` where one of that name is there and may not be replaced.
fn save(work: &Connection, query: &NewQuery<'_>, replace: bool) -> rusqlite::Result<bool> {
    let now = runs::now();
    let changed = work.execute(
        INSERT,
        named_params! {
            ":name": query.name,
            ":description": query.description,
            ":question": query.question,
            ":sql": query.sql,
            ":created_at": query.created_at.unwrap_or(&now),
            ":replace": replace,
        },
    )?;
    if changed == 0 {
        return Ok(false);
    }
    work.execute(DELETE_PARAMETERS, named_params! {":name": query.name})?;
    for parameter in &query.parameters {
        work.execute(
            INSERT_PARAMETER,
            named_params! {
                ":query": query.name,
                ":name": parameter.name,
                ":type": parameter.kind,
                ":default_value": parameter.default,
                ":description": parameter.description,
            },
        )?;
    }
    work.execute(DELETE_EXPECTATIONS, named_params! {":name": query.name})?;
    for (place, (kind, value)) in (1_i64..).zip(&query.expectations) {
        let parameters =
            named_params! {":query": query.name, ":place": place, ":kind": kind, ":value": value};
        work.execute(INSERT_EXPECTATION, parameters)?;
    }
    Ok(true)
}
