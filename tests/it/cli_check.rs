//! `check` finds every kind of damage and changes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord::ingest::{self, IngestSettings, Observer, Report};
use onrecord::read::Rejection;

use crate::support::{archive, known_facts, run_onrecord, write};

/// Hears nothing.
pub(crate) struct Silent;

impl Observer for Silent {
    fn progress(&mut self, _: &Report) {}
    fn rejected(&mut self, _: &Rejection) {}
    fn skipped(&mut self, _: &str) {}
    fn leads_out(&mut self, _: &str) {}
    fn partial(&mut self, _: &str, _: Option<u64>, _: &str) {}
    fn odd(&mut self, _: &str, _: Option<u64>, _: &str) {}
}

/// A database with rows in every table, `test.db` in `folder`.
pub(crate) fn filled(folder: &Path, threads: usize) -> PathBuf {
    let db = folder.join("test.db");
    let inputs = vec![write(folder, "archive.jsonl", archive(0..40))];
    let settings = IngestSettings { inputs, threads, ..IngestSettings::default() };
    ingest::run(&db, &settings, &known_facts, &mut Silent, &Arc::default()).expect("is ingested");
    db
}

#[test]
fn programs_read_the_findings_as_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    filled(folder.path(), 1);
    let ended = run_onrecord(folder.path(), &["check", "--format", "jsonl"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    for line in ended.stdout.lines() {
        let finding: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert_eq!((&finding["result"], &finding["count"]), (&"ok".into(), &0.into()), "{line}");
    }
    assert!(ended.stdout.lines().count() > 10);
}

#[test]
fn a_sound_database_passes_and_stays_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 2);
    let before = std::fs::read(&db).expect("is readable");
    let ended = run_onrecord(folder.path(), &["check"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{}", ended.stdout);
    assert!(ended.stdout.lines().count() > 10);
    assert!(ended.stdout.lines().all(|line| line.starts_with("ok ")), "{}", ended.stdout);
    assert_eq!(std::fs::read(&db).expect("is readable"), before);
    assert!(!folder.path().join("test.db-wal").exists());
}

#[test]
fn every_kind_of_damage_is_found() {
    for (damage, check) in [
        ("UPDATE quotes SET text = 'other words' WHERE id = 1", "the pieces of every quote are its text"),
        (
            "UPDATE quote_spans SET start = start + 1 WHERE quote_id = 1",
            "the pieces of every quote are its text",
        ),
        ("UPDATE quotes SET end = end + 1 WHERE id = 1", "every quote starts and ends with its pieces"),
        (
            "UPDATE quotes SET speaker_text = 'Nobody Else' WHERE id = 1",
            "every source is printed in its article",
        ),
        ("UPDATE mentions SET end = 99999 WHERE article_id = 1", "every mention lies within its article"),
        (
            "UPDATE relationships SET end = 99999 WHERE id = 1",
            "the evidence of every relationship lies within its article",
        ),
        ("UPDATE entities SET mention_count = mention_count + 1 WHERE id = 1", "mention counts are right"),
        ("UPDATE entities SET quote_count = quote_count + 1 WHERE id = 1", "quote counts are right"),
        (
            "UPDATE quotes SET published_at = '1999-01-01' WHERE id = 1",
            "quotes have the date of their article",
        ),
        (
            "UPDATE articles SET duplicate_of = 1 WHERE id = 2",
            "copies lead to the first article with their text",
        ),
        ("DELETE FROM aliases WHERE entity_id = 1", "every entity is listed under its name"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM entities WHERE id = 1", "every foreign key leads somewhere"),
        ("DELETE FROM articles_fts WHERE rowid = 1", "the full-text index of articles agrees with them"),
        ("DELETE FROM quotes_fts WHERE rowid = 1", "the full-text index of quotes agrees with them"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let db = filled(folder.path(), 1);
        rusqlite::Connection::open(&db).expect("opens").execute_batch(damage).expect(damage);
        let ended = run_onrecord(folder.path(), &["check"]);
        assert_eq!(ended.code, Some(1), "{damage}\n{}", ended.stdout);
        let failed: Vec<&str> = ended.stdout.lines().filter(|line| line.starts_with("FAILED")).collect();
        assert!(failed.iter().any(|line| line.contains(check)), "{damage}: {failed:?}");
    }
}

#[test]
fn what_is_shown_must_follow_from_the_corrections() {
    for correction in [&["merge", "Ana Ruiz", "Leo Brandt"][..], &["rename", "Ana Ruiz", "Ana Maria Ruiz"]] {
        let folder = tempfile::tempdir().expect("a folder");
        let db = filled(folder.path(), 1);
        assert_eq!(run_onrecord(folder.path(), correction).code, Some(0), "{correction:?}");
        let before = std::fs::read(&db).expect("is readable");
        let ended = run_onrecord(folder.path(), &["check"]);
        assert_eq!(ended.code, Some(0), "{correction:?}: {}", ended.stdout);
        assert_eq!(std::fs::read(&db).expect("is readable"), before);
        // As if the record of the correction alone had been changed.
        rusqlite::Connection::open(&db)
            .expect("opens")
            .execute_batch("UPDATE corrections SET undone_at = created_at")
            .expect("is written");
        let ended = run_onrecord(folder.path(), &["check"]);
        let failed =
            |line: &&str| line.starts_with("FAILED") && line.contains("follows from the corrections");
        assert_eq!(ended.stdout.lines().filter(failed).count(), 1, "{correction:?}: {}", ended.stdout);
    }
}

#[test]
fn a_damaged_page_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    let mut bytes = std::fs::read(&db).expect("is readable");
    let page = bytes.len() / 4096 / 2 * 4096;
    bytes[page..page + 4096].fill(0x5A);
    std::fs::write(&db, bytes).expect("is written");
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(1));
}

#[test]
fn a_missing_database_is_a_wrong_call() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = run_onrecord(folder.path(), &["check"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.starts_with("error: there is no database test.db\n"), "{}", ended.stderr);
    assert!(!folder.path().join("test.db").exists());
}
