//! Article → [`Annotations`]: the layers of language analysis.
//!
//! Every stage is pure and cannot fail: it takes the layers below it, and its own part of the model, and gives its own
//! layer. Nothing here knows files, SQL, other articles, or who said what. Start reading at [`annotate`]; the stages stand
//! in it in their order.

mod document;
pub(crate) mod features;
pub(crate) mod labels;
pub(crate) mod layout;
pub(crate) mod lemma;
pub(crate) mod lexicon;
pub(crate) mod model;
pub(crate) mod names;
pub(crate) mod offices;
pub(crate) mod parse;
pub(crate) mod parts;
pub(crate) mod segment;
pub(crate) mod states;
pub(crate) mod tag;

use std::ops::Range;

pub use crate::annotate::document::{Document, Token};
pub use crate::annotate::labels::{Relation, Upos, Xpos};
pub use crate::annotate::layout::{Block, BlockKind};
pub use crate::annotate::model::Model;
use crate::annotate::names::name;
pub use crate::annotate::names::name::{Name, NameKind};
pub use crate::annotate::parse::Tree;
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::segment::boundaries;
pub use crate::annotate::tag::Tag;
use crate::article::Article;
use crate::error::Warning;
use crate::span::{Span, Tokens};

/// Builds all layers over one article.
pub fn annotate<'a>(article: &'a Article, model: &Model) -> Annotations<'a> {
    annotate_while(article, model, &|| true).unwrap_or_else(|| nothing(article))
}

/// Layers with nothing in them.
fn nothing(article: &Article) -> Annotations<'_> {
    let (document, syntax) = (Document::default(), Syntax::default());
    Annotations { article, document, tags: Vec::new(), syntax, names: Vec::new(), of_games: false }
}

/// Builds all layers over one article, unless it does not go on to the last.
pub(crate) fn annotate_while<'a>(
    article: &'a Article,
    model: &Model,
    goes_on: &dyn Fn() -> bool,
) -> Option<Annotations<'a>> {
    let body = article.body.as_str();
    let (document, lexemes) = goes_on().then(|| segment::segment(body, &model.clusters, &model.splitter))?;
    let tags = goes_on().then(|| tag::tag(body, &document, &lexemes, &model.tagger, &model.lemmas))?;
    let (names, of_games) =
        goes_on().then(|| names::names(body, &document, &lexemes, &tags, &model.recognizer))?;
    let tree = goes_on().then(|| parse::parse(&document, &lexemes, &tags, &model.parser))?;
    Some(Annotations { article, document, tags, syntax: Syntax::new(tree), names, of_games })
}

/// Tells of the sentences that were cut because they are too long to be read whole.
pub fn cut_sentences(text: &Annotations) -> impl Iterator<Item = Warning> {
    let document = &text.document;
    let long = document.sentences.iter().filter(|sentence| sentence.len() >= boundaries::MOST_TOKENS);
    long.map(|sentence| Warning {
        span: document.bytes(*sentence),
        message: "a sentence is so long that it is cut",
    })
}

/// All layers over one article.
#[derive(Debug)]
pub struct Annotations<'a> {
    /// The article itself.
    pub article: &'a Article,
    /// Its paragraphs, sentences and tokens.
    pub document: Document,
    /// One for each token.
    pub tags: Vec<Tag>,
    /// One head and relation for each token, and what hangs on each.
    pub syntax: Syntax,
    /// The names in it, in text order, none overlapping another.
    pub names: Vec<Name>,
    /// Whether it is about team games, so that one string may name a place here and its side there.
    pub of_games: bool,
}

impl Annotations<'_> {
    /// The text that all byte spans point into.
    pub fn body(&self) -> &str {
        &self.article.body
    }

    /// The words of one token.
    pub fn word(&self, token: usize) -> &str {
        self.document.tokens.get(token).map_or("", |token| token.span.slice(&self.article.body))
    }

    /// The words that a run of tokens covers, as printed.
    pub fn words(&self, tokens: Span<Tokens>) -> &str {
        self.document.bytes(tokens).slice(&self.article.body)
    }

    /// The name that covers a token, as an index into `names`.
    pub fn name_at(&self, token: usize) -> Option<usize> {
        name::name_at(&self.names, token)
    }

    /// The first name that ends behind a token: the one that covers it, else the next one; their number if there is
    /// none.
    pub fn next_name(&self, token: usize) -> usize {
        name::next_name(&self.names, token)
    }

    /// The first name that begins at a token or behind it; their number if there is none.
    pub fn name_from(&self, token: usize) -> usize {
        name::name_from(&self.names, token)
    }

    /// The name that ends right before a token.
    pub fn name_ending_at(&self, end: usize) -> Option<usize> {
        self.name_at(end.checked_sub(1)?).filter(|index| self.names[*index].tokens.end() == end)
    }

    /// The names that share a token with a span, as indices.
    pub fn names_in(&self, span: Span<Tokens>) -> Range<usize> {
        name::names_in(&self.names, span)
    }
}

#[cfg(test)]
pub(crate) mod given;
