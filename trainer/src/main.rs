//! Trains onrecord's language model and measures it.
//!
//! ```text
//! trainer train    --data DIR [--model FILE] [--clean] [--seed N] [--only STAGE,…]
//! trainer evaluate --data DIR [--model FILE] [--only PART,…] [--record CHANGE]
//! trainer add      --data FOLDER [--model FILE]    puts parts into a model file, one a file of the folder
//! trainer features --data FILE [--model FILE]      what the encoder sees of articles, for trainer/student
//! trainer features --only name --data DIR_OR_FILE  what the encoder of names sees of the corpora of names, or of articles
//! ```

// Nothing outside this program uses it: `pub` says which items a module offers its siblings.
#![allow(unreachable_pub)]
// What is learned is written down: nobody computes it again on another machine.
#![allow(clippy::disallowed_methods)]

mod antecedents;
mod attributions;
mod clusters;
mod confidence;
mod conllu;
mod coreference;
mod cue_model;
mod evaluate;
mod features;
mod names;
mod network;
mod options;
mod parser;
mod parts;
mod random;
mod recognizer;
mod scores;
mod splitter;
mod sports;
mod stage;
mod tagger;
mod train;
mod vouching;

use std::process::ExitCode;

use options::Options;

const USAGE: &str = "usage: trainer (train | evaluate | features | add) --data DIR [--model FILE] [--clean] [--seed N] [--only STAGE_OR_PART,…] [--record CHANGE]";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let Some(options) = Options::parse(arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let done = match command.as_str() {
        "train" => train::run(&options),
        "evaluate" => evaluate::run(&options),
        "features" => features::run(&options),
        "add" => parts::run(&options),
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
