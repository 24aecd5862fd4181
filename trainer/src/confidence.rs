//! Fits what turns the raw confidence of a quote into a probability, and measures how well that holds.
//!
//! The product's own quotes are judged against annotators. The cue model is too sure of articles that it was
//! trained on, so the quotes of each fifth of the articles come from a model that was trained on the other four.

use std::collections::BTreeMap;
use std::path::Path;

use onrecord::annotate::Model;
use onrecord::annotate::annotate;
use onrecord::facts::attribute;
use onrecord::gear::Gear;
use onrecord::training::ModelFile;
use onrecord::training::{confidence_features, joint_features};

use crate::attributions::{self, Annotated};
use crate::cue_model::{self, Example};

/// Into how many parts the articles are divided.
const FOLDS: usize = 5;

/// Each article of this number is left out when the encoder is trained (`trainer/student/prepare.py --not-every`).
const UNSEEN: usize = 8;

/// What one step of a stored weight is worth, in log-odds.
const UNIT: f32 = 1.0 / 1024.0;

/// What pulls weights towards zero: the precision of a normal prior.
const PRIOR: f64 = 4.0;

/// What the fitted log-odds are multiplied by. Annotators of the training part left out more than those of the
/// development part, so that what is fitted is too timid at both ends; the one number here that is chosen on
/// development data (best 1.19 ± 0.07).
const SHARPER: f64 = 1.2;

/// How often all weights are gone through; they stand still long before.
const SWEEPS: usize = 100;

/// A quote of ours: what is known of it, whether it is right, and for how many it stands.
#[derive(Clone, Debug)]
pub struct Judged {
    pub features: Vec<(u32, f32)>,
    pub right: bool,
    pub weight: f64,
}

/// Fits the weights of a gear on quotes of articles that their models have not seen, and adds the parts `confidence.*` or
/// `encoder.confidence.*`.
///
/// Every article is held out once from the cue model; the encoder was trained without each eighth.
pub fn train(
    corpus: &[Annotated],
    cues: &[Vec<Example>],
    (gear, seed): (Gear, u64),
    file: &mut ModelFile,
) -> Result<(), Box<dyn std::error::Error>> {
    let (name, folds, held_out) = match gear {
        Gear::Fast => ("confidence", FOLDS, FOLDS),
        Gear::Full => ("encoder.confidence", UNSEEN, 1),
    };
    let mut judged = Vec::new();
    for fold in 0..held_out {
        let is_held_out = |number: usize| number % folds == fold;
        judge_held_out(corpus, cues, is_held_out, (file, name, gear, seed), &mut judged)?;
    }
    put(file, name, &judged);
    Ok(())
}

/// Judges the quotes of the articles that are held out, as a cue model finds them that was trained on the others.
fn judge_held_out(
    corpus: &[Annotated],
    cues: &[Vec<Example>],
    is_held_out: impl Fn(usize) -> bool,
    (file, name, gear, seed): (&ModelFile, &str, Gear, u64),
    judged: &mut Vec<Judged>,
) -> Result<(), Box<dyn std::error::Error>> {
    let others = cues.iter().enumerate().filter(|(number, _)| !is_held_out(*number));
    let mut without = ModelFile::new(file.features);
    without.take_parts(file, "");
    // Without these parts the product gives raw confidences.
    without.put_numbers::<u32>(&format!("{name}.buckets"), &[]);
    without.put_numbers::<i16>(&format!("{name}.weights"), &[]);
    cue_model::train(others.flat_map(|(_, examples)| examples.iter().cloned()).collect(), seed, &mut without);
    let model = Model::from_file(&without, gear)?;
    let held_out = corpus.iter().enumerate().filter(|(number, _)| is_held_out(*number));
    held_out.for_each(|(_, article)| judge(article, &model, judged));
    Ok(())
}

/// Fits the weights and adds them as parts.
fn put(file: &mut ModelFile, name: &str, judged: &[Judged]) {
    let right = judged.iter().filter(|quote| quote.right).count();
    eprintln!("{name}: {} quotes, {right} right", judged.len());
    put_weights(file, name, &fit(judged, PRIOR), SHARPER);
}

/// Adds fitted weights as the parts `name.*`; log-odds are multiplied by `sharper`.
pub fn put_weights(file: &mut ModelFile, name: &str, weights: &BTreeMap<u32, f64>, sharper: f64) {
    let limit = f32::from(i16::MAX);
    let stored = |weight: &f64| ((sharper * weight) as f32 / UNIT).round().clamp(-limit, limit) as i16;
    file.put_numbers(&format!("{name}.buckets"), &weights.keys().copied().collect::<Vec<u32>>());
    file.put_numbers(&format!("{name}.weights"), &weights.values().map(stored).collect::<Vec<i16>>());
    file.put_numbers(&format!("{name}.unit"), &[UNIT]);
}

/// Adds the quotes that a model without calibration gives for an article.
fn judge(annotated: &Annotated, model: &Model, judged: &mut Vec<Judged>) {
    let text = annotate(&annotated.article, model);
    let (quotes, _) = attribute(&text, model);
    let verdicts = annotated.judge(&quotes);
    judged.extend(quotes.iter().zip(verdicts).filter_map(|(quote, right)| {
        let features = match model.gear() {
            Gear::Full => joint_features(&text, model, quote)?,
            Gear::Fast => confidence_features(&text, quote),
        };
        Some(Judged { features, right: right?, weight: 1.0 })
    }));
}

