//! Block quotes: `Mira Costa wrote in a note:`, and what she wrote is the next paragraph, without a mark.
//!
//! Knows paragraphs that end with a colon and a cue; a list or a heading behind a colon is nobody's words.

use std::collections::HashSet;

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::{cues_at, with_statement};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::attribution::source;
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// How many paragraphs one block has at most.
const LONGEST_BLOCK: usize = 20;

/// How many tokens may stand between the cue and the colon: `in a note to the staff on Tuesday`.
const REACH: usize = 20;

/// The fewest words of a block.
const SHORTEST: usize = 4;

/// The block quotes of an article; `drafts` are the quotes that stand beside cues.
pub(crate) fn blocks(quoted: &QuotedText, drafts: &[Draft]) -> Vec<Draft> {
    let credited: HashSet<usize> = drafts.iter().filter_map(|draft| Some(draft.cue?.start())).collect();
    let paragraphs = &quoted.text.document.paragraphs;
    let mut found: Vec<Draft> = Vec::new();
    for index in 0..paragraphs.len().saturating_sub(1) {
        let free = |cue: Span<Tokens>| !credited.contains(&cue.start());
        let Some(mut draft) = introduction(quoted, paragraphs[index]) else { continue };
        let Some(block) = block(quoted, index + 1).filter(|_| draft.cue.is_some_and(free)) else { continue };
        draft.content.push(block);
        found.push(draft);
    }
    found
}

/// The cue and the source of a paragraph that ends with a colon and introduces somebody's words; no content yet.
fn introduction(quoted: &QuotedText, paragraph: Span<Tokens>) -> Option<Draft> {
    let text = quoted.text;
    let colon = paragraph.end().checked_sub(1).filter(|colon| text.word(*colon) == ":")?;
    let sentence = quoted.sentence_of(colon);
    let bounds = Span::new(sentence.start(), colon);
    let from = bounds.start().max(colon.saturating_sub(REACH));
    let verb = (from..colon).rev().find(|token| matches!(text.tags[*token].upos, Upos::Verb | Upos::Aux))?;
    let at = cues_at(text, verb, colon).into_iter().find(|at| at.cue.takes(takes::QUOTE))?;
    let source = source::subject_of(quoted, bounds, &at)?;
    let open = bounds.range().all(|token| quoted.quotation_of(token).is_none());
    open.then(|| Draft {
        content: Vec::new(),
        cue: Some(with_statement(text, at.tokens, colon)),
        source: Some(source),
        act: at.cue.act,
        forms: vec![QuoteForm::Block],
        confidence: 0.7,
        quotations: Vec::new(),
        is_plain: false,
        encoder: None,
    })
}

/// The block that begins with a paragraph: it alone, or with those behind it in which the same `I` or `we` speaks.
fn block(quoted: &QuotedText, first: usize) -> Option<Span<Tokens>> {
    let text = quoted.text;
    let paragraphs = &text.document.paragraphs;
    let plain = |paragraph: &usize| {
        let tokens = paragraphs[*paragraph];
        let colon = text.word(tokens.end() - 1) == ":";
        !colon && quoted.quotation_of(tokens.start()).is_none() && !is_item(text, tokens)
    };
    let words = |tokens: Span<Tokens>| {
        tokens.range().filter(|token| text.word(*token).starts_with(char::is_alphanumeric)).count()
    };
    let whole = paragraphs.get(first).copied().filter(|tokens| words(*tokens) >= SHORTEST)?;
    if !plain(&first) {
        return None;
    }
    let end = paragraphs.len().min(first + LONGEST_BLOCK);
    let goes_on = |paragraph: &usize| plain(paragraph) && in_first_person(text, paragraphs[*paragraph]);
    let last = (first..end).take_while(goes_on).last().unwrap_or(first);
    Some(whole.join(paragraphs[last]))
}

/// Whether a paragraph is an item of a list.
fn is_item(text: &Annotations, paragraph: Span<Tokens>) -> bool {
    let first = text.word(paragraph.start());
    matches!(first, "•" | "-" | "–" | "—" | "*" | "·") || first.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether somebody says `I` or `we` in a paragraph.
fn in_first_person(text: &Annotations, paragraph: Span<Tokens>) -> bool {
    const FIRST: &[&str] = &["i", "me", "my", "we", "us", "our"];
    let is_first = |token: usize| FIRST.iter().any(|word| text.word(token).eq_ignore_ascii_case(word));
    paragraph.range().any(|token| text.tags[token].upos == Upos::Pron && is_first(token))
}
