//! From the words of a source to the entity that speaks.

use std::collections::HashSet;

use crate::annotate::Annotations;
use crate::annotate::offices::is_title;
use crate::facts::entity::{EntityId, EntityKind, Form, Mention};
use crate::facts::grammar::phrase;
use crate::facts::offices::Offices;
use crate::facts::speakers::scene::Scene;
use crate::span::{Byte, Span, Tokens};

/// The entity that heads a source: the first of a joint source, `None` for one that is unnamed.
pub(crate) fn speaker(scene: &Scene, source: Span<Byte>) -> Option<EntityId> {
    let Scene { text, offices, .. } = *scene;
    let tokens = text.document.tokens_in(source);
    let head = text.document.bytes(head_part(text, offices, tokens));
    let words = head.slice(text.body()).trim_end();
    let words = ["’s", "'s", "’", "'"].iter().find_map(|mark| words.strip_suffix(mark)).unwrap_or(words);
    let end = head.start() + words.len();
    let inside: Vec<&Mention> = scene.mentions_in(head).collect();
    let joint = inside.iter().find(|mention| {
        let rest = text.body().get(mention.span.end()..end).unwrap_or_default().trim_start();
        // `Ana Ruiz and Leo Brandt’s allies`: it is the allies.
        let owns = ["’s ", "'s ", "s’ ", "s' "].iter().any(|mark| rest.contains(mark));
        !owns && (rest.starts_with("and ") || rest.starts_with("& "))
    });
    // A member behind a place is no order of it: one `UK` MP.
    let last = || {
        inside.iter().rev().find(|mention| {
            let at = mention.span.end();
            at == end || scene.kind(mention.entity) == EntityKind::Person && ends_with(text.body(), at, end)
        })
    };
    let found = joint.or_else(last).copied().or_else(|| apposed(scene, source));
    let found = found.or_else(|| author(scene, source, &words.to_lowercase()));
    // `a Ruiz` ally: one of hers.
    let is_one_of = |mention: &&Mention| {
        let before = text.body().get(source.start()..mention.span.start()).unwrap_or_default().trim_end();
        mention.form == Form::Name && (before.eq_ignore_ascii_case("a") || before.eq_ignore_ascii_case("an"))
    };
    found.filter(|mention| can_speak(scene, mention) && !is_one_of(mention)).map(|mention| mention.entity)
}

/// Those who speak with the first of a joint source: Ana Ruiz and **Leo Brandt** `said`. Forms of address may stand before them.
pub(super) fn joint(scene: &Scene, source: Span<Byte>, first: EntityId) -> Vec<EntityId> {
    let body = scene.text.body();
    let mut named = scene.mentions_in(source).filter(|mention| mention.form == Form::Name);
    let Some(mut before) = named.find(|mention| mention.entity == first) else { return Vec::new() };
    let mut others = Vec::new();
    let mut found = Vec::new();
    for mention in named {
        let between = body.get(before.span.end()..mention.span.start()).unwrap_or_default().trim_start();
        let (between, is_last) =
            match ["and ", ", and ", "& "].iter().find_map(|mark| between.strip_prefix(mark)) {
                Some(rest) => (rest, true),
                None => (between.strip_prefix(',').unwrap_or("-"), false),
            };
        if !between.split_whitespace().all(is_title) || !can_speak(scene, mention) {
            break;
        }
        found.push(mention.entity);
        if is_last {
            others.append(&mut found);
        }
        before = mention;
    }
    let mut seen = HashSet::from([first]);
    others.retain(|other| seen.insert(*other));
    others
}

/// Whether a name that ends at `at` is the last of a phrase that ends at `end`: what is behind it can only be degrees and
/// orders, `Tom Hale` MP, `Ann Lee`, M.D.
fn ends_with(body: &str, at: usize, end: usize) -> bool {
    const LONGEST: usize = 6;
    let is_order = |word: &str| {
        let letters = word.trim_matches([',', '(', ')']);
        letters.len() <= LONGEST
            && letters.starts_with(char::is_uppercase)
            && letters.chars().all(|letter| letter.is_uppercase() || letter == '.')
    };
    body.get(at..end).is_some_and(|behind| behind.split_whitespace().all(is_order))
}

/// The words that decide who a source is, where a preposition in a name or in an office ahead of one ends nothing: the
/// **Department of Fisheries**, **Secretary of State Ana Ruiz** `of Valdora`.
fn head_part(text: &Annotations, offices: &Offices, source: Span<Tokens>) -> Span<Tokens> {
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
fn holds_together(text: &Annotations, offices: &Offices, token: usize) -> Option<usize> {
    let next = text.next_name(token);
    let name = text.names.get(next)?.tokens;
    if name.start() <= token {
        return (name.start() < token).then_some(name.end());
    }
    let words = offices.of_name(next)?.words;
    (words.contains(token) && words.end() == name.start()).then_some(name.end())
}

/// The person who is named behind a description and a comma, with or without a form of address: her deputy, **Leo Brandt**; its
/// chief nurse, Mrs **Ada Finch**.
fn apposed<'a>(scene: &Scene<'a>, source: Span<Byte>) -> Option<&'a Mention> {
    scene.mentions_in(source).find(|mention| {
        let before = scene.text.body().get(source.start()..mention.span.start()).unwrap_or_default();
        let address = before.rsplit_once(',').map(|(_, address)| address);
        let is_address = |word: &str| word == "the" || is_title(word) || word.starts_with(char::is_uppercase);
        mention.form == Form::Name
            && address.is_some_and(|address| address.split_whitespace().all(is_address))
            && scene.kind(mention.entity) == EntityKind::Person
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
fn author<'a>(scene: &Scene<'a>, source: Span<Byte>, head: &str) -> Option<&'a Mention> {
    let noun = head.rsplit([' ', '\n']).next()?;
    if !WRITINGS.contains(&noun) {
        return None;
    }
    let written = source.start() + head.len();
    let is_writer = |mention: &&Mention| {
        let kind = scene.kind(mention.entity);
        kind != EntityKind::Place || mention.form == Form::Name
    };
    let by = |mention: &&Mention| {
        let between = scene.text.body().get(written..mention.span.start()).unwrap_or_default().trim_start();
        between.starts_with("by ") || between.starts_with("from ")
    };
    // The place of a firm is no writer: a poll by the `Phoenix-based` institute.
    let is_place = |mention: &&Mention| scene.text.body()[mention.span.end()..].starts_with('-');
    let mut before =
        scene.mentions_in(source).filter(|mention| mention.span.end() < written && !is_place(mention));
    before.find(is_writer).or_else(|| scene.mentions_in(source).filter(is_writer).find(by))
}

/// Whether the one mentioned can be a speaker: a place can where its name or a phrase (`the French`) stands for its
/// government, but not by an adjective alone.
fn can_speak(scene: &Scene, mention: &Mention) -> bool {
    let phrase = || mention.span.slice(scene.text.body()).contains(char::is_whitespace);
    scene.kind(mention.entity) != EntityKind::Place || mention.form != Form::Nominal || phrase()
}
