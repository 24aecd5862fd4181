//! Says of each quote who its source is and whom it is about, and ties `I` and `you` in direct speech to those who
//! speak and are addressed.
//!
//! Knows quotes, mentions and entities of one article. The source's head decides: a spokesman for the mayor is
//! not the mayor; but what a report or a letter says, its author says.

mod addressee;
mod first_person;
mod second_person;
mod spoken;

use super::resolve::Resolution;
use super::titles::Office;
use super::{EntityId, EntityKind, Form, Mention, Quote, phrase};
use crate::annotate::Annotations;
use crate::span::{Byte, Span, Tokens};

/// Fills in `speaker` and `about` of every quote, and adds the mentions in the first and second person.
///
/// `offices` tell for whom a spokesman says `we`. Nobody's own `I` is what a quote is about: it is added last.
pub fn credit(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &mut Resolution,
    quotes: &mut [Quote],
) {
    let spoken = spoken::spoken(text, quotes);
    for quote in quotes.iter_mut() {
        quote.speaker = quote.source.and_then(|source| speaker(text, offices, resolution, source));
    }
    let addressed = second_person::mentions(text, offices, resolution, quotes, &spoken);
    add(resolution, addressed);
    for quote in quotes.iter_mut() {
        quote.about = about(resolution, quote);
    }
    let own = first_person::mentions(text, offices, resolution, quotes, &spoken);
    add(resolution, own);
    // `“I think that all is well,” she said`: a report inside direct speech.
    for quote in quotes.iter_mut().filter(|quote| quote.speaker.is_none()) {
        quote.speaker = quote.source.and_then(|source| speaker(text, offices, resolution, source));
    }
}

/// Adds mentions, in text order; what is mentioned already stays.
fn add(resolution: &mut Resolution, found: Vec<Mention>) {
    resolution.mentions.extend(found);
    resolution.mentions.sort_by_key(|mention| mention.span);
    resolution.mentions.dedup_by_key(|mention| mention.span);
}

/// The entity that heads a source: the first of a joint source, `None` for one that is unnamed.
fn speaker(
    text: &Annotations,
    offices: &[(usize, Office)],
    resolution: &Resolution,
    source: Span<Byte>,
) -> Option<EntityId> {
    let tokens = text.document.tokens_in(source);
    let head = text.document.bytes(head_part(text, offices, tokens));
    let words = head.slice(text.body()).trim_end();
    let words = ["’s", "'s", "’", "'"].iter().find_map(|mark| words.strip_suffix(mark)).unwrap_or(words);
    let end = head.start() + words.len();
    let inside: Vec<&Mention> = mentions_in(resolution, head).collect();
    let joint = inside.iter().find(|mention| {
        let rest = text.body().get(mention.span.end()..end).unwrap_or_default().trim_start();
        rest.starts_with("and ") || rest.starts_with("& ")
    });
    let last = || inside.iter().rev().find(|mention| mention.span.end() == end);
    let found = joint.or_else(last).copied().or_else(|| apposed(text, resolution, source));
    let found = found.or_else(|| author(text, resolution, source, &words.to_lowercase()));
    found.filter(|mention| can_speak(text, resolution, mention)).map(|mention| mention.entity)
}

/// The words that decide who a source is, where a preposition in a name or in an office ahead of one ends nothing: the
/// **Department of Fisheries**, **Secretary of State Ana Ruiz** `of Valdora`.
fn head_part(text: &Annotations, offices: &[(usize, Office)], source: Span<Tokens>) -> Span<Tokens> {
    let mut from = source.start();
    loop {
        let stop = phrase::head_part(text, Span::new(from, source.end())).end();
        match holds_together(text, offices, stop).filter(|end| stop < source.end() && *end <= source.end()) {
            Some(end) => from = end - 1,
            None => return Span::new(source.start(), stop),
        }
    }
}

/// Where the name, or the office with the name of its holder, ends that a token stands in the middle of.
fn holds_together(text: &Annotations, offices: &[(usize, Office)], token: usize) -> Option<usize> {
    let next = text.names.partition_point(|name| name.tokens.end() <= token);
    let name = text.names.get(next)?.tokens;
    if name.start() <= token {
        return (name.start() < token).then_some(name.end());
    }
    let office = offices.binary_search_by_key(&next, |(name, _)| *name).ok()?;
    let words = offices[office].1.words;
    (words.contains(token) && words.end() == name.start()).then_some(name.end())
}

