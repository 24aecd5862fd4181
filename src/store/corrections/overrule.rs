//! What is shown of an article: what the machine found, with the corrections in force over it.
//!
//! The one place where corrections take effect. An article is saved as if nothing were ruled and then
//! overruled; a new correction, or one that is undone, overrules again the articles it concerns. What was
//! taken away and what was put in its place is kept in `overruled_articles`, so that what the machine found
//! is always known: what is shown, without what was put, with what was taken.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::store::copies;
use crate::store::corrections::article_rows::ArticleRows;
use crate::store::corrections::ruled_article::Ruling;
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::{machine, newcomers, registry, shown, table};
use crate::store::identity::Identity;
use crate::store::place::ArticleSlot;
use crate::store::tables::{entities, relationships};

const RECORD: &str = "SELECT taken, put FROM overruled_articles WHERE article_id = :article";

const KEEP_RECORD: &str = "
INSERT INTO overruled_articles (article_id, taken, put) VALUES (:article, :taken, :put)";

const KEEP_ENTITY: &str = "
INSERT INTO overruled_entities (entity_id, article_id, mentioned) VALUES (:entity, :article, :mentioned)";

const ARTICLES_OF_ENTITY: &str = "
SELECT article_id FROM mentions WHERE entity_id = :id
UNION SELECT article_id FROM unprinted_names WHERE entity_id = :id
UNION SELECT article_id FROM overruled_entities WHERE entity_id = :id";

/// `overruled_entities` go with it.
const FORGET: &str = "DELETE FROM overruled_articles WHERE article_id = :article";

/// The corrections in force, as of a moment.
#[derive(Debug, Default)]
pub(crate) struct InForce {
    stamp: (i64, i64),
    pub(crate) rulings: Rulings,
}

impl InForce {
    /// Reads the corrections anew if any was added or undone.
    pub(crate) fn refresh(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let stamp = table::stamp(connection)?;
        if self.stamp != stamp {
            let rulings = Rulings::new(&table::in_force(connection)?);
            *self = InForce { stamp, rulings };
        }
        Ok(())
    }
}

/// How much of an article is shown otherwise than before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    pub(crate) mentions: usize,
    pub(crate) quotes: usize,
    pub(crate) relationships: usize,
}

impl Change {
    fn between(before: &ArticleRows, now: &ArticleRows) -> Self {
        let (gone, new) = (before.without(now), now.without(before));
        Change {
            mentions: gone.mentions.len().max(new.mentions.len()),
            quotes: gone.quotes.keys().chain(new.quotes.keys()).collect::<BTreeSet<_>>().len(),
            relationships: gone.relationships.len().max(new.relationships.len()),
        }
    }
}

/// Overrules an article whose facts were saved just now; `rows` are those of its entities.
pub(crate) fn saved(
    connection: &Connection,
    rulings: &Rulings,
    place: &ArticleSlot,
    rows: &[Option<i64>],
) -> rusqlite::Result<()> {
    if rulings.is_empty() {
        return Ok(());
    }
    let mut ruled = Vec::new();
    let mut elsewhere = BTreeSet::new();
    let mut stand_ins = Vec::new();
    for row in rows.iter().flatten() {
        if let newcomers::Attached::Now { stand_in } = newcomers::attach(connection, rulings, *row, None)? {
            stand_ins.extend(stand_in);
            for entity in stand_in.into_iter().chain([*row]) {
                let mut articles = connection.prepare_cached(ARTICLES_OF_ENTITY)?;
                for article in articles.query_map(named_params! { ":id": entity }, |row| row.get(0))? {
                    elsewhere.insert(article?);
                }
            }
        }
        ruled.extend(registry::identity(connection, *row)?);
    }
    // Who is only known to have been beside somebody of whom something is ruled is whom the machine says.
    let is_ruled = |identity: &Identity| rulings.spelled(identity).is_some();
    let quotes = || crate::store::tables::quotes::ids(connection, place.article_id);
    if ruled.iter().any(is_ruled)
        || rulings.concern_article(&place.identity)
        || quotes()?.keys().any(|key| rulings.concern_quote(key))
        || relationships::keys(connection, place.article_id)?
            .iter()
            .any(|key| rulings.concern_relationship(key))
    {
        elsewhere.insert(place.article_id);
    }
    for article in elsewhere {
        reapply(connection, rulings, article)?;
    }
    entities::remove_unused(connection, stand_ins.into_iter())?;
    for identity in ruled {
        shown::look(connection, rulings, rulings.who(&identity).unwrap_or(&identity))?;
    }
    Ok(())
}

/// Takes away what the machine found in stretches of an article, in code points, and overrules the article again.
pub(crate) fn take_within(
    connection: &Connection,
    rulings: &Rulings,
    article_id: i64,
    stretches: &[(usize, usize)],
) -> rusqlite::Result<()> {
    let mut shown = lift(connection, article_id)?;
    let found = ArticleRows::load(connection, article_id)?;
    let left = found.clone().outside(stretches);
    if left != found {
        let before = entities::uses_of(connection, article_id)?;
        left.replace(connection, article_id, &found)?;
        let now = entities::uses_of(connection, article_id)?;
        entities::recount(connection, article_id, &before, &now)?;
        machine::take_away(connection, &before)?;
        machine::add(connection, &now)?;
        machine::remove_unused(connection, before.ids())?;
        relationships::describe_anew(connection, found.without(&left).entities().into_iter())?;
        shown.extend(before.ids());
        copies::count_once_in(connection, article_id)?;
    }
    if !rulings.is_empty() {
        reapply(connection, rulings, article_id)?;
    }
    entities::remove_unused(connection, shown.into_iter())
}

