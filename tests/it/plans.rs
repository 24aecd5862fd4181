//! How questions are answered: along indexes, whatever the size of the archive.

use chrono::NaiveDate;
use onrecord::query::plan;
use onrecord::query::question::{Question, parse};

use crate::golden_database::GoldenDatabase;

/// The plan of a question, without the parts that go through a list of ids.
fn steps(golden: &GoldenDatabase, question: &Question) -> Vec<String> {
    let lines = plan(&golden.reader(), question).expect("the question has a plan");
    lines.into_iter().filter(|line| !line.contains("json_each") && !line.contains("VIRTUAL TABLE")).collect()
}

#[test]
fn no_question_goes_through_a_whole_table() {
    let golden = GoldenDatabase::new();
    let today = NaiveDate::from_ymd_opt(2017, 5, 10).expect("a day");
    let more = [
        "what did Ruiz say about Porto and Harbor Bank since 2016?",
        "who said what about the price of bread in 2017?",
        "what did Ana Ruiz say about bread?",
        "who said what about Harbor Bank and Ana Ruiz?",
    ];
    let examples = parse::examples().into_iter().map(|(example, question)| (example, question.clone()));
    let more =
        more.iter().map(|words| ((*words).to_owned(), parse::parse(words, today).expect("it is understood")));
    for (words, question) in examples.chain(more) {
        // Nothing narrows that one: every quote is counted, along the index of speakers.
        if words == "who is quoted most?" {
            continue;
        }
        for step in steps(&golden, &question) {
            let whole =
                ["articles", "quotes", "quote_subjects", "mentions", "entities", "aliases", "relationships"]
                    .iter()
                    .any(|table| {
                        step == format!("SCAN {table}") || step.starts_with(&format!("SCAN {table} "))
                    });
            assert!(!whole, "{words}: {step}");
        }
    }
}

#[test]
fn the_newest_rows_come_without_sorting() {
    let golden = GoldenDatabase::new();
    let name = |name: &str| Some(name.to_owned());
    for question in [
        Question { speaker: name("Ana Ruiz"), ..Question::default() },
        Question { about: vec!["Harbor Bank".into()], ..Question::default() },
        Question { about: vec!["Harbor Bank".into()], kind: name("direct"), ..Question::default() },
        Question { speaker: name("Ana Ruiz"), about: vec!["Harbor Bank".into()], ..Question::default() },
        Question { speaker: name("Ana Ruiz"), kind: name("direct"), ..Question::default() },
        Question { kind: name("direct"), ..Question::default() },
        Question {
            period: onrecord::dates::parse_phrase("in 2017", NaiveDate::default()).expect("a date"),
            ..Question::default()
        },
    ] {
        let steps = steps(&golden, &question);
        let first = steps.first().map(String::as_str).unwrap_or_default();
        assert!(first.contains("USING INDEX") || first.contains("USING COVERING INDEX"), "{steps:?}");
        // The subjects of one quote are put in order; quotes are not.
        let sorted = steps
            .iter()
            .take_while(|step| !step.contains("quotes USING INTEGER PRIMARY KEY"))
            .any(|step| step.contains("TEMP B-TREE"));
        assert!(!sorted, "{}: {steps:?}", question.to_flags());
    }
}
