//! Corrections from outside: each command, what it says, that it outlives a new analysis, `review`.

use std::path::Path;

use crate::command::{command, onrecord};
use crate::golden_database::GoldenDatabase;
use crate::support::{sqlite3, write};

/// Two Ruizes in three articles, and a surname that stands alone.
const ARTICLES: &str = r#"{"id": "a", "title": "Ferry fares rise", "published": "2020-01-01", "text": "The fares will rise in May.\n\n“We waited long enough,” said Ana Ruiz, the mayor of Valdora. Ruiz thanked Tidewell Ferries."}
{"id": "b", "title": "Council meets", "published": "2020-02-01", "text": "“Tidewell Ferries owes us an answer,” Ruiz said on Monday."}
{"id": "c", "title": "A new song", "published": "2020-03-01", "text": "“I wrote it on a boat,” said Ana Ruiz, a singer. Leo Brandt praised Ana Ruiz."}
"#;

/// A folder with a database of the articles.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "articles.jsonl", ARTICLES);
    onrecord(folder.path(), &["ingest", "articles.jsonl", "--quiet"]);
    folder
}

/// What the program shows, without the dates of today.
fn shown(folder: &Path, arguments: &[&str]) -> String {
    without_dates(&onrecord(folder, arguments))
}

fn without_dates(text: &str) -> String {
    let is_date = |word: &str| word.len() == 20 && word.ends_with('Z') && word.as_bytes()[10] == b'T';
    let lines = text.lines().map(|line| {
        let words = line.split_inclusive([' ', ',', '"']).map(|word| {
            let bare = word.trim_end_matches([' ', ',', '"']);
            if is_date(bare) { word.replace(bare, "(date)") } else { word.to_owned() }
        });
        words.collect::<String>() + "\n"
    });
    lines.collect()
}

fn sound(folder: &Path) {
    let checked = onrecord(folder, &["check"]);
    assert!(checked.starts_with("exit code 0\n"), "{checked}");
}

/// All that people see, whoever has which id.
fn rows(folder: &Path) -> String {
    let sql =
        "SELECT speaker, speaker_kind, quote, about, act, confidence FROM who_said_what ORDER BY 3, 1, 4;
        SELECT kind, name, description, mention_count, quote_count FROM entities ORDER BY 1, 2, 4;
        SELECT name, predicate, other, detail, articles FROM who_is ORDER BY 1, 2, 3, 4;
        SELECT name, alias, article_count FROM aliases JOIN entities ON id = entity_id ORDER BY 1, 2";
    sqlite3(&folder.join("onrecord.db"), sql)
}

#[test]
fn every_command_says_what_it_changed() {
    let folder = folder();
    let folder = folder.path();
    let commands: [&[&str]; 12] = [
        &["merge", "Ana Ruiz", "person:Ruiz", "--note", "the mayor"],
        &["merge", "Ana Ruiz", "Ruiz"],
        &["split", "Ana Ruiz", "--article", "c", "--as", "Ana Ruiz Costa"],
        &["rename", "Ana Ruiz", "Ana María Ruiz"],
        &["rename", "Ana María Ruiz", "Leo Brandt"],
        &["speaker", "1", "Mira Costa", "--new", "person"],
        &["subject", "2", "--add", "Leo Brandt", "--remove", "Tidewell Ferries"],
        &["confirm", "entity", "Valdora"],
        &["confirm", "distinct", "Leo Brandt", "Mira Costa"],
        &["reject", "entity", "Leo Brandt"],
        &["reject", "quote", "1"],
        &["corrections", "list", "--format", "csv"],
    ];
    let mut text = String::new();
    for arguments in commands {
        text.push_str(&format!("$ onrecord {}\n{}\n", arguments.join(" "), shown(folder, arguments)));
        sound(folder);
    }
    insta::assert_snapshot!("corrections_commands", text);
}

#[test]
fn a_single_mention_is_split_off_by_its_place() {
    let folder = folder();
    let folder = folder.path();
    let asked = shown(folder, &["split", "Ana Ruiz", "--mention", "a:3", "--as", "Leo Brandt"]);
    assert!(asked.starts_with("exit code 2\n"), "{asked}");
    // What the error lists is what the flag takes.
    let place = asked.lines().find(|line| line.ends_with(" Ruiz") && !line.contains("Ana"));
    let place = place.and_then(|line| line.split_whitespace().nth(1)).expect("the last name is listed");
    let split = shown(folder, &["split", "Ana Ruiz", "--mention", place, "--as", "Leo Brandt"]);
    assert!(split.contains("\"Ruiz\" at "), "{split}");
    assert!(split.contains("changed 1 mention"), "{split}");
    sound(folder);
    let before = rows(folder);
    onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze"]);
    assert_eq!(rows(folder), before);
    for wrong in ["a", "a:", ":3", "a:x"] {
        let asked = shown(folder, &["split", "Ana Ruiz", "--mention", wrong]);
        assert!(
            asked.starts_with("exit code 2\n") && asked.contains("it has to be ARTICLE:START"),
            "{asked}"
        );
    }
}

