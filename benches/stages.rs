//! How many words per second of processor time each stage of the language core takes, on one thread.
//!
//! ```text
//! cargo bench --bench stages [-- FILE.jsonl[.gz] …]
//! ```
//!
//! Without files it reads the invented articles of the tests, over and over. Processor time is read
//! from the kernel, so that other programs on the machine do not count.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use onrecord::annotate::model::Model;
use onrecord::annotate::names::page::Page;
use onrecord::annotate::names::{nonlocal, recognize, repair};
use onrecord::annotate::{parse, segment, tag};
use onrecord::article::Article;

/// Enough text to measure, in bytes.
const ENOUGH: usize = 6 << 20;

fn main() {
    let files: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let articles = if files.is_empty() { invented() } else { read(&files) };
    let before = cpu_seconds();
    let model = Model::embedded();
    println!("{:<12} {:>8.1} ms", "load", (cpu_seconds() - before) * 1e3);
    let mut times = [0.0; STAGES.len()];
    let mut words = 0;
    for article in &articles {
        words += run(article, model, &mut times);
    }
    for (stage, time) in STAGES.iter().zip(times) {
        println!("{stage:<12} {:>8.2} µs per word", time * 1e6 / words as f64);
    }
    let total: f64 = times.iter().sum();
    println!("{:<12} {:>8.0} words per second of processor time, {words} words", "all", words as f64 / total);
}

const STAGES: [&str; 5] = ["segment", "tag", "evidence", "names", "parse"];

/// Runs all stages over one article, adds their times, and gives the number of tokens.
fn run(article: &Article, model: &Model, times: &mut [f64; STAGES.len()]) -> usize {
    let mut clock = cpu_seconds();
    let mut lap = |stage: usize| {
        let now = cpu_seconds();
        times[stage] += now - clock;
        clock = now;
    };
    let (document, lexemes) = segment::segment(&article.body, &model.clusters, &model.splitter);
    lap(0);
    let tags = tag::tag(&article.body, &document, &lexemes, &model.tagger, &model.lemmas);
    lap(1);
    let evidence = nonlocal::evidence(&article.body, &document, &lexemes);
    lap(2);
    let mut found = recognize::recognize(&document, &lexemes, &evidence, &tags, &model.recognizer);
    repair::mend(Page::of_tokens(&article.body, &document), &mut found);
    lap(3);
    let tree = parse::parse(&document, &lexemes, &tags, &model.parser);
    lap(4);
    assert_eq!(tree.heads.len(), document.tokens.len());
    document.tokens.len()
}

/// The processor time of this process so far, from the scheduler's own count in nanoseconds.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    text.split(' ').next().and_then(|run| run.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

fn read(files: &[String]) -> Vec<Article> {
    let mut articles = Vec::new();
    let mut size = 0;
    for file in files {
        let reader: Box<dyn Read> = match File::open(file) {
            Ok(file_handle) if file.ends_with(".gz") => Box::new(MultiGzDecoder::new(file_handle)),
            Ok(file_handle) => Box::new(file_handle),
            Err(error) => {
                eprintln!("{file}: {error}");
                continue;
            }
        };
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            let row: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            let body = row["text"].as_str().unwrap_or_default().to_owned();
            size += body.len();
            articles.push(Article { body, ..Article::default() });
            if size >= ENOUGH {
                return articles;
            }
        }
    }
    articles
}

/// The golden articles of the tests, repeated.
fn invented() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut bodies = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt") {
                bodies.extend(std::fs::read_to_string(path));
            }
        }
    }
    let size: usize = bodies.iter().map(String::len).sum();
    let times = (ENOUGH / 8).div_ceil(size.max(1));
    let articles = bodies.iter().map(|body| Article { body: body.clone(), ..Article::default() });
    let articles: Vec<Article> = articles.collect();
    std::iter::repeat_n(articles, times).flatten().collect()
}
