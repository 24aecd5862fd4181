//! Where paragraphs begin and end.
//!
//! Knows line ends and indents. A blank line always parts two paragraphs. A single line end does
//! so too, unless its lines are hard-wrapped: broken mid-sentence at a near-constant width.

use crate::span::{Byte, Span};

/// The least number of lines in a row whose widths tell anything.
const WRAPPED_LINES: usize = 3;
/// No one wraps news text wider than this, in bytes.
const WIDEST_WRAP: usize = 100;
/// Nor narrower.
const NARROWEST_WRAP: usize = 30;
/// How much shorter than the longest a wrapped line may be: about one long word.
const RAGGED: usize = 18;

/// The paragraphs of `text` without white space at their ends; none is empty.
pub(crate) fn cut(text: &str) -> Vec<Span<Byte>> {
    let mut paragraphs = Vec::new();
    let mut block: Vec<Span<Byte>> = Vec::new();
    for line in lines(text) {
        if line.trim(text).is_empty() {
            close(text, &mut block, &mut paragraphs);
        } else {
            block.push(line);
        }
    }
    close(text, &mut block, &mut paragraphs);
    paragraphs
}

/// Cuts a run of lines without a blank one into paragraphs, and empties it.
fn close(text: &str, block: &mut Vec<Span<Byte>>, paragraphs: &mut Vec<Span<Byte>>) {
    let wrapped = is_wrapped(text, block);
    let mut open: Option<Span<Byte>> = None;
    for line in block.drain(..) {
        let joins = wrapped && !is_indented(line.slice(text));
        open = Some(match open {
            Some(paragraph) if joins => paragraph.join(line),
            Some(paragraph) => {
                paragraphs.push(paragraph.trim(text));
                line
            }
            None => line,
        });
    }
    paragraphs.extend(open.map(|paragraph| paragraph.trim(text)));
}

/// The lines of `text` without their ends; `\r\n`, `\n`, `\r`, U+0085, U+2028 and U+2029 end a line.
fn lines(text: &str) -> impl Iterator<Item = Span<Byte>> + '_ {
    let ends = text.char_indices().filter(|(_, character)| {
        matches!(character, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
    });
    let mut start = 0;
    let mut after_return = None;
    ends.map(Some).chain([None]).filter_map(move |end| {
        let Some((offset, character)) = end else {
            return Some(Span::new(start, text.len()));
        };
        let line = Span::new(start, offset);
        start = offset + character.len_utf8();
        let second_half = character == '\n' && after_return == Some(offset);
        after_return = (character == '\r').then_some(offset + 1);
        (!second_half).then_some(line)
    })
}

/// Whether most line ends of a block fall inside sentences, at about one width.
fn is_wrapped(text: &str, block: &[Span<Byte>]) -> bool {
    let Some((_, inner)) = block.split_last() else {
        return false;
    };
    if block.len() < WRAPPED_LINES {
        return block.len() == 2 && continues(text, block[0], block[1]);
    }
    let widest = block.iter().map(|line| line.len()).max().unwrap_or(0);
    if !(NARROWEST_WRAP..=WIDEST_WRAP).contains(&widest) {
        return false;
    }
    let full = inner.iter().filter(|line| line.len() + RAGGED >= widest).count();
    let broken = inner.iter().filter(|line| !ends_sentence(line.slice(text))).count();
    full * 10 >= inner.len() * 6 && broken * 10 >= inner.len() * 6
}

/// Whether the second line goes on with the sentence of the first.
fn continues(text: &str, first: Span<Byte>, second: Span<Byte>) -> bool {
    let (first, second) = (first.slice(text), second.slice(text));
    first.len() >= NARROWEST_WRAP
        && first.len() <= WIDEST_WRAP
        && !ends_sentence(first)
        && second.starts_with(char::is_lowercase)
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['"', '”', '’', '\'', ')', ']']);
    line.ends_with(['.', '!', '?', ':', '…'])
}

fn is_indented(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t') || line.starts_with('\u{3000}')
}
