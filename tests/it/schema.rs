//! The database as the sqlite3 shell sees it, its documentation, its migrations, and whose files are refused.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use onrecord::store::{APPLICATION_ID, Store, open_read_only, schema_version};

use crate::support::{archive, run_onrecord, sqlite3, write};

/// The migrations that have made databases, each with the BLAKE3 checksum of its file.
const FROZEN: [(&str, &str); 15] = [
    ("V1__articles_and_runs.sql", "b2b0842764c66a481860a5f2267f19d37be89251d641c54da0676688d80c7501"),
    ("V2__entities_and_mentions.sql", "aa7aa7924f1df1b6fbfa8c0555c9d2b4c773f23c0a5f1c3143f9746bcbfba3c3"),
    ("V3__quotes.sql", "7972a37ed478652b24e5cf0e9c8a50f29920993601235deb45982914b18f2c56"),
    ("V4__relationships.sql", "2cec64f253fa09844434bdfcce861e77b4eccb4d8533782f79a49d27420bc725"),
    ("V5__saved_queries.sql", "5f7cc0f04b6435d9b258708b0979e801d277f0ab24ecd2589a8387f9870ac78e"),
    ("V6__corrections_and_rulings.sql", "d22b079d319724c8839c27b89db13b2c046f0478fedf83686eb8616643a659d1"),
    ("V7__reading_views.sql", "d43119ee04fc14d0b737ad7674cc4fdbfeb20cfea1317137083cd99a009488f6"),
    ("V8__article_revisions.sql", "50e37d3d81fbda5552ae0d14b1443ab4019c186dea9842a8e7429dbff1edafd6"),
    ("V9__gears.sql", "916f8e5807234c8febf13f4d3b60e28252d3e720a3c94c393974f20cf0a5f623"),
    ("V10__vouched.sql", "e98dfe8575a9b531865d75a19a0a1c2cf97dfbc96c5de6c98de49f84dc1e6520"),
    ("V11__automatic_corrections.sql", "2f8e8df4684705404e010ecfc76e44bae1b7379afec97f465501943790979cda"),
    ("V12__archives.sql", "0a543e043a97d14e5da6c1de9914fd6243cb4f55a916515fe54beb964dba9138"),
    ("V13__claims_and_terms.sql", "122c323fca03fe90ba981653c183c160d63be183e6e6526c0a5678eb110e4d86"),
    ("V14__saved_queries.sql", "087f1b075cc2182f0fc8d90f01118d42b83b91c3e447b07aa16c2af599cb8371"),
    ("V15__large_archives.sql", "4953fff1e88a9fa127f08d34ca6f00040b7e35e68d153912f1f9dc7883a8329e"),
];

/// The first version of the schema whose databases are kept: those before it were never released.
const FIRST_KEPT: i32 = 7;

/// A fresh database without articles.
fn fresh(folder: &Path) -> PathBuf {
    let path = folder.join("fresh.db");
    Store::open(&path).map(Store::close).expect("a database is made");
    path
}

#[test]
fn the_stock_shell_reads_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", archive(0..8));
    assert_eq!(run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(0));
    let db = folder.path().join("test.db");
    assert_eq!(sqlite3(&db, "PRAGMA integrity_check; PRAGMA foreign_key_check;"), "ok\n");
    assert_eq!(
        sqlite3(
            &db,
            "SELECT title FROM articles WHERE id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'østerby') ORDER BY id"
        ),
        "Ferry 3 sails\nFerry 7 sails\n"
    );
    let views = sqlite3(&db, "SELECT name FROM sqlite_schema WHERE type = 'view'");
    assert!(views.lines().count() >= 5);
    for view in views.lines() {
        sqlite3(&db, &format!("SELECT * FROM {view}"));
    }
    sqlite3(&db, "SELECT * FROM quotes_fts WHERE quotes_fts MATCH 'boats'");
}

