//! Words → the stored quotes that have most of them, and the articles that print them.
//!
//! Finds along the full-text indexes, by the rarest of the words, and hands on a few: how like they are is for the caller
//! to say. Never walks all quotes, and no mark in the words is one of the query language's.

use std::collections::HashSet;

use rusqlite::{Connection, Row, named_params};

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::failure::read_error;
use crate::query::names;

/// A quote of the archive, as a claim about it is compared with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArchiveQuote {
    /// `quotes.id`.
    pub id: i64,
    /// What outlives a new ingest.
    pub key: String,
    /// The content as printed.
    pub text: String,
    /// `direct`, `mixed` or `indirect`.
    pub kind: String,
    /// The entity that speaks.
    pub speaker_id: Option<i64>,
    /// Its name.
    pub speaker: Option<String>,
    /// The source as printed.
    pub speaker_text: Option<String>,
    /// The cue as printed.
    pub cue: Option<String>,
    /// Whether it is shown by default.
    pub vouched: bool,
    /// Where it stands.
    pub article: ArchiveArticle,
}

/// What is said of the article that something stands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveArticle {
    /// `articles.id`.
    pub id: i64,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When, in ISO 8601.
    pub published_at: Option<String>,
    /// Where.
    pub url: Option<String>,
}

/// A word that so many quotes have tells little of any: it is not looked up alone.
const COMMON: i64 = 3000;

/// How many of the rarest words are looked up, each alone.
const RAREST: usize = 8;

/// How many different words are counted at most: of a long text the longest, since those are rare.
const COUNTED: usize = 40;

/// How many words are looked up together where none of them is rare.
const TOGETHER: usize = 8;

/// How many quotes each look-up gives at most.
const FOUND: i64 = 60;

/// How many words of a text an article is searched for at most.
const PHRASE: usize = 24;

/// How many quotes have a word, or so many that it does not matter.
const COUNT: &str = "
SELECT count(*) FROM (SELECT 1 FROM quotes_fts WHERE quotes_fts MATCH :words LIMIT :most)";

const ALIKE: &str = "
SELECT quotes.id, quotes.key, quotes.text, quotes.kind, quotes.speaker_id, speaker.name AS speaker, quotes.speaker_text,
    quotes.cue, quotes.vouched, articles.id AS article_id, articles.title, articles.publisher, articles.published_at, articles.url
FROM (SELECT rowid AS id FROM quotes_fts WHERE quotes_fts MATCH :words ORDER BY rank LIMIT :most) AS found
JOIN quotes ON quotes.id = found.id
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
ORDER BY quotes.id";

const PRINTED: &str = "
SELECT id AS article_id, title, publisher, published_at, url FROM articles
WHERE id = (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :words LIMIT 1)";

const PRINTS: &str = "
SELECT count(*) FROM articles_fts WHERE articles_fts MATCH :words AND rowid = :article";

/// The stored quotes that share the rarest of these words, each once, in the order of their ids.
pub fn quotes_alike(db: &Connection, words: &[&str]) -> Result<Vec<ArchiveQuote>, Error> {
    let mut distinct: Vec<String> = Vec::new();
    let mut met = HashSet::new();
    for word in words.iter().filter_map(|word| phrase(&[*word])) {
        if met.insert(word.to_lowercase()) {
            distinct.push(word);
        }
    }
    if distinct.is_empty() {
        return Ok(Vec::new());
    }
    let mut searches = Vec::from_iter(rare(db, &distinct)?);
    if searches.is_empty() || distinct.len() <= TOGETHER {
        searches.push(all_but_one(&distinct));
    }
    searches.extend(phrase(&words[..words.len().min(PHRASE)]));
    let mut found: Vec<ArchiveQuote> = Vec::new();
    for search in searches {
        let values = named_params! { ":words": search, ":most": FOUND };
        statement::for_each_row(db, ALIKE, values, |row| {
            found.push(quote_from_row(row).map_err(read_error)?);
            Ok(true)
        })?;
    }
    found.sort_by_key(|quote| quote.id);
    found.dedup_by_key(|quote| quote.id);
    Ok(found)
}

