//! Tables, the network, notes and entities for other programs: what is written, and what is never overwritten.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use parquet::file::reader::{FileReader, SerializedFileReader};
use rusqlite::Connection;

use crate::golden_database::GoldenDatabase;
use crate::support::{Ended, program, run, sqlite3};

/// Runs `onrecord export ARGUMENTS` beside a golden database.
pub(crate) fn export(golden: &GoldenDatabase, arguments: &[&str]) -> Ended {
    run(&mut command(golden, arguments), b"")
}

fn command(golden: &GoldenDatabase, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.current_dir(golden.folder()).env("ONRECORD_DB", "golden.db").arg("export").args(arguments);
    command
}

/// Standard output of an export that ends well and says nothing of note.
fn printed(golden: &GoldenDatabase, arguments: &[&str]) -> String {
    let ended = export(golden, arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
    ended.stdout
}

/// Names and titles that harm who takes them for more than text.
pub(crate) const HOSTILE: [&str; 8] = [
    "=HYPERLINK(\"http://evil.example\")",
    "\"Ana\" <b>&amp;</b> O'Ruiz",
    "Ana\u{1b}[31m\u{0}\u{8}\u{ffff}Ruiz",
    "../../etc/passwd",
    "ANA RUIZ",
    "C:\\con\\nul: aux?",
    "]]>--><!-- [[x]] | #^",
    "\u{202e}ziuR anA\n\r\tline",
];

/// The golden database with people of hostile names, each of whom talks about the next.
pub(crate) fn hostile() -> GoldenDatabase {
    let golden = GoldenDatabase::new();
    let db = Connection::open(golden.path()).expect("opens");
    for (id, name) in (101..).zip(HOSTILE) {
        let next = if id == 108 { 101 } else { id + 1 };
        // SQLite would end a text at a NUL where it prints it; nothing that is read holds one.
        let name = name.replace('\0', "\u{1}");
        db.execute(
            "INSERT INTO entities (id, kind, name, name_key, description, quote_count) VALUES (?1, 'person', ?2, ?2, ?2, 1)",
            (id, &name),
        )
        .expect("fits");
        db.execute(
            "INSERT INTO aliases (entity_id, alias, alias_key, article_count) VALUES (?1, ?2, ?2, 1)",
            (id, &name),
        )
        .expect("fits");
        db.execute(
            "INSERT INTO quotes (id, key, article_id, speaker_id, act, kind, text, start, end, confidence, published_at, vouched)
             VALUES (?1, 'h' || ?1, 1, ?1, 'statement', 'direct', ?2, 0, 1, 0.9, '2016-03-01', 1)",
            (id, &name),
        )
        .expect("fits");
        db.pragma_update(None, "foreign_keys", false).expect("is set");
        db.execute(
            "INSERT INTO quote_subjects (quote_id, entity_id, published_at) VALUES (?1, ?2, '2016-03-01')",
            (id, next),
        )
        .expect("fits");
    }
    golden
}

#[test]
fn edges_are_counted_over_the_archive() {
    let golden = GoldenDatabase::new();
    let edges = printed(&golden, &["--quiet", "--format", "csv"]);
    for line in [
        "source,source_label,target,target_label,type,id,basis,predicate,status,weight,articles,first_seen,last_seen",
        // Of quotes 2 and 7, a year apart.
        "1,Ana Ruiz,3,Harbor Bank,Directed,1-talks_about-3,quotes,talks_about,,2,2,2016-03-01,2017-05-02",
        // Two articles say it.
        "1,Ana Ruiz,4,Porto Verde,Directed,1-leads-4,relationships,leads,asserted,2,2,2016-03-01,2016-09-20T14:05:00Z",
        // A symmetric one goes from the lower id to the higher.
        "1,Ana Ruiz,2,Lia Okafor,Directed,1-met_with-2,relationships,met_with,reported,1,1,2017-03-09,2017-03-09",
    ] {
        assert!(edges.lines().any(|found| found == line), "{line}\n{edges}");
    }
    // Denied ones, those without an object, and quotes of nobody are no edges.
    assert!(!edges.contains("5-met_with") && !edges.contains("employed_by"), "{edges}");
    assert_eq!(edges.lines().count(), 1 + 7 + 6, "{edges}");
}

#[test]
fn the_network_can_be_narrowed() {
    let golden = GoldenDatabase::new();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let edges = printed(&golden, &[&["--quiet", "--format", "csv"], arguments].concat());
        edges.lines().skip(1).filter_map(|line| line.split(',').nth(5)).map(str::to_owned).collect()
    };
    assert_eq!(ids(&["--min-weight", "2"]), ["1-talks_about-3", "1-leads-4"]);
    assert_eq!(
        ids(&["--entity", "Lia Okafor", "--before", "2017"]),
        ["2-talks_about-3", "2-spokesperson_for-3", "2-talks_about-4"]
    );
    assert_eq!(ids(&["--since", "2017-03", "--until", "March 2017"]), ["1-met_with-2", "5-talks_about-1"]);
    let nodes = |arguments: &[&str]| {
        printed(&golden, &[&["--table", "nodes"], arguments].concat()).lines().count() - 1
    };
    assert_eq!((nodes(&[]), nodes(&["--min-weight", "2"])), (8, 3));
    let unknown = export(&golden, &["--entity", "Nobody At All"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(2), ""));
}

