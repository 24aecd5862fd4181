//! Feeds the parts of onrecord that meet the world damaged input, and checks what must hold of any input.
//!
//! A target is a function from bytes to what it saw, or to what was wrong; [`targets`] lists them. The runner mutates the
//! target's corpus, keeps what shows something new, and stops at the first fault, with the smallest input that shows it
//! in a file. Runs on a stable compiler. Start reading at [`runner`].

mod mutate;
mod runner;
mod targets;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::runner::{Ended, Plan};

/// Feed damaged input to a part of onrecord, and check what must hold of any
#[derive(Parser)]
struct Args {
    /// What to feed: read, formats, segment, analyze, question
    #[arg(value_parser = targets::TARGETS.iter().map(|target| target.name).collect::<Vec<_>>())]
    target: String,

    /// How long
    #[arg(long, default_value_t = 10)]
    seconds: u64,

    /// Where the numbers begin by which inputs are mutated: the same seed, the same inputs
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Run this input alone, as it stands in a file
    #[arg(long, value_name = "FILE")]
    replay: Option<PathBuf>,

    /// Where to write an input that fails
    #[arg(long, value_name = "FOLDER", default_value = "target/fuzz")]
    found: PathBuf,
}

fn main() -> ExitCode {
    // The target that reads PDF calls this program for it.
    if std::env::args().nth(1).is_some_and(|first| first == onrecord::read::PDF_COMMAND) {
        let answered = onrecord::pdf::answer(std::io::stdin().lock(), std::io::stdout().lock());
        return ExitCode::from(u8::from(answered.is_err()));
    }
    let args = Args::parse();
    let Some(target) = targets::TARGETS.iter().find(|target| target.name == args.target) else {
        return ExitCode::from(2);
    };
    let plan = Plan {
        target,
        time: Duration::from_secs(args.seconds),
        patience: runner::PATIENCE,
        seed: args.seed,
        replay: args.replay,
        found: args.found,
    };
    match runner::run(plan) {
        Ok(Ended::Clean(figures)) => {
            println!("{}: {figures}, no finding", target.name);
            ExitCode::SUCCESS
        }
        Ok(Ended::Found(finding)) => {
            println!("{}: {finding}", target.name);
            ExitCode::FAILURE
        }
        Err(error) => {
            println!("{}: {error}", target.name);
            ExitCode::from(2)
        }
    }
}
