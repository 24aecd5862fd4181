//! Ties `I` and `we` in direct speech to the one who speaks.
//!
//! Knows quotes whose speaker is known. `We` is tied to an organization only: one that speaks itself, or one that its
//! spokesperson speaks for; whom a person means by `we` is not told.

use std::collections::HashMap;

use crate::annotate::offices::Rank;
use crate::facts::entity::{EntityId, EntityKind, Form, Mention};
use crate::facts::offices::OfficePlace;
use crate::facts::speakers::scene::Scene;
use crate::facts::speakers::spoken::Spoken;

/// The mentions in the first person; `speakers` are those of the quotes.
pub(crate) fn mentions(scene: &Scene, speakers: &[Option<EntityId>], spoken: &[Spoken]) -> Vec<Mention> {
    let text = scene.text;
    let voices = voices(scene);
    // An organization speaks for itself or through its spokesperson.
    let organization = |speaker: EntityId| match scene.kind(speaker) {
        EntityKind::Organization => Some(speaker),
        _ => voices.get(&speaker).copied(),
    };
    let mention = |word: &Spoken| {
        let speaker = speakers[word.quote]?;
        let entity = match person(text.word(word.token))? {
            Number::One => Some(speaker).filter(|id| scene.kind(*id) == EntityKind::Person),
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

/// For each person who speaks for an organization, which: the first that the article says.
fn voices(scene: &Scene) -> HashMap<EntityId, EntityId> {
    let Scene { text, offices, resolution, .. } = *scene;
    let mut voices = HashMap::new();
    for (name, office) in offices.iter().filter(|(_, office)| office.rank == Rank::Voice) {
        let (Some(speaker), Some(OfficePlace::Named(place))) = (resolution.of_name[name], &office.place)
        else {
            continue;
        };
        let noun = text.word(office.words.end() - 1).to_lowercase();
        if let Some(body) = resolution.of_name[*place].filter(|_| noun.starts_with("spokes")) {
            voices.entry(speaker).or_insert(body);
        }
    }
    voices.retain(|_, body| scene.kind(*body) == EntityKind::Organization);
    voices
}
