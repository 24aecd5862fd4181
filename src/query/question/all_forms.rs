//! The forms of all tables.

use std::sync::LazyLock;

use crate::query::question::form::Form;
use crate::query::question::forms::{FORMS, LAST_FORMS};
use crate::query::question::{acts, cues, verbs};

/// All forms, in the order in which they are tried.
pub(super) static ALL_FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let written = FORMS.iter().map(Form::of_table);
    let last = LAST_FORMS.iter().map(Form::of_table);
    written.chain(acts::forms()).chain(cues::forms()).chain(verbs::forms()).chain(last).collect()
});
