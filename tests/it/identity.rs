//! No article is lost to another that has its id, its address or its file name; no version of one is lost to the next.

use std::collections::BTreeSet;
use std::path::Path;

use onrecord::article::Article;
use onrecord::facts::Facts;
use onrecord::gear::Gear;
use onrecord::store::{IfUnchanged, RunCounts, Saved, Store};
use proptest::prelude::*;

use crate::store::{check, what};
use crate::support::{dump, onrecord, run, run_onrecord, sqlite3, write};

/// Saves articles without facts in one run.
fn save(db: &Path, articles: &[Article]) -> Vec<Saved> {
    let mut store = Store::open(db).expect("opens");
    let mut run = store.begin_run(&[], "", Gear::Full).expect("begins");
    let mut batch = store.batch(&mut run).expect("begins");
    let saved = articles
        .iter()
        .map(|article| batch.save(article, &Facts::default(), IfUnchanged::Keep).expect("saves"))
        .collect();
    batch.commit(&RunCounts::default()).expect("commits");
    store.close();
    saved
}

/// Words of which no two numbers share a pair.
fn body(number: usize, words: usize) -> String {
    (0..words).map(|word| format!("w{number}x{word} ")).collect::<String>() + "end."
}

fn bodies(db: &Path, table: &str) -> BTreeSet<String> {
    sqlite3(db, &format!("SELECT body FROM {table}")).lines().map(str::to_owned).collect()
}

