//! One thing that is otherwise in the second database, and how many there are of each kind.

use std::collections::BTreeMap;

use crate::query::alike::ArchiveArticle;

/// One thing that is otherwise in the second database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// What: `quote gone`, `quote speaker`, `relationship new` …
    pub change: &'static str,
    /// What the first database has: of what is gone the words, else the value.
    pub before: Option<String>,
    /// What the second has in its place.
    pub after: Option<String>,
    /// The quote in words, or the relationship.
    pub what: String,
    /// Who speaks, in the second database if it is there.
    pub speaker: Option<String>,
    /// The key of a quote, in the second database if it is there.
    pub key: Option<String>,
    /// Its row in the first database.
    pub id_before: Option<i64>,
    /// Its row in the second.
    pub id_after: Option<i64>,
    /// The article, as the second database has it if it is there.
    pub article: ArchiveArticle,
}

/// How much is the same, and how much is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles that both have, that the first has alone, and the second.
    pub articles: [u64; 3],
    /// Quotes and relationships that are the same in both.
    pub same: [u64; 2],
    /// The differences of each kind.
    pub changes: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// How many differences there are.
    pub fn differences(&self) -> u64 {
        self.changes.values().sum()
    }

    pub(super) fn count(&mut self, change: &'static str) {
        *self.changes.entry(change).or_default() += 1;
    }

    pub(super) fn count_article(&mut self, in_first: bool, in_second: bool) {
        let place = match (in_first, in_second) {
            (true, true) => 0,
            (true, false) => 1,
            _ => 2,
        };
        self.articles[place] += 1;
    }
}
