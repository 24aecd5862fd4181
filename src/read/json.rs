//! JSON: one article, several after each other, an array of them, or an answer of a service that
//! holds them in one of its fields.
//!
//! The file is cut by its brackets without being held in memory, so that an array may be of any size.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::record::Object;
use crate::read::rejection::{MAX_DOCUMENT, Rejection};
use crate::read::{record, rejection};

/// The format.
pub(crate) struct Json;

impl InputFormat for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let start = head.bytes.trim_ascii_start();
        match start.split_first() {
            // A text may begin with a bracket too: [Editor's note].
            Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'{' | b']')),
            Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
            _ => false,
        }
    }

    fn split(&'static self, mut stream: Stream, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let source = stream.source.clone();
        let mut cutter = Cutter::default();
        // A single object stands for its file, so it is held back until the next one or the end shows up.
        let mut first: Option<Piece> = None;
        let mut count = 0_u64;
        loop {
            let piece = match cutter.next(&mut *stream.input) {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(failure) => {
                    if let Some(first) = first.take() {
                        self.object(first, &source, false, options, emit)?;
                    }
                    let rejection =
                        Rejection { source, line: Some(cutter.line), reason: failure.to_string() };
                    return emit(Found::Rejected(rejection));
                }
            };
            count += 1;
            if count == 1 && !piece.in_array {
                first = Some(piece);
                continue;
            }
            if let Some(first) = first.take() {
                self.object(first, &source, false, options, emit)?;
            }
            self.object(piece, &source, false, options, emit)?;
        }
        match first {
            Some(only) => self.object(only, &source, true, options, emit),
            None if count == 0 => {
                let reason = "it holds no articles".to_owned();
                emit(Found::Rejected(Rejection { source, line: None, reason }))
            }
            None => ControlFlow::Continue(()),
        }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, String> {
        record::article(document, options)
    }
}

impl Json {
    /// Hands on one value: as an article, or as the articles that it holds.
    fn object(
        &'static self,
        piece: Piece,
        source: &str,
        only: bool,
        options: &Options,
        emit: Emit<'_>,
    ) -> ControlFlow<()> {
        let line = (!only).then_some(piece.line);
        if piece.too_long {
            let reason = rejection::too_large();
            return emit(Found::Rejected(Rejection { source: source.to_owned(), line, reason }));
        }
        let inner = if piece.in_array { None } else { articles_within(&piece.bytes, options) };
        let Some(inner) = inner else {
            let document = RawDocument { source: source.to_owned(), line, bytes: piece.bytes, format: self };
            return emit(Found::Document(document));
        };
        for range in inner {
            let before = &piece.bytes[..range.start];
            let line = piece.line + memchr::memchr_iter(b'\n', before).count() as u64;
            emit(Found::Document(RawDocument {
                source: source.to_owned(),
                line: Some(line),
                bytes: piece.bytes[range].to_vec(),
                format: self,
            }))?;
        }
        ControlFlow::Continue(())
    }
}

/// How deep in an answer its articles may lie: `response.docs`, `data.items.articles`.
const DEPTH: usize = 3;

/// Where the articles lie in an answer; none if the object is an article itself, or no answer.
fn articles_within(bytes: &[u8], options: &Options) -> Option<Vec<std::ops::Range<usize>>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let object = Object::parse(text).ok()?;
    if record::has_text(&object, options) {
        return None;
    }
    let list = longest_list(&object, DEPTH)?;
    let start = text.as_ptr().addr();
    // Every element borrows from `text`, so its address tells its place.
    let place = |element: &str| {
        let offset = element.as_ptr().addr() - start;
        offset..offset + element.len()
    };
    Some(list.into_iter().map(place).collect())
}

/// The longest array of objects in an object, or in objects inside it.
fn longest_list<'a>(object: &Object<'a>, depth: usize) -> Option<Vec<&'a str>> {
    let mut longest: Option<Vec<&'a str>> = None;
    for (_, value) in &object.fields {
        let text = value.get();
        let list = match text.as_bytes().first() {
            Some(b'[') => objects_in(text),
            Some(b'{') if depth > 1 => {
                Object::parse(text).ok().and_then(|inner| longest_list(&inner, depth - 1))
            }
            _ => None,
        };
        if list.as_ref().map_or(0, Vec::len) > longest.as_ref().map_or(0, Vec::len) {
            longest = list;
        }
    }
    longest
}

/// The elements of an array, if all of them are objects.
fn objects_in(array: &str) -> Option<Vec<&str>> {
    let elements: Vec<&serde_json::value::RawValue> = serde_json::from_str(array).ok()?;
    let objects: Vec<&str> = elements.into_iter().map(|element| element.get()).collect();
    objects.iter().all(|element| element.starts_with('{')).then_some(objects)
}

