//! Tables in text, CSV and TSV: an article a row, its fields named by the first row.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use crate::read::decode;
use crate::read::fields::FieldRole;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::record;
use crate::read::rejection::{Reason, Rejection, broken, no_articles, shortened};
use crate::read::rejection_kind::RejectionKind;
use crate::read::rows::{Form, GOES_ON, Row, Rows, fields_of};

/// The format.
pub(crate) struct Table;

/// In how much of a table its layout is looked for, in bytes.
const HEAD: usize = 64 << 10;

/// What may stand between the fields of a row.
const DELIMITERS: [u8; 4] = *b",\t;|";

impl InputFormat for Table {
    fn name(&self) -> &'static str {
        "csv"
    }

    /// A row near the beginning names a text, and the rows below have as many fields; or the name says so.
    fn recognizes(&self, head: &Opening) -> bool {
        if decode::looks_binary(head.bytes) || head.bytes.trim_ascii_start().starts_with(b"<") {
            return false;
        }
        let Some(layout) = Layout::of(head.bytes, &ARTICLES) else { return false };
        let named_so = matches!(head.extension, "csv" | "tsv" | "tab" | "psv");
        let holds_text = layout.names.iter().any(|name| FieldRole::of_field(name) == Some(FieldRole::Body));
        named_so || known(&layout.names) >= 3 && holds_text && layout.rows_fit(head)
    }

    fn takes_any_text(&self) -> bool {
        true
    }

    fn split(&'static self, stream: Stream, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let Stream { source, input } = stream;
        let rejected = |line, reason: Reason| Found::Rejected(Rejection::new(&source, line, reason));
        let (head, input) = match decode::peek(input, HEAD) {
            Ok(peeked) => peeked,
            Err(error) => return emit(rejected(None, broken(&error))),
        };
        let Some(layout) = Layout::of(&head, &ARTICLES) else {
            return emit(rejected(None, "it is no table: its first line has no columns".into()));
        };
        if let Some(reason) = without_text(&layout.names, options) {
            return emit(rejected(None, reason));
        }
        // What is odd about the columns is said with the first row, and once.
        let mut doubts: Vec<String> = layout.not_understood(options).into_iter().collect();
        let mut records = match Records::new(layout, input) {
            Ok(records) => records,
            Err(error) => return emit(rejected(None, broken(&error))),
        };
        let mut count = 0_u64;
        while let Some((line, record)) = records.next() {
            count += 1;
            emit(match record {
                Ok(record) => Found::Document(RawDocument {
                    source: source.clone(),
                    line: Some(line),
                    bytes: serde_json::to_vec(&record).unwrap_or_default(),
                    format: self,
                    address: None,
                    doubts: std::mem::take(&mut doubts),
                }),
                Err(reason) => rejected(Some(line), reason),
            })?;
        }
        if count == 0 { emit(rejected(None, no_articles())) } else { ControlFlow::Continue(()) }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        record::article(document, options)
    }
}

/// How the row of names is told from the lines above it.
struct Wanted {
    /// Whether the first row is that of names, beyond doubt.
    is_sure: fn(&[String]) -> bool,
    /// Whether a row below it is.
    is_below: fn(&[String]) -> bool,
}

/// The names of a table of articles: those below other lines are known, and one is that of a text.
const ARTICLES: Wanted = Wanted {
    is_sure: |names| known(names) >= 2,
    is_below: |names| {
        known(names) >= 2 && names.iter().any(|name| FieldRole::of_field(name) == Some(FieldRole::Body))
    },
};

/// A table that is held whole; the error says why it is none. The row of names is the first that is one by `is_head`, or the
/// first of all. A row that is broken is an error: nothing else would say that it was left out.
pub(crate) fn sheet(bytes: &[u8], is_head: fn(&[String]) -> bool) -> Result<Sheet, String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let Some(layout) = Layout::of(head, &Wanted { is_sure: is_head, is_below: is_head }) else {
        return Err("it is no table: its first line has no columns".to_owned());
    };
    let names = layout.names.clone();
    let mut records = Records::new(layout, Box::new(bytes)).map_err(|error| error.to_string())?;
    let mut rows = Vec::new();
    while let Some((line, record)) = records.next() {
        let record = record.map_err(|reason| {
            let words = reason.words.strip_suffix(GOES_ON).unwrap_or(&reason.words);
            format!("line {line}: {words}")
        })?;
        if !record.is_empty() {
            rows.push(record);
        }
    }
    Ok(Sheet { names, rows })
}

/// A table that is held whole.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The names of its columns.
    pub(crate) names: Vec<String>,
    /// Its rows, without those that say nothing.
    pub(crate) rows: Vec<Map<String, Value>>,
}

/// The rows of a table as records, without the row of names and those that are empty.
struct Records<'a> {
    layout: Layout,
    rows: Rows<'a>,
    is_head: bool,
}

