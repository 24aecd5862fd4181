//! How an entity that corrections concern is shown: its row in `entities`, its name, what is known of it.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::store::corrections::registry::{NAME_OF_UNRULED, REGISTER, find, register_as, registered};
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::table;
use crate::store::identity::{EntityName, Identity};
use crate::store::tables::entities::{self, key};

const SHOWN_NAME: &str = "SELECT shown_name FROM ruled_entities WHERE id = :id";

const INSERT: &str = "
INSERT INTO entities (kind, name, name_key) VALUES (:kind, :name, :name_key) RETURNING id";

const SHOW_AGAIN: &str = "
INSERT INTO entities (id, kind, name, name_key, gender, country, type)
SELECT id, kind, shown_name, :name_key, gender, country,
    (SELECT type FROM traits WHERE entity_id = :id AND type IS NOT NULL ORDER BY article_id LIMIT 1)
FROM ruled_entities
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM entities WHERE id = :id)";

const COMPLETE: &str = "
UPDATE ruled_entities SET gender = coalesce(gender, :gender), country = coalesce(country, :country)
WHERE id = :id
    AND ((gender IS NULL AND :gender IS NOT NULL) OR (country IS NULL AND :country IS NOT NULL))";

const RULE: &str = "
UPDATE ruled_entities SET given_name = :given_name, confirmed = :confirmed
WHERE id = :id AND (given_name IS NOT :given_name OR confirmed IS NOT :confirmed)";

/// What the machine knows of those who are one now; first what it knows of the one who stays.
const LOOK: &str = "
WITH members AS (
    SELECT ruled.id = :id AS stays, ruled.id, ruled.kind, ruled.gender, ruled.country
    FROM ruled_entities AS ruled JOIN entities AS shown ON shown.id = :id AND shown.kind = ruled.kind
    WHERE ruled.id IN (SELECT value FROM json_each(:members))
)
UPDATE entities
SET gender = (SELECT gender FROM members WHERE gender IS NOT NULL ORDER BY stays DESC, id LIMIT 1),
    country = (SELECT country FROM members WHERE country IS NOT NULL ORDER BY stays DESC, id LIMIT 1),
    type = (
        SELECT type FROM members CROSS JOIN traits ON entity_id = members.id AND members.kind = 'organization'
        WHERE type IS NOT NULL ORDER BY stays DESC, entity_id, article_id LIMIT 1
    )
WHERE id = :id AND EXISTS (SELECT 1 FROM members)";

const NAMES: &str = "
SELECT entities.kind, coalesce(given_name, shown_name)
FROM entities JOIN ruled_entities USING (id) WHERE id = :id";

const SET_NAME: &str =
    "UPDATE entities SET name = :name, name_key = :name_key WHERE id = :id AND name <> :name";

/// Nothing is ruled of these any more, and nothing is missing of them.
const RELEASE: &str = "
DELETE FROM ruled_entities
WHERE id NOT IN (SELECT value FROM json_each(:named))
    AND NOT EXISTS (SELECT 1 FROM overruled_entities WHERE entity_id = ruled_entities.id)";

/// The row of an entity that is to be shown; made where there is none.
pub(super) fn ensure(connection: &Connection, rulings: &Rulings, name: &EntityName) -> rusqlite::Result<i64> {
    let identity = name.identity();
    if let Some(id) = find(connection, rulings, &identity)? {
        register_as(connection, id, Some(name))?;
        show_again(connection, id)?;
        return Ok(id);
    }
    let new = named_params! { ":kind": name.kind.name(), ":name": name.name, ":name_key": identity.name_key };
    let id = connection.prepare_cached(INSERT)?.query_row(new, |row| row.get(0))?;
    entities::add_alias(connection, (id, name.kind), &name.name, 0)?;
    connection.prepare_cached(REGISTER)?.execute(named_params! {
        ":id": id,
        ":name": name.name,
        ":name_key": identity.name_key,
        ":apart": name.apart,
    })?;
    Ok(id)
}

/// Gives a registered entity its row in `entities` again, if it has none.
pub(crate) fn show_again(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    if is_shown(connection, id)? {
        return Ok(());
    }
    let mut find = connection.prepare_cached(SHOWN_NAME)?;
    let name: Option<String> = find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?;
    let (Some(name), Some((known_by, _))) = (name, registered(connection, id)?) else { return Ok(()) };
    connection.prepare_cached(SHOW_AGAIN)?.execute(named_params! { ":id": id, ":name_key": key(&name) })?;
    entities::add_alias(connection, (id, known_by.kind), &name, 0)
}

/// Adds what an article knows of a registered entity that was not known before.
pub(crate) fn complete(
    connection: &Connection,
    id: i64,
    gender: Option<&str>,
    country: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(COMPLETE)?
        .execute(named_params! { ":id": id, ":gender": gender, ":country": country })?;
    Ok(())
}

fn is_shown(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
    connection.prepare_cached(NAME_OF_UNRULED)?.exists(named_params! { ":id": id })
}

/// Brings what is shown of an entity in line with what is ruled and what the machine knows.
pub(crate) fn look(connection: &Connection, rulings: &Rulings, identity: &Identity) -> rusqlite::Result<()> {
    let Some(id) = find(connection, rulings, identity)? else { return Ok(()) };
    let stays = rulings.is_confirmed(identity) && rulings.who(identity) == Some(identity);
    connection.prepare_cached(RULE)?.execute(named_params! {
        ":id": id,
        ":given_name": rulings.given_name(identity),
        ":confirmed": stays,
    })?;
    if stays {
        show_again(connection, id)?;
    }
    let mut members = vec![id];
    for member in rulings.group(identity) {
        members.extend(find(connection, rulings, member)?);
    }
    connection.prepare_cached(LOOK)?.execute(named_params! { ":id": id, ":members": json_of(&members)? })?;
    look_at_name(connection, id)
}

/// Shows the given name, or else the one that the machine would show.
pub(super) fn look_at_name(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let mut names = connection.prepare_cached(NAMES)?;
    let names = names.query_row(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?)));
    let names: Option<(String, String)> = names.optional()?;
    let Some((kind, name)) = names else { return Ok(()) };
    let row = named_params! { ":id": id, ":name": name, ":name_key": key(&name) };
    if connection.prepare_cached(SET_NAME)?.execute(row)? > 0 {
        entities::add_alias(connection, (id, entities::kind_of(&kind)), &name, 0)?;
        entities::remove_unused(connection, std::iter::once(id))?;
    }
    Ok(())
}

/// Forgets entities of which nothing is ruled any more.
pub(crate) fn release(connection: &Connection, rulings: &Rulings) -> rusqlite::Result<()> {
    let mut named = Vec::new();
    for name in rulings.named() {
        named.extend(find(connection, rulings, &name.identity())?);
    }
    connection.prepare_cached(RELEASE)?.execute(named_params! { ":named": json_of(&named)? })?;
    Ok(())
}

/// Ids as a JSON array, for `json_each`.
fn json_of(ids: &[i64]) -> rusqlite::Result<String> {
    serde_json::to_string(ids).map_err(table::json_failure)
}
