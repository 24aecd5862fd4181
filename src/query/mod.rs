//! The only reader of the database: questions → rows.
//!
//! ```text
//! words ─ questions ─▶ Question ─ quotes, relations ─▶ rows ─ output ─▶ text
//! flags ─────────────────┘
//! SQL ────────────────── sandbox ─────────────────────▶ rows
//! ```
//!
//! Knows the schema as a reader does, and nothing of how it is filled. Never writes, never prints: rows go
//! to a [`output::Sink`], remarks on the answer are handed back as [`Notes`].

pub mod corrections;
mod counts;
pub mod dates;
mod forms;
pub mod meant;
mod names;
pub mod output;
mod pattern;
pub mod question;
pub mod questions;
mod quotes;
mod relations;
pub mod review;
pub mod sandbox;
pub mod saved;
pub mod shipped;
mod sought;
mod statement;
pub mod stats;
pub mod stored;
mod verbs;

use rusqlite::Connection;

use crate::error::Error;

pub use quotes::COLUMNS as WHO_SAID_WHAT;
pub use relations::COLUMNS as WHO_IS;

use output::{PAGE, Sink};
use question::{Question, SubjectMatter};

/// A database that is open for reading, for those who may not know what it is made of.
pub type Reader = Connection;

/// For whom an answer is: the same facts, in other rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Rows of `who_said_what` or `who_is`, all of them.
    Programs,
    /// A row for each quote, few columns, a page of rows.
    People,
}

/// Answers a question: writes its rows and gives back what has to be said about them.
///
/// Rows come newest first. An unknown name is no failure: nothing fits, and the notes say so.
pub fn answer(
    db: &Connection,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    match question.subject_matter()? {
        SubjectMatter::Quotes => quotes::answer(db, question, audience, sink),
        SubjectMatter::Relationships => relations::answer(db, question, audience, sink),
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

/// How SQLite finds the rows of an answer: the lines of its query plan.
pub fn plan(db: &Connection, question: &Question) -> Result<Vec<String>, Error> {
    let plans = match question.subject_matter()? {
        SubjectMatter::Quotes => quotes::selects(db, question)?,
        SubjectMatter::Relationships => relations::selects(db, question)?,
    };
    let mut lines = Vec::new();
    for (sql, parameters) in plans {
        let parameters: Vec<(&str, &dyn rusqlite::ToSql)> =
            parameters.iter().map(|(name, value)| (*name, value as &dyn rusqlite::ToSql)).collect();
        statement::for_each_row(db, &format!("EXPLAIN QUERY PLAN {sql}"), &parameters, |row| {
            lines.push(row.get("detail").map_err(read_error)?);
            Ok(true)
        })?;
    }
    Ok(lines)
}

/// Remarks on an answer, for the person who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(Vec<String>);

impl Notes {
    fn add(&mut self, note: impl Into<String>) {
        self.0.push(note.into());
    }

    fn add_some(&mut self, note: Option<String>) {
        self.0.extend(note);
    }

    fn extend(&mut self, notes: Notes) {
        self.0.extend(notes.0);
    }

    /// How much of the answer a page shows, where that is not all.
    fn on_page(shown: u64, total: i64) -> Option<String> {
        let is_all = i64::try_from(shown).is_ok_and(|shown| shown >= total);
        (!is_all).then(|| format!("{shown} of {} rows; --limit 0 shows all", grouped(total)))
    }

    /// The remarks, in the order in which they came up.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A number with a comma between thousands.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Which rows of an answer are written.
#[derive(Clone, Copy, Debug)]
struct Paging {
    offset: u64,
    limit: u64,
    /// Whether the limit is the usual one of a page, and not one that was asked for.
    is_usual: bool,
}

impl Paging {
    fn new(limit: Option<u64>, offset: u64, audience: Audience) -> Self {
        let (limit, is_usual) = match (limit, audience) {
            (Some(0), _) | (None, Audience::Programs) => (u64::MAX, false),
            (Some(limit), _) => (limit, false),
            (None, Audience::People) => (PAGE, true),
        };
        Paging { offset, limit, is_usual }
    }

    fn of(question: &Question, audience: Audience) -> Self {
        let paging = Paging::new(question.limit, question.offset, audience);
        if question.latest || question.earliest {
            Paging { limit: 1, is_usual: false, ..paging }
        } else {
            paging
        }
    }

    /// Whether a page is full that nobody asked to be so short: there may be more rows than those shown.
    fn may_hide_rows(&self, shown: u64) -> bool {
        self.is_usual && shown == self.limit
    }

    /// For LIMIT, where a negative number means all.
    fn sql_limit(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(-1)
    }

    /// For OFFSET.
    fn sql_offset(&self) -> i64 {
        i64::try_from(self.offset).unwrap_or(i64::MAX)
    }
}

/// An error of SQLite while reading.
fn read_error(cause: rusqlite::Error) -> Error {
    let error = Error::new("cannot read the database").because(&cause);
    match cause.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase) => {
            error.hint("look at the damage with: onrecord check")
        }
        Some(rusqlite::ErrorCode::DatabaseBusy | rusqlite::ErrorCode::DatabaseLocked) => {
            error.hint("another program is writing to the database; try again when it is done")
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_234, "1,234"), (-1_234_567, "-1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
