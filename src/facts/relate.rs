//! Relationships between the entities of one article: offices, spokespeople, and acts of one towards another.
//!
//! Knows names, tags and the tables of offices and triggers. A relationship is stored as the article presents
//! it (`Status`): what is denied, planned or merely reported is never asserted.

use super::inflect::VerbForm;
use super::offices::{self, Rank};
use super::resolve::Resolution;
use super::{Entity, EntityId, EntityKind, Form, Mention, Quote, QuoteKind, Relationship, Status, phrase, triggers};
use crate::annotate::{Annotations, Upos, lexicon};
use crate::span::{Byte, Span, Tokens};

/// How far an office may stand from its holder, in tokens.
const REACH: usize = 14;

/// Returns the relationships that an article states, in the order of their evidence.
///
/// A country that an office names by its adjective alone (`the Valdoran president`) joins the entities.
pub fn relate(text: &Annotations, resolution: &mut Resolution, quotes: &[Quote]) -> Vec<Relationship> {
    let mut found = Vec::new();
    for index in 0..text.names.len() {
        let holder = resolution.of_name[index];
        let Some(holder) = holder.filter(|id| resolution.entities[id.index()].kind == EntityKind::Person) else {
            continue;
        };
        let office = office_before(text, index).or_else(|| office_behind(text, index));
        if let Some(office) = office {
            found.extend(office.relationship(text, resolution, holder));
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

/// An office beside a person's name.
struct Office {
    /// The words of the office, as tokens: `former prime minister`.
    words: Span<Tokens>,
    rank: Rank,
    ended: bool,
    /// Where the office is.
    place: Option<Place>,
    /// Office, holder and place together.
    extent: Span<Tokens>,
}

/// Where an office is, as the text says it.
enum Place {
    /// A name, by its index.
    Named(usize),
    /// The adjective of a country, at a token.
    Adjective(usize),
}

impl Office {
    fn relationship(&self, text: &Annotations, resolution: &mut Resolution, holder: EntityId) -> Option<Relationship> {
        let object = match self.place {
            Some(Place::Named(index)) => resolution.of_name[index],
            Some(Place::Adjective(token)) => country_entity(text, resolution, token),
            None => None,
        };
        if object == Some(holder) {
            return None;
        }
        if object.is_none() && self.rank == Rank::Staff {
            return None;
        }
        Some(Relationship {
            subject: holder,
            predicate: self.rank.predicate(),
            object,
            detail: Some(text.document.bytes(self.words)),
            status: if self.ended { Status::Ended } else { Status::Asserted },
            evidence: text.document.bytes(self.extent),
            confidence: if object.is_some() { 0.85 } else { 0.7 },
        })
    }
}

/// The entity of the country that an adjective names; it joins the entities if no name of it stands in the article.
fn country_entity(text: &Annotations, resolution: &mut Resolution, token: usize) -> Option<EntityId> {
    let country = lexicon::demonym(text.word(token))?;
    let known = resolution.entities.iter().position(|entity| entity.kind == EntityKind::Place && entity.name == country.name);
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

/// The words of an office that end right before `end`, with its rank: `deputy prime minister`.
fn office_ending(text: &Annotations, floor: usize, end: usize) -> Option<(Span<Tokens>, Rank, bool)> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    // `Sen.` and `Gov.` are one token or two, by the segmenter's choice.
    let last = if text.word(last) == "." { last.checked_sub(1).filter(|last| *last >= floor)? } else { last };
    let rank = offices::rank(text.word(last).trim_end_matches('.'))?;
    let mut start = last;
    while start > floor && is_part_of_office(text, start - 1) {
        start -= 1;
    }
    let words: Vec<String> = (start..=last).map(|token| text.word(token).to_lowercase()).collect();
    let ended = words.iter().any(|word| offices::is_past(word));
    let rank = if offices::is_first_minister(&words) {
        Rank::Head
    } else if rank == Rank::Head && words.iter().any(|word| offices::is_lower(word)) {
        Rank::Office
    } else {
        rank
    };
    Some((Span::new(start, last + 1), rank, ended))
}

/// Whether a token can belong to the name of an office that goes on behind it.
fn is_part_of_office(text: &Annotations, token: usize) -> bool {
    let word = text.word(token);
    word == "-" || offices::is_qualifier(word) && lexicon::demonym(word).is_none()
}

/// The office before a name: `Valdoran President` **Ana Ruiz**, `Northwind’s spokesman` **Leo Brandt**.
fn office_before(text: &Annotations, index: usize) -> Option<Office> {
    let name = text.names[index].tokens;
    let sentence = sentence_of(text, name.start());
    let floor = sentence.start().max(name.start().saturating_sub(REACH));
    let mut end = name.start();
    if end > floor && text.word(end - 1) == "," {
        end -= 1; // `the mayor of Porto, Ana Ruiz,`
        return office_of_before(text, index, floor, end);
    }
    let (words, rank, ended) = office_ending(text, floor, end)?;
    let place = place_before(text, floor, words.start());
    let start = place.as_ref().map_or(words.start(), |place| place_start(text, place));
    Some(Office { words, rank, ended, place, extent: Span::new(start, name.end()) })
}

/// `a spokesman for Northwind,` **Leo Brandt**: an office with its place before a comma and the name.
fn office_of_before(text: &Annotations, index: usize, floor: usize, end: usize) -> Option<Office> {
    let place = name_ending_at(text, end)?;
    let place_start = text.names[place].tokens.start();
    let link = place_start.checked_sub(1).filter(|link| *link > floor && matches!(text.word(*link), "of" | "for" | "at"))?;
    let (words, rank, ended) = office_ending(text, floor, link)?;
    let extent = Span::new(words.start(), text.names[index].tokens.end());
    Some(Office { words, rank, ended, place: Some(Place::Named(place)), extent })
}

/// Where an office is whose words begin at `start`: a name, a possessive or the adjective of a country before it.
fn place_before(text: &Annotations, floor: usize, start: usize) -> Option<Place> {
    let mut last = start.checked_sub(1).filter(|last| *last >= floor)?;
    if phrase::is_possessive_mark(text.word(last)) {
        last = last.checked_sub(1).filter(|last| *last >= floor)?;
    }
    if let Some(name) = name_ending_at(text, last + 1) {
        let is_adjective = lexicon::demonym(text.words(text.names[name].tokens)).is_some();
        return Some(if is_adjective { Place::Adjective(last) } else { Place::Named(name) });
    }
    lexicon::demonym(text.word(last)).is_some().then_some(Place::Adjective(last))
}

/// The first token of what says where an office is.
fn place_start(text: &Annotations, place: &Place) -> usize {
    match place {
        Place::Named(index) => text.names[*index].tokens.start(),
        Place::Adjective(token) => *token,
    }
}

/// The office behind a name: **Ana Ruiz**`, the mayor of Porto,` and **Ana Ruiz**` is Porto’s mayor`.
fn office_behind(text: &Annotations, index: usize) -> Option<Office> {
    let name = text.names[index].tokens;
    let sentence = sentence_of(text, name.start());
    let ceiling = sentence.end().min(name.end() + REACH);
    let link = name.end();
    if link + 1 >= ceiling {
        return None;
    }
    let copula = matches!(text.word(link), "is" | "was" | "remains" | "became");
    if text.word(link) != "," && !copula {
        return None;
    }
    let closes = |token: &usize| matches!(text.word(*token), "," | ";" | ":" | "—" | "–" | "who" | "which" | "that" | "and" | "said" | "”" | "\"");
    let stop = (link + 1..ceiling).find(closes).unwrap_or(ceiling);
    let noun = (link + 1..stop).find(|token| {
        offices::rank(text.word(*token)).is_some()
            && !(token + 1 < stop && offices::rank(text.word(token + 1)).is_some())
    })?;
    let (words, rank, ended) = office_ending(text, link + 1, noun + 1)?;
    let behind = place_behind(text, noun + 1, stop);
    let place = behind.or_else(|| place_before(text, link + 1, words.start()));
    let between = place.as_ref().map_or(words.start(), |place| place_start(text, place).min(words.start()));
    // Nothing but an article may stand between the comma and the office: other words say something else.
    let gap = link + 1..between;
    if !gap.clone().all(|token| matches!(text.tags[token].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn)) || gap.len() > 3 {
        return None;
    }
    let end = match place {
        Some(Place::Named(index)) => text.names[index].tokens.end().max(words.end()),
        _ => words.end(),
    };
    let ended = ended || text.word(link) == "was";
    Some(Office { words, rank, ended, place, extent: Span::new(name.start(), end) })
}

/// The name behind an office: `of Porto`, `for Northwind`, `at the Harbor Bank`.
fn place_behind(text: &Annotations, start: usize, stop: usize) -> Option<Place> {
    if start >= stop || !matches!(text.word(start), "of" | "for" | "at" | "with" | "in" | "to") {
        return None;
    }
    let first = (start + 1..stop).find(|token| text.tags[*token].upos != Upos::Det)?;
    let index = text.names.partition_point(|name| name.tokens.end() <= first);
    text.names.get(index).filter(|name| name.tokens.start() <= first).map(|_| Place::Named(index))
}

/// The name that ends right before `end`.
fn name_ending_at(text: &Annotations, end: usize) -> Option<usize> {
    let index = text.names.partition_point(|name| name.tokens.end() < end);
    text.names.get(index).filter(|name| name.tokens.end() == end).map(|_| index)
}

/// The sentence of a token.
fn sentence_of(text: &Annotations, token: usize) -> Span<Tokens> {
    text.document.sentences[text.document.tokens[token].sentence as usize]
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
    let has = |words: &[&str]| (start..verb).any(|token| words.iter().any(|word| text.word(token).eq_ignore_ascii_case(word)));
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
    let mut inside = resolution.mentions[first..].iter().take_while(|mention| mention.span.start() < head.end());
    inside.find(|mention| mention.span.end() == head.end()).map(|mention| mention.entity)
}
