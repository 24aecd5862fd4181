//! Names as they are typed → entities of the archive.
//!
//! A name fits every entity that has it as an alias, without regard to case, accents and marks. Titles
//! before a name are dropped where the whole is no alias: `President Ruiz` is looked up as `Ruiz`.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::stored_entity::StoredEntity;

const BY_KEY: &str = "
    SELECT DISTINCT entities.id, entities.name, entities.kind, entities.quote_count, entities.mention_count
    FROM aliases JOIN entities ON entities.id = aliases.entity_id
    WHERE aliases.alias_key = :key
    ORDER BY entities.mention_count DESC, entities.id";

/// Every entity that bears the name, the most mentioned first; none where nobody does.
pub(crate) fn find(db: &Connection, name: &str) -> Result<Vec<StoredEntity>, Error> {
    Ok(find_with_key(db, name)?.map_or_else(Vec::new, |(_, known)| known))
}

/// The same, with the key that they were found by: that of the name, or of the name less its titles.
fn find_with_key(db: &Connection, name: &str) -> Result<Option<(String, Vec<StoredEntity>)>, Error> {
    let key = name_key(name);
    for key in std::iter::successors(Some(key.as_str()), |key| without_title(key)) {
        let known = find_key(db, key)?;
        if !known.is_empty() {
            return Ok(Some((key.to_owned(), known)));
        }
    }
    Ok(None)
}

/// How many times as often as all others together the best known bearer of a name is mentioned, if there is one.
const FAR_MORE: i64 = 5;

/// Few as the others' mentions may be, they count as so many: a handful of articles makes nobody well known.
const FEWEST: i64 = 4;

/// How many times as many articles as for all others together call the best known bearer so, if the others, who may be well known
/// themselves, owe the name to a few misread lines.
const FAR_MORE_ARTICLES: i64 = 20;

/// Whom less than one in so many of the articles that print a name call so is not meant by it.
const MISREAD: i64 = 50;

/// In how many articles, for each bearer of a name, it is printed.
const USES: &str =
    "SELECT entity_id, sum(article_count) FROM aliases WHERE alias_key = :key GROUP BY entity_id";

/// Those whom a question means by a name: every bearer, the most mentioned first; or the best known one alone, where the archive
/// mentions it far more than the rest, or calls it so in far more articles. `each` asks for all even then. None where nobody bears it; notes say who was taken.
pub(super) fn meant(
    db: &Connection,
    name: &str,
    each: bool,
    notes: &mut Notes,
) -> Result<Vec<StoredEntity>, Error> {
    let Some((key, mut known)) = find_with_key(db, name)? else { return Ok(Vec::new()) };
    if known.len() > 1 && !each {
        let uses = uses(db, &key)?;
        if let Some(usual) = usual_bearer(&uses)
            && let Some(at) = known.iter().position(|one| one.id == usual)
        {
            let usual = known.remove(at);
            known.insert(0, usual);
            note_on_best(name, &known, notes);
            known.truncate(1);
            return Ok(known);
        }
        // Whom a misread line or two once called so is not meant.
        let all: i64 = uses.values().sum();
        known.retain(|one| {
            name_key(&one.name) == key || uses.get(&one.id).is_some_and(|uses| uses * MISREAD >= all)
        });
    }
    let rest: i64 = known.iter().skip(1).map(|one| one.mentions).sum();
    match known.first() {
        Some(best) if !each && known.len() > 1 && best.mentions >= FAR_MORE * rest.max(FEWEST) => {
            note_on_best(name, &known, notes);
            known.truncate(1);
        }
        _ => notes.add_some(note_on_several(name, &known)),
    }
    Ok(known)
}

