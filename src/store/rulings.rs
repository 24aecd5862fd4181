//! All corrections in force, worked out: what each entity and each quote comes to.
//!
//! Pure: knows no database and no ids. Corrections are taken in the order they were given, so that a
//! later one wins; who is who is found by following merges to their end (disjoint sets without ranks,
//! since it matters who stays).

use std::collections::{BTreeSet, HashMap, HashSet};

use super::corrections::{Part, Verdict};
use super::entities;
use super::identity::{EntityName, Identity, QuoteName};

/// The corrections in force.
#[derive(Debug, Default)]
pub(super) struct Rulings {
    /// Who was merged into whom, step by step.
    merged: HashMap<Identity, Identity>,
    /// Those merged into each, itself included; only for those that end such a chain.
    groups: HashMap<Identity, Vec<Identity>>,
    given_names: HashMap<Identity, String>,
    /// Whether it is right; `false` where it was rejected.
    right: HashMap<Identity, bool>,
    /// What is split off, by the article's identity.
    by_article: HashMap<String, Vec<(Identity, Identity)>>,
    /// What is split off, by the key of the name that is printed.
    by_alias: HashMap<String, Vec<(Identity, Identity)>>,
    /// Those from whom a name is split off, as they are now.
    lose_aliases: HashSet<Identity>,
    quotes: HashMap<String, QuoteRuling>,
    /// Everyone that a correction names, as it is spelled there first.
    named: HashMap<Identity, EntityName>,
}

/// What is ruled of one quote.
#[derive(Debug, Default)]
pub(super) struct QuoteRuling {
    article: String,
    pub(super) rejected: bool,
    /// Who says it, if that is ruled: the inner none is nobody.
    speaker: Option<Option<Identity>>,
    /// All it is about, if that is ruled.
    subjects: Option<Vec<Identity>>,
    /// What it is about besides, and (`false`) is not about.
    changes: Vec<(Identity, bool)>,
}

/// [`QuoteRuling`] with everyone followed to whom they are now; what was rejected is left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct QuoteVerdict {
    pub(super) rejected: bool,
    pub(super) speaker: Option<Option<Identity>>,
    pub(super) subjects: Option<Vec<Identity>>,
    pub(super) changes: Vec<(Identity, bool)>,
}

/// What differs between two states of the corrections.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Difference {
    /// Entities that come to somebody else than before: their facts move.
    pub(super) moved: BTreeSet<Identity>,
    /// Articles, by their identity, of which something else is ruled.
    pub(super) articles: BTreeSet<String>,
    /// Entities that look different, or may.
    pub(super) looks: BTreeSet<Identity>,
}

