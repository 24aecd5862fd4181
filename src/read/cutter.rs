//! Cuts a stream of JSON into its values, and finds the next record behind one that is broken.
//!
//! Holds one value at a time. A broken value ends where the lines show the next record: at a line that begins with an
//! object and is indented no deeper. What it had taken in by then is read again; the work of that is bounded. So does one
//! that is too long, since it may be a broken one that takes in all records behind it.

use std::io::{self, BufRead};

use crate::read::answer::{DEPTH, begins_articles};
use crate::read::format::Options;
use crate::read::rejection::MAX_DOCUMENT;
use crate::read::scan::{Scanner, Step, is_space};

/// How much may be read again before values have to end in their line, in bytes; and how often in all.
const AGAIN: u64 = 2 << 20;
const TIMES: u64 = 4;

/// One value cut out of a stream.
#[derive(Debug)]
pub(crate) struct Cut {
    /// Its bytes; none if it is too long. Of a broken one those up to the first that is wrong.
    pub(crate) bytes: Vec<u8>,
    /// The line it begins in, counted from 1.
    pub(crate) line: u64,
    /// Whether it is an element of a list.
    pub(crate) in_array: bool,
    /// Whether it may be an answer that holds articles: in a list only where that is one of a broken answer, whose end may
    /// have been passed over.
    pub(crate) may_be_answer: bool,
    /// What it is like.
    pub(crate) state: CutState,
}

/// What a cut value is like.
#[derive(Debug)]
pub(crate) enum CutState {
    /// A whole value.
    Whole,
    /// A value beyond the limit.
    TooLong,
    /// A value that goes wrong, or something that is none.
    Broken,
    /// A value or a list that the end of the stream cuts off.
    CutOff,
    /// The stream fails here.
    Failed(io::Error),
}

/// Cuts a stream.
pub(crate) struct Cutter<'a> {
    input: Replay<'a>,
    options: &'a Options,
    /// The next byte's line, counted from 1, and its place in it, counted from 0.
    line: u64,
    column: usize,
    in_array: bool,
    /// The answer in which the list lies that is read, if that is an answer which cannot be held as one.
    answer: Option<OpenAnswer>,
    /// Whether it is said already that something is open at the end, or the last value may have taken its end along.
    said_open: bool,
    /// Whether a value was open at the end of the stream.
    was_cut_off: bool,
    /// Whether the last element was no object, so that another one needs a comma before it.
    needs_comma: bool,
    /// Whether every value has to end in its line.
    lines_only: bool,
    /// Why the stream ended, if it failed.
    failure: Option<io::Error>,
    /// The longest value, in bytes.
    longest: usize,
}

/// An answer whose list is read element by element, since it is broken or too long.
struct OpenAnswer {
    /// How many objects the list lies in.
    objects: usize,
    /// Whether it is said of some part of it that it is broken.
    is_said: bool,
}

impl<'a> Cutter<'a> {
    /// Begins at the start of a stream.
    pub(crate) fn new(input: &'a mut dyn BufRead, options: &'a Options) -> Self {
        Cutter {
            input: Replay { input, again: Vec::new(), at: 0, ended: false, taken: 0, repeated: 0 },
            options,
            line: 1,
            column: 0,
            in_array: false,
            answer: None,
            said_open: false,
            was_cut_off: false,
            needs_comma: false,
            lines_only: false,
            failure: None,
            longest: MAX_DOCUMENT,
        }
    }

    /// The next value; none at the end of the stream.
    pub(crate) fn next(&mut self) -> Option<Cut> {
        loop {
            let Some(byte) = self.peek() else { return self.end() };
            match byte {
                b',' => {
                    self.advance(byte);
                    self.needs_comma = false;
                }
                _ if is_space(byte) => self.advance(byte),
                b'[' if !self.in_array => {
                    self.advance(byte);
                    self.in_array = true;
                }
                b']' if self.in_array => {
                    self.advance(byte);
                    self.in_array = false;
                    if let Some(answer) = self.answer.take()
                        && let Some(piece) = self.leave(&answer)
                    {
                        return Some(piece);
                    }
                }
                b'{' => return self.value(),
                // What is no object was rejected, and so is all that is in its line: a text in brackets is no list.
                _ if self.in_array && self.needs_comma => {
                    self.needs_comma = false;
                    self.skip_to_record(usize::MAX);
                }
                _ if self.in_array => return self.value(),
                // A byte order mark, where files were joined.
                0xEF | 0xBB | 0xBF if self.is_mark() => {}
                _ => {
                    let piece = self.piece(CutState::Broken, vec![byte]);
                    self.said_open = true;
                    self.skip_to_record(usize::MAX);
                    return Some(piece);
                }
            }
        }
    }

