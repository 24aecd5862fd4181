//! `onrecord ingest`: files and folders into the database.

use std::io::IsTerminal;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use crate::annotate::model::Model;
use crate::article::{Article, STANDARD_INPUT};
use crate::cli::fields::{self, met_nothing};
use crate::cli::given::{GivenArgs, remarks};
use crate::cli::inputs::{InputArgs, Inputs};
use crate::cli::outcome::Outcome;
use crate::cli::reading::ReadingArgs;
use crate::cli::settings::Settings;
use crate::cli::stop::{STOPPED, stop_on_signals};
use crate::cli::streams::say;
use crate::error::Error;
use crate::gear::Gear;
use crate::ingest::retry::Retry;
use crate::ingest::{DryReport, Findings, Observer, Progress, Report, WORKER};
use crate::pipeline::analyze_until;
use crate::read::{FieldNote, Given, Rejection};
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
/// With --retry-errors the files are read again that hold what `onrecord errors` lists; what goes in now is listed no more.
/// Give the options that the files need. A file that is gone is said, and its errors are kept.
///
/// Exit code: 0 if all went in; 3 if documents were rejected (each is named, and listed by `onrecord errors`) or a --map
/// met nothing; 2 if it met nothing and no article was read; 130 after Ctrl-C, SIGTERM or SIGHUP.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord ingest archive.jsonl.gz
  onrecord ingest stories/ more-stories.json --db town.db
  onrecord ingest api.jsonl --map body=content.plain
  onrecord ingest texts/ --publisher \"The Courier\" --path-pattern '{published}-{title}' --dry-run
  find . -name '*.html' -print0 | onrecord ingest --files-from - -0 --only-changed
  onrecord ingest --retry-errors")]
pub(super) struct IngestArgs {
    #[command(flatten)]
    inputs: InputArgs,

    /// Read the files again that hold rejected documents (of PATH, if given), and forget the errors that are solved
    #[arg(long, conflicts_with_all = ["only_changed", "dry_run"])]
    retry_errors: bool,

    #[command(flatten)]
    reading: ReadingArgs,

    /// How many threads analyze [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Analyze stored articles again, even where they have not changed
    #[arg(long)]
    reanalyze: bool,

    /// Without the encoders: some three times as fast, and more reports and names are missed; for archives of millions
    #[arg(long)]
    fast: bool,

    /// Do not open files that have the size and the time of change that they had when a run took them whole
    #[arg(long, conflicts_with = "reanalyze")]
    only_changed: bool,

    /// Read all inputs, and say what would be taken: nothing is analyzed or stored, and no database is made
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    given: GivenArgs,
}

/// Runs the command.
pub(crate) fn run(args: &IngestArgs, settings: &Settings) -> Result<Outcome, Error> {
    // First of all: reading the model takes a moment.
    let stop = stop_on_signals()?;
    let inputs = args.inputs.read()?;
    let mut console = Console::new(settings);
    if inputs.paths.is_empty() && (!args.retry_errors || inputs.noted.is_some()) {
        console.remark("the list names no file: there is nothing to do");
        return Ok(Outcome::Done);
    }
    let (reading, given) = args.reading(&inputs)?;
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    let gear = if args.fast { Gear::Fast } else { Gear::Full };
    let mut ingest = ingest::IngestSettings {
        inputs: inputs.paths,
        noted_inputs: inputs.noted,
        only_changed: args.only_changed,
        reading,
        threads: args.threads.map_or_else(processors, usize::from),
        if_unchanged: if args.reanalyze { IfUnchanged::Reanalyze } else { IfUnchanged::Keep },
        model: String::new(),
        gear,
        retried: Vec::new(),
        measured: console.shows_progress(),
    };
    let mut gone = 0;
    if args.retry_errors {
        if ingest.inputs.is_empty() && args.given.is_by_path() {
            return Err(Error::usage("--retry-errors alone does not know from where paths are counted")
                .hint("name the files and folders that were read, so that --metadata and --path-pattern find them"));
        }
        let retry = ingest::retry::find(&settings.db, &ingest.inputs, &stop)?;
        gone = console.tell_gone(&retry);
        if retry.inputs.is_empty() {
            console.tell_nothing_to_retry(gone);
            return Ok(if gone > 0 { Outcome::SomeRejected } else { Outcome::Done });
        }
        (ingest.inputs, ingest.retried) = (retry.inputs, retry.errors);
    }
    keep_panics_of_workers_quiet();
    if args.dry_run {
        return dry_run(&ingest, &given, console, settings, &stop);
    }
    let model = Model::embedded_in(gear);
    model.checksum().clone_into(&mut ingest.model);
    let analyze = |article: &Article| analyze_until(article, model, &stop).map(Findings::from);
    let result = ingest::run(&settings.db, &ingest, &analyze, &mut console, &stop);
    console.bar.finish_and_clear();
    let (report, totals) = result?;
    let unmet = unmet(&ingest, report.stopped, report.unread);
    console.summarize(&report, &totals, &given, &unmet);
    console.outcome(&unmet, report.articles(), report.stopped, report.counts.rejected > 0 || gone > 0)
}

