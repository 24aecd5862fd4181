//! What shows somebody's gender: pronouns, nouns for women and men, given names.
//!
//! Knows closed lists and the statistics of given names. Never guesses: a name that is not known says nothing.

use crate::annotate::{lexicon, offices};
use crate::facts::entity::Gender;

/// The share of women or men among the bearers of a given name from which on the name shows a gender.
const CLEAR: f32 = 0.9;

/// The gender of a personal pronoun of the third person singular.
pub(super) fn of_pronoun(word: &str) -> Option<Gender> {
    let is = |pronoun: &&str| word.eq_ignore_ascii_case(pronoun);
    if ["he", "him", "his", "himself"].iter().any(is) {
        Some(Gender::Male)
    } else if ["she", "her", "hers", "herself"].iter().any(is) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// The gender that a form of address shows.
pub(super) fn of_address(word: &str) -> Option<Gender> {
    offices::address_gender(word).map(of_woman)
}

/// The gender of a woman, if it is one, or of a man.
fn of_woman(is_woman: bool) -> Gender {
    if is_woman { Gender::Female } else { Gender::Male }
}

/// Nouns for women besides those in the table of offices, in lower case, sorted.
const WOMEN: &[&str] = &[
    "aunt",
    "bride",
    "businesswoman",
    "countess",
    "daughter",
    "daughters",
    "duchess",
    "empress",
    "ex-wife",
    "girl",
    "girlfriend",
    "grandmother",
    "heroine",
    "housewife",
    "mother",
    "niece",
    "nun",
    "policewoman",
    "sisters",
    "stepmother",
    "waitress",
    "widow",
    "wife",
    "woman",
];

/// Nouns for men besides those in the table of offices, in lower case, sorted.
const MEN: &[&str] = &[
    "boy",
    "boyfriend",
    "brother",
    "brothers",
    "businessman",
    "duke",
    "ex-husband",
    "fisherman",
    "gentleman",
    "grandfather",
    "husband",
    "man",
    "monk",
    "nephew",
    "policeman",
    "son",
    "sons",
    "stepfather",
    "uncle",
    "waiter",
    "widower",
];

/// The gender of the person that a noun describes.
pub(super) fn of_noun(word: &str) -> Option<Gender> {
    let word = word.to_lowercase();
    if let Some(shown) = offices::noun_gender(&word) {
        Some(of_woman(shown))
    } else if WOMEN.binary_search(&word.as_str()).is_ok() {
        Some(Gender::Female)
    } else if MEN.binary_search(&word.as_str()).is_ok() {
        Some(Gender::Male)
    } else {
        None
    }
}

/// Whether a noun, in lower case, says whose somebody is: wife, son.
pub(super) fn is_kinship(noun: &str) -> bool {
    matches!(
        noun,
        "wife"
            | "husband"
            | "mother"
            | "father"
            | "son"
            | "daughter"
            | "brother"
            | "sister"
            | "uncle"
            | "aunt"
            | "nephew"
            | "niece"
            | "cousin"
            | "partner"
            | "friend"
            | "widow"
            | "widower"
            | "girlfriend"
            | "boyfriend"
            | "grandmother"
            | "grandfather"
    )
}

/// The gender that a full name shows: by the form of address or the noun it begins with (Lady, Queen), or by a given
/// name that nine in ten bearers of that gender have.
pub(super) fn of_full_name(name: &str) -> Option<Gender> {
    let (first, _) = name.split_once(' ')?;
    if let Some(shown) = of_address(first).or_else(|| of_noun(first)) {
        return Some(shown);
    }
    let female = lexicon::given_name(first)?.female;
    if female >= CLEAR {
        Some(Gender::Female)
    } else if female <= 1.0 - CLEAR {
        Some(Gender::Male)
    } else {
        None
    }
}

/// The share, 0 to 1, of bearers of `gender` among those whose given name is the first word of `name`.
///
/// A lone word may be a surname as well, which women and men bear alike: it tells the less, the more people bear it as
/// one.
pub(crate) fn share(name: &str, gender: Gender) -> Option<f32> {
    let first = name.split(' ').next()?;
    let given = lexicon::given_name(first)?;
    let bearers = if first == name { lexicon::surname_bearers(first) as f32 } else { 0.0 };
    let given_share = given.count as f32 / (given.count as f32 + bearers).max(1.0);
    let female = given.female * given_share + 0.5 * (1.0 - given_share);
    Some(match gender {
        Gender::Female => female,
        Gender::Male => 1.0 - female,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_for_the_search() {
        assert!(WOMEN.is_sorted() && MEN.is_sorted());
        assert_eq!(of_noun("Spokeswoman"), Some(Gender::Female));
        assert_eq!(of_noun("brothers"), Some(Gender::Male));
        assert_eq!(of_noun("mayor"), None);
    }

    #[test]
    fn full_names_show_gender_and_lone_names_do_not() {
        assert_eq!(of_full_name("Maria Sand"), Some(Gender::Female));
        assert_eq!(of_full_name("John Sand"), Some(Gender::Male));
        assert_eq!(of_full_name("Maria"), None);
        assert_eq!(of_full_name("Qqxz Sand"), None);
        assert!(share("Maria", Gender::Female).is_some_and(|share| share > 0.9));
    }

    #[test]
    fn titles_within_a_name_show_gender() {
        assert_eq!(of_full_name("Queen Ilsabe"), Some(Gender::Female));
        assert_eq!(of_full_name("Miss Qqxz"), Some(Gender::Female));
        assert_eq!(of_full_name("Sir Maria"), Some(Gender::Male));
        assert_eq!(of_full_name("Queen"), None);
    }

    #[test]
    fn a_lone_word_that_is_a_surname_first_tells_little() {
        let lone = share("Taylor", Gender::Female).unwrap();
        let full = share("Taylor Sand", Gender::Female).unwrap();
        assert!((lone - 0.5).abs() < (full - 0.5).abs());
        assert!(share("Wilson", Gender::Female).is_some_and(|share| share > 0.4));
        assert!(share("Wilson Sand", Gender::Female).is_some_and(|share| share < 0.1));
        assert_eq!(share("Qqxz", Gender::Female), None);
    }

    #[test]
    fn pronouns_and_addresses() {
        assert_eq!(of_pronoun("Her"), Some(Gender::Female));
        assert_eq!(of_pronoun("they"), None);
        assert_eq!(of_address("Mrs."), Some(Gender::Female));
        assert_eq!(of_address("Dr."), None);
    }
}
