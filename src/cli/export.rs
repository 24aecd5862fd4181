//! `onrecord export`: what the database holds, for other programs.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use chrono::Local;
use clap::builder::PossibleValuesParser;

use crate::cli::destination::{Content, Writing};
use crate::cli::export_format::ExportFormat;
use crate::cli::export_rows::{Rows, write_rows};
use crate::cli::outcome::Outcome;
use crate::cli::settings::Settings;
use crate::cli::stop::stop_on_signals;
use crate::cli::streams::say;
use crate::dates::{Bound, Period};
use crate::error::Error;
use crate::query::Reader;
use crate::query::export::{self, Narrowing};
use crate::query::lookup;
use crate::query::output::OutputFormat;
use crate::store::open_read_only;

const EXAMPLES: &str = "\
Examples:
  onrecord export --format graphml --output archive.graphml
  onrecord export --format gexf --min-weight 3 --since 2016 --output archive.gexf
  onrecord export --format csv --output network
  onrecord export --table quotes --format jsonl > quotes.jsonl
  onrecord export --table quotes,people --format parquet --output tables
  onrecord export --table all --format csv --output tables
  onrecord export --format notes --output vault
  onrecord export --format ftm --output archive.ftm.json
  onrecord export --format datasette --output metadata.json

notes are Markdown files with wikilinks, for Obsidian; ftm are entities of FollowTheMoney, for Aleph; datasette is what \
datasette onrecord.db --metadata metadata.json shows beside the tables, with the queries that onrecord brings.

Without --table it is the network: graphml and gexf are one file, the others a folder with nodes and edges. A single table, \
and what is left of a network without --output, its edges, go to standard output.";

/// Write tables, the network of who talks about whom, or notes, for other programs
///
/// Tables and views of the database go out whole, in the columns that they have there. In the network, people, organizations
/// and places are nodes; an edge says who is quoted about whom, how often and from when to when, or who is what to whom. No
/// file is replaced unless --force is given, and a file has its name only when it is whole.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ExportArgs {
    /// What is written; where nothing says it, the name of the file does, else csv
    #[arg(long, value_parser = PossibleValuesParser::new(ExportFormat::ALL.map(ExportFormat::name)))]
    format: Option<String>,

    /// Which tables: one or several, or all; nodes and edges are those of the network
    #[arg(long, value_name = "TABLE", value_delimiter = ',', value_parser = PossibleValuesParser::new(Rows::names()))]
    table: Vec<String>,

    /// The file, or the folder where there are several files
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,

    /// Replace files that are there
    #[arg(long)]
    force: bool,

    /// In csv, leave text as it is stored, also what a spreadsheet would take for a formula
    #[arg(long)]
    raw: bool,

    #[command(flatten)]
    network: NetworkArgs,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Which part of the network")]
struct NetworkArgs {
    /// Only edges of so many quotes or statements
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    min_weight: u32,

    /// Only edges at this person, organization or place: a name or an id; given several times, at any of them
    #[arg(long, value_name = "NAME")]
    entity: Vec<String>,

    /// Only from articles on or after this date
    #[arg(long, value_name = "DATE")]
    since: Option<String>,

    /// Only from articles on or before this date
    #[arg(long, value_name = "DATE")]
    until: Option<String>,

    /// Only from articles before this date
    #[arg(long, value_name = "DATE")]
    before: Option<String>,
}

/// Runs the command.
pub(crate) fn run(args: &ExportArgs, settings: &Settings) -> Result<Outcome, Error> {
    let format = args.format()?;
    let rows = args.rows(format)?;
    args.check(format, &rows)?;
    let mut db = open_read_only(&settings.db)?;
    let narrowing = args.network.narrowing(&db)?;
    let stop = stop_on_signals()?;
    export::settle(&mut db, &stop)?;
    let export =
        Export { args, settings, format, narrowing, writing: Writing { force: args.force, stop }, db };
    match export.write(&rows) {
        // What SQLite says of it is that it was interrupted.
        Err(_) if export.writing.is_stopped() => Err(Error::stopped()),
        written => written.map(|()| Outcome::Done),
    }
}

