//! Tables in text, CSV and TSV: an article a row, its fields named by the first row.

use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use crate::read::decode;
use crate::read::fields::{FieldRole, same_name};
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::record;
use crate::read::rejection::{MAX_DOCUMENT, Reason, Rejection, broken, no_articles, shortened, too_large};
use crate::read::rejection_kind::RejectionKind;

/// The format.
pub(crate) struct Table;

/// What may stand between the fields of a row.
const DELIMITERS: [u8; 4] = *b",\t;|";

impl InputFormat for Table {
    fn name(&self) -> &'static str {
        "csv"
    }

    /// The first row names a text, and the rows below have as many fields; or the name says so.
    fn recognizes(&self, head: &Opening) -> bool {
        if decode::looks_binary(head.bytes) || head.bytes.trim_ascii_start().starts_with(b"<") {
            return false;
        }
        let Some((delimiter, names)) = columns(head.bytes) else { return false };
        let named_so = matches!(head.extension, "csv" | "tsv" | "tab" | "psv");
        let known = names.iter().filter(|name| role(name).is_some()).count();
        let holds_text = names.iter().any(|name| role(name) == Some(FieldRole::Body));
        named_so || known >= 3 && holds_text && rows_fit(head, delimiter, names.len())
    }

    fn takes_any_text(&self) -> bool {
        true
    }

    fn split(&'static self, stream: Stream, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let Stream { source, input } = stream;
        let rejected = |line, reason: Reason| Found::Rejected(Rejection::new(&source, line, reason));
        let (head, input) = match decode::peek(input, 64 << 10) {
            Ok(peeked) => peeked,
            Err(error) => return emit(rejected(None, broken(&error))),
        };
        let Some((delimiter, names)) = columns(&head) else {
            return emit(rejected(None, "it is no table: its first line has no columns".into()));
        };
        if let Some(reason) = without_text(&names, options) {
            return emit(rejected(None, reason));
        }
        let counted = Counted { input, taken: 0, limit: 0 };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .quoting(quotes(&head, delimiter))
            .has_headers(true)
            .flexible(true)
            .buffer_capacity(1 << 16)
            .from_reader(counted);
        reader.get_mut().limit = 1 << 20;
        let mut row = ByteRecord::new();
        let mut count = 0_u64;
        let behind = u64::from(memchr::memchr(b'\n', &head).is_some_and(|at| head[..at].ends_with(b"\r")));
        loop {
            // A field whose mark of quotation is never closed takes in all that follows.
            let taken = reader.get_ref().taken;
            reader.get_mut().limit = taken + MAX_DOCUMENT as u64;
            let line = reader.position().line();
            match reader.read_byte_record(&mut row) {
                Ok(true) => {}
                Ok(false) if count == 0 => return emit(rejected(None, no_articles())),
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => {
                    let reason = match error.kind() {
                        csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                            too_large()
                        }
                        csv::ErrorKind::Io(error) => broken(error),
                        _ => format!("it cannot be read any further: {error}").into(),
                    };
                    return emit(rejected(Some(line), reason));
                }
            }
            if row.iter().all(|field| field.trim_ascii().is_empty()) {
                continue;
            }
            count += 1;
            // Where lines end with two characters, a row is over before the second of them.
            let line = row.position().map_or(line, csv::Position::line) + behind;
            let fields = named(&names, &row);
            let bytes = serde_json::to_vec(&fields).unwrap_or_default();
            let document =
                RawDocument { source: source.clone(), line: Some(line), bytes, format: self, address: None };
            emit(Found::Document(document))?;
        }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        record::article(document, options)
    }
}

fn role(name: &str) -> Option<FieldRole> {
    FieldRole::ALL.into_iter().find(|role| role.usual_fields().iter().any(|field| same_name(field, name)))
}

/// What parts the fields of the first row, and the names in it; none if that is no row of names.
fn columns(head: &[u8]) -> Option<(u8, Vec<String>)> {
    let candidates = DELIMITERS.into_iter().filter_map(|delimiter| {
        let mut names = first_row(head, delimiter)?;
        if let [whole] = names.as_slice() {
            // Some programs put the whole row of names in quotation marks.
            names = first_row(whole.as_bytes(), delimiter)?;
        }
        let names: Vec<String> =
            names.iter().map(|name| name.trim().trim_matches('"').trim().to_owned()).collect();
        let known = names.iter().filter(|name| role(name).is_some()).count();
        (names.len() > 1).then_some((known, delimiter, names))
    });
    let (known, delimiter, names) = candidates
        .reduce(|best, next| if (next.0, next.2.len()) > (best.0, best.2.len()) { next } else { best })?;
    // Names are short, and no two are the same.
    let are_names = names.iter().all(|name| name.len() <= 60) && (known > 0 || names.len() > 1);
    are_names.then_some((delimiter, names))
}

fn first_row(bytes: &[u8], delimiter: u8) -> Option<Vec<String>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    let mut row = ByteRecord::new();
    reader.read_byte_record(&mut row).ok().filter(|found| *found)?;
    Some(row.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect())
}

