//! Copies of articles, wholly and nearly equal, and the statements that they print again.

use std::fmt::Write;
use std::path::Path;

use onrecord::facts::Facts;
use onrecord::gear::Gear;
use onrecord::store::{IfUnchanged, RunCounts, Store};

use crate::store::{Marked, Shelf, check, marked, what};
use crate::support::{run_onrecord, sqlite3, write};

const QUOTE: &str = "“{The harbor belongs to everybody who lives behind it},” said [P Ana Ruiz]. ";

/// A story of many words that no other story has.
fn story(name: &str, sentences: usize) -> String {
    let mut text = String::new();
    for number in 0..sentences {
        write!(text, "The {name} council heard witness {name}{number} about pier {number} of {name} for {number} hours. ")
            .expect("memory takes it");
    }
    text
}

fn printed(id: &str, publisher: &str, text: &str) -> Marked {
    let mut marked = marked(id, "2020-01-01", text);
    marked.article.publisher = Some(publisher.to_owned());
    marked
}

const COPIES: &str = "SELECT id, duplicate_of FROM articles ORDER BY id";

#[test]
fn a_story_cut_or_under_another_lead_is_a_copy_and_a_column_of_next_week_is_none() {
    let shelf = Shelf::new();
    let agency = story("harbor", 40);
    let cut = story("harbor", 18);
    let led = format!("PORTO SERENO — The town is angry, and it has reason to be. {}", story("harbor", 36));
    let frame = story("tides", 16);
    let [this_week, next_week] =
        ["first", "second"].map(|week| format!("{frame}High water in the {week} week: {}", story(week, 3)));
    let short = "The ferry runs at eight.";
    shelf.save(&[
        &printed("1", "Agency", &agency),
        &printed("2", "Courier", &cut),
        &printed("3", "Harbor News", &led),
        &printed("4", "Courier", &story("school", 40)),
        &printed("5", "Courier", &this_week),
        &printed("6", "Courier", &next_week),
        &printed("7", "Courier", short),
        &printed("8", "Harbor News", short),
        &printed("9", "Harbor News", "The ferry runs at nine."),
    ]);
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n3|1\n4|\n5|\n6|\n7|\n8|7\n9|\n");
}

#[test]
fn links_stay_right_when_the_first_is_revised_and_when_one_becomes_a_copy() {
    let shelf = Shelf::new();
    let (harbor, school) = (story("harbor", 40), story("school", 40));
    let first = printed("1", "Agency", &harbor);
    let cut = printed("2", "Courier", &story("harbor", 18));
    let led = printed("3", "Harbor News", &format!("The town is angry. {harbor}"));
    let other = printed("4", "Harbor News", &school);
    shelf.save(&[&first, &cut, &led, &other]);
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n3|1\n4|\n");
    // A correction of the first leaves them where they are.
    let corrected = printed("1", "Agency", &harbor.replace("witness harbor7 ", "witness harbor8 "));
    assert_eq!(what(&shelf.save(&[&corrected])), ["revised"]);
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n3|1\n4|\n");
    // Rewritten, it is no more what they print: the next one is the first, and it is itself the first of another.
    let rewritten = printed("1", "Agency", &school);
    assert_eq!(what(&shelf.save(&[&rewritten])), ["revised"]);
    assert_eq!(shelf.rows(COPIES), "1|\n2|\n3|2\n4|1\n");
    // And back.
    assert_eq!(
        what(&shelf.save(&[&printed("1", "Agency", &format!("{harbor}So it was said."))])),
        ["revised"]
    );
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n3|1\n4|\n");
    // Read again, and analyzed again, nothing moves.
    shelf.save_with(&[&cut, &led, &other], IfUnchanged::Reanalyze);
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n3|1\n4|\n");
}

const STATEMENTS: &str = "SELECT quote_id, statement_id FROM reprints ORDER BY quote_id";

