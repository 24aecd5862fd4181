//! `onrecord saved run`: answers a query with values for its parameters, once or for each row of a file.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use chrono::{Local, NaiveDate};

use crate::cli::limits::LimitArgs;
use crate::cli::outcome::Outcome;
use crate::cli::query::{ask, parameter};
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::say;
use crate::error::Error;
use crate::query::output::Sink;
use crate::query::sandbox::Sandbox;
use crate::query::saved::{self, Asks, Batch, Engine, NewRows, Page, Prefixed, Prepared, SavedQuery, Value};
use crate::query::{Audience, Notes, Reader};
use crate::store::{self, ShownRows, Store};

/// Run a query
///
/// --each runs it for each row of a CSV file whose columns are named like its parameters; an empty field leaves its parameter to
/// its default. All rows are one answer, with the values in columns before the others. --new leaves out what earlier runs with
/// --new have shown for the same values. What was shown is remembered by what it is, whenever it came in: a quote by its words and
/// article, so that one that is read again is not new, and one that a correction made fit is.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved run most_quoted --limit 10
  onrecord saved run said_about about=Porto --format jsonl
  onrecord saved run on_porto who=\"Ana Ruiz\" --new
  onrecord saved run on_porto year=2016 --each names.csv --format csv")]
pub(super) struct RunArgs {
    /// What it is called
    name: String,

    /// The values of its parameters; where its type does not say otherwise, what looks like a number is one in SQL
    #[arg(value_name = "KEY=VALUE", value_parser = parameter)]
    values: Vec<(String, String)>,

    /// A CSV file with the values of one run in each row, or - for standard input
    #[arg(long, value_name = "FILE")]
    each: Option<PathBuf>,

    /// Only what no run with --new has shown for these values, all of it
    #[arg(long, conflicts_with_all = ["limit", "offset"])]
    new: bool,

    /// How many rows at most, of each run; 0 means all. Tables show 50 unless told otherwise
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,

    /// How many rows to leave out at the start, of each run
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: u64,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Runs the command.
pub(super) fn run(args: &RunArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = store::open_read_only(&settings.db)?;
    let query = saved::find(&db, &args.name)?;
    let today = Local::now().date_naive();
    if args.each.is_none() && !args.new {
        return run_once(args, &query, db, today, settings);
    }
    let batch = args.batch(&query, today, settings)?;
    // Where what was shown cannot be noted, nothing is shown.
    let store = if args.new { Some(Store::open(&settings.db)?) } else { None };
    let mut run = Run { args, query: &query, today, settings, shown: Vec::new() };
    let is_batch = args.each.is_some();
    // With columns before those of a quote it is a table.
    let outcome = print_rows(settings, |audience, sink| match is_batch {
        true => run.batch(&batch, db, audience, sink),
        false => run.once(&batch.runs[0], &mut engine(&query, db, &args.limits)?, audience, sink),
    })?;
    if let Some(store) = store {
        store.note_shown(&run.shown)?;
        store.close();
    }
    Ok(outcome)
}

/// What answers a query.
pub(super) fn engine(query: &SavedQuery, db: Reader, limits: &LimitArgs) -> Result<Engine, Error> {
    Ok(match query.asks {
        Asks::Question(_) => Engine::Reader(db),
        _ => Engine::Sandbox(limits.sandbox(db)?),
    })
}

fn run_once(
    args: &RunArgs,
    query: &SavedQuery,
    db: Reader,
    today: NaiveDate,
    settings: &Settings,
) -> Result<Outcome, Error> {
    let values = saved::values(&query.parameters, &args.values, today)?;
    let page = Page { limit: args.limit, offset: args.offset };
    let names = saved::notes_on_names(&db, query, &values)?;
    let mut engine = engine(query, db, &args.limits)?;
    let prepared = engine.prepare(query, &values, today, page, args.limits.patience())?;
    if let Prepared::Question(question, remarks) = &prepared {
        remarks.iter().filter(|_| !settings.quiet).for_each(|read| say(&format!("note: {read}")));
        return ask(question, settings);
    }
    print_rows(settings, |audience, sink| {
        let mut notes = names;
        notes.extend(engine.answer(&prepared, audience, sink)?);
        Ok(notes)
    })
}

impl RunArgs {
    /// The values of each run: those of the file, or those that were typed.
    fn batch(&self, query: &SavedQuery, today: NaiveDate, settings: &Settings) -> Result<Batch, Error> {
        let Some(path) = &self.each else {
            let values = saved::values(&query.parameters, &self.values, today)?;
            return Ok(Batch { runs: vec![values], unused: Vec::new() });
        };
        let parameters = query.all_parameters(&Sandbox::new(store::open_read_only(&settings.db)?)?)?;
        let is_known = |name: &String| parameters.iter().any(|parameter| parameter.name == *name);
        if let Some((unknown, _)) = self.values.iter().find(|(name, _)| !is_known(name)) {
            let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            return Err(Error::usage(format!("{} has no parameter `{unknown}`", query.name))
                .hint(format!("it has: {}", names.join(", "))));
        }
        let name = path.display().to_string();
        let failed = |cause: io::Error| Error::usage(format!("cannot read {name}")).because(cause);
        let input: Box<dyn Read> = match name.as_str() {
            "-" => Box::new(io::stdin().lock()),
            _ => Box::new(File::open(path).map_err(failed)?),
        };
        Batch::read(input, &name, &parameters, &self.values, today)
    }
}

/// Runs of one query, while they last.
struct Run<'r> {
    args: &'r RunArgs,
    query: &'r SavedQuery,
    today: NaiveDate,
    settings: &'r Settings,
    /// What was new to them.
    shown: Vec<ShownRows>,
}

