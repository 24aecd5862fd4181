//! JSON lines: one object a line, each an article of its own.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::{MAX_DOCUMENT, Rejection};
use crate::read::{decode, record, rejection};

/// The format.
pub(crate) struct Jsonl;

impl InputFormat for Jsonl {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    /// Most lines are whole objects; or the name says so, as where the first line is longer than the look at it.
    fn recognizes(&self, head: &Opening) -> bool {
        if decode::are_json_lines(head.bytes) {
            return true;
        }
        let named_so = matches!(head.extension, "jsonl" | "ndjson" | "jl" | "jsonlines");
        let start = head.bytes.trim_ascii_start();
        if start.starts_with(b"[") || decode::looks_binary(head.bytes) {
            return false;
        }
        let mut lines: Vec<&[u8]> = head.bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect();
        if !head.whole {
            lines.pop();
        }
        lines.retain(|line| !line.is_empty());
        let objects = lines.iter().filter(|line| line.starts_with(b"{") && line.ends_with(b"}")).count();
        match lines.len() {
            0 => named_so || start.starts_with(b"{") && head.extension != "json",
            // A single object may also be an answer that holds many, which the JSON format knows.
            1 if head.whole => named_so,
            count => objects * 2 > count || named_so && !start.starts_with(b"{"),
        }
    }

    fn split(&'static self, mut stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        for line in 1.. {
            let source = stream.source.clone();
            let rejected = |reason| Found::Rejected(Rejection { source, line: Some(line), reason });
            match read_line(&mut *stream.input) {
                Ok(Line::End) => break,
                Ok(Line::Text(bytes)) if bytes.trim_ascii().is_empty() => {}
                Ok(Line::Text(bytes)) => {
                    let source = stream.source.clone();
                    emit(Found::Document(RawDocument { source, line: Some(line), bytes, format: self }))?;
                }
                Ok(Line::TooLong) => emit(rejected(rejection::too_large()))?,
                Err(error) => return emit(rejected(rejection::broken(&error))),
            }
        }
        ControlFlow::Continue(())
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, String> {
        record::article(document, options)
    }
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
    }

    #[test]
    fn other_json_is_left_to_its_own_format() {
        assert!(!recognizes("[{\"text\": \"a\"},\n{\"text\": \"b\"}]", "jsonl", true));
        assert!(!recognizes("{\n  \"text\": \"a\"\n}\n", "json", true));
        assert!(!recognizes("{\"articles\": [{\"text\": \"a\"}]}", "json", true));
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
