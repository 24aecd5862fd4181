//! Relationships from outside: offices at a date, deeds in speech, what two have in common, corrections, explanations.

use std::path::Path;

use serde_json::Value;

use crate::command::onrecord;
use crate::support::{sqlite3, write};

/// A mayor before and after an election, a quarrel, and two who share a bank.
const ARTICLES: &str = r#"{"id": "a", "title": "A mayor leaves", "publisher": "The Courier", "published": "2012-03-01", "text": "Ana Ruiz, the mayor of Porto Sereno, met Leo Brandt on Monday.\n\nLeo Brandt criticized Ana Ruiz for the delay."}
{"id": "b", "title": "A mayor comes", "publisher": "The Courier", "published": "2016-05-02", "text": "Leo Brandt was elected mayor of Porto Sereno in 2015.\n\nAna Ruiz was mayor of Porto Sereno from 2009 to 2014."}
{"id": "c", "title": "Words", "publisher": "The Herald", "published": "2017-06-03", "text": "“Ana Ruiz ruined the harbor and she knows it,” complained Mira Costa, a singer.\n\nMira Costa said that Leo Brandt had accused Ana Ruiz of theft.\n\nHe denied that he met Mira Costa."}
{"id": "d", "title": "A bank", "publisher": "The Herald", "published": "2018-06-03", "text": "Teo Sand, chief executive of Harbor Bank, left early.\n\nMira Costa sued Harbor Bank.\n\nEva Lind, director of the Harbor Institute, stayed.\n\nNorway’s minister of state, Ida Holm, met the press."}
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "articles.jsonl", ARTICLES);
    let ended = onrecord(folder.path(), &["ingest", "articles.jsonl", "--quiet"]);
    assert!(ended.starts_with("exit code 0"), "{ended}");
    folder
}

/// The rows of an answer: name, predicate, other and status; and what is said beside them.
fn answer(folder: &Path, arguments: &[&str]) -> (Vec<String>, String) {
    let shown = onrecord(folder, &[&["query"], arguments, &["--format", "jsonl"]].concat());
    let rows = shown.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_owned();
    let rows = rows
        .filter(Value::is_object)
        .map(|row| ["name", "predicate", "other", "status"].map(|key| text(&row, key)).join(" "));
    (rows.collect(), shown.clone())
}

#[test]
fn an_office_is_asked_for_by_its_name_and_at_a_date() {
    let folder = folder();
    let ask = |question: &str| answer(folder.path(), &[question]).0;
    assert_eq!(ask("who was the mayor of Porto Sereno in 2010?"), ["Ana Ruiz leads Porto Sereno ended"]);
    assert_eq!(ask("who was mayor of Porto Sereno in 2017?"), [""; 0], "nothing says so");
    assert_eq!(ask("who was mayor in 2016?"), ["Leo Brandt leads Porto Sereno asserted"]);
    let everyone = ask("who is the mayor?");
    assert_eq!(everyone.first().map(String::as_str), Some("Leo Brandt leads Porto Sereno asserted"));
    assert_eq!(ask("who leads the Harbor Institute?").len(), 1, "its director");
    assert_eq!(ask("who is the Harbor Bank chief executive?"), ["Teo Sand leads Harbor Bank asserted"]);
    assert_eq!(ask("who is the minister of state?"), ["Ida Holm holds_office Norway asserted"]);
    let (rows, said) = answer(folder.path(), &["who is the CEO of Harbor Bank?"]);
    assert_eq!(rows, ["Teo Sand leads Harbor Bank asserted"], "{said}");
}

#[test]
fn the_term_of_an_office_is_in_the_view() {
    let folder = folder();
    let sql = "SELECT name, detail, status, since, until, articles FROM who_is WHERE predicate = 'leads' AND other = 'Porto Sereno'
        ORDER BY name, status";
    let rows = sqlite3(&folder.path().join("onrecord.db"), sql);
    assert_eq!(
        rows,
        "Ana Ruiz|mayor|asserted|||1\nAna Ruiz|mayor|ended|2009|2014|1\nLeo Brandt|mayor|asserted|2015||1\n"
    );
}

#[test]
fn a_deed_in_speech_stands_beside_relationships_and_says_so() {
    let folder = folder();
    let (rows, said) = answer(folder.path(), &["who criticized Ana Ruiz?"]);
    assert_eq!(
        rows,
        ["Mira Costa criticized Ana Ruiz quoted", "Leo Brandt criticized Ana Ruiz asserted"],
        "{said}"
    );
    let list = onrecord(folder.path(), &["query", "who criticized Ana Ruiz?"]);
    assert!(list.contains("quoted · quote "), "{list}");
}

