//! A name as it is printed, with what the words around it show.
//!
//! Knows one name at a time; never who it refers to.

use crate::annotate::labels::Relation;
use crate::annotate::{Annotations, Name, lexicon};
use crate::facts::alike::person_words;
use crate::facts::anaphora::head_of;
use crate::facts::syntax::Syntax;
use crate::facts::{EntityKind, Gender, gender};
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// A name of a person, organization or place as it is printed.
pub(super) struct Called {
    pub(super) kind: EntityKind,
    pub(super) tokens: Span<Tokens>,
    pub(super) printed: String,
    /// Its words, folded.
    pub(super) key: Vec<String>,
    /// The gender that a form of address before it shows.
    pub(super) honorific: Option<Gender>,
    /// The gender that a noun beside it shows: his wife, **Ana Ruiz**.
    pub(super) described: Option<Gender>,
    /// Whether a noun before it says that the person is somebody's relative: his wife **Mira**.
    pub(super) is_kin: bool,
    /// A fuller name that everybody knows and the text need not print.
    pub(super) canonical: Option<String>,
}

/// A name with what stands around it; `None` if nothing but marks is printed.
pub(super) fn called(text: &Annotations, syntax: &Syntax, name: &Name, kind: EntityKind) -> Option<Called> {
    let printed = text.words(name.tokens).split_whitespace().collect::<Vec<_>>().join(" ");
    let printed = printed.trim_end_matches(['’', '\'']).to_owned();
    let mut key = name_key(&printed);
    if kind == EntityKind::Place
        && let Some(country) = lexicon::country(&printed)
    {
        key = name_key(country.name);
    }
    // Words that a hyphen joins are one word of a person's name: `Obama-Romney` is nobody's full name.
    let key = match kind {
        EntityKind::Person => printed.split(' ').flat_map(person_words).collect(),
        _ => key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>(),
    };
    let is_person = kind == EntityKind::Person;
    let before = name.tokens.start().checked_sub(1).map(|token| text.word(token));
    let honorific = before.filter(|_| is_person).and_then(gender::of_address);
    let described = if is_person { described_gender(text, syntax, name.tokens) } else { None };
    let is_kin = is_person && is_kin(text, name.tokens);
    let canonical = short_for(&key).filter(|_| kind == EntityKind::Organization);
    let key = canonical.map_or(key, |full| name_key(full).split(' ').map(str::to_owned).collect());
    let canonical = canonical.map(str::to_owned);
    let called = Called { kind, tokens: name.tokens, printed, key, honorific, described, is_kin, canonical };
    (!called.key.is_empty()).then_some(called)
}

/// Whether the noun before a name, perhaps behind a comma, is one of kinship.
fn is_kin(text: &Annotations, name: Span<Tokens>) -> bool {
    const KIN: &[&str] = &[
        "wife",
        "husband",
        "son",
        "daughter",
        "brother",
        "sister",
        "father",
        "mother",
        "widow",
        "widower",
        "fiancee",
        "fiancée",
        "girlfriend",
        "boyfriend",
        "nephew",
        "niece",
        "cousin",
        "uncle",
        "aunt",
        "grandson",
        "granddaughter",
        "grandfather",
        "grandmother",
        "stepson",
        "stepdaughter",
        "stepfather",
        "stepmother",
        "twin",
    ];
    let word = |offset: usize| name.start().checked_sub(offset).map_or("", |token| text.word(token));
    let noun = if word(1) == "," { word(2) } else { word(1) };
    KIN.contains(&noun)
}

/// The full name of an organization that everybody calls by a short one which is no acronym, folded.
fn short_for(key: &[String]) -> Option<&'static str> {
    const SHORT: &[(&str, &str)] = &[("fed", "Federal Reserve")];
    let [word] = key else { return None };
    SHORT.iter().find(|(short, _)| short == word).map(|(_, full)| *full)
}

/// The gender of the noun that describes a person: before the name, in apposition to it, or its predicate.
fn described_gender(text: &Annotations, syntax: &Syntax, name: Span<Tokens>) -> Option<Gender> {
    let noun = |token: usize| gender::of_noun(text.word(token));
    let before = || name.start().checked_sub(1).and_then(noun);
    let mut head = head_of(syntax, name);
    // `his brothers, Leo and Ivo`
    while syntax.relation(head) == Relation::Conj
        && let Some(first) = syntax.head(head).filter(|first| *first < head)
    {
        head = first;
    }
    let above = || {
        let joins = matches!(
            syntax.relation(head),
            Relation::Appos | Relation::Nsubj | Relation::Flat | Relation::Compound
        );
        syntax.head(head).filter(|_| joins).and_then(noun)
    };
    let beside = || syntax.child(head, &[Relation::Appos]).and_then(noun);
    before().or_else(above).or_else(beside)
}
