//! `onrecord explain`: how one stored quote came about.

use std::io::{self, BufWriter, Write};

use crate::annotate::model::Model;
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::has_colors;
use crate::error::Error;
use crate::explain::{explain, write_json, write_text};
use crate::query::output::OutputFormat;
use crate::query::stored_quote;
use crate::store::open_read_only;

/// Show how a quote was found
///
/// Analyzes the quote's article anew and prints its passage with the source [S …], the cue [V …] and the content [C …]
/// marked; the form that was seen, act, kind and confidence; how the speaker was found; and who else could have
/// been the source, with the reason why not. A quote that this version does not find any more is shown as it is
/// stored. Changes nothing.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord explain 12
  onrecord explain 12 --format json
  onrecord explain 3f0c5a9d2b7e41868d1f60a4c2b95e73

The id is the column quote_id of every answer about quotes. It changes when an article is read again; the key does not. \
In a form, X stands for the source, … for the content, and a word like said for any cue. The text has colors on a \
terminal, unless NO_COLOR is set.")]
pub(super) struct ExplainArgs {
    /// The id or the key of a quote
    #[arg(value_name = "QUOTE_ID")]
    quote: String,
}

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, settings: &Settings) -> Result<Outcome, Error> {
    if matches!(settings.format, OutputFormat::Csv | OutputFormat::CsvRaw | OutputFormat::Markdown) {
        return Err(Error::usage("a quote is explained as text or as JSON")
            .hint("leave out --format, or say --format json"));
    }
    let stored = stored_quote::quote(&*open_read_only(&settings.db)?, &args.quote)?;
    let explanation = explain(&stored, Model::embedded_in(stored.gear));
    let mut out = BufWriter::new(io::stdout().lock());
    let written = match settings.format {
        OutputFormat::Json => write_json(&explanation, false, &mut out),
        OutputFormat::Jsonl => write_json(&explanation, true, &mut out),
        _ => write_text(&explanation, has_colors(), &mut out),
    };
    written.and_then(|()| out.flush()).map_err(Error::output)?;
    Ok(Outcome::Done)
}
