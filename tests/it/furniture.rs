//! Lines that recur in the articles of an outlet are furniture: nothing that was found in them stays.

use std::fmt::Write;
use std::path::Path;

use crate::support::{dump, run_onrecord, sqlite3, write};

const CREDIT: &str = "Ben Hale drew the map above with Lena Moss of Brume Radio.";

const TOWNS: [&str; 8] =
    ["Valdora", "Østerby", "Porto Sereno", "Lake Brume", "Merrow", "Tarn", "Ilmenau", "Sankt Olav"];

/// Articles of one outlet that all end alike, and otherwise say different things.
pub(crate) fn articles(numbers: std::ops::Range<usize>) -> String {
    let mut lines = String::new();
    for number in numbers {
        let town = TOWNS[number % TOWNS.len()];
        let text = format!(
            "The harbor of {town} will be closed for {number} weeks, Mayor Ana Ruiz told {number} reporters.\n\n\
             “In {town} nobody will miss the {number} old cranes,” she said.\n\n{CREDIT}"
        );
        let record = serde_json::json!({"id": number.to_string(), "text": text, "publisher": "The Courier"});
        writeln!(lines, "{record}").expect("memory takes it");
    }
    lines
}

fn ingest(folder: &Path, name: &str, numbers: std::ops::Range<usize>, more: &[&str]) {
    write(folder, name, articles(numbers));
    let ended = run_onrecord(folder, &[&["ingest", name][..], more].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

const FOUND: &str = "
SELECT count(*) FROM entities WHERE name LIKE '%Moss' OR name LIKE '%Hale' OR name = 'Brume Radio';
SELECT name, mention_count > 8, quote_count > 8 FROM people";

#[test]
fn nothing_is_found_in_a_line_that_recurs_in_an_outlet() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("test.db");
    ingest(folder.path(), "a.jsonl", 0..4, &[]);
    assert!(!sqlite3(&db, FOUND).starts_with("0\n"), "four articles are too few to tell");
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM furniture_lines"), "0\n");
    ingest(folder.path(), "b.jsonl", 4..12, &[]);
    assert_eq!(sqlite3(&db, FOUND), "0\nAna Ruiz|1|1\n");
    assert_eq!(
        sqlite3(&db, "SELECT publisher, line, articles FROM furniture_lines"),
        format!("The Courier|{CREDIT}|12\n")
    );
    let marked = "
        SELECT count(*), min(substr(body, start + 1, end - start)), max(substr(body, start + 1, end - start))
        FROM article_parts JOIN articles ON articles.id = article_id WHERE kind = 'furniture'";
    assert_eq!(sqlite3(&db, marked), format!("12|{CREDIT}|{CREDIT}\n"));
    let ended = run_onrecord(folder.path(), &["check"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);

    let before = dump(&db);
    ingest(folder.path(), "b.jsonl", 4..12, &["--reanalyze"]);
    assert_eq!(dump(&db), before, "what is analyzed anew comes to the same");

    // Known from now on, in an article that comes alone.
    ingest(folder.path(), "c.jsonl", 12..13, &[]);
    assert_eq!(sqlite3(&db, FOUND), "0\nAna Ruiz|1|1\n");
}

#[test]
fn the_same_furniture_is_found_on_any_number_of_threads() {
    let [one, four] = ["1", "4"].map(|threads| {
        let folder = tempfile::tempdir().expect("a folder");
        ingest(folder.path(), "a.jsonl", 0..12, &["--threads", threads]);
        dump(&folder.path().join("test.db"))
    });
    assert_eq!(one, four);
    assert!(!one.contains("Lena Moss|"), "{one}");
}

#[test]
fn corrections_hold_over_furniture() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("test.db");
    ingest(folder.path(), "a.jsonl", 0..4, &[]);
    assert_eq!(run_onrecord(folder.path(), &["rename", "Ana Ruiz", "Ana María Ruiz"]).code, Some(0));
    assert_eq!(run_onrecord(folder.path(), &["merge", "Lena Moss", "Ben Hale"]).code, Some(0));
    ingest(folder.path(), "b.jsonl", 4..12, &[]);
    assert_eq!(sqlite3(&db, FOUND), "0\nAna María Ruiz|1|1\n");
    let ended = run_onrecord(folder.path(), &["check"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
}

#[test]
fn what_somebody_says_again_and_again_is_no_furniture() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = "“I have done nothing wrong,” said Mayor Ana Ruiz, who denies all charges.";
    write(folder.path(), "a.jsonl", articles(0..12).replace(CREDIT, said));
    assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(0));
    let db = folder.path().join("test.db");
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM furniture_lines"), "0\n");
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM quotes WHERE text LIKE '%nothing wrong%'"), "12\n");
}
