//! Ties pronouns and descriptions to the people they stand for.
//!
//! Knows the entities of one article, the order of their mentions, who holds which office and who is speaking. A pronoun
//! without a fitting person stays unresolved.

use std::collections::{BTreeSet, HashMap};

use super::resolve::Resolution;
use super::titles::Office;
use super::{EntityId, EntityKind, Form, Gender, Mention, Quote, QuoteKind};
use crate::annotate::labels::Upos;
use crate::annotate::{Annotations, offices};
use crate::span::{Byte, Span};

/// How present each person is to a reader at one point of the text.
///
/// After Lappin and Leass (1994), much reduced: a mention adds weight, more for the first in its sentence (mostly
/// the subject), and every sentence halves what is there.
struct Salience {
    /// Only those that a pronoun can still reach.
    weights: Vec<(EntityId, f32)>,
    sentence: u32,
    subject_is_open: bool,
}

impl Salience {
    /// At the beginning of an article.
    fn new() -> Self {
        Salience { weights: Vec::new(), sentence: 0, subject_is_open: true }
    }

    const DECAY: f32 = 0.5;
    const REACH: f32 = 0.05;
    /// How many people a reader keeps in mind at most; of more, the earliest is forgotten.
    const MOST: usize = 64;

    /// Goes on to a later sentence.
    fn enter(&mut self, sentence: u32) {
        while self.sentence < sentence {
            if self.weights.is_empty() {
                self.sentence = sentence;
            } else {
                self.sentence += 1;
                self.weights.iter_mut().for_each(|(_, weight)| *weight *= Self::DECAY);
                self.weights.retain(|(_, weight)| *weight > Self::REACH);
            }
            self.subject_is_open = true;
        }
    }

    /// Counts a mention of `entity`: `as_subject` if it is the first of its sentence.
    fn mention(&mut self, entity: EntityId, as_subject: f32, otherwise: f32) {
        let weight = if self.subject_is_open { as_subject } else { otherwise };
        self.subject_is_open = false;
        match self.weights.iter_mut().find(|(known, _)| *known == entity) {
            Some((_, sum)) => *sum += weight,
            None => {
                if self.weights.len() == Self::MOST {
                    self.weights.remove(0);
                }
                self.weights.push((entity, weight));
            }
        }
    }

    /// The weightiest person that `factor` does not rule out.
    fn best(&self, factor: impl Fn(EntityId) -> f32) -> Option<EntityId> {
        let weigh = |(entity, weight): &(EntityId, f32)| (*entity, weight * factor(*entity));
        let weighed = self.weights.iter().map(weigh).filter(|(_, weight)| *weight > Self::REACH);
        weighed.max_by(|one, other| one.1.total_cmp(&other.1)).map(|(entity, _)| entity)
    }
}

/// How much less likely a person of unknown gender is than one of the pronoun's own.
const UNKNOWN_GENDER: f32 = 0.6;

/// Ties `he`, `she` and `the mayor` to the most salient person who fits; inside direct speech its speaker is neither
/// `he` nor `she`.
pub(super) fn anaphora(
    text: &Annotations,
    offices: &[(usize, Office)],
    quotes: &[Quote],
    resolution: &Resolution,
) -> Vec<Mention> {
    let mut salience = Salience::new();
    let mut found = Vec::new();
    let mut names = text.names.iter().zip(&resolution.of_name).peekable();
    let mut speech = speech(text, quotes, resolution).into_iter().peekable();
    let holders = holders(text, offices, resolution);
    for (index, token) in text.document.tokens.iter().enumerate() {
        salience.enter(token.sentence);
        while let Some((_, entity)) = names.next_if(|(name, _)| name.tokens.start() <= index) {
            let person = entity.filter(|id| resolution.entities[id.index()].kind == EntityKind::Person);
            if let Some(entity) = person {
                salience.mention(entity, 3.0, 1.5);
            }
        }
        let word = token.span.slice(text.body());
        let (span, form, best) = if let Some(gender) = pronoun_gender(word) {
            while speech.next_if(|(piece, _)| piece.end() <= token.span.start()).is_some() {}
            let here = speech.peek().filter(|(piece, _)| piece.contains(token.span.start()));
            let speaker = here.and_then(|(_, speaker)| *speaker);
            let best = salience.best(|entity| match resolution.entities[entity.index()].gender {
                _ if speaker == Some(entity) => 0.0,
                Some(known) if known == gender => 1.0,
                Some(_) => 0.0,
                None => UNKNOWN_GENDER,
            });
            (token.span, Form::Pronoun, best)
        } else if let Some(start) = description_start(text, index) {
            let called = holders.get(&word.to_lowercase());
            let only = called.filter(|called| called.len() == 1).and_then(BTreeSet::first).copied();
            let fits = |entity: EntityId| called.is_some_and(|called| called.contains(&entity));
            let best = only.or_else(|| salience.best(|entity| if fits(entity) { 1.0 } else { 0.0 }));
            (text.document.bytes(Span::new(start, index + 1)), Form::Nominal, best)
        } else {
            continue;
        };
        if let Some(entity) = best {
            found.push(Mention { span, entity, form });
            salience.mention(entity, 2.0, 1.0);
        }
    }
    found
}

