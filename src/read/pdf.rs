//! PDF, an article a file, as far as it holds its text as such.
//!
//! The format is a language to draw in, and what reads it may hang, fail or take all memory over a file that is damaged or
//! made to do harm. So it is read by another process: a program is called with [`PDF_COMMAND`], is given the file on its
//! standard input, and answers with a line of JSON. It bounds itself (`pdf`), and is ended here after some time.

use std::io::{ErrorKind, Read, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::article::Article;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::{MAX_TEXT, Reason, broken};
use crate::read::rejection_kind::RejectionKind;
use crate::read::{dates, rejection, whole};

/// The one argument with which a program is called that is to read a PDF.
pub const PDF_COMMAND: &str = "read-pdf";

/// How long a PDF may take. A book of a thousand pages takes two seconds.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest answer, in bytes: a text of full length, escaped.
const LONGEST_ANSWER: u64 = 4 * MAX_TEXT as u64;

/// The format.
pub(crate) struct Pdf;

/// What the reader answers: an article, or why there is none.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(crate) struct Answer {
    /// Why there is none.
    pub(crate) rejected: Option<String>,
    /// Of what kind that reason is, in its word.
    pub(crate) kind: Option<String>,
    /// The title, as the file states it or as it stands above the text.
    pub(crate) title: Option<String>,
    /// Whether it was taken out of the text.
    pub(crate) title_is_text: bool,
    /// The author.
    pub(crate) author: Option<String>,
    /// When the file was made.
    pub(crate) created: Option<String>,
    /// The text, with an empty line between its paragraphs.
    pub(crate) text: String,
    /// What is missing from it.
    pub(crate) faults: Vec<String>,
}

impl InputFormat for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        head.bytes.trim_ascii_start().starts_with(b"%PDF-")
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let fault = |bytes: &[u8]| (!has_end(bytes)).then(|| broken(&ErrorKind::UnexpectedEof.into()));
        whole::split_and_check(stream, self, &fault, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let Some(program) = &options.pdf_program else {
            let words = "a PDF is read by a process of its own, and no program was named for that: name onrecord \
                         (`Options::pdf_program`)";
            return Err(Reason::new(RejectionKind::Unsupported, words));
        };
        let line = answer(program, &document.bytes)?;
        let answer: Answer = serde_json::from_slice(&line).map_err(|_| failed())?;
        if let Some(reason) = answer.rejected {
            let kind = answer.kind.as_deref().and_then(RejectionKind::named);
            return Err(Reason::new(kind.unwrap_or(RejectionKind::Damaged), reason));
        }
        if answer.text.is_empty() {
            return Err(rejection::no_text());
        }
        let article = Article {
            title: answer.title,
            body: answer.text,
            author: answer.author,
            published_at: answer.created.and_then(|date| dates::parse(&date)),
            source: document.source.clone(),
            whole_file: true,
            ..Article::default()
        };
        let title_is_text = answer.title_is_text;
        Ok(ReadArticle { article, doubts: answer.faults, title_is_text, ..ReadArticle::default() })
    }
}

/// Whether the mark of the end is near the end.
fn has_end(bytes: &[u8]) -> bool {
    memchr::memmem::rfind(&bytes[bytes.len().saturating_sub(2048)..], b"%%EOF").is_some()
}

/// Why a file is rejected over which the reader ended without an answer.
fn failed() -> Reason {
    "its reader failed over it or ran out of memory: it is damaged, or made to do that; print it into a new PDF, and ingest that"
        .into()
}

/// The line that the reader answers with.
fn answer(program: &Path, bytes: &[u8]) -> Result<Vec<u8>, Reason> {
    let unstarted =
        |error| Reason::new(RejectionKind::Unsupported, format!("its reader cannot be started: {error}"));
    let mut child = start(program).map_err(unstarted)?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed());
    };
    let answer = thread::scope(|scope| {
        // A reader that has seen enough closes its input.
        scope.spawn(move || drop(input.write_all(bytes)));
        let (sender, answer) = channel();
        scope.spawn(move || {
            let mut line = Vec::new();
            let read = output.take(LONGEST_ANSWER).read_to_end(&mut line);
            let _ = sender.send(read.map(|_| line));
        });
        let answer = answer.recv_timeout(PATIENCE);
        // Both threads end with the process.
        let _ = child.kill();
        let _ = child.wait();
        answer
    });
    match answer {
        Ok(Ok(line)) if line.ends_with(b"\n") => Ok(line),
        Ok(_) => Err(failed()),
        Err(_) => {
            let words = format!(
                "it takes longer than {} s to be read: split it, or print it into a new PDF, and ingest that",
                PATIENCE.as_secs()
            );
            Err(Reason::new(RejectionKind::Limit, words))
        }
    }
}

fn start(program: &Path) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    command.arg(PDF_COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    // A signal from the terminal is for the caller alone: a reader that it ended would cost the file its article.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}
