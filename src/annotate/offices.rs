//! The words for offices and roles and the forms of address before names, each with all that it tells.
//!
//! Knows words only: `names` takes titles off names with them, and the facts find who holds which office. All stages look
//! them up in the same two tables, so that a word is added in one place.

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

/// What a word for an office, a role or a form of address tells.
#[derive(Clone, Copy)]
enum Tells {
    /// It ends the name of an office, of this rank.
    Holds(Rank),
    /// It is printed short before names; the full word.
    ShortFor(&'static str),
    /// It is a form of address that shows nobody's gender.
    Address,
    AddressOfMan,
    AddressOfWoman,
    /// It stays with the name, since it is half of it: King Rudolf.
    InName,
    /// Its holder is of this walk of life. An office that is found in several tells none: president, director, captain.
    In(Field),
    /// As a noun it describes a man.
    Man,
    /// As a noun it describes a woman.
    Woman,
    /// Before a word it is evidence of a name, for the recognizer. The model is trained with these words: another one
    /// here needs another model.
    Title,
    /// The same, where it is printed with a full stop.
    TitleWithStop,
}

use Tells::{
    Address, AddressOfMan, AddressOfWoman, Holds, In, InName, Man, ShortFor, Title, TitleWithStop, Woman,
};

/// The words for offices and roles and the forms of address, in lower case without full stop, sorted.
const WORDS: &[(&str, &[Tells])] = &[
    ("actor", &[Title, Man]),
    ("actress", &[Title, Woman]),
    ("adm", &[Address]),
    ("adviser", &[Holds(Rank::Office)]),
    ("advisor", &[Holds(Rank::Office)]),
    ("amb", &[Holds(Rank::Office), ShortFor("ambassador")]),
    ("ambassador", &[Holds(Rank::Office), In(Field::Government), Title]),
    ("analyst", &[Holds(Rank::Staff), In(Field::Business), Title]),
    ("anchor", &[Holds(Rank::Staff), In(Field::Press)]),
    ("archbishop", &[Holds(Rank::Office), In(Field::Church), Title]),
    ("attorney", &[Holds(Rank::Office), Title]),
    ("author", &[Title]),
    ("ayatollah", &[Title]),
    ("bishop", &[Holds(Rank::Office), In(Field::Church), Title]),
    ("candidate", &[Title]),
    ("capt", &[Holds(Rank::Office), ShortFor("captain"), TitleWithStop]),
    ("captain", &[Holds(Rank::Office), Title]),
    ("ceo", &[Holds(Rank::Head), In(Field::Business)]),
    ("chair", &[Holds(Rank::Head)]),
    ("chairman", &[Holds(Rank::Head), Title]),
    ("chairperson", &[Holds(Rank::Head)]),
    ("chairwoman", &[Holds(Rank::Head), Title]),
    ("chancellor", &[Holds(Rank::Head), In(Field::Government), Title]),
    ("chief", &[Holds(Rank::Head)]),
    ("cllr", &[Address, ShortFor("councillor"), In(Field::Government)]),
    ("cmdr", &[Address]),
    ("co-founder", &[Holds(Rank::Office), In(Field::Business)]),
    ("co-host", &[Holds(Rank::Staff)]),
    ("coach", &[Holds(Rank::Head), In(Field::Sport), Title]),
    ("col", &[Address, TitleWithStop]),
    ("colonel", &[Title]),
    ("columnist", &[Holds(Rank::Staff), In(Field::Press)]),
    ("commander", &[Holds(Rank::Head)]),
    ("commissioner", &[Holds(Rank::Office)]),
    ("comptroller", &[Holds(Rank::Office)]),
    ("congressman", &[Holds(Rank::Office), AddressOfMan, In(Field::Government), Title, Man]),
    ("congresswoman", &[Holds(Rank::Office), AddressOfWoman, In(Field::Government), Title, Woman]),
    ("contributor", &[Holds(Rank::Staff)]),
    ("correspondent", &[Holds(Rank::Staff), In(Field::Press)]),
    ("councillor", &[Holds(Rank::Office), In(Field::Government)]),
    ("councilman", &[Holds(Rank::Office), AddressOfMan, In(Field::Government), Man]),
    ("councilwoman", &[Holds(Rank::Office), AddressOfWoman, In(Field::Government), Woman]),
    ("counsel", &[Holds(Rank::Office)]),
    ("dame", &[AddressOfWoman]),
    ("dean", &[Holds(Rank::Head), In(Field::Science)]),
    ("defender", &[In(Field::Sport)]),
    ("deputy", &[Holds(Rank::Office)]),
    ("detective", &[Title]),
    ("director", &[Holds(Rank::Office), Title]),
    ("dr", &[Address, TitleWithStop, Title]),
    ("economist", &[Holds(Rank::Staff), In(Field::Business), Title]),
    ("editor", &[Holds(Rank::Staff), In(Field::Press)]),
    ("emir", &[Holds(Rank::Head), InName]),
    ("emperor", &[Holds(Rank::Head), InName, Man]),
    ("engineer", &[Holds(Rank::Staff)]),
    ("envoy", &[Holds(Rank::Voice)]),
    ("ex-president", &[Address]),
    ("executive", &[Holds(Rank::Office)]),
    ("father", &[AddressOfMan, Man]),
    ("fellow", &[Holds(Rank::Staff)]),
    ("gen", &[Holds(Rank::Office), ShortFor("general"), TitleWithStop]),
    ("general", &[Holds(Rank::Office), Title]),
    ("goalkeeper", &[In(Field::Sport)]),
    ("gov", &[Holds(Rank::Head), ShortFor("governor"), TitleWithStop]),
    ("governor", &[Holds(Rank::Head), In(Field::Government), Title]),
    ("head", &[Holds(Rank::Head)]),
    ("hon", &[Address]),
    ("host", &[Holds(Rank::Staff)]),
    ("imam", &[Title]),
    ("inspector", &[Holds(Rank::Office)]),
    ("judge", &[Holds(Rank::Office), In(Field::Government), Title]),
    ("justice", &[Title]),
    ("king", &[Holds(Rank::Head), InName, Title, Man]),
    ("lady", &[AddressOfWoman, Title]),
    ("lawmaker", &[Holds(Rank::Office), In(Field::Government)]),
    ("lawyer", &[Holds(Rank::Voice), Title]),
    ("leader", &[Holds(Rank::Head), Title]),
    ("lord", &[AddressOfMan, Title]),
    ("lt", &[Address, TitleWithStop]),
    ("maj", &[Address, TitleWithStop]),
    ("manager", &[Holds(Rank::Office)]),
    ("mayor", &[Holds(Rank::Head), In(Field::Government), Title]),
    ("midfielder", &[In(Field::Sport), Title]),
    ("minister", &[Holds(Rank::Office), In(Field::Government), Title]),
    ("miss", &[AddressOfWoman]),
    ("mp", &[Holds(Rank::Office), In(Field::Government)]),
    ("mr", &[AddressOfMan, TitleWithStop, Title]),
    ("mrs", &[AddressOfWoman, TitleWithStop, Title]),
    ("ms", &[AddressOfWoman, TitleWithStop, Title]),
    ("officer", &[Holds(Rank::Office), Title]),
    ("official", &[Holds(Rank::Office)]),
    ("owner", &[Holds(Rank::Head), In(Field::Business)]),
    ("player", &[In(Field::Sport)]),
    ("pope", &[Holds(Rank::Head), InName, In(Field::Church), Title, Man]),
    ("premier", &[Holds(Rank::Head), In(Field::Government), Title]),
    ("president", &[Holds(Rank::Head), Title]),
    ("priest", &[In(Field::Church), Man]),
    ("prince", &[Title, Man]),
    ("princess", &[Title, Woman]),
    ("principal", &[Holds(Rank::Head)]),
    ("producer", &[Holds(Rank::Staff)]),
    ("prof", &[Holds(Rank::Staff), ShortFor("professor"), TitleWithStop]),
    ("professor", &[Holds(Rank::Staff), In(Field::Science), Title]),
    ("prosecutor", &[Holds(Rank::Office), In(Field::Government)]),
    ("queen", &[Holds(Rank::Head), InName, Title, Woman]),
    ("rapper", &[Title]),
    ("referee", &[In(Field::Sport)]),
    ("rep", &[Holds(Rank::Office), ShortFor("representative"), TitleWithStop]),
    ("reporter", &[Holds(Rank::Staff), In(Field::Press)]),
    ("representative", &[Holds(Rank::Office)]),
    ("researcher", &[Holds(Rank::Staff), In(Field::Science)]),
    ("rev", &[Address, TitleWithStop]),
    ("scientist", &[Holds(Rank::Staff), In(Field::Science)]),
    ("secretary", &[Holds(Rank::Office), Title]),
    ("sen", &[Holds(Rank::Office), ShortFor("senator"), TitleWithStop]),
    ("senator", &[Holds(Rank::Office), In(Field::Government), Title]),
    ("sgt", &[Address, TitleWithStop]),
    ("sheikh", &[Title]),
    ("sheriff", &[Holds(Rank::Head), In(Field::Government), Title]),
    ("singer", &[Title]),
    ("sir", &[AddressOfMan, Title]),
    ("sister", &[AddressOfWoman, Woman]),
    ("speaker", &[Holds(Rank::Head)]),
    ("spokesman", &[Holds(Rank::Voice), Title, Man]),
    ("spokesperson", &[Holds(Rank::Voice), Title]),
    ("spokeswoman", &[Holds(Rank::Voice), Title, Woman]),
    ("st", &[Address]),
    ("strategist", &[Holds(Rank::Staff)]),
    ("striker", &[In(Field::Sport), Title]),
    ("sultan", &[Holds(Rank::Head), InName]),
    ("superintendent", &[Holds(Rank::Head)]),
    ("treasurer", &[Holds(Rank::Office)]),
    ("vice-president", &[Address]),
    ("whip", &[Holds(Rank::Office), In(Field::Government)]),
];

/// What a word before the noun of an office does to it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Does {
    /// It belongs to the office without being a body or a place: `foreign` minister.
    Qualifies,
    /// It makes it a lower office, or none at the head: deputy mayor, vice president.
    Lowers,
    /// It makes it a past one: former mayor.
    Ends,
    /// It makes it one that is yet to come: incoming mayor.
    Begins,
    /// It says whose side the holder is on, and nothing of the office: **Republican** governor.
    Sides,
    /// Behind `of` it is what the office is of, and has no name of its own: chief of **staff**, secretary of **state**.
    Duty,
}