impl ExportArgs {
    fn format(&self) -> Result<ExportFormat, Error> {
        // The word for all commands where none is given, which is no format here.
        let given = self.format.as_deref().filter(|name| *name != OutputFormat::default().name());
        let by_name = || self.output.as_deref().and_then(ExportFormat::of_file);
        let format = match given {
            Some(name) => ExportFormat::named(name).ok_or_else(|| {
                let known = ExportFormat::ALL.map(ExportFormat::name).join(", ");
                Error::usage(format!("nothing is exported as {name}")).hint(format!("choose one of {known}"))
            })?,
            None => by_name().unwrap_or(ExportFormat::Csv),
        };
        match format {
            ExportFormat::Csv | ExportFormat::CsvRaw if self.raw => Ok(ExportFormat::CsvRaw),
            _ if self.raw => Err(Error::usage("--raw is for csv")
                .hint("leave it out: other formats hold all text as it is stored")),
            format => Ok(format),
        }
    }

    /// The tables that are asked for; none where the format has no tables.
    fn rows(&self, format: ExportFormat) -> Result<Vec<Rows>, Error> {
        match (format.has_tables(), &self.table[..]) {
            (false, []) => Ok(Vec::new()),
            (false, _) => Err(Error::usage(format!("{} holds no tables", format.name()))
                .hint("leave out --table, or choose --format csv, jsonl or parquet")),
            (true, []) if self.output.is_some() => Ok(vec![Rows::Nodes, Rows::Edges]),
            (true, []) => Ok(vec![Rows::Edges]),
            (true, names) => Ok(Rows::named(names)),
        }
    }

    /// Refuses what does not go together.
    fn check(&self, format: ExportFormat, rows: &[Rows]) -> Result<(), Error> {
        let has_network = format.is_network() || rows.iter().any(Rows::is_network);
        if self.network.is_given() && !has_network {
            return Err(Error::usage("--min-weight, --entity and dates are for the network")
                .hint("leave them out, or ask for parts of tables with onrecord query"));
        }
        let Some(output) = &self.output else {
            return self.check_standard_output(format, rows);
        };
        if rows.len() > 1 && !output.is_dir() && ExportFormat::of_file(output).is_some() {
            return Err(Error::usage(format!("{} tables do not go into one file", rows.len()))
                .hint("name a folder with --output, or one table with --table"));
        }
        Ok(())
    }

    fn check_standard_output(&self, format: ExportFormat, rows: &[Rows]) -> Result<(), Error> {
        let terminal = io::stdout().is_terminal();
        if rows.len() > 1 {
            return Err(Error::usage("several tables need a folder").hint("name it with --output FOLDER"));
        }
        if format == ExportFormat::Notes {
            return Err(Error::usage("notes are many files").hint("name a folder with --output FOLDER"));
        }
        if format.needs_output() || (terminal && !format.is_for_terminals()) {
            return Err(Error::usage(format!("{} is for programs, and needs a file", format.name()))
                .hint(format!("name it with --output FILE.{}", format.ending())));
        }
        Ok(())
    }
}

impl NetworkArgs {
    fn is_given(&self) -> bool {
        self.min_weight > 1
            || !self.entity.is_empty()
            || [&self.since, &self.until, &self.before].iter().any(|date| date.is_some())
    }

    fn narrowing(&self, db: &Reader) -> Result<Narrowing, Error> {
        let bounds =
            [(&self.since, Bound::Since), (&self.until, Bound::Until), (&self.before, Bound::Before)];
        let ids = self.entity.iter().map(|name| lookup::entity(db, name).map(|entity| entity.id));
        Ok(Narrowing {
            min_weight: self.min_weight,
            period: Period::of(&bounds, Local::now().date_naive())?,
            entities: ids.collect::<Result<_, _>>()?,
        })
    }
}

