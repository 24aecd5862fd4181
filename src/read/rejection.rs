//! What cannot be read, and why.

use std::io;

/// The largest document that is read, in bytes; a longer one is rejected without being held in memory.
pub const MAX_DOCUMENT: usize = 64 << 20;

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
        let mut reason = reason.into();
        if let Some((end, _)) = reason.char_indices().nth(LONGEST_REASON) {
            reason.truncate(end);
            reason.push('…');
        }
        Rejection { source: source.into(), line, reason }
    }
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

/// Why a document beyond the limit is rejected.
pub(super) fn too_large() -> String {
    format!("it is longer than {} MB", MAX_DOCUMENT >> 20)
}
