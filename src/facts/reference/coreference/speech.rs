//! Who is speaking where, and whom quotes are credited to, as far as names tell.
//!
//! Knows quotes and the entities of names. Read once from left to right.

use std::collections::HashMap;

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos};
use crate::facts::entity::EntityId;
use crate::facts::grammar::role::head_of;
use crate::facts::quote::{Quote, QuoteKind};
use crate::facts::reference::resolution::Resolution;
use crate::span::{Byte, Span};

/// The pieces of direct speech and the sources of an article.
pub(super) struct Speech {
    /// In text order.
    pieces: Vec<Piece>,
    next: usize,
    /// The pieces of all other reports, in the same way.
    reports: Vec<(Span<Byte>, Option<EntityId>)>,
    /// In text order, each with the pieces in which a name is somebody else's.
    sources: Vec<(Span<Byte>, Vec<Span<Byte>>)>,
    /// Where direct speech with a source begins, by the start of its source.
    begins: HashMap<usize, usize>,
}

/// A piece of direct speech.
#[derive(Clone, Copy)]
pub(crate) struct Piece {
    span: Span<Byte>,
    /// Who speaks, where a name in the source tells it.
    pub(crate) speaker: Option<EntityId>,
    /// The words that it is credited to.
    pub(crate) source: Option<Span<Byte>>,
}

impl Speech {
    pub(crate) fn new(text: &Annotations, quotes: &[Quote], resolution: &Resolution) -> Self {
        let (mut pieces, mut reports) = (Vec::new(), Vec::new());
        for quote in quotes {
            let speaker = quote.source.and_then(|source| named(text, resolution, source));
            if quote.kind == QuoteKind::Direct {
                let piece = |span: &Span<Byte>| Piece { span: *span, speaker, source: quote.source };
                pieces.extend(quote.content.iter().map(piece));
            } else {
                reports.extend(quote.content.iter().map(|piece| (*piece, speaker)));
            }
        }
        pieces.sort_by_key(|piece| piece.span);
        reports.sort_by_key(|(piece, _)| *piece);
        let mut sources: Vec<(Span<Byte>, Vec<Span<Byte>>)> =
            quotes.iter().filter_map(|quote| Some((quote.source?, of_others(quote)))).collect();
        sources.sort();
        let mut begins = HashMap::new();
        for piece in &pieces {
            if let Some(source) = piece.source {
                begins.entry(source.start()).or_insert(piece.span.start());
            }
        }
        sources.dedup_by(|later, earlier| {
            let same = later.0 == earlier.0;
            if same {
                earlier.1.append(&mut later.1);
            }
            same
        });
        Speech { pieces, next: 0, reports, sources, begins }
    }

    /// The direct speech that a place stands in. Places must come in text order.
    pub(crate) fn at(&mut self, place: usize) -> Option<Piece> {
        while self.pieces.get(self.next).is_some_and(|piece| piece.span.end() <= place) {
            self.next += 1;
        }
        self.pieces.get(self.next).filter(|piece| piece.span.contains(place)).copied()
    }

    /// Who is reported to say what stands at a place, not in direct speech, as far as a name tells.
    pub(super) fn reporter(&self, place: usize) -> Option<EntityId> {
        let before = self.reports.partition_point(|(piece, _)| piece.start() <= place);
        let (piece, speaker) = self.reports[..before].last()?;
        speaker.filter(|_| piece.contains(place))
    }

    /// The place right before direct speech with a source that begins at `source` and stands behind its first words; none where
    /// more speech is right before it.
    pub(super) fn before(&self, text: &Annotations, source: usize) -> Option<usize> {
        let start = *self.begins.get(&source).filter(|start| **start < source)?;
        let first = text.document.tokens.partition_point(|token| token.span.start() < start);
        let before = first.checked_sub(1)?;
        let place = text.document.tokens[before].span.start();
        let piece = self.pieces.partition_point(|piece| piece.span.end() <= place);
        let is_speech = self.pieces.get(piece).is_some_and(|piece| piece.span.contains(place));
        (!is_speech).then_some(before)
    }

    /// Whether a place lies in a source.
    pub(super) fn is_source(&self, place: usize) -> bool {
        self.source(place).is_some()
    }

    /// The pieces in which whoever is the source at a place is not named; none where no source is.
    pub(super) fn of_others(&self, place: usize) -> &[Span<Byte>] {
        self.source(place).map_or(&[], |(_, pieces)| pieces)
    }

    fn source(&self, place: usize) -> Option<&(Span<Byte>, Vec<Span<Byte>>)> {
        let before = self.sources.partition_point(|(source, _)| source.start() <= place);
        self.sources[..before].last().filter(|(source, _)| source.contains(place))
    }
}

/// The pieces of a quote whose names are not its source's: nobody calls himself by name in direct speech, and a pronoun
/// before its content is none of those named there (principle C, Chomsky 1981).
fn of_others(quote: &Quote) -> Vec<Span<Byte>> {
    let behind = |piece: &&Span<Byte>| quote.source.is_some_and(|source| source.end() <= piece.start());
    let others = |piece: &&Span<Byte>| quote.kind == QuoteKind::Direct || behind(piece);
    quote.content.iter().filter(others).copied().collect()
}

/// The entity of the first name in a source that does not just say whose somebody is: **Leo Brandt**’s `lawyer`, `the family of`
/// **Leo Brandt**.
fn named(text: &Annotations, resolution: &Resolution, source: Span<Byte>) -> Option<EntityId> {
    let tokens = text.document.tokens_in(source);
    let says_whose = |name: usize| {
        let head = head_of(&text.syntax, text.names[name].tokens);
        let noun = text.syntax.head(head).filter(|noun| tokens.contains(*noun));
        matches!(text.syntax.relation(head), Relation::Nmod | Relation::NmodPoss)
            && noun.is_some_and(|noun| text.tags[noun].upos == Upos::Noun)
    };
    text.names_in(tokens).filter(|name| !says_whose(*name)).find_map(|name| resolution.of_name[name])
}
