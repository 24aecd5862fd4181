//! What a person should look at first: questions of which one answer settles much; and the rows of an answer, to be judged one by
//! one (`rows`).
//!
//! Knows where the machine is likely to be wrong about who is who, and finds the evidence. Never asks and
//! never corrects: that is the command line's and the store's. Start reading at [`doubts`].

pub(crate) mod doubt;
pub(crate) mod evidence;
mod pairs;
pub mod rows;

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::name_key::name_key;
use crate::query::failure::read_error;
use crate::query::lookup;
use crate::query::review::doubt::{Doubt, Why};
pub use crate::query::review::evidence::evidence;
use crate::query::stored_entity::StoredEntity;
use crate::store::{Correction, Verdict};

/// Quotes of less confidence than this are asked about, if their words are printed more than once.
const UNSURE: f64 = 0.6;

/// The first doubts, those of which one answer settles most before the others; `limit` of them.
///
/// What a person has answered already is not asked again.
pub fn doubts(db: &Connection, limit: usize) -> Result<Vec<Doubt>, Error> {
    let answered = Answered::read(db)?;
    let mut doubts: Vec<Doubt> = pairs::pairs(&pairs::entities(db)?)
        .into_iter()
        .filter(|(keep, other, _)| !answered.has(keep, other))
        .map(|(keep, other, why)| Doubt::Same { keep, other, why })
        .collect();
    doubts.extend(unsure_speakers(db, limit)?);
    doubts.sort_by_key(|doubt| std::cmp::Reverse(doubt.settles()));
    let mut first = Vec::new();
    for doubt in doubts {
        if first.len() == limit {
            break;
        }
        if is_likely(db, &doubt)? {
            first.push(doubt);
        }
    }
    Ok(first)
}

/// Whether a pair of which the names merely have words in common is worth a question: they keep company
/// with the same people.
fn is_likely(db: &Connection, doubt: &Doubt) -> Result<bool, Error> {
    match doubt {
        Doubt::Same { keep, other, why: Why::Words } => evidence::share_company(db, keep.id, other.id),
        _ => Ok(true),
    }
}

const RULED: &str = "SELECT id, kind, name_key, apart, confirmed FROM ruled_entities";

/// What a person has answered.
#[derive(Default)]
struct Answered {
    /// How corrections know entities, by their rows.
    identities: HashMap<i64, String>,
    /// Pairs that are two, by their identities.
    distinct: HashSet<(String, String)>,
    /// Entities that are right as they are.
    confirmed: HashSet<i64>,
}

impl Answered {
    fn read(db: &Connection) -> Result<Self, Error> {
        let mut answered = Answered::default();
        for kept in crate::query::corrections::list(db)? {
            if let (None, Ok(Correction { verdict: Verdict::Distinct(one, other), .. })) =
                (&kept.undone_at, &kept.correction)
            {
                let [one, other] = [one, other]
                    .map(|entity| identity(entity.kind.name(), &name_key(&entity.name), &entity.apart));
                answered.distinct.insert((one, other));
            }
        }
        answered.read_entities(db).map_err(read_error)?;
        Ok(answered)
    }

    fn read_entities(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut ruled = db.prepare(RULED)?;
        let mut rows = ruled.query([])?;
        while let Some(row) = rows.next()? {
            let (kind, key, apart): (String, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
            self.identities.insert(row.get(0)?, identity(&kind, &key, &apart));
            if row.get(4)? {
                self.confirmed.insert(row.get(0)?);
            }
        }
        Ok(())
    }

    fn identity(&self, entity: &StoredEntity) -> String {
        let known = self.identities.get(&entity.id).cloned();
        known.unwrap_or_else(|| identity(&entity.kind, &name_key(&entity.name), ""))
    }

    fn has(&self, keep: &StoredEntity, other: &StoredEntity) -> bool {
        let (one, two) = (self.identity(keep), self.identity(other));
        self.confirmed.contains(&other.id)
            || self.distinct.contains(&(one.clone(), two.clone()))
            || self.distinct.contains(&(two, one))
    }
}

/// What tells entities apart, as text.
fn identity(kind: &str, name_key: &str, apart: &str) -> String {
    format!("{kind}/{name_key}/{apart}")
}

const UNSURE_SPEAKERS: &str = "
SELECT speaker_id, text, json_group_array(id)
FROM quotes
WHERE speaker_id IS NOT NULL AND confidence < :unsure
    AND key NOT IN (
        SELECT json_extract(target, '$.quote') FROM corrections
        WHERE undone_at IS NULL AND json_extract(target, '$.quote') IS NOT NULL
    )
GROUP BY text, speaker_id HAVING count(*) > 1
ORDER BY count(*) DESC, min(id)
LIMIT :limit";

/// Words that several articles print, credited to somebody without much confidence.
fn unsure_speakers(db: &Connection, limit: usize) -> Result<Vec<Doubt>, Error> {
    let mut statement = db.prepare(UNSURE_SPEAKERS).map_err(read_error)?;
    let parameters = named_params! { ":unsure": UNSURE, ":limit": i64::try_from(limit).unwrap_or(i64::MAX) };
    let rows = statement
        .query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))
        .and_then(Iterator::collect::<rusqlite::Result<Vec<(i64, String, String)>>>)
        .map_err(read_error)?;
    let mut doubts = Vec::new();
    for (speaker, text, quotes) in rows {
        let quotes = serde_json::from_str(&quotes)
            .map_err(|cause| Error::new("cannot read the database").because(cause))?;
        if let Some(speaker) = lookup::entity_with_id(db, speaker)? {
            doubts.push(Doubt::Speaker { speaker, quotes, text });
        }
    }
    Ok(doubts)
}
