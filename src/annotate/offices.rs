//! The words for offices and roles, and how high each stands; the forms of address before names.
//!
//! Knows words only: `names` takes titles off names with them, and the facts find who holds which office.

/// What an office makes of its holder, as a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// At the head of a state, a body or a company: `leads`.
    Head,
    /// In office, not at the head: `holds_office`.
    Office,
    /// Speaks for somebody: `spokesperson_for`.
    Voice,
    /// Works there: `employed_by`.
    Staff,
}

impl Rank {
    /// All of them.
    #[cfg(test)]
    pub(crate) const ALL: [Rank; 4] = [Rank::Head, Rank::Office, Rank::Voice, Rank::Staff];

    /// The predicate that links the holder to where the office is.
    pub(crate) fn predicate(self) -> &'static str {
        match self {
            Rank::Head => "leads",
            Rank::Office => "holds_office",
            Rank::Voice => "spokesperson_for",
            Rank::Staff => "employed_by",
        }
    }
}

/// Nouns that end the name of an office, in lower case, sorted.
const NOUNS: &[(&str, Rank)] = &[
    ("adviser", Rank::Office),
    ("advisor", Rank::Office),
    ("amb", Rank::Office),
    ("ambassador", Rank::Office),
    ("analyst", Rank::Staff),
    ("archbishop", Rank::Office),
    ("attorney", Rank::Office),
    ("bishop", Rank::Office),
    ("capt", Rank::Office),
    ("captain", Rank::Office),
    ("ceo", Rank::Head),
    ("chair", Rank::Head),
    ("chairman", Rank::Head),
    ("chairperson", Rank::Head),
    ("chairwoman", Rank::Head),
    ("chancellor", Rank::Head),
    ("chief", Rank::Head),
    ("co-founder", Rank::Office),
    ("coach", Rank::Head),
    ("columnist", Rank::Staff),
    ("commander", Rank::Head),
    ("commissioner", Rank::Office),
    ("congressman", Rank::Office),
    ("congresswoman", Rank::Office),
    ("correspondent", Rank::Staff),
    ("councillor", Rank::Office),
    ("councilman", Rank::Office),
    ("councilwoman", Rank::Office),
    ("counsel", Rank::Office),
    ("dean", Rank::Head),
    ("deputy", Rank::Office),
    ("director", Rank::Office),
    ("economist", Rank::Staff),
    ("editor", Rank::Staff),
    ("emir", Rank::Head),
    ("emperor", Rank::Head),
    ("engineer", Rank::Staff),
    ("envoy", Rank::Voice),
    ("executive", Rank::Office),
    ("gen", Rank::Office),
    ("general", Rank::Office),
    ("gov", Rank::Head),
    ("governor", Rank::Head),
    ("head", Rank::Head),
    ("inspector", Rank::Office),
    ("judge", Rank::Office),
    ("king", Rank::Head),
    ("lawmaker", Rank::Office),
    ("lawyer", Rank::Voice),
    ("leader", Rank::Head),
    ("manager", Rank::Office),
    ("mayor", Rank::Head),
    ("minister", Rank::Office),
    ("mp", Rank::Office),
    ("officer", Rank::Office),
    ("official", Rank::Office),
    ("owner", Rank::Head),
    ("pope", Rank::Head),
    ("premier", Rank::Head),
    ("president", Rank::Head),
    ("principal", Rank::Head),
    ("producer", Rank::Staff),
    ("prof", Rank::Staff),
    ("professor", Rank::Staff),
    ("prosecutor", Rank::Office),
    ("queen", Rank::Head),
    ("rep", Rank::Office),
    ("reporter", Rank::Staff),
    ("representative", Rank::Office),
    ("researcher", Rank::Staff),
    ("scientist", Rank::Staff),
    ("secretary", Rank::Office),
    ("sen", Rank::Office),
    ("senator", Rank::Office),
    ("sheriff", Rank::Head),
    ("speaker", Rank::Head),
    ("spokesman", Rank::Voice),
    ("spokesperson", Rank::Voice),
    ("spokeswoman", Rank::Voice),
    ("strategist", Rank::Staff),
    ("sultan", Rank::Head),
    ("superintendent", Rank::Head),
    ("treasurer", Rank::Office),
];

