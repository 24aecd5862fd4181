//! Whatever text an archive holds, each output format shows it as text: nothing acts on a terminal, a spreadsheet or a page.

use onrecord::query::output::{Cell, OutputFormat, Screen, writer};
use onrecord::terminal::is_unsafe;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::support::{onrecord, run, write};

/// Texts that would act on something if they were not guarded.
const HOSTILE: [&str; 36] = [
    "",
    " ",
    "=HYPERLINK(\"https://evil.example\",\"a\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\u{feff}=1+1",
    "＝1+1",
    "[a](https://evil.example)",
    "![a](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<!-- hidden -->",
    "&lt;b&gt; &#x202e; &amp;",
    "a | b || c",
    "\\| \\\\| \\\\\\|",
    "ends in \\",
    "`code` ``more`` ```",
    "# header",
    "\n# header\n\n- list\n\n---\n",
    "**bold** _so_ __too__ ~~gone~~ *x*",
    "$E = mc^2$ $$x$$",
    "[^1] [x]: https://evil.example",
    "[x] [ ] - [x] done",
    "5 ^ 3 ~ 2 ! #7",
    "\u{1b}[31m\u{1b}]0;title\u{7}",
    "\u{9b}31m\u{85}\u{7f}\u{0}",
    "abc\u{202e}fed\u{2066}\u{2069}\u{200f}",
    "one\u{2028}two\u{2029}three",
    "z\u{200b}w\u{200d}j\u{ad}\u{feff}\u{E0041}",
    "\"quoted\", 'so', and\r\nover lines",
    "“Señor” – 株式会社 \u{1F600}",
];

fn written(format: OutputFormat, columns: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut out = Vec::new();
    let mut sink = writer(format, Screen { width: Some(80), ..Screen::default() }, &mut out);
    sink.columns(columns).expect("memory takes it");
    rows.iter().for_each(|row| sink.row(row).expect("memory takes it"));
    sink.finish().expect("memory takes it");
    drop(sink);
    String::from_utf8(out).expect("is UTF-8")
}

/// Writes one hostile row beside a tame one in all formats and reads each back.
fn check(one: &str, other: &str) {
    let text = |text: &str| Cell::Text(text.to_owned());
    let rows =
        [vec![text(one), text(other), Cell::Integer(-5)], vec![text("a"), Cell::Null, Cell::Real(-0.5)]];
    let columns = ["speaker", "quote", one];
    for format in OutputFormat::ALL {
        let shown = written(format, &columns, &rows);
        if !matches!(format, OutputFormat::Csv | OutputFormat::CsvRaw) {
            let raw = shown.chars().find(|character| is_unsafe(*character) && *character != '\n');
            assert_eq!(raw, None, "{format:?}: {shown:?}");
        }
        match format {
            OutputFormat::Json | OutputFormat::Jsonl => json_reads_back(&shown, &columns[..2], one, other),
            OutputFormat::Csv => csv_holds_no_formula(&shown, one, other),
            OutputFormat::CsvRaw => {
                let rows = read_csv(&shown);
                assert_eq!(
                    (rows[1][0].as_str(), rows[1][1].as_str(), rows[0][2].as_str()),
                    (one, other, one)
                );
            }
            OutputFormat::Markdown => markdown_is_text(&shown, one, other),
            _ => {}
        }
    }
}

fn json_reads_back(shown: &str, columns: &[&str], one: &str, other: &str) {
    let first = shown.trim_start_matches("[\n").lines().next().unwrap_or_default().trim_end_matches(',');
    let object: serde_json::Value = serde_json::from_str(first).expect(first);
    if columns.contains(&one) || one == "speaker" {
        return;
    }
    assert_eq!((&object[columns[0]], &object[columns[1]]), (&one.into(), &other.into()), "{shown}");
    assert_eq!(object[one], -5, "{shown}");
    assert!(
        serde_json::Deserializer::from_str(shown).into_iter::<serde_json::Value>().all(|value| value.is_ok())
    );
}

fn read_csv(shown: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(shown.as_bytes());
    let rows = reader.records().map(|row| row.expect("is CSV").iter().map(str::to_owned).collect());
    rows.collect()
}

fn csv_holds_no_formula(shown: &str, one: &str, other: &str) {
    let rows = read_csv(shown);
    assert!(rows.len() == 3 && rows.iter().all(|row| row.len() == 3), "{shown:?}");
    for (cell, text) in [(&rows[0][2], one), (&rows[1][0], one), (&rows[1][1], other)] {
        assert!(cell == text || cell.strip_prefix('\'') == Some(text), "{cell:?} for {text:?}");
    }
    for cell in rows.iter().flatten() {
        let begin =
            cell.trim_start_matches(|character: char| character.is_whitespace() || is_unsafe(character));
        let acts = begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || cell.starts_with(['\t', '\r', '\n']);
        assert!(!acts || cell.parse::<f64>().is_ok(), "{cell:?}");
    }
    // Numbers stay numbers.
    assert_eq!((rows[1][2].as_str(), rows[2][2].as_str()), ("-5", "-0.5"));
}

