//! `onrecord explain`: how one stored quote came about.

use std::io::{self, BufWriter, Write};

use crate::annotate::model::Model;
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::streams::has_colors;
use crate::error::Error;
use crate::explain::{
    explain, explain_relationship, write_json, write_relationship_json, write_relationship_text, write_text,
};
use crate::query::output::OutputFormat;
use crate::query::{stored_quote, stored_relationship};
use crate::store::open_read_only;

/// Show how a quote or a relationship was found
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
  onrecord explain --relationship 7

The id is the column quote_id of every answer about quotes. It changes when an article is read again; the key does not. \
In a form, X stands for the source, … for the content, and a word like said for any cue. The text has colors on a \
terminal, unless NO_COLOR is set.")]
pub(super) struct ExplainArgs {
    /// The id or the key of a quote
    #[arg(
        value_name = "QUOTE_ID",
        required_unless_present = "relationship",
        conflicts_with = "relationship"
    )]
    quote: Option<String>,

    /// The id or the key of a relationship, the column relationship_id of answers: its passage has who [S …], the word that states
    /// it [V …], and whom or what [C …]
    #[arg(long, value_name = "RELATIONSHIP_ID")]
    relationship: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &ExplainArgs, settings: &Settings) -> Result<Outcome, Error> {
    if matches!(settings.format, OutputFormat::Csv | OutputFormat::CsvRaw | OutputFormat::Markdown) {
        return Err(Error::usage("a quote or a relationship is explained as text or as JSON")
            .hint("leave out --format, or say --format json"));
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let reader = open_read_only(&settings.db)?;
    let written = match (&args.quote, &args.relationship) {
        (_, Some(relationship)) => {
            let stored = stored_relationship::relationship(&reader, relationship)?;
            let explanation = explain_relationship(&stored, Model::embedded_in(stored.gear));
            match settings.format {
                OutputFormat::Json => write_relationship_json(&explanation, false, &mut out),
                OutputFormat::Jsonl => write_relationship_json(&explanation, true, &mut out),
                _ => write_relationship_text(&explanation, has_colors(), &mut out),
            }
        }
        (quote, None) => {
            let stored = stored_quote::quote(&reader, quote.as_deref().unwrap_or_default())?;
            let explanation = explain(&stored, Model::embedded_in(stored.gear));
            match settings.format {
                OutputFormat::Json => write_json(&explanation, false, &mut out),
                OutputFormat::Jsonl => write_json(&explanation, true, &mut out),
                _ => write_text(&explanation, has_colors(), &mut out),
            }
        }
    };
    written.and_then(|()| out.flush()).map_err(Error::output)?;
    Ok(Outcome::Done)
}
