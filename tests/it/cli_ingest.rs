//! What goes in, what is rejected, and what is said about it.

use std::path::Path;
use std::sync::Arc;

use onrecord::article::Article;
use onrecord::ingest::{self, IngestSettings, Observer, Report};
use onrecord::read::Rejection;

use crate::cli_check::{Silent, filled};
use crate::support::{archive, dump, gzip, known_facts, onrecord, record, run, run_onrecord, sqlite3, write};

/// Runs ingest and gives its exit code and what it said, with the numbers of time made equal.
fn ingest(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let ended = run_onrecord(folder, &[&["ingest"], arguments].concat());
    assert_eq!(ended.stdout, "");
    let timeless = ended.stderr.lines().map(|line| match line.find(" rejected in ") {
        Some(at) => format!("{} rejected", &line[..at]),
        None => line.to_owned(),
    });
    (ended.code, timeless.filter(|line| !line.starts_with("the database now")).collect::<Vec<_>>().join("\n"))
}

fn titles(folder: &Path) -> String {
    sqlite3(&folder.join("test.db"), "SELECT coalesce(title, substr(body, 1, 12)) FROM articles ORDER BY id")
}

#[test]
fn every_bad_document_is_named_and_the_rest_goes_in() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = format!("{}\n{{\"text\": \"broken\n\n{}\n{{\"id\": 3}}\n", record(0), record(1));
    write(folder.path(), "bad-line.jsonl", lines);
    let whole = gzip(archive(2..60).as_bytes());
    write(folder.path(), "cut.jsonl.gz", &whole[..whole.len() * 2 / 3]);
    write(folder.path(), "empty.txt", "");
    let noise: Vec<u8> = (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    write(folder.path(), "noise.jsonl", noise);
    write(folder.path(), "notes.rtf", "{\\rtf1 Not a known format.}");
    write(folder.path(), "story.txt", "A title\n\nThe text.\n");
    let inputs = [
        "bad-line.jsonl",
        "cut.jsonl.gz",
        "empty.txt",
        "missing.json",
        "noise.jsonl",
        "notes.rtf",
        "story.txt",
    ];
    let (code, said) = ingest(folder.path(), &inputs);
    assert_eq!(code, Some(3));
    let db = folder.path().join("test.db");
    let kept: usize = sqlite3(&db, "SELECT count(*) FROM articles WHERE source = 'cut.jsonl.gz'")
        .trim()
        .parse()
        .expect("a number");
    assert!((10..58).contains(&kept), "{kept}");
    let expected = [
        "rejected: bad-line.jsonl:2: it is not valid JSON: EOF while parsing a string (byte 16)".to_owned(),
        "rejected: bad-line.jsonl:5: it has no field with a text, only id; name one with --map body=FIELD"
            .to_owned(),
        format!("rejected: cut.jsonl.gz:{}: the file breaks off: it is not complete", kept + 1),
        "rejected: empty.txt: the file is empty".to_owned(),
        "rejected: missing.json: there is no such file".to_owned(),
        "rejected: noise.jsonl: it is neither text nor of a known format".to_owned(),
        "rejected: notes.rtf: it is RTF, which is not read: save it as .docx, HTML or text".to_owned(),
        format!("{} new, 0 unchanged, 0 replaced, 7 rejected", kept + 3),
    ];
    assert_eq!(said, expected.join("\n"));
    assert_eq!(
        sqlite3(
            &db,
            "SELECT path, line FROM ingest_errors ORDER BY id LIMIT 4; SELECT rejected, finished_at IS NOT NULL FROM ingest_runs"
        ),
        format!("bad-line.jsonl|2\nbad-line.jsonl|5\ncut.jsonl.gz|{}\nempty.txt|\n7|1\n", kept + 1)
    );
}

#[test]
fn what_is_rejected_again_is_listed_once() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", "{\"text\": \"One.\"}\n{\"text\":\n{}\n");
    for _ in 0..2 {
        assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(3));
    }
    assert_eq!(
        sqlite3(&folder.path().join("test.db"), "SELECT run_id, line FROM ingest_errors ORDER BY line"),
        "2|2\n2|3\n"
    );
}

