//! Ties `I` and `we` in direct speech to the one who speaks.
//!
//! Knows quotes whose speaker is known. `We` is tied to an organization only: one that speaks itself, or one that its
//! spokesperson speaks for; whom a person means by `we` is not told.

use super::spoken::Spoken;
use crate::annotate::Annotations;
use crate::annotate::offices::Rank;
use crate::facts::resolve::Resolution;
use crate::facts::titles::{Office, Place};
use crate::facts::{EntityId, EntityKind, Form, Mention, Quote};

/// The mentions in the first person.
pub(super) fn mentions(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
    quotes: &[Quote],
    spoken: &[Spoken],
) -> Vec<Mention> {
    let mention = |word: &Spoken| {
        let speaker = quotes[word.quote].speaker?;
        let entity = match person(text.word(word.token))? {
            Number::One => Some(speaker).filter(|id| kind(resolution, *id) == EntityKind::Person),
            Number::Many => organization(text, offices, resolution, speaker),
        };
        let span = text.document.tokens[word.token].span;
        Some(Mention { span, entity: entity?, form: Form::Pronoun })
    };
    spoken.iter().filter_map(mention).collect()
}

/// How many speak.
enum Number {
    One,
    Many,
}

/// Whether a word is a pronoun of the first person.
fn person(word: &str) -> Option<Number> {
    match word {
        "I" | "me" | "Me" | "my" | "My" | "mine" | "Mine" | "myself" | "Myself" => Some(Number::One),
        "we" | "We" | "us" | "Us" | "our" | "Our" | "ours" | "Ours" | "ourselves" => Some(Number::Many),
        _ => None,
    }
}

fn kind(resolution: &Resolution, entity: EntityId) -> EntityKind {
    resolution.entities[entity.index()].kind
}

/// The organization that speaks, itself or through its spokesperson.
fn organization(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
    speaker: EntityId,
) -> Option<EntityId> {
    let is_organization = |entity: &EntityId| kind(resolution, *entity) == EntityKind::Organization;
    if is_organization(&speaker) {
        return Some(speaker);
    }
    let speaks_for = |(name, office): &(usize, Office)| {
        if resolution.of_name[*name] != Some(speaker) || office.rank != Rank::Voice {
            return None;
        }
        let Some(Place::Named(place)) = office.place else { return None };
        let noun = text.word(office.words.end() - 1).to_lowercase();
        resolution.of_name[place].filter(|_| noun.starts_with("spokes"))
    };
    offices.iter().find_map(speaks_for).filter(is_organization)
}
