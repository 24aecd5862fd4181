//! The names of organizations compared: suffixes, acronyms, parts that stand for the whole and parts that do not.
//!
//! Knows words only, and the word lists. Whether two names *are* one organization's is decided elsewhere.

use crate::annotate::lexicon;
use crate::facts::reference::names::likeness::Likeness;
use crate::facts::reference::party_words;

/// How one organization's name stands to another's, each as printed and as its folded words.
pub(super) fn organization_likeness(
    (name, key): (&str, &[String]),
    (known, known_key): (&str, &[String]),
) -> Likeness {
    let core = organization_core(key);
    // `Porto City Ltd.` may be anything of that place; its team is another.
    let is_certain = key == known_key || !is_place_name(&core.join(" "));
    if core == organization_core(known_key) {
        if is_certain { Likeness::Same } else { Likeness::Near }
    } else if same_organization(key, known_key) {
        Likeness::Near
    } else if is_short_organization(name, key, known, known_key) {
        Likeness::Short
    } else if is_short_organization(known, known_key, name, key) {
        Likeness::Long
    } else {
        Likeness::Other
    }
}

/// Whether an organization can be called `short` for short.
fn is_short_organization(short: &str, short_key: &[String], full: &str, full_key: &[String]) -> bool {
    short_key.len() < full_key.len()
        && (is_acronym(short, full) || is_distinctive_part(short, short_key, full_key))
}

/// Words at the end of a company's name that come and go.
pub(crate) const COMPANY_SUFFIXES: &[&str] = &[
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "llp",
    "plc",
    "group",
    "holdings",
    "holding",
    "ag",
    "sa",
    "nv",
    "bv",
    "ab",
    "asa",
    "oyj",
    "spa",
    "gmbh",
    "kg",
    "se",
    "pty",
    "bhd",
];

/// What an organization is called without what comes and go: suffixes, `and`, British spelling, and the
/// order of `University of Estmark` and `Estmark University`.
pub(super) fn organization_core(key: &[String]) -> Vec<String> {
    let mut core: Vec<String> = key.iter().filter(|word| *word != "and").map(|word| american(word)).collect();
    while core.len() > 1 && core.last().is_some_and(|word| COMPANY_SUFFIXES.contains(&word.as_str())) {
        core.pop();
    }
    let is_body = |word: &str| ["university", "department", "ministry"].contains(&word);
    if core.len() > 2 && is_body(&core[0]) && core[1] == "of" {
        let names_more = core.len() > 3 && core[2] == "the";
        let body = core.drain(..2 + usize::from(names_more)).next();
        core.extend(body);
    }
    core
}

/// A word as Americans spell it.
fn american(word: &str) -> String {
    match word {
        "centre" => "center".to_owned(),
        "defence" => "defense".to_owned(),
        "labour" => "labor".to_owned(),
        "programme" => "program".to_owned(),
        _ => match word.strip_suffix("isation") {
            Some(stem) if stem.len() > 2 => format!("{stem}ization"),
            _ => word.to_owned(),
        },
    }
}

/// The name of a party without that word.
pub(super) fn without_party(core: &[String]) -> &[String] {
    match core.split_last() {
        Some((last, rest)) if last == "party" && !rest.is_empty() => rest,
        _ => core,
    }
}

/// Whether two names in one article differ in nothing but what comes and goes.
pub(super) fn same_organization(one: &[String], other: &[String]) -> bool {
    without_party(&organization_core(one)) == without_party(&organization_core(other))
}

/// Whether `short` is spelled with the first letters of a name: UN, FBI, U.S.D.A.
pub(crate) fn is_acronym(short: &str, name: &str) -> bool {
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    if letters.chars().count() < 2 || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    let holds_it = name.split([' ', '-']).any(|word| word == short);
    !holds_it && acronyms(name).contains(&letters.to_lowercase())
}

/// Whether a name is an acronym to look at: what follows it names a part of that body.
fn is_in_capitals(name: &str) -> bool {
    name.chars().count() < 6 && !name.contains(' ') && !name.chars().any(char::is_lowercase)
}

/// The acronyms that a name can have, in lower case: of its capitals, of all its words, and of its capitals without
/// the rank that many leave out: the `PA` is the Department of Park Affairs.
pub(super) fn acronyms(name: &str) -> [String; 3] {
    let initials = |name: &str| name.split([' ', '-']).flat_map(initials_of).collect::<String>();
    let capitals = |name: &str| {
        let letters: String = initials(name).chars().filter(|letter| letter.is_uppercase()).collect();
        letters.to_lowercase()
    };
    let bare = ["Department of ", "Ministry of "].iter().find_map(|rank| name.strip_prefix(rank));
    [capitals(name), initials(name).to_lowercase(), capitals(bare.unwrap_or(name))]
}

/// What a word gives to an acronym: its first letter, or all where it is an acronym itself.
fn initials_of(word: &str) -> Vec<char> {
    let letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
    let is_acronym = (2..=4).contains(&letters.len()) && letters.iter().all(|letter| letter.is_uppercase());
    if is_acronym { letters } else { letters.into_iter().take(1).collect() }
}

/// Words that say too little to stand for a longer name.
const COMMON: &[&str] = &[
    "national",
    "international",
    "united",
    "new",
    "general",
    "first",
    "university",
    "department",
    "bank",
    "state",
    "federal",
    "royal",
    "house",
    "city",
    "central",
    "american",
    "world",
    "public",
];

