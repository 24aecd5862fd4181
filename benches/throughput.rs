//! How fast language, facts, store, ingest and query are, each by the functions that the program calls.
//!
//! ```text
//! cargo bench                              # compares with the run before
//! cargo bench -- --save-baseline main      # keeps what it measures under a name
//! cargo bench -- --baseline main           # compares with what was kept
//! cargo bench -- query                     # one group
//! ONRECORD_BENCH_ARTICLES=archive.jsonl.gz cargo bench
//! ```
//!
//! One iteration goes through all articles: the invented ones of the demo and the tests, or as many as are enough from the
//! files in `ONRECORD_BENCH_ARTICLES`, in any format that onrecord reads. Questions are always asked about the invented
//! ones, since they have to be about somebody. For language and facts an element is a word, for the store an article.

use std::collections::HashMap;
use std::fmt::Display;
use std::fs;
use std::hint::black_box;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::NaiveDate;
use criterion::{BatchSize, Criterion, Throughput};
use onrecord::annotate::Model;
use onrecord::annotate::{Annotations, annotate};
use onrecord::article::Article;
use onrecord::error::Error;
use onrecord::facts::Facts;
use onrecord::gear::Gear;
use onrecord::ingest::{self, Analyze, Findings, IngestSettings, Observer, Report};
use onrecord::pipeline::{self, analyze};
use onrecord::query::output::{Cell, Sink};
use onrecord::query::question::parse::parse;
use onrecord::query::{self, Audience, Reader};
use onrecord::read::{self, Found, Rejection};
use onrecord::store::{IfUnchanged, RunCounts, Saved, Store, open_read_only};
use tempfile::TempDir;

/// Where files to measure with are named, separated as in `PATH`.
const VARIABLE: &str = "ONRECORD_BENCH_ARTICLES";

/// How much text one iteration goes through at most, in bytes: a second or two of analysis.
const ENOUGH: usize = 200_000;

/// The questions of the README; the demo's articles have an answer to each.
const QUESTIONS: [&str; 6] = [
    "who said what about Tidewell Ferries?",
    "what did Ingrid Vasko say about Helena Strand?",
    "what has Ingrid Vasko said since March 2024?",
    "who said \"bridge\"?",
    "who is Kwame Brandt?",
    "who leads Tidewell Ferries?",
];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let articles = match std::env::var_os(VARIABLE) {
        Some(files) => read_articles(&std::env::split_paths(&files).collect::<Vec<_>>()),
        None => read_articles(&invented()),
    };
    assert!(!articles.is_empty(), "{VARIABLE} names no article");
    language(&mut criterion, &articles);
    facts(&mut criterion, &articles);
    store(&mut criterion, &articles);
    ingesting(&mut criterion, &articles);
    questions(&mut criterion);
    criterion.final_summary();
}

/// The stages of language, and what every start of the program costs: unpacking the model.
fn language(criterion: &mut Criterion, articles: &[Article]) {
    let mut group = criterion.benchmark_group("language");
    group.sample_size(10);
    let file = must(fs::read(root().join("model/english.bin")));
    group.bench_function("model", |bencher| bencher.iter(|| must(Model::read(&file))));

    let model = Model::embedded();
    let words: usize = articles.iter().map(|article| annotate(article, model).document.tokens.len()).sum();
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("annotate", |bencher| {
        bencher.iter(|| articles.iter().for_each(|article| drop(black_box(annotate(article, model)))));
    });
    group.finish();
}

/// The stages of facts, alone and behind those of language.
fn facts(criterion: &mut Criterion, articles: &[Article]) {
    let model = Model::embedded();
    let texts: Vec<Annotations<'_>> = articles.iter().map(|article| annotate(article, model)).collect();
    let words: usize = texts.iter().map(|text| text.document.tokens.len()).sum();
    let mut group = criterion.benchmark_group("facts");
    group.sample_size(10).throughput(Throughput::Elements(words as u64));
    group.bench_function("alone", |bencher| {
        bencher.iter(|| texts.iter().for_each(|text| drop(black_box(pipeline::facts(text, model)))));
    });
    group.bench_function("analyze", |bencher| {
        bencher.iter(|| articles.iter().for_each(|article| drop(black_box(analyze(article, model)))));
    });
    group.finish();
}

/// Saving analyzed articles in a database that is made anew for each iteration, outside what is measured.
fn store(criterion: &mut Criterion, articles: &[Article]) {
    let model = Model::embedded();
    let facts: Vec<Facts> = articles.iter().map(|article| analyze(article, model).facts).collect();
    let fresh = || {
        let folder = must(TempDir::new());
        let store = must(Store::open(&folder.path().join("bench.db")));
        (folder, store)
    };
    let mut group = criterion.benchmark_group("store");
    group.sample_size(20).throughput(Throughput::Elements(articles.len() as u64));
    group.bench_function("save", |bencher| {
        let save_all = |(folder, mut store): (TempDir, Store)| {
            must(save(&mut store, articles, &facts));
            (folder, store)
        };
        bencher.iter_batched(fresh, save_all, BatchSize::PerIteration);
    });
    group.finish();
}

