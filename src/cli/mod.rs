//! The command line: the only module that knows clap and standard output.
//!
//! One file per command, each a thin adapter: arguments to a library call, result to output.

mod check;
mod extract;
mod ingest;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::error::{Error, ErrorKind};
use crate::terminal;

/// Reads archives of news articles into one SQLite file and answers who said what about whom.
#[derive(Parser)]
#[command(name = "onrecord", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// The database file
    #[arg(long, global = true, value_name = "FILE", env = "ONRECORD_DB", default_value = "onrecord.db")]
    db: PathBuf,

    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Say more: what was odd in a text, how long a query took
    #[arg(long, short, global = true)]
    verbose: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Extract(extract::Args),
    Ingest(ingest::Args),
}

/// What every command is told.
pub(crate) struct Settings {
    /// The database file.
    pub(crate) db: PathBuf,
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
    let settings = Settings { db: cli.db, quiet: cli.quiet, verbose: cli.verbose };
    let outcome = match &cli.command {
        Command::Check(args) => check::run(args, &settings),
        Command::Extract(args) => extract::run(args, &settings),
        Command::Ingest(args) => ingest::run(args, &settings),
    };
    match outcome {
        Ok(outcome) => outcome.code(),
        Err(error) => report(&error),
    }
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
