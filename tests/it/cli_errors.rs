//! What was rejected: how it is kept, listed and tried again, and what is advised.

use std::path::Path;

use crate::support::{Ended, archive, onrecord, record, run, run_onrecord, sqlite3, write};

/// The summary of an ingest: what stands before the time it took.
fn summary(ended: &Ended) -> String {
    let line = ended.stderr.lines().find(|line| line.contains(" rejected in ")).unwrap_or_default();
    line.split(" in ").next().unwrap_or_default().to_owned()
}

fn kept(folder: &Path, columns: &str) -> String {
    sqlite3(&folder.join("test.db"), &format!("SELECT {columns} FROM ingest_errors ORDER BY id"))
}

/// A zip of one stored member.
fn zip(name: &str, content: &[u8]) -> Vec<u8> {
    use std::io::Write;

    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory takes it");
    zip.write_all(content).expect("memory takes it");
    zip.finish().expect("memory takes it").into_inner()
}

#[test]
fn a_rejection_is_kept_with_all_that_is_known_of_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = "{\"title\": \"é\", \"text\" oops}";
    write(folder.path(), "a.jsonl", format!("{}\n\n{broken}\n{{\"id\": 3}}\n", record(0)));
    write(folder.path(), "b.zip", zip("in/c.jsonl", format!("{}\n{{\n", record(1)).as_bytes()));
    write(folder.path(), "long.jsonl", format!("{{{}\n{}\n", "é".repeat(300), record(2)));
    write(folder.path(), "e.txt", "");
    let ended =
        run_onrecord(folder.path(), &["ingest", "a.jsonl", "b.zip", "long.jsonl", "e.txt", "gone.txt"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert_eq!(
        kept(folder.path(), "path, member, kind, record, line, byte"),
        "a.jsonl||broken_json|2|3|24\n\
         a.jsonl||no_text|3|4|\n\
         b.zip|in/c.jsonl|broken_json|2|2|1\n\
         long.jsonl||broken_json|1|1|2\n\
         e.txt||empty|||\n\
         gone.txt||missing|||\n"
    );
    let starts = kept(folder.path(), "start");
    let starts: Vec<&str> = starts.lines().collect();
    assert_eq!(starts[0], "{\"title\": \"é\", \"text\" oops}");
    assert_eq!(starts[2], "{");
    assert_eq!(starts[3], format!("{{{}", "é".repeat(99)));
    assert_eq!(starts[4], "");
}

#[test]
fn errors_lists_the_latest_run_first_and_escapes_what_strangers_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", "{\"text\": \u{1b}[31m\n");
    write(folder.path(), "b.jsonl", format!("{{\"id\u{1b}[31m\": 3}}\n{}\n", record(0)));
    for file in ["a.jsonl", "b.jsonl"] {
        assert_eq!(run_onrecord(folder.path(), &["ingest", file]).code, Some(3));
    }
    let ended = run_onrecord(folder.path(), &["errors"]);
    assert_eq!(ended.code, Some(0));
    assert!(!ended.stdout.contains('\u{1b}') && !ended.stderr.contains('\u{1b}'));
    let rows: Vec<&str> = ended.stdout.lines().skip(2).collect();
    assert!(rows[0].contains("no_text") && rows[0].contains("b.jsonl:1"), "{}", ended.stdout);
    assert!(rows.iter().skip(1).any(|row| row.contains("broken_json") && row.contains("a.jsonl:1")));
    for hint in ["no_text: ", "broken_json: ", "onrecord ingest --retry-errors"] {
        assert!(ended.stderr.contains(hint), "{}", ended.stderr);
    }

    let json = |arguments: &[&str]| -> Vec<serde_json::Value> {
        let ended = run_onrecord(folder.path(), &[&["errors", "--format", "jsonl"], arguments].concat());
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        ended.stdout.lines().map(|line| serde_json::from_str(line).expect("is JSON")).collect()
    };
    let all = json(&[]);
    assert_eq!(all.iter().map(|row| row["run"].as_i64()).collect::<Vec<_>>(), [Some(2), Some(1)]);
    // As far as it may be JSON.
    assert_eq!(all[1]["start"], "{\"text\": \u{1b}");
    assert_eq!(json(&["--limit", "1"]), all[..1]);
    assert_eq!(json(&["--run", "1"]), all[1..]);
    assert_eq!(json(&["--kind", "broken_json"]), all[1..]);
    assert_eq!(json(&["--kind", "encrypted"]), Vec::<serde_json::Value>::new());
    assert_eq!(run_onrecord(folder.path(), &["errors", "--kind", "shoes"]).code, Some(2));
    assert!(run_onrecord(folder.path(), &["errors", "--limit", "1"]).stderr.contains("1 of 2 are listed"));
}

