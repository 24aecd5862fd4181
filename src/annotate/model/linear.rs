//! Linear models over hashed features: one weight for each of a fixed number of buckets, or for a few of them.
//!
//! For questions that are asked seldom; the layers of language have networks of their own.

use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// How many buckets there are at most. A model with fewer has a power of two of them and folds the others into those.
pub const BUCKETS: usize = 1 << 19;

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

    /// The log-odds of a yes, or of one choice among several.
    pub(crate) fn score(&self, buckets: &[u32]) -> f32 {
        let mask = self.weights.len().wrapping_sub(1);
        let weight =
            |bucket: &u32| i32::from(self.weights.get(*bucket as usize & mask).copied().unwrap_or(0));
        buckets.iter().map(weight).sum::<i32>() as f32 * self.unit
    }
}

/// A trained linear model of few features, each with a value; without weights it has no opinion.
#[derive(Debug, Default)]
pub struct Weighted {
    /// Sorted.
    buckets: Vec<u32>,
    /// One for each bucket.
    weights: Vec<i16>,
    /// What one step of a weight is worth, in log-odds.
    unit: f32,
}

impl Weighted {
    /// Reads the parts `name.buckets`, `name.weights` and `name.unit`; empty if they are missing.
    pub(crate) fn from_file(file: &ModelFile, name: &str) -> Result<Self, Error> {
        let buckets: Vec<u32> = file.numbers(&format!("{name}.buckets"));
        let weights: Vec<i16> = file.numbers(&format!("{name}.weights"));
        let unit = file.numbers::<f32>(&format!("{name}.unit")).first().copied().unwrap_or(0.0);
        if buckets.len() != weights.len() || !buckets.is_sorted() || !unit.is_finite() {
            return Err(Error::new(format!("the parts of the model's {name} do not fit together")));
        }
        Ok(Weighted { buckets, weights, unit })
    }

    /// Whether it was trained at all.
    pub(crate) fn is_trained(&self) -> bool {
        !self.weights.is_empty()
    }

    /// The probability of a yes, 0 to 1, for features that [`bucket`] numbered, each with its value; one that was
    /// never seen counts nothing.
    pub fn probability(&self, features: &[(u32, f32)]) -> f32 {
        let sum: f32 =
            features.iter().filter_map(|(bucket, value)| Some(self.weight(*bucket)? * value)).sum();
        1.0 / (1.0 + libm::expf(-sum * self.unit))
    }

    /// What a feature of value 1 adds to the log-odds of a yes.
    pub(crate) fn log_odds(&self, bucket: u32) -> f32 {
        self.weight(bucket).unwrap_or_default() * self.unit
    }

    /// In units; `None` for what was never seen.
    fn weight(&self, bucket: u32) -> Option<f32> {
        let at = self.buckets.binary_search(&bucket).ok()?;
        Some(f32::from(self.weights[at]))
    }
}

/// The bucket of a feature, which is given in parts (FNV-1a, 32 bits, folded).
pub(crate) fn bucket(parts: &[&str]) -> u32 {
    let mut hash: u32 = 0x811c_9dc5;
    for part in parts {
        for byte in part.bytes().chain([0xFF]) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }
    (hash ^ (hash >> 16)) & (BUCKETS as u32 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_with_values_are_weighed() -> Result<(), Error> {
        let mut file = ModelFile::new(1);
        file.put_numbers("sure.buckets", &[3_u32, 7]);
        file.put_numbers("sure.weights", &[2_i16, -4]);
        file.put_numbers("sure.unit", &[0.5_f32]);
        let model = Weighted::from_file(&file, "sure")?;
        assert!((model.probability(&[(3, 1.0), (7, 0.5), (9, 8.0)]) - 0.5).abs() < 1e-6);
        assert!(model.probability(&[(3, 3.0)]) > 0.95);
        file.put_numbers("sure.weights", &[2_i16]);
        assert!(Weighted::from_file(&file, "sure").is_err());
        assert!(!Weighted::from_file(&file, "absent")?.is_trained());
        Ok(())
    }
}
