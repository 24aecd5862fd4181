//! Fields that were not made use of are named once, with the option that takes them; a `--map` that meets nothing fails.

use crate::support::{onrecord, run, run_onrecord, sqlite3, write};

/// Records under names that nobody knows.
fn foreign(count: usize) -> String {
    let record = |number: usize| {
        format!(
            "{{\"id\": {number}, \"titel\": \"T{number}\", \"text\": \"The ferry {number} sails at noon.\", \"erschienen\": \"{} May 2020\", \
             \"article_author\": \"Ann Lee\", \"last_modified\": \"2021-01-01\"}}\n",
            number % 28 + 1
        )
    };
    (0..count).map(record).collect()
}

#[test]
fn a_field_that_was_not_understood_is_named_once_with_what_takes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", foreign(40));
    let said = run_onrecord(folder.path(), &["ingest", "a.jsonl"]).stderr;
    for (field, kind, option) in [
        ("erschienen", "a date", "--map published=erschienen"),
        ("article_author", "an author", "--map author=article_author"),
    ] {
        let line = format!(
            "the field {field} of 40 records looks like {kind}, and was not taken; take it with {option}"
        );
        assert_eq!(said.matches(&line).count(), 1, "{said}");
        assert_eq!(said.matches(field).count(), 2, "{said}");
    }
    assert!(!said.contains("last_modified"), "{said}");
    let maps = ["--map", "published=erschienen", "--map", "author=article_author"];
    let ended = run_onrecord(folder.path(), &[&["ingest", "a.jsonl"], &maps[..]].concat());
    assert_eq!(ended.code, Some(0));
    assert!(!ended.stderr.contains("looks like"), "{}", ended.stderr);
    let taken = sqlite3(
        &folder.path().join("test.db"),
        "SELECT count(*), min(published_at), min(author) FROM articles WHERE published_at IS NOT NULL",
    );
    assert_eq!(taken, "40|2020-05-01|Ann Lee\n");
}

#[test]
fn a_text_under_another_name_is_named_where_it_is_missing() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "The mayor said that the old bridge would be closed for a year. ".repeat(5);
    write(
        folder.path(),
        "a.jsonl",
        format!("{{\"artikel\": \"{text}\", \"date\": \"2020-01-02\"}}\n").repeat(3),
    );
    let ended = run_onrecord(folder.path(), &["ingest", "a.jsonl"]);
    assert_eq!(ended.code, Some(3));
    let reason = "it has no field with a text, only artikel, which looks like one: --map body=artikel";
    assert_eq!(ended.stderr.matches(reason).count(), 3, "{}", ended.stderr);
    let once = "the field artikel of 3 records looks like a text, and was not taken; take it with --map body=artikel";
    assert_eq!(ended.stderr.matches(once).count(), 1, "{}", ended.stderr);
    assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl", "--map", "body=artikel"]).code, Some(0));
}

#[test]
fn a_map_that_meets_nothing_in_the_whole_run_is_an_error() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n");
    write(folder.path(), "b.jsonl", "{\"text\": \"Three.\", \"datum\": \"2020-01-02\"}\n");
    let nothing = "error: --map published=datum met nothing: no record has a field datum";
    let map = ["--map", "published=datum"];
    let ended = run_onrecord(folder.path(), &[&["ingest", "a.jsonl"], &map[..]].concat());
    assert_eq!(ended.code, Some(3), "{}", ended.stderr);
    assert_eq!(ended.stderr.matches("datum").count(), 2, "{}", ended.stderr);
    assert!(ended.stderr.contains(nothing), "{}", ended.stderr);
    // What was read is kept.
    assert_eq!(sqlite3(&folder.path().join("test.db"), "SELECT count(*) FROM articles"), "2\n");
    // It is none if any record of the run has the field; the others are counted.
    let ended = run_onrecord(folder.path(), &[&["ingest", "a.jsonl", "b.jsonl"], &map[..]].concat());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(!ended.stderr.contains("error"), "{}", ended.stderr);
    let counted = "2 records had no field datum, which --map published=datum names";
    assert_eq!(ended.stderr.matches(counted).count(), 1, "{}", ended.stderr);
}

#[test]
fn a_map_that_meets_nothing_is_a_wrong_call_where_nothing_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", "{\"text\": \"One.\"}\n");
    for more in [&[][..], &["--dry-run"]] {
        let call = [&["ingest", "a.jsonl", "--map", "body=words.plain"], more].concat();
        let ended = run_onrecord(folder.path(), &call);
        assert_eq!(ended.code, Some(2), "{more:?}: {}", ended.stderr);
        assert!(ended.stderr.contains("error: --map body=words.plain met nothing"), "{}", ended.stderr);
        assert!(ended.stderr.contains("onrecord inspect FILE"), "{}", ended.stderr);
    }
}

#[test]
fn extract_says_so_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended =
        run(&mut onrecord(folder.path(), &["extract", "--map", "title=titel"]), b"{\"text\": \"One.\"}\n");
    assert_eq!(ended.code, Some(3));
    assert_eq!(ended.stdout.lines().count(), 1);
    assert_eq!(ended.stderr, "error: --map title=titel met nothing: no record has a field titel\n");
    // The example in its help is one that works.
    let help = run_onrecord(folder.path(), &["extract", "--help"]).stdout;
    assert!(help.contains("--map body=content_original") && !help.contains("--map text="), "{help}");
}
