//! What the encoder makes of tokens, and small sums over it.
//!
//! Knows numbers only.

use ndarray::{Array1, Array2, ArrayView2};

/// What the encoder makes of some tokens.
#[derive(Debug)]
pub(crate) struct Encoded {
    /// Tokens × width.
    pub(crate) states: Array2<f32>,
    /// The states as the reader takes them: tokens × its width.
    pub(crate) read: Array2<f32>,
    /// The log-odds that no cue stands at a token, that one begins there, that one goes on: tokens × 3.
    pub(crate) cues: Array2<f32>,
}

/// Cuts off what is below nought.
pub(super) fn rectify(values: &mut Array2<f32>) {
    values.mapv_inplace(|value| value.max(0.0));
}

/// Turns scores into probabilities.
pub(crate) fn softmax<const N: usize>(scores: [f32; N]) -> [f32; N] {
    let largest = scores.iter().copied().fold(f32::MIN, f32::max);
    let odds = scores.map(|score| libm::expf(score - largest));
    let sum: f32 = odds.iter().sum();
    odds.map(|one| one / sum)
}

/// The mean of some rows.
pub(super) fn mean(rows: ArrayView2<f32>) -> Array1<f32> {
    let mut sum = Array1::zeros(rows.ncols());
    rows.rows().into_iter().for_each(|row| sum += &row);
    sum / rows.nrows().max(1) as f32
}
