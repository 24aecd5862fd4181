//! `onrecord stats`: what the database holds, counted.

use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::query::stats::stats;
use crate::store::open_read_only;

/// Count what the database holds
///
/// Articles, people, organizations, places, quotes and relationships, by their kinds; runs, rejected documents,
/// the size of the file.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord stats
  onrecord stats --format json")]
pub(super) struct StatsArgs {}

/// Runs the command.
pub(crate) fn run(_: &StatsArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = open_read_only(&settings.db)?;
    print_rows(settings, |_, sink| stats(&db, sink))
}
