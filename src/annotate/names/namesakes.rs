//! Drops what bears the name of a person and is none: a storm, an illness, a law, a shop, a case at court, a verse.
//!
//! Looks at single names, and at what stands around them and around their like elsewhere in the article. A name that ends or
//! begins the full name of somebody in the article is that person's and stays.

use std::collections::{HashMap, HashSet};

use crate::annotate::lexicon;
use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::page::Page;
use crate::span::{Span, Tokens};

/// What an article shows of its names as a whole.
struct Around<'a> {
    /// The first and last words of the full names of people.
    of_people: HashSet<&'a str>,
    /// The words of all names of people.
    words: HashSet<&'a str>,
    /// What storms are called.
    storms: HashSet<&'a str>,
    /// Whether there is talk of storms.
    is_stormy: bool,
    /// Words that are hardly anybody's name and stand in the article in small letters too, as printed with a capital.
    common: HashSet<&'a str>,
    /// The parties of cases at court.
    of_cases: HashSet<&'a str>,
}

/// Drops names of things that are called like people.
pub(super) fn drop_things(page: Page, names: &mut Vec<Name>) {
    let around = Around::of(page, names);
    names.retain(|name| {
        let printed = page.words(name.tokens);
        let is_known = around.of_people.contains(printed);
        let is_thing = || {
            is_pair(page, *name, &around) || name.kind == NameKind::Person && is_thing(page, *name, &around)
        };
        is_known || !is_thing()
    });
}

impl<'a> Around<'a> {
    fn of(page: Page<'a>, names: &[Name]) -> Self {
        let people = || names.iter().filter(|name| name.kind == NameKind::Person);
        let full = people().filter_map(|name| page.words(name.tokens).split_once(' '));
        let of_people =
            full.flat_map(|(first, rest)| [first, rest.rsplit(' ').next().unwrap_or(rest)]).collect();
        let words = people().flat_map(|name| name.tokens.start()..name.tokens.end());
        let words = words.map(|token| page.word(token)).filter(|word| word.chars().count() > 2).collect();
        let mut around = Around {
            of_people,
            words,
            storms: HashSet::new(),
            is_stormy: false,
            common: HashSet::new(),
            of_cases: HashSet::new(),
        };
        let may_be_common =
            |name: &&Name| name.tokens.len() == 1 && is_hardly_a_name(page.words(name.tokens));
        let suspects: HashMap<String, &str> = people()
            .filter(may_be_common)
            .map(|name| (page.words(name.tokens).to_lowercase(), page.words(name.tokens)))
            .collect();
        for token in 0..page.document.tokens.len() {
            let word = page.word(token);
            around.common.extend(suspects.get(word).copied());
            if is_storm(word) {
                around.is_stormy = true;
                let named = page.word(token + 1) == "named";
                around.storms.insert(page.word(token + 1 + usize::from(named)));
            }
            // Without the full stop it stands between the sides of games as well.
            if word == "v." {
                around.of_cases.insert(page.word(token + 1));
                around.of_cases.extend(token.checked_sub(1).map(|before| page.word(before)));
            }
        }
        around
    }
}

/// Whether so few are called by a word that it is rather the noun.
fn is_hardly_a_name(word: &str) -> bool {
    const FEW: u32 = 20_000;
    lexicon::surname_bearers(word) < FEW && lexicon::given_name(word).is_none_or(|given| given.count < FEW)
}

/// Whether a form of address is before a name.
fn is_addressed(page: Page, token: usize) -> bool {
    let before = token.checked_sub(1).map_or("", |before| page.word(before));
    matches!(
        before.trim_end_matches('.'),
        "Mr" | "Mrs" | "Ms" | "Miss" | "Dr" | "Sen" | "Rep" | "Gov" | "Judge"
    )
}

fn is_storm(word: &str) -> bool {
    ["cyclone", "hurricane", "storm", "superstorm", "typhoon"]
        .iter()
        .any(|storm| word.eq_ignore_ascii_case(storm))
}

