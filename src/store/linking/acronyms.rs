//! Organizations with a row for the acronym alone beside the one with the name in full: before the archive had both in one article,
//! nothing told that they were one.
//!
//! Looks at what is shown once a run is over. Only where nearly all articles that print the acronym of somebody named in full mean the
//! same organization.

use rusqlite::{Connection, Row, named_params};

use crate::facts::reference::names::compare::is_acronym;
use crate::name_key::name_key;
use crate::store::corrections::join::Twins;

/// All organizations with a name of one word.
const SINGLE: &str = "
SELECT id, name FROM entities
WHERE kind = 'organization' AND mention_count > 0 AND instr(name, ' ') = 0 ORDER BY name_key, id";

/// Other organizations that articles call so, with how many do.
const IN_FULL: &str = "
SELECT id, name, sum(article_count) AS uses FROM aliases JOIN entities ON id = entity_id
WHERE alias_key = :key AND id <> :id AND kind = 'organization' AND mention_count > 0
GROUP BY id ORDER BY uses DESC, id LIMIT 16";

/// In how many articles a full name must go with its acronym, and in how many times as many as any other that has the same one.
const ARTICLES: i64 = 6;
const AHEAD: i64 = 8;

/// The rows of acronyms, each with the row of its full name.
pub(crate) fn acronyms(connection: &Connection) -> rusqlite::Result<Vec<Twins>> {
    let mut single = connection.prepare_cached(SINGLE)?;
    let mut in_full = connection.prepare_cached(IN_FULL)?;
    let mut twins = Vec::new();
    let row = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
    for single in single.query_map([], row)? {
        let (id, acronym) = single?;
        if acronym.chars().any(char::is_lowercase) {
            continue;
        }
        let parameters = named_params! { ":id": id, ":key": name_key(&acronym) };
        let row =
            |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?));
        let found = in_full.query_map(parameters, row)?.collect::<rusqlite::Result<Vec<_>>>()?;
        let mut found = found.into_iter().filter(|(_, name, _)| is_acronym(&acronym, name));
        let Some((full, name, uses)) = found.next() else { continue };
        let next = found.next().map_or(0, |(_, _, uses)| uses);
        if uses >= ARTICLES && uses >= next.max(1).saturating_mul(AHEAD) {
            twins.push(Twins {
                keep: id.min(full),
                other: id.max(full),
                reason: format!("{uses} articles call {name} by the acronym {acronym}, {next} the next"),
            });
        }
    }
    Ok(twins)
}
