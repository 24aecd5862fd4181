//! How much work is put into an article.
//!
//! Knows the two gears by name; what each does is the model's business.

/// How much work is put into an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gear {
    /// With the encoders, which read every word: the best that there is.
    #[default]
    Full,
    /// Without the encoders: some three times as fast, and more reports and names are missed.
    Fast,
}

impl Gear {
    /// The word in the database.
    pub fn name(self) -> &'static str {
        match self {
            Gear::Full => "full",
            Gear::Fast => "fast",
        }
    }

    /// The gear of that name; the full one where there is none.
    pub fn named(name: &str) -> Gear {
        if name == Gear::Fast.name() { Gear::Fast } else { Gear::Full }
    }
}
