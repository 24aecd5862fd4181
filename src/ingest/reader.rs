//! The thread that reads: files in, documents out, each with its number and its place.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};

use crossbeam_channel::Sender;

use crate::error::Error;
use crate::ingest::budget::Budget;
use crate::ingest::flow::{Numbered, Prepared};
use crate::ingest::settings::IngestSettings;
use crate::read::{self, Found, Meter, Options, Position, RawDocument};

/// How far reading has come, and how far it has to go.
pub(super) struct Gauge {
    meter: Arc<Meter>,
    /// The size of all that is to be read, once it is summed; none in it where it cannot be.
    total: Arc<OnceLock<Option<u64>>>,
    stop: Arc<AtomicBool>,
}

impl Gauge {
    /// One that shows nothing yet.
    pub(super) fn new(stop: &Arc<AtomicBool>) -> Self {
        Gauge { meter: Arc::default(), total: Arc::default(), stop: Arc::clone(stop) }
    }

    /// The size of all that is to be read, if it is known.
    pub(super) fn total(&self) -> Option<u64> {
        self.total.get().copied().flatten()
    }

    /// How far reading has come.
    pub(super) fn position(&self) -> Position {
        self.meter.position()
    }

    /// Sums the sizes beside the run, which does not wait for it.
    fn sum(&self, inputs: Vec<PathBuf>, options: Options) {
        let (total, stop) = (Arc::clone(&self.total), Arc::clone(&self.stop));
        let sum = move || {
            // Who is faster than the sum needs none.
            let _ = total.set(read::size_of(&inputs, &options, &stop));
        };
        // Without a thread for it there is no bar, and nothing else is lost.
        let _ = thread::Builder::new().name("onrecord-sizes".to_owned()).spawn(sum);
    }
}

/// Starts the thread that reads; it owns all it needs, so that it can be left behind.
pub(super) fn start_reader(
    settings: &IngestSettings,
    mut options: Options,
    budget: &Arc<Budget>,
    gauge: Option<&Gauge>,
    jobs: Sender<Numbered<RawDocument>>,
    results: Sender<Numbered<Prepared>>,
) -> Result<JoinHandle<()>, Error> {
    let inputs = settings.inputs.clone();
    let meter = gauge.map(|gauge| Arc::clone(&gauge.meter));
    options.meter.clone_from(&meter);
    if let Some(gauge) = gauge {
        gauge.sum(inputs.clone(), options.clone());
    }
    let budget = Arc::clone(budget);
    let read = move || {
        let (mut number, mut places) = (0, Places::default());
        let mut emit = |found: Found| {
            if let Found::Opened(_) = found {
                return ControlFlow::Continue(());
            }
            let bytes = match &found {
                Found::Document(document) => document.bytes.len(),
                _ => 0,
            };
            if !budget.take(bytes) {
                return ControlFlow::Break(());
            }
            let record = places.next(&found);
            let position = meter.as_ref().map(|meter| meter.position()).unwrap_or_default();
            let place = Numbered { number, bytes, record, position, item: () };
            let other = |item| results.send(place.with(item)).is_ok();
            let sent = match found {
                Found::Document(document) => jobs.send(place.with(document)).is_ok(),
                Found::Rejected(rejection) => other(Prepared::Rejected(rejection, record)),
                Found::Skipped(source) => other(Prepared::Skipped(source)),
                Found::LeadsOut(source) => other(Prepared::LeadsOut(source)),
                Found::Unchanged(source) => other(Prepared::Unchanged(source)),
                Found::Finished(stamp) => other(Prepared::Finished(stamp)),
                Found::Opened(_) => true,
            };
            number += 1;
            if sent { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        // Whether it was told to stop shows elsewhere.
        let _ = read::documents(&inputs, &options, &mut emit);
    };
    let reader = thread::Builder::new().name("onrecord-reader".to_owned()).spawn(read);
    reader.map_err(|error| Error::new("cannot start a thread").because(error))
}

/// Counts the documents of one file or member after the other.
#[derive(Default)]
struct Places {
    source: String,
    count: u64,
}

impl Places {
    /// Which document of its file or member this is, counted from 1.
    fn next(&mut self, found: &Found) -> u64 {
        let source = match found {
            Found::Document(document) => &document.source,
            Found::Rejected(rejection) => &rejection.source,
            _ => return 0,
        };
        if *source != self.source {
            self.source.clone_from(source);
            self.count = 0;
        }
        self.count += 1;
        self.count
    }
}
