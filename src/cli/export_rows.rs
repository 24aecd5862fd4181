//! [`Rows`]: what `onrecord export` can write as rows, by name: tables and views, and the two tables of the network.

use std::io::Write;

use crate::cli::export_format::ExportFormat;
use crate::error::Error;
use crate::query::Reader;
use crate::query::export::network::{self, EDGE_COLUMNS, NODE_COLUMNS};
use crate::query::export::{Narrowing, TABLES, Table};
use crate::query::output::{ColumnKind, Counted, OutputFormat, ParquetSink, Screen, Sink, writer};

/// The word for all tables.
const ALL: &str = "all";

/// One table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// A table or view of the database.
    Stored(&'static Table),
    /// The nodes of the network.
    Nodes,
    /// The edges of the network.
    Edges,
}

impl Rows {
    /// What it is called.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Rows::Stored(table) => table.name,
            Rows::Nodes => "nodes",
            Rows::Edges => "edges",
        }
    }

    /// Whether it is a part of the network.
    pub(super) fn is_network(&self) -> bool {
        !matches!(self, Rows::Stored(_))
    }

    fn every() -> impl Iterator<Item = Rows> {
        TABLES.iter().map(Rows::Stored).chain([Rows::Nodes, Rows::Edges])
    }

    /// All names that can be asked for.
    pub(super) fn names() -> Vec<&'static str> {
        Rows::every().map(|rows| rows.name()).chain([ALL]).collect()
    }

    /// Those that are asked for by name, each once, in the order in which help lists them.
    pub(super) fn named(names: &[String]) -> Vec<Rows> {
        let is_asked = |rows: &Rows| names.iter().any(|name| name == rows.name() || name == ALL);
        Rows::every().filter(is_asked).collect()
    }

    fn kinds(&self, db: &Reader) -> Result<Vec<ColumnKind>, Error> {
        let of_columns = |columns: &[(&str, ColumnKind)]| columns.iter().map(|(_, kind)| *kind).collect();
        Ok(match self {
            Rows::Stored(table) => table.columns(db)?.into_iter().map(|(_, kind)| kind).collect(),
            Rows::Nodes => of_columns(&NODE_COLUMNS),
            Rows::Edges => of_columns(&EDGE_COLUMNS),
        })
    }
}

/// Writes a table to a file or, where `terminal` is set, to a terminal; gives the number of rows.
pub(super) fn write_rows(
    db: &Reader,
    rows: Rows,
    narrowing: &Narrowing,
    format: ExportFormat,
    terminal: bool,
    out: &mut (dyn Write + Send),
) -> Result<u64, Error> {
    let screen = Screen { is_terminal: terminal, ..Screen::default() };
    let sink: Box<dyn Sink> = match format {
        ExportFormat::Parquet => Box::new(ParquetSink::new(rows.kinds(db)?, out)),
        ExportFormat::Jsonl => writer(OutputFormat::Jsonl, screen, out),
        ExportFormat::CsvRaw => writer(OutputFormat::CsvRaw, screen, out),
        _ => writer(OutputFormat::Csv, screen, out),
    };
    let mut sink = Counted::new(sink);
    match rows {
        Rows::Stored(table) => table.write(db, &mut sink),
        Rows::Nodes => network::nodes(db, narrowing, &mut sink),
        Rows::Edges => network::edges(db, narrowing, &mut sink),
    }?;
    Ok(sink.rows())
}