/// What `--map` names and no record has; of files that were not opened nobody knows what they have.
fn unmet(ingest: &ingest::IngestSettings, stopped: bool, unread: u64) -> Vec<FieldNote> {
    if stopped || unread > 0 { Vec::new() } else { ingest.reading.map.unmet() }
}

impl IngestArgs {
    /// How to read, and what is given beside the files.
    fn reading(&self, inputs: &Inputs) -> Result<(read::Options, Arc<Given>), Error> {
        let mut reading = self.reading.options()?;
        reading.not_input = self.given.table().map(Path::to_owned).into_iter().collect();
        let given = Arc::new(self.given.read(&inputs.paths, &reading)?);
        reading.given = Arc::clone(&given);
        Ok((reading, given))
    }
}

/// Says what a run would take.
fn dry_run(
    ingest: &ingest::IngestSettings,
    given: &Given,
    mut console: Console,
    settings: &Settings,
    stop: &Arc<AtomicBool>,
) -> Result<Outcome, Error> {
    let result = ingest::dry_run(&settings.db, ingest, &mut console, stop);
    console.bar.finish_and_clear();
    let report = result?;
    console.summarize_dry(&report, given);
    let unmet = unmet(ingest, report.stopped, report.unread);
    console.outcome(&unmet, report.articles(), report.stopped, report.rejected > 0)
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

/// What is shown where nobody knows how much there is to read, and where it is known.
const UNMEASURED: &str = "{spinner} {elapsed_precise} {msg}";
const MEASURED: &str =
    "{spinner} {elapsed_precise} {bar:20} {percent} %, {binary_bytes_per_sec}, {eta} left; {msg}";

fn set_template(bar: &ProgressBar, template: &str) {
    // The templates are constants that are known to be right.
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
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
            set_template(&bar, UNMEASURED);
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        };
        Console { bar, quiet: settings.quiet, verbose: settings.verbose, named: 0, partial: 0 }
    }

    fn shows_progress(&self) -> bool {
        !self.bar.is_hidden()
    }

    /// Says of errors that cannot be tried again why not; gives their number.
    fn tell_gone(&self, retry: &Retry) -> u64 {
        for (path, count) in &retry.gone {
            let why = if path == STANDARD_INPUT || path.starts_with("-!") {
                "standard input cannot be read again"
            } else {
                "it is not there any more, or was named from another folder"
            };
            let errors = if *count == 1 { "error is" } else { "errors are" };
            self.say(&format!("not tried again: {path}: {why}; its {count} {errors} kept"));
        }
        retry.gone.iter().map(|(_, count)| count).sum()
    }

    fn tell_nothing_to_retry(&self, gone: u64) {
        if !self.quiet && gone == 0 {
            self.say("nothing is listed as rejected");
        }
    }

    fn say(&self, line: &str) {
        self.bar.suspend(|| say(line));
    }

    /// How a run ended, or one that was only tried.
    fn outcome(
        &self,
        unmet: &[FieldNote],
        articles: u64,
        stopped: bool,
        rejected: bool,
    ) -> Result<Outcome, Error> {
        if !unmet.is_empty() && articles == 0 {
            let words: Vec<String> = unmet.iter().map(met_nothing).collect();
            return Err(Error::usage(words.join("; ")).hint(
                "see which fields there are, and what is taken from each, with: onrecord inspect FILE",
            ));
        }
        unmet.iter().for_each(|note| self.say(&format!("error: {}", met_nothing(note))));
        Ok(if stopped {
            Outcome::Interrupted
        } else if rejected || !unmet.is_empty() {
            Outcome::SomeRejected
        } else {
            Outcome::Done
        })
    }

    /// Says a line that is no error.
    fn remark(&self, line: &str) {
        if !self.quiet {
            self.say(line);
        }
    }

    fn summarize_dry(&self, report: &DryReport, given: &Given) {
        if report.rejected > self.named && !self.verbose {
            let more = report.rejected - self.named;
            self.say(&format!("… and {more} more rejected (-v names them)"));
        }
        let formats: Vec<String> =
            report.formats.iter().map(|(format, count)| format!("{count} {format}")).collect();
        let formats = if formats.is_empty() { String::new() } else { format!(" ({})", formats.join(", ")) };
        let known = report.known.map(|known| format!(", {known} of them stored already"));
        self.remark(&format!(
            "would take {} articles{formats}{}, {} rejected in {:.1} s",
            report.articles(),
            known.unwrap_or_default(),
            report.rejected,
            report.elapsed.as_secs_f64(),
        ));
        self.remark_on_files(report.skipped, report.links, report.unread, report.doubts);
        remarks(given, !report.stopped).iter().for_each(|line| self.remark(line));
        self.remark(if report.stopped { "stopped early; nothing was stored" } else { "nothing was stored" });
    }

    /// Says what was passed over, and what was odd.
    fn remark_on_files(&self, skipped: u64, links: u64, unread: u64, doubts: u64) {
        for (count, what) in [
            (
                skipped,
                "hidden files, folders, links within a folder or files of the database were passed over (-v names them)",
            ),
            (
                links,
                "links that lead out of their folder were not followed (-v names them, --follow follows them)",
            ),
            (
                unread,
                "files were not opened: they are as they were when they were taken whole (-v names them)",
            ),
            (doubts, "oddities, such as dates that cannot be read (-v names them)"),
        ] {
            if count > 0 {
                self.remark(&format!("{count} {what}"));
            }
        }
    }

    fn summarize(&self, report: &Report, totals: &Totals, given: &Given, unmet: &[FieldNote]) {
        // With -v those that are not named were counted with their file.
        if report.counts.rejected > self.named && !self.verbose {
            let more = report.counts.rejected - self.named;
            self.say(&format!("… and {more} more rejected: onrecord errors lists them"));
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
        if report.beside > 0 {
            self.say(&format!(
                "{} of the new articles have the id, address or file name of another one but other words, and are kept \
                 beside it (-v names them)",
                report.beside
            ));
        }
        if report.solved > 0 {
            self.say(&format!("solved: {} of what earlier runs rejected", report.solved));
        }
        fields::lines(&report.fields, unmet).iter().for_each(|line| self.say(line));
        self.remark_on_files(report.skipped, report.links, report.unread, report.doubts);
        remarks(given, !report.stopped).iter().for_each(|line| self.say(line));
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
        let said = format!(
            "{} articles, {:.0} articles/s, {} rejected",
            HumanCount(report.articles()),
            report.speed(),
            report.counts.rejected,
        );
        let Progress { position, total, source, .. } = &report.progress;
        let Some(total) = total.filter(|total| *total > 0) else {
            self.bar.set_message(format!("{said}, {}", HumanBytes(report.bytes)));
            return;
        };
        if self.bar.length().is_none() {
            set_template(&self.bar, MEASURED);
        }
        // A file that grows meanwhile is no more than all.
        self.bar.set_length(total.max(position.all));
        self.bar.set_position(position.all);
        let of_file = (position.size > 0 && position.size < total)
            .then(|| format!("; {} {} %", one_line(source), position.file * 100 / position.size));
        self.bar.set_message(format!("{said}{}", of_file.unwrap_or_default()));
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

    fn unchanged(&mut self, source: &str) {
        if self.verbose {
            self.say(&format!("not opened: {source}"));
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
