//! Trains the log-linear model that tells which reading of a cue, if any, is reported speech.
//!
//! The readings come from the product's own `training_candidates`; a reading is right if an annotator marked the same
//! content (Jaccard of at least one half, and no reading of the cue comes closer by more than a hair) at the same cue, or
//! where the annotator marked no cue.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use onrecord::annotate::linear::BUCKETS;
use onrecord::annotate::model::Model;
use onrecord::annotate::model::file::ModelFile;
use onrecord::annotate::reports::word;
use onrecord::annotate::{Annotations, annotate};
use onrecord::article::Article;
use onrecord::facts::{TrainingReading, training_candidates};
use onrecord::span::{Byte, Span};

use crate::random::Random;

/// How often the readings are gone through.
const EPOCHS: usize = 8;

/// How often a feature must be seen to get a weight.
const RARE: u32 = 8;

/// The first step of a weight.
const RATE: f32 = 0.015;

/// What pulls weights towards zero, for each step.
const DECAY: f32 = 0.01;

/// The share of clues that is left out in each step, so that none is relied on alone.
const DROPOUT: f32 = 0.3;

/// What one step of a stored weight is worth.
const UNIT: f32 = 1.0 / 1024.0;

/// A gold attribution: the content's words by where they start, and the bytes of the cue.
struct Gold {
    words: BTreeSet<usize>,
    cue: Vec<Span<Byte>>,
}

/// One cue: the clues that its readings share, then those of each reading and whether it is right.
struct Example {
    shared: Vec<u32>,
    readings: Vec<(Vec<u32>, bool)>,
}

impl Example {
    /// The example without a random share of its clues, the same for all readings.
    fn thinned(&self, salt: u32) -> Example {
        let limit = (DROPOUT * 65_536.0) as u32;
        let stays = |bucket: &&u32| ((**bucket ^ salt).wrapping_mul(0x9E37_79B1) >> 16) >= limit;
        let thin = |clues: &[u32]| clues.iter().filter(stays).copied().collect();
        Example {
            shared: thin(&self.shared),
            readings: self.readings.iter().map(|reading| (thin(&reading.0), reading.1)).collect(),
        }
    }
}

/// How often a lemma must be marked as a cue to count as one.
const MARKED: u32 = 2;

/// In what share of its uses, at least.
const SHARE: f32 = 0.02;

/// Trains on the attributions of `corpus` and adds the parts `report.*`.
pub fn train(
    corpus: &Path,
    model: &Model,
    seed: u64,
    file: &mut ModelFile,
) -> Result<(), Box<dyn std::error::Error>> {
    let rows: Vec<serde_json::Value> =
        fs::read_to_string(corpus)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let articles: Vec<Marked> = rows.iter().map(Marked::new).collect();
    let layers: Vec<Annotations> = articles.iter().map(|one| annotate(&one.article, model)).collect();
    file.put_numbers("report.words", &cue_words(&articles, &layers));
    let model = Model::from_file(file)?;
    let mut examples: Vec<Example> = Vec::new();
    for (article, text) in articles.iter().zip(&layers) {
        article.add_examples(text, &model, &mut examples);
    }
    let readings: usize = examples.iter().map(|example| example.readings.len()).sum();
    let right = examples.iter().filter(|example| example.readings.iter().any(|reading| reading.1)).count();
    eprintln!("report: {} cues, {right} of them right, {readings} readings", examples.len());
    let weights = fit(&mut examples, seed);
    let limit = f32::from(i16::MAX);
    let stored: Vec<i16> =
        weights.iter().map(|weight| (weight / UNIT).round().clamp(-limit, limit) as i16).collect();
    file.put_numbers("report.weights", &stored);
    file.put_numbers("report.unit", &[UNIT]);
    Ok(())
}

