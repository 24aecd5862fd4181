//! Syntax: one head and one relation for each token.
//!
//! Knows words, tags and the part of the tree that stands already; never names or what a sentence says. Reads a sentence
//! once from left to right with a stack (arc-hybrid transitions: Kuhlmann, Gómez-Rodríguez and Satta 2011), so that time
//! is linear and every tree is projective with exactly one root. Start reading at [`parse`]; `state` has the transitions.

mod state;
pub(crate) mod syntax;

use crate::annotate::document::Document;
use crate::annotate::features::{Lexeme, Window};
use crate::annotate::labels::Relation;
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::{Head, Layer, head, layer};
pub use crate::annotate::parse::state::{Move, State};
use crate::annotate::tag::Tag;
use crate::error::Error;

/// The syntax of a document, one entry per token.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The token that each token depends on, within the same sentence; `None` for the root of a sentence.
    pub heads: Vec<Option<u32>>,
    /// How it depends on it.
    pub relations: Vec<Relation>,
}

impl Tree {
    /// The head of a token.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.heads.get(token).copied().flatten().map(|head| head as usize)
    }

    /// The relation of a token to its head.
    pub fn relation(&self, token: usize) -> Relation {
        self.relations.get(token).copied().unwrap_or(Relation::Dep)
    }
}

/// The trained parser.
#[derive(Debug, Default)]
pub struct Parser {
    layer: Layer,
    moves: Head,
    /// Relations of arcs to the right-hand and the left-hand side.
    left: Head,
    right: Head,
}

impl Parser {
    pub(super) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let layer = layer(file, "parse")?;
        let width = layer.width();
        let parser = Parser {
            moves: head(file, "parse", "move", width)?,
            left: head(file, "parse", "left", width)?,
            right: head(file, "parse", "right", width)?,
            layer,
        };
        let labels = [&parser.left, &parser.right].map(Head::labels);
        if parser.moves.labels() > 0 && (parser.moves.labels() != 3 || labels != [Relation::ALL.len(); 2]) {
            return Err(Error::new("the model's relations are not those of this program"));
        }
        Ok(parser)
    }
}

/// One tree for each sentence.
pub(crate) fn parse(document: &Document, lexemes: &[Lexeme], tags: &[Tag], parser: &Parser) -> Tree {
    let mut tree = Tree::default();
    let mut buffers = Buffers::default();
    let mut codes = Vec::new();
    for sentence in &document.sentences {
        let (Some(lexemes), Some(tags)) = (lexemes.get(sentence.range()), tags.get(sentence.range())) else {
            continue;
        };
        codes.clear();
        codes.extend(tags.iter().map(Tag::code));
        let state = parser.run(Window(lexemes), &codes, &mut buffers);
        let first = sentence.start() as u32;
        tree.heads.extend((0..sentence.len()).map(|token| state.head(token).map(|head| first + head as u32)));
        tree.relations.extend((0..sentence.len()).map(|token| state.relation(token)));
    }
    tree
}

/// Space that is used again for every step.
#[derive(Default)]
struct Buffers {
    keys: Vec<u32>,
    found: Vec<u32>,
    hidden: Vec<i16>,
}

impl Parser {
    fn run(&self, window: Window<'_>, codes: &[u32], buffers: &mut Buffers) -> State {
        let mut state = State::new(codes.len());
        while !state.is_done() {
            state.features(window, codes, &mut buffers.keys);
            self.layer.fill(&buffers.keys, &mut buffers.found, &mut buffers.hidden);
            let step = self.best_move(&state, &buffers.hidden);
            let head = match step {
                Move::Shift => None,
                Move::Left => Some(&self.left),
                Move::Right => Some(&self.right),
            };
            let relation = head.filter(|_| !state.makes_root(step)).map(|head| head.best(&buffers.hidden));
            let relation = relation.and_then(|label| Relation::ALL.get(label)).copied();
            state.apply(step, relation.unwrap_or(Relation::Root));
        }
        state
    }

    fn best_move(&self, state: &State, hidden: &[i16]) -> Move {
        let allowed = Move::ALL.into_iter().filter(|step| state.allows(*step));
        // The first of equals, so that the order of moves decides ties.
        let best = allowed.rev().max_by_key(|step| self.moves.score(hidden, *step as usize));
        best.unwrap_or(Move::Shift)
    }
}
