//! What the repairs of names look at: a body with all layers below its names.

use crate::annotate::document::Document;
use crate::annotate::features::Lexeme;
use crate::annotate::tag::Tag;
use crate::span::{Span, Tokens};

/// A body whose names are looked at. Lexemes, evidence and tags have one entry for each token.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub(crate) body: &'a str,
    pub(crate) document: &'a Document,
    pub(crate) lexemes: &'a [Lexeme],
    pub(crate) evidence: &'a [u32],
    pub(crate) tags: &'a [Tag],
}

impl<'a> Page<'a> {
    /// A body of which nothing but its tokens is known, for repairs that look at words alone.
    pub fn of_tokens(body: &'a str, document: &'a Document) -> Self {
        Page { body, document, lexemes: &[], evidence: &[], tags: &[] }
    }

    /// The words of one token; empty beyond the ends.
    pub(crate) fn word(self, token: usize) -> &'a str {
        self.document.tokens.get(token).map_or("", |token| token.span.slice(self.body))
    }

    /// The hash of a token's lower case; that of nothing beyond the ends.
    pub(crate) fn lower(self, token: usize) -> u32 {
        self.lexemes.get(token).map_or(0, |lexeme| lexeme.lower)
    }

    pub(crate) fn words(self, tokens: Span<Tokens>) -> &'a str {
        self.document.bytes(tokens).slice(self.body)
    }

    /// Whether a line of the page begins with a token.
    pub(super) fn begins_line(self, token: usize) -> bool {
        let tokens = &self.document.tokens;
        match (token.checked_sub(1).and_then(|before| tokens.get(before)), tokens.get(token)) {
            (Some(before), Some(here)) => {
                self.body[before.span.end()..here.span.start()].contains(['\n', '\r'])
            }
            _ => true,
        }
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn is_tight(self, token: usize) -> bool {
        let tokens = &self.document.tokens;
        let before = token.checked_sub(1).and_then(|before| tokens.get(before));
        matches!((before, tokens.get(token)), (Some(before), Some(here)) if before.span.end() == here.span.start())
    }
}