use Does::{Begins, Duty, Ends, Lowers, Qualifies, Sides};

/// The words that belong to offices beside their nouns, in lower case, sorted.
const BESIDE: &[(&str, &[Does])] = &[
    ("acting", &[Qualifies, Lowers]),
    ("agriculture", &[Duty]),
    ("army", &[Qualifies]),
    ("assistant", &[Qualifies, Lowers]),
    ("associate", &[Qualifies, Lowers]),
    ("attorney", &[Qualifies]),
    ("campaign", &[Qualifies]),
    ("chief", &[Qualifies]),
    ("city", &[Qualifies]),
    ("co", &[Qualifies]),
    ("commerce", &[Duty]),
    ("communications", &[Qualifies]),
    ("conservative", &[Sides]),
    ("defence", &[Qualifies, Duty]),
    ("defense", &[Qualifies, Duty]),
    ("democrat", &[Sides]),
    ("democratic", &[Sides]),
    ("deposed", &[Ends]),
    ("deputy", &[Qualifies, Lowers]),
    ("district", &[Qualifies]),
    ("economic", &[Qualifies]),
    ("education", &[Qualifies, Duty]),
    ("emeritus", &[Ends]),
    ("energy", &[Qualifies, Duty]),
    ("environment", &[Qualifies]),
    ("erstwhile", &[Ends]),
    ("ex", &[Qualifies, Ends]),
    ("ex-", &[Ends]),
    ("executive", &[Qualifies]),
    ("finance", &[Qualifies]),
    ("financial", &[Qualifies]),
    ("fire", &[Qualifies]),
    ("first", &[Qualifies]),
    ("foreign", &[Qualifies]),
    ("former", &[Qualifies, Ends]),
    ("formerly", &[Ends]),
    ("future", &[Begins]),
    ("general", &[Qualifies]),
    ("gop", &[Sides]),
    ("head", &[Qualifies]),
    ("health", &[Qualifies, Duty]),
    ("house", &[Qualifies]),
    ("incoming", &[Begins]),
    ("independent", &[Sides]),
    ("interim", &[Qualifies]),
    ("interior", &[Qualifies]),
    ("justice", &[Qualifies]),
    ("labor", &[Qualifies, Duty]),
    ("labour", &[Qualifies, Duty]),
    ("late", &[Qualifies, Ends]),
    ("lead", &[Qualifies]),
    ("leading", &[Qualifies]),
    ("liberal", &[Sides]),
    ("libertarian", &[Sides]),
    ("lieutenant", &[Lowers]),
    ("lt", &[Lowers]),
    ("majority", &[Qualifies]),
    ("managing", &[Qualifies]),
    ("marketing", &[Qualifies]),
    ("military", &[Qualifies]),
    ("minority", &[Qualifies]),
    ("national", &[Qualifies]),
    ("news", &[Qualifies]),
    ("of", &[Qualifies]),
    ("onetime", &[Qualifies, Ends]),
    ("operating", &[Qualifies]),
    ("operations", &[Duty]),
    ("opposition", &[Qualifies]),
    ("ousted", &[Ends]),
    ("outgoing", &[Ends]),
    ("party", &[Qualifies]),
    ("police", &[Qualifies, Duty]),
    ("policy", &[Qualifies]),
    ("political", &[Qualifies]),
    ("press", &[Qualifies]),
    ("previous", &[Ends]),
    ("previously", &[Ends]),
    ("prime", &[Qualifies]),
    ("rebel", &[Qualifies]),
    ("republican", &[Sides]),
    ("retired", &[Qualifies, Ends]),
    ("school", &[Qualifies]),
    ("schools", &[Duty]),
    ("security", &[Qualifies]),
    ("senior", &[Qualifies]),
    ("socialist", &[Sides]),
    ("special", &[Qualifies]),
    ("staff", &[Qualifies, Duty]),
    ("state", &[Qualifies, Duty]),
    ("supreme", &[Qualifies]),
    ("technology", &[Qualifies]),
    ("then", &[Qualifies, Ends]),
    ("top", &[Qualifies]),
    ("tory", &[Sides]),
    ("trade", &[Qualifies]),
    ("transport", &[Qualifies]),
    ("transportation", &[Duty]),
    ("treasury", &[Duty]),
    ("under", &[Qualifies, Lowers]),
    ("vice", &[Qualifies, Lowers]),
];

