//! One stored quote with its article, to be looked at closely.
//!
//! Knows the tables of quotes. Never analyzes anything.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::article::Article;
use crate::error::Error;
use crate::gear::Gear;
use crate::query::answer::statement;
use crate::query::failure::read_error;
use crate::store::article_from_row;

/// A quote as it is stored; offsets are code points into the body of its article.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredQuote {
    /// `quotes.id`.
    pub id: i64,
    /// What outlives a new ingest and a new extractor.
    pub key: String,
    /// The article it stands in.
    pub article: Article,
    /// `articles.id`.
    pub article_id: i64,
    /// `articles.identity`, which keys are made from.
    pub identity: String,
    /// In which gear the article was read.
    pub gear: Gear,
    /// The name of the speaker.
    pub speaker: Option<String>,
    /// The source as printed.
    pub source: Option<String>,
    /// The cue as printed.
    pub cue: Option<String>,
    /// What kind of act it is.
    pub act: String,
    /// `direct`, `mixed` or `indirect`.
    pub kind: String,
    /// The content as printed.
    pub text: String,
    /// 0 to 1.
    pub confidence: f64,
    /// `speech`, `thought` or `attitude`.
    pub mode: String,
    /// Whether it is shown by default.
    pub vouched: bool,
    /// Its pieces, `(start, end)` each.
    pub pieces: Vec<(usize, usize)>,
    /// The names of the entities it is about.
    pub about: Vec<String>,
}

/// By key first: a key is 32 digits long, and no id is.
const QUOTE: &str = "
SELECT quotes.id, quotes.key, quotes.article_id, speaker.name AS speaker, quotes.speaker_text, quotes.cue, quotes.act,
    quotes.kind, quotes.text, quotes.confidence, quotes.mode, quotes.vouched, articles.external_id, articles.title, articles.body, articles.author,
    articles.publisher, articles.published_at, articles.url, articles.language, articles.source, articles.identity,
    articles.gear
FROM quotes
JOIN articles ON articles.id = quotes.article_id
LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE quotes.key = :key OR quotes.id = :id";

const PIECES: &str = "SELECT start, end FROM quote_spans WHERE quote_id = :id ORDER BY start";

const ABOUT: &str = "
SELECT entities.name FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
WHERE quote_subjects.quote_id = :id ORDER BY entities.id";

/// The quote of an id or a key; fails with what can be done where there is none.
pub fn quote(db: &Connection, wanted: &str) -> Result<StoredQuote, Error> {
    let id: Option<i64> = wanted.parse().ok();
    let mut select = db.prepare_cached(QUOTE).map_err(read_error)?;
    let found = select.query_row(named_params! {":key": wanted, ":id": id}, from_row).optional();
    let mut quote = found.map_err(read_error)?.ok_or_else(|| unknown(wanted))?;
    statement::for_each_row(db, PIECES, named_params! {":id": quote.id}, |row| {
        quote.pieces.push((row.get(0).map_err(read_error)?, row.get(1).map_err(read_error)?));
        Ok(true)
    })?;
    statement::for_each_row(db, ABOUT, named_params! {":id": quote.id}, |row| {
        quote.about.push(row.get(0).map_err(read_error)?);
        Ok(true)
    })?;
    Ok(quote)
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredQuote> {
    let article = article_from_row(row)?;
    Ok(StoredQuote {
        id: row.get("id")?,
        key: row.get("key")?,
        article,
        article_id: row.get("article_id")?,
        identity: row.get("identity")?,
        gear: Gear::named(&row.get::<_, String>("gear")?),
        speaker: row.get("speaker")?,
        source: row.get("speaker_text")?,
        cue: row.get("cue")?,
        act: row.get("act")?,
        kind: row.get("kind")?,
        text: row.get("text")?,
        confidence: row.get("confidence")?,
        mode: row.get("mode")?,
        vouched: row.get("vouched")?,
        pieces: Vec::new(),
        about: Vec::new(),
    })
}

fn unknown(wanted: &str) -> Error {
    Error::usage(format!("there is no quote {wanted}"))
        .hint("ids are in the column quote_id: onrecord query \"who said what about …?\"")
        .hint(
            "the id of a quote changes when its article is read again, its key does not: SELECT id, key FROM quotes",
        )
}
