//! Quotes and relationships to be judged one by one: which they are, and all that has to be seen of each.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::passage::passage;
use crate::query::question::Question;
use crate::query::sampling::{self, Sample};
use crate::query::{stored_quote, stored_relationship};

/// What is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReviewRow {
    /// A quote, by `quotes.id`.
    Quote(i64),
    /// A relationship, by `relationships.id`.
    Relationship(i64),
}

/// The keys of what people have confirmed, rejected or, of relationships, changed.
const JUDGED: &str = "
SELECT coalesce(target ->> 'quote', target ->> 'relationship') FROM corrections
WHERE undone_at IS NULL AND origin = 'person' AND action IN ('confirm', 'reject', 'relationship')
    AND coalesce(target ->> 'quote', target ->> 'relationship') IS NOT NULL";

/// The rows that answer a question, each once; and what has to be said of the answer.
pub fn found(db: &Connection, question: &Question) -> Result<(Vec<ReviewRow>, Notes), Error> {
    let mut ids = Ids::default();
    let notes = crate::query::answer(db, question, Audience::Programs, &mut ids)?;
    Ok((ids.rows, notes))
}

/// Quotes drawn at random, as `onrecord sample` draws them.
pub fn drawn(db: &Connection, wanted: Sample) -> Result<Vec<ReviewRow>, Error> {
    let keys = sampling::drawn(db, wanted)?;
    keys.iter().map(|key| Ok(ReviewRow::Quote(stored_quote::quote(db, key)?.id))).collect()
}

/// The rows that nobody has judged yet.
pub fn not_judged(db: &Connection, rows: Vec<ReviewRow>) -> Result<Vec<ReviewRow>, Error> {
    let mut judged = HashSet::new();
    statement::for_each_row(db, JUDGED, &[], |row| {
        judged.insert(row.get::<_, String>(0).map_err(read_error)?);
        Ok(true)
    })?;
    let mut left = Vec::new();
    for row in rows {
        let key = match row {
            ReviewRow::Quote(id) => Some(stored_quote::quote(db, &id.to_string())?.key),
            ReviewRow::Relationship(id) => stored_relationship::relationship(db, &id.to_string())?.key,
        };
        if key.is_none_or(|key| !judged.contains(&key)) {
            left.push(row);
        }
    }
    Ok(left)
}

/// All that has to be seen to judge a row, in lines: where it is printed, what it says, and its passage. Not how sure the
/// program is, so that nobody judges by it.
pub fn shown(db: &Connection, row: ReviewRow) -> Result<Vec<String>, Error> {
    match row {
        ReviewRow::Quote(id) => {
            let quote = stored_quote::quote(db, &id.to_string())?;
            let speaker = match (&quote.speaker, &quote.source) {
                (Some(speaker), Some(source)) if speaker != source => {
                    format!("{speaker} (printed: {source})")
                }
                (Some(speaker), _) => speaker.clone(),
                (None, Some(source)) => format!("nobody known (printed: {source})"),
                (None, None) => "nobody known".to_owned(),
            };
            Ok(vec![
                printed_in(&quote.article),
                format!("speaker  {speaker}"),
                format!("cue      {}", quote.cue.as_deref().unwrap_or("none")),
                format!("act      {} ({}, {})", quote.act, quote.kind, quote.mode),
                format!(
                    "about    {}",
                    if quote.about.is_empty() { "nobody".to_owned() } else { quote.about.join("; ") }
                ),
                on_one_line(&passage(&quote.article.body, &quote.pieces)),
            ])
        }
        ReviewRow::Relationship(id) => {
            let related = stored_relationship::relationship(db, &id.to_string())?;
            let detail = related.detail.map(|detail| format!(" ({detail})")).unwrap_or_default();
            let object = related.object.unwrap_or_else(|| "nobody named".to_owned());
            Ok(vec![
                printed_in(&related.article),
                format!("{} {}{detail} {object}", related.subject, related.predicate),
                format!("status   {}", related.status),
                on_one_line(&passage(&related.article.body, &[related.evidence])),
            ])
        }
    }
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Outlet, day, headline and address or file of an article.
fn printed_in(article: &crate::article::Article) -> String {
    let day = article.published_at.as_ref().map(|date| date.chars().take(10).collect::<String>());
    let place = article.url.clone().unwrap_or_else(|| article.source.clone());
    let parts = [article.publisher.clone(), day, article.title.clone(), Some(place)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Keeps the ids of the rows that come.
#[derive(Default)]
struct Ids {
    quote: Option<usize>,
    relationship: Option<usize>,
    rows: Vec<ReviewRow>,
    seen: HashSet<ReviewRow>,
}

impl Sink for Ids {
    fn columns(&mut self, names: &[&str]) -> Result<(), Error> {
        let place = |wanted: &str| names.iter().position(|name| *name == wanted);
        (self.quote, self.relationship) = (place("quote_id"), place("relationship_id"));
        Ok(())
    }

    fn row(&mut self, values: &[Cell]) -> Result<(), Error> {
        let id = |place: Option<usize>| match place.and_then(|place| values.get(place)) {
            Some(Cell::Integer(id)) => Some(*id),
            _ => None,
        };
        let row = id(self.relationship).map(ReviewRow::Relationship).or(id(self.quote).map(ReviewRow::Quote));
        self.rows.extend(row.filter(|row| self.seen.insert(*row)));
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        Ok(())
    }
}