#[test]
fn what_copies_print_again_is_one_statement() {
    let shelf = Shelf::new();
    let body = story("harbor", 30);
    let own = "“{We counted the boats ourselves, all of them},” said [P Leo Brandt]. ";
    let first = printed("1", "Agency", &format!("{QUOTE}{body}"));
    let second = printed("2", "Courier", &format!("A lead. {QUOTE}{body}"));
    let third = printed("3", "Courier", &format!("{QUOTE}{}", story("school", 30)));
    let fourth = printed("4", "Harbor News", &format!("{own}{body}"));
    let fifth = printed("5", "Valdora Post", &format!("Another lead. {own}{body}"));
    shelf.save(&[&first, &second, &third, &fourth, &fifth]);
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n3|\n4|1\n5|1\n");
    // Equal words in another article are another statement; what the first does not have, the next one has first.
    assert_eq!(shelf.rows(STATEMENTS), "1|1\n2|1\n4|4\n5|4\n");
    shelf.save_with(&[&first, &fourth], IfUnchanged::Reanalyze);
    assert_eq!(shelf.rows(STATEMENTS), "1|1\n2|1\n4|4\n5|4\n");
    // Where the first loses its quote, the copy says it alone.
    shelf.save(&[&printed("1", "Agency", &format!("Nobody spoke. {body}"))]);
    assert_eq!(shelf.rows(STATEMENTS), "4|4\n5|4\n");
}

#[test]
fn the_copies_of_one_story_are_found_in_any_number() {
    let shelf = Shelf::new();
    let body = story("harbor", 20);
    let prints: Vec<Marked> = (0..90)
        .map(|number| {
            printed(
                &format!("{number}"),
                &format!("Outlet {number}"),
                &format!("Lead {number}. {QUOTE}{body}"),
            )
        })
        .collect();
    shelf.save(&prints.iter().collect::<Vec<_>>());
    assert_eq!(shelf.rows("SELECT count(*), count(DISTINCT duplicate_of) FROM articles"), "90|1\n");
    assert_eq!(shelf.rows("SELECT count(*), count(DISTINCT statement_id) FROM reprints"), "90|1\n");
    shelf.save_with(&[&prints[0], &prints[80]], IfUnchanged::Reanalyze);
    assert_eq!(shelf.rows("SELECT count(*), count(DISTINCT statement_id) FROM reprints"), "90|1\n");
}

#[test]
fn what_an_outlet_puts_around_all_of_its_texts_finds_no_copies() {
    let shelf = Shelf::new();
    let frame = story("frame", 30);
    let columns: Vec<Marked> = (0..60)
        .map(|number| {
            printed(&format!("{number}"), "Courier", &format!("{}{frame}", story(&format!("c{number}x"), 12)))
        })
        .collect();
    shelf.save(&columns.iter().collect::<Vec<_>>());
    assert_eq!(shelf.rows("SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL"), "0\n");
}

#[test]
fn an_archive_of_an_earlier_version_catches_up() {
    let shelf = Shelf::new();
    let body = story("harbor", 30);
    shelf.save(&[
        &printed("1", "Agency", &format!("{QUOTE}{body}")),
        &printed("2", "Courier", &format!("A lead. {QUOTE}{body}")),
    ]);
    // As the migration leaves it.
    shelf.rows("UPDATE articles SET duplicate_of = NULL; DELETE FROM article_shingles; DELETE FROM reprints");
    Store::open(&shelf.db()).map(Store::close).expect("opens");
    check(&shelf.db());
    assert_eq!(shelf.rows(COPIES), "1|\n2|1\n");
    assert_eq!(shelf.rows(STATEMENTS), "1|1\n2|1\n");
}

#[test]
fn an_archive_of_short_texts_is_caught_up_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("test.db");
    crate::support::write(
        folder.path(),
        "a.jsonl",
        "{\"text\": \"Ana Ruiz opened the new ferry.\"}\n{\"text\": \"Leo Brandt sang.\"}\n",
    );
    assert_eq!(crate::support::run_onrecord(folder.path(), &["ingest", "a.jsonl"]).code, Some(0));
    crate::support::sqlite3(&path, "UPDATE articles SET duplicate_of = 1 WHERE id = 2");
    Store::open(&path).map(Store::close).expect("opens");
    assert_eq!(
        crate::support::sqlite3(&path, "SELECT duplicate_of FROM articles WHERE id = 2"),
        "1\n",
        "is left alone"
    );
}

#[test]
fn a_sketch_takes_little_room() {
    let shelf = Shelf::new();
    let articles: Vec<Marked> = (0..400)
        .map(|number| printed(&format!("{number}"), "Courier", &story(&format!("n{number}x"), 8)))
        .collect();
    let mut store = Store::open(&shelf.db()).expect("opens");
    let mut run = store.begin_run(&[], "", Gear::Full).expect("begins");
    let mut batch = store.batch(&mut run).expect("begins");
    for marked in &articles {
        batch.save(&marked.article, &Facts::default(), IfUnchanged::Keep).expect("saves");
    }
    batch.commit(&RunCounts::default()).expect("commits");
    store.close();
    let bytes = shelf.rows("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'article_shingles%'");
    let bytes: u64 = bytes.trim().parse().expect("a number");
    assert!(bytes <= 400 * 200, "{bytes}");
}

