//! Patterns that the words of a question may fit.
//!
//! A pattern is words divided by spaces: `say|said` fits either word, `[ever]` and `[by the way]` may be
//! missing, `(once | at any time)` fits either part, `{about}` takes one word or more and hands them on,
//! `{object}'s` takes words of which the last is a possessive, `{#most}` takes a number, `{"words"}` takes what
//! stands in quotation marks. Words in capitals stand for the classes of [`CLASSES`]. Case, question marks and the
//! shape of apostrophes do not matter.

use std::collections::BTreeMap;

use crate::query::question::words::{Word, text_of};

/// Words that may take each other's place in any pattern.
pub(super) const CLASSES: [(&str, &str); 15] = [
    ("ABOUT", "about|on|of|regarding|concerning|re"),
    ("BY", "by|from"),
    ("DID", "did|does|do|has|have|had|'s|'d"),
    ("FIRST", "first|earliest|oldest"),
    ("HAS", "has|have|had|'s|'ve"),
    ("IS", "is|was|are|were|'s|'re"),
    ("LAST", "last|latest|newest|recent"),
    ("ON", "about|on|regarding|concerning"),
    ("OUTLETS", "papers|paper|newspapers|newspaper|publishers|outlets|outlet|sites|site|media"),
    ("QUOTE", "quote|quotation|statement|remark|comment"),
    (
        "QUOTES",
        "quotes|quote|quotations|quotation|statements|statement|remarks|remark|comments|comment|words",
    ),
    ("RELATIVE", RELATIVE),
    ("SAID", "say|says|said|saying|state|states|stated"),
    ("SHOW", "show|list|find|give|get|print|display"),
    (
        "VIEWS",
        "opinion|opinions|position|positions|view|views|stance|take|thoughts|quotes|quote|quotations|statements|statement|remarks|comments|words",
    ),
];

/// Words for kin.
const RELATIVE: &str = "brother|brothers|sister|sisters|sibling|siblings|cousin|cousins|uncle|uncles|aunt|aunts|nephew|nephews|niece|nieces|grandfather|grandmother|grandson|granddaughter|relative|relatives|brother-in-law|sister-in-law|father-in-law|mother-in-law|son-in-law|daughter-in-law";

/// A pattern that is ready to be compared with words.
#[derive(Debug)]
pub(super) struct Pattern(Vec<Piece>);

/// What a pattern asks for at one place.
#[derive(Debug)]
enum Piece {
    /// One of these words.
    Words(Vec<String>),
    /// One of these sequences.
    Any(Vec<Vec<Piece>>),
    /// One word or more.
    Slot(String),
    /// One word or more, the last with the ending of a possessive, which is dropped.
    Possessive(String),
    /// A quotation.
    Quotation(String),
    /// A number in figures or a word for one.
    Number(String),
}

/// What the slots of a pattern took, by name.
pub(super) type Slots = BTreeMap<String, Taken>;

/// What one slot took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    /// As text, without the ending of a possessive.
    pub(super) text: String,
    /// Whether it is one quotation: a name or a phrase, whatever its words.
    pub(super) quoted: bool,
}

/// Whether a slot of this name may take these words.
pub(super) type Accepts<'a> = dyn Fn(&str, &[Word]) -> bool + 'a;

impl Pattern {
    /// Reads a pattern as it is written in a table.
    pub(super) fn new(text: &str) -> Pattern {
        let apart = ["[", "]", "(", ")"]
            .iter()
            .fold(text.to_owned(), |text, mark| text.replace(mark, &format!(" {mark} ")));
        let mut tokens = apart.split_whitespace();
        let mut alternatives = sequences(&mut tokens, "");
        match alternatives.len() {
            1 => Pattern(alternatives.swap_remove(0)),
            _ => Pattern(vec![Piece::Any(alternatives)]),
        }
    }

    /// Fits all words; `None` where they do not fit, or a slot would take what it may not.
    pub(super) fn fit(&self, words: &[Word], accepts: &Accepts<'_>) -> Option<Slots> {
        self.fit_start(words, accepts, &|rest| rest.is_empty()).map(|(slots, _)| slots)
    }

