//! What a person's SQL can and cannot do.

use std::time::{Duration, Instant};

use onrecord::error::{Error, ErrorKind};
use onrecord::query::Audience;
use onrecord::query::output::{OutputFormat, Screen, writer};
use onrecord::query::sandbox::{Argument, Sandbox, Sql};

use crate::golden_database::GoldenDatabase;

fn run(
    golden: &GoldenDatabase,
    text: &str,
    parameters: &[(&str, &str)],
    patience: Duration,
) -> Result<String, Error> {
    let sql = Sql {
        text: text.to_owned(),
        parameters: parameters
            .iter()
            .map(|(name, value)| ((*name).to_owned(), Argument::AsTyped((*value).to_owned())))
            .collect(),
        limit: None,
        offset: 0,
        patience,
    };
    let mut out = Vec::new();
    Sandbox::new(golden.reader())?.run(
        &sql,
        Audience::Programs,
        &mut *writer(OutputFormat::Csv, Screen::default(), &mut out),
    )?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

const MINUTE: Duration = Duration::from_secs(60);

#[test]
fn reading_is_allowed() {
    let golden = GoldenDatabase::new();
    for (sql, parameters, answer) in [
        ("SELECT count(*) AS n FROM quotes", &[][..], "n\n10\n"),
        (
            "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH 'bread' ORDER BY rowid;",
            &[],
            "rowid\n5\n10\n",
        ),
        (
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 3) SELECT sum(n) AS s FROM n",
            &[],
            "s\n6\n",
        ),
        ("SELECT name FROM people WHERE id = :id", &[("id", "1")], "name\nAna Ruiz\n"),
        ("SELECT :a + 1 AS n, :b || '' AS t", &[("a", "41"), (":b", "007")], "n,t\n42,007\n"),
        (
            "SELECT speaker FROM who_said_what WHERE quote_id = 1 LIMIT 1 -- a remark",
            &[],
            "speaker\nLia Okafor\n",
        ),
    ] {
        assert_eq!(run(&golden, sql, parameters, MINUTE).expect("it only reads"), answer, "{sql}");
    }
}

#[test]
fn nothing_else_is() {
    let golden = GoldenDatabase::new();
    let before = std::fs::read(golden.path()).expect("the file can be read");
    let elsewhere = golden.folder().join("elsewhere.db");
    let attach = format!("ATTACH '{}' AS elsewhere", elsewhere.display());
    for sql in [
        "DELETE FROM quotes",
        "INSERT INTO saved_queries (name) VALUES ('x')",
        "CREATE TEMP TABLE t (x)",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA writable_schema = 1",
        "SELECT * FROM pragma_database_list",
        "PRAGMA database_list",
        "PRAGMA wal_checkpoint",
        "PRAGMA hard_heap_limit = 0",
        "PRAGMA user_version = 3",
        "SAVEPOINT x",
        "DROP VIEW people",
        "ANALYZE",
        "REINDEX",
        "UPDATE quotes SET text = ''",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM quotes",
        "SELECT 1; SELECT 2",
        "INSERT INTO quotes_fts (quotes_fts) VALUES ('rebuild')",
        "BEGIN",
        "EXPLAIN DELETE FROM quotes",
        "",
        "-- nothing",
        "SELECT nobody FROM quotes",
        "SELECT \"nobody\" FROM quotes",
        attach.as_str(),
    ] {
        let error = run(&golden, sql, &[], MINUTE).expect_err(sql);
        assert_eq!(error.kind(), ErrorKind::Usage, "{sql}: {error}");
        assert!(!error.hints().is_empty(), "{sql}");
    }
    assert_eq!(std::fs::read(golden.path()).expect("the file can be read"), before);
    assert!(!elsewhere.exists());
}

#[test]
fn what_describes_tables_is_allowed() {
    let golden = GoldenDatabase::new();
    for (sql, answer) in [
        ("SELECT name FROM pragma_table_info('people') LIMIT 2", "name\nid\nname\n"),
        ("SELECT name FROM pragma_table_xinfo('places') LIMIT 1", "name\nid\n"),
        ("SELECT count(*) > 9 AS many FROM pragma_table_list", "many\n1\n"),
        ("SELECT count(*) > 2 AS many FROM pragma_index_list('quotes')", "many\n1\n"),
        (
            "SELECT name FROM pragma_index_info('quotes_by_speaker')",
            "name\nspeaker_id\npublished_at\nid\nvouched\narticle_id\n",
        ),
        ("SELECT \"table\" AS t FROM pragma_foreign_key_list('aliases')", "t\nentities\n"),
        (
            "SELECT m.name || '.' || c.name AS n FROM sqlite_schema AS m, pragma_table_info(m.name) AS c
                WHERE m.name = 'saved_queries' LIMIT 1",
            "n\nsaved_queries.name\n",
        ),
    ] {
        assert_eq!(run(&golden, sql, &[], MINUTE).expect(sql), answer, "{sql}");
    }
}

