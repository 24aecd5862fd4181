//! A long article is analyzed in parts, so that memory stays bounded and a stop is heard; a very long one not to its end.
//!
//! Knows runs of letters, marks and line ends, and how layers over parts become layers over the whole. Bounds are counts of
//! what stands in the text and never times: one text is cut alike on every machine. Start reading at [`Parts::of`].

use crate::annotate::Annotations;
use crate::annotate::document::{Document, Token};
use crate::annotate::names::name::Name;
use crate::annotate::parse::Tree;
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::tag::Tag;
use crate::article::Article;
use crate::span::{Byte, Span};

/// How many words and marks are analyzed at once. News is ten times shorter; a book has two to eight parts.
pub(crate) const PART_WORDS: usize = 50_000;

/// How many words and marks of one article are analyzed at all: the length of two novels.
pub(crate) const MOST_WORDS: usize = 200_000;

/// A longer run of letters, or of white space, counts as several words: so many bytes each.
const WORD_BYTES: usize = 16;

/// How the text of an article is analyzed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// What is analyzed, one after another; one that is the whole text for nearly every article.
    pub(crate) parts: Vec<Span<Byte>>,
    /// What is not.
    pub(crate) rest: Option<Span<Byte>>,
}

impl Parts {
    /// Cuts a body: between paragraphs where it can, else between lines, sentences, words.
    pub(crate) fn of(body: &str) -> Self {
        Parts::with_bounds(body, PART_WORDS, MOST_WORDS)
    }

    fn with_bounds(body: &str, part_words: usize, most_words: usize) -> Self {
        let mut parts = Vec::new();
        let (mut start, mut left) = (0, most_words);
        while start < body.len() && left > 0 {
            let (length, words) = first_part(&body[start..], part_words.min(left));
            parts.push(Span::new(start, start + length));
            start += length;
            left = left.saturating_sub(words);
        }
        if parts.is_empty() {
            parts.push(Span::new(0, body.len()));
        }
        let rest = Span::new(start, body.len()).trim(body);
        Parts { parts, rest: (!rest.is_empty()).then_some(rest) }
    }
}

/// A stretch of an article as an article of its own.
pub(crate) fn part_of(article: &Article, span: Span<Byte>) -> Article {
    with_body(article, span.slice(&article.body).to_owned())
}

/// An article with another text.
pub(crate) fn with_body(article: &Article, body: String) -> Article {
    Article {
        external_id: article.external_id.clone(),
        title: article.title.clone(),
        body,
        author: article.author.clone(),
        publisher: article.publisher.clone(),
        published_at: article.published_at.clone(),
        url: article.url.clone(),
        language: article.language.clone(),
        source: article.source.clone(),
        whole_file: article.whole_file,
        is_summary: article.is_summary,
    }
}

/// How well a text may be cut at a place; the greater, the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Seam {
    Anywhere,
    Words,
    Sentences,
    Lines,
    Paragraphs,
}

/// How long the first part of a text is that has at most so many words and marks, in bytes; second its words and marks.
///
/// Of the places in the second half of what fits, the best is taken, and the last of those.
fn first_part(text: &str, most: usize) -> (usize, usize) {
    // No text has more words and marks than bytes.
    if text.len() <= most {
        return (text.len(), text.len());
    }
    let mut words = 0;
    let mut best: Option<(Seam, usize, usize)> = None;
    let mut run = Run::default();
    // What the white space before a place holds, and the character before that.
    let (mut seam, mut before) = (Seam::Anywhere, ' ');
    for (offset, character) in text.char_indices() {
        if character.is_whitespace() {
            seam = match (character, seam) {
                ('\n', Seam::Lines) => Seam::Paragraphs,
                ('\n', Seam::Anywhere | Seam::Words | Seam::Sentences) => Seam::Lines,
                (_, Seam::Anywhere) if matches!(before, '.' | '!' | '?') => Seam::Sentences,
                (_, Seam::Anywhere) => Seam::Words,
                _ => seam,
            };
        } else {
            if words > most / 2 && offset > 0 && best.is_none_or(|(known, ..)| known <= seam) {
                best = Some((seam, offset, words));
            }
            (seam, before) = (Seam::Anywhere, character);
        }
        words += run.count(character);
        if words > most {
            // One character counts at most one, so that there was a place, unless all that fits is white space.
            let (_, offset, words) = best.unwrap_or((Seam::Anywhere, offset.max(character.len_utf8()), most));
            return (offset, words);
        }
    }
    (text.len(), words)
}

