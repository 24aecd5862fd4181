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
    assert!(shown.contains("plan: SEARCH subject USING COVERING INDEX quote_subjects_by_speaker"), "{shown}");
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

/// What people type, and full-text search takes for its own signs.
const PUNCTUATION: [&str; 30] = [
    "\"",
    "'",
    "''",
    "*",
    "U.S.",
    "a-b",
    "(",
    ")",
    "AND",
    "OR NOT",
    "NEAR(a b)",
    "^a",
    "speaker:a",
    "{a b}: c",
    "a\"b",
    "\\",
    "%",
    "_",
    ";--",
    "O'Brien",
    "20.04",
    "example.com",
    "#tag",
    "@name",
    "…",
    "!!!",
    "—",
    "\u{202e}",
    "a*b*",
    "+a -b",
];

#[test]
fn no_punctuation_is_an_error() {
    let golden = GoldenDatabase::new();
    let ok = |arguments: &[&str]| {
        let output =
            command(golden.folder()).args(arguments).args(["--db", "golden.db"]).output().expect("runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    };
    for text in PUNCTUATION {
        for flag in ["--match", "--about", "--speaker", "--who", "--object", "--publisher"] {
            ok(&["query", &format!("{flag}={text}")]);
        }
        ok(&["query", "--between", text, "Ana Ruiz"]);
        ok(&["query", &format!("who said what about {text} Ruiz?")]);
        for (name, parameter) in [("said_about", "about"), ("said_by", "speaker"), ("latest_by", "speaker")] {
            ok(&["saved", "run", name, &format!("{parameter}={text}")]);
        }
    }
}

#[test]
fn marks_alone_are_in_no_quote_and_that_is_said() {
    let golden = GoldenDatabase::new();
    for flag in ["--match", "--about"] {
        let shown = onrecord(golden.folder(), &["query", flag, "!?", "--db", "golden.db"]);
        assert!(shown.starts_with("exit code 0\n"), "{shown}");
        assert!(shown.contains("there is no word in \"!?\""), "{shown}");
    }
}

#[test]
fn the_version_says_build_and_model() {
    let golden = GoldenDatabase::new();
    let shown = onrecord(golden.folder(), &["--version"]);
    let version = env!("CARGO_PKG_VERSION");
    for part in [
        format!("onrecord {version}\nbuild   commit "),
        "\nmodel   english.bin, layout ".to_owned(),
        "\nschema  version ".to_owned(),
    ] {
        assert!(shown.contains(&part), "{part}: {shown}");
    }
    // The model is named as each run of ingest notes it.
    let model = onrecord::Model::embedded().checksum();
    assert!(shown.contains(&format!("checksum {model}")), "{shown}");
    assert_eq!(onrecord(golden.folder(), &["-V"]), format!("exit code 0\n--- stdout\nonrecord {version}\n"));
}

#[test]
fn without_a_command_the_help_is_shown_and_nothing_is_done() {
    let golden = GoldenDatabase::new();
    let shown = onrecord(golden.folder(), &[]);
    assert!(shown.starts_with("exit code 2\n--- stderr\n") && shown.contains("Commands:"), "{shown}");
}

#[test]
fn columns_without_room_are_lines() {
    let columns: Vec<String> =
        (1..=14).map(|at| format!("'a value of some length' AS \"column number {at}\"")).collect();
    let shown = query(&["--sql", &format!("SELECT {}", columns.join(", "))]);
    let lines = shown.lines().filter(|line| line.ends_with("  a value of some length"));
    assert_eq!(lines.count(), 14, "{shown}");
}
