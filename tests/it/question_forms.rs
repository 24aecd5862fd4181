//! What questions mean, which are refused, and how both are documented.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use onrecord::error::Error;
use onrecord::query::question::Section;
use onrecord::query::question::parse::{self, Reading};
use onrecord::query::question::vocabulary::Vocabulary;

/// An archive of a few names.
struct Archive;

impl Vocabulary for Archive {
    fn is_name(&self, words: &str) -> bool {
        const NAMES: [&str; 6] =
            ["ana ruiz", "lia okafor", "porto", "harbor bank", "porto courier", "porto in bloom"];
        NAMES.contains(&words.to_lowercase().as_str())
    }

    fn is_publisher(&self, words: &str) -> bool {
        ["porto courier", "the porto courier"].contains(&words.to_lowercase().as_str())
    }

    fn frequency(&self, word: &str) -> usize {
        if ["hailed", "voted"].contains(&word) { 100 } else { 0 }
    }
}

/// A Tuesday.
fn read(question: &str) -> Result<Reading, Error> {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
    parse::read(question, today, &Archive)
}

/// The lines of a table that are neither empty nor remarks, cut at tabs.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with("# "));
    lines.map(|line| line.split_once('\t').unwrap_or((line, "")))
}

#[test]
fn questions_mean_their_flags() {
    let table = include_str!("questions/understood.tsv");
    let mut wrong = String::new();
    for (question, flags) in rows(table) {
        let read = match read(question) {
            Ok(reading) => reading.question.to_flags(),
            Err(error) => format!("error: {error}; {:?}", error.hints()),
        };
        if read != flags {
            let _ = writeln!(wrong, "{question}\t{read}");
        }
    }
    assert!(wrong.is_empty(), "these mean something else:\n{wrong}");
    assert!(rows(table).count() >= 250, "{} questions", rows(table).count());
}

#[test]
fn other_questions_are_refused_with_the_words_named() {
    let table = include_str!("questions/refused.tsv");
    let mut wrong = String::new();
    for (question, named) in rows(table) {
        let said = match read(question) {
            Ok(reading) => format!("understood as {}", reading.question.to_flags()),
            Err(error) => {
                let hint = error.hints().first().cloned().unwrap_or_default();
                let words = hint.split('"').nth(1).unwrap_or_default();
                match hint.as_str() {
                    hint if hint.starts_with("these words") => format!("- {words}"),
                    hint if hint.starts_with("no form") || hint.starts_with("the nearest") => {
                        format!("? {}", &hint[hint.find('"').unwrap_or(0)..])
                    }
                    _ => format!("! {error}"),
                }
            }
        };
        if said != named {
            let _ = writeln!(wrong, "{question}\t{said}");
        }
    }
    assert!(wrong.is_empty(), "these are refused otherwise, or not at all:\n{wrong}");
    assert!(rows(table).count() >= 60, "{} questions", rows(table).count());
}

const MARK: &str = "<!-- from here on: UPDATE=1 cargo test question_forms -->\n";

/// How many forms of a section are documented pattern by pattern, where the others are like them but for their verb.
fn alike(section: Section) -> usize {
    if section == Section::Acts { 3 } else { 1 }
}

/// The part of docs/questions.md that is made from the tables.
fn documented() -> String {
    let mut text = String::new();
    let forms: Vec<parse::FormHelp> = parse::forms().collect();
    for section in Section::ALL {
        let _ = writeln!(text, "\n## {}\n\n| question | flags |\n| --- | --- |", section.title());
        for form in forms.iter().filter(|form| form.section == section) {
            let also: String = form.also.iter().map(|also| format!("<br>{also}")).collect();
            let _ = writeln!(text, "| {}{also} | `{}` |", form.example, form.question.to_flags());
        }
    }
    text.push_str("\n## What may stand with any question\n\n| question | adds |\n| --- | --- |\n");
    for (example, _) in parse::modifiers() {
        let question = read(example).expect("an example is understood").question;
        let _ = writeln!(text, "| {example} | `{}` |", question.to_flags());
    }
    text.push_str("\n## The grammar\n\nThe classes:\n\n```text\n");
    for (name, words) in parse::classes() {
        let _ = writeln!(text, "{name} = {words}");
    }
    text.push_str("```\n\nThe patterns, in the order in which they are tried, each group under its example. Acts of speech ask \
         in the ways of the first three, verbs of saying and deeds each in those of the first:\n\n```text\n");
    let mut shown: Vec<(Section, &str)> = Vec::new();
    for form in &forms {
        // Verbs and acts all ask in the same ways: those of the first stand for those of the others.
        let is_one_of_many = matches!(form.section, Section::Acts | Section::Cues | Section::Deeds);
        if is_one_of_many
            && shown.iter().filter(|(section, _)| *section == form.section).count() >= alike(form.section)
        {
            continue;
        }
        shown.push((form.section, &form.example));
        let _ = writeln!(text, "# {}", form.example);
        for pattern in &form.patterns {
            let _ = writeln!(text, "{pattern}");
        }
    }
    text.push_str(
        "```\n\nWhat may stand at the end, before the topic, or before the word for quotes:\n\n```text\n",
    );
    for pattern in parse::modifiers().flat_map(|(_, patterns)| patterns) {
        let _ = writeln!(text, "{pattern}");
    }
    text.push_str("```\n");
    text
}

#[test]
fn the_documentation_has_every_form() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/questions.md");
    let written = fs::read_to_string(&path).expect("docs/questions.md can be read");
    let (by_hand, _) = written.split_once(MARK).expect("docs/questions.md has its mark");
    let expected = format!("{by_hand}{MARK}{}", documented());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &expected).expect("docs/questions.md can be written");
        return;
    }
    assert!(written == expected, "docs/questions.md is out of date: run UPDATE=1 cargo test question_forms");
}

#[test]
fn what_is_corrected_is_said() {
    for (question, remarks) in [
        ("who critized Ana Ruiz?", &["read \"critized\" as \"criticized\""][..]),
        ("waht did Ana Ruiz sya about Porto?", &["read \"waht\" as \"what\"", "read \"sya\" as \"say\""]),
        ("who criticized Ana Ruiz?", &[]),
    ] {
        let reading = read(question).expect("it is understood");
        assert_eq!(reading.remarks, remarks, "{question}");
    }
    // A name is never changed, however near it is to a word of the grammar.
    let reading = read("what did Say Quote say?").expect("it is understood");
    assert_eq!(reading.question.speaker.as_deref(), Some("Say Quote"));
}

#[test]
fn a_refusal_has_forms_with_the_names_of_the_question() {
    let error = read("how did Lia Okafor react to \"the fire\"?").expect_err("it is not understood");
    let forms: Vec<&String> = error.hints().iter().filter(|hint| hint.starts_with("ask like this")).collect();
    assert_eq!(forms.len(), 3);
    assert!(forms.iter().all(|form| form.contains("Lia Okafor") || form.contains("the fire")), "{forms:?}");
}
