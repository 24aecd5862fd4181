//! The queries that come with the program: each runs as it is, in the program and in the sqlite3 shell.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use onrecord::query::shipped;
use rusqlite::Connection;

use crate::command::onrecord;
use crate::golden_database::GoldenDatabase;

/// Values for the parameters, and the first columns of all rows of the answer on the golden database.
const ANSWERS: &[(&str, &[&str], &str)] = &[
    ("accusations", &[], "Ana Ruiz,accused,Harbor Bank,1 | José Méndez,criticized,Ana Ruiz,1"),
    (
        "co_mentioned",
        &["name=Harbor Bank"],
        "Ana Ruiz,person,3 | José Méndez,person,2 | Lia Okafor,person,1 | Porto Verde,place,1 | Tomás Ruiz,person,1",
    ),
    ("copies", &[], ""),
    ("denials", &[], "2016-03-01,Ana Ruiz,denied,that she had known of the closures at Harbor Bank,,"),
    (
        "latest_by",
        &["speaker=ana ruiz"],
        "Harbor Bank,2017-05-02 | Lia Okafor,2017-05-02 | Porto Verde,2016-09-20T14:05:00Z",
    ),
    ("mentioned_never_quoted", &[], ""),
    ("met", &["name=Ana Ruiz"], "2017-03-09,Lia Okafor,met_with,Ana Ruiz"),
    ("most_quoted", &[], "Ana Ruiz,mayor,5 | Lia Okafor,spokeswoman,2 | José Méndez,,1 | Tomás Ruiz,,1"),
    ("most_quoted_about", &["about=HB"], "Ana Ruiz,person,2 | Lia Okafor,person,1"),
    ("publishers_by_speaker", &["speaker=Ana Ruiz"], "Porto Courier,3,1 | ,1,1 | The Daily Anchor,1,1"),
    ("quote_drift", &["speaker=Ana Ruiz"], ""),
    ("quotes_by_month", &["speaker=José Méndez"], "2017-03,1"),
    (
        "reversals",
        &["speaker=Ana Ruiz", "about=Harbor Bank"],
        "Ana Ruiz,2016-03-01,that she had known of the closures at Harbor Bank,,, \
         | Ana Ruiz,2017-05-02,Harbor Bank has to answer,2016-03-01,that she had known of the closures at Harbor Bank,\
         no to yes denial to statement",
    ),
    ("revised_quotes", &[], ""),
    (
        "right_of_reply",
        &[],
        "2017-05-02,The Daily Anchor,A quarrel over the quay,Harbor Bank,organization,Ana Ruiz,accused \
         | 2017-03-09,The Daily Anchor,Council votes on the quay,Ana Ruiz,person,José Méndez,criticized",
    ),
    (
        "said_about",
        &["about=Harbor Bank"],
        "2017-05-02,Ana Ruiz | 2017-03-09,a fisherman | 2016-03-01,Ana Ruiz | 2016-03-01,Lia Okafor",
    ),
    ("said_by", &["speaker=Mendez"], "2017-03-09,José Méndez"),
    (
        "share_of_voice",
        &[],
        "The Daily Anchor,1,Ana Ruiz,1,20,5 | The Daily Anchor,2,Lia Okafor,1,20,5 | The Daily Anchor,3,José Méndez,1,20,5 \
         | The Daily Anchor,4,Tomás Ruiz,1,20,5 | Porto Courier,1,Ana Ruiz,3,75,4 | Porto Courier,2,Lia Okafor,1,25,4 \
         | ,1,Ana Ruiz,1,100,1",
    ),
    ("spokespeople", &[], "Lia Okafor,Harbor Bank,spokeswoman,1,2"),
    (
        "timeline",
        &["name=José Méndez"],
        "2017-03-09,said,José Méndez | 2017-05-02,criticized,José Méndez | 2017-05-02,was spoken of,Tomás Ruiz \
         | 2017-05-02,employed by,José Méndez",
    ),
    ("unattributed", &[], "2017-03-09,a fisherman"),
    ("unnamed_by_role", &[], "fisherman,1,1,1,2017-03-09"),
    ("who_leads", &["whom=Porto"], "Ana Ruiz,mayor,Porto Verde,2016-03-01,2016-09-20T14:05:00Z,2"),
    (
        "who_talks_about_whom",
        &[],
        "Ana Ruiz,Harbor Bank,2,2 | Ana Ruiz,Porto Verde,1,1 | José Méndez,Ana Ruiz,1,1 | Lia Okafor,Harbor Bank,1,1 \
         | Lia Okafor,Porto Verde,1,1 | Tomás Ruiz,José Méndez,1,1 | Ana Ruiz,Lia Okafor,1,0",
    ),
];

