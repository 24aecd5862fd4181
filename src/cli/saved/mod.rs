//! `onrecord saved`: queries that are kept in the database under a name, and those that come with onrecord.

mod add;
mod file;
mod run;
mod show;
mod test;

use crate::cli::outcome::Outcome;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::error::Error;
use crate::query::Notes;
use crate::query::output::Cell;
use crate::query::sandbox::Sandbox;
use crate::query::saved::{self, Parameter};
use crate::store::{self, Store};

/// Keep queries in the database and run them by name
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved list
  onrecord saved run said_by speaker=\"Ana Ruiz\"
  onrecord saved add on_porto \"what did {who} say about Porto since {year}?\" --parameter \"who:name: who speaks\" --parameter year:date=2015
  onrecord saved run on_porto who=\"Ana Ruiz\" --format csv
  onrecord saved run on_porto --each names.csv --new")]
pub(super) struct SavedArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Add(add::AddArgs),
    /// List all queries: your own, and those that come with onrecord
    #[command(after_help = "\
Examples:
  onrecord saved list
  onrecord saved list --format json")]
    List,
    Show(show::ShowArgs),
    Run(run::RunArgs),
    Test(test::TestArgs),
    /// Remove a query of your own, with all that is known of its runs
    #[command(after_help = "\
Examples:
  onrecord saved remove on_porto")]
    Remove {
        /// What it is called
        name: String,
    },
    Export(file::ExportArgs),
    Import(file::ImportArgs),
}

/// Runs the command.
pub(crate) fn run(args: &SavedArgs, settings: &Settings) -> Result<Outcome, Error> {
    match &args.command {
        Command::Add(args) => add::run(args, settings),
        Command::List => list(settings),
        Command::Show(args) => show::run(args, settings),
        Command::Run(args) => run::run(args, settings),
        Command::Test(args) => test::run(args, settings),
        Command::Remove { name } => remove(name, settings),
        Command::Export(args) => file::export(args, settings),
        Command::Import(args) => file::import(args, settings),
    }
}

fn list(settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let all = saved::list(&db)?;
    let sandbox = Sandbox::new(db)?;
    print_rows(settings, |_, sink| {
        sink.columns(&["name", "from", "parameters", "description"])?;
        for query in &all {
            // One that does not fit the schema any more must not hide the others.
            let parameters = query.all_parameters(&sandbox).map_or_else(
                |_| "cannot be run".to_owned(),
                |all| all.iter().map(in_brief).collect::<Vec<_>>().join(", "),
            );
            let from = if query.shipped { "onrecord" } else { "you" };
            sink.row(&[
                query.name.clone().into(),
                from.to_owned().into(),
                parameters.into(),
                Cell::from(query.description.clone()),
            ])?;
        }
        sink.finish()?;
        Ok(Notes::default())
    })
}

/// A parameter without its description: `who (name; Ana Ruiz unless given)`.
fn in_brief(parameter: &Parameter) -> String {
    Parameter { description: None, ..parameter.clone() }.described()
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
