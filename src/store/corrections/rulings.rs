//! All corrections in force, worked out: what each entity and each quote comes to.
//!
//! Pure: knows no database and no ids. Corrections are taken in the order they were given, so that a
//! later one wins; who is who is found by following merges to their end (disjoint sets without ranks,
//! since it matters who stays).

use std::collections::{HashMap, HashSet};

use crate::facts::EntityKind;
use crate::store::corrections::correction::{Part, RelationshipChange, Verdict};
use crate::store::corrections::quote_change::QuoteChange;
use crate::store::identity::{EntityName, Identity, MentionName, QuoteName, RelationshipName};
use crate::store::tables::entities;

/// The corrections in force.
#[derive(Debug, Default)]
pub(crate) struct Rulings {
    /// Who was merged into whom, step by step.
    merged: HashMap<Identity, Identity>,
    /// Those merged into each, itself included; only for those that end such a chain.
    groups: HashMap<Identity, Vec<Identity>>,
    pub(super) given_names: HashMap<Identity, String>,
    /// Whether it is right; `false` where it was rejected.
    pub(crate) right: HashMap<Identity, bool>,
    /// What is split off, by the article's identity.
    pub(super) by_article: HashMap<String, Vec<(Identity, Identity)>>,
    /// What is split off, by the key of the name that is printed.
    pub(super) by_alias: HashMap<String, Vec<(Identity, Identity)>>,
    /// What is split off mention by mention, by the article's identity.
    pub(super) by_mention: HashMap<String, Vec<(MentionName, Identity, Identity)>>,
    /// Those from whom a name is split off, as they are now.
    lose_aliases: HashSet<Identity>,
    pub(crate) quotes: HashMap<String, QuoteRuling>,
    pub(crate) relationships: HashMap<String, RelationshipRuling>,
    /// Everyone that a correction names, as it is spelled there first.
    pub(crate) named: HashMap<Identity, EntityName>,
    /// The kinds and keys of their names.
    names: HashSet<(EntityKind, String)>,
}

/// What is ruled of one quote.
#[derive(Debug, Default)]
pub(crate) struct QuoteRuling {
    pub(crate) article: String,
    pub(crate) rejected: bool,
    /// Whether a person vouches for it.
    confirmed: bool,
    /// Who says it, if that is ruled: the inner none is nobody.
    speaker: Option<Option<Identity>>,
    /// All it is about, if that is ruled.
    subjects: Option<Vec<Identity>>,
    /// What it is about besides, and (`false`) is not about.
    changes: Vec<(Identity, bool)>,
    /// What it is besides.
    change: QuoteChange,
}

/// What is ruled of one relationship.
#[derive(Debug, Default)]
pub(crate) struct RelationshipRuling {
    pub(crate) article: String,
    rejected: bool,
    subject: Option<Identity>,
    predicate: Option<String>,
    /// Its object, if that is ruled: the inner none is nobody.
    object: Option<Option<Identity>>,
    status: Option<String>,
}

/// [`RelationshipRuling`] with everyone followed to whom they are now; who was rejected is the inner none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RelationshipVerdict {
    pub(super) rejected: bool,
    pub(super) subject: Option<Option<Identity>>,
    pub(super) predicate: Option<String>,
    pub(super) object: Option<Option<Identity>>,
    pub(super) status: Option<String>,
}

/// [`QuoteRuling`] with everyone followed to whom they are now; what was rejected is left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct QuoteVerdict {
    pub(crate) rejected: bool,
    /// Whether a person vouches for it.
    pub(crate) confirmed: bool,
    pub(crate) speaker: Option<Option<Identity>>,
    pub(crate) subjects: Option<Vec<Identity>>,
    pub(crate) changes: Vec<(Identity, bool)>,
    pub(crate) change: QuoteChange,
}