/// What the golden database has none of: a copy, an earlier version of an article, the same words elsewhere, an accusation
/// beside its denial, somebody whom nobody quotes.
const MORE: &str = "
INSERT INTO articles (id, title, body, publisher, published_at, source, content_hash, body_hash, identity, ingested_at, run_id, duplicate_of)
VALUES (7, 'Mayor speaks again', '“Harbor Bank has to answer for it,” and Nils Quist listened.', 'Harbor Gazette', '2017-05-03', 'more.jsonl', '7', '7', '7',
    '2026-01-02T00:00:00Z', 1, NULL),
    (8, 'Notes from the harbor', 'Lia Okafor is right about bread. Nils Quist agrees.', 'Harbor Gazette', '2017-05-04', 'more.jsonl', '8', '8', '8',
    '2026-01-02T00:00:00Z', 1, 6);
INSERT INTO quotes (id, key, article_id, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence, published_at, vouched)
VALUES (11, 'q11', 7, 1, 'Ruiz', 'said', 'statement', 'direct', 'Harbor Bank has to answer for it', 1, 33, 0.9, '2017-05-03', 1),
    (12, 'q12', 8, 1, 'Ruiz', 'said', 'statement', 'direct', 'Lia Okafor is right about bread', 0, 31, 0.9, '2017-05-04', 1);
INSERT INTO quote_subjects (quote_id, entity_id, published_at) VALUES (11, 3, '2017-05-03'), (12, 2, '2017-05-04');
INSERT INTO reprints VALUES (10, 10), (12, 10);
INSERT INTO mentions VALUES (7, 7, 40, 50, 'name'), (8, 7, 33, 43, 'name');
INSERT INTO relationships (article_id, subject_id, predicate, object_id, status, start, end, confidence)
VALUES (1, 2, 'accused', 1, 'asserted', 0, 11, 0.8);
INSERT INTO article_revisions (article_id, revision, title, publisher, published_at, source, content_hash, body_hash, start, end, text,
    read_at, replaced_at, run_id, quotes_kept)
