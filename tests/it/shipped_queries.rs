//! The queries that come with the program: each runs as it is, in the program and in the sqlite3 shell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::query::shipped;

use crate::command::onrecord;
use crate::golden_database::GoldenDatabase;

/// Values for the parameters, and the first columns of all rows of the answer on the golden database.
const ANSWERS: &[(&str, &[&str], &str)] = &[
    ("accusations", &[], "Ana Ruiz,accused,Harbor Bank,1 | José Méndez,criticized,Ana Ruiz,1"),
    (
        "co_mentioned",
        &["name=Harbor Bank"],
        "Ana Ruiz,person,3 | José Méndez,person,2 | Lia Okafor,person,1 | Porto Verde,place,1 | Tomás Ruiz,person,1",
    ),
    ("copies", &[], ""),
    (
        "latest_by",
        &["speaker=ana ruiz"],
        "Harbor Bank,2017-05-02 | Lia Okafor,2017-05-02 | Porto Verde,2016-09-20T14:05:00Z",
    ),
    ("met", &["name=Ana Ruiz"], "2017-03-09,Lia Okafor,met_with,Ana Ruiz"),
    ("most_quoted", &[], "Ana Ruiz,mayor,5 | Lia Okafor,spokeswoman,2 | José Méndez,,1 | Tomás Ruiz,,1"),
    ("most_quoted_about", &["about=HB"], "Ana Ruiz,person,2 | Lia Okafor,person,1"),
    ("publishers_by_speaker", &["speaker=Ana Ruiz"], "Porto Courier,3,1 | ,1,1 | The Daily Anchor,1,1"),
    ("quotes_by_month", &["speaker=José Méndez"], "2017-03,1"),
    (
        "said_about",
        &["about=Harbor Bank"],
        "2017-05-02,Ana Ruiz | 2017-03-09,a fisherman | 2016-03-01,Ana Ruiz | 2016-03-01,Lia Okafor",
    ),
    ("said_by", &["speaker=Mendez"], "2017-03-09,José Méndez"),
    ("spokespeople", &[], "Lia Okafor,Harbor Bank,spokeswoman,1,2"),
    ("unattributed", &[], "2017-03-09,a fisherman"),
    ("who_leads", &["whom=Porto"], "Ana Ruiz,mayor,Porto Verde,2016-03-01,2016-09-20T14:05:00Z,2"),
];

#[test]
fn every_query_has_its_answer() {
    let golden = GoldenDatabase::new();
    assert_eq!(
        ANSWERS.iter().map(|(name, _, _)| *name).collect::<Vec<_>>(),
        shipped::names().collect::<Vec<_>>(),
        "each shipped query has its answer in ANSWERS, in the same order"
    );
    for (name, values, answer) in ANSWERS {
        let arguments = ["--db", "golden.db", "saved", "run", name, "--format", "csv"];
        let shown = onrecord(golden.folder(), &[&arguments[..], values].concat());
        let (start, rows) =
            shown.split_once('\n').and_then(|(_, rest)| rest.split_once('\n')).expect("a header");
        assert_eq!(start, "--- stdout", "{shown}");
        let columns = answer.split(" | ").next().unwrap_or_default().matches(',').count() + 1;
        let rows: Vec<String> = rows
            .lines()
            .skip(1)
            .map(|row| row.split(',').take(columns).collect::<Vec<_>>().join(","))
            .collect();
        assert_eq!(rows.join(" | "), *answer, "{name}");
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/query/shipped")
}

#[test]
fn every_file_is_listed() {
    let entries = std::fs::read_dir(folder()).expect("the folder can be read");
    let files: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let listed: BTreeSet<String> = shipped::names().map(|name| format!("{name}.sql")).collect();
    assert_eq!(files, listed);
}

#[test]
fn every_query_runs_in_the_sqlite3_shell_on_an_empty_database() {
    let golden = GoldenDatabase::empty();
    for name in shipped::names() {
        let output = Command::new("sqlite3")
            .arg("-bail")
            .arg(golden.path())
            .args([".param set :speaker 'Ana Ruiz'", ".param set :about Porto", ".param set :name Porto"])
            .arg(".param set :whom Porto")
            .arg(format!(".read {}", folder().join(format!("{name}.sql")).display()))
            .output()
            .expect("sqlite3 is installed");
        let shown = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && shown.0.is_empty() && shown.1.is_empty(), "{name}: {shown:?}");
    }
}

#[test]
fn every_query_says_what_it_is_for() {
    for name in shipped::names() {
        let text =
            std::fs::read_to_string(folder().join(format!("{name}.sql"))).expect("the file can be read");
        assert!(text.starts_with(&format!("-- {name}: ")), "{name}");
        for parameter in text
            .split(':')
            .skip(2)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next())
        {
            let described = parameter.is_empty() || text.contains(&format!("\n-- :{parameter}  "));
            assert!(described, "{name}: {parameter}");
        }
    }
}