/// Says who was taken, the first, and who else has the name in theirs; not whom a misread line once called so.
fn note_on_best(name: &str, known: &[StoredEntity], notes: &mut Notes) {
    let [best, others @ ..] = known else { return };
    let key = name_key(name);
    let has_it = |one: &StoredEntity| {
        let words = name_key(&one.name);
        key.split(' ').all(|asked| words.split(' ').any(|word| word == asked))
    };
    let others: Vec<StoredEntity> = others.iter().filter(|one| has_it(one)).cloned().collect();
    if others.is_empty() {
        return;
    }
    notes.add(format!(
        "\"{name}\" was taken for {} ({}); --each also asks for {}",
        best.name,
        best.kind,
        listed(&others)
    ));
}

/// In how many articles each bearer of a name is called so.
fn uses(db: &Connection, key: &str) -> Result<BTreeMap<i64, i64>, Error> {
    let mut statement = db.prepare_cached(USES).map_err(read_error)?;
    let uses = statement.query_map(named_params! {":key": key}, |row| Ok((row.get(0)?, row.get(1)?)));
    uses.and_then(Iterator::collect).map_err(read_error)
}

/// Whom far more articles call so than all others together, if there is one.
fn usual_bearer(uses: &BTreeMap<i64, i64>) -> Option<i64> {
    let all: i64 = uses.values().sum();
    let best = uses.iter().max_by_key(|(id, uses)| (**uses, std::cmp::Reverse(**id)));
    best.filter(|(_, uses)| **uses >= FAR_MORE_ARTICLES * (all - **uses).max(1)).map(|(id, _)| *id)
}

/// The parts of a list: `Ana Ruiz, Lia Okafor and Porto`.
pub(super) fn split_list(names: &str) -> Vec<&str> {
    let parts = names.split(',').flat_map(|part| part.split(" and "));
    parts.map(|part| part.trim().trim_start_matches("and ")).filter(|part| !part.is_empty()).collect()
}

/// The names of a list with `and` or `or`, where it is no name itself and any part of it is one; else the whole.
pub(super) fn listed_names<'n>(db: &Connection, names: &'n str) -> Result<Vec<&'n str>, Error> {
    let parts: Vec<&str> = names.split(" or ").flat_map(split_list).collect();
    if parts.len() < 2 || !find(db, names)?.is_empty() {
        return Ok(vec![names]);
    }
    let known = parts.iter().map(|part| find(db, part)).collect::<Result<Vec<_>, _>>()?;
    let is_list = names.contains(" or ") || known.iter().any(|known| !known.is_empty());
    Ok(if is_list { parts } else { vec![names] })
}

/// Whom a misspelled name can only mean; a note says so. Nobody where none or several names are so near.
pub(super) fn misspelled(
    db: &Connection,
    asked: &str,
    each: bool,
    notes: &mut Notes,
) -> Result<Vec<StoredEntity>, Error> {
    let key = name_key(asked);
    let most = if key.chars().count() > 5 { 2 } else { 1 };
    let mut near: Vec<(usize, String)> = spelled_alike(db, asked)?
        .into_iter()
        .map(|(_, alias, _)| (strsim::damerau_levenshtein(&key, &alias), alias))
        .filter(|(distance, alias)| *distance <= most && !alias.is_empty())
        .collect();
    near.sort_unstable();
    near.dedup();
    let Some((least, _)) = near.first() else { return Ok(Vec::new()) };
    let mut bearers = Vec::new();
    for (_, alias) in near.iter().take_while(|(distance, _)| distance == least) {
        let meant = meant(db, alias, each, &mut Notes::default())?;
        if !bearers.iter().any(|(known, _): &(Vec<StoredEntity>, _)| *known == meant) {
            bearers.push((meant, alias));
        }
    }
    let mentions = |known: &[StoredEntity]| known.iter().map(|one| one.mentions).sum::<i64>();
    bearers.sort_by_key(|(known, _)| std::cmp::Reverse(mentions(known)));
    // Of several that are as near, one that is mentioned far more than the rest.
    let rest: i64 = bearers.iter().skip(1).map(|(known, _)| mentions(known)).sum();
    let (nearest, alias) = match bearers.into_iter().next() {
        Some((known, alias)) if rest == 0 || mentions(&known) >= FAR_MORE * rest.max(FEWEST) => {
            (known, alias)
        }
        _ => return Ok(Vec::new()),
    };
    if let Some(best) = nearest.first() {
        let whom = if name_key(&best.name) == *alias {
            best.name.clone()
        } else {
            format!("{} ({alias})", best.name)
        };
        notes.add(format!("\"{asked}\" is not a name in this database; answered for the nearest: {whom}"));
    }
    Ok(nearest)
}

