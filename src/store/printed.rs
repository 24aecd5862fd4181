//! Whether what is stored of the quotes of an article is printed in it.
//!
//! Knows offsets in code points. Reads each article once, however many quotes it has: SQL would count through its text for
//! each of them, which takes the square of its length.

use rusqlite::{Connection, Statement, named_params};

use crate::span::CodePoints;

/// The articles that have quotes.
const ARTICLES: &str = "
SELECT id, body FROM articles WHERE id IN (SELECT article_id FROM quotes) ORDER BY id";

const QUOTES: &str = "
SELECT id, text, start, end, speaker_text FROM quotes WHERE article_id = :article ORDER BY id";

const PIECES: &str = "SELECT start, end FROM quote_spans WHERE quote_id = :quote ORDER BY start";

/// What stands between the pieces of a quote that its attribution breaks.
const BETWEEN_PIECES: &str = " … ";

/// How far from a quote its source is looked for before the whole article is searched, in bytes.
const NEAR: usize = 2000;

/// The quotes that are against one of the two rules, each named.
#[derive(Debug, Default)]
pub(super) struct Misprints {
    /// Their pieces are not their text.
    pub(super) pieces: Vec<String>,
    /// Their source is not printed in their article.
    pub(super) sources: Vec<String>,
}

/// Compares every quote with its article.
pub(super) fn misprints(db: &Connection) -> rusqlite::Result<Misprints> {
    let mut found = Misprints::default();
    let mut articles = db.prepare(ARTICLES)?;
    let (mut quotes, mut pieces) = (db.prepare(QUOTES)?, db.prepare(PIECES)?);
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        let (article, body): (i64, String) = (row.get(0)?, row.get(1)?);
        let points = CodePoints::new(&body);
        let mut quotes = quotes.query(named_params! { ":article": article })?;
        while let Some(quote) = quotes.next()? {
            let (id, text): (i64, String) = (quote.get(0)?, quote.get(1)?);
            if printed(&mut pieces, id, &body, &points)?.as_deref() != Some(&text) {
                found.pieces.push(format!("quote {id}"));
            }
            let (start, end) = (place(&points, quote.get(2)?), place(&points, quote.get(3)?));
            let source: Option<String> = quote.get(4)?;
            if source.is_some_and(|source| !is_printed(&source, &body, start, end)) {
                found.sources.push(format!("quote {id}"));
            }
        }
    }
    Ok(found)
}

/// The words at the pieces of a quote; none if it has no piece.
fn printed(
    pieces: &mut Statement<'_>,
    quote: i64,
    body: &str,
    points: &CodePoints,
) -> rusqlite::Result<Option<String>> {
    let mut printed: Option<String> = None;
    let mut rows = pieces.query(named_params! { ":quote": quote })?;
    while let Some(row) = rows.next()? {
        let (start, end) = (place(points, row.get(0)?), place(points, row.get(1)?));
        let words = body.get(start..end).unwrap_or_default();
        match &mut printed {
            Some(printed) => {
                printed.push_str(BETWEEN_PIECES);
                printed.push_str(words);
            }
            None => printed = Some(words.to_owned()),
        }
    }
    Ok(printed)
}

/// Where a code point stands in bytes.
fn place(points: &CodePoints, point: i64) -> usize {
    points.byte(usize::try_from(point).unwrap_or_default())
}

/// Whether a source is printed in an article, most likely near its quote.
fn is_printed(source: &str, body: &str, start: usize, end: usize) -> bool {
    let before = body.floor_char_boundary(start.saturating_sub(NEAR));
    let behind = body.ceil_char_boundary(end.saturating_add(NEAR).min(body.len()));
    body.get(before..behind).is_some_and(|near| near.contains(source)) || body.contains(source)
}
