//! The one thread that stores: in the order of the input, in batches, and what it has to tell once a batch is stored.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use crate::error::Error;
use crate::guard::guarded;
use crate::ingest::budget::{Budget, TICK};
use crate::ingest::flow::{Numbered, Prepared, Understood};
use crate::ingest::reader::Gauge;
use crate::ingest::rejections::Tally;
use crate::ingest::report::{Observer, Report};
use crate::ingest::retry::parted;
use crate::ingest::settings::{Analyze, IngestSettings};
use crate::ingest::worker::{STACK, WORKER, findings};
use crate::read::{FieldNote, FileStamp, Position, Reason, Rejection, RejectionKind};
use crate::store::{Batch, ReadFile, Rejected, RejectedAt, Run, Saved, Store, StoredArticle};

/// What is written in one transaction: so many documents, so many bytes, or what came in so long.
const BATCH_DOCUMENTS: usize = 256;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_TIME: Duration = Duration::from_secs(1);

/// How long a run that is told to stop goes on to store what is analyzed.
const GRACE: Duration = Duration::from_millis(400);

/// Stores what comes, in the order of the input.
pub(super) struct Writer<'a> {
    pub(super) store: &'a mut Store,
    pub(super) run: &'a mut Run,
    pub(super) settings: &'a IngestSettings,
    pub(super) analyze: Analyze<'a>,
    pub(super) observer: &'a mut dyn Observer,
    pub(super) report: Report,
    pub(super) started: Instant,
    pub(super) batch: Vec<Prepared>,
    /// How far reading had come with the last of them.
    pub(super) position: Position,
    /// How far there is to go, where somebody wants to know.
    pub(super) gauge: Option<&'a Gauge>,
    pub(super) batch_bytes: usize,
    pub(super) batch_since: Instant,
    pub(super) stopping: Stopping<'a>,
    pub(super) tally: Tally,
    /// A hash of how files are read.
    pub(super) reading: String,
    /// Where the last document was that was rejected: files come one after the other.
    pub(super) last_rejected: String,
}

/// Whether the run is to stop, and since when.
pub(super) struct Stopping<'a> {
    pub(super) stop: &'a AtomicBool,
    /// When it was first seen.
    pub(super) since: Option<Instant>,
    /// Whether an article was left to the next run, and so all that come after it.
    pub(super) has_left_one: bool,
}

impl Stopping<'_> {
    fn is_asked(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether nothing more is to be stored: it was asked for a while ago, or an article was left already. The order of the
    /// input is that of the rows.
    fn is_late(&mut self) -> bool {
        self.has_left_one || self.is_asked() && self.since.get_or_insert_with(Instant::now).elapsed() > GRACE
    }
}