#[test]
fn the_finished_database_is_a_single_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    assert_eq!(sqlite3(&db, "PRAGMA journal_mode"), "wal\n");
    let files = std::fs::read_dir(folder.path()).expect("is a folder").count();
    assert_eq!(files, 1);
}

#[test]
fn the_marks_in_the_header_are_set() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    let expected = format!("{APPLICATION_ID}\n{}\n", schema_version());
    assert_eq!(sqlite3(&db, "PRAGMA application_id; PRAGMA user_version"), expected);
}

#[test]
fn every_migration_file_is_in_the_program() {
    let files = std::fs::read_dir("migrations").expect("is a folder").count();
    assert_eq!(usize::try_from(schema_version()), Ok(files));
}

#[test]
fn an_applied_migration_never_changes() {
    let mut found = BTreeMap::new();
    for file in std::fs::read_dir("migrations").expect("is a folder") {
        let path = file.expect("is readable").path();
        let name = path.file_name().expect("has a name").to_string_lossy().into_owned();
        let checksum = blake3::hash(&std::fs::read(&path).expect("is readable")).to_hex().to_string();
        found.insert(name, checksum);
    }
    for (name, checksum) in FROZEN {
        let now = found.remove(name);
        assert_eq!(
            now.as_deref(),
            Some(checksum),
            "migrations/{name} is not what it was, so that no database that it made can be opened any more: \
             never edit an applied migration, not even a comment; add a new file"
        );
    }
    assert!(
        found.is_empty(),
        "add these to FROZEN; once databases are made by them they are never edited: {found:#?}"
    );
}

/// Datasette and sqlite-utils look for an index in this way (`detect_fts`), to offer a search.
#[test]
fn browsers_of_databases_find_the_full_text_of_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    for table in ["articles", "quotes"] {
        let find = format!(
            "SELECT name FROM sqlite_schema
            WHERE rootpage = 0 AND sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"{table}\"%'"
        );
        assert_eq!(sqlite3(&db, &find), format!("{table}_fts\n"));
    }
}

#[test]
fn all_tables_are_strict() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    let loose = "SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'
            AND name <> 'refinery_schema_history'";
    assert_eq!(sqlite3(&db, loose), "");
}

#[test]
fn every_table_view_and_column_has_a_comment() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    for name in documented(&db).keys() {
        let sql = sqlite3(&db, &format!("SELECT sql FROM sqlite_schema WHERE name = '{name}'"));
        let (first, definition) = sql.split_once('\n').expect("has several lines");
        assert!(definition.trim_start().starts_with("--"), "{name} has no comment");
        if first.contains("TABLE") {
            let columns = sqlite3(&db, &format!("SELECT name FROM pragma_table_info('{name}')"));
            let columns: Vec<&str> = columns.lines().collect();
            let mut commented = BTreeSet::new();
            let mut current = None;
            for line in definition.lines() {
                let first = line.split_whitespace().next().unwrap_or_default();
                // A definition may go on in the next lines; its comment counts wherever it stands.
                current = columns.iter().find(|column| **column == first).or(current);
                if let (Some(column), true) = (current, line.contains("--")) {
                    commented.insert(*column);
                }
            }
            let without: Vec<_> = columns.iter().filter(|column| !commented.contains(**column)).collect();
            assert!(without.is_empty(), "{name}: {without:?} have no comment");
        }
    }
}

