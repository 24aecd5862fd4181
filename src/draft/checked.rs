//! What comes of checking a draft.

use crate::draft::finding::Finding;
use crate::query::alike::{ArchiveArticle, ArchiveQuote};
use crate::query::revisions::Piece;
use crate::read::Rejection;

/// What comes of checking a file.
#[derive(Debug, Default)]
pub struct Checked {
    /// Its texts, in their order.
    pub drafts: Vec<CheckedDraft>,
    /// What in it could not be read.
    pub rejected: Vec<Rejection>,
    /// Whether there are more texts, which were not looked at.
    pub has_more: bool,
}

impl Checked {
    /// All quotes that were compared.
    pub fn quotes(&self) -> impl Iterator<Item = &CheckedQuote> {
        self.drafts.iter().flat_map(|draft| &draft.quotes)
    }

    /// How many of them do not stand.
    pub fn failing(&self) -> usize {
        self.quotes().filter(|quote| !quote.stands()).count()
    }
}

/// A text that was checked.
#[derive(Debug, Default)]
pub struct CheckedDraft {
    /// Where it is: a path, and the member inside an archive.
    pub source: String,
    /// Its line, where the file has several.
    pub line: Option<u64>,
    /// The quotes that were compared, in the order of the text.
    pub quotes: Vec<CheckedQuote>,
    /// How many were not: they are not in quotation marks.
    pub left_out: usize,
    /// Its language, if that is not English.
    pub language: Option<String>,
}

/// A quote of a draft beside that of the archive.
#[derive(Clone, Debug)]
pub struct CheckedQuote {
    /// Its words as the draft prints them.
    pub text: String,
    /// `direct`, `mixed` or `indirect`.
    pub kind: &'static str,
    /// Where it begins, in code points of the draft's text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Who says it in the draft.
    pub speaker: Option<String>,
    /// The source as the draft prints it.
    pub source: Option<String>,
    /// The date that the draft gives, as printed.
    pub stated_date: Option<String>,
    /// What is otherwise in the archive, the gravest first; empty if nothing is.
    pub findings: Vec<Finding>,
    /// The archive's quote.
    pub found: Option<ArchiveQuote>,
    /// Where no quote is found, an article that prints the words.
    pub printed: Option<ArchiveArticle>,
    /// The words of both, if they are not the same.
    pub pieces: Vec<Piece>,
}

impl CheckedQuote {
    /// Whether the archive bears it out as it stands.
    pub fn stands(&self) -> bool {
        self.findings.iter().all(|finding| finding.lets_stand())
    }

    /// The gravest finding, or `stands`.
    pub fn verdict(&self) -> &'static str {
        self.findings.first().map_or("stands", |finding| finding.name())
    }
}