fn find_key(db: &Connection, key: &str) -> Result<Vec<StoredEntity>, Error> {
    let mut statement = db.prepare_cached(BY_KEY).map_err(read_error)?;
    let known = statement.query_map(named_params! {":key": key}, |row| {
        Ok(StoredEntity {
            id: row.get("id")?,
            name: row.get("name")?,
            kind: row.get("kind")?,
            quotes: row.get("quote_count")?,
            mentions: row.get("mention_count")?,
        })
    });
    known.and_then(Iterator::collect).map_err(read_error)
}

/// Words that stand before a name and are no part of it. Keys, as [`name_key`] makes them.
const TITLES: [&str; 54] = [
    "acting",
    "admiral",
    "ambassador",
    "archbishop",
    "bishop",
    "captain",
    "cardinal",
    "chairman",
    "chairwoman",
    "chancellor",
    "chief",
    "colonel",
    "commissioner",
    "congressman",
    "congresswoman",
    "director",
    "dr",
    "finance",
    "first",
    "foreign",
    "former",
    "gen",
    "general",
    "gov",
    "governor",
    "judge",
    "justice",
    "king",
    "lady",
    "lord",
    "mayor",
    "minister",
    "miss",
    "mr",
    "mrs",
    "ms",
    "pope",
    "premier",
    "president",
    "prime",
    "prince",
    "princess",
    "prof",
    "professor",
    "queen",
    "rep",
    "representative",
    "secretary",
    "sen",
    "senator",
    "sir",
    "speaker",
    "spokesman",
    "vice",
];

/// The key without the title that it begins with.
fn without_title(key: &str) -> Option<&str> {
    let (first, rest) = key.split_once(' ')?;
    TITLES.contains(&first).then_some(rest)
}

/// The key without any title before it.
pub(crate) fn without_titles(key: &str) -> &str {
    std::iter::successors(Some(key), |key| without_title(key)).last().unwrap_or(key)
}

const IDS: &str = "cannot list ids";

/// The ids as a JSON array, for `json_each`.
pub(super) fn ids_of<'k>(known: impl IntoIterator<Item = &'k StoredEntity>) -> Result<String, Error> {
    let ids: Vec<i64> = known.into_iter().map(|known| known.id).collect();
    serde_json::to_string(&ids).map_err(|cause| Error::new(IDS).because(cause))
}

/// Says whom a name was taken for, where that is more than one.
fn note_on_several(asked: &str, known: &[StoredEntity]) -> Option<String> {
    (known.len() > 1).then(|| format!("\"{asked}\" fits {} entities: {}", known.len(), listed(known)))
}

/// The first few, with their kinds.
fn listed(known: &[StoredEntity]) -> String {
    const SHOWN: usize = 5;
    let mut shown: Vec<String> =
        known.iter().take(SHOWN).map(|one| format!("{} ({})", one.name, one.kind)).collect();
    if known.len() > SHOWN {
        shown.push(format!("{} more", known.len() - SHOWN));
    }
    shown.join(", ")
}

/// Says that a name is unknown, and which known names are near it.
pub(super) fn note_on_unknown(db: &Connection, asked: &str) -> Result<String, Error> {
    let near = near(db, asked)?;
    if near.is_empty() {
        return Ok(format!("\"{asked}\" is not a name in this database"));
    }
    Ok(format!("\"{asked}\" is not a name in this database; near it: {}", near.join(", ")))
}