/// Who holds an office of each kind, by its last word in lower case.
fn holders(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
) -> HashMap<String, BTreeSet<EntityId>> {
    let mut holders: HashMap<String, BTreeSet<EntityId>> = HashMap::new();
    for (name, office) in offices {
        let Some(entity) = resolution.of_name[*name] else { continue };
        let noun = text.word(office.words.end() - 1).trim_end_matches('.').to_lowercase();
        let noun = offices::full_form(&noun).to_owned();
        holders.entry(noun).or_default().insert(entity);
    }
    holders
}

/// Where the description of a person begins that ends with the office noun at `noun`: `the mayor`, `the Vermont
/// senator`. `None` if it stands before a name, or is of somebody in general (`a mayor`).
fn description_start(text: &Annotations, noun: usize) -> Option<usize> {
    offices::rank(text.word(noun))?;
    let next = noun + 1;
    if matches!(text.word(next), "of" | "for") {
        return None; // of one place among others: not known by the word alone
    }
    let before_name = text.names.partition_point(|name| name.tokens.end() <= next);
    if text.names.get(before_name).is_some_and(|name| name.tokens.start() <= next) {
        return None;
    }
    let sentence = text.document.tokens[noun].sentence;
    let mut start = noun;
    for _ in 0..5 {
        start = start.checked_sub(1).filter(|start| text.document.tokens[*start].sentence == sentence)?;
        if text.word(start).eq_ignore_ascii_case("the") {
            return Some(start);
        }
        if !matches!(text.tags[start].upos, Upos::Adj | Upos::Noun | Upos::Propn) {
            return None;
        }
    }
    None
}

/// The pieces of direct speech in text order, each with its speaker where a name in the source tells it.
fn speech(
    text: &Annotations,
    quotes: &[Quote],
    resolution: &Resolution,
) -> Vec<(Span<Byte>, Option<EntityId>)> {
    let mut pieces = Vec::new();
    for quote in quotes.iter().filter(|quote| quote.kind == QuoteKind::Direct) {
        let speaker = quote.source.and_then(|source| {
            let tokens = text.document.tokens_in(source);
            let first = text.names.partition_point(|name| name.tokens.end() <= tokens.start());
            let inside = text.names[first..].iter().zip(&resolution.of_name[first..]);
            inside.take_while(|(name, _)| name.tokens.start() < tokens.end()).find_map(|(_, entity)| *entity)
        });
        pieces.extend(quote.content.iter().map(|piece| (*piece, speaker)));
    }
    pieces.sort_by_key(|(piece, _)| *piece);
    pieces
}

/// The gender of a personal pronoun of the third person singular.
fn pronoun_gender(word: &str) -> Option<Gender> {
    let is = |pronoun: &&str| word.eq_ignore_ascii_case(pronoun);
    if ["he", "him", "his", "himself"].iter().any(is) {
        Some(Gender::Male)
    } else if ["she", "her", "hers", "herself"].iter().any(is) {
        Some(Gender::Female)
    } else {
        None
    }
}
