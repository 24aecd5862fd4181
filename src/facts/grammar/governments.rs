//! Nouns that stand for the government of the country beside them: Valdoran **officials**, Valdora’s **army**.

/// In lower case, as lemmas.
const NOUNS: &[&str] = &[
    "administration",
    "aircraft",
    "army",
    "authority",
    "court",
    "diplomat",
    "drone",
    "envoy",
    "fighter",
    "force",
    "government",
    "jet",
    "leader",
    "leadership",
    "military",
    "minister",
    "ministry",
    "navy",
    "official",
    "parliament",
    "police",
    "policeman",
    "premier",
    "president",
    "prosecutor",
    "regime",
    "security",
    "soldier",
    "troop",
    "warplane",
];

/// Whether what a lemma names acts for the country beside it.
pub(crate) fn is_government(lemma: &str) -> bool {
    NOUNS.binary_search(&lemma).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_found() {
        assert!(NOUNS.is_sorted());
        assert!(is_government("official") && !is_government("novelist"));
    }
}
