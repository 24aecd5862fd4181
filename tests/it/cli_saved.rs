//! `onrecord saved`, `completions` and `man` from outside.

use crate::command::onrecord;
use crate::golden_database::GoldenDatabase;

fn saved(golden: &GoldenDatabase, arguments: &[&str]) -> String {
    onrecord(golden.folder(), &[&["--db", "golden.db", "saved"], arguments].concat())
}

#[test]
fn a_question_is_kept_and_run() {
    let golden = GoldenDatabase::new();
    let question = "what did {who} say about {x} since {year}?";
    let add = ["add", "on_bank", question, "--description", "one voice on a bank"];
    let run = ["run", "on_bank", "who=Ruiz", "x=Harbor Bank", "year=2017", "--format", "csv"];
    let shown = [
        saved(&golden, &add),
        saved(&golden, &add),
        saved(&golden, &["show", "on_bank"]),
        saved(&golden, &run),
        saved(&golden, &["run", "on_bank", "who=Ruiz"]),
        saved(&golden, &["run", "on_bank", "whom=Ruiz"]),
        saved(&golden, &["remove", "on_bank"]),
        saved(&golden, &["remove", "on_bank"]),
    ];
    insta::assert_snapshot!("saved_question", shown.join("\n"));
}

#[test]
fn sql_is_kept_and_run() {
    let golden = GoldenDatabase::new();
    let sql =
        "SELECT speaker, quote FROM who_said_what WHERE length(quote) > :least ORDER BY quote_id LIMIT 2";
    let shown = [
        saved(&golden, &["add", "long", "--sql", "SELECT 1"]),
        saved(&golden, &["add", "long", "--sql", sql, "--replace"]),
        saved(&golden, &["run", "long", "least=40", "--format", "jsonl"]),
        saved(&golden, &["run", "long"]),
        saved(&golden, &["add", "bad", "--sql", "DELETE FROM quotes"]),
        saved(&golden, &["add", "bad", "who said wat?"]),
        saved(&golden, &["add", "said_by", "who is Ana Ruiz?"]),
        saved(&golden, &["run", "bad"]),
    ];
    insta::assert_snapshot!("saved_sql", shown.join("\n"));
}

#[test]
fn all_are_listed() {
    let golden = GoldenDatabase::new();
    saved(&golden, &["add", "mine", "who is {x}?"]);
    insta::assert_snapshot!("saved_list", saved(&golden, &["list"]));
}

#[test]
fn no_database_is_made_by_mistake() {
    let golden = GoldenDatabase::empty();
    let shown = onrecord(golden.folder(), &["--db", "typo.db", "saved", "add", "mine", "who is {x}?"]);
    assert!(shown.starts_with("exit code 2\n"), "{shown}");
    assert!(!golden.folder().join("typo.db").exists());
}

#[test]
fn shells_and_man_are_served() {
    let golden = GoldenDatabase::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = onrecord(golden.folder(), &["completions", shell]);
        assert!(script.starts_with("exit code 0\n") && script.contains("count-by"), "{shell}");
    }
    let manual = onrecord(golden.folder(), &["man"]);
    for title in [".TH ONRECORD 1", ".TH ONRECORD-QUERY 1", ".TH ONRECORD-SAVED-RUN 1"] {
        assert!(manual.contains(title), "{title}");
    }
    let pages = golden.folder().join("pages");
    assert_eq!(onrecord(golden.folder(), &["man", &pages.to_string_lossy()]), "exit code 0\n");
    assert!(pages.join("onrecord-query.1").exists());
}
