//! What can go wrong, and what was odd.
//!
//! An [`Error`] says what failed, why, and what to try; it stops a command or rejects one
//! document. A [`Warning`] is about the text of an article: analysis cannot fail, it can only
//! find a text strange. Messages begin in lower case and end without a full stop.

use std::fmt;

use crate::span::{Byte, Span};

/// Who has to act, where a caller must tell the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The command could not do its work: exit code 1.
    Failed,
    /// The command was called wrongly, or names something that is not there: exit code 2.
    Usage,
    /// Nobody reads the output any more: exit code 0, without a word.
    ClosedPipe,
    /// It was told to stop while it waited or worked: exit code 130.
    Stopped,
}

/// What failed, why, and what to try next.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    hints: Vec<String>,
}

impl Error {
    /// A failure that is described by `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Error { kind: ErrorKind::Failed, message: message.into(), cause: None, hints: Vec::new() }
    }

    /// A wrong call that is described by `message`.
    pub fn usage(message: impl Into<String>) -> Self {
        Error { kind: ErrorKind::Usage, ..Error::new(message) }
    }

    /// A failure to write to standard output.
    pub fn output(cause: std::io::Error) -> Self {
        if cause.kind() == std::io::ErrorKind::BrokenPipe {
            return Error { kind: ErrorKind::ClosedPipe, ..Error::new("standard output was closed") };
        }
        Error::new("cannot write to standard output").because(cause)
    }

    /// A stop that was asked for, before the work was done.
    pub fn stopped() -> Self {
        Error { kind: ErrorKind::Stopped, ..Error::new("stopped before it was done; what is stored is kept") }
    }

    /// Adds the reason: the error of the layer below, or words.
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Adds one thing that the reader can try.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Who has to act.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What can be tried, in order.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            Some(cause) => write!(f, "{}: {cause}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for Error {
    /// The reason, which [`Display`](fmt::Display) prints as well: one line has to say it all to those who show no more.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let cause: &(dyn std::error::Error + 'static) = self.cause.as_deref()?;
        Some(cause)
    }
}

/// What was odd in a text, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The place in the article's body.
    pub span: Span<Byte>,
    /// What is odd there, without words of the article.
    pub message: &'static str,
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::io;

    use super::*;

    #[test]
    fn the_error_below_is_the_source_and_is_printed() {
        let error = Error::new("cannot read a.txt").because(io::Error::from(io::ErrorKind::NotFound));
        assert_eq!(error.to_string(), "cannot read a.txt: entity not found");
        let source = error.source().and_then(|source| source.downcast_ref::<io::Error>());
        assert_eq!(source.map(io::Error::kind), Some(io::ErrorKind::NotFound));
    }

    #[test]
    fn an_error_without_a_reason_has_no_source() {
        assert!(Error::usage("there is nothing to ingest").source().is_none());
    }
}