#[test]
fn the_act_and_the_borders_of_a_quote_outlive_a_new_analysis() {
    let folder = folder();
    let folder = folder.path();
    let given = shown(
        folder,
        &["confirm", "quote", "1", "--act", "threat", "--from", "waited long", "--to", "enough"],
    );
    assert!(given.contains("is right as a threat in the words waited long enough"), "{given}");
    sound(folder);
    let quotes = || sqlite3(&folder.join("onrecord.db"), "SELECT text, act, kind FROM quotes WHERE id = 1");
    assert_eq!(quotes(), "waited long enough|threat|direct\n");
    let explained = shown(folder, &["explain", "1"]);
    assert!(explained.starts_with("exit code 0\n"), "{explained}");
    onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze"]);
    assert_eq!(quotes(), "waited long enough|threat|direct\n");
    let lost = shown(folder, &["confirm", "quote", "1", "--to", "nowhere"]);
    assert!(lost.starts_with("exit code 2\n") && lost.contains("does not print “nowhere”"), "{lost}");
    let undone = shown(folder, &["undo"]);
    assert!(undone.contains("correction 1 (quote ") && undone.contains("as a threat"), "{undone}");
    assert_ne!(quotes(), "waited long enough|threat|direct\n");
    let none = shown(folder, &["undo"]);
    assert!(none.starts_with("exit code 2\n") && none.contains("there is no correction to undo"), "{none}");
}

#[test]
fn a_correction_that_changes_much_is_given_only_when_that_is_meant() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let articles: String = (0..12)
        .map(|day| format!(
            "{{\"id\": \"d{day}\", \"title\": \"Day {day}\", \"published\": \"2020-01-{:02}\", \"text\": \"“We waited {day} days,” said Ana Ruiz, the mayor of Valdora. Mira Costa was there on day {day}.\"}}\n",
            day + 1
        ))
        .collect();
    write(folder, "articles.jsonl", &articles);
    onrecord(folder, &["ingest", "articles.jsonl", "--quiet"]);
    let before = rows(folder);
    let refused = shown(folder, &["merge", "Mira Costa", "Ana Ruiz"]);
    assert!(refused.starts_with("exit code 2\n"), "{refused}");
    for part in
        ["this would change ", " in 12 articles; nothing was changed", "Day ", "and 7 articles more", "--yes"]
    {
        assert!(refused.contains(part), "{part}: {refused}");
    }
    assert_eq!(rows(folder), before);
    assert_eq!(sqlite3(&folder.join("onrecord.db"), "SELECT count(*) FROM corrections"), "0\n");
    #[cfg(target_os = "linux")]
    for (answer, code, corrections) in [("n\n", 0, "0\n"), ("\n", 0, "0\n"), ("y\n", 0, "1\n")] {
        let asked = crate::terminal::on_terminal(folder, "merge 'Mira Costa' 'Ana Ruiz'", &[], &[answer]);
        assert!(asked.code == Some(code) && asked.text.contains("Change them? y or n"), "{}", asked.text);
        assert!(asked.text.contains(" in 12 articles:\r\n  Day "), "{}", asked.text);
        assert_eq!(sqlite3(&folder.join("onrecord.db"), "SELECT count(*) FROM corrections"), corrections);
    }
    #[cfg(target_os = "linux")]
    onrecord(folder, &["undo"]);
    assert_eq!(rows(folder), before);
    let merged = shown(folder, &["merge", "Mira Costa", "Ana Ruiz", "--yes"]);
    assert!(merged.starts_with("exit code 0\n"), "{merged}");
    // What was shown is what was changed.
    let scope =
        refused.split("would change ").nth(1).and_then(|rest| rest.split(" in 12").next()).expect("a scope");
    assert!(merged.contains(&format!("changed {scope} in 12 articles")), "{merged}");
    sound(folder);
}

