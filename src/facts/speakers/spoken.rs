//! The words that are somebody's own: those in quotation marks, and the turns of transcripts.
//!
//! Knows quotes and tokens; never who speaks.

use crate::annotate::Annotations;
use crate::facts::quote::{Quote, QuoteKind};
use crate::facts::quote_form::QuoteForm;
use crate::span::{Byte, Span};

/// A word in somebody's speech.
#[derive(Clone, Copy)]
pub(crate) struct Spoken {
    pub(crate) token: usize,
    /// The quote it is in, as an index; of nested quotes the inner one.
    pub(crate) quote: usize,
}

/// All words in direct speech.
pub(crate) fn spoken(text: &Annotations, quotes: &[Quote]) -> Vec<Spoken> {
    let mut pieces: Vec<(Span<Byte>, usize)> = Vec::new();
    for (index, quote) in quotes.iter().enumerate() {
        if quote.kind != QuoteKind::Indirect || is_turn(quote) {
            pieces.extend(quote.content.iter().map(|piece| (*piece, index)));
        }
    }
    pieces.sort_by_key(|(piece, _)| (piece.len(), piece.start()));
    let mut claimed = vec![false; text.document.tokens.len()];
    let mut found = Vec::new();
    for (piece, quote) in pieces {
        let throughout = quotes[quote].kind == QuoteKind::Direct || is_turn(&quotes[quote]);
        let mut marked = throughout;
        for token in text.document.tokens_in(piece).range() {
            match text.word(token) {
                "“" | "``" => marked = true,
                "”" | "''" => marked = throughout,
                "\"" => marked = !marked || throughout,
                _ => {}
            }
            if marked && !std::mem::replace(&mut claimed[token], true) {
                found.push(Spoken { token, quote });
            }
        }
    }
    found
}

/// Whether a quote is a turn of a transcript, which may have no quotation marks of its own.
pub(super) fn is_turn(quote: &Quote) -> bool {
    quote.forms.iter().any(|form| matches!(form, QuoteForm::Transcript | QuoteForm::QuotedTurn))
}
