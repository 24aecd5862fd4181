//! A form that is ready to be compared with questions, and the list of all.

use std::sync::LazyLock;

use crate::query::question::forms::{FORMS, LAST_FORMS, Means, QuestionForm, Section};
use crate::query::question::pattern::{Accepts, Pattern, Slots};
use crate::query::question::words::Word;
use crate::query::question::{acts, cues, verbs};

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

    fn of_table(form: &QuestionForm) -> Form {
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

/// All forms, in the order in which they are tried.
pub(super) static ALL: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let written = FORMS.iter().map(Form::of_table);
    let last = LAST_FORMS.iter().map(Form::of_table);
    written.chain(acts::forms()).chain(cues::forms()).chain(verbs::forms()).chain(last).collect()
});
