//! Who was who in an article before it was analyzed anew.
//!
//! The same analysis finds the same entities: each is known by the places of its mentions, or by its name where it
//! has none.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, named_params};

use super::sought::Sought;
use crate::article::Article;
use crate::facts::Facts;
use crate::span::CodePoints;
use crate::store::entities::Uses;

const MENTIONS: &str = "SELECT entity_id, start, end FROM mentions WHERE article_id = :article";

/// The rows that an article's entities had.
#[derive(Debug)]
pub(in crate::store) struct Ties(BTreeMap<i64, Traces>);

/// What an article has of one row.
#[derive(Debug, Default)]
struct Traces {
    /// Its mentions, by start and end in code points.
    mentions: HashSet<(usize, usize)>,
    names: HashSet<String>,
}

impl Ties {
    /// Reads who is who in an article, to whose entities its facts bring `uses`.
    pub(in crate::store) fn load(
        connection: &Connection,
        article_id: i64,
        uses: &Uses,
    ) -> rusqlite::Result<Self> {
        let mut traces: BTreeMap<i64, Traces> = BTreeMap::new();
        for (id, used) in uses.iter() {
            traces.entry(id).or_default().names.extend(used.printed().chain(used.unprinted()).cloned());
        }
        let mut mentions = connection.prepare_cached(MENTIONS)?;
        let mut rows = mentions.query(named_params! { ":article": article_id })?;
        while let Some(row) = rows.next()? {
            traces.entry(row.get(0)?).or_default().mentions.insert((row.get(1)?, row.get(2)?));
        }
        Ok(Ties(traces))
    }

    /// The rows of an article's entities, by their index in the facts; none if its facts are others than they were.
    pub(super) fn of(
        &self,
        article: &Article,
        facts: &Facts,
        sought: &[Sought<'_>],
    ) -> Option<Vec<Option<i64>>> {
        let points = CodePoints::new(&article.body);
        let mut mentions: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        for mention in &facts.mentions {
            mentions.entry(mention.entity.index()).or_default().push(points.of(mention.span));
        }
        let mut rows = vec![None; facts.entities.len()];
        for sought in sought {
            let mentions = mentions.get(&sought.index).map_or(&[][..], Vec::as_slice);
            let has_all = |traces: &Traces| {
                mentions.iter().all(|place| traces.mentions.contains(place))
                    && traces.names.contains(&sought.entity.name)
            };
            let fitting = self.0.iter().filter(|(_, traces)| has_all(traces));
            rows[sought.index] = Some(*fitting.min_by_key(|(_, traces)| traces.mentions.len())?.0);
        }
        Some(rows)
    }
}
