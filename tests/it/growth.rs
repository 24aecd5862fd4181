//! Time grows with a text and no faster, whatever the text repeats; a long one is analyzed in parts, a very long one not to
//! its end, and a stop is heard in between. The patterns are those that `eval/growth.py` measures at full size.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use onrecord::annotate::Model;
use onrecord::article::Article;
use onrecord::ingest::{self, IngestSettings};
use onrecord::pipeline::{analyze, analyze_until};
use onrecord::store::check::{CheckResult, check};
use onrecord::store::{Correction, Store, Verdict};

use crate::cli_check::Silent;
use crate::robust::assert_sound;
use crate::support::{known_facts, write};

/// What a text begins with, what is repeated in it, and what that is called.
struct Pattern {
    name: String,
    once: String,
    unit: String,
}

fn patterns() -> Vec<Pattern> {
    let lines = include_str!("../../eval/patterns.jsonl").lines();
    let pattern = |line| {
        let row: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        let [name, once, unit] =
            ["name", "once", "unit"].map(|key| row[key].as_str().unwrap_or("").to_owned());
        Pattern { name, once, unit }
    };
    lines.map(pattern).collect()
}

impl Pattern {
    /// A text of about so many bytes; in braces stands what is different each time.
    fn text(&self, size: usize) -> String {
        let mut text = self.once.clone();
        let mut number = 0;
        while text.len() < size {
            let (person, next, word) = (person(number), person(number + 1), letters(number + 700));
            let unit = self.unit.replace("{person}", &person).replace("{PERSON}", &person.to_uppercase());
            let capital = word[..1].to_uppercase() + &word[1..];
            let unit = unit.replace("{next}", &next).replace("{Word}", &capital);
            text.push_str(&unit.replace("{WORD}", &word.to_uppercase()));
            number += 1;
        }
        text
    }
}

/// One of 100 names, then others by number.
fn person(number: usize) -> String {
    const FIRST: [&str; 10] = ["Ana", "Leo", "Mia", "Teo", "Ida", "Max", "Eva", "Tom", "Zoe", "Ben"];
    const LAST: [&str; 10] =
        ["Ruiz", "Brandt", "Sand", "Holm", "Vidal", "Okoro", "Lind", "Moreau", "Kaya", "Novak"];
    format!("{} {}{}", FIRST[number % 10], LAST[number / 10 % 10], letters(number / 100))
}

