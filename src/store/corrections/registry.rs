//! The table `ruled_entities`: entities that corrections concern, as the machine knows them.
//!
//! An entity that was merged into another or rejected has no row in `entities`. It keeps one here, so
//! that the machine can still be told by name whom it means, and the entity comes back under its old id.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::facts::EntityKind;
use crate::store::corrections::rulings::Rulings;
use crate::store::identity::{EntityName, Identity, first_in, kind_named};
use crate::store::tables::entities::key;

pub(super) const FIND: &str =
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

const BY_ID: &str = "SELECT kind, name, name_key, apart FROM ruled_entities WHERE id = :id";

const GIVEN_NAME: &str = "SELECT given_name FROM ruled_entities WHERE id = :id";

pub(super) const NAME_OF_UNRULED: &str = "SELECT kind, name FROM entities WHERE id = :id";

pub(super) const REGISTER: &str = "
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

/// The row of an entity that a correction may name; none where the archive does not know it.
///
/// One that corrections name by its label is not found by its name alone: each finds its own, in whatever order.
pub(crate) fn find(
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
pub(crate) fn is_named(connection: &Connection, rulings: &Rulings, id: i64) -> rusqlite::Result<bool> {
    let registered = registered(connection, id)?;
    Ok(registered.is_some_and(|(_, identity)| rulings.spelled(&identity).is_some()))
}

/// What tells the entity of a row from its namesakes.
pub(crate) fn label(connection: &Connection, id: i64) -> rusqlite::Result<String> {
    let mut find = connection.prepare_cached(FIRST_ARTICLE)?;
    let first: Option<String> = find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?;
    Ok(first_in(&first.unwrap_or_default()))
}

/// The name by which corrections know the entity of a row; none where there is no such row.
pub(crate) fn name(connection: &Connection, id: i64) -> rusqlite::Result<Option<EntityName>> {
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

/// The name by which a person is to know the entity of a row: the full one, where the row was known by a single name that
/// tells too little and has been joined to its bearer.
pub(super) fn name_for_people(connection: &Connection, id: i64) -> rusqlite::Result<Option<EntityName>> {
    let Some(name) = name(connection, id)? else { return Ok(None) };
    if name.apart.is_empty() || name.identity().is_split_off() || !is_vague(name.kind, &name.name) {
        return Ok(Some(name));
    }
    let mut find = connection.prepare_cached(GIVEN_NAME)?;
    let given: Option<Option<String>> =
        find.query_row(named_params! { ":id": id }, |row| row.get(0)).optional()?;
    Ok(Some(given.flatten().map_or(name, |given| EntityName::new(EntityKind::Person, given))))
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
pub(crate) fn identity(connection: &Connection, id: i64) -> rusqlite::Result<Option<Identity>> {
    Ok(registered(connection, id)?.map(|(_, identity)| identity))
}

pub(super) fn registered(
    connection: &Connection,
    id: i64,
) -> rusqlite::Result<Option<(EntityName, Identity)>> {
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
pub(crate) fn kind(word: &str) -> EntityKind {
    kind_named(word).unwrap_or(EntityKind::Person)
}

/// Notes how the machine knows an entity, before a correction changes how it is shown.
pub(crate) fn register(connection: &Connection, id: i64) -> rusqlite::Result<()> {
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