impl Writer<'_> {
    /// Writes until all threads that may send have ended, or until they are told to stop and nothing more comes, or
    /// soon after that: what was not stored by then is left to the next run.
    pub(super) fn write_all(
        &mut self,
        results: &Receiver<Numbered<Prepared>>,
        budget: &Budget,
    ) -> Result<(), Error> {
        let mut early = BTreeMap::new();
        let mut next = 0;
        loop {
            match results.recv_timeout(TICK) {
                Ok(result) => {
                    early.insert(result.number, result);
                }
                Err(RecvTimeoutError::Timeout) if self.stopping.is_asked() => break,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            while let Some(result) = early.remove(&next) {
                next += 1;
                self.collect(result, budget)?;
            }
            if self.stopping.is_late() {
                break;
            }
            if !self.batch.is_empty() && self.batch_since.elapsed() > BATCH_TIME {
                self.flush(budget)?;
            }
        }
        self.flush(budget)?;
        if let Some(gauge) = self.gauge.filter(|_| !self.stopping.is_asked()) {
            self.report.progress.position = gauge.position();
            self.report.progress.total = gauge.total();
        }
        if let Some(rest) = self.tally.rest() {
            self.observer.rejected(&rest.as_rejection());
        }
        Ok(())
    }

    fn collect(&mut self, result: Numbered<Prepared>, budget: &Budget) -> Result<(), Error> {
        if self.batch.is_empty() {
            self.batch_since = Instant::now();
        }
        self.batch_bytes += result.bytes;
        self.position = result.position;
        self.batch.push(result.item);
        if self.batch.len() >= BATCH_DOCUMENTS || self.batch_bytes >= BATCH_BYTES {
            self.flush(budget)?;
        }
        Ok(())
    }

    /// Writes the batch in one transaction, then tells of it.
    fn flush(&mut self, budget: &Budget) -> Result<(), Error> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let items = std::mem::take(&mut self.batch);
        let count = items.len();
        if let Some(source) = items.last().map(Prepared::source) {
            source.clone_into(&mut self.report.progress.source);
        }
        let mut news = News::default();
        // What the batch comes to counts once it is stored.
        let mut report = self.report.clone();
        let mut batch = self.store.batch(self.run)?;
        for item in items {
            if self.stopping.is_late() {
                break;
            }
            match item {
                Prepared::Article(analyzed) => {
                    let Some(saved) = save(&mut batch, self.settings, self.analyze, &analyzed)? else {
                        self.stopping.has_left_one = true;
                        break;
                    };
                    news.add(&mut report, *analyzed, saved, &mut self.last_rejected);
                }
                Prepared::Rejected(rejection, record) => {
                    news.reject(rejection, record, &mut self.last_rejected);
                }
                Prepared::Skipped(source) => news.skipped.push(source),
                Prepared::LeadsOut(source) => news.links.push(source),
                Prepared::Unchanged(source) => news.unchanged.push(source),
                Prepared::Finished(stamp) => {
                    let is_whole = !lies_in(&self.last_rejected, &stamp.source);
                    batch.finish_file(&read_file(stamp, &self.reading), is_whole)?;
                }
            }
        }
        report.counts.rejected += news.rejected.len() as u64;
        report.skipped += news.skipped.len() as u64;
        report.links += news.links.len() as u64;
        report.unread += news.unchanged.len() as u64;
        report.doubts += news.odd.len() as u64;
        report.bytes += self.batch_bytes as u64;
        let fields =
            news.rejected.iter_mut().flat_map(|(rejection, _)| std::mem::take(&mut rejection.fields));
        news.fields.extend(fields);
        news.fields.drain(..).for_each(|note| report.fields.add(note));
        report.progress.position = self.position;
        report.progress.total = self.gauge.and_then(Gauge::total);
        let rejected = std::mem::take(&mut news.rejected);
        news.told = keep(&batch, &mut self.tally, rejected)?;
        batch.commit(&report.counts)?;
        self.report = report;
        budget.give_back(self.batch_bytes, count);
        self.batch_bytes = 0;
        self.report.elapsed = self.started.elapsed();
        news.tell(self.observer);
        self.observer.progress(&self.report);
        Ok(())
    }
}

fn read_file(stamp: FileStamp, reading: &str) -> ReadFile {
    let FileStamp { path, size, modified, .. } = stamp;
    ReadFile { path, size, modified, reading: reading.to_owned() }
}

/// Whether a place is a file, or lies in it.
fn lies_in(place: &str, file: &str) -> bool {
    place.strip_prefix(file).is_some_and(|rest| rest.is_empty() || rest.starts_with('!'))
}

/// Where a source lies.
fn at(source: &str) -> RejectedAt<'_> {
    let (path, member) = parted(source);
    RejectedAt { path, member }
}

/// Keeps the reasons of rejections, of those of one file no more than the first and a row for all others; gives those
/// that are to be told.
fn keep(
    batch: &Batch<'_>,
    tally: &mut Tally,
    rejected: Vec<(Rejection, u64)>,
) -> Result<Vec<Rejection>, Error> {
    let mut told = Vec::new();
    let keep_rest = |tally: &Tally| match tally.rest() {
        Some(rest) => {
            let rejection = rest.as_rejection();
            batch.reject_more(at(rest.source), &rejection.reason).map(|()| Some(rejection))
        }
        None => Ok(None),
    };
    for (rejection, record) in rejected {
        if tally.is_of_another(&rejection) {
            told.extend(keep_rest(tally)?);
        }
        if tally.add(&rejection) {
            batch.reject(&Rejected {
                at: at(&rejection.source),
                // What has no line is all of its file.
                record: rejection.line.map(|_| record),
                line: rejection.line,
                byte: rejection.byte,
                kind: rejection.kind.name(),
                reason: &rejection.reason,
                start: rejection.start.as_deref(),
            })?;
            told.push(rejection);
        }
    }
    // Their file may go on in the next batch: only then all of them can be told.
    keep_rest(tally)?;
    Ok(told)
}

