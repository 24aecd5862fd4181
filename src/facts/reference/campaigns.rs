//! Bodies that are called after the person they serve: the Ruiz administration, the Brandt campaign.
//!
//! Knows names and the entities they were tied to. A possessive makes none: `Brandt's campaign` may be anything
//! that she is fighting for, and stays her doing.

use std::collections::HashMap;

use crate::annotate::Annotations;
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention};
use crate::facts::reference::resolution::Resolution;
use crate::name_key::name_key;
use crate::span::Span;

/// The nouns that make a body out of a name.
const BODIES: &[&str] = &["administration", "campaign", "camp"];

/// Adds such bodies to the entities, and the words that name them to the mentions.
///
/// The person's own mention stays. Mentions are added behind all others, in text order.
pub(super) fn add_campaigns(text: &Annotations, resolution: &mut Resolution) {
    let surnames = surnames(&resolution.entities);
    let mut known: HashMap<(EntityId, &str), EntityId> = HashMap::new();
    for body in (1..text.document.tokens.len()).filter(|token| is_in_same_sentence(text, *token)) {
        let Some(noun) = BODIES.iter().find(|noun| **noun == text.word(body)) else { continue };
        let Some((person, start)) = person_before(text, resolution, &surnames, body) else { continue };
        let words = Span::new(start, body + 1);
        let entity = *known.entry((person, noun)).or_insert_with(|| {
            let printed: Vec<&str> = text.words(words).split_whitespace().collect();
            resolution.entities.push(Entity {
                kind: EntityKind::Organization,
                name: printed.join(" "),
                aliases: Vec::new(),
                gender: None,
                country: None,
                organization_kind: None,
            });
            EntityId(resolution.entities.len() as u32 - 1)
        });
        resolution.mentions.push(Mention { span: text.document.bytes(words), entity, form: Form::Nominal });
    }
}

/// Who is called by the last words of each person's name, folded; nobody where two are.
fn surnames(entities: &[Entity]) -> HashMap<String, Option<EntityId>> {
    let mut surnames: HashMap<String, Option<EntityId>> = HashMap::new();
    let people = entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Person);
    for (index, person) in people {
        let Some((_, last)) = person.name.rsplit_once(' ') else { continue };
        let id = EntityId(index as u32);
        let bearer = surnames.entry(name_key(last)).or_insert(Some(id));
        *bearer = bearer.filter(|bearer| *bearer == id);
    }
    surnames
}

/// The person who is named right before a noun, and where the name begins: by a name, or by a word in capitals that
/// the recognizer passed over and that is the last name of one person in the article.
fn person_before(
    text: &Annotations,
    resolution: &Resolution,
    surnames: &HashMap<String, Option<EntityId>>,
    noun: usize,
) -> Option<(EntityId, usize)> {
    if let Some(name) = text.name_ending_at(noun) {
        let person = resolution.of_name[name]?;
        let is_person = resolution.entities[person.index()].kind == EntityKind::Person;
        return is_person.then_some((person, text.names[name].tokens.start()));
    }
    let word = text.word(noun - 1);
    let person = surnames.get(&name_key(word)).copied().flatten()?;
    word.starts_with(char::is_uppercase).then_some((person, noun - 1))
}

/// Whether a token is there and in one sentence with the token before it.
fn is_in_same_sentence(text: &Annotations, token: usize) -> bool {
    let sentence = |token: usize| text.document.tokens.get(token).map(|token| token.sentence);
    token > 0 && sentence(token).is_some() && sentence(token) == sentence(token - 1)
}

#[cfg(test)]
mod tests {
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::entity::EntityKind;
    use crate::pipeline;

    fn organizations(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let entities = pipeline::facts(&given::annotations(&article), given::untrained()).0.entities;
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
