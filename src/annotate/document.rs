//! What an article is cut into: paragraphs, sentences and tokens.
//!
//! Knows where things stand, nothing about what they are.

use crate::span::{Byte, Span, Tokens};

/// What an article is cut into. Spans over tokens index [`Document::tokens`].
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// In text order; every token belongs to exactly one.
    pub paragraphs: Vec<Span<Tokens>>,
    /// In text order; every token belongs to exactly one, and none runs over a paragraph's end.
    pub sentences: Vec<Span<Tokens>>,
    /// In text order, by the conventions of Universal Dependencies (`don't` is two).
    pub tokens: Vec<Token>,
}

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the body.
    pub span: Span<Byte>,
    /// The sentence it belongs to, as an index into [`Document::sentences`].
    pub sentence: u32,
    /// The paragraph it belongs to, as an index into [`Document::paragraphs`].
    pub paragraph: u32,
}

impl Document {
    /// The stretch of text from the first token's start to the last token's end.
    pub fn bytes(&self, tokens: Span<Tokens>) -> Span<Byte> {
        if tokens.is_empty() || tokens.end() > self.tokens.len() {
            return Span::new(0, 0);
        }
        self.tokens[tokens.start()].span.join(self.tokens[tokens.end() - 1].span)
    }

    /// The tokens that share at least a byte with `bytes`.
    pub fn tokens_in(&self, bytes: Span<Byte>) -> Span<Tokens> {
        let start = self.tokens.partition_point(|token| token.span.end() <= bytes.start());
        let end = self.tokens.partition_point(|token| token.span.start() < bytes.end());
        Span::new(start, end.max(start))
    }
}
