//! What a run would take in: its inputs are read, and nothing is analyzed or stored.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::guard::guarded;
use crate::ingest::inputs::{find_an_input, reading};
use crate::ingest::report::Observer;
use crate::ingest::settings::IngestSettings;
use crate::ingest::worker::{STACK, WORKER};
use crate::language;
use crate::read::{self, Found, RawDocument, Reason, RejectionKind};
use crate::store::Known;

/// What a run would come to.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct DryReport {
    /// Articles by the names of their formats.
    pub formats: BTreeMap<&'static str, u64>,
    /// Those of them that the database holds to the letter; none if there is no database that could be looked at.
    pub known: Option<u64>,
    /// Documents that cannot be read.
    pub rejected: u64,
    /// Files that would be passed over.
    pub skipped: u64,
    /// Links that would not be followed.
    pub links: u64,
    /// Files that would not be read, since they are as they were when a run took them whole.
    pub unread: u64,
    /// Dates that could not be read, bytes that are no text.
    pub doubts: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether it was told to stop before the end.
    pub stopped: bool,
}

impl DryReport {
    /// The articles that would be taken.
    pub fn articles(&self) -> u64 {
        self.formats.values().sum()
    }
}

/// Reads the inputs as [`run`](crate::ingest::run) does, and tells what would be taken; no database is made, and none changed.
///
/// Ends early once `stop` is set. Fails if none of the inputs is there.
pub fn dry_run(
    db: &Path,
    settings: &IngestSettings,
    observer: &mut (dyn Observer + Send),
    stop: &Arc<AtomicBool>,
) -> Result<DryReport, Error> {
    find_an_input(&settings.inputs)?;
    let started = Instant::now();
    let look = || if db.exists() { Known::read_only(db).map(Some) } else { Ok(None) };
    let files = if settings.only_changed { look()? } else { None };
    let options = reading(db, settings, files);
    // One that cannot be read, as it is an older one, can be brought up to date by a run: that is no reason not to read.
    let known = look().ok().flatten();
    let count = Count {
        report: DryReport { known: known.as_ref().map(|_| 0), ..DryReport::default() },
        options,
        known,
        observer,
        stop,
    };
    // In a thread of its own, with as much stack as those that understand documents in a run.
    let report = thread::scope(|scope| {
        let read = || guarded(move || count.read(&settings.inputs));
        let reader = thread::Builder::new().name(format!("{WORKER}-dry")).stack_size(STACK);
        let reader = reader
            .spawn_scoped(scope, read)
            .map_err(|error| Error::new("cannot start a thread").because(error))?;
        let report =
            reader.join().unwrap_or_else(|_| Err("a fault of onrecord, please report it".to_owned()));
        report.map_err(|reason| Error::new("reading failed unexpectedly").because(reason))
    });
    let mut report = report?;
    report.stopped = stop.load(Ordering::Relaxed);
    report.elapsed = started.elapsed();
    Ok(report)
}

/// Counts what is found.
struct Count<'a> {
    report: DryReport,
    options: read::Options,
    known: Option<Known>,
    observer: &'a mut (dyn Observer + Send),
    stop: &'a AtomicBool,
}

impl Count<'_> {
    fn read(mut self, inputs: &[PathBuf]) -> DryReport {
        let options = self.options.clone();
        let _ = read::documents(inputs, &options, &mut |found| {
            if self.stop.load(Ordering::Relaxed) {
                return ControlFlow::Break(());
            }
            self.count(found);
            ControlFlow::Continue(())
        });
        self.report
    }

    fn count(&mut self, found: Found) {
        let Count { report, observer, .. } = self;
        match found {
            Found::Document(document) => self.take(&document),
            Found::Rejected(rejection) => {
                report.rejected += 1;
                observer.rejected(&rejection);
            }
            Found::Skipped(source) => {
                report.skipped += 1;
                observer.skipped(&source);
            }
            Found::LeadsOut(source) => {
                report.links += 1;
                observer.leads_out(&source);
            }
            Found::Unchanged(source) => {
                report.unread += 1;
                observer.unchanged(&source);
            }
            Found::Finished(_) | Found::Opened(_) => {}
        }
    }

    /// Counts a document as the article that it is, or as rejected.
    fn take(&mut self, document: &RawDocument) {
        let Count { report, observer, options, known, .. } = self;
        let fault = |words| Err(Reason::new(RejectionKind::Analysis, words));
        match guarded(|| document.article(options)).unwrap_or_else(fault) {
            Ok(mut reading) => {
                // As a run does: the language is part of what is stored.
                language::settle(&mut reading.article);
                *report.formats.entry(document.format.name()).or_default() += 1;
                let is_known = known.as_ref().is_some_and(|known| known.has(&reading.article));
                report.known = report.known.map(|count| count + u64::from(is_known));
                report.doubts += reading.doubts.len() as u64;
                let source = &reading.article.source;
                reading.doubts.iter().for_each(|doubt| observer.odd(source, document.line, doubt));
            }
            Err(reason) => {
                report.rejected += 1;
                observer.rejected(&document.rejected(reason));
            }
        }
    }
}
