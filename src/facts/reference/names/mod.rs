//! Name clustering: which names of an article are one entity's.
//!
//! Full names found clusters, short ones join the cluster that fits best where they stand. `compare` says how two names
//! stand to each other as words, and the store asks it too; `in_context` and `cluster` add what the article shows. Never
//! knows pronouns or what is stored. Start reading at [`names`].

mod cluster;
pub(crate) mod compare;
mod groups;
mod in_context;
mod kinds;
pub(crate) mod likeness;
pub(crate) mod organizations;
mod other_names;
mod people;

use std::collections::{HashMap, HashSet};

use crate::annotate::{Annotations, Name};
use crate::facts::entity::{EntityId, EntityKind, Form, Mention};
use crate::facts::offices::Offices;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::countries::location;
use crate::facts::reference::names::cluster::NameCluster;
use crate::facts::reference::names::in_context::{NameInContext, called};
use crate::facts::reference::names::kinds::settled_kinds;
use crate::facts::reference::names::organizations::acronyms;
use crate::facts::reference::names::other_names::other_names;
use crate::facts::reference::resolution::Resolution;

/// Groups the names of an article.
pub(crate) fn names(text: &Annotations, offices: &Offices, demonyms: &Demonyms) -> Resolution {
    let mut groups = Groups::new(text, offices, demonyms);
    groups.add_full_names();
    groups.add_other_names();
    groups.note_given_names();
    groups.add_short_names();
    let mut resolution = groups.finish();
    location::locate(text, &mut resolution);
    resolution
}

/// All groups of an article.
struct Groups<'a> {
    text: &'a Annotations<'a>,
    groups: Vec<NameCluster>,
    names: Vec<Option<NameInContext>>,
    of_name: Vec<Option<usize>>,
    /// The groups whose names hold a word, or are abbreviated by it; at most [`CANDIDATES`] each.
    by_word: HashMap<String, Vec<usize>>,
    /// The words with which the names of somebody's relatives begin, folded.
    relatives: HashSet<String>,
    /// The names, folded, that somebody is said to be known by as well, each with the index of the name that it stands behind.
    other_names: HashMap<Vec<String>, usize>,
}

/// How many groups a name is compared with at most for each of its words, so that an article of names alone
/// takes linear time.
const CANDIDATES: usize = 64;

impl<'a> Groups<'a> {
    fn new(text: &'a Annotations<'a>, offices: &Offices, demonyms: &Demonyms) -> Self {
        let kinds = settled_kinds(text, demonyms);
        let read = |((index, name), kind): ((usize, &Name), Option<EntityKind>)| {
            called(text, (name, offices.of_name(index)), kind?, demonyms)
        };
        let names: Vec<Option<NameInContext>> = text.names.iter().enumerate().zip(kinds).map(read).collect();
        let of_name = vec![None; names.len()];
        let relatives = names.iter().flatten().filter(|name| name.is_relative);
        let relatives = relatives.filter_map(|name| name.key.first().cloned()).collect();
        let other_names = other_names(text)
            .filter_map(|(index, other)| {
                let (name, other) = (names[index].as_ref()?, names[other].as_ref()?);
                (name.kind == EntityKind::Person && name.key.len() > 1 && other.key != name.key)
                    .then(|| (other.key.clone(), index))
            })
            .collect();
        Groups { text, groups: Vec::new(), names, of_name, by_word: HashMap::new(), relatives, other_names }
    }

