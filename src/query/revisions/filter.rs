//! Which changes are wanted.

use crate::dates::Period;

/// Which changes are wanted.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this article only.
    pub article: Option<i64>,
    /// Of articles of this publisher.
    pub publisher: Option<String>,
    /// When the later version was read.
    pub period: Period,
    /// Only what changed in the quotes.
    pub quotes_only: bool,
    /// Also quotes that are not vouched for in either version.
    pub all: bool,
    /// How many later versions at most.
    pub limit: u64,
    /// How many of them to leave out at the start.
    pub offset: u64,
}