/// The run of letters, or of white space, that is being counted.
#[derive(Default)]
struct Run {
    letters: bool,
    bytes: usize,
}

impl Run {
    /// What one more character adds to the words and marks of a text: one at most.
    fn count(&mut self, character: char) -> usize {
        let letters = character.is_alphanumeric();
        if !letters && !character.is_whitespace() {
            *self = Run::default();
            return 1;
        }
        if letters != self.letters || self.bytes == 0 {
            *self = Run { letters, bytes: character.len_utf8() };
            return usize::from(letters);
        }
        self.bytes += character.len_utf8();
        let full = self.bytes > WORD_BYTES;
        if full {
            self.bytes -= WORD_BYTES;
        }
        usize::from(full)
    }
}

/// The layers over the parts of an article, as they are joined.
#[derive(Default)]
pub(crate) struct Layers {
    document: Document,
    tags: Vec<Tag>,
    tree: Tree,
    names: Vec<Name>,
    of_games: bool,
}

impl Layers {
    /// Adds the layers over the part that begins at byte `offset` of the article.
    pub(crate) fn add(&mut self, part: Annotations, offset: usize) {
        let document = &mut self.document;
        let [first, sentences, paragraphs] =
            [document.tokens.len(), document.sentences.len(), document.paragraphs.len()];
        let token = |token: Token| Token {
            span: token.span.moved(offset),
            sentence: token.sentence + sentences as u32,
            paragraph: token.paragraph + paragraphs as u32,
        };
        document.tokens.extend(part.document.tokens.into_iter().map(token));
        document.sentences.extend(part.document.sentences.into_iter().map(|span| span.moved(first)));
        document.paragraphs.extend(part.document.paragraphs.into_iter().map(|span| span.moved(first)));
        self.tags.extend(part.tags);
        let Tree { heads, relations } = part.syntax.into_tree();
        self.tree.heads.extend(heads.into_iter().map(|head| head.map(|head| head + first as u32)));
        self.tree.relations.extend(relations);
        let names = part.names.into_iter();
        self.names.extend(names.map(|name| Name { tokens: name.tokens.moved(first), ..name }));
        self.of_games |= part.of_games;
    }

    /// The layers over all that was analyzed of the article.
    pub(crate) fn over(self, article: &Article) -> Annotations<'_> {
        let Layers { document, tags, tree, names, of_games } = self;
        Annotations { article, document, tags, syntax: Syntax::new(tree), names, of_games }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(body: &str, part: usize, most: usize) -> (Vec<&str>, &str) {
        let Parts { parts, rest } = Parts::with_bounds(body, part, most);
        let parts = parts.into_iter().map(|part| part.slice(body)).collect();
        (parts, rest.map_or("", |rest| rest.slice(body)))
    }

    #[test]
    fn a_text_is_cut_at_the_best_place_in_the_second_half() {
        for (body, parts) in [
            ("a b c", &["a b c"][..]),
            ("", &[""]),
            ("a b c d e. f g h", &["a b c d ", "e. f g ", "h"]),
            ("a b c. d e f g h", &["a b c. ", "d e f g ", "h"]),
            ("a b c\nd. e f g h", &["a b c\n", "d. e f ", "g h"]),
            ("a b c\n\nd\ne f g h", &["a b c\n\n", "d\ne f g ", "h"]),
            ("((((((((((", &["((((", "((((", "(("]),
            ("éééééééééééééééééééééééééééééééééééé", &["éééééééééééééééééééééééééééééééé", "éééé"]),
        ] {
            assert_eq!(cut(body, 4, 100), (parts.to_vec(), ""), "{body}");
        }
    }

    #[test]
    fn what_is_beyond_the_most_is_the_rest() {
        assert_eq!(cut("a b c d e f g h i j", 4, 8), (vec!["a b c d ", "e f g h "], "i j"));
        assert_eq!(cut("a b c d e f g h  ", 4, 8), (vec!["a b c d ", "e f g h  "], ""));
    }

    #[test]
    fn parts_are_the_text_up_to_the_rest_whatever_it_is() {
        for body in ["", " ", "\n\n\n\n", "a", "é", "a\u{301}\u{301}", "….", "a b", "\u{1f600} x"] {
            let body = body.repeat(100);
            for bound in [1, 2, 7] {
                let (parts, rest) = cut(&body, bound, 40);
                assert!(parts.iter().all(|part| !part.is_empty()) || body.is_empty());
                assert!(body.starts_with(&parts.concat()));
                assert!(body[parts.concat().len()..].trim() == rest);
            }
        }
    }
}