/// Whether a single name, which is nobody's in full, is that of a thing.
fn is_thing(page: Page, name: Name, around: &Around) -> bool {
    let printed = page.words(name.tokens);
    if matches!(printed, "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV") {
        return true;
    }
    if printed.contains(' ') {
        return false;
    }
    let token = name.tokens.start();
    around.storms.contains(printed)
        || around.is_stormy && STORMS.contains(&printed)
        || around.of_cases.contains(printed)
        || is_illness(page, name.tokens)
        || is_shop(page, name.tokens)
        || is_part_of_a_group(page, token)
        || is_said_so(page, token)
        || is_verse(page.word(name.tokens.end()))
        || around.common.contains(printed) && !is_addressed(page, token)
}

/// Storms that articles call by their names alone for years.
const STORMS: &[&str] = &["Camille", "Harvey", "Ike", "Irma", "Katrina", "Maria", "Matthew", "Rita", "Sandy"];

/// Illnesses that bear the name of whoever found them.
const ILLNESSES: &[&str] =
    &["Alzheimer", "Asperger", "Crohn", "Hodgkin", "Huntington", "Parkinson", "Tourette"];

fn is_owner(page: Page, token: usize) -> bool {
    matches!(page.word(token), "'s" | "’s" | "'" | "’")
}

/// Whether a single name is that of an illness: **Alzheimer**, **Crohn**`'s disease`.
fn is_illness(page: Page, name: Span<Tokens>) -> bool {
    const NOUNS: &[&str] = &["chorea", "dementia", "disease", "lymphoma", "syndrome"];
    let owns = is_owner(page, name.end());
    let noun = page.word(name.end() + usize::from(owns)).to_lowercase();
    NOUNS.contains(&noun.as_str()) || owns && ILLNESSES.contains(&page.words(name))
}

/// Shops and makers that are called after their founders, by names that hardly anybody else has.
const SHOPS: &[&str] = &[
    "Applebee",
    "Arby",
    "Bloomingdale",
    "Chili",
    "Domino",
    "Hardee",
    "Kellogg",
    "Kohl",
    "Macy",
    "Popeye",
    "Sainsbury",
    "Sotheby",
    "Zaxby",
];

/// Whether a single name is that of a shop or a firm: **Kohl**`'s`, `Barnes & `**Noble**, **Angie**`'s List`.
fn is_shop(page: Page, name: Span<Tokens>) -> bool {
    let before = name.start().checked_sub(1).map(|before| page.word(before));
    let is_joint = |word: &str| matches!(word, "&" | "&amp;");
    let owns = is_owner(page, name.end());
    let behind = page.word(name.end() + 1);
    let printed = page.words(name);
    let is_given = lexicon::given_name(printed).is_some() && !lexicon::is_surname(printed);
    before.is_some_and(is_joint)
        || is_joint(page.word(name.end()))
        || owns && (SHOPS.contains(&printed) || is_given && behind.starts_with(char::is_uppercase))
}

/// Whether a word that nobody is called by counts heads: the **Gang** `of Eight`, **Group** `of Seven`.
fn is_part_of_a_group(page: Page, token: usize) -> bool {
    const NUMBERS: &[&str] = &["three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"];
    let is_number = NUMBERS.iter().any(|number| page.word(token + 2).eq_ignore_ascii_case(number));
    let is_nobody =
        || !lexicon::is_surname(page.word(token)) && lexicon::given_name(page.word(token)).is_none();
    page.word(token + 1) == "of" && (is_number || is_nobody())
}

/// Whether a single name belongs to a saying: `Uncle `**Sam**, `Hail `**Mary**, `Song of `**Solomon**, **Achilles**`’ heel`.
fn is_said_so(page: Page, token: usize) -> bool {
    const SAYINGS: &[(&[&str], &str)] = &[
        (&["Uncle"], "Sam"),
        (&["Hail"], "Mary"),
        (&["Bloody"], "Mary"),
        (&["Song", "of"], "Solomon"),
        (&["Tom", "Dick", "and"], "Harry"),
        (&["Father"], "Christmas"),
        (&["Mother"], "Jones"),
        (&["Adam", "and"], "Eve"),
        (&["Election"], "Eve"),
        (&["Christmas"], "Eve"),
        (&["Year", "'s"], "Eve"),
        (&["Year", "’s"], "Eve"),
    ];
    let has_heel = is_owner(page, token + 1) && matches!(page.word(token + 2), "heel" | "heels" | "tendon");
    has_heel
        || SAYINGS.iter().any(|(before, name)| {
            let first = token.checked_sub(before.len());
            page.word(token) == *name
                && first.is_some_and(|first| {
                    before.iter().zip(first..).all(|(word, token)| page.word(token) == *word)
                })
        })
}

