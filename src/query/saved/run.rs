//! Answering a saved query: with values for its parameters it is a question or a SELECT like any other.

use std::time::Duration;

use chrono::NaiveDate;
use rusqlite::Connection;

use crate::dates::Dates;
use crate::error::Error;
use crate::name_key::name_key;
use crate::query::archive::Archive;
use crate::query::audience::Audience;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::output::Sink;
use crate::query::question::Question;
use crate::query::sandbox::{Argument, Sandbox, Sql};
use crate::query::saved::expectation::{Examined, Expectation};
use crate::query::saved::fill_in::fill_in;
use crate::query::saved::parameter::{ParameterKind, Value, number, values};
use crate::query::saved::saved_query::{Asks, SavedQuery};
use crate::query::{answer, sql};
use crate::store::Reader;

/// A saved query with values for its parameters.
#[derive(Clone, Debug)]
pub enum Prepared {
    /// A question about quotes or relationships, and what was read otherwise than it was typed.
    Question(Box<Question>, Vec<String>),
    /// A SELECT.
    Sql(Sql),
}

impl Prepared {
    /// Asks for all rows, unless a number is asked for.
    pub fn take_all(&mut self) {
        let limit = match self {
            Prepared::Question(question, _) => &mut question.limit,
            Prepared::Sql(sql) => &mut sql.limit,
        };
        limit.get_or_insert(0);
    }
}

/// Which rows are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page {
    /// How many at most; 0 means all, and `None` leaves it to the format.
    pub limit: Option<u64>,
    /// How many to leave out at the start.
    pub offset: u64,
}

/// What answers saved queries.
#[derive(Debug)]
pub enum Engine {
    /// It answers questions.
    Reader(Reader),
    /// It answers SELECTs.
    Sandbox(Sandbox),
}

/// A value as SQL gets it.
fn argument(value: &Value, today: NaiveDate) -> Argument {
    let text = || Argument::Text(value.text.clone());
    match value.kind {
        None => Argument::AsTyped(value.text.clone()),
        Some(ParameterKind::Text) => text(),
        Some(ParameterKind::Name) => Argument::Text(name_key(&value.text)),
        Some(ParameterKind::Date) => Dates::parse(&value.text, today)
            .map_or_else(|_| text(), |dates| Argument::Text(dates.first.to_string())),
        Some(ParameterKind::Number) => match (value.text.trim().parse(), number(&value.text)) {
            (Ok(whole), _) => Argument::Integer(whole),
            (_, Some(number)) => Argument::Real(number),
            _ => text(),
        },
    }
}

impl Engine {
    /// A query with values for its parameters; `patience` is for SQL.
    pub fn prepare(
        &self,
        query: &SavedQuery,
        values: &[Value],
        today: NaiveDate,
        page: Page,
        patience: Duration,
    ) -> Result<Prepared, Error> {
        match (self, &query.asks) {
            (Engine::Reader(db), Asks::Question(question)) => {
                let read = fill_in(question, values, today, &Archive::new(db))?;
                let rows = Question { limit: page.limit, offset: page.offset, ..Question::default() };
                Ok(Prepared::Question(Box::new(read.question.and(rows)?), read.remarks))
            }
            (Engine::Sandbox(_), Asks::Sql(text)) => Ok(Prepared::Sql(Sql {
                text: text.clone(),
                parameters: values.iter().map(|value| (value.name.clone(), argument(value, today))).collect(),
                limit: page.limit,
                offset: page.offset,
                patience,
            })),
            _ => Err(by_other_means()),
        }
    }

    /// Answers a query that was prepared for it.
    pub fn answer(
        &mut self,
        prepared: &Prepared,
        audience: Audience,
        sink: &mut dyn Sink,
    ) -> Result<Notes, Error> {
        match (self, prepared) {
            (Engine::Reader(db), Prepared::Question(question, remarks)) => {
                let mut notes = Notes::default();
                remarks.iter().for_each(|remark| notes.add(remark.clone()));
                notes.extend(answer(db, question, audience, sink)?);
                Ok(notes)
            }
            (Engine::Sandbox(sandbox), Prepared::Sql(sql)) => sandbox.run(sql, audience, sink),
            _ => Err(by_other_means()),
        }
    }

    /// The SELECT that finds the rows of the answer, with its values in it: it runs as it is in the sqlite3 shell. `None` for a
    /// name that nobody bears.
    fn runnable(&self, prepared: &Prepared) -> Result<Vec<String>, Error> {
        match (self, prepared) {
            (Engine::Reader(db), Prepared::Question(question, _)) => sql(db, question),
            (Engine::Sandbox(sandbox), Prepared::Sql(sql)) => Ok(vec![sandbox.expanded(sql)?]),
            _ => Err(by_other_means()),
        }
    }
}

fn by_other_means() -> Error {
    Error::new("a question and SQL are answered by different means")
}

/// What finds the rows of an answer, to be run in the sqlite3 shell.
pub fn runnable_sql(engine: &Engine, prepared: &Prepared) -> Result<String, Error> {
    let mut text = String::new();
    for statement in engine.runnable(prepared)? {
        text.push_str(statement.trim_end().trim_end_matches(';'));
        // A remark at its end would hold the semicolon too.
        text.push_str("\n;\n");
    }
    if text.is_empty() {
        text.push_str("-- nothing is called so in this database: the answer has no rows\n");
    }
    Ok(text)
}

/// Says which of the names that a SELECT gets nobody bears. Of those in a question its own answer says it.
pub fn notes_on_names(db: &Connection, query: &SavedQuery, values: &[Value]) -> Result<Notes, Error> {
    let mut notes = Notes::default();
    if let Asks::Sql(_) = query.asks {
        for value in values.iter().filter(|value| value.kind == Some(ParameterKind::Name)) {
            if names::find(db, &value.text)?.is_empty() {
                notes.add(names::note_on_unknown(db, &value.text)?);
            }
        }
    }
    Ok(notes)
}

/// What came of testing a query.
#[derive(Clone, Debug)]
pub struct Tested {
    /// How many rows its answer has.
    pub rows: u64,
    /// What it was expected to hold, and does not.
    pub failures: Vec<Expectation>,
}

/// Runs a query with the defaults of its parameters and looks for what it is expected to answer.
pub fn test(
    engine: &mut Engine,
    query: &SavedQuery,
    today: NaiveDate,
    patience: Duration,
) -> Result<Tested, Error> {
    let values = values(&query.parameters, &[], today)?;
    let prepared = engine.prepare(query, &values, today, Page::default(), patience)?;
    let mut examined = Examined::new(&query.expectations);
    engine.answer(&prepared, Audience::Programs, &mut examined)?;
    Ok(Tested { rows: examined.rows, failures: examined.failures().cloned().collect() })
}