    /// The groups that a name has a word in common with, or may abbreviate.
    fn candidates(&self, name: &NameInContext) -> Vec<usize> {
        let letters = name.key.concat();
        let mut found: Vec<usize> = name
            .lookups()
            .chain([letters.as_str()])
            .filter_map(|word| self.by_word.get(word))
            .flatten()
            .copied()
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Makes a group findable by the words of a name, and by its initials.
    fn register(&mut self, group: usize, name: &NameInContext) {
        for word in name.key.iter().chain(&acronyms(&name.printed)) {
            let groups = self.by_word.entry(word.clone()).or_default();
            if groups.len() < CANDIDATES && !groups.contains(&group) {
                groups.push(group);
            }
        }
    }

    /// Starts a group for every name that is no part of a longer one, longest names first.
    fn add_full_names(&mut self) {
        let mut order: Vec<usize> =
            (0..self.names.len()).filter(|index| self.names[*index].is_some()).collect();
        order.sort_by_key(|index| {
            let words = self.names[*index].as_ref().map_or(0, |name| name.key.len());
            (std::cmp::Reverse(words), *index)
        });
        for index in order {
            let Some(name) = self.names[index].as_ref().filter(|name| !self.is_other_name(name)) else {
                continue;
            };
            let candidates = self.candidates(name);
            let same = candidates.iter().find(|group| self.groups[**group].is_same(name));
            let fits = || candidates.iter().any(|group| self.groups[*group].may_be_called(name));
            match same {
                Some(group) => self.join(index, *group),
                None if fits() => {} // a short form: decided in text order
                None => {
                    self.groups.push(NameCluster::of(name));
                    self.join(index, self.groups.len() - 1);
                }
            }
        }
    }

    fn is_other_name(&self, name: &NameInContext) -> bool {
        name.kind != EntityKind::Place && self.other_names.contains_key(&name.key)
    }

    /// Gives the names that somebody is known by as well to the group of that one.
    fn add_other_names(&mut self) {
        for index in 0..self.names.len() {
            let Some(name) = self.names[index].as_ref().filter(|name| self.is_other_name(name)) else {
                continue;
            };
            let known = self.other_names.get(&name.key).and_then(|known| self.of_name[*known]);
            if let (Some(group), None) = (known, self.of_name[index]) {
                self.join(index, group);
            }
        }
    }

    /// Gives each short form to the group that it fits: by what stands around it, then to the one mentioned most, then
    /// to the nearest before. One that fits nobody starts a group of its own.
    fn add_short_names(&mut self) {
        for index in 0..self.names.len() {
            let Some(name) = &self.names[index] else { continue };
            if self.of_name[index].is_none() {
                let group = self.best(name).unwrap_or(self.groups.len());
                if group == self.groups.len() {
                    let apart =
                        self.candidates(name).iter().any(|known| self.groups[*known].is_later_relative(name));
                    let mut group = NameCluster::of(name);
                    group.apart = apart;
                    self.groups.push(group);
                }
                self.join(index, group);
            }
            if let (Some(group), Some(name)) = (self.of_name[index], &self.names[index]) {
                self.groups[group].last_seen = Some(name.tokens.start());
            }
        }
    }

    /// Notes who is called by a given name alone; such a name is nobody's surname here.
    fn note_given_names(&mut self) {
        for index in 0..self.names.len() {
            let Some(name) = self.names[index].as_ref().filter(|_| self.of_name[index].is_none()) else {
                continue;
            };
            let candidates = self.candidates(name);
            if candidates.iter().any(|group| self.groups[*group].is_surname(name)) {
                continue;
            }
            let given: Vec<usize> =
                candidates.into_iter().filter(|group| self.groups[*group].is_given_name(name)).collect();
            given.into_iter().for_each(|group| self.groups[group].by_given_name = true);
        }
    }

    /// The group that a short form fits best. A surname is rather that of the one whose relatives are introduced than
    /// theirs, unless the article calls that one by a given name.
    fn best(&self, name: &NameInContext) -> Option<usize> {
        let fits = |index: &usize| {
            let group = &self.groups[*index];
            group.is_same(name) || group.may_be_called(name) && !group.is_later_relative(name)
        };
        let fitting: Vec<usize> = self.candidates(name).into_iter().filter(fits).collect();
        let is_relative = |group: &NameCluster| group.is_relative() || group.begins_with_any(&self.relatives);
        let relatives = fitting.iter().any(|index| is_relative(&self.groups[*index]));
        let is_main = |group: &NameCluster| {
            !relatives || !group.is_surname(name) || !is_relative(group) && !group.by_given_name
        };
        let ranked = fitting.iter().filter_map(|index| {
            let group = &self.groups[*index];
            let rank = (group.suit(name)?, is_main(group), group.mentions, group.last_seen);
            Some((rank, *index))
        });
        ranked.max().map(|(_, index)| index)
    }

    fn join(&mut self, index: usize, group: usize) {
        let Some(name) = self.names[index].take() else { return };
        if self.groups[group].add(&name) {
            self.register(group, &name);
        }
        self.of_name[index] = Some(group);
        self.names[index] = Some(name);
    }

    /// Numbers the groups by first mention and gives each its names.
    fn finish(self) -> Resolution {
        let mut number: HashMap<usize, EntityId> = HashMap::new();
        let mut resolution = Resolution::default();
        for (index, group) in self.of_name.iter().enumerate() {
            let entity = group.map(|group| {
                *number.entry(group).or_insert_with(|| {
                    let id = EntityId(resolution.entities.len() as u32);
                    resolution.entities.push(self.groups[group].entity());
                    id
                })
            });
            resolution.of_name.push(entity);
            if let (Some(entity), Some(name)) = (entity, &self.names[index]) {
                let span = self.text.document.bytes(name.tokens);
                resolution.mentions.push(Mention { span, entity, form: Form::Name });
            }
        }
        resolution
    }
}
