//! What comes of looking at a file.

use crate::read::{Opened, ReadArticle, Rejection};

/// What was looked at, in the order of the input.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Inspection {
    /// The first documents.
    pub documents: Vec<Inspected>,
    /// Whether there are more, which were not looked at.
    pub has_more: bool,
}

/// A document that was looked at.
#[derive(Debug)]
#[non_exhaustive]
pub struct Inspected {
    /// Where it is: a path, and the member inside an archive.
    pub source: String,
    /// Its line, counted from 1; none if it is the whole file.
    pub line: Option<u64>,
    /// What it lies in, and how that was recognized; none where it was not even opened.
    pub opened: Option<Opened>,
    /// The name of its format.
    pub format: Option<&'static str>,
    /// What would be taken; the error is why nothing would.
    pub outcome: Result<ReadArticle, Rejection>,
}
