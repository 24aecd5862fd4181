//! The readings of a noun or an adjective: `X’s claim that …`, `doubts about …`, `confident that …`.
//!
//! Knows what completes a noun, and where the sentence goes on whose subject it is.

use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::facts::attribution::indirect::reading::{Reading, Readings, clause, noun_clause};
use crate::facts::attribution::quoted_text::{QuotedText, has_verb, trim};
use crate::facts::grammar::phrase;
use crate::facts::quote_form::Frame;
use crate::span::{Span, Tokens};

/// Every reading of a noun or an adjective with what completes it: `doubts about …`, `confident that …`.
pub(super) fn completed(quoted: &QuotedText, bounds: Span<Tokens>, token: usize) -> Vec<Reading> {
    let text = quoted.text;
    let mut readings = Readings { quoted, bounds, takes: &|_| false, found: Vec::new() };
    let next = behind_author(quoted, bounds, token);
    if next >= bounds.end() {
        return readings.found;
    }
    let main = main_verb(quoted, bounds, token, next);
    let word = text.word(next).to_lowercase();
    match word.as_str() {
        "that" if text.tags[next].upos != Upos::Pron => {
            // The noun may be the subject of a sentence that goes on: `his claim that all was well, nobody …`.
            let comma = (next + 2..bounds.end()).find(|token| text.word(*token) == ",");
            let stop = comma.unwrap_or(bounds.end()).min(main.unwrap_or(bounds.end()));
            readings.grow(Frame::That, clause(quoted, Span::new(bounds.start(), stop), next));
        }
        "to" if next + 1 < bounds.end() && text.tags[next + 1].upos == Upos::Verb => {
            readings.grow(Frame::Infinitive, clause(quoted, bounds, next));
        }
        "whether" | "if" | "how" | "why" | "what" => {
            readings.grow(Frame::Question, clause(quoted, bounds, next))
        }
        _ if text.tags[next].upos == Upos::Adp => {
            readings.grow(Frame::Behind, noun_clause(quoted, bounds, next + 1));
        }
        _ => {}
    }
    for child in quoted.text.syntax.children(token).filter(|child| *child > token) {
        let frame = match quoted.text.syntax.relation(child) {
            Relation::Ccomp => Frame::ParsedClause,
            Relation::Xcomp | Relation::Acl | Relation::Advcl => Frame::ParsedInfinitive,
            _ => continue,
        };
        let extent = quoted.text.syntax.extent(child);
        if extent.start() > token && bounds.covers(extent) {
            readings.grow(frame, Some(trim(quoted, extent)).filter(|span| span.len() >= 2));
        }
    }
    // `his claim that all was well` did not last: the main verb is no part of the claim.
    readings
        .found
        .retain(|reading| !main.is_some_and(|main| reading.content.iter().any(|piece| piece.contains(main))));
    readings.found
}

/// The verb whose subject a noun at the head of its sentence is: the noun hangs on it, or it is one more than the clause
/// from `start` can have.
fn main_verb(quoted: &QuotedText, bounds: Span<Tokens>, noun: usize, start: usize) -> Option<usize> {
    let text = quoted.text;
    let finite = |token: usize| matches!(text.tags[token].xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    if text.tags[noun].upos != Upos::Noun || has_verb(quoted, Span::new(bounds.start(), noun)) {
        return None;
    }
    if let Some(governor) = quoted.text.syntax.head(noun).filter(|governor| *governor > start) {
        let helps = |token: &usize| matches!(text.tags[*token].upos, Upos::Aux | Upos::Adv | Upos::Part);
        return (start + 1..governor).rev().take_while(helps).last().or(Some(governor));
    }
    // Every clause has one verb.
    let mut room = 1_usize;
    for token in start + 1..bounds.end() {
        if finite(token) {
            if room == 0 {
                return Some(token);
            }
            room -= 1;
        } else if matches!(text.tags[token].upos, Upos::Sconj | Upos::Cconj)
            || matches!(
                text.word(token),
                "," | "who" | "which" | "that" | "what" | "when" | "where" | "how" | "why"
            )
        {
            room += 1;
        }
    }
    None
}

/// Where what completes a noun or an adjective begins: behind `by X` (`the claim by Leo Brandt that …`), behind `was`
/// (`her message was that …`), or right behind it.
fn behind_author(quoted: &QuotedText, bounds: Span<Tokens>, token: usize) -> usize {
    let text = quoted.text;
    let next = token + 1;
    let noun = text.tags[token].upos == Upos::Noun;
    let is_that = |token: &usize| *token < bounds.end() && text.word(*token) == "that";
    let behind = match text.word(next) {
        "by" | "from" if noun => phrase::after(text, bounds, next + 1).map(|author| author.end()),
        "is" | "was" if noun => Some(next + 1),
        _ => None,
    };
    behind.filter(is_that).unwrap_or(next)
}
