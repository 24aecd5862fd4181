//! [`Expectation`]: what the answer of a saved query is to hold, and whether it does.

use std::fmt;

use crate::error::Error;
use crate::query::output::{Cell, Sink, as_text};

/// What the answer of a saved query is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// So many rows.
    Rows(RowCount),
    /// A row with these words, in one of its values.
    Text(String),
}

/// A number of rows, and how the number of an answer compares to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowCount {
    comparison: Comparison,
    number: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Exactly,
    AtLeast,
    AtMost,
    More,
    Fewer,
}

impl Comparison {
    /// All, the longer signs first, since a shorter one may begin them.
    const ALL: [(Comparison, &str); 5] = [
        (Comparison::AtLeast, ">="),
        (Comparison::AtMost, "<="),
        (Comparison::More, ">"),
        (Comparison::Fewer, "<"),
        (Comparison::Exactly, ""),
    ];
}

impl RowCount {
    /// Reads `3`, `>=1`, `<=10`, `>0` or `<5`.
    pub fn read(text: &str) -> Result<RowCount, Error> {
        let signed = Comparison::ALL.into_iter().find_map(|(comparison, sign)| {
            let number = text.trim().strip_prefix(sign)?.trim();
            Some(RowCount { comparison, number: number.parse().ok()? })
        });
        signed.ok_or_else(|| {
            Error::usage(format!("`{text}` is no number of rows"))
                .hint("write 3, or \">=1\", \"<=10\", \">0\", \"<5\"")
        })
    }

    fn holds(self, rows: u64) -> bool {
        match self.comparison {
            Comparison::Exactly => rows == self.number,
            Comparison::AtLeast => rows >= self.number,
            Comparison::AtMost => rows <= self.number,
            Comparison::More => rows > self.number,
            Comparison::Fewer => rows < self.number,
        }
    }
}

impl fmt::Display for RowCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = Comparison::ALL.into_iter().find(|(comparison, _)| *comparison == self.comparison);
        write!(f, "{}{}", sign.map_or("", |(_, sign)| sign), self.number)
    }
}

impl Expectation {
    /// Kind and value, as the store keeps them.
    pub(super) fn to_keep(&self) -> (&'static str, String) {
        match self {
            Expectation::Rows(count) => ("rows", count.to_string()),
            Expectation::Text(text) => ("text", text.clone()),
        }
    }

    /// The expectation that is kept so.
    pub(super) fn kept(kind: &str, value: &str) -> Result<Expectation, Error> {
        match kind {
            "rows" => RowCount::read(value).map(Expectation::Rows),
            _ => Ok(Expectation::Text(value.to_owned())),
        }
    }
}

impl fmt::Display for Expectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expectation::Rows(count) if count.number == 1 => write!(f, "{count} row"),
            Expectation::Rows(count) => write!(f, "{count} rows"),
            Expectation::Text(text) => write!(f, "a row with \"{text}\""),
        }
    }
}

/// Looks at the rows of an answer, and hands none of them on.
pub(super) struct Examined<'e> {
    expectations: &'e [Expectation],
    /// Which of them are texts that some row had.
    found: Vec<bool>,
    pub(super) rows: u64,
}

impl<'e> Examined<'e> {
    pub(super) fn new(expectations: &'e [Expectation]) -> Self {
        Examined { expectations, found: vec![false; expectations.len()], rows: 0 }
    }

    /// The expectations that did not hold.
    pub(super) fn failures(&self) -> impl Iterator<Item = &'e Expectation> {
        let holds = |expectation: &Expectation, found: bool| match expectation {
            Expectation::Rows(count) => count.holds(self.rows),
            Expectation::Text(_) => found,
        };
        let both = self.expectations.iter().zip(&self.found);
        both.filter(move |(expectation, found)| !holds(expectation, **found))
            .map(|(expectation, _)| expectation)
    }
}

impl Sink for Examined<'_> {
    fn columns(&mut self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        self.rows += 1;
        for (expectation, found) in self.expectations.iter().zip(&mut self.found) {
            if let Expectation::Text(text) = expectation {
                *found = *found || values.iter().any(|value| as_text(value).contains(text.as_str()));
            }
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_rows_are_read_and_written_alike() {
        for (text, holds) in [
            ("3", [false, true, false]),
            (">=3", [false, true, true]),
            ("<=3", [true, true, false]),
            (">3", [false, false, true]),
            ("<3", [true, false, false]),
        ] {
            let count = RowCount::read(text).ok();
            assert_eq!(count.map(|count| count.to_string()).as_deref(), Some(text));
            assert_eq!(count.map(|count| [2, 3, 4].map(|rows| count.holds(rows))), Some(holds), "{text}");
        }
        for text in ["", "three", "=>3", "-1", "3 or 4"] {
            assert!(RowCount::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_does_not_hold_is_told() -> Result<(), Error> {
        let expectations = [
            Expectation::Rows(RowCount::read("1")?),
            Expectation::Text("the bridge".into()),
            Expectation::Text("the quay".into()),
        ];
        let mut examined = Examined::new(&expectations);
        examined.row(&[Cell::Integer(1), Cell::Text("Ana Ruiz closed the quay".into())])?;
        let failures: Vec<String> = examined.failures().map(ToString::to_string).collect();
        assert_eq!(failures, ["a row with \"the bridge\""]);
        examined.row(&[Cell::List(vec!["the bridge".into()])])?;
        let failures: Vec<String> = examined.failures().map(ToString::to_string).collect();
        assert_eq!(failures, ["1 row"]);
        Ok(())
    }
}
