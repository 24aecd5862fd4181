//! Parties that an article knows by a label alone: a Republican senator, Tory plans, `(D-Vt.)`.
//!
//! Knows the names and words of one article and the labels in `party_words`. Never reads other articles, and never counts people in the plural: `the Republicans` are a group.

use std::collections::HashMap;

use crate::annotate::{Annotations, NameKind, offices, states};
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention};
use crate::facts::reference::party_words::{labels, of_label};
use crate::facts::reference::resolution::Resolution;
use crate::name_key::name_key;

/// Letters before the home of an American lawmaker: `R-Iowa`.
const LETTERS: &[(&str, &str)] = &[("R", "Republican Party"), ("D", "Democratic Party")];

/// Words before a label that make it another party's: Christian Democrat, Social Democratic.
const OTHER_PARTIES: &[&str] = &[
    "christian",
    "free",
    "liberal",
    "national",
    "new",
    "people",
    "popular",
    "progressive",
    "radical",
    "social",
    "united",
];

/// Adds the parties that are known by their labels to the entities, and their labels to the mentions.
///
/// A party that is named in full is the one meant by its labels. Mentions are added behind all others, in text order.
pub(super) fn add_parties(text: &Annotations, resolution: &mut Resolution) {
    name_in_full(&mut resolution.entities);
    let found = labeled(text, resolution);
    let mut known: HashMap<&str, EntityId> = HashMap::new();
    for (token, party) in found {
        let entity = *known.entry(party).or_insert_with(|| entity(party, resolution));
        let span = text.document.tokens[token].span;
        resolution.mentions.push(Mention { span, entity, form: Form::Nominal });
    }
}

/// Gives parties that are called by nothing but a label their full names, unless another entity has it.
fn name_in_full(entities: &mut [Entity]) {
    let parties: Vec<(usize, &str)> = entities
        .iter()
        .enumerate()
        .filter(|(_, entity)| entity.kind == EntityKind::Organization)
        .filter_map(|(index, entity)| {
            let label = labels().find(|(label, _)| name_key(label) == name_key(&entity.name));
            label.map(|(_, party)| (index, party))
        })
        .collect();
    for (index, party) in parties {
        if entities.iter().all(|entity| entity.name != party) {
            let label = std::mem::replace(&mut entities[index].name, party.to_owned());
            entities[index].aliases.push(label);
            entities[index].aliases.sort();
        }
    }
}

/// The tokens that are labels, each with its party, in text order.
fn labeled(text: &Annotations, resolution: &Resolution) -> Vec<(usize, &'static str)> {
    let mut names = text.names.iter().zip(&resolution.of_name).peekable();
    let mut found = Vec::new();
    for token in 0..text.document.tokens.len() {
        while names.next_if(|(name, _)| name.tokens.end() <= token).is_some() {}
        let name = names.peek().filter(|(name, _)| name.tokens.start() <= token);
        // A label inside a longer name is no label, and a name that is an entity is mentioned already.
        let free = name.is_none_or(|(name, entity)| name.tokens.len() == 1 && entity.is_none());
        let place_behind = || {
            let place = names.clone().find(|(name, _)| name.tokens.start() >= token + 2);
            place.is_some_and(|(name, _)| name.tokens.start() == token + 2 && name.kind == NameKind::Place)
        };
        if free && let Some(party) = party(text, token, place_behind) {
            found.push((token, party));
        }
    }
    found
}

/// The party that a token labels.
fn party(text: &Annotations, token: usize, place_behind: impl FnOnce() -> bool) -> Option<&'static str> {
    let word = text.word(token);
    if let Some((_, party)) = LETTERS.iter().find(|(letter, _)| *letter == word) {
        let has_home = || place_behind() || states::state(text.word(token + 2)).is_some();
        return (text.word(token + 1) == "-" && has_home()).then_some(*party);
    }
    let party = of_label(word)?;
    let sentence = text.document.tokens[token].sentence as usize;
    let start = text.document.sentences[sentence].start();
    // The first word of a sentence has its capital anyhow; abbreviations have theirs everywhere, and nobody but a party's has a
    // nominee or a senator behind an adjective of its colour.
    let only_capital = token == start && !word.ends_with(['P', '.']) && !labels_person(text, token);
    let before = token.checked_sub(1).filter(|before| *before >= start).map(|before| text.word(before));
    let other =
        before.is_some_and(|before| OTHER_PARTIES.iter().any(|word| before.eq_ignore_ascii_case(word)));
    (!only_capital && !other).then_some(party)
}