/// What a word, in lower case without full stop, tells.
fn told(word: &str) -> &'static [Tells] {
    WORDS.binary_search_by_key(&word, |(known, _)| known).map_or(&[], |index| WORDS[index].1)
}

/// Whether a word does something to an office.
fn does(word: &str, effect: Does) -> bool {
    let word = word.to_lowercase();
    let found = BESIDE.binary_search_by_key(&word.as_str(), |(known, _)| known);
    found.is_ok_and(|index| BESIDE[index].1.contains(&effect))
}

/// The rank of an office that its last word names.
pub(crate) fn rank(word: &str) -> Option<Rank> {
    told(&word.to_lowercase()).iter().find_map(|tells| match tells {
        Holds(rank) => Some(*rank),
        _ => None,
    })
}

/// The full word for an office that is printed short before names, in lower case: `sen` is `senator`.
pub(crate) fn full_form(noun: &str) -> &str {
    let full = told(noun).iter().find_map(|tells| match tells {
        ShortFor(full) => Some(*full),
        _ => None,
    });
    full.unwrap_or(noun)
}

/// The walk of life that the noun of an office, in lower case, shows.
pub(crate) fn field(noun: &str) -> Option<Field> {
    told(noun).iter().find_map(|tells| match tells {
        In(field) => Some(*field),
        _ => None,
    })
}

