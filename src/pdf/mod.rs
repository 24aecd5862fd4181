//! The reader of PDF, which is a process of its own: a file on standard input, a line of JSON on standard output.
//!
//! ```text
//! bytes ─ glyphs ─▶ glyphs of pages ─ lines ─▶ lines ─ furniture ─▶ without heads ─ order ─▶ blocks ─ paragraphs ─▶ text
//! ```
//!
//! `limits` bounds the process before it reads a byte, `article` is the order of the steps, `metadata` what the file says of
//! itself. Who calls it is `read::pdf`. A program of one's own is a reader too if it calls [`answer`].

mod article;
mod furniture;
mod glyphs;
mod limits;
mod lines;
mod metadata;
mod order;
mod paragraphs;

use std::io::{self, Read, Write};

use crate::guard::guarded;
use crate::read::pdf::Answer;
use crate::read::{MAX_DOCUMENT, Reason};

/// Reads a PDF and writes the answer, within limits that hold for the process from then on: to be called by a program that
/// was called with [`PDF_COMMAND`](crate::read::PDF_COMMAND), and does nothing else.
pub fn answer(input: impl Read, mut output: impl Write) -> io::Result<()> {
    limits::set();
    let mut bytes = Vec::new();
    input.take(MAX_DOCUMENT as u64).read_to_end(&mut bytes)?;
    std::panic::set_hook(Box::new(|_| {}));
    let article = guarded(|| article::article(bytes)).unwrap_or_else(|_| {
        Err("it is damaged in a way that its reader fails over; print it into a new PDF, and ingest that"
            .into())
    });
    let answer = article.unwrap_or_else(|reason: Reason| Answer {
        rejected: Some(reason.words),
        kind: Some(reason.kind.name().to_owned()),
        ..Answer::default()
    });
    let mut line = serde_json::to_vec(&answer)?;
    line.push(b'\n');
    output.write_all(&line)?;
    output.flush()
}
