//! The only reader of the database: questions → rows.
//!
//! ```text
//! words ─ question ─▶ Question ─ answer ─▶ rows ─ output ─▶ text
//! flags ────────────────┘
//! SQL ───────────────── sandbox ─────────▶ rows
//! ```
//!
//! Knows the schema as a reader does, and nothing of how it is filled. Never writes, never prints: rows go
//! to a [`output::Sink`], remarks on the answer are handed back as [`Notes`]. Start reading at [`answer`](fn@answer).

pub mod alike;
mod answer;
mod archive;
mod audience;
pub mod borders;
pub mod catalog;
pub mod comparison;
pub mod corrections;
pub mod errors;
pub mod export;
mod failure;
pub mod lookup;
mod names;
mod notes;
pub mod output;
mod paging;
mod passage;
pub mod provenance;
pub mod question;
pub mod review;
pub mod revisions;
pub mod sampling;
pub mod sandbox;
pub mod saved;
pub mod shipped;
pub mod stats;
pub mod stored_entity;
pub mod stored_quote;
pub mod stored_relationship;

use rusqlite::Connection;

use crate::error::Error;
pub use crate::query::answer::quotes::{ALL_COLUMNS as ALL_ATTRIBUTIONS, COLUMNS as WHO_SAID_WHAT};
pub use crate::query::answer::relations::COLUMNS as WHO_IS;
use crate::query::answer::{near, quotes, relations, statement, whole};
pub use crate::query::archive::Archive;
pub use crate::query::audience::Audience;
use crate::query::failure::read_error;
pub use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::question::{Question, SubjectMatter};
pub use crate::store::Reader;

/// Answers a question: writes its rows and gives back what has to be said about them.
///
/// Rows come newest first. An unknown name is no failure: nothing fits, and the notes say so. Where nothing fits they also say
/// what is stored near it.
pub fn answer(
    db: &Connection,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let mut seen = Seen { sink, rows: false };
    let mut notes = match question.subject_matter()? {
        SubjectMatter::Quotes => quotes::answer(db, question, audience, &mut seen)?,
        SubjectMatter::Relationships => relations::answer(db, question, audience, &mut seen)?,
    };
    if !seen.rows && question.offset == 0 {
        notes.add_some(near::note(db, question)?);
    }
    Ok(notes)
}

/// Knows whether any row but a zero was handed on.
struct Seen<'s> {
    sink: &'s mut dyn Sink,
    rows: bool,
}

impl Sink for Seen<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.sink.columns(names)
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        self.rows |= values != [Cell::Integer(0)];
        self.sink.row(values)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.sink.finish()
    }
}

/// The inputs of all runs of ingest, as they were named; those of one run together, as a JSON array.
pub fn inputs(db: &Connection) -> Result<Vec<String>, Error> {
    let mut inputs = Vec::new();
    statement::for_each_row(db, "SELECT DISTINCT inputs FROM ingest_runs ORDER BY inputs", &[], |row| {
        inputs.push(row.get(0).map_err(read_error)?);
        Ok(true)
    })?;
    Ok(inputs)
}

/// The SELECT that finds the rows of an answer, with its values in it: it runs as it is in the sqlite3 shell. None where a name is
/// unknown, so that there are no rows.
pub fn sql(db: &Connection, question: &Question) -> Result<Vec<String>, Error> {
    let selects = match question.subject_matter()? {
        SubjectMatter::Quotes => whole::selects(db, question)?,
        SubjectMatter::Relationships => relations::whole(db, question)?,
    };
    let expanded = |(sql, parameters): statement::Select| {
        let mut statement = db.prepare(&sql).map_err(read_error)?;
        for (name, value) in &parameters {
            if let Some(index) = statement.parameter_index(name).map_err(read_error)? {
                statement.raw_bind_parameter(index, value).map_err(read_error)?;
            }
        }
        Ok(statement.expanded_sql().unwrap_or(sql))
    };
    selects.into_iter().map(expanded).collect()
}

/// The keys of all quotes or relationships that an answer is made of.
pub(crate) fn keys(db: &Connection, question: &Question) -> Result<Vec<String>, Error> {
    match question.subject_matter()? {
        SubjectMatter::Quotes => whole::keys(db, question),
        SubjectMatter::Relationships => relations::keys(db, question),
    }
}

fn selects(db: &Connection, question: &Question) -> Result<Vec<statement::Select>, Error> {
    match question.subject_matter()? {
        SubjectMatter::Quotes => quotes::selects(db, question),
        SubjectMatter::Relationships => relations::selects(db, question),
    }
}

/// How SQLite finds the rows of an answer: the lines of its query plan.
pub fn plan(db: &Connection, question: &Question) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    for (sql, parameters) in selects(db, question)? {
        let parameters: Vec<(&str, &dyn rusqlite::ToSql)> =
            parameters.iter().map(|(name, value)| (*name, value as &dyn rusqlite::ToSql)).collect();
        statement::for_each_row(db, &format!("EXPLAIN QUERY PLAN {sql}"), &parameters, |row| {
            lines.push(row.get("detail").map_err(read_error)?);
            Ok(true)
        })?;
    }
    Ok(lines)
}
