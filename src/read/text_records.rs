//! Cuts a stream of text into records at lines that begin or end one, holding one record at a time.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use crate::read::format::{Emit, Found, InputFormat, RawDocument, Stream};
use crate::read::rejection::{self, MAX_DOCUMENT, Rejection};

/// The longest piece that is taken for a line, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// What a line does to the record that is being read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It belongs to it.
    None,
    /// It begins another one, which it belongs to.
    Begins,
    /// It is the last one of it.
    Ends,
}

/// Cuts a stream; each record that `holds_article` becomes a document. What stands before the first one, such as a list of
/// what was searched for, is no record.
pub(crate) fn split(
    stream: Stream,
    format: &'static dyn InputFormat,
    mark: &mut dyn FnMut(&str) -> Mark,
    holds_article: fn(&[u8]) -> bool,
    emit: Emit<'_>,
) -> ControlFlow<()> {
    let Stream { source, mut input } = stream;
    let mut record = Record { bytes: Vec::new(), line: 1, is_long: false };
    let (mut number, mut count) = (1_u64, 0_u64);
    let mut first: Option<RawDocument> = None;
    let mut failure = None;
    let mut ended = false;
    while !ended {
        let mut line = Vec::new();
        match (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line) {
            Ok(0) => ended = true,
            Ok(_) => {}
            Err(error) => {
                failure = Some(rejection::broken(&error));
                ended = true;
            }
        }
        let mark = if ended { Mark::Begins } else { mark(&String::from_utf8_lossy(&line)) };
        if mark != Mark::Begins {
            record.add(&line);
        }
        if mark != Mark::None {
            let whole = record.take(number + u64::from(mark == Mark::Ends));
            if whole.is_long || holds_article(&whole.bytes) {
                count += 1;
                let found = match whole.is_long {
                    true => {
                        Found::Rejected(Rejection::new(&source, Some(whole.line), rejection::too_large()))
                    }
                    false => Found::Document(RawDocument {
                        source: source.clone(),
                        line: Some(whole.line),
                        bytes: whole.bytes,
                        format,
                        address: None,
                        doubts: Vec::new(),
                    }),
                };
                // A record that is alone stands for its file.
                match found {
                    Found::Document(document) if count == 1 => first = Some(document),
                    found => {
                        if let Some(first) = first.take() {
                            emit(Found::Document(first))?;
                        }
                        emit(found)?;
                    }
                }
            }
        }
        if mark == Mark::Begins {
            record.add(&line);
        }
        number += u64::from(line.ends_with(b"\n"));
    }
    if let Some(mut only) = first {
        if failure.is_none() {
            only.line = None;
        }
        emit(Found::Document(only))?;
    }
    match failure {
        Some(reason) => emit(Found::Rejected(Rejection::new(source, Some(number), reason))),
        None if count == 0 => emit(Found::Rejected(Rejection::new(source, None, rejection::no_articles()))),
        None => ControlFlow::Continue(()),
    }
}

/// The record that is being read.
struct Record {
    bytes: Vec<u8>,
    /// The line that it begins in.
    line: u64,
    is_long: bool,
}

impl Record {
    fn add(&mut self, line: &[u8]) {
        self.is_long |= self.bytes.len() + line.len() > MAX_DOCUMENT;
        if self.is_long {
            self.bytes.clear();
        } else {
            self.bytes.extend_from_slice(line);
        }
    }

    /// The record so far; the next one begins in a line.
    fn take(&mut self, next: u64) -> Record {
        std::mem::replace(self, Record { bytes: Vec::new(), line: next, is_long: false })
    }
}
