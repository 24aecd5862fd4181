//! Rows → text: one file per format.
//!
//! Rows come one at a time, so that an answer of a million rows needs no memory in the formats that
//! programs read. Stored text is made safe for whoever shows it: a terminal, a spreadsheet, a page made of Markdown. Knows
//! no question and no table.
//! Start reading at [`writer`].

mod cell;
mod csv;
mod format;
mod json;
mod jsonl;
mod list;
mod markdown;
mod parquet;
mod screen;
mod sink;
mod table;
mod template;

use std::io::Write;

pub use crate::query::output::cell::Cell;
pub use crate::query::output::format::{OutputFormat, most_rows};
pub(crate) use crate::query::output::list::{QUOTE as LIST_COLUMNS, RELATIONSHIP as RELATIONSHIP_COLUMNS};
pub(crate) use crate::query::output::markdown::escaped as escaped_markdown;
pub use crate::query::output::parquet::{ColumnKind, ParquetSink};
pub use crate::query::output::screen::Screen;
pub use crate::query::output::sink::{Counted, Sink};
pub use crate::query::output::template::TemplateSink;

/// Writes rows to `out` in a format.
pub fn writer<'o>(format: OutputFormat, screen: Screen, out: &'o mut dyn Write) -> Box<dyn Sink + 'o> {
    match format {
        OutputFormat::List => Box::new(list::ListSink::new(screen, out)),
        OutputFormat::Table => Box::new(table::TableSink::new(screen.width, out)),
        OutputFormat::Json => Box::new(json::JsonSink::new(out)),
        OutputFormat::Jsonl => Box::new(jsonl::JsonlSink::new(out)),
        OutputFormat::Csv => Box::new(csv::CsvSink::new(false, screen.is_terminal, out)),
        OutputFormat::CsvRaw => Box::new(csv::CsvSink::new(true, screen.is_terminal, out)),
        OutputFormat::Markdown => Box::new(markdown::MarkdownSink::new(out)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    /// Three rows that hold what is hard to write: NULL, quotation marks, line feeds, pipes, escapes, numbers.
    fn write(format: OutputFormat, rows: bool) -> Result<String, Error> {
        let mut out = Vec::new();
        let mut sink = writer(format, Screen { width: Some(60), ..Screen::default() }, &mut out);
        sink.columns(&["speaker", "quote", "confidence"])?;
        if rows {
            sink.row(&[
                Cell::Text("Ana Ruiz".into()),
                Cell::Text("We \"will\", a|b".into()),
                Cell::Real(0.5),
            ])?;
            sink.row(&[Cell::Null, Cell::Text("one\ntwo".into()), Cell::Integer(1)])?;
            sink.row(&[Cell::Text("José".into()), Cell::Text("\u{1b}[31m\u{202e}".into()), Cell::Null])?;
        }
        sink.finish()?;
        drop(sink);
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    #[test]
    fn the_same_rows_in_every_format() -> Result<(), Error> {
        let cases = [
            (
                OutputFormat::Csv,
                "speaker,quote,confidence\nAna Ruiz,\"We \"\"will\"\", a|b\",0.5\n,\"one\ntwo\",1\nJosé,\u{1b}[31m\u{202e},\n",
            ),
            (
                OutputFormat::Jsonl,
                "{\"speaker\":\"Ana Ruiz\",\"quote\":\"We \\\"will\\\", a|b\",\"confidence\":0.5}\n\
                 {\"speaker\":null,\"quote\":\"one\\ntwo\",\"confidence\":1}\n\
                 {\"speaker\":\"José\",\"quote\":\"\\u001b[31m\\u202e\",\"confidence\":null}\n",
            ),
            (
                OutputFormat::Json,
                "[\n{\"speaker\":\"Ana Ruiz\",\"quote\":\"We \\\"will\\\", a|b\",\"confidence\":0.5},\n\
                 {\"speaker\":null,\"quote\":\"one\\ntwo\",\"confidence\":1},\n\
                 {\"speaker\":\"José\",\"quote\":\"\\u001b[31m\\u202e\",\"confidence\":null}\n]\n",
            ),
            (
                OutputFormat::Markdown,
                "| speaker | quote | confidence |\n| --- | --- | --- |\n| Ana Ruiz | We \"will\", a\\|b | 0.5 |\n\
                 |  | one two | 1 |\n| José | \\\\u{1b}\\[31m\\\\u{202e} |  |\n",
            ),
            (
                OutputFormat::Table,
                " speaker   quote               confidence\n\
                 ------------------------------------------\n \
                 Ana Ruiz  We \"will\", a|b             0.5\n           one two                      1\n \
                 José      \\u{1b}[31m\\u{202e}\n",
            ),
            (
                OutputFormat::List,
                " speaker   quote               confidence\n\
                 ------------------------------------------\n \
                 Ana Ruiz  We \"will\", a|b             0.5\n           one two                      1\n \
                 José      \\u{1b}[31m\\u{202e}\n",
            ),
            (
                OutputFormat::CsvRaw,
                "speaker,quote,confidence\nAna Ruiz,\"We \"\"will\"\", a|b\",0.5\n,\"one\ntwo\",1\nJosé,\u{1b}[31m\u{202e},\n",
            ),
        ];
        for format in OutputFormat::ALL {
            let case = cases.iter().find(|(other, _)| *other == format);
            assert!(case.is_some(), "{format:?} is not among the cases");
        }
        for (format, expected) in cases {
            assert!(OutputFormat::ALL.contains(&format), "{format:?} is missing in OutputFormat::ALL");
            assert_eq!(write(format, true)?, expected, "{format:?}");
        }
        Ok(())
    }

    #[test]
    fn an_empty_answer_is_well_formed() -> Result<(), Error> {
        for (format, expected) in [
            (OutputFormat::Json, "[]\n"),
            (OutputFormat::Jsonl, ""),
            (OutputFormat::Csv, "speaker,quote,confidence\n"),
            (OutputFormat::Table, ""),
            (OutputFormat::Markdown, "| speaker | quote | confidence |\n| --- | --- | --- |\n"),
        ] {
            assert_eq!(write(format, false)?, expected, "{format:?}");
        }
        Ok(())
    }

    #[test]
    fn a_narrow_table_wraps_and_loses_nothing() -> Result<(), Error> {
        let words: Vec<String> = (0..60).map(|number| format!("word{number}")).collect();
        let mut out = Vec::new();
        let mut sink = writer(OutputFormat::Table, Screen { width: Some(40), ..Screen::default() }, &mut out);
        sink.columns(&["speaker", "quote", "publisher"])?;
        sink.row(&[
            Cell::Text("Ana Ruiz".into()),
            Cell::Text(words.join(" ")),
            Cell::Text("The Porto Courier".into()),
        ])?;
        sink.finish()?;
        drop(sink);
        let written = String::from_utf8_lossy(&out).into_owned();
        assert!(words.iter().all(|word| written.contains(word.as_str())), "{written}");
        assert!(written.lines().all(|line| line.chars().count() <= 40), "{written}");
        Ok(())
    }
}
