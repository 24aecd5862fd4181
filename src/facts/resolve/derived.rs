//! Organizations that are called after somebody or something else: the Ruiz campaign, a Democratic senator, the Fed.
//!
//! Knows closed lists of words. What is found here is an organization whatever the recognizer made of it.

use super::called::Called;
use crate::annotate::{Annotations, Name, NameKind};
use crate::facts::EntityKind;
use crate::facts::phrase;
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// What people and places give their names to: the noun in the text, and the noun that stands for all of its kind.
const BODIES: &[(&str, &str)] =
    &[("administration", "administration"), ("camp", "campaign"), ("campaign", "campaign")];

/// Short names that everybody uses, folded, each with the full one.
const SHORT: &[(&str, &str)] = &[
    ("conservative", "Conservative Party"),
    ("democratic", "Democratic Party"),
    ("fed", "Federal Reserve"),
    ("gop", "Republican Party"),
    ("labour", "Labour Party"),
    ("libertarian", "Libertarian Party"),
    ("republican", "Republican Party"),
    ("tory", "Conservative Party"),
];

/// The organization that a name means in its place; `None` if it means what it says.
pub(super) fn derived(text: &Annotations, name: &Name) -> Option<Called> {
    match name.kind {
        NameKind::Person | NameKind::Place => body_of(text, name),
        NameKind::Organization | NameKind::Other => by_short_name(text, name),
    }
}

/// The campaign or administration of the one who is named.
fn body_of(text: &Annotations, name: &Name) -> Option<Called> {
    let end = name.tokens.end();
    let next = text.word(end);
    let same_sentence =
        text.document.tokens.get(end)?.sentence == text.document.tokens[name.tokens.start()].sentence;
    let following = text.names.partition_point(|other| other.tokens.end() <= end);
    let named = text.names.get(following).is_some_and(|other| other.tokens.contains(end));
    if !same_sentence || named {
        return None;
    }
    let (_, kind) = BODIES.iter().find(|(noun, _)| *noun == next)?;
    let tokens = Span::new(name.tokens.start(), end + 1);
    let last = (name.tokens.range()).rev().find(|token| !phrase::is_possessive_mark(text.word(*token)))?;
    let key = vec![name_key(text.word(last)), (*kind).to_owned()];
    Some(Called { tokens, printed: printed(text, tokens), key, ..Called::organization() })
}

/// The organization that has a short name which is an adjective or an abbreviation.
fn by_short_name(text: &Annotations, name: &Name) -> Option<Called> {
    let key = name_key(text.words(name.tokens));
    let (_, full) = SHORT.iter().find(|(short, _)| *short == key)?;
    let key = name_key(full).split(' ').map(str::to_owned).collect();
    Some(Called {
        tokens: name.tokens,
        printed: printed(text, name.tokens),
        key,
        canonical: Some((*full).to_owned()),
        ..Called::organization()
    })
}

fn printed(text: &Annotations, tokens: Span<Tokens>) -> String {
    text.words(tokens).split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Called {
    /// An organization without a name.
    fn organization() -> Self {
        Called {
            kind: EntityKind::Organization,
            tokens: Span::new(0, 0),
            printed: String::new(),
            key: Vec::new(),
            honorific: None,
            described: None,
            canonical: None,
        }
    }
}
