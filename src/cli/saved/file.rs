//! `onrecord saved export` and `import`: the queries of a database as one file that people can read.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use chrono::Local;

use crate::cli::destination::Writing;
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::stop::stop_on_signals;
use crate::cli::streams::remark;
use crate::error::Error;
use crate::query::Archive;
use crate::query::sandbox::Sandbox;
use crate::query::saved::{self, SavedQuery};
use crate::store::{self, NewQuery, Store};

/// Write the queries of your own to a file that can be read, changed and imported: TOML
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved export
  onrecord saved export queries.toml")]
pub(super) struct ExportArgs {
    /// The file; without it, standard output
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

/// Take the queries of a file into the database, all of them or none
///
/// Each has to be one that can be run here; those that cannot are named with the reason, and nothing is imported.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved import queries.toml
  onrecord saved export --db one.db | onrecord saved import - --db other.db --replace")]
pub(super) struct ImportArgs {
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Replace queries that have the same names
    #[arg(long)]
    replace: bool,
}

/// Runs `export`.
pub(super) fn export(args: &ExportArgs, settings: &Settings) -> Result<Outcome, Error> {
    let queries = own(settings)?;
    let text = saved::to_toml(&queries)?;
    match &args.file {
        None => io::stdout().lock().write_all(text.as_bytes()).map_err(Error::output)?,
        Some(path) => {
            let writing = Writing { force: args.force, stop: stop_on_signals()? };
            writing.file(path, &mut |out| out.write_all(text.as_bytes()).map_err(Error::output))?;
            remark(settings, &format!("{} in {}", counted(queries.len()), path.display()));
        }
    }
    Ok(Outcome::Done)
}

/// Runs `import`.
pub(super) fn import(args: &ImportArgs, settings: &Settings) -> Result<Outcome, Error> {
    let name = args.file.display().to_string();
    let here = own(settings)?;
    let queries = saved::from_toml(&read(&args.file)?).map_err(|error| {
        let told = Error::usage(format!("{name} cannot be imported")).because(error.to_string());
        error.hints().iter().cloned().fold(told, Error::hint)
    })?;
    check(&name, &queries, settings)?;
    // What is there already in the same words need not be replaced.
    let is_here = |query: &&SavedQuery| here.iter().any(|own| own.asks_the_same(query));
    let new: Vec<&SavedQuery> = queries.iter().filter(|query| !is_here(query)).collect();
    let kept: Vec<NewQuery<'_>> = new.iter().map(|query| query.to_keep()).collect();
    let store = Store::open(&settings.db)?;
    let saved = store.save_queries(&kept, args.replace)?;
    store.close();
    if let Err(taken) = saved {
        return Err(Error::usage(format!("there is already another saved query named `{taken}`"))
            .hint("nothing was imported; replace those that are there with --replace"));
    }
    let same = queries.len() - new.len();
    remark(settings, &format!("{} imported, {same} there already", counted(new.len())));
    Ok(Outcome::Done)
}

/// The queries of the person's own.
fn own(settings: &Settings) -> Result<Vec<SavedQuery>, Error> {
    let all = saved::list(&*store::open_read_only(&settings.db)?)?;
    Ok(all.into_iter().filter(|query| !query.shipped).collect())
}

/// Fails where a query cannot be run here, or two bear one name; says of each why.
fn check(file: &str, queries: &[SavedQuery], settings: &Settings) -> Result<(), Error> {
    let sandbox = Sandbox::new(store::open_read_only(&settings.db)?)?;
    let names = store::open_read_only(&settings.db)?;
    let archive = Archive::new(&names);
    let today = Local::now().date_naive();
    let mut reasons = Vec::new();
    for (at, query) in queries.iter().enumerate() {
        if queries[..at].iter().any(|other| other.name == query.name) {
            reasons.push(format!("{}: it is there twice", query.name));
        }
        if let Err(error) = saved::check(query, &sandbox, &archive, today) {
            reasons.push(format!("{}: {error}", query.name));
        }
    }
    if reasons.is_empty() {
        return Ok(());
    }
    let told = Error::usage(format!("{file} has queries that cannot be kept; nothing was imported"));
    Err(reasons.into_iter().fold(told, Error::hint))
}

fn read(file: &Path) -> Result<String, Error> {
    let read = if file.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        fs::read_to_string(file)
    };
    read.map_err(|cause| Error::usage(format!("cannot read {}", file.display())).because(cause))
}

fn counted(queries: usize) -> String {
    if queries == 1 { "1 query".to_owned() } else { format!("{queries} queries") }
}
