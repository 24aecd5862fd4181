//! JSON: one article, several after each other, an array of them, or an answer of a service that
//! holds them in one of its fields.
//!
//! The file is cut by its brackets without being held in memory, so that an array may be of any size.

use std::ops::ControlFlow;

use crate::read::answer::articles_within;
use crate::read::cutter::{Cut, CutState, Cutter};
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::{Reason, Rejection};
use crate::read::rejection_kind::RejectionKind;
use crate::read::shape::{self, Shape};
use crate::read::{record, rejection};

/// The format.
pub(crate) struct Json;

impl InputFormat for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        if head.extension == "json" && shape::may_be_read(head, &Shape::of(head)) {
            return true;
        }
        let start = head.bytes.trim_ascii_start();
        match start.split_first() {
            // A text may begin with a bracket too: [Editor's note].
            Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'{' | b']')),
            Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), None | Some(b'"' | b'}')),
            _ => false,
        }
    }

    fn takes_any_text(&self) -> bool {
        true
    }

    fn split(&'static self, mut stream: Stream, options: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let source = stream.source;
        let mut cutter = Cutter::new(&mut *stream.input, options);
        // A single object stands for its file, so it is held back until the next one or the end shows up.
        let mut first: Option<Cut> = None;
        let mut count = 0_u64;
        while let Some(piece) = cutter.next() {
            count += 1;
            let may_be_all = matches!(piece.state, CutState::Whole | CutState::TooLong) && !piece.in_array;
            if count == 1 && may_be_all {
                first = Some(piece);
                continue;
            }
            if let Some(first) = first.take() {
                self.hand_on(first, &source, false, options, emit)?;
            }
            self.hand_on(piece, &source, false, options, emit)?;
        }
        match first {
            Some(only) => self.hand_on(only, &source, true, options, emit),
            None if count == 0 => {
                emit(Found::Rejected(Rejection::new(source, None, rejection::no_articles())))
            }
            None => ControlFlow::Continue(()),
        }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        record::article(document, options)
    }
}

impl Json {
    /// Hands on one value: as an article, as the articles that it holds, or as a rejection.
    fn hand_on(
        &'static self,
        piece: Cut,
        source: &str,
        only: bool,
        options: &Options,
        emit: Emit<'_>,
    ) -> ControlFlow<()> {
        let line = (!only).then_some(piece.line);
        let reason = match piece.state {
            CutState::Whole => return self.articles(piece, source, line, options, emit),
            CutState::TooLong => rejection::too_large(),
            CutState::Broken => record::why_no_object(&piece.bytes),
            CutState::CutOff => {
                let words = "the file breaks off: its last record or its list has no end";
                Reason::new(RejectionKind::CutOff, words)
            }
            CutState::Failed(error) => rejection::broken(&error),
        };
        emit(Found::Rejected(Rejection::new(source, line, reason).beginning_with(&piece.bytes)))
    }

    /// Hands on a whole value.
    fn articles(
        &'static self,
        piece: Cut,
        source: &str,
        line: Option<u64>,
        options: &Options,
        emit: Emit<'_>,
    ) -> ControlFlow<()> {
        let inner = if piece.may_be_answer { articles_within(&piece.bytes, options) } else { None };
        let Some(inner) = inner else {
            let document = RawDocument {
                source: source.to_owned(),
                line,
                bytes: piece.bytes,
                format: self,
                address: None,
                doubts: Vec::new(),
            };
            return emit(Found::Document(document));
        };
        let (mut line, mut at) = (piece.line, 0);
        for range in inner {
            line += memchr::memchr_iter(b'\n', &piece.bytes[at..range.start]).count() as u64;
            at = range.start;
            emit(Found::Document(RawDocument {
                source: source.to_owned(),
                line: Some(line),
                bytes: piece.bytes[range].to_vec(),
                format: self,
                address: None,
                doubts: Vec::new(),
            }))?;
        }
        ControlFlow::Continue(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
