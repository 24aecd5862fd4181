//! The command line: the only module that knows clap, standard output and standard error.
//!
//! One file per command, each a thin adapter: arguments to a library call, result to output. No SQL, no loop over
//! articles, no rule about news. Start reading at [`main`]; what commands share is in `settings`, `outcome`, `streams`, `answers`, `asking`,
//! `rows`, `destination`, `limits`, `reading`, `fields` and `correcting`.

mod answers;
mod asking;
mod check;
mod cite;
mod completions;
mod correct;
mod correcting;
mod corrections;
mod demo;
mod destination;
mod diff;
mod doubts;
mod draft;
mod editing;
mod errors;
mod explain;
mod export;
mod export_format;
mod export_rows;
mod extract;
mod fields;
mod given;
mod ingest;
mod inputs;
mod inspect;
mod judging;
mod limits;
mod man;
mod outcome;
mod pager;
mod prompt;
mod query;
mod reading;
mod review;
mod revisions;
mod rows;
mod sample;
mod saved;
mod settings;
mod split;
mod sql;
mod stats;
mod stop;
mod streams;
mod version;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{CommandFactory, Parser, Subcommand};

use crate::cli::outcome::Outcome;
use crate::cli::settings::{DB_VARIABLE, DEFAULT_DB, Settings};
use crate::cli::streams::say_error;
use crate::error::{Error, ErrorKind};
use crate::query::output::OutputFormat;
use crate::read::PDF_COMMAND;

/// The heading of the options that every command has.
const EVERYWHERE: &str = "Everywhere";

