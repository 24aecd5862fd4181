//! Where rows go.

use std::borrow::Cow;

use rusqlite::types::Value;

use crate::error::Error;
use crate::terminal;

/// Where the rows of an answer go: first the columns, then each row, then the end.
pub trait Sink {
    /// Begins an answer with the names of its columns.
    fn columns(&mut self, names: &[&str]) -> Result<(), Error>;
    /// Takes a row: as many values as there are columns.
    fn row(&mut self, values: &[Value]) -> Result<(), Error>;
    /// Ends the answer, which may be empty.
    fn finish(&mut self) -> Result<(), Error>;
}

/// Counts the rows that it hands on.
pub struct Counted<'s> {
    sink: Box<dyn Sink + 's>,
    rows: u64,
}

impl<'s> Counted<'s> {
    /// Counts what goes to `sink`.
    pub fn new(sink: Box<dyn Sink + 's>) -> Self {
        Counted { sink, rows: 0 }
    }

    /// How many rows there were so far.
    pub fn rows(&self) -> u64 {
        self.rows
    }
}

impl Sink for Counted<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.sink.columns(names)
    }

    fn row(&mut self, values: &[Value]) -> Result<(), Error> {
        self.rows += 1;
        self.sink.row(values)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.sink.finish()
    }
}

/// A value as people read it: NULL is empty, and nothing in it can move the cursor.
pub(super) fn for_people(value: &Value) -> String {
    match value {
        Value::Text(text) => terminal::one_line(text).into_owned(),
        _ => as_text(value).into_owned(),
    }
}

/// A value as text: NULL is empty, bytes are hexadecimal digits.
pub(super) fn as_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Real(number) => Cow::Owned(number.to_string()),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Blob(bytes) => Cow::Owned(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}
