//! `onrecord inspect`: what would be taken from a file, and why.

use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::cli::fields::met_nothing;
use crate::cli::outcome::Outcome;
use crate::cli::reading::ReadingArgs;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::inspect::{Inspection, inspect, rows, write_json, write_jsonl, write_text};
use crate::query::Notes;
use crate::query::output::OutputFormat;

/// Show what would be taken from a file, and why, without a database
///
/// The format and how it was recognized, the encoding, and each value with where it was found and what was not taken; the
/// length of the text and its first lines, what was cut from a page, what was doubtful, and fields that look like a date, an
/// author or a text and were not understood, with the --map that takes them. Of a file of many articles, and of an archive,
/// the first. A page tells where each value stands; formats whose readers do not are named themselves.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord inspect story.html
  onrecord inspect archive.zip --limit 5
  onrecord inspect api.jsonl --map body=content.plain --map published=meta.datum --format json

Exit code: 0 if all that was looked at would be taken, 3 if not, or if a --map met nothing.")]
pub(super) struct InspectArgs {
    /// A file, a folder, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// How many articles to look at
    #[arg(long, value_name = "N", default_value = "1")]
    limit: NonZeroUsize,

    #[command(flatten)]
    reading: ReadingArgs,
}

/// Runs the command.
pub(crate) fn run(args: &InspectArgs, settings: &Settings) -> Result<Outcome, Error> {
    let options = args.reading.options()?;
    let inspection = inspect(args.file.clone(), &options, args.limit.get())?;
    match settings.format {
        OutputFormat::List | OutputFormat::Json | OutputFormat::Jsonl => {
            let mut out = BufWriter::new(io::stdout().lock());
            write(&inspection, settings.format, &mut out)
                .and_then(|()| out.flush())
                .map_err(Error::output)?;
        }
        _ => print(&inspection, settings)?,
    }
    if !settings.quiet && inspection.has_more {
        say("note: there are more; --limit N looks at the first N");
    }
    let unmet = options.map.unmet();
    unmet.iter().for_each(|note| say(&format!("error: {}", met_nothing(note))));
    let all_taken = inspection.documents.iter().all(|document| document.outcome.is_ok());
    Ok(if all_taken && unmet.is_empty() { Outcome::Done } else { Outcome::SomeRejected })
}

fn write(inspection: &Inspection, format: OutputFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        OutputFormat::Json => return write_json(inspection, out),
        OutputFormat::Jsonl => return write_jsonl(inspection, out),
        _ => {}
    }
    for (number, document) in inspection.documents.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        write_text(document, out)?;
    }
    Ok(())
}

fn print(inspection: &Inspection, settings: &Settings) -> Result<(), Error> {
    print_rows(settings, |_, sink| {
        sink.columns(&["document", "what", "value", "found_in", "taken"])?;
        for document in &inspection.documents {
            for row in rows(document) {
                let source = document.source.clone();
                let taken = i64::from(row.taken);
                sink.row(&[
                    source.into(),
                    row.what.to_owned().into(),
                    row.value.into(),
                    row.found_in.into(),
                    taken.into(),
                ])?;
            }
        }
        sink.finish()?;
        Ok(Notes::default())
    })
    .map(|_| ())
}
