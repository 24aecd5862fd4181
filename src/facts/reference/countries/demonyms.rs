//! Learns from an article itself what the people and things of a place are called that no word list knows: Valdora, a
//! **Valdoran** minister, the **Valdorans**.
//!
//! Knows the words of one article. A word that is a known name or demonym says nothing new.

use std::collections::HashMap;

use crate::annotate::{Annotations, NameKind, lexicon};
use crate::name_key::name_key;

/// The adjectives and people's names that an article derives from its places.
#[derive(Default)]
pub(crate) struct Demonyms {
    /// By the folded derived word.
    of_word: HashMap<String, Demonym>,
    /// The folded names of the places.
    places: HashMap<String, String>,
}

/// What a derived word says.
struct Demonym {
    /// The name of the place as printed.
    place: String,
    /// Whether it is a noun for people alone: Estmarker, Valdorans.
    people: bool,
}

/// A word that may be the name of a place.
struct Base {
    printed: String,
    /// Whether the recognizer took it for one.
    is_place: bool,
}

/// What makes an adjective of a place's name; the last vowel of the name goes.
const ADJECTIVES: &[&str] = &["ian", "an", "ish", "ese", "i"];

impl Demonyms {
    pub(crate) fn learn(text: &Annotations) -> Self {
        let bases = bases(text);
        let mut demonyms = Demonyms::default();
        if bases.is_empty() {
            return demonyms;
        }
        for token in 0..text.document.tokens.len() {
            let word = text.word(token);
            if !word.starts_with(char::is_uppercase) {
                continue;
            }
            let key = name_key(word);
            if demonyms.of_word.contains_key(&key) || is_known(&key) {
                continue;
            }
            if let Some((base, people)) = base_of(&key, &bases) {
                let place = bases[&base].printed.clone();
                demonyms.places.insert(base, place.clone());
                demonyms.of_word.insert(key, Demonym { place, people });
            }
        }
        demonyms
    }

    /// Whether a folded name is that of a place from which another word of the article is derived.
    pub(crate) fn is_place(&self, key: &str) -> bool {
        self.places.contains_key(key)
    }

    /// The place whose adjective a word is.
    pub(crate) fn adjective(&self, key: &str) -> Option<&str> {
        self.of_word.get(key).filter(|demonym| !demonym.people).map(|demonym| demonym.place.as_str())
    }

    /// The place whose people a word names.
    pub(crate) fn people(&self, key: &str) -> Option<&str> {
        self.of_word.get(key).filter(|demonym| demonym.people).map(|demonym| demonym.place.as_str())
    }
}

/// The words that may name a place which no list knows: names of one word, and what stands behind a preposition in the
/// headline.
fn bases(text: &Annotations) -> HashMap<String, Base> {
    const SHORTEST: usize = 4;
    let mut bases: HashMap<String, Base> = HashMap::new();
    let mut add = |printed: &str, is_place: bool| {
        let key = name_key(printed);
        if key.len() >= SHORTEST && key.chars().all(char::is_alphabetic) && !is_known(&key) {
            let base = bases.entry(key).or_insert_with(|| Base { printed: printed.to_owned(), is_place });
            base.is_place |= is_place;
        }
    };
    for name in text.names.iter().filter(|name| name.tokens.len() == 1 && name.kind != NameKind::Other) {
        add(text.words(name.tokens), name.kind == NameKind::Place);
    }
    let title: Vec<&str> = text.article.title.as_deref().unwrap_or_default().split_whitespace().collect();
    for pair in title.windows(2) {
        let links = ["in", "of", "from", "to", "at", "for", "with"]
            .iter()
            .any(|link| pair[0].eq_ignore_ascii_case(link));
        if links && pair[1].starts_with(char::is_uppercase) {
            add(pair[1].trim_matches(|c: char| !c.is_alphanumeric()), true);
        }
    }
    bases
}

/// The place that a word is derived from, and whether the word names people alone.
fn base_of(word: &str, bases: &HashMap<String, Base>) -> Option<(String, bool)> {
    let known = |stem: &str| bases.contains_key(stem).then(|| stem.to_owned());
    let adjective = |word: &str| {
        let bare = word.strip_suffix('n').filter(|stem| stem.ends_with(['a', 'e', 'i', 'o'])).and_then(known);
        bare.or_else(|| {
            ADJECTIVES.iter().find_map(|suffix| {
                let stem = word.strip_suffix(suffix)?;
                known(stem).or_else(|| {
                    ["a", "e", "o", "y"].iter().find_map(|vowel| known(&format!("{stem}{vowel}")))
                })
            })
        })
    };
    // Who cooks is a cooker, so that only what is a place for certain has people in -er.
    let dweller = |word: &str| word.strip_suffix("er").and_then(known).filter(|stem| bases[stem].is_place);
    let plural = word.strip_suffix('s');
    let people = plural.and_then(|one| adjective(one).or_else(|| dweller(one))).or_else(|| dweller(word));
    people.map(|base| (base, true)).or_else(|| adjective(word).map(|base| (base, false)))
}

/// Whether a folded word is a name or a demonym in the lists.
fn is_known(key: &str) -> bool {
    lexicon::demonym(key).is_some()
        || lexicon::country(key).is_some()
        || lexicon::place(key).is_some()
        || lexicon::given_name(key).is_some()
        || lexicon::is_surname(key)
        || lexicon::is_organization(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_derived_from_places() {
        let base =
            |printed: &str, is_place| (name_key(printed), Base { printed: printed.to_owned(), is_place });
        let bases = HashMap::from([base("Valdora", false), base("Estmark", true), base("Northwind", false)]);
        for (word, expected) in [
            ("valdoran", Some(("valdora", false))),
            ("valdorans", Some(("valdora", true))),
            ("valdorian", Some(("valdora", false))),
            ("estmarkers", Some(("estmark", true))),
            ("estmarkish", Some(("estmark", false))),
            ("northwinder", None),
            ("valdora", None),
        ] {
            let found = base_of(word, &bases);
            assert_eq!(found.as_ref().map(|(base, people)| (base.as_str(), *people)), expected, "{word}");
        }
    }
}