    fn piece(&self, state: CutState, bytes: Vec<u8>) -> Cut {
        Cut { bytes, line: self.line, in_array: self.in_array, may_be_answer: false, state }
    }

    fn end(&mut self) -> Option<Cut> {
        if let Some(error) = self.failure.take() {
            self.in_array = false;
            return Some(self.piece(CutState::Failed(error), Vec::new()));
        }
        let is_open = std::mem::take(&mut self.in_array) && !self.said_open;
        is_open.then(|| Cut { in_array: true, ..self.piece(CutState::CutOff, Vec::new()) })
    }

    /// A value that begins here.
    fn value(&mut self) -> Option<Cut> {
        let (line, column, in_array) = (self.line, self.column, self.in_array);
        let may_be_answer = !in_array || self.answer.is_some();
        let is_object = self.peek() == Some(b'{');
        let mut scanner = Scanner::default();
        let mut bytes = Vec::new();
        // Once the value is too long, and where the next record begins is not known yet: nothing of it is held then.
        let mut beyond: Option<LineStarts> = None;
        let mut is_too_long = false;
        // Whether reading stands behind the value, or at the next record.
        let mut is_behind = false;
        let state = loop {
            let Some((step, taken)) = self.run(&mut scanner, &mut bytes, beyond.as_mut()) else {
                break CutState::CutOff;
            };
            is_too_long |= bytes.len() > self.longest;
            match step {
                Step::End | Step::EndBefore if is_too_long => {
                    is_behind = true;
                    break CutState::TooLong;
                }
                Step::End => break CutState::Whole,
                Step::EndBefore if is_number_or_word(&bytes) => break CutState::Whole,
                Step::Within if taken && !is_too_long => {}
                Step::Within if taken && beyond.as_ref().is_some_and(|lines| !lines.found) => {}
                Step::Within if taken && beyond.is_none() => {
                    let mut lines = LineStarts::new(column);
                    let is_known = bytes.iter().any(|byte| lines.is_record(*byte));
                    if is_known || !in_array && self.list_of_articles(&scanner, &bytes).is_some() {
                        break CutState::TooLong;
                    }
                    bytes = Vec::new();
                    beyond = Some(lines);
                }
                _ if is_too_long => {
                    is_behind = beyond.as_ref().is_some_and(|lines| lines.found);
                    break CutState::TooLong;
                }
                _ => break CutState::Broken,
            }
        };
        self.needs_comma = in_array && !is_object;
        self.was_cut_off |= matches!(state, CutState::CutOff);
        self.said_open = self.was_cut_off || matches!(state, CutState::Broken);
        if matches!(state, CutState::Whole) || is_behind {
            return Some(Cut { bytes, line, in_array, may_be_answer, state });
        }
        let state = match self.failure.take() {
            Some(error) if matches!(state, CutState::CutOff) => CutState::Failed(error),
            failure => {
                self.failure = failure;
                state
            }
        };
        let list = if in_array { None } else { self.list_of_articles(&scanner, &bytes) };
        self.again(&bytes, line, column);
        if let Some((start, objects)) = list {
            self.enter(start, OpenAnswer { objects, is_said: !matches!(state, CutState::TooLong) });
            if let CutState::Failed(error) = state {
                self.failure = Some(error);
            }
            return self.next();
        }
        self.skip_to_record(column);
        if is_too_long {
            bytes = Vec::new();
        }
        Some(Cut { bytes, line, in_array, may_be_answer, state })
    }

    /// Where the list of articles begins that is open in an answer, and how many objects it lies in.
    fn list_of_articles(&self, scanner: &Scanner, bytes: &[u8]) -> Option<(usize, usize)> {
        scanner.list_within(DEPTH).filter(|(start, _)| begins_articles(bytes, *start, self.options))
    }

