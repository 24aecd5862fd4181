//! Who is speaking where, and whom quotes are credited to, as far as names tell.
//!
//! Knows quotes and the entities of names. Read once from left to right.

use crate::annotate::Annotations;
use crate::facts::resolve::Resolution;
use crate::facts::{EntityId, Quote, QuoteKind};
use crate::span::{Byte, Span};

/// The pieces of direct speech and the sources of an article.
pub(super) struct Speech {
    /// In text order, each with its speaker where a name in the source tells it.
    pieces: Vec<(Span<Byte>, Option<EntityId>)>,
    next: usize,
    /// The pieces of all other reports, in the same way.
    reports: Vec<(Span<Byte>, Option<EntityId>)>,
    /// In text order.
    sources: Vec<Span<Byte>>,
}

impl Speech {
    pub(super) fn new(text: &Annotations, quotes: &[Quote], resolution: &Resolution) -> Self {
        let (mut pieces, mut reports) = (Vec::new(), Vec::new());
        for quote in quotes {
            let speaker = quote.source.and_then(|source| named(text, resolution, source));
            let all = if quote.kind == QuoteKind::Direct { &mut pieces } else { &mut reports };
            all.extend(quote.content.iter().map(|piece| (*piece, speaker)));
        }
        pieces.sort_by_key(|(piece, _)| *piece);
        reports.sort_by_key(|(piece, _)| *piece);
        let mut sources: Vec<Span<Byte>> = quotes.iter().filter_map(|quote| quote.source).collect();
        sources.sort();
        sources.dedup();
        Speech { pieces, next: 0, reports, sources }
    }

    /// The direct speech that a place stands in: `None` outside, and its speaker inside. Places must come in text order.
    pub(super) fn at(&mut self, place: usize) -> Option<Option<EntityId>> {
        while self.pieces.get(self.next).is_some_and(|(piece, _)| piece.end() <= place) {
            self.next += 1;
        }
        self.pieces.get(self.next).filter(|(piece, _)| piece.contains(place)).map(|(_, speaker)| *speaker)
    }

    /// Who is reported to say what stands at a place, not in direct speech, as far as a name tells.
    pub(super) fn reporter(&self, place: usize) -> Option<EntityId> {
        let before = self.reports.partition_point(|(piece, _)| piece.start() <= place);
        let (piece, speaker) = self.reports[..before].last()?;
        speaker.filter(|_| piece.contains(place))
    }

    /// Whether a place lies in a source.
    pub(super) fn is_source(&self, place: usize) -> bool {
        let before = self.sources.partition_point(|source| source.start() <= place);
        before.checked_sub(1).is_some_and(|last| self.sources[last].contains(place))
    }
}

/// The entity of the first name in a source.
fn named(text: &Annotations, resolution: &Resolution, source: Span<Byte>) -> Option<EntityId> {
    let tokens = text.document.tokens_in(source);
    let first = text.names.partition_point(|name| name.tokens.end() <= tokens.start());
    let inside = text.names[first..].iter().zip(&resolution.of_name[first..]);
    inside.take_while(|(name, _)| name.tokens.start() < tokens.end()).find_map(|(_, entity)| *entity)
}
