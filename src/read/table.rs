//! Tables in text, CSV and TSV: an article a row, its fields named by the first row.

use std::ops::ControlFlow;

use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};

use crate::read::decode;
use crate::read::fields::{FieldRole, same_name};
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::record;
use crate::read::rejection::{Reason, Rejection, broken, no_articles, shortened};
use crate::read::rejection_kind::RejectionKind;
use crate::read::rows::{Form, Row, Rows, fields_of};

/// The format.
pub(crate) struct Table;

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
        let Some(layout) = Layout::of(head.bytes) else { return false };
        let named_so = matches!(head.extension, "csv" | "tsv" | "tab" | "psv");
        let known = layout.names.iter().filter(|name| role(name).is_some()).count();
        let holds_text = layout.names.iter().any(|name| role(name) == Some(FieldRole::Body));
        named_so || known >= 3 && holds_text && layout.rows_fit(head)
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
        let Some(layout) = Layout::of(&head) else {
            return emit(rejected(None, "it is no table: its first line has no columns".into()));
        };
        if let Some(reason) = without_text(&layout.names, options) {
            return emit(rejected(None, reason));
        }
        let mut said = layout.not_understood(options);
        let form = Form { delimiter: layout.delimiter, quotes: layout.quotes, fields: layout.names.len() };
        let mut rows = Rows::new(input, form, memchr::memchr(b'\n', &head).is_none());
        let mut count = 0_u64;
        let mut is_head = true;
        if let Err(error) = rows.skip(layout.start) {
            return emit(rejected(None, broken(&error)));
        }
        while let Some(found) = rows.next() {
            if std::mem::take(&mut is_head) && matches!(found, Row::Whole(..)) {
                continue;
            }
            match found {
                Row::Whole(_, row) if row.trim_ascii().is_empty() => {}
                Row::Whole(line, row) => {
                    let Some(row) = fields_of(&row, layout.delimiter, layout.quotes) else { continue };
                    if row.iter().all(|field| field.trim_ascii().is_empty()) {
                        continue;
                    }
                    count += 1;
                    let record = Value::Object(named(&layout.names, &row));
                    // What is odd about the columns is said with the first row, and once.
                    let record = match said.take() {
                        Some(odd) => Value::Array(vec![record, odd.into()]),
                        None => record,
                    };
                    emit(Found::Document(RawDocument {
                        source: source.clone(),
                        line: Some(line),
                        bytes: serde_json::to_vec(&record).unwrap_or_default(),
                        format: self,
                        address: None,
                    }))?;
                }
                Row::Broken(line, reason) => {
                    count += 1;
                    emit(rejected(Some(line), reason))?;
                }
            }
        }
        if count == 0 { emit(rejected(None, no_articles())) } else { ControlFlow::Continue(()) }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        if !document.bytes.starts_with(b"[") {
            return record::article(document, options);
        }
        let (fields, odd): (Map<String, Value>, String) =
            serde_json::from_slice(&document.bytes).map_err(|error| error.to_string())?;
        let mut reading = record::article_of(&fields, document, options)?;
        reading.doubts.insert(0, odd);
        Ok(reading)
    }
}

/// The rows of a table that is held whole, as records; the error says why they are none.
pub(crate) fn rows(bytes: &[u8]) -> Result<Vec<Map<String, Value>>, String> {
    let Some((delimiter, names)) = columns(bytes, None) else {
        return Err("it is no table: its first line has no columns".to_owned());
    };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(quotes(bytes, delimiter))
        .flexible(true)
        .from_reader(bytes);
    let rows = reader.byte_records().map(|row| row.map(|row| named(&names, &row)));
    let rows: Vec<_> = rows.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    Ok(rows.into_iter().filter(|row| !row.is_empty()).collect())
}

/// The names of the columns of a table; none if it is none.
pub(crate) fn names(bytes: &[u8]) -> Option<Vec<String>> {
    columns(bytes, None).map(|(_, names)| names)
}

fn role(name: &str) -> Option<FieldRole> {
    FieldRole::ALL.into_iter().find(|role| role.usual_fields().iter().any(|field| same_name(field, name)))
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
}

impl Layout {
    /// The layout of a table that begins like this; none if it has no row of names.
    fn of(head: &[u8]) -> Option<Self> {
        let (said, behind) = said_delimiter(head);
        let of_first = columns(&head[behind..], said);
        let known = |names: &[String]| names.iter().filter(|name| role(name).is_some()).count();
        let mut best = of_first.map(|(delimiter, names)| (behind, delimiter, names));
        let is_sure = best.as_ref().is_some_and(|(_, _, names)| known(names) >= 2);
        if !is_sure {
            // Lines above the row of names are text; that row has more names that are known, and one of a text.
            let starts = memchr::memchr_iter(b'\n', &head[behind..]).map(|at| behind + at + 1);
            let below = starts
                .take(MOST_ABOVE)
                .filter(|start| head.get(*start).is_some_and(|first| !first.is_ascii_whitespace()))
                .find_map(|start| {
                    let (delimiter, names) = columns(&head[start..], said)?;
                    let holds_text = names.iter().any(|name| role(name) == Some(FieldRole::Body));
                    (known(&names) >= 2 && holds_text).then_some((start, delimiter, names))
                });
            best = below.or(best);
        }
        let (start, delimiter, names) = best?;
        Some(Layout { delimiter, names, start, quotes: quotes(head, delimiter) })
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
                !name.is_empty() && !name.starts_with("Unnamed:") && role(name).is_none() && !is_named(name)
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
    fn names_in_a_list_are_read() {
        assert_eq!(listed("['Ann Lee', \"Pat O'Hara\"]").as_deref(), Some("Ann Lee, Pat O'Hara"));
        assert_eq!(listed("['Ann' said]"), None);
        assert_eq!(listed("[sic]"), None);
    }
}
