//! `onrecord saved`, `completions` and `man` from outside.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::onrecord;
use crate::golden_database::GoldenDatabase;
use crate::support::{Ended, program, run, run_onrecord, write};

fn saved(golden: &GoldenDatabase, arguments: &[&str]) -> String {
    onrecord(golden.folder(), &[&["--db", "golden.db", "saved"], arguments].concat())
}

/// What `saved` prints on standard output; it must not fail.
fn printed(golden: &GoldenDatabase, arguments: &[&str]) -> String {
    let ended = ended(golden.folder(), "golden.db", arguments);
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
    ended.stdout
}

fn ended(folder: &Path, db: &str, arguments: &[&str]) -> Ended {
    let mut command = Command::new(program());
    command.current_dir(folder).env_remove("ONRECORD_DB").args(["--db", db, "saved"]).args(arguments);
    run(&mut command, b"")
}

#[test]
fn a_question_is_kept_and_run() {
    let golden = GoldenDatabase::new();
    let question = "what did {who} say about {x} since {year}?";
    let add = ["add", "on_bank", question, "--description", "one voice on a bank"];
    let run = ["run", "on_bank", "who=Ruiz", "x=Harbor Bank", "year=2017", "--format", "csv"];
    let shown = [
        saved(&golden, &add),
        saved(&golden, &add),
        saved(&golden, &["show", "on_bank"]),
        saved(&golden, &run),
        saved(&golden, &["run", "on_bank", "who=Ruiz"]),
        saved(&golden, &["run", "on_bank", "whom=Ruiz"]),
        saved(&golden, &["remove", "on_bank"]),
        saved(&golden, &["remove", "on_bank"]),
    ];
    insta::assert_snapshot!("saved_question", shown.join("\n"));
}

#[test]
fn sql_is_kept_and_run() {
    let golden = GoldenDatabase::new();
    let sql =
        "SELECT speaker, quote FROM who_said_what WHERE length(quote) > :least ORDER BY quote_id LIMIT 2";
    let shown = [
        saved(&golden, &["add", "long", "--sql", "SELECT 1"]),
        saved(&golden, &["add", "long", "--sql", sql, "--replace"]),
        saved(&golden, &["run", "long", "least=40", "--format", "jsonl"]),
        saved(&golden, &["run", "long"]),
        saved(&golden, &["add", "bad", "--sql", "DELETE FROM quotes"]),
        saved(&golden, &["add", "bad", "who said wat?"]),
        saved(&golden, &["add", "said_by", "who is Ana Ruiz?"]),
        saved(&golden, &["run", "bad"]),
    ];
    insta::assert_snapshot!("saved_sql", shown.join("\n"));
}

#[test]
fn all_are_listed() {
    let golden = GoldenDatabase::new();
    saved(&golden, &["add", "mine", "who is {x}?", "--parameter", "x:name=Ana Ruiz: who is meant"]);
    insta::assert_snapshot!("saved_list", saved(&golden, &["list"]));
}

const ON_BANK: [&str; 11] = [
    "add",
    "on_bank",
    "what did {who} say about {x} since {year}?",
    "--description",
    "one voice on a bank",
    "--parameter",
    "who:name: who speaks",
    "--parameter",
    "x:name=Harbor Bank",
    "--parameter",
    "year:date=2016: from when on",
];

#[test]
fn parameters_have_types_defaults_and_descriptions() {
    let golden = GoldenDatabase::new();
    let sql = "SELECT quote_id, quote FROM who_said_what
        WHERE published_at >= :since AND confidence > :sure AND speaker = :who ORDER BY quote_id";
    let shown = [
        saved(&golden, &ON_BANK),
        saved(&golden, &["show", "on_bank"]),
        saved(&golden, &["run", "on_bank", "who=ana ruiz", "--format", "csv-raw"]),
        saved(&golden, &["run", "on_bank", "who=Ana Ruiz", "year=2017", "--format", "csv-raw"]),
        saved(&golden, &["run", "on_bank", "who=?!", "--format", "csv"]),
        saved(&golden, &["run", "on_bank", "who=Ana Ruiz", "year=Marchh"]),
        saved(&golden, &["run", "on_bank"]),
        saved(
            &golden,
            &[
                "add",
                "sure",
                "--sql",
                sql,
                "--parameter",
                "since:date=March 2016",
                "--parameter",
                "sure:number=0.8",
                "--parameter",
                "who:text=Ana Ruiz",
            ],
        ),
        saved(&golden, &["run", "sure", "--format", "csv"]),
        saved(&golden, &["run", "sure", "since=2017", "--format", "csv"]),
        saved(&golden, &["run", "sure", "sure=very"]),
        saved(&golden, &["add", "bad", "who is {x}?", "--parameter", "y:name"]),
        saved(&golden, &["add", "bad", "who is {x}?", "--parameter", "x:nam"]),
        saved(
            &golden,
            &["add", "bad", "who said what about Porto since {x}?", "--parameter", "x:date=Marchh"],
        ),
        saved(&golden, &["add", "bad", "who is {x}?", "--parameter", "x:name", "--parameter", "x:text"]),
        saved(&golden, &["run", "said_by", "speaker=Ana Ruz"]),
    ];
    insta::assert_snapshot!("saved_parameters", shown.join("\n"));
}