#[test]
fn every_foreign_key_has_an_index() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    let bare = "SELECT m.name || '.' || k.\"from\"
        FROM sqlite_schema AS m JOIN pragma_foreign_key_list(m.name) AS k
        WHERE m.type = 'table' AND NOT EXISTS (
            SELECT 1 FROM pragma_table_info(m.name) AS c
            WHERE c.name = k.\"from\" AND c.pk = 1 AND c.type = 'INTEGER')
        AND NOT EXISTS (
            SELECT 1 FROM pragma_index_list(m.name) AS i JOIN pragma_index_info(i.name) AS c
            WHERE c.seqno = k.seq AND c.name = k.\"from\")";
    assert_eq!(sqlite3(&db, bare), "");
}

#[test]
fn the_documentation_names_every_table_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    let text = std::fs::read_to_string("docs/schema.md").expect("docs/schema.md is there");
    let mut described: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("### `").and_then(|rest| rest.split('`').next()) {
            current = Some(described.entry(name.to_owned()).or_default());
        } else if line.starts_with("## ") {
            current = None;
        } else if let (Some(columns), Some(rest)) = (&mut current, line.strip_prefix("| `")) {
            columns.extend(rest.split('`').next().map(str::to_owned));
        }
    }
    assert_eq!(described, documented(&db));
}

/// The tables and views that people are to know, with their columns.
fn documented(db: &Path) -> BTreeMap<String, Vec<String>> {
    let names = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')
        AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '%_fts%' AND name <> 'refinery_schema_history'";
    let columns = |name: &str| {
        let columns = sqlite3(db, &format!("SELECT name FROM pragma_table_info('{name}')"));
        columns.lines().map(str::to_owned).collect()
    };
    sqlite3(db, names).lines().map(|name| (name.to_owned(), columns(name))).collect()
}

#[test]
fn rows_that_make_no_sense_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    let connection = rusqlite::Connection::open(&db).expect("opens");
    connection
        .execute_batch(
            "INSERT INTO ingest_runs (id, started_at, version, model, inputs) VALUES (1, '2026-01-01', '0', '', '[]');
             INSERT INTO articles (id, body, source, content_hash, body_hash, identity, ingested_at, run_id)
                VALUES (1, 'text', 'a', 'h', 'h', 'i', '2026-01-01', 1);
             INSERT INTO entities (id, kind, name, name_key) VALUES (1, 'person', 'Ana Ruiz', 'ana ruiz');",
        )
        .expect("a sound row is taken");
    for bad in [
        "INSERT INTO entities (kind, name, name_key) VALUES ('ship', 'A', 'a')",
        "INSERT INTO entities (kind, name, name_key, gender) VALUES ('person', 'A', 'a', 'male?')",
        "INSERT INTO mentions (article_id, entity_id, start, end, form) VALUES (1, 1, 3, 3, 'name')",
        "INSERT INTO mentions (article_id, entity_id, start, end, form) VALUES (1, 1, -1, 3, 'name')",
        "INSERT INTO mentions (article_id, entity_id, start, end, form) VALUES (1, 1, 0, 3, 'nickname')",
        "INSERT INTO mentions (article_id, entity_id, start, end, form) VALUES (1, 2, 0, 3, 'name')",
        "INSERT INTO mentions (article_id, entity_id, start, end, form) VALUES (1, 1, 'zero', 3, 'name')",
        "INSERT INTO quotes (key, article_id, act, kind, text, start, end, confidence)
            VALUES ('k', 1, 'statement', 'direct', 't', 0, 1, 1.5)",
        "INSERT INTO quotes (key, article_id, act, kind, text, start, end, confidence)
            VALUES ('k', 1, 'song', 'direct', 't', 0, 1, 0.5)",
        "INSERT INTO relationships (article_id, subject_id, predicate, status, start, end, confidence)
            VALUES (1, 1, 'sang_with', 'asserted', 0, 1, 0.5)",
        "INSERT INTO saved_queries (name, created_at) VALUES ('neither', '2026-01-01')",
        "INSERT INTO corrections (action, target, created_at) VALUES ('merge', 'no json', '2026-01-01')",
    ] {
        assert!(connection.execute(bad, []).is_err(), "{bad}");
    }
}

