//! Which names can be one's: spellings, suffixes, nicknames, initials, acronyms and short forms.
//!
//! Compares names as words only, and knows the word lists. Never looks at a text or at what is stored: whether two
//! names *are* one's is decided in `resolve` for an article, and in `store` for the archive.

use super::resolve::{person_words, same_person, without_suffix};
use super::{EntityKind, Gender};
use crate::annotate::{lexicon, offices};
use crate::name_key::name_key;

/// How a name stands to the name of somebody known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// One name, up to case, accents, marks and an organization's suffix.
    Same,
    /// First and last name are equal, and one has middle names or initials more; or one is called a party.
    Near,
    /// The last names are equal, and a nickname or an initial stands for the first name.
    Loose,
    /// A short form of the other: a last name, a given name, an acronym, a distinctive part.
    Short,
    /// The other is a short form of this one.
    Long,
    /// Not one's.
    Other,
}

/// How `name` stands to the name of a known entity of the same kind.
pub fn likeness(kind: EntityKind, name: &str, known: &str) -> Likeness {
    let (key, known_key) = (words(kind, name), words(kind, known));
    if key == known_key {
        return Likeness::Same;
    }
    match kind {
        EntityKind::Person => person_likeness(&key, &known_key),
        EntityKind::Organization => organization_likeness((name, &key), (known, &known_key)),
        EntityKind::Place => Likeness::Other,
    }
}

fn person_likeness(key: &[String], known: &[String]) -> Likeness {
    if key.len() > 1 && known.len() > 1 && same_person(key, known) {
        return if key.first() == known.first() { Likeness::Near } else { Likeness::Loose };
    }
    if is_part_of_person(key, known) {
        Likeness::Short
    } else if is_part_of_person(known, key) {
        Likeness::Long
    } else {
        Likeness::Other
    }
}

/// Whether a name is the last name, or the single given name, of a fuller one.
fn is_part_of_person(short: &[String], full: &[String]) -> bool {
    let full = without_suffix(full);
    short.len() < full.len() && (full.ends_with(short) || (short.len() == 1 && full.starts_with(short)))
}

