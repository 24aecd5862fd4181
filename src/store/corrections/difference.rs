//! What a change of the corrections changes: whom it concerns and in which articles.

use std::collections::{BTreeSet, HashSet};

use crate::store::corrections::rulings::Rulings;
use crate::store::identity::Identity;

/// What differs between two states of the corrections.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Entities that come to somebody else than before: their facts move.
    pub(super) moved: BTreeSet<Identity>,
    /// Articles, by their identity, of which something else is ruled.
    pub(crate) articles: BTreeSet<String>,
    /// Entities that look different, or may.
    pub(crate) looks: BTreeSet<Identity>,
}

impl Rulings {
    /// What differs from `before`.
    pub(crate) fn difference(&self, before: &Rulings) -> Difference {
        let mut difference = Difference::default();
        for identity in before.named.keys().chain(self.named.keys()) {
            self.compare_entity(before, identity, &mut difference);
        }
        self.compare_aliases(before, &mut difference);
        for article in before.by_article.keys().chain(self.by_article.keys()) {
            if self.splits_in(article) != before.splits_in(article) {
                difference.articles.insert(article.clone());
            }
        }
        for article in before.by_mention.keys().chain(self.by_mention.keys()) {
            if !self.split_mentions(article).eq(before.split_mentions(article)) {
                difference.articles.insert(article.clone());
            }
        }
        for (key, ruling) in before.quotes.iter().chain(&self.quotes) {
            if self.of_quote(key) != before.of_quote(key) {
                difference.articles.insert(ruling.article.clone());
            }
        }
        for (key, ruling) in before.relationships.iter().chain(&self.relationships) {
            if self.of_relationship(key) != before.of_relationship(key) {
                difference.articles.insert(ruling.article.clone());
            }
        }
        difference
    }

    fn compare_entity(&self, before: &Rulings, identity: &Identity, difference: &mut Difference) {
        let moved = self.who(identity) != before.who(identity);
        if moved {
            difference.moved.insert(identity.clone());
            difference.looks.extend([self.end(identity).clone(), before.end(identity).clone()]);
        }
        if moved
            || self.named.contains_key(identity) != before.named.contains_key(identity)
            || self.given_names.get(identity) != before.given_names.get(identity)
            || self.right.get(identity) != before.right.get(identity)
        {
            difference.looks.insert(identity.clone());
        }
    }

    /// Where an alias is split off otherwise than before, all facts of those who have it may move.
    fn compare_aliases(&self, before: &Rulings, difference: &mut Difference) {
        let mut ends: HashSet<&Identity> = HashSet::new();
        for alias in before.by_alias.keys().chain(self.by_alias.keys()) {
            let (old, new) = (before.splits_by(alias), self.splits_by(alias));
            if old != new {
                ends.extend(old.iter().chain(&new).map(|(from, _)| from));
            }
        }
        if ends.is_empty() {
            return;
        }
        difference.moved.extend(ends.iter().copied().cloned());
        for identity in before.named.keys().chain(self.named.keys()) {
            if ends.contains(self.end(identity)) || ends.contains(before.end(identity)) {
                difference.moved.insert(identity.clone());
            }
        }
    }

    fn splits_by(&self, alias_key: &str) -> Vec<(&Identity, Option<&Identity>)> {
        let splits = self.by_alias.get(alias_key).into_iter().flatten();
        splits.map(|(from, to)| (self.end(from), self.who(to))).collect()
    }

    fn splits_in(&self, article: &str) -> Vec<(&Identity, Option<&Identity>)> {
        let splits = self.by_article.get(article).into_iter().flatten();
        splits.map(|(from, to)| (self.end(from), self.who(to))).collect()
    }
}
