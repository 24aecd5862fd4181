//! Drops what is printed like a name and is none: handles and tags of the net, a party and a state in brackets (`R-Ga.`),
//! a name that a lost space glued to what follows (`BrandtSenate`), a law called after somebody, a family, the credit of a picture; and takes the label of a
//! party off the place or body that a member is from: the **Vermont** `Republican`.
//!
//! Knows the shapes of words and closed lists; whatever it drops, a later stage may still read as a word.

use std::collections::HashSet;

use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::page::Page;
use crate::annotate::names::repair;
use crate::annotate::{lexicon, offices};
use crate::span::Span;

/// Words for one member of a party, as printed.
const MEMBERS: &[&str] = &["Republican", "Democrat", "Libertarian", "Tory"];

/// What is capitalized as a name is, and is nobody whom an article reports on.
const NOBODY: &[&str] =
    &["God", "Lord", "Allah", "Mom", "Dad", "Mum", "Grandma", "Grandpa", "Sir", "Madam", "Ma'am"];

/// The parts before a capital that are no word of their own.
const PREFIXES: &[&str] = &[
    "mc", "mac", "de", "di", "du", "da", "del", "della", "des", "la", "le", "van", "von", "fitz", "al", "el",
    "ap", "o", "d", "l", "i", "e", "ben", "bin", "abu", "ter", "ten", "st",
];

/// Drops and cuts what is no name.
pub(super) fn drop_furniture(page: Page, names: &mut Vec<Name>) {
    let people: HashSet<&str> = names
        .iter()
        .filter(|name| name.kind == NameKind::Person)
        .flat_map(|name| name.tokens.start()..name.tokens.end())
        .map(|token| page.word(token))
        .filter(|word| joint(word).is_none() && word.chars().count() > 3)
        .collect();
    names.retain_mut(|name| {
        trim(page, name);
        without_member(page, name);
        mend_body(page, name);
        !name.tokens.is_empty() && !is_furniture(page, *name, &people)
    });
}

/// Takes handles, tags and addresses of the net off both ends.
fn trim(page: Page, name: &mut Name) {
    let (mut start, mut end) = (name.tokens.start(), name.tokens.end());
    while start < end && is_of_the_net(page, start) {
        start += 1;
    }
    while end > start && is_of_the_net(page, end - 1) {
        end -= 1;
    }
    name.tokens = Span::new(start, end);
}

/// Whether a token is a handle, a tag or an address, or the word of one.
fn is_of_the_net(page: Page, token: usize) -> bool {
    let word = page.word(token);
    let is_marked = || {
        let before = token.checked_sub(1).map(|before| page.word(before));
        page.is_tight(token) && before.is_some_and(|before| matches!(before, "@" | "#"))
    };
    word.starts_with(['@', '#']) || word.contains("://") || word.starts_with("pic.twitter") || is_marked()
}

/// Takes the word for a member of a party off the name of where the member is from.
fn without_member(page: Page, name: &mut Name) {
    let (start, end) = (name.tokens.start(), name.tokens.end());
    if end - start < 2 || name.kind == NameKind::Other || !MEMBERS.contains(&page.word(end - 1)) {
        return;
    }
    name.tokens = Span::new(start, end - 1);
    if lexicon::place(page.words(name.tokens)).is_some() {
        name.kind = NameKind::Place;
    }
}

/// Names of bodies of which the recognizer may see the last word alone, each with the words before it.
const HALVES: &[(&str, &[&str])] = &[
    ("Nations", &["United"]),
    ("Press", &["Associated"]),
    ("Union", &["European"]),
    ("Means", &["Ways", "and"]),
];

