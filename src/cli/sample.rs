//! `onrecord sample` and `onrecord score`: a sheet of randomly drawn quotes to be judged, and what its marks come to.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use crate::article::STANDARD_INPUT;
use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::query::output::OutputFormat;
use crate::query::sampling::{Sample, sample, score};
use crate::store::open_read_only;

/// No sheet is larger, in bytes.
const LARGEST: u64 = 64 << 20;

/// Draw quotes at random, as a sheet to be judged
///
/// Writes CSV: a row for each quote with its passage, in which [[ ]] stand around the quote, and two empty columns: right, for
/// y or n, and why, for a word on what is wrong. Nobody sees how sure the program was. Fill it in with any
/// spreadsheet, and give it to onrecord score.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord sample 50 > sheet.csv
  onrecord sample 100 --all --seed 7 > sheet.csv
  onrecord sample 10 --format jsonl")]
pub(super) struct SampleArgs {
    /// How many quotes
    #[arg(value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    size: u32,

    /// Draw among all quotes, and not just those that are shown by default: tells how many right ones are left out
    #[arg(long)]
    all: bool,

    /// Another number draws other quotes; the same number the same ones
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

/// Draws a sample.
pub(crate) fn run_sample(args: &SampleArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = open_read_only(&settings.db)?;
    let format = match settings.format {
        OutputFormat::List => OutputFormat::Csv,
        format => format,
    };
    let wanted = Sample { size: args.size as usize, seed: args.seed, all: args.all };
    print_rows(&settings.with_format(format), |_, sink| sample(&db, wanted, sink))
}

/// Count the marks of a sheet: how many quotes are right
///
/// Prints how many of the judged quotes are right, and between which shares that lies for the whole database, with a
/// probability of 95 %; the same by confidence and by kind of quote; and which faults were named how often. Of a
/// sheet drawn with --all, it says what share of the right quotes is shown by default.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord score sheet.csv
  onrecord score sheet.csv --format json
  onrecord score - < sheet.csv

The column right takes y or n (also yes, no, 1, 0, true, false); a row without a mark is left out. Columns are found by \
name, and the sheet may be saved with commas, semicolons or tabs.")]
pub(super) struct ScoreArgs {
    /// The sheet that onrecord sample wrote, filled in; - is standard input
    #[arg(value_name = "SHEET")]
    sheet: PathBuf,
}

/// Counts the marks.
pub(crate) fn run_score(args: &ScoreArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = open_read_only(&settings.db)?;
    let sheet = read(&args.sheet)?;
    print_rows(settings, |_, sink| score(&db, &sheet, sink))
}

fn read(path: &PathBuf) -> Result<Vec<u8>, Error> {
    let unreadable =
        |error: io::Error| Error::usage(format!("cannot read {}", path.display())).because(error);
    let source: Box<dyn Read> = if path.as_os_str() == STANDARD_INPUT {
        Box::new(io::stdin())
    } else {
        Box::new(File::open(path).map_err(unreadable)?)
    };
    let mut bytes = Vec::new();
    source.take(LARGEST + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::usage(format!("{} is larger than any sheet", path.display())));
    }
    Ok(bytes)
}
