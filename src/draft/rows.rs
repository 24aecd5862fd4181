//! Checked quotes as rows: one for each.

use crate::draft::checked::{Checked, CheckedDraft, CheckedQuote};
use crate::error::Error;
use crate::query::Audience;
use crate::query::output::{Cell, Sink};
use crate::query::revisions::marked;

/// The columns for programs.
const ALL: [&str; 24] = [
    "draft",
    "line",
    "number",
    "verdict",
    "findings",
    "stands",
    "quote",
    "kind",
    "start",
    "end",
    "speaker",
    "speaker_text",
    "stated_date",
    "archive_quote",
    "archive_speaker",
    "archive_speaker_text",
    "archive_cue",
    "difference",
    "published_at",
    "publisher",
    "title",
    "url",
    "article_id",
    "quote_id",
];

/// The columns for people.
const FEW: [&str; 6] = ["verdict", "speaker", "quote", "archive_speaker", "archive_quote", "quote_id"];

/// Writes all quotes, each as a row.
pub fn write_rows(checked: &Checked, audience: Audience, sink: &mut dyn Sink) -> Result<(), Error> {
    sink.columns(if audience == Audience::Programs { &ALL } else { &FEW })?;
    for draft in &checked.drafts {
        for (index, quote) in draft.quotes.iter().enumerate() {
            match audience {
                Audience::Programs => sink.row(&all(draft, index + 1, quote))?,
                _ => sink.row(&few(quote))?,
            }
        }
    }
    sink.finish()
}

fn few(quote: &CheckedQuote) -> [Cell; 6] {
    let found = quote.found.as_ref();
    [
        quote.verdict().replace('_', " ").into(),
        quote.speaker.clone().or_else(|| quote.source.clone()).into(),
        quote.text.clone().into(),
        found.and_then(|found| found.speaker.clone().or_else(|| found.speaker_text.clone())).into(),
        found.map(|found| found.text.clone()).into(),
        found.map_or(Cell::Null, |found| found.id.into()),
    ]
}

fn all(draft: &CheckedDraft, number: usize, quote: &CheckedQuote) -> [Cell; 24] {
    let found = quote.found.as_ref();
    let article = found.map(|found| &found.article).or(quote.printed.as_ref());
    let findings = quote.findings.iter().map(|finding| finding.name().to_owned()).collect();
    [
        draft.source.clone().into(),
        draft.line.map_or(Cell::Null, |line| integer(line as usize)),
        integer(number),
        quote.verdict().to_owned().into(),
        Cell::List(findings),
        i64::from(quote.stands()).into(),
        quote.text.clone().into(),
        quote.kind.to_owned().into(),
        integer(quote.start),
        integer(quote.end),
        quote.speaker.clone().into(),
        quote.source.clone().into(),
        quote.stated_date.clone().into(),
        found.map(|found| found.text.clone()).into(),
        found.and_then(|found| found.speaker.clone()).into(),
        found.and_then(|found| found.speaker_text.clone()).into(),
        found.and_then(|found| found.cue.clone()).into(),
        (!quote.pieces.is_empty()).then(|| marked(&quote.pieces)).into(),
        article.and_then(|article| article.published_at.clone()).into(),
        article.and_then(|article| article.publisher.clone()).into(),
        article.and_then(|article| article.title.clone()).into(),
        article.and_then(|article| article.url.clone()).into(),
        article.map_or(Cell::Null, |article| article.id.into()),
        found.map_or(Cell::Null, |found| found.id.into()),
    ]
}

fn integer(number: usize) -> Cell {
    i64::try_from(number).map_or(Cell::Null, Cell::Integer)
}
