//! Names that an article says somebody is known by as well: `Leo Brandt, better known as Tiny`; `Ana Ruiz (born Ana Costa)`.
//!
//! Knows the words between two names. A nickname that stands within a name is the business of `people`.

use crate::annotate::{Annotations, NameKind};

/// How many tokens stand between the two names at most.
const REACH: usize = 8;

/// What says that another name follows, in the last place before it; `as` needs `known` before it.
const BRIDGES: &[&str] = &["nicknamed", "dubbed", "alias", "aka", "a.k.a.", "born", "né", "née", "called"];

/// What may stand between a name and such a word.
const BETWEEN: &[&str] = &[
    ",",
    "(",
    "“",
    "\"",
    "‘",
    "who",
    "is",
    "was",
    "also",
    "better",
    "best",
    "popularly",
    "widely",
    "commonly",
    "generally",
    "affectionately",
    "simply",
    "more",
    "often",
    "usually",
    "sometimes",
    "formerly",
    "previously",
    "professionally",
    "locally",
    "universally",
    "otherwise",
    "then",
    "known",
    "to",
    "fans",
    "friends",
    "family",
    "his",
    "her",
    "their",
];

/// The pairs of names of which the second is said to be another of the bearer of the first, as indices of names.
pub(super) fn other_names<'a>(text: &'a Annotations<'a>) -> impl Iterator<Item = (usize, usize)> + 'a {
    text.names.windows(2).enumerate().filter_map(move |(index, pair)| {
        let [name, other] = pair else { return None };
        let (from, to) = (name.tokens.end(), other.tokens.start());
        let is_near = from < to && to - from <= REACH;
        (is_near
            && name.kind == NameKind::Person
            && other.kind != NameKind::Place
            && leads_over(text, from, to))
        .then_some((index, index + 1))
    })
}

/// Whether the tokens between two names say that both are one's.
fn leads_over(text: &Annotations, from: usize, to: usize) -> bool {
    let words: Vec<String> = (from..to).map(|token| text.word(token).to_lowercase()).collect();
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    while words.last().is_some_and(|word| matches!(*word, "“" | "\"" | "‘" | "'" | "(")) {
        words.pop();
    }
    let Some((last, before)) = words.split_last() else { return false };
    let is_bridge = match *last {
        "as" => before.contains(&"known"),
        // `was called` is said of a call as well: only beside the name.
        "called" => !before.is_empty() && before.iter().all(|word| matches!(*word, "," | "(" | "also")),
        // `Ana Ruiz dubbed Leo Brandt …` names somebody else.
        "dubbed" | "nicknamed" => !before.is_empty(),
        last => BRIDGES.contains(&last),
    };
    is_bridge && before.iter().all(|word| BETWEEN.contains(word))
}
