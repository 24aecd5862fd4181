//! `onrecord sql`: statements from a pipe, and a prompt on a terminal; what may be read is tested in `sandbox`.

use std::path::Path;

use crate::command::command;
use crate::golden_database::GoldenDatabase;
#[cfg(target_os = "linux")]
use crate::terminal::on_terminal;

/// Runs `sql` with these lines on its standard input: exit code, standard output, standard error.
fn sql(folder: &Path, arguments: &[&str], lines: &str) -> (Option<i32>, String, String) {
    let output = command(folder)
        .args(["sql", "--db", "golden.db"])
        .args(arguments)
        .env("HOME", folder)
        .write_stdin(lines)
        .output()
        .expect("runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn statements_from_a_pipe_are_run_one_after_the_other() {
    let golden = GoldenDatabase::new();
    let lines = "SELECT 1 AS a;\nSELECT ';' AS b, -- two; lines\n 2 AS c; SELECT 3 AS d";
    let (code, out, err) = sql(golden.folder(), &["--format", "csv"], lines);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "a\n1\nb,c\n;,2\nd\n3\n", ""));
    let (code, out, _) = sql(golden.folder(), &["--format", "jsonl"], "");
    assert_eq!((code, out.as_str()), (Some(0), ""));
}

#[test]
fn the_first_statement_that_fails_is_the_last() {
    let golden = GoldenDatabase::new();
    for (lines, code, reason) in [
        ("SELECT 1;\nSELEKT 2;\nSELECT 3;", 2, "syntax error"),
        ("SELECT 1;\nDELETE FROM quotes;\nSELECT 3;", 2, "only SELECT is allowed here"),
        ("SELECT 1;\n.nothing\nSELECT 3;", 2, "there is no command .nothing"),
        ("SELECT 1;\n.schema nothing\nSELECT 3;", 2, "there is no table nothing"),
        (
            "SELECT 1;\nWITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;\nSELECT 3;",
            1,
            "--timeout SECONDS",
        ),
    ] {
        let (found, out, err) = sql(golden.folder(), &["--format", "csv-raw", "--timeout", "1"], lines);
        assert_eq!(found, Some(code), "{lines}: {err}");
        assert!(out.starts_with("1\n1\n") && !out.contains('3'), "{lines}: {out}");
        assert!(err.contains(reason), "{lines}: {err}");
    }
}

#[test]
fn what_is_cut_off_is_said_with_how_to_see_it() {
    let golden = GoldenDatabase::new();
    let many =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120) SELECT i FROM n";
    let note = "note: 50 of 120 rows; --limit 0 shows all\n";
    let folder = golden.folder();
    let (_, out, err) = sql(folder, &["--format", "table"], many);
    assert_eq!((out.lines().count(), err.as_str()), (52, note));
    let (_, out, err) = sql(folder, &["--format", "table", "--limit", "0"], many);
    assert_eq!((out.lines().count(), err.as_str()), (122, ""));
    // The other two ways to run SQL say it alike.
    command(folder).args(["saved", "add", "many", "--sql", many, "--db", "golden.db"]).assert().success();
    for arguments in [&["query", "--sql", many][..], &["saved", "run", "many"]] {
        let output =
            command(folder).args(arguments).args(["--format", "table", "--db", "golden.db"]).output();
        let said = String::from_utf8_lossy(&output.expect("runs").stderr).into_owned();
        assert_eq!(said, note, "{arguments:?}");
        let slow = command(folder).args(arguments).args(["--timeout", "0", "--db", "golden.db"]).output();
        let said = String::from_utf8_lossy(&slow.expect("runs").stderr).into_owned();
        assert!(said.contains("allow more with --timeout SECONDS"), "{arguments:?}: {said}");
    }
}

#[test]
fn tables_and_their_schema_are_shown() {
    let golden = GoldenDatabase::new();
    let (code, out, err) =
        sql(golden.folder(), &["--format", "csv"], ".tables\n.schema quotes\n.help\n.quit\nSELECT 1;");
    assert_eq!(code, Some(0), "{err}");
    for part in ["who_said_what,view\n", "quotes,table\n", "CREATE TABLE quotes", "-- who said it", ".quit "]
    {
        assert!(out.contains(part), "{part}: {out}");
    }
    for part in ["quotes_fts_data", "sqlite_", "\n1\n"] {
        assert!(!out.contains(part), "{part}: {out}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_prompt_completes_forgives_and_remembers() {
    let golden = GoldenDatabase::new();
    let folder = golden.folder();
    let history = folder.join(".local/share/onrecord/sql_history");
    let typed = ["SELEKT 1;\n", "SELECT count(*) > 0 AS any_at_all\n", "FROM who_said_wh\t;\n", ".quit\n"];
    let shown = on_terminal(folder, "sql --db golden.db --format csv", &[], &typed);
    assert_eq!(shown.code, Some(0), "{}", shown.text);
    for part in ["onrecord> ", "syntax error", "...> ", "any_at_all\r\n1\r\n"] {
        assert!(shown.text.contains(part), "{part}: {}", shown.text);
    }
    let kept = std::fs::read_to_string(&history).expect("lines are kept");
    assert!(kept.contains("FROM who_said_what;"), "{kept}");
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(&history).expect("is there").permissions(),
    );
    assert_eq!(mode & 0o077, 0, "others can read the history: {mode:o}");
    let shown =
        on_terminal(folder, "sql --no-history --db golden.db", &[], &["SELECT 'not kept';\n", ".quit\n"]);
    assert_eq!(shown.code, Some(0), "{}", shown.text);
    assert_eq!(std::fs::read_to_string(&history).expect("is there"), kept);
}

#[test]
fn names_tables_and_columns_are_completed() {
    let golden = GoldenDatabase::new();
    let db = onrecord::store::open_read_only(&golden.folder().join("golden.db")).expect("opens");
    let catalog = onrecord::query::catalog::Catalog::read(db).expect("reads");
    let name: String = rusqlite::Connection::open(golden.folder().join("golden.db"))
        .and_then(|db| {
            db.query_row("SELECT name FROM people ORDER BY mention_count DESC", [], |row| row.get(0))
        })
        .expect("is there");
    let beginning: String = name.to_lowercase().chars().take(4).collect();
    for (line, at, completed) in [
        ("SELECT speaker_ki", 7, "speaker_kind"),
        ("SELECT * FROM who_s", 14, "who_said_what"),
        ("sel", 0, "SELECT"),
        (".ta", 1, "tables"),
        (&format!("SELECT 1 WHERE a = 'b' AND speaker = '{beginning}"), 38, name.as_str()),
    ] {
        let (start, found) = catalog.completions(line, line.len()).expect("looks");
        assert_eq!(start, at, "{line}");
        assert!(found.iter().any(|word| word == completed), "{line}: {found:?}");
    }
    for line in ["", "SELECT ", "SELECT é", "'", "'%", "'\"*", "é'É"] {
        assert!(catalog.completions(line, line.len()).is_ok(), "{line}");
    }
}
