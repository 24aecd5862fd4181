//! `check` finds every kind of damage and changes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use onrecord::ingest::{self, IngestSettings, Observer, Report};
use onrecord::read::Rejection;

use crate::support::{archive, known_facts, run_onrecord, sqlite3, write};

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

/// Damage, the check that fails, what of it is named, and a part of what to do.
#[test]
fn damage_is_named_with_what_to_do() {
    let schema = "tables, indexes, views and triggers are as onrecord made them";
    let constraints = "every row keeps the constraints of its table";
    let text = "every article has the text that was read";
    let rest =
        "every article has the title, author, publisher, date, address, language and id that were read";
    let marks = "the marks of the file are those of the migrations that made it";
    for (damage, check, named, to_do) in [
        // The schema.
        ("DROP VIEW who_is", schema, "view who_is is missing", "bring back who_is"),
        (
            "DROP VIEW people; CREATE VIEW people AS SELECT * FROM entities",
            schema,
            "view people is not as onrecord made it",
            "bring back people",
        ),
        ("CREATE VIEW mine AS SELECT 1", schema, "view mine is not onrecord's", "DROP VIEW \"mine\""),
        (
            "DROP INDEX quotes_by_speaker",
            schema,
            "index quotes_by_speaker is missing",
            "bring back quotes_by_speaker",
        ),
        (
            "CREATE INDEX more ON quotes (text)",
            schema,
            "index more of quotes is not onrecord's",
            "DROP INDEX \"more\"",
        ),
        ("DROP TRIGGER quotes_fts_update", schema, "trigger quotes_fts_update is missing", "bring back"),
        (
            "CREATE TRIGGER evil AFTER INSERT ON quotes BEGIN DELETE FROM articles; END",
            schema,
            "trigger evil of quotes is not onrecord's",
            "DROP TRIGGER \"evil\"",
        ),
        ("CREATE TABLE notes (text)", schema, "table notes is not onrecord's", "DROP TABLE \"notes\""),
        ("DROP TABLE quotes_fts", schema, "table quotes_fts is missing", "make a new database"),
        (
            "ALTER TABLE quotes ADD COLUMN mine TEXT",
            schema,
            "table quotes is not as onrecord made it",
            "make a new",
        ),
        // The rows.
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE quotes SET confidence = 7 WHERE id = 2",
            constraints,
            "quotes id 2: CHECK constraint failed: confidence BETWEEN 0 AND 1",
            "mend or delete the rows",
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE mentions SET form = 'nickname' WHERE article_id = 3",
            constraints,
            "mentions article_id 3, entity_id",
            "mend or delete the rows",
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE entities SET kind = 'ship' WHERE id = 2",
            constraints,
            "entities id 2: CHECK constraint failed: kind IN",
            "mend or delete the rows",
        ),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE ingest_runs SET inputs = '[1, ' WHERE id = 1",
            "what is kept as JSON is JSON",
            "inputs of run 1",
            "make a new database",
        ),
        // What was read.
        (
            "UPDATE articles SET body = body || '!' WHERE id = 4",
            text,
            "first article 4;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET body_hash = 'x' WHERE id = 4",
            text,
            "first article 4;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET title = 'Other words' WHERE id = 5",
            rest,
            "first article 5;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET author = 'Somebody' WHERE id IN (5, 7)",
            rest,
            "2 against it, first article 5; article 7;",
            "put back",
        ),
        (
            "UPDATE articles SET url = NULL WHERE id = 6",
            rest,
            "first article 6;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET publisher = '' WHERE id = 6",
            rest,
            "first article 6;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET published_at = '1999' WHERE id = 6",
            rest,
            "first article 6;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET external_id = 'story-9' WHERE id = 6",
            rest,
            "first article 6;",
            "put back what was changed",
        ),
        (
            "UPDATE articles SET language = 'fr' WHERE id = 6",
            rest,
            "first article 6;",
            "put back what was changed",
        ),
        // The indexes.
        (
            "DELETE FROM articles_fts WHERE rowid = 3",
            "the full-text index of articles agrees with them",
            "article 3 is not in it",
            "VALUES ('rebuild')",
        ),
        (
            "INSERT INTO quotes_fts (rowid, text) VALUES (9999, 'nothing')",
            "the full-text index of quotes agrees with them",
            "it has a quote 9999, which is not there",
            "VALUES ('rebuild')",
        ),
        (
            "INSERT INTO quotes_fts (quotes_fts, rowid, text) VALUES ('delete', 1, 'other words');
             INSERT INTO quotes_fts (rowid, text) VALUES (1, 'other words')",
            "the full-text index of quotes agrees with them",
            "first",
            "VALUES ('rebuild')",
        ),
        // The marks.
        ("PRAGMA application_id = 7", marks, "application_id is 7 and not", "PRAGMA application_id = "),
        ("PRAGMA user_version = 3", marks, "user_version is 3 and not", "PRAGMA user_version = "),
        ("PRAGMA user_version = 0", marks, "user_version is 0 and not", "PRAGMA user_version = "),
        ("PRAGMA user_version = 999", marks, "user_version is 999 and not", "PRAGMA user_version = "),
        (
            "DELETE FROM refinery_schema_history WHERE version = 2",
            marks,
            "migrations are noted",
            "make a new database",
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let db = filled(folder.path(), 1);
        rusqlite::Connection::open(&db).expect("opens").execute_batch(damage).expect(damage);
        let before = std::fs::read(&db).expect("is readable");
        let ended = run_onrecord(folder.path(), &["check"]);
        assert_eq!(ended.code, Some(1), "{damage}\n{}{}", ended.stdout, ended.stderr);
        let begin = format!("FAILED   {check}: ");
        let line = ended.stdout.lines().find(|line| line.starts_with(&begin));
        let (found, remedy) = line.and_then(|line| line.split_once("to do: ")).unwrap_or_default();
        assert!(found.contains(named) && remedy.contains(to_do), "{damage}: {}", ended.stdout);
        assert_eq!(std::fs::read(&db).expect("is readable"), before, "{damage}");
    }
}

