//! The loop from files to rows: read, analyze in parallel, store in the order of the input.
//!
//! One thread reads, several analyze, and the calling one writes; so the same input gives the same rows
//! on any number of threads. What is in flight is bounded by its size (`budget`). A document that cannot be read,
//! or on which analysis panics, is rejected alone. Knows no format, no language and no SQL. Start reading at [`run`].

mod budget;
mod rejections;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};

use crate::article::Article;
use crate::error::{Error, ErrorKind, Warning};
use crate::facts::Facts;
use crate::guard::guarded;
use crate::ingest::budget::{Budget, TICK};
use crate::ingest::rejections::Tally;
use crate::pipeline::Analysis;
use crate::read::{self, Found, RawDocument, Rejection};
use crate::span::{Byte, CodePoints, Span};
use crate::store::{IfUnchanged, Known, RunCounts, Saved, Store, StoredArticle, Totals, files_of};

/// The beginning of the names of the threads in which a panic costs one document and no more.
pub const WORKER: &str = "onrecord-worker";

/// The stack of a thread that analyzes, in bytes.
const STACK: usize = 16 << 20;

/// What is written in one transaction: so many documents, so many bytes, or what came in so long.
const BATCH_DOCUMENTS: usize = 256;
const BATCH_BYTES: usize = 8 << 20;
const BATCH_TIME: Duration = Duration::from_secs(1);

/// How long a run that is told to stop goes on to store what is analyzed.
const GRACE: Duration = Duration::from_millis(400);

/// What to ingest, and how; `..IngestSettings::default()` stands for what may be added.
#[derive(Clone, Default)]
pub struct IngestSettings {
    /// Files and folders, and `-` for standard input.
    pub inputs: Vec<PathBuf>,
    /// How to read them.
    pub reading: read::Options,
    /// How many threads analyze; at least one does.
    pub threads: usize,
    /// What to do with articles that are stored already.
    pub if_unchanged: IfUnchanged,
    /// The checksum of the model that analyzes.
    pub model: String,
}

/// Analyzes an article. It may panic: that rejects the article. None if it was told to stop before the end: the article is
/// left to the next run.
pub type Analyze<'a> = &'a (dyn Fn(&Article) -> Option<Findings> + Sync);

/// What analysis found in an article.
#[derive(Debug, Default)]
pub struct Findings {
    /// What is stored of it.
    pub facts: Facts,
    /// What was odd in the text.
    pub warnings: Vec<Warning>,
    /// The end of a body that is too long to be analyzed whole.
    pub unread: Option<Span<Byte>>,
}

impl From<Analysis<'_>> for Findings {
    fn from(analysis: Analysis<'_>) -> Self {
        Findings { facts: analysis.facts, warnings: analysis.warnings, unread: analysis.unread }
    }
}

