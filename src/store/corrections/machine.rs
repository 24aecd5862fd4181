//! The machine's own count of the entities that corrections concern: their names and mentions as it found them,
//! whoever they are shown for.
//!
//! Kept so that corrections never change whom the machine takes a name for: a new article comes to the same
//! whether it is read before or after them.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::facts::EntityKind;
use crate::facts::reference::names::compare;
use crate::store::corrections::shown;
use crate::store::tables::entities::{self, Uses, key};

const IS_ANY: &str = "SELECT EXISTS (SELECT 1 FROM ruled_entities)";

const KIND_AND_NAME: &str = "SELECT kind, shown_name FROM ruled_entities WHERE id = :id";

const ADD_MENTIONS: &str =
    "UPDATE ruled_entities SET mention_count = mention_count + :mentions WHERE id = :id";

const ADD_ALIAS: &str = "
INSERT INTO ruled_aliases (entity_id, alias, alias_key, short_key, article_count, unprinted_count)
VALUES (:id, :alias, :alias_key, :short_key, :printed, :unprinted)
ON CONFLICT (entity_id, alias) DO UPDATE SET
    article_count = article_count + excluded.article_count,
    unprinted_count = unprinted_count + excluded.unprinted_count";

/// As `aliases` has them for those of whom nothing is ruled.
const NAMES: &str = "
SELECT alias, article_count FROM ruled_aliases
WHERE entity_id = :id AND (:name_key IS NULL OR alias_key = :name_key)
ORDER BY alias LIMIT 64";

const RENAME: &str = "UPDATE ruled_entities SET shown_name = :name WHERE id = :id";

const DELETE_UNUSED: &str = "
DELETE FROM ruled_aliases WHERE entity_id = :id AND article_count <= 0 AND unprinted_count <= 0";

/// Adds what an article brings, as the machine found it.
pub(crate) fn add(connection: &Connection, uses: &Uses) -> rusqlite::Result<()> {
    if !is_any(connection)? {
        return Ok(());
    }
    for (id, used) in uses.iter() {
        let Some((kind, name)) = kind_and_name(connection, id)? else { continue };
        change(connection, (id, kind), used, 1)?;
        if used.may_rename(kind, &name) {
            rename(connection, (id, kind), &name)?;
        }
    }
    Ok(())
}

/// Takes away what an article brought. Names stay until [`remove_unused`].
pub(crate) fn take_away(connection: &Connection, uses: &Uses) -> rusqlite::Result<()> {
    if !is_any(connection)? {
        return Ok(());
    }
    for (id, used) in uses.iter() {
        if let Some((kind, _)) = kind_and_name(connection, id)? {
            change(connection, (id, kind), used, -1)?;
        }
    }
    Ok(())
}

/// Removes names that no article uses any more.
pub(crate) fn remove_unused(connection: &Connection, ids: impl Iterator<Item = i64>) -> rusqlite::Result<()> {
    if !is_any(connection)? {
        return Ok(());
    }
    for id in ids {
        if let Some((kind, name)) = kind_and_name(connection, id)? {
            rename(connection, (id, kind), &name)?;
            connection.prepare_cached(DELETE_UNUSED)?.execute(named_params! { ":id": id })?;
        }
    }
    Ok(())
}

fn is_any(connection: &Connection) -> rusqlite::Result<bool> {
    connection.prepare_cached(IS_ANY)?.query_row([], |row| row.get(0))
}

fn kind_and_name(connection: &Connection, id: i64) -> rusqlite::Result<Option<(EntityKind, String)>> {
    let mut find = connection.prepare_cached(KIND_AND_NAME)?;
    let found = find.query_row(named_params! { ":id": id }, |row| {
        Ok((entities::kind_of(row.get_ref(0)?.as_str()?), row.get(1)?))
    });
    found.optional()
}

fn change(
    connection: &Connection,
    (id, kind): (i64, EntityKind),
    used: &entities::Use,
    sign: i64,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(ADD_MENTIONS)?
        .execute(named_params! { ":id": id, ":mentions": sign * used.mentions() })?;
    let printed = used.printed().map(|name| (name, sign, 0));
    let mut add = connection.prepare_cached(ADD_ALIAS)?;
    for (name, printed, unprinted) in printed.chain(used.unprinted().map(|name| (name, 0, sign))) {
        add.execute(named_params! {
            ":id": id,
            ":alias": name,
            ":alias_key": key(name),
            ":short_key": compare::short_key(kind, name),
            ":printed": printed,
            ":unprinted": unprinted,
        })?;
    }
    Ok(())
}

fn rename(connection: &Connection, (id, kind): (i64, EntityKind), shown: &str) -> rusqlite::Result<()> {
    let name_key = (kind == EntityKind::Place).then(|| key(shown));
    let mut names = connection.prepare_cached(NAMES)?;
    let names = names
        .query_map(named_params! { ":id": id, ":name_key": name_key }, |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(String, i64)>>>()?;
    match compare::canonical(kind, &names).and_then(|index| names.get(index)) {
        Some((name, _)) if name != shown => {
            connection.prepare_cached(RENAME)?.execute(named_params! { ":id": id, ":name": name })?;
            shown::look_at_name(connection, id)
        }
        _ => Ok(()),
    }
}
