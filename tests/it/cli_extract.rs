//! The extract command as a pipeline sees it: one line out for each line in, ids as given, offsets that hold.

use serde_json::Value;

use crate::support::{onrecord, run};

const LINES: &str = r#"{"id": "a1", "text": "“We will appeal,” said Ana Ruiz, the mayor of Porto Sereno."}
{"id": 7, "text": "😀 Leo Brandt said the pier was “not safe.”"}
{"id": "broken", "text": "no end
{"id": "odd", "text": "\ud800\u0000 “Never,” said Mira Costa."}
{"text": "No id, no quote."}
"#;

fn extract(arguments: &[&str], input: &str) -> (Vec<Value>, Option<i32>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let all: Vec<&str> = ["extract"].iter().chain(arguments).copied().collect();
    let ended = run(&mut onrecord(folder.path(), &all), input.as_bytes());
    let lines =
        ended.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    (lines, ended.code)
}

/// The words that a list of `[start, end]` pairs covers, counted in code points.
fn words(text: &str, spans: &Value) -> String {
    let characters: Vec<char> = text.chars().collect();
    let piece = |span: &Value| {
        let end = |index: usize| span[index].as_u64().expect("an offset is a number") as usize;
        characters[end(0)..end(1)].iter().collect::<String>()
    };
    spans.as_array().expect("a list of spans").iter().map(piece).collect::<Vec<_>>().join(" … ")
}

#[test]
fn every_line_in_gives_a_line_out_in_order() {
    let (lines, code) = extract(&["-"], LINES);
    assert_eq!(code, Some(3));
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0]["id"], "a1");
    assert_eq!(lines[1]["id"], 7);
    assert_eq!(lines[2]["line"], 3);
    assert!(lines[2]["error"].as_str().is_some_and(|error| !error.is_empty()));
    assert_eq!(lines[3]["id"], "odd");
    assert!(lines[4].get("id").is_none() && lines[4]["attributions"] == Value::Array(Vec::new()));
}

#[test]
fn the_id_is_the_one_of_the_line() {
    for (arguments, line, id) in [
        (&["-"][..], r#"{"id": 1, "id": [2], "text": "A."}"#, "[2]"),
        (&["-"], r#"{"id": null, "text": "A."}"#, "null"),
        (&["-"], r#"{"id": 1.50, "text": "A."}"#, "1.50"),
        (&["-"], r#"{"_id": "x", "text": "A."}"#, r#""x""#),
        (&["-", "--map", "id=nr"], r#"{"id": 1, "nr": "n", "text": "A."}"#, r#""n""#),
    ] {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let all: Vec<&str> = ["extract"].iter().chain(arguments).copied().collect();
        let ended = run(&mut onrecord(folder.path(), &all), line.as_bytes());
        assert!(ended.stdout.starts_with(&format!(r#"{{"id":{id},"#)), "{line} gave {}", ended.stdout);
    }
}

#[test]
fn offsets_count_code_points_of_the_text_as_given() {
    let (lines, _) = extract(&["-"], LINES);
    for (line, text, source, content) in [
        (
            0,
            "“We will appeal,” said Ana Ruiz, the mayor of Porto Sereno.",
            "Ana Ruiz, the mayor of Porto Sereno",
            "“We will appeal,”",
        ),
        (1, "😀 Leo Brandt said the pier was “not safe.”", "Leo Brandt", "the pier was “not safe.”"),
        (3, "\u{FFFD}\u{FFFD} “Never,” said Mira Costa.", "Mira Costa", "“Never,”"),
    ] {
        let attribution = &lines[line]["attributions"][0];
        assert_eq!(words(text, &attribution["source"]), source);
        assert_eq!(words(text, &attribution["content"]), content);
        let speaker = attribution["speaker"].as_u64().expect("the speaker is known");
        assert_eq!(lines[line]["entities"][speaker as usize]["id"], speaker);
    }
    assert!(lines[0].get("tokens").is_none());
}

#[test]
fn an_attribution_says_what_it_reports_and_whether_it_is_vouched_for() {
    let text = "Ana Ruiz, the mayor of Porto Sereno, said on Monday that the harbor would close for two weeks. Leo Brandt \
                believes the strike was a mistake. Mira Costa praised the rescuers.";
    let (lines, _) = extract(&["-"], &format!("{{\"text\": \"{text}\"}}\n"));
    let attributions = lines[0]["attributions"].as_array().expect("there are attributions");
    let said: Vec<(&str, bool)> = attributions
        .iter()
        .map(|one| (one["mode"].as_str().unwrap_or_default(), one["vouched"] == true))
        .collect();
    assert_eq!(said, [("speech", true), ("thought", true), ("attitude", false)]);
}

#[test]
fn tokens_come_when_asked_for_and_each_sentence_has_one_root() {
    let text = "Ana Ruiz left. Leo Brandt stayed in Porto Sereno.";
    let (lines, code) = extract(&["--tokens", "-"], &format!("{{\"text\": \"{text}\"}}\n"));
    assert_eq!(code, Some(0));
    let tokens = lines[0]["tokens"].as_array().expect("tokens are printed");
    for sentence in lines[0]["sentences"].as_array().expect("sentences are printed") {
        let inside = |token: &&Value| {
            token["start"].as_u64() >= sentence[0].as_u64() && token["end"].as_u64() <= sentence[1].as_u64()
        };
        let heads: Vec<u64> =
            tokens.iter().filter(inside).filter_map(|token| token["head"].as_u64()).collect();
        assert_eq!(heads.iter().filter(|head| **head == 0).count(), 1);
        assert!(heads.iter().all(|head| *head <= heads.len() as u64));
    }
}

#[test]
fn a_missing_path_is_a_wrong_call() {
    assert_eq!(extract(&["nowhere.jsonl"], "").1, Some(2));
}
