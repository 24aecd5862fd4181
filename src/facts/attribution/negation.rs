//! What a negation makes of an attribution: who did not say it has not stated it.
//!
//! Knows the words right before a cue. The negation becomes a part of the cue, so that a reader sees it, and makes
//! another act of it: `never said that …` denies, `would not say whether …` and `did not respond to …` refuse.

use crate::annotate::labels::Upos;
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::quote::Act;
use crate::facts::quote_form::{Frame, QuoteForm};
use crate::span::Span;

/// How far before its cue a negation stands at most, in tokens: `has not yet publicly said`.
const REACH: usize = 6;

/// Gives the negation before the cue of a draft, if there is one, its due.
pub(super) fn negate(quoted: &QuotedText, draft: &mut Draft) {
    let Some(cue) = draft.cue else { return };
    if let Some(start) = negation_before(quoted, cue.start()) {
        draft.act = negated(draft.act, asserts(quoted, draft));
        draft.cue = Some(Span::new(start, cue.end()));
    } else if negation_ahead(quoted, draft, cue.start()) {
        draft.act = negated(draft.act, asserts(quoted, draft));
    }
}

/// Whether the clause of a cue begins with a negation that puts the auxiliary before the source: **At no point did** `X say`,
/// **never has** `X claimed`.
fn negation_ahead(quoted: &QuotedText, draft: &Draft, cue: usize) -> bool {
    let text = quoted.text;
    let Some(source) = draft.source.filter(|source| source.end() <= cue) else { return false };
    let first = quoted.sentence_of(cue).start();
    let Some(auxiliary) = source.start().checked_sub(1).filter(|auxiliary| *auxiliary > first) else {
        return false;
    };
    let floor = first.max(auxiliary.saturating_sub(REACH));
    let negates = |token: usize| {
        let word = text.word(token).to_lowercase();
        matches!(word.as_str(), "no" | "not" | "never" | "nowhere" | "neither" | "nor")
    };
    text.tags[auxiliary].upos == Upos::Aux && (floor..auxiliary).any(negates)
}

/// Whether somebody is said not to have said it, whoever that be: `nobody said`, `neither X nor Y said`. It is no report at all.
pub(super) fn is_said_by_nobody(quoted: &QuotedText, draft: &Draft) -> bool {
    const NOBODY: &[&str] = &["nobody", "none", "neither", "no", "no-one", "nothing"];
    let Some(source) = draft.source else { return false };
    let first = quoted.text.word(source.start());
    let is_nobody = NOBODY.iter().any(|word| first.eq_ignore_ascii_case(word));
    is_nobody && draft.quotations.is_empty() && matches!(draft.act, Act::Statement | Act::Thought)
}

/// Where the negated verb group, or the `no` before a noun, begins that ends right before `cue`.
fn negation_before(quoted: &QuotedText, cue: usize) -> Option<usize> {
    let text = quoted.text;
    let floor = quoted.sentence_of(cue).start().max(cue.saturating_sub(REACH));
    if text.tags[cue].upos == Upos::Noun {
        // `had no immediate comment on …`
        return (floor..cue)
            .rev()
            .find(|token| text.tags[*token].upos != Upos::Adj)
            .filter(|token| text.word(*token).eq_ignore_ascii_case("no"));
    }
    let in_group = |token: &usize| {
        matches!(text.tags[*token].upos, Upos::Aux | Upos::Part | Upos::Adv)
            && quoted.quotation_of(*token).is_none()
            && !text.word(*token).eq_ignore_ascii_case("to")
    };
    let start = (floor..cue).rev().take_while(in_group).last()?;
    let negates = |token: &usize| {
        let word = text.word(*token).to_lowercase();
        matches!(word.as_str(), "not" | "n't" | "n’t" | "never" | "cannot" | "nor")
    };
    let opens = |token: &usize| text.tags[*token].upos == Upos::Aux || negates(token);
    (start..cue).find(negates).and_then(|_| (start..cue).find(opens))
}

/// Whether the content of a draft is what somebody would state, not what he would be asked for or speak of.
fn asserts(quoted: &QuotedText, draft: &Draft) -> bool {
    const ASKING: &[&str] = &["whether", "if", "when", "where", "who", "whom", "what", "which", "why", "how"];
    let first = draft.content.first().map_or("", |piece| quoted.text.word(piece.start()));
    match draft.forms.first() {
        Some(
            QuoteForm::Encoder
            | QuoteForm::Report(Frame::Trail | Frame::That | Frame::Clause | Frame::ParsedClause),
        ) => !ASKING.iter().any(|word| first.eq_ignore_ascii_case(word)),
        Some(QuoteForm::Report(_)) => false,
        Some(QuoteForm::NounCue) => first.eq_ignore_ascii_case("that"),
        _ => true,
    }
}

/// What an act becomes when it did not take place.
fn negated(act: Act, asserts: bool) -> Act {
    match act {
        Act::Statement if asserts => Act::Denial,
        Act::Thought => Act::Thought,
        Act::Denial | Act::Refusal | Act::Criticism => Act::Statement,
        _ => Act::Refusal,
    }
}
