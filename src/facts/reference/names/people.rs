//! When two names are one person's.
//!
//! Knows the folded words of names: initials, nicknames, suffixes. Whether two names *are* one person's is decided
//! elsewhere.

use crate::annotate::lexicon;
use crate::name_key::name_key;

/// A person's name without `jr` and the like.
pub(super) fn without_suffix(key: &[String]) -> &[String] {
    match key.split_last() {
        Some((last, rest))
            if rest.len() > 1 && matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv") =>
        {
            rest
        }
        _ => key,
    }
}

/// `jr` and the like at the end of a person's name.
fn suffix(key: &[String]) -> &[String] {
    &key[without_suffix(key).len()..]
}

/// Whether a name is the last name of a fuller one, with or without `jr` and the like: `Ruiz`, or `Ruiz Jr.`, of `Leo Ruiz
/// Jr.`
pub(super) fn is_last_name(short: &[String], full: &[String]) -> bool {
    let is_end = |full: &[String]| short.len() < full.len() && full.ends_with(short);
    is_end(without_suffix(full)) || short.len() > 1 && is_end(full)
}

/// The one word that stands in marks within a name, folded: Leo “**Tiny**” Brandt.
pub(super) fn nickname(printed: &str) -> Option<String> {
    let mut words = printed.split_whitespace().skip(1);
    let word = words.find_map(|word| {
        let marks = ['“', '”', '"', '‘', '’', '\'', '(', ')'];
        let inside = word.strip_prefix(marks)?.strip_suffix(marks)?;
        (!inside.is_empty()).then(|| name_key(inside).replace(' ', ""))
    })?;
    words.next().map(|_| word)
}

/// Whether two names of two words or more are one person's: equal first (or nickname, or initial) and last names.
pub(super) fn same_person(one: &[String], other: &[String]) -> bool {
    // A father and his son differ in nothing else.
    if suffix(one) != suffix(other) {
        return false;
    }
    let (one, other) = (without_suffix(one), without_suffix(other));
    let ([first, middle @ .., last], [other_first, other_middle @ .., other_last]) = (one, other) else {
        return false;
    };
    if last != other_last {
        return false;
    }
    let initial = |word: &String| word.chars().count() == 1;
    let middles_agree = middle.is_empty()
        || other_middle.is_empty()
        || middle == other_middle
        || middle
            .iter()
            .zip(other_middle)
            .all(|(a, b)| (initial(a) || initial(b)) && a.chars().next() == b.chars().next());
    let firsts_agree = first == other_first
        || ((initial(first) || initial(other_first)) && first.chars().next() == other_first.chars().next())
        || lexicon::nickname(first).contains(other_first)
        || lexicon::nickname(other_first).contains(first);
    middles_agree && firsts_agree
}

/// The folded words of one printed word of a person's name: one, or two where an Arabic article is joined to it, or one
/// for each of several initials (`J.D.`).
pub(super) fn person_words(printed: &str) -> Vec<String> {
    let fold = |part: &str| name_key(part).replace(' ', "");
    let is_initial = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    let initials = printed.strip_suffix('.').filter(|rest| rest.split('.').all(is_initial));
    let article = printed.split_once('-').filter(|(article, _)| {
        ["al", "el", "as", "ar", "an", "ad", "ash"].iter().any(|known| article.eq_ignore_ascii_case(known))
    });
    let words = match (initials, article) {
        (Some(initials), _) => initials.split('.').map(fold).collect(),
        (None, Some((article, rest))) => vec![fold(article), fold(rest)],
        (None, None) => vec![fold(printed)],
    };
    words.into_iter().filter(|word| !word.is_empty()).collect()
}