/// Words that link the kind of a body with what it is for: a `Council of Estmark` is not any council.
const LINKS: &[&str] = &["of", "for", "on", "in", "at", "and", "to", "against"];

/// Words at the end of the name of a part: `Senate Budget Committee` is not the Senate.
const PARTS: &[&str] = &[
    "committee",
    "subcommittee",
    "caucus",
    "majority",
    "minority",
    "branch",
    "division",
    "delegation",
    "wing",
    "chapter",
    "foundation",
    "fund",
    "bureau",
    "unit",
    "board",
    "commission",
];

/// Whether a name is a part of a longer one and says enough to stand for it: `Northwind` for `Northwind Energy`,
/// but never `American` for `American Airlines`; the `Herons` for the `Porto Herons`, where the rest is a place.
pub(super) fn is_distinctive_part(short: &str, short_key: &[String], key: &[String]) -> bool {
    let is_common = |word: &String| COMMON.contains(&word.as_str()) || party_words::is_common(word);
    if short_key.len() >= key.len() || short_key.iter().all(is_common) {
        return false;
    }
    if key.last().is_some_and(|last| PARTS.contains(&last.as_str()) || party_words::is_part(last)) {
        return false;
    }
    let rest = &key[short_key.len()..];
    let is_place = is_place_name(short) || lexicon::demonym(short).is_some();
    let says_which =
        !is_in_capitals(short) && rest.first().is_some_and(|word| !LINKS.contains(&word.as_str()));
    let is_start = key.starts_with(short_key) && says_which && (!is_place || is_team_name(rest));
    is_start || is_team_of(short_key, key) || is_national(short_key, key)
}

/// Whether a name is what a team is called without its town.
fn is_team_of(short: &[String], key: &[String]) -> bool {
    let town = &key[..key.len() - short.len()];
    key.ends_with(short) && is_team_name(short) && lexicon::place(&town.join(" ")).is_some()
}

/// Whether a name is that of a town with what teams call themselves behind it: the `Porto Herons`.
pub(crate) fn is_town_with_team_name(key: &[String]) -> bool {
    (1..key.len()).any(|town| is_team_of(&key[town..], key))
}

/// Whether words are what teams call themselves behind their town: a plural, but not one of trade.
fn is_team_name(words: &[String]) -> bool {
    const TRADE: &[&str] = &[
        "times",
        "news",
        "airlines",
        "lines",
        "airways",
        "industries",
        "systems",
        "securities",
        "partners",
        "resources",
        "technologies",
        "brothers",
        "stores",
        "services",
        "foods",
        "motors",
        "enterprises",
        "associates",
        "communications",
        "works",
        "affairs",
        "forces",
        "nations",
        "states",
    ];
    let is_plural = |word: &String| {
        word.len() > 3 && (word.ends_with('s') || word.ends_with("ox")) && !TRADE.contains(&word.as_str())
    };
    words.len() < 3 && words.last().is_some_and(is_plural)
}

/// Whether a name is a national body's without its country: the `Ferry Ministry` of the `Estmark Ferry Ministry`.
fn is_national(short: &[String], key: &[String]) -> bool {
    let country = &key[..key.len() - short.len()].join(" ");
    key.ends_with(short) && (lexicon::country(country).is_some() || lexicon::demonym(country).is_some())
}

/// Whether a name is known as that of a place.
pub(crate) fn is_place_name(name: &str) -> bool {
    lexicon::place(name).is_some() || lexicon::country(name).is_some()
}

#[cfg(test)]
mod tests {
    use crate::facts::entity::EntityKind;
    use crate::facts::reference::names::compare::likeness;
    use crate::facts::reference::names::likeness::Likeness;

    #[test]
    fn organizations_are_compared_without_what_comes_and_goes() {
        let like = |one, other| likeness(EntityKind::Organization, one, other);
        for (one, other, expected) in [
            ("Northwind Inc.", "Northwind", Likeness::Same),
            ("Northwind Holdings PLC", "The Northwind Group", Likeness::Same),
            ("Harvest Party", "Harvest", Likeness::Near),
            ("University of Estmark", "Estmark University", Likeness::Same),
            ("Sailors' Organisation", "Sailors' Organization", Likeness::Same),
            ("NFB", "National Ferry Board", Likeness::Short),
            ("Northwind", "Northwind Energy", Likeness::Short),
            ("Northwind Energy", "Northwind", Likeness::Long),
            ("Senate", "Senate Ferry Committee", Likeness::Other),
            ("National", "National Ferry Line", Likeness::Other),
            ("UN", "US Navy", Likeness::Other),
            ("Herons", "London Herons", Likeness::Short),
            ("Herons", "Wading Herons", Likeness::Other),
            ("NFB", "NFB Porto", Likeness::Other),
            ("Council", "Council of Estmark", Likeness::Other),
            ("London", "London Herons", Likeness::Short),
            ("London", "London Times", Likeness::Other),
            ("Ministry of Ferries", "Ferries Ministry", Likeness::Same),
            ("Ferry Office", "Danish Ferry Office", Likeness::Short),
        ] {
            assert_eq!(like(one, other), expected, "{one} and {other}");
        }
    }
}