/// The best known of each kind that have a word in their names.
const BY_WORD: &str = "
    SELECT name FROM (
        SELECT * FROM (SELECT name, name_key, mention_count FROM entities WHERE kind = 'person'
            ORDER BY mention_count DESC LIMIT :most)
        UNION ALL SELECT * FROM (SELECT name, name_key, mention_count FROM entities WHERE kind = 'organization'
            ORDER BY mention_count DESC LIMIT :most)
        UNION ALL SELECT * FROM (SELECT name, name_key, mention_count FROM entities WHERE kind = 'place'
            ORDER BY mention_count DESC LIMIT :most))
    WHERE ' ' || name_key || ' ' LIKE '% ' || :word || ' %'
    ORDER BY mention_count DESC, name LIMIT 3";

/// The names that begin in this way.
const BY_PREFIX: &str = "
    SELECT alias_key, entity_id FROM aliases WHERE alias_key >= :from AND alias_key < :to LIMIT :most";

const NAME: &str = "SELECT name FROM entities WHERE id = :id";

/// Of how many of each kind a word is looked for in the names.
const BEST_KNOWN: i64 = 1_500;

/// How many names are looked at, so that a typing error costs no noticeable time in a large archive.
const MOST_COMPARED: i64 = 20_000;

/// Names that are spelled much like the one asked for, the nearest first: likeness, key and full name.
fn spelled_alike(db: &Connection, asked: &str) -> Result<Vec<(f64, String, String)>, Error> {
    const LIKE_ENOUGH: f64 = 0.88;
    let key = name_key(asked);
    let mut found: Vec<(f64, String, String)> = Vec::new();
    // Under the first letters, and under the last word: the surname of somebody whose first name is mistyped.
    let starts: String = key.chars().take(2).collect();
    let last_word = key.rsplit(' ').next().unwrap_or_default();
    for (prefix, by_surname) in [(starts.as_str(), false), (last_word, key.contains(' '))] {
        if prefix.is_empty() {
            continue;
        }
        let mut statement = db.prepare_cached(BY_PREFIX).map_err(read_error)?;
        let after = format!("{prefix}\u{10FFFF}");
        let parameters = named_params! {":from": prefix, ":to": after, ":most": MOST_COMPARED};
        let mut rows = statement.query(parameters).map_err(read_error)?;
        while let Some(row) = rows.next().map_err(read_error)? {
            let alias: String = row.get(0).map_err(read_error)?;
            let bears_surname = by_surname && alias == last_word;
            let likeness =
                strsim::jaro_winkler(&key, &alias).max(if bears_surname { LIKE_ENOUGH } else { 0.0 });
            if likeness >= LIKE_ENOUGH {
                let id: i64 = row.get(1).map_err(read_error)?;
                let mut name = db.prepare_cached(NAME).map_err(read_error)?;
                let name = name.query_row(named_params! {":id": id}, |row| row.get(0)).map_err(read_error)?;
                found.push((likeness, alias, name));
            }
        }
    }
    if !key.is_empty() && !key.contains(' ') {
        // A surname or a given name alone.
        let mut statement = db.prepare_cached(BY_WORD).map_err(read_error)?;
        let mut rows =
            statement.query(named_params! {":word": key, ":most": BEST_KNOWN}).map_err(read_error)?;
        while let Some(row) = rows.next().map_err(read_error)? {
            found.push((LIKE_ENOUGH, String::new(), row.get(0).map_err(read_error)?));
        }
    }
    found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.2.cmp(&other.2)));
    Ok(found)
}

