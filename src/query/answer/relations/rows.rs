//! The columns of an answer on relationships, and its rows arranged for those who read them.

use crate::query::output::Cell;

/// The columns of the view `who_is`, in its order.
pub const COLUMNS: [&str; 13] = [
    "entity_id",
    "name",
    "kind",
    "predicate",
    "other",
    "other_id",
    "detail",
    "first_seen",
    "last_seen",
    "articles",
    "status",
    "since",
    "until",
];

/// What shows a relationship: the newest article that states it, and its words there with those around them, or the quote that does;
/// whose claim it is, and the entity that two have in common. No part of the view.
pub(super) const EVIDENCE: [&str; 10] = [
    "relationship_id",
    "quote_id",
    "claimant",
    "through",
    "evidence",
    "title",
    "publisher",
    "published_at",
    "url",
    "article_id",
];

/// The columns for programs.
pub(crate) const COLUMNS_WITH_EVIDENCE: [&str; COLUMNS.len() + EVIDENCE.len()] = {
    let mut columns = [""; COLUMNS.len() + EVIDENCE.len()];
    let mut at = 0;
    while at < columns.len() {
        columns[at] = if at < COLUMNS.len() { COLUMNS[at] } else { EVIDENCE[at - COLUMNS.len()] };
        at += 1;
    }
    columns
};

/// How much of the paragraph is shown on each side of the words that state a relationship, in code points.
pub(super) const AROUND: i64 = 300;

/// The columns of a page for people: [`COLUMNS`] without ids, and with the days of the first and the last article in one, so
/// that no word is broken on a screen of usual width.
pub(super) const PAGE_COLUMNS: [&str; 9] =
    ["name", "kind", "predicate", "other", "detail", "term", "seen", "articles", "status"];

/// A row of [`COLUMNS_WITH_EVIDENCE`]: the words that state it are put together with those around them.
pub(super) fn with_passage(mut row: Vec<Cell>) -> Vec<Cell> {
    let at = COLUMNS.len() + 4;
    let mut parts = row.drain(at..at + 3).map(|cell| match cell {
        Cell::Text(text) => text,
        _ => String::new(),
    });
    let [before, words, behind] = [(); 3].map(|()| parts.next().unwrap_or_default());
    drop(parts);
    let evidence = if words.is_empty() { Cell::Null } else { Cell::Text(passage(&before, &words, &behind)) };
    row.insert(at, evidence);
    row
}

/// Words with those around them, as far as their paragraph goes; cut between words, which is marked.
fn passage(before: &str, words: &str, behind: &str) -> String {
    let is_cut = |text: &str| text.chars().count() as i64 >= AROUND;
    let before = match before.rsplit_once('\n') {
        Some((_, line)) => line.to_owned(),
        None if is_cut(before) => {
            before.split_once(char::is_whitespace).map_or_else(String::new, |(_, rest)| format!("… {rest}"))
        }
        None => before.to_owned(),
    };
    let behind = match behind.split_once('\n') {
        Some((line, _)) => line.to_owned(),
        None if is_cut(behind) => {
            behind.rsplit_once(char::is_whitespace).map_or_else(String::new, |(rest, _)| format!("{rest} …"))
        }
        None => behind.to_owned(),
    };
    format!("{before}{words}{behind}").trim().to_owned()
}

/// A row of [`COLUMNS_WITH_EVIDENCE`] in other columns; `seen` are the days of the first and the last article, `published` is that of
/// the one shown.
pub(super) fn arranged(row: &[Cell], columns: &[&str]) -> Vec<Cell> {
    let value = |column: &str| {
        let at = COLUMNS_WITH_EVIDENCE.iter().position(|name| *name == column);
        at.and_then(|at| row.get(at)).cloned().unwrap_or(Cell::Null)
    };
    let day = |column: &str| match value(column) {
        Cell::Text(date) => Some(date.chars().take(10).collect::<String>()),
        _ => None,
    };
    let seen = match (day("first_seen"), day("last_seen")) {
        (Some(first), Some(last)) if first != last => Some(format!("{first} – {last}")),
        (first, last) => first.or(last),
    };
    let term = match (day("since"), day("until")) {
        // A deed that one article dates to the year and another to the day was done on the day.
        (Some(since), Some(until)) if until.starts_with(&since) => Some(until),
        (Some(since), Some(until)) if since.starts_with(&until) => Some(since),
        (Some(since), Some(until)) => Some(format!("{since} – {until}")),
        (Some(since), None) => Some(format!("since {since}")),
        (None, until) => until.map(|until| format!("until {until}")),
    };
    let cell = |name: &&str| match *name {
        "seen" => seen.clone().into(),
        "term" => term.clone().into(),
        "published" => day("published_at").into(),
        name => value(name),
    };
    columns.iter().map(cell).collect()
}