/// One value cut out of a stream.
struct Piece {
    /// Its bytes; none if it is too long.
    bytes: Vec<u8>,
    /// The line it begins in, counted from 1.
    line: u64,
    /// Whether it is an element of the outermost array.
    in_array: bool,
    /// Whether it is longer than the limit.
    too_long: bool,
}

/// Why a stream cannot be cut any further.
#[derive(Debug)]
enum Failure {
    /// Something stands where a value or the end should.
    NoValue,
    /// The stream ends within a value or the array.
    EndsWithin,
    /// Reading failed.
    Broken(io::Error),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::NoValue => f.write_str("it is not valid JSON from here on"),
            Failure::EndsWithin => f.write_str("the file breaks off: its last record or its list has no end"),
            Failure::Broken(error) => f.write_str(&rejection::broken(error)),
        }
    }
}

/// Cuts a stream into JSON values, of which it knows no more than brackets and strings.
struct Cutter {
    /// The line that was reached, counted from 1.
    line: u64,
    in_array: bool,
    state: State,
}

/// Where in a value the cutter is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before a value.
    Between,
    /// In an object or array that is `depth` brackets deep.
    Nested { depth: u32, string: InString },
    /// In a number or a word, which ends with the next mark.
    Bare,
    /// In a string that is a value of its own.
    String(InString),
}

/// Whether, and where, in a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum InString {
    No,
    Yes,
    AfterBackslash,
}

impl InString {
    /// What follows on `byte`.
    fn after(self, byte: u8) -> Self {
        match (self, byte) {
            (InString::No, b'"') => InString::Yes,
            (InString::No, _) => InString::No,
            (InString::Yes, b'"') => InString::No,
            (InString::Yes, b'\\') => InString::AfterBackslash,
            (InString::Yes | InString::AfterBackslash, _) => InString::Yes,
        }
    }
}

impl Default for Cutter {
    fn default() -> Self {
        Cutter { line: 1, in_array: false, state: State::Between }
    }
}

