//! Groups the mentions of one article by whom they refer to.
//!
//! Knows the layers of one article and the word lists. Never looks at other articles: tying a group to a stored
//! entity is the store's work. Two people of one surname stay apart, and a pronoun without a fitting person
//! stays unresolved.

mod adjective;
mod called;
mod country;
mod kinds;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use called::{Called, called};
use kinds::settled_kinds;

use super::alike::{
    acronyms, is_acronym, is_distinctive_part, same_organization, same_person, without_suffix,
};
use super::anaphora::{Scene, TrainingPronoun};
use super::syntax::Syntax;
use super::titles::{Office, beside_names};
use super::{
    Entity, EntityId, EntityKind, Form, Gender, Mention, Quote, anaphora, attribute, camps, gender, parties,
};
use crate::annotate::model::Model;
use crate::annotate::{Annotations, Name, lexicon};

/// Who is there, and every place where they are mentioned, in text order.
#[derive(Debug, Default)]
pub struct Resolution {
    /// In order of first mention by name.
    pub entities: Vec<Entity>,
    /// In text order.
    pub mentions: Vec<Mention>,
    /// For each of `Annotations::names`, whom it refers to; `None` for names of other things.
    pub of_name: Vec<Option<EntityId>>,
}

/// Groups the names of an article, then ties its pronouns and descriptions to people.
///
/// `offices` are those beside names, from which `the mayor` is known.
pub fn resolve(
    text: &Annotations,
    offices: &[(usize, Office)],
    quotes: &[Quote],
    model: &Model,
) -> Resolution {
    let syntax = Syntax::new(&text.tree);
    let mut resolution = names(text, &syntax);
    let scene = Scene { text, syntax: &syntax, offices, quotes, resolution: &resolution };
    let found = anaphora::anaphora(scene, &model.antecedents);
    let adjectives = adjective::mentions(text, &syntax, &resolution.entities);
    resolution.mentions.extend(found.into_iter().chain(adjectives));
    parties::add_parties(text, &mut resolution);
    camps::add_camps(text, &mut resolution);
    resolution.mentions.sort_by_key(|mention| mention.span);
    resolution.mentions.dedup_by_key(|mention| mention.span);
    resolution
}

/// The pronouns of an article with their candidates, for training; second who the names refer to.
pub fn training_pronouns(text: &Annotations, model: &Model) -> (Vec<TrainingPronoun>, Resolution) {
    let syntax = Syntax::new(&text.tree);
    let (quotes, _) = attribute(text, model);
    let offices = beside_names(text);
    let resolution = names(text, &syntax);
    let scene = Scene { text, syntax: &syntax, offices: &offices, quotes: &quotes, resolution: &resolution };
    (anaphora::training_pronouns(scene, &model.antecedents), resolution)
}

/// Groups the names of an article.
fn names(text: &Annotations, syntax: &Syntax) -> Resolution {
    let mut groups = Groups::new(text, syntax);
    groups.add_full_names();
    groups.add_short_names();
    let mut resolution = groups.finish();
    country::add_countries(text, &mut resolution);
    resolution
}

/// One entity while its names are being collected.
struct Group {
    kind: EntityKind,
    /// The words of its fullest name, folded.
    key: Vec<String>,
    /// Every printed form, with how often it occurs.
    forms: Vec<(String, usize)>,
    /// The gender that forms of address show.
    gender: Option<Gender>,
    /// The gender that nouns beside its names show.
    described: Option<Gender>,
    /// Where it was last mentioned, as a token index, while names are read in text order.
    last_seen: Option<usize>,
    mentions: usize,
}

/// All groups of an article.
struct Groups<'a> {
    text: &'a Annotations<'a>,
    groups: Vec<Group>,
    names: Vec<Option<Called>>,
    of_name: Vec<Option<usize>>,
    /// The groups whose names hold a word, or are abbreviated by it; at most [`CANDIDATES`] each.
    by_word: HashMap<String, Vec<usize>>,
    /// The words with which the names of relatives begin.
    kin: HashSet<String>,
}

/// How many groups a name is compared with at most for each of its words, so that an article of names alone
/// takes linear time.
const CANDIDATES: usize = 64;

impl<'a> Groups<'a> {
    fn new(text: &'a Annotations<'a>, syntax: &Syntax) -> Self {
        let kinds = settled_kinds(text);
        let read = |(name, kind): (&Name, Option<EntityKind>)| called(text, syntax, name, kind?);
        let names: Vec<Option<Called>> = text.names.iter().zip(kinds).map(read).collect();
        let of_name = vec![None; names.len()];
        let kin = names.iter().flatten().filter(|name| name.is_kin);
        let kin = kin.filter_map(|name| name.key.first().cloned()).collect();
        Groups { text, groups: Vec::new(), names, of_name, by_word: HashMap::new(), kin }
    }

    /// The groups that a name has a word in common with, or may abbreviate.
    fn candidates(&self, name: &Called) -> Vec<usize> {
        let ends = name.key.first().into_iter().chain(name.key.last()).map(String::as_str);
        let letters = name.key.concat();
        let mut found: Vec<usize> = ends
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
    fn register(&mut self, group: usize, name: &Called) {
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
            let Some(name) = &self.names[index] else { continue };
            let candidates = self.candidates(name);
            let same = candidates.iter().find(|group| self.groups[**group].is_same(name));
            let fits = || candidates.iter().any(|group| self.groups[*group].may_be_called(name));
            match same {
                Some(group) => self.join(index, *group),
                None if fits() => {} // a short form: decided in text order
                None => {
                    self.groups.push(Group::of(name));
                    self.join(index, self.groups.len() - 1);
                }
            }
        }
    }

