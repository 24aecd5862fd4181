//! The stock sqlite3 shell opens the file although it is told to trust no schema.
//!
//! With `trusted_schema` off, SQLite lets nothing in a schema use a function that could do harm, and 3.40 counts the JSON
//! functions among those: one of them in one CHECK, and no statement on the file runs at all.

use std::path::Path;
use std::process::Command;

use crate::cli_check::filled;
use crate::support::{Ended, run, run_onrecord, sqlite3};

/// What the shell answers where it trusts no schema; nothing is kept.
fn untrusting(db: &Path, sql: &str) -> Ended {
    let sql = format!("PRAGMA trusted_schema = off; PRAGMA foreign_keys = on; BEGIN; {sql}; ROLLBACK;");
    run(Command::new("sqlite3").args(["-safe", "-bail"]).arg(db).arg(sql), b"")
}

fn names(db: &Path, condition: &str) -> Vec<String> {
    let names = sqlite3(db, &format!("SELECT name FROM sqlite_schema WHERE {condition} ORDER BY name"));
    names.lines().map(str::to_owned).collect()
}

/// Tables but those that FTS5 keeps for itself.
const TABLES: &str =
    "type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

#[test]
fn the_shell_opens_the_file_without_trusting_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    for correction in
        [&["merge", "Ana Ruiz", "Leo Brandt", "--yes"][..], &["rename", "Mira Costa", "Mira Maria Costa"]]
    {
        assert_eq!(run_onrecord(folder.path(), correction).code, Some(0));
    }
    let (tables, views) = (names(&db, TABLES), names(&db, "type = 'view'"));
    assert!(tables.len() > 15 && views.len() > 4, "{tables:?} {views:?}");
    let mut statements = vec![
        "PRAGMA integrity_check; PRAGMA foreign_key_check".to_owned(),
        "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'ferry'".to_owned(),
        "SELECT highlight(quotes_fts, 0, '>', '<') FROM quotes_fts WHERE quotes_fts MATCH 'wait*'".to_owned(),
    ];
    statements.extend(tables.iter().chain(&views).map(|name| format!("SELECT * FROM {name}")));
    for table in &tables {
        let column = sqlite3(&db, &format!("SELECT name FROM pragma_table_info('{table}') LIMIT 1"));
        let column = column.trim();
        statements.extend([
            format!("UPDATE {table} SET {column} = {column}"),
            format!("INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE false"),
            format!("DELETE FROM {table} WHERE false"),
        ]);
    }
    let mut wrong = Vec::new();
    for statement in statements {
        let ended = untrusting(&db, &statement);
        // Up to 3.40, FTS5 itself is not trusted in a trigger: what has a full-text index can be read, not written.
        let is_indexed = ["articles", "quotes"]
            .iter()
            .any(|table| statement.contains(&format!(" {table} ")) && !statement.starts_with("SELECT"));
        let is_excused = is_indexed && ended.stderr.contains("unsafe use of virtual table");
        if !ended.stderr.is_empty() && !is_excused {
            wrong.push(format!("{statement}: {}", ended.stderr.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_schema_of_ours_uses_a_json_function() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = filled(folder.path(), 1);
    let code = sqlite3(&db, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
    let lines = code.lines().map(|line| line.split("--").next().unwrap_or_default());
    let found: Vec<&str> = lines.filter(|line| line.contains("json") || line.contains("->")).collect();
    assert!(found.is_empty(), "{found:#?}");
}
