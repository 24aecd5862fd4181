//! The tables `entities`, `aliases` and `mentions`: who is there, under which names, and where.
//!
//! Counts are kept exact by adding what an article brings and taking away what it brought before;
//! [`Uses`] is what is added or taken.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::article::Article;
use crate::facts::reference::names::compare;
use crate::facts::{EntityKind, Facts, Form};
use crate::name_key::name_key;
use crate::span::{Byte, CodePoints, Span};
use crate::store::tables::articles;

const ADD_COUNTS: &str = "
UPDATE entities
SET mention_count = mention_count + :mentions, quote_count = quote_count + :quotes, seen_in = seen_in + :articles
WHERE id = :id";

const SEEN: &str = "
UPDATE entities
SET seen_first = min(coalesce(seen_first, :date), :date), seen_last = max(coalesce(seen_last, :date), :date)
WHERE id = :id";

/// Whether an article of this date is the first or the last that mentions somebody, and how often anything does.
const IS_BOUNDARY: &str =
    "SELECT mention_count FROM entities WHERE id = :id AND :date IN (seen_first, seen_last)";

/// Of somebody who is seldom mentioned every article is looked at.
const SEEN_ANEW: &str = "
UPDATE entities SET (seen_first, seen_last) = (
    SELECT min(published_at), max(published_at)
    FROM (SELECT DISTINCT article_id FROM mentions WHERE entity_id = :id)
    JOIN articles INDEXED BY articles_dated ON articles.id = article_id)
WHERE id = :id";

/// Of others those of the dates from the boundary on, until one mentions them.
const OFTEN_SEEN_ANEW: &str = "
UPDATE entities SET
    seen_first = (SELECT published_at FROM articles WHERE published_at >= entities.seen_first
        AND EXISTS (SELECT 1 FROM mentions WHERE entity_id = :id AND article_id = articles.id) ORDER BY published_at LIMIT 1),
    seen_last = (SELECT published_at FROM articles WHERE published_at <= entities.seen_last
        AND EXISTS (SELECT 1 FROM mentions WHERE entity_id = :id AND article_id = articles.id) ORDER BY published_at DESC LIMIT 1)
WHERE id = :id";

/// From so many mentions on somebody is mentioned often.
const OFTEN: i64 = 2000;

const DATE: &str = "SELECT published_at FROM articles INDEXED BY articles_dated WHERE id = :article";

const ADD_ALIAS: &str = "
INSERT INTO aliases (entity_id, alias, alias_key, short_key, article_count)
VALUES (:id, :alias, :alias_key, :short_key, :articles)
ON CONFLICT (entity_id, alias) DO UPDATE SET article_count = article_count + excluded.article_count";

const KIND_AND_NAME: &str = "SELECT kind, name FROM entities WHERE id = :id";

/// The names that may be shown: all of a person or an organization; of a place the spellings of its name, for
/// its other names are those of its country or people. More spellings than that are noise.
const NAMES: &str = "
SELECT alias, article_count FROM aliases JOIN entities ON entities.id = entity_id
WHERE entity_id = :id AND (kind <> 'place' OR alias_key = name_key)
ORDER BY alias LIMIT 64";

/// One that corrections concern is shown by the name given to it, or by the one that the machine would show.
const RENAME: &str = "
UPDATE entities SET name = :name, name_key = :name_key
WHERE id = :id AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE id = :id)";

const INSERT_MENTION: &str = "
INSERT INTO mentions (article_id, entity_id, start, end, form)
VALUES (:article, :entity, :start, :end, :form)
ON CONFLICT DO NOTHING";

const MENTIONS_IN_ARTICLE: &str =
    "SELECT entity_id, form = 'name', start, end FROM mentions WHERE article_id = :article";

const SPEAKERS_IN_ARTICLE: &str =
    "SELECT speaker_id FROM quotes WHERE article_id = :article AND speaker_id IS NOT NULL AND vouched = 1";

/// Those that facts refer to without a mention of their own.
const REFERRED_TO_IN_ARTICLE: &str = "
SELECT entity_id FROM quote_subjects JOIN quotes ON quotes.id = quote_id WHERE article_id = :article
UNION SELECT speaker_id FROM quotes WHERE article_id = :article AND speaker_id IS NOT NULL
UNION SELECT subject_id FROM relationships WHERE article_id = :article
UNION SELECT object_id FROM relationships WHERE article_id = :article AND object_id IS NOT NULL
UNION SELECT claimant_id FROM relationships WHERE article_id = :article AND claimant_id IS NOT NULL";

