//! `onrecord demo` from outside.

use crate::command::onrecord;
use crate::golden_database::GoldenDatabase;

#[test]
fn a_question_is_answered_from_invented_articles() {
    let folder = tempfile::TempDir::new().expect("there is room for a folder");
    let shown = onrecord(folder.path(), &["demo"]);
    assert!(shown.starts_with("exit code 0\n--- stdout\n12 articles in onrecord-demo.db."), "{shown}");
    assert!(shown.contains("Vasko") && shown.contains("\n  sqlite3 -box onrecord-demo.db "), "{shown}");
    // Again, with the articles as they were left.
    assert_eq!(onrecord(folder.path(), &["demo"]), shown);
    let rows = onrecord(folder.path(), &["demo", "--format", "jsonl", "--quiet"]);
    assert!(rows.lines().skip(2).all(|row| row.starts_with('{')), "{rows}");
}

#[test]
fn a_database_of_someone_else_is_left_alone() {
    let golden = GoldenDatabase::new();
    let before = std::fs::read(golden.path()).expect("the file can be read");
    let shown = onrecord(golden.folder(), &["demo", "--db", "golden.db"]);
    assert!(shown.starts_with("exit code 1\n"), "{shown}");
    assert_eq!(std::fs::read(golden.path()).expect("the file can be read"), before);
    assert!(!golden.folder().join("golden.jsonl").exists());
}