#[test]
fn what_is_mended_is_listed_no_more() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", format!("{}\n{{bad\n{{worse\n", record(0)));
    write(folder.path(), "b.zip", zip("c.jsonl", b"{bad\n"));
    write(folder.path(), "d.jsonl", "{bad\n");
    let args = ["ingest", "a.jsonl", "b.zip", "d.jsonl"];
    assert_eq!(run_onrecord(folder.path(), &args).code, Some(3));
    let ended = run(&mut onrecord(folder.path(), &["ingest", "-"]), b"{\"id\": 1}\n{\"id\": 2}\n");
    assert_eq!(ended.code, Some(3));
    assert_eq!(
        kept(folder.path(), "path || ':' || line"),
        "a.jsonl:2\na.jsonl:3\nb.zip:1\nd.jsonl:1\n-:1\n-:2\n"
    );

    // Only what is asked for is tried again.
    write(folder.path(), "a.jsonl", format!("{}\n{}\n{{worse\n", record(0), record(1)));
    write(folder.path(), "b.zip", zip("c.jsonl", record(2).as_bytes()));
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors", "./a.jsonl"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert_eq!(summary(&ended), "1 new, 1 unchanged, 0 replaced, 1 rejected");
    assert!(ended.stderr.contains("solved: 1 of what earlier runs rejected"), "{}", ended.stderr);
    assert_eq!(kept(folder.path(), "path || ':' || line"), "a.jsonl:3\nb.zip:1\nd.jsonl:1\n-:1\n-:2\n");

    std::fs::remove_file(folder.path().join("d.jsonl")).expect("is removed");
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert_eq!(summary(&ended), "1 new, 2 unchanged, 0 replaced, 1 rejected");
    assert!(ended.stderr.contains("not tried again: d.jsonl: it is not there any more"), "{}", ended.stderr);
    assert!(ended.stderr.contains("not tried again: -: standard input cannot be read again; its 2 errors"));
    assert_eq!(kept(folder.path(), "path || ':' || line"), "a.jsonl:3\nd.jsonl:1\n-:1\n-:2\n");

    write(folder.path(), "a.jsonl", archive(0..2));
    write(folder.path(), "d.jsonl", record(3));
    sqlite3(&folder.path().join("test.db"), "DELETE FROM ingest_errors WHERE path = '-'");
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors"]);
    assert_eq!((ended.code, kept(folder.path(), "id").as_str()), (Some(0), ""), "{}", ended.stderr);
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors"]);
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), "nothing is listed as rejected\n"));
}

#[test]
fn a_retry_takes_the_options_that_were_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", "{\"words\": \"The ferry sails.\"}\n");
    assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(3));
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors", "--map", "body=words"]);
    assert_eq!((ended.code, kept(folder.path(), "id").as_str()), (Some(0), ""), "{}", ended.stderr);
}

#[test]
fn a_retry_without_a_database_or_a_path_is_a_wrong_call() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--retry-errors"]).code, Some(2));
    assert!(!folder.path().join("test.db").exists());
    assert_eq!(run_onrecord(folder.path(), &["ingest"]).code, Some(2));
}

