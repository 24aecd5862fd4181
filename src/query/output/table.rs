//! Columns under each other, wrapped to the width of the terminal; nothing is cut off.

use std::io::Write;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::{Sink, Value, for_people};
use crate::error::Error;

/// Where neither a terminal nor `COLUMNS` says how wide it is.
const USUAL_WIDTH: u16 = 100;

/// Keeps all rows until the end, since the widths of the columns depend on them.
pub(super) struct Table<'o> {
    out: &'o mut dyn Write,
    width: u16,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Columns of numbers stand on the right.
    numbers: Vec<bool>,
}

impl<'o> Table<'o> {
    pub(super) fn new(width: Option<u16>, out: &'o mut dyn Write) -> Self {
        let width = width.unwrap_or(USUAL_WIDTH);
        Table { out, width, names: Vec::new(), rows: Vec::new(), numbers: Vec::new() }
    }
}

impl Sink for Table<'_> {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        self.names = names.iter().map(|name| crate::terminal::one_line(name).into_owned()).collect();
        self.numbers = vec![true; names.len()];
        Ok(())
    }

    fn row(&mut self, values: &[Value]) -> Result<(), Error> {
        for (number, value) in self.numbers.iter_mut().zip(values) {
            *number &= matches!(value, Value::Null | Value::Integer(_) | Value::Real(_));
        }
        self.rows.push(values.iter().map(for_people).collect());
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        if !self.rows.is_empty() {
            let table = self.arranged();
            for line in table.lines() {
                writeln!(self.out, "{}", line.trim_end()).map_err(Error::output)?;
            }
        }
        self.out.flush().map_err(Error::output)
    }
}

impl Table<'_> {
    fn arranged(&self) -> comfy_table::Table {
        let mut table = comfy_table::Table::new();
        table.load_style(if self.fits_on_single_lines() { COMPACT } else { SPACED });
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(self.width);
        table.set_header(&self.names);
        self.rows.iter().for_each(|row| {
            table.add_row(row);
        });
        for (column, constraint) in self.constraints().into_iter().enumerate() {
            let Some(shown) = table.column_mut(column) else { continue };
            if self.numbers.get(column) == Some(&true) {
                shown.set_cell_alignment(CellAlignment::Right);
            }
            if let Some(constraint) = constraint {
                shown.set_constraint(constraint);
            }
        }
        table
    }

    /// How wide each column may be: no word is broken where there is room, and the longest column takes what
    /// the others leave; usually that is the quote.
    fn constraints(&self) -> Vec<Option<ColumnConstraint>> {
        const PADDING: usize = 2;
        const LONGEST_WORD: usize = 24;
        let words: Vec<usize> = (0..self.names.len())
            .map(|column| {
                self.cells(column).flat_map(str::split_whitespace).map(UnicodeWidthStr::width).max()
            })
            .map(|width| width.unwrap_or(0).min(LONGEST_WORD) + PADDING)
            .collect();
        let width = usize::from(self.width);
        let there_is_room = words.iter().sum::<usize>() <= width;
        let share = (width / (self.names.len() + 1)).max(10);
        let longest = self.longest_column();
        let constraint = |(column, word): (usize, usize)| {
            let lower = Width::Fixed(narrow(word));
            let upper = Width::Fixed(narrow(share.max(word)));
            match (column == longest, there_is_room) {
                (true, true) => Some(ColumnConstraint::LowerBoundary(lower)),
                (true, false) => None,
                (false, true) => Some(ColumnConstraint::Boundaries { lower, upper }),
                (false, false) => Some(ColumnConstraint::UpperBoundary(Width::Fixed(narrow(share)))),
            }
        };
        words.into_iter().enumerate().map(constraint).collect()
    }

    fn fits_on_single_lines(&self) -> bool {
        let widths = (0..self.names.len())
            .map(|index| self.cells(index).map(UnicodeWidthStr::width).max().unwrap_or(0) + 2);
        widths.sum::<usize>() <= usize::from(self.width)
    }

    fn longest_column(&self) -> usize {
        let length = |index: &usize| self.cells(*index).map(str::len).sum::<usize>();
        (0..self.names.len()).max_by_key(length).unwrap_or(0)
    }

    /// The header and the cells of a column.
    fn cells(&self, index: usize) -> impl Iterator<Item = &str> {
        let header = self.names.get(index).map(String::as_str);
        header.into_iter().chain(self.rows.iter().filter_map(move |row| row.get(index).map(String::as_str)))
    }
}

fn narrow(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// A line under the header, nothing else.
const COMPACT: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('-').junction('-'));

/// An empty line between rows that take several lines.
const SPACED: TableStyle = COMPACT.row_separator(LineStyle::none().fill(' ').junction(' '));