/// Hears of what happens while it happens.
pub trait Observer {
    /// So much is done.
    fn progress(&mut self, report: &Report);
    /// A document was rejected; of those of one file the first are told, then all others as one.
    fn rejected(&mut self, rejection: &Rejection);
    /// Something in a folder was passed over: hidden, the database itself, or a link to what is read where it lies.
    fn skipped(&mut self, source: &str);
    /// An article was replaced by a later version of it, which was read from `source`.
    fn revised(&mut self, _before: &StoredArticle, _source: &str, _line: Option<u64>) {}
    /// An article that was read from `source` has the id, address or file name of another, and is kept beside it.
    fn beside(&mut self, _other: &StoredArticle, _source: &str, _line: Option<u64>) {}
    /// A link that leads out of its folder was not followed.
    fn leads_out(&mut self, source: &str);
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
    /// Files in folders that were passed over.
    pub skipped: u64,
    /// Those of the new articles that have the id, address or file name of another one.
    pub beside: u64,
    /// Links in folders that lead out of them, and were not followed.
    pub links: u64,
    /// Dates that could not be read, bytes that are no text.
    pub doubts: u64,
    /// What analysis found odd.
    pub warnings: u64,
    /// The articles that are too long to be analyzed whole.
    pub partial: u64,
    /// The size of all documents, in bytes.
    pub bytes: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether it was told to stop before the end.
    pub stopped: bool,
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

/// Ingests into the database at `db`, which is made if there is none; says what came of it, and what the
/// database now holds.
///
/// Ends early, keeping what was analyzed, once `stop` is set. Fails if none of the inputs is there, or if
/// the database cannot be written; what was written until then is kept.
pub fn run(
    db: &Path,
    settings: &IngestSettings,
    analyze: Analyze<'_>,
    observer: &mut dyn Observer,
    stop: &Arc<AtomicBool>,
) -> Result<(Report, Totals), Error> {
    find_an_input(&settings.inputs)?;
    let started = Instant::now();
    let mut store = Store::open_until(db, stop)?;
    let inputs: Vec<String> = settings.inputs.iter().map(|input| input.display().to_string()).collect();
    let mut run = store.begin_run(&inputs, &settings.model)?;
    let threads = settings.threads.max(1);
    let known = (0..threads).map(|_| store.known()).collect::<Result<Vec<_>, _>>()?;

    let budget = Arc::new(Budget::new(Arc::clone(stop)));
    let (job_sender, jobs) = unbounded();
    let (result_sender, results) = unbounded();
    let reader = start_reader(db, settings, &budget, job_sender, result_sender.clone())?;
    let report = thread::scope(|scope| {
        for (number, known) in known.into_iter().enumerate() {
            let (jobs, results) = (jobs.clone(), result_sender.clone());
            let worker = Worker { settings, analyze, known, stop };
            thread::Builder::new()
                .name(format!("{WORKER}-{number}"))
                .stack_size(STACK)
                .spawn_scoped(scope, move || worker.work(&jobs, &results))
                .map_err(|error| Error::new("cannot start a thread").because(error))?;
        }
        drop((jobs, result_sender));
        let mut writer = Writer {
            store: &mut store,
            run: &mut run,
            settings,
            analyze,
            observer,
            report: Report::default(),
            started,
            batch: Vec::new(),
            batch_bytes: 0,
            batch_since: started,
            stopping: Stopping { stop, since: None },
            tally: Tally::default(),
        };
        let written = writer.write_all(&results, &budget);
        if written.is_err() {
            // The others would wait for room that nobody makes any more.
            stop.store(true, Ordering::Relaxed);
        }
        match written {
            Err(error) if error.kind() != ErrorKind::Stopped => Err(error),
            _ => Ok(writer.report),
        }
    });
    let mut report = report?;
    report.stopped = stop.load(Ordering::Relaxed);
    // A reader that is to stop may wait for input that never comes: it is left behind.
    if !report.stopped && reader.join().is_err() {
        return Err(Error::new("reading failed unexpectedly; what was read before is kept")
            .hint("please report this, with the file that was being read"));
    }
    if !report.stopped {
        store.finish_run(&run, &report.counts)?;
    }
    let totals = store.totals()?;
    store.close();
    report.elapsed = started.elapsed();
    Ok((report, totals))
}

/// Fails if there is nothing to read at all.
fn find_an_input(inputs: &[PathBuf]) -> Result<(), Error> {
    if inputs.iter().any(|input| input.as_os_str() == "-" || input.exists()) {
        return Ok(());
    }
    match inputs {
        [] => Err(Error::usage("there is nothing to ingest")
            .hint("name a file or a folder, or - for standard input")),
        [input] => Err(Error::usage(format!("there is no file or folder {}", input.display()))),
        [input, ..] => Err(Error::usage(format!(
            "there is no file or folder {}, and none of the others either",
            input.display()
        ))),
    }
}

/// A document on its way, or something found in its place, with its number in the order of the input.
struct Numbered<T> {
    number: u64,
    /// What it takes of the budget.
    bytes: usize,
    item: T,
}

/// What becomes of a document before it is stored.
enum Outcome {
    /// It is an article.
    Article(Box<Analyzed>),
    /// It cannot be read.
    Rejected(Rejection),
    /// It is no input.
    Skipped(String),
    /// It is a link that is not followed.
    LeadsOut(String),
}

/// An article and its facts.
struct Analyzed {
    article: Article,
    line: Option<u64>,
    /// None if the article was stored already when it was read.
    facts: Option<Facts>,
    doubts: Vec<String>,
    warnings: usize,
    /// How much of it was analyzed, unless it was all.
    partial: Option<String>,
}

/// Starts the thread that reads; it owns all it needs, so that it can be left behind.
fn start_reader(
    db: &Path,
    settings: &IngestSettings,
    budget: &Arc<Budget>,
    jobs: Sender<Numbered<RawDocument>>,
    results: Sender<Numbered<Outcome>>,
) -> Result<JoinHandle<()>, Error> {
    let (inputs, mut options) = (settings.inputs.clone(), settings.reading.clone());
    options.not_input.extend(files_of(db));
    let budget = Arc::clone(budget);
    let read = move || {
        let mut number = 0;
        let mut emit = |found: Found| {
            let bytes = match &found {
                Found::Document(document) => document.bytes.len(),
                Found::Rejected(_) | Found::Skipped(_) | Found::LeadsOut(_) => 0,
            };
            if !budget.take(bytes) {
                return std::ops::ControlFlow::Break(());
            }
            let sent = match found {
                Found::Document(item) => jobs.send(Numbered { number, bytes, item }).is_ok(),
                Found::Rejected(rejection) => {
                    results.send(Numbered { number, bytes, item: Outcome::Rejected(rejection) }).is_ok()
                }
                Found::Skipped(source) => {
                    results.send(Numbered { number, bytes, item: Outcome::Skipped(source) }).is_ok()
                }
                Found::LeadsOut(source) => {
                    results.send(Numbered { number, bytes, item: Outcome::LeadsOut(source) }).is_ok()
                }
            };
            number += 1;
            if sent { std::ops::ControlFlow::Continue(()) } else { std::ops::ControlFlow::Break(()) }
        };
        // Whether it was told to stop shows elsewhere.
        let _ = read::documents(&inputs, &options, &mut emit);
    };
    let reader = thread::Builder::new().name("onrecord-reader".to_owned()).spawn(read);
    reader.map_err(|error| Error::new("cannot start a thread").because(error))
}

/// What a thread that analyzes has.
struct Worker<'a> {
    settings: &'a IngestSettings,
    analyze: Analyze<'a>,
    known: Known,
    stop: &'a AtomicBool,
}