#[test]
fn what_is_refused_is_named() {
    let golden = GoldenDatabase::new();
    for (sql, reason, hint) in [
        (
            "SELECT * FROM pragma_database_list",
            "PRAGMA database_list does more than describe",
            "PRAGMA table_list",
        ),
        ("PRAGMA journal_mode = DELETE", "PRAGMA journal_mode does more", "table_info"),
        ("SELECT load_extension('x')", "the function load_extension is not allowed", "sqlite3 shell"),
        ("DELETE FROM quotes", "it would delete from quotes", "sqlite3 shell"),
        ("UPDATE quotes SET text = ''", "it would change quotes", "sqlite3 shell"),
        (
            "INSERT INTO saved_queries (name) VALUES ('x')",
            "it would insert into saved_queries",
            "sqlite3 shell",
        ),
        ("DROP VIEW people", "it would change the schema", "sqlite3 shell"),
        ("CREATE TEMP TABLE t (x)", "it would change the schema", "sqlite3 shell"),
        ("ATTACH 'x.db' AS x", "it would open another file", "sqlite3 shell"),
        ("BEGIN", "it is about a transaction", "sqlite3 shell"),
    ] {
        let error = run(&golden, sql, &[], MINUTE).expect_err(sql);
        assert!(error.to_string().contains(reason), "{sql}: {error}");
        assert!(error.hints().iter().any(|words| words.contains(hint)), "{sql}: {:?}", error.hints());
    }
}

/// A sandbox is left at the end of the time, and of use again when SQLite has come to the end of the function.
#[test]
fn a_sandbox_that_was_left_is_of_use_again() {
    let golden = GoldenDatabase::new();
    let mut sandbox = Sandbox::new(golden.reader()).expect("is restricted");
    let mut ask = |text: &str, patience: u64| {
        let sql = Sql {
            text: text.to_owned(),
            parameters: Vec::new(),
            limit: Some(1),
            offset: 0,
            patience: Duration::from_millis(patience),
        };
        let mut out = Vec::new();
        let answer = sandbox.run(
            &sql,
            Audience::Programs,
            &mut *writer(OutputFormat::Csv, Screen::default(), &mut out),
        );
        answer.map(|_| String::from_utf8_lossy(&out).into_owned()).map_err(|error| error.to_string())
    };
    // More rows than are wanted are left behind too.
    assert_eq!(ask("SELECT a.id FROM quotes a, quotes b, quotes c", 60_000).as_deref(), Ok("id\n1\n"));
    let long = "SELECT instr(hex(zeroblob(150000)), hex(zeroblob(75000)) || 'b')";
    let error = ask(long, 100).expect_err("it takes longer");
    assert!(error.contains("ran longer than 0.1 seconds"), "{error}");
    assert_eq!(ask("SELECT 1 AS one", 600_000).as_deref(), Ok("one\n1\n"));
}

#[test]
fn parameters_have_to_fit() {
    let golden = GoldenDatabase::new();
    for (sql, parameters, message) in [
        ("SELECT :a", &[][..], "the parameter :a has no value"),
        ("SELECT :a", &[("a", "1"), ("b", "2")], "the SQL has no parameter :b"),
        ("SELECT ?", &[], "a parameter has no name"),
    ] {
        let error = run(&golden, sql, parameters, MINUTE).expect_err(sql);
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn an_endless_query_is_stopped() {
    let golden = GoldenDatabase::new();
    let start = Instant::now();
    let endless = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT count(*) FROM n";
    let error = run(&golden, endless, &[], Duration::from_millis(200)).expect_err("it never ends");
    assert_eq!(error.to_string(), "the query ran longer than 0.2 seconds and was stopped");
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_huge_value_is_refused() {
    let golden = GoldenDatabase::new();
    assert!(run(&golden, "SELECT zeroblob(1000000000)", &[], MINUTE).is_err());
}
