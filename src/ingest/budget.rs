//! How much may be in flight between reading and storing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The size of all documents that were read and not yet stored, in bytes. One larger document may go alone.
const MOST_BYTES: usize = 32 << 20;

/// Their number: each has its facts with it.
const MOST_DOCUMENTS: usize = 1024;

/// What is in flight.
#[derive(Debug, Default)]
struct InFlight {
    bytes: usize,
    documents: usize,
}

/// Lets the reader go on only while there is room.
#[derive(Debug)]
pub(super) struct Budget {
    in_flight: Mutex<InFlight>,
    room: Condvar,
    stop: Arc<AtomicBool>,
}

impl Budget {
    /// A budget of which nothing is taken; nothing more is given once `stop` is set.
    pub(crate) fn new(stop: Arc<AtomicBool>) -> Self {
        Budget { in_flight: Mutex::default(), room: Condvar::new(), stop }
    }

    /// Waits for room for a document of this size; false if the run is to stop.
    pub(crate) fn take(&self, bytes: usize) -> bool {
        let mut in_flight = self.lock();
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return false;
            }
            let fits = in_flight.bytes + bytes <= MOST_BYTES && in_flight.documents < MOST_DOCUMENTS;
            if fits || in_flight.documents == 0 {
                in_flight.bytes += bytes;
                in_flight.documents += 1;
                return true;
            }
            let waited = self.room.wait_timeout(in_flight, TICK);
            in_flight = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Gives back what stored documents took.
    pub(super) fn give_back(&self, bytes: usize, documents: usize) {
        let mut in_flight = self.lock();
        in_flight.bytes = in_flight.bytes.saturating_sub(bytes);
        in_flight.documents = in_flight.documents.saturating_sub(documents);
        self.room.notify_all();
    }

    /// The counts are whole at any moment, so a panic elsewhere does not spoil them.
    fn lock(&self) -> MutexGuard<'_, InFlight> {
        self.in_flight.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How often a waiting thread looks whether it is to stop.
pub(super) const TICK: Duration = Duration::from_millis(100);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_beyond_the_budget_goes_alone() {
        let budget = Budget::new(Arc::default());
        assert!(budget.take(MOST_BYTES * 2));
        budget.give_back(MOST_BYTES * 2, 1);
        assert!(budget.take(1));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(MOST_BYTES));
            std::thread::sleep(TICK / 2);
            assert!(!waiting.is_finished());
            budget.give_back(1, 1);
            assert!(waiting.join().is_ok_and(|taken| taken));
        });
        assert_eq!(budget.lock().documents, 1);
    }

    #[test]
    fn nothing_is_given_once_the_run_is_to_stop() {
        let stop = Arc::new(AtomicBool::new(true));
        assert!(!Budget::new(stop).take(1));
    }
}
