//! The words that turn what is said into its opposite.

/// Words that negate, as `name_key` writes them; `n't` is a word of its own.
const NEGATIONS: &[&str] = &[
    "no", "not", "nt", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without",
    "cannot", "hardly", "barely", "scarcely", "aint", "cant", "couldnt", "didnt", "doesnt", "dont", "hadnt",
    "hasnt", "havent", "isnt", "mustnt", "neednt", "shouldnt", "wasnt", "werent", "wont", "wouldnt",
];

/// What makes a word the opposite of what is left, and how long that is at least: `unfair`, `illegal`; not `uncle`.
const PREFIXES: &[(&str, usize)] =
    &[("un", 4), ("non", 4), ("dis", 5), ("il", 5), ("ir", 6), ("im", 6), ("in", 6)];

/// Whether a word negates.
pub(super) fn negates(key: &str) -> bool {
    NEGATIONS.contains(&key)
}

/// Whether one of two words is the other with a prefix that makes it the opposite.
pub(super) fn is_opposite(one: &str, other: &str) -> bool {
    let negated = |long: &str, short: &str| {
        PREFIXES
            .iter()
            .any(|(prefix, least)| short.len() >= *least && long.strip_prefix(prefix) == Some(short))
    };
    negated(one, other) || negated(other, one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_differ_by_a_prefix() {
        for (one, other, expected) in [
            ("unfair", "fair", true),
            ("legal", "illegal", true),
            ("possible", "impossible", true),
            ("honest", "dishonest", true),
            ("come", "income", false),
            ("port", "import", false),
            ("cover", "uncover", true),
            ("fair", "fair", false),
        ] {
            assert_eq!(is_opposite(one, other), expected, "{one} {other}");
        }
        assert!(negates("nt") && !negates("note"));
    }
}