    /// Gives each short form to the group that it fits: by form of address, then to one who is not introduced as a
    /// relative, then to the one mentioned most, then to the nearest before. One whose form of address fits nobody
    /// starts a group of its own.
    fn add_short_names(&mut self) {
        for index in 0..self.names.len() {
            let Some(name) = &self.names[index] else { continue };
            if self.of_name[index].is_none() {
                let fits = |group: &usize| {
                    let group = &self.groups[*group];
                    (group.may_be_called(name) || group.is_same(name)) && group.suits(name) > 0
                };
                let best = self.candidates(name).into_iter().filter(fits).max_by_key(|group| {
                    let group = &self.groups[*group];
                    // The relatives of somebody in the news are called by their full or first names.
                    let is_head = group.key.first().is_none_or(|first| !self.kin.contains(first));
                    (group.suits(name), is_head, group.mentions, group.last_seen)
                });
                let group = best.unwrap_or_else(|| {
                    self.groups.push(Group::of(name));
                    self.groups.len() - 1
                });
                self.join(index, group);
            }
            if let (Some(group), Some(name)) = (self.of_name[index], &self.names[index]) {
                self.groups[group].last_seen = Some(name.tokens.start());
            }
        }
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

impl Group {
    fn of(name: &Called) -> Self {
        Group {
            kind: name.kind,
            key: name.key.clone(),
            forms: name.canonical.iter().map(|canonical| (canonical.clone(), 0)).collect(),
            gender: None,
            described: None,
            last_seen: None,
            mentions: 0,
        }
    }

    /// Counts one more mention; tells whether its printed form is new.
    fn add(&mut self, name: &Called) -> bool {
        self.mentions += 1;
        self.gender = self.gender.or(name.honorific);
        self.described = self.described.or(name.described);
        match self.forms.iter_mut().find(|(form, _)| *form == name.printed) {
            Some((_, count)) => {
                *count += 1;
                false
            }
            None => {
                self.forms.push((name.printed.clone(), 1));
                true
            }
        }
    }

    /// Whether a name is this group's own, up to initials, suffixes and nicknames.
    fn is_same(&self, name: &Called) -> bool {
        if self.kind != name.kind {
            return false;
        }
        if self.key == name.key {
            return true;
        }
        match self.kind {
            EntityKind::Person => same_person(&self.key, &name.key),
            EntityKind::Organization => same_organization(&self.key, &name.key),
            EntityKind::Place => false,
        }
    }

    /// Whether a name can be a short form of this group's.
    fn may_be_called(&self, name: &Called) -> bool {
        self.kind == name.kind
            && name.key.len() < self.key.len()
            && match self.kind {
                EntityKind::Person => self.is_surname(name) || self.is_given_name(name),
                EntityKind::Organization => {
                    self.forms.iter().any(|(form, _)| is_acronym(&name.printed, form))
                        || is_distinctive_part(&name.printed, &name.key, &self.key)
                }
                EntityKind::Place => false,
            }
    }

    /// Whether a name is the given name that this person's name starts with.
    fn is_given_name(&self, name: &Called) -> bool {
        name.key.len() == 1 && self.key.starts_with(&name.key)
    }

    /// How well the form of address before a name suits the person: 2 if it does, 0 if it does not, else 1.
    fn suits(&self, name: &Called) -> u8 {
        let gender = self
            .gender
            .or(self.described)
            .or_else(|| self.forms.iter().find_map(|(form, _)| gender::of_full_name(form)));
        match (name.honorific, gender) {
            (Some(wanted), Some(known)) if wanted == known => 2,
            (Some(_), Some(_)) => 0,
            _ => 1,
        }
    }

    /// Whether a name is what this person's name ends with.
    fn is_surname(&self, name: &Called) -> bool {
        let key = without_suffix(&self.key);
        self.kind == EntityKind::Person && name.key.len() < key.len() && key.ends_with(&name.key)
    }

    /// The entity with its fullest name; initials and capitals throughout make a form no fuller.
    fn entity(&self) -> Entity {
        let fullness = |form: &str| {
            let words = form.split_whitespace();
            let full = words.clone().filter(|word| word.trim_end_matches('.').chars().count() > 1).count();
            let shouted = form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && full > 1;
            (full, !shouted, std::cmp::Reverse(words.count()))
        };
        let mut best = 0;
        for (index, (form, count)) in self.forms.iter().enumerate() {
            let (other, other_count) = &self.forms[best];
            if (fullness(form), *count) > (fullness(other), *other_count) {
                best = index;
            }
        }
        let mut name = self.forms.get(best).map_or_else(String::new, |(form, _)| form.clone());
        if let (EntityKind::Place, Some(country)) = (self.kind, lexicon::country(&name)) {
            name = country.name.to_owned();
        }
        let mut aliases: Vec<String> =
            self.forms.iter().map(|(form, _)| form.clone()).filter(|form| *form != name).collect();
        aliases.sort();
        let gender = match self.kind {
            EntityKind::Person => self.gender.or(self.described).or_else(|| gender::of_full_name(&name)),
            _ => None,
        };
        Entity { kind: self.kind, name, aliases, gender, country: None }
    }
}