    /// Takes what is ready into a value, or passes over it up to the next record where that is looked for. Gives the last
    /// step, and whether there was any; none at the end of the stream.
    fn run(
        &mut self,
        scanner: &mut Scanner,
        bytes: &mut Vec<u8>,
        mut beyond: Option<&mut LineStarts>,
    ) -> Option<(Step, bool)> {
        let lines_only = self.lines_only;
        let in_list = self.in_array;
        // One byte more than there may be shows that a value is too long.
        let room = if beyond.is_some() { usize::MAX } else { self.longest + 1 - bytes.len() };
        let ready = self.ready()?;
        let ready = &ready[..ready.len().min(room)];
        let mut step = Step::Within;
        let mut taken = 0;
        let (mut lines, mut column) = (0, None);
        for byte in ready {
            if beyond.as_mut().is_some_and(|lines| lines.is_record(*byte)) {
                step = Step::Wrong;
                break;
            }
            // A text that is an element of its own is no article, and must not take in those behind it.
            let must_end = *byte == b'\n' && (lines_only || in_list && scanner.is_text());
            step = if must_end { Step::Wrong } else { scanner.step(*byte) };
            if step == Step::EndBefore || step == Step::Wrong && *byte == b'\n' {
                break;
            }
            taken += 1;
            if *byte == b'\n' {
                lines += 1;
                column = Some(taken);
            }
            if step != Step::Within {
                break;
            }
        }
        if beyond.is_none() {
            bytes.extend_from_slice(&ready[..taken]);
        }
        self.line += lines;
        self.column = column.map_or(self.column + taken, |start| taken - start);
        self.input.consume(taken);
        Some((step, taken > 0))
    }

    /// Has bytes read again that begin at this place, and were the last that were taken.
    fn again(&mut self, bytes: &[u8], line: u64, column: usize) {
        if bytes.is_empty() {
            return;
        }
        self.input.put_back(bytes);
        (self.line, self.column) = (line, column);
        self.lines_only |= self.input.repeated > AGAIN + TIMES * self.input.taken;
    }

    /// Goes to the first element of a list in an answer.
    fn enter(&mut self, start: usize, answer: OpenAnswer) {
        for _ in 0..start {
            let Some(byte) = self.peek() else { return };
            self.advance(byte);
        }
        self.in_array = true;
        self.answer = Some(answer);
        // Whether the list has an end shows when it has been read.
        (self.said_open, self.was_cut_off) = (false, false);
    }

    /// Goes from the end of a list to that of the answer around it, or to the next record where the answer has none; gives
    /// what is to be said of that.
    fn leave(&mut self, answer: &OpenAnswer) -> Option<Cut> {
        let (line, column) = (self.line, self.column);
        let mut scanner = Scanner::behind_list(answer.objects);
        let mut bytes = Vec::new();
        let state = loop {
            match self.run(&mut scanner, &mut bytes, None) {
                Some((Step::End, _)) => return None,
                Some((Step::Within, true)) if bytes.len() <= self.longest => {}
                Some(_) => break CutState::Broken,
                None => break CutState::CutOff,
            }
        };
        self.again(&bytes, line, column);
        self.skip_to_record(usize::MAX);
        let piece = Cut { bytes: Vec::new(), line, in_array: false, may_be_answer: false, state };
        (!answer.is_said).then_some(piece)
    }

    /// Passes over the rest of the line, and over all lines up to one that begins with an object, after brackets or commas,
    /// and is indented by no more than `column`. A bracket before it that opens begins a list anew.
    fn skip_to_record(&mut self, column: usize) {
        loop {
            self.skip_line();
            let mut lines = LineStarts::new(column);
            lines.begin();
            let mut opens = false;
            loop {
                let Some(byte) = self.peek() else { return };
                if lines.is_record(byte) {
                    if opens {
                        self.in_array = true;
                        self.answer = None;
                    }
                    return;
                }
                if lines.place.is_none() || byte == b'\n' {
                    break;
                }
                opens |= byte == b'[';
                self.advance(byte);
            }
        }
    }

    fn skip_line(&mut self) {
        while let Some(ready) = self.ready() {
            let end = memchr::memchr(b'\n', ready);
            let taken = end.map_or(ready.len(), |at| at + 1);
            self.input.consume(taken);
            self.column += taken;
            if end.is_some() {
                self.line += 1;
                self.column = 0;
                return;
            }
        }
    }

    /// Whether a byte order mark stands here; passes over it then.
    fn is_mark(&mut self) -> bool {
        let is_mark = self.ready().is_some_and(|ready| ready.starts_with(b"\xEF\xBB\xBF"));
        if is_mark {
            self.input.consume(3);
            self.column += 3;
        }
        is_mark
    }

