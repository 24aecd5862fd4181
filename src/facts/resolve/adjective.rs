//! Finds the adjectives that mention a country which the article names: the French president, French wine.
//!
//! Knows demonyms; a country that is known by its adjective alone is left to `relate`.

use std::collections::HashMap;

use crate::annotate::labels::{Relation, Upos};
use crate::annotate::{Annotations, NameKind, lexicon};
use crate::facts::syntax::Syntax;
use crate::facts::{Entity, EntityId, EntityKind, Form, Mention};

/// The mentions of countries by an adjective that qualifies a noun.
pub(super) fn mentions(text: &Annotations, syntax: &Syntax, entities: &[Entity]) -> Vec<Mention> {
    let places = entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Place);
    let known: HashMap<&str, EntityId> =
        places.map(|(index, place)| (place.name.as_str(), EntityId(index as u32))).collect();
    if known.is_empty() {
        return Vec::new();
    }
    let qualifies = |token: &usize| {
        matches!(text.tags[*token].upos, Upos::Adj | Upos::Propn)
            && matches!(syntax.relation(*token), Relation::Amod | Relation::Compound)
            && text.word(*token).starts_with(char::is_uppercase)
            && !in_name(text, *token)
    };
    let mention = |token: usize| {
        let entity = *known.get(lexicon::demonym(text.word(token))?.name)?;
        Some(Mention { span: text.document.tokens[token].span, entity, form: Form::Nominal })
    };
    (0..text.document.tokens.len()).filter(qualifies).filter_map(mention).collect()
}

/// Whether a token belongs to the name of a person, organization or place.
fn in_name(text: &Annotations, token: usize) -> bool {
    let index = text.names.partition_point(|name| name.tokens.end() <= token);
    text.names.get(index).is_some_and(|name| name.tokens.contains(token) && name.kind != NameKind::Other)
}
