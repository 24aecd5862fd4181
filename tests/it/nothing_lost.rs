//! What is read adds up: every record is an article or a rejection, whatever stands beside it, and the report, the
//! database and the folder say the same.

use std::path::Path;

use crate::support::{archive, gzip, onrecord, record, run, run_onrecord, sqlite3, write};

/// The numbers in the summary of an ingest: new, unchanged, replaced, rejected.
fn summary(stderr: &str) -> [u64; 4] {
    let line = stderr.lines().find(|line| line.contains(" rejected in ")).expect("there is a summary");
    let numbers: Vec<u64> = line.split(", ").map_while(|part| part.split(' ').next()?.parse().ok()).collect();
    numbers.try_into().expect("it has four numbers")
}

/// Good records between bad lines, so many of each.
fn mixed(good: usize, between: &[&str]) -> (Vec<u8>, u64) {
    let mut bytes = Vec::new();
    for number in 0..good {
        bytes.extend(record(number).into_bytes());
        bytes.push(b'\n');
        bytes.extend(between[number % between.len()].as_bytes());
        bytes.push(b'\n');
    }
    (bytes, good as u64)
}

#[test]
fn the_summary_adds_up_however_the_records_come() {
    let cut = &record(7)[..60];
    let cases: [(&str, &[&str], bool); 4] = [
        ("cut off", &[cut], true),
        ("no records", &["{bad", "noise", "[[", "\"", "}{"], true),
        ("blank", &["", "  "], false),
        ("long", &["a line that goes on and on, "], true),
    ];
    for (what, between, are_bad) in cases {
        let (bytes, good) = mixed(12, between);
        let bad = if are_bad { good } else { 0 };
        for name in ["a.jsonl", "a.json", "a.txt", "a", "a.jsonl.gz", "-"] {
            let folder = tempfile::tempdir().expect("a folder");
            let content = if name.ends_with("gz") { gzip(&bytes) } else { bytes.clone() };
            write(folder.path(), "a", "");
            if name != "-" {
                write(folder.path(), name, &content);
            }
            let ended = run(&mut onrecord(folder.path(), &["ingest", name]), &bytes);
            assert_eq!(summary(&ended.stderr), [good, 0, 0, bad], "{what} in {name}: {}", ended.stderr);
            let db = folder.path().join("test.db");
            let stored = sqlite3(
                &db,
                "SELECT count(*) FROM articles; SELECT rejected FROM ingest_runs; SELECT count(*) FROM ingest_errors",
            );
            assert_eq!(stored, format!("{good}\n{bad}\n{bad}\n"), "{what} in {name}");
            assert_eq!(ended.code, Some(if are_bad { 3 } else { 0 }));
        }
    }
}

#[test]
fn a_file_of_bad_lines_costs_little_and_counts_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let lines = 20_000;
    write(folder.path(), "a.jsonl", format!("{}{}", "{\n".repeat(lines), "{\"id\": 1}\n".repeat(3)));
    write(folder.path(), "b.jsonl", archive(0..2));
    let db = folder.path().join("test.db");
    for (arguments, run) in
        [(&["ingest", "a.jsonl", "b.jsonl"][..], 1), (&["ingest", "-v", "a.jsonl", "b.jsonl"], 2)]
    {
        let ended = run_onrecord(folder.path(), arguments);
        assert_eq!(ended.code, Some(3));
        assert_eq!(summary(&ended.stderr)[3], lines as u64 + 3);
        assert!(ended.stderr.len() < 16_000, "{}", ended.stderr.len());
        let kept = sqlite3(&db, "SELECT count(*), count(line), max(line), min(run_id) FROM ingest_errors");
        assert_eq!(kept, format!("101|100|100|{run}\n"));
    }
    let more = sqlite3(&db, "SELECT path, reason FROM ingest_errors WHERE kind = 'more'");
    assert_eq!(
        more,
        "a.jsonl|and 19903 more: 19900 × it is not valid JSON: EOF while parsing an object; 3 × it has no field with a text\n"
    );
    let stats = run_onrecord(folder.path(), &["stats", "--format", "csv"]).stdout;
    assert!(stats.contains("runs,documents rejected,20003"), "{stats}");
    assert!(db.metadata().expect("is there").len() < 1 << 20);
}

