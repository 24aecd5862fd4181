//! The table `ruled_entities`: entities that corrections concern, as the machine knows them.
//!
//! An entity that was merged into another or rejected has no row in `entities`. It keeps one here, so
//! that the machine can still be told by name whom it means, and the entity comes back under its old id.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::entities::{self, key};
use super::identity::{EntityName, Identity, first_in, kind_named};
use super::rulings::Rulings;
use crate::facts::EntityKind;

const FIND: &str =
    "SELECT id FROM ruled_entities WHERE name_key = :name_key AND kind = :kind AND apart = :apart";

/// One that is registered is known by its name there, whatever name it is shown under; and may be known by this
/// one, if it was registered without being named.
const FIND_UNRULED: &str = "
SELECT id FROM entities
WHERE name_key = :name_key AND kind = :kind
    AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE ruled_entities.id = entities.id)
UNION
SELECT id FROM ruled_entities
WHERE name_key = :name_key AND kind = :kind
    AND EXISTS (SELECT 1 FROM ruled_aliases WHERE entity_id = ruled_entities.id)
ORDER BY id LIMIT 64";

const KNOW_BY: &str =
    "UPDATE ruled_entities SET name = :name, name_key = :name_key, apart = :apart WHERE id = :id";

const SHOWN_NAME: &str = "SELECT shown_name FROM ruled_entities WHERE id = :id";

const BY_ID: &str = "SELECT kind, name, name_key, apart FROM ruled_entities WHERE id = :id";

const NAME_OF_UNRULED: &str = "SELECT kind, name FROM entities WHERE id = :id";

/// The shown name first.
const NAMES_OF_UNRULED: &str = "
SELECT kind, name_key, 1 FROM entities WHERE id = :id
UNION ALL
SELECT * FROM (
    SELECT DISTINCT kind, alias_key, 0 FROM aliases JOIN entities ON entities.id = entity_id
    WHERE entity_id = :id AND alias_key <> name_key ORDER BY alias_key LIMIT 64
)";

const REGISTER: &str = "
INSERT INTO ruled_entities (id, kind, name, name_key, apart, shown_name, mention_count, gender, country)
SELECT id, kind, :name, :name_key, :apart, name, mention_count, gender, country FROM entities WHERE id = :id
ON CONFLICT DO NOTHING";

const REGISTER_ALIASES: &str = "
INSERT INTO ruled_aliases (entity_id, alias, alias_key, short_key, article_count, unprinted_count)
SELECT entity_id, alias, alias_key, short_key, article_count, (
    SELECT count(*) FROM unprinted_names AS other
    WHERE other.entity_id = aliases.entity_id AND other.alias = aliases.alias
)
FROM aliases WHERE entity_id = :id";

/// One of a kind, name and label that nothing refers to, as the machine knows it.
const UNMET: &str = "
SELECT id FROM ruled_entities
WHERE name_key = :name_key AND kind = :kind AND apart = :apart
    AND NOT EXISTS (
        SELECT 1 FROM ruled_aliases
        WHERE entity_id = ruled_entities.id AND (article_count > 0 OR unprinted_count > 0)
    )";

const FORGET: &str = "DELETE FROM ruled_entities WHERE id = :id";

const MEET: &str = "
UPDATE ruled_entities SET shown_name = :name, gender = :gender, country = :country WHERE id = :id";

/// Those of whom nothing is ruled and who go by a name that is not shown, the most used first.
const FIND_BY_ALIAS: &str = "
SELECT entities.id FROM aliases JOIN entities ON entities.id = entity_id
WHERE alias_key = :name_key AND kind = :kind
    AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE ruled_entities.id = entities.id)
GROUP BY entities.id ORDER BY sum(max(article_count, 0)) DESC, entities.id LIMIT 64";

const FIRST_ARTICLE: &str = "
SELECT identity FROM articles WHERE id = (
    SELECT min(first) FROM (
        SELECT min(article_id) AS first FROM mentions WHERE entity_id = :id
        UNION ALL SELECT min(article_id) FROM unprinted_names WHERE entity_id = :id
    )
)";

const INSERT: &str = "
INSERT INTO entities (kind, name, name_key) VALUES (:kind, :name, :name_key) RETURNING id";

const SHOW_AGAIN: &str = "
INSERT INTO entities (id, kind, name, name_key, gender, country)
SELECT id, kind, shown_name, :name_key, gender, country FROM ruled_entities
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
SELECT entities.kind, coalesce(given_name, shown_name)
FROM entities JOIN ruled_entities USING (id) WHERE id = :id";

const SET_NAME: &str =
    "UPDATE entities SET name = :name, name_key = :name_key WHERE id = :id AND name <> :name";

