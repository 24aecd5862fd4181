//! `onrecord demo`: a dozen invented articles, read and asked about, to see in one command what onrecord does.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::annotate::model::Model;
use crate::article::Article;
use crate::cli::outcome::Outcome;
use crate::cli::query::ask;
use crate::cli::settings::{DB_VARIABLE, DEFAULT_DB, Settings};
use crate::cli::streams;
use crate::error::Error;
use crate::ingest::{Findings, Observer, Report};
use crate::pipeline::analyze;
use crate::query::question::Question;
use crate::read::Rejection;
use crate::{ingest, query, store};

/// Invented stories, one JSON object a line. Nobody in them exists.
const ARTICLES: &str = include_str!("../demo/articles.jsonl");

/// What is asked of them.
const ABOUT: &str = "Ingrid Vasko";

/// Try onrecord: read a dozen invented articles and answer a question
///
/// Leaves two files: onrecord-demo.db, the database (or what --db says), and beside it onrecord-demo.jsonl, the
/// articles. Change those and run the demo again to see the facts of a changed article replaced.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  onrecord demo
  onrecord demo --db demo.db
  onrecord query \"who is Kwame Brandt?\" --db onrecord-demo.db")]
pub(super) struct DemoArgs {}

/// Runs the command.
pub(crate) fn run(_args: &DemoArgs, settings: &Settings) -> Result<Outcome, Error> {
    let db = demo_database(settings);
    let articles = db.with_extension("jsonl");
    check_database(&db, &articles)?;
    write_articles(&articles)?;
    let report = ingest_articles(&db, &articles)?;

    let shown = Settings { db: db.clone(), ..settings.clone() };
    let question = format!("who said what about {ABOUT}?");
    say(settings, &format!("{} articles in {}. {question}\n", report.articles(), db.display()))?;
    ask(&Question { about: vec![ABOUT.to_owned()], limit: Some(6), ..Question::default() }, &shown)?;
    let db = db.display();
    say(
        settings,
        &format!(
            "\nAsk more:\n  \
             onrecord query \"what did Helena Strand say since March 2025?\" --db {db}\n  \
             onrecord query \"who is Kwame Brandt?\" --db {db}\n  \
             onrecord saved run most_quoted --db {db}\n\
             Open the file in SQLite:\n  \
             sqlite3 -box {db} \"SELECT speaker, quote, about FROM who_said_what LIMIT 10\""
        ),
    )?;
    Ok(Outcome::Done)
}

/// The file that `--db` names. The usual database is not the place for invented articles, nor is that of
/// `$ONRECORD_DB`.
fn demo_database(settings: &Settings) -> PathBuf {
    let usual = settings.db == Path::new(DEFAULT_DB)
        || std::env::var_os(DB_VARIABLE).is_some_and(|db| settings.db == db);
    if usual { PathBuf::from("onrecord-demo.db") } else { settings.db.clone() }
}

/// A word to the person: on standard output, unless a program reads that.
fn say(settings: &Settings, text: &str) -> Result<(), Error> {
    if settings.quiet {
        return Ok(());
    }
    if settings.format.is_for_people() {
        return writeln!(streams::standard_output(), "{text}").map_err(Error::output);
    }
    text.lines().for_each(streams::say);
    Ok(())
}

/// Refuses a database that holds anything but the demo.
fn check_database(db: &Path, articles: &Path) -> Result<(), Error> {
    if !db.exists() {
        return Ok(());
    }
    let inputs = query::inputs(&*store::open_read_only(db)?)?;
    let own = serde_json::json!([articles.display().to_string()]).to_string();
    if inputs.iter().all(|input| *input == own) {
        return Ok(());
    }
    Err(Error::new(format!("{} holds more than the demo and is left alone", db.display()))
        .hint("choose another file with --db FILE"))
}

/// Writes the articles, unless they are there: they may have been changed to see what happens.
fn write_articles(path: &Path) -> Result<(), Error> {
    if path.exists() {
        return Ok(());
    }
    std::fs::write(path, ARTICLES)
        .map_err(|cause| Error::new(format!("cannot write {}", path.display())).because(cause))
        .map_err(|error| error.hint("choose another file with --db FILE"))
}

fn ingest_articles(db: &Path, articles: &Path) -> Result<Report, Error> {
    let model = Model::embedded();
    let settings = ingest::IngestSettings {
        inputs: vec![articles.to_owned()],
        threads: 1,
        model: "demo".to_owned(),
        ..ingest::IngestSettings::default()
    };
    let analyze = |article: &Article| Some(Findings::from(analyze(article, model)));
    let (report, _) =
        ingest::run(db, &settings, &analyze, &mut Rejections, &Arc::new(AtomicBool::new(false)))?;
    Ok(report)
}

/// Tells of rejected articles only: there are none, unless somebody has changed the file.
struct Rejections;

impl Observer for Rejections {
    fn progress(&mut self, _: &Report) {}

    fn rejected(&mut self, rejection: &Rejection) {
        streams::say(&format!("rejected: {rejection}"));
    }

    fn skipped(&mut self, _: &str) {}
    fn leads_out(&mut self, _: &str) {}

    fn partial(&mut self, _: &str, _: Option<u64>, _: &str) {}

    fn odd(&mut self, _: &str, _: Option<u64>, _: &str) {}
}
