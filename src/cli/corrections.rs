//! `onrecord corrections`: what people have corrected, to look at and to take elsewhere.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::cli::correcting::described;
use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::remark;
use crate::error::Error;
use crate::query::output::Cell;
use crate::query::{Notes, corrections};
use crate::store::{self, Correction, Store};

/// List, export and import corrections
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord corrections list
  onrecord corrections export > corrections.jsonl
  onrecord corrections import corrections.jsonl --db other.db")]
pub(super) struct CorrectionsArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// List all corrections with their numbers, also those that were undone, and what a run joined by itself
    #[command(after_help = "\
Examples:
  onrecord corrections list
  onrecord corrections list --format json")]
    List,
    /// Print the corrections of people in force as JSON lines, which name things by content and not by id
    #[command(after_help = "\
Examples:
  onrecord corrections export > corrections.jsonl")]
    Export,
    /// Import what export printed, all of it or nothing; corrections already in force stay as they are
    ///
    /// A correction of something that the archive does not hold yet is kept, and takes effect when it comes.
    #[command(after_help = "\
Examples:
  onrecord corrections import corrections.jsonl
  onrecord corrections export --db one.db | onrecord corrections import - --db other.db")]
    Import {
        /// The file, or - for standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Runs the command.
pub(crate) fn run(args: &CorrectionsArgs, settings: &Settings) -> Result<Outcome, Error> {
    match &args.command {
        Command::List => list(settings),
        Command::Export => export(settings),
        Command::Import { file } => import(file, settings),
    }
}

fn list(settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let text = |text: Option<String>| text.map_or(Cell::Null, Cell::Text);
    print_rows(settings, |_, sink| {
        sink.columns(&["number", "action", "correction", "note", "created_at", "undone_at"])?;
        for kept in corrections::list(&db)? {
            let says = match kept.correction {
                Ok(correction) => correction.verdict.to_string(),
                Err(reason) => format!("cannot be read and has no effect: {reason}"),
            };
            sink.row(&[
                kept.number.into(),
                kept.action.into(),
                says.into(),
                text(kept.note),
                kept.created_at.into(),
                text(kept.undone_at),
            ])?;
        }
        sink.finish()?;
        Ok(Notes::default())
    })
}

fn export(settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let mut out = BufWriter::new(io::stdout().lock());
    for kept in corrections::list(&db)?.into_iter().filter(|kept| kept.by_person) {
        let (Ok(correction), None) = (kept.correction, kept.undone_at) else { continue };
        let line = correction
            .to_line()
            .map_err(|cause| Error::new(format!("cannot write correction {}", kept.number)).because(cause))?;
        writeln!(out, "{line}").map_err(Error::output)?;
    }
    out.flush().map_err(Error::output)?;
    Ok(Outcome::Done)
}

fn import(file: &Path, settings: &Settings) -> Result<Outcome, Error> {
    drop(store::open_read_only(&settings.db)?);
    let corrections = read(file)?;
    let mut store = Store::open(&settings.db)?;
    let corrected = store.import(&corrections)?;
    store.close();
    let (new, known) = (corrected.numbers.len(), corrected.known);
    remark(settings, &format!("{new} new, {known} in force already; {}", described(corrected.changes)));
    Ok(Outcome::Done)
}

/// The corrections of a file, all of them.
fn read(file: &Path) -> Result<Vec<Correction>, Error> {
    let failed = || Error::usage(format!("cannot read {}", file.display()));
    let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(file).map_err(|cause| failed().because(cause))?))
    };
    let mut corrections = Vec::new();
    for (line, number) in input.lines().zip(1..) {
        let line = line.map_err(|cause| failed().because(cause))?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |reason: String| {
            Error::usage(format!("line {number} of {} is not a correction", file.display()))
                .because(reason)
                .hint("nothing was imported; every line must be as `onrecord corrections export` prints it")
        };
        corrections.push(Correction::from_line(&line).map_err(wrong)?);
    }
    Ok(corrections)
}
