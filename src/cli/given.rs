//! The flags of `ingest` by which the caller says of articles what their files lack, and what is said of them at the end.

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::read::{self, Given, Metadata, PathPattern, Said};

/// What the caller says of the articles.
#[derive(clap::Args)]
#[command(next_help_heading = "What the files lack")]
pub(super) struct GivenArgs {
    /// Who published the articles that do not say it
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,

    /// When the articles were published that do not say it
    #[arg(long, value_name = "DATE")]
    published: Option<String>,

    /// What the names of files and folders say: '{publisher}/{published}-{title}', also {author}, {id}, {url}, {language},
    /// {year}/{month}/{day}, and {_} for anything
    #[arg(long, value_name = "PATTERN")]
    path_pattern: Option<String>,

    /// A table (CSV, TSV, JSON lines) whose column path, file or filename names each file, from the folder of the table or
    /// the input, and whose other columns are fields of its article
    #[arg(long, value_name = "FILE")]
    metadata: Option<PathBuf>,

    /// What these four give comes before what a file says of itself
    #[arg(long = "override")]
    wins: bool,
}

impl GivenArgs {
    /// Reads what is given of the files among `inputs`.
    pub(super) fn read(&self, inputs: &[PathBuf], options: &read::Options) -> Result<Given, Error> {
        if self.wins
            && [&self.publisher, &self.published, &self.path_pattern].iter().all(|given| given.is_none())
            && self.metadata.is_none()
        {
            return Err(Error::usage("--override has nothing that could come first")
                .hint("give --publisher, --published, --path-pattern or --metadata"));
        }
        let said = Said {
            publisher: self
                .publisher
                .as_ref()
                .map(|name| name.trim().to_owned())
                .filter(|name| !name.is_empty()),
            published_at: self
                .published
                .as_deref()
                .map(|date| read::given_date(date, options.date_order))
                .transpose()?,
            pattern: self.path_pattern.as_deref().map(PathPattern::parse).transpose()?,
            metadata: self.metadata.as_deref().map(|path| Metadata::read(path, options)).transpose()?,
            wins: self.wins,
            date_order: options.date_order,
        };
        Ok(Given::new(said, inputs.iter().map(PathBuf::as_path)))
    }

    /// Whether what is given goes by where files lie.
    pub(super) fn is_by_path(&self) -> bool {
        self.metadata.is_some() || self.path_pattern.is_some()
    }

    /// The table of metadata, which is no input itself.
    pub(super) fn table(&self) -> Option<&Path> {
        self.metadata.as_deref()
    }
}

/// What found no partner, in words; `all` says that all files were met.
pub(super) fn remarks(given: &Given, all: bool) -> Vec<String> {
    let files = |count: u64, one: &str, several: &str| match count {
        0 => None,
        1 => Some(format!("1 file {one}")),
        count => Some(format!("{count} files {several}")),
    };
    let rows = |count: u64, one: &str, several: &str| match count {
        0 => None,
        1 => Some(format!("1 row of --metadata {one}")),
        count => Some(format!("{count} rows of --metadata {several}")),
    };
    let unmet = if all { given.rows_without_file() } else { 0 };
    [
        files(given.unlike_pattern(), "does not match --path-pattern", "do not match --path-pattern"),
        files(given.without_row(), "has no row in --metadata", "have no row in --metadata"),
        rows(unmet, "names a file that was not read", "name files that were not read"),
        rows(
            given.rows_left_out(),
            "names no file, or one that a row before it names",
            "name no file, or one that a row before them names",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
