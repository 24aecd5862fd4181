//! [`Citation`]: a quote with all that a reference says of it.

use crate::query::provenance::Provenance;
use crate::query::stored_quote::StoredQuote;

/// A quote with all that a reference says of it.
#[derive(Clone, Copy)]
pub struct Citation<'a> {
    /// The quote and its article.
    pub quote: &'a StoredQuote,
    /// What was read, and by what.
    pub provenance: &'a Provenance,
}

impl Citation<'_> {
    /// Who said it: by name, else as printed.
    pub(super) fn source(&self) -> Option<&str> {
        self.quote.speaker.as_deref().or(self.quote.source.as_deref())
    }

    /// From the first piece's start to the last one's end, in code points.
    pub(super) fn span(&self) -> (usize, usize) {
        let starts = self.quote.pieces.iter().map(|piece| piece.0);
        let ends = self.quote.pieces.iter().map(|piece| piece.1);
        (starts.min().unwrap_or_default(), ends.max().unwrap_or_default())
    }

    /// Who said what, in a line: `Ana Ruiz (said): “We act now.”`
    pub(super) fn said(&self) -> String {
        let source = self.source().unwrap_or("nobody named");
        let cue = self.quote.cue.as_deref().map(|cue| format!(" ({cue})")).unwrap_or_default();
        format!("{source}{cue}: {}", self.quote.text)
    }
}
