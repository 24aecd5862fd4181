//! What goes from thread to thread: documents with their numbers, and what became of them before they are stored.

use crate::article::Article;
use crate::facts::Facts;
use crate::read::{FieldNote, FileStamp, Position, Rejection};

/// A document on its way, or something found in its place, with its number in the order of the input.
pub(super) struct Numbered<T> {
    pub(super) number: u64,
    /// What it takes of the budget.
    pub(super) bytes: usize,
    /// Which document of its file or member it is, counted from 1.
    pub(super) record: u64,
    /// How far reading had come when it was found.
    pub(super) position: Position,
    pub(super) item: T,
}

impl<T> Numbered<T> {
    /// Another thing in the place of this one.
    pub(super) fn with<U>(&self, item: U) -> Numbered<U> {
        Numbered {
            number: self.number,
            bytes: self.bytes,
            record: self.record,
            position: self.position,
            item,
        }
    }
}

/// What becomes of a document before it is stored.
pub(super) enum Prepared {
    /// It is an article.
    Article(Box<Understood>),
    /// It cannot be read; which document of its file or member it is.
    Rejected(Rejection, u64),
    /// It is no input.
    Skipped(String),
    /// It is a link that is not followed.
    LeadsOut(String),
    /// It is a file that need not be read.
    Unchanged(String),
    /// A file has been read to its end.
    Finished(FileStamp),
}

impl Prepared {
    /// Where it is from.
    pub(super) fn source(&self) -> &str {
        match self {
            Prepared::Article(analyzed) => &analyzed.article.source,
            Prepared::Rejected(rejection, _) => &rejection.source,
            Prepared::Skipped(source) | Prepared::LeadsOut(source) | Prepared::Unchanged(source) => source,
            Prepared::Finished(stamp) => &stamp.source,
        }
    }
}

/// An article and its facts.
pub(super) struct Understood {
    pub(super) article: Article,
    pub(super) line: Option<u64>,
    /// Whether it is in English, and so is analyzed.
    pub(super) is_english: bool,
    /// Which document of its file or member it is, counted from 1.
    pub(super) record: u64,
    /// None if the article was stored already when it was read.
    pub(super) facts: Option<Facts>,
    pub(super) doubts: Vec<String>,
    /// Fields that were not made use of.
    pub(super) fields: Vec<FieldNote>,
    pub(super) warnings: usize,
    /// How much of it was analyzed, unless it was all.
    pub(super) partial: Option<String>,
}
