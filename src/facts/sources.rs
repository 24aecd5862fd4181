//! Finds the subject of a cue: who says what is reported.
//!
//! Knows noun phrases, conjunctions and the parser's subjects.

use super::inflect::VerbForm;
use super::phrase;
use super::quotes::{CueAt, Scene};
use crate::annotate::labels::Upos;
use crate::span::{Span, Tokens};

/// The subject of a cue: the noun phrase before it, or that of the verb it goes with.
pub(super) fn subject_of(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> Option<Span<Tokens>> {
    let text = scene.text;
    let verb = at.tokens.start();
    let outside = |phrase: &Span<Tokens>| phrase.range().all(|token| scene.quotation_of(token).is_none());
    if at.form == VerbForm::Ing || follows_and(scene, bounds, verb) || follows_to(scene, bounds, verb) {
        return first_subject(scene, Span::new(bounds.start(), verb)).filter(outside);
    }
    phrase::before(text, bounds, verb).filter(outside)
}

/// Whether a verb shares the subject of the one before: `X met Y and said`.
fn follows_and(scene: &Scene, bounds: Span<Tokens>, verb: usize) -> bool {
    let text = scene.text;
    let mut token = verb;
    while token > bounds.start() && matches!(text.tags[token - 1].upos, Upos::Adv | Upos::Aux) {
        token -= 1;
    }
    token > bounds.start() && matches!(text.word(token - 1), "and" | "but" | "or")
}

/// Whether a verb is an infinitive: `X went on to say`.
fn follows_to(scene: &Scene, bounds: Span<Tokens>, verb: usize) -> bool {
    verb > bounds.start() && scene.text.word(verb - 1).eq_ignore_ascii_case("to")
}

/// The noun phrase before the first verb of `bounds` that has one, outside quotations.
pub(super) fn first_subject(scene: &Scene, bounds: Span<Tokens>) -> Option<Span<Tokens>> {
    let text = scene.text;
    let is_verb = |token: &usize| matches!(text.tags[*token].upos, Upos::Verb | Upos::Aux);
    let open = |phrase: &Span<Tokens>| phrase.range().all(|token| scene.quotation_of(token).is_none());
    let verbs =
        bounds.range().skip(1).filter(|token| scene.quotation_of(*token).is_none()).filter(is_verb).take(20);
    verbs.filter_map(|verb| phrase::before(text, bounds, verb)).find(open)
}
