//! Bodies that are called after the person they serve: the Ruiz administration, the Brandt campaign.
//!
//! Knows names and the entities they were tied to. A possessive makes none: `Brandt's campaign` may be anything
//! that she is fighting for, and stays her doing.

use std::collections::HashMap;

use super::resolve::Resolution;
use super::{Entity, EntityId, EntityKind, Form, Mention};
use crate::annotate::Annotations;
use crate::span::Span;

/// The nouns that make a body out of a name.
const BODIES: &[&str] = &["administration", "campaign", "camp"];

/// Adds such bodies to the entities, and the words that name them to the mentions.
///
/// The person's own mention stays. Mentions are added behind all others, in text order.
pub(super) fn add_camps(text: &Annotations, resolution: &mut Resolution) {
    let mut known: HashMap<(EntityId, &str), EntityId> = HashMap::new();
    for (name, person) in text.names.iter().zip(resolution.of_name.clone()) {
        let body = name.tokens.end();
        let Some(person) = person.filter(|_| is_in_same_sentence(text, body)) else { continue };
        let noun = BODIES.iter().find(|noun| **noun == text.word(body));
        let (Some(noun), EntityKind::Person) = (noun, resolution.entities[person.index()].kind) else {
            continue;
        };
        let words = Span::new(name.tokens.start(), body + 1);
        let entity = *known.entry((person, noun)).or_insert_with(|| {
            let printed: Vec<&str> = text.words(words).split_whitespace().collect();
            resolution.entities.push(Entity {
                kind: EntityKind::Organization,
                name: printed.join(" "),
                aliases: Vec::new(),
                gender: None,
                country: None,
            });
            EntityId(resolution.entities.len() as u32 - 1)
        });
        resolution.mentions.push(Mention { span: text.document.bytes(words), entity, form: Form::Nominal });
    }
}

/// Whether a token is there and in one sentence with the token before it.
fn is_in_same_sentence(text: &Annotations, token: usize) -> bool {
    let sentence = |token: usize| text.document.tokens.get(token).map(|token| token.sentence);
    token > 0 && sentence(token).is_some() && sentence(token) == sentence(token - 1)
}

#[cfg(test)]
mod tests {
    use crate::annotate::model::Model;
    use crate::article::Article;
    use crate::facts::EntityKind;
    use crate::pipeline::analyze;

    fn organizations(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let entities = analyze(&article, Model::embedded()).facts.entities;
        let found = entities.into_iter().filter(|entity| entity.kind == EntityKind::Organization);
        found.map(|entity| entity.name).collect()
    }

    #[test]
    fn a_name_makes_a_body_of_a_noun() {
        let body = "Ana Ruiz won. The Ruiz campaign had no comment, but the Ruiz campaign was glad.";
        assert_eq!(organizations(body), ["Ruiz campaign"]);
        assert_eq!(organizations("Ana Ruiz left. The Ruiz administration stayed."), ["Ruiz administration"]);
    }

    #[test]
    fn a_possessive_makes_none() {
        assert_eq!(organizations("Ana Ruiz won. Ruiz’s campaign was long."), [""; 0]);
    }
}
