//! What cannot be read, and why.

use std::borrow::Cow;
use std::io;

/// The largest document that is read, in bytes; a longer one is rejected without being held in memory.
pub const MAX_DOCUMENT: usize = 64 << 20;

/// The longest text of one article that is stored, in bytes: several books. What is longer is no article, and a search
/// index of it can take a minute to write.
pub const MAX_TEXT: usize = 8 << 20;

/// Something in the input that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// The file, and the member inside an archive.
    pub source: String,
    /// The line, counted from 1; none where the whole file is meant.
    pub line: Option<u64>,
    /// Why, in words.
    pub reason: String,
}

/// The longest reason that is kept, in characters.
const LONGEST_REASON: usize = 300;

impl Rejection {
    /// A rejection, its reason cut to a length that a table can hold.
    pub fn new(source: impl Into<String>, line: Option<u64>, reason: impl Into<String>) -> Self {
        Rejection { source: source.into(), line, reason: bounded(reason.into()) }
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

/// Why a stream that fails halfway is rejected.
pub(crate) fn broken(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "the file breaks off: it is not complete".to_owned(),
        _ => format!("the file cannot be read any further: {error}"),
    }
}

/// Why an article whose text is beyond the limit is rejected.
pub(crate) fn text_too_long(length: usize) -> Option<String> {
    (length > MAX_TEXT).then(|| {
        format!("its text is longer than {} MB: cut it into articles before it is read", MAX_TEXT >> 20)
    })
}

/// Why a document without a text is rejected.
pub(crate) fn no_text() -> String {
    "it holds no text".to_owned()
}

/// Why a document beyond the limit is rejected.
pub(crate) fn too_large() -> String {
    format!("it is longer than {} MB", MAX_DOCUMENT >> 20)
}

/// The beginning of a text, for messages.
pub(crate) fn shortened(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}