/// The person who is named behind a description and a comma: her deputy, **Leo Brandt**.
fn apposed<'a>(text: &Annotations, resolution: &'a Resolution, source: Span<Byte>) -> Option<&'a Mention> {
    mentions_in(resolution, source).find(|mention| {
        let before = text.body().get(source.start()..mention.span.start()).unwrap_or_default();
        mention.form == Form::Name
            && before.trim_end().ends_with(',')
            && resolution.entities[mention.entity.index()].kind == EntityKind::Person
    })
}

/// What people and organizations write, or have written for them.
const WRITINGS: &[&str] = &[
    "article",
    "brief",
    "complaint",
    "document",
    "editorial",
    "email",
    "filing",
    "lawsuit",
    "letter",
    "memo",
    "note",
    "op-ed",
    "poll",
    "post",
    "report",
    "statement",
    "study",
    "submission",
    "survey",
    "testimony",
    "transcript",
    "tweet",
];

/// The one whose writing is the source: `a` **Northwind** `report`, **Ruiz**’s `letter`, `a study by` **Leo Brandt**.
///
/// `head` is the source up to its first preposition, in lower case.
fn author<'a>(
    text: &Annotations,
    resolution: &'a Resolution,
    source: Span<Byte>,
    head: &str,
) -> Option<&'a Mention> {
    let noun = head.rsplit([' ', '\n']).next()?;
    if !WRITINGS.contains(&noun) {
        return None;
    }
    let written = source.start() + head.len();
    let is_writer = |mention: &&Mention| {
        let kind = resolution.entities[mention.entity.index()].kind;
        kind != EntityKind::Place || mention.form == Form::Name
    };
    let by = |mention: &&Mention| {
        let between = text.body().get(written..mention.span.start()).unwrap_or_default().trim_start();
        between.starts_with("by ") || between.starts_with("from ")
    };
    let before = mentions_in(resolution, source).filter(|mention| mention.span.end() < written);
    let before = before.into_iter().find(is_writer);
    before.or_else(|| mentions_in(resolution, source).filter(is_writer).find(by))
}

/// Whether the one mentioned can be a speaker: a place can where its name or a phrase (`the French`) stands for its
/// government, but not by an adjective alone.
fn can_speak(text: &Annotations, resolution: &Resolution, mention: &Mention) -> bool {
    let entity = &resolution.entities[mention.entity.index()];
    let phrase = || mention.span.slice(text.body()).contains(char::is_whitespace);
    entity.kind != EntityKind::Place || mention.form != Form::Nominal || phrase()
}

/// The entities that the content mentions, each once.
fn about(resolution: &Resolution, quote: &Quote) -> Vec<EntityId> {
    let mut about: Vec<EntityId> = quote
        .content
        .iter()
        .flat_map(|piece| mentions_in(resolution, *piece))
        .map(|mention| mention.entity)
        .collect();
    about.sort_unstable();
    about.dedup();
    about
}

/// The mentions that lie wholly inside a span, in text order.
fn mentions_in(resolution: &Resolution, span: Span<Byte>) -> impl Iterator<Item = &Mention> {
    let first = resolution.mentions.partition_point(|mention| mention.span.start() < span.start());
    resolution.mentions[first..]
        .iter()
        .take_while(move |mention| mention.span.start() < span.end())
        .filter(move |mention| span.covers(mention.span))
}

#[cfg(test)]
mod tests {
    use crate::annotate::model::Model;
    use crate::article::Article;
    use crate::pipeline::analyze;

    /// The speakers of the quotes of a text, in order; `-` for an unnamed one.
    fn speakers(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let facts = analyze(&article, Model::embedded()).facts;
        let name = |quote: &crate::facts::Quote| {
            quote.speaker.map_or_else(|| "-".to_owned(), |id| facts.entities[id.index()].name.clone())
        };
        facts.quotes.iter().map(name).collect()
    }

    #[test]
    fn the_head_of_a_source_speaks() {
        for (body, speaker) in [
            ("Maria Sand said the harbor was closed.", "Maria Sand"),
            ("Her deputy, Maria Sand, said the harbor was closed.", "Maria Sand"),
            ("A lawyer for Maria Sand said the harbor was closed.", "-"),
            ("A report by Northwind Corp. said the harbor was closed.", "Northwind Corp."),
            ("Maria Sand’s letter said the harbor was closed.", "Maria Sand"),
            ("The Department of Justice said the harbor was closed.", "Department of Justice"),
            ("Secretary of State Maria Sand said the harbor was closed.", "Maria Sand"),
            ("A friend of Maria Sand said the harbor was closed.", "-"),
        ] {
            assert_eq!(speakers(body), [speaker], "{body}");
        }
    }
}
