//! The tables `quotes`, `quote_spans` and `quote_subjects`: who said what about whom.

use std::collections::HashMap;

use rusqlite::{Connection, named_params};

use crate::article::Article;
use crate::facts::{Facts, Quote};
use crate::name_key::name_key;
use crate::span::{Byte, CodePoints, Span};
use crate::store::place::ArticleSlot;
use crate::store::tables::entities::Uses;

const INSERT: &str = "
INSERT INTO quotes (id, key, article_id, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence,
    published_at, mode, vouched)
VALUES (:id, :key, :article, :speaker, :speaker_text, :cue, :act, :kind, :text, :start, :end, :confidence,
    :published_at, :mode, :vouched)
RETURNING id";

const SET_WITHIN: &str = "UPDATE quotes SET within = :within WHERE id = :id";

const INSERT_SPAN: &str = "INSERT INTO quote_spans (quote_id, start, end) VALUES (:quote, :start, :end)";

const INSERT_SUBJECT: &str = "
INSERT INTO quote_subjects (quote_id, entity_id, published_at, said_by, said_as, is_vouched, said_in)
VALUES (:quote, :entity, :published_at, :speaker, :act, :vouched, :article)
ON CONFLICT DO NOTHING";

const IDS: &str = "SELECT key, id FROM quotes WHERE article_id = :article";

/// `quote_spans` and `quote_subjects` go with it.
const DELETE: &str = "DELETE FROM quotes WHERE article_id = :article";

/// What stands between the pieces of a quote that its attribution breaks.
const BETWEEN_PIECES: &str = " … ";

/// Writes the quotes of an article and counts those that are vouched for, for their speakers.
///
/// `rows` gives the entities' rows by their index in the facts. A quote whose key the article had before
/// keeps its id.
pub(crate) fn insert(
    connection: &Connection,
    place: &ArticleSlot,
    article: &Article,
    facts: &Facts,
    rows: &[Option<i64>],
    uses: &mut Uses,
) -> rusqlite::Result<()> {
    let points = CodePoints::new(&article.body);
    let mut insert = connection.prepare_cached(INSERT)?;
    let mut insert_span = connection.prepare_cached(INSERT_SPAN)?;
    let mut insert_subject = connection.prepare_cached(INSERT_SUBJECT)?;
    let mut ids = vec![None; facts.quotes.len()];
    for Keyed { index, key, text, quote } in keyed(place, article, facts) {
        let (start, end) = points.of(quote.extent());
        let speaker = quote.speaker.and_then(|speaker| rows.get(speaker.index()).copied().flatten());
        let id: i64 = insert.query_row(
            named_params! {
                ":id": place.quote_ids.get(&key),
                ":key": key,
                ":article": place.article_id,
                ":speaker": speaker,
                ":speaker_text": quote.source.map(|source| source.slice(&article.body)),
                ":cue": cue(quote, &article.body),
                ":act": quote.act.name(),
                ":kind": quote.kind.name(),
                ":text": text,
                ":start": start,
                ":end": end,
                ":confidence": crate::store::tables::quotes::confidence(quote.confidence),
                ":published_at": article.published_at,
                ":mode": quote.mode.name(),
                ":vouched": quote.vouched,
            },
            |row| row.get(0),
        )?;
        ids[index] = Some(id);
        if let Some(speaker) = speaker.filter(|_| quote.vouched) {
            uses.add_quote(speaker);
        }
        for piece in &quote.content {
            let (start, end) = points.of(*piece);
            insert_span.execute(named_params! { ":quote": id, ":start": start, ":end": end })?;
        }
        for row in quote.about.iter().filter_map(|entity| rows.get(entity.index()).copied().flatten()) {
            insert_subject.execute(named_params! {
                ":quote": id,
                ":entity": row,
                ":published_at": article.published_at,
                ":speaker": speaker,
                ":act": quote.act.name(),
                ":vouched": quote.vouched,
                ":article": place.article_id,
            })?;
        }
    }
    let mut set_within = connection.prepare_cached(SET_WITHIN)?;
    for (quote, id) in facts.quotes.iter().zip(&ids) {
        if let Some(outer) = quote.within {
            set_within.execute(named_params! { ":id": id, ":within": ids[outer] })?;
        }
    }
    Ok(())
}

