//! Offices compared: the noun of one, and the walk of life that it belongs to.
//!
//! Knows words only. Who holds which office is found in `offices`.

pub(crate) use crate::annotate::offices::{Field, field};
use crate::annotate::{lexicon, offices};
use crate::name_key::name_key;

/// The noun of an office as printed, in lower case and in full: `senator` for `former U.S. Sen.`
pub(crate) fn office_noun(printed: &str) -> String {
    let last = printed.split_whitespace().next_back().unwrap_or_default();
    let noun = last.trim_end_matches('.').to_lowercase();
    offices::full_form(&noun).to_owned()
}

/// An office however it is spelled: `Sen.` and `the former senator` are one, and so are `U.S. Secretary of State` and
/// `secretary of state`. For comparing only.
pub fn office_key(printed: &str) -> String {
    let folded = name_key(&printed.replace('-', " "));
    let words: Vec<&str> = folded.split(' ').map(offices::full_form).collect();
    // Words before an office that do not make it another one. `acting` does.
    let says_no_office = |word: &str| {
        offices::is_past(word)
            || matches!(
                word,
                "a" | "an"
                    | "the"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
                    | "our"
                    | "current"
                    | "ex"
                    | "us"
                    | "then"
            )
    };
    let first = words.iter().position(|word| !says_no_office(word)).unwrap_or(0);
    match words[first..].join(" ").as_str() {
        "ceo" | "chief executive officer" => "chief executive".to_owned(),
        "pm" => "prime minister".to_owned(),
        office => office.to_owned(),
    }
}

/// The country whose people or things a word means: `Israeli` minister.
pub fn country_of_people(word: &str) -> Option<String> {
    lexicon::demonym(word).map(|country| country.name.to_owned())
}

/// Whether the offices of two, by their nouns, are of other walks of life: some of each tell one, and nothing is in common.
pub(crate) fn are_other_walks_of_life(one: &[String], other: &[String]) -> bool {
    let fields = |nouns: &[String]| nouns.iter().filter_map(|noun| field(noun)).collect::<Vec<Field>>();
    let (here, there) = (fields(one), fields(other));
    !here.is_empty()
        && !there.is_empty()
        && !here.iter().any(|field| there.contains(field))
        && !one.iter().any(|noun| other.contains(noun))
}

#[cfg(test)]
mod tests {
    use crate::facts::offices::field::{Field, field, office_key, office_noun};

    #[test]
    fn one_office_has_one_key_however_it_is_spelled() {
        for (one, other) in [
            ("Sen.", "the senator"),
            ("U.S. Secretary of State", "secretary of state"),
            ("former Vice-President", "vice president"),
            ("ex-Gov.", "Governor"),
            ("CEO", "chief executive officer"),
        ] {
            assert_eq!(office_key(one), office_key(other), "{one}");
        }
        for (one, other) in
            [("acting mayor", "mayor"), ("deputy mayor", "mayor"), ("vice president", "president")]
        {
            assert_ne!(office_key(one), office_key(other), "{one}");
        }
        assert_eq!(office_key("former"), "former");
        assert_eq!(office_key(""), "");
    }

    #[test]
    fn offices_are_compared_by_their_noun_in_full() {
        assert_eq!(office_noun("former Sen."), "senator");
        assert_eq!(office_noun("Deputy Mayor"), "mayor");
        assert_eq!(office_noun(""), "");
    }

    #[test]
    fn an_office_of_several_walks_of_life_shows_none() {
        assert_eq!(field("mayor"), Some(Field::Government));
        assert_eq!(field("president"), None);
    }
}