impl Rulings {
    /// Works out verdicts, given in their order.
    pub(super) fn new<'v>(verdicts: impl IntoIterator<Item = &'v Verdict>) -> Self {
        let mut rulings = Rulings::default();
        verdicts.into_iter().for_each(|verdict| rulings.take(verdict));
        for identity in rulings.named.keys() {
            rulings.groups.entry(rulings.end(identity).clone()).or_default().push(identity.clone());
        }
        let losers = rulings.by_alias.values().flatten().map(|(from, _)| rulings.end(from).clone());
        rulings.lose_aliases = losers.collect();
        rulings
    }

    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty() && self.quotes.is_empty()
    }

    fn take(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Merge { keep, other } => {
                let (keep, other) = (self.name(keep), self.name(other));
                self.merge(keep, other);
            }
            Verdict::Split { entity, part, to } => {
                let (from, to) = (self.name(entity), self.name(to));
                match part {
                    Part::Articles(articles) => {
                        for article in articles {
                            let splits = self.by_article.entry(article.clone()).or_default();
                            splits.push((from.clone(), to.clone()));
                        }
                    }
                    Part::Alias(alias) => {
                        self.by_alias.entry(entities::key(alias)).or_default().push((from, to));
                    }
                }
            }
            Verdict::Rename { entity, name } => self.rename(entity, name),
            Verdict::RejectEntity(entity) => self.judge(entity, false),
            Verdict::ConfirmEntity(entity) => self.judge(entity, true),
            Verdict::Distinct(..) => {}
            Verdict::RejectQuote(quote) => self.quote(quote).rejected = true,
            Verdict::ConfirmQuote { quote, speaker, subjects } => {
                let speaker = Some(speaker.as_ref().map(|speaker| self.name(speaker)));
                let subjects = Some(subjects.iter().map(|subject| self.name(subject)).collect());
                let article = quote.article.clone();
                *self.quote(quote) =
                    QuoteRuling { article, rejected: false, speaker, subjects, changes: Vec::new() };
            }
            Verdict::Speaker(quote, speaker) => {
                let speaker = speaker.as_ref().map(|speaker| self.name(speaker));
                self.quote(quote).speaker = Some(speaker);
            }
            Verdict::AddSubject(quote, subject) => self.change_subject(quote, subject, true),
            Verdict::RemoveSubject(quote, subject) => self.change_subject(quote, subject, false),
        }
    }

    /// Notes that a correction names an entity.
    fn name(&mut self, name: &EntityName) -> Identity {
        let identity = name.identity();
        self.named.entry(identity.clone()).or_insert_with(|| name.clone());
        identity
    }

    fn merge(&mut self, keep: Identity, other: Identity) {
        let (end, other_end) = (self.end(&keep).clone(), self.end(&other).clone());
        if end == other_end {
            // They are one already; a later word decides who of them stays.
            self.merged.remove(&keep);
            if end != keep {
                self.merged.insert(end, keep);
            }
        } else {
            self.merged.insert(other_end, end);
        }
    }

    /// What the archive calls by the new name is the same entity from now on.
    fn rename(&mut self, entity: &EntityName, name: &str) {
        let identity = self.name(entity);
        let end = self.end(&identity).clone();
        let renamed = self.name(&EntityName::new(end.kind, name));
        self.given_names.insert(end.clone(), name.to_owned());
        if end.apart.is_empty() && self.end(&renamed) != &end {
            self.merge(end, renamed);
        }
    }

    fn judge(&mut self, entity: &EntityName, right: bool) {
        let identity = self.name(entity);
        let end = self.end(&identity).clone();
        self.right.insert(end, right);
    }

    fn quote(&mut self, quote: &QuoteName) -> &mut QuoteRuling {
        let ruling = self.quotes.entry(quote.key.clone()).or_default();
        ruling.article.clone_from(&quote.article);
        ruling
    }

    fn change_subject(&mut self, quote: &QuoteName, subject: &EntityName, is_about: bool) {
        let subject = self.name(subject);
        let changes = &mut self.quote(quote).changes;
        changes.retain(|(changed, _)| *changed != subject);
        changes.push((subject, is_about));
    }

    /// The end of a chain of merges.
    fn end<'r>(&'r self, identity: &'r Identity) -> &'r Identity {
        let mut end = identity;
        while let Some(next) = self.merged.get(end) {
            end = next;
        }
        end
    }

    /// Who an entity is; none where there is no such entity.
    pub(super) fn who<'r>(&'r self, identity: &'r Identity) -> Option<&'r Identity> {
        let end = self.end(identity);
        (self.right.get(end) != Some(&false)).then_some(end)
    }

    /// Who an entity of an article is, by the article's identity; none where there is no such entity.
    pub(super) fn who_in(&self, article: &str, identity: &Identity) -> Option<Identity> {
        let mut end = self.end(identity);
        for (from, to) in self.by_article.get(article).into_iter().flatten() {
            if self.end(from) == end {
                end = self.end(to);
            }
        }
        self.who(end).cloned()
    }

    /// Who is meant where `entity`, the end of its chain, is mentioned in an article by the name of this key;
    /// none where there is no such entity.
    pub(super) fn who_by_alias(&self, article: &str, entity: &Identity, alias_key: &str) -> Option<Identity> {
        let mut whom = Some(entity.clone());
        for (from, to) in self.by_alias.get(alias_key).into_iter().flatten() {
            if whom.as_ref() == Some(self.end(from)) {
                whom = self.who_in(article, to);
            }
        }
        whom
    }

    /// Whether any name is split off from `entity`, the end of its chain.
    pub(super) fn loses_aliases(&self, entity: &Identity) -> bool {
        self.lose_aliases.contains(entity)
    }

    /// How a correction spells the name of an entity.
    pub(super) fn spelled(&self, identity: &Identity) -> Option<&EntityName> {
        self.named.get(identity)
    }

    /// Everyone that a correction names.
    pub(super) fn named(&self) -> impl Iterator<Item = &EntityName> {
        self.named.values()
    }

    /// The name that a person gave an entity.
    pub(super) fn given_name(&self, identity: &Identity) -> Option<&str> {
        self.given_names.get(identity).map(String::as_str)
    }

    /// Whether a person confirmed an entity.
    pub(super) fn is_confirmed(&self, identity: &Identity) -> bool {
        self.right.get(identity) == Some(&true)
    }

    /// Those merged into an entity, itself included.
    pub(super) fn group(&self, identity: &Identity) -> &[Identity] {
        self.groups.get(identity).map_or(&[], Vec::as_slice)
    }

    /// Whether something is ruled of an article itself, and not of an entity wherever it is.
    pub(super) fn concern_article(&self, article: &str) -> bool {
        self.by_article.contains_key(article)
    }

    /// Whether something is ruled of a quote.
    pub(super) fn concern_quote(&self, key: &str) -> bool {
        self.quotes.contains_key(key)
    }

    /// What is ruled of a quote.
    pub(super) fn of_quote(&self, key: &str) -> Option<QuoteVerdict> {
        let ruling = self.quotes.get(key)?;
        let present = |identity: &Identity| self.who(identity).cloned();
        Some(QuoteVerdict {
            rejected: ruling.rejected,
            speaker: ruling.speaker.as_ref().map(|speaker| speaker.as_ref().and_then(present)),
            subjects: ruling.subjects.as_ref().map(|all| all.iter().filter_map(present).collect()),
            changes: ruling
                .changes
                .iter()
                .filter_map(|(subject, is_about)| Some((present(subject)?, *is_about)))
                .collect(),
        })
    }

    /// What differs from `before`.
    pub(super) fn difference(&self, before: &Rulings) -> Difference {
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
        for (key, ruling) in before.quotes.iter().chain(&self.quotes) {
            if self.of_quote(key) != before.of_quote(key) {
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
