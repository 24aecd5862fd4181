//! The formats by name.

/// How rows are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum OutputFormat {
    /// Made for reading: quotes one after the other, at full width; other rows as a table.
    #[default]
    List,
    /// Columns under each other, as wide as the terminal.
    Table,
    /// One JSON array of objects.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header, safe in a spreadsheet: text that it would take for a formula gets an
    /// apostrophe before it.
    Csv,
    /// The same with all text as it is stored.
    CsvRaw,
    /// A table in Markdown.
    Markdown,
}

impl OutputFormat {
    /// All formats, in the order in which help lists them.
    pub const ALL: [OutputFormat; 7] = [
        OutputFormat::List,
        OutputFormat::Table,
        OutputFormat::Json,
        OutputFormat::Jsonl,
        OutputFormat::Csv,
        OutputFormat::CsvRaw,
        OutputFormat::Markdown,
    ];

    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            OutputFormat::List => "list",
            OutputFormat::Table => "table",
            OutputFormat::Json => "json",
            OutputFormat::Jsonl => "jsonl",
            OutputFormat::Csv => "csv",
            OutputFormat::CsvRaw => "csv-raw",
            OutputFormat::Markdown => "markdown",
        }
    }

    /// The format that a word on the command line stands for.
    pub fn named(name: &str) -> Option<OutputFormat> {
        OutputFormat::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Whether people read it, rather than programs: few columns and no more than [`most_rows`] says unless asked.
    pub fn is_for_people(self) -> bool {
        matches!(self, OutputFormat::List | OutputFormat::Table | OutputFormat::Markdown)
    }
}

/// How many rows people are shown unless they ask for another number.
const PAGE: u64 = 50;

/// How many rows are shown where so many were asked for: 0 asks for all, and who asks for nothing gets a page for people and all for
/// programs.
pub fn most_rows(asked: Option<u64>, for_people: bool) -> u64 {
    match asked {
        None if for_people => PAGE,
        None | Some(0) => u64::MAX,
        Some(limit) => limit,
    }
}