/// Logistic regression with a normal prior of a precision, by Newton's step on one weight after the other.
pub fn fit(judged: &[Judged], prior: f64) -> BTreeMap<u32, f64> {
    let mut columns: BTreeMap<u32, Vec<(usize, f64)>> = BTreeMap::new();
    for (row, quote) in judged.iter().enumerate() {
        for (bucket, value) in &quote.features {
            columns.entry(*bucket).or_default().push((row, f64::from(*value)));
        }
    }
    let mut weights: BTreeMap<u32, f64> = columns.keys().map(|bucket| (*bucket, 0.0)).collect();
    let mut odds = vec![0.0_f64; judged.len()];
    for _ in 0..SWEEPS {
        for (column, weight) in columns.values().zip(weights.values_mut()) {
            let (mut slope, mut curve) = (-prior * *weight, prior);
            for (row, value) in column {
                let probability = 1.0 / (1.0 + (-odds[*row]).exp());
                let Judged { right, weight, .. } = judged[*row];
                slope += weight * value * (f64::from(u8::from(right)) - probability);
                curve += weight * value * value * probability * (1.0 - probability);
            }
            let step = (slope / curve).clamp(-1.0, 1.0);
            *weight += step;
            column.iter().for_each(|(row, value)| odds[*row] += step * value);
        }
    }
    weights
}

/// How far confidences are from the truth, by tenths.
pub struct Reliability {
    tenths: [Tenth; 10],
}

/// The quotes whose confidence lies in one tenth.
#[derive(Clone, Copy, Debug, Default)]
struct Tenth {
    quotes: usize,
    right: usize,
    /// The sum of their confidences.
    confidence: f64,
}

impl Tenth {
    /// The mean confidence, and the share that is right.
    fn means(self) -> (f64, f64) {
        let quotes = self.quotes.max(1) as f64;
        (self.confidence / quotes, self.right as f64 / quotes)
    }
}

/// The quotes of the development part, with the table of their reliability printed on the way.
pub fn measure(data: &Path, model: &Model) -> std::io::Result<Reliability> {
    let mut reliability = Reliability { tenths: [Tenth::default(); 10] };
    for annotated in attributions::read(&data.join("polnear/dev.jsonl"))? {
        let text = annotate(&annotated.article, model);
        let (quotes, _) = attribute(&text, model);
        for (quote, right) in quotes.iter().zip(annotated.judge(&quotes)) {
            right.into_iter().for_each(|right| reliability.add(quote.confidence, right));
        }
    }
    reliability.print();
    Ok(reliability)
}

impl Reliability {
    /// How far the mean confidence of all quotes may be from what holds, over tenths weighed by their quotes.
    const FLOOR: f64 = 0.05;

    fn add(&mut self, confidence: f32, right: bool) {
        let tenth = &mut self.tenths[((confidence * 10.0) as usize).min(9)];
        tenth.quotes += 1;
        tenth.right += usize::from(right);
        tenth.confidence += f64::from(confidence);
    }

    /// The expected calibration error (Naeini, Cooper and Hauskrecht 2015).
    fn error(&self) -> f64 {
        let all: usize = self.tenths.iter().map(|tenth| tenth.quotes).sum();
        let off = |tenth: &Tenth| {
            let (confidence, right) = tenth.means();
            (confidence - right).abs() * tenth.quotes as f64
        };
        self.tenths.iter().map(off).sum::<f64>() / all.max(1) as f64
    }

    fn print(&self) {
        println!("confidence   quotes   mean   right");
        for (number, tenth) in self.tenths.iter().enumerate().filter(|(_, tenth)| tenth.quotes > 0) {
            let (confidence, right) = tenth.means();
            println!(
                "  .{number}–{:8} {:8} {confidence:6.3} {right:7.3}",
                (number + 1) as f64 / 10.0,
                tenth.quotes
            );
        }
        println!("expected calibration error {:.4}", self.error());
    }

    /// What is wrong with it, if it is above what is allowed.
    pub fn too_far(&self) -> Option<String> {
        (self.error() > Self::FLOOR).then(|| format!("the calibration error is above {}", Self::FLOOR))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitted_weights_give_the_shares_that_were_seen() {
        let judged = |feature: u32, right: bool| Judged {
            features: vec![(1, 1.0), (feature, 1.0)],
            right,
            weight: 1.0,
        };
        let all: Vec<Judged> =
            (0..400).map(|number| judged(2 + number % 2, number % 2 == 0 || number % 8 == 1)).collect();
        let weights = fit(&all, PRIOR);
        let share = |feature: u32| 1.0 / (1.0 + (-weights[&1] - weights[&feature]).exp());
        assert!(share(2) > 0.9, "{}", share(2));
        assert!((share(3) - 0.25).abs() < 0.04, "{}", share(3));
    }

    #[test]
    fn the_error_is_the_mean_distance() {
        let mut reliability = Reliability { tenths: [Tenth::default(); 10] };
        (0..10).for_each(|number| reliability.add(0.95, number < 9));
        (0..10).for_each(|number| reliability.add(0.25, number < 5));
        assert!((reliability.error() - 0.15).abs() < 1e-6, "{}", reliability.error());
        assert!(reliability.too_far().is_some());
    }
}
