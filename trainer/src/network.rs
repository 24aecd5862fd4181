//! The network of `annotate::network` with weights that can be trained.
//!
//! Online gradient descent with a step size of its own for each weight (Adagrad: Duchi, Hazan and
//! Singer 2011), dropout of features and hidden units, and the average of the weights over the last
//! epochs. `quantize` gives the whole numbers that the product computes with.

use std::collections::HashMap;

use onrecord::training::KeyIndex;
use onrecord::training::ModelFile;

use crate::random::Random;

/// How a network is built and trained.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Hidden units.
    pub width: usize,
    /// The first step size.
    pub rate: f32,
    /// The share of hidden units that is left out in each step.
    pub unit_dropout: f32,
    /// The share of features that is left out in each step.
    pub feature_dropout: f32,
}

/// Counts how often each feature occurs.
#[derive(Default)]
pub struct Counter(HashMap<u32, u32>);

impl Counter {
    /// Counts some features.
    pub fn add(&mut self, keys: &[u32]) {
        for key in keys {
            *self.0.entry(*key).or_insert(0) += 1;
        }
    }

    /// The features that occurred `least` times or more, in order.
    pub fn keys(&self, least: u32) -> Vec<u32> {
        let mut keys: Vec<u32> =
            self.0.iter().filter(|(_, count)| **count >= least).map(|(key, _)| *key).collect();
        keys.sort_unstable();
        keys
    }
}

/// Weights, what Adagrad remembers of their gradients, and the sum for the average.
struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
    sums: Vec<f32>,
}

impl Weights {
    fn new(count: usize, mut first: impl FnMut() -> f32) -> Self {
        Weights {
            values: (0..count).map(|_| first()).collect(),
            squares: vec![1e-4; count],
            sums: Vec::new(),
        }
    }

    fn step(&mut self, start: usize, gradient: &[f32], rate: f32) {
        let end = start + gradient.len();
        let values = &mut self.values[start..end];
        let squares = &mut self.squares[start..end];
        for ((value, square), gradient) in values.iter_mut().zip(squares).zip(gradient) {
            *square += gradient * gradient;
            *value -= rate * gradient / square.sqrt();
        }
    }

    fn sum_up(&mut self) {
        self.sums.resize(self.values.len(), 0.0);
        for (sum, value) in self.sums.iter_mut().zip(&self.values) {
            *sum += value;
        }
    }

    fn average(&self, count: usize) -> Vec<f32> {
        if count == 0 {
            return self.values.clone();
        }
        self.sums.iter().map(|sum| sum / count as f32).collect()
    }
}

struct Head {
    name: &'static str,
    labels: usize,
    weights: Weights,
    bias: Weights,
}

/// A network in training.
pub struct Network {
    settings: Settings,
    keys: Vec<u32>,
    index: KeyIndex,
    rows: Weights,
    /// How often each feature was seen in training.
    uses: Vec<u32>,
    bias: Weights,
    heads: Vec<Head>,
    random: Random,
    rate: f32,
    summed: usize,
}

/// What one forward pass leaves for the backward pass.
#[derive(Clone, Default)]
pub struct Pass {
    rows: Vec<u32>,
    /// Rectified, with dropout.
    pub hidden: Vec<f32>,
    /// 0 where the unit was off or dropped, else the factor of its gradient.
    gate: Vec<f32>,
    /// The gradient of the hidden units, which heads add to.
    pub gradient: Vec<f32>,
}

