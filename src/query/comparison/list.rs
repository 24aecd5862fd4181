//! Differences made for reading. All of it is safe to show.
//!
//! ```text
//! 2020-03-09 · The Courier · Ferry runs again
//!   quote speaker         Leo Brandt → Ana Ruiz: “We act now.” · 88 → 91
//! ```

use std::io::{self, Write};

use crate::query::comparison::difference::{Difference, Tally};
use crate::query::output::Screen;
use crate::query::revisions::{GREEN, RED, colored, wrapped};
use crate::terminal::one_line;

/// How wide the column of labels is, with the space before it.
const LABELS: usize = 26;

/// Writes how much is the same and how much is not.
pub fn write_counts(tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
    let [both, gone, new] = tally.articles;
    let line = |out: &mut dyn Write, label: &str, value: &str| writeln!(out, "{label:LABELS$}{value}");
    line(out, "articles", &format!("{both} in both, {gone} gone, {new} new"))?;
    let [quotes, relationships] = tally.same;
    line(out, "quotes the same", &quotes.to_string())?;
    line(out, "relationships the same", &relationships.to_string())?;
    tally.changes.iter().try_for_each(|(change, count)| line(out, change, &count.to_string()))
}

/// Writes a difference; `is_first` of its article also which article that is.
pub fn write_text(
    difference: &Difference,
    is_first: bool,
    screen: Screen,
    out: &mut dyn Write,
) -> io::Result<()> {
    if is_first {
        let article = &difference.article;
        let parts = [&article.published_at, &article.publisher, &article.title].into_iter().flatten();
        let place = parts.map(|part| one_line(part).into_owned()).collect::<Vec<_>>().join(" · ");
        let place = if place.is_empty() { format!("article {}", article.id) } else { place };
        writeln!(out)?;
        wrapped(&place, "", "  ", screen, out)?;
    }
    let label = format!("  {:<width$}", difference.change, width = LABELS - 2);
    wrapped(&in_words(difference, screen.colors), &label, &" ".repeat(LABELS), screen, out)
}

/// A difference in one line.
fn in_words(difference: &Difference, colors: bool) -> String {
    let ids = match (difference.id_before, difference.id_after) {
        (Some(before), Some(after)) if before != after => format!("{before} → {after}"),
        (before, after) => before.or(after).map(|id| id.to_string()).unwrap_or_default(),
    };
    let value = |value: &Option<String>, color: &str| {
        colored(&one_line(value.as_deref().unwrap_or("nothing")), color, colors)
    };
    let is_whole = difference.change.ends_with("gone") || difference.change.ends_with("new");
    let is_words = difference.change.ends_with("borders") && difference.key.is_some();
    let change = format!("{} → {}", value(&difference.before, RED), value(&difference.after, GREEN));
    let what = one_line(&difference.what);
    let speaker = difference.speaker.as_ref().map(|name| format!("{}: ", one_line(name))).unwrap_or_default();
    match () {
        () if is_whole => format!("{speaker}{what} · {ids}"),
        () if is_words => format!("{speaker}{change} · {ids}"),
        () => format!("{change}: {what} · {ids}"),
    }
}
