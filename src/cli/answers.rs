//! What a person answers to prompts, line by line; also from a pipe.

use std::io::{self, BufRead, Lines, StdinLock, Write};

use crate::cli::streams::standard_output;
use crate::error::Error;
use crate::terminal::one_line;

/// Where a person answers.
pub(super) struct Answers {
    lines: Lines<StdinLock<'static>>,
}

impl Answers {
    /// Listens to standard input.
    pub(super) fn new() -> Self {
        Answers { lines: io::stdin().lock().lines() }
    }

    /// Asks, and gives the next line without what is blank around it; none where nobody answers any more.
    pub(super) fn ask(&mut self, prompt: &str) -> Result<Option<String>, Error> {
        let mut out = standard_output();
        write!(out, "{} ", one_line(prompt)).and_then(|()| out.flush()).map_err(Error::output)?;
        match self.lines.next() {
            Some(line) => {
                let line = line.map_err(|cause| Error::new("cannot read the answer").because(cause))?;
                Ok(Some(line.trim().to_owned()))
            }
            None => {
                writeln!(out).map_err(Error::output)?;
                Ok(None)
            }
        }
    }
}
