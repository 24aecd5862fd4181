//! Trains the name recognizer: a conditional random field over the scores of a network.

use std::io::Write;

use onrecord::annotate::{Document, Model, Name, Tag};
use onrecord::training::ModelFile;
use onrecord::training::Page;
use onrecord::training::encoded;
use onrecord::training::evidence;
use onrecord::training::features::{Lexeme, Window};
use onrecord::training::recognize::{LABELS, OUTSIDE};
use onrecord::training::segment;
use onrecord::training::tag;
use onrecord::training::{recognize, repair};

use serde_json::json;

use crate::names::Text;
use crate::network::{Counter, Network, Pass, Settings};
use crate::random::Random;

const SETTINGS: Settings = Settings { width: 64, rate: 0.05, unit_dropout: 0.3, feature_dropout: 0.2 };
const EPOCHS: usize = 8;

/// A feature that is rarer than this in the training data is left out from the start.
const LEAST: u32 = 6;
/// How many features are kept in the end.
const KEPT: usize = 36_000;
/// The share of capitalized words that are hidden each time a sentence is seen.
const HIDDEN: f32 = 0.1;

/// A sentence with its gold labels.
#[derive(Clone)]
struct Example {
    lexemes: Vec<Lexeme>,
    evidence: Vec<u32>,
    tags: Vec<Tag>,
    labels: Vec<usize>,
}

impl Example {
    /// The sentence with some capitalized words hidden, as if no text had ever had them: new names are to be known by
    /// their letters, their case and what stands around them. Half of the hidden words are in no list either.
    fn with_hidden_words(&self, random: &mut Random) -> Example {
        let mut hidden = self.clone();
        for lexeme in hidden.lexemes.iter_mut().filter(|lexeme| lexeme.case.is_capital()) {
            if random.unit() < HIDDEN {
                let unknown = (random.unit() * 4e9) as u32;
                (lexeme.form, lexeme.lower, lexeme.codes) = (unknown, unknown, Default::default());
                if random.unit() < 0.5 {
                    lexeme.lists = 0;
                }
            }
        }
        hidden
    }
}

/// Adds the recognizer's parts to `file`; each text comes with how often it is seen in an epoch.
pub fn train(texts: &[(Text, usize)], model: &Model, seed: u64, file: &mut ModelFile) {
    let mut examples = Vec::new();
    let mut order = Vec::new();
    for (text, times) in texts {
        let first = examples.len();
        add_examples(text, model, &mut examples);
        (0..*times).for_each(|_| order.extend(first..examples.len()));
    }
    let mut counter = Counter::default();
    let mut keys = Vec::new();
    for example in &examples {
        for at in 0..example.labels.len() {
            recognize::features(Window(&example.lexemes), &example.evidence, &example.tags, at, &mut keys);
            counter.add(&keys);
        }
    }
    let mut field = Field {
        network: Network::new(counter.keys(LEAST), &[("label", LABELS)], SETTINGS, seed),
        transitions: [[0.0; LABELS]; LABELS],
        squares: [[1e-4; LABELS]; LABELS],
        sums: [[0.0; LABELS]; LABELS],
        rate: SETTINGS.rate,
    };
    eprintln!("names: {} features, {} sentences", field.network.features(), examples.len());
    let mut random = Random::new(seed ^ 2);
    let mut hiding = Random::new(seed ^ 77);
    let mut summed = 0;
    for epoch in 0..EPOCHS {
        let share = 1.0 - 0.9 * epoch as f32 / EPOCHS as f32;
        field.network.set_rate(share);
        field.rate = SETTINGS.rate * share;
        if epoch == EPOCHS / 2 {
            field.network.prune(KEPT);
        }
        random.shuffle(&mut order);
        let loss: f64 =
            order.iter().map(|example| field.learn(&examples[*example].with_hidden_words(&mut hiding))).sum();
        eprintln!("names: epoch {epoch}, loss {:.4} per sentence", loss / order.len() as f64);
        if epoch * 3 >= EPOCHS * 2 {
            field.network.sum_up();
            field.sum_up();
            summed += 1;
        }
    }
    let unit = field.network.quantize(file, "name");
    let transitions: Vec<i32> =
        field.sums.iter().flatten().map(|sum| (sum / summed as f32 / unit).round() as i32).collect();
    file.put_numbers("name.transitions", &transitions);
}

/// Prints what the encoder of names sees of a text, with the label of each token, for `trainer/student`.
///
/// `part` names the corpus.
pub fn write_rows(
    part: &str,
    text: &Text,
    times: usize,
    model: &Model,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let (document, lexemes) = segment(&text.article.body, &model.clusters, &model.splitter);
    let (tags, evidence, labels) = labeled(text, model, &document, &lexemes);
    let rows = encoded::rows(&document, &lexemes, &evidence, &tags);
    writeln!(out, "{}", json!({ "part": part, "times": times, "rows": rows, "labels": labels }))
}

