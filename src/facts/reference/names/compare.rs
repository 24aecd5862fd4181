//! Which names can be one's: spellings, suffixes, nicknames, initials, acronyms and short forms.
//!
//! Compares names as words only, and knows the word lists. Never looks at a text or at what is stored: whether two
//! names *are* one's is decided in `cluster` for an article, and in `store::linking` for the archive.

use crate::annotate::lexicon;
use crate::facts::entity::{EntityKind, Gender};
use crate::facts::reference::gender;
use crate::facts::reference::names::likeness::Likeness;
pub(crate) use crate::facts::reference::names::organizations::is_acronym;
use crate::facts::reference::names::organizations::{
    organization_core, organization_likeness, without_party,
};
use crate::facts::reference::names::people::{is_last_name, person_words, same_person, without_suffix};
use crate::name_key::name_key;

/// How `name` stands to the name of a known entity of the same kind.
pub(crate) fn likeness(kind: EntityKind, name: &str, known: &str) -> Likeness {
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

/// Whether two single names, folded, are the given name and the last name of `full`, one each.
pub(crate) fn are_parts_of_one(one: &str, other: &str, full: &str) -> bool {
    let words = words(EntityKind::Person, full);
    let (Some(given), Some(last)) = (words.first(), short_key(EntityKind::Person, full)) else {
        return false;
    };
    given != &last && (one == given && other == last || one == last && other == given)
}

/// Whether a name is the last name, or the single given name, of a fuller one.
fn is_part_of_person(short: &[String], full: &[String]) -> bool {
    let given = without_suffix(full);
    is_last_name(short, full) || short.len() == 1 && short.len() < given.len() && given.starts_with(short)
}

/// The folded words of a name.
pub(crate) fn words(kind: EntityKind, name: &str) -> Vec<String> {
    match kind {
        EntityKind::Person => name.split_whitespace().flat_map(person_words).collect(),
        _ => {
            let key = name_key(name);
            key.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
        }
    }
}

/// Whether a name is full enough to tell people apart: a given name and a last name.
pub(crate) fn is_full_name(name: &str) -> bool {
    without_suffix(&words(EntityKind::Person, name)).len() > 1
}

/// The gender that a full name shows by itself: nearly all who bear its given name are women, or are men.
pub(crate) fn shown_gender(name: &str) -> Option<Gender> {
    gender::of_full_name(name)
}

/// Whether so few people bear a single name that those who are called by nothing else are most likely one.
pub(crate) fn is_rare(name: &str) -> bool {
    const FEW_GIVEN: u32 = 5_000;
    const FEW_SURNAMES: u32 = 10_000;
    lexicon::given_name(name).is_none_or(|given| given.count < FEW_GIVEN)
        && lexicon::surname_bearers(name) < FEW_SURNAMES
}

/// Whether a single name is known as a given name.
pub(crate) fn is_given(name: &str) -> bool {
    lexicon::given_name(name).is_some()
}

/// Whether a single name is a given name rather than a surname.
pub(crate) fn is_given_rather(name: &str) -> bool {
    const TIMES: u32 = 4;
    lexicon::given_name(name).is_some_and(|given| given.count / TIMES > lexicon::surname_bearers(name))
}

/// The country that the name of a body of state begins with, and the body without it, folded: `U.S. Supreme Court`, `French
/// Senate`.
pub(crate) fn national_body(name: &str) -> Option<(&'static str, String)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let split = [2, 1].into_iter().filter(|split| *split < words.len());
    let found = split.into_iter().find_map(|split| {
        let first = words[..split].join(" ");
        let country = lexicon::country(&first).or_else(|| lexicon::demonym(&first))?;
        Some((country.name, name_key(&words[split..].join(" "))))
    });
    found.filter(|(_, body)| is_body_of_state(body))
}

/// Whether a name begins with that of a country, and not with its adjective.
pub(crate) fn begins_with_country(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (1..=2.min(words.len())).any(|count| lexicon::country(&words[..count].join(" ")).is_some())
}

/// The country that a name means, by its canonical name.
pub(crate) fn country(name: &str) -> Option<&'static str> {
    lexicon::country(name).map(|country| country.name)
}

