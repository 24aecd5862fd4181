//! Who was who in an article before it was analyzed anew.
//!
//! The same analysis finds the same entities: each is known by the places of its mentions, or by its name where it
//! has none.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, named_params};

use crate::article::Article;
use crate::facts::Facts;
use crate::span::CodePoints;
use crate::store::linking::described::Described;
use crate::store::tables::entities::Uses;

const MENTIONS: &str = "SELECT entity_id, start, end FROM mentions WHERE article_id = :article";

/// Where an article mentions somebody: start and end in code points.
type At = (usize, usize);

/// The rows that an article's entities had, and by what they are found: an article may have as many as it has words.
#[derive(Debug, Default)]
pub(crate) struct Remembered {
    traces: BTreeMap<i64, Traces>,
    by_mention: HashMap<At, Vec<i64>>,
    by_name: HashMap<String, Vec<i64>>,
}

/// What an article has of one row.
#[derive(Debug, Default)]
struct Traces {
    mentions: HashSet<At>,
    names: HashSet<String>,
}

/// An entity of the article as it is analyzed now.
struct Wanted<'a> {
    name: &'a str,
    mentions: HashSet<At>,
}

impl Remembered {
    /// Reads who is who in an article, to whose entities its facts bring `uses`.
    pub(crate) fn load(connection: &Connection, article_id: i64, uses: &Uses) -> rusqlite::Result<Self> {
        let mut traces: BTreeMap<i64, Traces> = BTreeMap::new();
        for (id, used) in uses.iter() {
            traces.entry(id).or_default().names.extend(used.printed().chain(used.unprinted()).cloned());
        }
        let mut mentions = connection.prepare_cached(MENTIONS)?;
        let mut rows = mentions.query(named_params! { ":article": article_id })?;
        while let Some(row) = rows.next()? {
            traces.entry(row.get(0)?).or_default().mentions.insert((row.get(1)?, row.get(2)?));
        }
        Ok(Remembered::new(traces))
    }

    fn new(traces: BTreeMap<i64, Traces>) -> Self {
        let mut remembered = Remembered::default();
        for (id, traces) in &traces {
            for at in &traces.mentions {
                remembered.by_mention.entry(*at).or_default().push(*id);
            }
            for name in &traces.names {
                remembered.by_name.entry(name.clone()).or_default().push(*id);
            }
        }
        Remembered { traces, ..remembered }
    }