/// An article that prints these words one after the other, if there is one: the first that was stored.
pub fn article_with(db: &Connection, words: &[&str]) -> Result<Option<ArchiveArticle>, Error> {
    let mut article = None;
    let Some(phrase) = phrase(&words[..words.len().min(PHRASE)]) else { return Ok(None) };
    statement::for_each_row(db, PRINTED, named_params! { ":words": phrase }, |row| {
        article = Some(article_from_row(row).map_err(read_error)?);
        Ok(false)
    })?;
    Ok(article)
}

/// Whether an article prints these words one after the other.
pub fn prints(db: &Connection, article: i64, words: &[&str]) -> Result<bool, Error> {
    for words in words.chunks(PHRASE) {
        let Some(phrase) = phrase(words) else { continue };
        if statement::number(db, PRINTS, &[(":words", &phrase), (":article", &article)])? == 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The ids of all entities that bear a name.
pub fn bearers(db: &Connection, name: &str) -> Result<HashSet<i64>, Error> {
    Ok(names::find(db, name)?.into_iter().map(|entity| entity.id).collect())
}

/// A search for any of the rarest words, if some are rare.
fn rare(db: &Connection, distinct: &[String]) -> Result<Option<String>, Error> {
    let mut longest: Vec<&String> = distinct.iter().collect();
    longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut counted = Vec::new();
    for word in longest.into_iter().take(COUNTED) {
        let count = statement::number(db, COUNT, &[(":words", word), (":most", &COMMON)])?;
        if (1..COMMON).contains(&count) {
            counted.push((count, word.as_str()));
        }
    }
    counted.sort_by_key(|(count, _)| *count);
    let rarest: Vec<&str> = counted.into_iter().take(RAREST).map(|(_, word)| word).collect();
    Ok((!rarest.is_empty()).then(|| rarest.join(" OR ")))
}

/// A search for all of the words but any one of them, which may be the one that is wrong.
fn all_but_one(distinct: &[String]) -> String {
    let words = &distinct[..distinct.len().min(TOGETHER)];
    if words.len() < 3 {
        return words.join(" AND ");
    }
    let without = |left_out: usize| {
        let others = words.iter().enumerate().filter(|(at, _)| *at != left_out);
        format!("({})", others.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" AND "))
    };
    (0..words.len()).map(without).collect::<Vec<_>>().join(" OR ")
}

/// Words as a phrase for FTS5; none if there is no letter in them.
fn phrase(words: &[&str]) -> Option<String> {
    let words = words.join(" ");
    words.chars().any(char::is_alphanumeric).then(|| format!("\"{}\"", words.replace('"', "\"\"")))
}

fn quote_from_row(row: &Row<'_>) -> rusqlite::Result<ArchiveQuote> {
    Ok(ArchiveQuote {
        id: row.get("id")?,
        key: row.get("key")?,
        text: row.get("text")?,
        kind: row.get("kind")?,
        speaker_id: row.get("speaker_id")?,
        speaker: row.get("speaker")?,
        speaker_text: row.get("speaker_text")?,
        cue: row.get("cue")?,
        vouched: row.get("vouched")?,
        article: article_from_row(row)?,
    })
}

fn article_from_row(row: &Row<'_>) -> rusqlite::Result<ArchiveArticle> {
    Ok(ArchiveArticle {
        id: row.get("article_id")?,
        title: row.get("title")?,
        publisher: row.get("publisher")?,
        published_at: row.get("published_at")?,
        url: row.get("url")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_phrases_and_never_operators() {
        assert_eq!(phrase(&["a\"b", "OR*"]).as_deref(), Some("\"a\"\"b OR*\""));
        assert_eq!(phrase(&["—", "?"]), None);
    }

    #[test]
    fn any_one_word_may_be_wrong() {
        let words = ["a", "b", "c"].map(|word| format!("\"{word}\""));
        assert_eq!(all_but_one(&words), "(\"b\" AND \"c\") OR (\"a\" AND \"c\") OR (\"a\" AND \"b\")");
        assert_eq!(all_but_one(&words[..2]), "\"a\" AND \"b\"");
    }
}
