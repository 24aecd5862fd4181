//! Comma-separated values (RFC 4180) with a header; NULL is an empty field.
//!
//! A spreadsheet takes a field that begins with `=`, `+`, `-` or `@` for a formula, and a formula can read other cells
//! and call programs; so text from an archive that begins so gets an apostrophe before it. Numbers stay numbers. `csv-raw`
//! leaves all text as it is stored, for programs that are no spreadsheets.

use std::borrow::Cow;
use std::io::Write;

use rusqlite::types::Value;

use crate::error::Error;
use crate::query::output::sink::{Sink, as_text};
use crate::terminal::is_unsafe;

/// Writes each row as it comes.
pub(super) struct CsvSink<'o> {
    out: csv::Writer<&'o mut dyn Write>,
    /// Whether text stays as it is stored, formulas too.
    raw: bool,
}

impl<'o> CsvSink<'o> {
    pub(crate) fn new(raw: bool, out: &'o mut dyn Write) -> Self {
        CsvSink { out: csv::Writer::from_writer(out), raw }
    }

    fn field<'v>(&self, value: &'v Value) -> Cow<'v, str> {
        let text = as_text(value);
        match value {
            Value::Text(_) if !self.raw && is_formula(&text) => Cow::Owned(format!("'{text}")),
            _ => text,
        }
    }
}

impl Sink for CsvSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        let names: Vec<Value> = names.iter().map(|name| Value::Text((*name).to_owned())).collect();
        self.row(&names)
    }

    fn row(&mut self, values: &[Value]) -> Result<(), Error> {
        let fields: Vec<Cow<'_, str>> = values.iter().map(|value| self.field(value)).collect();
        self.out.write_record(fields.iter().map(|field| field.as_bytes())).map_err(output_error)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::output)
    }
}

/// Whether a spreadsheet would take a text for a formula: by its first character, which may be full-width, or stand behind
/// space and what is not seen. A plain number is none, whatever its sign.
pub(super) fn is_formula(text: &str) -> bool {
    let begin = text.trim_start_matches(|character: char| character.is_whitespace() || is_unsafe(character));
    let begins_so = begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    // A tab, return or line feed at the start would be dropped, or begin another cell.
    (begins_so || text.starts_with(['\t', '\r', '\n'])) && !is_number(text)
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

fn output_error(cause: csv::Error) -> Error {
    match cause.into_kind() {
        csv::ErrorKind::Io(cause) => Error::output(cause),
        other => Error::new("cannot write a row").because(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_guarded() {
        for formula in [
            "=1+1",
            "+1+1",
            "-1+1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{a0}=1",
            "\u{feff}=1",
            "\u{200b}+1",
            "＝1",
            "-",
            "- and so on",
            "+351 21 000",
            "-5.",
            "-.5",
            "-1e5",
            "-0x10",
            "+1,5",
            "\t5",
        ] {
            assert!(is_formula(formula), "{formula:?}");
        }
        for text in ["", "5", "-5", "+5", "-3.25", "1=1", "a - b", "– he said", "— and", "'=1", "“=1”", " a"]
        {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}
