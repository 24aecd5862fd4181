//! A name as it is printed, with what the words around it show.
//!
//! Knows one name at a time; never who it refers to.

use crate::annotate::labels::{Relation, Upos};
use crate::annotate::names::repair;
use crate::annotate::{Annotations, Name, NameKind, lexicon, offices};
use crate::facts::entity::{EntityKind, Gender};
use crate::facts::grammar::descriptors::{beside, office_noun};
use crate::facts::grammar::phrase;
use crate::facts::grammar::role::head_of;
use crate::facts::offices::Office;
use crate::facts::reference::countries::demonyms::Demonyms;
use crate::facts::reference::gender;
use crate::facts::reference::names::compare;
use crate::facts::reference::names::people::person_words;
use crate::facts::reference::party_words;
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// A name of a person, organization or place as it is printed.
pub(super) struct NameInContext {
    pub(crate) kind: EntityKind,
    pub(crate) tokens: Span<Tokens>,
    pub(crate) printed: String,
    /// Its words, folded.
    pub(crate) key: Vec<String>,
    /// The gender that a form of address before it shows.
    pub(super) honorific: Option<Gender>,
    /// The gender that a noun beside it shows: his wife, **Ana Ruiz**.
    pub(crate) described: Option<Gender>,
    /// The title before it and the nouns beside it, in full and in lower case.
    pub(crate) nouns: Vec<String>,
    /// Whether it is the older or the younger one's: the elder **Ruiz**, his son **Leo**.
    pub(super) age: Option<Age>,
    /// Whether a noun says whose relative its bearer is.
    pub(super) is_relative: bool,
    /// A fuller name that everybody knows and the text need not print.
    pub(crate) canonical: Option<String>,
    /// The given names that it is short for.
    short_for: Vec<String>,
}

/// Which of two relatives of one surname is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    Elder,
    Younger,
}

impl NameInContext {
    /// Whether the name is short for a given name, in folded words.
    pub(super) fn stands_for(&self, given: &String) -> bool {
        self.short_for.contains(given)
    }

    /// The words by which those whom this name may mean are found.
    pub(super) fn lookups(&self) -> impl Iterator<Item = &str> {
        let ends = self.key.first().into_iter().chain(self.key.last());
        ends.chain(&self.short_for).map(String::as_str)
    }
}

