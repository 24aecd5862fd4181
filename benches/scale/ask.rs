//! Asks each promised form of a question with many names, and measures how long the answers take.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use onrecord::error::Error;
use onrecord::query::output::{Cell, Sink};
use onrecord::query::question::parse;
use onrecord::query::{self, Archive, Audience};
use onrecord::store::open_read_only;
use rusqlite::Connection;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

/// The promised forms; `{S}` and `{T}` stand for people, `{X}` for anybody and anything, `{O}` for organizations, `{W}` for four words of a quote and `{N}`
/// for one.
const FORMS: [&str; 22] = [
    "who said what about {X}?",
    "what was said about {X} in 2016?",
    "what did {S} say?",
    "what did {S} say about {X}?",
    "what has {S} said about {X} since 2017?",
    "who said \"{W}\"?",
    "when did {S} last speak about {X}?",
    "how often did {S} mention {X}?",
    "how often was {S} quoted per year?",
    "who is quoted most about {X}?",
    "who is quoted most in 2016?",
    "who is {S}?",
    "who leads {O}?",
    "who works for {O}?",
    "who met {S}?",
    "whom did {S} accuse?",
    "who criticized {S}?",
    "how are {S} and {T} related?",
    "what did {S} promise?",
    "who said what about the {N}?",
    "compare what {S} and {T} said about {X}",
    "what did {S} say about {X} in articles by the {P}?",
];

/// So often another name is drawn where two have to differ.
const DRAWS: usize = 20;

/// With how many names each form is asked.
const NAMES: usize = 60;

/// Takes rows as a reader's page does, and keeps none.
struct Nowhere;

impl Sink for Nowhere {
    fn columns(&mut self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    fn row(&mut self, _: &[Cell]) -> Result<(), Error> {
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}

fn failed(cause: rusqlite::Error) -> Error {
    Error::new("cannot read the database").because(cause)
}

/// Numbers that look drawn and are the same each time: Knuth's linear congruential generator.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0) % end.max(1)
    }
}

/// Prints a line for each form: articles, bytes of the file, form, median and 99th percentile in milliseconds, warm.
pub(crate) fn all(path: &Path) -> Result<(), Error> {
    let db = open_read_only(path)?;
    let articles: i64 =
        db.query_row("SELECT count(*) FROM articles", [], |row| row.get(0)).map_err(failed)?;
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    let archive = Archive::new(&db);
    let mut draw = Draw(7);
    let today = NaiveDate::from_ymd_opt(2020, 6, 1).unwrap_or_default();
    println!("articles,bytes,question,median_ms,p99_ms,worst");
    for form in FORMS {
        let mut times: Vec<(Duration, String)> = Vec::new();
        let asked = if form.contains('{') { NAMES } else { 3 };
        let mut drawn = 0;
        while times.len() < asked && drawn < 10 * asked {
            drawn += 1;
            let words = filled(&db, form, &mut draw)?;
            // Words from the middle of a quote may be no topic.
            if parse::read(&words, today, &archive).is_err() {
                continue;
            }
            let ask = || -> Result<Duration, Error> {
                let start = Instant::now();
                let question = parse::read(&words, today, &archive)?.question;
                query::answer(&db, &question, Audience::Readers, &mut Nowhere)?;
                Ok(start.elapsed())
            };
            // The first time warms the pages that it needs.
            ask()?;
            times.push((ask()?, words.clone()));
        }
        times.sort();
        let at = |share: usize| millis(times[(times.len() * share / 100).min(times.len() - 1)].0);
        let worst = times.last().map_or("", |(_, words)| words.as_str());
        println!("{articles},{bytes},\"{form}\",{:.1},{:.1},\"{}\"", at(50), at(99), worst.replace('"', "'"));
    }
    Ok(())
}

/// Answers one question twice and prints, for the second time, what each statement took that took a millisecond or more.
pub(crate) fn traced(path: &Path, words: &str) -> Result<(), Error> {
    let mut db = open_read_only(path)?;
    let today = NaiveDate::from_ymd_opt(2020, 6, 1).unwrap_or_default();
    for again in [false, true] {
        if again {
            let report = |event: TraceEvent<'_>| {
                if let TraceEvent::Profile(statement, took) = event
                    && took >= Duration::from_millis(1)
                {
                    let sql = statement.expanded_sql().unwrap_or_else(|| statement.sql().into_owned());
                    println!("{:.1} ms: {sql}\n", millis(took));
                }
            };
            db.trace_v2(TraceEventCodes::SQLITE_TRACE_PROFILE, Some(report)).map_err(failed)?;
        }
        let start = Instant::now();
        let question = parse::read(words, today, &Archive::new(&db))?.question;
        let read = start.elapsed();
        query::answer(&db, &question, Audience::Readers, &mut Nowhere)?;
        println!("read in {:.1} ms, answered in {:.1} ms", millis(read), millis(start.elapsed() - read));
    }
    Ok(())
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A form with names drawn as often as articles mention them.
fn filled(db: &Connection, form: &str, draw: &mut Draw) -> Result<String, Error> {
    let mut words = form.to_owned();
    for (slot, sql) in [
        (
            "{S}",
            "SELECT entities.name FROM quotes CROSS JOIN entities ON entities.id = quotes.speaker_id WHERE quotes.id >= :at AND entities.kind = 'person' LIMIT 1",
        ),
        (
            "{T}",
            "SELECT entities.name FROM quotes CROSS JOIN entities ON entities.id = quotes.speaker_id WHERE quotes.id >= :at AND entities.kind = 'person' LIMIT 1",
        ),
        (
            "{X}",
            "SELECT entities.name FROM quote_subjects CROSS JOIN entities ON entities.id = quote_subjects.entity_id WHERE quote_subjects.quote_id >= :at LIMIT 1",
        ),
        (
            "{O}",
            "SELECT entities.name FROM relationships CROSS JOIN entities ON entities.id = relationships.object_id WHERE relationships.id >= :at AND entities.kind = 'organization' LIMIT 1",
        ),
        ("{W}", "SELECT text FROM quotes WHERE id >= :at AND length(text) > 30 LIMIT 1"),
        ("{N}", "SELECT text FROM quotes WHERE id >= :at AND length(text) > 30 LIMIT 1"),
        (
            "{P}",
            "SELECT publisher FROM quotes CROSS JOIN articles ON articles.id = quotes.article_id WHERE quotes.id >= :at AND publisher IS NOT NULL LIMIT 1",
        ),
    ] {
        if !words.contains(slot) {
            continue;
        }
        let table = if slot == "{O}" { "relationships" } else { "quotes" };
        let last: i64 =
            db.query_row(&format!("SELECT max(id) FROM {table}"), [], |row| row.get(0)).map_err(failed)?;
        let mut value = String::new();
        // Nobody is related to oneself.
        for _ in 0..DRAWS {
            let at = draw.below(last);
            value =
                db.query_row(sql, rusqlite::named_params! {":at": at}, |row| row.get(0)).map_err(failed)?;
            if slot != "{T}" || !words.contains(&value) {
                break;
            }
        }
        let value = match slot {
            "{W}" => some_words(&value, 4),
            "{N}" => some_words(&value, 1),
            _ => value.replace('"', " "),
        };
        words = words.replace(slot, &value);
    }
    Ok(words)
}

/// Words in a row from the middle of a text, as many as somebody may remember.
fn some_words(text: &str, some: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let at = (words.len() / 2).min(words.len().saturating_sub(some));
    words
        .get(at..(at + some).min(words.len()))
        .map_or_else(String::new, |words| words.join(" ").replace('"', " "))
}
