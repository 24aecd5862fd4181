//! Finds where a country is mentioned by its adjective or its people: the French president; the French, the Valdorans.
//!
//! Knows demonyms, those of the word lists and those that the article itself shows; a country that is known by its
//! adjective alone is left to `of_offices`.

use std::collections::HashMap;

use crate::annotate::labels::{Relation, Upos};
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::{Annotations, NameKind, lexicon};
use crate::facts::entity::{Entity, EntityId, EntityKind, Form, Mention};
use crate::facts::grammar::describing;
use crate::facts::grammar::governments::is_government;
use crate::facts::quote::Quote;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::resolution::Resolution;
use crate::name_key::name_key;
use crate::span::{Byte, Span};

/// Adds the mentions of countries by an adjective that qualifies a noun, and by the name of their people.
///
/// Of a country that no name of it stands for, the people count where they say or do something: they are its government
/// then, and it joins the entities. Mentions are added behind all others, in text order.
pub(crate) fn add_countries(
    text: &Annotations,
    quotes: &[Quote],
    demonyms: &Demonyms,
    resolution: &mut Resolution,
) {
    let places =
        resolution.entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Place);
    let mut known: HashMap<String, EntityId> =
        places.map(|(index, place)| (place.name.clone(), EntityId(index as u32))).collect();
    let mut sources: Vec<Span<Byte>> = quotes.iter().filter_map(|quote| quote.source).collect();
    sources.sort();
    let speaks = |token: usize| {
        let place = text.document.tokens[token].span;
        let before = sources.partition_point(|source| source.start() <= place.start());
        sources[..before].last().is_some_and(|source| source.covers(place))
    };
    for token in 0..text.document.tokens.len() {
        if !text.word(token).starts_with(char::is_uppercase) || in_name(text, token, resolution) {
            continue;
        }
        if qualifies(text, token) {
            let country = demonyms.adjective(&name_key(text.word(token))).map(str::to_owned);
            let listed = lexicon::demonym(text.word(token));
            let country = country.or_else(|| Some(listed?.name.to_owned()));
            let entity = country.as_ref().and_then(|country| known.get(country).copied()).or_else(|| {
                // Whose officials act is a country of the article, named or not; so is where somebody is from.
                let country = listed.filter(|_| is_of_government(text, token) || is_origin(text, token))?;
                resolution.entities.push(Entity::of_country(country));
                let entity = EntityId(resolution.entities.len() as u32 - 1);
                known.insert(country.name.to_owned(), entity);
                Some(entity)
            });
            if let Some(entity) = entity {
                let span = text.document.tokens[token].span;
                resolution.mentions.push(Mention { span, entity, form: Form::Nominal });
            }
        } else if let Some((place, country)) = people(text, token, demonyms) {
            let entity = known.get(&place).copied().or_else(|| {
                let country = country.filter(|_| acts(&text.syntax, token) || speaks(token))?;
                resolution.entities.push(Entity::of_country(country));
                let entity = EntityId(resolution.entities.len() as u32 - 1);
                known.insert(place, entity);
                Some(entity)
            });
            if let Some(entity) = entity {
                let span = text.document.bytes(Span::new(token - 1, token + 1));
                resolution.mentions.push(Mention { span, entity, form: Form::Nominal });
            }
        }
    }
}

/// Whether an adjective describes those who act for a country, where they do something or something is done to them.
fn is_of_government(text: &Annotations, token: usize) -> bool {
    let Some(noun) = text.syntax.head(token) else { return false };
    let takes_part =
        matches!(text.syntax.relation(noun), Relation::Nsubj | Relation::NsubjPass | Relation::Obj);
    takes_part && is_government(&text.tags[noun].lemma.to_lowercase())
}

/// Whether an adjective says where somebody or some body is from who has a name: the **Valdoran** novelist Mira Costa.
fn is_origin(text: &Annotations, token: usize) -> bool {
    let Some(described) = describing::described(text, token) else { return false };
    let Some(name) = text.name_at(described.of) else { return false };
    let lemma = text.tags[described.noun].lemma.to_lowercase();
    match text.names[name].kind {
        NameKind::Person => describing::is_trade(&lemma),
        NameKind::Organization => describing::is_body(&lemma),
        // `the Valdoran capital, Porto Sereno,`
        NameKind::Place => lemma == "capital",
        _ => false,
    }
}

/// Whether a token is a subject.
fn acts(syntax: &Syntax, token: usize) -> bool {
    matches!(syntax.relation(token), Relation::Nsubj | Relation::NsubjPass)
}

/// Whether a token qualifies a noun.
fn qualifies(text: &Annotations, token: usize) -> bool {
    matches!(text.tags[token].upos, Upos::Adj | Upos::Propn)
        && matches!(text.syntax.relation(token), Relation::Amod | Relation::Compound)
}

/// The place whose people are named by a token with `the` before it, and nothing behind it that says which of them; second
/// the country, if a list knows it.
fn people(
    text: &Annotations,
    token: usize,
    demonyms: &Demonyms,
) -> Option<(String, Option<lexicon::Country>)> {
    let word = text.word(token);
    let before = token.checked_sub(1).map(|before| text.word(before))?;
    let behind = text.word(token + 1);
    let goes_on =
        text.tags.get(token + 1).is_some_and(|tag| matches!(tag.upos, Upos::Noun | Upos::Propn | Upos::Adj));
    if !before.eq_ignore_ascii_case("the")
        || goes_on
        || matches!(behind, "who" | "whose" | "whom" | "in" | "from" | "with" | "of" | "-")
    {
        return None;
    }
    let key = name_key(word);
    if let Some(place) = demonyms.people(&key) {
        return Some((place.to_owned(), None));
    }
    let are_many = ["s", "sh", "ch", "ese"].iter().any(|ending| key.ends_with(ending));
    let country = lexicon::demonym(word).filter(|_| are_many && lexicon::country(word).is_none())?;
    Some((country.name.to_owned(), Some(country)))
}

/// Whether a token belongs to the name of a person, organization or place.
fn in_name(text: &Annotations, token: usize, resolution: &Resolution) -> bool {
    text.name_at(token)
        .is_some_and(|name| text.names[name].kind != NameKind::Other && resolution.of_name[name].is_some())
}