const DELETE_MENTIONS: &str = "DELETE FROM mentions WHERE article_id = :article";

const INSERT_UNPRINTED_NAME: &str = "
INSERT INTO unprinted_names (article_id, entity_id, alias) VALUES (:article, :entity, :alias)";

const UNPRINTED_NAMES_IN_ARTICLE: &str =
    "SELECT entity_id, alias FROM unprinted_names WHERE article_id = :article";

const DELETE_UNPRINTED_NAMES: &str = "DELETE FROM unprinted_names WHERE article_id = :article";

const DELETE_UNUSED_ALIASES: &str = "
DELETE FROM aliases
WHERE entity_id = :id AND article_count <= 0
    AND alias <> (SELECT name FROM entities WHERE id = :id)
    AND NOT EXISTS (
        SELECT 1 FROM unprinted_names
        WHERE unprinted_names.entity_id = :id AND unprinted_names.alias = aliases.alias
    )";

/// An entity that a person has confirmed stays.
const DELETE_IF_UNUSED: &str = "
DELETE FROM entities
WHERE id = :id AND mention_count = 0 AND quote_count = 0
    AND NOT EXISTS (SELECT 1 FROM mentions WHERE entity_id = :id)
    AND NOT EXISTS (SELECT 1 FROM quotes WHERE speaker_id = :id)
    AND NOT EXISTS (SELECT 1 FROM quote_subjects WHERE entity_id = :id)
    AND NOT EXISTS (SELECT 1 FROM relationships WHERE subject_id = :id)
    AND NOT EXISTS (SELECT 1 FROM relationships WHERE object_id = :id)
    AND NOT EXISTS (SELECT 1 FROM relationships WHERE claimant_id = :id)
    AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE id = :id AND confirmed = 1)";

/// What one article brings to one entity.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Use {
    mentions: i64,
    quotes: i64,
    /// The names that are printed.
    names: BTreeSet<String>,
    /// Names that are known from the article but not printed in this form.
    other_names: BTreeSet<String>,
}

impl Use {
    pub(crate) fn mentions(&self) -> i64 {
        self.mentions
    }

    /// The names that are printed.
    pub(crate) fn printed(&self) -> impl Iterator<Item = &String> {
        self.names.iter()
    }

    /// The names that are not printed in this form.
    pub(crate) fn unprinted(&self) -> impl Iterator<Item = &String> {
        self.other_names.difference(&self.names)
    }

    /// Whether another name than the shown one may be shown after it. A single name never becomes the shown
    /// name of a person who has a full one.
    pub(crate) fn may_rename(&self, kind: EntityKind, shown: &str) -> bool {
        let may_be_shown =
            |other: &String| other != shown && (kind != EntityKind::Person || other.contains(' '));
        self.names.iter().chain(&self.other_names).any(may_be_shown)
    }
}

/// What one article brings to each entity, by its id in the database.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Uses(BTreeMap<i64, Use>);

