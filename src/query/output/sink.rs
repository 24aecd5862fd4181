//! Where rows go.

use std::borrow::Cow;

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::terminal;

/// Where the rows of an answer go: first the columns, then each row, then the end.
pub trait Sink {
    /// Begins an answer with the names of its columns.
    fn columns(&mut self, names: &[&str]) -> Result<(), Error>;
    /// Takes a row: as many values as there are columns.
    fn row(&mut self, values: &[Cell]) -> Result<(), Error>;
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

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        self.rows += 1;
        self.sink.row(values)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.sink.finish()
    }
}

/// A value as people read it: NULL is empty, and nothing in it can move the cursor.
pub(super) fn for_people(value: &Cell) -> String {
    match value {
        Cell::Text(text) => terminal::one_line(text).into_owned(),
        Cell::List(_) => terminal::one_line(&as_text(value)).into_owned(),
        _ => as_text(value).into_owned(),
    }
}

/// A value as text: NULL is empty, bytes are hexadecimal digits.
pub(crate) fn as_text(value: &Cell) -> Cow<'_, str> {
    match value {
        Cell::Null => Cow::Borrowed(""),
        Cell::Integer(number) => Cow::Owned(number.to_string()),
        Cell::Real(number) => Cow::Owned(number.to_string()),
        Cell::Text(text) => Cow::Borrowed(text),
        Cell::List(texts) => Cow::Owned(texts.join("; ")),
        Cell::Blob(bytes) => Cow::Owned(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}