#[test]
fn the_network_is_the_same_in_graphml_and_gexf() {
    let golden = GoldenDatabase::new();
    for (format, weight) in [("graphml", "<data key=\"edge.weight\">2</data>"), ("gexf", "weight=\"2\"")] {
        let xml = printed(&golden, &["--format", format]);
        assert_eq!((xml.matches("<node ").count(), xml.matches("<edge ").count()), (8, 13), "{xml}");
        assert_eq!(xml.matches(weight).count(), 2, "{xml}");
        assert!(xml.contains("id=\"1-talks_about-3\" source=\"1\" target=\"3\""), "{xml}");
        assert_eq!(xml, printed(&golden, &["--format", format]));
    }
}

#[test]
fn copies_weigh_once() {
    let golden = GoldenDatabase::new();
    sqlite3(&golden.path(), "INSERT INTO reprints (quote_id, statement_id) VALUES (7, 2)");
    let edges = printed(&golden, &["--quiet"]);
    let line = "1-talks_about-3,quotes,talks_about,,1,2,2016-03-01,2017-05-02";
    assert!(edges.contains(line), "{edges}");
}

#[test]
fn every_table_goes_out_whole_in_every_format() {
    let golden = GoldenDatabase::new();
    for (format, ending) in [("csv", "csv"), ("csv-raw", "csv"), ("jsonl", "jsonl"), ("parquet", "parquet")] {
        let folder = golden.folder().join(format);
        let ended = export(&golden, &["--table", "all", "--format", format, "--output", format]);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{}", ended.stderr);
        let written = files(&folder);
        assert_eq!(written.len(), 20, "{written:?}");
        for path in written {
            let name = path.file_stem().expect("has a name").to_string_lossy().into_owned();
            assert_eq!(path.extension().expect("has an ending"), ending);
            let rows = match name.as_str() {
                "nodes" => 8,
                "edges" => 13,
                table => sqlite3(&golden.path(), &format!("SELECT count(*) FROM {table}"))
                    .trim()
                    .parse()
                    .expect("a number"),
            };
            assert_eq!(rows_in(&path), rows, "{}", path.display());
        }
    }
}