/// A reader of Markdown finds one table of three by three cells, and in the cells nothing but the text.
fn markdown_is_text(shown: &str, one: &str, other: &str) {
    let mut cells: Vec<String> = Vec::new();
    for event in Parser::new_ext(shown, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
        match event {
            Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow) | Event::End(_) => {}
            Event::Start(Tag::TableCell) => cells.push(String::new()),
            Event::Text(text) => cells.last_mut().expect("is in a cell").push_str(&text),
            event => panic!("{event:?} in {shown:?}"),
        }
    }
    let plain =
        |text: &str| onrecord::terminal::one_line(text).trim_matches([' ', '\u{c}', '\u{b}']).to_owned();
    let expected = ["speaker", "quote", one, one, other, "-5", "a", "", "-0.5"].map(plain);
    assert_eq!(cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>(), expected, "{shown:?}");
}

#[test]
fn hostile_text_is_shown_as_text() {
    for one in HOSTILE {
        check(one, "words");
        for other in HOSTILE {
            check("words", &format!("{one}{other}"));
        }
    }
}

/// Every command, on an archive whose every text is hostile; CSV is for spreadsheets and keeps text as it is.
#[test]
fn no_command_lets_stored_text_act_on_a_terminal() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = "\u{1b}[31m\u{9b}\u{7f}\u{85}\u{202e}\u{2028}\u{200b}\u{feff}\u{E0041}";
    // A line separator ends a paragraph, and with it a quotation.
    let inside = bad.replace('\u{2028}', "");
    let article = serde_json::json!({
        "id": format!("x{bad}"), "title": format!("Ferry{bad} sails"), "publisher": format!("The {bad}Courier"),
        "url": format!("https://news.example/{bad}"), "author": format!("June{bad} Okoro"),
        "text": format!("“We act{inside} now for Valdora,” said Ana Ruiz, the mayor of Porto Sereno. {bad} “Never,” she said."),
    });
    // As strangers write it: raw, not as escapes.
    write(folder.path(), "a.jsonl", format!("{article}\n{{\"id\": \"broken{bad}\n"));
    let mut json = 0;
    for (arguments, code) in [
        (&["ingest", "-v", "a.jsonl"][..], 3),
        (&["rename", "Ana Ruiz", &format!("Ana{bad} Ruiz"), "--note", bad], 0),
        (&["saved", "add", "mine", "who said what about Valdora?", "--description", bad], 0),
        (&["saved", "list"], 0),
        (&["saved", "list", "--format", "json"], 0),
        (&["saved", "show", "mine"], 0),
        (&["query", "--kind", "direct"], 0),
        (&["query", "--kind", "direct", "--format", "json"], 0),
        (&["query", "--kind", "direct", "--format", "jsonl"], 0),
        (&["query", "--kind", "direct", "--format", "markdown"], 0),
        (&["query", "--speaker", bad], 0),
        (&["query", "--sql", "SELECT * FROM articles", "--format", "jsonl"], 0),
        (&["query", "--sql", &format!("SELECT '{bad}' AS \"{bad}\""), "--format", "json"], 0),
        (&["query", "--sql", &format!("SELECT '{bad}' AS \"{bad}\"")], 0),
        (&["query", "--sql", &format!("SELECT {bad}")], 2),
        (&["explain", "1"], 0),
        (&["explain", "1", "--format", "json"], 0),
        (&["explain", "1", "--format", "jsonl"], 0),
        (&["explain", bad], 2),
        (&["cite", "1"], 0),
        (&["cite", "1", "--open"], 0),
        (&["cite", "1", "--style", "bibtex"], 0),
        (&["cite", "1", "--style", "csl-json", "--format", "json"], 0),
        (&["cite", "1", "--format", "json"], 0),
        (&["draft", "a.jsonl"], 3),
        (&["draft", "a.jsonl", "--format", "jsonl"], 3),
        (&["draft", "a.jsonl", "--format", "table"], 3),
        (&["extract", "a.jsonl"], 3),
        (&["corrections", "list"], 0),
        (&["corrections", "export"], 0),
        (&["stats"], 0),
        (&["stats", "--format", "json"], 0),
        (&["check"], 0),
        (&["review", "--list"], 0),
    ] {
        let ended = run(&mut onrecord(folder.path(), arguments), b"");
        assert_eq!(ended.code, Some(code), "{arguments:?}: {}", ended.stderr);
        for text in [&ended.stdout, &ended.stderr] {
            let raw = text.chars().find(|character| is_unsafe(*character) && *character != '\n');
            assert_eq!(raw, None, "{arguments:?}: {text:?}");
        }
        let is_json = arguments.iter().any(|word| ["json", "jsonl", "extract", "export"].contains(word));
        if is_json {
            json += 1;
            let values = serde_json::Deserializer::from_str(&ended.stdout).into_iter::<serde_json::Value>();
            let values: Vec<_> = values.collect::<Result<_, _>>().expect("is JSON");
            assert!(!values.is_empty(), "{arguments:?}");
        }
    }
    assert!(json > 8);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_shown_as_text(one in any::<String>(), other in any::<String>()) {
        check(&one, &other);
    }

    #[test]
    fn marks_in_any_order_are_shown_as_text(
        one in "[ \\t\\r\\n=+@|\\\\*`<>\\[\\]()!#_~&;$^:/.a1'\"{}-]{0,24}",
        other in "[ |\\\\*`<>\\[\\]()!#_~&;x-]{0,24}",
    ) {
        check(&one, &other);
    }
}
