//! What cannot be read, and where it stands.

use std::borrow::Cow;
use std::io;

use crate::read::fields::FieldNote;
use crate::read::rejection_kind::RejectionKind;

/// The largest document that is read, in bytes; a longer one is rejected without being held in memory.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// The longest text of one article that is stored, in bytes: several books. What is longer is no article, and a search
/// index of it can take a minute to write.
pub const MAX_TEXT: usize = 8 << 20;

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Of what kind it is.
    pub kind: RejectionKind,
    /// In words.
    pub words: String,
    /// The byte of the document at which it is wrong, counted from 1, where that is known.
    pub byte: Option<u64>,
    /// Fields of it that look like what is missing.
    pub fields: Vec<FieldNote>,
}

impl Reason {
    /// A reason of a kind, its words cut to a length that a table can hold.
    pub fn new(kind: RejectionKind, words: impl Into<String>) -> Self {
        Reason { kind, words: bounded(words.into()), byte: None, fields: Vec::new() }
    }

    /// The same, at a byte of the document.
    pub(crate) fn at_byte(self, byte: u64) -> Self {
        Reason { byte: Some(byte), ..self }
    }
}

/// What a parser says of a file that is not as its format demands.
impl From<String> for Reason {
    fn from(words: String) -> Self {
        Reason::new(RejectionKind::Damaged, words)
    }
}

impl From<&str> for Reason {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words)
    }
}

/// Something in the input that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejection {
    /// The file, and the member inside an archive.
    pub source: String,
    /// The line, counted from 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// Of what kind the reason is.
    pub kind: RejectionKind,
    /// Why, in words.
    pub reason: String,
    /// The byte of the document at which it is wrong, counted from 1, where that is known.
    pub byte: Option<u64>,
    /// How the document begins, made a text; none where nothing of it was held.
    pub start: Option<String>,
    /// Fields of it that look like what is missing.
    pub fields: Vec<FieldNote>,
}

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 300;

/// How much of the beginning of a document is kept, in bytes.
const LONGEST_START: usize = 200;

impl Rejection {
    /// A rejection, its reason cut to a length that a table can hold.
    pub fn new(source: impl Into<String>, line: Option<u64>, reason: impl Into<Reason>) -> Self {
        let Reason { kind, words, byte, fields } = reason.into();
        Rejection { source: source.into(), line, kind, reason: bounded(words), byte, start: None, fields }
    }

    /// The same, of a document that begins with these bytes.
    pub fn beginning_with(self, bytes: &[u8]) -> Self {
        let start = &bytes[..bytes.len().min(LONGEST_START)];
        // A character that the cut goes through is left out.
        let cut = bytes.len() > LONGEST_START;
        let end = match std::str::from_utf8(start) {
            Err(error) if cut && error.error_len().is_none() => error.valid_up_to(),
            _ => start.len(),
        };
        let text = String::from_utf8_lossy(&start[..end]).replace('\0', "\u{FFFD}");
        Rejection { start: Some(text).filter(|text| !text.is_empty()), ..self }
    }
}

/// A reason, cut to a length that a table can hold.
pub(crate) fn bounded(mut reason: String) -> String {
    if let Some((end, _)) = reason.char_indices().nth(LONGEST_REASON) {
        reason.truncate(end);
        reason.push('…');
    }
    reason
}

impl std::fmt::Display for Rejection {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.source, self.reason),
            None => write!(f, "{}: {}", self.source, self.reason),
        }
    }
}

/// Why a stream that fails halfway is rejected. A limit of ours ends it as a file that is too large.
pub(crate) fn broken(error: &io::Error) -> Reason {
    let kind = match error.kind() {
        io::ErrorKind::UnexpectedEof => {
            return Reason::new(RejectionKind::CutOff, "the file breaks off: it is not complete");
        }
        io::ErrorKind::FileTooLarge => RejectionKind::Limit,
        _ if error.raw_os_error().is_some() => RejectionKind::Unreadable,
        _ => RejectionKind::Damaged,
    };
    Reason::new(kind, format!("the file cannot be read any further: {error}"))
}

/// The error of a stream that is read no further because of a limit of ours.
pub(crate) fn beyond_limit(words: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, words.into())
}

/// Why an article whose text is beyond the limit is rejected.
pub(crate) fn text_too_long(length: usize) -> Option<Reason> {
    let words =
        || format!("its text is longer than {} MB: cut it into articles before it is read", MAX_TEXT >> 20);
    (length > MAX_TEXT).then(|| Reason::new(RejectionKind::TooLong, words()))
}

/// Why a document without a text is rejected.
pub(crate) fn no_text() -> Reason {
    Reason::new(RejectionKind::NoText, "it holds no text")
}

/// Why a document whose bytes are no text is rejected.
pub(crate) fn no_encoding(words: &str) -> Reason {
    Reason::new(RejectionKind::Encoding, words)
}

/// Why a file in which no article begins is rejected.
pub(crate) fn no_articles() -> Reason {
    Reason::new(RejectionKind::Empty, "it holds no articles")
}

/// Why a document beyond the limit is rejected.
pub(crate) fn too_large() -> Reason {
    Reason::new(RejectionKind::TooLong, format!("it is longer than {} MB", MAX_DOCUMENT >> 20))
}

/// The beginning of a text, for messages.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_is_text_whatever_the_bytes_are() {
        let start = |bytes: &[u8]| Rejection::new("a", None, "x").beginning_with(bytes).start;
        assert_eq!(start(b"ab\0\xFFc").as_deref(), Some("ab\u{FFFD}\u{FFFD}c"));
        assert_eq!(start("é".repeat(150).as_bytes()), Some("é".repeat(100)));
        assert_eq!(start(format!("a{}", "é".repeat(150)).as_bytes()), Some(format!("a{}", "é".repeat(99))));
        assert_eq!(start(b""), None);
    }

    #[test]
    fn the_kind_of_a_failure_is_told_from_the_error() {
        for (error, kind) in [
            (io::Error::from(io::ErrorKind::UnexpectedEof), RejectionKind::CutOff),
            (beyond_limit("it expands more than 250-fold"), RejectionKind::Limit),
            (io::Error::from_raw_os_error(5), RejectionKind::Unreadable),
            (io::Error::other("bad block"), RejectionKind::Damaged),
        ] {
            assert_eq!(broken(&error).kind, kind, "{error}");
        }
    }
}
