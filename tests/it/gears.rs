//! The two gears: what each finds, and that each article says which read it.

use std::path::Path;

use crate::command::onrecord;
use crate::support::{run_onrecord, sqlite3, write};

/// A report by a cue that no table has, and one that any gear finds.
const TEXT: &str = "Mira Costa said on Monday that the harbor would close in May.\n\nThe council has long been mulling \
                    whether the north wall should be torn down, and Leo Brandt is adamant it must not be.";

fn gears(folder: &Path) -> String {
    let runs = "SELECT group_concat(gear, ' ') FROM (SELECT gear FROM ingest_runs ORDER BY id)";
    let articles = "SELECT group_concat(gear, ' ') FROM (SELECT gear FROM articles ORDER BY id)";
    sqlite3(&folder.join("test.db"), &format!("{runs}; {articles}")).replace('\n', ";")
}

#[test]
fn each_article_says_which_gear_read_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let one = serde_json::json!({ "id": 1, "text": TEXT }).to_string();
    let two = serde_json::json!({ "id": 2, "text": "Leo Brandt said he was tired." }).to_string();
    write(folder, "one.jsonl", &one);
    write(folder, "both.jsonl", format!("{one}\n{two}\n"));
    for (arguments, expected) in [
        (vec!["ingest", "--fast", "one.jsonl"], "fast;fast;"),
        // An article that has not changed is left as it was read.
        (vec!["ingest", "both.jsonl"], "fast full;fast full;"),
        (vec!["ingest", "--reanalyze", "one.jsonl"], "fast full full;full full;"),
        (vec!["ingest", "--reanalyze", "--fast", "both.jsonl"], "fast full full fast;fast fast;"),
    ] {
        assert_eq!(run_onrecord(folder, &arguments).code, Some(0), "{arguments:?}");
        assert_eq!(gears(folder), expected, "{arguments:?}");
    }
}

#[test]
fn the_full_gear_finds_what_the_fast_one_misses() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = serde_json::json!({ "id": 1, "text": TEXT }).to_string();
    write(folder.path(), "a.jsonl", article);
    let sources = |gear: &[&str]| -> usize {
        let shown = onrecord(folder.path(), &[&["extract", "a.jsonl"], gear].concat());
        shown.matches("\"confidence\"").count()
    };
    let (full, fast) = (sources(&[]), sources(&["--fast"]));
    assert!(full > fast && fast > 0, "{full} and {fast}");
}

#[test]
fn a_quote_is_explained_in_the_gear_that_found_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    write(folder, "a.jsonl", serde_json::json!({ "id": 1, "text": TEXT }).to_string());
    for (gear, has_encoder) in [(&["--fast"][..], false), (&["--reanalyze"], true)] {
        assert_eq!(run_onrecord(folder, &[&["ingest", "a.jsonl"], gear].concat()).code, Some(0));
        let id =
            sqlite3(&folder.join("test.db"), "SELECT id FROM quotes WHERE instr(text, 'harbor') > 0 LIMIT 1");
        let shown = run_onrecord(folder, &["explain", id.trim()]).stdout;
        assert_eq!(shown.contains("\nencoder "), has_encoder, "{shown}");
        assert!(!shown.contains("does not find"), "{shown}");
    }
}
