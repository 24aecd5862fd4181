//! Bodies of state with two rows: an archive of one country calls them by their bare names, and some articles by the country’s
//! as well: `Supreme Court` and `U.S. Supreme Court`.
//!
//! Looks at what is shown once a run is over. Only of the country that the archive mentions far more than any other, only what
//! every state has one of, and only where the bare name is the usual one and no other country’s is near.

use std::collections::HashMap;

use rusqlite::{Connection, Row};

use crate::facts::reference::names::compare::{self, is_body_of_state, national_body};
use crate::name_key::name_key;
use crate::store::corrections::join::Twins;

/// The two places that are mentioned most.
const PLACES: &str = "
SELECT name, mention_count FROM entities WHERE kind = 'place' ORDER BY mention_count DESC, id LIMIT 2";

/// All organizations that are mentioned, the most mentioned first.
const ORGANIZATIONS: &str = "
SELECT id, name, mention_count FROM entities
WHERE kind = 'organization' AND mention_count > 0 ORDER BY mention_count DESC, id";

/// How many times as often as the next one the archive’s own country is mentioned.
const FAR_MORE: i64 = 3;

/// How often a body is mentioned at least by its bare name: a few articles tell nothing of an archive.
const FEWEST: i64 = 20;

/// How many times as often as those of all other countries together the country’s own body is mentioned.
const NEAR: i64 = 2;

/// A row of a body.
struct Body {
    id: i64,
    mentions: i64,
}

/// The rows of one body each, of the archive’s own country.
pub(crate) fn own_bodies(connection: &Connection) -> rusqlite::Result<Vec<Twins>> {
    let Some(country) = own_country(connection)? else { return Ok(Vec::new()) };
    let mut bare: HashMap<String, Body> = HashMap::new();
    let mut own: HashMap<String, Vec<(Body, String)>> = HashMap::new();
    let mut foreign: HashMap<String, i64> = HashMap::new();
    let mut find = connection.prepare_cached(ORGANIZATIONS)?;
    let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?));
    for found in find.query_map([], row)? {
        let (id, name, mentions) = found?;
        let key = name_key(&name);
        match national_body(&name) {
            Some((of, body)) if of == country => {
                own.entry(body).or_default().push((Body { id, mentions }, name))
            }
            Some((_, body)) => *foreign.entry(body).or_default() += mentions,
            // The most mentioned of several rows with one name.
            None if is_body_of_state(&key) => drop(bare.entry(key).or_insert(Body { id, mentions })),
            None => {}
        }
    }
    let mut twins = Vec::new();
    for (key, mut rows) in own {
        // By the country and not by its adjective, where both are in use: the `U.S. Army`, hardly the `American Army`.
        let is_by_country = |name: &str| compare::begins_with_country(name);
        if rows.iter().any(|(_, name)| is_by_country(name)) {
            rows.retain(|(_, name)| is_by_country(name));
        }
        let Some(body) = bare.get(&key).filter(|body| body.mentions >= FEWEST) else { continue };
        let of_own: i64 = rows.iter().map(|(own, _)| own.mentions).sum();
        let of_others = foreign.get(&key).copied().unwrap_or(0);
        if body.mentions < of_own || of_own < of_others.saturating_mul(NEAR) {
            continue;
        }
        twins.extend(rows.iter().map(|(own, name)| Twins {
            keep: own.id.min(body.id),
            other: own.id.max(body.id),
            reason: format!(
                "the archive is about {country}, and calls {name} by the bare name {} times",
                body.mentions
            ),
        }));
    }
    twins.sort_by_key(|twins| (twins.keep, twins.other));
    Ok(twins)
}

/// The country that the archive mentions far more than any other place.
fn own_country(connection: &Connection) -> rusqlite::Result<Option<&'static str>> {
    let mut find = connection.prepare_cached(PLACES)?;
    let row = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?));
    let places = find.query_map([], row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(match places.as_slice() {
        [(name, mentions), rest @ ..] => {
            let next = rest.first().map_or(0, |(_, mentions)| *mentions);
            let is_own = *mentions >= FEWEST && *mentions >= next.saturating_mul(FAR_MORE);
            compare::country(name).filter(|_| is_own)
        }
        [] => None,
    })
}