/// Ids, addresses, publishers, headlines and files as archives give them that do not tell articles apart.
fn metadata() -> impl Strategy<Value = Article> {
    (
        prop::option::of(prop::sample::select(vec!["1", "2"])),
        prop::option::of(prop::sample::select(vec!["https://courier.example/", "https://anchor.example/"])),
        prop::option::of(Just("The Courier")),
        prop::option::of(Just("Morning briefing")),
        prop::sample::select(vec!["a.jsonl", "stories/b.txt", "-"]),
        any::<bool>(),
    )
        .prop_map(|(id, url, publisher, title, source, whole_file)| Article {
            external_id: id.map(str::to_owned),
            url: url.map(str::to_owned),
            publisher: publisher.map(str::to_owned),
            title: title.map(str::to_owned),
            source: source.to_owned(),
            whole_file,
            is_summary: false,
            ..Article::default()
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn different_articles_are_all_kept_whatever_they_are_called(
        runs in prop::collection::vec(prop::collection::vec(metadata(), 1..6), 1..5)
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let db = folder.path().join("test.db");
        let mut number = 0;
        let runs: Vec<Vec<Article>> = runs
            .into_iter()
            .map(|run| {
                run.into_iter()
                    .map(|article| {
                        number += 1;
                        Article { body: body(number, 80), ..article }
                    })
                    .collect()
            })
            .collect();
        for articles in &runs {
            save(&db, articles);
        }
        let given: BTreeSet<String> = runs.iter().flatten().map(|article| article.body.clone()).collect();
        prop_assert_eq!(bodies(&db, "articles"), given);
        let before = dump(&db);
        for articles in &runs {
            prop_assert!(what(&save(&db, articles)).iter().all(|saved| *saved == "unchanged"));
        }
        prop_assert_eq!(dump(&db), before);
        check(&db);
    }

    #[test]
    fn every_version_that_was_read_is_kept(
        runs in prop::collection::vec(prop::collection::vec((metadata(), 0..3_usize, 60..90_usize), 1..4), 1..6)
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let db = folder.path().join("test.db");
        let mut given = BTreeSet::new();
        for articles in runs {
            let articles: Vec<Article> = articles
                .into_iter()
                // Texts of one number and another length are versions of each other.
                .map(|(article, number, words)| Article { body: body(number, words), ..article })
                .collect();
            given.extend(articles.iter().map(|article| article.body.clone()));
            save(&db, &articles);
        }
        let kept: BTreeSet<String> =
            bodies(&db, "articles").union(&bodies(&db, "article_versions")).cloned().collect();
        prop_assert_eq!(kept, given);
        check(&db);
    }
}

const FERRY: &str = "The ferry to Valdora will run again from Monday, Mayor Ana Ruiz said in Porto Sereno.";
const SCHOOL: &str = "A new school opened on Tuesday with room for two hundred children and their teachers.";

/// Ingests and gives what was said, the exit code being 0.
fn ingest(folder: &Path, arguments: &[&str], input: &str) -> String {
    let arguments = [&["ingest", "-v", "--db", "../test.db"], arguments].concat();
    let ended = run(&mut onrecord(folder, &arguments), input.as_bytes());
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    ended.stderr
}

#[test]
fn what_archives_call_alike_is_kept_beside_and_named() {
    let line = |rest: &str, text: &str| format!("{{{rest}, \"text\": \"{text}\"}}\n");
    for (file, content) in [
        // A second folder with the same file names.
        ("story.txt", [FERRY.to_owned(), SCHOOL.to_owned()]),
        // Standard input with the numbers of rows as ids.
        (
            "-",
            ["Ferry sails", "School opens"].map(|title| {
                let text = if title.starts_with('F') { FERRY } else { SCHOOL };
                line(&format!("\"id\": 1, \"title\": \"{title}\""), text)
            }),
        ),
        // Id and publisher alike.
        ("a.jsonl", [FERRY, SCHOOL].map(|text| line("\"id\": 7, \"publisher\": \"The Courier\"", text))),
        // A home page as the address of all.
        ("a.jsonl", [FERRY, SCHOOL].map(|text| line("\"url\": \"https://courier.example/\"", text))),
        // One article a file, in JSON.
        ("a.json", [FERRY, SCHOOL].map(|text| line("\"author\": \"Lia Okafor\"", text))),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let mut said = String::new();
        for (inside, content) in ["one", "two"].into_iter().zip(&content) {
            write(folder.path(), &format!("{inside}/{}", if file == "-" { "none" } else { file }), content);
            said = ingest(&folder.path().join(inside), &[file], content);
        }
        assert!(
            said.contains("\n1 of the new articles have the id, address or file name of another one"),
            "{said}"
        );
        assert!(said.contains("kept beside article 1"), "{said}");
        let db = folder.path().join("test.db");
        assert_eq!(
            sqlite3(&db, "SELECT count(*) FROM articles; SELECT count(*) FROM article_revisions"),
            "2\n0\n"
        );
        assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    }
}

#[test]
fn a_file_is_never_taken_for_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "in/-", FERRY);
    let inside = folder.path().join("in");
    ingest(&inside, &["--input-format", "plain", "./-"], "");
    ingest(&inside, &["--input-format", "plain", "-"], &format!("{FERRY} Tickets cost four euros."));
    let db = folder.path().join("test.db");
    assert_eq!(sqlite3(&db, "SELECT source FROM articles ORDER BY id"), "./-\n-\n");
    // Whatever the records bear.
    for bears in [
        serde_json::json!({"url": "https://courier.example/ferry"}),
        serde_json::json!({"id": "7", "publisher": "The Courier"}),
        serde_json::json!({"id": "8", "url": "https://courier.example/8"}),
    ] {
        let with = |text: String| {
            let mut record = bears.clone();
            record["text"] = text.into();
            record.to_string()
        };
        write(&inside, "a.jsonl", with(format!("{FERRY} Tickets cost {bears}.")));
        ingest(&inside, &["a.jsonl"], "");
        let said = ingest(&inside, &["-"], &with(format!("{FERRY} Tickets cost {bears} euros.")));
        assert!(said.contains("1 new, 0 unchanged, 0 replaced"), "{said}");
    }
}