VALUES (7, 1, 'Mayor speaks', 'Harbor Gazette', '2017-05-03', 'more.jsonl', '7a', '7a', 0, 0, '', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z', 1, 1);
INSERT INTO revision_quotes (article_id, revision, key, speaker_id, speaker, act, kind, mode, text, start, end, confidence, vouched)
VALUES (7, 1, 'q11a', 1, 'Ana Ruiz', 'statement', 'direct', 'speech', 'Harbor Bank has to explain it', 1, 30, 0.9, 1),
    (7, 1, 'q11b', 5, 'José Méndez', 'statement', 'direct', 'speech', 'No comment at all from us', 800, 825, 0.9, 1);
";

/// The same with [`MORE`].
const ANSWERS_ON_MORE: &[(&str, &[&str], &str)] = &[
    ("copies", &[], "2017-05-04,Harbor Gazette,Notes from the harbor,2017-05-02,"),
    (
        "denials",
        &[],
        "2016-03-01,Ana Ruiz,denied,that she had known of the closures at Harbor Bank,Lia Okafor,Harbor Bank",
    ),
    ("mentioned_never_quoted", &[], "Nils Quist,,2,2,1,0,2017-05-04"),
    ("most_quoted", &[], "Ana Ruiz,mayor,4 | Lia Okafor,spokeswoman,2 | José Méndez,,1 | Tomás Ruiz,,1"),
    (
        "quote_drift",
        &["speaker=Ana Ruiz"],
        "Ana Ruiz,2017-05-02,The Daily Anchor,Harbor Bank has to answer,2017-05-03,Harbor Gazette,Harbor Bank has to answer for it,,for it,2",
    ),
    (
        "revised_quotes",
        &[],
        "2026-01-02T00:00:00Z,headline,,Mayor speaks,Mayor speaks again \
         | 2026-01-02T00:00:00Z,quote reworded,Ana Ruiz,Harbor Bank has to explain it,Harbor Bank has to answer for it \
         | 2026-01-02T00:00:00Z,quote removed,José Méndez,No comment at all from us,",
    ),
    ("said_about", &["about=Okafor"], "2017-05-02,Ana Ruiz,Lia Okafor is right about bread"),
];

fn answer(golden: &GoldenDatabase, name: &str, values: &[&str], columns: usize) -> String {
    let arguments = ["--db", "golden.db", "saved", "run", name, "--format", "csv"];
    let shown = onrecord(golden.folder(), &[&arguments[..], values].concat());
    let (start, rows) = shown.split_once('\n').and_then(|(_, rest)| rest.split_once('\n')).expect("a header");
    assert_eq!(start, "--- stdout", "{shown}");
    let rows: Vec<String> = rows
        .lines()
        .skip(1)
        .take_while(|line| !line.starts_with("---"))
        .map(|row| row.split(',').take(columns).collect::<Vec<_>>().join(","))
        .collect();
    rows.join(" | ")
}

#[test]
fn every_query_has_its_answer() {
    let golden = GoldenDatabase::new();
    assert_eq!(
        ANSWERS.iter().map(|(name, _, _)| *name).collect::<Vec<_>>(),
        shipped::names().collect::<Vec<_>>(),
        "each shipped query has its answer in ANSWERS, in the same order"
    );
    for (name, values, expected) in ANSWERS {
        let is_answered = ANSWERS_ON_MORE.iter().any(|(other, ..)| other == name);
        assert!(is_answered || !expected.is_empty(), "{name} has no rows in any test");
        let columns = expected.split(" | ").next().unwrap_or_default().matches(',').count() + 1;
        assert_eq!(answer(&golden, name, values, columns), *expected, "{name}");
    }
    let db = Connection::open(golden.path()).expect("the database opens");
    db.execute_batch(MORE).expect("the rows fit the schema");
    for (name, values, expected) in ANSWERS_ON_MORE {
        let columns = expected.split(" | ").next().unwrap_or_default().matches(',').count() + 1;
        assert_eq!(answer(&golden, name, values, columns), *expected, "{name}");
    }
}

/// A row that a reporter cannot look up is of no use to one.
#[test]
fn every_row_can_be_looked_up() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    for (name, sql) in texts() {
        let statement = db.prepare(&sql).unwrap_or_else(|error| panic!("{name}: {error}"));
        let columns: Vec<&str> = statement.column_names().collect();
        let any = |names: &[&str]| names.iter().any(|name| columns.contains(name));
        assert!(any(&["article_id"]), "{name}: {columns:?}");
        assert!(any(&["publisher"]) && any(&["title"]), "{name}: {columns:?}");
        assert!(any(&["published_at", "date", "last_seen", "last"]), "{name}: {columns:?}");
    }
}

