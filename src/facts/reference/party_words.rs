//! The words for parties and for those who are of one mind.
//!
//! Knows words only, each with what it can be in a name or in place of one; what an article means by it is for `parties`
//! and `names`.

/// What a word for a party can be.
#[derive(Clone, Copy)]
enum Sense {
    /// Stands for one party wherever English news prints it with a capital; the party's full name.
    Label(&'static str),
    /// Names a group of people, which is no entity: `the Republicans`.
    Group,
    /// Ends the name of a part of a body: `Senate Democrats` are not the Senate.
    Part,
    /// Says too little to stand for a longer name: `Democratic` is not any league that is called so.
    Common,
}

use Sense::{Common, Group, Label, Part};

/// Each word as it is printed as a label, or in lower case.
const WORDS: &[(&str, &[Sense])] = &[
    ("GOP", &[Label("Republican Party")]),
    ("G.O.P.", &[Label("Republican Party")]),
    ("Grand Old Party", &[Label("Republican Party")]),
    ("Republican", &[Label("Republican Party"), Part, Common]),
    ("republicans", &[Group, Part]),
    ("Democrat", &[Label("Democratic Party"), Part]),
    ("Democratic", &[Label("Democratic Party"), Part, Common]),
    ("democrats", &[Group, Part]),
    ("dems", &[Group, Part]),
    ("Libertarian", &[Label("Libertarian Party")]),
    ("Tory", &[Label("Conservative Party")]),
    ("Conservative", &[Label("Conservative Party")]),
    ("conservatives", &[Group, Part]),
    ("Labour", &[Label("Labour Party")]),
    ("liberals", &[Group]),
    ("progressives", &[Group]),
    ("socialists", &[Group]),
    ("communists", &[Group]),
];

/// All labels as they are printed, each with its party.
pub(crate) fn labels() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORDS.iter().flat_map(|(word, senses)| {
        senses.iter().filter_map(move |sense| match sense {
            Label(party) => Some((*word, *party)),
            _ => None,
        })
    })
}

/// The party that a word is a label of, whatever stands beside it.
pub(super) fn of_label(word: &str) -> Option<&'static str> {
    labels().find(|(label, _)| *label == word).map(|(_, party)| party)
}

/// Whether a label is but another name of its party, and never says whose somebody is: `GOP`, not `Republican`.
pub(super) fn is_only_a_name(label: &str) -> bool {
    WORDS.iter().any(|(known, senses)| *known == label && matches!(senses, [Label(_)]))
        && (label.contains(' ') || !label.chars().any(char::is_lowercase))
}

/// Whether a word names the people of a party or of one mind.
pub(super) fn is_group(word: &str) -> bool {
    has(word, |sense| matches!(sense, Group))
}

/// Whether a name that ends with this word is that of a part of a body.
pub(crate) fn is_part(word: &str) -> bool {
    has(word, |sense| matches!(sense, Part))
}

/// Whether a word says too little to stand for a longer name.
pub(crate) fn is_common(word: &str) -> bool {
    has(word, |sense| matches!(sense, Common))
}

/// Whether one of the senses of a word, in lower case, is of a kind.
fn has(word: &str, is: impl Fn(Sense) -> bool) -> bool {
    let found = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    found.is_some_and(|(_, senses)| senses.iter().copied().any(is))
}