#[test]
fn a_reason_is_never_long() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", format!("{{\"{}\": 1}}\n{}\n", "name".repeat(50_000), record(0)));
    let ended = run_onrecord(folder.path(), &["ingest", "a.jsonl"]);
    assert!(ended.stderr.len() < 1000);
    let longest =
        sqlite3(&folder.path().join("test.db"), "SELECT max(length(reason)) <= 301 FROM ingest_errors");
    assert_eq!(longest, "1\n");
}

#[cfg(unix)]
#[test]
fn no_link_leads_out_of_a_folder_unless_that_is_asked_for() {
    use std::os::unix::fs::symlink;

    let folder = tempfile::tempdir().expect("a folder");
    let text = |title: &str| format!("{title}\n\nA text of {title}.");
    for (name, title) in [
        ("in/a.txt", "A"),
        ("in/sub/b.txt", "B"),
        ("in/.store/c.txt", "C"),
        ("out/d.txt", "D"),
        ("out/e.txt", "E"),
        ("inside/f.txt", "F"),
    ] {
        write(folder.path(), name, text(title));
    }
    let at = |name: &str| folder.path().join(name);
    for (target, link) in [
        ("../out/d.txt", "in/1-file-outside.txt"),
        ("../out", "in/2-folder-outside"),
        ("a.txt", "in/3-file-inside.txt"),
        ("sub", "in/4-folder-inside"),
        (".store/c.txt", "in/5-hidden-inside.txt"),
        (".", "in/6-itself"),
        // Its name begins like that of the folder.
        ("../inside/f.txt", "in/7-beside.txt"),
    ] {
        symlink(target, at(link)).expect("is made");
    }
    symlink(at("nothing"), at("in/8-nowhere.txt")).expect("is made");
    symlink("in", at("named")).expect("is made");

    for input in ["in", "in/", "./in", "in/../in", "named"] {
        let ended = run_onrecord(
            folder.path(),
            &["ingest", "-v", input, "--db", &format!("{}.db", input.replace('/', "_"))],
        );
        assert_eq!(summary(&ended.stderr), [3, 0, 0, 1], "{input}: {}", ended.stderr);
        for said in [
            "8-nowhere.txt: it is a link to something that is not there\n",
            "1-file-outside.txt\n",
            "2-folder-outside\n",
            "7-beside.txt\n",
            "\n3 links that lead out of their folder were not followed (-v names them, --follow follows them)\n",
            "\n4 hidden files, folders, links within a folder or files of the database were passed over (-v names them)\n",
        ] {
            assert!(ended.stderr.contains(said), "{input}: {said} in {}", ended.stderr);
        }
        let db = at(&format!("{}.db", input.replace('/', "_")));
        assert_eq!(
            sqlite3(&db, "SELECT group_concat(title, '') FROM (SELECT title FROM articles ORDER BY title)"),
            "ABC\n"
        );
    }
    let ended = run_onrecord(folder.path(), &["ingest", "--follow", "in"]);
    let titles = sqlite3(
        &at("test.db"),
        "SELECT group_concat(title, '') FROM (SELECT title FROM articles ORDER BY title)",
    );
    assert_eq!(titles, "ABCDEF\n", "{}", ended.stderr);

    // A link that is named itself is followed, and `extract` does the same.
    assert_eq!(
        run_onrecord(folder.path(), &["ingest", "in/1-file-outside.txt", "--db", "one.db"]).code,
        Some(0)
    );
    for (arguments, lines) in [
        (&["extract", "--input-format", "plain", "in"][..], 4),
        (&["extract", "--input-format", "plain", "--follow", "in"], 11),
    ] {
        let ended = run_onrecord(folder.path(), arguments);
        assert_eq!(ended.stdout.lines().count(), lines, "{}", ended.stdout);
        assert_eq!(ended.stderr.contains("3 links that lead out"), lines == 4, "{}", ended.stderr);
    }
}

/// Runs a command on a database of this name, in a folder that has it.
fn on(folder: &Path, db: &str, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.current_dir(folder).env_remove("ONRECORD_DB").arg("--db").arg(db).args(arguments);
    let ended = run(&mut command, b"");
    // What is no plain word to a shell stands in quotation marks.
    let named = |text: String| text.replace(&format!("'{db}'"), "DB").replace(db, "DB");
    (ended.code, named(ended.stdout), named(ended.stderr))
}

