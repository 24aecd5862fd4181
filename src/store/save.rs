//! One article and its facts → rows: which row it is, what its earlier facts leave behind, and writing the new ones.
//!
//! Knows the order in which the tables are written. Opens no transaction and counts no run: that is `Batch`.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use crate::article::Article;
use crate::facts::Facts;
use crate::store::copies;
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::{machine, overrule};
use crate::store::linking;
use crate::store::linking::remembered::Remembered;
use crate::store::place::ArticleSlot;
use crate::store::revision::Compared;
use crate::store::run::Run;
use crate::store::tables::articles::StoredArticle;
use crate::store::tables::entities::Uses;
use crate::store::tables::{articles, entities, parts, quotes, relationships, revisions, runs, traits};

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
    match unchanged(connection, article)? {
        Some(KnownVersion::Now(id)) if if_unchanged == IfUnchanged::Reanalyze && !run.has_met(id) => {
            let identity = articles::identity(connection, id)?;
            let keep_remembered = runs::has_analyzed_alike(connection, run.id, id)?;
            let earlier = Earlier::lift(connection, id, identity, keep_remembered)?;
            replace_facts(connection, &run.in_force.rulings, earlier, article, facts, || {
                articles::touch(connection, id, facts.analyzed, run.id)
            })?;
            copies::count_once_in(connection, id)?;
            return Ok((Saved::Reanalyzed, id));
        }
        Some(known) => return Ok((Saved::Unchanged, known.id())),
        None => {}
    }
    match place(connection, run, article)? {
        Place::Revision(before) => {
            let id = before.id;
            let identity = articles::identity(connection, id)?;
            let earlier = Earlier::lift(connection, id, identity, false)?;
            let mut reprinted = BTreeSet::from([id]);
            let is_copied_anew = articles::has_other_text_or_outlet(connection, id, article)?;
            revisions::keep(connection, id, article, run.id)?;
            replace_facts(connection, &run.in_force.rulings, earlier, article, facts, || {
                articles::update(connection, id, article, facts.analyzed, run.id)?;
                if is_copied_anew {
                    reprinted = copies::settle(connection, id)?;
                }
                Ok(())
            })?;
            copies::count_once(connection, &reprinted)?;
            Ok((Saved::Revised(before), id))
        }
        Place::Free { identity, beside } => {
            let publisher = article.publisher.as_deref();
            let standing = copies::look(connection, &article.body, article.body_hash(), publisher)?;
            let article_id =
                articles::insert(connection, article, &identity, standing.first, facts.analyzed, run.id)?;
            standing.keep(connection, article_id)?;
            let place = ArticleSlot { article_id, identity, quote_ids: HashMap::new(), remembered: None };
            let ids = relationships::Ids::new();
            let rows = insert_facts(connection, &run.in_force.rulings, &place, ids, article, facts)?;
            relationships::describe_by_new(connection, article, facts, &rows)?;
            overrule::saved(connection, &run.in_force.rulings, &place, &rows)?;
            if standing.first.is_some() {
                copies::count_once_in(connection, article_id)?;
            }
            Ok((beside.map_or(Saved::New, Saved::Beside), article_id))
        }
    }
}

/// An article that is known to the letter.
pub(crate) enum KnownVersion {
    /// It is stored.
    Now(i64),
    /// It was, and a later version is stored.
    Earlier(i64),
}

impl KnownVersion {
    /// The row of the article.
    pub(crate) fn id(&self) -> i64 {
        match self {
            KnownVersion::Now(id) | KnownVersion::Earlier(id) => *id,
        }
    }
}

/// Looks for an article with exactly this content, or one that had it once: reading an archive again that holds an
/// earlier version must not take the later one away.
pub(crate) fn unchanged(
    connection: &Connection,
    article: &Article,
) -> rusqlite::Result<Option<KnownVersion>> {
    let content_hash = article.content_hash();
    if let Some(id) = articles::with_content(connection, &content_hash)? {
        return Ok(Some(KnownVersion::Now(id)));
    }
    Ok(revisions::with_content(connection, &content_hash, &article.source)?.map(KnownVersion::Earlier))
}

/// Where an article goes that is not stored.
enum Place {
    /// Over this earlier version of it.
    Revision(StoredArticle),
    /// Into a row of its own, beside another article that has the same id, address or file.
    Free { identity: String, beside: Option<StoredArticle> },
}

/// How many articles of one identity are compared with a new one, the latest first. An address that more than that
/// bear is a home page, and tells nothing of its articles.
const COMPARED: usize = 64;

/// Finds the row of an article: that of its earlier version, or one under an identity that nobody has.
///
/// An earlier version bears the same identity and has the headline or most of the words. An article that this run has
/// read from the same file is none, since a file that holds both would replace the one by the other each time it is read.
fn place(connection: &Connection, run: &mut Run, article: &Article) -> rusqlite::Result<Place> {
    let first = article.identity();
    if !run.families.contains_key(&first) && articles::with_identity(connection, &first)?.is_none() {
        return Ok(Place::Free { identity: first, beside: None });
    }
    let compared = Compared::new(article);
    let file = article.source.as_str();
    let (met, families) = run.met_in(file);
    let family = match families.entry(first.clone()) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(new) => new.insert(articles::family(connection, &first)?),
    };
    let mut nearest: Option<(f64, i64)> = None;
    for id in family.members.iter().rev().copied().filter(|id| !met(*id)).take(COMPARED) {
        let Some(version) = articles::version(connection, id)? else { continue };
        let likeness = compared.likeness(&version);
        // Of equal ones the first.
        if let Some(likeness) = likeness.filter(|likeness| nearest.is_none_or(|(most, _)| *likeness >= most))
        {
            nearest = Some((likeness, id));
        }
    }
    if let Some((_, id)) = nearest
        && let Some(before) = articles::stored(connection, id)?
    {
        return Ok(Place::Revision(before));
    }
    let beside = match family.members.last() {
        Some(id) => articles::stored(connection, *id)?,
        None => None,
    };
    // Another program may have taken the next one since.
    loop {
        family.last += 1;
        let identity = format!("{first}-{}", family.last);
        if articles::with_identity(connection, &identity)?.is_none() {
            return Ok(Place::Free { identity, beside });
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
    parts::replace(connection, place.article_id, &article.body, &facts.layout)?;
    let rows = linking::link_all(connection, rulings, place, article, facts)?;
    let mut uses = entities::insert_mentions(connection, place.article_id, article, facts, &rows)?;
    quotes::insert(connection, place, article, facts, &rows, &mut uses)?;
    relationships::insert(
        connection,
        (place.article_id, &place.identity),
        relationship_ids,
        article,
        facts,
        &rows,
    )?;
    entities::add(connection, place.article_id, &uses)?;
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
    /// It was not there before, and has the id, address or file name of this other article, which stays.
    Beside(StoredArticle),
    /// It was there already, to the letter, or it is an earlier version of one that is there.
    Unchanged,
    /// This earlier version of it was replaced, and is kept as a revision.
    Revised(StoredArticle),
    /// It was there already, and the facts that were found now replaced its earlier ones.
    Reanalyzed,
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