/// Whether a word is a form of address or a title, which stands before a name and is no part of it.
///
/// Kings, queens, princes and popes keep theirs: it is half of their name.
pub(crate) fn is_title(word: &str) -> bool {
    let told = told(&word.trim_end_matches('.').to_lowercase());
    let names_holder = |tells: &Tells| matches!(tells, Address | AddressOfMan | AddressOfWoman | Holds(_));
    told.iter().any(names_holder) && !told.iter().any(|tells| matches!(tells, InName))
}

/// Whether a noun, in lower case, can stand before a name as a title, whether or not it is half of the name.
pub(crate) fn stands_before_names(noun: &str) -> bool {
    told(noun).iter().any(|tells| matches!(tells, Title))
}

/// Whether a form of address is a woman's (`true`) or a man's.
pub(crate) fn address_gender(word: &str) -> Option<bool> {
    told(&word.trim_end_matches('.').to_lowercase()).iter().find_map(|tells| match tells {
        AddressOfWoman => Some(true),
        AddressOfMan => Some(false),
        _ => None,
    })
}

/// Whether a noun, in lower case, describes a woman (`true`) or a man.
pub(crate) fn noun_gender(noun: &str) -> Option<bool> {
    told(noun).iter().find_map(|tells| match tells {
        Woman => Some(true),
        Man => Some(false),
        _ => None,
    })
}

