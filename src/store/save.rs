//! One article and its facts → rows: which row it is, what its earlier facts leave behind, and writing the new ones.
//!
//! Knows the order in which the tables are written. Opens no transaction and counts no run: that is `Batch`.

use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use crate::article::Article;
use crate::facts::Facts;
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::{machine, overrule};
use crate::store::linking;
use crate::store::linking::remembered::Remembered;
use crate::store::place::ArticleSlot;
use crate::store::run::Run;
use crate::store::tables::entities::Uses;
use crate::store::tables::{articles, entities, quotes, relationships, runs, traits};

/// An article that has facts already.
struct Earlier {
    place: ArticleSlot,
    /// The ids of its relationships.
    relationship_ids: relationships::Ids,
    /// What its facts bring to each entity.
    uses: Uses,
    /// Those who are shown in it by corrections.
    shown: BTreeSet<i64>,
}

impl Earlier {
    /// Looks at the facts of an article as the machine found them; corrections are lifted from it.
    fn lift(
        connection: &Connection,
        article_id: i64,
        identity: String,
        keep_remembered: bool,
    ) -> rusqlite::Result<Self> {
        let shown = overrule::lift(connection, article_id)?;
        let uses = entities::uses_of(connection, article_id)?;
        let remembered =
            if keep_remembered { Some(Remembered::load(connection, article_id, &uses)?) } else { None };
        let place =
            ArticleSlot { article_id, identity, quote_ids: quotes::ids(connection, article_id)?, remembered };
        Ok(Earlier { place, relationship_ids: relationships::ids(connection, article_id)?, uses, shown })
    }
}

/// Writes one article; gives what became of it, and its id.
///
/// One that is analyzed anew by the program and the model that analyzed it last finds what it found then, and who is
/// who in it stays as it is: whoever joined the archive since must not make it come to something else.
pub(crate) fn save(
    connection: &Connection,
    run: &mut Run,
    article: &Article,
    facts: &Facts,
    if_unchanged: IfUnchanged,
) -> rusqlite::Result<(Saved, i64)> {
    if let Some(id) = articles::with_content(connection, &article.content_hash())? {
        if if_unchanged == IfUnchanged::Keep || run.seen.contains(id) {
            return Ok((Saved::Unchanged, id));
        }
        let identity = articles::identity(connection, id)?;
        let keep_remembered = runs::has_analyzed_alike(connection, run.id, id)?;
        let earlier = Earlier::lift(connection, id, identity, keep_remembered)?;
        replace_facts(connection, &run.in_force.rulings, earlier, article, facts, || {
            articles::touch(connection, id, run.id)
        })?;
        return Ok((Saved::Replaced, id));
    }
    let (identity, earlier) = place(connection, run, article)?;
    match earlier {
        Some(id) => {
            let earlier = Earlier::lift(connection, id, identity, false)?;
            replace_facts(connection, &run.in_force.rulings, earlier, article, facts, || {
                articles::update(connection, id, article, run.id)
            })?;
            Ok((Saved::Replaced, id))
        }
        None => {
            let article_id = articles::insert(connection, article, &identity, run.id)?;
            let place = ArticleSlot { article_id, identity, quote_ids: HashMap::new(), remembered: None };
            let ids = relationships::Ids::new();
            let rows = insert_facts(connection, &run.in_force.rulings, &place, ids, article, facts)?;
            relationships::describe_by_new(connection, article, facts, &rows)?;
            overrule::saved(connection, &run.in_force.rulings, &place, &rows)?;
            Ok((Saved::New, article_id))
        }
    }
}

/// The identity that an article takes, and the id of the earlier version that bears it.
///
/// An identity that this run has met already belongs to another article: the next one with a number
/// behind it is tried.
fn place(
    connection: &Connection,
    run: &mut Run,
    article: &Article,
) -> rusqlite::Result<(String, Option<i64>)> {
    let first = article.identity();
    let mut count = run.numbers.get(&first).copied().unwrap_or(1);
    loop {
        let identity = if count == 1 { first.clone() } else { format!("{first}-{count}") };
        match articles::with_identity(connection, &identity)? {
            Some(id) if run.seen.contains(id) => count += 1,
            found => {
                if count > 1 {
                    run.numbers.insert(first, count);
                }
                return Ok((identity, found));
            }
        }
    }
}

/// Writes facts as if nothing were ruled; gives the rows of the entities by their index in the facts.
///
/// `relationship_ids` are those that the article had before.
fn insert_facts(
    connection: &Connection,
    rulings: &Rulings,
    place: &ArticleSlot,
    relationship_ids: relationships::Ids,
    article: &Article,
    facts: &Facts,
) -> rusqlite::Result<Vec<Option<i64>>> {
    let rows = linking::link_all(connection, rulings, place, article, facts)?;
    let mut uses = entities::insert_mentions(connection, place.article_id, article, facts, &rows)?;
    quotes::insert(connection, place, article, facts, &rows, &mut uses)?;
    relationships::insert(connection, place.article_id, relationship_ids, article, facts, &rows)?;
    entities::add(connection, &uses)?;
    machine::add(connection, &uses)?;
    Ok(rows)
}

/// Replaces the facts of an article; `update` changes the article itself once the old ones are gone.
fn replace_facts(
    connection: &Connection,
    rulings: &Rulings,
    earlier: Earlier,
    article: &Article,
    facts: &Facts,
    update: impl FnOnce() -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let Earlier { place, relationship_ids, uses: before, shown } = earlier;
    let mut described = relationships::delete(connection, place.article_id)?;
    quotes::delete(connection, place.article_id)?;
    entities::take_away(connection, place.article_id, &before)?;
    machine::take_away(connection, &before)?;
    let told = traits::take_away(connection, place.article_id)?;
    update()?;
    let rows = insert_facts(connection, rulings, &place, relationship_ids, article, facts)?;
    described.extend(relationships::described(article, facts, &rows));
    relationships::describe_anew(connection, described.into_iter())?;
    traits::settle(connection, &told)?;
    overrule::saved(connection, rulings, &place, &rows)?;
    traits::show(connection, rulings, &told)?;
    machine::remove_unused(connection, before.ids())?;
    entities::remove_unused(connection, before.ids().chain(shown))
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It was not there before.
    New,
    /// It was there already, to the letter.
    Unchanged,
    /// An earlier version of it, or its earlier facts, were replaced.
    Replaced,
    /// Its facts break a rule of the schema, for this reason; nothing of it was written.
    Refused(String),
}

/// What is to be done with an article that is stored already, to the letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfUnchanged {
    /// Keep its facts.
    #[default]
    Keep,
    /// Replace its facts, once a run.
    Reanalyze,
}