impl Run<'_> {
    /// One run for each set of values, in one answer.
    fn batch(
        &mut self,
        batch: &Batch,
        db: Reader,
        audience: Audience,
        sink: &mut dyn Sink,
    ) -> Result<Notes, Error> {
        let audience = if audience == Audience::Readers { Audience::People } else { audience };
        let mut notes = Notes::default();
        if !batch.unused.is_empty() {
            notes.add(format!("columns that are no parameter were left aside: {}", batch.unused.join(", ")));
        }
        let mut engine = engine(self.query, db, &self.args.limits)?;
        let parameters =
            self.query.all_parameters(&Sandbox::new(store::open_read_only(&self.settings.db)?)?)?;
        let mut prefixed = Prefixed::new(&parameters, sink);
        for values in &batch.runs {
            prefixed.begin(values);
            let told: Vec<String> =
                values.iter().map(|value| format!("{}={}", value.name, value.text)).collect();
            let of_run = self.once(values, &mut engine, audience, &mut prefixed)?;
            of_run.iter().for_each(|note| notes.add(format!("{}: {note}", told.join(" "))));
        }
        prefixed.end()?;
        Ok(notes)
    }

    /// One run.
    fn once(
        &mut self,
        values: &[Value],
        engine: &mut Engine,
        audience: Audience,
        sink: &mut dyn Sink,
    ) -> Result<Notes, Error> {
        let page = Page { limit: self.args.limit, offset: self.args.offset };
        let mut prepared =
            engine.prepare(self.query, values, self.today, page, self.args.limits.patience())?;
        if !self.args.new {
            return engine.answer(&prepared, audience, sink);
        }
        prepared.take_all();
        let beside = store::open_read_only(&self.settings.db)?;
        let mut notes = saved::notes_on_names(&beside, self.query, values)?;
        let (run, mut shown) = saved::run_of(&beside, &self.query.name, values)?;
        if self.shown.iter().any(|earlier| earlier.parameters == shown.parameters) {
            // A row of the file that is there twice.
            return Ok(notes);
        }
        match (&prepared, &engine) {
            (Prepared::Question(question, remarks), Engine::Reader(db)) => {
                remarks.iter().for_each(|read| notes.add(read.clone()));
                let (said, keys) = saved::new_rows_of_question(db, question, run, audience, sink)?;
                notes.extend(said);
                shown.keys = keys;
            }
            _ => {
                let mut rows = NewRows::new(beside, &self.query.name, run, sink)?;
                notes.extend(engine.answer(&prepared, audience, &mut rows)?);
                shown.keys = rows.keys;
            }
        }
        self.shown.push(shown);
        Ok(notes)
    }
}
