//! Words as they are typed → expressions of FTS5, which has a syntax of its own: no mark of it may get through.
//!
//! No text is an error: what has no word in it, be it marks alone, is in no quote, and that is an answer.

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
}
