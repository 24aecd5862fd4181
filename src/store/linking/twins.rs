//! People with several rows of whom the whole archive shows that they are one: what an early article could not know.
//!
//! Looks at what is shown once a run is over: a last name alone that nearly all articles use for one person, a single name
//! that nobody bears with another, full names that keep the same company. Decides nothing about an article, and changes
//! nothing: what it finds becomes corrections that no person gave.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, ToSql, named_params};

use crate::facts::EntityKind;
use crate::facts::offices::field;
use crate::facts::reference::names::compare;
use crate::store::corrections::join::Twins;
use crate::store::linking::{company, renown};
use crate::store::tables::entities;

/// All people with a name of one word, namesakes together.
const SINGLE: &str = "
SELECT id, name, name_key, gender, mention_count, 0 FROM entities
WHERE kind = 'person' AND instr(name_key, ' ') = 0 AND mention_count > 0 ORDER BY name_key, id";

/// All people who have a full name in common with somebody.
const SAME_FULL_NAME: &str = "
SELECT id, name, name_key, gender, mention_count, 0 FROM entities
WHERE kind = 'person' AND name_key IN (
    SELECT name_key FROM entities WHERE kind = 'person' AND instr(name_key, ' ') > 0
    GROUP BY name_key HAVING count(*) > 1
)
ORDER BY name_key, id";

/// Those with a full name who are called by one word of it, with the number of articles that call them so.
const BEARERS: &str = "
SELECT id, name, name_key, gender, mention_count, sum(uses)
FROM (
    SELECT entity_id, max(article_count, 0) AS uses FROM aliases WHERE alias_key = :key
    UNION ALL SELECT entity_id, 0 FROM aliases WHERE short_key = :key
) JOIN entities ON id = entity_id
WHERE kind = 'person' AND instr(name_key, ' ') > 0 AND mention_count > 0
GROUP BY id ORDER BY 6 DESC, mention_count DESC, id LIMIT 64";

/// Those with a full name that begins with a given name, the best known first.
const CALLED: &str = "
SELECT id, name, name_key, gender, mention_count, 0 FROM entities
WHERE kind = 'person' AND name_key > :key || ' ' AND name_key < :key || '!' AND mention_count >= :least
ORDER BY mention_count DESC, id LIMIT 64";

/// Whether an article in which somebody is mentioned mentions a relative of another one: of the same last name, and beside whom that
/// one is mentioned elsewhere.
const MEETS_RELATIVES: &str = "
SELECT EXISTS (
    SELECT 1 FROM mentions AS one
    CROSS JOIN mentions AS other ON other.article_id = one.article_id
    JOIN aliases ON aliases.entity_id = other.entity_id AND aliases.short_key = :last
    JOIN entities AS relative ON relative.id = other.entity_id
    WHERE one.entity_id = :one AND relative.kind = 'person' AND relative.id NOT IN (:one, :other)
        AND EXISTS (
            SELECT 1 FROM mentions AS there CROSS JOIN mentions AS beside
                ON beside.entity_id = relative.id AND beside.article_id = there.article_id
            WHERE there.entity_id = :other
        )
)";

/// Whether somebody is mentioned in an article of a run that has not ended: the others were looked at when theirs did.
const IS_NEW: &str = "
SELECT EXISTS (
    SELECT 1 FROM ingest_runs AS runs CROSS JOIN mentions
        CROSS JOIN articles INDEXED BY articles_by_run ON articles.run_id = runs.id AND articles.id = mentions.article_id
    WHERE runs.compared_at IS NULL AND entity_id = :one
)";

/// Whether an article mentions both.
const SHARE_AN_ARTICLE: &str = "
SELECT EXISTS (
    SELECT 1 FROM mentions AS one CROSS JOIN mentions AS other
        ON other.entity_id = :other AND other.article_id = one.article_id
    WHERE one.entity_id = :one
)";