/// Tags a text with the product's own stages; its tags, evidence and gold labels, one for each token.
fn labeled(
    text: &Text,
    model: &Model,
    document: &Document,
    lexemes: &[Lexeme],
) -> (Vec<Tag>, Vec<u32>, Vec<usize>) {
    let tags = tag::tag(&text.article.body, document, lexemes, &model.tagger, &model.lemmas);
    let evidence = evidence(&text.article.body, document, lexemes);
    let mut labels = vec![OUTSIDE; document.tokens.len()];
    let gold = text.names.iter().map(|(span, kind)| Name { tokens: document.tokens_in(*span), kind: *kind });
    let mut gold: Vec<Name> = gold.collect();
    // Some corpora count titles in; ours never do.
    repair::mend(Page::of_tokens(&text.article.body, document), &mut gold);
    for name in &gold {
        for (index, token) in name.tokens.range().enumerate() {
            labels[token] = recognize::label(name.kind, index > 0);
        }
    }
    for sentence in &document.sentences {
        // A name that our segmenter has cut begins anew in the next sentence.
        if let Some(first) =
            labels.get_mut(sentence.start()).filter(|first| **first != OUTSIDE && **first % 2 == 0)
        {
            *first -= 1;
        }
    }
    (tags, evidence, labels)
}

/// Cuts and tags a text with the product's own stages and puts its gold names on the tokens.
fn add_examples(text: &Text, model: &Model, examples: &mut Vec<Example>) {
    let (document, lexemes) = segment(&text.article.body, &model.clusters, &model.splitter);
    let (tags, evidence, labels) = labeled(text, model, &document, &lexemes);
    for sentence in &document.sentences {
        examples.push(Example {
            lexemes: lexemes[sentence.range()].to_vec(),
            evidence: evidence[sentence.range()].to_vec(),
            tags: tags[sentence.range()].to_vec(),
            labels: labels[sentence.range()].to_vec(),
        });
    }
}

struct Field {
    network: Network,
    transitions: [[f32; LABELS]; LABELS],
    squares: [[f32; LABELS]; LABELS],
    sums: [[f32; LABELS]; LABELS],
    rate: f32,
}

impl Field {
    fn sum_up(&mut self) {
        for (sum, value) in self.sums.iter_mut().flatten().zip(self.transitions.iter().flatten()) {
            *sum += value;
        }
    }

    /// Learns from one sentence and gives its loss.
    fn learn(&mut self, example: &Example) -> f64 {
        let length = example.labels.len();
        let mut passes = vec![Pass::default(); length];
        let mut scores = vec![Vec::new(); length];
        let mut keys = Vec::new();
        for at in 0..length {
            recognize::features(Window(&example.lexemes), &example.evidence, &example.tags, at, &mut keys);
            self.network.forward(&keys, true, &mut passes[at]);
            self.network.scores(0, &passes[at], &mut scores[at]);
        }
        let (marginals, pairs, partition) = self.expectations(&scores);
        let mut gold = f64::from(scores[0][example.labels[0]]);
        for at in 1..length {
            let (before, label) = (example.labels[at - 1], example.labels[at]);
            gold += f64::from(scores[at][label] + self.transitions[before][label]);
        }
        for at in 0..length {
            let mut gradient = marginals[at];
            gradient[example.labels[at]] -= 1.0;
            self.network.backward_head(0, &gradient, &mut passes[at]);
            self.network.backward(&mut passes[at]);
        }
        let mut gradient = pairs;
        for at in 1..length {
            gradient[example.labels[at - 1]][example.labels[at]] -= 1.0;
        }
        for before in 0..LABELS {
            for label in 0..LABELS {
                let slope = gradient[before][label];
                self.squares[before][label] += slope * slope;
                self.transitions[before][label] -= self.rate * slope / self.squares[before][label].sqrt();
            }
        }
        partition - gold
    }

    /// Forward and backward sums: label probabilities of each token, expected label pairs, log of the partition sum.
    fn expectations(&self, scores: &[Vec<f32>]) -> (Vec<[f32; LABELS]>, [[f32; LABELS]; LABELS], f64) {
        let length = scores.len();
        let mut forward = vec![[f32::NEG_INFINITY; LABELS]; length];
        let mut backward = vec![[0.0_f32; LABELS]; length];
        for label in (0..LABELS).filter(|label| recognize::may_follow(OUTSIDE, *label)) {
            forward[0][label] = scores[0][label];
        }
        for at in 1..length {
            for label in 0..LABELS {
                let sum = log_sum(
                    (0..LABELS)
                        .filter(|before| recognize::may_follow(*before, label))
                        .map(|before| forward[at - 1][before] + self.transitions[before][label]),
                );
                forward[at][label] = sum + scores[at][label];
            }
        }
        for at in (0..length.saturating_sub(1)).rev() {
            for before in 0..LABELS {
                backward[at][before] =
                    log_sum((0..LABELS).filter(|label| recognize::may_follow(before, *label)).map(|label| {
                        self.transitions[before][label] + scores[at + 1][label] + backward[at + 1][label]
                    }));
            }
        }
        let partition = log_sum(forward[length - 1].iter().copied());
        let mut marginals = vec![[0.0; LABELS]; length];
        let mut pairs = [[0.0; LABELS]; LABELS];
        for at in 0..length {
            for label in 0..LABELS {
                marginals[at][label] = (forward[at][label] + backward[at][label] - partition).exp();
                if at == 0 {
                    continue;
                }
                for before in (0..LABELS).filter(|before| recognize::may_follow(*before, label)) {
                    let way = forward[at - 1][before] + self.transitions[before][label] + scores[at][label];
                    pairs[before][label] += (way + backward[at][label] - partition).exp();
                }
            }
        }
        (marginals, pairs, f64::from(partition))
    }
}

fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let largest = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if largest == f32::NEG_INFINITY {
        return largest;
    }
    largest + values.map(|value| (value - largest).exp()).sum::<f32>().ln()
}
