//! Mends quotations whose closing mark was lost: `“The road is open, Ana Ruiz said.`
//!
//! Knows what an attribution behind speech looks like; `marks`, which knows none, ends such a quotation with its
//! paragraph or at the next opening mark.

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::facts::attribution::marks;
use crate::facts::attribution::marks::quotation::Quotation;
use crate::facts::attribution::tag::{inverted, upright};
use crate::facts::grammar::phrase;
use crate::span::{Byte, Span, Tokens};

/// How many tokens may follow an attribution in its sentence: a time, a place.
const ADJUNCT: usize = 10;

/// A quotation that was never closed ends before the first attribution inside it; any other stays as it is.
///
/// Speech over several paragraphs leaves its marks open too, and may report somebody else: it is not cut unless a
/// mark of the wrong kind stands there.
pub(super) fn without_attribution(text: &Annotations, marks: Quotation) -> Quotation {
    if marks.closed {
        return marks;
    }
    let tokens = text.document.tokens_in(marks.span);
    let goes_on = goes_on(text, marks);
    let ends = |token: &usize| {
        (!goes_on || is_wrong_mark(text.word(*token + 1))) && ends_speech(text, tokens, *token)
    };
    let Some(last) = tokens.range().skip(2).find(ends) else { return marks };
    let end = text.document.tokens[last].span.end();
    Quotation {
        span: Span::new(marks.span.start(), end),
        inside: Span::new(marks.inside.start(), end),
        closed: true,
        ..marks
    }
}

/// Whether a quotation that was left open runs to the end of its paragraph, and the next one opens with a mark.
fn goes_on(text: &Annotations, marks: Quotation) -> bool {
    let paragraphs = &text.document.paragraphs;
    let bytes = |index: usize| paragraphs.get(index).map(|tokens| text.document.bytes(*tokens));
    let runs_out = bytes(marks.paragraph).is_some_and(|here| here.end() <= marks.span.end());
    let opens = |next: Span<Byte>| marks::opens_with_mark(next.slice(text.body()));
    runs_out && (marks.single || bytes(marks.paragraph + 1).is_some_and(opens))
}

/// Whether a word is a single mark where a double one should close: `“The road is open,’ Ana Ruiz said`.
fn is_wrong_mark(word: &str) -> bool {
    matches!(word, "’" | "'")
}

/// Whether speech ends with a token: a comma or the like, and behind it an attribution that closes the sentence.
fn ends_speech(text: &Annotations, tokens: Span<Tokens>, token: usize) -> bool {
    if !matches!(text.word(token), "," | "?" | "!") {
        return false;
    }
    let start = token + 1 + usize::from(is_wrong_mark(text.word(token + 1)));
    let Some(first) = text.document.tokens.get(start) else { return false };
    let sentence = text.document.sentences[first.sentence as usize];
    let bounds = Span::new(start, sentence.end().min(tokens.end()).max(start));
    if bounds.is_empty() {
        return false;
    }
    let subject = |verb: usize| phrase::before(text, bounds, verb);
    let credit = inverted(text, bounds).or_else(|| upright(text, bounds, subject));
    credit.is_some_and(|credit| {
        let rest: Span<Tokens> = Span::new(credit.extent.end().min(bounds.end()), bounds.end());
        let next = rest.start();
        let adjunct =
            matches!(text.tags.get(next).map(|tag| tag.upos), Some(Upos::Punct | Upos::Adp | Upos::Adv));
        rest.is_empty() || rest.len() <= ADJUNCT && (adjunct || phrase::is_time(text.word(next)))
    })
}