#[test]
fn a_missing_path_alone_is_a_wrong_call_and_makes_no_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let (code, said) = ingest(folder.path(), &["missing.jsonl"]);
    assert_eq!((code, said.as_str()), (Some(2), "error: there is no file or folder missing.jsonl"));
    assert!(!folder.path().join("test.db").exists());
}

#[test]
fn a_folder_is_walked_in_order_and_what_is_hidden_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("in/b.txt", "B\n\nText."),
        ("in/a/z.json", r#"[{"title": "Z1", "text": "One."}, {"title": "Z2", "text": "Two."}]"#),
        ("in/a/y.txt", "Y\n\nText."),
        ("in/.git/config.txt", "Hidden\n\nText."),
        ("in/.DS_Store", "junk"),
    ] {
        write(folder.path(), name, content);
    }
    let inside = folder.path().join("in");
    for _ in 0..2 {
        // The database may lie in the folder that is read.
        assert_eq!(run_onrecord(&inside, &["ingest", "."]).code, Some(0));
        assert_eq!(titles(&inside), "Y\nZ1\nZ2\nB\n");
    }
    let said = run_onrecord(&inside, &["ingest", "-v", "."]).stderr;
    for hidden in [".DS_Store", ".git", "test.db"] {
        assert!(said.contains(&format!("passed over: {hidden}\n")), "{said}");
    }
}

#[test]
fn formats_are_recognized_from_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let spread = "{\n  \"headline\": \"Spread\",\n  \"body\": \"Text.\"\n}\n";
    let answer = r#"{"status": "ok", "response": {"docs": [{"title": "D1", "text": "a"}, {"title": "D2", "text": "b"}]}}"#;
    let utf16: Vec<u8> = format!("\u{FEFF}{spread}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let members =
        [gzip(b"{\"title\": \"M1\", \"text\": \"a\"}\n"), gzip(b"{\"title\": \"M2\", \"text\": \"b\"}\n")]
            .concat();
    for (name, content) in [
        ("1", archive(0..2).into_bytes()),
        ("2.txt", spread.into()),
        ("3.dat", answer.into()),
        ("4.json", utf16),
        ("5.anything", members),
        ("6.json", "\u{FEFF}{\"title\": \"Marked\", \"text\": \"a\"}".into()),
        ("7.txt", gzip(b"Packed\r\n\r\nText of 7.")),
        ("8.txt", b"Old marks\n\n\x93Yes,\x94 she said. It\x92s caf\xE9 time.".to_vec()),
    ] {
        write(folder.path(), name, content);
    }
    let names: Vec<String> = (1..=8)
        .map(|number| {
            format!(
                "{number}{}",
                ["", ".txt", ".dat", ".json", ".anything", ".json", ".txt", ".txt"][number - 1]
            )
        })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (code, said) = ingest(folder.path(), &names);
    assert_eq!(code, Some(0), "{said}");
    // Records 2 and 4 are the same article, so it is there once.
    assert_eq!(
        titles(folder.path()),
        "Ferry 0 sails\nFerry 1 sails\nSpread\nD1\nD2\nM1\nM2\nMarked\nPacked\nOld marks\n"
    );
    let body = sqlite3(&folder.path().join("test.db"), "SELECT body FROM articles WHERE title = 'Old marks'");
    assert_eq!(body, "“Yes,” she said. It’s café time.\n");
}

#[test]
fn standard_input_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = run(&mut onrecord(folder.path(), &["ingest", "-", "--quiet"]), archive(0..3).as_bytes());
    assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
    assert_eq!(titles(folder.path()).lines().count(), 3);
}