impl<'a> Records<'a> {
    /// The records of a stream that is laid out so.
    fn new(layout: Layout, input: Box<dyn BufRead + 'a>) -> io::Result<Self> {
        let form = Form { delimiter: layout.delimiter, quotes: layout.quotes, fields: layout.names.len() };
        let mut rows = Rows::new(input, form, layout.is_old);
        rows.skip(layout.start)?;
        Ok(Records { layout, rows, is_head: true })
    }

    /// The line of the next row, and its record, or why it is none.
    fn next(&mut self) -> Option<(u64, Result<Map<String, Value>, Reason>)> {
        loop {
            let found = self.rows.next()?;
            let is_head = std::mem::take(&mut self.is_head);
            match found {
                Row::Broken(line, reason) => return Some((line, Err(reason))),
                Row::Whole(..) if is_head => {}
                Row::Whole(_, row) if row.trim_ascii().is_empty() => {}
                Row::Whole(line, row) => {
                    let Some(row) = fields_of(&row, self.layout.delimiter, self.layout.quotes) else {
                        continue;
                    };
                    if row.iter().any(|field| !field.trim_ascii().is_empty()) {
                        return Some((line, Ok(named(&self.layout.names, &row))));
                    }
                }
            }
        }
    }
}

/// How many of the names are known.
fn known(names: &[String]) -> usize {
    names.iter().filter(|name| FieldRole::of_field(name).is_some()).count()
}

/// How many lines may stand above the row of names: what was asked for, and when.
const MOST_ABOVE: usize = 30;

/// How a table is laid out.
struct Layout {
    delimiter: u8,
    names: Vec<String>,
    /// Where the row of names begins, in bytes.
    start: usize,
    /// Whether marks of quotation hold fields together.
    quotes: bool,
    /// Whether its lines end with a carriage return alone.
    is_old: bool,
}

impl Layout {
    /// The layout of a table that begins like this; none if it has no row of names.
    fn of(head: &[u8], wanted: &Wanted) -> Option<Self> {
        let (said, behind) = said_delimiter(head);
        let of_first = columns(&head[behind..], said);
        let mut best = of_first.map(|(delimiter, names)| (behind, delimiter, names));
        let is_sure = best.as_ref().is_some_and(|(_, _, names)| (wanted.is_sure)(names));
        if !is_sure {
            // Lines above the row of names are text.
            let starts = memchr::memchr_iter(b'\n', &head[behind..]).map(|at| behind + at + 1);
            let below = starts
                .take(MOST_ABOVE)
                .filter(|start| head.get(*start).is_some_and(|first| !first.is_ascii_whitespace()))
                .find_map(|start| {
                    let (delimiter, names) = columns(&head[start..], said)?;
                    (wanted.is_below)(&names).then_some((start, delimiter, names))
                });
            best = below.or(best);
        }
        let (start, delimiter, names) = best?;
        let is_old = memchr::memchr(b'\n', head).is_none();
        Some(Layout { delimiter, names, start, quotes: quotes(head, delimiter), is_old })
    }

    /// Whether most rows that are seen whole have as many fields as there are names.
    fn rows_fit(&self, head: &Opening) -> bool {
        let rows = &head.bytes[self.start..];
        let mut reader = ReaderBuilder::new().delimiter(self.delimiter).flexible(true).from_reader(rows);
        let mut rows: Vec<usize> =
            reader.byte_records().map_while(Result::ok).map(|row| row.len()).take(50).collect();
        if !head.whole {
            rows.pop();
        }
        let fit = rows.iter().filter(|found| **found == self.names.len()).count();
        !rows.is_empty() && fit * 2 > rows.len()
    }

    /// What is said of columns that nothing is made of; none if all are understood.
    fn not_understood(&self, options: &Options) -> Option<String> {
        let is_named = |name: &str| {
            let paths = FieldRole::ALL.into_iter().filter_map(|role| options.map.path(role));
            paths.into_iter().any(|path| path.first().is_some_and(|first| first == name))
        };
        let others: Vec<_> = self
            .names
            .iter()
            .filter(|name| {
                !name.is_empty()
                    && !name.starts_with("Unnamed:")
                    && FieldRole::of_field(name).is_none()
                    && !is_named(name)
            })
            .map(|name| shortened(name))
            .collect();
        let more = if others.len() > 12 { ", …" } else { "" };
        let listed = others.iter().take(12).map(|name| name.as_ref()).collect::<Vec<_>>().join(", ");
        (!others.is_empty()).then(|| {
            format!(
                "nothing is made of its columns {listed}{more}; --map, as in --map author=COLUMN, takes one"
            )
        })
    }
}

/// The delimiter that a first line `sep=;` says, as some programs write for others, and where the table begins behind it.
fn said_delimiter(head: &[u8]) -> (Option<u8>, usize) {
    let mark = if head.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let end = memchr::memchr(b'\n', head).unwrap_or(head.len());
    let line = head[mark..end].strip_suffix(b"\r").unwrap_or(&head[mark..end]);
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => {
            (Some(*delimiter), (end + 1).min(head.len()))
        }
        _ => (None, 0),
    }
}