impl Uses {
    /// The entities, in the order of their ids.
    pub(crate) fn ids(&self) -> impl Iterator<Item = i64> {
        self.0.keys().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (i64, &Use)> {
        self.0.iter().map(|(id, used)| (*id, used))
    }

    /// Counts a quote that the entity speaks and that is vouched for.
    pub(super) fn add_quote(&mut self, speaker: i64) {
        self.0.entry(speaker).or_default().quotes += 1;
    }
}

/// The key of a name; a name of marks alone is its own key.
pub(crate) fn key(name: &str) -> String {
    let key = name_key(name);
    if key.is_empty() { name.to_owned() } else { key }
}

/// Writes the mentions of an article and gives what they bring to each entity.
pub(crate) fn insert_mentions(
    connection: &Connection,
    article_id: i64,
    article: &Article,
    facts: &Facts,
    rows: &[Option<i64>],
) -> rusqlite::Result<Uses> {
    let points = CodePoints::new(&article.body);
    let mut uses = Uses::default();
    let mut insert = connection.prepare_cached(INSERT_MENTION)?;
    for (entity, row) in facts.entities.iter().zip(rows) {
        let Some(row) = row else { continue };
        let other_names = &mut uses.0.entry(*row).or_default().other_names;
        other_names.insert(entity.name.clone());
        other_names.extend(entity.aliases.iter().cloned());
    }
    for mention in &facts.mentions {
        let Some(row) = rows.get(mention.entity.index()).copied().flatten() else { continue };
        let (start, end) = points.of(mention.span);
        let added = insert.execute(named_params! {
            ":article": article_id,
            ":entity": row,
            ":start": start,
            ":end": end,
            ":form": mention.form.name(),
        })?;
        let entity = uses.0.entry(row).or_default();
        entity.mentions += i64::try_from(added).unwrap_or_default();
        if added > 0 && mention.form == Form::Name {
            entity.names.insert(printed_name(&article.body, mention.span));
        }
    }
    insert_unprinted_names(connection, article_id, &uses)?;
    Ok(uses)
}

fn insert_unprinted_names(connection: &Connection, article_id: i64, uses: &Uses) -> rusqlite::Result<()> {
    let mut insert = connection.prepare_cached(INSERT_UNPRINTED_NAME)?;
    for (id, used) in &uses.0 {
        for name in used.unprinted() {
            insert.execute(named_params! { ":article": article_id, ":entity": id, ":alias": name })?;
        }
    }
    Ok(())
}

fn printed_name(body: &str, span: Span<Byte>) -> String {
    on_one_line(span.slice(body))
}

/// A name without the line breaks and double spaces of its setting.
pub(crate) fn on_one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an article that is stored has brought to each entity.
pub(crate) fn uses_of(connection: &Connection, article_id: i64) -> rusqlite::Result<Uses> {
    let article = named_params! { ":article": article_id };
    let mut uses = Uses::default();
    // The text is read once, and not for each of its mentions.
    let body = articles::body(connection, article_id)?;
    let points = CodePoints::new(&body);
    let mut mentions = connection.prepare_cached(MENTIONS_IN_ARTICLE)?;
    let mut rows = mentions.query(article)?;
    while let Some(row) = rows.next()? {
        let entity = uses.0.entry(row.get(0)?).or_default();
        entity.mentions += 1;
        if row.get(1)? {
            let name = Span::new(points.byte(row.get(2)?), points.byte(row.get(3)?));
            entity.names.insert(printed_name(&body, name));
        }
    }
    let mut unprinted = connection.prepare_cached(UNPRINTED_NAMES_IN_ARTICLE)?;
    let mut rows = unprinted.query(article)?;
    while let Some(row) = rows.next()? {
        uses.0.entry(row.get(0)?).or_default().other_names.insert(row.get(1)?);
    }
    let mut speakers = connection.prepare_cached(SPEAKERS_IN_ARTICLE)?;
    for speaker in speakers.query_map(article, |row| row.get(0))? {
        uses.add_quote(speaker?);
    }
    let mut referred_to = connection.prepare_cached(REFERRED_TO_IN_ARTICLE)?;
    for entity in referred_to.query_map(article, |row| row.get(0))? {
        uses.0.entry(entity?).or_default();
    }
    Ok(uses)
}

/// Adds what an article brings.
pub(crate) fn add(connection: &Connection, article_id: i64, uses: &Uses) -> rusqlite::Result<()> {
    let date = date(connection, article_id)?;
    for (id, used) in &uses.0 {
        let Some((kind, name)) = kind_and_name(connection, *id)? else { continue };
        change(connection, (*id, kind), used, 1)?;
        if let Some(date) = date.as_ref().filter(|_| used.mentions > 0) {
            connection.prepare_cached(SEEN)?.execute(named_params! { ":id": id, ":date": date })?;
        }
        for name in used.unprinted() {
            add_alias(connection, (*id, kind), name, 0)?;
        }
        if used.may_rename(kind, &name) {
            rename(connection, (*id, kind), &name)?;
        }
    }
    Ok(())
}

/// Takes away what an article brought. Entities stay until [`remove_unused`].
pub(crate) fn take_away(connection: &Connection, article_id: i64, uses: &Uses) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE_MENTIONS)?.execute(named_params! { ":article": article_id })?;
    connection.prepare_cached(DELETE_UNPRINTED_NAMES)?.execute(named_params! { ":article": article_id })?;
    subtract(connection, article_id, uses)
}