    /// The rows of an article's entities, by their index in the facts; none if its facts are others than they were.
    ///
    /// Kinds are not compared: a row may have the one that the archive knew the name as, whatever the article says.
    pub(crate) fn of(
        &self,
        article: &Article,
        facts: &Facts,
        described: &[Described<'_>],
    ) -> Option<Vec<Option<i64>>> {
        let points = CodePoints::new(&article.body);
        let mut mentions: HashMap<usize, HashSet<At>> = HashMap::new();
        for mention in &facts.mentions {
            mentions.entry(mention.entity.index()).or_default().insert(points.of(mention.span));
        }
        let wanted: Vec<Wanted<'_>> = described
            .iter()
            .map(|described| Wanted {
                name: &described.entity.name,
                mentions: mentions.remove(&described.index).unwrap_or_default(),
            })
            .collect();
        let mut rows = vec![None; facts.entities.len()];
        for (described, id) in described.iter().zip(self.assign(&wanted)?) {
            rows[described.index] = Some(id);
        }
        Some(rows)
    }

    /// A row for each that is wanted; none unless all rows are given out, with all of their mentions and no others.
    ///
    /// Several entities of an article may have been taken for the same one of the archive: together they have the
    /// mentions of its row.
    fn assign(&self, wanted: &[Wanted<'_>]) -> Option<Vec<i64>> {
        let mut taken: HashSet<i64> = HashSet::new();
        let mut met: HashSet<(i64, At)> = HashSet::new();
        let mut rows = Vec::with_capacity(wanted.len());
        for wanted in wanted {
            let id = self.best(wanted, &taken)?;
            taken.insert(id);
            met.extend(wanted.mentions.iter().map(|at| (id, *at)));
            rows.push(id);
        }
        let mentions: usize = self.traces.values().map(|traces| traces.mentions.len()).sum();
        (taken.len() == self.traces.len() && met.len() == mentions).then_some(rows)
    }

    /// The row that has the name and the mentions of one that is wanted: first one that has no others and is not taken.
    fn best(&self, wanted: &Wanted<'_>, taken: &HashSet<i64>) -> Option<i64> {
        let candidates = match wanted.mentions.iter().min() {
            Some(first) => self.by_mention.get(first),
            None => self.by_name.get(wanted.name),
        };
        let fitting = candidates?.iter().filter_map(|id| {
            let traces = self.traces.get(id)?;
            let fits = traces.names.contains(wanted.name) && wanted.mentions.is_subset(&traces.mentions);
            let more = traces.mentions.len() - wanted.mentions.len().min(traces.mentions.len());
            fits.then_some((more > 0 || taken.contains(id), more, *id))
        });
        fitting.min().map(|(.., id)| id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remembered<const N: usize>(rows: [(i64, &str, &[At]); N]) -> Remembered {
        let traces = |name: &str, mentions: &[At]| Traces {
            mentions: mentions.iter().copied().collect(),
            names: HashSet::from([name.to_owned()]),
        };
        Remembered::new(rows.into_iter().map(|(id, name, mentions)| (id, traces(name, mentions))).collect())
    }

    fn wanted<'a>(name: &'a str, mentions: &[At]) -> Wanted<'a> {
        Wanted { name, mentions: mentions.iter().copied().collect() }
    }

    #[test]
    fn namesakes_keep_a_row_each() {
        let remembered = remembered([(1, "Ana Ruiz", &[(0, 8)]), (2, "Ana Ruiz", &[(20, 28)])]);
        let now = [wanted("Ana Ruiz", &[(20, 28)]), wanted("Ana Ruiz", &[(0, 8)])];
        assert_eq!(remembered.assign(&now), Some(vec![2, 1]));
    }

    #[test]
    fn namesakes_without_a_mention_keep_a_row_each() {
        let remembered = remembered([(1, "Ana Ruiz", &[]), (2, "Ana Ruiz", &[])]);
        let now = [wanted("Ana Ruiz", &[]), wanted("Ana Ruiz", &[])];
        assert_eq!(remembered.assign(&now), Some(vec![1, 2]));
    }

    #[test]
    fn two_who_were_taken_for_one_stay_one() {
        let remembered = remembered([(1, "Northwind", &[(0, 9), (20, 29)])]);
        let now = [wanted("Northwind", &[(0, 9)]), wanted("Northwind", &[(20, 29)])];
        assert_eq!(remembered.assign(&now), Some(vec![1, 1]));
    }

    #[test]
    fn other_facts_are_tied_anew() {
        let remembered = remembered([(1, "Ana Ruiz", &[(0, 8), (20, 24)]), (2, "Leo Brandt", &[(40, 50)])]);
        let leo = || wanted("Leo Brandt", &[(40, 50)]);
        let fewer = [wanted("Ana Ruiz", &[(0, 8)]), leo()];
        let more = [wanted("Ana Ruiz", &[(0, 8), (20, 24), (30, 33)]), leo()];
        let another_name = [wanted("Ana Brandt", &[(0, 8), (20, 24)]), leo()];
        let gone = [leo()];
        for now in [&fewer[..], &more, &another_name, &gone] {
            assert_eq!(remembered.assign(now), None);
        }
    }

    #[test]
    fn rows_are_found_in_linear_time() {
        let count = 100_000;
        let names: Vec<String> = (0..count).map(|n| format!("Ana Ruiz{n}")).collect();
        let traces = |n: usize| Traces {
            mentions: HashSet::from([(n * 20, n * 20 + 8)]),
            names: HashSet::from([names[n].clone()]),
        };
        let remembered = Remembered::new((0..count).map(|n| (n as i64, traces(n))).collect());
        let wanted: Vec<_> = (0..count).map(|n| wanted(&names[n], &[(n * 20, n * 20 + 8)])).collect();
        let start = std::time::Instant::now();
        assert!(remembered.assign(&wanted).is_some());
        // A look at every row for each would take minutes.
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
