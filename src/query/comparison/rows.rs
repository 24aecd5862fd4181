//! Differences as rows.

use crate::error::Error;
use crate::query::audience::Audience;
use crate::query::comparison::difference::Difference;
use crate::query::output::{Cell, Sink};

/// The columns for programs.
const ALL: [&str; 13] = [
    "change",
    "before",
    "after",
    "what",
    "speaker",
    "key",
    "id_before",
    "id_after",
    "article_id",
    "published_at",
    "publisher",
    "title",
    "url",
];

/// The columns for people.
const FEW: [&str; 5] = ["change", "before", "after", "what", "title"];

/// Begins an answer.
pub fn begin(audience: Audience, sink: &mut dyn Sink) -> Result<(), Error> {
    sink.columns(if audience == Audience::Programs { &ALL } else { &FEW })
}

/// Writes a difference as a row.
pub fn write_row(difference: &Difference, audience: Audience, sink: &mut dyn Sink) -> Result<(), Error> {
    let Difference { change, before, after, what, speaker, key, id_before, id_after, article } = difference;
    let change = Cell::Text((*change).to_owned());
    let [before, after] = [before, after].map(|text| Cell::from(text.clone()));
    let (what, title) = (Cell::Text(what.clone()), Cell::from(article.title.clone()));
    if audience != Audience::Programs {
        return sink.row(&[change, before, after, what, title]);
    }
    let id = |id: &Option<i64>| id.map_or(Cell::Null, Cell::Integer);
    sink.row(&[
        change,
        before,
        after,
        what,
        speaker.clone().into(),
        key.clone().into(),
        id(id_before),
        id(id_after),
        article.id.into(),
        article.published_at.clone().into(),
        article.publisher.clone().into(),
        title,
        article.url.clone().into(),
    ])
}
