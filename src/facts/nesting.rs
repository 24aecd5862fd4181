//! Which quote is told within another: `Ana Ruiz said that the bank had told her “no”` holds what the bank told.
//!
//! Knows contents, cues and sources by their spans; reads no word.

use crate::facts::quote::Quote;

/// For each quote the one that it is told in, by index: the shortest whose content holds its content, and its cue or source too.
pub fn nest(quotes: &[Quote]) -> Vec<Option<usize>> {
    let by_start = {
        let mut order: Vec<usize> = (0..quotes.len()).collect();
        order.sort_by_key(|index| {
            (quotes[*index].extent().start(), std::cmp::Reverse(quotes[*index].extent().end()))
        });
        order
    };
    let mut within = vec![None; quotes.len()];
    // Those that are not over yet, the outermost first.
    let mut open: Vec<usize> = Vec::new();
    for index in by_start {
        let start = quotes[index].extent().start();
        open.retain(|outer| quotes[*outer].extent().end() > start);
        within[index] = open.iter().rev().copied().find(|outer| tells(&quotes[*outer], &quotes[index]));
        open.push(index);
    }
    within
}

/// Whether the content of `outer` holds that `inner` was said.
fn tells(outer: &Quote, inner: &Quote) -> bool {
    let holds = |span| outer.content.iter().any(|piece| piece.covers(span));
    inner.content.iter().all(|piece| holds(*piece))
        && inner.cue.iter().chain(&inner.source).any(|span| holds(*span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::quote::QuoteKind;
    use crate::facts::quote_form::QuoteForm;
    use crate::span::Span;

    fn quote(content: &[(usize, usize)], cue: (usize, usize), source: (usize, usize)) -> Quote {
        let content = content.iter().map(|(start, end)| Span::new(*start, *end)).collect();
        let (cue, source) = (vec![Span::new(cue.0, cue.1)], Some(Span::new(source.0, source.1)));
        Quote { cue, source, ..Quote::new(content, QuoteKind::Indirect, QuoteForm::NounCue) }
    }

    #[test]
    fn what_is_told_in_a_quote_lies_within_it() {
        // Ana said Ben said Cleo said no.
        let (ana, ben) = (quote(&[(9, 31)], (4, 8), (0, 3)), quote(&[(18, 31)], (13, 17), (9, 12)));
        let cleo = quote(&[(28, 31)], (23, 27), (18, 22));
        assert_eq!(nest(&[cleo, ana, ben]), [Some(2), None, Some(1)]);
    }

    #[test]
    fn a_second_reading_of_the_same_words_is_told_in_nothing() {
        let (whole, part) = (quote(&[(9, 31)], (4, 8), (0, 3)), quote(&[(18, 31)], (4, 8), (0, 3)));
        assert_eq!(nest(&[whole, part]), [None, None]);
        // Broken by its attribution: the tag between the pieces is not within either.
        let broken = quote(&[(0, 10), (20, 40)], (15, 19), (11, 14));
        assert_eq!(nest(&[broken, quote(&[(30, 40)], (15, 19), (11, 14))]), [None, None]);
    }
}
