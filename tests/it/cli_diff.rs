//! `onrecord diff` from outside: what is otherwise in one database than in another.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{archive, onrecord, run_onrecord, sqlite3, write};

/// Two databases of the same archive: `test.db` as it was read, and `after.db`, in which some things were changed by hand.
fn two() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..4));
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--quiet", "a.jsonl"]).code, Some(0));
    sqlite3(&folder.path().join("test.db"), "PRAGMA wal_checkpoint(TRUNCATE)");
    std::fs::copy(folder.path().join("test.db"), folder.path().join("after.db")).expect("is copied");
    folder
}

fn change(folder: &Path, sql: &str) {
    sqlite3(&folder.join("after.db"), sql);
}

/// The differences as objects.
fn differences(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let ended =
        run_onrecord(folder, &[&["diff", "test.db", "after.db", "--format", "json"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {}", ended.stdout))
}

#[test]
fn equal_databases_have_no_differences() {
    let folder = two();
    assert_eq!(differences(folder.path(), &["--all"]), [Value::Null; 0]);
    let ended = run_onrecord(folder.path(), &["diff", "test.db", "after.db"]);
    assert!(
        ended.stdout.starts_with("articles                  4 in both, 0 gone, 0 new\n"),
        "{}",
        ended.stdout
    );
    assert_eq!((ended.stdout.lines().count(), ended.stderr.as_str()), (3, ""));
}

#[test]
fn each_kind_of_difference_is_told() {
    let folder = two();
    let folder = folder.path();
    let before = std::fs::read(folder.join("test.db")).expect("is readable");
    for (sql, expected) in [
        ("UPDATE quotes SET act = 'denial' WHERE id = 1", "quote act: statement > denial"),
        ("UPDATE quotes SET vouched = 0 WHERE id = 2", "quote vouched: yes > no"),
        (
            "UPDATE quotes SET speaker_id = NULL, speaker_text = 'an \x1b[2J official' WHERE id = 1",
            "quote speaker: ",
        ),
        (
            "DELETE FROM quote_subjects WHERE quote_id = (SELECT min(quote_id) FROM quote_subjects)",
            "quote subjects: ",
        ),
        (
            "UPDATE quotes SET key = 'another', end = end - 2, text = 'shorter' WHERE id = 2",
            "quote borders: ",
        ),
        ("DELETE FROM quotes WHERE id = 2", "quote gone: "),
        ("DELETE FROM relationships WHERE id = 1", "relationship gone: "),
        ("UPDATE relationships SET status = 'ended' WHERE id = 1", "relationship status: "),
    ] {
        std::fs::copy(folder.join("test.db"), folder.join("after.db")).expect("is copied");
        change(folder, sql);
        let found = differences(folder, &[]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let brief: Vec<String> = found
            .iter()
            .map(|one| {
                format!("{}: {} > {}", text(&one["change"]), text(&one["before"]), text(&one["after"]))
            })
            .collect();
        assert!(brief.len() == 1 && brief[0].starts_with(expected), "{sql}: {brief:?}");
        let shown = run_onrecord(folder, &["diff", "test.db", "after.db"]).stdout;
        let name = expected.split(':').next().unwrap_or_default();
        assert!(shown.contains(&format!("\n{name:26}1\n")) && !shown.contains('\u{1b}'), "{shown}");
        // The other way round what is gone is new.
        let back = run_onrecord(folder, &["diff", "after.db", "test.db"]).stdout;
        assert!(back.contains(&name.replace("gone", "new")), "{back}");
    }
    assert!(std::fs::read(folder.join("test.db")).expect("is readable") == before, "it is only read");
}

#[test]
fn articles_of_one_alone_and_limits() {
    let folder = two();
    let folder = folder.path();
    write(folder, "b.jsonl", archive(4..6));
    let ended = run_onrecord(folder, &["ingest", "--quiet", "--db", "after.db", "b.jsonl"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let all = differences(folder, &[]);
    assert!(
        all.len() > 2
            && all.iter().all(|one| one["change"].as_str().is_some_and(|change| change.ends_with("new")))
    );
    let ended = run_onrecord(folder, &["diff", "test.db", "after.db", "--limit", "1"]);
    assert!(
        ended.stdout.starts_with("articles                  4 in both, 0 gone, 2 new\n"),
        "{}",
        ended.stdout
    );
    assert!(ended.stderr.contains(&format!("1 of {} differences", all.len())), "{}", ended.stderr);
    assert_eq!(differences(folder, &["--limit", "1"]).len(), 1);
}

#[test]
fn what_is_no_database_is_refused_and_a_closed_pipe_is_not() {
    let folder = two();
    write(folder.path(), "text.db", "no database");
    for (other, code) in [("none.db", 2), ("text.db", 1)] {
        let ended = run_onrecord(folder.path(), &["diff", "test.db", other]);
        assert!(ended.code == Some(code) && ended.stderr.contains(other), "{}", ended.stderr);
        assert!(!folder.path().join("none.db").exists());
    }
    change(folder.path(), "DELETE FROM quotes");
    let mut command = onrecord(folder.path(), &["diff", "test.db", "after.db", "--limit", "0"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
