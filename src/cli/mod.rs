//! The command line: the only module that knows clap and standard output.
//!
//! One file per command, each a thin adapter: arguments to a library call, result to output.

mod check;
mod completions;
mod correct;
mod corrections;
mod demo;
mod desk;
mod explain;
mod extract;
mod ingest;
mod man;
mod query;
mod review;
mod saved;
mod stats;

use std::io::{self, BufWriter, IsTerminal};
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};

use crate::error::{Error, ErrorKind};
use crate::query::output::{self, Counted, Format, Sink};
use crate::query::{Audience, Notes};
use crate::terminal;

/// The database where neither `--db` nor the environment names one.
const DEFAULT_DB: &str = "onrecord.db";

/// The environment variable that names the database.
const DB_VARIABLE: &str = "ONRECORD_DB";

/// The heading of the options that every command has.
const EVERYWHERE: &str = "Everywhere";

/// Reads archives of news articles into one SQLite file and answers who said what about whom.
#[derive(Parser)]
#[command(name = "onrecord", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// The database file
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE", env = DB_VARIABLE, hide_env_values = true, default_value = DEFAULT_DB)]
    db: PathBuf,

    /// How rows are printed
    #[arg(long, global = true, help_heading = EVERYWHERE, default_value = Format::Table.name(), value_parser = format_parser())]
    format: Format,

    /// Say nothing but errors
    #[arg(long, short, global = true, help_heading = EVERYWHERE, conflicts_with = "verbose")]
    quiet: bool,

    /// Say more: what was odd in a text, how long a query took
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    verbose: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Ingest(ingest::Args),
    Query(Box<query::Args>),
    Saved(saved::Args),
    Explain(explain::Args),
    Extract(extract::Args),
    Merge(correct::MergeArgs),
    Split(correct::SplitArgs),
    Rename(correct::RenameArgs),
    Reject(correct::RejectArgs),
    Confirm(correct::ConfirmArgs),
    Speaker(correct::SpeakerArgs),
    Subject(correct::SubjectArgs),
    Undo(correct::UndoArgs),
    Corrections(corrections::Args),
    Review(review::Args),
    Stats(stats::Args),
    Check(check::Args),
    Demo(demo::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// What every command is told.
pub(crate) struct Settings {
    /// The database file.
    pub(crate) db: PathBuf,
    /// How rows are printed.
    pub(crate) format: Format,
    /// Say nothing but errors.
    pub(crate) quiet: bool,
    /// Say more.
    pub(crate) verbose: bool,
}

/// How a command that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done: exit code 0.
    Done,
    /// Done, but some documents were rejected: exit code 3.
    SomeRejected,
    /// Stopped by Ctrl-C, with everything so far kept: exit code 130.
    Interrupted,
}

impl Outcome {
    /// The exit code that it stands for.
    pub(crate) fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::SomeRejected => 3,
            Outcome::Interrupted => 130,
        }
    }
}

/// Runs the command that the process was called with and gives its exit code.
pub fn main() -> u8 {
    let cli = Cli::parse();
    let settings = Settings { db: cli.db, format: cli.format, quiet: cli.quiet, verbose: cli.verbose };
    let outcome = match &cli.command {
        Command::Ingest(args) => ingest::run(args, &settings),
        Command::Query(args) => query::run(args, &settings),
        Command::Saved(args) => saved::run(args, &settings),
        Command::Explain(args) => explain::run(args, &settings),
        Command::Extract(args) => extract::run(args, &settings),
        Command::Merge(args) => correct::merge(args, &settings),
        Command::Split(args) => correct::split(args, &settings),
        Command::Rename(args) => correct::rename(args, &settings),
        Command::Reject(args) => correct::reject(args, &settings),
        Command::Confirm(args) => correct::confirm(args, &settings),
        Command::Speaker(args) => correct::speaker(args, &settings),
        Command::Subject(args) => correct::subject(args, &settings),
        Command::Undo(args) => correct::undo(args, &settings),
        Command::Corrections(args) => corrections::run(args, &settings),
        Command::Review(args) => review::run(args, &settings),
        Command::Stats(args) => stats::run(args, &settings),
        Command::Check(args) => check::run(args, &settings),
        Command::Demo(args) => demo::run(args, &settings),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    };
    match outcome {
        Ok(outcome) => outcome.code(),
        Err(error) => report(&error),
    }
}

/// Prints the rows that `write` hands to a sink, and on standard error what has to be said about them.
pub(crate) fn print_rows(
    settings: &Settings,
    write: impl FnOnce(Audience, &mut dyn Sink) -> Result<Notes, Error>,
) -> Result<Outcome, Error> {
    let audience = if settings.format.is_for_people() { Audience::People } else { Audience::Programs };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut sink = Counted::new(output::writer(settings.format, terminal_width(), &mut out));
    let notes = write(audience, &mut sink)?;
    if !settings.quiet {
        notes.iter().for_each(|note| eprintln!("note: {}", terminal::one_line(note)));
        if sink.rows() == 0 && audience == Audience::People {
            eprintln!("note: no rows");
        }
    }
    Ok(Outcome::Done)
}

/// The width that `COLUMNS` or the terminal gives; none in a pipe, whose content should not depend on a window.
fn terminal_width() -> Option<u16> {
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let shown = || {
        let (width, _) = terminal_size::terminal_size().filter(|_| io::stdout().is_terminal())?;
        Some(width.0)
    };
    asked.or_else(shown).map(|width| width.clamp(40, 1000))
}

fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
        .map(|name| Format::ALL.into_iter().find(|format| format.name() == name).unwrap_or_default())
}

/// Prints an error with its hints and gives the exit code that it stands for.
fn report(error: &Error) -> u8 {
    let code = match error.kind() {
        ErrorKind::ClosedPipe => return 0,
        ErrorKind::Failed => 1,
        ErrorKind::Usage => 2,
    };
    eprintln!("error: {}", terminal::one_line(&error.to_string()));
    for hint in error.hints() {
        eprintln!("  hint: {}", terminal::one_line(hint));
    }
    code
}
