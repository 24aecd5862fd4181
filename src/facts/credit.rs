//! Says of each quote who its source is and whom it is about.
//!
//! Knows quotes, mentions and entities of one article. The source's head decides: a spokesman for the mayor is
//! not the mayor.

use super::resolve::Resolution;
use super::{EntityId, EntityKind, Form, Mention, Quote, phrase};
use crate::annotate::Annotations;
use crate::span::{Byte, Span};

/// Fills in `speaker` and `about` of every quote.
pub fn credit(text: &Annotations, resolution: &Resolution, quotes: &mut [Quote]) {
    for quote in quotes {
        quote.speaker = quote.source.and_then(|source| speaker(text, resolution, source));
        quote.about = about(resolution, quote);
    }
}

/// The entity that heads a source: the first of a joint source, `None` for one that is unnamed.
fn speaker(text: &Annotations, resolution: &Resolution, source: Span<Byte>) -> Option<EntityId> {
    let tokens = text.document.tokens_in(source);
    let head = text.document.bytes(phrase::head_part(text, tokens));
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
    found.filter(|mention| can_speak(resolution, mention)).map(|mention| mention.entity)
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

/// Whether the one mentioned can be a speaker; a place can where it stands for its government.
fn can_speak(resolution: &Resolution, mention: &Mention) -> bool {
    let entity = &resolution.entities[mention.entity.index()];
    entity.kind != EntityKind::Place || mention.form == Form::Name
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