fn organization_likeness((name, key): (&str, &[String]), (known, known_key): (&str, &[String])) -> Likeness {
    if organization_core(key) == organization_core(known_key) {
        Likeness::Same
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

/// The folded words of a name.
pub fn words(kind: EntityKind, name: &str) -> Vec<String> {
    match kind {
        EntityKind::Person => name.split_whitespace().flat_map(person_words).collect(),
        _ => {
            let key = name_key(name);
            key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
        }
    }
}

/// Whether a name is full enough to tell people apart: a given name and a last name.
pub fn is_full_name(name: &str) -> bool {
    without_suffix(&words(EntityKind::Person, name)).len() > 1
}

/// What a name is looked up by beside its own key: a person's last name, an organization's name without suffix.
pub fn short_key(kind: EntityKind, name: &str) -> Option<String> {
    let words = words(kind, name);
    match kind {
        EntityKind::Person => {
            let core = without_suffix(&words);
            core.last().filter(|_| core.len() > 1).cloned()
        }
        EntityKind::Organization => {
            let core = without_party(&organization_core(&words)).join(" ");
            (core != words.join(" ")).then_some(core)
        }
        EntityKind::Place => None,
    }
}

/// The gender that nine in ten bearers of a full name's given name have.
pub fn gender_of_name(name: &str) -> Option<Gender> {
    super::resolve::gender_of_given_name(name)
}

/// Whether a name is known as that of a place.
pub fn is_known_place(name: &str) -> bool {
    lexicon::place(name).is_some() || lexicon::country(name).is_some()
}

/// Which of an entity's names is shown, by its index: the fullest that is in common use.
///
/// `forms` gives each name with the number of articles that print it. In common use is what has a quarter of the
/// use of the most used; a person's single names and the acronyms of other names do not count for that, and are
/// shown only where there is nothing else. Initials make a name no fuller, and capitals throughout are avoided.
pub fn canonical(kind: EntityKind, forms: &[(String, i64)]) -> Option<usize> {
    let is_short = |form: &str| match kind {
        EntityKind::Person => !is_full_name(form),
        _ => forms.iter().any(|(other, _)| is_acronym(form, other) && other.contains(' ')),
    };
    let short: Vec<bool> = forms.iter().map(|(form, _)| is_short(form)).collect();
    let most_used = forms.iter().zip(&short).filter(|(_, short)| !**short).map(|((_, uses), _)| *uses).max();
    let rank = |index: usize| {
        let (form, uses) = &forms[index];
        let is_common = !short[index] && most_used.is_none_or(|most| uses.saturating_mul(4) >= most);
        let fullness = words(kind, form).iter().filter(|word| word.chars().count() > 1).count();
        let in_capitals = form.contains(' ') && !form.chars().any(char::is_lowercase);
        (is_common, fullness * usize::from(is_common), !in_capitals, *uses, std::cmp::Reverse(form.as_str()))
    };
    (0..forms.len()).max_by(|one, other| rank(*one).cmp(&rank(*other)))
}

/// Words at the end of a company's name that come and go.
pub(super) const COMPANY_SUFFIXES: &[&str] = &[
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
fn organization_core(key: &[String]) -> Vec<String> {
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
fn without_party(core: &[String]) -> &[String] {
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
pub fn is_acronym(short: &str, name: &str) -> bool {
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

/// The acronyms that a name can have, in lower case: of its capitals, and of all its words.
pub(super) fn acronyms(name: &str) -> [String; 2] {
    let initials: String = name.split([' ', '-']).flat_map(initials_of).collect();
    let capitals: String = initials.chars().filter(|letter| letter.is_uppercase()).collect();
    [capitals.to_lowercase(), initials.to_lowercase()]
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
    "democratic",
    "republican",
];

/// Words that link the kind of a body with what it is for: a `Council of Estmark` is not any council.
const LINKS: &[&str] = &["of", "for", "on", "in", "at", "and", "to", "against"];

/// Words at the end of the name of a part: `Senate Budget Committee` is not the Senate.
const PARTS: &[&str] = &[
    "committee",
    "subcommittee",
    "caucus",
    "republicans",
    "democrats",
    "republican",
    "democratic",
    "democrat",
    "majority",
    "minority",
    "conservatives",
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
    if short_key.len() >= key.len() || short_key.iter().all(|word| COMMON.contains(&word.as_str())) {
        return false;
    }
    if key.last().is_some_and(|last| PARTS.contains(&last.as_str())) {
        return false;
    }
    let rest = &key[short_key.len()..];
    let is_place = is_known_place(short) || lexicon::demonym(short).is_some();
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

/// The noun of an office as printed, in lower case and in full: `senator` for `former U.S. Sen.`
pub fn office_noun(printed: &str) -> String {
    let last = printed.split_whitespace().next_back().unwrap_or_default();
    let noun = last.trim_end_matches('.').to_lowercase();
    offices::full_form(&noun).to_owned()
}

/// A walk of life. Nobody is thought to change from one to another without a word on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
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
pub fn field(noun: &str) -> Option<Field> {
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
    use super::*;

    #[test]
    fn people_are_compared_by_first_and_last_name() {
        let like = |one, other| likeness(EntityKind::Person, one, other);
        for (one, other, expected) in [
            ("Ana Ruiz", "ANA RUÍZ", Likeness::Same),
            ("Ana M. Ruiz", "Ana Ruiz", Likeness::Near),
            ("A. Ruiz", "Ana Ruiz", Likeness::Loose),
            ("Ruiz", "Ana Ruiz", Likeness::Short),
            ("Ana Ruiz", "Ruiz", Likeness::Long),
            ("Ana P. Ruiz", "Ana M. Ruiz", Likeness::Other),
            ("Leo Ruiz", "Ana Ruiz", Likeness::Other),
            ("Leo Ruiz Jr.", "Leo Ruiz", Likeness::Other),
        ] {
            assert_eq!(like(one, other), expected, "{one} and {other}");
        }
    }

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

    #[test]
    fn the_fullest_name_in_common_use_is_shown() {
        let shown = |kind, forms: &[(&str, i64)]| {
            let forms: Vec<(String, i64)> =
                forms.iter().map(|(form, uses)| ((*form).to_owned(), *uses)).collect();
            canonical(kind, &forms).map(|index| forms[index].0.clone())
        };
        let person = |forms| shown(EntityKind::Person, forms);
        assert_eq!(person(&[("Ruiz", 90), ("Ana Ruiz", 40)]).as_deref(), Some("Ana Ruiz"));
        assert_eq!(person(&[("Ana Ruiz", 40), ("Ana Mira Ruiz", 2)]).as_deref(), Some("Ana Ruiz"));
        assert_eq!(person(&[("Ana Ruiz", 40), ("Ana Mira Ruiz", 20)]).as_deref(), Some("Ana Mira Ruiz"));
        assert_eq!(person(&[("Ana Ruiz", 4), ("Ana M. Ruiz", 3)]).as_deref(), Some("Ana Ruiz"));
        assert_eq!(person(&[("ANA RUIZ", 4), ("Ana Ruiz", 3)]).as_deref(), Some("Ana Ruiz"));
        assert_eq!(person(&[("ANA RUIZ", 2), ("Ruiz", 9)]).as_deref(), Some("ANA RUIZ"));
        let organization = |forms| shown(EntityKind::Organization, forms);
        assert_eq!(
            organization(&[("NFB", 30), ("National Ferry Board", 1)]).as_deref(),
            Some("National Ferry Board")
        );
        assert_eq!(organization(&[("Northwind", 30), ("Northwind Live", 1)]).as_deref(), Some("Northwind"));
        assert_eq!(organization(&[("NFB", 30), ("NFB 1", 1)]).as_deref(), Some("NFB"));
        assert_eq!(person(&[]), None);
    }
}
