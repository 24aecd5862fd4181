//! Finds the turns of transcripts: `RUIZ: I have a short statement.`
//!
//! Knows paragraphs and colons. One such line may be anything; several make a transcript.

use std::collections::HashSet;

use super::quotes::{Draft, Scene};
use super::{Act, QuoteForm};
use crate::annotate::NameKind;
use crate::span::{Span, Tokens};

/// How many paragraphs must look like `NAME: words` before an article counts as a transcript.
const TRANSCRIPT_LINES: usize = 3;

/// The turns of a transcript: paragraphs that begin with a speaker's name and a colon, without quotation marks.
pub(super) fn turns(scene: &Scene) -> Vec<Draft> {
    let text = scene.text;
    let turn = |paragraph: &Span<Tokens>| {
        let colon = (paragraph.start() + 1..paragraph.end().min(paragraph.start() + 7))
            .find(|token| text.word(*token) == ":")?;
        let name = Span::new(paragraph.start(), colon);
        let index = text.names.partition_point(|known| known.tokens.end() <= name.start());
        let known = text.names.get(index).is_some_and(|known| {
            known.tokens.overlaps(name) && matches!(known.kind, NameKind::Person | NameKind::Organization)
        });
        let shouted = !text.words(name).contains(char::is_lowercase);
        let named = (known || shouted) && text.words(name).starts_with(char::is_uppercase);
        let open = (colon + 1..paragraph.end()).all(|token| scene.quotation_of(token).is_none());
        let content = Span::new(colon + 1, paragraph.end());
        (named && open && content.len() >= 2).then_some((name, Span::new(colon, colon + 1), content))
    };
    let turns: Vec<_> = text.document.paragraphs.iter().filter_map(turn).collect();
    let speakers: HashSet<&str> = turns.iter().map(|(name, _, _)| text.words(*name)).collect();
    // In a fact box (`Where: …`, `When: …`) nobody has a second turn.
    if turns.len() < TRANSCRIPT_LINES || speakers.len() == turns.len() {
        return Vec::new();
    }
    let draft = |(source, cue, content): (Span<Tokens>, Span<Tokens>, Span<Tokens>)| Draft {
        content: vec![content],
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        forms: vec![QuoteForm::Transcript],
        confidence: 0.7,
        quotations: Vec::new(),
    };
    turns.into_iter().map(draft).collect()
}