#[test]
fn what_asks_for_one_name_goes_through_no_whole_table() {
    let golden = GoldenDatabase::new();
    let db = golden.reader();
    let mut looked_at = 0;
    for (name, sql) in texts() {
        if !sql.contains("\n-- :") {
            continue;
        }
        let tables = names_of_tables(&sql);
        assert!(!tables.is_empty(), "{name}");
        let mut plan = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("it has a plan");
        let mut steps = plan.raw_query();
        while let Some(step) = steps.next().expect("the plan is told") {
            let step: String = step.get("detail").expect("a step is text");
            let Some(table) = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next()) else {
                continue;
            };
            assert!(!tables.contains(table), "{name}: {step}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 0);
}

/// What a query calls the tables of the archive: those that it makes itself are as large as what is told of the one name.
fn names_of_tables(sql: &str) -> BTreeSet<&str> {
    const TABLES: [&str; 7] =
        ["articles", "quotes", "quote_subjects", "mentions", "entities", "aliases", "relationships"];
    let words: Vec<&str> = sql.split_whitespace().map(|word| word.trim_end_matches([')', ','])).collect();
    let mut names = BTreeSet::new();
    for (at, word) in words.iter().enumerate() {
        let Some(table) = words.get(at + 1).filter(|_| matches!(*word, "FROM" | "JOIN")) else { continue };
        if TABLES.contains(table) {
            let has_other_name = words.get(at + 2) == Some(&"AS");
            names.insert(words[if has_other_name { at + 3 } else { at + 1 }]);
        }
    }
    names
}

#[test]
fn every_query_is_in_the_documentation() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/shipped-queries.md");
    let page = std::fs::read_to_string(page).expect("docs/shipped-queries.md can be read");
    let mut rows = page.lines().filter(|line| line.starts_with("| `"));
    for (name, sql) in texts() {
        let first = sql.lines().next().unwrap_or_default();
        let description = first.split_once(": ").map_or("", |(_, description)| description);
        let parameters = sql.lines().skip(1).map_while(|line| line.strip_prefix("-- :"));
        let parameters = parameters.map(|line| {
            let (name, what) = line.split_once("  ").expect("two spaces behind the name");
            format!("`{name}`: {}", what.split_once(") ").map_or(what, |(_, what)| what))
        });
        let row = format!("| `{name}` | {description} | {} |", parameters.collect::<Vec<_>>().join("<br>"));
        assert_eq!(rows.next(), Some(row.as_str()), "docs/shipped-queries.md");
    }
    assert_eq!(rows.next(), None);
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/query/shipped")
}

/// The queries, by their names.
fn texts() -> impl Iterator<Item = (&'static str, String)> {
    shipped::names().map(|name| {
        let text = std::fs::read_to_string(folder().join(format!("{name}.sql")));
        (name, text.expect("the file can be read"))
    })
}

#[test]
fn every_file_is_listed() {
    let entries = std::fs::read_dir(folder()).expect("the folder can be read");
    let files: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let listed: BTreeSet<String> = shipped::names().map(|name| format!("{name}.sql")).collect();
    assert_eq!(files, listed);
}

#[test]
fn every_query_runs_in_the_sqlite3_shell_on_an_empty_database() {
    let golden = GoldenDatabase::empty();
    for name in shipped::names() {
        let output = Command::new("sqlite3")
            .arg("-bail")
            .arg(golden.path())
            .args([".param set :speaker 'Ana Ruiz'", ".param set :about Porto", ".param set :name Porto"])
            .arg(".param set :whom Porto")
            .arg(format!(".read {}", folder().join(format!("{name}.sql")).display()))
            .output()
            .expect("sqlite3 is installed");
        let shown = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && shown.0.is_empty() && shown.1.is_empty(), "{name}: {shown:?}");
    }
}

#[test]
fn every_query_says_what_it_is_for() {
    for (name, text) in texts() {
        assert!(text.starts_with(&format!("-- {name}: ")), "{name}");
        for parameter in text
            .split(':')
            .skip(2)
            .filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next())
        {
            let described = parameter.is_empty() || text.contains(&format!("\n-- :{parameter}  ("));
            assert!(described, "{name}: {parameter}");
        }
    }
}