#[test]
fn a_format_may_be_forced_and_fields_named() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "page.md", "# A title\n\nThe text.\n");
    assert_eq!(ingest(folder.path(), &["--input-format", "plain", "page.md"]).0, Some(0));
    write(
        folder.path(),
        "a.json",
        r#"{"text": "A long text that is not meant.", "parts": {"short": "Meant."}}"#,
    );
    assert_eq!(ingest(folder.path(), &["--map", "body=parts.short", "a.json"]).0, Some(0));
    assert_eq!(titles(folder.path()), "# A title\nMeant.\n");
    assert_eq!(ingest(folder.path(), &["--map", "shoe=size", "a.json"]).0, Some(2));
    assert_eq!(ingest(folder.path(), &["--input-format", "stone", "a.json"]).0, Some(2));
}

#[test]
fn the_same_archive_again_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..30));
    let (_, said) = ingest(folder.path(), &["a.jsonl"]);
    assert_eq!(said, "30 new, 0 unchanged, 0 replaced, 0 rejected");
    let before = dump(&folder.path().join("test.db"));
    write(folder.path(), "copy.jsonl.gz", gzip(archive(0..30).as_bytes()));
    let (_, said) = ingest(folder.path(), &["a.jsonl", "copy.jsonl.gz"]);
    assert_eq!(said, "0 new, 60 unchanged, 0 replaced, 0 rejected");
    assert_eq!(dump(&folder.path().join("test.db")), before);
}

#[test]
fn any_number_of_threads_gives_the_same_rows() {
    let dumps = [1, 4].map(|threads| {
        let folder = tempfile::tempdir().expect("a folder");
        let dump = dump(&filled(folder.path(), threads));
        // The path of the folder is part of the source.
        dump.replace(&folder.path().display().to_string(), "")
    });
    assert!(dumps[0].contains("The boats are ready"));
    assert_eq!(dumps[0], dumps[1]);
}

/// Remembers what was rejected.
#[derive(Default)]
struct Remembering(Vec<String>);

impl Observer for Remembering {
    fn progress(&mut self, _: &Report) {}
    fn rejected(&mut self, rejection: &Rejection) {
        self.0.push(rejection.to_string());
    }
    fn skipped(&mut self, _: &str) {}
    fn leads_out(&mut self, _: &str) {}
    fn partial(&mut self, _: &str, _: Option<u64>, _: &str) {}
    fn odd(&mut self, _: &str, _: Option<u64>, _: &str) {}
}

#[test]
fn a_panic_costs_its_article_only() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..10));
    let settings = IngestSettings {
        inputs: vec![folder.path().join("a.jsonl")],
        threads: 3,
        ..IngestSettings::default()
    };
    let analyze = |article: &Article| {
        assert!(article.external_id.as_deref() != Some("story-4"), "no word has four ends");
        known_facts(article)
    };
    let mut observer = Remembering::default();
    let db = folder.path().join("test.db");
    let (report, totals) =
        ingest::run(&db, &settings, &analyze, &mut observer, &Arc::default()).expect("runs");
    assert_eq!((report.counts.added, report.counts.rejected, totals.articles), (9, 1, 9));
    let expected = "a.jsonl:5: a fault of onrecord, please report it: no word has four ends";
    assert!(observer.0.len() == 1 && observer.0[0].ends_with(expected), "{:?}", observer.0);
}

#[test]
fn a_record_whose_place_is_taken_in_the_same_run_is_not_lost() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = |text: &str| {
        format!("{{\"url\": \"https://news.example/1\", \"text\": \"Mayor Ana Ruiz {text}\"}}\n")
    };
    let db = folder.path().join("test.db");
    for lines in [[line("came."), String::new()], [line("went."), line("came.")]] {
        write(folder.path(), "a.jsonl", lines.concat());
        let settings = IngestSettings {
            inputs: vec![folder.path().join("a.jsonl")],
            threads: 2,
            ..IngestSettings::default()
        };
        ingest::run(&db, &settings, &known_facts, &mut Silent, &Arc::default()).expect("runs");
    }
    let bodies =
        sqlite3(&db, "SELECT body FROM articles ORDER BY id; SELECT name, mention_count FROM people");
    assert_eq!(bodies, "Mayor Ana Ruiz went.\nMayor Ana Ruiz came.\nAna Ruiz|2\n");
}