#[test]
fn files_that_are_not_ours_are_refused_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = folder.path().join("other.db");
    sqlite3(&other, "CREATE TABLE notes (text); INSERT INTO notes VALUES ('keep me')");
    let marked = folder.path().join("marked.db");
    sqlite3(&marked, "PRAGMA application_id = 7; CREATE TABLE notes (text)");
    let text = write(folder.path(), "notes.txt", "These are my notes. ".repeat(400));
    let noise: Vec<u8> = (0..9000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let noise = write(folder.path(), "noise.db", noise);
    for path in [other, marked, text, noise] {
        let before = std::fs::read(&path).expect("is readable");
        let files = std::fs::read_dir(folder.path()).expect("is a folder").count();
        for error in [Store::open(&path).err(), open_read_only(&path).err()] {
            let error = error.expect("is refused").to_string();
            assert!(error.contains("is not an onrecord database"), "{error}");
        }
        assert_eq!(std::fs::read(&path).expect("is readable"), before);
        assert_eq!(std::fs::read_dir(folder.path()).expect("is a folder").count(), files);
    }
    assert!(Store::open(folder.path()).is_err_and(|error| error.to_string().contains("it is a folder")));
}

#[test]
fn a_database_of_a_newer_program_is_refused_untouched() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = fresh(folder.path());
    sqlite3(&db, "PRAGMA user_version = 999");
    let before = std::fs::read(&db).expect("is readable");
    for error in [Store::open(&db).err(), open_read_only(&db).err()] {
        let error = error.expect("is refused");
        assert!(error.to_string().contains("newer onrecord"), "{error}");
        assert!(error.hints().iter().any(|hint| hint.contains("upgrade")));
    }
    assert_eq!(std::fs::read(&db).expect("is readable"), before);
}

#[test]
fn reading_makes_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("none.db");
    let error = open_read_only(&db).expect_err("there is no file");
    assert!(error.to_string().starts_with("there is no database"));
    assert!(!db.exists());
    write(folder.path(), "none.db", "");
    assert!(open_read_only(&db).is_err_and(|error| error.to_string().contains("is empty")));
    assert_eq!(std::fs::read(&db).expect("is readable"), b"");
}

#[test]
fn a_path_with_marks_of_a_uri_is_a_path() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("50% of ?mode=ro#1 – é.db");
    Store::open(&db).map(Store::close).expect("a database is made");
    assert!(db.is_file());
    open_read_only(&db).expect("it opens");
}

#[test]
fn a_database_that_was_stopped_before_its_schema_is_empty() {
    let folder = tempfile::tempdir().expect("a folder");
    let db = folder.path().join("test.db");
    sqlite3(&db, &format!("PRAGMA application_id = {APPLICATION_ID}"));
    assert!(open_read_only(&db).is_err_and(|error| error.to_string().contains("is empty")));
    Store::open(&db).map(Store::close).expect("its schema is made");
    open_read_only(&db).expect("it opens");
}

#[test]
fn a_database_that_was_never_released_is_refused_untouched() {
    // The migrations before the first release as they noted themselves; their numbers are others' now.
    let earlier = [
        ("articles_and_runs", "7935823737798518676"),
        ("entities_and_mentions", "3889359291345783049"),
        ("quotes", "5740133011949899923"),
        ("relationships", "4614942952665663947"),
        ("saved_and_corrections", "6938967270411179204"),
        ("reading_views", "9179477538280208302"),
        ("rulings", "13263117621594366478"),
        ("traits_and_who_is", "6675325540559112565"),
    ];
    for last in 1..=earlier.len() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = fresh(folder.path());
        sqlite3(&db, &format!("PRAGMA user_version = {last}; DELETE FROM refinery_schema_history"));
        for (number, (name, checksum)) in (1..).zip(&earlier[..last]) {
            let row = format!("({number}, '{name}', '2026-11-24T09:00:00Z', '{checksum}')");
            sqlite3(&db, &format!("INSERT INTO refinery_schema_history VALUES {row}"));
        }
        let before = std::fs::read(&db).expect("is readable");
        for error in [Store::open(&db).err(), open_read_only(&db).err()] {
            let error = error.expect("is refused");
            assert!(error.to_string().ends_with("was never released, with another schema"), "{error}");
            assert!(error.hints().iter().any(|hint| hint.contains("into a new file: onrecord ingest")));
        }
        assert_eq!(std::fs::read(&db).expect("is readable"), before);
        assert_eq!(std::fs::read_dir(folder.path()).expect("is a folder").count(), 1);
    }
}

