//! `onrecord diff`: what is otherwise in one database than in another.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::cli::outcome::Outcome;
use crate::cli::rows::{print_rows, screen};
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::query::Notes;
use crate::query::comparison::{Difference, begin, compare, write_counts, write_row, write_text};
use crate::query::output::{OutputFormat, most_rows};
use crate::store::open_read_only;

/// Show what is otherwise in one database than in another
///
/// For two databases of the same archive: read by two versions of onrecord, with and without --fast, or before and after
/// corrections. Quotes are one by their key, or by their place in the same text, and for each it is told whether it is gone, new,
/// or has other borders, another speaker, other subjects, another act or mode, or is vouched for in one of them alone; so
/// for relationships. Counts come first. Both files are only read.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord diff before.db after.db
  onrecord diff before.db after.db --limit 0 --format csv > changes.csv
  onrecord diff before.db after.db --all --format jsonl

Other formats than list have a row for each difference: change, before, after, and what is concerned.")]
pub(super) struct DiffArgs {
    /// The first database
    #[arg(value_name = "A.db")]
    before: PathBuf,

    /// The second
    #[arg(value_name = "B.db")]
    after: PathBuf,

    /// Also quotes that neither database vouches for
    #[arg(long)]
    all: bool,

    /// How many differences at most; 0 means all. People are shown 50 unless told otherwise
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,
}

/// Runs the command.
pub(crate) fn run(args: &DiffArgs, settings: &Settings) -> Result<Outcome, Error> {
    let (before, after) = (open_read_only(&args.before)?, open_read_only(&args.after)?);
    let limit = most_rows(args.limit, settings.format.is_for_people());
    let mut shown = 0;
    if settings.format != OutputFormat::List {
        return print_rows(settings, |audience, sink| {
            begin(audience, sink)?;
            let tally = compare(&before, &after, args.all, |difference| {
                shown += 1;
                if shown > limit { Ok(()) } else { write_row(difference, audience, sink) }
            })?;
            sink.finish()?;
            Ok(note(tally.differences(), limit))
        });
    }
    // The counts, which come first, are known at the end.
    let mut kept: Vec<Difference> = Vec::new();
    let tally = compare(&before, &after, args.all, |difference| {
        if (kept.len() as u64) < limit {
            kept.push(difference.clone());
        }
        Ok(())
    })?;
    let mut out = BufWriter::new(io::stdout().lock());
    write_counts(&tally, &mut out).map_err(Error::output)?;
    let (screen, mut last) = (screen(), None);
    for difference in &kept {
        let is_first = last != Some(&difference.article);
        last = Some(&difference.article);
        write_text(difference, is_first, screen, &mut out).map_err(Error::output)?;
    }
    out.flush().map_err(Error::output)?;
    if !settings.quiet {
        note(tally.differences(), limit).iter().for_each(|note| say(&format!("note: {note}")));
    }
    Ok(Outcome::Done)
}

/// What is said if not all are shown.
fn note(differences: u64, limit: u64) -> Notes {
    let mut notes = Notes::default();
    if differences > limit {
        notes.add(format!("{limit} of {differences} differences; --limit 0 shows all"));
    }
    notes
}
