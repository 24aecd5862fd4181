//! Columns under each other, wrapped to the width of the terminal; nothing is cut off.

use std::io::Write;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use crate::error::Error;
use crate::query::output::cell::Cell;
use crate::query::output::sink::{Sink, for_people};

/// Where neither a terminal nor `COLUMNS` says how wide it is.
const USUAL_WIDTH: u16 = 100;

/// How many bytes the cells may have in all: they are kept, and laid out several times over.
const MOST_BYTES: usize = 8 << 20;

/// Keeps all rows until the end, since the widths of the columns depend on them.
pub(super) struct TableSink<'o> {
    out: &'o mut dyn Write,
    width: u16,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Columns of numbers stand on the right.
    numbers: Vec<bool>,
    bytes: usize,
}

impl<'o> TableSink<'o> {
    pub(crate) fn new(width: Option<u16>, out: &'o mut dyn Write) -> Self {
        let width = width.unwrap_or(USUAL_WIDTH);
        TableSink { out, width, names: Vec::new(), rows: Vec::new(), numbers: Vec::new(), bytes: 0 }
    }
}

impl Sink for TableSink<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.names = names.iter().map(|name| crate::terminal::one_line(name).into_owned()).collect();
        self.numbers = vec![true; names.len()];
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        for (number, value) in self.numbers.iter_mut().zip(values) {
            *number &= matches!(value, Cell::Null | Cell::Integer(_) | Cell::Real(_));
        }
        let cells: Vec<String> = values.iter().map(for_people).map(with_breaks).collect();
        self.bytes += cells.iter().map(|cell| CELL + cell.len()).sum::<usize>();
        if self.bytes > MOST_BYTES {
            return Err(Error::new(format!("the table would be larger than {} MB", MOST_BYTES >> 20)).hint(
                "ask for fewer rows with --limit, or for another format: --format csv, jsonl or json",
            ));
        }
        self.rows.push(cells);
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        let lines: Vec<String> = if self.rows.is_empty() {
            Vec::new()
        } else if self.fits_on_single_lines() || self.widths().is_some() {
            self.arranged().lines().collect()
        } else {
            self.records()
        };
        for line in lines {
            writeln!(self.out, "{}", line.trim_end()).map_err(Error::output)?;
        }
        self.out.flush().map_err(Error::output)
    }
}

/// The text with a line feed in every word that is longer than any column, since laying out a word takes time that grows
/// with the square of its length.
fn with_breaks(text: String) -> String {
    const LONGEST: usize = 1000;
    if text.len() <= LONGEST {
        return text;
    }
    let mut broken = String::with_capacity(text.len() + text.len() / LONGEST);
    let mut length = 0;
    for character in text.chars() {
        if length == LONGEST {
            broken.push('\n');
            length = 0;
        }
        broken.push(character);
        length = if character == ' ' { 0 } else { length + 1 };
    }
    broken
}

impl TableSink<'_> {
    /// A line for each value behind the name of its column, where there is no room for columns beside each other.
    fn records(&self) -> Vec<String> {
        let names = self.names.iter().map(|name| name.width()).max().unwrap_or(0);
        let room = usize::from(self.width).saturating_sub(names + PADDING).max(LEAST_ROOM);
        let indent = " ".repeat(names + PADDING);
        let mut lines = Vec::new();
        for row in &self.rows {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            for (name, cell) in self.names.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let gap = " ".repeat(names + PADDING - name.width());
                let options = textwrap::Options::new(room).break_words(false);
                for (number, part) in textwrap::wrap(cell, options).into_iter().enumerate() {
                    lines.push(if number == 0 {
                        format!("{name}{gap}{part}")
                    } else {
                        format!("{indent}{part}")
                    });
                }
            }
        }
        lines
    }

    fn arranged(&self) -> comfy_table::Table {
        let mut table = comfy_table::Table::new();
        table.load_style(if self.fits_on_single_lines() { COMPACT } else { SPACED });
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        table.set_header(&self.names);
        self.rows.iter().for_each(|row| {
            table.add_row(row);
        });
        for (column, is_number) in self.numbers.iter().enumerate() {
            if let (true, Some(column)) = (*is_number, table.column_mut(column)) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        if let Some(widths) = self.widths() {
            table.set_constraints(
                widths.into_iter().map(|width| ColumnConstraint::Absolute(Width::Fixed(width))),
            );
        }
        table
    }

    /// How wide each column is: short ones as wide as they are, the others by fair shares that break no word.
    /// The longest counts for three where it is much longer: usually that is the quote.
    ///
    /// `None` where there is no room for that.
    fn widths(&self) -> Option<Vec<u16>> {
        /// Words longer than the first are broken; than the next, where there is no room for that.
        const LONGEST_WORDS: [usize; 3] = [24, 16, 12];
        let widest =
            |column: usize, width: fn(&str) -> usize| self.cells(column).map(width).max().unwrap_or(0);
        let words = |cell: &str| cell.split_whitespace().map(UnicodeWidthStr::width).max().unwrap_or(0);
        let (columns, room) = (self.names.len(), usize::from(self.width));
        let mut widths = LONGEST_WORDS.into_iter().find_map(|longest| {
            let least = |column| widest(column, words).min(longest) + PADDING;
            let least: Vec<usize> = (0..columns).map(least).collect();
            (least.iter().sum::<usize>() <= room).then_some(least)
        })?;
        // What is left goes to those that want more: each its share, those that want least first.
        let longest = self.longest_column();
        let wanted = |column: usize, width: usize| {
            (widest(column, UnicodeWidthStr::width) + PADDING).saturating_sub(width)
        };
        let mut order: Vec<usize> = (0..columns).collect();
        order.sort_by_key(|column| (*column == longest, wanted(*column, widths[*column])));
        let mut left = room - widths.iter().sum::<usize>();
        let longest_is_text = widest(longest, UnicodeWidthStr::width) > 2 * room / columns.max(1);
        let mut parts = if longest_is_text { columns + 2 } else { columns };
        for column in order {
            let share = if column == longest { left } else { left / parts };
            let more = wanted(column, widths[column]).min(share);
            widths[column] += more;
            left -= more;
            parts -= 1;
        }
        widths.into_iter().map(|width| u16::try_from(width).ok()).collect()
    }

    fn fits_on_single_lines(&self) -> bool {
        let widths = (0..self.names.len())
            .map(|index| self.cells(index).map(UnicodeWidthStr::width).max().unwrap_or(0) + PADDING);
        widths.sum::<usize>() <= usize::from(self.width)
    }

    /// The column that gets the most room: that of quotes, or else the one that holds the most.
    fn longest_column(&self) -> usize {
        if let Some(quotes) = self.names.iter().position(|name| name == "quote") {
            return quotes;
        }
        let length = |index: &usize| self.cells(*index).map(str::len).sum::<usize>();
        (0..self.names.len()).max_by_key(length).unwrap_or(0)
    }

    /// The header and the cells of a column.
    fn cells(&self, index: usize) -> impl Iterator<Item = &str> {
        let header = self.names.get(index).map(String::as_str);
        header.into_iter().chain(self.rows.iter().filter_map(move |row| row.get(index).map(String::as_str)))
    }
}

/// What a cell takes beside its text, about.
const CELL: usize = 8;

/// So wide is a value at least, however narrow the terminal is.
const LEAST_ROOM: usize = 20;

/// One space on each side of a cell.
const PADDING: usize = 2;

/// A line under the header, nothing else.
const COMPACT: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('-'));

/// An empty line between rows that take several lines.
const SPACED: TableStyle = COMPACT.row_separator(LineStyle::none().fill(' '));