/// Files to rows on two threads: with the analysis, in both gears, and with what it found at hand, which is what writing takes.
fn ingesting(criterion: &mut Criterion, articles: &[Article]) {
    let folder = must(TempDir::new());
    let input = folder.path().join("articles.jsonl");
    let lines = articles.iter().enumerate().map(|(number, article)| {
        let line = serde_json::json!({
            "id": number.to_string(), "title": article.title, "author": article.author, "publisher": article.publisher,
            "published_at": article.published_at, "text": article.body,
        });
        format!("{line}\n")
    });
    must(fs::write(&input, lines.collect::<String>()));
    let mut group = criterion.benchmark_group("ingest");
    group.sample_size(10).throughput(Throughput::Elements(articles.len() as u64));
    for gear in [Gear::Full, Gear::Fast] {
        let model = Model::embedded_in(gear);
        let analyzed = |article: &Article| Some(Findings::from(analyze(article, model)));
        let found: HashMap<Option<String>, Facts> = {
            let found = Mutex::new(HashMap::new());
            ingest_all(&input, gear, &|article| {
                let facts = analyze(article, model).facts;
                must(found.lock()).insert(article.external_id.clone(), facts.clone());
                Some(Findings { facts, ..Findings::default() })
            });
            must(found.into_inner())
        };
        let written = |article: &Article| {
            let facts = found.get(&article.external_id).cloned().unwrap_or_default();
            Some(Findings { facts, ..Findings::default() })
        };
        let gear_name = gear.name();
        group.bench_function(format!("{gear_name}/whole"), |bencher| {
            bencher.iter(|| ingest_all(&input, gear, &analyzed));
        });
        group.bench_function(format!("{gear_name}/writing"), |bencher| {
            bencher.iter(|| ingest_all(&input, gear, &written));
        });
    }
    group.finish();
}

/// Ingests a file into a new database on two threads.
fn ingest_all(input: &Path, gear: Gear, analyze: Analyze<'_>) {
    let folder = must(TempDir::new());
    let settings =
        IngestSettings { inputs: vec![input.to_owned()], threads: 2, gear, ..IngestSettings::default() };
    let stop = Arc::new(AtomicBool::new(false));
    let (report, _) =
        must(ingest::run(&folder.path().join("bench.db"), &settings, analyze, &mut Silent, &stop));
    assert_eq!(report.counts.rejected, 0);
}

/// Says nothing of a run.
struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _: &Report) {}
    fn rejected(&mut self, rejection: &Rejection) {
        eprintln!("{rejection}");
    }
    fn skipped(&mut self, _: &str) {}
    fn leads_out(&mut self, _: &str) {}
    fn partial(&mut self, _: &str, _: Option<u64>, _: &str) {}
    fn odd(&mut self, _: &str, _: Option<u64>, _: &str) {}
}

/// Questions from their words to their rows.
fn questions(criterion: &mut Criterion) {
    let model = Model::embedded();
    let articles = read_articles(&invented());
    let facts: Vec<Facts> = articles.iter().map(|article| analyze(article, model).facts).collect();
    let folder = must(TempDir::new());
    let path = folder.path().join("bench.db");
    let mut store = must(Store::open(&path));
    must(save(&mut store, &articles, &facts));
    store.close();
    let reader = must(open_read_only(&path));

    let mut group = criterion.benchmark_group("query");
    group.warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for question in QUESTIONS {
        assert_ne!(must(ask(&reader, question)), 0, "{question} has an answer");
        group.bench_function(question, |bencher| bencher.iter(|| must(ask(&reader, question))));
    }
    group.finish();
}

/// Saves all articles in one run and one transaction, as `ingest` does with so few.
fn save(store: &mut Store, articles: &[Article], facts: &[Facts]) -> Result<(), Error> {
    let mut run = store.begin_run(&[], "bench", Gear::Full)?;
    let mut counts = RunCounts::default();
    let mut batch = store.batch(&mut run)?;
    for (article, facts) in articles.iter().zip(facts) {
        let saved = batch.save(article, facts, IfUnchanged::Keep)?;
        assert_eq!(saved, Saved::New, "{}", article.source);
        counts.added += 1;
    }
    batch.commit(&counts)?;
    store.finish_run(&run, &counts)
}

/// Answers a question, and gives the number of rows.
fn ask(reader: &Reader, question: &str) -> Result<u64, Error> {
    // No question here is about `today` or `last week`.
    let question = parse(question, NaiveDate::MIN)?;
    let mut rows = Rows(0);
    query::answer(reader, &question, Audience::Programs, &mut rows)?;
    Ok(rows.0)
}

/// Counts rows.
struct Rows(u64);

impl Sink for Rows {
    fn columns(&mut self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        black_box(values);
        self.0 += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

/// The files of the invented articles, in a fixed order.
fn invented() -> Vec<PathBuf> {
    let texts = must(fs::read_dir(root().join("tests/articles/text"))).flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        texts.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).collect();
    files.push(root().join("src/demo/articles.jsonl"));
    files.sort();
    files
}

/// The articles of some files, until they are enough. One that cannot be read is told of and left out.
fn read_articles(files: &[PathBuf]) -> Vec<Article> {
    let options = read::Options::default();
    let (mut articles, mut size) = (Vec::new(), 0);
    let _ = read::documents(files, &options, &mut |found| {
        match found {
            Found::Document(document) => match document.article(&options) {
                Ok(reading) => {
                    size += reading.article.body.len();
                    articles.push(reading.article);
                }
                Err(reason) => eprintln!("{}: {reason}", document.source),
            },
            Found::Rejected(rejection) => eprintln!("{rejection}"),
            Found::Skipped(_)
            | Found::LeadsOut(_)
            | Found::Unchanged(_)
            | Found::Finished(_)
            | Found::Opened(_) => {}
        }
        if size < ENOUGH { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    articles
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A bench has nobody to hand an error to.
fn must<T, E: Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}