/// Whether a word is the place of a verse, behind the name of a book: **Matthew** `5:1-12`.
fn is_verse(word: &str) -> bool {
    let Some((chapter, verse)) = word.split_once(':') else { return false };
    let is_number = |text: &str| text.chars().next().is_some_and(|digit| digit.is_ascii_digit());
    is_number(chapter) && is_number(verse)
}

/// Whether two names with a hyphen between them are those of a law, a plan or a race: the **Ruiz-Falk** `bill`. Both are
/// names of people in the article, or such a noun follows.
fn is_pair(page: Page, name: Name, around: &Around) -> bool {
    const NOUNS: &[&str] = &[
        "accord",
        "act",
        "agreement",
        "amendment",
        "bill",
        "budget",
        "compromise",
        "deal",
        "debate",
        "dinner",
        "law",
        "legislation",
        "measure",
        "pact",
        "plan",
        "proposal",
        "race",
        "reforms",
        "rule",
        "ticket",
    ];
    let mut parts = page.words(name.tokens).split(['-', '–', '‐', '‑']).map(str::trim);
    let (Some(one), Some(other), None) = (parts.next(), parts.next(), parts.next()) else { return false };
    let is_name = |part: &str| part.starts_with(char::is_uppercase) && !part.contains(' ');
    let noun = page.word(name.tokens.end()).to_lowercase();
    name.kind != NameKind::Place
        && is_name(one)
        && is_name(other)
        && (around.words.contains(one) && around.words.contains(other)
            || NOUNS.contains(&noun.as_str()) && name.kind == NameKind::Person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;

    /// Which of these people are left of an article, each found where it first stands.
    fn left<'p>(body: &str, people: &[&'p str]) -> Vec<&'p str> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let document = given::annotations(&article).document;
        let mut names: Vec<Name> = people
            .iter()
            .map(|person| {
                let start = body.find(person).expect("stands in the text");
                let covers = |at: usize| document.tokens.partition_point(|token| token.span.start() < at);
                let tokens = Span::new(covers(start), covers(start + person.len()));
                Name { tokens, kind: NameKind::Person }
            })
            .collect();
        let all = names.clone();
        drop_things(Page::of_tokens(body, &document), &mut names);
        people.iter().zip(&all).filter(|(_, name)| names.contains(name)).map(|(person, _)| *person).collect()
    }

    #[test]
    fn things_that_bear_the_name_of_a_person_are_nobody() {
        for (body, person) in [
            ("The Ruiz-Falk bill failed", "Ruiz-Falk"),
            ("Her mother has Alzheimer's", "Alzheimer"),
            ("She has Tanaka's disease", "Tanaka"),
            ("The Gang of Eight met", "Gang"),
            ("He shopped at Kohl's yesterday", "Kohl"),
            ("Found on Angie's List", "Angie"),
            ("He went to Barnes & Noble", "Noble"),
            ("When Sandy struck, the hurricane drowned the subway", "Sandy"),
            ("Olga broke the pier. Hurricane Olga was strong", "Olga"),
            ("The court overruled Tanaka. In Tanaka v. Falk it had said no", "Tanaka"),
            ("He read from Matthew 5:1-12", "Matthew"),
            ("Uncle Sam wants you", "Sam"),
            ("Leo Brandt, Jr., left", "Jr."),
            ("It was his Achilles' heel", "Achilles"),
            ("Winner: the ferry. The winner sails", "Winner"),
            ("The Gang of Eight", "Gang"),
        ] {
            assert_eq!(left(body, &[person]), [""; 0], "{body}");
        }
    }

    #[test]
    fn people_who_are_called_like_things_stay() {
        for (body, people) in [
            ("Ana Ruiz-Falk said the Ruiz-Falk bill would pass", &["Ana Ruiz-Falk", "Ruiz-Falk"][..]),
            ("Sandy Levin spoke of the hurricane. Sandy was there", &["Sandy Levin", "Sandy"]),
            ("Brandt's Liberal Party won", &["Brandt"]),
            ("Maria sang", &["Maria"]),
            ("Carl's father sang with Christie's lawyer", &["Carl", "Christie"]),
            ("Brandt of Valdora sang", &["Brandt"]),
        ] {
            assert_eq!(left(body, people), people, "{body}");
        }
    }
}
