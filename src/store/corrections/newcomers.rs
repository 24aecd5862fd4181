//! Corrections that name somebody whom the machine has not met yet, and the moment when it does.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::facts::EntityKind;
use crate::store::corrections::registry::{FIND, is_named, kind, register_as};
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::shown::show_again;
use crate::store::identity::{Identity, first_in};
use crate::store::tables::entities::key;

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

/// The shown name first.
const NAMES_OF_UNRULED: &str = "
SELECT kind, name_key, 1 FROM entities WHERE id = :id
UNION ALL
SELECT * FROM (
    SELECT DISTINCT kind, alias_key, 0 FROM aliases JOIN entities ON entities.id = entity_id
    WHERE entity_id = :id AND alias_key <> name_key ORDER BY alias_key LIMIT 64
)";

/// The row of one that corrections alone know of.
fn unmet(connection: &Connection, identity: &Identity) -> rusqlite::Result<Option<i64>> {
    let mut find = connection.prepare_cached(UNMET)?;
    let parameters = named_params! {
        ":name_key": identity.name_key, ":kind": identity.kind.name(), ":apart": identity.apart,
    };
    find.query_row(parameters, |row| row.get(0)).optional()
}

/// Somebody whom the machine takes for nobody that it has met.
pub(crate) struct Newcomer<'a> {
    pub(crate) kind: EntityKind,
    pub(crate) name: &'a str,
    pub(crate) gender: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    /// The identity of the article that it is first in.
    pub(crate) article: &'a str,
}

/// The row of a newcomer, where corrections alone know of it so far.
pub(crate) fn meet(
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
pub(crate) enum Attached {
    /// Not in this one.
    No,
    /// In this one, and the row that stood for it so far is nobody's any more.
    Now { stand_in: Option<i64> },
}

/// Registers an entity if corrections name it that have found nobody so far.
///
/// `first_article` is the identity of the article that it is first in, where that is known without looking.
pub(crate) fn attach(
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
            None => crate::store::corrections::registry::label(connection, id)?,
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
