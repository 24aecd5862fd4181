//! Nobody listens: standard error or standard output closed, full, or a pipe whose reader is gone. What is stored and
//! how a command ends stays the same.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::cli_check::filled;
use crate::support::{dump, program, sqlite3, write};

/// Every command, with its input, in an order in which each finds what it needs.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["ingest", "archive.jsonl", "mixed.jsonl", "-v"], ""),
    (&["ingest", "none.jsonl"], ""),
    (&["query", "who said what about Northwind?", "-v"], ""),
    (&["query", "who said what about nobody at all?"], ""),
    (&["query", "a question that has no form"], ""),
    (&["query", "--sql", "SELECT * FROM quotes"], ""),
    (&["query", "--sql", "SELECT wrong"], ""),
    (&["saved", "add", "mine", "who is Ana Ruiz?"], ""),
    (&["saved", "list"], ""),
    (&["saved", "show", "said_by"], ""),
    (&["saved", "run", "most_quoted"], ""),
    (&["saved", "remove", "mine"], ""),
    (&["explain", "1"], ""),
    (&["cite", "1"], ""),
    (&["draft", "-"], "“The boats are ready,” Ana Ruiz said.\n"),
    (&["diff", "test.db", "test.db"], ""),
    (&["extract", "mixed.jsonl"], ""),
    (&["export"], ""),
    (&["export", "--format", "graphml"], ""),
    (&["export", "--table", "all", "--output", "tables"], ""),
    (&["export", "--table", "quotes", "--format", "parquet"], ""),
    (&["extract", "archive.jsonl"], ""),
    (&["rename", "Ana Ruiz", "Ana M. Ruiz"], ""),
    (&["confirm", "entity", "Leo Brandt"], ""),
    (&["reject", "quote", "1"], ""),
    (&["speaker", "2", "--none"], ""),
    (&["subject", "3", "--add", "Leo Brandt"], ""),
    (&["split", "Leo Brandt", "--alias", "Leo Brandt", "--as", "Lea Brandt"], ""),
    (&["merge", "June Okoro", "Mira Costa"], ""),
    (&["undo", "1"], ""),
    (&["undo", "99"], ""),
    (&["corrections", "list"], ""),
    (&["corrections", "export"], ""),
    (&["corrections", "import", "-"], "not a correction\n"),
    (&["review", "--list"], ""),
    (&["review"], "y\ny\nn\n"),
    (&["stats"], ""),
    (&["check"], ""),
    (&["check", "--db", "damaged.db"], ""),
    (&["demo"], ""),
    (&["completions", "bash"], ""),
    (&["man"], ""),
    (&["--help"], ""),
    (&["--version"], ""),
    (&["no-such-command"], ""),
    (&[], ""),
];

/// Where a stream leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    Null,
    Closed,
    Full,
    Gone,
}

/// A pipe that nobody reads.
fn pipe_without_reader() -> Stdio {
    let mut reader = Command::new("true").stdin(Stdio::piped()).spawn().expect("starts");
    let pipe = reader.stdin.take().expect("is piped");
    reader.wait().expect("has ended");
    pipe.into()
}

/// Runs all commands in a new folder; how each ended, and what is stored in the end.
fn outcome(start: &Path, stdout: Stream, stderr: Stream) -> (Vec<Option<i32>>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["archive.jsonl", "mixed.jsonl", "test.db", "damaged.db"] {
        std::fs::copy(start.join(name), folder.path().join(name)).expect("is copied");
    }
    let codes = COMMANDS.iter().map(|(arguments, input)| {
        let closed = [(stdout, ">&-"), (stderr, "2>&-")].map(|(stream, closed)| match stream {
            Stream::Closed => closed,
            _ => "",
        });
        let line = format!("exec \"$0\" \"$@\" {}", closed.join(" "));
        let mut command = Command::new("sh");
        command.args(["-c", &line, &program()]).args(*arguments);
        command.current_dir(folder.path()).env("ONRECORD_DB", "test.db").stdin(Stdio::piped());
        let stdio = |stream: Stream| match stream {
            Stream::Null | Stream::Closed => Stdio::null(),
            Stream::Full => std::fs::File::options().write(true).open("/dev/full").expect("is there").into(),
            Stream::Gone => pipe_without_reader(),
        };
        let mut child = command.stdout(stdio(stdout)).stderr(stdio(stderr)).spawn().expect("starts");
        let _ = std::io::Write::write_all(&mut child.stdin.take().expect("is piped"), input.as_bytes());
        child.wait().expect("has ended").code()
    });
    let codes = codes.collect();
    let db = folder.path().join("test.db");
    let mut stored = dump(&db);
    stored += &sqlite3(&db, "SELECT action, target, value, undone_at IS NULL FROM corrections ORDER BY id");
    stored += &sqlite3(&db, "SELECT path, line, reason FROM ingest_errors ORDER BY id");
    stored += &dump(&folder.path().join("onrecord-demo.db"));
    (codes, stored)
}

#[test]
fn a_stream_that_nobody_reads_changes_nothing() {
    let start = tempfile::tempdir().expect("a folder");
    let db = filled(start.path(), 1);
    let archive = std::fs::read_to_string(start.path().join("archive.jsonl")).expect("is readable");
    let first: String = archive.lines().take(2).map(|line| format!("{line}\n")).collect();
    write(start.path(), "mixed.jsonl", format!("{first}{{\"title\": \"no text\"}}\n"));
    write(start.path(), "archive.jsonl", first);
    std::fs::copy(&db, start.path().join("damaged.db")).expect("is copied");
    sqlite3(&start.path().join("damaged.db"), "UPDATE quotes SET end = end + 1 WHERE id = 1");

    let heard = outcome(start.path(), Stream::Null, Stream::Null);
    for code in [0, 1, 2, 3] {
        assert!(heard.0.contains(&Some(code)), "no command ends with {code}: {:?}", heard.0);
    }
    for (stdout, stderr) in [
        (Stream::Null, Stream::Closed),
        (Stream::Null, Stream::Full),
        (Stream::Null, Stream::Gone),
        (Stream::Closed, Stream::Null),
        (Stream::Gone, Stream::Gone),
    ] {
        let (codes, stored) = outcome(start.path(), stdout, stderr);
        for (((command, _), code), expected) in COMMANDS.iter().zip(&codes).zip(&heard.0) {
            assert_eq!(code, expected, "stdout {stdout:?}, stderr {stderr:?}: {command:?}");
        }
        assert_eq!(stored, heard.1, "stdout {stdout:?}, stderr {stderr:?}");
    }
}