/// The names that articles which mention both print of the other one.
const PRINTED_BESIDE: &str = "
SELECT DISTINCT substr(body, there.start + 1, there.end - there.start)
FROM (SELECT DISTINCT article_id FROM mentions WHERE entity_id = :one) AS one
CROSS JOIN mentions AS there ON there.article_id = one.article_id AND there.entity_id = :other
JOIN articles ON articles.id = there.article_id
WHERE form = 'name'";

/// People and organizations that the latest articles mention beside somebody, the rarest first; not who is in every other
/// article.
const COMPANIONS: &str = "
SELECT DISTINCT companions.id
FROM (SELECT DISTINCT article_id FROM mentions WHERE entity_id = :one ORDER BY article_id DESC LIMIT 500) AS one
CROSS JOIN mentions AS other ON other.article_id = one.article_id
JOIN entities AS companions ON companions.id = other.entity_id
WHERE companions.id <> :one AND kind <> 'place' AND mention_count < 1000
ORDER BY mention_count, companions.id LIMIT 24";

/// How many bearers of a last name are compared by the company that they keep.
const COMPARED: usize = 6;

/// How many companions tell who is meant by a last name alone, and how many times as many as those of anybody else.
const COMPANY: usize = 4;
const FULLER: usize = 4;

/// How many companions in common make two of one full name one person.
const COMMON: usize = 2;

/// How many times as often as a namesake somebody is mentioned of whom the namesake is a misread mention.
const FAR_MORE: i64 = 20;

/// How often somebody is mentioned who is known by the given name alone wherever a relative is.
const KNOWN: i64 = 5;

/// How many times as often as a namesake with relatives in the same article.
const AHEAD: i64 = 4;

/// A row of a person.
#[derive(Clone, Debug)]
struct Person {
    id: i64,
    name: String,
    name_key: String,
    gender: Option<String>,
    mentions: i64,
    /// How many articles use the name that was looked up.
    uses: i64,
}

impl Person {
    fn from(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Person {
            id: row.get(0)?,
            name: row.get(1)?,
            name_key: row.get(2)?,
            gender: row.get(3)?,
            mentions: row.get(4)?,
            uses: row.get(5)?,
        })
    }

    /// Whether nothing tells that they are a woman and a man.
    fn agrees(&self, other: &Person) -> bool {
        self.gender.is_none() || other.gender.is_none() || self.gender == other.gender
    }
}

/// All twins, each row once, in the order of names; whom the company tells that somebody keeps if `by_company`.
pub(crate) fn twins(connection: &Connection, by_company: bool) -> rusqlite::Result<Vec<Twins>> {
    let mut found = Vec::new();
    for (name_key, rows) in groups(connection, SINGLE)? {
        single(connection, &name_key, rows, by_company, &mut found)?;
    }
    for (_, rows) in groups(connection, SAME_FULL_NAME)? {
        full(connection, rows, &mut found)?;
    }
    Ok(found)
}

fn people(
    connection: &Connection,
    sql: &str,
    parameters: &[(&str, &dyn ToSql)],
) -> rusqlite::Result<Vec<Person>> {
    connection.prepare_cached(sql)?.query_map(parameters, Person::from)?.collect()
}

/// The rows of a query by their names.
fn groups(connection: &Connection, sql: &str) -> rusqlite::Result<BTreeMap<String, Vec<Person>>> {
    let mut groups: BTreeMap<String, Vec<Person>> = BTreeMap::new();
    let mut find = connection.prepare_cached(sql)?;
    for person in find.query_map([], Person::from)? {
        let person = person?;
        groups.entry(person.name_key.clone()).or_default().push(person);
    }
    Ok(groups)
}

