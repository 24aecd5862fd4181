//! Article → [`Annotations`]: the layers of language analysis.
//!
//! Every stage is pure and cannot fail: it takes the layers below it and gives its own.
//! Nothing here knows files, SQL or other articles.

mod again;
pub mod evidence;
pub mod features;
mod games;
pub mod labels;
pub mod lemma;
pub mod lexicon;
pub mod linear;
pub mod model;
pub mod names;
pub mod network;
pub(crate) mod offices;
pub mod parse;
pub mod recognize;
pub mod reports;
pub mod segment;
pub mod tag;

use crate::article::Article;
use crate::span::{Byte, Span, Tokens};
use model::Model;
use parse::Tree;
use tag::Tag;

/// Builds all layers over one article.
pub fn annotate<'a>(article: &'a Article, model: &Model) -> Annotations<'a> {
    let (document, lexemes) = segment::segment(article, model);
    let tags = tag::tag(article, &document, &lexemes, model);
    let evidence = evidence::evidence(&article.body, &document, &lexemes);
    let mut names = recognize::recognize(&document, &lexemes, &evidence, &tags, model);
    names::mend(article, &document, &mut names);
    names::join_nicknames(article, &document, &mut names);
    names::drop_titles(article, &document, &mut names);
    names::drop_question_letters(article, &document, &mut names);
    names::part_places(article, &document, &mut names);
    again::find_again(&document, &lexemes, &evidence, &mut names);
    names::add_short_names(article, &document, &tags, &mut names);
    let of_games = games::name_sides(article, &document, &lexemes, &evidence, &tags, &mut names);
    let tree = parse::parse(&document, &lexemes, &tags, model);
    Annotations { article, document, tags, tree, names, of_games }
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
    /// One head and relation for each token.
    pub tree: Tree,
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

/// What an article is cut into. Spans over tokens index [`Document::tokens`].
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// In text order; every token belongs to exactly one.
    pub paragraphs: Vec<Span<Tokens>>,
    /// In text order; every token belongs to exactly one, and none runs over a paragraph's end.
    pub sentences: Vec<Span<Tokens>>,
    /// In text order, by the conventions of Universal Dependencies (`don't` is two).
    pub tokens: Vec<Token>,
}

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the body.
    pub span: Span<Byte>,
    /// The sentence it belongs to, as an index into [`Document::sentences`].
    pub sentence: u32,
    /// The paragraph it belongs to, as an index into [`Document::paragraphs`].
    pub paragraph: u32,
}

impl Document {
    /// The stretch of text from the first token's start to the last token's end.
    pub fn bytes(&self, tokens: Span<Tokens>) -> Span<Byte> {
        if tokens.is_empty() || tokens.end() > self.tokens.len() {
            return Span::new(0, 0);
        }
        self.tokens[tokens.start()].span.join(self.tokens[tokens.end() - 1].span)
    }

    /// The tokens that share at least a byte with `bytes`.
    pub fn tokens_in(&self, bytes: Span<Byte>) -> Span<Tokens> {
        let start = self.tokens.partition_point(|token| token.span.end() <= bytes.start());
        let end = self.tokens.partition_point(|token| token.span.start() < bytes.end());
        Span::new(start, end.max(start))
    }
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A company, agency, party, armed group, team.
    Organization,
    /// A country, city, region, river, building.
    Place,
    /// Something else: a nationality, an event, a work. Kept so that it is none of the others.
    Other,
}

/// A proper name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, without titles (`Mr.`, `President`) and possessive marks.
    pub tokens: Span<Tokens>,
    /// What it names.
    pub kind: NameKind,
}
