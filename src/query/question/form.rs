//! A form that is ready to be compared with questions.

use crate::query::question::forms::{Means, QuestionForm};
use crate::query::question::pattern::{Accepts, Pattern, Slots};
use crate::query::question::section::Section;
use crate::query::question::words::Word;

/// A form of any table.
pub(super) struct Form {
    pub(super) section: Section,
    /// Its patterns as they are written.
    pub(super) written: Vec<String>,
    patterns: Vec<Pattern>,
    pub(super) example: String,
    pub(super) also: Vec<String>,
    pub(super) means: Means,
}

impl Form {
    pub(super) fn new(
        section: Section,
        written: Vec<String>,
        example: &str,
        also: &[&str],
        means: Means,
    ) -> Form {
        let patterns = written.iter().map(|pattern| Pattern::new(pattern)).collect();
        let also = also.iter().map(|example| (*example).to_owned()).collect();
        Form { section, written, patterns, example: example.to_owned(), also, means }
    }

    /// A row of the table.
    pub(super) fn of_table(form: &QuestionForm) -> Form {
        let written = form.patterns.iter().map(|pattern| (*pattern).to_owned()).collect();
        Form::new(form.section, written, form.example, form.also, form.means)
    }

    /// What its slots take of these words; `None` where none of its patterns fits.
    pub(super) fn fit(&self, words: &[Word], accepts: &Accepts<'_>) -> Option<Slots> {
        self.patterns.iter().find_map(|pattern| pattern.fit(words, accepts))
    }

    /// Every word that it may ask for.
    pub(super) fn vocabulary(&self) -> impl Iterator<Item = &str> {
        self.patterns.iter().flat_map(Pattern::vocabulary)
    }
}
