//! The table `traits`: which article tells the gender of a person, the country of a place, or what an organization is.
//!
//! What is shown is what the first article tells that tells anything, and of gender, which is often misread, what most of
//! the first nine tell; so that it goes when such an article is replaced and no longer does. Kept by the machine's own
//! entities: corrections never change what an article tells.

use rusqlite::{Connection, named_params};

use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::{registry, shown};

const INSERT: &str = "
INSERT INTO traits (article_id, entity_id, gender, country, type)
VALUES (:article, :entity, :gender, :country, :organization_kind)
ON CONFLICT DO UPDATE SET
    gender = coalesce(gender, excluded.gender),
    country = coalesce(country, excluded.country),
    type = coalesce(type, excluded.type)";

const DELETE: &str = "DELETE FROM traits WHERE article_id = :article RETURNING entity_id";

/// The gender that most of the first nine articles tell that tell any, of the entity that an expression gives.
macro_rules! most_told_gender {
    ($id:literal) => {
        concat!(
            "(SELECT gender FROM (SELECT gender, article_id FROM traits WHERE entity_id = ",
            $id,
            " AND gender IS NOT NULL ORDER BY article_id LIMIT 9)
            GROUP BY gender ORDER BY count(*) DESC, min(article_id) LIMIT 1)"
        )
    };
}
pub(in crate::store) use most_told_gender;

const SETTLE: &str = concat!(
    "UPDATE entities SET gender = ",
    most_told_gender!(":id"),
    ",
    country = (SELECT country FROM traits WHERE entity_id = :id AND country IS NOT NULL ORDER BY article_id LIMIT 1),
    type = (SELECT type FROM traits WHERE entity_id = :id AND type IS NOT NULL ORDER BY article_id LIMIT 1)
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE id = :id)"
);

const SETTLE_RULED: &str = concat!(
    "UPDATE ruled_entities SET gender = ",
    most_told_gender!(":id"),
    ",
    country = (SELECT country FROM traits WHERE entity_id = :id AND country IS NOT NULL ORDER BY article_id LIMIT 1)
WHERE id = :id"
);

/// Articles may tell of one person both genders: each that tells one may change what most of them tell.
const SETTLE_GENDER: &str = concat!(
    "UPDATE entities SET gender = ",
    most_told_gender!(":id"),
    " WHERE id = :id AND gender IS NOT ",
    most_told_gender!(":id"),
    " AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE id = :id)"
);

const SETTLE_GENDER_OF_RULED: &str = concat!(
    "UPDATE ruled_entities SET gender = ",
    most_told_gender!(":id"),
    " WHERE id = :id AND gender IS NOT ",
    most_told_gender!(":id")
);

/// An article may tell of an organization what another told otherwise, which it never does of country: that makes
/// two of them. So what is known of its kind is settled each time that one tells it.
const SETTLE_KIND: &str = "
UPDATE entities
SET type = (SELECT type FROM traits WHERE entity_id = :id AND type IS NOT NULL ORDER BY article_id LIMIT 1)
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE id = :id)";

/// What an article tells of an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traits<'a> {
    /// Of a person.
    pub(crate) gender: Option<&'a str>,
    /// Of a place.
    pub(crate) country: Option<&'a str>,
    /// Of an organization.
    pub(crate) organization_kind: Option<&'a str>,
}

/// Notes what an article tells of an entity, if it tells anything.
pub(crate) fn insert(
    connection: &Connection,
    article_id: i64,
    entity: i64,
    told: Traits<'_>,
) -> rusqlite::Result<()> {
    if told == Traits::default() {
        return Ok(());
    }
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":article": article_id,
        ":entity": entity,
        ":gender": told.gender,
        ":country": told.country,
        ":organization_kind": told.organization_kind,
    })?;
    if told.gender.is_some() {
        for settle in [SETTLE_GENDER, SETTLE_GENDER_OF_RULED] {
            connection.prepare_cached(settle)?.execute(named_params! { ":id": entity })?;
        }
    }
    if told.organization_kind.is_some() {
        connection.prepare_cached(SETTLE_KIND)?.execute(named_params! { ":id": entity })?;
    }
    Ok(())
}

/// Takes back what an article told; gives those of whom it told something.
pub(crate) fn take_away(connection: &Connection, article_id: i64) -> rusqlite::Result<Vec<i64>> {
    let mut delete = connection.prepare_cached(DELETE)?;
    let told = delete.query_map(named_params! { ":article": article_id }, |row| row.get(0))?;
    let told = told.collect::<rusqlite::Result<Vec<i64>>>()?;
    settle(connection, &told)?;
    Ok(told)
}

/// Brings what the machine knows of entities in line with what is told of them. What kind a ruled organization is has no
/// column of its own there: `shown` reads it from here.
pub(crate) fn settle(connection: &Connection, entities: &[i64]) -> rusqlite::Result<()> {
    for id in entities {
        for settle in [SETTLE, SETTLE_RULED] {
            connection.prepare_cached(settle)?.execute(named_params! { ":id": id })?;
        }
    }
    Ok(())
}

/// Shows what is told of those whom corrections concern.
pub(crate) fn show(connection: &Connection, rulings: &Rulings, entities: &[i64]) -> rusqlite::Result<()> {
    for id in entities {
        if let Some(identity) = registry::identity(connection, *id)? {
            shown::look(connection, rulings, rulings.who(&identity).unwrap_or(&identity))?;
        }
    }
    Ok(())
}
