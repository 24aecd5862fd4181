//! Comma-separated values (RFC 4180) with a header; NULL is an empty field.
//!
//! A spreadsheet takes a field that begins with `=`, `+`, `-` or `@` for a formula, and a formula can read other cells
//! and call programs; so text from an archive that begins so gets an apostrophe before it. Numbers stay numbers. `csv-raw`
//! leaves all text as it is stored, for programs that are no spreadsheets. On a terminal, which acts on control characters,
//! they are written out.

use std::borrow::Cow;
use std::io::Write;

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::sink::{Sink, as_text};
use crate::terminal::{is_unsafe, one_line};

/// Writes each row as it comes.
pub(super) struct CsvSink<'o> {
    out: csv::Writer<&'o mut dyn Write>,
    /// Whether text stays as it is stored, formulas too.
    raw: bool,
    /// Whether what a terminal acts on is written out.
    escaped: bool,
}

impl<'o> CsvSink<'o> {
    pub(crate) fn new(raw: bool, escaped: bool, out: &'o mut dyn Write) -> Self {
        CsvSink { out: csv::Writer::from_writer(out), raw, escaped }
    }

    fn field<'v>(&self, value: &'v Cell) -> Cow<'v, str> {
        let text = if self.escaped { escaped(as_text(value)) } else { as_text(value) };
        match value {
            Cell::Text(_) | Cell::List(_) if !self.raw && is_formula(&text) => Cow::Owned(format!("'{text}")),
            _ => text,
        }
    }
}

impl Sink for CsvSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        let names: Vec<Cell> = names.iter().map(|name| Cell::Text((*name).to_owned())).collect();
        self.row(&names)
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        let fields: Vec<Cow<'_, str>> = values.iter().map(|value| self.field(value)).collect();
        self.out.write_record(fields.iter().map(|field| field.as_bytes())).map_err(output_error)
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::output)
    }
}

/// The text with every unsafe character but the line feed written out as `\u{1b}`.
fn escaped(text: Cow<'_, str>) -> Cow<'_, str> {
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(one_line).collect();
    if lines.iter().all(|line| matches!(line, Cow::Borrowed(_))) {
        text
    } else {
        Cow::Owned(lines.join("\n"))
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
    fn what_a_terminal_acts_on_is_written_out_on_a_terminal() -> Result<(), Error> {
        for (escaped, expected) in [(true, "a\n\"\\u{1b}[31mb\nc\"\n"), (false, "a\n\"\u{1b}[31mb\nc\"\n")] {
            let mut out = Vec::new();
            let mut sink = CsvSink::new(true, escaped, &mut out);
            sink.columns(&["a"])?;
            sink.row(&[Cell::Text("\u{1b}[31mb\nc".into())])?;
            sink.finish()?;
            drop(sink);
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
        Ok(())
    }

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
