//! A run of ingest, while it lasts: which articles it has met.
//!
//! Held in memory only; what is kept of a run is for `tables::runs`.

use std::collections::HashMap;

use crate::store::corrections::overrule::InForce;
use crate::store::tables::articles::Family;

/// A run of ingest, while it lasts.
#[derive(Debug)]
pub struct Run {
    pub(crate) id: i64,
    /// The articles that this run has met, by their ids.
    pub(crate) seen: IdSet,
    /// Identities that several articles share, with those who bear them, so that they are not looked for again for
    /// each article of an archive that has one address for all.
    pub(crate) families: HashMap<String, Family>,
    /// The corrections in force, as of the last batch.
    pub(super) in_force: InForce,
}

/// A set of row ids, one bit each.
#[derive(Debug, Default)]
pub(crate) struct IdSet(Vec<u64>);

impl IdSet {
    pub(crate) fn insert(&mut self, id: i64) {
        let (word, bit) = Self::place(id);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    pub(crate) fn contains(&self, id: i64) -> bool {
        let (word, bit) = Self::place(id);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Row ids are positive and dense: SQLite gives out the next one.
    fn place(id: i64) -> (usize, u64) {
        let id = usize::try_from(id).unwrap_or(0);
        (id / 64, 1 << (id % 64))
    }
}