#[test]
fn mistakes_are_explained() {
    let folder = folder();
    let folder = folder.path();
    let commands: [&[&str]; 11] = [
        &["merge", "Ana Ruiz", "Nobody Known"],
        &["merge", "Ana Ruiz", "Ana Ruiz"],
        &["merge", "Ana Ruiz", "99"],
        &["split", "Ana Ruiz"],
        &["split", "Ana Ruiz", "--article", "z"],
        &["rename", "Ana Ruiz", " "],
        &["reject", "quote", "99"],
        &["speaker", "1"],
        &["undo", "7"],
        &["corrections", "import", "missing.jsonl"],
        &["merge", "Ana Ruiz", "Ruiz", "--db", "typo.db"],
    ];
    let mut text = String::new();
    for arguments in commands {
        text.push_str(&format!("$ onrecord {}\n{}\n", arguments.join(" "), shown(folder, arguments)));
    }
    assert!(!folder.join("typo.db").exists());
    insta::assert_snapshot!("corrections_mistakes", text);
}

#[test]
fn a_name_of_several_asks_for_an_id() {
    let folder = folder();
    let folder = folder.path();
    shown(folder, &["split", "Ana Ruiz", "--article", "c"]);
    let asked = shown(folder, &["merge", "Leo Brandt", "Ana Ruiz"]);
    assert!(asked.contains("\"Ana Ruiz\" fits 2 entities: name one by its id, or say its kind"), "{asked}");
    let ids =
        sqlite3(&folder.join("onrecord.db"), "SELECT max(id), min(id) FROM people WHERE name = 'Ana Ruiz'");
    let (later, first) = ids.trim().split_once('|').expect("two ids");
    let merged = shown(folder, &["merge", first, later]);
    assert!(merged.starts_with("exit code 0\n"), "{merged}");
    sound(folder);
}

#[test]
fn corrections_outlive_a_new_analysis_and_can_be_undone() {
    let folder = folder();
    let folder = folder.path();
    let before = rows(folder);
    let commands: [&[&str]; 7] = [
        &["merge", "Ana Ruiz", "person:Ruiz"],
        &["split", "Ana Ruiz", "--article", "c"],
        &["rename", "Tidewell Ferries", "Tidewell"],
        &["reject", "entity", "Leo Brandt"],
        &["reject", "quote", "2"],
        &["speaker", "1", "Tidewell"],
        &["confirm", "quote", "3"],
    ];
    for arguments in commands {
        let given = shown(folder, arguments);
        assert!(given.starts_with("exit code 0\n"), "{given}");
        sound(folder);
    }
    let corrected = rows(folder);
    assert_ne!(corrected, before);
    onrecord(folder, &["ingest", "articles.jsonl", "--reanalyze"]);
    assert_eq!(rows(folder), corrected);
    for number in ["3", "1", "7", "2", "6", "4", "5"] {
        let undone = shown(folder, &["undo", number]);
        assert!(undone.starts_with("exit code 0\n"), "{undone}");
        sound(folder);
    }
    assert_eq!(rows(folder), before);
    let again = shown(folder, &["undo", "3"]);
    assert!(again.contains("correction 3 is undone already"), "{again}");
}

