//! Waiting for other programs that have the database locked: how long, and who may end it.
//!
//! Knows the clock and the flag that stops a run; whom it waits for is SQLite's to say.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::store::failure::is_busy;

/// How long to wait for another program that is writing to the file.
const LONGEST: Duration = Duration::from_secs(20);

/// The longest pause between two attempts.
const PAUSE: Duration = Duration::from_millis(50);

/// How long a statement that is at work may go on after the run was told to stop.
const GRACE: Duration = Duration::from_millis(500);

/// How many steps of SQLite's machine pass between two looks at the flag: about a millisecond.
const STEPS: i32 = 20_000;

/// How long to wait for other programs: a while, and not once the run is told to stop.
#[derive(Clone, Debug, Default)]
pub(super) struct Patience {
    stop: Option<Arc<AtomicBool>>,
}

impl Patience {
    /// Patience that ends when `stop` is set.
    pub(super) fn until(stop: &Arc<AtomicBool>) -> Self {
        Patience { stop: Some(Arc::clone(stop)) }
    }

    /// Whether the run was told to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// Waits for a while; false when it is over.
    fn pause(&self, since: Instant, tries: u32) -> bool {
        if self.is_stopped() || since.elapsed() > LONGEST {
            return false;
        }
        std::thread::sleep(PAUSE.min(Duration::from_millis(1 + 2 * u64::from(tries))));
        true
    }

    /// Has a connection wait wherever it meets a lock, and, once the run was told to stop, end a statement that
    /// goes on for long: what its transaction has written is then taken back.
    pub(super) fn rule(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let (waiting, mut since) = (self.clone(), Instant::now());
        connection.busy_handler(Some(move |tries: i32| {
            if tries == 0 {
                since = Instant::now();
            }
            waiting.pause(since, tries.unsigned_abs())
        }))?;
        if self.stop.is_none() {
            return Ok(());
        }
        let (working, mut stopped) = (self.clone(), None);
        connection.progress_handler(
            STEPS,
            Some(move || working.is_stopped() && stopped.get_or_insert_with(Instant::now).elapsed() > GRACE),
        )
    }

    /// Tries again and again while another program is in the way, without a hold on the lock in between: what
    /// others want meanwhile is not kept from them.
    pub(super) fn retry<T>(&self, mut attempt: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
        let since = Instant::now();
        let mut tries = 0;
        loop {
            match attempt() {
                Err(error) if is_busy(&error) && self.pause(since, tries) => tries += 1,
                done => return done,
            }
        }
    }
}
