//! When two names are one organization's.
//!
//! Knows the folded words of names: company suffixes, acronyms, short forms.

use super::Group;
use super::called::Called;
use crate::annotate::lexicon;

/// Words at the end of a company's name that come and go.
pub(super) const COMPANY_SUFFIXES: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "limited",
    "llc",
    "plc",
    "group",
    "holdings",
    "ag",
    "sa",
    "nv",
];

/// Whether two names differ in nothing but a company suffix.
pub(super) fn same_organization(one: &[String], other: &[String]) -> bool {
    fn core(key: &[String]) -> &[String] {
        match key.split_last() {
            Some((last, rest)) if !rest.is_empty() && COMPANY_SUFFIXES.contains(&last.as_str()) => rest,
            _ => key,
        }
    }
    core(one) == core(other)
}

/// Whether `short` is spelled with the first letters of one of the group's names: UN, FBI, U.S.D.A.
pub(super) fn is_acronym(short: &str, group: &Group) -> bool {
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    if letters.chars().count() < 2 || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    group.forms.iter().any(|(form, _)| {
        if capitals(without_rank(form)) == letters {
            return true;
        }
        let initials: String = form.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
        capitals(form) == letters || initials.to_uppercase() == letters
    })
}

/// A name without the words that many acronyms leave out: the `PA` is the Department of Park Affairs.
pub(super) fn without_rank(name: &str) -> &str {
    ["Department of ", "Ministry of "].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(name)
}

/// The capitals that the words of a name begin with: `FBI` for `Federal Bureau of Investigation`.
pub(super) fn capitals(name: &str) -> String {
    let initials = name.split([' ', '-']).filter_map(|word| word.chars().next());
    initials.filter(|letter| letter.is_uppercase()).collect()
}

/// Whether a name is the start of a longer one and says enough to stand for it: `Northwind` for `Northwind
/// Energy`, but never `American` for `American Airlines`.
pub(super) fn is_distinctive_start(name: &Called, key: &[String]) -> bool {
    let common = [
        "national",
        "international",
        "united",
        "new",
        "general",
        "first",
        "university",
        "department",
        "bank",
    ];
    key.starts_with(&name.key)
        && !name.key.iter().all(|word| common.contains(&word.as_str()))
        && lexicon::place(&name.printed).is_none()
        && lexicon::country(&name.printed).is_none()
        && lexicon::demonym(&name.printed).is_none()
}
