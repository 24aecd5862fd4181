//! The text that quotes are found in: an article with its quotation marks paired.

use crate::annotate::Annotations;
use crate::annotate::labels::Upos;
use crate::annotate::model::Model;
use crate::error::Warning;
use crate::facts::attribution::marks::quotation::Quotation;
use crate::facts::attribution::{marks, unclosed};
use crate::span::{Byte, Span, Tokens};

/// An article with its quotations, while quotes are being found.
pub(crate) struct QuotedText<'a> {
    pub(crate) text: &'a Annotations<'a>,
    pub(crate) model: &'a Model,
    pub(super) quotations: Vec<Marked>,
    /// For each token, the quotation that it is in.
    inside: Vec<Option<u32>>,
    pub(crate) warnings: Vec<Warning>,
}

/// A quotation and the tokens it covers, marks included.
pub(crate) struct Marked {
    pub(crate) marks: Quotation,
    pub(crate) tokens: Span<Tokens>,
}

impl<'a> QuotedText<'a> {
    pub(crate) fn new(text: &'a Annotations<'a>, model: &'a Model) -> Self {
        let document = &text.document;
        let paragraphs: Vec<Span<Byte>> =
            document.paragraphs.iter().map(|tokens| document.bytes(*tokens)).collect();
        let (found, warnings) = marks::quotations(text.body(), &paragraphs);
        let quotations: Vec<Marked> = found
            .into_iter()
            .map(|marks| unclosed::without_attribution(text, marks))
            .map(|marks| Marked { marks, tokens: document.tokens_in(marks.span) })
            .filter(|marked| !marked.tokens.is_empty())
            .collect();
        let mut inside = vec![None; document.tokens.len()];
        for (index, marked) in quotations.iter().enumerate() {
            inside[marked.tokens.range()].fill(Some(index as u32));
        }
        QuotedText { text, model, quotations, inside, warnings }
    }

    /// The quotation that a token is in.
    pub(super) fn quotation_of(&self, token: usize) -> Option<usize> {
        self.inside.get(token).copied().flatten().map(|index| index as usize)
    }

    /// The sentence of a token.
    pub(crate) fn sentence_of(&self, token: usize) -> Span<Tokens> {
        let document = &self.text.document;
        document
            .tokens
            .get(token)
            .map_or(Span::new(0, 0), |token| document.sentences[token.sentence as usize])
    }

    /// Name, colon and words of a quotation that is a turn of a quoted transcript: `“RUIZ: I agree.”`
    pub(crate) fn turn(&self, marked: &Marked) -> Option<(Span<Tokens>, Span<Tokens>, Span<Tokens>)> {
        let start = marked.tokens.start() + 1;
        let end = marked.tokens.end() - usize::from(marked.marks.closed);
        let colon = (start..end.min(start + 4)).find(|token| self.text.word(*token) == ":")?;
        let shouted = |token: usize| {
            let word = self.text.word(token);
            word == "." || word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic())
        };
        let named = colon > start && (start..colon).all(shouted) && colon + 1 < end;
        named.then(|| (Span::new(start, colon), Span::new(colon, colon + 1), Span::new(colon + 1, end)))
    }

    /// How many words stand inside a quotation.
    pub(crate) fn words(&self, marked: &Marked) -> usize {
        let is_word = |token: &usize| self.text.word(*token).starts_with(char::is_alphanumeric);
        marked.tokens.range().filter(is_word).count()
    }

    /// The last character inside a quotation.
    pub(super) fn last_inside(&self, marked: &Marked) -> Option<char> {
        marked.marks.inside.slice(self.text.body()).trim_end().chars().next_back()
    }

    /// Whether a quotation reads like speech rather than a title, a nickname or a scare quote.
    pub(super) fn is_speech(&self, marked: &Marked) -> bool {
        let words = self.words(marked);
        let ends = matches!(self.last_inside(marked), Some('.' | '?' | '!' | '…' | ',' | '—' | '–' | '-'));
        let begins = self.sentence_of(marked.tokens.start()).start() == marked.tokens.start();
        words >= 2 && ends && (begins || words >= 4) || words >= 6
    }
}

/// The paragraph of a token.
pub(super) fn paragraph_of(quoted: &QuotedText, token: usize) -> u32 {
    quoted.text.document.tokens.get(token).map_or(0, |token| token.paragraph)
}

/// Whether a verb stands in a span.
pub(super) fn has_verb(quoted: &QuotedText, span: Span<Tokens>) -> bool {
    span.range().any(|token| matches!(quoted.text.tags[token].upos, Upos::Verb | Upos::Aux))
}

/// Where the words of a sentence begin behind a dateline: `PORTO SERENO, June 3 —`, `ESTMARK (HSB) -`.
pub(super) fn behind_dateline(quoted: &QuotedText, bounds: Span<Tokens>) -> usize {
    let text = quoted.text;
    let start = bounds.start();
    let shouted = |word: &str| word.chars().count() > 2 && word.chars().all(char::is_uppercase);
    if !shouted(text.word(start)) {
        return start;
    }
    let head = start..bounds.end().min(start + 16);
    let dash = head.clone().find(|token| matches!(text.word(*token), "—" | "–" | "―" | "-" | "--"));
    let plain =
        |dash: &usize| (start..*dash).all(|token| !matches!(text.tags[token].upos, Upos::Verb | Upos::Aux));
    dash.filter(plain).map_or(start, |dash| dash + 1)
}

/// A span without marks of punctuation at its ends; quotation marks that pair inside it stay.
pub(crate) fn trim(quoted: &QuotedText, span: Span<Tokens>) -> Span<Tokens> {
    let text = quoted.text;
    let loose = |token: usize| {
        text.tags[token].upos == Upos::Punct
            && match quoted.quotation_of(token) {
                Some(index) => !span.covers(quoted.quotations[index].tokens),
                None => !matches!(text.word(token), ")" | "]"),
            }
    };
    let (mut start, mut end) = (span.start(), span.end());
    while start < end && loose(start) {
        start += 1;
    }
    while start < end && loose(end - 1) {
        end -= 1;
    }
    Span::new(start, end)
}
