//! A run of ingest, while it lasts: which articles it has met.
//!
//! Held in memory only; what is kept of a run is for `tables::runs`.

use std::collections::{HashMap, HashSet};

use crate::store::corrections::overrule::InForce;
use crate::store::tables::articles::Family;

/// A run of ingest, while it lasts.
#[derive(Debug)]
pub struct Run {
    pub(crate) id: i64,
    /// The articles that this run has met, by their ids.
    seen: IdSet,
    /// The file that is being read, and the articles that were met in it.
    file: String,
    seen_in_file: HashSet<i64>,
    /// Identities that several articles share, with those who bear them, so that they are not looked for again for
    /// each article of an archive that has one address for all.
    pub(crate) families: HashMap<String, Family>,
    /// The corrections in force, as of the last batch.
    pub(super) in_force: InForce,
}

impl Run {
    pub(super) fn new(id: i64) -> Self {
        Run {
            id,
            seen: IdSet::default(),
            file: String::new(),
            seen_in_file: HashSet::new(),
            families: HashMap::new(),
            in_force: InForce::default(),
        }
    }

    /// Notes that a record of `file` is the article `id`. The records of a file come one after the other.
    pub(super) fn meet(&mut self, id: i64, file: &str) {
        if self.file != file {
            file.clone_into(&mut self.file);
            self.seen_in_file.clear();
        }
        self.seen.insert(id);
        self.seen_in_file.insert(id);
    }

    /// Whether this run has met the article.
    pub(super) fn has_met(&self, id: i64) -> bool {
        self.seen.contains(id)
    }

    /// Whether this run has met an article in `file`, and the families, which change meanwhile.
    pub(super) fn met_in(&mut self, file: &str) -> (impl Fn(i64) -> bool, &mut HashMap<String, Family>) {
        let seen = (self.file == file).then_some(&self.seen_in_file);
        (move |id| seen.is_some_and(|seen| seen.contains(&id)), &mut self.families)
    }
}

/// A set of row ids, one bit each.
#[derive(Debug, Default)]
struct IdSet(Vec<u64>);

impl IdSet {
    fn insert(&mut self, id: i64) {
        let (word, bit) = Self::place(id);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    fn contains(&self, id: i64) -> bool {
        let (word, bit) = Self::place(id);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Row ids are positive and dense: SQLite gives out the next one.
    fn place(id: i64) -> (usize, u64) {
        let id = usize::try_from(id).unwrap_or(0);
        (id / 64, 1 << (id % 64))
    }
}
