//! Whether an article is a later version of a stored one or another article, and what tells two versions apart.
//!
//! Knows texts and headlines. Ids and addresses brought the two together, and decide nothing more: row numbers, home
//! pages and file names are given to one article after the other.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::article::{Article, STANDARD_INPUT};
use crate::name_key::name_key;

/// What two versions of a text must have in common, as a part of the pairs of words of the shorter one.
///
/// Of 100,000 pairs of different articles, each of one outlet and of 20 words or more, half share no more than .05, one
/// in a thousand shares .24, and none shares .38; an article in which every fourth word is changed keeps .53.
const MOST: f64 = 0.5;

/// What two texts under one headline must have in common where both are [`LONG`]: a column, a weather report or a letters
/// page has the headline of the week before and nothing else of it.
const SOME: f64 = 0.2;

/// The pairs of words from which a text is so long that a rewritten one would still share some with it.
const LONG: usize = 60;

/// How much of a text is compared, in bytes: enough to know it by, whatever the size of the document.
const COMPARED: usize = 1 << 20;

/// A stored article, as far as it takes part in the comparison.
#[derive(Clone, Debug)]
pub(super) struct StoredVersion {
    /// Its headline.
    pub(super) title: Option<String>,
    /// Its text.
    pub(super) body: String,
}

/// An article that is looked for among the stored ones.
pub(super) struct Compared<'a> {
    article: &'a Article,
    pairs: HashSet<u64>,
}

impl<'a> Compared<'a> {
    pub(super) fn new(article: &'a Article) -> Self {
        Compared { article, pairs: word_pairs(&article.body) }
    }

    /// How alike the article and a stored one are, from 0 to 1; none if they are different articles.
    ///
    /// They are versions of one article if the shorter has most of its words in common with the longer, or if they have
    /// the headline in common. On standard input, where one archive comes after the other and each counts from 1, the
    /// headline of an article without an address is not enough. Of several the nearest is the one that differs least: a
    /// short text that stands in a long one is no nearer to it than the version before.
    pub(super) fn likeness(&self, stored: &StoredVersion) -> Option<f64> {
        if stored.body == self.article.body {
            return Some(1.0);
        }
        let stored_pairs = word_pairs(&stored.body);
        let shorter = stored_pairs.len().min(self.pairs.len());
        let shared = stored_pairs.intersection(&self.pairs).count();
        let needed = match same_headline(stored, self.article) && !self.is_loose() {
            true if shorter >= LONG => SOME,
            true => 0.0,
            false => MOST,
        };
        let all = stored_pairs.len() + self.pairs.len() - shared;
        let is_version = shared as f64 >= needed * shorter.max(1) as f64;
        is_version.then(|| shared as f64 / all.max(1) as f64)
    }

    /// Whether nothing but a number that another archive may have given too tells which article it is.
    fn is_loose(&self) -> bool {
        self.article.source == STANDARD_INPUT && self.article.url.is_none()
    }
}

fn same_headline(stored: &StoredVersion, article: &Article) -> bool {
    let key = |title: &Option<String>| title.as_deref().map(name_key).filter(|key| !key.is_empty());
    key(&stored.title).is_some_and(|title| key(&article.title).as_ref() == Some(&title))
}

/// The pairs of neighboring words of a text (shingles of two words), without case and marks, as hashes.
fn word_pairs(text: &str) -> HashSet<u64> {
    let text = &text[..text.floor_char_boundary(COMPARED)];
    let mut words =
        text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    let Some(mut before) = words.next().map(str::to_lowercase) else { return HashSet::new() };
    let mut pairs = HashSet::new();
    for word in words {
        let word = word.to_lowercase();
        let mut hasher = DefaultHasher::new();
        (&before, &word).hash(&mut hasher);
        pairs.insert(hasher.finish());
        before = word;
    }
    pairs
}

/// What tells an earlier text from the one after it: the stretch of the later one that is another, and what stood there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Patch<'e> {
    /// In code points of the later text.
    pub(super) start: usize,
    /// Exclusive.
    pub(super) end: usize,
    /// What the earlier text has in its place.
    pub(super) text: &'e str,
}

/// One stretch, from the first difference to the last: enough for a correction or an addition, exact for everything, and
/// put together again by `substr` in SQL.
pub(super) fn patch<'e>(earlier: &'e str, later: &str) -> Patch<'e> {
    let before = common_start(earlier.chars(), later.chars());
    let (rest, later_rest) = (&earlier[before..], &later[before..]);
    let after = common_start(rest.chars().rev(), later_rest.chars().rev());
    let start = later[..before].chars().count();
    let end = start + later_rest[..later_rest.len() - after].chars().count();
    Patch { start, end, text: &rest[..rest.len() - after] }
}

