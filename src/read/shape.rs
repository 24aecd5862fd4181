//! What the lines at the beginning of a file look like: a record on each, or one value over many.
//!
//! Knows nothing of names of files; which format a file is, is for the formats.

use serde::de::IgnoredAny;

use crate::read::format::{Opening, Options};
use crate::read::{decode, record, scan};

/// The lines of an opening, blank ones aside and the last one where it may go on.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// How many there are.
    pub(crate) lines: usize,
    /// How many are a whole object each.
    pub(crate) records: usize,
    /// How many are an object and a comma, as in a list.
    pub(crate) elements: usize,
    /// Whether the first line is a record.
    pub(crate) first_is_record: bool,
    /// Whether the file begins with a value that is right as far as it is seen, and goes on in a second line.
    pub(crate) spread: bool,
    /// The bytes of all lines, and of those that are an object with the text of an article.
    bytes: usize,
    article_bytes: usize,
}

impl Shape {
    /// Looks at the beginning of a file.
    pub(crate) fn of(head: &Opening) -> Self {
        let mut lines: Vec<&[u8]> = head.bytes.split(|byte| *byte == b'\n').collect();
        if !head.whole {
            lines.pop();
        }
        let mut shape = Shape { spread: is_spread(head.bytes), ..Shape::default() };
        for line in lines.into_iter().map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()) {
            shape.lines += 1;
            shape.bytes += line.len();
            let Some(has_text) = record::has_article(line, &Options::default()) else {
                let element = line.strip_suffix(b",").and_then(scan::object);
                shape.elements += usize::from(element.is_some_and(|object| object.end + 1 == line.len()));
                continue;
            };
            shape.records += 1;
            shape.first_is_record |= shape.lines == 1;
            if has_text {
                shape.article_bytes += line.len();
            }
        }
        shape
    }

    /// Whether most lines are records.
    pub(crate) fn is_mostly_records(&self) -> bool {
        self.records * 2 > self.lines
    }

    /// Whether records with articles are too large a part to stand in a text by chance, whatever stands between them.
    pub(crate) fn holds_articles(&self) -> bool {
        self.article_bytes > 0 && (self.first_is_record || self.article_bytes * 10 >= self.bytes)
    }
}

/// Whether a text begins with a value that is right as far as it goes, and goes on in a second line.
fn is_spread(bytes: &[u8]) -> bool {
    let start = bytes.trim_ascii_start();
    let mut values = serde_json::Deserializer::from_slice(start).into_iter::<IgnoredAny>();
    let first = match values.next() {
        Some(Ok(_)) => &start[..values.byte_offset()],
        Some(Err(error)) if error.is_eof() => start,
        _ => return false,
    };
    first.trim_ascii().contains(&b'\n')
}

/// Whether bytes could be text at all, or hold records all the same.
pub(crate) fn may_be_read(head: &Opening, shape: &Shape) -> bool {
    shape.records > 0 || !decode::looks_binary(head.bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Shape {
        Shape::of(&Opening { bytes: text.as_bytes(), whole: true, extension: "" })
    }

    #[test]
    fn a_value_over_many_lines_is_told_from_records() {
        assert!(shape("{\n  \"text\": \"a\"\n}\n").spread);
        assert!(shape("{\n  \"text\": \"a\",\n  \"tags\": [").spread);
        assert!(!shape("{\"text\": \"a\"}\n{\"text\": \"b\"}\n").spread);
        assert!(!shape("{\"text\": \"cut off\n{\"text\": \"b\"}\n").spread);
        assert!(!shape("{\n{\n").spread);
        assert!(!shape("{bad\n").spread);
    }

    #[test]
    fn records_are_seen_among_other_lines() {
        let article = "{\"text\": \"An article of some length, long enough to be one.\"}\n";
        assert!(shape(&format!("noise\n{article}noise\n")).holds_articles());
        assert!(shape(&format!("{article}{}\n", "noise ".repeat(400))).holds_articles());
        assert!(!shape(&format!("{}\n{article}", "A story of JSON. ".repeat(100))).holds_articles());
        assert!(!shape("{\"id\": 1}\nnoise\n").holds_articles());
        assert!(shape("{\"text\": \"a\tb\"}\n").is_mostly_records());
    }
}
