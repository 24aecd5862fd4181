//! What the company of a name in an article tells of whom it means.
//!
//! The evidence for a stored entity is what it has in common with an article: the people, organizations and places
//! that it was lately mentioned with, and its offices. Reads a bounded number of rows whatever the archive.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use crate::facts::EntityKind;
use crate::facts::offices::field;
use crate::store::linking::candidates::Candidate;

/// How many companions are looked at: the rarest, which tell most.
const COMPANIONS: usize = 8;

/// The latest articles that mention a companion.
const RECENT: &str = "
SELECT * FROM (
    SELECT DISTINCT article_id FROM mentions
    WHERE entity_id = :entity AND NOT EXISTS (
        SELECT 1 FROM overruled_entities AS other
        WHERE other.entity_id = :entity AND other.article_id = mentions.article_id
    )
    ORDER BY article_id DESC LIMIT 8
)
UNION ALL
SELECT * FROM (
    SELECT article_id FROM overruled_entities
    WHERE entity_id = :entity AND mentioned = 1 ORDER BY article_id DESC LIMIT 8
)
ORDER BY 1 DESC LIMIT 8";

/// Up to so many mentions, the articles of a candidate are read at once.
const FEW: i64 = 60;

const ALL: &str = "
SELECT DISTINCT article_id FROM mentions
WHERE entity_id = :entity AND NOT EXISTS (
    SELECT 1 FROM overruled_entities AS other
    WHERE other.entity_id = :entity AND other.article_id = mentions.article_id
)
UNION ALL
SELECT article_id FROM overruled_entities WHERE entity_id = :entity AND mentioned = 1";

const IS_MENTIONED: &str = "
SELECT coalesce(
    (SELECT mentioned FROM overruled_entities WHERE entity_id = :entity AND article_id = :article),
    EXISTS (SELECT 1 FROM mentions WHERE entity_id = :entity AND article_id = :article)
)";

const OFFICES: &str = "
SELECT detail FROM relationships
WHERE subject_id = :entity AND detail IS NOT NULL
    AND predicate IN ('leads', 'holds_office', 'spokesperson_for', 'employed_by')
    AND NOT EXISTS (
        SELECT 1 FROM overruled_articles AS other, json_each(other.put, '$.relationships') AS put
        WHERE other.article_id = relationships.article_id AND put.key = CAST(relationships.id AS TEXT)
    )
UNION ALL
SELECT taken.value ->> 'detail'
FROM overruled_entities JOIN overruled_articles USING (article_id), json_each(taken, '$.relationships') AS taken
WHERE entity_id = :entity AND taken.value ->> 'subject' = :entity AND taken.value ->> 'detail' IS NOT NULL
    AND taken.value ->> 'predicate' IN ('leads', 'holds_office', 'spokesperson_for', 'employed_by')
LIMIT 64";

/// The company that an article's names are in.
pub(crate) struct Company<'c> {
    connection: &'c Connection,
    known: Vec<Known>,
    companions: OnceCell<Vec<Companion>>,
}

/// A stored entity that the article mentions, or probably does.
#[derive(Clone, Copy)]
struct Known {
    /// The place in the facts of the entity that it is taken for.
    index: usize,
    id: i64,
    /// What it tells: 1 for a rare person or organization, less for frequent ones and for places.
    weight: f64,
}

/// One of the known, with the latest articles that mention it.
struct Companion {
    known: Known,
    articles: Vec<i64>,
}

impl<'c> Company<'c> {
    /// The setting that stored entities make whom an article mentions: each with the place in the facts of the
    /// entity that it is taken for, and how much that is to be believed, up to 1.
    pub(crate) fn new<'a>(
        connection: &'c Connection,
        known: impl Iterator<Item = (usize, &'a Candidate, f64)>,
    ) -> Self {
        let mut known: Vec<_> = known.filter(|(_, one, _)| one.mentions > 0).collect();
        known.sort_by_key(|(index, one, _)| (one.mentions, one.id, *index));
        known.dedup_by_key(|(_, one, _)| one.id);
        known.truncate(COMPANIONS);
        let weighed = |(index, one, belief): (usize, &Candidate, f64)| Known {
            index,
            id: one.id,
            weight: belief * weight(one),
        };
        Company { connection, known: known.into_iter().map(weighed).collect(), companions: OnceCell::new() }
    }

