//! Draws quotes at random and writes them with what is needed to judge them.

use std::collections::BinaryHeap;

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::passage::passage;
use crate::query::stored_quote::{self, StoredQuote};

/// The columns of a sheet; the first two are empty, for the marks of who reads it.
pub const COLUMNS: [&str; 13] = [
    "right",
    "why",
    "speaker",
    "source",
    "cue",
    "quote",
    "about",
    "passage",
    "publisher",
    "published_at",
    "title",
    "url",
    "key",
];

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// How many quotes.
    pub size: usize,
    /// The same seed draws the same quotes from the same database.
    pub seed: u64,
    /// Among all quotes, and not just those that are vouched for.
    pub all: bool,
}

/// Draws quotes: the keys of those drawn, in the order in which they were drawn.
pub fn drawn(db: &Connection, wanted: Sample) -> Result<Vec<String>, Error> {
    Ok(draw(db, wanted)?.0)
}

/// Draws quotes and writes a row for each, in the order in which they were drawn: the first rows are a sample as well.
pub fn sample(db: &Connection, wanted: Sample, sink: &mut dyn Sink) -> Result<Notes, Error> {
    let (keys, stored) = draw(db, wanted)?;
    sink.columns(&COLUMNS)?;
    for key in &keys {
        let quote = stored_quote::quote(db, key)?;
        sink.row(&row(quote))?;
    }
    sink.finish()?;
    let mut notes = Notes::default();
    if keys.len() < wanted.size {
        let which = if wanted.all { "quotes" } else { "quotes that are vouched for" };
        notes.add(format!("the database holds {stored} {which}: these are all"));
    }
    Ok(notes)
}

/// The keys of the quotes whose numbers are lowest, in their order, and how many quotes there were to draw from.
///
/// The number is a hash of seed and key: as good as drawn by lot, and the same on every machine and after every ingest.
fn draw(db: &Connection, wanted: Sample) -> Result<(Vec<String>, u64), Error> {
    let sql = if wanted.all { "SELECT key FROM quotes" } else { "SELECT key FROM quotes WHERE vouched = 1" };
    let mut lowest: BinaryHeap<([u8; 32], String)> = BinaryHeap::new();
    let mut stored = 0_u64;
    statement::for_each_row(db, sql, &[], |row| {
        let key: String = row.get(0).map_err(read_error)?;
        stored += 1;
        let mut hasher = blake3::Hasher::new();
        hasher.update(&wanted.seed.to_le_bytes());
        hasher.update(key.as_bytes());
        lowest.push((*hasher.finalize().as_bytes(), key));
        if lowest.len() > wanted.size {
            lowest.pop();
        }
        Ok(true)
    })?;
    Ok((lowest.into_sorted_vec().into_iter().map(|(_, key)| key).collect(), stored))
}

fn row(quote: StoredQuote) -> [Cell; COLUMNS.len()] {
    let passage = passage(&quote.article.body, &quote.pieces);
    [
        Cell::Null,
        Cell::Null,
        quote.speaker.into(),
        quote.source.into(),
        quote.cue.into(),
        Cell::Text(quote.text),
        Cell::List(quote.about),
        Cell::Text(passage),
        quote.article.publisher.into(),
        quote.article.published_at.map(|date| date.to_string()).into(),
        quote.article.title.into(),
        quote.article.url.into(),
        Cell::Text(quote.key),
    ]
}