/// Joins those who go by a single name: to the one person who is called so, or to each other where no full name of
/// anybody holds the name and it is a rare one.
fn single(
    connection: &Connection,
    name_key: &str,
    rows: Vec<Person>,
    by_company: bool,
    found: &mut Vec<Twins>,
) -> rusqlite::Result<()> {
    let bearers = people(connection, BEARERS, named_params! { ":key": name_key })?;
    if bearers.is_empty() && !compare::is_given(name_key) {
        if compare::is_rare(name_key) {
            join_all(rows, found);
        }
        return Ok(());
    }
    for row in rows {
        let fitting: Vec<&Person> = bearers.iter().filter(|bearer| bearer.agrees(&row)).collect();
        if by_company && let Some(twins) = in_company(connection, &row, &fitting)? {
            found.push(twins);
            continue;
        }
        let Some(best) = fitting.first() else { continue };
        let next = fitting.get(1).map(|next| next.uses);
        if !renown::is_alone(name_key, &best.name, best.uses, next)
            || are_told_apart(connection, &row, best)?
            || are_other_walks_of_life(connection, &row, best)?
        {
            continue;
        }
        let articles = best.uses;
        let reason = match next {
            None => format!("{articles} articles call {} so, and no other full name holds it", best.name),
            Some(next) => format!("{articles} articles call {} so, {next} the next", best.name),
        };
        found.push(older_stays(&row, best, reason));
    }
    Ok(())
}

/// Joins somebody called by a single name to the one whom those mentioned beside tell.
fn in_company(connection: &Connection, row: &Person, bearers: &[&Person]) -> rusqlite::Result<Option<Twins>> {
    let is_new: bool =
        connection.prepare_cached(IS_NEW)?.query_row(named_params! { ":one": row.id }, |row| row.get(0))?;
    if !is_new {
        return Ok(None);
    }
    if let Some(called) = among_relatives(connection, row)? {
        let reason = format!("mentioned beside a relative, as {} is elsewhere", called.name);
        return Ok(Some(older_stays(row, &called, reason)));
    }
    let best = by_company(connection, row, bearers)?;
    Ok(best.map(|best| {
        older_stays(row, best, format!("mentioned beside those whom {} is mentioned with", best.name))
    }))
}

/// The one whom a given name alone means beside somebody of the same last name: `Lena` beside Ben Falk is Lena Falk, if the archive
/// knows her well and no other Lena so.
fn among_relatives(connection: &Connection, row: &Person) -> rusqlite::Result<Option<Person>> {
    if !compare::is_given(&row.name_key) {
        return Ok(None);
    }
    let mut best: Option<Person> = None;
    for one in people(connection, CALLED, named_params! { ":key": row.name_key, ":least": KNOWN })? {
        if best.as_ref().is_some_and(|best| best.mentions >= AHEAD * one.mentions) {
            break;
        }
        let Some(last) = compare::short_key(EntityKind::Person, &one.name) else { continue };
        let parameters = named_params! { ":one": row.id, ":other": one.id, ":last": last };
        let meets: bool =
            connection.prepare_cached(MEETS_RELATIVES)?.query_row(parameters, |row| row.get(0))?;
        if !meets || !one.agrees(row) {
            continue;
        }
        // Whoever stands beside the very one is another.
        if best.is_some() || share_an_article(connection, row, &one)? {
            return Ok(None);
        }
        best = Some(one);
    }
    Ok(best)
}

/// The bearer of a last name who keeps the company of somebody called by it alone, and no other bearer does.
fn by_company<'p>(
    connection: &Connection,
    row: &Person,
    bearers: &[&'p Person],
) -> rusqlite::Result<Option<&'p Person>> {
    let mut counted: Vec<(usize, &Person)> = Vec::new();
    for bearer in bearers.iter().take(COMPARED) {
        let is_last =
            compare::short_key(EntityKind::Person, &bearer.name).is_some_and(|last| last == row.name_key);
        if is_last && bearer.uses > 0 {
            counted.push((companions_in_common(connection, row, bearer, COMPANY * FULLER)?, bearer));
        }
    }
    counted.sort_by_key(|(common, bearer)| (std::cmp::Reverse(*common), bearer.id));
    let next = counted.get(1).map_or(0, |(common, _)| *common);
    let Some((common, best)) = counted.first() else { return Ok(None) };
    let is_clear = *common >= COMPANY && *common >= FULLER * next;
    Ok((is_clear
        && !share_an_article(connection, row, best)?
        && !are_other_walks_of_life(connection, row, best)?)
    .then_some(best))
}

