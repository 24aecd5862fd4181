//! One entity while its names are being collected: what it is called, and how well a short name suits it.
//!
//! Knows the names that joined it and what stood around them.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::annotate::lexicon;
use crate::facts::entity::{Entity, EntityKind, Gender};
use crate::facts::reference::gender;
use crate::facts::reference::names::in_context::{Age, NameInContext};
use crate::facts::reference::names::organizations::{is_acronym, is_distinctive_part, same_organization};
use crate::facts::reference::names::people::{is_last_name, nickname, same_person};
use crate::name_key::name_key;

/// One entity while its names are being collected.
pub(super) struct NameCluster {
    kind: EntityKind,
    /// The words of its fullest name, folded.
    key: Vec<String>,
    /// Every printed form, with how often it occurs.
    forms: Vec<(String, usize)>,
    /// What stands in marks within its names, folded: Leo “**Tiny**” Brandt.
    nicknames: Vec<String>,
    /// The gender that forms of address show.
    gender: Option<Gender>,
    /// The gender that nouns beside its names show.
    described: Option<Gender>,
    /// The nouns and titles beside its names.
    nouns: Vec<String>,
    /// Whether nouns beside its names make it the older or the younger bearer of a surname.
    age: Option<Age>,
    /// Where somebody's relative (`his daughter`, **Ana Ruiz**) is first named in full, as a token index.
    relative_at: Option<usize>,
    /// Whether the article calls it by its given name alone somewhere.
    pub(super) by_given_name: bool,
    /// Whether it has a surname alone, the one of a relative who is named in full later.
    pub(crate) apart: bool,
    /// Where it was last mentioned, as a token index, while names are read in text order.
    pub(super) last_seen: Option<usize>,
    pub(crate) mentions: usize,
}

/// How well what stands around a short name suits a group; the greater, the better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Suit {
    /// Whether forms of address and ages agree; what is known of neither speaks for nothing.
    shown: u8,
    /// Whether a noun beside the name is one of the group's.
    noun: bool,
    /// Whether the group is there for this very name.
    apart: bool,
}

impl NameCluster {
    /// How many nouns are remembered of one entity.
    const MOST_NOUNS: usize = 16;

    pub(crate) fn of(name: &NameInContext) -> Self {
        NameCluster {
            kind: name.kind,
            key: name.key.clone(),
            forms: name.canonical.iter().map(|canonical| (canonical.clone(), 0)).collect(),
            nicknames: nickname(&name.printed).into_iter().collect(),
            gender: None,
            described: None,
            nouns: Vec::new(),
            age: None,
            relative_at: name.is_relative.then_some(name.tokens.start()),
            by_given_name: false,
            apart: false,
            last_seen: None,
            mentions: 0,
        }
    }

    /// Counts one more mention; tells whether its printed form is new.
    pub(crate) fn add(&mut self, name: &NameInContext) -> bool {
        self.mentions += 1;
        self.gender = self.gender.or(name.honorific);
        self.described = self.described.or(name.described);
        self.age = self.age.or(name.age);
        for noun in &name.nouns {
            if self.nouns.len() < Self::MOST_NOUNS && !self.nouns.contains(noun) {
                self.nouns.push(noun.clone());
            }
        }
        let nickname = nickname(&name.printed).filter(|nickname| !self.nicknames.contains(nickname));
        self.nicknames.extend(nickname);
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
    pub(super) fn is_same(&self, name: &NameInContext) -> bool {
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
    pub(super) fn may_be_called(&self, name: &NameInContext) -> bool {
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

    /// Whether a name is the given name that this person's name starts with, or short for it, or the nickname in it.
    pub(crate) fn is_given_name(&self, name: &NameInContext) -> bool {
        name.key.len() == 1 && (self.key.starts_with(&name.key) || self.nicknames.contains(&name.key[0]))
            || self.key.first().is_some_and(|first| name.stands_for(first))
    }

    /// Whether it is introduced as somebody's relative.
    pub(super) fn is_relative(&self) -> bool {
        self.relative_at.is_some()
    }

    /// Whether its name begins with one of these words, folded.
    pub(super) fn begins_with_any(&self, words: &HashSet<String>) -> bool {
        self.key.first().is_some_and(|first| words.contains(first))
    }

    /// Whether a surname is that of somebody else: it stands before the place where a bearer is first named, as a
    /// relative of somebody.
    pub(super) fn is_later_relative(&self, name: &NameInContext) -> bool {
        self.relative_at.is_some_and(|first| name.tokens.start() < first) && self.is_surname(name)
    }

    /// How well what stands around a name suits this group; `None` if it does not.
    pub(super) fn suit(&self, name: &NameInContext) -> Option<Suit> {
        let gender = self
            .gender
            .or(self.described)
            .or_else(|| self.forms.iter().find_map(|(form, _)| gender::of_full_name(form)));
        let gender = agree(name.honorific, gender)?;
        let age = agree(name.age, self.age)?;
        let noun = name.nouns.iter().any(|noun| self.nouns.contains(noun));
        Some(Suit { shown: gender + age, noun, apart: self.apart })
    }

    /// Whether a name is what this person's name ends with.
    pub(crate) fn is_surname(&self, name: &NameInContext) -> bool {
        self.kind == EntityKind::Person && is_last_name(&name.key, &self.key)
    }

    /// The entity with its fullest name; initials and capitals throughout make a form no fuller.
    pub(crate) fn entity(&self) -> Entity {
        let fullness = |form: &str| {
            let words = form.split_whitespace();
            let full = words.clone().filter(|word| word.trim_end_matches('.').chars().count() > 1).count();
            let shouted = form.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && full > 1;
            // Where there is but a surname, an initial is what tells its bearer from others: `S. Ruiz`.
            let initials = words.count() - full;
            (full, !shouted, if full > 1 { Reverse(initials) } else { Reverse(usize::MAX - initials) })
        };
        let mut best = 0;
        for (index, (form, count)) in self.forms.iter().enumerate() {
            let (other, other_count) = &self.forms[best];
            if (fullness(form), *count) > (fullness(other), *other_count) {
                best = index;
            }
        }
        let key = self.key.join(" ");
        let is_adjective = |form: &str| self.kind == EntityKind::Place && name_key(form) != key;
        if self.forms.get(best).is_some_and(|(form, _)| is_adjective(form)) {
            best = self.forms.iter().position(|(form, _)| !is_adjective(form)).unwrap_or(best);
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
        Entity { kind: self.kind, name, aliases, gender, country: None, organization_kind: None }
    }
}

/// 1 if what a name shows is what is known, 0 if either is missing, `None` if they differ.
fn agree<T: PartialEq>(shown: Option<T>, known: Option<T>) -> Option<u8> {
    match (shown, known) {
        (Some(shown), Some(known)) => (shown == known).then_some(1),
        _ => Some(0),
    }
}
