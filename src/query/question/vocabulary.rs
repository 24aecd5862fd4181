//! What a question may be read against: the names that an archive has.

/// What an archive has, as far as reading a question needs to know.
pub trait Vocabulary {
    /// Whether somebody or something bears this name.
    fn is_name(&self, words: &str) -> bool;

    /// Whether this is the name of an outlet.
    fn is_publisher(&self, words: &str) -> bool;

    /// How many articles have a word; not counted beyond some thousands.
    fn frequency(&self, word: &str) -> usize;
}

/// No archive at all: a question is read by its words alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoArchive;

impl Vocabulary for NoArchive {
    fn is_name(&self, _: &str) -> bool {
        false
    }

    fn is_publisher(&self, _: &str) -> bool {
        false
    }

    fn frequency(&self, _: &str) -> usize {
        0
    }
}