    fn peek(&mut self) -> Option<u8> {
        self.ready().and_then(|ready| ready.first().copied())
    }

    fn advance(&mut self, byte: u8) {
        self.input.consume(1);
        self.column += 1;
        if byte == b'\n' {
            self.line += 1;
            self.column = 0;
        }
    }

    /// What may be read at once; none at the end of the stream, or where it fails.
    fn ready(&mut self) -> Option<&[u8]> {
        loop {
            match self.input.fill() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    self.input.ended = true;
                    return None;
                }
                Ok(()) => break,
            }
        }
        Some(self.input.ready()).filter(|ready| !ready.is_empty())
    }
}

/// Whether a value that is in no brackets or marks is one of JSON, as far as its beginning tells.
fn is_number_or_word(bytes: &[u8]) -> bool {
    matches!(bytes, [b'-' | b'0'..=b'9', ..] | b"true" | b"false" | b"null")
}

/// Tells at which line the next record begins: at one that begins with an object, after brackets or commas, and is
/// indented no deeper than what it follows.
struct LineStarts {
    /// How deep it may be indented.
    most: usize,
    /// The place in the line, and whether all before it is indentation; none where the line has begun with something else.
    place: Option<(usize, bool)>,
    /// Whether the record was found.
    found: bool,
}

impl LineStarts {
    /// Begins within a line.
    fn new(most: usize) -> Self {
        LineStarts { most, place: None, found: false }
    }

    /// Begins a line.
    fn begin(&mut self) {
        self.place = Some((0, true));
    }

    /// Goes on by one byte; whether the record begins with it.
    fn is_record(&mut self, byte: u8) -> bool {
        if byte == b'\n' {
            self.begin();
            return false;
        }
        let Some((at, indented)) = self.place else { return false };
        let is_in_place = !indented || at <= self.most;
        self.place = match byte {
            b' ' | b'\t' => Some((at + 1, indented)),
            b']' | b'}' | b',' | b'[' if is_in_place => Some((at + 1, false)),
            _ => None,
        };
        self.found = byte == b'{' && is_in_place;
        self.found
    }
}

/// A stream in which the bytes that were taken last may be put back.
struct Replay<'a> {
    input: &'a mut dyn BufRead,
    /// What was put back, and how far it is read again; nothing once the stream itself goes on.
    again: Vec<u8>,
    at: usize,
    /// Whether the stream itself has ended by failing.
    ended: bool,
    /// How many bytes the stream gave, and how many were put back.
    taken: u64,
    repeated: u64,
}

