//! What a run tells its caller: while it happens, and at its end.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::ingest::field_tally::FieldTally;
use crate::read::{Position, Rejection};
use crate::store::{RunCounts, StoredArticle};

/// Hears of what happens while it happens.
pub trait Observer {
    /// So much is done.
    fn progress(&mut self, report: &Report);
    /// A document was rejected; of those of one file the first are told, then all others as one.
    fn rejected(&mut self, rejection: &Rejection);
    /// Something was passed over: the database itself, or in a folder what is hidden and links to what is read where it lies.
    fn skipped(&mut self, source: &str);
    /// An article was replaced by a later version of it, which was read from `source`.
    fn revised(&mut self, _before: &StoredArticle, _source: &str, _line: Option<u64>) {}
    /// An article that was read from `source` has the id, address or file name of another, and is kept beside it.
    fn beside(&mut self, _other: &StoredArticle, _source: &str, _line: Option<u64>) {}
    /// A link that leads out of its folder was not followed.
    fn leads_out(&mut self, source: &str);
    /// A file was not read, since it is as it was when a run took it whole.
    fn unchanged(&mut self, _source: &str) {}
    /// A document is too long to be analyzed whole; it was stored whole all the same.
    fn partial(&mut self, source: &str, line: Option<u64>, what: &str);
    /// Something about a document was odd; it was stored all the same.
    fn odd(&mut self, source: &str, line: Option<u64>, what: &str);
}

/// What a run has come to.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// The documents, by what became of them.
    pub counts: RunCounts,
    /// Files that were passed over: the database itself, and in folders what is hidden and links within them.
    pub skipped: u64,
    /// Those of the new articles that have the id, address or file name of another one.
    pub beside: u64,
    /// Links in folders that lead out of them, and were not followed.
    pub links: u64,
    /// Files that were not read, since they are as they were when a run took them whole.
    pub unread: u64,
    /// Dates that could not be read, bytes that are no text.
    pub doubts: u64,
    /// What analysis found odd.
    pub warnings: u64,
    /// The articles that are too long to be analyzed whole.
    pub partial: u64,
    /// How many of the new or replaced articles are in another language than English, by language: stored, not analyzed.
    pub foreign: BTreeMap<String, u64>,
    /// The size of all documents, in bytes.
    pub bytes: u64,
    /// Fields that were not made use of, and look as if they should have been.
    pub fields: FieldTally,
    /// Errors of earlier runs that were tried again and are solved.
    pub solved: u64,
    /// How far it has come.
    pub progress: Progress,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether it was told to stop before the end.
    pub stopped: bool,
}

/// How far a run has come, where it was to be measured.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How much of the files is read whose documents are stored, in bytes as they lie there.
    pub position: Position,
    /// How much there is in all; none where that is not known, or not yet.
    pub total: Option<u64>,
    /// Where the last document was from.
    pub source: String,
}

impl Report {
    /// The articles that were read, whether they were new or not.
    pub fn articles(&self) -> u64 {
        self.counts.added + self.counts.unchanged + self.counts.replaced
    }

    /// Articles a second.
    pub fn speed(&self) -> f64 {
        self.articles() as f64 / self.elapsed.as_secs_f64().max(0.001)
    }
}
