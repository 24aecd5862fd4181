//! Trains the linear model that tells which reading of a cue is reported speech.
//!
//! The readings come from the product's own `training_candidates`; a reading is right if an annotator marked the same
//! content (Jaccard of at least one half, and no reading of the cue comes closer by more than a hair) at the same cue, or
//! where the annotator marked no cue.

use std::collections::BTreeSet;

use onrecord::annotate::annotate;
use onrecord::annotate::linear::BUCKETS;
use onrecord::annotate::model::Model;
use onrecord::annotate::model::file::ModelFile;
use onrecord::facts::{TrainingCandidate, training_candidates};
use onrecord::span::{Byte, Span};

use crate::attributions::Annotated;
use crate::random::Random;

/// How often the readings are gone through.
const EPOCHS: usize = 5;

/// How often a feature must be seen to get a weight.
const RARE: u32 = 4;

/// The first step of a weight.
const RATE: f32 = 0.1;

/// What pulls weights towards zero, for each step.
const DECAY: f32 = 0.01;

/// What one step of a stored weight is worth.
const UNIT: f32 = 1.0 / 1024.0;

/// One reading: its features, and whether it is right.
#[derive(Clone)]
pub struct Example {
    features: Vec<u32>,
    right: bool,
}

/// Learns from readings and puts the parts `report.*` into the file.
pub fn train(mut examples: Vec<Example>, seed: u64, file: &mut ModelFile) {
    let weights = fit(&mut examples, seed);
    let limit = f32::from(i16::MAX);
    let stored: Vec<i16> =
        weights.iter().map(|weight| (weight / UNIT).round().clamp(-limit, limit) as i16).collect();
    file.put_numbers("report.weights", &stored);
    file.put_numbers("report.unit", &[UNIT]);
}

/// The readings of all cues of a corpus, by article.
pub fn readings(corpus: &[Annotated], model: &Model) -> Vec<Vec<Example>> {
    let readings: Vec<Vec<Example>> = corpus.iter().map(|article| readings_of(article, model)).collect();
    let right = readings.iter().flatten().filter(|example| example.right).count();
    eprintln!("report: {} readings, {right} right", readings.iter().map(Vec::len).sum::<usize>());
    readings
}

/// The readings of one article.
fn readings_of(annotated: &Annotated, model: &Model) -> Vec<Example> {
    let text = annotate(&annotated.article, model);
    let words_in = |span: &Span<Byte>| {
        let tokens = text.document.tokens_in(*span);
        let is_word = |token: &usize| text.word(*token).starts_with(char::is_alphanumeric);
        tokens.range().filter(is_word).collect::<Vec<_>>()
    };
    let words = |content: &[Span<Byte>]| content.iter().flat_map(words_in).collect::<BTreeSet<usize>>();
    let gold: Vec<(BTreeSet<usize>, &[Span<Byte>])> =
        annotated.gold.iter().map(|gold| (words(&gold.content), gold.cue.as_slice())).collect();
    let mut examples = Vec::new();
    for readings in training_candidates(&text) {
        let agreement = |reading: &TrainingCandidate| {
            let ours = words(&reading.content);
            let at_cue =
                |cues: &[Span<Byte>]| cues.is_empty() || cues.iter().any(|cue| cue.overlaps(reading.cue));
            let here = gold.iter().filter(|(_, cues)| at_cue(cues));
            here.map(|(theirs, _)| jaccard(theirs, &ours)).fold(0.0, f32::max)
        };
        let agreements: Vec<f32> = readings.iter().map(agreement).collect();
        let best = agreements.iter().copied().fold(0.0, f32::max);
        examples.extend(readings.into_iter().zip(agreements).map(|(reading, agreement)| Example {
            features: reading.features,
            right: agreement >= 0.5 && agreement >= best - 0.02,
        }));
    }
    examples
}

/// The share of common words among all words of two sets.
fn jaccard(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f32 {
    let common = one.intersection(other).count();
    let all = one.len() + other.len() - common;
    if all == 0 { 0.0 } else { common as f32 / all as f32 }
}

/// Logistic regression by AdaGrad (Duchi, Hazan and Singer 2011); one weight for each bucket, the mean over all
/// epochs but the first.
fn fit(examples: &mut [Example], seed: u64) -> Vec<f32> {
    let mut counts = vec![0_u32; BUCKETS];
    examples.iter().flat_map(|example| &example.features).for_each(|bucket| counts[*bucket as usize] += 1);
    for example in examples.iter_mut() {
        example.features.retain(|bucket| counts[*bucket as usize] >= RARE);
    }
    let mut weights = vec![0.0_f32; BUCKETS];
    let mut squares = vec![1.0_f32; BUCKETS];
    let mut sums = vec![0.0_f32; BUCKETS];
    let mut random = Random::new(seed);
    for epoch in 0..EPOCHS {
        random.shuffle(examples);
        for example in examples.iter() {
            let sum: f32 = example.features.iter().map(|bucket| weights[*bucket as usize]).sum();
            let error = f32::from(u8::from(example.right)) - 1.0 / (1.0 + (-sum).exp());
            for bucket in &example.features {
                let bucket = *bucket as usize;
                let gradient = error - DECAY * weights[bucket];
                squares[bucket] += gradient * gradient;
                weights[bucket] += RATE * gradient / squares[bucket].sqrt();
            }
        }
        if epoch > 0 {
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    sums.iter().map(|sum| sum / (EPOCHS - 1) as f32).collect()
}
