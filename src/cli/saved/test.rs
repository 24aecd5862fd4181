//! `onrecord saved test`: whether saved queries still answer what they are expected to.

use std::io::{BufWriter, Write};

use chrono::Local;

use crate::cli::limits::LimitArgs;
use crate::cli::outcome::Outcome;
use crate::cli::saved::run::engine;
use crate::cli::settings::Settings;
use crate::cli::streams::{say, standard_output};
use crate::error::Error;
use crate::query::saved::{self, SavedQuery};
use crate::{store, terminal};

/// Test that saved queries answer what they are expected to
///
/// Runs each query that was saved with --expect-rows or --expect, with the defaults of its parameters, and prints a line: ok, or
/// FAILED with what does not hold. Exit code 0 if all hold, 1 if one does not.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord saved test
  onrecord saved test on_porto on_bank")]
pub(super) struct TestArgs {
    /// Which queries; all that expect anything, unless some are named
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Runs the command.
pub(super) fn run(args: &TestArgs, settings: &Settings) -> Result<Outcome, Error> {
    let queries = queries(args, settings)?;
    let mut out = BufWriter::new(standard_output());
    let mut failed = 0;
    for query in &queries {
        let (is_good, line) = match test(query, args, settings) {
            Ok(tested) if tested.failures.is_empty() => {
                (true, format!("ok       {}: {}", query.name, rows(tested.rows)))
            }
            Ok(tested) => {
                let expected: Vec<String> = tested.failures.iter().map(ToString::to_string).collect();
                let expected = expected.join(" and ");
                (false, format!("FAILED   {}: expected {expected}, found {}", query.name, rows(tested.rows)))
            }
            // One that cannot be run any more must not keep the others from being tested.
            Err(error) => (false, format!("FAILED   {}: {error}", query.name)),
        };
        failed += u32::from(!is_good);
        writeln!(out, "{}", terminal::one_line(&line)).and_then(|()| out.flush()).map_err(Error::output)?;
    }
    if queries.is_empty() && !settings.quiet {
        say("note: no saved query expects anything; save one with --expect-rows or --expect");
    }
    match failed {
        0 => Ok(Outcome::Done),
        1 => Err(Error::new("1 saved query does not answer what it is expected to")),
        _ => Err(Error::new(format!("{failed} saved queries do not answer what they are expected to"))),
    }
}

/// The queries to be tested.
fn queries(args: &TestArgs, settings: &Settings) -> Result<Vec<SavedQuery>, Error> {
    let db = store::open_read_only(&settings.db)?;
    if args.names.is_empty() {
        let all = saved::list(&db)?;
        return Ok(all.into_iter().filter(|query| !query.expectations.is_empty()).collect());
    }
    let named = args.names.iter().map(|name| match saved::find(&db, name) {
        Ok(query) if query.expectations.is_empty() => {
            Err(Error::usage(format!("`{name}` was saved without anything that it is expected to answer"))
                .hint("save it again with --expect-rows or --expect, and --replace"))
        }
        found => found,
    });
    named.collect()
}

fn test(query: &SavedQuery, args: &TestArgs, settings: &Settings) -> Result<saved::Tested, Error> {
    let mut engine = engine(query, store::open_read_only(&settings.db)?, &args.limits)?;
    saved::test(&mut engine, query, Local::now().date_naive(), args.limits.patience())
}

fn rows(rows: u64) -> String {
    if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }
}
