//! `onrecord cite` from outside: a reference for a quote, in every form, and the article at it.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{run_onrecord, sqlite3, write};

/// A database of one article, with a control sequence in headline and text.
fn database() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let article = serde_json::json!({
        "id": "well-1", "title": "The well of \u{1b}[2J Lower Brume", "publisher": "The Courier", "published": "2021-05-04",
        "author": "June Okoro", "url": "https://news.example/well_1",
        "text": "Nobody answered.\n\n“We have to dig,” said Teo Sand, a farmer, “and \u{1b}[2J soon.”\n\nThe end.",
    });
    write(folder.path(), "a.jsonl", article.to_string());
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--quiet", "a.jsonl"]).code, Some(0));
    folder
}

/// What is printed, which has to go well.
fn cite(folder: &Path, arguments: &[&str]) -> String {
    let ended = run_onrecord(folder, &[&["cite"], arguments].concat());
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
    assert!(!ended.stdout.contains('\u{1b}'), "{}", ended.stdout);
    ended.stdout
}

#[test]
fn a_reference_says_where_the_words_are() {
    let folder = database();
    let folder = folder.path();
    let db = folder.join("test.db");
    let stored = |sql: &str| sqlite3(&db, sql).trim().to_owned();
    let text = cite(folder, &["1"]);
    for line in [
        "Teo Sand (said): “We have to dig,” … “and \\u{1b}[2J soon.”\n".to_owned(),
        "title       The well of \\u{1b}[2J Lower Brume\n".to_owned(),
        "author      June Okoro\n".to_owned(),
        "published   2021-05-04\n".to_owned(),
        format!("quote       1, key {}\n", stored("SELECT key FROM quotes")),
        format!("article     1, characters {}\n", stored("SELECT start || '–' || end FROM quotes")),
        format!("content     hash {}\n", stored("SELECT content_hash FROM articles")),
        format!("by onrecord {}, model ", stored("SELECT version FROM ingest_runs")),
    ] {
        assert!(text.contains(&line), "{line}: {text}");
    }
    assert_eq!(cite(folder, &[&stored("SELECT key FROM quotes")]), text);
}

#[test]
fn programs_get_the_same() {
    let folder = database();
    let folder = folder.path();
    let json: Value = serde_json::from_str(&cite(folder, &["1", "--format", "json"])).expect("is JSON");
    assert_eq!(json["speaker"], "Teo Sand");
    assert_eq!(json["spans"].as_array().map(Vec::len), Some(2));
    assert_eq!(json["article"]["content_hash"].as_str().map(str::len), Some(32));
    assert_eq!(cite(folder, &["1", "--format", "jsonl"]).lines().count(), 1);
    let bibtex = cite(folder, &["1", "--style", "bibtex"]);
    assert!(bibtex.starts_with("@article{onrecord-") && bibtex.contains("  month = may,\n"), "{bibtex}");
    let csl: Value = serde_json::from_str(&cite(folder, &["1", "--style", "csl-json"])).expect("is JSON");
    assert_eq!(csl[0]["issued"]["date-parts"], serde_json::json!([[2021, 5, 4]]));
}

#[test]
fn the_paragraph_is_printed_where_nobody_could_turn_pages() {
    let folder = database();
    let expected = "[C “We have to dig,”] said Teo Sand, a farmer, [C “and \\u{1b}[2J soon.”]\n";
    assert_eq!(cite(folder.path(), &["1", "--open"]), expected);
}

#[test]
fn mistakes_are_explained() {
    let folder = database();
    for (arguments, message) in [
        (&["cite", "4711"][..], "there is no quote 4711"),
        (&["cite", "1", "--format", "csv"], "a quote is cited as text, as JSON, or in a --style"),
        (&["cite", "1", "--style", "chicago"], "invalid value 'chicago'"),
        (&["cite", "1", "--open", "--style", "bibtex"], "cannot be used with"),
    ] {
        let ended = run_onrecord(folder.path(), arguments);
        assert!(ended.code == Some(2) && ended.stderr.contains(message), "{arguments:?}: {}", ended.stderr);
    }
}