/// Takes what an article brought from the counts; its rows are gone, or are others already.
fn subtract(connection: &Connection, article_id: i64, uses: &Uses) -> rusqlite::Result<()> {
    let date = date(connection, article_id)?;
    for (id, used) in &uses.0 {
        let Some((kind, _)) = kind_and_name(connection, *id)? else { continue };
        change(connection, (*id, kind), used, -1)?;
        let mut is_boundary = connection.prepare_cached(IS_BOUNDARY)?;
        let boundary = is_boundary
            .query_row(named_params! { ":id": id, ":date": date }, |row| row.get::<_, i64>(0))
            .optional()?;
        if let Some(mentions) = boundary {
            let anew = if mentions < OFTEN { SEEN_ANEW } else { OFTEN_SEEN_ANEW };
            connection.prepare_cached(anew)?.execute(named_params! { ":id": id })?;
        }
    }
    Ok(())
}

fn date(connection: &Connection, article_id: i64) -> rusqlite::Result<Option<String>> {
    let mut date = connection.prepare_cached(DATE)?;
    date.query_row(named_params! { ":article": article_id }, |row| row.get(0))
}

/// Counts what an article brings now instead of what it brought before; its rows are changed already.
/// Entities stay until [`remove_unused`].
pub(crate) fn recount(
    connection: &Connection,
    article_id: i64,
    before: &Uses,
    now: &Uses,
) -> rusqlite::Result<()> {
    subtract(connection, article_id, before)?;
    add(connection, article_id, now)
}

/// Adds `sign` times what an article brings to one entity.
fn change(connection: &Connection, entity: (i64, EntityKind), used: &Use, sign: i64) -> rusqlite::Result<()> {
    connection.prepare_cached(ADD_COUNTS)?.execute(named_params! {
        ":id": entity.0,
        ":mentions": sign * used.mentions,
        ":quotes": sign * used.quotes,
        ":articles": if used.mentions > 0 { sign } else { 0 },
    })?;
    used.names.iter().try_for_each(|name| add_alias(connection, entity, name, sign))
}

pub(crate) fn add_alias(
    connection: &Connection,
    (id, kind): (i64, EntityKind),
    alias: &str,
    articles: i64,
) -> rusqlite::Result<()> {
    connection.prepare_cached(ADD_ALIAS)?.execute(named_params! {
        ":id": id,
        ":alias": alias,
        ":alias_key": key(alias),
        ":short_key": compare::short_key(kind, alias),
        ":articles": articles,
    })?;
    Ok(())
}

/// The kind and the shown name of an entity; none where it has no row.
pub(crate) fn kind_and_name(
    connection: &Connection,
    id: i64,
) -> rusqlite::Result<Option<(EntityKind, String)>> {
    let mut row = connection.prepare_cached(KIND_AND_NAME)?;
    row.query_row(named_params! { ":id": id }, |row| Ok((kind_of(row.get_ref(0)?.as_str()?), row.get(1)?)))
        .optional()
}

/// The kind that a word in the database stands for.
pub(crate) fn kind_of(word: &str) -> EntityKind {
    match word {
        "person" => EntityKind::Person,
        "organization" => EntityKind::Organization,
        _ => EntityKind::Place,
    }
}

/// Shows the name that is the fullest in common use.
fn rename(connection: &Connection, (id, kind): (i64, EntityKind), shown: &str) -> rusqlite::Result<()> {
    let mut names = connection.prepare_cached(NAMES)?;
    let names = names.query_map(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let names = names.collect::<rusqlite::Result<Vec<(String, i64)>>>()?;
    match compare::canonical(kind, &names).and_then(|index| names.get(index)) {
        Some((name, _)) if name != shown => {
            connection
                .prepare_cached(RENAME)?
                .execute(named_params! { ":id": id, ":name": name, ":name_key": key(name) })?;
        }
        _ => {}
    }
    Ok(())
}

/// Removes entities that nothing refers to any more, and names that no article uses any more.
pub(crate) fn remove_unused(
    connection: &Connection,
    entities: impl Iterator<Item = i64>,
) -> rusqlite::Result<()> {
    for id in entities {
        let gone = connection.prepare_cached(DELETE_IF_UNUSED)?.execute(named_params! { ":id": id })?;
        if gone == 0 {
            if let Some((kind, name)) = kind_and_name(connection, id)? {
                rename(connection, (id, kind), &name)?;
            }
            connection.prepare_cached(DELETE_UNUSED_ALIASES)?.execute(named_params! { ":id": id })?;
        }
    }
    Ok(())
}
