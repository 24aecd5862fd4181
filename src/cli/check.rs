//! `onrecord check`: whether the database is sound.

use std::io::{BufWriter, Write};

use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::standard_output;
use crate::error::Error;
use crate::query::output::{self, Cell, OutputFormat, Screen};
use crate::store::check::{self, CheckResult, Finding};
use crate::terminal::one_line;

/// Check that the database is sound
///
/// SQLite's own checks, the schema against the one that onrecord makes, every row against the constraints of its table,
/// foreign keys, full-text indexes, every article against the hash of what was read, every span against its text, and every
/// count. One line a check: what offends, the first of them by name, and what to do; exit code 0 if all hold, 1 if one
/// does not. Changes nothing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord check
  onrecord check --db archive.db
  onrecord check --format jsonl")]
pub(super) struct CheckArgs {}

/// What is told of each check, where programs read it.
const COLUMNS: [&str; 5] = ["check", "result", "count", "detail", "remedy"];

/// Runs the command.
pub(crate) fn run(_: &CheckArgs, settings: &Settings) -> Result<Outcome, Error> {
    let mut out = BufWriter::new(standard_output());
    let failed = if matches!(settings.format, OutputFormat::List | OutputFormat::Table) {
        each_finding(settings, |finding| {
            // A line at a time: checking a large database takes a while.
            writeln!(out, "{}", one_line(&line(finding))).and_then(|()| out.flush()).map_err(Error::output)
        })?
    } else {
        let mut sink = output::writer(settings.format, Screen::default(), &mut out);
        sink.columns(&COLUMNS)?;
        let failed = each_finding(settings, |finding| sink.row(&row(finding)))?;
        sink.finish()?;
        drop(sink);
        out.flush().map_err(Error::output)?;
        failed
    };
    match failed {
        0 => Ok(Outcome::Done),
        _ => Err(Error::new(format!("{} is damaged: {failed} checks failed", settings.db.display()))
            .hint("each line that begins with FAILED says what to do; work on a copy of the file")),
    }
}

/// Checks, hands on what is found until that fails, and gives how many checks failed.
fn each_finding(
    settings: &Settings,
    mut print: impl FnMut(&Finding) -> Result<(), Error>,
) -> Result<u32, Error> {
    let mut printed = Ok(());
    let mut failed = 0;
    check::check(&settings.db, &mut |finding| {
        failed += u32::from(matches!(finding.result, CheckResult::Fails { .. }));
        if printed.is_ok() {
            printed = print(finding);
        }
    })?;
    printed.map(|()| failed)
}

fn line(finding: &Finding) -> String {
    match &finding.result {
        CheckResult::Holds => format!("ok       {}", finding.check),
        CheckResult::Skipped(reason) => format!("skipped  {}: {reason}", finding.check),
        CheckResult::Fails { count, first, remedy } => {
            format!(
                "FAILED   {}: {count} against it, first {}; to do: {remedy}",
                finding.check,
                first.join("; ")
            )
        }
    }
}

fn row(finding: &Finding) -> [Cell; 5] {
    let check = Cell::Text(finding.check.to_string());
    let (result, count, detail, remedy) = match &finding.result {
        CheckResult::Holds => ("ok", Cell::Integer(0), Cell::Null, Cell::Null),
        CheckResult::Skipped(reason) => ("skipped", Cell::Null, Cell::Text(reason.to_string()), Cell::Null),
        CheckResult::Fails { count, first, remedy } => {
            let count = i64::try_from(*count).map_or(Cell::Null, Cell::Integer);
            ("failed", count, Cell::Text(first.join("; ")), Cell::Text(remedy.clone()))
        }
    };
    [check, Cell::Text(result.into()), count, detail, remedy]
}
