//! The nouns that an article puts beside the names of people, and how each was put.
//!
//! Knows offices and trees. Built once for an article.

use std::collections::HashMap;
use std::ops::Range;

use crate::annotate::{Annotations, NameKind, Upos, lexicon, offices};
use crate::facts::entity::EntityId;
use crate::facts::grammar::descriptors::{beside, office_noun};
use crate::facts::grammar::role;
use crate::facts::offices::{Office, OfficePlace, Time};
use crate::facts::reference::coreference::context::Context;
use crate::facts::reference::party_words;

/// One person who is called by a noun.
pub(crate) struct PersonNoun {
    pub(crate) entity: EntityId,
    /// Whether the noun is an office, which can be used before its holder is named.
    pub(crate) office: bool,
    /// What makes the office a lower one, in lower case.
    lower: Vec<String>,
    /// The country where the office is, if the text says it.
    country: Option<&'static str>,
    /// The party whose label stands before the noun: **GOP** `nominee Leo Brandt`.
    party: Option<&'static str>,
    /// What has the office: `chairman of` **Northwind**.
    body: Option<EntityId>,
    /// The words of the organizations that are printed before the noun, in lower case: the **Northwind** `official`.
    printed_bodies: Vec<String>,
    /// Whether the office is yet to come: the **next** `mayor`.
    coming: bool,
}

impl PersonNoun {
    /// Whether the words between article and noun can be of this one: no other country, no other rank.
    pub(super) fn admits(&self, text: &Annotations, modifiers: Range<usize>) -> bool {
        let mut lower = 0;
        for token in modifiers {
            let word = text.word(token).to_lowercase();
            // The official of one body is not that of another.
            if !self.printed_bodies.is_empty()
                && is_of_body(text, token)
                && !self.printed_bodies.contains(&word)
            {
                return false;
            }
            if self.coming && matches!(&*word, "former" | "ex" | "outgoing" | "late") {
                return false;
            }
            if offices::is_lower(&word) {
                if !self.lower.contains(&word) {
                    return false;
                }
                lower += 1;
            }
            if let (Some(mine), Some(other)) = (self.party, party_words::of_label(text.word(token)))
                && mine != other
            {
                return false;
            }
            if let (Some(here), Some(there)) = (self.country, country(text.word(token)))
                && here != there
            {
                return false;
            }
        }
        lower == self.lower.len()
    }

    /// Whether the office can be `owner`’s: it is nobody else’s, as far as the text says.
    pub(super) fn serves(&self, owner: Option<EntityId>) -> bool {
        self.body.zip(owner).is_none_or(|(body, owner)| body == owner)
    }
}

/// All nouns for people, in lower case.
pub(super) struct Nouns(HashMap<String, Vec<PersonNoun>>);

impl Nouns {
    pub(crate) fn new(context: Context) -> Self {
        let mut nouns = Nouns(HashMap::new());
        for (name, office) in context.offices.iter() {
            if let Some(entity) = context.resolution.of_name[name] {
                nouns.add(office_noun(office.noun(context.text)), of_office(context, entity, office));
            }
        }
        for (index, name) in context.text.names.iter().enumerate() {
            let Some(entity) = context.resolution.of_name[index].filter(|_| name.kind == NameKind::Person)
            else {
                continue;
            };
            for noun in beside(context.text, role::head_of(&context.text.syntax, name.tokens)) {
                let word = office_noun(context.text.word(noun));
                // An office beside the name is known already, with all its words.
                if offices::rank(&word).is_none() || context.offices.of_name(index).is_none() {
                    nouns.add(word, of_noun(context, entity, noun));
                }
            }
            // `Princess Ana of Valdora`, `Queen Ana`: **the queen**.
            let start = name.tokens.start();
            let titles = start.saturating_sub(1)..start + usize::from(name.tokens.len() > 1);
            let is_title = |token: &usize| {
                let word = context.text.word(*token);
                word.starts_with(char::is_uppercase) && offices::stands_before_names(&word.to_lowercase())
            };
            if context.offices.of_name(index).is_none()
                && let Some(title) = titles.rev().find(is_title)
            {
                nouns.add(office_noun(context.text.word(title)), of_noun(context, entity, title));
            }
        }
        nouns
    }

