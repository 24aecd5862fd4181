//! What is stored near an empty answer: other acts, other dates, the same name on the other side.

use rusqlite::Connection;

use crate::dates::Period;
use crate::error::Error;
use crate::query::answer::counted::Counted;
use crate::query::answer::relations;
use crate::query::answer::selection::Selection;
use crate::query::audience::Audience;
use crate::query::notes::{self, Notes};
use crate::query::output::{Cell, Sink};
use crate::query::question::{Question, SubjectMatter};

/// So many rows of relationships are counted at most.
const MOST_ROWS: u64 = 1000;

/// What fits when one part of a question is asked otherwise; nothing where nothing does.
pub(crate) fn note(db: &Connection, question: &Question) -> Result<Option<String>, Error> {
    let mut near = Vec::new();
    for (what, variant) in variants(question) {
        let variant = Question { count: None, latest: false, earliest: false, offset: 0, ..variant };
        let is_quotes = variant.subject_matter()? == SubjectMatter::Quotes;
        let found = if is_quotes { quotes(db, &variant)? } else { relationships(db, &variant)? };
        if found.number > 0 {
            let asks_when = is_quotes && variant.period != question.period;
            let days = if asks_when { days(db, &variant)? } else { None };
            let days = days.map(|(first, last)| format!(" ({first} to {last})")).unwrap_or_default();
            near.push(format!("{} {what}{days}", notes::amount(found)));
        }
    }
    Ok((!near.is_empty()).then(|| format!("nothing fits all of it; near it: {}", near.join(", "))))
}

/// The same question with one part left out or the other way round, and what its rows are then.
fn variants(question: &Question) -> Vec<(String, Question)> {
    let mut all: Vec<(String, Question)> = Vec::new();
    let mut add = |what: String, change: &dyn Fn(&mut Question)| {
        let mut variant = question.clone();
        change(&mut variant);
        all.push((what, variant));
    };
    if let Some(act) = &question.act {
        add(format!("of other acts than {act}"), &|variant| variant.act = None);
    }
    if let Some(verb) = &question.cue {
        add(format!("with other verbs than {verb}"), &|variant| variant.cue = None);
    }
    if let Some(hearer) = &question.told {
        add(format!("without a word that it was said to {hearer}"), &|variant| variant.told = None);
    }
    if let Some(kind) = &question.kind {
        add(format!("of other kinds than {kind}"), &|variant| variant.kind = None);
    }
    if let Some(mode) = &question.mode {
        add(format!("of other modes than {mode}"), &|variant| variant.mode = None);
    }
    if !question.period.is_open() {
        add("at other dates".into(), &|variant| variant.period = Period::default());
    }
    if let Some(publisher) = &question.publisher {
        add(format!("from other outlets than {publisher}"), &|variant| variant.publisher = None);
    }
    if let Some(detail) = &question.detail {
        add(format!("without \"{detail}\""), &|variant| variant.detail = None);
    }
    if question.statuses.is_empty() && !question.predicates.is_empty() {
        let others = ["denied", "hypothetical", "planned"].map(str::to_owned);
        add("that are denied, hypothetical or planned".into(), &|variant| variant.statuses = others.to_vec());
    }
    match (&question.subject, &question.object) {
        (None, Some(object)) if question.detail.is_none() => {
            add(format!("with {object} as the one who acts"), &|variant| {
                variant.subject = variant.object.take();
            });
        }
        (Some(subject), None) => {
            add(format!("with {subject} as the one who is acted on"), &|variant| {
                variant.object = variant.subject.take();
            });
        }
        (Some(subject), Some(object)) => {
            let (one, other) = (subject.clone(), object.clone());
            add(format!("between {subject} and {object} of other kinds"), &|variant| {
                *variant = Question { between: Some((one.clone(), other.clone())), ..Question::default() };
            });
        }
        (None, _) => {}
    }
    match (&question.speaker, question.about.as_slice()) {
        (Some(speaker), []) => {
            let name = speaker.clone();
            add(format!("about {speaker}"), &|variant| {
                variant.speaker = None;
                variant.about = vec![name.clone()];
            });
        }
        (Some(speaker), about) => {
            add(format!("by others than {speaker} about {}", about.join(" and ")), &|variant| {
                variant.speaker = None
            });
            add(format!("by {speaker} about other things"), &|variant| variant.about.clear());
        }
        (None, [about]) => {
            let name = about.clone();
            add(format!("by {about}"), &|variant| {
                variant.about.clear();
                variant.speaker = Some(name.clone());
            });
        }
        (None, _) => {}
    }
    all
}

/// How many quotes fit.
fn quotes(db: &Connection, question: &Question) -> Result<Counted, Error> {
    match Selection::look_up(db, question, &mut Notes::default())? {
        Some(sought) => sought.count_for_page(db),
        None => Ok(Counted::default()),
    }
}

/// The days of the first and the last quote that fit.
fn days(db: &Connection, question: &Question) -> Result<Option<(String, String)>, Error> {
    let sought = Selection::look_up(db, question, &mut Notes::default())?;
    sought.map_or(Ok(None), |sought| sought.days(db))
}

/// How many rows of relationships fit, up to [`MOST_ROWS`].
fn relationships(db: &Connection, question: &Question) -> Result<Counted, Error> {
    let mut tally = Tally::default();
    let question = Question { limit: Some(MOST_ROWS), ..question.clone() };
    relations::answer(db, &question, Audience::Programs, &mut tally)?;
    Ok(Counted { number: tally.rows, is_least: u64::try_from(tally.rows) == Ok(MOST_ROWS) })
}

/// Counts rows and keeps none.
#[derive(Default)]
struct Tally {
    rows: i64,
}

impl Sink for Tally {
    fn columns(&mut self, _: &[&str]) -> Result<(), Error> {
        Ok(())
    }

    fn row(&mut self, _: &[Cell]) -> Result<(), Error> {
        self.rows += 1;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
