//! Which words belong to quotes that are found already, so that reports leave those whole.

use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::span::{Span, Tokens};

/// Which quote has which token, as cue or as content.
pub(super) struct Occupied {
    by: Vec<Option<u32>>,
    /// From the first to the last token of each quote, its cue included.
    extents: Vec<Span<Tokens>>,
}

impl Occupied {
    pub(crate) fn new(quoted: &QuotedText, drafts: &[Draft]) -> Self {
        let mut by = vec![None; quoted.text.document.tokens.len()];
        let mut extents = Vec::new();
        for (number, draft) in drafts.iter().enumerate() {
            let parts = draft.cue.iter().chain(&draft.content);
            parts.clone().for_each(|part| by[part.range()].fill(Some(number as u32)));
            extents.push(parts.copied().reduce(Span::join).unwrap_or(Span::new(0, 0)));
        }
        Occupied { by, extents }
    }

    /// Whether a token belongs to a quote.
    pub(crate) fn has(&self, token: usize) -> bool {
        self.by.get(token).is_some_and(Option::is_some)
    }

    /// How many quotes lie in a content; of more than one, two.
    pub(crate) fn inside(&self, content: &[Span<Tokens>]) -> usize {
        let mut numbers = content.iter().flat_map(|piece| &self.by[piece.range()]).flatten();
        let Some(first) = numbers.next() else { return 0 };
        1 + usize::from(numbers.any(|number| number != first))
    }

    /// Whether a piece shares tokens with a quote that does not lie wholly inside it.
    pub(super) fn crosses(&self, piece: Span<Tokens>) -> bool {
        self.by[piece.range()].iter().flatten().any(|number| !piece.covers(self.extents[*number as usize]))
    }
}
