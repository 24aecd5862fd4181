//! [`ExportFormat`]: the formats of `onrecord export` by name, and what each can hold.

use std::path::Path;

/// A format that other programs read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExportFormat {
    /// Comma-separated values, safe in a spreadsheet.
    Csv,
    /// The same with all text as it is stored.
    CsvRaw,
    /// One JSON object a line.
    Jsonl,
    /// Typed columns.
    Parquet,
    /// The network, for most programs that show one.
    GraphMl,
    /// The network, for Gephi.
    Gexf,
    /// Markdown, a file for each entity.
    Notes,
    /// Entities of FollowTheMoney.
    Ftm,
    /// Metadata for Datasette.
    Datasette,
}

impl ExportFormat {
    /// All, in the order in which help lists them.
    pub(super) const ALL: [ExportFormat; 9] = [
        ExportFormat::Csv,
        ExportFormat::CsvRaw,
        ExportFormat::Jsonl,
        ExportFormat::Parquet,
        ExportFormat::GraphMl,
        ExportFormat::Gexf,
        ExportFormat::Notes,
        ExportFormat::Ftm,
        ExportFormat::Datasette,
    ];

    /// The word for it on the command line.
    pub(super) fn name(self) -> &'static str {
        match self {
            ExportFormat::Csv => "csv",
            ExportFormat::CsvRaw => "csv-raw",
            ExportFormat::Jsonl => "jsonl",
            ExportFormat::Parquet => "parquet",
            ExportFormat::GraphMl => "graphml",
            ExportFormat::Gexf => "gexf",
            ExportFormat::Notes => "notes",
            ExportFormat::Ftm => "ftm",
            ExportFormat::Datasette => "datasette",
        }
    }

    /// The format that a word stands for.
    pub(super) fn named(name: &str) -> Option<ExportFormat> {
        ExportFormat::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What the names of its files end in.
    pub(super) fn ending(self) -> &'static str {
        match self {
            ExportFormat::CsvRaw => "csv",
            ExportFormat::Notes => "md",
            ExportFormat::Ftm => "ftm.json",
            ExportFormat::Datasette => "json",
            other => other.name(),
        }
    }

    /// The format that the name of a file shows.
    pub(super) fn of_file(path: &Path) -> Option<ExportFormat> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        // What ends in json or md may be anything: those formats are asked for by name.
        let told = ExportFormat::ALL.into_iter().filter(|format| format.has_tables() || format.is_network());
        told.into_iter().find(|format| format.ending() == ending)
    }

    /// Whether it is made of rows: one file for each table.
    pub(super) fn has_tables(self) -> bool {
        matches!(self, ExportFormat::Csv | ExportFormat::CsvRaw | ExportFormat::Jsonl | ExportFormat::Parquet)
    }

    /// Whether it is the network in one file.
    pub(super) fn is_network(self) -> bool {
        matches!(self, ExportFormat::GraphMl | ExportFormat::Gexf)
    }

    /// Whether it needs a file, or a folder of files.
    pub(super) fn needs_output(self) -> bool {
        matches!(self, ExportFormat::Parquet | ExportFormat::Notes)
    }

    /// Whether it may go to a terminal: what it holds cannot act on one.
    pub(super) fn is_for_terminals(self) -> bool {
        !self.is_network() && !self.needs_output()
    }
}