/// What `saved add` suggests is typed into a shell as it stands.
#[test]
fn what_is_suggested_works() {
    let golden = GoldenDatabase::new();
    let bin = golden.folder().join("bin");
    fs::create_dir(&bin).expect("the folder is made");
    std::os::unix::fs::symlink(program(), bin.join("onrecord")).expect("a link is made");
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap_or_default());
    let sql = "SELECT quote FROM who_said_what WHERE length(quote) > :least AND speaker = :who";
    for add in [
        &["add", "a", "who said what about Harbor Bank?"][..],
        &["add", "b", "what did {who} say about {x} since {year}?"],
        &["add", "c", "what did {who} say?", "--parameter", "who:name=Ana Ruiz"],
        &["add", "d", "who said what about Porto in {when}?", "--parameter", "when:date"],
        &["add", "e", "--sql", sql, "--parameter", "least:number"],
        &["add", "f", "who said \"{words}\"?"],
        &["add", "g", "--sql", "SELECT quote FROM who_said_what LIMIT :most"],
    ] {
        let said = ended(golden.folder(), "golden.db", add);
        let command = said.stderr.trim().strip_prefix("saved; run it with: ").expect("it is suggested");
        let mut shell = Command::new("sh");
        shell.current_dir(golden.folder()).env_remove("ONRECORD_DB").env("PATH", &path).args(["-c", command]);
        let done = run(&mut shell, b"");
        assert_eq!(done.code, Some(0), "{command}: {}", done.stderr);
        assert!(!done.stderr.contains("error"), "{command}: {}", done.stderr);
    }
}

#[test]
fn each_row_of_a_file_is_a_run() {
    let golden = GoldenDatabase::new();
    printed(&golden, &ON_BANK);
    write(
        golden.folder(),
        "names.csv",
        "who,year,party\nAna Ruiz,,Harbor Party\nLia Okafor,2016,\nNobody,2016,\n",
    );
    write(golden.folder(), "wrong.csv", "name\nAna Ruiz\n");
    write(golden.folder(), "bad.csv", "who,year\nAna Ruiz,2016\nLia Okafor,soon\n");
    write(golden.folder(), "speakers.csv", "speaker\nMendez\nOkafor\n");
    let shown = [
        saved(&golden, &["run", "on_bank", "--each", "names.csv", "--format", "csv-raw"]),
        saved(&golden, &["run", "on_bank", "x=Lia Okafor", "--each", "names.csv", "--format", "json"]),
        saved(&golden, &["run", "on_bank", "--each", "names.csv", "--limit", "1"]),
        saved(&golden, &["run", "said_by", "--each", "speakers.csv", "--format", "csv-raw"]),
        saved(&golden, &["run", "on_bank", "--each", "wrong.csv"]),
        saved(&golden, &["run", "on_bank", "--each", "bad.csv"]),
        saved(&golden, &["run", "on_bank", "when=2016", "--each", "names.csv"]),
        saved(&golden, &["run", "on_bank", "--each", "none.csv"]),
        saved(&golden, &["run", "most_quoted", "--each", "names.csv"]),
    ];
    insta::assert_snapshot!("saved_each", shown.join("\n"));
}

/// An article in which Ana Ruiz speaks of the quay, and others of her.
fn article(id: &str, date: &str, words: &str) -> String {
    serde_json::json!({
        "id": id, "title": format!("Mayor on {id}"), "publisher": "Porto Courier", "published": date,
        "text": format!("“{words},” said Ana Ruiz, the mayor of Porto.\n\nLia Okafor met Ana Ruiz on Monday."),
    })
    .to_string()
}

/// The quotes of an answer as CSV, which has them in its column `quote`.
fn quotes(folder: &Path, arguments: &[&str]) -> Vec<String> {
    column(folder, arguments, "quote")
}