/// The versions of the schema of which a database is kept.
fn kept_versions() -> BTreeSet<i32> {
    let files = std::fs::read_dir("tests/databases").expect("is a folder");
    let names = files.map(|file| file.expect("is readable").file_name().to_string_lossy().into_owned());
    names
        .filter_map(|name| Some(name.strip_prefix('v')?.strip_suffix(".db")?.parse().expect("is a version")))
        .collect()
}

/// A copy of the kept database of a version, `test.db` in `folder`, with the articles that it was made of beside it.
fn kept(version: i32, folder: &Path) -> PathBuf {
    for (name, copy) in [(&*format!("v{version}.db"), "test.db"), ("articles.jsonl", "articles.jsonl")] {
        let bytes = std::fs::read(Path::new("tests/databases").join(name)).expect("is readable");
        write(folder, copy, bytes);
    }
    folder.join("test.db")
}

/// What reads a kept database, and a part of what it finds there.
const READERS: [(&[&str], &str); 14] = [
    (&["stats", "--format", "csv"], "publishers in all"),
    (&["check"], "ok       the full-text index of quotes agrees with them"),
    (&["query", "who said what about Philippa Osei?", "--format", "csv"], "Jonas Adeyemi,person"),
    (&["query", "who leads Tidewell Ferries?", "--format", "json"], "\"name\":\"Petra Osei\""),
    (&["query", "--who", "Kwame Brandt", "--format", "csv"], "Kwame Brandt-Lisle"),
    (&["query", "--match", "charter", "--format", "jsonl"], "a good beginning"),
    (&["query", "--sql", "SELECT 'runs: ' || count(*) FROM ingest_runs"], "runs: "),
    (&["saved", "list", "--format", "csv"], "one voice on another"),
    (
        &["saved", "run", "about", "who=Ingrid Vasko", "whom=Osei", "--format", "csv"],
        "that she had met Osei on Tuesday",
    ),
    (&["saved", "run", "longest", "most=1", "--format", "markdown"], "| speaker |"),
    (&["explain", "2"], "key 0c92bcd49d27636d13729da57cb40513"),
    (&["review", "--list"], ""),
    (&["corrections", "list", "--format", "csv"], "her sister"),
    (&["corrections", "export"], "\"name\":\"Kwame Brandt-Lisle\""),
];

fn can_be_read(folder: &Path) {
    for (arguments, expected) in READERS {
        let ended = run_onrecord(folder, arguments);
        assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
        assert!(ended.stdout.contains(expected), "{arguments:?}: {}", ended.stdout);
    }
    let db = folder.join("test.db");
    let reader = open_read_only(&db).expect("it opens");
    // Only while a run lasts does it have rows.
    for name in documented(&db).keys().filter(|name| *name != "stale_ties") {
        let mut rows = reader.prepare(&format!("SELECT * FROM {name}")).expect("can be asked");
        assert!(rows.exists([]).expect("is readable"), "nothing in {name}");
    }
}

/// Reads articles into `test.db`; how many were new, unchanged, replaced and rejected.
fn ingest(folder: &Path, arguments: &[&str]) -> String {
    let ended = run_onrecord(folder, &[&["ingest"], arguments].concat());
    assert!(matches!(ended.code, Some(0 | 3)), "{}", ended.stderr);
    let last = "SELECT added, unchanged, replaced, rejected FROM ingest_runs ORDER BY id DESC LIMIT 1";
    sqlite3(&folder.join("test.db"), last)
}