#[test]
fn what_stands_in_a_file_as_before_is_not_replaced_by_its_neighbor() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    let line = |text: &str| {
        let record = serde_json::json!({"id": 1, "publisher": "The Courier", "title": "Ferry", "text": text});
        format!("{record}\n")
    };
    let long = format!("{FERRY} {SCHOOL}");
    let corrected = long.replace("Tuesday", "Wednesday");
    for order in [[FERRY, corrected.as_str()], [corrected.as_str(), FERRY]] {
        write(&inside, "january.jsonl", [FERRY, &long].map(line).concat());
        write(&inside, "february.jsonl", order.map(line).concat());
        ingest(&inside, &["january.jsonl"], "");
        ingest(&inside, &["february.jsonl"], "");
        let db = folder.path().join("test.db");
        assert_eq!(bodies(&db, "articles"), BTreeSet::from([FERRY.to_owned(), corrected.clone()]));
        std::fs::remove_file(db).expect("is there");
    }
}

#[test]
fn an_earlier_archive_on_standard_input_takes_no_later_version_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    std::fs::create_dir(&inside).expect("is new");
    let record = |text: &str| {
        serde_json::json!({"url": "https://courier.example/ferry", "title": "Ferry", "text": text})
            .to_string()
    };
    let later = FERRY.replace("Monday", "Thursday");
    for text in [FERRY, &later, FERRY] {
        ingest(&inside, &["-"], &record(text));
    }
    assert_eq!(bodies(&folder.path().join("test.db"), "articles"), BTreeSet::from([later]));
}

#[test]
fn a_revision_replaces_the_facts_and_the_earlier_text_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    let record = |title: &str, text: &str| {
        serde_json::json!({"url": "https://courier.example/ferry", "title": title, "text": text}).to_string()
    };
    let second = FERRY.replace("Monday", "Thursday");
    let third = format!("“We are ready,” Ruiz said. {second}");
    for (title, text) in
        [("Ferry sails", FERRY), ("Ferry sails later", &second), ("Ferry sails later", &third)]
    {
        write(&inside, "a.jsonl", record(title, text));
        ingest(&inside, &["a.jsonl"], "");
    }
    let db = folder.path().join("test.db");
    assert_eq!(
        sqlite3(
            &db,
            "SELECT article_id, revision, start, end, text FROM article_revisions ORDER BY revision"
        ),
        "1|1|41|46|Mon\n1|2|0|27|\n"
    );
    assert_eq!(
        sqlite3(&db, "SELECT revision, current, title, body FROM article_versions ORDER BY revision"),
        format!("1|0|Ferry sails|{FERRY}\n2|0|Ferry sails later|{second}\n3|1|Ferry sails later|{third}\n")
    );
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM quotes WHERE kind = 'direct'"), "1\n");
    // A file that is put back to what it held before is read as it is now.
    write(&inside, "a.jsonl", record("Ferry sails", FERRY));
    let said = ingest(&inside, &["a.jsonl"], "");
    assert!(said.contains("replaced: article 1 “Ferry sails later” (a.jsonl, read "), "{said}");
    assert!(said.contains(") by a.jsonl:1\n"), "{said}");
    assert_eq!(sqlite3(&db, "SELECT body FROM articles"), format!("{FERRY}\n"));
    assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
}

#[test]
fn an_earlier_archive_read_again_does_not_take_the_later_version_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let inside = folder.path().join("in");
    let record =
        |text: &str| serde_json::json!({"url": "https://courier.example/ferry", "text": text}).to_string();
    let later = format!("{FERRY} Tickets cost four euros.");
    write(&inside, "2019.jsonl", record(FERRY));
    write(&inside, "2020.jsonl", record(&later));
    ingest(&inside, &["2019.jsonl"], "");
    ingest(&inside, &["2020.jsonl"], "");
    let db = folder.path().join("test.db");
    let before = dump(&db);
    for inputs in [&["2019.jsonl"][..], &["2020.jsonl"], &["2019.jsonl", "2020.jsonl"]] {
        let said = ingest(&inside, inputs, "");
        assert!(said.contains(" 0 replaced"), "{said}");
        assert_eq!(dump(&db), before);
    }
    // Read in one run they come to the same.
    std::fs::remove_file(&db).expect("is there");
    ingest(&inside, &["2019.jsonl", "2020.jsonl"], "");
    assert_eq!(dump(&db), before);
}