/// Gives a body the first half of its name back, and takes off what is the office of one who leads there: **Senate** `Majority
/// Leader`, **Ways and** `Means Committee`.
fn mend_body(page: Page, name: &mut Name) {
    let (start, end) = (name.tokens.start(), name.tokens.end());
    if name.kind != NameKind::Organization {
        return;
    }
    if end - start > 1
        && matches!(page.word(end - 1), "Majority" | "Minority")
        && ["leader", "leaders", "whip", "whips"]
            .iter()
            .any(|office| page.word(end).eq_ignore_ascii_case(office))
    {
        name.tokens = Span::new(start, end - 1);
    }
    let half = HALVES.iter().find(|(last, _)| *last == page.word(start));
    if let Some((_, before)) = half
        && let Some(first) = start.checked_sub(before.len())
        && before.iter().zip(first..).all(|(word, token)| page.word(token) == *word)
    {
        name.tokens = Span::new(first, name.tokens.end());
    }
}

/// Whether what was taken for a body is a credit or a part of what is none: **AP Photo**, `State of the `**Union**, `Director of
/// `**National Intelligence**.
fn is_no_body(page: Page, name: Name, printed: &str) -> bool {
    const PARTS: &[(&str, &[&str])] = &[
        ("Union", &["State", "of", "the"]),
        ("Press", &["Meet", "the"]),
        ("National Intelligence", &["Director", "of"]),
        ("National Intelligence", &["director", "of"]),
    ];
    let start = name.tokens.start();
    let stands_behind = |before: &[&str]| {
        let first = start.checked_sub(before.len());
        first.is_some_and(|first| before.iter().zip(first..).all(|(word, token)| page.word(token) == *word))
    };
    let last = page.word(name.tokens.end() - 1);
    let is_credit = name.tokens.len() > 1 && matches!(last, "Photo" | "Photos" | "Photograph");
    name.kind == NameKind::Organization
        && (is_credit || PARTS.iter().any(|(part, before)| *part == printed && stands_behind(before)))
}

fn is_furniture(page: Page, name: Name, people: &HashSet<&str>) -> bool {
    let printed = page.words(name.tokens);
    let is_person = name.kind == NameKind::Person;
    let is_one = name.tokens.len() == 1;
    let is_glued = |token: usize| is_glued(page.word(token), is_person, people);
    is_party_and_state(printed, is_person)
        || is_person && printed.chars().filter(|letter| letter.is_alphabetic()).count() < 2
        || is_one && NOBODY.contains(&printed)
        || is_one && is_person && (MEMBERS.contains(&printed) || printed == "GOP")
        || is_no_body(page, name, printed)
        || is_one && is_law(printed, is_person, people)
        || is_one && is_person && is_behind_article(page, name.tokens.start())
        || (name.tokens.start()..name.tokens.end()).any(is_glued)
}

/// Whether a single word is behind `the` and nothing follows that it could describe: the **Brandts** are a family, the
/// **Hill** is a place. Nobody is called so.
fn is_behind_article(page: Page, token: usize) -> bool {
    let before = token.checked_sub(1).map(|before| page.word(before));
    before.is_some_and(|before| matches!(before, "the" | "The"))
        && !repair::goes_on(page.body, page.document, page.tags, token)
}

/// Whether it is the party and the state of a lawmaker: `R-Ga.`, `D-Calif`, `R.-Wis.`; but not `D-Day`.
fn is_party_and_state(printed: &str, is_person: bool) -> bool {
    let Some(rest) = printed.strip_prefix(['R', 'D', 'I']) else { return false };
    let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
    let Some(state) = rest.strip_prefix(['-', '–']).map(str::trim_start) else { return false };
    let is_short = state.len() == 2 && state.chars().all(char::is_uppercase);
    let is_state = is_short || state.ends_with('.') || lexicon::place(state).is_some();
    state.starts_with(char::is_uppercase) && (is_person || is_state)
}

/// Whether a word is made of somebody's name and what a law is about: `Brandtcare`.
fn is_law(word: &str, is_person: bool, people: &HashSet<&str>) -> bool {
    let name = ["care", "Care"].iter().find_map(|ending| word.strip_suffix(ending));
    name.is_some_and(|name| people.contains(name) || is_person && !lexicon::is_surname(word))
}

