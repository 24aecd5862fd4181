//! `review` of what a question found: single letters on standard input, each answer a correction.

use std::path::Path;

use crate::command::{command, onrecord};
use crate::support::{sqlite3, write};

const ARTICLES: &str = r#"{"id": "a", "title": "Ferry fares rise", "publisher": "The Courier", "published": "2020-01-01", "text": "The fares will rise in May.\n\n“We waited long enough,” said Ana Ruiz, the mayor of Valdora. Harbor Bank agreed."}
{"id": "b", "title": "Council meets", "publisher": "The Courier", "published": "2020-02-01", "text": "“Harbor Bank owes us an answer,” said Ana Ruiz on Monday."}
{"id": "c", "title": "A new song", "publisher": "The Courier", "published": "2020-03-01", "text": "“I wrote it on a boat,” said Leo Brandt, a singer."}
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "articles.jsonl", ARTICLES);
    onrecord(folder.path(), &["ingest", "articles.jsonl", "--quiet"]);
    folder
}

/// Runs `review` with these lines on its standard input; what it printed, on both streams.
fn review(folder: &Path, arguments: &[&str], answers: &str) -> String {
    let output = command(folder).arg("review").args(arguments).write_stdin(answers).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let checked = onrecord(folder, &["check"]);
    assert!(checked.starts_with("exit code 0\n"), "{checked}");
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn sql(folder: &Path, sql: &str) -> String {
    sqlite3(&folder.join("onrecord.db"), sql)
}

/// The corrections in force, by action and by the words of their quote.
fn corrections(folder: &Path) -> Vec<String> {
    let rows = sql(folder, "SELECT action FROM corrections WHERE undone_at IS NULL ORDER BY id");
    rows.lines().map(str::to_owned).collect()
}

const QUOTES: &str = "SELECT text FROM quotes ORDER BY id";

#[test]
fn rows_are_shown_one_at_a_time_and_answered_by_a_letter() {
    let folder = folder();
    let folder = folder.path();
    let before = sql(folder, QUOTES);
    let shown = review(folder, &["--all"], "y\nn\ns\n");
    for part in [
        "1 of 3, quote 3\nThe Courier, 2020-03-01, A new song, articles.jsonl",
        "speaker  Leo Brandt",
        "act      statement (direct, speech)",
        "[[“I wrote it on a boat,”]] said Leo Brandt",
        "2 of 3, quote 2",
        "about    Harbor Bank",
        "3 of 3, quote 1",
        "y, n, e, s, u, b, q or ?",
        "2 of 3 judged: 1 right, 1 wrong, 0 changed",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(corrections(folder), ["confirm", "reject"]);
    // They outlive a new analysis, and what was judged is passed over.
    onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze"]);
    assert_eq!(sql(folder, QUOTES).lines().count(), before.lines().count() - 1);
    let rest = review(folder, &["--all"], "");
    assert!(rest.contains("1 of 1, quote 1") && rest.contains("1 judged before, passed over"), "{rest}");
    let again = review(folder, &["--speaker", "Leo Brandt", "--again"], "q\n");
    assert!(again.contains("1 of 1, quote 3"), "{again}");
}

#[test]
fn answers_are_taken_back_and_rows_come_back() {
    let folder = folder();
    let folder = folder.path();
    let before = sql(folder, QUOTES);
    // The last answer after the last row; then the one before.
    let shown = review(folder, &["--all"], "n\nn\nn\nu\nu\nq\n");
    assert!(shown.contains("that was the last row: u, b, q?"), "{shown}");
    assert!(
        shown.contains("taken back: wrong of row 3") && shown.contains("taken back: wrong of row 2"),
        "{shown}"
    );
    assert_eq!(corrections(folder), ["reject"]);
    onrecord(folder, &["undo"]);
    assert_eq!(sql(folder, QUOTES), before);
    // Back to a row that is gone: it is still shown, and another answer takes the place of the first.
    let shown = review(folder, &["--all"], "n\nb\ny\nq\n");
    assert_eq!(shown.matches("1 of 3, quote 3").count(), 2, "{shown}");
    assert!(shown.contains("1 of 3, quote 3 (wrong)\n") && shown.contains("I wrote it on a boat"), "{shown}");
    assert_eq!(corrections(folder), ["confirm"]);
    assert_eq!(sql(folder, QUOTES), before);
    let shown = review(folder, &["--all"], "u\nb\nperhaps\n?\nq\n");
    assert!(shown.contains("there is no answer to take back"), "{shown}");
    assert!(shown.contains("back to the row before"), "{shown}");
    assert_eq!(corrections(folder), ["confirm"]);
}

#[test]
fn a_row_is_changed_part_by_part() {
    let folder = folder();
    let folder = folder.path();
    let quote =
        "SELECT (SELECT name FROM entities WHERE id = speaker_id), text, act FROM quotes WHERE id = 2;
        SELECT name FROM quote_subjects JOIN entities ON id = entity_id WHERE quote_id = 2 ORDER BY 1";
    let before = sql(folder, quote);
    let edits =
        "e\nNobody Known\nLeo Brandt\nPorto\n+Valdora; -Harbor Bank\nsong\ndenial\nnowhere\nowes us\n\nq\n";
    let shown = review(folder, &["what did Ana Ruiz say about Harbor Bank?"], edits);
    assert!(shown.contains("a name needs + or - before it"), "{shown}");
    assert!(shown.contains("it has to be one of statement"), "{shown}");
    assert!(shown.contains("does not print “nowhere”"), "{shown}");
    assert!(shown.contains("1 of 1, quote 2 (changed)"), "{shown}");
    assert!(shown.contains("1 of 1 judged: 0 right, 0 wrong, 1 changed"), "{shown}");
    let changed = "Leo Brandt|owes us an answer,”|denial\nValdora\n";
    assert_eq!(sql(folder, quote), changed);
    onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze"]);
    assert_eq!(sql(folder, quote), changed);
    // One u takes all of it back.
    for _ in corrections(folder) {
        onrecord(folder, &["undo"]);
    }
    assert_eq!(sql(folder, quote), before);
    review(folder, &["--about", "Harbor Bank"], "e\nnew person Mira Costa\n\n\n\n\nu\nq\n");
    assert_eq!(sql(folder, quote), before);
    assert_eq!(corrections(folder), [""; 0]);
    // Nothing changed, and nobody answering in the midst of it.
    review(folder, &["--about", "Harbor Bank"], "e\n\n\n\n\n\nq\n");
    review(folder, &["--about", "Harbor Bank"], "e\n");
    assert_eq!(corrections(folder), [""; 0]);
    // A row that was wrong stays so where nothing is changed.
    let shown = review(folder, &["--about", "Harbor Bank"], "n\nb\ne\n\n\n\n\n\nq\n");
    assert!(shown.contains("1 wrong, 0 changed"), "{shown}");
    assert_eq!(corrections(folder), ["reject"]);
}

#[test]
fn relationships_are_judged_too() {
    let folder = folder();
    let folder = folder.path();
    let shown = review(folder, &["who is Ana Ruiz?"], "e\n\n\n-\nended\ny\n");
    assert!(shown.contains("1 of 1, relationship ") && shown.contains("status   asserted"), "{shown}");
    assert!(shown.contains("(changed)"), "{shown}");
    let status = "SELECT status, object_id FROM relationships WHERE subject_id = (SELECT id FROM people WHERE name = 'Ana Ruiz')";
    assert_eq!(sql(folder, status), "ended|\n");
    onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze"]);
    assert_eq!(sql(folder, status), "ended|\n");
    let none = review(folder, &["--who", "Ana Ruiz"], "n\n");
    assert!(none.contains("there is nothing to judge"), "{none}");
    let gone = review(folder, &["--who", "Ana Ruiz", "--again"], "n\n");
    assert!(gone.contains("1 of 1 judged: 0 right, 1 wrong"), "{gone}");
    assert_eq!(sql(folder, status), "");
}

#[test]
fn a_sample_is_drawn_at_random_and_the_same_again() {
    let folder = folder();
    let folder = folder.path();
    let ids = |arguments: &[&str]| {
        let shown = review(folder, arguments, "s\ns\ns\n");
        let ids = shown.lines().filter_map(|line| line.split(" of 2, quote ").nth(1).map(str::to_owned));
        ids.collect::<Vec<_>>()
    };
    let drawn = ids(&["--sample", "2"]);
    assert_eq!(drawn.len(), 2);
    assert_eq!(ids(&["--sample", "2"]), drawn);
    let others: Vec<_> = (2..9).map(|seed| ids(&["--sample", "2", "--seed", &seed.to_string()])).collect();
    assert!(others.iter().any(|other| *other != drawn), "{others:?}");
}

#[test]
fn what_cannot_be_gone_through_is_refused() {
    let folder = folder();
    for (arguments, reason) in [
        (&["review", "--speaker", "Ana Ruiz", "--count"][..], "numbers are none"),
        (&["review", "--sample", "5", "--speaker", "Ana Ruiz"], "--sample draws among all quotes"),
        (&["review", "--all", "--list"], "--list prints questions"),
        (&["review", "--seed", "5"], "--sample"),
        (&["review", "what colour is the ferry?"], "not understood"),
    ] {
        let refused = onrecord(folder.path(), arguments);
        assert!(refused.starts_with("exit code 2\n") && refused.contains(reason), "{arguments:?}: {refused}");
    }
}

#[test]
fn a_passage_cannot_move_the_cursor() {
    let folder = tempfile::tempdir().expect("a folder");
    let article = r#"{"id": "a", "title": "T\u001b[2J", "published": "2020-01-01", "text": "“Wait \u001b[31m\u202e here,” said Ana Ruiz."}"#;
    write(folder.path(), "articles.jsonl", article);
    onrecord(folder.path(), &["ingest", "articles.jsonl", "--quiet"]);
    let shown = review(folder.path(), &["--all"], "y\n");
    assert!(shown.contains("1 of 1, quote"), "{shown}");
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{shown:?}");
}