/// The bytes that two texts have in common from where they are read.
fn common_start(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(character, _)| character.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_revision(stored: (&str, &str), article: (&str, &str)) -> bool {
        let title = |title: &str| (!title.is_empty()).then(|| title.to_owned());
        let stored = StoredVersion { title: title(stored.0), body: stored.1.to_owned() };
        let article = Article { title: title(article.0), ..Article::from_text(article.1) };
        Compared::new(&article).likeness(&stored).is_some()
    }

    const FERRY: &str = "The ferry to Valdora will run again from Monday, Mayor Ana Ruiz said. It had been out of service \
         since March, when its engine failed in a storm off the coast.";
    const SCHOOL: &str = "A new school opened in Porto Sereno on Tuesday with room for two hundred children. Parents had \
         asked for it since the old one was closed, and the council found the money at last.";

    #[test]
    fn most_words_or_the_headline_make_a_revision() {
        let longer = format!("{FERRY} Tickets cost four euros. The boat holds ninety people.");
        let corrected = FERRY.replace("Monday", "Tuesday").replace("March", "April");
        for (stored, article, expected) in [
            (("", FERRY), ("", longer.as_str()), true),
            (("", longer.as_str()), ("", FERRY), true),
            (("", FERRY), ("", corrected.as_str()), true),
            (("Ferry sails", FERRY), ("Ferry to sail on Tuesday", corrected.as_str()), true),
            (("", FERRY), ("", SCHOOL), false),
            (("Ferry sails", FERRY), ("School opens", SCHOOL), false),
            (("Ferry sails", FERRY), ("FERRY SAILS!", "It sailed."), true),
            (("", "One."), ("", "One."), true),
            (("", "One."), ("", "Two."), false),
            (("", ""), ("", FERRY), false),
        ] {
            assert_eq!(is_revision(stored, article), expected, "{stored:?} {article:?}");
        }
    }

    #[test]
    fn the_nearest_version_is_the_one_that_differs_least() {
        let morning = StoredVersion { title: None, body: FERRY.to_owned() };
        let evening = StoredVersion { title: None, body: format!("{FERRY} {SCHOOL}") };
        let night = Article::from_text(format!("{FERRY} {}", SCHOOL.replace("Tuesday", "Wednesday")));
        let [to_morning, to_evening] =
            [&morning, &evening].map(|stored| Compared::new(&night).likeness(stored));
        assert!(to_morning.is_some() && to_morning < to_evening, "{to_morning:?} {to_evening:?}");
    }

    #[test]
    fn a_headline_on_standard_input_is_not_enough_without_an_address() {
        let stored =
            StoredVersion { title: Some("Weather".to_owned()), body: "Rain fell in Porto.".to_owned() };
        let piped = |url: Option<&str>| Article {
            title: Some("Weather".to_owned()),
            source: STANDARD_INPUT.to_owned(),
            url: url.map(str::to_owned),
            ..Article::from_text("The sun shone over Valdora.")
        };
        assert_eq!(Compared::new(&piped(None)).likeness(&stored), None);
        assert!(Compared::new(&piped(Some("https://courier.example/weather"))).likeness(&stored).is_some());
    }

    #[test]
    fn a_headline_of_every_week_makes_no_revision() {
        let week = |places: [&str; 12]| {
            places
                .map(|place| {
                    format!("In {place} the {place} wind turned {place} and the {place} rain ended. ")
                })
                .concat()
        };
        let one = week(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"]);
        let other = week(["m", "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x"]);
        assert!(!is_revision(("The weather", &one), ("The weather", &other)));
        assert!(is_revision(("The weather", &one), ("The weather", &format!("{one} {other}"))));
    }

    proptest! {
        #[test]
        fn the_earlier_text_comes_back(earlier in "[ab😀é]{0,12}", later in "[ab😀é]{0,12}") {
            let Patch { start, end, text } = patch(&earlier, &later);
            let later: Vec<char> = later.chars().collect();
            let rebuilt: String =
                later[..start].iter().copied().chain(text.chars()).chain(later[end..].iter().copied()).collect();
            prop_assert_eq!(rebuilt, earlier);
        }
    }
}