/// Whether most rows that are seen whole have as many fields as there are names.
fn rows_fit(head: &Opening, delimiter: u8, fields: usize) -> bool {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(head.bytes);
    let mut rows: Vec<usize> =
        reader.byte_records().map_while(Result::ok).map(|row| row.len()).take(50).collect();
    if !head.whole {
        rows.pop();
    }
    let fit = rows.iter().filter(|found| **found == fields).count();
    !rows.is_empty() && fit * 2 > rows.len()
}

/// Whether marks of quotation hold fields together: in a table by tabs they may be part of the text.
fn quotes(head: &[u8], delimiter: u8) -> bool {
    if delimiter != b'\t' {
        return true;
    }
    let opens = |at: &usize| *at == 0 || matches!(head[at - 1], b'\t' | b'\n');
    let closes = |at: usize| matches!(head.get(at + 1), None | Some(b'\t' | b'\r' | b'\n'));
    let marks: Vec<usize> = memchr::memchr_iter(b'"', head).collect();
    let (opened, closed) =
        (marks.iter().filter(|at| opens(at)).count(), marks.iter().filter(|at| closes(**at)).count());
    opened > 0 && closed * 2 >= opened
}

/// Why a table without a column of texts is not read; none if it has one, or the caller names one.
fn without_text(names: &[String], options: &Options) -> Option<Reason> {
    if options.map.names(FieldRole::Body) || names.iter().any(|name| role(name) == Some(FieldRole::Body)) {
        return None;
    }
    let listed: Vec<_> = names.iter().take(12).map(|name| shortened(name)).collect();
    let words =
        format!("no column of it holds a text, only {}; name one with --map body=COLUMN", listed.join(", "));
    Some(Reason::new(RejectionKind::NoText, words))
}

/// A row as a record. A row that has more fields than there are names was cut in the last one.
fn named(names: &[String], row: &ByteRecord) -> Map<String, Value> {
    let mut fields = Map::new();
    let in_words =
        |field: &[u8]| decode::text(field).unwrap_or_else(|_| String::from_utf8_lossy(field).into_owned());
    let surplus: Vec<String> = row.iter().skip(names.len()).map(in_words).collect();
    for (index, (name, field)) in names.iter().zip(row).enumerate() {
        let mut text = in_words(field);
        if index + 1 == names.len() && surplus.iter().any(|field| !field.trim().is_empty()) {
            text = format!("{text},{}", surplus.join(","));
        }
        let text = listed(&text).unwrap_or(text);
        // What pandas and databases write for nothing.
        if matches!(text.trim(), "" | "nan" | "NaN" | "None" | "null" | "NULL" | "[]" | "\\N") {
            continue;
        }
        fields.entry(name.clone()).or_insert_with(|| text.into());
    }
    fields
}

/// A list of names as Python prints it, `['Ann Lee', 'Leo Brandt']`, as a list in words.
fn listed(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    if inner.len() > 500 || !inner.starts_with(['\'', '"']) || !inner.ends_with(['\'', '"']) {
        return None;
    }
    let mut names = Vec::new();
    let mut rest = inner;
    while let Some(mark) = rest.chars().next().filter(|mark| matches!(mark, '\'' | '"')) {
        let behind = &rest[1..];
        let end = behind.find(mark)?;
        names.push(behind[..end].trim());
        rest = behind[end + 1..].trim_start().trim_start_matches(',').trim_start();
    }
    rest.is_empty().then(|| names.join(", "))
}

/// A stream that fails where more is taken from it than one row may have.
struct Counted<'a> {
    input: Box<dyn BufRead + 'a>,
    taken: u64,
    limit: u64,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.taken > self.limit + (1 << 17) {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        let count = self.input.read(buffer)?;
        self.taken += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognizes(text: &str, extension: &str) -> bool {
        Table.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension })
    }

    #[test]
    fn a_table_is_known_by_its_first_row() {
        assert!(recognizes("title,date,text\nT,2020-01-02,\"One, two\"\n", ""));
        assert!(recognizes("title;date;text\nT;2020-01-02;One\n", "txt"));
        assert!(recognizes("headline,link\n", "csv"));
        assert!(!recognizes("Title, date and text\n\nThe mayor, she said, left.\n", "txt"));
        assert!(!recognizes("One line.\n", "csv"));
    }

    #[test]
    fn odd_rows_of_names_are_read() {
        for (row, expected) in [
            ("\"title, url, content\"\nx,y,z", vec!["title", "url", "content"]),
            ("\u{FEFF}title\ttext\n", vec!["title", "text"]),
            ("\"title\";\"a, b\";\"text\"\n", vec!["title", "a, b", "text"]),
        ] {
            assert_eq!(columns(row.as_bytes()).expect("has columns").1, expected);
        }
    }

    #[test]
    fn names_in_a_list_are_read() {
        assert_eq!(listed("['Ann Lee', \"Pat O'Hara\"]").as_deref(), Some("Ann Lee, Pat O'Hara"));
        assert_eq!(listed("['Ann' said]"), None);
        assert_eq!(listed("[sic]"), None);
    }
}