impl Network {
    /// A network over the features `keys` with the given heads (name, number of labels).
    pub fn new(keys: Vec<u32>, heads: &[(&'static str, usize)], settings: Settings, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let width = settings.width;
        let index = KeyIndex::new(&keys);
        let rows = Weights::new(keys.len() * width, || random.around(0.05));
        let limit = (3.0 / width as f32).sqrt();
        let heads = heads.iter().map(|(name, labels)| Head {
            name,
            labels: *labels,
            weights: Weights::new(labels * width, || random.around(limit)),
            bias: Weights::new(*labels, || 0.0),
        });
        let heads = heads.collect();
        Network {
            bias: Weights::new(width, || 0.1),
            uses: vec![0; keys.len()],
            keys,
            index,
            rows,
            heads,
            random,
            rate: settings.rate,
            settings,
            summed: 0,
        }
    }

    /// How many features have weights.
    pub fn features(&self) -> usize {
        self.keys.len()
    }

    /// Keeps the `keep` features that matter most: by the size of their weights and how often they are seen.
    ///
    /// To be called before weights are summed up for the average.
    pub fn prune(&mut self, keep: usize) {
        let width = self.settings.width;
        let worth = |row: &usize| {
            let squares: f32 =
                self.rows.values[row * width..(row + 1) * width].iter().map(|weight| weight * weight).sum();
            squares * self.uses[*row] as f32
        };
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
        order.truncate(keep);
        order.sort_unstable();
        let pick = |values: &[f32]| {
            order.iter().flat_map(|row| values[row * width..(row + 1) * width].to_vec()).collect()
        };
        self.rows =
            Weights { values: pick(&self.rows.values), squares: pick(&self.rows.squares), sums: Vec::new() };
        self.keys = order.iter().map(|row| self.keys[*row]).collect();
        self.uses = order.iter().map(|row| self.uses[*row]).collect();
        self.index = KeyIndex::new(&self.keys);
    }

    /// Sets the step size for what follows, as a share of the first one.
    pub fn set_rate(&mut self, share: f32) {
        self.rate = self.settings.rate * share;
    }

    /// Computes the hidden units; with dropout if `training`.
    pub fn forward(&mut self, keys: &[u32], training: bool, pass: &mut Pass) {
        let width = self.settings.width;
        pass.rows.clear();
        for key in keys {
            if let Some(row) = self.index.get(*key)
                && (!training || self.random.unit() >= self.settings.feature_dropout)
            {
                pass.rows.push(row as u32);
            }
        }
        pass.hidden.clear();
        pass.hidden.extend_from_slice(&self.bias.values);
        if training {
            pass.rows.iter().for_each(|row| self.uses[*row as usize] += 1);
        }
        for row in &pass.rows {
            let start = *row as usize * width;
            for (sum, weight) in pass.hidden.iter_mut().zip(&self.rows.values[start..start + width]) {
                *sum += weight;
            }
        }
        let kept = 1.0 - self.settings.unit_dropout;
        pass.gate.clear();
        for unit in &mut pass.hidden {
            let dropped = training && self.random.unit() >= kept;
            let gate = if *unit <= 0.0 || dropped {
                0.0
            } else if training {
                1.0 / kept
            } else {
                1.0
            };
            *unit *= gate;
            pass.gate.push(gate);
        }
        pass.gradient.clear();
        pass.gradient.resize(width, 0.0);
    }

    /// The scores that a head gives.
    pub fn scores(&self, head: usize, pass: &Pass, scores: &mut Vec<f32>) {
        let head = &self.heads[head];
        let width = self.settings.width;
        scores.clear();
        scores.extend((0..head.labels).map(|label| {
            let weights = &head.weights.values[label * width..(label + 1) * width];
            dot(weights, &pass.hidden) + head.bias.values[label]
        }));
    }

    /// Corrects a head, given the gradient of the loss by its scores, and adds to the gradient of the hidden units.
    pub fn backward_head(&mut self, head: usize, gradient: &[f32], pass: &mut Pass) {
        let width = self.settings.width;
        let head = &mut self.heads[head];
        let mut scaled = vec![0.0; width];
        for (label, slope) in gradient.iter().enumerate().filter(|(_, slope)| slope.abs() > 1e-4) {
            let weights = &head.weights.values[label * width..(label + 1) * width];
            for (sum, weight) in pass.gradient.iter_mut().zip(weights) {
                *sum += slope * weight;
            }
            for (scaled, unit) in scaled.iter_mut().zip(&pass.hidden) {
                *scaled = slope * unit;
            }
            head.weights.step(label * width, &scaled, self.rate);
            head.bias.step(label, &[*slope], self.rate);
        }
    }

    /// Corrects the rows of the features after all heads have been corrected.
    pub fn backward(&mut self, pass: &mut Pass) {
        let width = self.settings.width;
        for (gradient, gate) in pass.gradient.iter_mut().zip(&pass.gate) {
            *gradient *= gate;
        }
        self.bias.step(0, &pass.gradient, self.rate);
        for row in &pass.rows {
            self.rows.step(*row as usize * width, &pass.gradient, self.rate);
        }
    }

    /// Takes the present weights into the average.
    pub fn sum_up(&mut self) {
        self.summed += 1;
        self.rows.sum_up();
        self.bias.sum_up();
        for head in &mut self.heads {
            head.weights.sum_up();
            head.bias.sum_up();
        }
    }

    /// Writes the averaged weights as whole numbers into `file`, under `name`; returns the worth of one step of
    /// a score in log-odds.
    pub fn quantize(&self, file: &mut ModelFile, name: &str) -> f32 {
        let rows = self.rows.average(self.summed);
        let bias = self.bias.average(self.summed);
        // One weight in ten thousand may be cut off: a finer step for all others is worth more.
        let unit = quantile(&rows, 0.9999).max(1e-6) / 127.0;
        let rows: Vec<i8> =
            rows.iter().map(|weight| (weight / unit).round().clamp(-127.0, 127.0) as i8).collect();
        let bias: Vec<i16> =
            bias.iter().map(|weight| (weight / unit).round().clamp(-30_000.0, 30_000.0) as i16).collect();
        file.put_numbers(&format!("{name}.keys"), &self.keys);
        file.put_numbers(&format!("{name}.rows"), &rows);
        file.put_numbers(&format!("{name}.bias"), &bias);
        // All heads share one unit, so that their scores can be compared and added.
        let averages: Vec<_> = self.heads.iter().map(|head| head.weights.average(self.summed)).collect();
        let largest = averages.iter().flatten().fold(1e-6_f32, |largest, weight| largest.max(weight.abs()));
        let head_unit = largest / 1023.0;
        for (head, weights) in self.heads.iter().zip(averages) {
            let weights: Vec<i16> =
                weights.iter().map(|weight| (weight / head_unit).round() as i16).collect();
            let bias: Vec<i32> = head
                .bias
                .average(self.summed)
                .iter()
                .map(|bias| (bias / (unit * head_unit)).round() as i32)
                .collect();
            file.put_numbers(&format!("{name}.{}.weights", head.name), &weights);
            file.put_numbers(&format!("{name}.{}.bias", head.name), &bias);
            file.put_numbers(&format!("{name}.{}.unit", head.name), &[unit * head_unit]);
        }
        unit * head_unit
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    // Eight sums side by side: the compiler may not reorder a single one.
    let mut sums = [0.0_f32; 8];
    for (one, other) in one.chunks_exact(8).zip(other.chunks_exact(8)) {
        for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
            *sum += one * other;
        }
    }
    sums.iter().sum()
}

fn quantile(weights: &[f32], share: f64) -> f32 {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    sizes
        .get(((sizes.len() as f64 * share) as usize).min(sizes.len().saturating_sub(1)))
        .copied()
        .unwrap_or(1.0)
}

/// Turns scores into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let largest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - largest).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// The number of the largest score, the first of equals.
pub fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (label, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = label;
        }
    }
    best
}