/// A number written in letters.
fn letters(mut number: usize) -> String {
    let mut out = String::new();
    while number > 0 {
        out.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    out
}

/// The time that this thread has had of a processor; the clock on the wall where the system does not tell.
fn spent(since: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// The shortest of so many times that an analysis takes.
fn time(text: &str, times: usize) -> Duration {
    let article = Article::from_text(text);
    let since = Instant::now();
    let once = || {
        let before = spent(since);
        assert_sound(&analyze(&article, Model::embedded()));
        spent(since) - before
    };
    (0..times).map(|_| once()).min().unwrap_or_default()
}

#[test]
fn no_pattern_takes_more_than_its_share_of_time() {
    let patterns = patterns();
    assert!(patterns.len() >= 60);
    let mut slow = Vec::new();
    for pattern in &patterns {
        let small = time(&pattern.text(6_000), 2).max(Duration::from_millis(2));
        let large = time(&pattern.text(24_000), 1);
        // Four times the text in at most seven times the time; measured again before it is believed.
        if large > small * 7 && time(&pattern.text(24_000), 3) > time(&pattern.text(6_000), 3) * 7 {
            slow.push(format!("{}: {small:?}, then {large:?}", pattern.name));
        }
    }
    assert!(slow.is_empty(), "time grows faster than the text:\n{}", slow.join("\n"));
}

/// What looks at a sentence from each of its words takes the square of its length, which is bounded therefore.
#[test]
fn no_sentence_is_longer_than_is_read_at_once() {
    for unit in ["go, ", "Ana Ruiz and ", "said that he told them and ", "((", "а\u{301}"] {
        let article = Article::from_text(unit.repeat(3000));
        let analysis = analyze(&article, Model::embedded());
        let lengths = analysis.text.document.sentences.iter().map(|sentence| sentence.len());
        assert!(lengths.max().is_some_and(|longest| longest <= 1000), "{unit}");
        let cut =
            analysis.warnings.iter().filter(|warning| warning.message.contains("so long that it is cut"));
        let tokens = analysis.text.document.tokens.len();
        assert_eq!(cut.count() > 0, tokens >= 1000, "{unit}: what is cut is said");
    }
}

/// A book: chapters in which the same people speak, each of about 400 words and marks.
fn book(chapters: usize) -> String {
    let chapter = |number: usize| {
        let who = person(number % 40);
        let filler = "The boats lay in the harbor and nobody went out that day. ".repeat(25);
        format!("{who} walked to the pier.\n\n“The tide number {number} is late,” said {who}. {filler}\n\n")
    };
    (0..chapters).map(chapter).collect()
}

#[test]
fn a_book_is_analyzed_in_parts_and_its_facts_are_those_of_one_text() {
    let body = book(160);
    assert_eq!(body.matches("said").count(), 160);
    let article = Article::from_text(&*body);
    let analysis = analyze(&article, Model::embedded());
    assert_sound(&analysis);
    assert_eq!(analysis.unread, None);
    let document = &analysis.text.document;
    assert!(document.tokens.last().is_some_and(|token| token.span.end() == body.trim_end().len()));
    assert_eq!(document.tokens.len(), analysis.text.tags.len());
    let facts = &analysis.facts;
    // One entity a person, however many parts they speak in.
    let people: Vec<&str> = (facts.entities.iter())
        .filter(|entity| entity.kind == onrecord::EntityKind::Person)
        .map(|entity| entity.name.as_str())
        .collect();
    let distinct: std::collections::BTreeSet<&str> = people.iter().copied().collect();
    assert_eq!(people.len(), distinct.len(), "{people:?}");
    let said = |number: usize| {
        let words = format!("The tide number {number} is late");
        let quote = facts.quotes.iter().find(|quote| quote.content[0].slice(&body).contains(&words));
        quote.and_then(|quote| quote.speaker).map(|speaker| facts.entities[speaker.index()].name.clone())
    };
    let right = (0..160).filter(|number| said(*number) == Some(person(number % 40))).count();
    assert!(right > 150, "{right} of 160");
}

#[test]
fn of_a_text_without_end_the_beginning_is_analyzed_and_the_rest_is_told() {
    // A run of letters counts as a word for every 16 of them.
    let body = "a".repeat(5_000_000);
    let article = Article::from_text(&*body);
    let analysis = analyze(&article, Model::embedded());
    let unread = analysis.unread.expect("the end is not analyzed");
    assert_eq!((unread.start(), unread.end()), (3_200_000, 5_000_000));
    assert_eq!(analysis.text.document.tokens.last().map(|token| token.span.end()), Some(3_200_000));
}

#[test]
fn what_is_told_to_stop_gives_nothing() {
    let article = Article::from_text("Ana Ruiz left.");
    let stop = AtomicBool::new(true);
    assert!(analyze_until(&article, Model::embedded(), &stop).is_none());
    stop.store(false, Ordering::Relaxed);
    let analysis = analyze_until(&article, Model::embedded(), &stop).expect("nobody stops it");
    assert_eq!(analysis.facts.entities.len(), 1);
}

/// How long a correction of a quote of an article with so many takes, and then a check of the database.
fn correct_and_check(quotes: usize) -> [Duration; 2] {
    let folder = tempfile::tempdir().expect("a folder");
    let quote =
        |number: usize| format!("Mayor Ana Ruiz met Leo Brandt. “We saw Mira Costa at pier {number}.” ");
    let body: String = (0..quotes).map(quote).collect();
    let line = serde_json::json!({ "id": "long", "published": "2020-01-01", "text": body }).to_string();
    let inputs = vec![write(folder.path(), "long.jsonl", line)];
    let db = folder.path().join("test.db");
    let settings = IngestSettings { inputs, ..IngestSettings::default() };
    ingest::run(&db, &settings, &known_facts, &mut Silent, &Default::default()).expect("is ingested");
    let since = Instant::now();
    let started = spent(since);
    let mut store = Store::open(&db).expect("opens");
    let verdict = Verdict::Speaker(store.quote_name(1).expect("is there"), None);
    store.correct(&[Correction { verdict, note: None, created_at: None }]).expect("is corrected");
    drop(store);
    let corrected = spent(since);
    let hold = &mut |finding: &_| {
        let onrecord::store::check::Finding { check, result } = finding;
        assert_eq!(*result, CheckResult::Holds, "{check}");
    };
    check(&db, hold).expect("is checked");
    [corrected - started, spent(since) - corrected]
}

#[test]
fn a_text_is_read_once_however_many_quotes_it_has() {
    let [small, large] = [500, 2000].map(correct_and_check);
    for (what, small, large) in [("a correction", small[0], large[0]), ("a check", small[1], large[1])] {
        let bound = small.max(Duration::from_millis(4)) * 9;
        assert!(large < bound, "{what}: {small:?} for 500 quotes, {large:?} for 2000");
    }
}
