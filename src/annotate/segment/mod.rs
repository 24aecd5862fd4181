//! Cuts an article into paragraphs, tokens and sentences.
//!
//! Knows white space, punctuation, abbreviations and what a trained boundary model says of a place where a sentence may
//! end; no tags, no names. Never changes the text, never drops a visible character, and takes time linear in it. Tokens
//! follow Universal Dependencies: `don't` is `do` + `n't`, `long-term` is three, `U.S.` is one. Start reading at
//! [`segment`].

mod abbreviations;
pub(crate) mod boundaries;
pub(super) mod paragraphs;
mod sentences;
mod tokens;

use crate::annotate::document::{Document, Token};
use crate::annotate::features::{self, Clusters, Lexeme};
use crate::annotate::segment::boundaries::Splitter;
pub use crate::annotate::segment::sentences::Boundary;
use crate::span::Span;

/// Cuts the body of an article (the headline is no part of it), and gives the lexeme of each token too: sentence
/// ends are told by them.
pub fn segment(body: &str, clusters: &Clusters, splitter: &Splitter) -> (Document, Vec<Lexeme>) {
    let (mut document, verdicts) = tokens_and_verdicts(body);
    let lexemes = features::lexemes(body, &document, clusters);
    for (paragraph, tokens) in document.paragraphs.iter().enumerate() {
        for sentence in splitter.cut(&lexemes[tokens.range()], &verdicts[tokens.range()]) {
            let sentence = Span::new(tokens.start() + sentence.start(), tokens.start() + sentence.end());
            for token in &mut document.tokens[sentence.range()] {
                token.sentence = document.sentences.len() as u32;
                token.paragraph = paragraph as u32;
            }
            document.sentences.push(sentence);
        }
    }
    (document, lexemes)
}

/// The tokens and paragraphs of a body without sentences, and what the rules say of the place behind each token.
pub fn tokens_and_verdicts(body: &str) -> (Document, Vec<Boundary>) {
    let mut document = Document::default();
    let mut verdicts = Vec::new();
    for paragraph in paragraphs::cut(body) {
        let first = document.tokens.len();
        let spans = tokens::cut(body, paragraph);
        verdicts.extend(sentences::judge(body, &spans));
        document.tokens.extend(spans.into_iter().map(|span| Token { span, sentence: 0, paragraph: 0 }));
        if document.tokens.len() > first {
            document.paragraphs.push(Span::new(first, document.tokens.len()));
        }
    }
    (document, verdicts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body as the rules cut it; what is learned about the ends of sentences is not asked.
    fn cut(body: &str) -> Document {
        segment(body, &Clusters::default(), &Splitter::default()).0
    }

    /// Writes the cut text with ` ` between tokens, ` | ` between sentences and ` ¶ ` between paragraphs.
    fn marked(body: &str) -> String {
        let document = cut(body);
        let mut out = String::new();
        for (index, token) in document.tokens.iter().enumerate() {
            if let Some(before) = index.checked_sub(1).map(|before| document.tokens[before]) {
                out.push_str(match () {
                    () if before.paragraph != token.paragraph => " ¶ ",
                    () if before.sentence != token.sentence => " | ",
                    () => " ",
                });
            }
            out.push_str(token.span.slice(body));
        }
        out
    }

    #[test]
    fn no_sentence_ends_with_what_an_editor_put_into_it() {
        for (body, expected) in [
            ("I met [Mayor Ana] Ruiz.", Some(Boundary::Never)),
            ("I met her. [Mayor Ana] Ruiz.", None),
            ("[Photo] Ruiz left.", None),
        ] {
            let (document, verdicts) = tokens_and_verdicts(body);
            let closing = document.tokens.iter().position(|token| token.span.slice(body) == "]");
            let verdict = closing.map(|closing| verdicts[closing]);
            assert_eq!(verdict, Some(expected.unwrap_or(Boundary::GoesOn)), "{body}");
        }
    }

    #[test]
    fn tokens_follow_universal_dependencies() {
        for (body, tokens) in [
            ("They don't know.", "They do n't know ."),
            ("Ana’s aunt can’t.", "Ana ’s aunt ca n’t ."),
            ("the players' cannot-do", "the players ' can not - do"),
            ("a long-term U.S.-led plan", "a long - term U.S. - led plan"),
            ("his ex-wife e-mailed co-workers", "his ex-wife e-mailed co-workers"),
            ("It cost $1,200.50 (or 5%).", "It cost $ 1,200.50 ( or 5 % ) ."),
            ("at 5:30pm on 9/11", "at 5:30 pm on 9/11"),
            ("the 1990s, the 30th", "the 1990s , the 30th"),
            (
                "see www.example.org/a-b?c=1, or ana.ruiz@example.org.",
                "see www.example.org/a-b?c=1 , or ana.ruiz@example.org .",
            ),
            ("wait... what?!", "wait ... what ?!"),
            ("O'Neill of AT&T", "O'Neill of AT&T"),
            ("he/she and/or", "he / she and / or"),
            ("Call 555-010-9988 for pages 5-10", "Call 555-010-9988 for pages 5 - 10"),
            ("“Yes”—no", "“ Yes ” — no"),
            ("\"Yes,\" 'no'", "\" Yes , \" ' no '"),
            ("Mr. A. B. Reyes Jr. left", "Mr. A. B. Reyes Jr. left"),
            ("He left at 9 a.m. Monday", "He left at 9 a.m. Monday"),
            ("#news @porto", "#news @porto"),
            ("gonna fly :)", "gon na fly :)"),
        ] {
            assert_eq!(marked(body), tokens);
        }
    }

    #[test]
    fn every_visible_character_is_in_one_token() {
        let body = "Odd \u{200b}marks\u{301} ,, “„ ‚x‘ 北京 שלום \u{feff} a\u{a0}b 🙂👍🏽\t--- ''x``";
        let document = cut(body);
        let mut covered = 0;
        for (offset, character) in body.char_indices() {
            let inside = document.tokens.iter().filter(|token| token.span.contains(offset)).count();
            assert!(inside <= 1);
            assert!(inside == 1 || !character.is_alphanumeric(), "{character:?} at {offset}");
            covered += inside;
        }
        assert!(covered > 20);
    }
}