#[test]
fn a_database_of_each_version_is_kept() {
    let kept_versions = kept_versions();
    for version in FIRST_KEPT..schema_version().max(FIRST_KEPT + 1) {
        assert!(
            kept_versions.contains(&version),
            "a new migration comes with a database of the version before it: tests/databases/v{version}.db"
        );
    }
    for version in kept_versions {
        let folder = tempfile::tempdir().expect("a folder");
        let db = kept(version, folder.path());
        assert_eq!(sqlite3(&db, "PRAGMA user_version"), format!("{version}\n"));
        assert!(std::fs::metadata(&db).expect("is there").len() < 250_000, "v{version}.db is large");
        let empty = documented(&db)
            .into_keys()
            .filter(|name| sqlite3(&db, &format!("SELECT 1 FROM {name}")).is_empty());
        assert_eq!(empty.collect::<Vec<_>>(), [""; 0], "v{version}.db tests no migration of their rows");
    }
}

#[test]
fn a_kept_database_is_read_and_goes_on() {
    for version in kept_versions() {
        let folder = tempfile::tempdir().expect("a folder");
        let db = kept(version, folder.path());
        let before = std::fs::read(&db).expect("is readable");
        if version == schema_version() {
            can_be_read(folder.path());
        } else {
            let error = open_read_only(&db).expect_err("its schema is older");
            assert!(error.to_string().contains("was written by an older onrecord"), "{error}");
            assert!(error.hints().iter().any(|hint| hint.contains("onrecord ingest PATH")));
        }
        assert_eq!(std::fs::read(&db).expect("is readable"), before, "reading changes nothing");

        // What it was made of is known to the letter; one line of that has no text.
        assert_eq!(ingest(folder.path(), &["articles.jsonl"]), "0|6|0|1\n");
        write(folder.path(), "new.jsonl", archive(0..2));
        assert_eq!(ingest(folder.path(), &["new.jsonl"]), "2|0|0|0\n");
        // From version 8 on one of them is there in a later version too.
        let is_revised = version >= 8;
        let anew = if is_revised { "0|1|5|1\n" } else { "0|0|6|1\n" };
        assert_eq!(ingest(folder.path(), &["articles.jsonl", "--reanalyze"]), anew);
        let articles = std::fs::read_to_string(folder.path().join("articles.jsonl")).expect("is readable");
        let article = articles.lines().find(|line| line.contains("\"own-01\"")).expect("is there");
        write(folder.path(), "revised.jsonl", article.replace("PORT MERROW — ", "PORT MERROW, Friday — "));
        let revised = if is_revised { "0|1|0|0\n" } else { "0|0|1|0\n" };
        assert_eq!(ingest(folder.path(), &["revised.jsonl"]), revised);
        // A version that is replaced leaves its quotes behind.
        write(
            folder.path(),
            "new.jsonl",
            archive(0..2).replace("The boats are ready", "All boats are ready"),
        );
        assert_eq!(ingest(folder.path(), &["new.jsonl"]), "0|0|2|0\n");
        // Whose last lines are alike, so that every table has rows.
        write(folder.path(), "alike.jsonl", crate::furniture::articles(0..6));
        assert_eq!(ingest(folder.path(), &["alike.jsonl"]), "6|0|0|0\n");
        for saved in [
            &["add", "osei", "who said what about {x}?", "--parameter", "x:name=Osei", "--expect-rows", ">0"]
                [..],
            &["run", "osei", "--new"],
            &["test"],
        ] {
            let ended = run_onrecord(folder.path(), &[&["saved"], saved].concat());
            assert_eq!(ended.code, Some(0), "{saved:?}: {}", ended.stderr);
        }
        can_be_read(folder.path());
        assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
        assert_eq!(sqlite3(&db, "PRAGMA integrity_check; PRAGMA foreign_key_check"), "ok\n");
    }
}
