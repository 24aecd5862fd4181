//! A stop at any moment leaves a sound file, and the same command finishes the work.

use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::cli_check::filled;
use crate::support::{archive, dump, onrecord, run_onrecord, sqlite3, write};

/// Enough articles that a run takes a while.
const ARTICLES: usize = 900;

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
fn records_of_a_pipe_are_stored_as_they_come() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = onrecord(folder.path(), &["ingest", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("is piped");
    std::io::Write::write_all(&mut pipe, archive(0..2).as_bytes()).expect("the program listens");
    wait_for_articles(&folder.path().join("test.db"), 2);
    drop(pipe);
    assert!(child.wait().expect("has ended").success());
}

#[test]
fn a_stop_while_the_log_is_moved_into_the_file_is_survived() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    let grow = |db: &std::path::Path| {
        let connection = rusqlite::Connection::open(db).expect("opens");
        let keep_log = rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE;
        connection.set_db_config(keep_log, true).expect("is set");
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
                 INSERT INTO saved_queries (name, sql, created_at)
                 SELECT 'q' || value, hex(randomblob(500)), '2026-01-01' FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 2000) SELECT value FROM n)",
            )
            .expect("is written");
    };
    grow(&db);
    let before = std::fs::read(&db).expect("is readable");
    let log = folder.path().join("test.db-wal");
    let log_bytes = std::fs::read(&log).expect("the log is there");
    sqlite3(&db, "PRAGMA wal_checkpoint(TRUNCATE)");
    let after = std::fs::read(&db).expect("is readable");
    assert!(after.len() > before.len());
    // The first page has been moved, and says how long the file will be; the rest has not.
    std::fs::write(&db, [&after[..4096], &before[4096..]].concat()).expect("is written");
    std::fs::write(&log, log_bytes).expect("is written");
    let checked = run_onrecord(folder.path(), &["check"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.stdout, checked.stderr);
    assert_eq!(run_onrecord(folder.path(), &["ingest", "archive.jsonl"]).code, Some(0));
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM saved_queries"), "2000\n");
}

#[test]
fn ctrl_c_keeps_what_was_read_and_the_same_command_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..ARTICLES));
    let db = folder.path().join("test.db");
    let child =
        onrecord(folder.path(), &["ingest", "a.jsonl"]).stderr(Stdio::piped()).spawn().expect("starts");
    wait_for_articles(&db, 1);
    let interrupt = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(interrupt.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("the same command goes on from there"), "{said}");
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(0));
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM articles"), format!("{ARTICLES}\n"));
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