fn column(folder: &Path, arguments: &[&str], name: &str) -> Vec<String> {
    let ended = run_onrecord(folder, &[&["saved", "run"], arguments, &["--format", "csv-raw"]].concat());
    assert_eq!(ended.code, Some(0), "{arguments:?}: {}", ended.stderr);
    let mut reader = csv::Reader::from_reader(ended.stdout.as_bytes());
    let at = reader.headers().expect("a header").iter().position(|column| column == name);
    let at = at.unwrap_or_else(|| panic!("{arguments:?} has a column {name}"));
    reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
}

fn ingest(folder: &Path, name: &str, articles: &[String]) {
    write(folder, name, articles.join("\n"));
    let ended = run_onrecord(folder, &["ingest", name]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[test]
fn what_is_new_is_shown_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let quay = article("quay", "2017-03-01", "The quay will be open to all of you by spring");
    ingest(folder, "a.jsonl", std::slice::from_ref(&quay));
    for add in [
        &["saved", "add", "ana", "what did {who} say?"][..],
        &["saved", "add", "latest", "last 5 quotes by {who}"],
        &["saved", "add", "who_met", "who met {who}?"],
        &["saved", "add", "often", "how often did {who} mention Porto?"],
        &["saved", "add", "plain", "--sql", "SELECT speaker, quote FROM who_said_what"],
        &["saved", "add", "sheet", "--sql", "SELECT article_id, quote FROM who_said_what ORDER BY quote_id"],
    ] {
        assert_eq!(run_onrecord(folder, add).code, Some(0), "{add:?}");
    }
    let questions: [&[&str]; 4] = [
        &["ana", "who=Ana Ruiz", "--new"],
        &["latest", "who=Ana Ruiz", "--new"],
        &["said_by", "speaker=Ana Ruiz", "--new"],
        &["sheet", "--new"],
    ];
    for question in questions {
        assert_eq!(
            quotes(folder, question),
            ["“The quay will be open to all of you by spring,”"],
            "{question:?}"
        );
        assert_eq!(quotes(folder, question), [""; 0], "{question:?}");
    }
    assert_eq!(column(folder, &["who_met", "who=Ana Ruiz", "--new"], "name"), ["Lia Okafor"]);
    assert_eq!(column(folder, &["who_met", "who=Ana Ruiz", "--new"], "name"), [""; 0]);
    // Other values are another run.
    assert_eq!(quotes(folder, &["ana", "who=Ruiz", "--new"]).len(), 1);

    // Older than what was shown, and new; the same once more, and in a copy, and replaced: not new.
    let bread = article("bread", "2016-01-01", "Nobody in this town will pay more for bread");
    let replaced = quay.replace("on Monday", "on Tuesday, at noon");
    let copy = replaced.replace("\"quay\"", "\"copy\"").replace("Porto Courier", "Harbor Gazette");
    ingest(folder, "b.jsonl", &[bread, replaced, copy]);
    for question in questions {
        // In a copy the article is another, and so is a row that is told from others by its values.
        let mut expected = vec!["“Nobody in this town will pay more for bread,”"];
        if question[0] == "sheet" {
            expected.push("“The quay will be open to all of you by spring,”");
        }
        let mut found = quotes(folder, question);
        found.sort();
        assert_eq!(found, expected, "{question:?}");
        assert_eq!(quotes(folder, question), [""; 0], "{question:?}");
    }
    assert!(
        !column(folder, &["who_met", "who=Ana Ruiz", "--new"], "name").is_empty(),
        "told in another article"
    );

    // New words in an article that was there are new.
    let reworded = quay.replace("open to all of you by spring", "closed to all of you until summer");
    ingest(folder, "c.jsonl", &[reworded]);
    for question in questions {
        assert_eq!(
            quotes(folder, question),
            ["“The quay will be closed to all of you until summer,”"],
            "{question:?}"
        );
    }
    // Without --new everything is shown, and nothing is noted.
    assert!(quotes(folder, &["ana", "who=Ana Ruiz"]).len() >= 2);

    // What cannot be told apart is said, and so is what is counted.
    for (question, reason) in [
        (&["plain", "--new"][..], "they have no column quote_id, relationship_id or article_id"),
        (&["often", "who=Ana Ruiz", "--new"], "the question counts quotes"),
    ] {
        let ended = run_onrecord(folder, &[&["saved", "run"], question].concat());
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains(reason), "{}", ended.stderr);
    }
    assert_eq!(run_onrecord(folder, &["check"]).code, Some(0));

    // A query that is removed takes its runs with it.
    assert_eq!(run_onrecord(folder, &["saved", "remove", "sheet"]).code, Some(0));
    let left = crate::support::sqlite3(
        &folder.join("test.db"),
        "SELECT count(*) FROM saved_runs WHERE query = 'sheet'",
    );
    assert_eq!(left, "0\n");
}