/// Three outlets print one story, and one of them says more.
fn ingested(folder: &Path) {
    let story = "“The harbor belongs to everybody who lives behind it,” said Ana Ruiz, the mayor of Porto Sereno. The council had \
        met until late on Tuesday about the sale of the old pier to Northwind, a company that builds hotels along the coast. \
        Some three hundred people had come to hear it, and many of them had to stand in the street. Leo Brandt, who leads the \
        fishermen, said that the boats would need the pier in winter. The vote was put off until the end of the month, when \
        the company is to show how it means to keep a passage open for the boats and the ferry.";
    let record = |id: &str, publisher: &str, text: &str| {
        serde_json::json!({"id": id, "title": format!("Pier {id}"), "publisher": publisher, "published": "2024-05-06", "text": text})
            .to_string()
    };
    let lines = [
        record("1", "Agency", story),
        record("2", "Courier", &format!("The pier stays for now. {story}")),
        record("3", "Harbor News", &story[..story.len() - 90]),
    ];
    write(folder, "archive.jsonl", lines.join("\n"));
    let ended = run_onrecord(folder, &["ingest", "archive.jsonl", "--fast"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
}

#[test]
fn answers_and_counts_have_a_statement_once_and_say_how_many_outlets_printed_it() {
    let folder = tempfile::tempdir().expect("a folder");
    ingested(folder.path());
    let db = folder.path().join("test.db");
    assert_eq!(sqlite3(&db, COPIES), "1|\n2|1\n3|1\n");
    let ask = |arguments: &[&str]| {
        let ended = run_onrecord(folder.path(), &[&["query"], arguments].concat());
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        ended.stdout
    };
    let list = ask(&["what did Ana Ruiz say?"]);
    assert_eq!(list.matches("The harbor belongs").count(), 1, "{list}");
    assert!(list.contains("printed by 3 outlets"), "{list}");
    let json = ask(&["what did Ana Ruiz say?", "--format", "jsonl"]);
    let rows: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    assert_eq!(rows.len(), 1, "{json}");
    assert_eq!(rows[0]["outlets"], 3);
    let csv = ask(&["what did Ana Ruiz say?", "--format", "csv"]);
    assert!(csv.lines().next().is_some_and(|header| header.ends_with(",mode,outlets")), "{csv}");
    assert_eq!(ask(&["--speaker", "Ana Ruiz", "--count", "--format", "csv"]), "quotes\n1\n");
    assert_eq!(
        ask(&["--count-by", "speaker", "--speaker", "Ana Ruiz", "--format", "csv"]),
        "speaker,quotes\nAna Ruiz,1\n"
    );
    let table = ask(&["what did Ana Ruiz say?", "--format", "markdown"]);
    assert_eq!(table.matches("(printed by 3 outlets)").count(), 1, "{table}");
    // Each outlet did print it.
    assert_eq!(
        ask(&["--count-by", "publisher", "--speaker", "Ana Ruiz", "--format", "csv"]),
        "publisher,quotes\nAgency,1\nCourier,1\nHarbor News,1\n"
    );
    let courier = ask(&["--speaker", "Ana Ruiz", "--publisher", "Courier", "--format", "jsonl"]);
    assert!(courier.contains("\"publisher\":\"Courier\"") && courier.contains("\"outlets\":3"), "{courier}");
    // Pages neither repeat nor lose a statement.
    let all = ask(&["--match", "pier", "--limit", "0", "--format", "jsonl"]).lines().count();
    let pages = (0..all + 1).map(|offset| {
        ask(&["--match", "pier", "--limit", "1", "--offset", &offset.to_string(), "--format", "jsonl"])
            .lines()
            .count()
    });
    assert_eq!(pages.sum::<usize>(), all);
    assert_eq!(ask(&["--match", "pier", "--count", "--format", "csv"]), format!("quotes\n{all}\n"));
    let saved = |arguments: &[&str]| {
        let arguments = [&["saved", "run"], arguments, &["--format", "csv"]].concat();
        run_onrecord(folder.path(), &arguments).stdout
    };
    assert!(saved(&["most_quoted"]).contains("Ana Ruiz,mayor,1,"), "{}", saved(&["most_quoted"]));
    let said = saved(&["said_by", "speaker=Ana Ruiz"]);
    assert_eq!(said.matches("The harbor belongs").count(), 1, "{said}");
    assert_eq!(
        saved(&["quotes_by_month", "speaker=Ana Ruiz"]),
        "month,quotes,outlets,last,publisher,title,article_id\n2024-05,1,3,2024-05-06,Agency,Pier 1,1\n"
    );
    let stats = run_onrecord(folder.path(), &["stats", "--format", "csv"]).stdout;
    assert!(stats.contains("articles,copies of an earlier one,2\n"), "{stats}");
    let counted = |what: &str| {
        let line = stats.lines().find(|line| line.contains(what)).unwrap_or_default();
        line.rsplit(',').next().and_then(|number| number.parse::<u32>().ok()).expect("a number")
    };
    assert!(counted("those of copies counted once") < counted("quotes,vouched for,"), "{stats}");
}

#[test]
fn a_correction_leaves_statements_joined() {
    let folder = tempfile::tempdir().expect("a folder");
    ingested(folder.path());
    let db = folder.path().join("test.db");
    let before = sqlite3(&db, STATEMENTS);
    let quote = sqlite3(&db, "SELECT min(id) FROM quotes WHERE text LIKE '%harbor belongs%'");
    let correct = |arguments: &[&str]| {
        let ended = run_onrecord(folder.path(), arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    };
    correct(&["speaker", quote.trim(), "Leo Brandt"]);
    assert_eq!(sqlite3(&db, STATEMENTS), before, "the words are the same, whoever spoke them");
    correct(&["undo", "1"]);
    correct(&["reject", "quote", quote.trim()]);
    let without = format!("SELECT count(*) FROM reprints WHERE {} IN (quote_id, statement_id)", quote.trim());
    assert_eq!(sqlite3(&db, &without), "0\n");
    let prints = "SELECT count(*), count(DISTINCT statement_id) FROM reprints
        JOIN quotes ON quotes.id = quote_id WHERE text LIKE '%harbor belongs%'";
    assert_eq!(sqlite3(&db, prints), "2|1\n", "the copies say it still");
    correct(&["undo", "2"]);
    assert_eq!(sqlite3(&db, STATEMENTS), before);
}

#[test]
fn articles_in_other_languages_are_stored_and_said_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let german = "Die Fähre nach Valdora fährt von Montag an wieder, sagte Bürgermeisterin Ana Ruiz am Freitag. Sie war seit März \
        nicht mehr gefahren, weil in einem Sturm vor der Küste die Maschine ausgefallen war, und die Stadt musste Fischerboote \
        mieten, um Brot und Briefe auf die Insel zu bringen. „Wir haben lange genug gewartet“, sagte sie im Rat der Stadt.";
    let english = "“We will sail on Monday,” said Ana Ruiz, the mayor of Porto Sereno.";
    let record = |id: &str, text: &str, language: Option<&str>| {
        serde_json::json!({"id": id, "title": id, "text": text, "language": language}).to_string()
    };
    let lines = [record("1", german, None), record("2", english, None), record("3", "Moin.", Some("de"))];
    write(folder.path(), "archive.jsonl", lines.join("\n"));
    let db = folder.path().join("test.db");
    let rows = "SELECT id, coalesce(language, '-'), analyzed FROM articles ORDER BY id";
    for (arguments, counts) in [
        (&["ingest", "archive.jsonl"][..], "3 new"),
        (&["ingest", "archive.jsonl", "--reanalyze"], "3 replaced"),
    ] {
        let ended = run_onrecord(folder.path(), arguments);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
        assert!(ended.stderr.contains(counts), "{}", ended.stderr);
        assert!(
            ended.stderr.contains("2 of them not in English (de 2): stored, not analyzed\n"),
            "{}",
            ended.stderr
        );
        assert_eq!(sqlite3(&db, rows), "1|de|none\n2|-|whole\n3|de|none\n");
        assert_eq!(sqlite3(&db, "SELECT DISTINCT article_id FROM mentions"), "2\n");
        assert_eq!(run_onrecord(folder.path(), &["check"]).code, Some(0));
    }
    let again = run_onrecord(folder.path(), &["ingest", "archive.jsonl"]);
    assert!(
        again.stderr.contains("3 unchanged") && !again.stderr.contains("not in English"),
        "{}",
        again.stderr
    );
    let stats = run_onrecord(folder.path(), &["stats", "--format", "csv"]).stdout;
    assert!(stats.contains("\"not in English, not analyzed\",2\n"), "{stats}");
}
