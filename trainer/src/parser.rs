//! Trains the parser with a dynamic oracle: it learns from states that its own mistakes lead to.
//!
//! The oracle is that of Goldberg and Nivre (2013) for arc-hybrid transitions: a move costs as many
//! gold arcs as it makes impossible.

use std::error::Error;

use onrecord::annotate::Model;
use onrecord::annotate::Relation;
use onrecord::gear::Gear;
use onrecord::training::ModelFile;
use onrecord::training::features::{Clusters, Lexeme, Window};
use onrecord::training::{Move, State};
use onrecord::training::{features, tag};

use crate::conllu::Treebank;
use crate::network::{Counter, Network, Pass, Settings, best, softmax};
use crate::random::Random;
use crate::tagger;

const SETTINGS: Settings = Settings { width: 96, rate: 0.04, unit_dropout: 0.3, feature_dropout: 0.1 };
const EPOCHS: usize = 12;
/// How many taggers tag the training data, each what it has not seen.
const FOLDS: usize = 4;
/// How often the parser follows its own choice where a better one is known.
const EXPLORE: f32 = 0.9;

/// The heads of the network.
const MOVE: usize = 0;
const LEFT: usize = 1;
const RIGHT: usize = 2;

/// A feature that is rarer than this in the training data is left out from the start.
const LEAST: u32 = 10;
/// How many features are kept in the end.
const KEPT: usize = 38_000;

/// A sentence with its gold tree.
struct Example {
    lexemes: Vec<Lexeme>,
    codes: Vec<u32>,
    tree: Gold,
}

/// A projective tree over one sentence; the root is the index behind the last token.
struct Gold {
    heads: Vec<usize>,
    relations: Vec<Relation>,
    children: Vec<Vec<usize>>,
}

/// Adds the parser's parts to `file`.
pub fn train(
    banks: &[Treebank],
    clusters: &Clusters,
    seed: u64,
    file: &mut ModelFile,
) -> Result<(), Box<dyn Error>> {
    let examples = examples(banks, clusters, seed)?;
    let mut counter = Counter::default();
    let mut keys = Vec::new();
    for example in &examples {
        let mut state = State::new(example.codes.len());
        while !state.is_done() {
            state.features(Window(&example.lexemes), &example.codes, &mut keys);
            counter.add(&keys);
            let step = example.tree.best_moves(&state).into_iter().next().unwrap_or(Move::Shift);
            let relation = example.tree.relation(&state);
            state.apply(step, relation);
        }
    }
    let relations = Relation::ALL.len();
    let heads = [("move", 3), ("left", relations), ("right", relations)];
    let mut network = Network::new(counter.keys(LEAST), &heads, SETTINGS, seed);
    eprintln!("parser: {} features, {} sentences", network.features(), examples.len());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(seed ^ 3);
    for epoch in 0..EPOCHS {
        network.set_rate(1.0 - 0.9 * epoch as f32 / EPOCHS as f32);
        if epoch == EPOCHS / 2 {
            network.prune(KEPT);
        }
        random.shuffle(&mut order);
        let explore = if epoch == 0 { 0.0 } else { EXPLORE };
        let right: usize =
            order.iter().map(|example| learn(&mut network, &examples[*example], explore, &mut random)).sum();
        let total: usize = examples.iter().map(|example| example.codes.len()).sum();
        eprintln!("parser: epoch {epoch}, {:.4} of the heads right in training", right as f64 / total as f64);
        if epoch * 3 >= EPOCHS * 2 {
            network.sum_up();
        }
    }
    network.quantize(file, "parse");
    Ok(())
}

/// Learns from one sentence; gives the number of heads that came out right.
fn learn(network: &mut Network, example: &Example, explore: f32, random: &mut Random) -> usize {
    let mut state = State::new(example.codes.len());
    let (mut keys, mut pass) = (Vec::new(), Pass::default());
    let (mut scores, mut labels) = (Vec::new(), Vec::new());
    while !state.is_done() {
        state.features(Window(&example.lexemes), &example.codes, &mut keys);
        network.forward(&keys, true, &mut pass);
        network.scores(MOVE, &pass, &mut scores);
        for step in Move::ALL.into_iter().filter(|step| !state.allows(*step)) {
            scores[step as usize] = f32::NEG_INFINITY;
        }
        let right = example.tree.best_moves(&state);
        let chosen = Move::ALL[best(&scores)];
        let mut target = right[0];
        for step in &right {
            if scores[*step as usize] > scores[target as usize] {
                target = *step;
            }
        }
        softmax(&mut scores);
        scores[target as usize] -= 1.0;
        network.backward_head(MOVE, &scores, &mut pass);
        let step = if right.contains(&chosen) || random.unit() < explore { chosen } else { target };
        // Relations are learned from arcs of the gold tree only.
        let gold_arc = step != Move::Shift && example.tree.makes_gold_arc(&state, step);
        let relation = example.tree.relation(&state);
        if gold_arc && !state.makes_root(step) {
            let head = if step == Move::Left { LEFT } else { RIGHT };
            network.scores(head, &pass, &mut labels);
            softmax(&mut labels);
            labels[relation as usize] -= 1.0;
            network.backward_head(head, &labels, &mut pass);
        }
        network.backward(&mut pass);
        let relation = if state.makes_root(step) { Relation::Root } else { relation };
        state.apply(step, relation);
    }
    (0..example.codes.len())
        .filter(|token| state.head(*token).unwrap_or(example.codes.len()) == example.tree.heads[*token])
        .count()
}

