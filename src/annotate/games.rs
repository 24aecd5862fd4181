//! Sides of games: a town or a country that beats, draws with or signs somebody is a team.
//!
//! Knows the vocabulary of team games, how results, tables and fixtures are laid out, and the words beside a side.
//! In no free corpus of names does a place play against another, and those that have team games call national sides
//! places; so this is said by rules, and only in articles whose words are those of games. Each mention is read for
//! itself: `Valdora beat Estmark in Estmark` names two sides and a place. Where the words around a mention leave it
//! open, it is what the name is in the rest of the article.

mod cards;
mod layout;
mod prose;
mod words;

use std::collections::HashMap;

use super::features::{Case, Lexeme};
use super::tag::Tag;
use super::{Document, Name, NameKind};
use crate::article::Article;
use crate::span::{Span, Tokens};

/// A body whose names are looked at.
#[derive(Clone, Copy)]
struct Page<'a> {
    body: &'a str,
    document: &'a Document,
    lexemes: &'a [Lexeme],
    tags: &'a [Tag],
}

impl<'a> Page<'a> {
    /// The words of one token; empty beyond the ends.
    fn word(self, token: usize) -> &'a str {
        self.document.tokens.get(token).map_or("", |token| token.span.slice(self.body))
    }

    /// The hash of a token's lower case; that of nothing beyond the ends.
    fn lower(self, token: usize) -> u32 {
        self.lexemes.get(token).map_or(0, |lexeme| lexeme.lower)
    }

    fn words(self, tokens: Span<Tokens>) -> &'a str {
        self.document.bytes(tokens).slice(self.body)
    }

    /// Whether a line of the page begins with a token.
    fn begins_line(self, token: usize) -> bool {
        let tokens = &self.document.tokens;
        match (token.checked_sub(1).and_then(|before| tokens.get(before)), tokens.get(token)) {
            (Some(before), Some(here)) => {
                self.body[before.span.end()..here.span.start()].contains(['\n', '\r'])
            }
            _ => true,
        }
    }

    /// Whether nothing stands between a token and the one before it.
    fn is_tight(self, token: usize) -> bool {
        let tokens = &self.document.tokens;
        let before = token.checked_sub(1).and_then(|before| tokens.get(before));
        matches!((before, tokens.get(token)), (Some(before), Some(here)) if before.span.end() == here.span.start())
    }

    /// Whether the page is of team games, by the share and the variety of its words.
    fn is_of_games(self) -> bool {
        let sets = words::sets();
        let (mut sports, mut contests, mut singles, mut all) = (Tally::default(), Tally::default(), 0, 0);
        for lexeme in
            self.lexemes.iter().filter(|lexeme| lexeme.case.is_capital() || lexeme.case == Case::Lower)
        {
            all += 1;
            singles += usize::from(sets.singles.contains(&lexeme.lower));
            if sets.sports.contains(&lexeme.lower) {
                sports.add(lexeme.lower);
            } else if sets.contests.contains(&lexeme.lower) {
                contests.add(lexeme.lower);
            }
        }
        let varied =
            2 * sports.words.len() + contests.words.len() >= 3 && (sports.count + contests.count) * 50 >= all;
        let certain = sports.count > 0 || (contests.words.len() >= 5 && contests.count * 25 >= all);
        varied && certain && singles <= sports.count + contests.count / 12
    }
}

/// Words of one class that a page has.
#[derive(Default)]
struct Tally {
    count: usize,
    /// Each once, and no more than decide.
    words: Vec<u32>,
}

impl Tally {
    fn add(&mut self, word: u32) {
        self.count += 1;
        if self.words.len() < 5 && !self.words.contains(&word) {
            self.words.push(word);
        }
    }
}

/// Whether an article is about team games. If it is, its names of sides become organizations.
pub(super) fn name_sides(
    article: &Article,
    document: &Document,
    lexemes: &[Lexeme],
    tags: &[Tag],
    names: &mut Vec<Name>,
) -> bool {
    let page = Page { body: &article.body, document, lexemes, tags };
    if !page.is_of_games() {
        return false;
    }
    let lines = layout::lines(page);
    let sides = layout::sides(page, &lines, names).into_iter();
    let people = lines.iter().flat_map(|line| cards::people(page, *line));
    let sides = sides.map(|tokens| Name { tokens, kind: NameKind::Organization });
    put(names, sides.chain(people.map(|tokens| Name { tokens, kind: NameKind::Person })).collect());
    settle(page, names);
    true
}

/// Puts names in place of all that they overlap.
fn put(names: &mut Vec<Name>, mut found: Vec<Name>) {
    found.sort_by_key(|name| name.tokens.start());
    found.dedup_by(|behind, before| behind.tokens.overlaps(before.tokens));
    names.retain(|name| {
        let first = found.partition_point(|found| found.tokens.end() <= name.tokens.start());
        found.get(first).is_none_or(|found| !found.tokens.overlaps(name.tokens))
    });
    names.extend(found);
    names.sort_by_key(|name| name.tokens.start());
}

/// Decides for every name that may be a side's whether it is.
fn settle(page: Page<'_>, names: &mut [Name]) {
    let readings = prose::read(page, names);
    let mut votes: HashMap<&str, i32> = HashMap::new();
    for reading in readings.iter().flatten() {
        *votes.entry(&reading.key).or_default() += reading.vote();
    }
    for (name, reading) in names.iter_mut().zip(&readings) {
        if let Some(reading) = reading {
            let elsewhere = votes.get(reading.key.as_str()).copied().unwrap_or(0) - reading.vote();
            name.kind = reading.kind(name.kind, elsewhere);
        }
    }
}