/// Whether a person of a party stands behind its label: **Republican** `nominee`, **Democratic** `Sen.`, **Republican** `Ana Ruiz`.
fn labels_person(text: &Annotations, label: usize) -> bool {
    const CONTENDERS: &[&str] = &[
        "candidate",
        "challenger",
        "contender",
        "frontrunner",
        "hopeful",
        "lawmaker",
        "nominee",
        "strategist",
    ];
    // `Republican presidential nominee`
    // An ideology has strategists too: `Conservative lawmaker`.
    if !matches!(text.word(label), "Republican" | "Democratic") {
        return false;
    }
    let sentence = text.document.tokens[label].sentence;
    let mut behind = [label + 1, label + 2]
        .into_iter()
        .filter(|token| text.document.tokens.get(*token).is_some_and(|token| token.sentence == sentence));
    let is_person = |token: usize| {
        let word = text.word(token).to_lowercase();
        CONTENDERS.contains(&word.as_str()) || offices::rank(word.trim_end_matches('.')).is_some()
    };
    let is_name =
        |token: usize| text.name_at(token).is_some_and(|name| text.names[name].kind == NameKind::Person);
    behind.any(is_person) || is_name(label + 1)
}

/// The entity of a party: the one that has its name or one of its labels, else a new one.
fn entity(party: &str, resolution: &mut Resolution) -> EntityId {
    let labels = labels().filter(|(_, other)| *other == party).map(|(label, _)| label);
    let keys: Vec<String> = [party].into_iter().chain(labels).map(name_key).collect();
    let is_party = |entity: &Entity| {
        let mut names = [&entity.name].into_iter().chain(&entity.aliases);
        entity.kind == EntityKind::Organization && names.any(|name| keys.contains(&name_key(name)))
    };
    let index = resolution.entities.iter().position(is_party).unwrap_or_else(|| {
        resolution.entities.push(Entity {
            kind: EntityKind::Organization,
            name: party.to_owned(),
            aliases: Vec::new(),
            gender: None,
            country: None,
            organization_kind: None,
        });
        resolution.entities.len() - 1
    });
    EntityId(index as u32)
}

#[cfg(test)]
mod tests {
    use crate::annotate::given;
    use crate::article::Article;
    use crate::facts::entity::Form;
    use crate::pipeline;

    /// What is mentioned by a description, as `words = entity`.
    fn described(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let facts = pipeline::facts(&given::annotations(&article), given::untrained()).0;
        let nominal = facts.mentions.iter().filter(|mention| mention.form == Form::Nominal);
        nominal
            .map(|found| {
                format!("{} = {}", found.span.slice(body), facts.entities[found.entity.index()].name)
            })
            .collect()
    }

    #[test]
    fn a_label_stands_for_its_party() {
        for (body, found) in [
            ("They asked the Republican nominee.", "Republican = Republican Party"),
            ("A senior Democrat from Ohio objected.", "Democrat = Democratic Party"),
            ("The plan of the Tory leader failed.", "Tory = Conservative Party"),
            ("Republican nominee Ana Ruiz left.", "Republican = Republican Party"),
        ] {
            assert_eq!(described(body), [found], "{body}");
        }
    }

    #[test]
    fn an_abbreviation_alone_is_the_party() {
        let article =
            Article { body: "The GOP won in Ohio. The GOP was glad.".to_owned(), ..Article::default() };
        let entities = pipeline::facts(&given::annotations(&article), given::untrained()).0.entities;
        let party = entities.iter().find(|entity| entity.name == "Republican Party");
        assert_eq!(party.map(|party| party.aliases.clone()), Some(vec!["GOP".to_owned()]));
    }

    #[test]
    fn groups_other_parties_and_small_letters_are_no_labels() {
        for body in [
            "They asked the Republicans.",
            "A Christian Democrat objected.",
            "It was a democratic vote by a conservative board.",
            "Democratic votes are rare there.",
        ] {
            assert_eq!(described(body), [""; 0], "{body}");
        }
    }
}