#[test]
fn what_is_new_is_known_for_each_row_of_a_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    ingest(
        folder,
        "a.jsonl",
        &[article("quay", "2017-03-01", "The quay will be open to all of you by spring")],
    );
    write(folder, "one.csv", "speaker\nAna Ruiz\n");
    write(folder, "two.csv", "speaker\nLia Okafor\nAna Ruiz\nANA RUIZ\nANA RUIZ\n");
    let new = |file: &str| quotes(folder, &["said_by", "--each", file, "--new"]).len();
    assert_eq!((new("one.csv"), new("one.csv")), (1, 0));
    // Only to the value that is typed otherwise it has not been shown.
    assert_eq!((new("two.csv"), new("two.csv")), (1, 0));
}

#[test]
fn expectations_are_tested() {
    let golden = GoldenDatabase::new();
    let add = |name: &str, more: &[&str]| {
        let add = ["add", name, "who said what about {x}?", "--replace", "--parameter", "x:name=Harbor Bank"];
        saved(&golden, &[&add, more].concat())
    };
    let shown = [
        saved(&golden, &["test"]),
        add("rows", &["--expect-rows", "4"]),
        add("some", &["--expect-rows", ">=1", "--expect", "Harbor Bank has to answer"]),
        saved(&golden, &["add", "sql", "--sql", "SELECT count(*) FROM quotes", "--expect", "10"]),
        saved(&golden, &["show", "some"]),
        saved(&golden, &["test"]),
        add(
            "some",
            &["--expect-rows", "<2", "--expect", "Harbor Bank has to answer", "--expect", "the moon"],
        ),
        saved(&golden, &["test", "rows", "some"]),
        saved(&golden, &["test", "some", "--quiet"]),
        saved(&golden, &["test", "said_by"]),
        saved(&golden, &["test", "none"]),
        saved(&golden, &["add", "open", "who is {x}?", "--expect-rows", "1"]),
        saved(&golden, &["add", "open", "who is Ana Ruiz?", "--expect-rows", "many"]),
    ];
    insta::assert_snapshot!("saved_test", shown.join("\n"));
}

#[test]
fn queries_go_to_a_file_and_come_back() {
    let golden = GoldenDatabase::new();
    printed(&golden, &ON_BANK);
    let sql = "SELECT quote -- “all” of it\nFROM who_said_what\nWHERE length(quote) > :least;\n";
    let with =
        ["--parameter", "least:number=40: how long", "--expect-rows", ">=1", "--expect", "it's \"so\""];
    printed(&golden, &[&["add", "long", "--sql", sql], &with[..]].concat());
    assert_eq!(printed(&golden, &["export", "queries.toml"]), "2 queries in queries.toml\n");
    let file = fs::read_to_string(golden.folder().join("queries.toml")).expect("the file is written");
    assert_eq!(printed(&golden, &["export"]), file);
    insta::assert_snapshot!("saved_file", mask_dates(&file));

    let other = GoldenDatabase::empty();
    fs::copy(golden.folder().join("queries.toml"), other.folder().join("queries.toml")).expect("a copy");
    assert_eq!(printed(&other, &["import", "queries.toml"]), "2 queries imported, 0 there already\n");
    assert_eq!(printed(&other, &["import", "queries.toml"]), "0 queries imported, 2 there already\n");
    assert_eq!(printed(&other, &["export"]), file);

    let changed = file.replace("one voice on a bank", "one voice");
    write(other.folder(), "changed.toml", &changed);
    let bad = file.replace("who_said_what", "who_said_wat").replace("\"on_bank\"", "\"said_by\"");
    write(other.folder(), "bad.toml", bad);
    write(other.folder(), "broken.toml", "[[query]]\nname = \n");
    let refused: Vec<String> = [
        &["import", "changed.toml"][..],
        &["import", "bad.toml"],
        &["import", "broken.toml"],
        &["export", "queries.toml"],
    ]
    .iter()
    .map(|arguments| saved(&other, arguments))
    .collect();
    insta::assert_snapshot!("saved_import_refused", refused.join("\n"));
    assert_eq!(printed(&other, &["export"]), file, "nothing was changed");
    assert_eq!(
        printed(&other, &["import", "changed.toml", "--replace"]),
        "1 query imported, 1 there already\n"
    );
    assert_eq!(printed(&other, &["export"]), changed);
}

