//! `onrecord query`: a question in English, the same by flags, or SQL.

use std::time::Instant;

use chrono::Local;

use crate::cli::asking::AskArgs;
use crate::cli::limits::LimitArgs;
use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::query::question::{Question, parse};
use crate::query::sandbox::{Argument, Sql};
use crate::{query, store};

const EXAMPLES: &str = "\
Examples:
  onrecord query \"who said what about Ana Ruiz?\"
  onrecord query \"what did Ana Ruiz say about Porto in March 2017?\" --kind direct
  onrecord query --speaker \"Ana Ruiz\" --about Porto --since 2016 --format csv
  onrecord query --sql \"SELECT quote FROM who_said_what WHERE about = :x\" --param x=Porto

Names match without regard to case, accents and titles; a name that several bear is answered for all. \
What is no known name after --about is looked up as words in the quotes.

SQL can only read: for 60 seconds (--timeout), with 256 MB of memory (--memory), values of up to 65 MB, and rows of the \
answer of up to 8 MB. PRAGMA table_info and those like it are allowed.

Dates are 2017, 2017-03, 2017-03-09, March 2017, 9 March 2017, today, yesterday, last week (the one before \
this), past week (the last seven days), 3 months ago.";

/// Answer who said what about whom, who is who, and how they are related
#[derive(clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = long_help())]
pub(super) struct QueryArgs {
    #[command(flatten)]
    asking: AskArgs,

    #[command(flatten)]
    sql: SqlArgs,
}

#[derive(clap::Args)]
#[command(next_help_heading = "SQL")]
struct SqlArgs {
    /// One SELECT, which can only read, instead of a question
    #[arg(long, value_name = "SELECT")]
    sql: Option<String>,

    /// First show the SQL that finds the rows of the question, on stderr; it runs as it is in the sqlite3 shell
    #[arg(long, conflicts_with = "sql")]
    show_sql: bool,

    /// The value of :name in the SQL; what looks like a number becomes one
    #[arg(long, value_name = "NAME=VALUE", requires = "sql", value_parser = parameter)]
    param: Vec<(String, String)>,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Runs the command.
pub(crate) fn run(args: &QueryArgs, settings: &Settings) -> Result<Outcome, Error> {
    let today = Local::now().date_naive();
    let question = args.asking.asked(today, settings)?;
    if let Some(text) = &args.sql.sql {
        return args.run_sql(text, &question, settings);
    }
    if args.sql.limits.is_given() {
        return Err(Error::usage("--timeout and --memory are limits of --sql")
            .hint("leave them out: a question needs no limit"));
    }
    if question.is_empty() {
        return Err(Error::usage("there is no question")
            .hint("ask like this: onrecord query \"who said what about Ana Ruiz?\"")
            .hint("`onrecord query --help` lists all questions and flags"));
    }
    if args.sql.show_sql {
        let db = store::open_read_only(&settings.db)?;
        query::sql(&db, &question)?.iter().for_each(|sql| say(&format!("{sql};")));
    }
    ask(&question, settings)
}

/// Answers a question on standard output.
pub(crate) fn ask(question: &Question, settings: &Settings) -> Result<Outcome, Error> {
    if settings.verbose {
        say(&format!("asked: {}", question.to_flags()));
    }
    question.subject_matter()?;
    let db = store::open_read_only(&settings.db)?;
    if settings.verbose {
        query::plan(&db, question)?.iter().for_each(|line| say(&format!("plan: {line}")));
    }
    let start = Instant::now();
    let outcome = print_rows(settings, |audience, sink| query::answer(&db, question, audience, sink))?;
    if settings.verbose {
        say(&format!("answered in {:.1} ms", start.elapsed().as_secs_f64() * 1000.0));
    }
    Ok(outcome)
}

impl QueryArgs {
    fn run_sql(&self, text: &str, question: &Question, settings: &Settings) -> Result<Outcome, Error> {
        let rows = Question { limit: question.limit, offset: question.offset, ..Question::default() };
        if *question != rows {
            return Err(Error::usage("--sql cannot be combined with a question or its flags")
                .hint("put the condition into the SQL; --limit and --offset may stay"));
        }
        let sql = Sql {
            text: text.to_owned(),
            parameters: as_typed(&self.sql.param),
            limit: rows.limit,
            offset: rows.offset,
            patience: self.sql.limits.patience(),
        };
        let mut sandbox = self.sql.limits.sandbox(store::open_read_only(&settings.db)?)?;
        print_rows(settings, |audience, sink| sandbox.run(&sql, audience, sink))
    }
}

fn as_typed(parameters: &[(String, String)]) -> Vec<(String, Argument)> {
    parameters.iter().map(|(name, value)| (name.clone(), Argument::AsTyped(value.clone()))).collect()
}

/// Reads `name=value`.
pub(crate) fn parameter(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), value.to_owned())),
        _ => Err("it has to be NAME=VALUE".to_owned()),
    }
}

/// The examples, then every form of question with the flags that mean the same.
fn long_help() -> String {
    let forms: Vec<String> = parse::examples()
        .into_iter()
        .map(|(example, meaning)| format!("  {example:<50} {}", meaning.to_flags()))
        .collect();
    format!("{EXAMPLES}\n\nQuestions, and the flags that mean the same:\n{}", forms.join("\n"))
}
