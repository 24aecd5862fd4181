//! `onrecord revisions` from outside: what changed between the versions of an article.

use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{run_onrecord, sqlite3, write};

const FIRST: &str = "Mayor Ana Ruiz said on Monday that the ferry to Valdora would run again.\n\n\
    “We have waited long enough,” Ruiz said.\n\n\
    “The boats are old and slow,” said Leo Brandt, the captain.\n\nTickets cost four euros.";

/// One statement is gone, one has other words, one another speaker, and one is new.
const SECOND: &str = "Mayor Ana Ruiz said on Thursday that the ferry to Valdora would run again.\n\n\
    “The boats are old and slow,” said Mira Costa, the captain.\n\nTickets cost four euros.\n\n\
    “Nobody has to pay before June,” said Pavel Novák, who sells them.";

fn ingest(folder: &Path, title: &str, text: &str) {
    let record = serde_json::json!({
        "id": "ferry", "url": "https://courier.example/ferry", "title": title, "publisher": "The Courier",
        "date": "2020-03-09", "text": text,
    });
    write(folder, "a.jsonl", record.to_string());
    assert_eq!(run_onrecord(folder, &["ingest", "--quiet", "a.jsonl"]).code, Some(0));
}

/// A database of an article in two versions, and of one in one.
fn revised() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    ingest(folder.path(), "Ferry sails", FIRST);
    ingest(folder.path(), "Ferry sails \u{1b}[2J later", SECOND);
    write(folder.path(), "b.txt", "Nobody changed this.");
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--quiet", "b.txt"]).code, Some(0));
    folder
}

