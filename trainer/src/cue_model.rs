//! Trains the log-linear model that tells which reading of a cue, if any, is reported speech.
//!
//! The readings come from the product's own `training_candidates`; a reading is right if an annotator marked the same
//! content (Jaccard of at least one half, and no reading of the cue comes closer by more than a hair) at the same cue, or
//! where the annotator marked no cue or one that has no such reading.

use std::collections::{BTreeSet, HashMap};

use onrecord::annotate::Model;
use onrecord::annotate::{Annotations, annotate};
use onrecord::gear::Gear;
use onrecord::span::{Byte, Span};
use onrecord::training::BUCKETS;
use onrecord::training::ModelFile;
use onrecord::training::word;
use onrecord::training::{TrainingCue, TrainingReading, training_candidates};

use crate::attributions::Annotated;
use crate::random::Random;

/// How often the readings are gone through.
const EPOCHS: usize = 5;

/// How often a feature must be seen to get a weight.
const RARE: u32 = 24;

/// The first step of a weight.
const RATE: f32 = 0.015;

/// What pulls weights towards zero, for each step.
const DECAY: f32 = 0.01;

/// The share of clues that is left out in each step, so that none is relied on alone.
const DROPOUT: f32 = 0.3;

/// From which share of common words on a reading gives what was marked, as the scorer counts (Jaccard).
const SAME: f32 = 0.5;

/// From which share on it gives it where the marked cue is another one.
const ADOPTED: f32 = 0.7;

/// What one step of a stored weight is worth.
const UNIT: f32 = 1.0 / 1024.0;

/// A gold attribution: the content's words by where they start, and the bytes of the cue.
struct Gold {
    words: BTreeSet<usize>,
    cue: Vec<Span<Byte>>,
}

impl Gold {
    /// Whether a reading is one of the marked cue, or no cue was marked.
    fn is_at(&self, reading: &TrainingReading) -> bool {
        self.cue.is_empty() || self.cue.iter().any(|cue| cue.overlaps(reading.cue))
    }
}

/// One cue: the clues that its readings share, then those of each reading and whether it is right.
#[derive(Clone)]
pub struct Example {
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

/// Learns from cues and puts the parts `report.weights` and `report.unit` into the file.
pub fn train(mut examples: Vec<Example>, seed: u64, file: &mut ModelFile) {
    let weights = fit(&mut examples, seed);
    let limit = f32::from(i16::MAX);
    let stored: Vec<i16> =
        weights.iter().map(|weight| (weight / UNIT).round().clamp(-limit, limit) as i16).collect();
    file.put_numbers("report.weights", &stored);
    file.put_numbers("report.unit", &[UNIT]);
}

/// The cues of a corpus with their readings, by article; adds the part `report.words`, which says what can be a cue.
pub fn cues(
    corpus: &[Annotated],
    model: &Model,
    file: &mut ModelFile,
) -> Result<Vec<Vec<Example>>, onrecord::error::Error> {
    let layers: Vec<Annotations> = corpus.iter().map(|one| annotate(&one.article, model)).collect();
    file.put_numbers("report.words", &cue_words(corpus, &layers));
    let model = Model::from_file(file, Gear::Fast)?;
    let examples: Vec<Vec<Example>> =
        corpus.iter().zip(&layers).map(|(article, text)| examples(article, text, &model)).collect();
    let all = || examples.iter().flatten();
    let readings: usize = all().map(|example| example.readings.len()).sum();
    let right = all().filter(|example| example.readings.iter().any(|reading| reading.1)).count();
    eprintln!("report: {} cues, {right} of them right, {readings} readings", all().count());
    Ok(examples)
}

/// The lemmas that are marked as cues, or parts of cues, often enough.
fn cue_words(articles: &[Annotated], layers: &[Annotations]) -> Vec<u32> {
    let mut counts: HashMap<u32, (u32, u32)> = HashMap::new();
    for (article, text) in articles.iter().zip(layers) {
        let mut marked = vec![false; text.tags.len()];
        for cue in article.gold.iter().flat_map(|one| &one.cue) {
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

/// The cues of one article with their readings.
fn examples(annotated: &Annotated, text: &Annotations, model: &Model) -> Vec<Example> {
    let gold: Vec<Gold> = annotated
        .gold
        .iter()
        .map(|one| Gold { words: words_in(text, &one.content), cue: one.cue.clone() })
        .collect();
    let cues = training_candidates(text, model);
    let words: Vec<Vec<BTreeSet<usize>>> = cues
        .iter()
        .map(|cue| cue.readings.iter().map(|reading| words_in(text, &reading.content)).collect())
        .collect();
    let adopted: Vec<Option<usize>> = gold.iter().map(|gold| adopter(gold, &cues, &words)).collect();
    let example = |(number, (cue, words)): (usize, (TrainingCue, &Vec<BTreeSet<usize>>))| {
        let agreement = |(reading, words): (&TrainingReading, &BTreeSet<usize>)| {
            let own = |(gold, adopter): &(&Gold, &Option<usize>)| {
                gold.is_at(reading) || adopter.is_some_and(|adopter| adopter == number)
            };
            let own = gold.iter().zip(&adopted).filter(own);
            own.map(|(gold, _)| jaccard(&gold.words, words)).fold(0.0, f32::max)
        };
        let agreements: Vec<f32> = cue.readings.iter().zip(words).map(agreement).collect();
        let best = agreements.iter().copied().fold(0.0, f32::max);
        let right = |agreement: f32| agreement >= SAME && agreement >= best - 0.02;
        let readings = cue.readings.into_iter().zip(agreements);
        let readings = readings.map(|(reading, agreement)| (reading.features, right(agreement))).collect();
        Example { shared: cue.features, readings }
    };
    cues.into_iter().zip(&words).enumerate().map(example).collect()
}

/// The cue that stands in for the one an annotator marked, where that one has no reading like the content: of all
/// others, the one with the closest reading.
fn adopter(gold: &Gold, cues: &[TrainingCue], words: &[Vec<BTreeSet<usize>>]) -> Option<usize> {
    let mut closest = (ADOPTED, None);
    for (number, (cue, words)) in cues.iter().zip(words).enumerate() {
        for (reading, words) in cue.readings.iter().zip(words) {
            let agreement = jaccard(&gold.words, words);
            if agreement >= SAME && gold.is_at(reading) {
                return None;
            }
            if agreement > closest.0 {
                closest = (agreement, Some(number));
            }
        }
    }
    closest.1
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
        assert!(weights[1] + weights[2] > 0.5, "the cue reports");
        assert!(weights[2] > weights[3], "this is its content");
        assert!(weights[4] + weights[2] < 0.0, "the other cue does not");
    }

    #[test]
    fn rare_clues_get_no_weight() {
        let mut examples = vec![Example { shared: vec![5], readings: vec![(vec![6], true)] }];
        assert!(fit(&mut examples, 1).iter().all(|weight| *weight == 0.0));
    }
}
