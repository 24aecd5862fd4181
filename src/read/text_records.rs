//! Cuts a stream of text into records at lines that begin or end one, holding one record at a time.

use std::io::{BufRead, Read};
use std::ops::ControlFlow;

use crate::read::decode;
use crate::read::format::{Emit, Found, InputFormat, Opening, RawDocument, Stream};
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

/// Whether a file may be an export of texts: it is no table, no Markdown, no markup, and its bytes are text.
pub(crate) fn may_be_export(head: &Opening) -> bool {
    let is_other = matches!(head.extension, "csv" | "tsv" | "tab" | "psv" | "md" | "markdown");
    !is_other && !decode::looks_binary(head.bytes) && !head.bytes.trim_ascii_start().starts_with(b"<")
}

/// Whether a text is the length of an article: `812 words`.
pub(crate) fn is_length(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [count, noun] = words[..] else { return false };
    let noun = noun.trim_end_matches('.').to_ascii_lowercase();
    matches!(noun.as_str(), "word" | "words" | "word(s)")
        && count.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
}

/// Cuts a stream into documents: what a mark began or ended, whatever it holds, and what stands outside of the marks if it
/// `holds_article`. Else that is a list of what was searched for, and the like.
pub(crate) fn split(
    stream: Stream,
    format: &'static dyn InputFormat,
    mark: &mut dyn FnMut(&str) -> Mark,
    holds_article: fn(&[u8]) -> bool,
    emit: Emit<'_>,
) -> ControlFlow<()> {
    let Stream { source, mut input } = stream;
    let mut record = Record { bytes: Vec::new(), line: 1, is_long: false, is_begun: false };
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
            let whole = record.take(number + u64::from(mark == Mark::Ends), mark == Mark::Begins);
            let before_mark = whole.bytes.len().saturating_sub(line.len());
            let is_ended = mark == Mark::Ends && !whole.bytes[..before_mark].trim_ascii().is_empty();
            if whole.is_long || whole.is_begun || is_ended || holds_article(&whole.bytes) {
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
    /// Whether a mark began it.
    is_begun: bool,
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

    /// The record so far; the next one begins in a line, with a mark or without.
    fn take(&mut self, next: u64, is_begun: bool) -> Record {
        std::mem::replace(self, Record { bytes: Vec::new(), line: next, is_long: false, is_begun })
    }
}