/// What is said about revisions, which has to go well.
fn revisions(folder: &Path, arguments: &[&str]) -> String {
    let ended = run_onrecord(folder, &[&["revisions"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
    format!("{}{}", ended.stdout, ended.stderr)
}

/// The changes as objects.
fn changes(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let json = revisions(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// Of each change what it is, what was before and what is after.
fn brief(changes: &[Value]) -> Vec<String> {
    let text = |change: &Value, name: &str| change[name].as_str().unwrap_or_default().to_owned();
    changes
        .iter()
        .map(|change| {
            let [what, before, after, one, other] =
                ["change", "before", "after", "speaker_before", "speaker_after"]
                    .map(|name| text(change, name));
            format!("{what}: {before} > {after} ({one} > {other})")
        })
        .collect()
}

#[test]
fn what_changed_is_listed() {
    let folder = revised();
    let shown = revisions(folder.path(), &[]);
    for line in [
        "article 1 · 2020-03-09 · The Courier · Ferry sails \\u{1b}[2J later\n",
        "  https://courier.example/ferry\n  version 2, read 2",
        "    headline              Ferry sails → Ferry sails \\u{1b}[2J later\n",
        "    text replaced         Mayor Ana Ruiz said on [-Monday-] {+Thursday+} that the ferry to Valdora\n",
        "    quote removed         Ana Ruiz: “We have waited long enough,”\n",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
    assert!(!shown.contains('\u{1b}') && !shown.contains("note:"), "{shown}");
    let found = brief(&changes(folder.path(), &["ferry"]));
    for expected in [
        "headline: Ferry sails > Ferry sails \u{1b}[2J later ( > )",
        "text replaced: Monday > Thursday ( > )",
        "text removed: “We have waited long enough,” Ruiz said. >  ( > )",
        "text replaced: Leo Brandt, > Mira Costa, ( > )",
        "quote removed: “We have waited long enough,” >  (Ana Ruiz > )",
        "speaker changed: “The boats are old and slow,” > “The boats are old and slow,” (Leo Brandt > Mira Costa)",
        "quote added:  > “Nobody has to pay before June,” ( > Pavel Novák)",
    ] {
        assert!(found.iter().any(|found| found == expected), "{expected}: {found:#?}");
    }
    assert_eq!(found.iter().filter(|found| found.starts_with("quote")).count(), 2, "{found:#?}");
    // Only the quotes, and each is known by its id.
    let quotes = changes(folder.path(), &["--quotes"]);
    assert!(
        quotes.iter().all(|change| !change["change"].as_str().unwrap_or("text").starts_with("text")),
        "{quotes:#?}"
    );
    let added = quotes.iter().find(|change| change["change"] == "quote added").expect("is there");
    let id = added["quote_id"].as_i64().expect("is a number");
    let text = sqlite3(&folder.path().join("test.db"), &format!("SELECT text FROM quotes WHERE id = {id}"));
    assert_eq!(text, "“Nobody has to pay before June,”\n");
    assert_eq!(added["version"], 2);
}

#[test]
fn all_formats_have_the_same_changes() {
    let folder = revised();
    let count = changes(folder.path(), &[]).len();
    let csv = revisions(folder.path(), &["--format", "csv"]);
    let rows = csv::Reader::from_reader(csv.as_bytes()).records().filter(Result::is_ok).count();
    assert_eq!(rows, count);
    assert_eq!(revisions(folder.path(), &["--format", "jsonl"]).lines().count(), count);
    assert_eq!(revisions(folder.path(), &["--format", "markdown"]).lines().count(), count + 2);
    let table = revisions(folder.path(), &["--format", "table"]);
    assert!(table.contains("quote removed") && table.contains("Leo Brandt →"), "{table}");
}

#[test]
fn articles_publishers_and_dates_narrow_it() {
    let folder = revised();
    for (arguments, expected) in [
        (&["1"][..], true),
        (&["--publisher", "courier"], true),
        (&["--since", "today"], true),
        (&["--since", "2100"], false),
        (&["--until", "2001"], false),
        (&["--limit", "1"], true),
        (&["--offset", "1"], false),
    ] {
        assert_eq!(!changes_or_none(folder.path(), arguments).is_empty(), expected, "{arguments:?}");
    }
    assert!(revisions(folder.path(), &["2"]).contains("note: there is no earlier version of article 2"));
    assert!(revisions(folder.path(), &["--publisher", "Nobody Knows"]).contains("note: "));
    let wrong = run_onrecord(folder.path(), &["revisions", "99"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.stderr.contains("there is no article 99"), "{}", wrong.stderr);
    ingest(folder.path(), "Ferry sails", &SECOND.replace("four", "five"));
    let both = changes(folder.path(), &[]);
    assert_eq!((&both[0]["version"], &both.last().expect("is there")["version"]), (&3.into(), &2.into()));
    let listed = revisions(folder.path(), &["--limit", "1"]);
    assert!(listed.contains("version 3") && !listed.contains("version 2"), "{listed}");
    assert!(listed.contains("note: more versions follow; --limit 0 shows all"), "{listed}");
}

/// The changes on standard output, whatever is noted beside them.
fn changes_or_none(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let ended = run_onrecord(folder, &[&["revisions", "--format", "json"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
    serde_json::from_str(&ended.stdout).expect("is JSON")
}

#[test]
fn a_correction_is_no_change_of_the_article() {
    let folder = revised();
    let quotes = |folder: &Path| brief(&changes(folder, &["--quotes", "--all"]));
    let before = quotes(folder.path());
    let db = folder.path().join("test.db");
    let id = sqlite3(&db, "SELECT id FROM quotes WHERE text LIKE '%Nobody has%'");
    for correction in [
        &["rename", "Ana Ruiz", "Ana María Ruiz"][..],
        &["merge", "Pavel Novák", "Ana María Ruiz"],
        &["speaker", id.trim(), "Mira Costa"],
    ] {
        let ended = run_onrecord(folder.path(), correction);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    let kinds = |found: &[String]| -> Vec<String> {
        found.iter().map(|found| found.split(" (").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(kinds(&quotes(folder.path())), kinds(&before));
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
}

#[test]
fn an_old_database_does_not_know_the_quotes_and_says_so() {
    let folder = revised();
    let db = Connection::open(folder.path().join("test.db")).expect("opens");
    db.execute_batch("DELETE FROM revision_quotes; UPDATE article_revisions SET quotes_kept = 0")
        .expect("is done");
    drop(db);
    let shown = revisions(folder.path(), &[]);
    assert!(shown.contains("    quotes                not known\n"), "{shown}");
    assert!(
        shown.contains("note: of 1 of these changes it is not known what they did to the quotes"),
        "{shown}"
    );
    let json = run_onrecord(folder.path(), &["revisions", "--format", "json"]);
    assert!(json.stderr.contains("before schema version 12"), "{}", json.stderr);
    assert!(!json.stdout.contains("quote removed"), "{}", json.stdout);
}

#[test]
fn without_revisions_there_is_nothing_to_show() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "b.txt", "Nobody changed this.");
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--quiet", "b.txt"]).code, Some(0));
    assert_eq!(revisions(folder.path(), &[]), "note: no article was read in another version\n");
    assert_eq!(revisions(folder.path(), &["--format", "json"]), "[]\n");
}
