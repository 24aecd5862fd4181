//! `onrecord errors`: what was rejected, why, and what to do next.

use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::query::Notes;
use crate::query::errors::{Kinds, Wanted, list};
use crate::query::output::most_rows;
use crate::read::RejectionKind;
use crate::store::open_read_only;

/// List what was rejected, and why
///
/// The latest run first. For each: where it stands, of what kind the reason is, and the reason; the formats for programs
/// also have the record, the byte, and how the document begins. What to do about each kind is said below.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord errors
  onrecord errors --kind broken_json --limit 10
  onrecord errors --format jsonl > rejected.jsonl
  onrecord ingest --retry-errors")]
pub(super) struct ErrorsArgs {
    /// Only of this kind
    #[arg(long, value_name = "KIND", value_parser = RejectionKind::names().collect::<Vec<_>>())]
    kind: Option<String>,

    /// Only those that this run met last, by its number
    #[arg(long, value_name = "N")]
    run: Option<i64>,

    /// At most so many; 0 for all [default: 50 for people, all for programs]
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(args: &ErrorsArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = open_read_only(&settings.db)?;
    let for_people = settings.format.is_for_people();
    let limit = most_rows(args.limit, for_people);
    let wanted = Wanted { kind: args.kind.clone(), run: args.run, limit };
    print_rows(settings, |audience, sink| {
        let kinds = list(&db, &wanted, audience, sink)?;
        Ok(if for_people { notes(&kinds, limit) } else { Notes::default() })
    })
}

/// What to do next, for each kind once.
fn notes(kinds: &Kinds, limit: u64) -> Notes {
    let mut notes = Notes::default();
    let all: u64 = kinds.values().sum();
    if limit < all {
        notes.add(format!("{limit} of {all} are listed; --limit 0 lists all"));
    }
    for kind in kinds.keys().flatten().filter_map(|kind| RejectionKind::named(kind)) {
        notes.add(format!("{}: {}", kind.name(), kind.advice()));
    }
    if all > 0 {
        notes.add("then try them again: onrecord ingest --retry-errors".to_owned());
    }
    notes
}
