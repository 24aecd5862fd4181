//! Ties `I` and `we` in direct speech to the one who speaks.
//!
//! Knows quotes whose speaker is known. `We` is tied to an organization only: one that speaks itself, or one that its
//! spokesperson speaks for; whom a person means by `we` is not told.

use crate::annotate::Annotations;
use crate::annotate::offices::Rank;
use crate::facts::resolve::Resolution;
use crate::facts::titles::{Office, Place};
use crate::facts::{EntityId, EntityKind, Form, Mention, Quote, QuoteKind};
use crate::span::{Byte, Span};

/// The mentions in the first person, inside the quotation marks of quotes; of nested quotes the inner one speaks.
pub(super) fn mentions(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
    quotes: &[Quote],
) -> Vec<Mention> {
    let mut spoken: Vec<(Span<Byte>, &Quote)> = quotes
        .iter()
        .filter(|quote| quote.kind != QuoteKind::Indirect)
        .flat_map(|quote| quote.content.iter().map(move |piece| (*piece, quote)))
        .collect();
    spoken.sort_by_key(|(piece, _)| (piece.len(), piece.start()));
    let mut claimed = vec![false; text.document.tokens.len()];
    let mut found = Vec::new();
    for (piece, quote) in spoken {
        let mut marked = quote.kind == QuoteKind::Direct;
        for token in text.document.tokens_in(piece).range() {
            let word = text.word(token);
            match word {
                "“" | "``" => marked = true,
                "”" | "''" => marked = quote.kind == QuoteKind::Direct,
                "\"" => marked = !marked || quote.kind == QuoteKind::Direct,
                _ => {}
            }
            if !marked || std::mem::replace(&mut claimed[token], true) {
                continue;
            }
            let Some(speaker) = quote.speaker else { continue };
            let entity = match person(word) {
                Some(Number::One) => Some(speaker).filter(|id| kind(resolution, *id) == EntityKind::Person),
                Some(Number::Many) => organization(text, offices, resolution, speaker),
                None => None,
            };
            let span = text.document.tokens[token].span;
            found.extend(entity.map(|entity| Mention { span, entity, form: Form::Pronoun }));
        }
    }
    found
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