/// Stores one article; gives nothing where it had to be analyzed and was told to stop.
fn save(
    batch: &mut Batch<'_>,
    settings: &IngestSettings,
    analyze: Analyze<'_>,
    analyzed: &Understood,
) -> Result<Option<Saved>, Error> {
    let article = &analyzed.article;
    if let Some(facts) = &analyzed.facts {
        return batch.save(article, facts, settings.if_unchanged).map(Some);
    }
    if batch.meet_unchanged(article)? {
        return Ok(Some(Saved::Unchanged));
    }
    // It was stored when it was read, but an article before it has taken its place since.
    match with_room(|| guarded(|| findings(analyze, article, analyzed.is_english))) {
        Ok(Some(found)) => batch.save(article, &found.facts, settings.if_unchanged).map(Some),
        Ok(None) => Ok(None),
        Err(reason) => Ok(Some(Saved::Refused(reason))),
    }
}

/// Does what may need more stack than the main thread has, and may panic.
fn with_room<T: Send>(work: impl FnOnce() -> Result<T, String> + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let worker =
            thread::Builder::new().name(WORKER.to_owned()).stack_size(STACK).spawn_scoped(scope, work);
        let worker = worker.map_err(|error| format!("cannot start a thread: {error}"))?;
        worker.join().unwrap_or_else(|_| Err("a fault of onrecord, please report it".to_owned()))
    })
}

/// What a batch has to tell, once it is written.
#[derive(Default)]
struct News {
    rejected: Vec<(Rejection, u64)>,
    /// Those of them that are told one by one.
    told: Vec<Rejection>,
    fields: Vec<FieldNote>,
    skipped: Vec<String>,
    revised: Vec<(StoredArticle, String, Option<u64>)>,
    beside: Vec<(StoredArticle, String, Option<u64>)>,
    links: Vec<String>,
    unchanged: Vec<String>,
    odd: Vec<(String, Option<u64>, String)>,
    partial: Vec<(String, Option<u64>, String)>,
}

impl News {
    fn reject(&mut self, rejection: Rejection, record: u64, last: &mut String) {
        rejection.source.clone_into(last);
        self.rejected.push((rejection, record));
    }

    fn add(&mut self, report: &mut Report, analyzed: Understood, saved: Saved, last_rejected: &mut String) {
        let (source, line) = (analyzed.article.source, analyzed.line);
        let is_new = !matches!(saved, Saved::Unchanged | Saved::Refused(_));
        if let Some(language) = analyzed.article.language.filter(|_| is_new && !analyzed.is_english) {
            *report.foreign.entry(language).or_default() += 1;
        }
        match saved {
            Saved::New => report.counts.added += 1,
            Saved::Beside(other) => {
                report.counts.added += 1;
                report.beside += 1;
                self.beside.push((other, source.clone(), line));
            }
            Saved::Unchanged => report.counts.unchanged += 1,
            Saved::Reanalyzed => report.counts.replaced += 1,
            Saved::Revised(before) => {
                report.counts.replaced += 1;
                self.revised.push((before, source.clone(), line));
            }
            Saved::Refused(reason) => {
                let reason = Reason::new(RejectionKind::Analysis, reason);
                self.reject(Rejection::new(source, line, reason), analyzed.record, last_rejected);
                return;
            }
        }
        report.warnings += analyzed.warnings as u64;
        self.fields.extend(analyzed.fields);
        report.partial += u64::from(analyzed.partial.is_some());
        self.partial.extend(analyzed.partial.map(|what| (source.clone(), line, what)));
        self.odd.extend(analyzed.doubts.into_iter().map(|doubt| (source.clone(), line, doubt)));
    }

    fn tell(&self, observer: &mut dyn Observer) {
        self.told.iter().for_each(|rejection| observer.rejected(rejection));
        self.skipped.iter().for_each(|source| observer.skipped(source));
        self.revised.iter().for_each(|(before, source, line)| observer.revised(before, source, *line));
        self.beside.iter().for_each(|(other, source, line)| observer.beside(other, source, *line));
        self.unchanged.iter().for_each(|source| observer.unchanged(source));
        self.links.iter().for_each(|source| observer.leads_out(source));
        self.partial.iter().for_each(|(source, line, what)| observer.partial(source, *line, what));
        self.odd.iter().for_each(|(source, line, what)| observer.odd(source, *line, what));
    }
}
