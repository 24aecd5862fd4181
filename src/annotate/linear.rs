//! Linear models over hashed features: one weight for each of a fixed number of buckets.
//!
//! For questions that are asked seldom; the layers of language have networks of their own.

use super::model::file::ModelFile;

/// How many buckets there are at most. A model with fewer has a power of two of them and folds the others into those.
pub const BUCKETS: usize = 1 << 18;

/// A trained linear model; without weights it has no opinion.
#[derive(Debug, Default)]
pub struct Linear {
    weights: Vec<i16>,
    /// What one step of a weight is worth, in log-odds.
    unit: f32,
}

impl Linear {
    /// Reads the parts `name.weights` and `name.unit`; empty if they are missing.
    pub(crate) fn from_file(file: &ModelFile, name: &str) -> Self {
        let weights: Vec<i16> = file.numbers(&format!("{name}.weights"));
        let unit = file.numbers::<f32>(&format!("{name}.unit")).first().copied().unwrap_or(0.0);
        let fits = weights.len().is_power_of_two() && weights.len() <= BUCKETS;
        if fits { Linear { weights, unit } } else { Linear::default() }
    }

    /// Whether it was trained at all.
    pub(crate) fn is_trained(&self) -> bool {
        !self.weights.is_empty()
    }

    /// The probability of a yes, 0 to 1, for features that [`bucket`] numbered.
    pub(crate) fn probability(&self, buckets: &[u32]) -> f32 {
        1.0 / (1.0 + (-self.score(buckets)).exp())
    }

    /// The log-odds of a yes, or of one choice among several.
    pub(crate) fn score(&self, buckets: &[u32]) -> f32 {
        let mask = self.weights.len().wrapping_sub(1);
        let weight =
            |bucket: &u32| i32::from(self.weights.get(*bucket as usize & mask).copied().unwrap_or(0));
        buckets.iter().map(weight).sum::<i32>() as f32 * self.unit
    }
}

/// The bucket of a feature, which is given in parts (FNV-1a, 32 bits, folded).
pub fn bucket(parts: &[&str]) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for part in parts {
        for byte in part.bytes().chain([0xFF]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    (hash ^ (hash >> 16)) & (BUCKETS as u32 - 1)
}
