//! `onrecord check`: whether the database is sound.

use std::io::Write;

use super::{Outcome, Settings};
use crate::error::Error;
use crate::store::check::{self, CheckResult, Finding};
use crate::terminal::one_line;

/// Check that the database is sound
///
/// SQLite's own checks, foreign keys, full-text indexes, every span against its text, and every count.
/// One line a check; exit code 0 if all hold, 1 if one does not. Changes nothing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord check
  onrecord check --db archive.db")]
pub(crate) struct Args {}

/// Runs the command.
pub(crate) fn run(_: &Args, settings: &Settings) -> Result<Outcome, Error> {
    let mut out = std::io::stdout().lock();
    let mut written = Ok(());
    let mut failed = 0;
    check::check(&settings.db, &mut |finding| {
        failed += u32::from(matches!(finding.result, CheckResult::Fails(..)));
        if written.is_ok() {
            written = writeln!(out, "{}", one_line(&line(finding)));
        }
    })?;
    written.map_err(Error::output)?;
    match failed {
        0 => Ok(Outcome::Done),
        _ => Err(Error::new(format!("{} is damaged: {failed} checks failed", settings.db.display()))
            .hint("make a new database by reading the articles again")),
    }
}

fn line(finding: &Finding) -> String {
    match &finding.result {
        CheckResult::Holds => format!("ok       {}", finding.check),
        CheckResult::Skipped(reason) => format!("skipped  {}: {reason}", finding.check),
        CheckResult::Fails(count, first) => {
            format!("FAILED   {}: {count} against it, first {}", finding.check, first.join("; "))
        }
    }
}