    /// Fits the first words, where what follows them may follow; gives how many they are.
    pub(super) fn fit_start(
        &self,
        words: &[Word],
        accepts: &Accepts<'_>,
        may_follow: &dyn Fn(&[Word]) -> bool,
    ) -> Option<(Slots, usize)> {
        let mut left = None;
        let mut slots = Slots::new();
        let fits = fit_pieces(&self.0, words, accepts, &mut slots, &mut |rest, _| {
            let fits = may_follow(rest);
            left = fits.then_some(rest.len());
            fits
        });
        fits.then_some((slots, words.len() - left?))
    }

    /// Every word that it may ask for.
    pub(super) fn vocabulary(&self) -> Vec<&str> {
        fn add<'p>(pieces: &'p [Piece], all: &mut Vec<&'p str>) {
            for piece in pieces {
                match piece {
                    Piece::Words(words) => all.extend(words.iter().map(String::as_str)),
                    Piece::Any(sequences) => sequences.iter().for_each(|pieces| add(pieces, all)),
                    _ => {}
                }
            }
        }
        let mut all = Vec::new();
        add(&self.0, &mut all);
        all
    }
}

/// The sequences up to a closing bracket, or to the end.
fn sequences<'t>(tokens: &mut impl Iterator<Item = &'t str>, closing: &str) -> Vec<Vec<Piece>> {
    let mut all = vec![Vec::new()];
    while let Some(token) = tokens.next() {
        if token == closing {
            break;
        }
        let piece = match token {
            "|" => {
                all.push(Vec::new());
                continue;
            }
            "[" => {
                let mut inside = sequences(tokens, "]");
                inside.push(Vec::new());
                Piece::Any(inside)
            }
            "(" => Piece::Any(sequences(tokens, ")")),
            token => piece(token),
        };
        if let Some(last) = all.last_mut() {
            last.push(piece);
        }
    }
    all
}

fn piece(text: &str) -> Piece {
    let inside = |open: &str, close: &str| text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(name) = inside("{\"", "\"}") {
        Piece::Quotation(name.to_owned())
    } else if let Some(name) = inside("{#", "}") {
        Piece::Number(name.to_owned())
    } else if let Some(name) = inside("{", "}'s") {
        Piece::Possessive(name.to_owned())
    } else if let Some(name) = inside("{", "}") {
        Piece::Slot(name.to_owned())
    } else {
        Piece::Words(alternatives(text))
    }
}

/// The words that a part of a pattern between two bars stands for.
fn alternatives(part: &str) -> Vec<String> {
    let of_class = |name: &str| CLASSES.iter().find(|(class, _)| *class == name).map(|(_, words)| *words);
    let words = part.split('|').flat_map(|word| of_class(word).unwrap_or(word).split('|'));
    words.map(str::to_owned).collect()
}

/// What is tried with the words that are left.
type Then<'a> = dyn FnMut(&[Word], &mut Slots) -> bool + 'a;

fn fit_pieces(
    pieces: &[Piece],
    words: &[Word],
    accepts: &Accepts<'_>,
    slots: &mut Slots,
    then: &mut Then<'_>,
) -> bool {
    let Some((piece, later)) = pieces.split_first() else {
        return then(words, slots);
    };
    match piece {
        Piece::Words(wanted) => {
            words.first().is_some_and(|word| wanted.iter().any(|one| word.is(one)))
                && fit_pieces(later, &words[1..], accepts, slots, then)
        }
        Piece::Any(sequences) => sequences.iter().any(|sequence| {
            fit_pieces(sequence, words, accepts, slots, &mut |rest, slots| {
                fit_pieces(later, rest, accepts, slots, then)
            })
        }),
        Piece::Quotation(name) => {
            words.first().is_some_and(|word| word.quoted)
                && keep(name, words[0].text.clone(), true, slots, |slots| {
                    fit_pieces(later, &words[1..], accepts, slots, then)
                })
        }
        Piece::Number(name) => {
            let number = words.first().filter(|word| !word.quoted).and_then(|word| number(word.folded()));
            number.is_some_and(|number| {
                keep(name, number.to_string(), false, slots, |slots| {
                    fit_pieces(later, &words[1..], accepts, slots, then)
                })
            })
        }
        Piece::Slot(name) | Piece::Possessive(name) => (1..=words.len()).any(|taken| {
            let (first, rest) = words.split_at(taken);
            let owned = matches!(piece, Piece::Possessive(_));
            let Some(text) = (if owned { owner(first) } else { Some(text_of(first)) }) else { return false };
            let quoted = taken == 1 && first[0].quoted;
            !text.is_empty()
                && accepts(name, first)
                && keep(name, text, quoted, slots, |slots| fit_pieces(later, rest, accepts, slots, then))
        }),
    }
}