/// Whether a name, folded, is that of a body which every state has one of.
pub(crate) fn is_body_of_state(key: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "air force",
        "armed forces",
        "army",
        "border patrol",
        "cabinet",
        "census bureau",
        "central bank",
        "coast guard",
        "congress",
        "court",
        "department",
        "federal reserve",
        "house",
        "house of representatives",
        "marine corps",
        "marines",
        "military",
        "ministry",
        "navy",
        "parliament",
        "postal service",
        "secret service",
        "senate",
        "supreme court",
        "treasury",
        "treasury department",
    ];
    ENDINGS.iter().any(|ending| {
        key.strip_suffix(ending).is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

/// What a name is looked up by beside its own key: a person's last name, an organization's name without suffix.
pub(crate) fn short_key(kind: EntityKind, name: &str) -> Option<String> {
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

/// Which of an entity's names is shown, by its index: the fullest that is in common use.
///
/// `forms` gives each name with the number of articles that print it. In common use is what has a quarter of the
/// use of the most used; a person's single names and the acronyms of other names do not count for that, and are
/// shown only where there is nothing else, or where hardly any article prints more: a pope's, a singer's. Initials make a name no
/// fuller, and capitals throughout are avoided.
pub(crate) fn canonical(kind: EntityKind, forms: &[(String, i64)]) -> Option<usize> {
    // What an acronym stands for is not what one article in many makes of it, nor is a pope called what one of them misread.
    const RARELY: i64 = 64;
    let most = |is_full: bool| {
        forms.iter().filter(|(form, _)| is_full_name(form) == is_full).map(|(_, uses)| *uses).max()
    };
    let goes_by_one_name =
        most(true).is_some_and(|full| most(false).is_some_and(|single| full.saturating_mul(RARELY) < single));
    let is_short = |(form, uses): &(String, i64)| match kind {
        EntityKind::Person => !is_full_name(form) && !goes_by_one_name,
        _ => forms.iter().any(|(other, other_uses)| {
            other.contains(' ') && other_uses.saturating_mul(RARELY) >= *uses && is_acronym(form, other)
        }),
    };
    let short: Vec<bool> = forms.iter().map(is_short).collect();
    let most_used = forms.iter().zip(&short).filter(|(_, short)| !**short).map(|((_, uses), _)| *uses).max();
    let rank = |index: usize| {
        let (form, uses) = &forms[index];
        let is_common = !short[index] && most_used.is_none_or(|most| uses.saturating_mul(4) >= most);
        let fullness = words(kind, form).iter().filter(|word| word.chars().count() > 1).count();
        (
            is_common,
            fullness * usize::from(is_common),
            !is_shouted(form),
            *uses,
            std::cmp::Reverse(form.as_str()),
        )
    };
    (0..forms.len()).max_by(|one, other| rank(*one).cmp(&rank(*other)))
}

/// Whether a name of several words is printed in capitals, or a long word of it is: `ANA RUIZ`, `BRANDT campaign`.
fn is_shouted(form: &str) -> bool {
    const LONG: usize = 5;
    let is_upper = |word: &str| !word.chars().any(char::is_lowercase);
    form.contains(' ')
        && (is_upper(form)
            || form
                .split(' ')
                .any(|word| is_upper(word) && word.chars().filter(|c| c.is_alphabetic()).count() >= LONG))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_goes_by_one_name_is_shown_by_it() {
        for (forms, shown) in [
            (vec![("Ruiz", 90), ("Ana Ruiz", 30), ("Ana Maria Ruiz", 2)], "Ana Ruiz"),
            (vec![("Ruiz", 60), ("Ana Ruiz", 1)], "Ana Ruiz"),
            (vec![("Clement", 90), ("Clement Shines", 1)], "Clement"),
        ] {
            let forms: Vec<(String, i64)> =
                forms.into_iter().map(|(form, uses)| (form.to_owned(), uses)).collect();
            let at = canonical(EntityKind::Person, &forms);
            assert_eq!(at.map(|at| forms[at].0.as_str()), Some(shown));
        }
    }

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
            ("Ruiz Sr.", "Leo Ruiz Sr.", Likeness::Short),
            ("Ruiz Sr.", "Leo Ruiz Jr.", Likeness::Other),
        ] {
            assert_eq!(like(one, other), expected, "{one} and {other}");
        }
    }

    #[test]
    fn bodies_of_state_are_told_from_the_state() {
        for (name, found) in [
            ("U.S. Supreme Court", Some(("United States", "supreme court"))),
            ("United States Senate", Some(("United States", "senate"))),
            ("French Senate", Some(("France", "senate"))),
            ("American Airlines", None),
            ("Supreme Court", None),
        ] {
            let body = national_body(name);
            assert_eq!(body.as_ref().map(|(country, body)| (*country, body.as_str())), found, "{name}");
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
        assert_eq!(organization(&[("NFB", 300), ("No Fun Board", 1)]).as_deref(), Some("NFB"));
        assert_eq!(
            organization(&[("BRANDT campaign", 3), ("Brandt campaign", 3)]).as_deref(),
            Some("Brandt campaign")
        );
        assert_eq!(person(&[]), None);
    }
}
