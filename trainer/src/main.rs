//! Trains onrecord's language model and measures it.
//!
//! ```text
//! trainer train    --data DIR [--model FILE] [--clean] [--seed N] [--only STAGE,…]
//! trainer evaluate --data DIR [--model FILE] [--only PART,…] [--record CHANGE]
//! ```

// Nothing outside this program uses it: `pub` says which items a module offers its siblings.
#![allow(unreachable_pub)]

mod antecedents;
mod clusters;
mod conllu;
mod coreference;
mod evaluate;
mod names;
mod network;
mod parser;
mod random;
mod recognizer;
mod reports;
mod splitter;
mod sports;
mod tagger;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

/// What the command line asks for.
#[derive(Debug, Default)]
pub struct Options {
    /// The folder of corpora.
    pub data: PathBuf,
    /// The model file to write or to measure.
    pub model: PathBuf,
    /// Only corpora whose licence is clean.
    pub clean: bool,
    /// What all random numbers follow from.
    pub seed: u64,
    /// What was changed, in one phrase, for a record of the figures.
    pub record: Option<String>,
    /// Only these stages are trained, all others being taken from the model file that stands; or only these parts
    /// (`ud`, `ner`, `coref`) are measured.
    pub only: Vec<String>,
}

const USAGE: &str = "usage: trainer (train | evaluate) --data DIR [--model FILE] [--clean] [--seed N] [--only STAGE,…] [--record CHANGE]";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let Some(options) = options(arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let done = match command.as_str() {
        "train" => train::run(&options),
        "evaluate" => train::evaluate(&options),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn options(mut arguments: impl Iterator<Item = String>) -> Option<Options> {
    let mut options = Options { model: "model/english.bin".into(), seed: 1, ..Options::default() };
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--data" => options.data = arguments.next()?.into(),
            "--model" => options.model = arguments.next()?.into(),
            "--seed" => options.seed = arguments.next()?.parse().ok()?,
            "--only" => options.only.extend(arguments.next()?.split(',').map(str::to_owned)),
            "--record" => options.record = Some(arguments.next()?),
            "--clean" => options.clean = true,
            _ => return None,
        }
    }
    Some(options)
}
