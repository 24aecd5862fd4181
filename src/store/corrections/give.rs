//! Corrections taking effect: kept, applied to all that is stored, undone, imported; each in one transaction.
//!
//! Finds which articles a change of the rulings concerns and has them overruled again. What the rulings
//! come to is worked out by `rulings`, what an article then shows by `overrule`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, named_params};

use crate::error::Error;
use crate::store::corrections::correction::{Correction, Verdict};
use crate::store::corrections::difference::Difference;
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::table::Origin;
use crate::store::corrections::{overrule, registry, shown, table};
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::identity::Identity;
use crate::store::tables::{articles, entities, relationships, ties};

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

impl Changes {
    fn of(articles: &[(i64, Changes)]) -> Self {
        let add = |sum: Changes, (_, change): &(i64, Changes)| Changes {
            articles: sum.articles + change.articles,
            mentions: sum.mentions + change.mentions,
            quotes: sum.quotes + change.quotes,
            relationships: sum.relationships + change.relationships,
        };
        articles.iter().fold(Changes::default(), add)
    }

    /// How many mentions, quotes and relationships.
    pub fn facts(&self) -> usize {
        self.mentions + self.quotes + self.relationships
    }
}

/// What corrections would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The articles of which something else would be shown, by `articles.id`, with what that is.
    pub articles: Vec<(i64, Changes)>,
}

impl Preview {
    /// All of it together.
    pub fn changes(&self) -> Changes {
        Changes::of(&self.articles)
    }
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

    /// What corrections would change, article by article; keeps and changes nothing.
    pub fn preview(&mut self, corrections: &[Correction]) -> Result<Preview, Error> {
        let mut attempt = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = rulings(&transaction)?;
            for correction in corrections {
                if !table::is_last_word(&transaction, &correction.verdict)? {
                    table::insert(&transaction, correction, Origin::Person)?;
                }
            }
            let articles = settle(&transaction, &before)?;
            transaction.rollback()?;
            Ok(Preview { articles })
        };
        attempt().map_err(sqlite("cannot try the correction"))
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

    /// The last correction of a person that is in force: its number, and what it says.
    pub fn last_correction(&self) -> Result<Option<(i64, Verdict)>, Error> {
        table::last(&self.connection).map_err(sqlite("cannot look for the correction"))
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
            corrected.changes = Changes::of(&settle(&transaction, &before)?);
            ties::refresh(&transaction)?;
            transaction.commit()?;
            Ok(corrected)
        };
        attempt().map_err(sqlite("cannot correct the database"))
    }
}

pub(super) fn rulings(connection: &Connection) -> rusqlite::Result<Rulings> {
    Ok(Rulings::new(&table::in_force(connection)?))
}

/// Makes all that is shown follow from the corrections in force, where it followed from those `before`.
fn settle(connection: &Connection, before: &Rulings) -> rusqlite::Result<Vec<(i64, Changes)>> {
    let now = rulings(connection)?;
    let difference = now.difference(before);
    register(connection, &now, before, &difference)?;
    let mut changes = Vec::new();
    let mut touched = BTreeSet::new();
    for article in concerned(connection, &now, &difference)? {
        let change = overrule::reapply_all_but_descriptions(connection, &now, article, &mut touched)?;
        if change != overrule::Change::default() {
            let overrule::Change { mentions, quotes, relationships } = change;
            changes.push((article, Changes { articles: 1, mentions, quotes, relationships }));
        }
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
