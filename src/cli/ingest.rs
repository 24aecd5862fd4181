//! `onrecord ingest`: files and folders into the database.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use indicatif::{HumanBytes, ProgressBar, ProgressStyle};

use crate::annotate::model::Model;
use crate::article::Article;
use crate::cli::date_order_parser;
use crate::cli::outcome::Outcome;
use crate::cli::settings::{Settings, own_program};
use crate::cli::stop::{STOPPED, stop_on_signals};
use crate::cli::streams::say;
use crate::error::Error;
use crate::gear::Gear;
use crate::ingest::{Findings, Observer, Report, WORKER};
use crate::pipeline::analyze_until;
use crate::read::{DateOrder, FORMATS, Map, Rejection};
use crate::store::{IfUnchanged, StoredArticle, Totals};
use crate::terminal::one_line;
use crate::{ingest, read};

/// Rejected documents are named one by one up to this many.
const NAMED: u64 = 20;

/// Read articles into the database
///
/// Files, folders, or - for standard input; archives (zip, tar, WARC) and packed files (gzip, zstd, bzip2, xz) are opened in
/// place. The format is recognized from the content: text, Markdown, JSON, CSV, feeds, mail, the XML of agencies, Word and
/// others (docs/input.md). Reading the same article again changes nothing; a changed article
/// replaces its own earlier facts, and its earlier text is kept. An article that has the id, address or file name of
/// another, but neither its headline nor most of its words, is kept beside it. Ctrl-C, SIGTERM and SIGHUP end it
/// cleanly within a second, and the same command then goes on where it stopped.
///
/// A text of more than 50,000 words is analyzed in parts; of one of more than 200,000, two novels, the facts of
/// the beginning are found, and that is said.
///
/// Articles in other languages than English are stored with their language and not analyzed; what copies of an article
/// print again counts once in answers.
///
/// Exit code: 0 if all went in, 3 if documents were rejected (each is named and kept in ingest_errors),
/// 130 after Ctrl-C, SIGTERM or SIGHUP.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord ingest archive.jsonl.gz
  onrecord ingest stories/ more-stories.json --db town.db
  onrecord ingest api.jsonl --map body=content.plain")]
pub(super) struct IngestArgs {
    /// Files and folders, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Read every file as this format, whatever it looks like
    #[arg(long, value_name = "FORMAT", value_parser = FORMATS.iter().map(|format| format.name()).collect::<Vec<_>>())]
    input_format: Option<String>,

    /// Which field of a record holds what, where its name does not tell: body=content.plain (repeatable)
    #[arg(long, value_name = "WHAT=FIELD")]
    map: Vec<String>,

    /// Follow links that lead out of a folder that is read
    #[arg(long)]
    follow: bool,

    /// Whether 3/4/2016 is March 4 (mdy) or April 3 (dmy): such dates are left out unless this says so
    #[arg(long, value_name = "ORDER", value_parser = date_order_parser())]
    date_order: Option<DateOrder>,

    /// How many threads analyze [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Analyze stored articles again, even where they have not changed
    #[arg(long)]
    reanalyze: bool,

    /// Without the encoders: some three times as fast, and more reports and names are missed; for archives of millions
    #[arg(long)]
    fast: bool,
}

/// Runs the command.
pub(crate) fn run(args: &IngestArgs, settings: &Settings) -> Result<Outcome, Error> {
    // First of all: reading the model takes a moment.
    let stop = stop_on_signals()?;
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    let gear = if args.fast { Gear::Fast } else { Gear::Full };
    let model = Model::embedded_in(gear);
    let ingest = ingest::IngestSettings {
        inputs: args.paths.clone(),
        reading: read::Options {
            format: args.input_format.as_deref().and_then(read::format_named),
            map: Map::parse(args.map.iter().map(String::as_str))?,
            not_input: Vec::new(),
            follow: args.follow,
            date_order: args.date_order,
            pdf_program: own_program(),
        },
        threads: args.threads.map_or_else(processors, usize::from),
        if_unchanged: if args.reanalyze { IfUnchanged::Reanalyze } else { IfUnchanged::Keep },
        model: model.checksum().to_owned(),
        gear,
    };
    keep_panics_of_workers_quiet();
    let mut console = Console::new(settings);
    let analyze = |article: &Article| analyze_until(article, model, &stop).map(Findings::from);
    let result = ingest::run(&settings.db, &ingest, &analyze, &mut console, &stop);
    console.bar.finish_and_clear();
    let (report, totals) = result?;
    console.summarize(&report, &totals);
    Ok(if report.stopped {
        Outcome::Interrupted
    } else if report.counts.rejected > 0 {
        Outcome::SomeRejected
    } else {
        Outcome::Done
    })
}

/// A panic in a worker becomes a rejection with its reason; it needs no second message.
fn keep_panics_of_workers_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !std::thread::current().name().is_some_and(|name| name.starts_with(WORKER)) {
            usual(panic);
        }
    }));
}

