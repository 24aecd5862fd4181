//! Words as they are typed → expressions of FTS5, which has a syntax of its own: no mark of it may get through.
//!
//! No text is an error: what has no word in it, be it marks alone, is in no quote, and that is an answer.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::statement::for_each_row;
use crate::query::failure::read_error;

/// What nothing holds.
const NOTHING: &str = "\"\"";

/// Whether there is a word in a text that could be found.
pub(super) fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// A phrase for FTS5: its words one after the other; `*` at the end stands for any ending.
pub(super) fn phrase(phrase: &str) -> String {
    if !has_words(phrase) {
        return NOTHING.to_owned();
    }
    let (words, ending) = match phrase.trim_end().strip_suffix('*') {
        Some(words) => (words, "*"),
        None => (phrase, ""),
    };
    format!("\"{}\"{ending}", words.replace('"', "\"\""))
}

/// Words that say nothing about what a quote is about.
const EMPTY_WORDS: [&str; 22] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with", "and", "or", "by", "as", "about",
    "its", "his", "her", "their", "this", "that",
];

/// Words for FTS5, each as a phrase of its own; those without meaning only where there is no other.
pub(super) fn words(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().filter(|word| has_words(word)).collect();
    let meaningful: Vec<&str> =
        words.iter().copied().filter(|word| !EMPTY_WORDS.contains(&word.to_lowercase().as_str())).collect();
    let chosen = if meaningful.is_empty() { words } else { meaningful };
    if chosen.is_empty() {
        return vec![NOTHING.to_owned()];
    }
    chosen.into_iter().map(phrase).collect()
}

/// All words of a text, wherever they stand.
pub(super) fn all_words(text: &str) -> String {
    words(text).join(" AND ")
}

/// From so many quotes on words are common: with fewer, all quotes that have them are put in order.
const COMMON: usize = 15_000;

/// The ids of the quotes that have what an expression of FTS5 asks for, as a JSON array; `None` where they are very many.
pub(super) fn found(db: &Connection, expression: &str) -> Result<Option<String>, Error> {
    const QUOTES: &str = "SELECT rowid FROM quotes_fts WHERE quotes_fts MATCH :words LIMIT :most";
    let mut ids: Vec<i64> = Vec::new();
    let most = i64::try_from(COMMON).unwrap_or(i64::MAX);
    for_each_row(db, QUOTES, &[(":words", &expression), (":most", &most)], |row| {
        ids.push(row.get(0).map_err(read_error)?);
        Ok(true)
    })?;
    if ids.len() == COMMON {
        return Ok(None);
    }
    serde_json::to_string(&ids).map(Some).map_err(|cause| Error::new("cannot list ids").because(cause))
}

/// A pattern of LIKE that all texts without marks on letters have which have what an expression of phrases asks for; `%` where it
/// tells of none.
pub(super) fn like(expression: &str) -> String {
    if expression.contains(" OR ") || expression.contains(" NOT ") {
        return "%".to_owned();
    }
    // The phrases may stand in any order: the longest is looked for.
    let phrases = expression.split('"').skip(1).step_by(2);
    let longest = phrases.max_by_key(|phrase| phrase.len()).unwrap_or_default();
    let words: Vec<&str> =
        longest.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.iter().all(|word| word.is_ascii()) {
        true if !words.is_empty() => format!("%{}%", words.join("%")),
        _ => "%".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_phrases_that_fts5_accepts() {
        for (typed, expected) in [
            ("tax cut", "\"tax cut\""),
            ("U.S.", "\"U.S.\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("immigra*", "\"immigra\"*"),
        ] {
            assert_eq!(phrase(typed), expected);
        }
        assert_eq!(phrase("—?"), NOTHING);
        assert_eq!(words("the price of bread"), ["\"price\"", "\"bread\""]);
        assert_eq!(words("to be or not to be"), ["\"be\"", "\"not\"", "\"be\""]);
        assert_eq!(words("the"), ["\"the\""]);
        assert_eq!(words("…"), [NOTHING]);
    }

    #[test]
    fn a_pattern_has_the_words_in_their_order() {
        for (expression, pattern) in [
            ("(\"the border\")", "%the%border%"),
            ("(\"tax\" AND \"border wall\")", "%border%wall%"),
            ("(\"tax\" OR \"levy\")", "%"),
            ("(\"café\")", "%"),
            ("(\"\")", "%"),
        ] {
            assert_eq!(like(expression), pattern, "{expression}");
        }
    }
}