/// Joins namesakes to the oldest of them, but for those of another gender.
fn join_all(rows: Vec<Person>, found: &mut Vec<Twins>) {
    let mut rows = rows.into_iter();
    let Some(mut first) = rows.next() else { return };
    for row in rows {
        if first.agrees(&row) {
            let reason = "no full name of anybody holds this one".to_owned();
            found.push(older_stays(&first, &row, reason));
            first.gender = first.gender.or(row.gender);
        }
    }
}

/// Joins those of one full name who keep the same company, or of whom one is hardly there.
fn full(connection: &Connection, rows: Vec<Person>, found: &mut Vec<Twins>) -> rusqlite::Result<()> {
    let Some(best) = rows.iter().max_by_key(|row| (row.mentions, std::cmp::Reverse(row.id))) else {
        return Ok(());
    };
    for row in rows.iter().filter(|row| row.id != best.id) {
        // Two whom one article tells apart are two: father and son.
        if share_an_article(connection, row, best)? {
            continue;
        }
        let common = companions_in_common(connection, row, best, COMMON)?;
        let is_far_more = best.mentions >= row.mentions.saturating_mul(FAR_MORE);
        let is_rival = are_other_walks_of_life(connection, row, best)?;
        if common >= COMMON || is_far_more && !is_rival && common > 0 {
            let reason = format!("the same full name, and {common} or more companions in common");
            found.push(older_stays(row, best, reason));
        }
    }
    Ok(())
}

fn older_stays(one: &Person, other: &Person, reason: String) -> Twins {
    Twins { keep: one.id.min(other.id), other: one.id.max(other.id), reason }
}

fn share_an_article(connection: &Connection, row: &Person, best: &Person) -> rusqlite::Result<bool> {
    let parameters = named_params! { ":one": row.id, ":other": best.id };
    connection.prepare_cached(SHARE_AN_ARTICLE)?.query_row(parameters, |row| row.get(0))
}

/// Whether an article mentions both and prints more of the other's name than what is lacking beside a single name: one who calls
/// somebody `Ruiz` and once `Ana` need not mean two people.
fn are_told_apart(connection: &Connection, row: &Person, other: &Person) -> rusqlite::Result<bool> {
    let mut printed = connection.prepare_cached(PRINTED_BESIDE)?;
    let mut printed = printed.query(named_params! { ":one": row.id, ":other": other.id })?;
    while let Some(name) = printed.next()? {
        let name = entities::key(name.get_ref(0)?.as_str()?);
        if !compare::are_parts_of_one(&row.name_key, &name, &other.name) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn are_other_walks_of_life(connection: &Connection, one: &Person, other: &Person) -> rusqlite::Result<bool> {
    let (here, there) = (company::offices(connection, one.id)?, company::offices(connection, other.id)?);
    Ok(field::are_other_walks_of_life(&here, &there))
}

/// How many of those whom articles mention beside one are mentioned beside the other, up to `most`.
fn companions_in_common(
    connection: &Connection,
    one: &Person,
    other: &Person,
    most: usize,
) -> rusqlite::Result<usize> {
    let mut find = connection.prepare_cached(COMPANIONS)?;
    let companions = find.query_map(named_params! { ":one": one.id }, |row| row.get(0))?;
    let mut share = connection.prepare_cached(SHARE_AN_ARTICLE)?;
    let mut common = 0;
    for companion in companions.collect::<rusqlite::Result<Vec<i64>>>()? {
        let is_common: bool =
            share.query_row(named_params! { ":one": companion, ":other": other.id }, |row| row.get(0))?;
        common += usize::from(is_common && companion != other.id);
        if common >= most {
            break;
        }
    }
    Ok(common)
}
