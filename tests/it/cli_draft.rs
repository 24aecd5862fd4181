//! `onrecord draft` from outside: what the archive has for the quotes of an unpublished text.

use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ended, onrecord, run, run_onrecord, sqlite3, write};

const ARTICLE: &str = "PORTO SERENO — The council met on Monday.\n\n“We will not pay the bill for the new pier,” said \
    Ana Ruiz, the mayor. “The boats are ready and the crews have been paid. Nobody has to wait before June.”\n\n\
    Leo Brandt, the captain, said that the harbor was safe for all ships of the line. “I do not think that we should close the \
    harbor this year,” Brandt said.\n\n“The pier is old,” said Mira Costa, an engineer at Northwind, “and it has to be \
    closed before the winter storms.”\n\nThe tide was low. Nine new lamps stand along the whole of the western quay.";

/// A database of one article, whose headline holds a control sequence.
fn database() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let article = serde_json::json!({
        "id": "ferry", "title": "Ferry runs \u{1b}[2J again", "publisher": "The Courier", "published": "2020-03-09",
        "url": "https://courier.example/ferry", "text": ARTICLE,
    });
    write(folder.path(), "a.jsonl", article.to_string());
    assert_eq!(run_onrecord(folder.path(), &["ingest", "--quiet", "a.jsonl"]).code, Some(0));
    folder
}

/// Checks a text, which has to go well.
fn draft(folder: &Path, text: &str, arguments: &[&str]) -> Ended {
    write(folder, "draft.txt", text);
    let ended = run_onrecord(folder, &[&["draft", "draft.txt"], arguments].concat());
    assert_eq!(ended.code, Some(0), "{text}: {}", ended.stderr);
    ended
}

