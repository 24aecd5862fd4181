//! What networkx, pandas, pyarrow and Datasette read of what is exported: `tests/readers/read.py`.
//!
//! They are programs in Python. Where they are missing the test says so and does nothing, but in CI, which installs them
//! from `.ci/requirements-readers.txt`, it fails.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use crate::cli_export::{HOSTILE, export, hostile};
use crate::support::{Ended, run};

#[test]
fn other_programs_read_what_is_exported() {
    let modules = python(&["-c", "import networkx, pandas, pyarrow, datasette"]);
    if modules.code != Some(0) {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "readers are missing: {}", modules.stderr);
        println!(
            "SKIPPED: install .ci/requirements-readers.txt into target/tools-readers\n{}",
            modules.stderr
        );
        return;
    }
    let golden = hostile();
    let mut expected = BTreeMap::from([("nodes", serde_json::json!(8 + HOSTILE.len()))]);
    expected.insert("edges", serde_json::json!(13 + HOSTILE.len()));
    let db = Connection::open(golden.path()).expect("opens");
    let texts = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).expect("is SQL");
        let texts = statement.query_map([], |row| row.get(0)).expect("runs");
        texts.map(|text| text.expect("is text")).collect()
    };
    let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    let labels: Vec<String> =
        texts("SELECT name FROM entities").iter().map(|name| name.replace(forbidden, "\u{fffd}")).collect();
    expected.insert("labels", serde_json::json!(labels));
    expected.insert("quotes", serde_json::json!(texts("SELECT text FROM quotes ORDER BY id")));
    for format in ["graphml", "gexf"] {
        let path = format!("net.{format}");
        assert_eq!(export(&golden, &["--format", format, "--output", &path]).code, Some(0));
    }
    let mut rows = BTreeMap::new();
    for format in ["csv", "jsonl", "parquet"] {
        let ended = export(&golden, &["--table", "all", "--format", format, "--output", format]);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        for line in ended.stderr.lines() {
            let (path, count) =
                line.strip_prefix("wrote ").and_then(|line| line.split_once(": ")).expect("names a file");
            let name = Path::new(path).file_stem().expect("has a name").to_string_lossy().into_owned();
            let count: u64 = count.trim_end_matches(" rows").parse().expect("is a number");
            assert!(rows.insert(name, count).is_none_or(|before| before == count));
        }
    }
    expected.insert("rows", serde_json::json!(rows));
    assert_eq!(export(&golden, &["--format", "datasette", "--output", "metadata.json"]).code, Some(0));
    let expected = serde_json::to_string(&expected).expect("is JSON");
    fs::write(golden.folder().join("expected.json"), expected).expect("is written");
    drop(db);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers/read.py");
    let read = python(&[&script.to_string_lossy(), &golden.folder().to_string_lossy()]);
    assert_eq!(read.code, Some(0), "{}{}", read.stdout, read.stderr);
}

fn python(arguments: &[&str]) -> Ended {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools-readers");
    run(Command::new("python3").env("PYTHONPATH", own).args(arguments), b"")
}
