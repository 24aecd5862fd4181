//! The words of a quote, as two quotes are compared: what is printed, and what counts of it.
//!
//! Knows tokens, marks of quotation and marks of omission. Who says the words, and what they are compared with, it does
//! not know.

use std::ops::Range;

use crate::annotate::Document;
use crate::annotate::Model;
use crate::annotate::segment::segment;
use crate::draft::negation::negates;
use crate::name_key::name_key;
use crate::span::{Byte, Span};

/// What stands right before a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Before {
    /// The word before.
    #[default]
    Nothing,
    /// A comma or the like.
    Mark,
    /// Words that are no part of the quote: `he said`.
    Piece,
    /// Marks that say that words are left out here.
    Ellipsis,
}

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it is printed.
    pub(super) span: Span<Byte>,
    /// The word without case and accents, by which words are equal.
    pub(super) key: String,
    /// The number of its sentence.
    pub(super) sentence: u32,
    pub(super) before: Before,
    /// Whether it stands in quotation marks.
    pub(super) is_quoted: bool,
    /// Whether it is `not` or the like.
    pub(super) negates: bool,
}

/// The words of a quote in their text.
#[derive(Clone, Debug, Default)]
pub(super) struct Wording<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<Word>,
}

impl<'t> Wording<'t> {
    /// The words in some pieces of a text that is cut already; `most` of them.
    pub(super) fn of(text: &'t str, document: &Document, pieces: &[Span<Byte>], most: usize) -> Self {
        let mut words: Vec<Word> = Vec::new();
        for piece in pieces {
            let mut before = if words.is_empty() { Before::Nothing } else { Before::Piece };
            let mut marks = Marks::default();
            for token in &document.tokens[document.tokens_in(*piece).range()] {
                let printed = token.span.slice(text);
                let key = name_key(printed);
                if key.is_empty() {
                    marks.meet(printed);
                    before = before.max(mark(printed));
                    continue;
                }
                if words.len() == most {
                    return Wording { text, words };
                }
                let negates = negates(&key);
                let is_quoted = marks.is_open;
                words.push(Word {
                    span: token.span,
                    key,
                    sentence: token.sentence,
                    before,
                    is_quoted,
                    negates,
                });
                before = Before::Nothing;
            }
        }
        Wording { text, words }
    }

    /// The words of a text that nobody has cut yet.
    pub(super) fn cut(text: &'t str, model: &Model, most: usize) -> Self {
        let (document, _) = segment(text, &model.clusters, &model.splitter);
        Wording::of(text, &document, &[Span::new(0, text.len())], most)
    }

    /// The words in quotation marks alone; between two runs of them stand words of somebody else.
    pub(super) fn quoted(&self) -> Wording<'t> {
        let mut words: Vec<Word> = Vec::new();
        let mut follows = true;
        for word in &self.words {
            if word.is_quoted {
                let before = match follows {
                    true => word.before,
                    false if words.is_empty() => Before::Nothing,
                    false => word.before.max(Before::Piece),
                };
                words.push(Word { before, ..word.clone() });
            }
            follows = word.is_quoted;
        }
        Wording { text: self.text, words }
    }

    /// Some words as printed, with the marks between them.
    pub(super) fn printed(&self, words: Range<usize>) -> &'t str {
        let spans = self.words[words].iter().map(|word| word.span);
        spans.reduce(Span::join).map_or("", |span| span.slice(self.text))
    }

    /// Each word as printed.
    pub(super) fn tokens(&self) -> Vec<&'t str> {
        self.words.iter().map(|word| word.span.slice(self.text)).collect()
    }

    /// Each word as it is compared.
    pub(super) fn keys(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.key.as_str()).collect()
    }

    /// How many of some words negate.
    pub(super) fn negations(&self, words: Range<usize>) -> usize {
        self.words[words].iter().filter(|word| word.negates).count()
    }
}

/// Which quotation marks are open.
#[derive(Default)]
struct Marks {
    is_open: bool,
}

impl Marks {
    fn meet(&mut self, mark: &str) {
        match mark {
            "“" | "«" | "„" | "‘" | "``" => self.is_open = true,
            "”" | "»" | "’" | "''" => self.is_open = false,
            "\"" => self.is_open = !self.is_open,
            _ => {}
        }
    }
}

/// What a token without letters is to the word behind it.
fn mark(printed: &str) -> Before {
    if printed.contains('…') || printed.contains("...") {
        Before::Ellipsis
    } else if printed.chars().all(|character| matches!(character, '-' | '‐' | '“' | '”' | '"' | '‘' | '’'))
    {
        Before::Nothing
    } else {
        Before::Mark
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(wording: &Wording) -> String {
        let word = |word: &Word| match word.before {
            Before::Nothing => word.key.clone(),
            Before::Mark => format!(", {}", word.key),
            Before::Piece => format!("| {}", word.key),
            Before::Ellipsis => format!("… {}", word.key),
        };
        wording.words.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_told_from_marks() {
        for (text, expected) in [
            ("“We don’t, José.”", "we do nt , jose"),
            ("We … will", "we … will"),
            ("well-known (so far)", "well known , so far"),
            ("—?!", ""),
            ("", ""),
        ] {
            assert_eq!(shown(&Wording::cut(text, Model::embedded(), 100)), expected, "{text}");
        }
    }

    #[test]
    fn what_is_quoted_can_be_had_alone() {
        let text = "that the plan was “a disgrace” and would \"cost us all\"";
        let wording = Wording::cut(text, Model::embedded(), 100);
        assert_eq!(shown(&wording.quoted()), "a disgrace | cost us all");
        assert_eq!(wording.printed(1..4), "the plan was");
    }

    #[test]
    fn no_more_words_than_asked_for() {
        assert_eq!(shown(&Wording::cut("a b c d", Model::embedded(), 2)), "a b");
    }
}
