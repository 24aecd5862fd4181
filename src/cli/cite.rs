//! `onrecord cite`: a reference for one stored quote, and its article to read.

use std::io::{self, BufWriter, IsTerminal, Write};

use clap::ValueEnum;

use crate::cite::{Citation, Page, write_bibtex, write_csl, write_json, write_text};
use crate::cli::outcome::Outcome;
use crate::cli::pager::page;
use crate::cli::settings::Settings;
use crate::cli::streams::has_colors;
use crate::error::Error;
use crate::query::output::OutputFormat;
use crate::query::provenance::provenance;
use crate::query::stored_quote;
use crate::store::open_read_only;

/// Print a reference for a quote
///
/// Who said what, title, author, outlet, date and address of the article; and what the quote is found and checked by: its key,
/// the article with the place of the words in it, the hash of what was read, and which version of onrecord and of its model
/// analyzed it.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord cite 12
  onrecord cite 12 --style bibtex >> sources.bib
  onrecord cite 12 --format json
  onrecord cite 12 --open

The id is the column quote_id of every answer about quotes. It changes when an article is read again; the key does not. \
--open shows the article in $PAGER, or else in less, at the quote, marked [C …]; where standard output is no terminal, it prints \
the paragraph.")]
pub(super) struct CiteArgs {
    /// The id or the key of a quote
    #[arg(value_name = "QUOTE_ID")]
    quote: String,

    /// A style that programs for references read
    #[arg(long, value_name = "STYLE", conflicts_with = "open")]
    style: Option<Style>,

    /// Show the article at the quote
    #[arg(long)]
    open: bool,
}

/// How programs for references write one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Style {
    /// An entry of BibTeX.
    Bibtex,
    /// CSL-JSON, as Zotero and pandoc read it.
    CslJson,
}

/// Runs the command.
pub(crate) fn run(args: &CiteArgs, settings: &Settings) -> Result<Outcome, Error> {
    if matches!(settings.format, OutputFormat::Csv | OutputFormat::CsvRaw | OutputFormat::Markdown) {
        return Err(Error::usage("a quote is cited as text, as JSON, or in a --style")
            .hint("leave out --format, or say --format json"));
    }
    let db = open_read_only(&settings.db)?;
    let quote = stored_quote::quote(&db, &args.quote)?;
    let provenance = provenance(&db, quote.article_id)?;
    let citation = Citation { quote: &quote, provenance: &provenance };
    if args.open && !settings.no_pager && io::stdout().is_terminal() {
        return page(&Page::whole(&citation)).map(|()| Outcome::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    write(args, settings.format, &citation, &mut out).and_then(|()| out.flush()).map_err(Error::output)?;
    Ok(Outcome::Done)
}

fn write(args: &CiteArgs, format: OutputFormat, citation: &Citation, out: &mut dyn Write) -> io::Result<()> {
    if args.open {
        let page = Page::passage(citation, has_colors());
        return page.lines.iter().try_for_each(|line| writeln!(out, "{line}"));
    }
    match (args.style, format) {
        (Some(Style::Bibtex), _) => write_bibtex(citation, out),
        (Some(Style::CslJson), _) => write_csl(citation, out),
        (None, OutputFormat::Json) => write_json(citation, false, out),
        (None, OutputFormat::Jsonl) => write_json(citation, true, out),
        (None, _) => write_text(citation, out),
    }
}
