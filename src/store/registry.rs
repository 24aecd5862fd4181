//! The table `ruled_entities`: entities that corrections concern, as the machine knows them.
//!
//! An entity that was merged into another or rejected has no row in `entities`. It keeps one here, so
//! that the machine can still be told by name whom it means, and the entity comes back under its old id.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::entities::{self, key};
use super::identity::{EntityName, Identity, kind_named};
use super::rulings::Rulings;
use crate::facts::{Entity, EntityKind};

const FIND: &str =
    "SELECT id FROM ruled_entities WHERE name_key = :name_key AND kind = :kind AND apart = :apart";

/// One that is registered is known by its name there, whatever name it is shown under.
const FIND_UNRULED: &str = "
SELECT id FROM entities
WHERE name_key = :name_key AND kind = :kind
    AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE ruled_entities.id = entities.id)
ORDER BY id LIMIT 1";

const BY_ID: &str = "SELECT kind, name, name_key, apart FROM ruled_entities WHERE id = :id";

const NAME_OF_UNRULED: &str = "SELECT kind, name FROM entities WHERE id = :id";

const REGISTER: &str = "
INSERT INTO ruled_entities (id, kind, name, name_key, apart, gender, country)
SELECT id, kind, name, name_key, :apart, gender, country FROM entities WHERE id = :id
ON CONFLICT DO NOTHING";

const INSERT: &str = "
INSERT INTO entities (kind, name, name_key) VALUES (:kind, :name, :name_key) RETURNING id";

const SHOW_AGAIN: &str = "
INSERT INTO entities (id, kind, name, name_key, gender, country)
SELECT id, kind, name, name_key, gender, country FROM ruled_entities
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
    SELECT ruled.id = :id AS stays, ruled.id, ruled.gender, ruled.country
    FROM ruled_entities AS ruled JOIN entities AS shown ON shown.id = :id AND shown.kind = ruled.kind
    WHERE ruled.id IN (SELECT value FROM json_each(:members))
)
UPDATE entities
SET gender = (SELECT gender FROM members WHERE gender IS NOT NULL ORDER BY stays DESC, id LIMIT 1),
    country = (SELECT country FROM members WHERE country IS NOT NULL ORDER BY stays DESC, id LIMIT 1)
WHERE id = :id AND EXISTS (SELECT 1 FROM members)";

const NAMES: &str = "
SELECT entities.kind, entities.name_key, ruled_entities.name, ruled_entities.name_key, ruled_entities.given_name
FROM entities JOIN ruled_entities USING (id) WHERE id = :id";

const SET_NAME: &str =
    "UPDATE entities SET name = :name, name_key = :name_key WHERE id = :id AND name <> :name";

/// Nothing is ruled of these any more, and nothing is missing of them.
const RELEASE: &str = "
DELETE FROM ruled_entities
WHERE id NOT IN (SELECT value FROM json_each(:named))
    AND NOT EXISTS (SELECT 1 FROM overruled_entities WHERE entity_id = ruled_entities.id)";

/// The row of an entity that a correction may name; none where the archive does not know it.
pub(super) fn find(connection: &Connection, identity: &Identity) -> rusqlite::Result<Option<i64>> {
    let (kind, name_key) = (identity.kind.name(), &identity.name_key);
    let registered = connection
        .prepare_cached(FIND)?
        .query_row(named_params! { ":name_key": name_key, ":kind": kind, ":apart": identity.apart }, |row| {
            row.get(0)
        })
        .optional()?;
    if registered.is_some() || !identity.apart.is_empty() {
        return Ok(registered);
    }
    let mut find = connection.prepare_cached(FIND_UNRULED)?;
    find.query_row(named_params! { ":name_key": name_key, ":kind": kind }, |row| row.get(0)).optional()
}

/// The name by which corrections know the entity of a row; none where there is no such row.
pub(super) fn name(connection: &Connection, id: i64) -> rusqlite::Result<Option<EntityName>> {
    if let Some((name, _)) = registered(connection, id)? {
        return Ok(Some(name));
    }
    let mut find = connection.prepare_cached(NAME_OF_UNRULED)?;
    let named = find.query_row(named_params! { ":id": id }, |row| {
        Ok(EntityName::new(kind(&row.get::<_, String>(0)?), row.get::<_, String>(1)?))
    });
    named.optional()
}

/// The identity of a registered entity.
pub(super) fn identity(connection: &Connection, id: i64) -> rusqlite::Result<Option<Identity>> {
    Ok(registered(connection, id)?.map(|(_, identity)| identity))
}

fn registered(connection: &Connection, id: i64) -> rusqlite::Result<Option<(EntityName, Identity)>> {
    let mut find = connection.prepare_cached(BY_ID)?;
    let found = find.query_row(named_params! { ":id": id }, |row| {
        let kind = kind(&row.get::<_, String>(0)?);
        let name = EntityName { kind, name: row.get(1)?, apart: row.get(3)? };
        let identity = Identity { kind, name_key: row.get(2)?, apart: row.get(3)? };
        Ok((name, identity))
    });
    found.optional()
}

/// The kind that a word of the schema stands for.
fn kind(word: &str) -> EntityKind {
    kind_named(word).unwrap_or(EntityKind::Person)
}

