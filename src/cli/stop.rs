//! Ctrl-C and its like: a run is told to stop, and ends soon whatever it is at.
//!
//! Knows signals and the process. What a run does when it is told to stop is its own affair.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use crate::cli::outcome::Outcome;
use crate::cli::streams::say;
use crate::error::Error;

/// What is said of a run that was stopped.
pub(super) const STOPPED: &str =
    "stopped early; all that was stored is kept: the same command goes on from there";

/// How long a run may take to end of itself.
const PATIENCE: Duration = Duration::from_millis(700);

/// How long it may then take to say so.
const SAYING: Duration = Duration::from_millis(250);

/// How often to look whether a signal came.
const TICK: Duration = Duration::from_millis(50);

/// A flag that Ctrl-C, SIGTERM and SIGHUP set. A second signal ends the program at once, and so does a run that is not
/// at its end within a second: the database survives either.
pub(super) fn stop_on_signals() -> Result<Arc<AtomicBool>, Error> {
    let stop = Arc::new(AtomicBool::new(false));
    let code = Outcome::Interrupted.code();
    for signal in [SIGINT, SIGTERM].into_iter().chain(hangup()) {
        // In this order, or the first signal would find the flag that it has set itself.
        flag::register_conditional_shutdown(signal, i32::from(code), Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .map_err(|error| Error::new("cannot listen for signals").because(error))?;
    }
    let watched = Arc::clone(&stop);
    let watch = thread::Builder::new().name("onrecord-stop".to_owned()).spawn(move || insist(&watched, code));
    watch.map_err(|error| Error::new("cannot start a thread").because(error))?;
    Ok(stop)
}

/// Waits for the flag, then for the run to end, and then no longer.
fn insist(stop: &AtomicBool, code: u8) {
    while !stop.load(Ordering::Relaxed) {
        thread::sleep(TICK);
    }
    let since = Instant::now();
    while since.elapsed() < PATIENCE {
        thread::sleep(TICK);
    }
    // Standard error may be a pipe that is full and that nobody reads: then it goes without saying.
    let (said, is_said) = mpsc::channel();
    let saying = thread::Builder::new().spawn(move || {
        say(STOPPED);
        said.send(())
    });
    if saying.is_ok() {
        let _ = is_said.recv_timeout(SAYING);
    }
    std::process::exit(i32::from(code));
}

/// SIGHUP, unless whoever started the program had it ignored, as `nohup` does. The other signals are heard also where they
/// were ignored, as a shell has Ctrl-C in what it runs behind itself: who sends one then means it.
#[cfg(unix)]
fn hangup() -> Option<i32> {
    use signal_hook::consts::SIGHUP;

    // Where the system does not say what is ignored, the signal keeps the effect that it has.
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    (!ignores(&status, SIGHUP)?).then_some(SIGHUP)
}

#[cfg(not(unix))]
fn hangup() -> Option<i32> {
    None
}

/// Whether a process with this status, as Linux shows it, ignores a signal.
#[cfg(unix)]
fn ignores(status: &str, signal: i32) -> Option<bool> {
    let line = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    let mask = u64::from_str_radix(line.trim(), 16).ok()?;
    Some(mask >> (signal - 1) & 1 == 1)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_of_a_process_says_what_it_ignores() {
        let status = "Name:\tonrecord\nSigBlk:\t0000000000000001\nSigIgn:\t0000000000001001\n";
        let found = [1, 2, 13, 15].map(|signal| ignores(status, signal));
        assert_eq!(found, [Some(true), Some(false), Some(true), Some(false)]);
        assert_eq!(ignores("Name:\tonrecord\n", 1), None);
    }
}
