//! What a deed is about, as printed: accused **of theft**, urged **to resign**, thanked **for the ferry**.
//!
//! Knows trees and the prepositions that a predicate names; the words are kept as they stand.

use crate::annotate::labels::Relation;
use crate::annotate::offices;
use crate::facts::relations::participants;
use crate::facts::relations::predicates::Predicate;
use crate::facts::relations::scene::Scene;
use crate::span::{Byte, Span, Tokens};

/// The longest detail, in tokens.
const LONGEST: usize = 40;

/// The detail of a deed whose verb is given.
pub(super) fn of_verb(scene: Scene, verb: usize, predicate: &Predicate) -> Option<Span<Byte>> {
    let syntax = &scene.text.syntax;
    let object = syntax.child(verb, &[Relation::Obj]);
    let governors = [Some(verb), object];
    let children = governors.into_iter().flatten().flat_map(|governor| syntax.children(governor));
    let is_content = |child: &usize| {
        let relation = syntax.relation(*child);
        let governs = matches!(
            relation,
            Relation::Obl
                | Relation::Nmod
                | Relation::Advcl
                | Relation::Xcomp
                | Relation::Ccomp
                | Relation::Acl
        );
        governs && *child > verb && introduced(scene, *child, predicate.detail).is_some()
    };
    let content = children.filter(is_content).min()?;
    let start = introduced(scene, content, predicate.detail)?;
    let tokens = Span::new(start, syntax.extent(content).end().min(start + LONGEST));
    Some(scene.text.document.bytes(without_stops(scene, tokens)))
}

/// The thing through which somebody is meant: criticized **Ana Ruiz’s plan**.
pub(super) fn of_thing(
    scene: Scene,
    head: usize,
    meant: Span<Byte>,
    predicate: &Predicate,
) -> Option<Span<Byte>> {
    /// How many words the thing may have; a longer phrase has a clause of its own.
    const LONGEST_THING: usize = 12;
    let phrase = scene.text.syntax.extent(head);
    // `Mayor Ana Ruiz` and `journalist Leo Brandt` are they themselves.
    let word = scene.text.word(head);
    let is_person = offices::is_title(word)
        || offices::rank(word).is_some()
        || participants::is_person_noun(&scene.text.tags[head].lemma);
    let is_thing = predicate.through_things
        && !is_person
        && !meant.contains(scene.text.document.tokens[head].span.start())
        && scene.text.document.bytes(phrase).covers(meant)
        && phrase.len() <= LONGEST_THING;
    is_thing.then(|| scene.text.document.bytes(without_stops(scene, phrase)))
}

/// Where what is introduced by one of these words begins.
fn introduced(scene: Scene, token: usize, words: &[&str]) -> Option<usize> {
    scene.text.syntax.children(token).find(|child| {
        *child < token
            && matches!(scene.text.syntax.relation(*child), Relation::Case | Relation::Mark | Relation::Aux)
            && words.iter().any(|word| scene.text.word(*child).eq_ignore_ascii_case(word))
    })
}

/// Tokens without the stops at their end; a mark of quotation belongs to its words.
fn without_stops(scene: Scene, tokens: Span<Tokens>) -> Span<Tokens> {
    let is_stop = |token: usize| matches!(scene.text.word(token), "." | "," | ";" | ":" | "—" | "–" | "-");
    let end = tokens.range().rev().find(|token| !is_stop(*token)).map_or(tokens.end(), |last| last + 1);
    Span::new(tokens.start(), end)
}
