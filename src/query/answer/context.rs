//! The words around a quote in its article: its paragraph, or as many whole sentences of it as are short to read.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::statement::for_each_row;
use crate::query::failure::read_error;

/// How much is shown on each side at most, in code points.
const REACH: i64 = 400;

/// The text before a quote, the quote with what stands between its pieces, and the text after it.
const PARTS: &str = "
    SELECT substr(articles.body, max(0, quotes.start - :reach) + 1, min(quotes.start, :reach)),
        substr(articles.body, quotes.start + 1, quotes.end - quotes.start),
        substr(articles.body, quotes.end + 1, :reach)
    FROM quotes JOIN articles ON articles.id = quotes.article_id WHERE quotes.id = :id";

/// The passage of a quote.
pub(super) fn passage(db: &Connection, quote: i64) -> Result<Option<String>, Error> {
    let mut passage = None;
    for_each_row(db, PARTS, named_params! {":id": quote, ":reach": REACH}, |row| {
        let get = |column| row.get::<_, String>(column).map_err(read_error);
        let (before, quoted, after) = (get(0)?, get(1)?, get(2)?);
        let text = format!("{}{quoted}{}", before_in_paragraph(&before), after_in_paragraph(&after));
        passage = Some(text.trim().to_owned());
        Ok(false)
    })?;
    Ok(passage)
}

/// The end of a text from the last paragraph on; of a long one from its first whole sentence on.
fn before_in_paragraph(text: &str) -> &str {
    if let Some(at) = text.rfind('\n') {
        return &text[at + 1..];
    }
    if i64::try_from(text.chars().count()).is_ok_and(|length| length < REACH) {
        return text;
    }
    ends(text).next().map_or(text, |at| text[at..].trim_start())
}

/// The start of a text up to the end of the paragraph; of a long one up to its last whole sentence.
fn after_in_paragraph(text: &str) -> &str {
    if let Some(at) = text.find('\n') {
        return &text[..at];
    }
    if i64::try_from(text.chars().count()).is_ok_and(|length| length < REACH) {
        return text;
    }
    ends(text).last().map_or(text, |at| &text[..at])
}

/// Where sentences end: behind a full stop and the marks that go with it, before a space.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(['.', '!', '?']).filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        let marks = rest.len() - rest.trim_start_matches(['”', '"', '’', '\'', ')']).len();
        rest[marks..].starts_with(' ').then_some(at + 1 + marks)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_stays_in_its_paragraph() {
        assert_eq!(before_in_paragraph("One.\nTwo. "), "Two. ");
        assert_eq!(after_in_paragraph(", she said.\nThree."), ", she said.");
        assert_eq!(before_in_paragraph("Short. "), "Short. ");
    }

    #[test]
    fn a_long_paragraph_is_cut_between_sentences() {
        let long = format!("{} “End.” Last words", "word ".repeat(90));
        assert_eq!(before_in_paragraph(&long), "Last words");
        let long = format!("First. Second.” {}", "word ".repeat(90));
        assert_eq!(after_in_paragraph(&long), "First. Second.”");
    }
}
