//! Lines in the program by which the person reads long texts: `$PAGER`, or `less`.
//!
//! Only on a terminal. Whoever has read enough leaves before the end; that is no failure.

use std::io::{self, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock};
use std::thread::JoinHandle;

use signal_hook::consts::SIGINT;
use signal_hook::flag::register_conditional_default;
use unicode_width::UnicodeWidthStr;

use crate::cite::Page;
use crate::error::Error;

/// The pager where `$PAGER` names none.
const USUAL: &str = "less";

/// How `less` is set up unless the person's `LESS` says it: colors are shown, and what the screen holds stays on it.
const LESS: &str = "FRX";

/// Shows a page in the person's pager, from the line on that it is about; without any pager it is printed.
pub(super) fn page(page: &Page) -> Result<(), Error> {
    let text = page.lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let Some(mut pager) = Pager::start(Some(page.at + 1)) else {
        return io::stdout().lock().write_all(text.as_bytes()).map_err(Error::output);
    };
    pager.send(text.into_bytes());
    pager.close()
}

/// A pager that runs.
struct Pager {
    program: String,
    child: Child,
    /// What it is to show goes through a thread, so that a reader who takes time keeps nobody waiting.
    text: Sender<Vec<u8>>,
    writer: JoinHandle<()>,
    /// Whether the person has left it.
    is_left: Arc<AtomicBool>,
}

/// Whether Ctrl-C ends this program: not while a pager runs, for which it is meant then.
static ENDS: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
    let ends = Arc::new(AtomicBool::new(true));
    // Where that cannot be had, Ctrl-C ends both.
    let _ = register_conditional_default(SIGINT, Arc::clone(&ends));
    ends
});

impl Pager {
    /// Starts the person's pager, at a line if one is given; none where it cannot be started or is not wanted.
    fn start(line: Option<usize>) -> Option<Self> {
        let asked = std::env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
        let asked = asked.unwrap_or_else(|| USUAL.to_owned());
        let mut words = asked.split_whitespace();
        let program = words.next().unwrap_or(USUAL).to_owned();
        let mut command = Command::new(&program);
        command.args(words).stdin(Stdio::piped());
        // Others take a number for a file.
        if Path::new(&program).file_stem().is_some_and(|name| name == USUAL) {
            command.args(line.map(|line| format!("+{line}")));
            if std::env::var_os("LESS").is_none() && line.is_none() {
                command.env("LESS", LESS);
            }
        }
        let mut child = command.spawn().ok()?;
        let mut input = child.stdin.take()?;
        let is_left = Arc::new(AtomicBool::new(false));
        ENDS.store(false, Ordering::Relaxed);
        let (text, texts) = channel::<Vec<u8>>();
        let left = Arc::clone(&is_left);
        let writer = std::thread::spawn(move || {
            for text in texts {
                if input.write_all(&text).is_err() {
                    left.store(true, Ordering::Relaxed);
                    break;
                }
            }
        });
        Some(Pager { program, child, text, writer, is_left })
    }

    /// Hands text on; false where the person has left.
    fn send(&mut self, text: Vec<u8>) -> bool {
        !self.is_left.load(Ordering::Relaxed) && self.text.send(text).is_ok()
    }

    /// Waits until the person has read enough.
    fn close(self) -> Result<(), Error> {
        let Pager { program, mut child, text, writer, .. } = self;
        drop(text);
        let _ = writer.join();
        let ended = child.wait();
        ENDS.store(true, Ordering::Relaxed);
        let ended = ended.map_err(|cause| Error::new(format!("cannot wait for {program}")).because(cause))?;
        match ended.success() {
            true => Ok(()),
            false => {
                Err(Error::new(format!("the pager {program} failed")).hint("set PAGER to one that works"))
            }
        }
    }
}

/// Standard output of a terminal: what is longer than the screen goes through the pager.
pub(super) struct Paged {
    /// What fits on the screen so far.
    held: Vec<u8>,
    /// How many rows of the screen that takes.
    rows: usize,
    screen: (usize, usize),
    pager: Option<Pager>,
    /// Whether there is no pager.
    is_direct: bool,
}

impl Paged {
    /// For a screen of so many columns and rows.
    pub(super) fn new(columns: u16, rows: u16) -> Self {
        let screen = (usize::from(columns.max(1)), usize::from(rows));
        Paged { held: Vec::new(), rows: 0, screen, pager: None, is_direct: false }
    }

    /// Prints what fits on the screen, or waits until the person has read enough.
    pub(super) fn close(mut self) -> Result<(), Error> {
        match self.pager.take() {
            Some(pager) => pager.close(),
            None => print(&self.held).map_err(Error::output),
        }
    }

    /// How many rows of the screen lines take; what colors add to them counts as well, so that it is rather too many.
    fn rows_of(&self, text: &[u8]) -> usize {
        let lines = text.split_inclusive(|byte| *byte == b'\n');
        lines
            .map(|line| String::from_utf8_lossy(line).trim_end().width().div_ceil(self.screen.0).max(1))
            .sum()
    }
}

impl Write for Paged {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        if let Some(pager) = &mut self.pager {
            return match pager.send(text.to_vec()) {
                true => Ok(text.len()),
                false => Err(io::ErrorKind::BrokenPipe.into()),
            };
        }
        if self.is_direct {
            print(text)?;
            return Ok(text.len());
        }
        self.rows += self.rows_of(text);
        self.held.extend_from_slice(text);
        // The last row of the screen is for the prompt of the shell.
        if self.rows >= self.screen.1 {
            let held = std::mem::take(&mut self.held);
            match Pager::start(None) {
                Some(mut pager) => {
                    pager.send(held);
                    self.pager = Some(pager);
                }
                None => {
                    self.is_direct = true;
                    print(&held)?;
                }
            }
        }
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn print(text: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()
}