/// A quote of the facts with its key and words.
struct Keyed<'f> {
    /// Its place in the facts.
    index: usize,
    key: String,
    text: String,
    quote: &'f Quote,
}

/// The keys of an article's quotes, in their order; `identity` is the article's own.
pub fn quote_keys(identity: &str, body: &str, quotes: &[Quote]) -> Vec<String> {
    let mut keys = Keys::new(identity);
    quotes.iter().map(|quote| keys.key(&joined(&quote.content, body, BETWEEN_PIECES))).collect()
}

/// The quotes with their keys and words; first those that keep their ids, so that no new one takes them.
fn keyed<'f>(place: &ArticleSlot, article: &Article, facts: &'f Facts) -> Vec<Keyed<'f>> {
    let mut keys = Keys::new(&place.identity);
    let key = |(index, quote): (usize, &'f Quote)| {
        let text = joined(&quote.content, &article.body, BETWEEN_PIECES);
        Keyed { index, key: keys.key(&text), text, quote }
    };
    let mut keyed: Vec<_> = facts.quotes.iter().enumerate().map(key).collect();
    keyed.sort_by_key(|quote| !place.quote_ids.contains_key(&quote.key));
    keyed
}

/// The ids of the quotes of an article, by their keys.
pub(crate) fn ids(connection: &Connection, article_id: i64) -> rusqlite::Result<HashMap<String, i64>> {
    let mut ids = connection.prepare_cached(IDS)?;
    let ids =
        ids.query_map(named_params! { ":article": article_id }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    ids.collect()
}

/// Deletes the quotes of an article.
pub(crate) fn delete(connection: &Connection, article_id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE)?.execute(named_params! { ":article": article_id })?;
    Ok(())
}

fn cue(quote: &Quote, body: &str) -> Option<String> {
    (!quote.cue.is_empty()).then(|| joined(&quote.cue, body, " "))
}

/// The words that the pieces cover.
fn joined(pieces: &[Span<Byte>], body: &str, between: &str) -> String {
    pieces.iter().map(|piece| piece.slice(body)).collect::<Vec<_>>().join(between)
}

/// Gives each quote of an article a key made of nothing but content, so that it outlives a new ingest
/// and a new extractor: the article's identity, the quote's words, and which of equal ones it is.
struct Keys<'a> {
    identity: &'a str,
    seen: HashMap<String, u32>,
}

impl<'a> Keys<'a> {
    fn new(identity: &'a str) -> Self {
        Keys { identity, seen: HashMap::new() }
    }

    /// The key of the next quote; hexadecimal, 32 digits.
    fn key(&mut self, text: &str) -> String {
        let words = name_key(text);
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.identity.as_bytes());
        hasher.update(&[0]);
        hasher.update(words.as_bytes());
        let occurrence = self.seen.entry(words).and_modify(|count| *count += 1).or_insert(1);
        if *occurrence > 1 {
            hasher.update(&[0]);
            hasher.update(&occurrence.to_le_bytes());
        }
        hasher.finalize().to_hex()[..32].to_string()
    }
}

/// A probability as it is stored: four digits, so that a half-precise float does not pretend to more.
pub(crate) fn confidence(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_depends_on_the_words_alone() {
        let key = |text: &str| Keys::new("article").key(text);
        assert_eq!(key("We will appeal."), key("we will “appeal”"));
        assert_ne!(key("We will appeal."), key("We will not appeal."));
        assert_ne!(key("We will appeal."), Keys::new("other").key("We will appeal."));
    }

    #[test]
    fn equal_quotes_of_one_article_have_different_keys() {
        let mut keys = Keys::new("article");
        let all = [keys.key("No."), keys.key("No!"), keys.key("No"), keys.key("Yes.")];
        let distinct: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }
}
