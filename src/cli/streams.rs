//! The only place that writes to standard error, and what standard output is to commands that do more than print.
//!
//! Nobody may be listening: a line that cannot be written to standard error is lost and ends nothing.

use std::io::{self, IsTerminal, Write};

use crate::cli::settings::Settings;
use crate::error::Error;
use crate::terminal::one_line;

/// Says a line on standard error.
pub(super) fn say(line: &str) {
    // One write, so that lines of several programs do not mix. Where it fails there is nobody to tell.
    let _ = io::stderr().lock().write_all(format!("{}\n", one_line(line)).as_bytes());
}

/// Says what is wrong, and what can be done about it.
pub(super) fn say_error(error: &Error) {
    say(&format!("error: {error}"));
    error.hints().iter().for_each(|hint| say(&format!("  hint: {hint}")));
}

/// Prints what a command has done on standard output, unless the person wants to hear of errors only. It is done
/// whether that can be written or not.
pub(super) fn remark(settings: &Settings, line: &str) {
    if settings.quiet {
        return;
    }
    let mut out = standard_output();
    if let Err(error) = writeln!(out, "{}", one_line(line)).and_then(|()| out.flush()) {
        say(&format!("note: cannot write to standard output: {error}"));
    }
}

/// Standard output, for work that has to come to its end whoever reads.
pub(super) fn standard_output() -> Unattended<io::StdoutLock<'static>> {
    Unattended { out: io::stdout().lock(), is_gone: false }
}

/// Output whose reader may go away: what is written from then on goes nowhere.
pub(super) struct Unattended<W> {
    out: W,
    is_gone: bool,
}

impl<W: Write> Unattended<W> {
    fn unless_gone<T>(&mut self, gone: T, write: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.is_gone {
            return Ok(gone);
        }
        match write(&mut self.out) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.is_gone = true;
                Ok(gone)
            }
            written => written,
        }
    }
}

impl<W: Write> Write for Unattended<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.unless_gone(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.unless_gone((), Write::flush)
    }
}

/// Whether to use colors on standard output: on a terminal that nobody asked to do without (no-color.org).
pub(super) fn has_colors() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    io::stdout().is_terminal() && !refused
}
