//! What a person names on the command line → the one entity, quote or article that is meant.
//!
//! Never chooses among several: a name that fits more than one is an error that lists them with their ids.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::failure::read_error;
use crate::query::names;
use crate::query::stored_entity::StoredEntity;

/// How many of those that a name fits are listed.
const LISTED: usize = 10;

const BY_ID: &str = "SELECT id, name, kind, quote_count, mention_count FROM entities WHERE id = :id";

const QUOTE: &str = "SELECT id, key, text FROM quotes WHERE id = :id OR key = :key";

const ARTICLES: &str = "
SELECT id FROM articles WHERE id = :id
UNION ALL SELECT id FROM articles WHERE external_id = :external_id AND id IS NOT :id
LIMIT 11";

const HEADLINE: &str = "
SELECT coalesce(title || ', ', '') || coalesce(substr(published_at, 1, 10) || ', ', '') || 'article ' || id
FROM articles WHERE id = :id";

/// A quote of the archive.
#[derive(Clone, Debug, PartialEq)]
pub struct BriefQuote {
    /// Its row.
    pub id: i64,
    /// Its key.
    pub key: String,
    /// Its words.
    pub text: String,
}

/// The entity with this id, or the only one that bears this name; `person:Georgia` says its kind as well.
/// Where several bear it, the only one whose full name it is.
pub fn entity(db: &Connection, asked: &str) -> Result<StoredEntity, Error> {
    if let Some(id) = as_id(asked) {
        return entity_with_id(db, id)?.ok_or_else(|| Error::usage(format!("there is no entity {id}")));
    }
    let (kind, name) = match asked.split_once(':') {
        Some((kind @ ("person" | "organization" | "place"), name)) => (Some(kind), name),
        _ => (None, asked),
    };
    let mut fit = names::find(db, name)?;
    fit.retain(|known| kind.is_none_or(|kind| kind == known.kind));
    let key = name_key(name);
    let mut full: Vec<StoredEntity> =
        fit.iter().filter(|known| name_key(&known.name) == key).cloned().collect();
    match (fit.len(), full.len()) {
        (0, _) => Err(Error::usage(names::note_on_unknown(db, name)?)),
        (1, _) => Ok(fit.remove(0)),
        (_, 1) => Ok(full.remove(0)),
        _ => Err(several(asked, fit)),
    }
}

/// The entities with a kind and a full name, whatever the case and the accents.
pub fn namesakes(db: &Connection, kind: &str, name: &str) -> Result<Vec<StoredEntity>, Error> {
    let key = name_key(name);
    let known = names::find(db, name)?.into_iter();
    Ok(known.filter(|known| known.kind == kind && name_key(&known.name) == key).collect())
}

/// The entity with this id.
pub fn entity_with_id(db: &Connection, id: i64) -> Result<Option<StoredEntity>, Error> {
    let found = db.query_row(BY_ID, named_params! { ":id": id }, |row| {
        Ok(StoredEntity {
            id,
            name: row.get(1)?,
            kind: row.get(2)?,
            quotes: row.get(3)?,
            mentions: row.get(4)?,
        })
    });
    found.optional().map_err(read_error)
}

/// The quote with this id or key.
pub fn quote(db: &Connection, asked: &str) -> Result<BriefQuote, Error> {
    let found = db.query_row(QUOTE, named_params! { ":id": as_id(asked), ":key": asked.trim() }, |row| {
        Ok(BriefQuote { id: row.get(0)?, key: row.get(1)?, text: row.get(2)? })
    });
    found.optional().map_err(read_error)?.ok_or_else(|| {
        Error::usage(format!("there is no quote {asked}"))
            .hint("name it by its quote_id, as every answer about quotes prints it, or by its key")
    })
}

/// The id of the article with this id, or else with this external id.
pub fn article(db: &Connection, asked: &str) -> Result<i64, Error> {
    let mut find = db.prepare_cached(ARTICLES).map_err(read_error)?;
    let parameters = named_params! { ":id": as_id(asked), ":external_id": asked };
    let found = find.query_map(parameters, |row| row.get(0)).and_then(Iterator::collect);
    let found: Vec<i64> = found.map_err(read_error)?;
    match (as_id(asked), found[..].first(), found.len()) {
        (Some(id), Some(first), _) if id == *first => Ok(id),
        (_, Some(first), 1) => Ok(*first),
        (_, None, _) => Err(Error::usage(format!("there is no article {asked}"))
            .hint("name it by articles.id or by the id that the input gave it")),
        _ => {
            let ids: Vec<String> = found.iter().map(i64::to_string).collect();
            Err(Error::usage(format!("{asked} is the id of several articles"))
                .hint(format!("name one by articles.id: {}", ids.join(", "))))
        }
    }
}

/// An article in a few words: its headline and its date, as far as they are known, and its id.
pub fn headline(db: &Connection, article_id: i64) -> Result<String, Error> {
    let parameters = named_params! { ":id": article_id };
    let found: Option<String> =
        db.query_row(HEADLINE, parameters, |row| row.get(0)).optional().map_err(read_error)?;
    Ok(found.unwrap_or_else(|| format!("article {article_id}")))
}

/// The number that is written, if it can be the id of a row.
fn as_id(asked: &str) -> Option<i64> {
    asked.trim().parse().ok().filter(|id| *id > 0)
}

fn several(asked: &str, fit: Vec<StoredEntity>) -> Error {
    let count = fit.len();
    let error = Error::usage(format!(
        "\"{asked}\" fits {count} entities: name one by its id, or say its kind as in person:Georgia"
    ));
    let error = fit.into_iter().take(LISTED).fold(error, |error, known| error.hint(known.to_string()));
    if count > LISTED { error.hint(format!("and {} more", count - LISTED)) } else { error }
}

/// Whether an article mentions an entity or quotes it.
pub fn is_in_article(db: &Connection, entity: i64, article: i64) -> Result<bool, Error> {
    const IS_IN: &str =
        "SELECT EXISTS (SELECT 1 FROM mentions WHERE entity_id = :entity AND article_id = :article
            UNION ALL SELECT 1 FROM quotes WHERE speaker_id = :entity AND article_id = :article)";
    let mut statement = db.prepare_cached(IS_IN).map_err(read_error)?;
    let ids = named_params! {":entity": entity, ":article": article};
    statement.query_row(ids, |row| row.get(0)).map_err(read_error)
}