/// Reads archives of news articles into one SQLite file and answers who said what about whom.
#[derive(Parser)]
#[command(name = "onrecord", version, long_version = version::long(), max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    /// The database file
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "FILE", env = DB_VARIABLE, hide_env_values = true, default_value = DEFAULT_DB)]
    db: PathBuf,

    /// How rows are printed; csv keeps spreadsheets from taking text for formulas, csv-raw does not
    #[arg(long, global = true, help_heading = EVERYWHERE, default_value = OutputFormat::List.name(), value_parser = format_parser())]
    format: String,

    /// Print each row by a Jinja template with the columns of JSON: '{{ speaker }}: {{ quote }}'; @FILE reads it from a file
    #[arg(long, global = true, help_heading = EVERYWHERE, value_name = "TEMPLATE", conflicts_with = "format")]
    template: Option<String>,

    /// Say nothing but errors
    #[arg(long, short, global = true, help_heading = EVERYWHERE, conflicts_with = "verbose")]
    quiet: bool,

    /// Say more: what was odd in a text, how long a query took
    #[arg(long, short, global = true, help_heading = EVERYWHERE)]
    verbose: bool,

    /// Print answers that are longer than the screen at once, and not through $PAGER (less)
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    no_pager: bool,

    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Ingest(ingest::IngestArgs),
    Inspect(inspect::InspectArgs),
    Errors(errors::ErrorsArgs),
    Query(Box<query::QueryArgs>),
    Sql(sql::SqlArgs),
    Saved(saved::SavedArgs),
    Draft(draft::DraftArgs),
    Cite(cite::CiteArgs),
    Explain(explain::ExplainArgs),
    Revisions(revisions::RevisionsArgs),
    Diff(diff::DiffArgs),
    Extract(extract::ExtractArgs),
    Export(Box<export::ExportArgs>),
    Merge(correct::MergeArgs),
    Split(split::SplitArgs),
    Rename(correct::RenameArgs),
    Reject(correct::RejectArgs),
    Confirm(correct::ConfirmArgs),
    Speaker(correct::SpeakerArgs),
    Subject(correct::SubjectArgs),
    Relationship(correct::RelationshipArgs),
    Undo(correct::UndoArgs),
    Corrections(corrections::CorrectionsArgs),
    Review(Box<review::ReviewArgs>),
    Sample(sample::SampleArgs),
    Score(sample::ScoreArgs),
    Stats(stats::StatsArgs),
    Check(check::CheckArgs),
    Demo(demo::DemoArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// Runs the command that the process was called with and gives its exit code.
pub fn main() -> u8 {
    if is_to_read_pdf() {
        return u8::from(crate::pdf::answer(std::io::stdin().lock(), std::io::stdout().lock()).is_err());
    }
    let cli = Cli::parse();
    // `export`, whose formats are others, reads the word itself.
    let format = OutputFormat::named(&cli.format).unwrap_or_default();
    let template = match cli.template.map(read_template).transpose() {
        Ok(template) => template,
        Err(error) => return report(&error),
    };
    let Cli { db, quiet, verbose, no_pager, command, .. } = cli;
    let settings = Settings { db, format, template, quiet, verbose, no_pager };
    let outcome = match &command {
        Command::Ingest(args) => ingest::run(args, &settings),
        Command::Inspect(args) => inspect::run(args, &settings),
        Command::Errors(args) => errors::run(args, &settings),
        Command::Query(args) => query::run(args, &settings),
        Command::Sql(args) => sql::run(args, &settings),
        Command::Saved(args) => saved::run(args, &settings),
        Command::Draft(args) => draft::run(args, &settings),
        Command::Cite(args) => cite::run(args, &settings),
        Command::Explain(args) => explain::run(args, &settings),
        Command::Revisions(args) => revisions::run(args, &settings),
        Command::Diff(args) => diff::run(args, &settings),
        Command::Extract(args) => extract::run(args, &settings),
        Command::Export(args) => export::run(args, &settings),
        Command::Merge(args) => correct::merge(args, &settings),
        Command::Split(args) => split::run(args, &settings),
        Command::Rename(args) => correct::rename(args, &settings),
        Command::Reject(args) => correct::reject(args, &settings),
        Command::Confirm(args) => correct::confirm(args, &settings),
        Command::Speaker(args) => correct::speaker(args, &settings),
        Command::Subject(args) => correct::subject(args, &settings),
        Command::Relationship(args) => correct::relationship(args, &settings),
        Command::Undo(args) => correct::undo(args, &settings),
        Command::Corrections(args) => corrections::run(args, &settings),
        Command::Review(args) => review::run(args, &settings),
        Command::Sample(args) => sample::run_sample(args, &settings),
        Command::Score(args) => sample::run_score(args, &settings),
        Command::Stats(args) => stats::run(args, &settings),
        Command::Check(args) => check::run(args, &settings),
        Command::Demo(args) => demo::run(args, &settings),
        Command::Completions(args) => completions::run(args, Cli::command()),
        Command::Man(args) => man::run(args, Cli::command()),
    };
    match outcome {
        Ok(outcome) => outcome.code(),
        Err(error) => report(&error),
    }
}

/// The template that a flag gives, or names by `@`.
fn read_template(given: String) -> Result<String, Error> {
    let Some(path) = given.strip_prefix('@') else { return Ok(given) };
    std::fs::read_to_string(path)
        .map(|text| text.trim_end_matches('\n').to_owned())
        .map_err(|cause| Error::usage(format!("cannot read the template {path}")).because(cause))
}

/// Whether this program was called by itself. That is no command for people, and in no help.
fn is_to_read_pdf() -> bool {
    let mut arguments = std::env::args_os().skip(1);
    arguments.next().is_some_and(|first| first == PDF_COMMAND) && arguments.next().is_none()
}

/// Text and no `OutputFormat`, since clap gives `export` the same option with words of its own.
fn format_parser() -> PossibleValuesParser {
    PossibleValuesParser::new(OutputFormat::ALL.map(OutputFormat::name))
}

/// Prints an error with its hints and gives the exit code that it stands for.
fn report(error: &Error) -> u8 {
    let code = match error.kind() {
        ErrorKind::ClosedPipe => return 0,
        ErrorKind::Failed => 1,
        ErrorKind::Usage => 2,
        ErrorKind::Stopped => Outcome::Interrupted.code(),
    };
    say_error(error);
    code
}