/// What parts the fields of the first row, and the names in it; none if that is no row of names.
fn columns(head: &[u8], said: Option<u8>) -> Option<(u8, Vec<String>)> {
    let delimiters = said.map_or(DELIMITERS.to_vec(), |said| vec![said]);
    let candidates = delimiters.into_iter().filter_map(|delimiter| {
        let mut names = first_row(head, delimiter)?;
        if let [whole] = names.as_slice() {
            // Some programs put the whole row of names in quotation marks.
            names = first_row(whole.as_bytes(), delimiter)?;
        }
        let names: Vec<String> =
            names.iter().map(|name| name.trim().trim_matches('"').trim().to_owned()).collect();
        (names.len() > 1).then_some((known(&names), delimiter, names))
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
    if options.map.names(FieldRole::Body)
        || names.iter().any(|name| FieldRole::of_field(name) == Some(FieldRole::Body))
    {
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
            assert_eq!(columns(row.as_bytes(), None).expect("has columns").1, expected);
        }
    }

    fn read(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        let stream = Stream {
            source: "a.csv".into(),
            input: Box::new(std::io::Cursor::new(text.as_bytes().to_vec())),
        };
        let options = Options::default();
        let flow = Table.split(stream, &options, &mut |piece| {
            found.push(match piece {
                Found::Document(document) => match document.article(&options) {
                    Ok(reading) => {
                        let article = reading.article;
                        let doubts = if reading.doubts.is_empty() {
                            String::new()
                        } else {
                            format!(" ({})", reading.doubts.join("; "))
                        };
                        format!(
                            "{}: {} | {}{doubts}",
                            document.line.unwrap_or(0),
                            article.title.unwrap_or_default(),
                            article.body
                        )
                    }
                    Err(reason) => format!("{}: {reason}", document.line.unwrap_or(0)),
                },
                Found::Rejected(rejection) => format!("{} rejected", rejection.line.unwrap_or(0)),
                Found::Finished(_) => return ControlFlow::Continue(()),
                Found::Skipped(_) | Found::LeadsOut(_) | Found::Unchanged(_) | Found::Opened(_) => {
                    panic!("nothing is skipped")
                }
            });
            ControlFlow::Continue(())
        });
        assert_eq!(flow, ControlFlow::Continue(()));
        found
    }

    #[test]
    fn what_stands_above_the_names_is_passed_over() {
        for above in ["sep=;\n", "\"sep=;\"\r\n", "Exported on 6 May 2024\n\nQuery: bridge; pier\n\r\n", ""] {
            let text = format!("{above}title;text\nT;One, two.\n\"U\";\"Three;\n\nfour.\"\n");
            let before = above.matches('\n').count();
            let expected =
                [format!("{}: T | One, two.", before + 2), format!("{}: U | Three;\n\nfour.", before + 3)];
            assert_eq!(read(&text), expected, "{text}");
        }
        assert!(recognizes("Exported on 6 May 2024\n\ntitle,date,text\nT,2020-01-02,One\n", ""));
    }

    #[test]
    fn a_broken_mark_of_quotation_costs_no_other_row() {
        let text =
            "title,date,text\nA,2020-01-01,\"One.\nB,2020-01-02,\"Two, and more.\"\nC,2020-01-03,Three.\n";
        assert_eq!(read(text), ["2 rejected", "3: B | Two, and more.", "4: C | Three."]);
        let text = "title,date,text\nA,2020-01-01,\"One.\nB,2020-01-02,Two.\nC,2020-01-03,Three.\n";
        assert_eq!(read(text), ["2 rejected", "3: B | Two.", "4: C | Three."]);
        // Marks that are not doubled are part of the text.
        let text = "title,date,text\nA,2020-01-01,\"She said \"no\" to it.\nTwice.\"\nB,2020-01-02,Two.\n";
        assert_eq!(read(text), ["2: A | She said \"no\" to it.\nTwice.", "4: B | Two."]);
    }

    #[test]
    fn columns_that_are_not_understood_are_said_once() {
        let found = read("title,text,mood\nA,One.,calm\nB,Two.,glad\n");
        assert!(found[0].contains("its columns mood;"), "{found:?}");
        assert_eq!(found[1], "3: B | Two.");
    }

    #[test]
    fn the_first_row_is_read_as_the_others_are() {
        let row = "Fair &amp; f&#234;te,One.,calm\n";
        let found = read(&format!("title,text,mood\n{row}{row}"));
        assert!(
            found[0].starts_with("2: Fair & fête | One. (nothing is made of its columns mood;"),
            "{found:?}"
        );
        assert_eq!(found[1], "3: Fair & fête | One.");
    }

    #[test]
    fn names_in_a_list_are_read() {
        assert_eq!(listed("['Ann Lee', \"Pat O'Hara\"]").as_deref(), Some("Ann Lee, Pat O'Hara"));
        assert_eq!(listed("['Ann' said]"), None);
        assert_eq!(listed("[sic]"), None);
    }
}
