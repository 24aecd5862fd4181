//! Ties `I` and `we` in direct speech to the one who speaks.
//!
//! Knows quotes whose speaker is known. `We` is tied to an organization only: one that speaks itself, or one that its
//! spokesperson speaks for; whom a person means by `we` is not told.

use std::collections::HashMap;

use crate::annotate::Annotations;
use crate::annotate::offices::Rank;
use crate::facts::entity::{EntityId, EntityKind, Form, Mention};
use crate::facts::offices::{Office, OfficePlace};
use crate::facts::quote::Quote;
use crate::facts::reference::resolution::Resolution;
use crate::facts::speakers::spoken::Spoken;

/// The mentions in the first person.
pub(crate) fn mentions(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
    quotes: &[Quote],
    spoken: &[Spoken],
) -> Vec<Mention> {
    let voices = voices(text, offices, resolution);
    // An organization speaks for itself or through its spokesperson.
    let organization = |speaker: EntityId| match kind(resolution, speaker) {
        EntityKind::Organization => Some(speaker),
        _ => voices.get(&speaker).copied(),
    };
    let mention = |word: &Spoken| {
        let speaker = quotes[word.quote].speaker?;
        let entity = match person(text.word(word.token))? {
            Number::One => Some(speaker).filter(|id| kind(resolution, *id) == EntityKind::Person),
            Number::Many => organization(speaker),
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

/// For each person who speaks for an organization, which: the first that the article says.
fn voices(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
) -> HashMap<EntityId, EntityId> {
    let mut voices = HashMap::new();
    for (name, office) in offices.iter().filter(|(_, office)| office.rank == Rank::Voice) {
        let (Some(speaker), Some(OfficePlace::Named(place))) = (resolution.of_name[*name], &office.place)
        else {
            continue;
        };
        let noun = text.word(office.words.end() - 1).to_lowercase();
        if let Some(body) = resolution.of_name[*place].filter(|_| noun.starts_with("spokes")) {
            voices.entry(speaker).or_insert(body);
        }
    }
    voices.retain(|_, body| kind(resolution, *body) == EntityKind::Organization);
    voices
}