/// Keeps what a slot took as long as the rest fits.
fn keep(
    name: &str,
    text: String,
    quoted: bool,
    slots: &mut Slots,
    rest_fits: impl FnOnce(&mut Slots) -> bool,
) -> bool {
    let before = slots.insert(name.to_owned(), Taken { text, quoted });
    let fits = rest_fits(slots);
    if !fits {
        match before {
            Some(taken) => slots.insert(name.to_owned(), taken),
            None => slots.remove(name),
        };
    }
    fits
}

/// The owner that a possessive names: `Ana Ruiz` in `Ana Ruiz's`, `the Fishers` in `the Fishers'`.
fn owner(words: &[Word]) -> Option<String> {
    let text = text_of(words).replace('’', "'");
    let name =
        text.strip_suffix("'s").or_else(|| text.strip_suffix("s'").map(|_| &text[..text.len() - 1]))?;
    Some(name.to_owned())
}

/// A number in figures, or a word for a small one.
fn number(word: &str) -> Option<u64> {
    const WORDS: [&str; 20] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    let written = WORDS.iter().position(|name| *name == word).and_then(|at| u64::try_from(at + 1).ok());
    written.or_else(|| word.parse().ok()).filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::question::words::words;

    fn slots(pattern: &str, question: &str) -> Option<Vec<String>> {
        let slots = Pattern::new(pattern).fit(&words(question), &|_, _| true)?;
        Some(slots.into_values().map(|taken| taken.text).collect())
    }

    #[test]
    fn words_fit_without_regard_to_case_and_marks() {
        for question in [
            "who said what about Ana Ruiz?",
            "WHO SAID WHAT ABOUT Ana Ruiz",
            " who said  what about Ana Ruiz ? ",
        ] {
            assert_eq!(
                slots("who said what about {about}", question),
                Some(vec!["Ana Ruiz".into()]),
                "{question}"
            );
        }
        assert_eq!(slots("who said what about {about}", "who said what"), None);
    }

    #[test]
    fn a_slot_takes_as_little_as_it_can() {
        let fitted = slots(
            "what did {speaker} say about {topic}",
            "what did Ana Ruiz say about what they say about tax",
        );
        assert_eq!(fitted, Some(vec!["Ana Ruiz".into(), "what they say about tax".into()]));
    }

    #[test]
    fn parts_may_be_missing_or_take_turns() {
        let pattern = "what did {speaker} (say | talk of) [about {topic}]";
        for (question, taken) in [
            ("what did Ana say", Some(vec!["Ana"])),
            ("what did Ana say about tax", Some(vec!["Ana", "tax"])),
            ("what did Ana talk of about tax", Some(vec!["Ana", "tax"])),
            ("what did Ana talk about tax", None),
        ] {
            let taken = taken.map(|taken| taken.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(slots(pattern, question), taken, "{question}");
        }
    }

    #[test]
    fn numbers_are_figures_or_words() {
        assert_eq!(slots("top {#most}", "top 10"), Some(vec!["10".into()]));
        assert_eq!(slots("top {#most}", "top five"), Some(vec!["5".into()]));
        assert_eq!(slots("top {#most}", "top hats"), None);
        assert_eq!(slots("top {#most}", "top 0"), None);
    }

    #[test]
    fn possessives_name_their_owners() {
        for (question, owner, thing) in [
            ("who is Porto's mayor?", "Porto", "mayor"),
            ("who is Ana Ruiz’s older brother", "Ana Ruiz", "older brother"),
            ("who is the Fishers' leader", "the Fishers", "leader"),
        ] {
            let fitted = slots("who is {object}'s {thing}", question);
            assert_eq!(fitted, Some(vec![owner.into(), thing.into()]), "{question}");
        }
        assert_eq!(slots("who is {object}'s {thing}", "who is the mayor"), None);
    }

    #[test]
    fn a_slot_takes_nothing_that_is_not_accepted() {
        let pattern = Pattern::new("who is {who}");
        let short = |_: &str, words: &[Word]| words.len() < 2;
        assert!(pattern.fit(&words("who is Ana"), &short).is_some());
        assert!(pattern.fit(&words("who is Ana Ruiz"), &short).is_none());
    }
}
