//! A stop at any moment leaves a sound file, and the same command finishes the work.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::{archive, dump, onrecord, run_onrecord, sqlite3, write};

/// Enough articles that a run takes a while.
const ARTICLES: usize = 3000;

#[test]
fn a_kill_leaves_a_sound_file_that_the_same_command_completes() {
    let undisturbed = tempfile::tempdir().expect("a folder");
    write(undisturbed.path(), "a.jsonl", archive(0..ARTICLES));
    assert_eq!(run_onrecord(undisturbed.path(), &["ingest", "a.jsonl"]).code, Some(0));
    let expected = dump(&undisturbed.path().join("test.db"));

    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..ARTICLES));
    let db = folder.path().join("test.db");
    for articles in [1, ARTICLES / 3] {
        let mut child = onrecord(folder.path(), &["ingest", "a.jsonl"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        wait_for_articles(&db, articles);
        child.kill().expect("is killed");
        child.wait().expect("has ended");
        let checked = run_onrecord(folder.path(), &["check"]);
        assert_eq!(checked.code, Some(0), "{}{}", checked.stdout, checked.stderr);
    }
    assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(0));
    assert_eq!(dump(&db), expected);
}

/// Waits until so many articles are stored.
fn wait_for_articles(db: &std::path::Path, articles: usize) {
    let deadline = Instant::now() + Duration::from_secs(60);
    let stored = || -> rusqlite::Result<usize> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let db = rusqlite::Connection::open_with_flags(db, flags)?;
        db.query_row("SELECT count(*) FROM articles", [], |row| row.get(0))
    };
    // The file, and then the table, is not there at once.
    while stored().unwrap_or(0) < articles {
        assert!(Instant::now() < deadline, "nothing is stored");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn several_programs_may_start_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let children: Vec<_> = (0..4)
        .map(|number| {
            let name = format!("{number}.jsonl");
            write(folder.path(), &name, archive(number * 50..number * 50 + 60));
            onrecord(folder.path(), &["ingest", &name]).stderr(Stdio::piped()).spawn().expect("starts")
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().expect("ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let db = folder.path().join("test.db");
    assert_eq!(sqlite3(&db, "SELECT count(*), count(DISTINCT external_id) FROM articles"), "210|210\n");
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
}
