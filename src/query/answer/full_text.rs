//! Words as they are typed → expressions of FTS5, which has a syntax of its own: no mark of it may get through.

use crate::error::Error;

/// A phrase for FTS5: its words one after the other; `*` at the end stands for any ending.
pub(super) fn phrase(phrase: &str) -> Result<String, Error> {
    if !phrase.chars().any(char::is_alphanumeric) {
        return Err(Error::usage(format!("there is no word in `{phrase}`"))
            .hint("give words that the quote contains"));
    }
    let (words, ending) = match phrase.trim_end().strip_suffix('*') {
        Some(words) => (words, "*"),
        None => (phrase, ""),
    };
    Ok(format!("\"{}\"{ending}", words.replace('"', "\"\"")))
}

/// Words that say nothing about what a quote is about.
const EMPTY_WORDS: [&str; 22] = [
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "from", "with", "and", "or", "by", "as", "about",
    "its", "his", "her", "their", "this", "that",
];

/// Words for FTS5, each as a phrase of its own; those without meaning only where there is no other.
pub(super) fn words(text: &str) -> Result<Vec<String>, Error> {
    let with_letters = |word: &&str| word.chars().any(char::is_alphanumeric);
    let words: Vec<&str> = text.split_whitespace().filter(with_letters).collect();
    let meaningful: Vec<&str> =
        words.iter().copied().filter(|word| !EMPTY_WORDS.contains(&word.to_lowercase().as_str())).collect();
    let chosen = if meaningful.is_empty() { words } else { meaningful };
    if chosen.is_empty() {
        return phrase(text).map(|phrase| vec![phrase]);
    }
    chosen.into_iter().map(phrase).collect()
}

/// All words of a text, wherever they stand.
pub(super) fn all_words(text: &str) -> Result<String, Error> {
    words(text).map(|words| words.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_phrases_that_fts5_accepts() -> Result<(), Error> {
        for (typed, expected) in [
            ("tax cut", "\"tax cut\""),
            ("U.S.", "\"U.S.\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("immigra*", "\"immigra\"*"),
        ] {
            assert_eq!(phrase(typed)?, expected);
        }
        assert!(phrase("—?").is_err());
        assert_eq!(words("the price of bread")?, ["\"price\"", "\"bread\""]);
        assert_eq!(words("to be or not to be")?, ["\"be\"", "\"not\"", "\"be\""]);
        assert_eq!(words("the")?, ["\"the\""]);
        assert!(words("…").is_err());
        Ok(())
    }
}