impl Worker<'_> {
    fn work(&self, jobs: &Receiver<Numbered<RawDocument>>, results: &Sender<Numbered<Outcome>>) {
        while !self.stop.load(Ordering::Relaxed) {
            match jobs.recv_timeout(TICK) {
                Ok(Numbered { number, bytes, item }) => {
                    let item = match guarded(|| self.understand(&item)).flatten() {
                        Ok(Some(outcome)) => outcome,
                        Ok(None) => return,
                        Err(reason) => Outcome::Rejected(item.rejected(reason)),
                    };
                    if results.send(Numbered { number, bytes, item }).is_err() {
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
    fn understand(&self, document: &RawDocument) -> Result<Option<Outcome>, String> {
        let reading = document.article(&self.settings.reading)?;
        let article = reading.article;
        let keep = self.settings.if_unchanged == IfUnchanged::Keep;
        let (facts, warnings, unread) = if keep && self.known.has(&article) {
            (None, Vec::new(), None)
        } else {
            let Some(found) = (self.analyze)(&article) else { return Ok(None) };
            (Some(found.facts), found.warnings, found.unread)
        };
        let partial = unread.map(|unread| how_much(&article.body, unread));
        Ok(Some(Outcome::Article(Box::new(Analyzed {
            article,
            line: document.line,
            facts,
            doubts: reading.doubts,
            warnings: warnings.len(),
            partial,
        }))))
    }
}

/// How much of a body was analyzed whose end is `unread`.
fn how_much(body: &str, unread: Span<Byte>) -> String {
    let points = CodePoints::new(body);
    let (analyzed, all) = (points.at(unread.start()), points.at(body.len()));
    format!(
        "too long to be analyzed whole: no facts of what follows the first {analyzed} of {all} characters"
    )
}

/// Stores what comes, in the order of the input.
struct Writer<'a> {
    store: &'a mut Store,
    run: &'a mut crate::store::Run,
    settings: &'a IngestSettings,
    analyze: Analyze<'a>,
    observer: &'a mut dyn Observer,
    report: Report,
    started: Instant,
    batch: Vec<Outcome>,
    batch_bytes: usize,
    batch_since: Instant,
    stopping: Stopping<'a>,
    tally: Tally,
}

/// Whether the run is to stop, and since when.
struct Stopping<'a> {
    stop: &'a AtomicBool,
    /// When it was first seen.
    since: Option<Instant>,
}

impl Stopping<'_> {
    fn is_asked(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Whether it was asked for a while ago.
    fn is_late(&mut self) -> bool {
        self.is_asked() && self.since.get_or_insert_with(Instant::now).elapsed() > GRACE
    }
}

impl Writer<'_> {
    /// Writes until all threads that may send have ended, or until they are told to stop and nothing more comes, or
    /// soon after that: what was not stored by then is left to the next run.
    fn write_all(&mut self, results: &Receiver<Numbered<Outcome>>, budget: &Budget) -> Result<(), Error> {
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
        if let Some(rest) = self.tally.rest() {
            self.observer.rejected(&rest.as_rejection());
        }
        Ok(())
    }

    fn collect(&mut self, result: Numbered<Outcome>, budget: &Budget) -> Result<(), Error> {
        if self.batch.is_empty() {
            self.batch_since = Instant::now();
        }
        self.batch_bytes += result.bytes;
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
        let mut news = News::default();
        // What the batch comes to counts once it is stored.
        let mut report = self.report.clone();
        let mut batch = self.store.batch(self.run)?;
        for item in items {
            if self.stopping.is_late() {
                break;
            }
            match item {
                Outcome::Article(analyzed) => {
                    // What comes after an article that was left is left too: the order of the input is that of the rows.
                    let Some(saved) = save(&mut batch, self.settings, self.analyze, &analyzed)? else {
                        break;
                    };
                    news.add(&mut report, *analyzed, saved);
                }
                Outcome::Rejected(rejection) => news.rejected.push(rejection),
                Outcome::Skipped(source) => news.skipped.push(source),
                Outcome::LeadsOut(source) => news.links.push(source),
            }
        }
        report.counts.rejected += news.rejected.len() as u64;
        report.skipped += news.skipped.len() as u64;
        report.links += news.links.len() as u64;
        report.doubts += news.odd.len() as u64;
        report.bytes += self.batch_bytes as u64;
        news.rejected = keep(&batch, &mut self.tally, news.rejected)?;
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

/// Keeps the reasons of rejections, of those of one file no more than the first and a row for all others; gives those
/// that are to be told.
fn keep(
    batch: &crate::store::Batch<'_>,
    tally: &mut Tally,
    rejected: Vec<Rejection>,
) -> Result<Vec<Rejection>, Error> {
    let mut told = Vec::new();
    let keep_rest = |tally: &Tally| match tally.rest() {
        Some(rest) => {
            batch.reject_more(rest.source, rest.count, &rest.kinds).map(|()| Some(rest.as_rejection()))
        }
        None => Ok(None),
    };
    for rejection in rejected {
        if tally.is_of_another(&rejection) {
            told.extend(keep_rest(tally)?);
        }
        if tally.add(&rejection) {
            batch.reject(&rejection.source, rejection.line, &rejection.reason)?;
            told.push(rejection);
        }
    }
    // Their file may go on in the next batch: only then all of them can be told.
    keep_rest(tally)?;
    Ok(told)
}

/// Stores one article; gives nothing where it had to be analyzed and was told to stop.
fn save(
    batch: &mut crate::store::Batch<'_>,
    settings: &IngestSettings,
    analyze: Analyze<'_>,
    analyzed: &Analyzed,
) -> Result<Option<Saved>, Error> {
    let article = &analyzed.article;
    if let Some(facts) = &analyzed.facts {
        return batch.save(article, facts, settings.if_unchanged).map(Some);
    }
    if batch.meet_unchanged(article)? {
        return Ok(Some(Saved::Unchanged));
    }
    // It was stored when it was read, but an article before it has taken its place since.
    match guarded(|| analyze(article)) {
        Ok(Some(found)) => batch.save(article, &found.facts, settings.if_unchanged).map(Some),
        Ok(None) => Ok(None),
        Err(reason) => Ok(Some(Saved::Refused(reason))),
    }
}

/// What a batch has to tell, once it is written.
#[derive(Default)]
struct News {
    rejected: Vec<Rejection>,
    skipped: Vec<String>,
    revised: Vec<(StoredArticle, String, Option<u64>)>,
    beside: Vec<(StoredArticle, String, Option<u64>)>,
    links: Vec<String>,
    odd: Vec<(String, Option<u64>, String)>,
    partial: Vec<(String, Option<u64>, String)>,
}

impl News {
    fn add(&mut self, report: &mut Report, analyzed: Analyzed, saved: Saved) {
        let (source, line) = (analyzed.article.source, analyzed.line);
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
                self.rejected.push(Rejection { source, line, reason });
                return;
            }
        }
        report.warnings += analyzed.warnings as u64;
        report.partial += u64::from(analyzed.partial.is_some());
        self.partial.extend(analyzed.partial.map(|what| (source.clone(), line, what)));
        self.odd.extend(analyzed.doubts.into_iter().map(|doubt| (source.clone(), line, doubt)));
    }

    fn tell(&self, observer: &mut dyn Observer) {
        self.rejected.iter().for_each(|rejection| observer.rejected(rejection));
        self.skipped.iter().for_each(|source| observer.skipped(source));
        self.revised.iter().for_each(|(before, source, line)| observer.revised(before, source, *line));
        self.beside.iter().for_each(|(other, source, line)| observer.beside(other, source, *line));
        self.links.iter().for_each(|source| observer.leads_out(source));
        self.partial.iter().for_each(|(source, line, what)| observer.partial(source, *line, what));
        self.odd.iter().for_each(|(source, line, what)| observer.odd(source, *line, what));
    }
}
