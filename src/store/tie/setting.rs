//! What the company of a name in an article tells of whom it means.
//!
//! The evidence for a stored entity is what it has in common with an article: the people, organizations and places
//! that it was lately mentioned with, and its offices. Reads a bounded number of rows whatever the archive.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rusqlite::{Connection, named_params};

use super::candidates::Candidate;
use crate::facts::{EntityKind, alike};

/// How many companions are looked at: the rarest, which tell most.
const COMPANIONS: usize = 8;

/// The latest articles that mention a companion.
const RECENT: &str = "
SELECT DISTINCT article_id FROM mentions WHERE entity_id = :entity ORDER BY article_id DESC LIMIT 12";

/// Up to so many mentions, the articles of a candidate are read at once.
const FEW: i64 = 200;

const ALL: &str = "SELECT DISTINCT article_id FROM mentions WHERE entity_id = :entity";

const IS_MENTIONED: &str =
    "SELECT EXISTS (SELECT 1 FROM mentions WHERE entity_id = :entity AND article_id = :article)";

const OFFICES: &str = "
SELECT detail FROM relationships
WHERE subject_id = :entity AND detail IS NOT NULL
    AND predicate IN ('leads', 'holds_office', 'spokesperson_for', 'employed_by')
LIMIT 64";

/// The company that an article's names are in.
pub(super) struct Setting<'c> {
    connection: &'c Connection,
    known: Vec<(i64, f64)>,
    companions: OnceCell<Vec<Companion>>,
}

/// A stored entity that the article mentions.
struct Companion {
    id: i64,
    /// What it tells: 1 for a rare person or organization, less for frequent ones and for places.
    weight: f64,
    /// The latest articles that mention it.
    articles: Vec<i64>,
}

impl<'c> Setting<'c> {
    /// The setting that stored entities make whom an article mentions beyond doubt.
    pub(super) fn new<'a>(connection: &'c Connection, known: impl Iterator<Item = &'a Candidate>) -> Self {
        let mut known: Vec<&Candidate> = known.filter(|one| one.mentions > 0).collect();
        known.sort_by_key(|one| (one.mentions, one.id));
        known.dedup_by_key(|one| one.id);
        known.truncate(COMPANIONS);
        let known = known.into_iter().map(|one| (one.id, weight(one))).collect();
        Setting { connection, known, companions: OnceCell::new() }
    }

    /// What speaks for a candidate: companions and offices in common.
    pub(super) fn evidence(&self, offices: &[String], one: &Candidate) -> rusqlite::Result<f64> {
        Ok(self.companions(one)? + self.offices_in_common(offices, one)?)
    }

    /// The companions that a candidate has been mentioned with, each by its weight and by how regularly.
    pub(super) fn companions(&self, one: &Candidate) -> rusqlite::Result<f64> {
        let articles = if one.mentions <= FEW { Some(self.articles(ALL, one.id)?) } else { None };
        let articles: Option<BTreeSet<i64>> = articles.map(|articles| articles.into_iter().collect());
        let mut sum = 0.0;
        for companion in self.loaded()? {
            if companion.id == one.id || companion.articles.is_empty() {
                continue;
            }
            let mut together = 0;
            for article in &companion.articles {
                let mentioned = match &articles {
                    Some(articles) => articles.contains(article),
                    None => self.is_mentioned(one.id, *article)?,
                };
                together += usize::from(mentioned);
            }
            if together > 0 {
                let regularity = together as f64 / companion.articles.len() as f64;
                sum += companion.weight * (0.5 + 0.5 * regularity);
            }
        }
        Ok(sum)
    }

    /// The nouns of the offices that are stored of a candidate, each as often as it is stated.
    pub(super) fn offices(&self, one: &Candidate) -> rusqlite::Result<Vec<String>> {
        let mut offices = self.connection.prepare_cached(OFFICES)?;
        let mut rows = offices.query(named_params! { ":entity": one.id })?;
        let mut nouns = Vec::new();
        while let Some(row) = rows.next()? {
            nouns.push(alike::office_noun(row.get_ref(0)?.as_str()?));
        }
        Ok(nouns)
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
        let load = |(id, weight): &(i64, f64)| {
            self.articles(RECENT, *id).map(|articles| Companion { id: *id, weight: *weight, articles })
        };
        let companions = self.known.iter().map(load).collect::<rusqlite::Result<Vec<_>>>()?;
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

/// What a companion tells: the rarer, the more; a place half of what a person tells.
fn weight(companion: &Candidate) -> f64 {
    let base = if companion.kind == EntityKind::Place { 0.5 } else { 1.0 };
    base / (1.0 + (1.0 + companion.mentions as f64 / 10.0).log10())
}
