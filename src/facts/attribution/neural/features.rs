//! What the encoder sees of a token, and of how a token hangs on a cue: numbers of rows in tables of weights.
//!
//! Knows words, tags, trees, names and quotation marks; nothing of weights. The trainer writes out the same numbers
//! ([`token_features`]), so that training and use cannot drift apart.

use crate::annotate::NameKind;
use crate::annotate::features::{Lexeme, hashed_row, lexemes};
use crate::annotate::model::encoder::reports::COLUMNS;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::span::{Span, Tokens};

/// How many rows hashed suffixes and prefixes share; row 0 is kept free.
const AFFIXES: u32 = 4096;

/// From how many tokens on distances to the head count alike.
const FARTHEST_HEAD: isize = 31;

/// How many heads are followed from a token to the cue, so that deep trees take linear time.
const STEPS: usize = 40;

/// Which of the columns are read for themselves.
pub(super) mod column {
    /// 1 inside quotation marks, the marks included.
    pub(in super::super) const QUOTED: usize = 7;
    /// 1 at the first token of a paragraph.
    pub(in super::super) const PARAGRAPH: usize = 8;
    /// 1 at the first token of a sentence.
    pub(in super::super) const SENTENCE: usize = 9;
}

/// What the encoder sees of one token: word, suffix, prefix, case, part of speech, relation, kind of name, marks,
/// paragraph, sentence, where the head stands, word cluster.
pub type TokenRow = [u32; COLUMNS];

/// The rows of all tokens of an article.
pub(in crate::facts) fn token_features(quoted: &QuotedText) -> Vec<TokenRow> {
    let text = quoted.text;
    let document = &text.document;
    let words = lexemes(text.body(), document, &quoted.model.clusters);
    let mut kinds = vec![0; words.len()];
    for name in &text.names {
        kinds[name.tokens.range()].fill(match name.kind {
            NameKind::Person => 1,
            NameKind::Organization => 2,
            NameKind::Place => 3,
            NameKind::Other => 0,
        });
    }
    let (mut paragraph, mut sentence) = (u32::MAX, u32::MAX);
    let row = |(at, lexeme): (usize, &Lexeme)| {
        let token = &document.tokens[at];
        let opens = |last: &mut u32, this: u32| u32::from(std::mem::replace(last, this) != this);
        [
            lexeme.lower,
            hashed_row(lexeme.suffixes[2], AFFIXES),
            hashed_row(lexeme.prefixes[2], AFFIXES),
            lexeme.case as u32,
            text.tags[at].upos as u32,
            text.syntax.relation(at) as u32,
            kinds[at],
            u32::from(quoted.quotation_of(at).is_some()),
            opens(&mut paragraph, token.paragraph),
            opens(&mut sentence, token.sentence),
            to_head(at, text.syntax.head(at)),
            u32::from(lexeme.codes[2]),
        ]
    };
    words.iter().enumerate().map(row).collect()
}

/// Where the head of a token stands: 0 for a root, else its distance, clipped, from 1 on.
fn to_head(token: usize, head: Option<usize>) -> u32 {
    let Some(head) = head else { return 0 };
    let distance = (head as isize - token as isize).clamp(-FARTHEST_HEAD, FARTHEST_HEAD);
    (distance + FARTHEST_HEAD + 1) as u32
}

/// How the tokens of a window hang on a cue: 0 elsewhere, 1 the head of the cue, 2 above it, 3 beside it (another child of
/// what is above), 4 + the relation of the cue's child through which a token hangs on it.
pub(super) fn relations_to(quoted: &QuotedText, cue: Span<Tokens>, window: Span<Tokens>) -> Vec<u32> {
    let syntax = &quoted.text.syntax;
    let inside = |head: Option<usize>| head.is_some_and(|head| cue.range().contains(&head));
    let top = cue.range().find(|token| !inside(syntax.head(*token))).unwrap_or(cue.start());
    let mut rows: Vec<u32> = window.range().map(|token| below(quoted, top, token)).collect();
    let above = syntax.head(top);
    let mut up = above;
    for _ in 0..STEPS {
        let Some(token) = up else { break };
        if window.range().contains(&token) && rows[token - window.start()] == 0 {
            rows[token - window.start()] = 2;
        }
        up = syntax.head(token);
    }
    if let Some(above) = above {
        for token in syntax.children(above).filter(|token| window.range().contains(token)) {
            let row = &mut rows[token - window.start()];
            *row = if *row == 0 { 3 } else { *row };
        }
    }
    rows
}

/// How a token hangs on another: 1 itself, 4 + the relation of that one's child on the way up, 0 not at all.
fn below(quoted: &QuotedText, top: usize, token: usize) -> u32 {
    let syntax = &quoted.text.syntax;
    let (mut at, mut child) = (token, None);
    for _ in 0..STEPS {
        if at == top {
            return child.map_or(1, |child| 4 + syntax.relation(child) as u32);
        }
        let Some(head) = syntax.head(at) else { return 0 };
        (at, child) = (head, Some(at));
    }
    0
}
