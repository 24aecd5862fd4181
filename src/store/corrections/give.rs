//! Corrections taking effect: kept, applied to all that is stored, undone, imported; each in one transaction.
//!
//! Finds which articles a change of the rulings concerns and has them overruled again. What the rulings
//! come to is worked out by `rulings`, what an article then shows by `overrule`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params};

use crate::error::Error;
use crate::store::corrections::correction::{Correction, Part, RelationshipChange, Verdict};
use crate::store::corrections::difference::Difference;
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::table::Origin;
use crate::store::corrections::{overrule, registry, shown, table};
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::identity::{EntityName, Identity, QuoteName, RelationshipName};
use crate::store::tables::{articles, entities, relationships};

const ARTICLES_OF_ENTITY: &str = "
SELECT article_id FROM mentions WHERE entity_id = :id
UNION SELECT article_id FROM unprinted_names WHERE entity_id = :id
UNION SELECT article_id FROM quotes WHERE speaker_id = :id
UNION SELECT quotes.article_id FROM quote_subjects JOIN quotes ON quotes.id = quote_id WHERE entity_id = :id
UNION SELECT article_id FROM relationships WHERE subject_id = :id
UNION SELECT article_id FROM relationships WHERE object_id = :id
UNION SELECT article_id FROM relationships WHERE claimant_id = :id
UNION SELECT article_id FROM overruled_entities WHERE entity_id = :id";

const OVERRULED: &str = "SELECT article_id FROM overruled_articles";

/// The entities that corrections concern, each with the name under which it is shown, if it is, and as what kind of
/// organization.
const SHOWN: &str = "
SELECT ruled_entities.id, entities.name, entities.type FROM ruled_entities LEFT JOIN entities USING (id)";

const STATE: &str = "SELECT undone_at IS NULL FROM corrections WHERE id = :id";

const QUOTE: &str = "
SELECT quotes.key, articles.identity, quotes.speaker_id
FROM quotes JOIN articles ON articles.id = quotes.article_id WHERE quotes.id = :id";

const RELATIONSHIP: &str = "
SELECT relationships.key, articles.identity, subject_id, predicate, object_id, status
FROM relationships JOIN articles ON articles.id = relationships.article_id WHERE relationships.id = :id";

const SUBJECTS: &str = "SELECT entity_id FROM quote_subjects WHERE quote_id = :id ORDER BY entity_id";

/// What corrections changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Articles of which something else is shown than before.
    pub articles: usize,
    /// Their mentions that came, went or moved.
    pub mentions: usize,
    /// Their quotes that came, went, or have another speaker or subject.
    pub quotes: usize,
    /// Their relationships that came, went or moved.
    pub relationships: usize,
}

/// What became of corrections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The numbers of those that are new.
    pub numbers: Vec<i64>,
    /// How many were in force already.
    pub known: usize,
    /// What they changed.
    pub changes: Changes,
}

impl Store {
    /// The name by which corrections know the entity with this id.
    pub fn entity_name(&self, id: i64) -> Result<EntityName, Error> {
        let found =
            registry::name_for_people(&self.connection, id).map_err(sqlite("cannot look for the entity"))?;
        found.ok_or_else(|| Error::usage(format!("there is no entity {id}")))
    }

    /// The name by which corrections know the quote with this id.
    pub fn quote_name(&self, id: i64) -> Result<QuoteName, Error> {
        Ok(self.quote(id)?.0)
    }

    /// The identity of an article, by which corrections know it.
    pub fn article_identity(&self, id: i64) -> Result<String, Error> {
        let found = articles::identity(&self.connection, id).optional();
        let found = found.map_err(sqlite("cannot look for the article"))?;
        found.ok_or_else(|| Error::usage(format!("there is no article {id}")))
    }

    /// The verdict that a quote is right as it is shown now.
    pub fn as_it_is(&self, quote_id: i64) -> Result<Verdict, Error> {
        let (quote, speaker) = self.quote(quote_id)?;
        let speaker = speaker.map(|speaker| self.entity_name(speaker)).transpose()?;
        let subjects = self.subjects(quote_id).map_err(sqlite("cannot look for the quote"))?;
        let subjects =
            subjects.into_iter().map(|subject| self.entity_name(subject)).collect::<Result<_, _>>()?;
        Ok(Verdict::ConfirmQuote { quote, speaker, subjects })
    }

    /// The name by which corrections know the relationship with this id.
    pub fn relationship_name(&self, id: i64) -> Result<RelationshipName, Error> {
        Ok(self.relationship(id)?.0)
    }

    /// The verdict that a relationship is right as it is shown now.
    pub fn relationship_as_it_is(&self, id: i64) -> Result<Verdict, Error> {
        let (name, shown) = self.relationship(id)?;
        let object = shown.object.map(|object| self.entity_name(object)).transpose()?;
        let change = RelationshipChange {
            subject: Some(self.entity_name(shown.subject)?),
            predicate: Some(shown.predicate),
            without_object: object.is_none(),
            object,
            status: Some(shown.status),
        };
        Ok(Verdict::Relationship(name, change))
    }