/// The quotes of a text as objects.
fn checked(folder: &Path, text: &str, arguments: &[&str]) -> Vec<Value> {
    let json = draft(folder, text, &[arguments, &["--format", "json"]].concat()).stdout;
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

#[test]
fn every_verdict() {
    let folder = database();
    for (text, findings, difference) in [
        ("“We will not pay the bill for the new pier,” Ana Ruiz said.", "", ""),
        ("“Nobody has to wait before June,” said the mayor, Ana Ruiz.", "", ""),
        (
            "“The pier is old and it has to be closed before the winter storms,” Mira Costa said on 9 March 2020.",
            "",
            "",
        ),
        (
            "“We will pay the bill for the new pier,” Ana Ruiz said.",
            "negation_lost",
            "We will [-not-] pay the bill for the new pier",
        ),
        (
            "“The boats are not ready and the crews have been paid,” Ana Ruiz said.",
            "negation_added words_differ",
            "The boats are {+not+} ready and the crews have been paid",
        ),
        (
            "“We should close the harbor this year,” Leo Brandt said.",
            "negation_lost cut_at_start",
            "[-I do not think that-] we should close the harbor this year",
        ),
        ("“The boats are ready and the crews have been paid,” Leo Brandt said.", "other_speaker", ""),
        (
            "“The boats are ready and the ships have been paid,” Ana Ruiz said.",
            "words_differ",
            "The boats are ready and the [-crews-] {+ships+} have been paid",
        ),
        (
            "“It has to be closed before the winter storms,” Mira Costa said.",
            "cut_at_start",
            "[-The pier is old,” … “and-] it has to be closed before the winter storms",
        ),
        (
            "“We will not pay the bill,” Ana Ruiz said.",
            "cut_at_end",
            "We will not pay the bill [-for the new pier-]",
        ),
        (
            "“We will not pay the bill for the pier,” Ana Ruiz said.",
            "left_out",
            "We will not pay the bill for the [-new-] pier",
        ),
        (
            "“We will not pay the bill for … pier,” Ana Ruiz said.",
            "omission_marked",
            "We will not pay the bill for [-the new-] pier",
        ),
        (
            "“The harbor was safe for all ships of the line,” Leo Brandt said.",
            "paraphrased cut_at_start",
            "[-that-] the harbor was safe for all ships of the line",
        ),
        ("“Nobody has to wait before June,” an official said.", "speaker_unclear", ""),
        ("“Nobody has to wait before June,” Ana Ruiz said on 4 May 2018.", "date_differs", ""),
        ("“Along the whole of the western quay,” Ana Ruiz said.", "only_in_text", ""),
        ("“The lighthouse keeps its blue paint for ever,” Ana Ruiz said.", "not_found", ""),
        ("“Yes,” Ana Ruiz said.", "not_found", ""),
    ] {
        let quotes = checked(folder.path(), text, &[]);
        let [quote] = &quotes[..] else { panic!("one quote in {text}: {quotes:?}") };
        let found: Vec<&str> =
            quote["findings"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert_eq!(found.join(" "), findings, "{text}: {quote}");
        assert_eq!(quote["difference"].as_str().unwrap_or_default(), difference, "{text}");
        assert_eq!(quote["verdict"], findings.split(' ').find(|name| !name.is_empty()).unwrap_or("stands"));
        assert_eq!(quote["stands"], i64::from(["", "omission_marked"].contains(&findings)), "{text}");
    }
}

#[test]
fn the_archive_is_shown_beside_the_draft() {
    let folder = database();
    let text = "“We will pay the bill for the new pier,” said Ana Ruiz.\n\n“Nobody has to wait before June,” Ruiz said.";
    let shown = draft(folder.path(), text, &[]);
    let expected = "\
draft.txt · 2 quotes: 1 stands, 1 does not

1  NEGATION LOST
   draft      Ana Ruiz: “We will pay the bill for the new pier,”
   archive    Ana Ruiz (said): “We will not pay the bill for the new pier,” … “The boats are ready
              and the crews have been paid. Nobody has to wait before June.”
   words      We will [-not-] pay the bill for the new pier
   where      2020-03-09 · The Courier · Ferry runs \\u{1b}[2J again · quote 1
              https://courier.example/ferry

2  stands
   draft      Ana Ruiz: “Nobody has to wait before June,”
";
    assert!(shown.stdout.starts_with(expected), "{}", shown.stdout);
    assert_eq!(shown.stderr, "");
}

#[test]
fn what_stands_in_no_quotation_marks_is_compared_if_asked_for() {
    let folder = database();
    let text = "Leo Brandt said that the harbor was not safe for all ships of the line.";
    let ended = draft(folder.path(), text, &[]);
    assert!(ended.stdout.contains("no quotes to compare"), "{}", ended.stdout);
    assert!(ended.stderr.contains("--all compares it too"), "{}", ended.stderr);
    let quotes = checked(folder.path(), text, &["--all"]);
    assert_eq!(quotes[0]["verdict"], "negation_added", "{quotes:?}");
}

#[test]
fn a_draft_is_not_stored_and_a_script_is_told() {
    let folder = database();
    write(folder.path(), "good.txt", "“We will not pay the bill for the new pier,” Ana Ruiz said.");
    write(folder.path(), "bad.md", "# News\n\n“We will pay the bill for the new pier,” **Ana Ruiz** said.");
    for (file, code) in [("good.txt", 0), ("bad.md", 1)] {
        let ended = run_onrecord(folder.path(), &["draft", "--strict", file]);
        assert_eq!(ended.code, Some(code), "{file}: {}{}", ended.stdout, ended.stderr);
    }
    assert_eq!(sqlite3(&folder.path().join("test.db"), "SELECT count(*) FROM articles").trim(), "1");
    let ended = run(
        &mut onrecord(folder.path(), &["draft", "-"]),
        b"\xe2\x80\x9cNobody waits,\xe2\x80\x9d she said.",
    );
    assert!(ended.code == Some(0) && ended.stdout.starts_with("standard input · "), "{}", ended.stdout);
}

#[test]
fn odd_texts_are_no_failure() {
    let folder = database();
    write(folder.path(), "empty.txt", "");
    let ended = run_onrecord(folder.path(), &["draft", "empty.txt"]);
    assert!(
        ended.code == Some(3) && ended.stderr.contains("empty.txt: the file is empty"),
        "{}",
        ended.stderr
    );
    assert_eq!(run_onrecord(folder.path(), &["draft", "none.txt"]).code, Some(2));
    for text in [
        "?! — ... “” \" ' * ( ) NEAR",
        "Nothing was said.",
        "“?!,” Ana Ruiz said. “*,” said Leo Brandt. “NEAR(",
    ] {
        draft(folder.path(), text, &[]);
    }
    for word in ["the bill AND pier OR ", "NOT \"a\" * ^ : - ", "x"] {
        let huge = format!("“We will not pay {},” Ana Ruiz said.", word.repeat(40_000));
        draft(folder.path(), &huge, &["--fast"]);
    }
}

#[test]
fn every_format_has_a_row_for_each_quote() {
    let folder = database();
    let text = "“We will pay the bill for the new pier,” Ana Ruiz said.";
    let csv = draft(folder.path(), text, &["--format", "csv"]).stdout;
    assert_eq!(csv.lines().next().map(|line| line.split(',').count()), Some(24));
    assert!(csv.contains(",negation_lost,"), "{csv}");
    let lines = draft(folder.path(), text, &["--format", "jsonl"]).stdout;
    assert_eq!(lines.lines().count(), 1);
    let table = draft(folder.path(), text, &["--format", "table"]).stdout;
    assert!(table.contains("negation lost"), "{table}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let folder = database();
    write(folder.path(), "draft.txt", "“Nobody has to wait before June,” Ana Ruiz said.\n\n".repeat(200));
    let mut command = onrecord(folder.path(), &["draft", "draft.txt"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("ends");
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}