/// The titles that are evidence of a name behind them, as they are printed, in lower case.
pub(super) fn titles_before_names() -> impl Iterator<Item = String> {
    WORDS.iter().flat_map(|(word, told)| {
        told.iter().filter_map(move |tells| match tells {
            Title => Some((*word).to_owned()),
            TitleWithStop => Some(format!("{word}.")),
            _ => None,
        })
    })
}

/// Whether a word can stand before the noun of an office and belong to it.
pub(crate) fn is_qualifier(word: &str) -> bool {
    does(word, Qualifies)
}

/// Whether a word makes an office a lower one.
pub(crate) fn is_lower(word: &str) -> bool {
    does(word, Lowers)
}

/// Whether a word makes an office a past one.
pub(crate) fn is_past(word: &str) -> bool {
    does(word, Ends)
}

/// Whether a word makes an office one that is yet to come.
pub(crate) fn is_coming(word: &str) -> bool {
    does(word, Begins)
}

/// Whether a word says whose side the holder of an office is on.
pub(crate) fn is_side(word: &str) -> bool {
    does(word, Sides)
}

/// Whether a word behind `of` is what an office is of, and has no name of its own.
pub(crate) fn is_duty(word: &str) -> bool {
    does(word, Duty)
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
    fn words_are_sorted_for_the_search() {
        assert!(WORDS.is_sorted_by_key(|(word, _)| word));
        assert!(BESIDE.is_sorted_by_key(|(word, _)| word));
        assert_eq!(rank("Spokeswoman"), Some(Rank::Voice));
        assert_eq!(rank("table"), None);
        assert!(is_title("Sen.") && is_title("Dr") && !is_title("King") && !is_title("actor"));
        assert!(
            titles_before_names().any(|title| title == "sen.")
                && titles_before_names().all(|title| title != "sen")
        );
    }
}
