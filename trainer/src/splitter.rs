//! Trains the sentence boundaries.

use std::collections::HashSet;

use onrecord::training::ModelFile;
use onrecord::training::boundaries::{ENDS, GOES_ON};
use onrecord::training::features::{self, Clusters, Lexeme, Window};
use onrecord::training::{Boundary, boundaries, tokens_and_verdicts};

use crate::conllu::Treebank;
use crate::network::{Counter, Network, Pass, Settings, softmax};
use crate::random::Random;

const SETTINGS: Settings = Settings { width: 32, rate: 0.05, unit_dropout: 0.2, feature_dropout: 0.1 };
const EPOCHS: usize = 8;
/// A feature that is rarer than this in the training data is left out from the start.
const LEAST: u32 = 5;
/// How many features are kept in the end.
const KEPT: usize = 8_000;

/// A paragraph in our own tokens, with the tokens behind which the treebank ends a sentence.
struct Example {
    lexemes: Vec<Lexeme>,
    verdicts: Vec<Boundary>,
    ends: Vec<bool>,
}

/// Adds the splitter's parts to `file`.
pub fn train(banks: &[&Treebank], clusters: &Clusters, seed: u64, file: &mut ModelFile) {
    let examples: Vec<Example> = banks.iter().flat_map(|bank| examples(bank, clusters)).collect();
    let mut counter = Counter::default();
    for example in &examples {
        example.visit(|keys, _| counter.add(keys));
    }
    let mut network = Network::new(counter.keys(LEAST), &[("label", 2)], SETTINGS, seed);
    eprintln!("splitter: {} features, {} paragraphs", network.features(), examples.len());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random::new(seed ^ 6);
    let (mut scores, mut pass) = (Vec::new(), Pass::default());
    for epoch in 0..EPOCHS {
        network.set_rate(1.0 - 0.9 * epoch as f32 / EPOCHS as f32);
        if epoch * 2 == EPOCHS {
            network.prune(KEPT);
        }
        random.shuffle(&mut order);
        let (mut right, mut total) = (0, 0);
        for example in &order {
            examples[*example].visit(|keys, ends| {
                network.forward(keys, true, &mut pass);
                network.scores(0, &pass, &mut scores);
                let label = if ends { ENDS } else { GOES_ON };
                right += usize::from(scores[label] > scores[1 - label]);
                total += 1;
                softmax(&mut scores);
                scores[label] -= 1.0;
                network.backward_head(0, &scores, &mut pass);
                network.backward(&mut pass);
            });
        }
        eprintln!("splitter: epoch {epoch}, {:.4} right in training", right as f64 / total as f64);
        if epoch * 3 >= EPOCHS * 2 {
            network.sum_up();
        }
    }
    network.quantize(file, "split");
}

impl Example {
    /// Calls `take` with the features of every place where a sentence may end, and whether one does.
    fn visit(&self, mut take: impl FnMut(&[u32], bool)) {
        let mut keys = Vec::new();
        let mut start = 0;
        for at in 0..self.ends.len().saturating_sub(1) {
            if boundaries::is_open(&self.lexemes, at, self.verdicts[at]) {
                boundaries::features(Window(&self.lexemes), &self.verdicts, at, at - start, &mut keys);
                take(&keys, self.ends[at]);
            }
            if self.ends[at] {
                start = at + 1;
            }
        }
    }
}

fn examples(bank: &Treebank, clusters: &Clusters) -> Vec<Example> {
    let (document, verdicts) = tokens_and_verdicts(&bank.article.body);
    let lexemes = features::lexemes(&bank.article.body, &document, clusters);
    let gold = &bank.document;
    let ends: HashSet<usize> = gold.sentences.iter().map(|sentence| gold.bytes(*sentence).end()).collect();
    let paragraphs = document.paragraphs.iter().map(|paragraph| Example {
        lexemes: lexemes[paragraph.range()].to_vec(),
        verdicts: verdicts[paragraph.range()].to_vec(),
        ends: document.tokens[paragraph.range()]
            .iter()
            .map(|token| ends.contains(&token.span.end()))
            .collect(),
    });
    paragraphs.collect()
}
