//! What every score is counted by: right, predicted and gold.

/// True positives, predicted, gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub right: usize,
    pub predicted: usize,
    pub gold: usize,
}

impl Counts {
    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let sum = self.predicted + self.gold;
        if sum == 0 { 0.0 } else { 2.0 * self.right as f64 / sum as f64 }
    }
}