/// Full names that are spelled much like the one asked for, the nearest first; at most three.
fn near(db: &Connection, asked: &str) -> Result<Vec<String>, Error> {
    let mut names: Vec<String> = Vec::new();
    for (_, _, name) in spelled_alike(db, asked)? {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.truncate(3);
    Ok(names)
}

/// What stands behind the names of outlets and is no part of them: `NPR Online News`, `Wall Street Journal - Opinion`.
const OF_OUTLETS: [&str; 9] =
    ["online", "news", "opinion", "editorial", "blog", "web", "website", "print", "com"];

/// The publishers whose names are the same without regard to case, accents, marks, the article before them and what part of
/// the outlet they are.
pub(super) fn find_publishers(db: &Connection, asked: &str) -> Result<Vec<String>, Error> {
    let bare = |name: &str| name_key(name).trim_start_matches("the ").to_owned();
    let key = bare(asked);
    let shorter = |name: &String| {
        let (rest, last) = name.rsplit_once(' ')?;
        OF_OUTLETS.contains(&last).then(|| rest.to_owned())
    };
    let is_meant =
        |publisher: &String| std::iter::successors(Some(bare(publisher)), shorter).any(|name| name == key);
    Ok(publishers(db)?.into_iter().filter(is_meant).collect())
}

/// The publishers whose names have these words among others: `NPR Online News`.
fn publishers_with(db: &Connection, asked: &str) -> Result<Vec<String>, Error> {
    let key = format!(" {} ", name_key(asked));
    let has_words = |name: &String| format!(" {} ", name_key(name)).contains(&key);
    let all = if key.trim().is_empty() { Vec::new() } else { publishers(db)? };
    Ok(all.into_iter().filter(has_words).collect())
}

/// Whether publishers, as a JSON array, have so few articles that a list of them is quickly made.
pub(super) fn have_few_articles(db: &Connection, publishers: &str) -> Result<bool, Error> {
    const ARTICLES: &str = "SELECT count(*) FROM (SELECT 1 FROM articles
        WHERE publisher IN (SELECT value FROM json_each(:publishers)) LIMIT 5001)";
    let mut statement = db.prepare_cached(ARTICLES).map_err(read_error)?;
    let found = statement.query_row(named_params! {":publishers": publishers}, |row| row.get::<_, i64>(0));
    Ok(found.map_err(read_error)? <= 5000)
}

/// The publishers of that name as a JSON array; `None` where there is none, which is noted.
pub(super) fn known_publishers(
    db: &Connection,
    asked: &str,
    notes: &mut Notes,
) -> Result<Option<String>, Error> {
    let mut known = find_publishers(db, asked)?;
    if known.is_empty() {
        known = publishers_with(db, asked)?;
        if !known.is_empty() {
            notes.add(format!("\"{asked}\" was taken for {}", known.join(", ")));
        }
    }
    if known.is_empty() {
        notes.add(note_on_unknown_publisher(db, asked)?);
        return Ok(None);
    }
    serde_json::to_string(&known)
        .map(Some)
        .map_err(|cause| Error::new("cannot list publishers").because(cause))
}

/// Says that a publisher is unknown, and which known ones are near it.
fn note_on_unknown_publisher(db: &Connection, asked: &str) -> Result<String, Error> {
    const LIKE_ENOUGH: f64 = 0.8;
    let key = name_key(asked);
    let likeness = |publisher: &str| {
        let other = name_key(publisher);
        if other.contains(&key) { 1.0 } else { strsim::jaro_winkler(&key, &other) }
    };
    let mut near: Vec<(f64, String)> =
        publishers(db)?.into_iter().map(|name| (likeness(&name), name)).collect();
    near.retain(|(likeness, _)| *likeness >= LIKE_ENOUGH);
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    let near: Vec<String> = near.into_iter().take(3).map(|(_, name)| name).collect();
    let near = if near.is_empty() { String::new() } else { format!("; near it: {}", near.join(", ")) };
    Ok(format!("\"{asked}\" is not a publisher in this database{near}"))
}

/// Goes from one publisher to the next in the index: a step for each publisher, not for each article.
const PUBLISHERS: &str = "
    WITH RECURSIVE listed (publisher) AS (
        SELECT min(publisher) FROM articles
        UNION ALL
        SELECT (SELECT min(publisher) FROM articles WHERE publisher > listed.publisher)
        FROM listed WHERE listed.publisher IS NOT NULL
    )
    SELECT publisher FROM listed WHERE publisher IS NOT NULL";

fn publishers(db: &Connection) -> Result<Vec<String>, Error> {
    let mut statement = db.prepare_cached(PUBLISHERS).map_err(read_error)?;
    statement.query_map([], |row| row.get(0)).and_then(Iterator::collect).map_err(read_error)
}
