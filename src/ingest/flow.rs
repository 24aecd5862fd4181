//! What goes from thread to thread: documents with their numbers, and what became of them before they are stored.

use crate::article::Article;
use crate::facts::Facts;
use crate::read::{FileStamp, Rejection};

/// A document on its way, or something found in its place, with its number in the order of the input.
pub(super) struct Numbered<T> {
    pub(super) number: u64,
    /// What it takes of the budget.
    pub(super) bytes: usize,
    pub(super) item: T,
}

/// What becomes of a document before it is stored.
pub(super) enum Prepared {
    /// It is an article.
    Article(Box<Analyzed>),
    /// It cannot be read.
    Rejected(Rejection),
    /// It is no input.
    Skipped(String),
    /// It is a link that is not followed.
    LeadsOut(String),
    /// It is a file that need not be read.
    Unchanged(String),
    /// A file has been read to its end.
    Finished(FileStamp),
}

/// An article and its facts.
pub(super) struct Analyzed {
    pub(super) article: Article,
    pub(super) line: Option<u64>,
    /// Whether it is in English, and so is analyzed.
    pub(super) is_english: bool,
    /// None if the article was stored already when it was read.
    pub(super) facts: Option<Facts>,
    pub(super) doubts: Vec<String>,
    pub(super) warnings: usize,
    /// How much of it was analyzed, unless it was all.
    pub(super) partial: Option<String>,
}