/// Where a document stands.
fn place(source: &str, line: Option<u64>) -> String {
    line.map_or_else(|| source.to_owned(), |line| format!("{source}:{line}"))
}

/// Tells on standard error what happens.
struct Console {
    bar: ProgressBar,
    quiet: bool,
    verbose: bool,
    /// How many rejections were named.
    named: u64,
    /// How many articles were named that are analyzed in part.
    partial: u64,
}

impl Console {
    fn new(settings: &Settings) -> Self {
        let bar = if settings.quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let bar = ProgressBar::new_spinner();
            // The template is a constant that is known to be right.
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        };
        Console { bar, quiet: settings.quiet, verbose: settings.verbose, named: 0, partial: 0 }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    fn summarize(&self, report: &Report, totals: &Totals) {
        // With -v those that are not named were counted with their file.
        if report.counts.rejected > self.named && !self.verbose {
            let more = report.counts.rejected - self.named;
            self.say(&format!("… and {more} more rejected: see the table ingest_errors"));
        }
        if self.quiet {
            return;
        }
        let counts = &report.counts;
        self.say(&format!(
            "{} new, {} unchanged, {} replaced, {} rejected in {:.1} s ({:.0} articles/s)",
            counts.added,
            counts.unchanged,
            counts.replaced,
            counts.rejected,
            report.elapsed.as_secs_f64(),
            report.speed(),
        ));
        if report.partial > 0 {
            self.say(&format!(
                "{} of them too long to be analyzed whole: stored whole, with the facts of the beginning",
                report.partial
            ));
        }
        if !report.foreign.is_empty() {
            let mut by_language: Vec<(&String, &u64)> = report.foreign.iter().collect();
            by_language.sort_by_key(|(_, articles)| std::cmp::Reverse(**articles));
            let named: Vec<String> =
                by_language.iter().map(|(language, articles)| format!("{language} {articles}")).collect();
            self.say(&format!(
                "{} of them not in English ({}): stored, not analyzed",
                report.foreign.values().sum::<u64>(),
                one_line(&named.join(", ")),
            ));
        }
        if report.skipped > 0 {
            self.say(&format!(
                "{} hidden files, folders, links within a folder or files of the database were passed over (-v names them)",
                report.skipped
            ));
        }
        if report.beside > 0 {
            self.say(&format!(
                "{} of the new articles have the id, address or file name of another one but other words, and are kept \
                 beside it (-v names them)",
                report.beside
            ));
        }
        if report.links > 0 {
            self.say(&format!(
                "{} links that lead out of their folder were not followed (-v names them, --follow follows them)",
                report.links
            ));
        }
        if report.doubts > 0 {
            self.say(&format!(
                "{} oddities, such as dates that cannot be read (-v names them)",
                report.doubts
            ));
        }
        if self.verbose && report.warnings > 0 {
            self.say(&format!(
                "{} places in the texts were odd, such as open quotation marks",
                report.warnings
            ));
        }
        self.say(&format!(
            "the database now holds {} articles, {} people, {} organizations, {} quotes",
            totals.articles, totals.people, totals.organizations, totals.quotes,
        ));
        if report.stopped {
            self.say(STOPPED);
        }
    }
}

/// An article that is stored, as a message names it.
fn named(article: &StoredArticle) -> String {
    let title = article.title.as_ref().map(|title| format!(" “{title}”")).unwrap_or_default();
    format!("article {}{title} ({}, read {})", article.id, article.source, article.read_at)
}

impl Observer for Console {
    fn progress(&mut self, report: &Report) {
        self.bar.set_message(format!(
            "{} articles, {}, {:.0} articles/s, {} rejected",
            report.articles(),
            HumanBytes(report.bytes),
            report.speed(),
            report.counts.rejected,
        ));
    }

    fn rejected(&mut self, rejection: &Rejection) {
        if self.named < NAMED || self.verbose {
            self.named += 1;
            self.say(&format!("rejected: {rejection}"));
        }
    }

    fn skipped(&mut self, source: &str) {
        if self.verbose {
            self.say(&format!("passed over: {source}"));
        }
    }

    fn revised(&mut self, before: &StoredArticle, source: &str, line: Option<u64>) {
        if self.verbose {
            self.say(&format!("replaced: {} by {}", named(before), place(source, line)));
        }
    }

    fn beside(&mut self, other: &StoredArticle, source: &str, line: Option<u64>) {
        if self.verbose {
            self.say(&format!("kept beside {}: {}", named(other), place(source, line)));
        }
    }

    fn leads_out(&mut self, source: &str) {
        if self.verbose {
            self.say(&format!("not followed: {source}"));
        }
    }

    fn partial(&mut self, source: &str, line: Option<u64>, what: &str) {
        self.partial += 1;
        if self.partial <= NAMED || self.verbose {
            self.say(&format!("analyzed in part: {}: {what}", place(source, line)));
        }
    }

    fn odd(&mut self, source: &str, line: Option<u64>, what: &str) {
        if self.verbose {
            self.say(&format!("odd: {}: {what}", place(source, line)));
        }
    }
}