/// When a query was kept is another time in each run of the tests.
fn mask_dates(file: &str) -> String {
    let lines = file.lines().map(|line| match line.split_once(" = ") {
        Some(("created_at", _)) => "created_at = \"…\"".to_owned(),
        _ => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The rows of CSV, whoever wrote it.
fn rows(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("a row")).collect()
}

#[test]
fn the_sqlite3_shell_gives_the_same_rows() {
    let golden = GoldenDatabase::new();
    // A statement that a copy prints again is one row in both.
    let db = rusqlite::Connection::open(golden.path()).expect("opens");
    db.execute_batch("INSERT INTO reprints VALUES (7, 7), (10, 7)").expect("the rows fit");
    drop(db);
    let sql = "SELECT quote_id, quote FROM who_said_what WHERE confidence >= :sure AND speaker = :who AND published_at > :since";
    for add in [
        &["add", "about", "who said what about {x}?"][..],
        &["add", "said", "what did {who} say since {year}?", "--parameter", "year:date=2016"],
        &["add", "words", "who said \"{words}\"?"],
        &["add", "last", "what did {who} last say?"],
        &["add", "count", "how often did {who} mention {x}?"],
        &["add", "most", "who is quoted most about {x}?"],
        &["add", "who_met", "who met {who}?"],
        &["add", "is", "who is {who}?"],
        &[
            "add",
            "sql",
            "--sql",
            sql,
            "--parameter",
            "sure:number=0.6",
            "--parameter",
            "since:date",
            "--parameter",
            "who:text",
        ],
    ] {
        printed(&golden, add);
    }
    for values in [
        &["about", "x=Harbor Bank"][..],
        &["about", "x=Nobody at all"],
        &["said", "who=Ana Ruiz"],
        &["said", "who=Ruiz", "year=2017"],
        &["words", "words=Harbor Bank"],
        &["last", "who=Ana Ruiz"],
        &["count", "who=Ana Ruiz", "x=Harbor Bank"],
        &["most", "x=Harbor Bank"],
        &["who_met", "who=Ana Ruiz"],
        &["is", "who=Ana Ruiz"],
        &["sql", "who=Ana Ruiz", "since=2016"],
        &["sql", "who=D'Arcy \"x\"; --", "since=2016"],
        &["said_by", "speaker=José Méndez"],
        &["timeline", "name=Ana Ruiz"],
    ] {
        let text = printed(&golden, &[&["show", values[0], "--sql"], &values[1..]].concat());
        let mut shell = Command::new("sqlite3");
        shell.args(["-bail", "-csv", "-header", "-readonly"]).arg(golden.path());
        let in_shell = run(&mut shell, text.as_bytes());
        assert_eq!((in_shell.code, in_shell.stderr.as_str()), (Some(0), ""), "{values:?}: {text}");
        let here = printed(&golden, &[&["run"], values, &["--format", "csv-raw"]].concat());
        let (in_shell, mut here) = (rows(&in_shell.stdout), rows(&here));
        if here.len() == 1 {
            // The shell prints no names of columns over nothing.
            here.clear();
        }
        // An answer about relationships has the words of each beside the columns of the view.
        let width = in_shell.first().map_or(0, csv::StringRecord::len);
        let here: Vec<csv::StringRecord> = here.iter().map(|row| row.iter().take(width).collect()).collect();
        assert_eq!(in_shell[in_shell.len().min(1)..], here[here.len().min(1)..], "{values:?}: {text}");
    }
    let missing = saved(&golden, &["show", "said", "--sql"]);
    assert!(missing.contains("the parameter {who} has no value"), "{missing}");
}

#[test]
fn no_database_is_made_by_mistake() {
    let golden = GoldenDatabase::empty();
    let shown = onrecord(golden.folder(), &["--db", "typo.db", "saved", "add", "mine", "who is {x}?"]);
    assert!(shown.starts_with("exit code 2\n"), "{shown}");
    assert!(!golden.folder().join("typo.db").exists());
}

#[test]
fn shells_and_man_are_served() {
    let golden = GoldenDatabase::empty();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = onrecord(golden.folder(), &["completions", shell]);
        assert!(script.starts_with("exit code 0\n") && script.contains("count-by"), "{shell}");
    }
    let manual = onrecord(golden.folder(), &["man"]);
    for title in [".TH ONRECORD 1", ".TH ONRECORD-QUERY 1", ".TH ONRECORD-SAVED-RUN 1"] {
        assert!(manual.contains(title), "{title}");
    }
    let pages = golden.folder().join("pages");
    assert_eq!(onrecord(golden.folder(), &["man", &pages.to_string_lossy()]), "exit code 0\n");
    assert!(pages.join("onrecord-query.1").exists());
}
