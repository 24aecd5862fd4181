//! `onrecord revisions`: what changed in articles between the versions that are kept.

use std::io::{self, BufWriter, Write};

use chrono::Local;

use crate::cli::outcome::Outcome;
use crate::cli::rows::{print_rows, screen};
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::dates::{Bound, Period};
use crate::error::Error;
use crate::query::lookup;
use crate::query::output::{OutputFormat, most_rows};
use crate::query::revisions::{self, Filter};
use crate::store::open_read_only;

/// Show what changed in articles that were read in several versions
///
/// For each later version: headline, date and other fields that are otherwise; the text, with [-what is gone-] and {+what is
/// new+} among the words around it; and the quotes that were removed, added or reworded, or that gained, lost or changed
/// their speaker. A quote that is no longer found, or newly found, is one whose words stand in both versions: what was
/// found around them is another. The last changes come first.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord revisions
  onrecord revisions 12
  onrecord revisions --publisher \"The Courier\" --since \"last week\" --quotes
  onrecord revisions --format csv > changes.csv

Other formats than list have a row for each change; `context` shows a change of the text among the words around it. \
Dates are those on which the later version was read.")]
pub(super) struct RevisionsArgs {
    /// Only of this article: articles.id, or the id that the input gave it
    #[arg(value_name = "ARTICLE_ID")]
    article: Option<String>,

    /// Only of articles of this publisher
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,

    /// Only changes that were read on or after this date
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Only changes that were read on or before this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    /// Only what changed in the quotes
    #[arg(long)]
    quotes: bool,

    /// Also quotes that onrecord vouches for in neither version
    #[arg(long)]
    all: bool,

    /// How many later versions at most; 0 means all. People are shown 50 unless told otherwise
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,

    /// How many later versions to leave out at the start
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: u64,
}

/// Runs the command.
pub(crate) fn run(args: &RevisionsArgs, settings: &Settings) -> Result<Outcome, Error> {
    let period = args.period()?;
    let db = open_read_only(&settings.db)?;
    let filter = Filter {
        article: args.article.as_deref().map(|asked| lookup::article(&db, asked)).transpose()?,
        publisher: args.publisher.clone(),
        period,
        quotes_only: args.quotes,
        all: args.all,
        limit: most_rows(args.limit, settings.format.is_for_people()),
        offset: args.offset,
    };
    if settings.format != OutputFormat::List {
        return print_rows(settings, |audience, sink| {
            revisions::begin(audience, sink)?;
            let notes = revisions::each(&db, &filter, |step| revisions::write_rows(step, audience, sink))?;
            sink.finish()?;
            Ok(notes)
        });
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let (screen, mut last) = (screen(), None);
    let notes = revisions::each(&db, &filter, |step| {
        let is_first = last != Some(step.article_id);
        if is_first && last.is_some() {
            writeln!(out).map_err(Error::output)?;
        }
        last = Some(step.article_id);
        revisions::write_text(step, is_first, screen, &mut out).map_err(Error::output)
    })?;
    out.flush().map_err(Error::output)?;
    if !settings.quiet {
        notes.iter().for_each(|note| say(&format!("note: {note}")));
        if last.is_none() && notes.iter().next().is_none() {
            say("note: no article was read in another version");
        }
    }
    Ok(Outcome::Done)
}

impl RevisionsArgs {
    fn period(&self) -> Result<Period, Error> {
        let bounds = [(&self.since, Bound::Since), (&self.until, Bound::Until)];
        Period::of(&bounds, Local::now().date_naive())
    }
}
