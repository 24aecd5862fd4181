//! What would be taken from a file and why, without a database.

use std::path::Path;

use onrecord::read::Options;
use serde_json::Value;

use crate::support::{Ended, archive, gzip, onrecord, program, run, run_onrecord, write};

const FIRST: &str = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said on Monday, because nobody had looked after it.";
const SECOND: &str =
    "“We will not pay for a second one,” she told the council, which had asked for a tunnel instead.";

fn inspect(folder: &Path, arguments: &[&str]) -> Ended {
    let ended = run_onrecord(folder, &[&["inspect"], arguments].concat());
    assert!(!folder.join("test.db").exists(), "no database is made");
    ended
}

fn json(folder: &Path, arguments: &[&str]) -> Vec<Value> {
    let ended = inspect(folder, &[arguments, &["--format", "json"]].concat());
    serde_json::from_str(&ended.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", ended.stdout, ended.stderr))
}

fn page() -> String {
    format!(
        "<!DOCTYPE html><html lang=en><title>Bridge to close - Post</title>\
         <meta property='og:title' content='Bridge closes in May'><meta name=author content='Leo Brandt'>\
         <meta property='article:published_time' content='2024-05-06'>\
         <script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"headline\": \"Bridge to close\", \
         \"datePublished\": \"some day\", \"author\": \"Ana Ruiz\"}}</script>\
         <body><main><h1>Bridge to close</h1><p>{FIRST}</p><figure><img src=x><figcaption>The bridge on Monday.</figcaption></figure>\
         <p>{SECOND}</p><div class=related-links><p>The tunnel that nobody wanted.</p></div></main></body></html>"
    )
}

#[test]
fn a_page_tells_where_each_value_stands_and_what_was_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a", page());
    let said = inspect(folder.path(), &["a"]);
    assert_eq!(said.code, Some(0), "{}", said.stderr);
    for line in [
        "format      html, recognized from its content",
        "encoding    UTF-8",
        "title       Bridge to close  [JSON-LD headline; the same in the page (h1)]",
        "            not taken: “Bridge closes in May”  [meta og:title]",
        "author      Ana Ruiz  [JSON-LD author]",
        "            not taken: “Leo Brandt”  [meta author]",
        "published   2024-05-06  [meta article:published_time]",
        "            not taken: “some day”  [JSON-LD datePublished]",
        "language    en  [the page (lang)]",
        "publisher   –",
        "cut         1 piece, captions: “The bridge on Monday.”",
    ] {
        assert!(said.stdout.lines().any(|found| found == line), "{line}\nis not in\n{}", said.stdout);
    }
    assert!(said.stdout.contains(&format!("| {FIRST}")), "{}", said.stdout);
    assert!(said.stdout.contains("The tunnel that nobody wanted"), "{}", said.stdout);

    let documents = json(folder.path(), &["a"]);
    let article = &documents[0]["article"];
    assert_eq!(article["published"]["found_in"], "meta article:published_time");
    assert_eq!(article["title"]["not_taken"][0]["found_in"], "meta og:title");
    assert_eq!(article["text"]["found_in"], "the page");
    assert_eq!(article["text"]["characters"], format!("{FIRST}\n\n{SECOND}").chars().count());
}

#[test]
fn what_is_said_is_what_ingest_takes() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in onrecord::read::FORMATS {
        let files = std::fs::read_dir(Path::new("tests/articles").join(format.name())).expect("is a folder");
        for file in files.map(|file| file.expect("is readable").path()) {
            if file.extension().is_some_and(|ending| ending == "articles") {
                continue;
            }
            let path = std::env::current_dir().expect("is there").join(&file);
            let found = json(folder.path(), &[&path.display().to_string(), "--limit", "100"]);
            let mut taken = Vec::new();
            let options = Options { pdf_program: Some(program().into()), ..Options::default() };
            let _ = onrecord::read::documents(&[path], &options, &mut |found| {
                if let onrecord::read::Found::Document(document) = found {
                    taken.extend(document.article(&options).ok());
                }
                std::ops::ControlFlow::Continue(())
            });
            let found: Vec<&Value> = found
                .iter()
                .map(|document| &document["article"])
                .filter(|article| !article.is_null())
                .collect();
            assert_eq!(found.len(), taken.len(), "{}", file.display());
            for (found, taken) in found.iter().zip(&taken) {
                let article = &taken.article;
                for (name, value) in [
                    ("title", &article.title),
                    ("author", &article.author),
                    ("publisher", &article.publisher),
                    ("published", &article.published_at),
                ] {
                    assert_eq!(found[name]["value"].as_str(), value.as_deref(), "{}: {name}", file.display());
                    assert_eq!(
                        found[name]["found_in"].is_string(),
                        value.is_some(),
                        "{}: {name}",
                        file.display()
                    );
                }
                let characters = article.body.chars().count();
                assert_eq!(found["text"]["characters"], characters, "{}", file.display());
            }
        }
    }
}