#[test]
fn a_run_that_is_told_to_stop_keeps_what_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..4000));
    let settings = IngestSettings {
        inputs: vec![folder.path().join("a.jsonl")],
        threads: 2,
        ..IngestSettings::default()
    };
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let late = std::sync::atomic::AtomicUsize::new(0);
    let analyze = |article: &Article| {
        if stop.load(std::sync::atomic::Ordering::Relaxed) {
            late.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
        if article.external_id.as_deref() == Some("story-300") {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
        known_facts(article)
    };
    let db = folder.path().join("test.db");
    let (report, totals) = ingest::run(&db, &settings, &analyze, &mut Silent, &stop).expect("runs");
    assert!(report.stopped);
    // What is in flight is not analyzed first: that would take as long as it is large.
    let late = late.into_inner();
    assert!(late <= settings.threads, "{late}");
    // How much that is depends on how far the analyzers were ahead.
    assert!((1..4000).contains(&totals.articles), "{}", totals.articles);
    assert_eq!(sqlite3(&db, "SELECT finished_at IS NULL FROM ingest_runs"), "1\n");
    let again = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (report, totals) = ingest::run(&db, &settings, &known_facts, &mut Silent, &again).expect("runs");
    assert_eq!((report.counts.unchanged, totals.articles), (4000 - report.counts.added, 4000));
}

/// Remembers how far a run had come each time it was told.
#[derive(Default)]
struct Measuring(Vec<ingest::Progress>);

impl Observer for Measuring {
    fn progress(&mut self, report: &Report) {
        self.0.push(report.progress.clone());
    }
    fn rejected(&mut self, _: &Rejection) {}
    fn skipped(&mut self, _: &str) {}
    fn leads_out(&mut self, _: &str) {}
    fn partial(&mut self, _: &str, _: Option<u64>, _: &str) {}
    fn odd(&mut self, _: &str, _: Option<u64>, _: &str) {}
}

#[test]
fn progress_counts_the_bytes_of_the_files_as_they_are_packed() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = folder.path().join("in");
    write(folder.path(), "in/a.jsonl", archive(0..1000));
    write(folder.path(), "in/b.jsonl.gz", gzip(archive(1000..2500).as_bytes()));
    write(folder.path(), "in/.hidden.txt", "Hidden\n\nNot counted.");
    let size = |name: &str| texts.join(name).metadata().expect("is there").len();
    let all = size("a.jsonl") + size("b.jsonl.gz");
    let settings = IngestSettings {
        inputs: vec![texts.clone()],
        threads: 2,
        measured: true,
        ..IngestSettings::default()
    };
    let mut observer = Measuring::default();
    // The sizes are summed beside the run, which is slower than that with any analysis.
    let analyze = |article: &Article| {
        std::thread::sleep(std::time::Duration::from_micros(50));
        known_facts(article)
    };
    let db = folder.path().join("test.db");
    let (report, _) = ingest::run(&db, &settings, &analyze, &mut observer, &Arc::default()).expect("runs");
    let end = &report.progress;
    assert_eq!((end.position.all, end.total), (all, Some(all)));
    let places: Vec<u64> = observer.0.iter().map(|progress| progress.position.all).collect();
    assert!(places.is_sorted() && places.iter().all(|place| *place <= all), "{places:?}");
    assert!(places.iter().filter(|place| **place < all).count() > 3, "{places:?} says nothing on the way");
    let halfway = observer.0.iter().find(|progress| progress.source.ends_with("b.jsonl.gz"));
    let halfway = halfway.expect("the packed file is told of");
    assert_eq!(halfway.position.size, size("b.jsonl.gz"));
    assert!(halfway.position.file <= halfway.position.size);
    assert_eq!(halfway.total, Some(all));

    let unmeasured = IngestSettings { measured: false, ..settings };
    let (report, _) =
        ingest::run(&db, &unmeasured, &known_facts, &mut observer, &Arc::default()).expect("runs");
    assert_eq!((report.progress.position.all, report.progress.total), (0, None));
}
