//! What stands in somebody’s speech.
//!
//! Knows the pieces of quotes; never who is related to whom.

use crate::facts::quote::{Quote, QuoteKind};
use crate::span::{Byte, Span};

/// How many pieces are looked at for the innermost quote around a span.
const NEAR: usize = 64;

/// Where somebody is quoted as saying something.
pub(super) struct Spoken<'a> {
    /// The pieces in text order, each with the quote that it is of.
    pieces: Vec<(Span<Byte>, &'a Quote)>,
    /// The furthest end of the pieces up to each, so that one look tells whether any piece covers a span.
    furthest: Vec<usize>,
}

impl<'a> Spoken<'a> {
    /// What is said in the quotes of some kinds. A quotation in pieces that is no whole sentence is the writer’s own.
    pub(super) fn new(quotes: &'a [Quote], kinds: &[QuoteKind]) -> Self {
        let is_whole = |quote: &Quote| quote.kind != QuoteKind::Mixed || quote.content.len() == 1;
        let whole = quotes.iter().filter(|quote| kinds.contains(&quote.kind) && is_whole(quote));
        let pieces = whole.flat_map(|quote| quote.content.iter().map(move |piece| (*piece, quote)));
        let mut pieces: Vec<_> = pieces.collect();
        pieces.sort_by_key(|(piece, _)| *piece);
        let mut reach = 0;
        let furthest = pieces.iter().map(|(piece, _)| {
            reach = reach.max(piece.end());
            reach
        });
        let furthest = furthest.collect();
        Spoken { pieces, furthest }
    }

    /// Whether a span lies in what somebody is quoted as saying.
    pub(super) fn covers(&self, span: Span<Byte>) -> bool {
        self.last_before(span).is_some_and(|last| self.furthest[last] >= span.end())
    }

    /// The innermost quote around a span.
    pub(super) fn quote(&self, span: Span<Byte>) -> Option<&'a Quote> {
        let last = self.last_before(span)?;
        let near = (last.saturating_sub(NEAR)..=last).rev();
        let mut around = near.take_while(|at| self.furthest[*at] >= span.end());
        around.find(|at| self.pieces[*at].0.end() >= span.end()).map(|at| self.pieces[at].1)
    }

    /// The last piece that begins at a span or before it.
    fn last_before(&self, span: Span<Byte>) -> Option<usize> {
        self.pieces.partition_point(|(piece, _)| piece.start() <= span.start()).checked_sub(1)
    }
}