#[test]
fn an_export_can_be_imported_before_and_after_the_articles() {
    let one = folder();
    shown(one.path(), &["merge", "Ana Ruiz", "person:Ruiz", "--note", "the mayor"]);
    shown(one.path(), &["split", "Ana Ruiz", "--article", "c"]);
    shown(one.path(), &["speaker", "1", "--none"]);
    let exported = onrecord(one.path(), &["corrections", "export"]);
    let lines = exported.split_once("--- stdout\n").expect("prints").1;
    insta::assert_snapshot!("corrections_export", without_dates(lines));
    let after = folder();
    write(after.path(), "corrections.jsonl", lines);
    let first = shown(after.path(), &["corrections", "import", "corrections.jsonl"]);
    assert!(first.contains("3 new, 0 in force already; changed"), "{first}");
    let second = shown(after.path(), &["corrections", "import", "corrections.jsonl"]);
    assert!(second.contains("0 new, 3 in force already; no fact of an article changes"), "{second}");
    assert_eq!(rows(after.path()), rows(one.path()));
    let before = tempfile::tempdir().expect("a folder");
    write(before.path(), "nothing.jsonl", r#"{"id": "z", "text": "Nobody spoke."}"#);
    write(before.path(), "articles.jsonl", ARTICLES);
    write(before.path(), "corrections.jsonl", lines);
    onrecord(before.path(), &["ingest", "nothing.jsonl"]);
    let kept = shown(before.path(), &["corrections", "import", "corrections.jsonl"]);
    assert!(kept.contains("3 new, 0 in force already; no fact of an article changes"), "{kept}");
    onrecord(before.path(), &["ingest", "articles.jsonl"]);
    assert_eq!(rows(before.path()), rows(one.path()));
    sound(before.path());
}

#[test]
fn a_bad_line_is_named_and_nothing_is_imported() {
    let folder = folder();
    let good = r#"{"action":"reject","target":{"kind":"person","name":"Leo Brandt"}}"#;
    let mut text = String::new();
    for bad in [
        "nonsense",
        r#"{"action":"praise","target":{"kind":"person","name":"Leo Brandt"}}"#,
        r#"{"action":"merge","target":{"kind":"person","name":"Leo Brandt"}}"#,
        r#"{"action":"reject","target":{"kind":"ship","name":"Leo Brandt"}}"#,
        r#"{"action":"reject","target":{"id":4}}"#,
        r#"{"action":"reject","target":{"kind":"person","name":"Leo Brandt"},"created_at":"yesterday"}"#,
    ] {
        write(folder.path(), "bad.jsonl", format!("{good}\n\n{bad}\n"));
        text.push_str(&shown(folder.path(), &["corrections", "import", "bad.jsonl"]));
    }
    assert_eq!(sqlite3(&folder.path().join("onrecord.db"), "SELECT count(*) FROM corrections"), "0\n");
    insta::assert_snapshot!("corrections_bad_lines", text);
}

/// Runs `review` with answers on its standard input.
fn review(folder: &Path, answers: &str) -> String {
    let output = command(folder).arg("review").write_stdin(answers).output().expect("runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("is text")
}

#[test]
fn review_asks_shows_evidence_and_does_not_ask_twice() {
    let folder = folder();
    let folder = folder.path();
    let listed = shown(folder, &["review", "--list", "--format", "csv"]);
    let text = [listed, review(folder, "perhaps\ns\n"), review(folder, "n\n"), review(folder, "")];
    insta::assert_snapshot!("review", text.join("\n=====\n"));
    sound(folder);
}

#[test]
fn a_yes_in_review_is_a_merge() {
    let folder = folder();
    let folder = folder.path();
    let answered = review(folder, "y\n");
    assert!(answered.contains(" is the same as person Ana Ruiz\n"), "{answered}");
    let db = folder.join("onrecord.db");
    assert_eq!(sqlite3(&db, "SELECT count(*) FROM people WHERE name = 'Ruiz'"), "0\n");
    assert_eq!(sqlite3(&db, "SELECT action, note FROM corrections"), "merge|review\n");
    sound(folder);
}

#[test]
fn review_cannot_be_used_to_move_the_cursor() {
    let folder = tempfile::tempdir().expect("a folder");
    let hostile = "{\"id\": \"a\", \"title\": \"\\u001b]0;x\\u0007\", \"text\": \"Ana Ruiz left\\u001b[2J. Leo Brandt met Ana Ruiz.\"}
{\"id\": \"b\", \"text\": \"Ruiz left\\u001b[2J on Monday.\"}";
    write(folder.path(), "articles.jsonl", hostile);
    onrecord(folder.path(), &["ingest", "articles.jsonl", "--quiet"]);
    let asked = review(folder.path(), "y\n");
    assert!(asked.contains("Is person Ruiz"), "{asked}");
    assert!(!asked.contains('\u{1b}') && !asked.contains('\u{7}'), "{asked:?}");
}

#[test]
fn review_asks_for_the_speaker_of_uncertain_words_that_many_print() {
    for (answer, speakers) in [("y\n", "Ana Ruiz\nAna Ruiz\n"), ("n\n", "\n\n")] {
        let golden = GoldenDatabase::new();
        let uncertain =
            "UPDATE quotes SET confidence = 0.4, speaker_id = 1, text = 'We act' WHERE id IN (2, 4)";
        sqlite3(&golden.path(), uncertain);
        let output = command(golden.folder())
            .args(["review", "--db", "golden.db"])
            .write_stdin(answer)
            .output()
            .expect("runs");
        let shown = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(shown.contains("Did Ana Ruiz say this, printed 2 times: We act"), "{shown}");
        let speaker = "SELECT speaker FROM who_said_what WHERE quote = 'We act' GROUP BY quote_id";
        assert_eq!(sqlite3(&golden.path(), speaker), speakers, "{shown}");
        let listed = onrecord(golden.folder(), &["review", "--list", "--db", "golden.db"]);
        assert!(!listed.contains("We act"), "{listed}");
    }
}

#[test]
fn an_article_that_does_not_mention_somebody_is_not_split_off() {
    let golden = GoldenDatabase::new();
    let split = ["--db", "golden.db", "split", "Nils Quist", "--article", "1", "--as", "Nils Berg"];
    let ended = onrecord(golden.folder(), &split);
    assert!(ended.starts_with("exit code 2"), "{ended}");
    assert!(ended.contains("article 1 does not mention Nils Quist"), "{ended}");
}
