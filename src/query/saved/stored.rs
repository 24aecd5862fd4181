//! Saved queries as they are found: in the database, and among those that come with the program.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::failure::read_error;
use crate::query::saved::expectation::Expectation;
use crate::query::saved::parameter::{Parameter, ParameterKind};
use crate::query::saved::saved_query::{Asks, SavedQuery};
use crate::query::shipped;

const ALL: &str = "SELECT name, description, question, sql, created_at FROM saved_queries ORDER BY name";
const ONE: &str = "SELECT name, description, question, sql, created_at FROM saved_queries WHERE name = :name";
const PARAMETERS: &str =
    "SELECT name, type, default_value, description FROM saved_parameters WHERE query = :name ORDER BY name";
const EXPECTATIONS: &str = "SELECT kind, value FROM saved_expectations WHERE query = :name ORDER BY place";

/// All queries: those of the database first, each part sorted by name.
pub fn list(db: &Connection) -> Result<Vec<SavedQuery>, Error> {
    let mut statement = db.prepare(ALL).map_err(read_error)?;
    let own = statement.query_map([], from_row).map_err(read_error)?;
    let mut all = own.collect::<Result<Vec<_>, _>>().map_err(read_error)?;
    all.iter_mut().try_for_each(|query| complete(db, query))?;
    all.extend(shipped::SHIPPED.iter().map(|(name, sql)| SavedQuery::of_program(name, sql)));
    Ok(all)
}

/// The query of that name; fails with the nearest names where there is none.
pub fn find(db: &Connection, name: &str) -> Result<SavedQuery, Error> {
    if let Some((name, sql)) = shipped::SHIPPED.iter().find(|(shipped, _)| *shipped == name) {
        return Ok(SavedQuery::of_program(name, sql));
    }
    match db.query_row(ONE, named_params! {":name": name}, from_row) {
        Ok(mut query) => complete(db, &mut query).map(|()| query),
        Err(rusqlite::Error::QueryReturnedNoRows) => Err(unknown(name, &list(db)?)),
        Err(cause) => Err(read_error(cause)),
    }
}

fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<SavedQuery> {
    let question: Option<String> = row.get("question")?;
    let asks = match question {
        Some(question) => Asks::Question(question),
        None => Asks::Sql(row.get("sql")?),
    };
    Ok(SavedQuery {
        name: row.get("name")?,
        description: row.get("description")?,
        asks,
        parameters: Vec::new(),
        expectations: Vec::new(),
        created_at: row.get("created_at")?,
        shipped: false,
    })
}

/// Adds what stands in other tables.
fn complete(db: &Connection, query: &mut SavedQuery) -> Result<(), Error> {
    let parameter = |row: &rusqlite::Row<'_>| {
        let kind: Option<String> = row.get("type")?;
        Ok(Parameter {
            name: row.get("name")?,
            kind: kind.as_deref().and_then(ParameterKind::named),
            default: row.get("default_value")?,
            description: row.get("description")?,
        })
    };
    let named = named_params! {":name": query.name};
    let mut statement = db.prepare_cached(PARAMETERS).map_err(read_error)?;
    let parameters = statement.query_map(named, parameter).and_then(Iterator::collect);
    query.parameters = parameters.map_err(read_error)?;
    let mut statement = db.prepare_cached(EXPECTATIONS).map_err(read_error)?;
    let kept = statement.query_map(named, |row| Ok((row.get(0)?, row.get(1)?)));
    let kept: Vec<(String, String)> = kept.and_then(Iterator::collect).map_err(read_error)?;
    query.expectations =
        kept.iter().map(|(kind, value)| Expectation::kept(kind, value)).collect::<Result<_, _>>()?;
    Ok(())
}

fn unknown(name: &str, all: &[SavedQuery]) -> Error {
    let mut near: Vec<&str> = all.iter().map(|query| query.name.as_str()).collect();
    near.sort_by(|one, other| strsim::jaro_winkler(name, other).total_cmp(&strsim::jaro_winkler(name, one)));
    near.truncate(3);
    Error::usage(format!("there is no saved query `{name}`"))
        .hint(format!("near it: {}", near.join(", ")))
        .hint("list all with: onrecord saved list")
}