    fn add(&mut self, noun: String, called: PersonNoun) {
        /// Of more people with one noun, a reader keeps the first in mind.
        const MOST: usize = 16;
        let all = self.0.entry(noun).or_default();
        if all.len() < MOST {
            all.push(called);
        }
    }

    pub(crate) fn knows(&self, noun: &str) -> bool {
        self.0.contains_key(noun)
    }

    pub(crate) fn of(&self, noun: &str) -> impl Iterator<Item = &PersonNoun> {
        self.0.get(noun).into_iter().flatten()
    }
}

/// Somebody with a noun beside the name: her **deputy**, `Leo Brandt`.
fn of_noun(context: Context, entity: EntityId, noun: usize) -> PersonNoun {
    let before = noun.checked_sub(1).map(|before| context.text.word(before).to_lowercase());
    let lower = before.filter(|word| offices::is_lower(word)).into_iter().collect();
    let party = party_before(context, noun);
    PersonNoun {
        entity,
        office: false,
        lower,
        country: None,
        party,
        body: None,
        printed_bodies: bodies_before(context.text, noun),
        coming: is_coming(context, noun),
    }
}

fn of_office(context: Context, entity: EntityId, office: &Office) -> PersonNoun {
    let before = office.words.range().rev().skip(1);
    let words = before.map(|token| context.text.word(token).to_lowercase());
    let place = office.place.as_ref().map(|place| context.text.words(place.tokens(context.text)));
    let body = match &office.place {
        Some(OfficePlace::Named(index)) => context.resolution.of_name[*index],
        _ => None,
    };
    PersonNoun {
        entity,
        office: true,
        lower: words.filter(|word| offices::is_lower(word)).collect(),
        country: place.and_then(country),
        party: party_before(context, office.words.start()),
        body,
        printed_bodies: bodies_before(context.text, office.words.end() - 1),
        coming: office.time == Time::Coming || office.words.range().any(|noun| is_coming(context, noun)),
    }
}

/// Whether a token belongs to the name of an organization.
fn is_of_body(text: &Annotations, token: usize) -> bool {
    text.name_at(token).is_some_and(|name| text.names[name].kind == NameKind::Organization)
}

/// The words of the organizations that are printed before a noun, in lower case.
fn bodies_before(text: &Annotations, noun: usize) -> Vec<String> {
    const REACH: usize = 6;
    let sentence = text.document.tokens[noun].sentence;
    let before = (noun.saturating_sub(REACH)..noun).rev();
    let near = before.take_while(|token| {
        let describes = matches!(text.tags[*token].upos, Upos::Adj | Upos::Noun | Upos::Propn);
        describes && text.document.tokens[*token].sentence == sentence
    });
    near.filter(|token| is_of_body(text, *token)).map(|token| text.word(token).to_lowercase()).collect()
}

/// Whether the word before a noun says that what it names is yet to come.
fn is_coming(context: Context, noun: usize) -> bool {
    let before = noun.checked_sub(1).map(|before| context.text.word(before).to_lowercase());
    before.is_some_and(|word| matches!(&*word, "next" | "new" | "incoming" | "future"))
}

/// The party whose label stands before a noun, with no more than a word between.
fn party_before(context: Context, noun: usize) -> Option<&'static str> {
    const REACH: usize = 3;
    (noun.saturating_sub(REACH)..noun).rev().find_map(|token| party_words::of_label(context.text.word(token)))
}

/// The country that an adjective or a name of a place means, by its canonical name.
fn country(word: &str) -> Option<&'static str> {
    lexicon::demonym(word).or_else(|| lexicon::country(word)).map(|country| country.name)
}
