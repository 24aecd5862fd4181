//! `onrecord extract`: JSONL articles in, JSONL annotations out, no database.

use super::{Outcome, Settings};
use crate::error::Error;

/// Analyze articles without a database: JSONL in, JSONL out
#[derive(clap::Args)]
pub(crate) struct Args {}

/// Runs the command.
pub(crate) fn run(_args: &Args, _settings: &Settings) -> Result<Outcome, Error> {
    Err(Error::new("not built yet"))
}
