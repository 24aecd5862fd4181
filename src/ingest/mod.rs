//! The loop from files to rows: read, analyze in parallel, store in the order of the input.
//!
//! One thread reads, several analyze, and the calling one writes; so the same input gives the same rows
//! on any number of threads. What is in flight is bounded by its size (`budget`). A document that cannot be read,
//! or on which analysis panics, is rejected alone. Knows no format, no language and no SQL. Start reading at
//! [`run`], then `worker` and `writer`.

mod budget;
mod dry_run;
mod field_tally;
mod flow;
mod inputs;
mod reader;
mod rejections;
mod report;
pub mod retry;
mod settings;
mod worker;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Instant;

use crossbeam_channel::unbounded;

use crate::error::{Error, ErrorKind};
use crate::ingest::budget::Budget;
pub use crate::ingest::dry_run::{DryReport, dry_run};
pub use crate::ingest::field_tally::FieldTally;
use crate::ingest::inputs::{find_an_input, reading};
use crate::ingest::reader::{Gauge, start_reader};
use crate::ingest::rejections::Tally;
pub use crate::ingest::report::{Observer, Progress, Report};
pub use crate::ingest::settings::{Analyze, Findings, IngestSettings};
pub use crate::ingest::worker::WORKER;
use crate::ingest::worker::{STACK, Worker};
use crate::ingest::writer::{Stopping, Writer};
use crate::read::Position;
use crate::store::{Run, Store, Totals};

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
    let named = || settings.inputs.iter().map(|input| input.display().to_string()).collect();
    let inputs = settings.noted_inputs.clone().unwrap_or_else(named);
    let mut run = store.begin_run(&inputs, &settings.model, settings.gear)?;
    let threads = settings.threads.max(1);
    let known = (0..threads).map(|_| store.known()).collect::<Result<Vec<_>, _>>()?;

    let budget = Arc::new(Budget::new(Arc::clone(stop)));
    let (job_sender, jobs) = unbounded();
    let (result_sender, results) = unbounded();
    let options = reading(db, settings, settings.only_changed.then(|| store.known()).transpose()?);
    let gauge = settings.measured.then(|| Gauge::new(stop));
    let reader = start_reader(settings, options, &budget, gauge.as_ref(), job_sender, result_sender.clone())?;
    let mut report = thread::scope(|scope| {
        for (number, known) in known.into_iter().enumerate() {
            let (jobs, results) = (jobs.clone(), result_sender.clone());
            let worker = Worker { settings, analyze, known, stop };
            let started = thread::Builder::new()
                .name(format!("{WORKER}-{number}"))
                .stack_size(STACK)
                .spawn_scoped(scope, move || worker.work(&jobs, &results));
            if let Err(error) = started {
                // Those that have started wait for each other.
                stop.store(true, Ordering::Relaxed);
                return Err(Error::new("cannot start a thread").because(error).hint("try fewer --threads"));
            }
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
            position: Position::default(),
            gauge: gauge.as_ref(),
            stopping: Stopping { stop, since: None, has_left_one: false },
            tally: Tally::default(),
            reading: settings.reading.fingerprint(),
            last_rejected: String::new(),
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
    })?;
    report.stopped = stop.load(Ordering::Relaxed);
    // A reader that is to stop may wait for input that never comes: it is left behind.
    if !report.stopped && reader.join().is_err() {
        return Err(Error::new("reading failed unexpectedly; what was read before is kept")
            .hint("please report this, with the file that was being read"));
    }
    if !report.stopped {
        report.solved = look_at_the_whole(&mut store, &run, settings)?;
        store.finish_run(&run, &report.counts)?;
    }
    let totals = store.totals()?;
    store.close();
    report.elapsed = started.elapsed();
    Ok((report, totals))
}

/// What only the whole archive shows, once a run is over; gives how many errors of earlier runs are solved.
fn look_at_the_whole(store: &mut Store, run: &Run, settings: &IngestSettings) -> Result<u64, Error> {
    store.mark_furniture()?;
    let solved = store.forget_solved(run, &settings.retried)?;
    store.join_twins()?;
    store.describe_people()?;
    Ok(solved)
}