/// The lemmas that are marked as cues, or parts of cues, often enough.
fn cue_words(articles: &[Marked], layers: &[Annotations]) -> Vec<u32> {
    let mut counts: HashMap<u32, (u32, u32)> = HashMap::new();
    for (article, text) in articles.iter().zip(layers) {
        let mut marked = vec![false; text.tags.len()];
        for cue in article.attributions.iter().flat_map(|one| &one.cue) {
            marked[text.document.tokens_in(*cue).range()].fill(true);
        }
        for (tag, marked) in text.tags.iter().zip(marked) {
            let count = counts.entry(word(tag)).or_default();
            count.0 += u32::from(marked);
            count.1 += 1;
        }
    }
    let often = |(marked, all): &(u32, u32)| *marked >= MARKED && *marked as f32 >= SHARE * *all as f32;
    let mut words: Vec<u32> =
        counts.iter().filter(|(_, count)| often(count)).map(|(word, _)| *word).collect();
    words.sort_unstable();
    words
}

/// An article with what annotators marked in it.
struct Marked {
    article: Article,
    attributions: Vec<Attribution>,
}

/// The pieces of one attribution, in bytes.
struct Attribution {
    content: Vec<Span<Byte>>,
    cue: Vec<Span<Byte>>,
}

impl Marked {
    /// Reads a row of the corpus, whose offsets count code points.
    fn new(row: &serde_json::Value) -> Self {
        let body = row["text"].as_str().unwrap_or_default().to_owned();
        let mut offsets: Vec<usize> = body.char_indices().map(|(offset, _)| offset).collect();
        offsets.push(body.len());
        let at = |end: &serde_json::Value| {
            offsets.get(end.as_u64().unwrap_or(0) as usize).copied().unwrap_or(body.len())
        };
        let spans = |value: &serde_json::Value| -> Vec<Span<Byte>> {
            let pairs = value.as_array().map(Vec::as_slice).unwrap_or_default();
            pairs.iter().map(|pair| Span::new(at(&pair[0]), at(&pair[1]))).collect()
        };
        let rows = row["attributions"].as_array().map(Vec::as_slice).unwrap_or_default();
        let attribution = |row: &serde_json::Value| Attribution {
            content: spans(&row["content"]),
            cue: spans(&row["cue"]),
        };
        let attributions = rows.iter().map(attribution).collect();
        Marked { article: Article { body, ..Article::default() }, attributions }
    }

    /// Adds the cues of the article with their readings.
    fn add_examples(&self, text: &Annotations, model: &Model, examples: &mut Vec<Example>) {
        let gold: Vec<Gold> = self
            .attributions
            .iter()
            .map(|one| Gold { words: words_in(text, &one.content), cue: one.cue.clone() })
            .collect();
        let all = training_candidates(text, model);
        for cue in all {
            let agreement = |reading: &TrainingReading| {
                let words = words_in(text, &reading.content);
                let at_cue = |gold: &&Gold| {
                    gold.cue.is_empty() || gold.cue.iter().any(|cue| cue.overlaps(reading.cue))
                };
                gold.iter().filter(at_cue).map(|gold| jaccard(&gold.words, &words)).fold(0.0, f32::max)
            };
            let agreements: Vec<f32> = cue.readings.iter().map(agreement).collect();
            let best = agreements.iter().copied().fold(0.0, f32::max);
            let right = |agreement: f32| agreement >= 0.5 && agreement >= best - 0.02;
            let readings = cue.readings.into_iter().zip(agreements);
            let readings = readings.map(|(reading, agreement)| (reading.clues, right(agreement))).collect();
            examples.push(Example { shared: cue.clues, readings });
        }
    }
}

/// The words of some pieces, by their tokens.
fn words_in(text: &Annotations, pieces: &[Span<Byte>]) -> BTreeSet<usize> {
    let tokens = pieces.iter().flat_map(|piece| text.document.tokens_in(*piece).range());
    tokens.filter(|token| text.word(*token).starts_with(char::is_alphanumeric)).collect()
}

/// The share of common words among all words of two sets.
fn jaccard(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f32 {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f32 / all as f32 }
}

