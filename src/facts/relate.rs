//! Relationships between the entities of one article: offices, spokespeople, and acts of one towards another.
//!
//! Knows names, tags, the offices beside names and the table of triggers. A relationship is stored as the article presents
//! it (`Status`): what is denied, planned or merely reported is never asserted.

use super::inflect::VerbForm;
use super::resolve::Resolution;
use super::titles::{Office, Place, sentence_of};
use super::{
    Entity, EntityId, EntityKind, Form, Mention, Quote, QuoteKind, Relationship, Status, phrase, triggers,
};
use crate::annotate::labels::Upos;
use crate::annotate::offices::Rank;
use crate::annotate::{Annotations, lexicon};
use crate::span::{Byte, Span, Tokens};

/// Returns the relationships that an article states, in the order of their evidence.
///
/// A country that an office names by its adjective alone (`the Valdoran president`) joins the entities.
pub fn relate(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &mut Resolution,
    quotes: &[Quote],
) -> Vec<Relationship> {
    let mut found = Vec::new();
    for (name, office) in offices {
        if let Some(holder) = resolution.of_name[*name] {
            found.extend(holds(office, text, resolution, holder));
        }
    }
    found.extend(acts(text, resolution));
    for relationship in &mut found {
        if relationship.status == Status::Asserted && is_reported(relationship.evidence, quotes) {
            relationship.status = Status::Reported;
        }
    }
    found.sort_by_key(|relationship| (relationship.evidence, relationship.subject, relationship.predicate));
    found.dedup_by(|later, earlier| {
        (later.subject, later.predicate, later.object, later.evidence)
            == (earlier.subject, earlier.predicate, earlier.object, earlier.evidence)
    });
    found
}

/// Whether a span lies in what somebody is quoted as saying.
fn is_reported(evidence: Span<Byte>, quotes: &[Quote]) -> bool {
    let spoken = |quote: &Quote| quote.kind != QuoteKind::Mixed || quote.content.len() == 1;
    quotes.iter().any(|quote| spoken(quote) && quote.content.iter().any(|piece| piece.covers(evidence)))
}

/// The relationship of an office to its holder; `None` where nothing but the office is known of ordinary staff.
fn holds(
    office: &Office,
    text: &Annotations,
    resolution: &mut Resolution,
    holder: EntityId,
) -> Option<Relationship> {
    let object = match office.place {
        Some(Place::Named(index)) => resolution.of_name[index],
        Some(Place::Adjective(token)) => country_entity(text, resolution, token),
        None => None,
    };
    if object == Some(holder) || object.is_none() && office.rank == Rank::Staff {
        return None;
    }
    Some(Relationship {
        subject: holder,
        predicate: office.rank.predicate(),
        object,
        detail: Some(text.document.bytes(office.words)),
        status: if office.ended { Status::Ended } else { Status::Asserted },
        evidence: text.document.bytes(office.extent),
        confidence: if object.is_some() { 0.85 } else { 0.7 },
    })
}

/// The entity of the country that an adjective names; it joins the entities if no name of it stands in the article.
fn country_entity(text: &Annotations, resolution: &mut Resolution, token: usize) -> Option<EntityId> {
    let country = lexicon::demonym(text.word(token))?;
    let known = resolution
        .entities
        .iter()
        .position(|entity| entity.kind == EntityKind::Place && entity.name == country.name);
    let id = match known {
        Some(index) => EntityId(index as u32),
        None => {
            resolution.entities.push(Entity {
                kind: EntityKind::Place,
                name: country.name.to_owned(),
                aliases: Vec::new(),
                gender: None,
                country: Some(country.iso2.as_str().to_owned()),
            });
            EntityId(resolution.entities.len() as u32 - 1)
        }
    };
    let span = text.document.tokens[token].span;
    let at = resolution.mentions.partition_point(|mention| mention.span < span);
    if resolution.mentions.get(at).is_none_or(|mention| mention.span != span) {
        resolution.mentions.insert(at, Mention { span, entity: id, form: Form::Nominal });
    }
    Some(id)
}

/// What one entity does to another, by the verbs of the trigger table.
fn acts(text: &Annotations, resolution: &Resolution) -> Vec<Relationship> {
    let mut found = Vec::new();
    for token in 0..text.document.tokens.len() {
        if text.tags[token].upos == Upos::Verb {
            found.extend(act_at(text, resolution, token));
        }
    }
    found
}

/// The act whose verb stands at `verb`.
fn act_at(text: &Annotations, resolution: &Resolution, verb: usize) -> Option<Relationship> {
    let sentence = sentence_of(text, verb);
    let bounds = Span::new(sentence.start().max(verb.saturating_sub(60)), sentence.end().min(verb + 60));
    let word = text.word(verb).to_lowercase();
    let (trigger, form, next) = triggers::lookup(&word).iter().find_map(|(trigger, form)| {
        let mut next = verb + 1;
        for particle in trigger.particle.split_whitespace() {
            if next >= bounds.end() || !text.word(next).eq_ignore_ascii_case(particle) {
                return None;
            }
            next += 1;
        }
        Some((trigger, *form, next))
    })?;
    if form == VerbForm::Ing {
        return None;
    }
    let before = phrase::before(text, bounds, verb)?;
    let passive = form == VerbForm::Past && (before.end()..verb).any(|token| is_be(text.word(token)));
    let (subject, object, end) = if passive {
        let by = (next..bounds.end().min(next + 4)).find(|token| text.word(*token) == "by")?;
        let agent = phrase::after(text, bounds, by + 1)?;
        (head_entity(text, resolution, agent)?, head_entity(text, resolution, before)?, agent.end())
    } else {
        let patient = phrase::after(text, bounds, next)?;
        (head_entity(text, resolution, before)?, head_entity(text, resolution, patient)?, patient.end())
    };
    (subject != object).then(|| Relationship {
        subject,
        predicate: trigger.predicate,
        object: Some(object),
        detail: None,
        status: status(text, before.end(), verb),
        evidence: text.document.bytes(Span::new(before.start(), end)),
        confidence: 0.7,
    })
}

/// Whether a word is a form of `be`.
fn is_be(word: &str) -> bool {
    ["is", "are", "was", "were", "be", "been", "being"].iter().any(|be| word.eq_ignore_ascii_case(be))
}

/// How the verb group before a verb presents what it says.
fn status(text: &Annotations, start: usize, verb: usize) -> Status {
    let has = |words: &[&str]| {
        (start..verb).any(|token| words.iter().any(|word| text.word(token).eq_ignore_ascii_case(word)))
    };
    if has(&["not", "n't", "n’t", "never"]) {
        Status::Denied
    } else if has(&["would", "could", "might", "may", "should"]) {
        Status::Hypothetical
    } else if has(&["will", "'ll", "’ll"]) {
        Status::Planned
    } else {
        Status::Asserted
    }
}

/// The entity that heads a phrase: a name or pronoun that ends its head part.
fn head_entity(text: &Annotations, resolution: &Resolution, phrase: Span<Tokens>) -> Option<EntityId> {
    let head = text.document.bytes(phrase::head_part(text, phrase));
    let first = resolution.mentions.partition_point(|mention| mention.span.start() < head.start());
    let mut inside =
        resolution.mentions[first..].iter().take_while(|mention| mention.span.start() < head.end());
    inside.find(|mention| mention.span.end() == head.end()).map(|mention| mention.entity)
}