/// Whether a lost space glued a word to the one before it.
///
/// Companies and works have capitals inside their words on purpose; they do not begin with a small letter or with the
/// name of somebody in the article.
fn is_glued(word: &str, is_person: bool, people: &HashSet<&str>) -> bool {
    let Some((before, behind)) = joint(word) else { return false };
    let is_small = before.starts_with(char::is_lowercase);
    let is_known = |part: &str| people.contains(part) || offices::is_title(part);
    is_person || is_small && before.len() > 2 || is_known(before) || is_known(behind)
}

/// The parts of a word before and behind the first capital that follows a small letter, unless what stands before it is
/// a prefix; the latter has a small letter too, or it is an abbreviation that is joined on.
fn joint(word: &str) -> Option<(&str, &str)> {
    const LONGEST_PREFIX: usize = 5;
    let mut last = None;
    // Where the run of letters begins that the capital stands in.
    let mut begin = 0;
    for (at, letter) in word.char_indices() {
        if letter.is_uppercase() && last.is_some_and(char::is_lowercase) {
            let (before, behind) = word.split_at(at);
            let part = &before[begin..];
            let is_prefix = part.len() <= LONGEST_PREFIX && PREFIXES.contains(&part.to_lowercase().as_str());
            if behind.chars().nth(1).is_some_and(char::is_lowercase) && !is_prefix {
                return Some((before, behind));
            }
        }
        if !letter.is_alphabetic() {
            begin = at + letter.len_utf8();
        }
        last = Some(letter);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;

    /// What is left of a name that is the whole text, as printed; with the surnames of people elsewhere in it.
    fn left(printed: &str, kind: NameKind) -> Option<String> {
        let body = format!("{printed} met Brandt");
        let article = Article { body, ..Article::default() };
        let document = given::annotations(&article).document;
        let count = document.tokens.len();
        let brandt = Name { tokens: Span::new(count - 1, count), kind: NameKind::Person };
        let mut names = vec![Name { tokens: Span::new(0, count - 2), kind }, brandt];
        drop_furniture(Page::of_tokens(&article.body, &document), &mut names);
        names.pop();
        names.pop().map(|name| document.bytes(name.tokens).slice(&article.body).to_owned())
    }

    #[test]
    fn what_is_no_name_goes() {
        use NameKind::{Organization, Person, Place};
        for (printed, kind) in [
            ("@BrandtForMayor", Organization),
            ("#Brandt", Person),
            ("R-Ga.", Person),
            ("R.-Wis.", Person),
            ("God", Person),
            ("R.", Person),
            ("Republican", Person),
            ("Brandtcare", Person),
            ("BrandtSenate", Organization),
            ("BrandtRead", Place),
            ("saidRobert Brown", Person),
            ("theWhite House", Place),
        ] {
            assert_eq!(left(printed, kind), None, "{printed}");
        }
    }

    #[test]
    fn names_with_a_capital_inside_stay() {
        use NameKind::{Organization, Person};
        for (printed, kind) in [
            ("McGee", Person),
            ("Ana MacKay", Person),
            ("Ana DeRuiz", Person),
            ("Neil deGrasse", Person),
            ("YouTube", Organization),
            ("iPlayer", Organization),
            ("PolitiFact", Organization),
        ] {
            assert_eq!(left(printed, kind).as_deref(), Some(printed));
        }
    }

    #[test]
    fn an_article_is_before_nobody() {
        let article = Article { body: "The Brandts met Brandt".to_owned(), ..Article::default() };
        let document = given::annotations(&article).document;
        let person = |token| Name { tokens: Span::new(token, token + 1), kind: NameKind::Person };
        let mut names = vec![person(1), person(3)];
        drop_furniture(Page::of_tokens(&article.body, &document), &mut names);
        assert_eq!(names, [person(3)]);
    }

    #[test]
    fn a_member_is_no_part_of_where_she_is_from() {
        assert_eq!(left("Vermont Republican", NameKind::Person).as_deref(), Some("Vermont"));
        assert_eq!(left("Senate Democrat", NameKind::Organization).as_deref(), Some("Senate"));
    }
}
