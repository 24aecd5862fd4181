//! `onrecord draft`: the quotes of an unpublished text beside those of the archive.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use crate::annotate::Model;
use crate::cli::outcome::Outcome;
use crate::cli::reading::ReadingArgs;
use crate::cli::rows::{print_rows, screen};
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::draft::{Checked, check, write_rows, write_text};
use crate::error::Error;
use crate::gear::Gear;
use crate::query::Notes;
use crate::query::output::OutputFormat;
use crate::store::open_read_only;

/// Compare the quotes of an unpublished text with the archive
///
/// Finds the quotes of a text of any format that `ingest` reads, and for each the quote of the archive that it is: whether
/// words and speaker are the same, which words differ, what was cut, and above all whether a `not` was lost or added. The
/// text is not stored. Quotes in quotation marks are compared; --all compares the others too.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord draft story.md
  onrecord draft story.docx --format json
  onrecord draft --strict story.txt && publish story.txt
  pbpaste | onrecord draft -

The verdict is the gravest finding: negation_lost, negation_added, other_speaker, words_differ, paraphrased, cut_at_start, \
cut_at_end, left_out, speaker_unclear, date_differs, omission_marked, only_in_text, not_found; or stands. In a difference, \
[-words-] are the archive's alone and {+words+} the draft's.

Exit code: 0 if the text was checked, 1 with --strict if a quote does not stand, 3 if something could not be read.")]
pub(super) struct DraftArgs {
    /// The text: a file, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Also quotes that are not in quotation marks
    #[arg(long)]
    all: bool,

    /// Fail if a quote does not stand, with exit code 1
    #[arg(long)]
    strict: bool,

    /// Without the encoders: some three times as fast, and more quotes of the text are missed
    #[arg(long)]
    fast: bool,

    #[command(flatten)]
    reading: ReadingArgs,
}

/// Runs the command.
pub(crate) fn run(args: &DraftArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = open_read_only(&settings.db)?;
    let gear = if args.fast { Gear::Fast } else { Gear::Full };
    let options = args.reading.options()?;
    let checked = check(&db, args.file.clone(), &options, Model::embedded_in(gear), args.all)?;
    if settings.format == OutputFormat::List {
        let mut out = BufWriter::new(io::stdout().lock());
        write_text(&checked, screen(), &mut out).and_then(|()| out.flush()).map_err(Error::output)?;
        if !settings.quiet {
            notes(&checked).iter().for_each(|note| say(&format!("note: {note}")));
        }
    } else {
        print_rows(settings, |audience, sink| {
            write_rows(&checked, audience, sink)?;
            Ok(notes(&checked))
        })?;
    }
    for rejection in &checked.rejected {
        say(&format!("error: {rejection}"));
        say(&format!("  hint: {}", rejection.kind.advice()));
    }
    match checked.failing() {
        failing if args.strict && failing > 0 => {
            let (quotes, verb) = if failing == 1 { ("quote", "does") } else { ("quotes", "do") };
            Err(Error::new(format!("{failing} {quotes} {verb} not stand")))
        }
        _ if checked.rejected.is_empty() => Ok(Outcome::Done),
        _ => Ok(Outcome::SomeRejected),
    }
}

/// What has to be said beside the verdicts.
fn notes(checked: &Checked) -> Notes {
    let mut notes = Notes::default();
    for language in checked.drafts.iter().filter_map(|draft| draft.language.as_ref()) {
        notes.add(format!("the text is not in English ({language}): its quotes are hardly found"));
    }
    let left_out: usize = checked.drafts.iter().map(|draft| draft.left_out).sum();
    if left_out > 0 {
        let (was, them) = if left_out == 1 { ("quote was", "it") } else { ("quotes were", "them") };
        notes.add(format!(
            "{left_out} {was} not compared, not being in quotation marks but for a word or two; --all compares {them} too"
        ));
    }
    if checked.has_more {
        notes.add("there are more texts in the file, which were not looked at");
    }
    notes
}
