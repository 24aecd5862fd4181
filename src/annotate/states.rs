//! The states of the United States, as news prints them short: `Wis.`, `N.Y.`, `TX`.
//!
//! Knows words only. Postal codes and abbreviations stand for a state only where something else says that a place is
//! meant: `(R-IN)`.

/// Each state with its short forms, without the last full stop.
const STATES: &[(&str, &[&str])] = &[
    ("Alabama", &["Ala", "AL"]),
    ("Alaska", &["AK"]),
    ("Arizona", &["Ariz", "AZ"]),
    ("Arkansas", &["Ark", "AR"]),
    ("California", &["Calif", "CA"]),
    ("Colorado", &["Colo", "CO"]),
    ("Connecticut", &["Conn", "CT"]),
    ("Delaware", &["Del", "DE"]),
    ("Florida", &["Fla", "FL"]),
    ("Georgia", &["Ga", "GA"]),
    ("Hawaii", &["HI"]),
    ("Idaho", &["ID"]),
    ("Illinois", &["Ill", "IL"]),
    ("Indiana", &["Ind", "IN"]),
    ("Iowa", &["IA"]),
    ("Kansas", &["Kan", "KS"]),
    ("Kentucky", &["Ky", "KY"]),
    ("Louisiana", &["La", "LA"]),
    ("Maine", &["ME"]),
    ("Maryland", &["Md", "MD"]),
    ("Massachusetts", &["Mass", "MA"]),
    ("Michigan", &["Mich", "MI"]),
    ("Minnesota", &["Minn", "MN"]),
    ("Mississippi", &["Miss", "MS"]),
    ("Missouri", &["Mo", "MO"]),
    ("Montana", &["Mont", "MT"]),
    ("Nebraska", &["Neb", "NE"]),
    ("Nevada", &["Nev", "NV"]),
    ("New Hampshire", &["N.H", "NH"]),
    ("New Jersey", &["N.J", "NJ"]),
    ("New Mexico", &["N.M", "NM"]),
    ("New York", &["N.Y", "NY"]),
    ("North Carolina", &["N.C", "NC"]),
    ("North Dakota", &["N.D", "ND"]),
    ("Ohio", &["OH"]),
    ("Oklahoma", &["Okla", "OK"]),
    ("Oregon", &["Ore", "OR"]),
    ("Pennsylvania", &["Pa", "PA"]),
    ("Rhode Island", &["R.I", "RI"]),
    ("South Carolina", &["S.C", "SC"]),
    ("South Dakota", &["S.D", "SD"]),
    ("Tennessee", &["Tenn", "TN"]),
    ("Texas", &["Tex", "TX"]),
    ("Utah", &["UT"]),
    ("Vermont", &["Vt", "VT"]),
    ("Virginia", &["Va", "VA"]),
    ("Washington", &["Wash", "WA"]),
    ("West Virginia", &["W.Va", "WV"]),
    ("Wisconsin", &["Wis", "WI"]),
    ("Wyoming", &["Wyo", "WY"]),
];

/// The state that a word means, by its name or a short form with its capitals.
pub(crate) fn state(word: &str) -> Option<&'static str> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let means = |(name, short): &&(&str, &[&str])| *name == word || short.contains(&word);
    STATES.iter().find(means).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_known_by_their_short_forms() {
        assert_eq!(state("Wis."), Some("Wisconsin"));
        assert_eq!(state("N.Y."), Some("New York"));
        assert_eq!(state("IN"), Some("Indiana"));
        assert_eq!(state("Ohio"), Some("Ohio"));
        assert_eq!(state("in"), None);
    }
}