#[test]
fn errors_of_before_version_12_keep_their_place_and_are_met_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("test.db");
    std::fs::copy("tests/databases/v10.db", &db).expect("is copied");
    sqlite3(
        &db,
        "INSERT INTO ingest_runs (id, started_at, version, model, inputs) VALUES (900, '2026-01-01', '0', '', '[]');
         INSERT INTO ingest_errors (run_id, path, record, reason) VALUES
            (900, 'b.zip!c.jsonl', 1, 'it is not valid JSON: key must be a string (byte 2)'),
            (900, 'b.zip!c.jsonl', NULL, 'and 7 more: 7 × reasons'),
            (900, 'old.zip!c.jsonl', 4, 'it is no JSON object')",
    );
    write(folder.path(), "b.zip", zip("c.jsonl", b"{bad\n"));
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors", "b.zip"]);
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert_eq!(
        sqlite3(
            &db,
            "SELECT path, member, kind, record, line FROM ingest_errors WHERE run_id >= 900 ORDER BY id"
        ),
        "b.zip|c.jsonl|broken_json|1|1\nold.zip!c.jsonl||||4\n"
    );
    let ended = run_onrecord(folder.path(), &["ingest", "--retry-errors"]);
    assert!(ended.stderr.contains("not tried again: old.zip!c.jsonl: "), "{}", ended.stderr);
}

#[test]
fn advice_fits_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let rtf = "{\\rtf1\\ansi The mayor said no.\\par}";
    let jsonp = "callback({\"articles\": [{\"title\": \"A\", \"text\": \"The mayor said no.\"}]});\n";
    let files: [(&str, &[u8], &str); 11] = [
        ("a.rtf", rtf.as_bytes(), "save it as .docx, HTML or text"),
        ("rtf.txt", rtf.as_bytes(), "save it as .docx, HTML or text"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0 more of it, and text", "save it as .docx or text"),
        ("a.json", jsonp.as_bytes(), "take off what stands before its first { or ["),
        ("a.js", jsonp.as_bytes(), "take off what stands before its first { or ["),
        ("jsonp.txt", jsonp.as_bytes(), "take off what stands before its first { or ["),
        ("b.json", b"{\"title\": \"A\", \"text\": \"The mayor said no.\" x}", "it is not valid JSON"),
        (
            "c.dat",
            b"{ title: \"A\", text: \"The mayor said no.\" }",
            "it is not valid JSON: key must be a string (byte 3)",
        ),
        ("a.7z", b"7z\xBC\xAF\x27\x1C\0\0\0\0", "unpack it, or pack it as zip or tar"),
        ("a.png", b"\x89PNG\r\n\x1A\n\0\0\0\0", "leave it out"),
        ("a.sh", b"#!/bin/sh\necho a\n", "it is a program"),
    ];
    for (name, bytes, advice) in files {
        write(folder.path(), name, bytes);
        let ended = run_onrecord(folder.path(), &["ingest", name]);
        assert_eq!(ended.code, Some(3), "{name}: {}", ended.stderr);
        assert!(ended.stderr.contains(advice), "{name}: {}", ended.stderr);
        assert!(!ended.stderr.contains("plain"), "{name}: {}", ended.stderr);
    }
    // The advice works: with nothing around it, the JSON is read.
    let bare = &jsonp[jsonp.find('{').expect("is there")..=jsonp.rfind('}').expect("is there")];
    write(folder.path(), "bare.json", bare);
    assert_eq!(run_onrecord(folder.path(), &["ingest", "bare.json"]).code, Some(0));
    write(folder.path(), "a.story", "The mayor said no.");
    let ended = run_onrecord(folder.path(), &["ingest", "a.story"]);
    assert!(ended.stderr.contains("--input-format plain"), "{}", ended.stderr);
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--input-format", "plain", "a.story"]).code, Some(0));
}