    fn relationship(&self, id: i64) -> Result<(RelationshipName, ShownRelationship), Error> {
        let found = self.connection.query_row(RELATIONSHIP, named_params! { ":id": id }, |row| {
            let shown = ShownRelationship {
                subject: row.get(2)?,
                predicate: row.get(3)?,
                object: row.get(4)?,
                status: row.get(5)?,
            };
            Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, shown))
        });
        let found = found.optional().map_err(sqlite("cannot look for the relationship"))?;
        let (key, article, shown) = found.ok_or_else(|| {
            Error::usage(format!("there is no relationship {id}"))
                .hint("ids are in the column relationship_id: onrecord query \"who is …?\" --format json")
        })?;
        let key = key.ok_or_else(|| {
            Error::usage(format!(
                "relationship {id} was read by an earlier version, and corrections cannot name it"
            ))
            .hint("read its article again: onrecord ingest --reanalyze")
        })?;
        Ok((RelationshipName { key, article }, shown))
    }

    /// The verdict that a part of the mentions of `entity` is of somebody called `name`: of a namesake where
    /// that is a name of `entity` itself.
    pub fn split(&self, entity: EntityName, part: Part, name: &str) -> Result<Verdict, Error> {
        let rulings = rulings(&self.connection).map_err(sqlite("cannot read the corrections"))?;
        let mut to = EntityName::new(entity.kind, entities::on_one_line(name));
        let is_namesake = to.identity().name_key == entity.identity().name_key;
        if is_namesake || rulings.who(&to.identity()) == rulings.who(&entity.identity()) {
            to.apart = label(&part);
        }
        Ok(Verdict::Split { entity, part, to })
    }

    fn quote(&self, id: i64) -> Result<(QuoteName, Option<i64>), Error> {
        let found = self.connection.query_row(QUOTE, named_params! { ":id": id }, |row| {
            Ok((QuoteName { key: row.get(0)?, article: row.get(1)? }, row.get(2)?))
        });
        let found = found.optional().map_err(sqlite("cannot look for the quote"))?;
        found.ok_or_else(|| Error::usage(format!("there is no quote {id}")))
    }

    fn subjects(&self, quote_id: i64) -> rusqlite::Result<Vec<i64>> {
        let mut subjects = self.connection.prepare_cached(SUBJECTS)?;
        subjects.query_map(named_params! { ":id": quote_id }, |row| row.get(0))?.collect()
    }

    /// Keeps corrections and applies them, all or none. One that is the last word on its object already is
    /// not kept twice.
    pub fn correct(&mut self, corrections: &[Correction]) -> Result<Corrected, Error> {
        self.change(|transaction| {
            let mut corrected = Corrected::default();
            for correction in corrections {
                if table::is_last_word(transaction, &correction.verdict)? {
                    corrected.known += 1;
                } else {
                    corrected.numbers.push(table::insert(transaction, correction, Origin::Person)?);
                }
            }
            Ok(corrected)
        })
    }

    /// Keeps and applies corrections that were exported somewhere, all or none, but for those in force here.
    pub fn import(&mut self, corrections: &[Correction]) -> Result<Corrected, Error> {
        self.change(|transaction| {
            let mut here: HashMap<Verdict, usize> = HashMap::new();
            for verdict in table::in_force(transaction)? {
                *here.entry(verdict).or_default() += 1;
            }
            let mut corrected = Corrected::default();
            for correction in corrections {
                match here.get_mut(&correction.verdict) {
                    Some(count) if *count > 0 => {
                        *count -= 1;
                        corrected.known += 1;
                    }
                    _ => corrected.numbers.push(table::insert(transaction, correction, Origin::Person)?),
                }
            }
            Ok(corrected)
        })
    }

    /// Undoes a correction: all is shown as if it had never been given.
    pub fn undo(&mut self, number: i64) -> Result<Changes, Error> {
        let state = self.connection.query_row(STATE, named_params! { ":id": number }, |row| row.get(0));
        match state.optional().map_err(sqlite("cannot look for the correction"))? {
            Some(true) => {}
            Some(false) => return Err(Error::usage(format!("correction {number} is undone already"))),
            None => {
                return Err(Error::usage(format!("there is no correction {number}"))
                    .hint("list them with: onrecord corrections list"));
            }
        }
        let undone = self.change(|transaction| {
            table::undo(transaction, number)?;
            Ok(Corrected::default())
        })?;
        Ok(undone.changes)
    }

    /// Lets `change` change the corrections, then all that follows from them.
    pub(super) fn change(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Corrected>,
    ) -> Result<Corrected, Error> {
        let attempt = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = rulings(&transaction)?;
            let mut corrected = change(&transaction)?;
            corrected.changes = settle(&transaction, &before)?;
            transaction.commit()?;
            Ok(corrected)
        };
        attempt().map_err(sqlite("cannot correct the database"))
    }
}