    /// What speaks for the entity of an article being a candidate: companions and offices in common.
    pub(crate) fn evidence(
        &self,
        index: usize,
        offices: &[String],
        one: &Candidate,
    ) -> rusqlite::Result<f64> {
        Ok(self.companions(index, one)? + self.offices_in_common(offices, one)?)
    }

    /// The companions of the entity at `index` that a candidate has been mentioned with, each by its weight and by
    /// how regularly.
    pub(super) fn companions(&self, index: usize, one: &Candidate) -> rusqlite::Result<f64> {
        let articles = if one.mentions <= FEW { Some(self.articles(ALL, one.id)?) } else { None };
        let articles: Option<BTreeSet<i64>> = articles.map(|articles| articles.into_iter().collect());
        let mut sum = 0.0;
        for Companion { known, articles: its } in self.loaded()? {
            if known.index == index || known.id == one.id || its.is_empty() {
                continue;
            }
            let mut together = 0;
            for article in its {
                let mentioned = match &articles {
                    Some(articles) => articles.contains(article),
                    None => self.is_mentioned(one.id, *article)?,
                };
                together += usize::from(mentioned);
            }
            if together > 0 {
                sum += known.weight * (0.5 + 0.5 * together as f64 / its.len() as f64);
            }
        }
        Ok(sum)
    }

    /// The nouns of the offices that are stored of a candidate, each as often as it is stated.
    pub(crate) fn offices(&self, one: &Candidate) -> rusqlite::Result<Vec<String>> {
        offices(self.connection, one.id)
    }

    /// Up to 1, by the share of the candidate's offices that the article gives it too.
    fn offices_in_common(&self, here: &[String], one: &Candidate) -> rusqlite::Result<f64> {
        if here.is_empty() {
            return Ok(0.0);
        }
        let there = self.offices(one)?;
        let common = there.iter().filter(|noun| here.contains(noun)).count();
        Ok(if common == 0 { 0.0 } else { 0.5 + 0.5 * common as f64 / there.len() as f64 })
    }

    fn loaded(&self) -> rusqlite::Result<&[Companion]> {
        if let Some(companions) = self.companions.get() {
            return Ok(companions);
        }
        let mut companions = Vec::with_capacity(self.known.len());
        for known in &self.known {
            companions.push(Companion { known: *known, articles: self.articles(RECENT, known.id)? });
        }
        Ok(self.companions.get_or_init(|| companions))
    }

    fn articles(&self, sql: &str, entity: i64) -> rusqlite::Result<Vec<i64>> {
        let mut articles = self.connection.prepare_cached(sql)?;
        articles.query_map(named_params! { ":entity": entity }, |row| row.get(0))?.collect()
    }

    fn is_mentioned(&self, entity: i64, article: i64) -> rusqlite::Result<bool> {
        let mut mentioned = self.connection.prepare_cached(IS_MENTIONED)?;
        mentioned.query_row(named_params! { ":entity": entity, ":article": article }, |row| row.get(0))
    }
}

/// The nouns of the offices that are stored of an entity, each as often as it is stated.
pub(super) fn offices(connection: &Connection, entity: i64) -> rusqlite::Result<Vec<String>> {
    let mut offices = connection.prepare_cached(OFFICES)?;
    let mut rows = offices.query(named_params! { ":entity": entity })?;
    let mut nouns = Vec::new();
    while let Some(row) = rows.next()? {
        nouns.push(field::office_noun(row.get_ref(0)?.as_str()?));
    }
    Ok(nouns)
}

/// What a companion tells: the rarer, the more; a place half of what a person tells.
fn weight(companion: &Candidate) -> f64 {
    let base = if companion.kind == EntityKind::Place { 0.5 } else { 1.0 };
    base / (1.0 + libm::log10(1.0 + companion.mentions as f64 / 10.0))
}