/// Overrules an article by the corrections that are in force now, whatever was in force before.
pub(super) fn reapply(
    connection: &Connection,
    rulings: &Rulings,
    article_id: i64,
) -> rusqlite::Result<Change> {
    let mut touched = BTreeSet::new();
    let change = reapply_all_but_descriptions(connection, rulings, article_id, &mut touched)?;
    relationships::describe_anew(connection, touched.into_iter())?;
    Ok(change)
}

/// The same, but leaves those whose facts come, go or move to be described anew: of many articles once, since somebody
/// may be in all of them.
pub(super) fn reapply_all_but_descriptions(
    connection: &Connection,
    rulings: &Rulings,
    article_id: i64,
    touched: &mut BTreeSet<i64>,
) -> rusqlite::Result<Change> {
    let shown = ArticleRows::load(connection, article_id)?;
    let machine = found_by_machine(connection, article_id, &shown)?;
    let mut ruling = Ruling::new(connection, rulings, article_id)?;
    let ruled = ruling.overrule(&machine)?;
    keep_record(connection, article_id, &machine, &ruled)?;
    if ruled == shown {
        entities::remove_unused(connection, ruling.not_in(&shown))?;
        return Ok(Change::default());
    }
    let before = entities::uses_of(connection, article_id)?;
    ruled.replace(connection, article_id, &shown)?;
    copies::count_once_in(connection, article_id)?;
    let now = entities::uses_of(connection, article_id)?;
    entities::recount(connection, article_id, &before, &now)?;
    touched.extend(shown.without(&ruled).entities());
    touched.extend(ruled.without(&shown).entities());
    entities::remove_unused(connection, before.ids().chain(ruling.not_in(&ruled)))?;
    Ok(Change::between(&shown, &ruled))
}

/// Shows an article that is about to be saved anew as the machine found it; gives those who were shown instead.
pub(crate) fn lift(connection: &Connection, article_id: i64) -> rusqlite::Result<BTreeSet<i64>> {
    if !connection.prepare_cached(RECORD)?.exists(named_params! { ":article": article_id })? {
        return Ok(BTreeSet::new());
    }
    let shown = ArticleRows::load(connection, article_id)?;
    let machine = found_by_machine(connection, article_id, &shown)?;
    for entity in machine.entities() {
        shown::show_again(connection, entity)?;
    }
    let before = entities::uses_of(connection, article_id)?;
    machine.replace(connection, article_id, &shown)?;
    let now = entities::uses_of(connection, article_id)?;
    entities::recount(connection, article_id, &before, &now)?;
    relationships::describe_anew(connection, before.ids().chain(now.ids()))?;
    connection.prepare_cached(FORGET)?.execute(named_params! { ":article": article_id })?;
    Ok(before.ids().collect())
}

/// What the machine found in an article of which `shown` is shown.
fn found_by_machine(
    connection: &Connection,
    article_id: i64,
    shown: &ArticleRows,
) -> rusqlite::Result<ArticleRows> {
    let Some((taken, put)) = record(connection, article_id)? else { return Ok(shown.clone()) };
    Ok(shown.without(&put).with(taken.with_free_ids(connection, article_id)?))
}

/// What was taken from an article, and what was put in its place.
fn record(connection: &Connection, article_id: i64) -> rusqlite::Result<Option<(ArticleRows, ArticleRows)>> {
    let mut find = connection.prepare_cached(RECORD)?;
    let found: Option<(String, String)> = find
        .query_row(named_params! { ":article": article_id }, |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let read = |json: &str| serde_json::from_str(json).map_err(table::json_failure);
    found.map(|(taken, put)| Ok((read(&taken)?, read(&put)?))).transpose()
}

fn keep_record(
    connection: &Connection,
    article_id: i64,
    machine: &ArticleRows,
    ruled: &ArticleRows,
) -> rusqlite::Result<()> {
    let (taken, put) = (machine.without(ruled), ruled.without(machine));
    connection.prepare_cached(FORGET)?.execute(named_params! { ":article": article_id })?;
    if taken.is_empty() && put.is_empty() {
        return Ok(());
    }
    let json =
        |rows_of_article: &ArticleRows| serde_json::to_string(rows_of_article).map_err(table::json_failure);
    connection
        .prepare_cached(KEEP_RECORD)?
        .execute(named_params! { ":article": article_id, ":taken": json(&taken)?, ":put": json(&put)? })?;
    let taken = taken.entities();
    for entity in &taken {
        registry::register(connection, *entity)?;
    }
    let mentioned: BTreeSet<i64> = machine.mentions.iter().map(|mention| mention.entity).collect();
    let mut keep = connection.prepare_cached(KEEP_ENTITY)?;
    for entity in taken.union(&put.entities()) {
        keep.execute(named_params! {
            ":entity": entity,
            ":article": article_id,
            ":mentioned": mentioned.contains(entity),
        })?;
    }
    Ok(())
}
