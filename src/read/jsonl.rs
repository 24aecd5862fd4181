//! JSON lines: one object a line, each an article of its own.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use serde::de::IgnoredAny;

use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::{MAX_DOCUMENT, Reason, Rejection};
use crate::read::shape::{self, Shape};
use crate::read::{decode, record, rejection, scan};

/// The format.
pub(crate) struct Jsonl;

impl InputFormat for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    /// The name says so, or the lines do, whatever stands between them; but not where one value goes over many lines.
    fn recognizes(&self, head: &Opening) -> bool {
        if decode::are_json_lines(head.bytes) {
            return true;
        }
        let named_so = matches!(head.extension, "jsonl" | "ndjson" | "jl" | "jsonlines");
        let start = head.bytes.trim_ascii_start();
        let shape = Shape::of(head);
        if !shape::may_be_read(head, &shape) {
            return false;
        }
        if start.starts_with(b"[") || shape.spread {
            let is_no_list = named_so && !shape.spread && shape.records > shape.elements;
            return shape.is_mostly_records() || is_no_list;
        }
        match shape.lines {
            // The first line is longer than the look at it.
            0 => named_so || start.starts_with(b"{") && head.extension != "json",
            // A single object may also be an answer that holds many, which the JSON format knows.
            1 if head.whole => named_so,
            _ => named_so || shape.is_mostly_records() || head.extension != "json" && shape.holds_articles(),
        }
    }

    fn takes_any_text(&self) -> bool {
        true
    }

    fn split(&'static self, mut stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let mut is_blank = true;
        for line in 1.. {
            let rejected =
                |reason: Reason| Found::Rejected(Rejection::new(&stream.source, Some(line), reason));
            match read_line(&mut *stream.input) {
                Ok(Line::End) if is_blank => {
                    let reason = rejection::no_articles();
                    return emit(Found::Rejected(Rejection::new(stream.source, None, reason)));
                }
                Ok(Line::End) => break,
                Ok(Line::Text(bytes)) => {
                    for bytes in records(bytes) {
                        is_blank = false;
                        let source = stream.source.clone();
                        emit(Found::Document(RawDocument {
                            source,
                            line: Some(line),
                            bytes,
                            format: self,
                            address: None,
                            doubts: Vec::new(),
                        }))?;
                    }
                }
                Ok(Line::TooLong) => {
                    is_blank = false;
                    emit(rejected(rejection::too_large()))?;
                }
                Err(error) => return emit(rejected(rejection::broken(&error))),
            }
        }
        ControlFlow::Continue(())
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        record::article(document, options)
    }
}

/// The records of a line: one, unless it is blank or the line feed between two was lost. What is no record is one, too.
fn records(line: Vec<u8>) -> Vec<Vec<u8>> {
    // Files that were joined have their byte order marks within.
    let text = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
    if text.trim_ascii().is_empty() {
        return Vec::new();
    }
    if serde_json::from_slice::<IgnoredAny>(text).is_ok() {
        return vec![if text.len() == line.len() { line } else { text.to_vec() }];
    }
    let (objects, rest) = scan::objects(text);
    let mut records: Vec<_> = objects.into_iter().map(|range| text[range].to_vec()).collect();
    records.extend(rest.map(|from| text[from..].to_vec()));
    records
}

/// One line of a stream.
enum Line {
    /// Its bytes, without the line feed.
    Text(Vec<u8>),
    /// It is longer than the limit; it has been passed over.
    TooLong,
    /// There is none: the stream has ended.
    End,
}

/// Reads a line and holds no more of it than the limit.
fn read_line(input: &mut dyn BufRead) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut length = 0;
    loop {
        let ready = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let end = memchr::memchr(b'\n', ready);
        let taken = end.unwrap_or(ready.len());
        if taken == 0 && end.is_none() && length == 0 {
            return Ok(Line::End);
        }
        let at_end = end.is_some() || ready.is_empty();
        length += taken;
        if length <= MAX_DOCUMENT {
            line.extend_from_slice(&ready[..taken]);
        }
        input.consume(taken + usize::from(end.is_some()));
        if at_end {
            return Ok(if length > MAX_DOCUMENT { Line::TooLong } else { Line::Text(line) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognizes(text: &str, extension: &str, whole: bool) -> bool {
        Jsonl.recognizes(&Opening { bytes: text.as_bytes(), whole, extension })
    }

    #[test]
    fn lines_of_objects_are_recognized_whatever_the_name() {
        let two = "{\"text\": \"a\"}\n{\"text\": \"b\"}\n";
        for extension in ["", "json", "str", "txt", "jsonl"] {
            assert!(recognizes(two, extension, true));
        }
        assert!(recognizes("this is no JSON\n{\"text\": \"a\"}\n{\"text\": \"b\"}\n", "", true));
        assert!(recognizes("{\"text\": \"a line that is longer than the loo", "", false));
        assert!(recognizes("{\"text\": \"a\"}", "jsonl", true));
        assert!(recognizes("{\"text\": \"cut off\n{\"text\": \"b\"}\n{\"te\n", "jsonl", true));
        assert!(recognizes("{bad\n{\"text\": \"b\"}\n{bad\n", "jsonl", true));
        assert!(recognizes("noise\n{\"text\": \"b\"}\n\0\0\0\n", "", true));
    }

    #[test]
    fn other_json_is_left_to_its_own_format() {
        assert!(!recognizes("[{\"text\": \"a\"},\n{\"text\": \"b\"}]", "jsonl", true));
        assert!(!recognizes("{\n  \"text\": \"a\"\n}\n", "json", true));
        assert!(!recognizes("{\"articles\": [{\"text\": \"a\"}]}", "json", true));
    }

    #[test]
    fn a_lost_line_feed_costs_no_record() {
        for (line, expected) in [
            (r#"{"a": 1}"#, vec![r#"{"a": 1}"#]),
            (r#"{"a": 1}{"b": 2}"#, vec![r#"{"a": 1}"#, r#"{"b": 2}"#]),
            (r#"{"a": 1},"#, vec![r#"{"a": 1}"#]),
            (r#"{"a": 1} more"#, vec![r#"{"a": 1}"#, "more"]),
            ("\u{FEFF}{\"a\": 1}", vec![r#"{"a": 1}"#]),
            ("noise", vec!["noise"]),
            (" \t", vec![]),
        ] {
            let records = records(line.as_bytes().to_vec());
            assert_eq!(records, expected.iter().map(|text| text.as_bytes()).collect::<Vec<_>>(), "{line}");
        }
    }

    #[test]
    fn lines_end_with_a_line_feed_or_the_stream() {
        let mut input: &[u8] = b"a\n\nb";
        let mut lines = Vec::new();
        while let Ok(Line::Text(line)) = read_line(&mut input) {
            lines.push(line);
        }
        assert_eq!(lines, [&b"a"[..], b"", b"b"]);
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over() {
        let endless = io::repeat(b'x').take(MAX_DOCUMENT as u64 + 1);
        let mut input = io::BufReader::new(io::Read::chain(endless, &b"\nnext"[..]));
        assert!(matches!(read_line(&mut input), Ok(Line::TooLong)));
        assert!(matches!(read_line(&mut input), Ok(Line::Text(line)) if line == b"next"));
    }

    use std::io::Read;
}