impl Gold {
    /// The moves that cost least, in the order of all moves.
    fn best_moves(&self, state: &State) -> Vec<Move> {
        let allowed: Vec<Move> = Move::ALL.into_iter().filter(|step| state.allows(*step)).collect();
        let costs: Vec<usize> = allowed.iter().map(|step| self.cost(state, *step)).collect();
        let least = costs.iter().copied().min().unwrap_or(0);
        allowed.into_iter().zip(costs).filter(|(_, cost)| *cost == least).map(|(step, _)| step).collect()
    }

    /// How many gold arcs a move makes impossible.
    fn cost(&self, state: &State, step: Move) -> usize {
        let next = state.next();
        let (top, below) = (state.stacked(0), state.stacked(1));
        match (step, top) {
            (Move::Shift, _) => {
                let buried = &state.stack()[..state.stack().len().saturating_sub(1)];
                let stacked = |token: usize| state.stack().contains(&(token as u32));
                let head = buried.contains(&(self.heads[next] as u32));
                usize::from(head) + self.children[next].iter().filter(|child| stacked(**child)).count()
            }
            (Move::Left, Some(top)) => {
                let head = self.heads[top];
                let lost = Some(head) == below || head > next;
                usize::from(lost) + self.children[top].iter().filter(|child| **child >= next).count()
            }
            (Move::Right, Some(top)) => {
                usize::from(self.heads[top] >= next)
                    + self.children[top].iter().filter(|child| **child >= next).count()
            }
            (_, None) => usize::MAX,
        }
    }

    /// The gold relation of the topmost token.
    fn relation(&self, state: &State) -> Relation {
        state.stacked(0).map_or(Relation::Dep, |top| self.relations[top])
    }

    fn makes_gold_arc(&self, state: &State, step: Move) -> bool {
        let Some(top) = state.stacked(0) else {
            return false;
        };
        let head = if step == Move::Left { Some(state.next()) } else { state.stacked(1) };
        head == Some(self.heads[top])
    }
}

/// All sentences, with tags as a tagger gives them that has not seen them.
fn examples(banks: &[Treebank], clusters: &Clusters, seed: u64) -> Result<Vec<Example>, Box<dyn Error>> {
    let mut examples = Vec::new();
    for fold in 0..FOLDS {
        let (held, seen): (Vec<_>, Vec<_>) =
            banks.iter().enumerate().partition(|(number, _)| number % FOLDS == fold);
        let seen: Vec<&Treebank> = seen.into_iter().map(|(_, bank)| bank).collect();
        let mut file = ModelFile::default();
        file.put_numbers("clusters.words", &[0_u32; 0]);
        tagger::train(&seen, clusters, 5, seed, &mut file);
        let model = Model::from_file(&file, Gear::Fast)?;
        for (_, bank) in held {
            let lexemes = features::lexemes(&bank.article.body, &bank.document, clusters);
            let tags = tag::tag(&bank.article.body, &bank.document, &lexemes, &model.tagger, &model.lemmas);
            for sentence in &bank.document.sentences {
                examples.push(Example {
                    lexemes: lexemes[sentence.range()].to_vec(),
                    codes: tags[sentence.range()].iter().map(|tag| tag::code(tag.upos, tag.xpos)).collect(),
                    tree: gold(bank, sentence.range()),
                });
            }
        }
    }
    Ok(examples)
}

/// The tree of a sentence, made projective: while two arcs cross, the shorter one's head is lifted to its head.
fn gold(bank: &Treebank, sentence: std::ops::Range<usize>) -> Gold {
    let (first, root) = (sentence.start, sentence.len());
    let words = &bank.words[sentence];
    let mut heads: Vec<usize> =
        words.iter().map(|word| word.head.map_or(root, |head| head - first)).collect();
    while let Some(token) = crossing(&heads) {
        heads[token] = heads[heads[token]];
    }
    let mut children = vec![Vec::new(); root + 1];
    heads.iter().enumerate().for_each(|(token, head)| children[*head].push(token));
    Gold { heads, relations: words.iter().map(|word| word.relation).collect(), children }
}

/// The token with the shortest of all arcs that are not projective, if there is one.
fn crossing(heads: &[usize]) -> Option<usize> {
    let dominated = |mut token: usize, head: usize| {
        while token != head && token < heads.len() {
            token = heads[token];
        }
        token == head
    };
    let bad = |token: &usize| {
        let head = heads[*token];
        // Everything is dominated by the root.
        head < heads.len()
            && (head.min(*token) + 1..head.max(*token)).any(|between| !dominated(between, head))
    };
    (0..heads.len()).filter(bad).min_by_key(|token| heads[*token].abs_diff(*token))
}
