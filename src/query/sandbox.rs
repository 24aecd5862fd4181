//! SQL that a person wrote → rows, in a connection that can do nothing but read this file, for so long.
//!
//! The connection has to be open read-only; this adds what that does not forbid: no other file is
//! attached, no function loads code, no statement runs for ever. Interrupting the program ends a
//! query at once, since nothing has been written that could be left half done.

use std::time::{Duration, Instant};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, Statement};

use crate::error::Error;
use crate::query::answer::statement::values;
use crate::query::audience::Audience;
use crate::query::notes::Notes;
use crate::query::output::Sink;
use crate::query::paging::Paging;
use crate::store::Reader;

/// What a person wrote, with the values of its parameters.
#[derive(Clone, Debug)]
pub struct Sql {
    /// One SELECT.
    pub text: String,
    /// Names without a colon, and values as they were typed.
    pub parameters: Vec<(String, String)>,
    /// How many rows at most; 0 means all, and `None` leaves it to the format.
    pub limit: Option<u64>,
    /// How many rows to leave out at the start.
    pub offset: u64,
    /// How long it may run.
    pub patience: Duration,
}

/// How long a query may run unless the person says otherwise.
pub const USUAL_PATIENCE: Duration = Duration::from_secs(60);

/// How many steps of SQLite's machine pass between two looks at the clock: about a millisecond.
const STEPS: i32 = 20_000;

/// A connection that can only run a person's SELECTs.
#[derive(Debug)]
pub struct Sandbox {
    db: Reader,
}

impl Sandbox {
    /// Restricts a connection, which has to be open read-only, for good.
    pub fn new(mut db: Reader) -> Result<Self, Error> {
        restrict(&mut db).map_err(|cause| Error::new("cannot restrict the connection").because(cause))?;
        Ok(Sandbox { db })
    }

    /// Runs one SELECT and hands its rows on.
    pub fn run(&mut self, sql: &Sql, audience: Audience, sink: &mut dyn Sink) -> Result<Notes, Error> {
        let end = Instant::now().checked_add(sql.patience);
        self.db
            .progress_handler(STEPS, Some(move || end.is_some_and(|end| Instant::now() > end)))
            .map_err(|cause| Error::new("cannot limit the time").because(cause))?;
        let mut statement = prepare(&self.db, &sql.text)?;
        bind(&mut statement, &sql.parameters)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        sink.columns(&names.iter().map(String::as_str).collect::<Vec<_>>())?;

        let paging = Paging::new(sql.limit, sql.offset, audience);
        let (mut seen, mut shown) = (0_u64, 0);
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|cause| sql_error(cause, sql))? {
            seen += 1;
            if seen <= paging.offset {
                continue;
            }
            if shown < paging.limit {
                sink.row(&values(row, names.len())?)?;
                shown += 1;
            } else if !paging.is_usual {
                // Only a page that nobody asked for has to say how much it leaves out.
                break;
            }
        }
        sink.finish()?;
        let mut notes = Notes::default();
        if paging.may_hide_rows(shown) {
            notes.add_some(Notes::on_page(shown, i64::try_from(seen).unwrap_or(i64::MAX)));
        }
        Ok(notes)
    }

    /// The names of the parameters in a SELECT, without their colons; fails where it is nothing that could be run.
    pub fn parameter_names(&self, text: &str) -> Result<Vec<String>, Error> {
        let statement = prepare(&self.db, text)?;
        let names = (1..=statement.parameter_count()).map(|index| match statement.parameter_name(index) {
            Some(name) => Ok(bare(name).to_owned()),
            None => Err(nameless()),
        });
        names.collect()
    }
}

fn restrict(db: &mut Connection) -> rusqlite::Result<()> {
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, 256 << 20),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 20),
        (Limit::SQLITE_LIMIT_VDBE_OP, 100_000),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        db.set_limit(limit, most)?;
    }
    db.authorizer(Some(|context: AuthContext<'_>| match may(&context.action) {
        true => Authorization::Allow,
        false => Authorization::Deny,
    }))
}

/// Whether a step only reads. FTS5 asks for `data_version` in every search.
fn may(action: &AuthAction<'_>) -> bool {
    match action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        AuthAction::Pragma { pragma_name, .. } => pragma_name.eq_ignore_ascii_case("data_version"),
        _ => false,
    }
}