/// How many rows a file has.
fn rows_in(path: &Path) -> usize {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("parquet") => {
            let reader = SerializedFileReader::new(fs::File::open(path).expect("opens")).expect("is Parquet");
            reader
                .get_row_iter(None)
                .expect("has rows")
                .inspect(|row| assert!(row.is_ok(), "{row:?}"))
                .count()
        }
        Some("csv") => csv::Reader::from_path(path)
            .expect("opens")
            .records()
            .inspect(|row| assert!(row.is_ok(), "{row:?}"))
            .count(),
        _ => fs::read_to_string(path)
            .expect("is text")
            .lines()
            .inspect(|line| {
                serde_json::from_str::<serde_json::Value>(line).expect("is JSON");
            })
            .count(),
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("is a folder") {
        let path = entry.expect("is an entry").path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[test]
fn a_single_table_goes_to_standard_output() {
    let golden = GoldenDatabase::new();
    let people = printed(&golden, &["--table", "people", "--format", "csv"]);
    assert!(
        people.starts_with("id,name,description,gender,mention_count,quote_count\n1,Ana Ruiz,mayor,,"),
        "{people}"
    );
    let people = printed(&golden, &["--table", "people", "--format", "jsonl"]);
    assert!(
        people.starts_with("{\"id\":1,\"name\":\"Ana Ruiz\",\"description\":\"mayor\",\"gender\":null,"),
        "{people}"
    );
    let before = run(
        Command::new(program()).current_dir(golden.folder()).args([
            "--db",
            "golden.db",
            "--format",
            "jsonl",
            "export",
            "--table",
            "people",
        ]),
        b"",
    );
    assert_eq!(before.stdout, people);
}

#[test]
fn hostile_text_stays_text() {
    let golden = hostile();
    let csv = printed(&golden, &["--table", "people"]);
    assert!(csv.contains("\"'=HYPERLINK(\"\"http"), "{csv}");
    for raw in [&["--raw"][..], &["--format", "csv-raw"]] {
        let csv = printed(&golden, &[&["--table", "people"], raw].concat());
        assert!(csv.contains(",\"=HYPERLINK(\"\"http"), "{csv}");
    }
    let jsonl = printed(&golden, &["--table", "people", "--format", "jsonl"]);
    assert!(
        !jsonl.contains(|character| onrecord::terminal::is_unsafe(character) && character != '\n'),
        "{jsonl}"
    );
    for format in ["graphml", "gexf"] {
        let xml = printed(&golden, &["--format", format]);
        let forbidden = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
        assert!(!xml.contains(forbidden), "{xml}");
        assert!(xml.contains("Ana\u{fffd}[31m\u{fffd}\u{fffd}\u{fffd}Ruiz"), "{xml}");
        assert!(xml.contains("&lt;b&gt;&amp;amp;&lt;/b&gt; O&apos;Ruiz"), "{xml}");
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut edges = 0;
        loop {
            match reader.read_event().expect("is well formed") {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "edge" => {
                    let names = tag.attributes().map(|attribute| attribute.expect("is sound"));
                    assert!(names.count() >= 3);
                    edges += 1;
                }
                _ => {}
            }
        }
        assert_eq!(edges, 13 + HOSTILE.len());
    }
}

#[test]
fn an_empty_database_gives_empty_files() {
    let golden = GoldenDatabase::empty();
    assert_eq!(printed(&golden, &["--quiet"]).lines().count(), 1);
    assert_eq!(printed(&golden, &["--table", "quotes", "--format", "jsonl"]), "");
    for format in ["graphml", "gexf"] {
        let xml = printed(&golden, &["--format", format]);
        assert!(xml.contains("<graph ") && !xml.contains("<node "), "{xml}");
    }
    printed(&golden, &["--table", "all", "--format", "parquet", "--output", "tables"]);
    assert_eq!(rows_in(&golden.folder().join("tables/quotes.parquet")), 0);
}

#[test]
fn nothing_is_overwritten_unasked_and_nothing_unfinished_stays() {
    let golden = GoldenDatabase::new();
    let path = golden.folder().join("quotes.csv");
    fs::write(&path, "mine").expect("is written");
    let refused = export(&golden, &["--table", "quotes", "--output", "quotes.csv"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.contains("is there already") && refused.stderr.contains("--force"),
        "{}",
        refused.stderr
    );
    let refused = export(&golden, &["--table", "quotes,people", "--output", "."]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&path).expect("is there"), "mine");
    let names = || -> BTreeSet<String> {
        let entries = fs::read_dir(golden.folder()).expect("is a folder");
        entries.map(|entry| entry.expect("is one").file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(), BTreeSet::from(["golden.db".to_owned(), "quotes.csv".to_owned()]));
    let forced = export(&golden, &["--table", "quotes,people", "--output", ".", "--force"]);
    assert_eq!(
        (forced.code, forced.stderr.as_str()),
        (Some(0), "wrote ./people.csv: 5 rows\nwrote ./quotes.csv: 10 rows\n")
    );
    assert_eq!(rows_in(&path), 10);
    assert_eq!(names().len(), 3);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_and_leaves_nothing() {
    let golden = GoldenDatabase::new();
    let full = fs::File::options().write(true).open("/dev/full").expect("is there");
    let ended = command(&golden, &["--table", "quotes"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .expect("starts");
    assert_eq!(ended.status.code(), Some(1));
    let refused = export(&golden, &["--table", "quotes", "--output", "/dev/full", "--force"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
}

#[test]
fn what_does_not_go_together_is_refused_with_a_next_step() {
    let golden = GoldenDatabase::new();
    for arguments in [
        &["--table", "quotes,people"][..],
        &["--table", "quotes,people", "--output", "one.csv"],
        &["--table", "quotes", "--format", "graphml"],
        &["--table", "quotes", "--min-weight", "2"],
        &["--table", "quotes", "--format", "parquet"],
        &["--format", "jsonl", "--raw"],
        &["--output", "none/of/these.gexf"],
        &["--since", "the day after"],
    ] {
        let ended = export(&golden, arguments);
        assert_eq!((ended.code, ended.stdout.as_str()), (Some(2), ""), "{arguments:?}: {}", ended.stderr);
        assert!(ended.stderr.contains("\n  hint: "), "{arguments:?}: {}", ended.stderr);
    }
    let ended = export(&golden, &["--table", "secrets"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("who_said_what"), "{}", ended.stderr);
    let ended = run(
        Command::new(program())
            .args(["--db", "golden.db", "--format", "table", "export"])
            .current_dir(golden.folder()),
        b"",
    );
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("graphml"), "{}", ended.stderr);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let golden = GoldenDatabase::new();
    for arguments in [&["--table", "quotes"][..], &["--format", "graphml"], &["--format", "jsonl"]] {
        let mut reader = Command::new("true").stdin(Stdio::piped()).spawn().expect("starts");
        let pipe = reader.stdin.take().expect("is piped");
        reader.wait().expect("ends");
        let ended = command(&golden, arguments).stdout(pipe).stderr(Stdio::piped()).output().expect("starts");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(0), "{said}");
        assert!(!said.contains("error"), "{said}");
    }
}

#[test]
fn the_documented_commands_work() {
    let golden = GoldenDatabase::new();
    let documentation = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/export.md");
    let documentation = fs::read_to_string(documentation).expect("is text");
    let commands: Vec<&str> =
        documentation.lines().filter_map(|line| line.strip_prefix("onrecord export ")).collect();
    assert!(commands.len() > 7, "{commands:?}");
    for command in commands {
        let arguments: Vec<&str> =
            command.split(" > ").next().unwrap_or_default().split_whitespace().collect();
        printed(&golden, &arguments);
    }
    let listed = documentation
        .split("## Tables")
        .nth(1)
        .and_then(|rest| rest.split("##").next())
        .expect("lists tables");
    let help = printed(&golden, &["--help"]);
    let tables = help
        .split("possible values: articles")
        .nth(1)
        .and_then(|rest| rest.split(']').next())
        .expect("lists tables");
    for table in format!("articles{tables}").split(',').map(str::trim) {
        assert!(listed.contains(table), "docs/export.md does not name {table}");
    }
}

#[test]
fn notes_are_linked_and_say_where_quotes_are_from() {
    let golden = GoldenDatabase::new();
    printed(&golden, &["--format", "notes", "--output", "vault"]);
    let vault = golden.folder().join("vault");
    let note = fs::read_to_string(vault.join("people/Ana Ruiz.md")).expect("is text");
    for part in [
        "aliases: [\"Ms Ruiz\", \"Ruiz\"]\nkind: person\n",
        "# Ana Ruiz\n\nmayor\n",
        "- leads [[Porto Verde]] mayor (2016-03-01 to 2016-09-20, 2 articles)\n",
        "- [[José Méndez]] criticized (2017-05-02, 1 article)\n",
        "- Harbor Bank has to answer\n  – 2017-05-02, The Daily Anchor, [A quarrel over the quay](<https://news.example/4>), about [[Harbor Bank]]\n",
        "- Ana Ruiz has no plan, and the price of bread shows it\n",
        ", by [[José Méndez]]\n",
        ", by a fisherman\n",
    ] {
        assert!(note.contains(part), "{part}\n{note}");
    }
    let notes = files(&vault);
    let stems: BTreeSet<String> = notes
        .iter()
        .map(|path| path.file_stem().expect("has a name").to_string_lossy().into_owned())
        .collect();
    for path in &notes {
        let note = fs::read_to_string(path).expect("is text");
        for link in note.split("[[").skip(1).filter_map(|rest| rest.split("]]").next()) {
            assert!(stems.contains(link), "{}: {link} leads nowhere", path.display());
        }
    }
    let refused = export(&golden, &["--format", "notes", "--output", "vault"]);
    assert_eq!(refused.code, Some(2), "{}", refused.stderr);
    assert_eq!(export(&golden, &["--format", "notes", "--output", "vault", "--force"]).code, Some(0));
    assert_eq!(files(&vault), notes);
}

#[test]
fn notes_of_hostile_names_stay_in_their_folder_and_begin_no_markup() {
    let golden = hostile();
    let before = files(golden.folder());
    printed(&golden, &["--format", "notes", "--output", "vault"]);
    let notes = files(&golden.folder().join("vault"));
    assert_eq!(files(golden.folder()).len(), before.len() + notes.len());
    let lower: BTreeSet<String> = notes.iter().map(|path| path.to_string_lossy().to_lowercase()).collect();
    // Two entities of the golden database have nothing to tell.
    assert_eq!((lower.len(), notes.len()), (6 + HOSTILE.len(), 6 + HOSTILE.len()));
    for path in notes {
        let name = path.file_stem().expect("has a name").to_string_lossy().into_owned();
        assert!(!name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '^', '[', ']']), "{name}");
        let note = fs::read_to_string(&path).expect("is text");
        assert!(!note.contains(|c| onrecord::terminal::is_unsafe(c) && c != '\n'), "{note}");
        let body = note.splitn(3, "---\n").nth(2).expect("has fields before it");
        for event in pulldown_cmark::Parser::new(body) {
            assert!(
                !matches!(event, pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_)),
                "{note}"
            );
        }
    }
}

#[test]
fn entities_of_follow_the_money_refer_to_what_is_there() {
    let golden = hostile();
    let lines = printed(&golden, &["--format", "ftm"]);
    let mut seen = BTreeSet::new();
    let mut schemas = BTreeSet::new();
    for line in lines.lines() {
        let entity: serde_json::Value = serde_json::from_str(line).expect("is JSON");
        let schema = entity["schema"].as_str().expect("has a schema").to_owned();
        for (name, values) in entity["properties"].as_object().expect("has properties") {
            let values = values.as_array().expect("is a list");
            assert!(!values.is_empty() && values.iter().all(serde_json::Value::is_string), "{line}");
            if [
                "subject", "object", "employee", "employer", "person", "relative", "member", "document",
                "resolved", "proof",
            ]
            .contains(&name.as_str())
            {
                assert!(
                    values.iter().all(|id| seen.contains(id.as_str().expect("is text"))),
                    "{name}: {line}"
                );
            }
        }
        assert!(seen.insert(entity["id"].as_str().expect("has an id").to_owned()), "{line}");
        schemas.insert(schema);
    }
    let expected =
        ["Address", "Article", "Employment", "Family", "Mention", "Organization", "Person", "UnknownLink"];
    assert_eq!(schemas, expected.map(str::to_owned).into());
    let employed = lines.lines().find(|line| line.contains("\"Employment\"")).expect("is there");
    assert!(
        employed.contains("\"employee\":[\"entity-2\"]") && employed.contains("\"role\":[\"spokeswoman\"]"),
        "{employed}"
    );
}

#[test]
fn datasette_is_told_what_tables_hold() {
    let golden = GoldenDatabase::new();
    let metadata: serde_json::Value =
        serde_json::from_str(&printed(&golden, &["--format", "datasette"])).expect("is JSON");
    let database = &metadata["databases"]["golden"];
    let quotes = &database["tables"]["quotes"];
    assert_eq!(quotes["description"], "One row per piece of reported speech, writing or thought.");
    assert_eq!(quotes["columns"]["vouched"], "1: shown by default, as an editor would take it as it stands");
    for table in
        sqlite3(&golden.path(), "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict").lines()
    {
        let columns = sqlite3(&golden.path(), &format!("SELECT name FROM pragma_table_info('{table}')"));
        for column in columns.lines() {
            assert!(database["tables"][table]["columns"][column].is_string(), "{table}.{column}");
        }
    }
    assert_eq!(database["queries"]["said_by"]["params"], serde_json::json!(["speaker"]));
    let shipped = onrecord::query::shipped::names().count();
    assert_eq!(database["queries"].as_object().expect("has queries").len(), shipped);
    for (name, query) in database["queries"].as_object().expect("has queries") {
        let sql = query["sql"].as_str().expect("is text");
        let is_read = sql.starts_with("SELECT") || sql.starts_with("WITH");
        assert!(is_read && !sql.ends_with(';'), "{name}");
        assert!(!query["description"].as_str().expect("is text").is_empty(), "{name}");
    }
}
