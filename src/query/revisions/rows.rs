//! Changes as rows: one for each.

use crate::error::Error;
use crate::query::audience::Audience;
use crate::query::output::{Cell, Sink};
use crate::query::revisions::change::{Change, marked};
use crate::query::revisions::step::Step;

/// The columns for programs.
const ALL: [&str; 14] = [
    "article_id",
    "title",
    "publisher",
    "published_at",
    "url",
    "version",
    "changed_at",
    "change",
    "before",
    "after",
    "context",
    "speaker_before",
    "speaker_after",
    "quote_id",
];

/// The columns for people.
const FEW: [&str; 6] = ["article_id", "version", "change", "before", "after", "speaker"];

/// Begins an answer.
pub fn begin(audience: Audience, sink: &mut dyn Sink) -> Result<(), Error> {
    sink.columns(if audience == Audience::Programs { &ALL } else { &FEW })
}

/// Writes the changes of a version, each as a row.
pub fn write_rows(step: &Step, audience: Audience, sink: &mut dyn Sink) -> Result<(), Error> {
    for change in &step.changes {
        let cells = if audience == Audience::Programs { all(step, change) } else { few(step, change) };
        sink.row(&cells)?;
    }
    Ok(())
}

fn all(step: &Step, change: &Change) -> Vec<Cell> {
    let context = (!change.context.is_empty()).then(|| marked(&change.context));
    vec![
        step.article_id.into(),
        step.title.clone().into(),
        step.publisher.clone().into(),
        step.published_at.clone().into(),
        step.url.clone().into(),
        step.version.into(),
        step.changed_at.clone().into(),
        change.what.to_owned().into(),
        change.before.clone().into(),
        change.after.clone().into(),
        context.into(),
        change.speaker_before.clone().into(),
        change.speaker_after.clone().into(),
        change.quote_id.map_or(Cell::Null, Cell::Integer),
    ]
}

fn few(step: &Step, change: &Change) -> Vec<Cell> {
    vec![
        step.article_id.into(),
        step.version.into(),
        change.what.to_owned().into(),
        change.before.clone().into(),
        change.after.clone().into(),
        change.sources().into(),
    ]
}
