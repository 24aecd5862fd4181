//! `onrecord explain` from outside: as text, as JSON, for a key, for a quote that is not found any more.

use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use crate::command::onrecord;
use crate::support::write;

/// A database of one invented article. Its text holds a control sequence, which must not reach the terminal.
fn database() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let article = serde_json::json!({
        "id": "well-1",
        "title": "The well of Lower Brume",
        "publisher": "The Courier",
        "published": "2021-05-04",
        "url": "https://news.example/well-1",
        "text": "Mira Costa met Leo Brandt at the well on Monday.\n\n“The water is gone,” she said, “and it will \
                 not come back.” \u{1b}[2JNobody \
                 answered.\n\n“We have to dig,” said Teo Sand, a spokesman for Northwind Corp.\n\n“We have no money.”",
    });
    write(folder.path(), "articles.jsonl", article.to_string());
    let ended = onrecord(folder.path(), &["ingest", "--quiet", "articles.jsonl"]);
    assert!(ended.starts_with("exit code 0"), "{ended}");
    folder
}

/// What the command shows, less the confidence and what the encoder says, which each new model moves a little.
fn explain(folder: &Path, arguments: &[&str]) -> String {
    let shown = onrecord(folder, &[&["explain"], arguments].concat());
    let learned = ["confidence", "encoder ", "\"report\"", "\"spans\""];
    let less = |line: &str| match learned.iter().find_map(|word| Some((word, line.split_once(word)?))) {
        Some((word, (before, _))) => format!("{before}{word} …\n"),
        None => format!("{line}\n"),
    };
    shown.lines().map(less).collect()
}

/// The id of the quote whose text contains `words`.
fn id_of(folder: &Path, words: &str) -> String {
    let db = Connection::open(folder.join("onrecord.db")).expect("opens");
    let sql = "SELECT CAST(id AS TEXT) FROM quotes WHERE instr(text, ?) > 0";
    db.query_row(sql, [words], |row| row.get(0)).expect("the quote is stored")
}

#[test]
fn a_quote_is_explained() {
    let folder = database();
    let folder = folder.path();
    for (name, words) in [("pronoun", "water"), ("spokesman", "dig")] {
        let id = id_of(folder, words);
        insta::assert_snapshot!(format!("explain_{name}"), explain(folder, &[&id]));
    }
    let json = explain(folder, &[&id_of(folder, "water"), "--format", "json"]);
    insta::assert_snapshot!("explain_as_json", json);
}

#[test]
fn json_names_the_places_of_all_parts() {
    let folder = database();
    let shown = onrecord(folder.path(), &["explain", &id_of(folder.path(), "dig"), "--format", "jsonl"]);
    let line = shown.lines().nth(2).expect("one line of JSON");
    let object: serde_json::Value = serde_json::from_str(line).expect("is JSON");
    let db = Connection::open(folder.path().join("onrecord.db")).expect("opens");
    let body: String = db.query_row("SELECT body FROM articles", [], |row| row.get(0)).expect("is stored");
    let words = |place: &serde_json::Value| -> String {
        let at = |end: usize| usize::try_from(place[end].as_u64().expect("a number")).expect("is small");
        body.chars().skip(at(0)).take(at(1) - at(0)).collect()
    };
    assert_eq!(words(&object["content"][0]), "“We have to dig,”");
    assert_eq!(words(&object["cue"][0]), "said");
    assert_eq!(words(&object["source"][0]), "Teo Sand, a spokesman for Northwind Corp.");
    assert_eq!(object["found"]["forms"][0], "“…,” said X");
    assert_eq!(object["found"]["confidence"], object["stored"]["confidence"]);
}

#[test]
fn a_key_will_do() {
    let folder = database();
    let db = Connection::open(folder.path().join("onrecord.db")).expect("opens");
    let key: String =
        db.query_row("SELECT key FROM quotes ORDER BY id LIMIT 1", [], |row| row.get(0)).expect("a key");
    let id: String = db
        .query_row("SELECT CAST(id AS TEXT) FROM quotes WHERE key = ?", [&key], |row| row.get(0))
        .expect("its id");
    assert_eq!(explain(folder.path(), &[&key]), explain(folder.path(), &[&id]));
}

#[test]
fn a_quote_that_is_not_found_any_more_is_shown_as_stored() {
    let folder = database();
    let db = Connection::open(folder.path().join("onrecord.db")).expect("opens");
    let id = id_of(folder.path(), "dig");
    db.execute("UPDATE quotes SET key = 'of another version' WHERE id = ?", [&id]).expect("is changed");
    insta::assert_snapshot!("explain_not_found", explain(folder.path(), &[&id]));
}

#[test]
fn what_is_stored_otherwise_is_said() {
    let folder = database();
    let db = Connection::open(folder.path().join("onrecord.db")).expect("opens");
    let id = id_of(folder.path(), "dig");
    db.execute("UPDATE quotes SET act = 'request' WHERE id = ?", [&id]).expect("is changed");
    let shown = explain(folder.path(), &[&id]);
    assert!(shown.contains("stored      act request, where this version gives statement\n"), "{shown}");
}

#[test]
fn mistakes_are_explained() {
    let folder = database();
    insta::assert_snapshot!("explain_unknown", explain(folder.path(), &["4711"]));
    insta::assert_snapshot!("explain_as_csv", explain(folder.path(), &["1", "--format", "csv"]));
}
