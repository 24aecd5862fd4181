//! `onrecord extract`: JSON lines of articles in, JSON lines of annotations out, no database.

use std::io;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use crate::annotate::model::Model;
use crate::cli::fields::met_nothing;
use crate::cli::outcome::Outcome;
use crate::cli::reading::date_order_parser;
use crate::cli::settings::{Settings, own_program};
use crate::cli::streams::say;
use crate::error::Error;
use crate::gear::Gear;
use crate::read::{DateOrder, FORMATS, Map, format_named};
use crate::{extract, read};

/// Analyze articles without a database: JSON lines in, JSON lines out
///
/// Each line in is an object with `text` and optionally `id`, `title`, `author`, `publisher`, `published_at` and
/// `url`. Each line out has the same `id`, and the entities, mentions, attributions and relations found, with
/// offsets into `text` in code points. A line that cannot be read gives an object with `error` and `line`. Of a
/// text of more than 200,000 words only the beginning is analyzed; `not_analyzed` says where the rest stands.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  \
    echo '{\"id\": 1, \"text\": \"“We will appeal,” Ana Ruiz said.\"}' | onrecord extract\n  \
    onrecord extract --tokens articles.jsonl.gz > annotations.jsonl\n  \
    onrecord extract --map body=content_original dump.jsonl\n\n\
    Exit code 3 if some lines could not be read, or a --map names a field that no line has.")]
pub(super) struct ExtractArgs {
    /// Files or folders; - is standard input
    #[arg(default_value = "-")]
    paths: Vec<PathBuf>,

    /// Also print sentences and tokens
    #[arg(long)]
    tokens: bool,

    /// The format of the input
    #[arg(long, value_name = "FORMAT", default_value = "jsonl",
        value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name())))]
    input_format: String,

    /// Which field holds what, where its name does not tell: body=content_original (repeatable)
    #[arg(long = "map", value_name = "WHAT=FIELD")]
    maps: Vec<String>,

    /// Follow links that lead out of a folder that is read
    #[arg(long)]
    follow: bool,

    /// Whether 3/4/2016 is March 4 (mdy) or April 3 (dmy): such dates are left out unless this says so
    #[arg(long, value_name = "ORDER", value_parser = date_order_parser())]
    date_order: Option<DateOrder>,

    /// Without the encoders: some three times as fast, and more reports and names are missed
    #[arg(long)]
    fast: bool,
}

/// Runs the command.
pub(crate) fn run(args: &ExtractArgs, settings: &Settings) -> Result<Outcome, Error> {
    if let [only] = args.paths.as_slice()
        && only.as_os_str() != "-"
        && !only.exists()
    {
        return Err(Error::usage(format!("there is no file or folder {}", only.display())));
    }
    let extraction = extract::ExtractSettings {
        inputs: args.paths.clone(),
        reading: read::Options {
            format: format_named(&args.input_format),
            map: Map::parse(args.maps.iter().map(String::as_str))?,
            follow: args.follow,
            date_order: args.date_order,
            pdf_program: own_program(),
            ..read::Options::default()
        },
        tokens: args.tokens,
    };
    let gear = if args.fast { Gear::Fast } else { Gear::Full };
    let left_out = extract::run(&extraction, Model::embedded_in(gear), &mut io::stdout().lock())?;
    if left_out.links > 0 && !settings.quiet {
        say(&format!(
            "{} links that lead out of their folder were not followed (--follow follows them)",
            left_out.links
        ));
    }
    let unmet = extraction.reading.map.unmet();
    unmet.iter().for_each(|note| say(&format!("error: {}", met_nothing(note))));
    Ok(if left_out.failures == 0 && unmet.is_empty() { Outcome::Done } else { Outcome::SomeRejected })
}
