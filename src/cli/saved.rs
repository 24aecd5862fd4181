//! `onrecord saved`: queries that are kept in the database under a name, and those that come with onrecord.

use std::io::{self, IsTerminal, Write};

use chrono::Local;

use crate::cli::limits::LimitArgs;
use crate::cli::outcome::Outcome;
use crate::cli::query::{ask, parameter};
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::query::Notes;
use crate::query::output::Cell;
use crate::query::question::Question;
use crate::query::sandbox::{Sandbox, Sql};
use crate::query::saved::{self, Asks, SavedQuery};
use crate::store::{self, NewQuery, Store};
use crate::terminal;

/// Keep queries in the database and run them by name
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved list
  onrecord saved run said_by speaker=\"Ana Ruiz\"
  onrecord saved add on_porto \"what did {who} say about Porto since {year}?\" --description \"one voice on Porto\"
  onrecord saved run on_porto who=\"Ana Ruiz\" year=2016 --format csv")]
pub(super) struct SavedArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    /// Keep a question or SQL under a name
    #[command(after_help = "\
Examples:
  onrecord saved add on_porto \"who said what about Porto since {year}?\"
  onrecord saved add long_quotes --sql \"SELECT speaker, quote FROM who_said_what WHERE length(quote) > :least\"")]
    Add(AddArgs),
    /// List all queries: your own, and those that come with onrecord
    #[command(after_help = "\
Examples:
  onrecord saved list
  onrecord saved list --format json")]
    List,
    /// Print what a query asks; SQL runs as it is in the sqlite3 shell
    #[command(after_help = "\
Examples:
  onrecord saved show said_by
  onrecord saved show most_quoted | sqlite3 -box onrecord.db")]
    Show {
        /// What it is called
        name: String,
    },
    /// Run a query
    #[command(after_help = "\
Examples:
  onrecord saved run most_quoted --limit 10
  onrecord saved run said_about about=Porto --format jsonl")]
    Run(RunArgs),
    /// Remove a query of your own
    #[command(after_help = "\
Examples:
  onrecord saved remove on_porto")]
    Remove {
        /// What it is called
        name: String,
    },
}

#[derive(clap::Args)]
struct AddArgs {
    /// Its name: letters, digits, `_`, `-` and `.`
    name: String,

    /// A question in English, with {name} for its parameters
    #[arg(required_unless_present = "sql", conflicts_with = "sql")]
    question: Option<String>,

    /// A SELECT instead, with :name for its parameters
    #[arg(long, value_name = "SELECT")]
    sql: Option<String>,

    /// What it is for
    #[arg(long, value_name = "WORDS")]
    description: Option<String>,

    /// Replace the query that has this name
    #[arg(long)]
    replace: bool,
}

#[derive(clap::Args)]
struct RunArgs {
    /// What it is called
    name: String,

    /// The values of its parameters; in SQL, what looks like a number becomes one
    #[arg(value_name = "KEY=VALUE", value_parser = parameter)]
    values: Vec<(String, String)>,

    /// How many rows at most; 0 means all. Tables show 50 unless told otherwise
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,

    /// How many rows to leave out at the start
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: u64,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Runs the command.
pub(crate) fn run(args: &SavedArgs, settings: &Settings) -> Result<Outcome, Error> {
    match &args.command {
        Command::Add(args) => add(args, settings),
        Command::List => list(settings),
        Command::Show { name } => show(name, settings),
        Command::Run(args) => run_saved(args, settings),
        Command::Remove { name } => remove(name, settings),
    }
}

fn add(args: &AddArgs, settings: &Settings) -> Result<Outcome, Error> {
    saved::check_name(&args.name)?;
    // A mistyped path must not make a new database.
    let reader = store::open_read_only(&settings.db)?;
    if let Some(question) = &args.question {
        saved::check_question(question, Local::now().date_naive())?;
    }
    if let Some(sql) = &args.sql {
        Sandbox::new(reader)?.parameter_names(sql)?;
    }
    let query = NewQuery {
        name: &args.name,
        description: args.description.as_deref(),
        question: args.question.as_deref(),
        sql: args.sql.as_deref(),
    };
    let store = Store::open(&settings.db)?;
    let saved = store.save_query(query, args.replace)?;
    store.close();
    if !saved {
        return Err(Error::usage(format!("there is already a saved query named `{}`", args.name))
            .hint("replace it with --replace, or choose another name"));
    }
    if !settings.quiet {
        say(&format!("saved; run it with: onrecord saved run {}", args.name));
    }
    Ok(Outcome::Done)
}

fn list(settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let all = saved::list(&db)?;
    let sandbox = Sandbox::new(db)?;
    print_rows(settings, |_, sink| {
        sink.columns(&["name", "from", "parameters", "description"])?;
        for query in &all {
            // One that does not fit the schema any more must not hide the others.
            let parameters = parameters(query, &sandbox)
                .map_or_else(|_| "cannot be run".to_owned(), |names| names.join(", "));
            let from = if query.shipped { "onrecord" } else { "you" };
            let description = query.description.clone().map_or(Cell::Null, Cell::Text);
            sink.row(&[query.name.clone().into(), from.to_owned().into(), parameters.into(), description])?;
        }
        sink.finish()?;
        Ok(Notes::default())
    })
}

fn parameters(query: &SavedQuery, sandbox: &Sandbox) -> Result<Vec<String>, Error> {
    match &query.asks {
        Asks::Question(question) => {
            Ok(saved::parameters_of_question(question).into_iter().map(str::to_owned).collect())
        }
        Asks::Sql(sql) => sandbox.parameter_names(sql),
    }
}

fn show(name: &str, settings: &Settings) -> Result<Outcome, Error> {
    let query = saved::find(&*store::open_read_only(&settings.db)?, name)?;
    let description = query.description.iter().filter(|_| !query.shipped);
    let mut text: String = // On one line: a line feed would end the remark, and the rest would be taken for SQL.
        description.map(|description| format!("-- {name}: {}\n", terminal::one_line(description))).collect();
    match &query.asks {
        Asks::Question(asks) | Asks::Sql(asks) => text.push_str(asks.trim_end()),
    }
    text.push('\n');
    if io::stdout().is_terminal() {
        // To a file or a program it goes as it is kept, so that it can be run.
        text = text.lines().map(|line| format!("{}\n", terminal::one_line(line))).collect();
    }
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::output)?;
    Ok(Outcome::Done)
}

fn run_saved(args: &RunArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let query = saved::find(&db, &args.name)?;
    match &query.asks {
        Asks::Question(question) => {
            let question = saved::fill_in(question, &args.values, Local::now().date_naive())?;
            let rows = Question { limit: args.limit, offset: args.offset, ..Question::default() };
            ask(&question.and(rows)?, settings)
        }
        Asks::Sql(text) => {
            let sql = Sql {
                text: text.clone(),
                parameters: saved::values_for(&query, &args.values),
                limit: args.limit,
                offset: args.offset,
                patience: args.limits.patience(),
            };
            let mut sandbox = args.limits.sandbox(db)?;
            print_rows(settings, |audience, sink| sandbox.run(&sql, audience, sink))
        }
    }
}

fn remove(name: &str, settings: &Settings) -> Result<Outcome, Error> {
    let query = saved::find(&*store::open_read_only(&settings.db)?, name)?;
    if query.shipped {
        return Err(Error::usage(format!("`{name}` comes with onrecord and cannot be removed")));
    }
    let store = Store::open(&settings.db)?;
    store.remove_query(name)?;
    store.close();
    Ok(Outcome::Done)
}
