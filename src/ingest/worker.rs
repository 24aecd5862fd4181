//! A thread that analyzes: documents in, articles with their facts out.
//!
//! Looks whether an article is stored already, before the work of analysis. Writes nothing.

use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};

use crate::article::Article;
use crate::facts::{self, Facts};
use crate::guard::guarded;
use crate::ingest::budget::TICK;
use crate::ingest::flow::{Numbered, Prepared, Understood};
use crate::ingest::settings::{Analyze, Findings, IngestSettings};
use crate::language;
use crate::read::{RawDocument, Reason, RejectionKind};
use crate::span::{Byte, CodePoints, Span};
use crate::store::{IfUnchanged, Known};

/// The beginning of the names of the threads in which a panic costs one document and no more.
pub const WORKER: &str = "onrecord-worker";

/// The stack of a thread that analyzes, in bytes.
pub(super) const STACK: usize = 16 << 20;

/// What a thread that analyzes has.
pub(super) struct Worker<'a> {
    pub(super) settings: &'a IngestSettings,
    pub(super) analyze: Analyze<'a>,
    pub(super) known: Known,
    pub(super) stop: &'a AtomicBool,
}

impl Worker<'_> {
    pub(super) fn work(&self, jobs: &Receiver<Numbered<RawDocument>>, results: &Sender<Numbered<Prepared>>) {
        while !self.stop.load(Ordering::Relaxed) {
            match jobs.recv_timeout(TICK) {
                Ok(job) => {
                    let understood = guarded(|| self.understand(&job.item, job.record));
                    let fault = |words| Err(Reason::new(RejectionKind::Analysis, words));
                    let item = match understood.unwrap_or_else(fault) {
                        Ok(Some(outcome)) => outcome,
                        Ok(None) => return,
                        Err(reason) => Prepared::Rejected(job.item.rejected(reason), job.record),
                    };
                    if results.send(job.with(item)).is_err() {
                        return;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Reads a document and finds its facts, unless it is stored already; none if it was told to stop. The error is the
    /// reason why not.
    fn understand(&self, document: &RawDocument, record: u64) -> Result<Option<Prepared>, Reason> {
        let reading = document.article(&self.settings.reading)?;
        let mut article = reading.article;
        let is_english = language::settle(&mut article);
        let keep = self.settings.if_unchanged == IfUnchanged::Keep;
        let (facts, warnings, unread) = if keep && self.known.has(&article) {
            (None, Vec::new(), None)
        } else {
            let Some(found) = findings(self.analyze, &article, is_english) else { return Ok(None) };
            (Some(found.facts), found.warnings, found.unread)
        };
        let partial = unread.map(|unread| how_much(&article.body, unread));
        Ok(Some(Prepared::Article(Box::new(Understood {
            article,
            line: document.line,
            is_english,
            record,
            facts,
            doubts: reading.doubts,
            fields: reading.fields,
            warnings: warnings.len(),
            partial,
        }))))
    }
}

/// What analysis finds in an article; in one that is not in English nothing is looked for.
pub(super) fn findings(analyze: Analyze<'_>, article: &Article, is_english: bool) -> Option<Findings> {
    if is_english {
        return analyze(article);
    }
    let facts = Facts { analyzed: facts::Analyzed::Nothing, ..Facts::default() };
    Some(Findings { facts, ..Findings::default() })
}

/// How much of a body was analyzed whose end is `unread`.
fn how_much(body: &str, unread: Span<Byte>) -> String {
    let points = CodePoints::new(body);
    let (analyzed, all) = (points.at(unread.start()), points.at(body.len()));
    format!(
        "too long to be analyzed whole: no facts of what follows the first {analyzed} of {all} characters"
    )
}