/// A log-linear model of the readings of a cue and of none, by AdaGrad (Duchi, Hazan and Singer 2011): one weight
/// for each bucket, the mean over all epochs but the first. Where several readings are right, their sum counts.
fn fit(examples: &mut [Example], seed: u64) -> Vec<f32> {
    without_rare(examples);
    let mut weights = Weights::new();
    let mut sums = vec![0.0_f32; BUCKETS];
    let mut random = Random::new(seed);
    for epoch in 0..EPOCHS {
        random.shuffle(examples);
        examples.iter().for_each(|example| weights.learn(&example.thinned(random.next() as u32)));
        if epoch > 0 {
            sums.iter_mut().zip(&weights.values).for_each(|(sum, weight)| *sum += weight);
        }
    }
    sums.iter().map(|sum| sum / (EPOCHS - 1) as f32).collect()
}

/// Leaves out clues that are too rare for a weight.
fn without_rare(examples: &mut [Example]) {
    let mut counts = vec![0_u32; BUCKETS];
    for example in examples.iter() {
        let clues = example.shared.iter().chain(example.readings.iter().flat_map(|reading| &reading.0));
        clues.for_each(|bucket| counts[*bucket as usize] += 1);
    }
    let often = |bucket: &u32| counts[*bucket as usize] >= RARE;
    for example in examples.iter_mut() {
        example.shared.retain(often);
        example.readings.iter_mut().for_each(|reading| reading.0.retain(often));
    }
}

/// Weights with what AdaGrad remembers of their gradients.
struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
}

impl Weights {
    fn new() -> Self {
        Weights { values: vec![0.0; BUCKETS], squares: vec![1.0; BUCKETS] }
    }

    fn sum(&self, buckets: &[u32]) -> f32 {
        buckets.iter().map(|bucket| self.values[*bucket as usize]).sum()
    }

    /// One step on one cue.
    fn learn(&mut self, example: &Example) {
        let shared = self.sum(&example.shared);
        let score = |reading: &(Vec<u32>, bool)| {
            ((shared + self.sum(&reading.0)) / (1.0 - DROPOUT)).clamp(-20.0, 20.0).exp()
        };
        let odds: Vec<f32> = example.readings.iter().map(score).collect();
        let all: f32 = 1.0 + odds.iter().sum::<f32>();
        let right: f32 =
            example.readings.iter().zip(&odds).filter(|(reading, _)| reading.1).map(|(_, odds)| odds).sum();
        let mut whole = 0.0;
        for (reading, odds) in example.readings.iter().zip(&odds) {
            let wanted = if reading.1 { odds / right } else { 0.0 };
            let error = wanted - odds / all;
            whole += error;
            self.step(&reading.0, error);
        }
        self.step(&example.shared, whole);
    }

    fn step(&mut self, buckets: &[u32], error: f32) {
        for bucket in buckets {
            let bucket = *bucket as usize;
            let gradient = error - DECAY * error.abs() * self.values[bucket];
            self.squares[bucket] += gradient * gradient;
            self.values[bucket] += RATE * gradient / self.squares[bucket].sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_reading_wins_over_the_wrong_one_and_over_none() {
        let right = || Example { shared: vec![1], readings: vec![(vec![2], true), (vec![3], false)] };
        let wrong = || Example { shared: vec![4], readings: vec![(vec![2], false)] };
        let mut examples: Vec<Example> = (0..200).flat_map(|_| [right(), wrong()]).collect();
        let weights = fit(&mut examples, 1);
        assert!(weights[1] + weights[2] > 1.0, "the cue reports");
        assert!(weights[2] > weights[3], "this is its content");
        assert!(weights[4] + weights[2] < 0.0, "the other cue does not");
    }

    #[test]
    fn rare_clues_get_no_weight() {
        let mut examples = vec![Example { shared: vec![5], readings: vec![(vec![6], true)] }];
        assert!(fit(&mut examples, 1).iter().all(|weight| *weight == 0.0));
    }
}
