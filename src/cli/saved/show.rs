//! `onrecord saved show`: what a query asks, in its own words or as SQL with values.

use std::io::{self, IsTerminal, Write};

use chrono::Local;

use crate::cli::limits::LimitArgs;
use crate::cli::outcome::Outcome;
use crate::cli::query::parameter;
use crate::cli::saved::run::engine;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::query::sandbox::Sandbox;
use crate::query::saved::{self, Asks, Page, SavedQuery};
use crate::{store, terminal};

/// Print what a query asks, with its parameters; SQL runs as it is in the sqlite3 shell
///
/// With --sql it is the SELECT that finds the rows of the answer, also of a question, with the values in it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved show said_by
  onrecord saved show most_quoted | sqlite3 -box onrecord.db
  onrecord saved show on_porto --sql who=\"Ana Ruiz\" | sqlite3 -box onrecord.db")]
pub(super) struct ShowArgs {
    /// What it is called
    name: String,

    /// The values of its parameters, for --sql
    #[arg(value_name = "KEY=VALUE", value_parser = parameter, requires = "sql")]
    values: Vec<(String, String)>,

    /// Print the SELECT that finds the rows of the answer, with the values of its parameters in it
    #[arg(long)]
    sql: bool,
}

/// Runs the command.
pub(super) fn run(args: &ShowArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let query = saved::find(&db, &args.name)?;
    let mut text = if args.sql {
        let today = Local::now().date_naive();
        let values = saved::values(&query.parameters, &args.values, today)?;
        let limits = LimitArgs::default();
        let engine = engine(&query, db, &limits)?;
        let prepared = engine.prepare(&query, &values, today, Page::default(), limits.patience())?;
        saved::runnable_sql(&engine, &prepared)?
    } else {
        let mut text = remarks(&query, &Sandbox::new(db)?);
        match &query.asks {
            Asks::Question(asks) | Asks::Sql(asks) => text.push_str(asks.trim_end()),
        }
        text.push('\n');
        text
    };
    if io::stdout().is_terminal() {
        // To a file or a program it goes as it is kept, so that it can be run.
        text = text.lines().map(|line| format!("{}\n", terminal::one_line(line))).collect();
    }
    io::stdout().lock().write_all(text.as_bytes()).map_err(Error::output)?;
    Ok(Outcome::Done)
}

/// What is known of a query of the person's own, as remarks of SQL; those that come with onrecord bring theirs.
fn remarks(query: &SavedQuery, sandbox: &Sandbox) -> String {
    if query.shipped {
        return String::new();
    }
    let mut lines = Vec::new();
    lines.extend(query.description.iter().map(|description| format!("{}: {description}", query.name)));
    // One that cannot be run any more can still be looked at.
    let parameters = query.all_parameters(sandbox).unwrap_or_else(|_| query.parameters.clone());
    let is_known = |parameter: &&saved::Parameter| query.parameters.contains(parameter);
    lines.extend(parameters.iter().filter(is_known).map(|parameter| format!(":{}", parameter.described())));
    lines.extend(query.expectations.iter().map(|expectation| format!("expects {expectation}")));
    // On one line: a line feed would end the remark, and the rest would be taken for SQL.
    lines.iter().map(|line| format!("-- {}\n", terminal::one_line(line))).collect()
}