fn prepare<'c>(db: &'c Connection, text: &str) -> Result<Statement<'c>, Error> {
    let statement = db.prepare(text).map_err(|cause| cannot_run(cause, text))?;
    if statement.column_count() == 0 {
        return Err(Error::usage("there is no SELECT in the SQL").hint("write one SELECT statement"));
    }
    Ok(statement)
}

/// Gives every parameter its value: whole and decimal numbers become numbers, anything else stays text.
fn bind(statement: &mut Statement<'_>, parameters: &[(String, String)]) -> Result<(), Error> {
    let names: Vec<String> = (1..=statement.parameter_count())
        .map(|index| statement.parameter_name(index).map(|name| bare(name).to_owned()).ok_or_else(nameless))
        .collect::<Result<_, _>>()?;
    if let Some((name, _)) =
        parameters.iter().find(|(given, _)| !names.iter().any(|name| name == bare(given)))
    {
        let has =
            if names.is_empty() { "it has none".to_owned() } else { format!("it has: {}", names.join(", ")) };
        return Err(Error::usage(format!("the SQL has no parameter :{}", bare(name))).hint(has));
    }
    for (index, name) in (1..).zip(&names) {
        let value = parameters.iter().rev().find(|(given, _)| bare(given) == name);
        let Some((_, value)) = value else {
            return Err(Error::usage(format!("the parameter :{name} has no value"))
                .hint(format!("give it as {name}=VALUE")));
        };
        statement
            .raw_bind_parameter(index, typed(value))
            .map_err(|cause| Error::new(format!("cannot bind :{name}")).because(cause))?;
    }
    Ok(())
}

/// The name of a parameter without the mark before it.
fn bare(name: &str) -> &str {
    name.trim_start_matches([':', '@', '$'])
}

fn nameless() -> Error {
    Error::usage("a parameter has no name").hint("write :name instead of ?")
}

fn typed(value: &str) -> Value {
    if let Ok(number) = value.parse::<i64>() {
        // A number that would not be printed the same, such as 007, is a name for something.
        if number.to_string() == value {
            return Value::Integer(number);
        }
    }
    let decimal =
        value.contains('.') && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match value.parse::<f64>() {
        Ok(number) if decimal => Value::Real(number),
        _ => Value::Text(value.to_owned()),
    }
}

/// Why a query stopped while it ran.
fn sql_error(cause: rusqlite::Error, sql: &Sql) -> Error {
    if cause.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        let seconds = sql.patience.as_secs_f32();
        return Error::new(format!("the query ran longer than {seconds} seconds and was stopped"))
            .hint("narrow it, or allow more with --timeout SECONDS");
    }
    cannot_run(cause, &sql.text)
}

/// Why SQL was refused.
fn cannot_run(cause: rusqlite::Error, text: &str) -> Error {
    if matches!(cause, rusqlite::Error::MultipleStatement) {
        return Error::usage("there is more than one statement").hint("write one SELECT statement");
    }
    match cause.sqlite_error_code() {
        Some(ErrorCode::AuthorizationForStatementDenied | ErrorCode::ReadOnly) => {
            Error::usage("only SELECT is allowed here")
                .because(described(&cause, text))
                .hint("work on a copy of the file in the sqlite3 shell to change what it holds")
        }
        _ => Error::usage("the SQL cannot be run")
            .because(described(&cause, text))
            .hint("list tables and columns with: onrecord query --sql \"SELECT sql FROM sqlite_schema\""),
    }
}

/// SQLite's own words, and where in the text it stopped.
fn described(cause: &rusqlite::Error, text: &str) -> String {
    match cause {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let rest = usize::try_from(*offset).ok().and_then(|offset| text.get(offset..));
            let near: String = rest.unwrap_or_default().chars().take(30).collect();
            if near.is_empty() { msg.clone() } else { format!("{msg}, at `{near}`") }
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_numbers_and_names_are_text() {
        for (typed_in, value) in [
            ("12", Value::Integer(12)),
            ("-3", Value::Integer(-3)),
            ("0.5", Value::Real(0.5)),
            ("007", Value::Text("007".into())),
            ("2017-03-09", Value::Text("2017-03-09".into())),
            ("1e5", Value::Text("1e5".into())),
            ("Ana Ruiz", Value::Text("Ana Ruiz".into())),
            ("", Value::Text(String::new())),
        ] {
            assert_eq!(typed(typed_in), value, "{typed_in}");
        }
    }
}