/// What makes one of those nouns a lower office, or none at the head: deputy mayor, vice president.
const LOWER: &[&str] = &["deputy", "vice", "assistant", "associate", "acting", "under"];

/// What makes an office past: former mayor.
const PAST: &[&str] = &["former", "ex", "ex-", "late", "retired", "then", "onetime"];

/// What qualifies an office without being a body or a place.
const QUALIFIERS: &[&str] = &[
    "chief",
    "prime",
    "vice",
    "deputy",
    "assistant",
    "associate",
    "acting",
    "senior",
    "foreign",
    "finance",
    "defense",
    "defence",
    "interior",
    "justice",
    "health",
    "education",
    "press",
    "communications",
    "general",
    "executive",
    "managing",
    "national",
    "security",
    "campaign",
    "former",
    "ex",
    "onetime",
    "late",
    "retired",
    "then",
    "under",
    "lead",
    "leading",
    "state",
    "city",
    "police",
    "fire",
    "school",
    "house",
    "majority",
    "minority",
    "interim",
    "attorney",
    "district",
    "trade",
    "energy",
    "transport",
    "labor",
    "labour",
    "environment",
    "policy",
    "party",
    "opposition",
    "rebel",
    "head",
    "co",
    "first",
    "supreme",
    "military",
    "army",
    "financial",
    "operating",
    "technology",
    "marketing",
    "news",
    "political",
    "economic",
    "special",
    "top",
    "of",
    "staff",
    "prime",
];

/// The rank of an office that its last word names.
pub(crate) fn rank(word: &str) -> Option<Rank> {
    let word = word.to_lowercase();
    NOUNS.binary_search_by_key(&word.as_str(), |(noun, _)| noun).ok().map(|index| NOUNS[index].1)
}

/// The full word for an office that is printed short before names, in lower case: `sen` is `senator`.
pub(crate) fn full_form(noun: &str) -> &str {
    match noun {
        "sen" => "senator",
        "gov" => "governor",
        "rep" => "representative",
        "gen" => "general",
        "prof" => "professor",
        "capt" => "captain",
        "amb" => "ambassador",
        _ => noun,
    }
}

/// A form of address that shows nobody's gender, in lower case without full stop.
const ADDRESSES: &[&str] =
    &["dr", "hon", "rev", "sgt", "lt", "col", "maj", "cmdr", "adm", "st", "ex-president", "vice-president"];

/// Whether a word is a form of address or a title, which stands before a name and is no part of it.
///
/// Kings, queens, princes and popes keep theirs: it is half of their name.
pub(crate) fn is_title(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let royal = ["king", "queen", "pope", "emir", "emperor", "sultan"].contains(&word.as_str());
    !royal && (address_gender(&word).is_some() || ADDRESSES.contains(&word.as_str()) || rank(&word).is_some())
}

/// Whether a form of address is a woman's (`true`) or a man's.
pub(crate) fn address_gender(word: &str) -> Option<bool> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "mr" | "sir" | "lord" | "congressman" | "councilman" | "father" => Some(false),
        "mrs" | "ms" | "miss" | "lady" | "dame" | "sister" | "congresswoman" | "councilwoman" => Some(true),
        _ => None,
    }
}

/// Whether a word can stand before the noun of an office and belong to it.
pub(crate) fn is_qualifier(word: &str) -> bool {
    QUALIFIERS.contains(&word.to_lowercase().as_str())
}

/// Whether a word makes an office a lower one.
pub(crate) fn is_lower(word: &str) -> bool {
    LOWER.contains(&word.to_lowercase().as_str())
}

/// Whether a word makes an office a past one.
pub(crate) fn is_past(word: &str) -> bool {
    PAST.contains(&word.to_lowercase().as_str())
}

/// Ministers who head a government stand at its head.
pub(crate) fn is_first_minister(words: &[String]) -> bool {
    words.windows(2).any(|pair| {
        matches!(
            (pair[0].as_str(), pair[1].as_str()),
            ("prime" | "first", "minister") | ("chief", "executive")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_sorted_for_the_search() {
        assert!(NOUNS.is_sorted_by_key(|(noun, _)| noun));
        assert_eq!(rank("Spokeswoman"), Some(Rank::Voice));
        assert_eq!(rank("table"), None);
    }
}