impl Replay<'_> {
    fn fill(&mut self) -> io::Result<()> {
        if self.at < self.again.len() {
            return Ok(());
        }
        (self.again, self.at) = (Vec::new(), 0);
        if self.ended { Ok(()) } else { self.input.fill_buf().map(|_| ()) }
    }

    /// What [`Replay::fill`] has made ready.
    fn ready(&mut self) -> &[u8] {
        if self.at < self.again.len() {
            return &self.again[self.at..];
        }
        if self.ended { &[] } else { self.input.fill_buf().unwrap_or_default() }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.again.len() {
            self.at += count;
        } else {
            self.input.consume(count);
            self.taken += count as u64;
        }
    }

    /// Puts back the bytes that were taken last. What is being read again has no other bytes before its place, so that
    /// no more is ever held than one value.
    fn put_back(&mut self, bytes: &[u8]) {
        self.repeated += bytes.len() as u64;
        if self.again.is_empty() {
            self.again = bytes.to_vec();
        } else {
            self.at -= bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is cut out of a text, read `chunk` bytes at a time: lines, bytes, and whether each is whole.
    fn cut(text: &str, chunk: usize) -> Vec<(u64, String, bool)> {
        let options = Options::default();
        let mut input = io::BufReader::with_capacity(chunk, text.as_bytes());
        let mut cutter = Cutter::new(&mut input, &options);
        let mut pieces = Vec::new();
        while let Some(piece) = cutter.next() {
            let text = String::from_utf8_lossy(&piece.bytes).into_owned();
            pieces.push((piece.line, text, matches!(piece.state, CutState::Whole)));
        }
        pieces
    }

    #[test]
    fn values_are_cut_wherever_the_chunks_end() {
        let cases: [(&str, &[(u64, &str)]); 6] = [
            ("[]", &[]),
            ("[{\"a\": 1},\n {\"b\": \"}]\\\"{\"}]\n", &[(1, "{\"a\": 1}"), (2, "{\"b\": \"}]\\\"{\"}")]),
            ("{\n \"a\": [1, {}]\n}\n", &[(1, "{\n \"a\": [1, {}]\n}")]),
            ("{\"a\": 1} {\"b\": 2}", &[(1, "{\"a\": 1}"), (1, "{\"b\": 2}")]),
            ("[1,\"two\", null]", &[(1, "1"), (1, "\"two\""), (1, "null")]),
            ("[[{}], {}]", &[(1, "[{}]"), (1, "{}")]),
        ];
        for (text, expected) in cases {
            let expected: Vec<_> =
                expected.iter().map(|(line, text)| (*line, (*text).to_owned(), true)).collect();
            for chunk in [1, 2, 3, 7, 4096] {
                assert_eq!(cut(text, chunk), expected, "{text} in chunks of {chunk}");
            }
        }
    }

    #[test]
    fn behind_a_broken_value_the_next_record_is_found() {
        let cases: [(&str, &[u64], &[u64]); 19] = [
            ("[{\"a\": 1}, {\"b\": ", &[1], &[1]),
            ("[{\"a\": 1}", &[1], &[1]),
            ("{\"a\": 1} ?", &[1], &[1]),
            ("[\n{\"a\": 1},\n{bad},\n{\"c\": 3}\n]", &[2, 4], &[3]),
            ("[{\"a\": \"cut off\n ,{\"b\": 2},\n {\"c\": 3}]", &[2, 3], &[1]),
            // Spread over lines: what is indented deeper is no record.
            (
                "[\n  {\n    \"a\": \"b\"c\",\n    \"d\": [\n      {\"e\": 1}\n    ]\n  },\n  {\n    \"f\": 1\n  }\n]",
                &[8],
                &[2],
            ),
            ("[{\n  \"a\": \"b\"c\"\n}, {\n  \"d\": 1\n}]", &[3], &[1]),
            // A value that was cut off takes the next record for its own, until it goes wrong.
            ("{\"a\":\n{\"b\": 2}\n{\"c\": 3}\n", &[2, 3], &[1]),
            ("{\"a\": [\n{\"b\": 2},\n{\"c\": 3},\n", &[2, 3], &[1]),
            ("noise\nnoise\n{\"a\": 1}\n\"noise\n{\"b\": 2}\n[[\n{\"c\": 3}\n", &[3, 5, 7], &[1, 4, 6]),
            ("{\n{\n{\n{\"a\": 1}\n", &[4], &[1, 2, 3]),
            // A list in an answer that is broken, or not whole.
            (
                "{\"n\": 3, \"items\": [{\"text\": \"a\"},\n{bad},\n{\"text\": \"b\"}], \"m\": 4}\n",
                &[1, 3],
                &[2],
            ),
            (
                "{\"response\": {\"items\": [\n  {\"text\": \"a\"},\n  {\"text\": \"b\"},\n  {\"text",
                &[2, 3],
                &[4],
            ),
            // The next answer behind one that is broken or breaks off.
            (
                "{\"items\": [{\"text\": \"a\"},\n{bad\n[{\"text\": \"b\"}] {\"text\": \"c\"}\n",
                &[1, 3, 3],
                &[2],
            ),
            (
                "{\"items\": [{\"text\": \"a\"}, {bad},\n{\"text\": \"b\"}], \"n\": 1} {\"text\": \"c\"}\n",
                &[1, 2, 2],
                &[1],
            ),
            (
                "{\"items\": [{\"text\": \"a\"}, {bad},\n{\"text\": \"b\"}]}\n[{\"text\": \"c\"}] {\"text\": \"d\"}\n[{\"text\": \"e\"}] {\"text\": \"f\"}\n",
                &[1, 2, 3, 3, 4, 4],
                &[1],
            ),
            ("{\"items\": [{\"text\": \"a\"}", &[1], &[1]),
            ("{\"items\": [{\"text\": \"a\"},\n{\"text\": \"b\"}\n", &[1, 2], &[3]),
            // Comments on an article are no articles.
            ("{\"text\": \"a\", \"comments\": [\n{\"text\": \"b\"},\n{bad\n", &[2], &[1, 3]),
        ];
        for (text, whole, broken) in cases {
            for chunk in [1, 2, 3, 7, 4096] {
                let pieces = cut(text, chunk);
                let lines = |wanted: bool| -> Vec<u64> {
                    pieces.iter().filter(|piece| piece.2 == wanted).map(|piece| piece.0).collect()
                };
                assert_eq!(
                    (lines(true), lines(false)),
                    (whole.to_vec(), broken.to_vec()),
                    "{text}: {pieces:?}"
                );
            }
        }
    }

    /// What is cut out of a text where values may be 60 bytes long.
    fn cut_short(text: &str, chunk: usize) -> Vec<Cut> {
        let options = Options::default();
        let mut input = io::BufReader::with_capacity(chunk, text.as_bytes());
        let mut cutter = Cutter::new(&mut input, &options);
        cutter.longest = 60;
        let mut pieces = Vec::new();
        while let Some(piece) = cutter.next() {
            assert!(piece.bytes.len() <= 61, "{}", piece.bytes.len());
            assert!(cutter.input.again.len() <= 61, "{}", cutter.input.again.len());
            pieces.push(piece);
        }
        pieces
    }

    #[test]
    fn a_value_that_is_too_long_costs_no_other() {
        let long = "long ".repeat(20);
        let records = "{\"text\": \"b\"},\n".repeat(20);
        let behind: Vec<u64> = (2..22).collect();
        let cases: &[(String, &[u64], &[u64])] = &[
            // Whole, and others behind it on its line.
            (format!("[{{\"text\": \"{long}\"}}, {{\"text\": \"b\"}}]"), &[1], &[1]),
            (format!("{{\"text\": \"{long}\"}} {{\"text\": \"b\"}}"), &[1], &[1]),
            (
                format!("[\n {{\n  \"a\": [\n   {{\"b\": \"{long}\"}}\n  ]}}, {{\"text\": \"b\"}}]"),
                &[5],
                &[2],
            ),
            // Something in it is not closed, and takes in those behind it.
            (format!("[{{\"text\": \"a\", \"tags\": [\"x\",\n{records}]"), &behind, &[1]),
            (format!("{{\"text\": \"a\", \"tags\": [\"x\",\n{records}"), &behind, &[1]),
            (format!("[{{\"text\": \"{long}\", \"tags\": [\"x\",\n{records}]"), &behind, &[1]),
            (
                format!("[{{\"text\": \"{long}\", \"tags\": [\"x\",\n\"y\", {long}\n{records}]"),
                &[&behind[1..], &[22]].concat(),
                &[1],
            ),
            // An answer holds no more than its articles.
            (
                format!("{{\"n\": 1, \"docs\": [\n{records}{{}}], \"m\": 1}} {{\"text\": \"c\"}}"),
                &[&behind[..], &[22, 22]].concat(),
                &[],
            ),
            (
                format!("{{\"n\": 1, \"docs\": [\n{records}{{}}], \"m\": {long}}}\n{{\"text\": \"c\"}}"),
                &[&behind[..], &[22, 23]].concat(),
                &[22],
            ),
            (format!("{{\"n\": 1, \"docs\": [\n{records}"), &behind, &[22]),
            (
                format!("{{\"n\": 1, \"docs\": [\n{records}{{}}], \"m\": 1"),
                &[&behind[..], &[22]].concat(),
                &[22],
            ),
        ];
        for (text, whole, broken) in cases {
            for chunk in [1, 2, 3, 7, 4096] {
                let pieces = cut_short(text, chunk);
                let lines = |wanted: bool| -> Vec<u64> {
                    let is_wanted = |piece: &&Cut| matches!(piece.state, CutState::Whole) == wanted;
                    pieces.iter().filter(is_wanted).map(|piece| piece.line).collect()
                };
                assert_eq!(
                    (lines(true), lines(false)),
                    (whole.to_vec(), broken.to_vec()),
                    "{text}: {pieces:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_read_again_is_bounded() {
        let options = Options::default();
        for line in
            ["{\n", "{\"a\": [\n", "{\"a\": [\"\n", "[\n", "{\",\":\"\",\"\":\"\n", "{\"a\":[{\"b\":\n"]
        {
            let text = line.repeat((1 << 19) / line.len());
            let mut input = text.as_bytes();
            let mut cutter = Cutter::new(&mut input, &options);
            while cutter.next().is_some() {}
            let repeated = cutter.input.repeated;
            assert!(repeated < AGAIN + (TIMES + 2) * text.len() as u64, "{line:?}: {repeated}");
        }
    }
}