#[test]
fn fields_of_records_are_named_as_map_names_them() {
    let folder = tempfile::tempdir().expect("a folder");
    write(
        folder.path(),
        "a.json",
        "{\"fields\": {\"headline\": \"Bridge\", \"bodyText\": \"The bridge is closed.\"}, \"name\": \"b-1\",\
         \"text\": \"Short.\", \"erschienen\": \"20 September 2016\", \"author\": [\"Ann Lee\", \"Leo Brandt\"]}",
    );
    let documents = json(folder.path(), &["a.json"]);
    let article = &documents[0]["article"];
    for (what, value, place) in
        [("title", "b-1", "field name"), ("author", "Ann Lee, Leo Brandt", "field author")]
    {
        assert_eq!(article[what]["value"], value);
        assert_eq!(article[what]["found_in"], place);
    }
    assert_eq!(article["title"]["not_taken"][0]["found_in"], "field fields.headline");
    assert_eq!(article["text"]["found_in"], "field fields.bodyText");
    assert_eq!(article["text"]["not_taken"][0]["value"], "Short.");
    assert_eq!(article["published"]["value"], Value::Null);
    assert_eq!(documents[0]["fields"][0]["option"], "--map published=erschienen");
    let mapped =
        json(folder.path(), &["a.json", "--map", "published=erschienen", "--map", "title=fields.headline"]);
    assert_eq!(mapped[0]["article"]["published"]["value"], "2016-09-20");
    assert_eq!(mapped[0]["article"]["published"]["found_in"], "field erschienen");
    assert_eq!(mapped[0]["article"]["title"]["found_in"], "field fields.headline");
    assert_eq!(inspect(folder.path(), &["a.json", "--map", "published=datum"]).code, Some(3));

    // What was found and could not be made use of was not taken.
    write(
        folder.path(),
        "b.json",
        "{\"text\": \"One.\", \"date\": \"some day\", \"published\": \"3 May 2020\"}",
    );
    let said = inspect(folder.path(), &["b.json"]).stdout;
    assert!(said.contains("published   2020-05-03  [field published: “3 May 2020”]"), "{said}");
    write(folder.path(), "c.json", "{\"text\": \"One.\", \"date\": \"some day\"}");
    let said = inspect(folder.path(), &["c.json"]).stdout;
    for line in [
        "published   –",
        "            not taken: “some day”  [field date]",
        "doubt       the date “some day” cannot be read",
    ] {
        assert!(said.lines().any(|found| found == line), "{line}: {said}");
    }
}

#[test]
fn other_formats_say_where_their_values_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.md", "---\ndate: 2016-09-20\n---\n# The pier\n\nIt is closed.\n");
    write(folder.path(), "a.csv", "title,date,text\nT,2020-01-02,\"One, two.\"\n");
    write(folder.path(), "a.txt", b"The pier\n\nThe mayor\x92s caf\xE9 is closed.");
    write(
        folder.path(),
        "a.xml",
        "<rss><channel><title>Post</title><item><title>The pier</title><description>It is closed.</description>\
         <dc:date>2016-09-20</dc:date></item></channel></rss>",
    );
    for (file, format, what, place) in [
        ("a.md", "markdown", "title", "the first heading"),
        ("a.md", "markdown", "published", "front matter date"),
        ("a.md", "markdown", "text", "the text of the file"),
        ("a.csv", "csv", "published", "column date"),
        ("a.txt", "plain", "title", "the first line"),
        ("a.xml", "feed", "published", "dc:date"),
        ("a.xml", "feed", "publisher", "title of the feed"),
        ("a.xml", "feed", "text", "description"),
    ] {
        let documents = json(folder.path(), &[file]);
        assert_eq!(documents[0]["format"], format, "{file}");
        assert_eq!(documents[0]["article"][what]["found_in"], place, "{file}: {what}");
    }
    let documents = json(folder.path(), &["a.txt"]);
    assert_eq!(documents[0]["encoding"], "windows-1252");
    assert_eq!(documents[0]["recognized"], "recognized from its content");
    // Without front matter, nothing but its name tells it from plain text.
    write(folder.path(), "b.md", "# The pier\n\nIt is closed.\n");
    let documents = json(folder.path(), &["b.md"]);
    assert_eq!(documents[0]["recognized"], "recognized from the ending of its name");
    let forced = json(folder.path(), &["a.csv", "--input-format", "plain"]);
    assert_eq!(forced[0]["recognized"], "as --input-format says");
}

#[test]
fn the_first_of_an_archive_are_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl.gz", gzip(archive(0..5).as_bytes()));
    let said = inspect(folder.path(), &["a.jsonl.gz"]);
    assert_eq!(said.stdout.matches("document    a.jsonl.gz:").count(), 1, "{}", said.stdout);
    assert!(said.stdout.contains("lies in     gzip"), "{}", said.stdout);
    assert!(said.stderr.contains("there are more"), "{}", said.stderr);
    let said = inspect(folder.path(), &["a.jsonl.gz", "--limit", "5"]);
    assert_eq!(said.stdout.matches("document    a.jsonl.gz:").count(), 5);
    assert_eq!(said.stderr, "");
    let lines = inspect(folder.path(), &["a.jsonl.gz", "--limit", "3", "--format", "jsonl"]).stdout;
    assert_eq!(lines.lines().count(), 3);
    let rows = inspect(folder.path(), &["a.jsonl.gz", "--format", "csv"]).stdout;
    assert!(rows.starts_with("document,what,value,found_in,taken\n"), "{rows}");
    let piped = run(&mut onrecord(folder.path(), &["inspect", "-"]), archive(0..2).as_bytes());
    assert!(piped.stdout.contains("document    -:1"), "{}", piped.stdout);
}

#[test]
fn what_would_be_rejected_is_said_with_the_next_step() {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), "a.jsonl", "{\"text\": \"\u{1b}[31m\" oops}\n");
    let said = inspect(folder.path(), &["a.jsonl"]);
    assert_eq!(said.code, Some(3));
    assert!(!said.stdout.contains('\u{1b}'));
    for part in [
        "rejected    it is not valid JSON",
        "(broken_json)",
        "begins      {\"text\"",
        "next        mend the JSON",
    ] {
        assert!(said.stdout.contains(part), "{part}: {}", said.stdout);
    }
    let documents = json(folder.path(), &["a.jsonl"]);
    assert_eq!(documents[0]["rejected"]["kind"], "broken_json");
    assert_eq!(inspect(folder.path(), &["none"]).code, Some(2));
}
