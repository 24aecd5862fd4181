//! Offices compared: the noun of one, and the walk of life that it belongs to.
//!
//! Knows words only. Who holds which office is found in `offices`.

use crate::annotate::offices;

/// The noun of an office as printed, in lower case and in full: `senator` for `former U.S. Sen.`
pub(crate) fn office_noun(printed: &str) -> String {
    let last = printed.split_whitespace().next_back().unwrap_or_default();
    let noun = last.trim_end_matches('.').to_lowercase();
    offices::full_form(&noun).to_owned()
}

/// A walk of life. Nobody is thought to change from one to another without a word on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// Elected or appointed to govern.
    Government,
    /// Plays, coaches or referees.
    Sport,
    /// Runs a company, or works in one.
    Business,
    /// Serves a church.
    Church,
    /// Teaches or studies.
    Science,
    /// Writes or edits the news.
    Press,
}

/// The walk of life that an office shows; none for one that is found in several: president, director, captain.
pub(crate) fn field(noun: &str) -> Option<Field> {
    Some(match noun {
        "mayor" | "senator" | "congressman" | "congresswoman" | "councilman" | "councilwoman"
        | "councillor" | "governor" | "minister" | "premier" | "mp" | "lawmaker" | "ambassador"
        | "sheriff" | "judge" | "prosecutor" | "chancellor" => Field::Government,
        "coach" | "striker" | "defender" | "goalkeeper" | "midfielder" | "referee" | "player" => Field::Sport,
        "ceo" | "economist" | "analyst" | "owner" | "co-founder" => Field::Business,
        "bishop" | "archbishop" | "pope" | "priest" => Field::Church,
        "professor" | "scientist" | "researcher" | "dean" => Field::Science,
        "editor" | "reporter" | "correspondent" | "columnist" => Field::Press,
        _ => return None,
    })
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
