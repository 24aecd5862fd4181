//! A table in Markdown (GitHub's): line feeds become spaces, and text stays text.
//!
//! Every character that could begin a link, an image, HTML, an entity, code, a formula or emphasis is escaped, so that what is
//! shown is what is stored. An address that stands in a text by itself may be made a link by whoever shows the table:
//! then it leads to where it says.

use std::io::Write;

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::sink::{Sink, for_people};
use crate::terminal::one_line;

/// Writes each row as it comes.
pub(super) struct MarkdownSink<'o> {
    out: &'o mut dyn Write,
}

impl<'o> MarkdownSink<'o> {
    pub(crate) fn new(out: &'o mut dyn Write) -> Self {
        MarkdownSink { out }
    }

    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Error> {
        let cells: Vec<String> = cells.collect();
        writeln!(self.out, "| {} |", cells.join(" | ")).map_err(Error::output)
    }
}

impl Sink for MarkdownSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.line(names.iter().map(|name| escaped(&one_line(name))))?;
        self.line(names.iter().map(|_| "---".to_owned()))
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        self.line(values.iter().map(|value| match value {
            // A minus sign or a point in a number begins nothing within a cell.
            Cell::Integer(_) | Cell::Real(_) => for_people(value),
            _ => escaped(&for_people(value)),
        }))
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::output)
    }
}

/// The text with a backslash before what would end a cell or begin markup.
pub(crate) fn escaped(text: &str) -> String {
    const MARKS: [char; 15] = ['|', '\\', '*', '`', '<', '>', '[', ']', '!', '#', '_', '~', '&', '$', '^'];
    let mut safe = String::with_capacity(text.len() + 8);
    let mut written = 0;
    for (at, _) in text.match_indices(MARKS) {
        safe.push_str(&text[written..at]);
        safe.push('\\');
        written = at;
    }
    safe.push_str(&text[written..]);
    safe
}
