//! Offices compared: the noun of one, and the walk of life that it belongs to.
//!
//! Knows words only. Who holds which office is found in `offices`.

use crate::annotate::offices;
pub(crate) use crate::annotate::offices::{Field, field};

/// The noun of an office as printed, in lower case and in full: `senator` for `former U.S. Sen.`
pub(crate) fn office_noun(printed: &str) -> String {
    let last = printed.split_whitespace().next_back().unwrap_or_default();
    let noun = last.trim_end_matches('.').to_lowercase();
    offices::full_form(&noun).to_owned()
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
    use crate::facts::offices::field::{Field, field, office_noun};

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