#[test]
fn a_name_of_a_database_is_a_name_of_a_file_to_every_command() {
    let commands: &[&[&str]] = &[
        &["stats", "--format", "csv"],
        &["check"],
        &["query", "who said what about Porto Sereno?"],
        &["query", "--sql", "SELECT count(*) FROM articles"],
        &["explain", "1"],
        &["cite", "1"],
        &["saved", "add", "ferries", "who said what about Porto Sereno?"],
        &["saved", "list"],
        &["saved", "run", "ferries"],
        &["rename", "Ana Ruiz", "Anna Ruiz"],
        &["corrections", "list"],
        &["corrections", "export"],
        &["review", "--format", "csv"],
        &["ingest", "--quiet", "a.jsonl"],
    ];
    let results = |db: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "a.jsonl", archive(0..3));
        let ingested = on(folder.path(), db, &["ingest", "--quiet", "a.jsonl"]);
        assert_eq!((ingested.0, ingested.2.as_str()), (Some(0), ""), "{db}");
        let results: Vec<_> = commands.iter().map(|command| on(folder.path(), db, command)).collect();
        let mut files: Vec<String> = std::fs::read_dir(folder.path())
            .expect("is there")
            .map(|entry| entry.expect("is there").file_name().to_string_lossy().into_owned())
            .collect();
        files.retain(|file| file != "a.jsonl");
        assert_eq!(files, [db], "one file is made, of just that name");
        results
    };
    let timeless = |results: Vec<(Option<i32>, String, String)>| -> Vec<(Option<i32>, String)> {
        // When something was stored may differ by a second.
        let is_of_time = |line: &str| line.contains("20") && line.contains('T') && line.contains('Z');
        let keep = |text: String| {
            text.lines().filter(|line| !is_of_time(line)).map(str::to_owned).collect::<Vec<_>>().join("\n")
        };
        results.into_iter().map(|(code, out, error)| (code, keep(out) + &keep(error))).collect()
    };
    let plain = timeless(results("x.db"));
    for (command, (code, said)) in commands.iter().zip(&plain) {
        assert!(matches!(code, Some(0)), "{command:?}: {said}");
    }
    for db in ["file:x.db", "file:x.db?mode=memory", ":memory:", "x%20y.db", "x?y#z.db"] {
        assert_eq!(timeless(results(db)), plain, "{db}");
    }
}

#[test]
fn what_is_but_a_summary_says_so_until_the_text_comes() {
    let folder = tempfile::tempdir().expect("a folder");
    let item = |text: &str| {
        format!(
            "<rss><channel><title>Post</title><item><guid>pier-1</guid><title>The pier</title>\
             <link>https://example.org/pier</link>{text}</item></channel></rss>"
        )
    };
    let nitf = "<nitf><head><title>The gate</title></head><body><body.head><abstract><p>The gate is shut.</p></abstract>\
                </body.head><body.content></body.content></body></nitf>";
    write(folder.path(), "feed.xml", item("<description>It is closed.</description>"));
    write(folder.path(), "gate.xml", nitf);
    write(
        folder.path(),
        "a.jsonl",
        "{\"title\": \"Boats\", \"description\": \"Three boats sank.\"}\n{\"text\": \"Rain fell.\"}\n",
    );
    let rows = || sqlite3(&folder.path().join("test.db"), "SELECT summary, body FROM articles ORDER BY body");
    for options in [&[][..], &["--override", "--publisher", "Post"]] {
        let inputs = ["ingest", "feed.xml", "gate.xml", "a.jsonl"];
        assert_eq!(run_onrecord(folder.path(), &[&inputs[..], options].concat()).code, Some(0));
        assert_eq!(rows(), "1|It is closed.\n0|Rain fell.\n1|The gate is shut.\n1|Three boats sank.\n");
    }
    write(
        folder.path(),
        "feed.xml",
        item(&format!("<content:encoded>{}</content:encoded>", "It is closed. ".repeat(120))),
    );
    run_onrecord(folder.path(), &["ingest", "feed.xml"]);
    assert!(rows().starts_with("0|It is closed. It is closed."), "{}", rows());
}