/// A name with what stands around it; `None` if nothing but marks is printed.
pub(crate) fn called(
    text: &Annotations,
    (name, office): (&Name, Option<&Office>),
    kind: EntityKind,
    demonyms: &Demonyms,
) -> Option<NameInContext> {
    let printed = text.words(name.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
    let printed = printed.trim_end_matches(['’', '\'']).to_owned();
    let canonical = match kind {
        EntityKind::Person => with_shared_surname(text, name, &printed)
            .or_else(|| with_inserted_given_name(text, name))
            .or_else(|| inserted_given_name(text, name)),
        EntityKind::Organization => {
            // Not what some article takes the letters for: `GOP` has been the title of a report.
            let is_name = |party: &&str| party_words::is_only_a_name(&printed) && *party != printed;
            // What a short name describes may be another's: the **Fed** agent.
            let is_alone =
                || !repair::goes_on(text.body(), &text.document, &text.tags, name.tokens.end() - 1);
            let short = || repair::short_for(&printed).filter(|_| is_alone());
            party_words::of_label(&printed).filter(is_name).or_else(short).map(str::to_owned)
        }
        EntityKind::Place => demonyms.adjective(&name_key(&printed)).map(str::to_owned),
    };
    let key = words(kind, canonical.as_deref().unwrap_or(&printed));
    if key.is_empty() {
        return None;
    }
    let mut called = NameInContext {
        kind,
        tokens: name.tokens,
        printed,
        key,
        honorific: None,
        described: None,
        nouns: Vec::new(),
        age: None,
        is_relative: false,
        canonical,
        short_for: Vec::new(),
    };
    if kind == EntityKind::Person {
        called.see_around(text, office);
    }
    Some(called)
}

/// How many words an insertion before a surname has at most: `[the Senate majority leader, Ana] Ruiz`.
const INSERTED: usize = 8;

/// The full name of somebody whose given name an editor put before the surname that was said: `[Ana] `**Ruiz**,
/// `(Mayor Ana) `**Ruiz**.
fn with_inserted_given_name(text: &Annotations, name: &Name) -> Option<String> {
    let closing = name.tokens.start().checked_sub(1)?;
    let given = closing.checked_sub(1)?;
    let mark = match text.word(closing) {
        "]" => "[",
        ")" => "(",
        _ => return None,
    };
    let opening = (closing.saturating_sub(INSERTED)..given).rev().find(|at| text.word(*at) == mark)?;
    // A place or an outlet behind somebody's name: `Costa (Milan), Ruiz (Turin)`.
    let is_of_another = opening.checked_sub(1).is_some_and(|before| text.name_at(before).is_some())
        || text.name_at(given).is_some_and(|inner| text.names[inner].kind != NameKind::Person);
    let given = text.word(given);
    let is_insertion = name.tokens.len() == 1
        && !is_of_another
        && given.starts_with(char::is_uppercase)
        && lexicon::given_name(given).is_some();
    is_insertion.then(|| format!("{given} {}", text.words(name.tokens)))
}

/// The same of the given name that was put in.
fn inserted_given_name(text: &Annotations, name: &Name) -> Option<String> {
    let next = text.names[text.name_at(name.tokens.end() + 1)?];
    let is_next = next.kind == NameKind::Person && next.tokens.start() == name.tokens.end() + 1;
    (name.tokens.len() == 1 && is_next).then(|| with_inserted_given_name(text, &next)).flatten()
}

/// Words before the names of two who have one surname.
const KIN: &[&str] = &[
    "billionaires",
    "brothers",
    "children",
    "couple",
    "daughters",
    "kids",
    "newlyweds",
    "parents",
    "siblings",
    "sisters",
    "sons",
    "spouses",
    "twins",
];

/// The full name of somebody whose surname stands behind the name of a relative: `the brothers `**Ben**` and Leo Falk`. A given name that
/// is hardly a surname, and nobody's in the article.
fn with_shared_surname(text: &Annotations, name: &Name, printed: &str) -> Option<String> {
    let behind = name.tokens.end();
    let before = (1..=3).filter_map(|back| Some(text.word(name.tokens.start().checked_sub(back)?)));
    if name.tokens.len() != 1
        || !matches!(text.word(behind), "and" | "&")
        || !before.into_iter().any(|word| KIN.contains(&word.to_lowercase().as_str()))
        || !compare::is_given_rather(printed)
    {
        return None;
    }
    let next = text.names[text.name_at(behind + 1)?];
    let (given, surname) = text.words(next.tokens).split_once(' ')?;
    let begins = next.kind == NameKind::Person && next.tokens.start() == behind + 1;
    let is_surname =
        !surname.contains(' ') && lexicon::is_surname(surname) && lexicon::given_name(given).is_some();
    let is_anothers = || {
        text.names.iter().any(|other| {
            let full = text.words(other.tokens).split_once(' ');
            full.is_some_and(|(first, rest)| first == printed || rest == printed)
        })
    };
    (begins && is_surname && !is_anothers()).then(|| format!("{printed} {surname}"))
}

impl NameInContext {
    /// Takes in what stands around the name of a person.
    fn see_around(&mut self, text: &Annotations, office: Option<&Office>) {
        if let [word] = self.key.as_slice() {
            self.short_for = lexicon::nickname(word);
        }
        let word_before = |token: usize| token.checked_sub(1).map(|before| text.word(before));
        let before = word_before(self.tokens.start());
        self.honorific = before.and_then(gender::of_address);
        let office = office.map(|office| text.word(office.words.end() - 1));
        let title = before.filter(|word| offices::is_title(word));
        let beside = beside(text, head_of(&text.syntax, self.tokens)).into_iter().map(|noun| text.word(noun));
        self.nouns = office.into_iter().chain(title).chain(beside).map(office_noun).collect();
        self.age = before.and_then(age_of_adjective).or_else(|| age_of_suffix(self.key.last()?));
        let Some(noun) = describing_noun(text, self.tokens) else { return };
        let word = text.word(noun).to_lowercase();
        self.described = gender::of_noun(&word);
        self.age =
            self.age.or_else(|| word_before(noun).and_then(age_of_adjective)).or_else(|| age_of_noun(&word));
        self.is_relative = gender::is_kinship(&word) && is_owned(text, noun);
    }
}

/// Whether a possessive stands before a noun, up to a few adjectives before it: `Ruiz’s eldest` **daughter**.
fn is_owned(text: &Annotations, noun: usize) -> bool {
    const ADJECTIVES: usize = 3;
    let owns = |word: &str| phrase::is_possessive_mark(word) || phrase::is_possessive_pronoun(word);
    let before = (noun.saturating_sub(ADJECTIVES)..noun).rev();
    let first = before
        .map(|token| (text.word(token), text.tags[token].upos))
        .find(|(word, upos)| owns(word) || !matches!(upos, Upos::Adj | Upos::Noun | Upos::Num));
    first.is_some_and(|(word, _)| owns(word))
}

/// The folded words of a name. Words that a hyphen joins are one word of a person's name: `Ruiz-Brandt` is nobody's
/// full name. A country has one name.
fn words(kind: EntityKind, printed: &str) -> Vec<String> {
    if kind == EntityKind::Person {
        return printed.split(' ').flat_map(person_words).collect();
    }
    let country = lexicon::country(printed).filter(|_| kind == EntityKind::Place);
    let key = name_key(country.map_or(printed, |country| country.name));
    key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The age that an adjective before a name or a noun shows.
fn age_of_adjective(word: &str) -> Option<Age> {
    match word.to_lowercase().as_str() {
        "elder" | "older" => Some(Age::Elder),
        "younger" => Some(Age::Younger),
        _ => None,
    }
}

/// The age that the last word of a name shows.
fn age_of_suffix(word: &str) -> Option<Age> {
    match word {
        "sr" => Some(Age::Elder),
        "jr" => Some(Age::Younger),
        _ => None,
    }
}

/// The age that a noun for a relative shows.
fn age_of_noun(noun: &str) -> Option<Age> {
    match noun {
        "father" | "mother" | "grandfather" | "grandmother" | "uncle" | "aunt" => Some(Age::Elder),
        "son" | "daughter" | "sons" | "daughters" | "nephew" | "niece" => Some(Age::Younger),
        _ => None,
    }
}

/// The noun that describes a person and shows a gender: before the name, in apposition to it, or its predicate.
fn describing_noun(text: &Annotations, name: Span<Tokens>) -> Option<usize> {
    let describes = |token: &usize| gender::of_noun(text.word(*token)).is_some();
    let before = || name.start().checked_sub(1).filter(describes);
    let mut head = head_of(&text.syntax, name);
    // `his brothers, Leo and Ivo`
    while text.syntax.relation(head) == Relation::Conj
        && let Some(first) = text.syntax.head(head).filter(|first| *first < head)
    {
        head = first;
    }
    let above = || {
        let joins = matches!(
            text.syntax.relation(head),
            Relation::Appos | Relation::Nsubj | Relation::Flat | Relation::Compound
        );
        text.syntax.head(head).filter(|_| joins).filter(describes)
    };
    let beside = || text.syntax.child(head, &[Relation::Appos]).filter(describes);
    before().or_else(above).or_else(beside)
}
