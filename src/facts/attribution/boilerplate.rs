//! Knows the lines that a page puts around an article: captions, pointers to other stories, sign-up lines.
//!
//! English only, by their first words. What such a line says is nobody's speech unless it names cue and source itself.

use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::span::{Span, Tokens};

/// How such lines begin, in lower case.
const OPENINGS: &[&[&str]] = &[
    &["image", "caption"],
    &["image", "copyright"],
    &["image", "source"],
    &["media", "caption"],
    &["also", "read"],
    &["read", "also"],
    &["read", "more"],
    &["see", "also"],
    &["sign", "up"],
    &["subscribe", "to"],
    &["click", "here"],
    &["follow", "us"],
    &["share", "this"],
];

/// Whether a draft is nothing but a line of boilerplate read as speech.
pub(super) fn is_boilerplate(quoted: &QuotedText, draft: &Draft) -> bool {
    let document = &quoted.text.document;
    let Some(first) = draft.content.iter().map(|piece| piece.start()).min() else { return false };
    let Some(token) = document.tokens.get(first) else { return false };
    let paragraph = document.paragraphs[token.paragraph as usize];
    let Some(label) = label(quoted, paragraph) else { return false };
    let own = |part: Option<Span<Tokens>>| {
        part.is_some_and(|part| part.start() >= label.end() && paragraph.covers(part))
    };
    !(own(draft.cue) && own(draft.source))
}

/// The words that show a paragraph to be boilerplate.
fn label(quoted: &QuotedText, paragraph: Span<Tokens>) -> Option<Span<Tokens>> {
    let begins = |words: &&[&str]| {
        words
            .iter()
            .enumerate()
            .all(|(place, word)| quoted.text.word(paragraph.start() + place).eq_ignore_ascii_case(word))
    };
    let words = OPENINGS.iter().copied().find(begins)?;
    let end = paragraph.start() + words.len();
    // `Read more:`: what the colon introduces is a title, and the colon no cue.
    let colon = usize::from(quoted.text.word(end) == ":");
    Some(Span::new(paragraph.start(), end + colon))
}
