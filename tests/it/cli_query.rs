//! `onrecord query` from outside: one or two runs for each format and each kind of mistake.

use crate::command::{command, onrecord};
use crate::golden_database::GoldenDatabase;

/// Runs `onrecord query` on the golden database.
fn query(arguments: &[&str]) -> String {
    let golden = GoldenDatabase::new();
    onrecord(golden.folder(), &[&["--db", "golden.db", "query"], arguments].concat())
}

#[test]
fn a_question_is_answered_in_every_format() {
    for format in ["table", "json", "jsonl", "csv", "markdown"] {
        let shown = query(&["what did Ruiz say about Harbor Bank in 2017?", "--format", format]);
        insta::assert_snapshot!(format!("question_as_{format}"), shown);
    }
}

#[test]
fn a_relationship_is_answered() {
    insta::assert_snapshot!("who_is", query(&["who is Ana Ruiz?"]));
    insta::assert_snapshot!("who_is_as_json", query(&["--who", "Lia Okafor", "--format", "json"]));
}

#[test]
fn numbers_are_answered() {
    insta::assert_snapshot!(
        "count_by",
        query(&["--about", "Harbor Bank", "--count-by", "speaker", "--format", "csv"])
    );
}

#[test]
fn a_stored_text_cannot_act_on_the_terminal() {
    let shown = query(&["--match", "never again"]);
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    insta::assert_snapshot!("terminal_safety", shown);
}

#[test]
fn no_rows_is_an_answer() {
    insta::assert_snapshot!("no_rows", query(&["what did Zoe Nobody say?"]));
    insta::assert_snapshot!(
        "no_rows_as_json",
        query(&["what did Zoe Nobody say?", "--format", "json", "--quiet"])
    );
}

#[test]
fn what_is_understood_can_be_seen() {
    let shown =
        query(&["what did Ana Ruiz say about Harbor Bank last week?", "--verbose", "--format", "csv"]);
    assert!(shown.contains("asked: --speaker 'Ana Ruiz' --about 'Harbor Bank' --since "), "{shown}");
    assert!(shown.contains("plan: SEARCH subject USING COVERING INDEX quote_subjects_by_entity"), "{shown}");
}

#[test]
fn mistakes_name_the_next_step() {
    let mistakes: [(&str, &[&str]); 7] = [
        ("not_understood", &["who said what about Porto while she was mayor?"]),
        ("nothing_asked", &[]),
        ("mixed", &["who is Ana Ruiz?", "--kind", "direct"]),
        ("said_twice", &["what did Ana Ruiz say?", "--speaker", "Lia Okafor"]),
        ("no_date", &["--about", "Porto", "--since", "9/3/2017"]),
        ("no_predicate", &["--predicate", "meets"]),
        ("sql_and_flags", &["--sql", "SELECT 1", "--about", "Porto"]),
    ];
    for (name, arguments) in mistakes {
        insta::assert_snapshot!(format!("mistake_{name}"), query(arguments));
    }
    let golden = GoldenDatabase::new();
    insta::assert_snapshot!("mistake_no_database", onrecord(golden.folder(), &["query", "who is Ana Ruiz?"]));
    assert!(!golden.folder().join("onrecord.db").exists());
}

#[test]
fn sql_is_answered_and_cannot_write() {
    let select = "SELECT id, name FROM people WHERE mention_count >= :least ORDER BY id";
    insta::assert_snapshot!("sql", query(&["--sql", select, "--param", "least=2", "--format", "jsonl"]));
    insta::assert_snapshot!("sql_write", query(&["--sql", "DELETE FROM quotes"]));
    insta::assert_snapshot!("sql_parameter_missing", query(&["--sql", select]));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let golden = GoldenDatabase::new();
    let program = command(golden.folder()).get_program().to_owned();
    let many =
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200000) SELECT n FROM n";
    let mut child = std::process::Command::new(program)
        .current_dir(golden.folder())
        .args(["--db", "golden.db", "query", "--format", "csv", "--sql", many])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
