//! `onrecord sql`: a prompt for SQL that can only read; from a pipe, statements as they come.

use std::io::{self, BufRead, IsTerminal, Write};

use crate::cli::limits::LimitArgs;
use crate::cli::outcome::Outcome;
use crate::cli::prompt::Prompt;
use crate::cli::rows::print_rows;
use crate::cli::settings::Settings;
use crate::cli::streams::{say_error, standard_output};
use crate::error::{Error, ErrorKind};
use crate::query::Notes;
use crate::query::catalog::Catalog;
use crate::query::sandbox::{Sandbox, Sql, Statements};
use crate::store;
use crate::terminal::one_line;

const HELP: &str = "\
A statement ends with ; and may go over several lines. It can only read.
.tables          tables and views
.schema [TABLE]  the statements that made them; their comments say what every column is
.help            this
.quit            the end, as Ctrl-D is
Tab completes tables, columns and, between marks, names: WHERE about = 'Ana";

/// Ask in SQL, at a prompt that can only read
///
/// Statements end with a semicolon. Tab completes tables, columns and, within quotation marks, names; the arrows bring earlier
/// lines back. From a pipe or a file, statements are run one after the other up to the first that fails. The
/// limits are those of query --sql, for each statement; docs/sql.md has them.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord sql
  onrecord sql --format csv < statements.sql
  echo \"SELECT count(*) FROM quotes\" | onrecord sql

Lines are kept in onrecord/sql_history in your data folder ($XDG_DATA_HOME, else ~/.local/share), which only you can \
read. Ctrl-C drops the line; while a statement runs it ends the program.")]
pub(super) struct SqlArgs {
    /// How many rows at most of each statement; 0 means all. Tables show 50 unless told otherwise
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,

    /// Keep no lines, and bring none back from earlier
    #[arg(long)]
    no_history: bool,

    #[command(flatten)]
    limits: LimitArgs,
}

/// Runs the command.
pub(crate) fn run(args: &SqlArgs, settings: &Settings) -> Result<Outcome, Error> {
    let console = || -> Result<Console<'_>, Error> {
        Ok(Console {
            args,
            settings,
            sandbox: args.limits.sandbox(store::open_read_only(&settings.db)?)?,
            catalog: Catalog::read(store::open_read_only(&settings.db)?)?,
        })
    };
    if io::stdin().is_terminal() { at_prompt(console()?) } else { from_pipe(console()?) }
}

/// Reads all that comes, and stops at what fails.
fn from_pipe(mut console: Console<'_>) -> Result<Outcome, Error> {
    let mut statements = Statements::default();
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|cause| Error::usage("cannot read the SQL").because(cause))?;
        if statements.is_empty() && line.trim_start().starts_with('.') {
            if console.command(line.trim())? {
                return Ok(Outcome::Done);
            }
            continue;
        }
        for statement in statements.add(&line) {
            console.run(&statement)?;
        }
    }
    if let Some(rest) = statements.finish() {
        console.run(&rest)?;
    }
    Ok(Outcome::Done)
}

/// Asks for one line after the other; what fails is said, and the next line is asked for.
fn at_prompt(mut console: Console<'_>) -> Result<Outcome, Error> {
    let names = Catalog::read(store::open_read_only(&console.settings.db)?)?;
    let mut prompt = Prompt::new(names, !console.args.no_history)?;
    let mut statements = Statements::default();
    while let Some(line) = prompt.read(statements.is_empty())? {
        let Some(line) = line else {
            statements.clear();
            continue;
        };
        if statements.is_empty() && line.trim_start().starts_with('.') {
            match console.command(line.trim()) {
                Ok(true) => break,
                Ok(false) => {}
                Err(error) => forgive(error)?,
            }
            continue;
        }
        for statement in statements.add(&line) {
            console.run(&statement).or_else(forgive)?;
        }
    }
    prompt.close();
    Ok(Outcome::Done)
}

/// Says what failed, so that the person can ask anew; who reads no more has gone.
fn forgive(error: Error) -> Result<(), Error> {
    if error.kind() == ErrorKind::ClosedPipe {
        return Err(error);
    }
    say_error(&error);
    Ok(())
}

/// Where statements are run.
struct Console<'a> {
    args: &'a SqlArgs,
    settings: &'a Settings,
    sandbox: Sandbox,
    catalog: Catalog,
}

impl Console<'_> {
    fn run(&mut self, statement: &str) -> Result<(), Error> {
        let sql = Sql {
            text: statement.to_owned(),
            parameters: Vec::new(),
            limit: self.args.limit,
            offset: 0,
            patience: self.args.limits.patience(),
        };
        print_rows(self.settings, |audience, sink| self.sandbox.run(&sql, audience, sink)).map(|_| ())
    }

    /// Runs what begins with a dot; true where that is the end.
    fn command(&mut self, line: &str) -> Result<bool, Error> {
        let mut words = line.trim_end_matches(';').split_whitespace();
        let (command, argument, more) = (words.next().unwrap_or_default(), words.next(), words.next());
        match (command, argument, more) {
            (".quit" | ".exit", None, _) => return Ok(true),
            (".help", None, _) => print_lines(HELP.lines())?,
            (".tables", None, _) => {
                print_rows(self.settings, |_, sink| {
                    self.catalog.tables(sink)?;
                    Ok(Notes::default())
                })?;
            }
            (".schema", table, None) => {
                for statement in self.catalog.schema(table)? {
                    print_lines(format!("{statement};").lines())?;
                }
            }
            _ => return Err(Error::usage(format!("there is no command {line}")).hint(".help lists them")),
        }
        Ok(false)
    }
}

fn print_lines<'l>(lines: impl Iterator<Item = &'l str>) -> Result<(), Error> {
    let mut out = standard_output();
    for line in lines {
        writeln!(out, "{}", one_line(line)).map_err(Error::output)?;
    }
    out.flush().map_err(Error::output)
}
