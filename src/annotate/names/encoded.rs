//! What the encoder of names sees of a token: numbers of rows in tables of weights.
//!
//! Knows words, word lists, tags and what the article shows of a word elsewhere; nothing of weights. The trainer writes out the
//! same numbers, so that training and use cannot drift apart.

use crate::annotate::document::Document;
use crate::annotate::features::{Lexeme, hashed_row};
use crate::annotate::tag::Tag;

/// How many numbers the encoder of names sees of a token.
pub const COLUMNS: usize = 17;

/// How many rows hashed affixes share; row 0 is kept free.
const AFFIXES: u32 = 4096;

/// How many rows hashed shapes share.
const SHAPES: u32 = 1024;

/// What the encoder of names sees of one token: word, suffixes of three and two letters, prefix of three, shape, case, part
/// of speech, word lists, evidence in three parts, five codes of word clusters, first of its sentence.
pub type NameRow = [u32; COLUMNS];

/// The rows of a document's tokens; `evidence` is that of [`evidence`](crate::annotate::names::nonlocal::evidence()).
pub fn rows(document: &Document, lexemes: &[Lexeme], evidence: &[u32], tags: &[Tag]) -> Vec<NameRow> {
    let mut sentence = u32::MAX;
    let row = |(at, lexeme): (usize, &Lexeme)| {
        let known = evidence.get(at).copied().unwrap_or(0);
        let this = document.tokens[at].sentence;
        let opens = std::mem::replace(&mut sentence, this) != this;
        [
            lexeme.lower,
            hashed_row(lexeme.suffixes[2], AFFIXES),
            hashed_row(lexeme.suffixes[1], AFFIXES),
            hashed_row(lexeme.prefixes[2], AFFIXES),
            hashed_row(lexeme.shape, SHAPES),
            lexeme.case as u32,
            tags.get(at).map_or(0, |tag| tag.upos as u32),
            lexeme.lists,
            known & 0xFF,
            known >> 8 & 0xFF,
            known >> 16,
            u32::from(lexeme.codes[1]),
            u32::from(lexeme.codes[2]),
            u32::from(lexeme.codes[3]),
            u32::from(lexeme.codes[4]),
            u32::from(lexeme.codes[5]),
            u32::from(opens),
        ]
    };
    lexemes.iter().enumerate().map(row).collect()
}