/// Notes how the machine knows an entity, before a correction changes how it is shown.
pub(super) fn register(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(REGISTER)?.execute(named_params! { ":id": id, ":apart": "" })?;
    Ok(())
}

/// The row of an entity that is to be shown; made where there is none.
pub(super) fn ensure(connection: &Connection, name: &EntityName) -> rusqlite::Result<i64> {
    let identity = name.identity();
    if let Some(id) = find(connection, &identity)? {
        register(connection, id)?;
        show_again(connection, id)?;
        return Ok(id);
    }
    let new = named_params! { ":kind": name.kind.name(), ":name": name.name, ":name_key": identity.name_key };
    let id = connection.prepare_cached(INSERT)?.query_row(new, |row| row.get(0))?;
    entities::add_alias(connection, (id, name.kind), &name.name, 0)?;
    let apart = named_params! { ":id": id, ":apart": name.apart };
    connection.prepare_cached(REGISTER)?.execute(apart)?;
    Ok(id)
}

/// Gives a registered entity its row in `entities` again, if it has none.
pub(super) fn show_again(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    if connection.prepare_cached(SHOW_AGAIN)?.execute(named_params! { ":id": id })? == 0 {
        return Ok(());
    }
    if let Some((name, _)) = registered(connection, id)? {
        entities::add_alias(connection, (id, name.kind), &name.name, 0)?;
    }
    Ok(())
}

/// The row of an entity of an article, where a correction concerns it; none leaves it to the machine.
pub(super) fn tie(
    connection: &Connection,
    rulings: &Rulings,
    kind: EntityKind,
    entity: &Entity,
) -> rusqlite::Result<Option<i64>> {
    if rulings.is_empty() {
        return Ok(None);
    }
    let identity = Identity { kind, name_key: key(&entity.name), apart: String::new() };
    let parameters =
        named_params! { ":name_key": identity.name_key, ":kind": identity.kind.name(), ":apart": "" };
    let mut find = connection.prepare_cached(FIND)?;
    let found = find.query_row(parameters, |row| row.get(0)).optional()?;
    let id = match (found, rulings.spelled(&identity)) {
        (Some(id), _) => id,
        // As the article spells it, as it would be without the correction.
        (None, Some(_)) => ensure(connection, &EntityName::new(kind, entity.name.as_str()))?,
        (None, None) => return Ok(None),
    };
    connection.prepare_cached(COMPLETE)?.execute(named_params! {
        ":id": id,
        ":gender": entity.gender.map(|gender| gender.name()),
        ":country": entity.country,
    })?;
    // One of whom nothing is ruled is here only because a quote of it is: the machine may know better.
    if rulings.spelled(&identity).is_none() && is_shown(connection, id)? {
        return Ok(None);
    }
    show_again(connection, id)?;
    Ok(Some(id))
}

fn is_shown(connection: &Connection, id: i64) -> rusqlite::Result<bool> {
    connection.prepare_cached(NAME_OF_UNRULED)?.exists(named_params! { ":id": id })
}

/// Brings what is shown of an entity in line with what is ruled and what the machine knows.
pub(super) fn look(connection: &Connection, rulings: &Rulings, identity: &Identity) -> rusqlite::Result<()> {
    let Some(id) = find(connection, identity)? else { return Ok(()) };
    let stays = rulings.is_confirmed(identity) && rulings.who(identity) == Some(identity);
    connection.prepare_cached(RULE)?.execute(named_params! {
        ":id": id,
        ":given_name": rulings.given_name(identity),
        ":confirmed": stays,
    })?;
    let mut members = vec![id];
    for member in rulings.group(identity) {
        members.extend(find(connection, member)?);
    }
    connection.prepare_cached(LOOK)?.execute(named_params! { ":id": id, ":members": json_of(&members)? })?;
    look_at_name(connection, id)
}

/// Shows the given name, or else the one that the machine would show.
fn look_at_name(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let mut names = connection.prepare_cached(NAMES)?;
    let names = names.query_row(named_params! { ":id": id }, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
    });
    let names: Option<(String, String, String, String, Option<String>)> = names.optional()?;
    let Some((kind, shown_key, machine_name, machine_key, given)) = names else { return Ok(()) };
    let (name, name_key) = match given {
        Some(given) => (given.clone(), key(&given)),
        None if shown_key != machine_key => (machine_name, machine_key),
        None => return Ok(()),
    };
    let row = named_params! { ":id": id, ":name": name, ":name_key": name_key };
    connection.prepare_cached(SET_NAME)?.execute(row)?;
    entities::add_alias(connection, (id, entities::kind_of(&kind)), &name, 0)?;
    entities::remove_unused(connection, std::iter::once(id))
}

/// Forgets entities of which nothing is ruled any more.
pub(super) fn release(connection: &Connection, rulings: &Rulings) -> rusqlite::Result<()> {
    let mut named = Vec::new();
    for name in rulings.named() {
        named.extend(find(connection, &name.identity())?);
    }
    connection.prepare_cached(RELEASE)?.execute(named_params! { ":named": json_of(&named)? })?;
    Ok(())
}

/// Ids as a JSON array, for `json_each`.
fn json_of(ids: &[i64]) -> rusqlite::Result<String> {
    serde_json::to_string(ids).map_err(super::corrections::json_failure)
}
