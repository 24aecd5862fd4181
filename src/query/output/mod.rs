//! Rows → text: one file per format.
//!
//! Rows come one at a time, so that an answer of a million rows needs no memory in the formats that
//! programs read. Stored text is made safe for a terminal in the formats that people read.

mod csv;
mod json;
mod jsonl;
mod markdown;
mod table;

use std::borrow::Cow;
use std::io::Write;

pub use rusqlite::types::Value;

use crate::error::Error;
use crate::terminal;

/// How rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Columns under each other, as wide as the terminal.
    #[default]
    Table,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header.
    Csv,
    /// A table in Markdown.
    Markdown,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Format; 5] = [Format::Table, Format::Json, Format::Jsonl, Format::Csv, Format::Markdown];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Table => "table",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Markdown => "markdown",
        }
    }

    /// Whether people read it, rather than programs: few columns and no more than [`PAGE`] rows unless asked.
    pub fn is_for_people(self) -> bool {
        matches!(self, Format::Table | Format::Markdown)
    }
}

/// How many rows people are shown unless they ask for another number.
pub const PAGE: u64 = 50;

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

/// Writes rows to `out` in a format; `width` is that of the terminal in columns, where it is known.
pub fn writer<'o>(format: Format, width: Option<u16>, out: &'o mut dyn Write) -> Box<dyn Sink + 'o> {
    match format {
        Format::Table => Box::new(table::Table::new(width, out)),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Jsonl => Box::new(jsonl::Jsonl::new(out)),
        Format::Csv => Box::new(csv::Csv::new(out)),
        Format::Markdown => Box::new(markdown::Markdown::new(out)),
    }
}

/// A value as people read it: NULL is empty, and nothing in it can move the cursor.
fn for_people(value: &Value) -> String {
    match value {
        Value::Text(text) => terminal::one_line(text).into_owned(),
        _ => as_text(value).into_owned(),
    }
}

/// A value as text: NULL is empty, bytes are hexadecimal digits.
fn as_text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => Cow::Borrowed(""),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Real(number) => Cow::Owned(number.to_string()),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Blob(bytes) => Cow::Owned(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows that hold what is hard to write: NULL, quotation marks, line feeds, pipes, escapes, numbers.
    fn write(format: Format, rows: bool) -> Result<String, Error> {
        let mut out = Vec::new();
        let mut sink = writer(format, Some(60), &mut out);
        sink.columns(&["speaker", "quote", "confidence"])?;
        if rows {
            sink.row(&[
                Value::Text("Ana Ruiz".into()),
                Value::Text("We \"will\", a|b".into()),
                Value::Real(0.5),
            ])?;
            sink.row(&[Value::Null, Value::Text("one\ntwo".into()), Value::Integer(1)])?;
            sink.row(&[Value::Text("José".into()), Value::Text("\u{1b}[31m\u{202e}".into()), Value::Null])?;
        }
        sink.finish()?;
        drop(sink);
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn the_same_rows_in_every_format() -> Result<(), Error> {
        for (format, expected) in [
            (
                Format::Csv,
                "speaker,quote,confidence\nAna Ruiz,\"We \"\"will\"\", a|b\",0.5\n,\"one\ntwo\",1\nJosé,\u{1b}[31m\u{202e},\n",
            ),
            (
                Format::Jsonl,
                "{\"speaker\":\"Ana Ruiz\",\"quote\":\"We \\\"will\\\", a|b\",\"confidence\":0.5}\n\
                 {\"speaker\":null,\"quote\":\"one\\ntwo\",\"confidence\":1}\n\
                 {\"speaker\":\"José\",\"quote\":\"\\u001b[31m\\u202e\",\"confidence\":null}\n",
            ),
            (
                Format::Json,
                "[\n{\"speaker\":\"Ana Ruiz\",\"quote\":\"We \\\"will\\\", a|b\",\"confidence\":0.5},\n\
                 {\"speaker\":null,\"quote\":\"one\\ntwo\",\"confidence\":1},\n\
                 {\"speaker\":\"José\",\"quote\":\"\\u001b[31m\\u202e\",\"confidence\":null}\n]\n",
            ),
            (
                Format::Markdown,
                "| speaker | quote | confidence |\n| --- | --- | --- |\n| Ana Ruiz | We \"will\", a\\|b | 0.5 |\n\
                 |  | one two | 1 |\n| José | \\\\u{1b}[31m\\\\u{202e} |  |\n",
            ),
            (
                Format::Table,
                " speaker   quote               confidence\n\
                 ------------------------------------------\n \
                 Ana Ruiz  We \"will\", a|b             0.5\n           one two                      1\n \
                 José      \\u{1b}[31m\\u{202e}\n",
            ),
        ] {
            assert_eq!(write(format, true)?, expected, "{format:?}");
        }
        Ok(())
    }

    #[test]
    fn an_empty_answer_is_well_formed() -> Result<(), Error> {
        for (format, expected) in [
            (Format::Json, "[]\n"),
            (Format::Jsonl, ""),
            (Format::Csv, "speaker,quote,confidence\n"),
            (Format::Table, ""),
            (Format::Markdown, "| speaker | quote | confidence |\n| --- | --- | --- |\n"),
        ] {
            assert_eq!(write(format, false)?, expected, "{format:?}");
        }
        Ok(())
    }

    #[test]
    fn a_narrow_table_wraps_and_loses_nothing() -> Result<(), Error> {
        let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
        let mut out = Vec::new();
        let mut sink = writer(Format::Table, Some(40), &mut out);
        sink.columns(&["speaker", "quote", "publisher"])?;
        sink.row(&[
            Value::Text("Ana Ruiz".into()),
            Value::Text(words.join(" ")),
            Value::Text("The Porto Courier".into()),
        ])?;
        sink.finish()?;
        drop(sink);
        let written = String::from_utf8_lossy(&out).into_owned();
        assert!(words.iter().all(|word| written.contains(word.as_str())), "{written}");
        assert!(written.lines().all(|line| line.chars().count() <= 40), "{written}");
        Ok(())
    }
}