#[test]
fn a_changed_earlier_version_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    for word in ["set", "at the quay"] {
        let inputs = vec![write(
            folder.path(),
            "archive.jsonl",
            archive(0..4).replace("are ready", &format!("are {word}")),
        )];
        let settings = IngestSettings { inputs, threads: 1, ..IngestSettings::default() };
        ingest::run(&db, &settings, &known_facts, &mut Silent, &Arc::default()).expect("is ingested");
    }
    let ended = run_onrecord(folder.path(), &["check"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    for (damage, named) in [
        (
            "UPDATE article_revisions SET text = 'x' WHERE article_id = 3 AND revision = 2",
            "first version 2 of article 3; version 1 of article 3;",
        ),
        (
            "UPDATE article_revisions SET title = 'x' WHERE article_id = 2 AND revision = 1",
            "version 1 of article 2;",
        ),
        (
            "DELETE FROM article_revisions WHERE article_id = 1 AND revision = 1",
            "first article 1 lacks an earlier version;",
        ),
    ] {
        rusqlite::Connection::open(&db).expect("opens").execute_batch(damage).expect(damage);
        let ended = run_onrecord(folder.path(), &["check"]);
        let line = ended.stdout.lines().find(|line| line.starts_with("FAILED   every earlier version"));
        assert!(
            ended.code == Some(1) && line.is_some_and(|line| line.contains(named)),
            "{damage}: {}",
            ended.stdout
        );
    }
}

#[test]
fn what_the_check_says_mends_the_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    let whole = |sql: &str| rusqlite::Connection::open(&db).expect("opens").execute_batch(sql).expect(sql);
    whole(
        "PRAGMA application_id = 7; PRAGMA user_version = 3; CREATE VIEW mine AS SELECT 1; DROP VIEW people;
         DELETE FROM articles_fts WHERE rowid = 3",
    );
    let (id, version) = (onrecord::store::APPLICATION_ID, onrecord::store::schema_version());
    whole(&format!("PRAGMA application_id = {id}; PRAGMA user_version = {version}; DROP VIEW \"mine\""));
    whole("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')");
    let new = folder.path().join("new.db");
    onrecord::store::Store::open(&new).expect("is made").close();
    whole(&sqlite3(&new, "SELECT sql FROM sqlite_schema WHERE name = 'people'"));
    let ended = run_onrecord(folder.path(), &["check"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
}

#[test]
fn what_is_shown_must_follow_from_the_corrections() {
    for correction in
        [&["merge", "Ana Ruiz", "Leo Brandt", "--yes"][..], &["rename", "Ana Ruiz", "Ana Maria Ruiz"]]
    {
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