impl Rulings {
    /// Works out verdicts, given in their order.
    pub(crate) fn new<'v>(verdicts: impl IntoIterator<Item = &'v Verdict>) -> Self {
        let mut rulings = Rulings::default();
        verdicts.into_iter().for_each(|verdict| rulings.take(verdict));
        for identity in rulings.named.keys().cloned().collect::<Vec<_>>() {
            rulings.follow(&identity);
        }
        for identity in rulings.named.keys() {
            rulings.groups.entry(rulings.end(identity).clone()).or_default().push(identity.clone());
        }
        let losers = rulings.by_alias.values().flatten().map(|(from, _)| rulings.end(from).clone());
        rulings.lose_aliases = losers.collect();
        rulings
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.named.is_empty() && self.quotes.is_empty() && self.relationships.is_empty()
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
                    Part::Mentions(mentions) => {
                        for mention in mentions {
                            let splits = self.by_mention.entry(mention.article.clone()).or_default();
                            splits.push((mention.clone(), from.clone(), to.clone()));
                        }
                    }
                }
            }
            Verdict::Rename { entity, name } => self.rename(entity, name),
            Verdict::RejectEntity(entity) => self.judge(entity, false),
            Verdict::ConfirmEntity(entity) => self.judge(entity, true),
            Verdict::Distinct(one, other) => {
                self.name(one);
                self.name(other);
            }
            Verdict::RejectQuote(quote) => self.quote(quote).rejected = true,
            Verdict::ConfirmQuote { quote, speaker, subjects, change } => {
                let speaker = Some(speaker.as_ref().map(|speaker| self.name(speaker)));
                let subjects = Some(subjects.iter().map(|subject| self.name(subject)).collect());
                let article = quote.article.clone();
                let ruling = self.quote(quote);
                // What a later word leaves out stays as an earlier one has it.
                let before = std::mem::take(&mut ruling.change);
                let change = change.clone();
                *ruling = QuoteRuling {
                    article,
                    rejected: false,
                    confirmed: true,
                    speaker,
                    subjects,
                    changes: Vec::new(),
                    change: QuoteChange {
                        act: change.act.or(before.act),
                        pieces: change.pieces.or(before.pieces),
                    },
                };
            }
            Verdict::Speaker(quote, speaker) => {
                let speaker = speaker.as_ref().map(|speaker| self.name(speaker));
                self.quote(quote).speaker = Some(speaker);
            }
            Verdict::AddSubject(quote, subject) => self.change_subject(quote, subject, true),
            Verdict::RemoveSubject(quote, subject) => self.change_subject(quote, subject, false),
            Verdict::RejectRelationship(name) => self.relationship(name).rejected = true,
            Verdict::Relationship(name, change) => self.change_relationship(name, change),
        }
    }

    /// Notes that a correction names an entity.
    fn name(&mut self, name: &EntityName) -> Identity {
        let identity = name.identity();
        self.names.insert((identity.kind, identity.name_key.clone()));
        self.named.entry(identity.clone()).or_insert_with(|| name.clone());
        identity
    }

    fn merge(&mut self, keep: Identity, other: Identity) {
        let (end, other_end) = (self.follow(&keep), self.follow(&other));
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
        let end = self.follow(&identity);
        let renamed = self.name(&EntityName::new(end.kind, name));
        self.given_names.insert(end.clone(), name.to_owned());
        if !end.is_split_off() && self.end(&renamed) != &end {
            self.merge(end, renamed);
        }
    }

    fn judge(&mut self, entity: &EntityName, right: bool) {
        let identity = self.name(entity);
        let end = self.follow(&identity);
        self.right.insert(end, right);
    }

    fn quote(&mut self, quote: &QuoteName) -> &mut QuoteRuling {
        let ruling = self.quotes.entry(quote.key.clone()).or_default();
        ruling.article.clone_from(&quote.article);
        ruling
    }

    fn relationship(&mut self, name: &RelationshipName) -> &mut RelationshipRuling {
        let ruling = self.relationships.entry(name.key.clone()).or_default();
        ruling.article.clone_from(&name.article);
        ruling
    }

    /// What a later word leaves out stays as an earlier one has it; what is changed is stated after all.
    fn change_relationship(&mut self, name: &RelationshipName, change: &RelationshipChange) {
        let subject = change.subject.as_ref().map(|subject| self.name(subject));
        let object = change.object.as_ref().map(|object| self.name(object));
        let ruling = self.relationship(name);
        ruling.rejected = false;
        ruling.subject = subject.or(ruling.subject.take());
        ruling.predicate = change.predicate.clone().or(ruling.predicate.take());
        ruling.status = change.status.clone().or(ruling.status.take());
        if change.without_object || object.is_some() {
            ruling.object = Some(object);
        }
    }

    fn change_subject(&mut self, quote: &QuoteName, subject: &EntityName, is_about: bool) {
        let subject = self.name(subject);
        let changes = &mut self.quote(quote).changes;
        changes.retain(|(changed, _)| *changed != subject);
        changes.push((subject, is_about));
    }

    /// The end of a chain of merges. All on the way are led straight to it, so that no chain is walked twice.
    fn follow(&mut self, identity: &Identity) -> Identity {
        let end = self.end(identity).clone();
        let mut step = identity.clone();
        while step != end {
            let Some(next) = self.merged.insert(step, end.clone()) else { break };
            step = next;
        }
        end
    }

    /// The end of a chain of merges.
    pub(crate) fn end<'r>(&'r self, identity: &'r Identity) -> &'r Identity {
        let mut end = identity;
        while let Some(next) = self.merged.get(end) {
            end = next;
        }
        end
    }

    /// Who an entity is; none where there is no such entity.
    pub(crate) fn who<'r>(&'r self, identity: &'r Identity) -> Option<&'r Identity> {
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

    /// The mentions of an article that are split off, each with the end of the chain of whom it is taken from, and whom it
    /// means; none where there is no such entity.
    pub(super) fn split_mentions(
        &self,
        article: &str,
    ) -> impl Iterator<Item = (&MentionName, &Identity, Option<Identity>)> {
        let splits = self.by_mention.get(article).into_iter().flatten();
        let article = article.to_owned();
        splits.map(move |(mention, from, to)| (mention, self.end(from), self.who_in(&article, to)))
    }

    /// Whether any name is split off from `entity`, the end of its chain.
    pub(super) fn loses_aliases(&self, entity: &Identity) -> bool {
        self.lose_aliases.contains(entity)
    }

    /// How a correction spells the name of an entity.
    pub(super) fn spelled(&self, identity: &Identity) -> Option<&EntityName> {
        self.named.get(identity)
    }

    /// Whether a correction names somebody so.
    pub(super) fn know_name(&self, kind: EntityKind, name_key: &str) -> bool {
        self.names.contains(&(kind, name_key.to_owned()))
    }

    /// Everyone that a correction names.
    pub(crate) fn named(&self) -> impl Iterator<Item = &EntityName> {
        self.named.values()
    }

    /// The name that a person gave an entity.
    pub(crate) fn given_name(&self, identity: &Identity) -> Option<&str> {
        self.given_names.get(identity).map(String::as_str)
    }

    /// Whether a person confirmed an entity.
    pub(super) fn is_confirmed(&self, identity: &Identity) -> bool {
        self.right.get(identity) == Some(&true)
    }

    /// Those merged into an entity, itself included.
    pub(crate) fn group(&self, identity: &Identity) -> &[Identity] {
        self.groups.get(identity).map_or(&[], Vec::as_slice)
    }

    /// Whether something is ruled of an article itself, and not of an entity wherever it is.
    pub(super) fn concern_article(&self, article: &str) -> bool {
        self.by_article.contains_key(article) || self.by_mention.contains_key(article)
    }

    /// Whether something is ruled of a quote.
    pub(super) fn concern_quote(&self, key: &str) -> bool {
        self.quotes.contains_key(key)
    }

    /// Whether something is ruled of a relationship.
    pub(super) fn concern_relationship(&self, key: &str) -> bool {
        self.relationships.contains_key(key)
    }

    /// What is ruled of a relationship.
    pub(super) fn of_relationship(&self, key: &str) -> Option<RelationshipVerdict> {
        let ruling = self.relationships.get(key)?;
        let present = |identity: &Identity| self.who(identity).cloned();
        Some(RelationshipVerdict {
            rejected: ruling.rejected,
            subject: ruling.subject.as_ref().map(present),
            predicate: ruling.predicate.clone(),
            object: ruling.object.as_ref().map(|object| object.as_ref().and_then(present)),
            status: ruling.status.clone(),
        })
    }

    /// What is ruled of a quote.
    pub(super) fn of_quote(&self, key: &str) -> Option<QuoteVerdict> {
        let ruling = self.quotes.get(key)?;
        let present = |identity: &Identity| self.who(identity).cloned();
        Some(QuoteVerdict {
            rejected: ruling.rejected,
            confirmed: ruling.confirmed,
            speaker: ruling.speaker.as_ref().map(|speaker| speaker.as_ref().and_then(present)),
            subjects: ruling.subjects.as_ref().map(|all| all.iter().filter_map(present).collect()),
            changes: ruling
                .changes
                .iter()
                .filter_map(|(subject, is_about)| Some((present(subject)?, *is_about)))
                .collect(),
            change: ruling.change.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::store::corrections::difference::Difference;

    fn person(name: &str) -> EntityName {
        EntityName::new(EntityKind::Person, name)
    }

    fn merge(keep: &str, other: &str) -> Verdict {
        Verdict::Merge { keep: person(keep), other: person(other) }
    }

    fn rename(entity: &str, name: &str) -> Verdict {
        Verdict::Rename { entity: person(entity), name: name.to_owned() }
    }

    /// The key of the name of whom `name` is; `-` where there is no such person.
    fn who(rulings: &Rulings, name: &str) -> String {
        rulings.who(&person(name).identity()).map_or("-".to_owned(), |who| who.name_key.clone())
    }

    #[test]
    fn merges_are_followed_to_their_end() {
        let rulings = Rulings::new(&[merge("B", "C"), merge("A", "B"), merge("A", "D")]);
        assert_eq!(["A", "B", "C", "D", "E"].map(|name| who(&rulings, name)), ["a", "a", "a", "a", "e"]);
        assert_eq!(rulings.group(&person("A").identity()).len(), 4);
    }

    #[test]
    fn of_two_merges_that_contradict_the_later_says_who_stays() {
        let rulings = Rulings::new(&[merge("A", "B"), merge("B", "C"), merge("C", "A")]);
        assert_eq!(["A", "B", "C"].map(|name| who(&rulings, name)), ["c", "c", "c"]);
    }

    #[test]
    fn the_last_verdict_on_an_entity_wins() {
        let (reject, confirm) = (Verdict::RejectEntity(person("A")), Verdict::ConfirmEntity(person("A")));
        assert_eq!(who(&Rulings::new([&reject, &confirm]), "A"), "a");
        assert_eq!(who(&Rulings::new([&confirm, &reject]), "A"), "-");
    }

    #[test]
    fn a_new_name_is_a_name_of_the_same_entity() {
        let rulings = Rulings::new(&[rename("A", "B"), rename("A", "C")]);
        assert_eq!(["A", "B", "C"].map(|name| who(&rulings, name)), ["a", "a", "a"]);
        assert_eq!(rulings.given_name(&person("A").identity()), Some("C"));
    }

    #[test]
    fn splits_hold_in_their_articles_one_after_the_other() {
        let split = |from: &str, to: &str| Verdict::Split {
            entity: person(from),
            part: Part::Articles(vec!["x".to_owned()]),
            to: person(to),
        };
        let rulings = Rulings::new(&[split("A", "B"), split("B", "C"), merge("D", "C")]);
        let a = person("A").identity();
        assert_eq!(rulings.who_in("x", &a), Some(person("D").identity()));
        assert_eq!(rulings.who_in("y", &a), Some(a));
    }

    #[test]
    fn an_alias_goes_back_and_forth_as_it_was_said() {
        let split = |from: &str, to: &str| Verdict::Split {
            entity: person(from),
            part: Part::Alias("R".to_owned()),
            to: person(to),
        };
        let rulings = Rulings::new(&[split("A", "B"), split("B", "A")]);
        let (a, b) = (person("A").identity(), person("B").identity());
        assert_eq!(rulings.who_by_alias("x", &a, "r"), Some(a.clone()));
        assert_eq!(rulings.who_by_alias("x", &b, "r"), Some(a));
        assert_eq!(rulings.who_by_alias("x", &b, "s"), Some(b));
    }

    #[test]
    fn only_what_comes_to_something_else_differs() {
        let before = Rulings::new(&[merge("A", "B"), merge("C", "D")]);
        let now = Rulings::new(&[merge("A", "B")]);
        assert_eq!(now.difference(&now), Difference::default());
        let difference = now.difference(&before);
        assert_eq!(difference.moved, BTreeSet::from([person("D").identity()]));
        assert!(!difference.looks.contains(&person("B").identity()));
    }

    #[test]
    fn a_quote_by_somebody_rejected_is_by_nobody() {
        let quote = QuoteName { key: "k".to_owned(), article: "x".to_owned() };
        let speaker = Verdict::Speaker(quote, Some(person("A")));
        let rulings = Rulings::new([&speaker, &Verdict::RejectEntity(person("A"))]);
        assert_eq!(rulings.of_quote("k").and_then(|verdict| verdict.speaker), Some(None));
        let difference = rulings.difference(&Rulings::new([&speaker]));
        assert!(difference.articles.contains("x"));
    }
}