/// Nothing is ruled of these any more, and nothing is missing of them.
const RELEASE: &str = "
DELETE FROM ruled_entities
WHERE id NOT IN (SELECT value FROM json_each(:named))
    AND NOT EXISTS (SELECT 1 FROM overruled_entities WHERE entity_id = ruled_entities.id)";

/// The row of an entity that a correction may name; none where the archive does not know it.
///
/// One that corrections name by its label is not found by its name alone: each finds its own, in whatever order.
pub(super) fn find(
    connection: &Connection,
    rulings: &Rulings,
    identity: &Identity,
) -> rusqlite::Result<Option<i64>> {
    let (kind, name_key) = (identity.kind.name(), &identity.name_key);
    let registered = connection
        .prepare_cached(FIND)?
        .query_row(named_params! { ":name_key": name_key, ":kind": kind, ":apart": identity.apart }, |row| {
            row.get(0)
        })
        .optional()?;
    if registered.is_some() || identity.is_split_off() {
        return Ok(registered);
    }
    let is_labelled = |label: String| {
        let labelled = Identity { apart: label, ..identity.clone() };
        rulings.spelled(&labelled).is_some()
    };
    let ways = if is_vague(identity.kind, name_key) && identity.apart.is_empty() {
        &[FIND_UNRULED][..]
    } else {
        &[FIND_UNRULED, FIND_BY_ALIAS]
    };
    for find in ways {
        let mut find = connection.prepare_cached(find)?;
        let found =
            find.query_map(named_params! { ":name_key": name_key, ":kind": kind }, |row| row.get(0))?;
        for id in found.collect::<rusqlite::Result<Vec<i64>>>()? {
            if is_named(connection, rulings, id)? {
                continue;
            }
            let label = label(connection, id)?;
            let is_meant =
                if identity.apart.is_empty() { !is_labelled(label) } else { label == identity.apart };
            if is_meant {
                return Ok(Some(id));
            }
        }
    }
    Ok(None)
}

/// Whether corrections name the entity of a row already.
fn is_named(connection: &Connection, rulings: &Rulings, id: i64) -> rusqlite::Result<bool> {
    let registered = registered(connection, id)?;
    Ok(registered.is_some_and(|(_, identity)| rulings.spelled(&identity).is_some()))
}

/// What tells the entity of a row from its namesakes.
fn label(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    let mut find = connection.prepare_cached(FIRST_ARTICLE)?;
    let first: Option<String> = find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?;
    Ok(first_in(&first.unwrap_or_default()))
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
    let Some(mut name) = named.optional()? else { return Ok(None) };
    if is_vague(name.kind, &name.name) || find_first(connection, &name.identity())? != Some(id) {
        name.apart = label(connection, id)?;
    }
    Ok(Some(name))
}

/// A last name alone tells too little of whom it means.
fn is_vague(kind: EntityKind, name: &str) -> bool {
    kind == EntityKind::Person && !name.contains(' ')
}

/// The first of a name, whether anything is ruled of it or not.
fn find_first(connection: &Connection, identity: &Identity) -> rusqlite::Result<Option<i64>> {
    find(connection, &Rulings::default(), &Identity { apart: String::new(), ..identity.clone() })
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
    register_as(connection, id, None)
}

/// Notes how the machine knows an entity, and by which name corrections do.
pub(super) fn register_as(
    connection: &Connection,
    id: i64,
    known_by: Option<&EntityName>,
) -> rusqlite::Result<()> {
    if let Some((now, _)) = registered(connection, id)? {
        if let Some(known_by) = known_by.filter(|known_by| **known_by != now) {
            know_by(connection, id, known_by)?;
        }
        return Ok(());
    }
    let own = name(connection, id)?;
    let Some(known_by) = known_by.or(own.as_ref()) else { return Ok(()) };
    let added = connection.prepare_cached(REGISTER)?.execute(named_params! {
        ":id": id,
        ":name": known_by.name,
        ":name_key": key(&known_by.name),
        ":apart": known_by.apart,
    })?;
    if added > 0 {
        connection.prepare_cached(REGISTER_ALIASES)?.execute(named_params! { ":id": id })?;
    }
    Ok(())
}

fn know_by(connection: &Connection, id: i64, known_by: &EntityName) -> rusqlite::Result<()> {
    connection.prepare_cached(KNOW_BY)?.execute(named_params! {
        ":id": id,
        ":name": known_by.name,
        ":name_key": key(&known_by.name),
        ":apart": known_by.apart,
    })?;
    Ok(())
}

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
pub(super) fn show_again(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    if is_shown(connection, id)? {
        return Ok(());
    }
    let mut find = connection.prepare_cached(SHOWN_NAME)?;
    let name: Option<String> = find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?;
    let (Some(name), Some((known_by, _))) = (name, registered(connection, id)?) else { return Ok(()) };
    connection.prepare_cached(SHOW_AGAIN)?.execute(named_params! { ":id": id, ":name_key": key(&name) })?;
    entities::add_alias(connection, (id, known_by.kind), &name, 0)
}

