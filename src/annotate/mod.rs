//! Article → [`Annotations`]: the layers of language analysis.
//!
//! Every stage is pure and cannot fail: it takes the layers below it and gives its own.
//! Nothing here knows files, SQL or other articles.

pub(crate) mod document;
pub mod features;
pub mod labels;
pub mod lemma;
pub mod lexicon;
pub mod model;
pub mod names;
pub(crate) mod offices;
pub mod parse;
pub mod segment;
pub mod tag;

pub use crate::annotate::document::{Document, Token};
use crate::annotate::model::Model;
pub use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::parse::syntax::Syntax;
use crate::annotate::tag::Tag;
use crate::article::Article;
use crate::span::{Span, Tokens};

/// Builds all layers over one article.
pub fn annotate<'a>(article: &'a Article, model: &Model) -> Annotations<'a> {
    let body = article.body.as_str();
    let (document, lexemes) = segment::segment(body, &model.clusters, &model.splitter);
    let tags = tag::tag(body, &document, &lexemes, &model.tagger, &model.lemmas);
    let (names, of_games) = names::names(body, &document, &lexemes, &tags, &model.recognizer);
    let tree = parse::parse(&document, &lexemes, &tags, &model.parser);
    Annotations { article, document, tags, syntax: Syntax::new(tree), names, of_games }
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
}

#[cfg(test)]
pub(crate) mod given;
