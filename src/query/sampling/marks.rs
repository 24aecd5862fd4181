//! A sheet that was filled in → the marks in it.

use std::collections::BTreeMap;

use crate::error::Error;

/// What a spreadsheet may put between the fields of a line.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
/// What says that a quote is right, and what that it is not.
const YES: &[&str] = &["y", "yes", "1", "true", "right", "ok", "✓", "✔"];
const NO: &[&str] = &["n", "no", "0", "false", "wrong", "✗", "✘"];
/// What stands for no mark.
const OPEN: &[&str] = &["", "?", "-"];

/// What a reader says of one quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) is_right: bool,
    /// What is wrong, in the reader's words; empty where nothing was written.
    pub(super) why: String,
}

/// The marks of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    /// By the key of the quote.
    pub(super) by_key: BTreeMap<String, Mark>,
    /// How many rows have no mark.
    pub(super) open: u32,
    /// How many rows name a quote that an earlier row names; the last one counts.
    pub(super) repeated: u32,
}

/// Reads the marks, whatever program saved the sheet: with commas, semicolons or tabs, with or without a byte-order mark.
/// The columns are found by name; others may have been added, moved or taken out.
pub(super) fn read(sheet: &[u8]) -> Result<Marks, Error> {
    let sheet = sheet.strip_prefix("\u{feff}".as_bytes()).unwrap_or(sheet);
    let header = sheet.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let often = |delimiter: &u8| header.iter().filter(|byte| *byte == delimiter).count();
    let delimiter = DELIMITERS.into_iter().max_by_key(often).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(sheet);
    let header = reader.byte_headers().map_err(unreadable)?.clone();
    let column = |name: &str| {
        let wanted = |field: &[u8]| String::from_utf8_lossy(field).trim().eq_ignore_ascii_case(name);
        header.iter().position(wanted).ok_or_else(|| {
            Error::usage(format!("the sheet has no column {name}")).hint(
                "draw a new one with: onrecord sample 50 > sheet.csv; fill in its columns right and why",
            )
        })
    };
    let (key, right, why) = (column("key")?, column("right")?, column("why").ok());
    let mut marks = Marks::default();
    for row in reader.byte_records() {
        let row = row.map_err(unreadable)?;
        let line = row.position().map_or(0, csv::Position::line);
        let field = |at: usize| {
            // A spreadsheet may have got the text with an apostrophe that keeps it from being a formula.
            String::from_utf8_lossy(row.get(at).unwrap_or_default())
                .trim()
                .trim_start_matches('\'')
                .to_owned()
        };
        let mark = field(right).to_lowercase();
        let is_right = match mark.as_str() {
            mark if OPEN.contains(&mark) => {
                marks.open += 1;
                continue;
            }
            mark if YES.contains(&mark) => true,
            mark if NO.contains(&mark) => false,
            _ => {
                return Err(Error::usage(format!("line {line}: “{mark}” in the column right is neither y nor n"))
                    .hint("y is for a quote that could be printed as it stands, n for another; leave open what was not judged"));
            }
        };
        let why = why.map(field).unwrap_or_default();
        let before = marks.by_key.insert(field(key), Mark { is_right, why });
        marks.repeated += u32::from(before.is_some());
    }
    Ok(marks)
}

fn unreadable(error: csv::Error) -> Error {
    Error::new("the sheet cannot be read as CSV").because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_read_as_any_program_saves_it() -> Result<(), Error> {
        let sheets = [
            "right,why,quote,key\ny,,\"a, b\",k1\nN,no report,c,k2\n,,d,k3\n",
            "\u{feff}key;note;Right;WHY\r\nk1;;yes;\r\nk2;x;0;no report\r\nk3;;?;\r\n",
            "right\tkey\twhy\n✓\tk1\t\nfalse\tk2\tno report\n\tk3\n",
        ];
        for sheet in sheets {
            let marks = read(sheet.as_bytes())?;
            let found: Vec<_> = marks
                .by_key
                .iter()
                .map(|(key, mark)| (key.as_str(), mark.is_right, mark.why.as_str()))
                .collect();
            assert_eq!(found, [("k1", true, ""), ("k2", false, "no report")], "{sheet}");
            assert_eq!(marks.open, 1, "{sheet}");
        }
        Ok(())
    }

    #[test]
    fn what_is_no_mark_is_named_with_its_line() {
        let error = read(b"right,key\ny,k1\nmaybe,k2\n").map_err(|error| error.to_string());
        assert_eq!(error, Err("line 3: “maybe” in the column right is neither y nor n".to_owned()));
        let error = read(b"quote,key\na,k1\n").map_err(|error| error.to_string());
        assert_eq!(error, Err("the sheet has no column right".to_owned()));
    }

    #[test]
    fn a_quote_that_was_marked_twice_counts_once() -> Result<(), Error> {
        let marks = read(b"right,key\ny,k1\nn,k1\n")?;
        assert_eq!((marks.by_key.len(), marks.repeated), (1, 1));
        assert!(!marks.by_key["k1"].is_right);
        Ok(())
    }
}