/// A relationship as it is shown, by ids.
struct ShownRelationship {
    subject: i64,
    predicate: String,
    object: Option<i64>,
    status: String,
}

/// A short label that depends on nothing but the part that is split off.
fn label(part: &Part) -> String {
    let mut hasher = blake3::Hasher::new();
    match part {
        Part::Articles(articles) => articles.iter().for_each(|article| {
            hasher.update(article.as_bytes());
        }),
        Part::Alias(alias) => {
            hasher.update(entities::key(alias).as_bytes());
        }
    }
    hasher.finalize().to_hex()[..8].to_string()
}

fn rulings(connection: &Connection) -> rusqlite::Result<Rulings> {
    Ok(Rulings::new(&table::in_force(connection)?))
}

/// Makes all that is shown follow from the corrections in force, where it followed from those `before`.
fn settle(connection: &Connection, before: &Rulings) -> rusqlite::Result<Changes> {
    let now = rulings(connection)?;
    let difference = now.difference(before);
    register(connection, &now, before, &difference)?;
    let mut changes = Changes::default();
    let mut touched = BTreeSet::new();
    for article in concerned(connection, &now, &difference)? {
        let change = overrule::reapply_all_but_descriptions(connection, &now, article, &mut touched)?;
        changes.articles += usize::from(change != overrule::Change::default());
        changes.mentions += change.mentions;
        changes.quotes += change.quotes;
        changes.relationships += change.relationships;
    }
    relationships::describe_anew(connection, touched.into_iter())?;
    for identity in &difference.looks {
        look(connection, &now, identity)?;
    }
    shown::release(connection, &now)?;
    Ok(changes)
}

/// Notes how the machine knows those who are to be shown otherwise than before.
fn register(
    connection: &Connection,
    now: &Rulings,
    before: &Rulings,
    difference: &Difference,
) -> rusqlite::Result<()> {
    for identity in &difference.looks {
        if let Some(id) = registry::find(connection, now, identity)? {
            let name = now.spelled(identity).or_else(|| before.spelled(identity));
            registry::register_as(connection, id, name)?;
        }
    }
    Ok(())
}

/// Shows an entity as is ruled, if it is to be shown.
fn look(connection: &Connection, now: &Rulings, identity: &Identity) -> rusqlite::Result<()> {
    shown::look(connection, now, identity)?;
    entities::remove_unused(connection, registry::find(connection, now, identity)?.into_iter())
}

/// The articles of which something else is shown than the corrections in force come to, then the entities that are
/// shown under another name, or are not to be shown, or not to be missing; in words.
///
/// Leaves the database changed: the caller takes that back.
pub(crate) fn disagreeing(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let now = rulings(connection)?;
    let difference = now.difference(&Rulings::default());
    register(connection, &now, &Rulings::default(), &difference)?;
    let before = shown(connection)?;
    let mut articles = concerned(connection, &now, &difference)?;
    let mut overruled = connection.prepare_cached(OVERRULED)?;
    for article in overruled.query_map([], |row| row.get(0))? {
        articles.insert(article?);
    }
    let mut disagreeing = Vec::new();
    for article in articles {
        if overrule::reapply(connection, &now, article)? != overrule::Change::default() {
            disagreeing.push(format!("article {article}"));
        }
    }
    // Also those of whom nothing is ruled any more, which must show nothing of it.
    let mut looks = difference.looks;
    for id in before.keys() {
        looks.extend(registry::identity(connection, *id)?);
    }
    for identity in &looks {
        look(connection, &now, identity)?;
    }
    let after = shown(connection)?;
    let others = before.iter().filter(|(id, name)| after.get(id) != Some(name));
    disagreeing.extend(others.map(|(id, _)| format!("entity {id}")));
    Ok(disagreeing)
}

/// As what those are shown whom corrections concern, by their ids.
fn shown(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, Shown>> {
    let mut shown = connection.prepare_cached(SHOWN)?;
    shown.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.collect()
}

/// The name and the kind of organization that are shown of an entity; neither where it has no row.
type Shown = (Option<String>, Option<String>);

/// The articles that a difference concerns.
fn concerned(
    connection: &Connection,
    now: &Rulings,
    difference: &Difference,
) -> rusqlite::Result<BTreeSet<i64>> {
    let mut concerned = BTreeSet::new();
    let mut of_entity = connection.prepare_cached(ARTICLES_OF_ENTITY)?;
    for identity in &difference.moved {
        if let Some(id) = registry::find(connection, now, identity)? {
            for article in of_entity.query_map(named_params! { ":id": id }, |row| row.get(0))? {
                concerned.insert(article?);
            }
        }
    }
    for identity in &difference.articles {
        concerned.extend(articles::with_identity(connection, identity)?);
    }
    Ok(concerned)
}