/// All that an export needs.
struct Export<'a> {
    args: &'a ExportArgs,
    settings: &'a Settings,
    format: ExportFormat,
    narrowing: Narrowing,
    writing: Writing,
    db: Reader,
}

impl Export<'_> {
    fn write(&self, rows: &[Rows]) -> Result<(), Error> {
        let (db, narrowing) = (&self.db, &self.narrowing);
        match self.format {
            ExportFormat::GraphMl => self.one(&mut |out| export::graphml(db, narrowing, out)),
            ExportFormat::Gexf => self.one(&mut |out| export::gexf(db, narrowing, out)),
            ExportFormat::Ftm => self.one(&mut |out| export::ftm(db, out)),
            ExportFormat::Datasette => {
                // Datasette calls a database by the name of its file.
                let name = self.settings.db.file_stem().unwrap_or_default().to_string_lossy();
                self.one(&mut |out| export::datasette(db, &name, out))
            }
            ExportFormat::Notes => self.notes(),
            ExportFormat::Csv | ExportFormat::CsvRaw | ExportFormat::Jsonl | ExportFormat::Parquet => {
                self.tables(rows)
            }
        }
    }

    /// Writes what is one file, or goes to standard output.
    fn one(&self, content: Content<'_>) -> Result<(), Error> {
        match &self.args.output {
            Some(path) => {
                self.writing.file(path, content)?;
                self.say(&format!("wrote {}", path.display()));
                Ok(())
            }
            None => {
                let mut out = BufWriter::new(io::stdout());
                content(&mut out)?;
                out.flush().map_err(Error::output)
            }
        }
    }

    fn tables(&self, rows: &[Rows]) -> Result<(), Error> {
        match (rows, &self.args.output) {
            ([one], Some(path)) if !is_folder(path) => {
                let mut count = 0;
                self.writing.file(path, &mut |out| {
                    count = self.rows(*one, false, out)?;
                    Ok(())
                })?;
                self.say(&format!("wrote {}: {count} rows", path.display()));
                Ok(())
            }
            (several, Some(path)) => self.folder(several, path),
            (several, None) => {
                if self.args.table.is_empty() {
                    self.say("note: these are the edges; --output FOLDER writes the nodes too");
                }
                several.iter().try_for_each(|one| {
                    self.one(&mut |out| self.rows(*one, io::stdout().is_terminal(), out).map(|_| ()))
                })
            }
        }
    }

    fn folder(&self, rows: &[Rows], path: &Path) -> Result<(), Error> {
        let mut folder = self.writing.folder(path)?;
        let mut said = Vec::new();
        for one in rows {
            let name = format!("{}.{}", one.name(), self.format.ending());
            let mut count = 0;
            folder.file(Path::new(&name), &mut |out| {
                count = self.rows(*one, false, out)?;
                Ok(())
            })?;
            said.push(format!("wrote {}: {count} rows", path.join(name).display()));
        }
        folder.finish()?;
        said.iter().for_each(|line| self.say(line));
        Ok(())
    }

    fn notes(&self) -> Result<(), Error> {
        let Some(path) = &self.args.output else { return Ok(()) };
        let mut folder = self.writing.folder(path)?;
        let count = export::notes(&self.db, &mut |name, text| {
            folder.file(name, &mut |out| out.write_all(text.as_bytes()).map_err(Error::output))
        })?;
        folder.finish()?;
        self.say(&format!("wrote {}: {count} notes", path.display()));
        Ok(())
    }

    fn rows(&self, rows: Rows, terminal: bool, out: &mut (dyn Write + Send)) -> Result<u64, Error> {
        write_rows(&self.db, rows, &self.narrowing, self.format, terminal, out)
    }

    fn say(&self, line: &str) {
        if !self.settings.quiet {
            say(line);
        }
    }
}

/// Whether a path is a folder, or is written as one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}