#[test]
fn a_claim_names_whose_it_is() {
    let folder = folder();
    let (rows, said) = answer(folder.path(), &["whom did Leo Brandt accuse of what?"]);
    assert_eq!(rows, ["Leo Brandt accused Ana Ruiz reported"]);
    assert!(said.contains(r#""claimant":"Mira Costa""#) && said.contains(r#""detail":"of theft""#), "{said}");
}

#[test]
fn what_is_denied_is_shown_only_where_it_is_asked_for() {
    let folder = folder();
    let ask = |arguments: &[&str]| answer(folder.path(), arguments).0.len();
    let met = ["--predicate", "met_with", "--object", "Mira Costa"];
    assert_eq!(ask(&met), 0);
    assert_eq!(ask(&[&met[..], &["--status", "denied,hypothetical,planned,reported"]].concat()), 1);
}

#[test]
fn two_are_related_directly_through_others_and_by_what_they_said() {
    let folder = folder();
    let (rows, said) = answer(folder.path(), &["how are Mira Costa and Teo Sand related?"]);
    assert_eq!(
        rows,
        ["Mira Costa sued Harbor Bank asserted", "Teo Sand leads Harbor Bank asserted"],
        "{said}"
    );
    assert!(said.contains(r#""through":"Harbor Bank""#), "{said}");
    let (rows, said) = answer(folder.path(), &["how are Mira Costa and Ana Ruiz related?"]);
    assert!(rows.iter().any(|row| row == "Mira Costa spoke_about Ana Ruiz quoted"), "{rows:?} {said}");
}

/// The id of the only relationship of a predicate.
fn id_of(folder: &Path, predicate: &str) -> String {
    let sql = format!("SELECT id FROM relationships WHERE predicate = '{predicate}'");
    sqlite3(&folder.join("onrecord.db"), &sql).trim().to_owned()
}

/// All relationships as they are shown.
fn stored(folder: &Path) -> String {
    sqlite3(
        &folder.join("onrecord.db"),
        "SELECT s.name, predicate, o.name, detail, status FROM relationships
        JOIN entities AS s ON s.id = subject_id LEFT JOIN entities AS o ON o.id = object_id ORDER BY article_id, start, 1, 2, 3",
    )
}

#[test]
fn a_persons_word_on_a_relationship_outlives_a_new_analysis() {
    let folder = folder();
    let folder = folder.path();
    let before = stored(folder);
    let (accused, sued) = (id_of(folder, "accused"), id_of(folder, "sued"));
    for arguments in [
        &["reject", "relationship", &accused, "--note", "of something else"][..],
        &["relationship", &sued, "--predicate", "criticized", "--object", "Teo Sand", "--status", "planned"],
        &["confirm", "relationship", &sued],
    ] {
        let ended = onrecord(folder, arguments);
        assert!(ended.starts_with("exit code 0\n"), "{ended}");
    }
    let ruled = stored(folder);
    assert!(
        !ruled.contains("accused") && ruled.contains("Mira Costa|criticized|Teo Sand||planned"),
        "{ruled}"
    );
    let again = onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze", "--quiet"]);
    assert!(again.starts_with("exit code 0\n"), "{again}");
    assert_eq!(stored(folder), ruled);
    let checked = onrecord(folder, &["check"]);
    assert!(checked.starts_with("exit code 0\n"), "{checked}");
    // Another database of the same articles takes them over.
    let exported = onrecord(folder, &["corrections", "export"]);
    let lines: String =
        exported.lines().filter(|line| line.starts_with('{')).map(|line| format!("{line}\n")).collect();
    write(folder, "corrections.jsonl", lines);
    for arguments in [
        &["--db", "other.db", "ingest", "articles.jsonl", "--quiet"][..],
        &["--db", "other.db", "corrections", "import", "corrections.jsonl"],
    ] {
        assert!(onrecord(folder, arguments).starts_with("exit code 0\n"));
    }
    let other =
        sqlite3(&folder.join("other.db"), "SELECT count(*) FROM relationships WHERE status = 'planned'");
    assert_eq!(other, "1\n");
    for number in ["3", "2", "1"] {
        let undone = onrecord(folder, &["undo", number]);
        assert!(undone.starts_with("exit code 0\n"), "{undone}");
    }
    assert_eq!(stored(folder), before);
}

#[test]
fn words_that_are_no_predicate_or_status_are_refused() {
    let folder = folder();
    for arguments in [
        &["relationship", "1", "--predicate", "sang_with"][..],
        &["relationship", "1", "--status", "old"],
        &["relationship", "1"],
        &["reject", "relationship", "99999"],
        &["explain", "--relationship", "99999"],
        &["explain"],
    ] {
        let ended = onrecord(folder.path(), arguments);
        assert!(ended.starts_with("exit code 2\n"), "{arguments:?}: {ended}");
    }
    let line =
        r#"{"action":"relationship","target":{"relationship":"k","article":"x"},"value":{"status":"old"}}"#;
    write(folder.path(), "bad.jsonl", line);
    let ended = onrecord(folder.path(), &["corrections", "import", "bad.jsonl"]);
    assert!(ended.contains("is no status"), "{ended}");
}

#[test]
fn a_relationship_is_explained() {
    let folder = folder();
    let folder = folder.path();
    let id = id_of(folder, "accused");
    let shown = onrecord(folder, &["explain", "--relationship", &id]);
    for part in [
        "[S Leo Brandt]",
        "[V accused]",
        "[C Ana Ruiz]",
        "the verb “accused”",
        "reported: Mira Costa claims it",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let json = onrecord(folder, &["explain", "--relationship", &id, "--format", "json"]);
    let json: Value = serde_json::from_str(&json[json.find('{').expect("an object")..]).expect("is JSON");
    assert_eq!(json["found"]["claimant"], "Mira Costa");
    assert_eq!(json["stored"]["predicate"], "accused");
}

#[test]
fn the_sql_of_a_question_runs_in_the_shell() {
    let folder = folder();
    let shown =
        onrecord(folder.path(), &["query", "--show-sql", "who criticized Ana Ruiz?", "--format", "jsonl"]);
    let sql = shown.lines().find(|line| line.ends_with(';')).expect("is shown");
    let rows = sqlite3(
        &folder.path().join("onrecord.db"),
        &format!("SELECT count(*) FROM ({})", sql.trim_end_matches(';')),
    );
    assert_eq!(rows, "2\n", "{sql}");
    let shown =
        onrecord(folder.path(), &["query", "--show-sql", "what did Mira Costa say?", "--format", "jsonl"]);
    let sql = shown.lines().find(|line| line.ends_with(';')).expect("is shown");
    assert!(!sqlite3(&folder.path().join("onrecord.db"), sql).is_empty(), "{sql}");
}