impl Cutter {
    /// The next value; none at the end of the stream.
    fn next(&mut self, input: &mut dyn BufRead) -> Result<Option<Piece>, Failure> {
        let mut piece =
            Piece { bytes: Vec::new(), line: self.line, in_array: self.in_array, too_long: false };
        loop {
            let ready = match input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other.map_err(Failure::Broken)?,
            };
            if ready.is_empty() {
                return self.at_end(piece);
            }
            let (taken, done) = self.take(ready, &mut piece)?;
            input.consume(taken);
            if done {
                return Ok(Some(piece));
            }
        }
    }

    fn at_end(&mut self, piece: Piece) -> Result<Option<Piece>, Failure> {
        match self.state {
            State::Between if self.in_array => Err(Failure::EndsWithin),
            State::Between => Ok(None),
            State::Bare if !self.in_array => {
                self.state = State::Between;
                Ok(Some(piece))
            }
            State::Nested { .. } | State::String(_) | State::Bare => Err(Failure::EndsWithin),
        }
    }

    /// Takes bytes up to the end of a value; says how many, and whether the value has ended.
    fn take(&mut self, ready: &[u8], piece: &mut Piece) -> Result<(usize, bool), Failure> {
        let mut from = None;
        for (at, byte) in ready.iter().copied().enumerate() {
            if byte == b'\n' {
                self.line += 1;
            }
            let before = self.state;
            let ends = self.step(byte)?;
            if before == State::Between && self.state != State::Between {
                piece.line = self.line;
                piece.in_array = self.in_array;
                from = Some(at);
            }
            if ends {
                // The mark behind a bare value is read again: it may end the array.
                let end = if before == State::Bare { at } else { at + 1 };
                if before == State::Bare && byte == b'\n' {
                    self.line -= 1;
                }
                keep(piece, &ready[from.unwrap_or(0)..end]);
                return Ok((end, true));
            }
            if before == State::Between && from.is_none() {
                continue;
            }
            if from.is_none() {
                from = Some(0);
            }
        }
        if let Some(from) = from {
            keep(piece, &ready[from..]);
        }
        Ok((ready.len(), false))
    }

    /// Moves over one byte; says whether a value ends with it, or, if it is a bare one, before it.
    fn step(&mut self, byte: u8) -> Result<bool, Failure> {
        match self.state {
            State::Between => match byte {
                b' ' | b'\t' | b'\r' | b'\n' => {}
                b',' if self.in_array => {}
                b'[' if !self.in_array => self.in_array = true,
                b']' if self.in_array => self.in_array = false,
                b'{' | b'[' => self.state = State::Nested { depth: 1, string: InString::No },
                b'"' => self.state = State::String(InString::Yes),
                b'-' | b'0'..=b'9' | b'a'..=b'z' => self.state = State::Bare,
                _ => return Err(Failure::NoValue),
            },
            State::Bare => {
                if matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n') {
                    self.state = State::Between;
                    return Ok(true);
                }
            }
            State::String(string) => {
                let string = string.after(byte);
                let ends = string == InString::No;
                self.state = if ends { State::Between } else { State::String(string) };
                return Ok(ends);
            }
            State::Nested { depth, string } => {
                let depth = match (string, byte) {
                    (InString::No, b'{' | b'[') => depth.saturating_add(1),
                    (InString::No, b'}' | b']') => depth - 1,
                    _ => depth,
                };
                self.state = State::Nested { depth, string: string.after(byte) };
                if depth == 0 {
                    self.state = State::Between;
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// Adds bytes to a value, as long as it is within the limit.
fn keep(piece: &mut Piece, bytes: &[u8]) {
    if piece.too_long || piece.bytes.len() + bytes.len() > MAX_DOCUMENT {
        piece.too_long = true;
        piece.bytes = Vec::new();
    } else {
        piece.bytes.extend_from_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of a text with their lines, read `chunk` bytes at a time; and whether it ended well.
    fn cut(text: &str, chunk: usize) -> (Vec<(u64, String)>, bool) {
        let mut input = io::BufReader::with_capacity(chunk, text.as_bytes());
        let mut cutter = Cutter::default();
        let mut pieces = Vec::new();
        loop {
            match cutter.next(&mut input) {
                Ok(Some(piece)) => {
                    pieces.push((piece.line, String::from_utf8_lossy(&piece.bytes).into_owned()))
                }
                Ok(None) => return (pieces, true),
                Err(_) => return (pieces, false),
            }
        }
    }

    #[test]
    fn values_are_cut_wherever_the_chunks_end() {
        let cases: [(&str, &[(u64, &str)], bool); 9] = [
            ("[]", &[], true),
            (
                "[{\"a\": 1},\n {\"b\": \"}]\\\"{\"}]\n",
                &[(1, "{\"a\": 1}"), (2, "{\"b\": \"}]\\\"{\"}")],
                true,
            ),
            ("{\n \"a\": [1, {}]\n}\n", &[(1, "{\n \"a\": [1, {}]\n}")], true),
            ("{\"a\": 1} {\"b\": 2}", &[(1, "{\"a\": 1}"), (1, "{\"b\": 2}")], true),
            ("[1,\"two\", null]", &[(1, "1"), (1, "\"two\""), (1, "null")], true),
            ("[[{}], {}]", &[(1, "[{}]"), (1, "{}")], true),
            ("[{\"a\": 1}, {\"b\": ", &[(1, "{\"a\": 1}")], false),
            ("[{\"a\": 1}", &[(1, "{\"a\": 1}")], false),
            ("{\"a\": 1} ?", &[(1, "{\"a\": 1}")], false),
        ];
        for (text, expected, ends_well) in cases {
            let expected: Vec<_> = expected.iter().map(|(line, text)| (*line, (*text).to_owned())).collect();
            for chunk in [1, 2, 3, 7, 4096] {
                assert_eq!(cut(text, chunk), (expected.clone(), ends_well), "{text} in chunks of {chunk}");
            }
        }
    }

    #[test]
    fn articles_are_found_within_an_answer() {
        let within = |text: &str| {
            let ranges = articles_within(text.as_bytes(), &Options::default());
            ranges.map(|ranges| ranges.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>())
        };
        let answer =
            r#"{"status": "ok", "tags": [{"t": 1}], "response": {"docs": [{"text": "a"}, {"text": "b"}]}}"#;
        assert_eq!(within(answer), Some(vec![r#"{"text": "a"}"#.to_owned(), r#"{"text": "b"}"#.to_owned()]));
        assert_eq!(within(r#"{"text": "An article.", "images": [{"url": "u"}]}"#), None);
        assert_eq!(within(r#"{"status": "error"}"#), None);
    }

    #[test]
    fn a_text_in_brackets_is_no_json() {
        let recognizes =
            |text: &str| Json.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension: "" });
        assert!(!recognizes("[Editor's note] The mayor"));
        assert!(!recognizes("{ draft } The mayor"));
        assert!(recognizes(" [\n{\"text\""));
        assert!(recognizes("{\"text\""));
    }
}
