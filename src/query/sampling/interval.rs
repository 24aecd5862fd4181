//! [`Share`]: how many of so many, and how far a sample of that size can be off.

/// The standard score that 95 % of a normal distribution lie within.
const Z: f64 = 1.96;

/// A share that was counted in a sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// How many are so.
    pub(super) right: u32,
    /// Out of how many.
    pub(super) judged: u32,
}

impl Share {
    /// Counts one more.
    pub(super) fn add(&mut self, is_right: bool) {
        self.judged += 1;
        self.right += u32::from(is_right);
    }

    /// 0 to 1; none where nothing was counted.
    pub(super) fn value(self) -> Option<f64> {
        (self.judged > 0).then(|| f64::from(self.right) / f64::from(self.judged))
    }

    /// Between which shares the true one lies, with a probability of 95 %: the score interval of Wilson (1927), which holds
    /// for small samples and for shares near 0 and 1 as well.
    pub(super) fn interval(self) -> Option<(f64, f64)> {
        let share = self.value()?;
        let count = f64::from(self.judged);
        let denominator = 1.0 + Z * Z / count;
        let center = (share + Z * Z / (2.0 * count)) / denominator;
        let spread = Z * (share * (1.0 - share) / count + Z * Z / (4.0 * count * count)).sqrt() / denominator;
        Some(((center - spread).max(0.0), (center + spread).min(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn the_interval_is_that_of_the_textbook() {
        // Agresti and Coull (1998): 0 of 10, and 9 of 10.
        for (right, judged, low, high) in
            [(0, 10, 0.0, 0.2775), (9, 10, 0.5958, 0.9821), (44, 50, 0.7620, 0.9438)]
        {
            let interval = Share { right, judged }.interval().unwrap_or_default();
            assert!((interval.0 - low).abs() < 1e-3, "{right} of {judged}: from {}", interval.0);
            assert!((interval.1 - high).abs() < 1e-3, "{right} of {judged}: to {}", interval.1);
        }
        assert_eq!(Share::default().interval(), None);
    }
}
