//! Whom a reader has in mind at one point of the text, and how each was last mentioned.
//!
//! Knows entities and the order of their mentions. Keeps a bounded number of them, so that a pronoun costs the same
//! however many names an article has.

use crate::facts::entity::{EntityId, Form, Gender};
use crate::facts::grammar::role::Role;

/// One mention while the text is being read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    pub(crate) entity: EntityId,
    pub(crate) form: Form,
    /// The token that heads it.
    pub(crate) head: usize,
    /// Its first token.
    pub(crate) start: usize,
    pub(crate) sentence: u32,
    pub(crate) paragraph: u32,
    pub(crate) role: Role,
    /// Whether it is one of several: `Ana and Leo`.
    pub(crate) joint: bool,
    /// Whether nobody was mentioned before it in its sentence.
    pub(crate) opens: bool,
    /// Words of the mention.
    pub(crate) words: usize,
}

/// One entity in mind.
#[derive(Clone, Debug)]
pub(crate) struct Referent {
    /// The latest mention.
    pub(crate) last: Seen,
    /// The latest mention as a subject.
    pub(crate) subject: Option<Seen>,
    pub(crate) mentions: u32,
    /// Whether it was the first of the article.
    pub(crate) first: bool,
    /// How many pronouns of each gender it was tied to.
    pub(crate) called: [u32; 2],
    /// After Lappin and Leass (1994), much reduced: subjects weigh more, and every sentence halves what is there.
    salience: f32,
}

impl Referent {
    /// An entity that is mentioned for the first time.
    pub(crate) fn new(last: Seen) -> Self {
        Referent { last, subject: None, mentions: 0, first: false, called: [0; 2], salience: 0.0 }
    }

    /// The weight in a later sentence.
    pub(super) fn salience(&self, sentence: u32) -> f32 {
        let passed = sentence.saturating_sub(self.last.sentence).min(30);
        self.salience * 0.5_f32.powi(passed as i32)
    }

    /// The gender that pronouns have shown so far.
    pub(crate) fn called(&self) -> Option<Gender> {
        match self.called {
            [female, male] if female > male => Some(Gender::Female),
            [female, male] if female < male => Some(Gender::Male),
            _ => None,
        }
    }
}

/// The entities in mind, the one mentioned last at the end.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    referents: Vec<Referent>,
    /// How many mentions there were.
    count: usize,
}

impl Memory {
    /// How many entities a reader keeps in mind at most; of more, the one not mentioned for longest is forgotten.
    const MOST: usize = 32;

    /// Counts a mention.
    pub(crate) fn see(&mut self, seen: Seen, pronoun: Option<Gender>) {
        let known = self.referents.iter().position(|referent| referent.last.entity == seen.entity);
        let mut referent = match known {
            Some(index) => self.referents.remove(index),
            None => Referent { first: self.count == 0, ..Referent::new(seen) },
        };
        let weight = if seen.role.is_subject() { 2.0 } else { 1.0 } + if seen.opens { 1.0 } else { 0.0 };
        referent.salience = referent.salience(seen.sentence) + weight;
        referent.mentions += 1;
        referent.last = seen;
        if seen.role.is_subject() {
            referent.subject = Some(seen);
        }
        match pronoun {
            Some(Gender::Female) => referent.called[0] += 1,
            Some(Gender::Male) => referent.called[1] += 1,
            None => {}
        }
        if self.referents.len() == Self::MOST {
            self.referents.remove(0);
        }
        self.referents.push(referent);
        self.count += 1;
    }

    /// The entities in mind, the one mentioned last first.
    pub(super) fn latest_first(&self) -> impl Iterator<Item = &Referent> {
        self.referents.iter().rev()
    }

    /// What is known of one entity.
    pub(crate) fn get(&self, entity: EntityId) -> Option<&Referent> {
        self.referents.iter().rev().find(|referent| referent.last.entity == entity)
    }

    /// Whether somebody was mentioned in `sentence` yet.
    pub(crate) fn is_open(&self, sentence: u32) -> bool {
        self.referents.last().is_none_or(|referent| referent.last.sentence != sentence)
    }
}
