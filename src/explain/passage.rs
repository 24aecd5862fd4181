//! The passage around a quote, with its parts marked.
//!
//! The marks are those of our tests: `[S Ana Ruiz] [V said] [C …]`. They work without color; a terminal gets
//! colors as well. Text of the article never reaches the output unescaped.

use crate::annotate::Annotations;
use crate::span::{Byte, Span};
use crate::terminal::one_line;

/// How many sentences are shown around the parts of a quote at most, within their paragraphs.
const SENTENCES: usize = 3;

/// A part of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PassagePart {
    /// Who says it.
    Source,
    /// What signals it.
    Cue,
    /// What is said.
    Content,
}

impl PassagePart {
    /// The letter of its mark.
    fn letter(self) -> char {
        match self {
            PassagePart::Source => 'S',
            PassagePart::Cue => 'V',
            PassagePart::Content => 'C',
        }
    }

    /// The sequence that switches its color on (ECMA-48).
    fn color(self) -> &'static str {
        match self {
            PassagePart::Source => "\u{1b}[36m",
            PassagePart::Cue => "\u{1b}[33m",
            PassagePart::Content => "\u{1b}[32m",
        }
    }
}

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) part: PassagePart,
    pub(crate) span: Span<Byte>,
}

/// The stretch from a few sentences before the first mark to a few behind the last, within their paragraphs.
pub(crate) fn around(text: &Annotations, marks: &[Mark]) -> Span<Byte> {
    let document = &text.document;
    let whole = marks.iter().map(|mark| mark.span).reduce(Span::join).unwrap_or(Span::new(0, 0));
    let tokens = document.tokens_in(whole);
    let (Some(first), Some(last)) =
        (document.tokens.get(tokens.start()), document.tokens.get(tokens.end().saturating_sub(1)))
    else {
        return whole;
    };
    let earliest = document.sentences[(first.sentence as usize).saturating_sub(SENTENCES)];
    let latest = document.sentences[(last.sentence as usize + SENTENCES).min(document.sentences.len() - 1)];
    let start = earliest.start().max(document.paragraphs[first.paragraph as usize].start());
    let end = latest.end().min(document.paragraphs[last.paragraph as usize].end());
    document.bytes(Span::new(start, end)).join(whole)
}

/// The passage with its marks, in lines; `colors` adds colors.
pub(crate) fn marked(body: &str, passage: Span<Byte>, marks: &[Mark], colors: bool) -> Vec<String> {
    let mut printer = Printer { lines: vec![String::new()], open: Vec::new(), colors };
    let mut at = passage.start();
    for (place, edge) in edges(marks) {
        printer.text(Span::<Byte>::new(at, place).slice(body));
        at = at.max(place);
        match edge {
            Edge::Closes => printer.close(),
            Edge::Opens(part) => printer.open(part),
        }
    }
    printer.text(Span::<Byte>::new(at, passage.end()).slice(body));
    printer.lines
}

/// Where a mark begins or ends.
#[derive(Clone, Copy)]
enum Edge {
    Closes,
    Opens(PassagePart),
}

/// The edges of all marks in text order: at one place those that close come first, and wide marks open first.
fn edges(marks: &[Mark]) -> Vec<(usize, Edge)> {
    let mut marks: Vec<Mark> = marks.iter().copied().filter(|mark| !mark.span.is_empty()).collect();
    marks.sort_by_key(|mark| (mark.span.start(), usize::MAX - mark.span.end()));
    let closing = marks.iter().map(|mark| (mark.span.end(), Edge::Closes));
    let opening = marks.iter().map(|mark| (mark.span.start(), Edge::Opens(mark.part)));
    let mut edges: Vec<(usize, Edge)> = closing.chain(opening).collect();
    edges.sort_by_key(|(place, edge)| (*place, matches!(edge, Edge::Opens(_))));
    edges
}

/// Lines that are safe to show.
struct Printer {
    lines: Vec<String>,
    /// The marks that are open, the innermost last.
    open: Vec<PassagePart>,
    colors: bool,
}

impl Printer {
    /// Adds words of the article.
    fn text(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.lines.push(String::new());
            }
            self.add(&one_line(line));
        }
    }

    fn open(&mut self, part: PassagePart) {
        self.open.push(part);
        if self.colors {
            self.add(part.color());
        }
        self.add(&format!("[{} ", part.letter()));
    }

    fn close(&mut self) {
        self.add("]");
        self.open.pop();
        if self.colors {
            self.add(RESET);
            self.add(self.open.last().map_or("", |part| part.color()));
        }
    }

    fn add(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.push_str(text);
        }
    }
}

/// Switches all colors off.
const RESET: &str = "\u{1b}[0m";

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(part: PassagePart, body: &str, words: &str) -> Mark {
        let start = body.find(words).expect("the words are there");
        Mark { part, span: Span::new(start, start + words.len()) }
    }

    #[test]
    fn parts_are_marked_and_the_text_is_escaped() {
        let body = "Ana said:\n\n“No\u{1b}[2J, never.”";
        let marks = [
            mark(PassagePart::Source, body, "Ana"),
            mark(PassagePart::Cue, body, "said"),
            mark(PassagePart::Content, body, "“No\u{1b}[2J, never.”"),
        ];
        let all = Span::new(0, body.len());
        assert_eq!(marked(body, all, &marks, false), ["[S Ana] [V said]:", "", "[C “No\\u{1b}[2J, never.”]"]);
        assert_eq!(marked(body, all, &marks[..1], true)[0], "\u{1b}[36m[S Ana]\u{1b}[0m said:");
    }

    #[test]
    fn a_part_within_another_is_marked_too() {
        let body = "his claim";
        let marks = [mark(PassagePart::Content, body, "his claim"), mark(PassagePart::Source, body, "his")];
        assert_eq!(marked(body, Span::new(0, body.len()), &marks, false), ["[C [S his] claim]"]);
    }
}