/// The row of one that corrections alone know of.
fn unmet(connection: &Connection, identity: &Identity) -> rusqlite::Result<Option<i64>> {
    let mut find = connection.prepare_cached(UNMET)?;
    let parameters = named_params! {
        ":name_key": identity.name_key, ":kind": identity.kind.name(), ":apart": identity.apart,
    };
    find.query_row(parameters, |row| row.get(0)).optional()
}

/// Somebody whom the machine takes for nobody that it has met.
pub(super) struct Newcomer<'a> {
    pub(super) kind: EntityKind,
    pub(super) name: &'a str,
    pub(super) gender: Option<&'a str>,
    pub(super) country: Option<&'a str>,
    /// The identity of the article that it is first in.
    pub(super) article: &'a str,
}

/// The row of a newcomer, where corrections alone know of it so far.
pub(super) fn meet(
    connection: &Connection,
    rulings: &Rulings,
    newcomer: &Newcomer<'_>,
) -> rusqlite::Result<Option<i64>> {
    let name_key = key(newcomer.name);
    if !rulings.know_name(newcomer.kind, &name_key) {
        return Ok(None);
    }
    for apart in [first_in(newcomer.article), String::new()] {
        let identity = Identity { kind: newcomer.kind, name_key: name_key.clone(), apart };
        if let Some(id) = unmet(connection, &identity)? {
            connection.prepare_cached(MEET)?.execute(named_params! {
                ":id": id,
                ":name": newcomer.name,
                ":gender": newcomer.gender,
                ":country": newcomer.country,
            })?;
            show_again(connection, id)?;
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// Whether corrections have found the entity that they name.
pub(super) enum Attached {
    /// Not in this one.
    No,
    /// In this one, and the row that stood for it so far is nobody's any more.
    Now { stand_in: Option<i64> },
}

/// Registers an entity if corrections name it that have found nobody so far.
///
/// `first_article` is the identity of the article that it is first in, where that is known without looking.
pub(super) fn attach(
    connection: &Connection,
    rulings: &Rulings,
    id: i64,
    first_article: Option<&str>,
) -> rusqlite::Result<Attached> {
    if rulings.is_empty() || is_named(connection, rulings, id)? {
        return Ok(Attached::No);
    }
    let mut find = connection.prepare_cached(NAMES_OF_UNRULED)?;
    let names = find.query_map(named_params! { ":id": id }, |row| {
        Ok((kind(&row.get::<_, String>(0)?), row.get::<_, String>(1)?, row.get::<_, bool>(2)?))
    })?;
    for name in names.collect::<rusqlite::Result<Vec<_>>>()? {
        let (kind, name_key, is_shown) = name;
        if !rulings.know_name(kind, &name_key) {
            continue;
        }
        let label = match first_article {
            Some(article) => first_in(article),
            None => label(connection, id)?,
        };
        for apart in [Some(label), is_shown.then(String::new)].into_iter().flatten() {
            let identity = Identity { kind, name_key: name_key.clone(), apart };
            let Some(known_by) = rulings.spelled(&identity) else { continue };
            let stand_in = unmet(connection, &identity)?;
            let mut find = connection.prepare_cached(FIND)?;
            let is_taken = find.exists(named_params! {
                ":name_key": identity.name_key, ":kind": kind.name(), ":apart": identity.apart,
            })?;
            if is_taken && stand_in.is_none() {
                continue;
            }
            if let Some(stand_in) = stand_in {
                connection.prepare_cached(FORGET)?.execute(named_params! { ":id": stand_in })?;
            }
            register_as(connection, id, Some(known_by))?;
            return Ok(Attached::Now { stand_in });
        }
    }
    Ok(Attached::No)
}

/// Adds what an article knows of a registered entity that was not known before.
pub(super) fn complete(
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
pub(super) fn look(connection: &Connection, rulings: &Rulings, identity: &Identity) -> rusqlite::Result<()> {
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
pub(super) fn release(connection: &Connection, rulings: &Rulings) -> rusqlite::Result<()> {
    let mut named = Vec::new();
    for name in rulings.named() {
        named.extend(find(connection, rulings, &name.identity())?);
    }
    connection.prepare_cached(RELEASE)?.execute(named_params! { ":named": json_of(&named)? })?;
    Ok(())
}

/// Ids as a JSON array, for `json_each`.
fn json_of(ids: &[i64]) -> rusqlite::Result<String> {
    serde_json::to_string(ids).map_err(super::corrections::json_failure)
}
