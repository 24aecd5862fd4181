//! People on the score cards of cricket: who batted, who caught and bowled them, and what the bowlers conceded.
//!
//! Knows the notation alone; between its small letters nothing but names stands.

use crate::annotate::features::Case;
use crate::annotate::names::page::Page;
use crate::span::{Span, Tokens};

/// The most tokens that a name on a card has.
const LONGEST: usize = 7;

/// The people that the line of a card names; none if it is no such line.
pub(crate) fn people(page: Page<'_>, line: Span<Tokens>) -> Vec<Span<Tokens>> {
    batted(page, line).unwrap_or_else(|| bowled(page, line))
}

/// `A. Ruiz c Costa b Sand 14`, `A. Ruiz lbw b Sand 14`, `A. Ruiz not out 14`.
fn batted(page: Page<'_>, line: Span<Tokens>) -> Option<Vec<Span<Tokens>>> {
    let mut people = Vec::new();
    let mut at = line.start();
    let mut out = false;
    while at < line.end() {
        let word = page.word(at);
        if let Some(end) = name(page, at, line.end()) {
            people.push(Span::new(at, end));
            at = end;
            continue;
        }
        out |= matches!(word, "b" | "lbw" | "out");
        let notation = matches!(word, "c" | "b" | "lbw" | "st" | "and" | "run" | "not" | "out" | "*");
        let is_last = at + 1 == line.end() && page.lexemes[at].case == Case::Digits;
        if (!notation || people.is_empty()) && !is_last {
            return None;
        }
        at += 1;
    }
    (out && page.lexemes.get(line.end() - 1)?.case == Case::Digits).then_some(people)
}

/// `Sand 10-2-41-3, Costa 8-0-39-1`: overs, maidens, runs and wickets.
fn bowled(page: Page<'_>, line: Span<Tokens>) -> Vec<Span<Tokens>> {
    let is_figures = |token: &usize| {
        page.lexemes[*token].case == Case::Digits
            && page.word(*token).bytes().filter(|byte| *byte == b'-').count() == 3
    };
    let mut people = Vec::new();
    for figures in line.range().filter(is_figures) {
        let start = (line.start()..figures).rev().take(LONGEST).take_while(|at| is_part(page, *at)).last();
        people
            .extend(start.filter(|start| is_name_part(page, *start)).map(|start| Span::new(start, figures)));
    }
    people
}

/// Where the name that begins at a token ends.
fn name(page: Page<'_>, start: usize, end: usize) -> Option<usize> {
    if !is_name_part(page, start) {
        return None;
    }
    let end = (start + 1..end.min(start + LONGEST))
        .find(|at| !is_part(page, *at))
        .unwrap_or(end.min(start + LONGEST));
    Some(end)
}

fn is_name_part(page: Page<'_>, token: usize) -> bool {
    page.lexemes.get(token).is_some_and(|lexeme| lexeme.case.is_capital())
}

/// Whether a token can stand inside a name: a capital, or what a hyphen or an apostrophe joins to one.
fn is_part(page: Page<'_>, token: usize) -> bool {
    is_name_part(page, token)
        || page.is_tight(token) && (page.word(token) == "-" || page.word(token - 1) == "-")
}
