//! What the trained stages may look at: the form of single words, as hashed features.
//!
//! Knows letters, affixes, shapes and word lists. Every stage of the product and of the trainer
//! builds its features from here, so that training and use cannot drift apart. Whoever changes
//! what a feature means raises [`VERSION`]: a model file made for another version is refused.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::annotate::document::Document;
use crate::annotate::lexicon;
use crate::annotate::model::network::KeyIndex;

/// The version of all feature definitions, those of the single stages included.
pub const VERSION: u32 = 1;

/// The value that stands for a place before the first or behind the last token.
pub const NOTHING: u32 = 0x5EED;

/// Joins a template (which question is asked) and a value (the answer) into a feature key.
#[inline]
pub fn key(template: u32, value: u32) -> u32 {
    mix(value ^ template.wrapping_mul(0x85EB_CA6B).rotate_left(13))
}

/// Joins a template and two values into a feature key.
#[inline]
pub fn key2(template: u32, first: u32, second: u32) -> u32 {
    key(template, mix(first).wrapping_add(second.rotate_left(7)))
}

/// Spreads the bits of `value` over all bits of the result, one to one.
#[inline]
fn mix(value: u32) -> u32 {
    let value = (value ^ (value >> 16)).wrapping_mul(0x7FEB_352D);
    let value = (value ^ (value >> 15)).wrapping_mul(0x846C_A68B);
    value ^ (value >> 16)
}

/// Hashes a text, byte by byte (FNV-1a with a final mix).
#[inline]
pub fn hash(text: &str) -> u32 {
    mix(text.bytes().fold(0x811C_9DC5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
}

/// The row of a hash in a table of so many rows; row 0 is kept free.
#[inline]
pub fn hashed_row(hash: u32, rows: u32) -> u32 {
    1 + hash % (rows - 1)
}

/// How the letters of a word are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// No letters and no digits.
    #[default]
    None,
    /// Digits, perhaps with marks between them.
    Digits,
    /// Small letters only.
    Lower,
    /// A capital, then small letters.
    Title,
    /// One capital.
    Initial,
    /// Two or more capitals and no small letters.
    Upper,
    /// Anything else: `iPhone`, `McCain`, `F16`.
    Mixed,
}

impl Case {
    /// Whether a name can be written so.
    pub fn is_capital(self) -> bool {
        matches!(self, Case::Title | Case::Initial | Case::Upper | Case::Mixed)
    }
}

/// How many codes a word has in the word clusters.
pub const CODES: usize = 6;

/// Everything about one word that does not depend on where it stands; hashes unless said otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexeme {
    /// The word as printed.
    pub form: u32,
    /// In lower case, each digit as `0`.
    pub lower: u32,
    /// The first one, two and three characters of the lower case.
    pub prefixes: [u32; 3],
    /// The last one to four characters of the lower case.
    pub suffixes: [u32; 4],
    /// The kinds of its characters, runs counted once.
    pub shape: u32,
    /// How its letters are written.
    pub case: Case,
    /// Which word lists hold it, as bits of [`lists`]; no hash.
    pub lists: u32,
    /// Its codes in the word clusters, `0` where it has none; no hashes.
    pub codes: [u16; CODES],
}

/// Bits of [`Lexeme::lists`].
pub mod lists {
    /// A given name borne by more than 20,000 people.
    pub const COMMON_GIVEN: u32 = 1;
    /// Any other given name.
    pub const RARE_GIVEN: u32 = 1 << 1;
    /// A surname.
    pub const SURNAME: u32 = 1 << 2;
    /// The name of a country.
    pub const COUNTRY: u32 = 1 << 3;
    /// A place of more than 100,000 people.
    pub const LARGE_PLACE: u32 = 1 << 4;
    /// Any other place.
    pub const SMALL_PLACE: u32 = 1 << 5;
    /// A demonym.
    pub const DEMONYM: u32 = 1 << 6;
    /// An organization.
    pub const ORGANIZATION: u32 = 1 << 7;
    /// A given name that more women than men bear.
    pub const FEMALE: u32 = 1 << 8;
}

/// Stands for a place where there is no token.
static OUTSIDE: Lexeme = Lexeme {
    form: NOTHING,
    lower: NOTHING,
    prefixes: [NOTHING; 3],
    suffixes: [NOTHING; 4],
    shape: NOTHING,
    case: Case::None,
    lists: 0,
    codes: [0; CODES],
};

/// The lexemes of one sentence, which may be asked beyond its ends.
#[derive(Clone, Copy)]
pub struct Window<'a>(pub &'a [Lexeme]);

impl<'a> Window<'a> {
    /// The lexeme `offset` places behind token `at` of the sentence (before it, if negative).
    #[inline]
    pub fn get(self, at: usize, offset: isize) -> &'a Lexeme {
        at.checked_add_signed(offset).and_then(|index| self.0.get(index)).unwrap_or(&OUTSIDE)
    }
}

/// Word clusters learned from raw text: which codes a word has.
#[derive(Debug, Default)]
pub struct Clusters {
    index: KeyIndex,
    /// Words × [`CODES`], word by word.
    codes: Vec<u16>,
}

impl Clusters {
    /// Clusters in which the word whose lower case hashes to `words[i]` has the codes of row `i`.
    pub fn new(words: &[u32], codes: Vec<u16>) -> Self {
        Clusters { index: KeyIndex::new(words), codes }
    }

    fn get(&self, lower: u32) -> [u16; CODES] {
        let row = self.index.get(lower).and_then(|row| self.codes.get(row * CODES..(row + 1) * CODES));
        row.and_then(|row| row.try_into().ok()).unwrap_or_default()
    }
}

/// A hasher for words: they are short, and nobody gains by making them collide within one article.
#[derive(Clone, Copy, Default)]
pub struct WordHasher(u64);

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(word)).wrapping_mul(0x517C_C1B7_2722_0A95);
        }
    }
}

/// A map from the words of one article.
pub type WordMap<'a, V> = HashMap<&'a str, V, BuildHasherDefault<WordHasher>>;

/// The lexemes of a document's tokens, token by token.
pub fn lexemes(body: &str, document: &Document, clusters: &Clusters) -> Vec<Lexeme> {
    let mut known: WordMap<'_, Lexeme> = WordMap::default();
    let mut reader = Reader { clusters, lower: String::new(), shape: String::new() };
    let words = document.tokens.iter().map(|token| token.span.slice(body));
    words.map(|word| *known.entry(word).or_insert_with(|| reader.lexeme(word))).collect()
}

/// The lexeme of a single word.
pub fn lexeme(word: &str, clusters: &Clusters) -> Lexeme {
    Reader { clusters, lower: String::new(), shape: String::new() }.lexeme(word)
}

/// No word is looked at beyond this many bytes.
const LONGEST: usize = 64;

struct Reader<'a> {
    clusters: &'a Clusters,
    lower: String,
    shape: String,
}

impl Reader<'_> {
    fn lexeme(&mut self, word: &str) -> Lexeme {
        let word = clip(word);
        self.lower.clear();
        self.shape.clear();
        for character in word.chars() {
            self.add_lower(character);
            let kind = kind(character);
            if !self.shape.ends_with(kind) {
                self.shape.push(kind);
            }
        }
        let case = case(word);
        let lower = hash(&self.lower);
        Lexeme {
            form: hash(word),
            lower,
            prefixes: [1, 2, 3].map(|count| hash(head(&self.lower, count))),
            suffixes: [1, 2, 3, 4].map(|count| hash(tail(&self.lower, count))),
            shape: hash(&self.shape).wrapping_add(word.len().min(4) as u32),
            case,
            lists: if case.is_capital() { word_lists(word) } else { 0 },
            codes: self.clusters.get(lower),
        }
    }

    fn add_lower(&mut self, character: char) {
        match character {
            '0'..='9' => self.lower.push('0'),
            '’' | '‘' | '`' => self.lower.push('\''),
            '“' | '”' => self.lower.push('"'),
            _ if character.is_ascii() => self.lower.push(character.to_ascii_lowercase()),
            _ => self.lower.extend(character.to_lowercase()),
        }
    }
}

/// The head of a word that is too long to be one.
fn clip(word: &str) -> &str {
    let mut end = word.len().min(LONGEST);
    while !word.is_char_boundary(end) {
        end -= 1;
    }
    &word[..end]
}

fn kind(character: char) -> char {
    match character {
        _ if character.is_uppercase() => 'X',
        _ if character.is_alphabetic() => 'x',
        _ if character.is_numeric() => '0',
        _ => character,
    }
}

fn case(word: &str) -> Case {
    let (mut upper, mut lower, mut digits) = (0, 0, 0);
    for character in word.chars() {
        match kind(character) {
            'X' => upper += 1,
            'x' => lower += 1,
            '0' => digits += 1,
            _ => {}
        }
    }
    let capital_first = word.chars().next().is_some_and(char::is_uppercase);
    match (upper, lower, digits) {
        (0, 0, 0) => Case::None,
        (0, 0, _) => Case::Digits,
        (0, _, _) => Case::Lower,
        (1, 0, 0) => Case::Initial,
        (_, 0, 0) => Case::Upper,
        (1, _, 0) if capital_first => Case::Title,
        _ => Case::Mixed,
    }
}

fn head(word: &str, count: usize) -> &str {
    word.char_indices().nth(count).map_or(word, |(end, _)| &word[..end])
}

fn tail(word: &str, count: usize) -> &str {
    word.char_indices().rev().nth(count - 1).map_or(word, |(start, _)| &word[start..])
}

fn word_lists(word: &str) -> u32 {
    let mut bits = 0;
    if let Some(name) = lexicon::given_name(word) {
        bits |= if name.count > 20_000 { lists::COMMON_GIVEN } else { lists::RARE_GIVEN };
        bits |= if name.female > 0.5 { lists::FEMALE } else { 0 };
    }
    if lexicon::is_surname(word) {
        bits |= lists::SURNAME;
    }
    if let Some(place) = lexicon::place(word) {
        bits |= match place {
            _ if place.is_country => lists::COUNTRY,
            _ if place.population > 100_000 => lists::LARGE_PLACE,
            _ => lists::SMALL_PLACE,
        };
    }
    if lexicon::demonym(word).is_some() {
        bits |= lists::DEMONYM;
    }
    if lexicon::is_organization(word) {
        bits |= lists::ORGANIZATION;
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_is_told_from_the_letters() {
        for (word, expected) in [
            (",", Case::None),
            ("1,200", Case::Digits),
            ("rain", Case::Lower),
            ("Rain", Case::Title),
            ("I", Case::Initial),
            ("NATO", Case::Upper),
            ("U.S.", Case::Upper),
            ("McCall", Case::Mixed),
            ("iPhone", Case::Mixed),
            ("F16", Case::Mixed),
            ("Élan", Case::Title),
        ] {
            assert_eq!(case(word), expected, "{word}");
        }
    }

    #[test]
    fn affixes_are_cut_by_characters() {
        let clusters = Clusters::default();
        let (short, long) = (lexeme("né", &clusters), lexeme("café", &clusters));
        assert_eq!(short.suffixes[0], long.suffixes[0]);
        assert_ne!(short.suffixes[1], long.suffixes[1]);
        assert_eq!(lexeme("x", &clusters).suffixes[3], hash("x"));
    }

    #[test]
    fn digits_are_one_in_lower_case_forms() {
        let clusters = Clusters::default();
        assert_eq!(lexeme("2016", &clusters).lower, lexeme("1987", &clusters).lower);
        assert_ne!(lexeme("2016", &clusters).form, lexeme("1987", &clusters).form);
    }

    #[test]
    fn endless_words_are_clipped() {
        let clusters = Clusters::default();
        assert_eq!(lexeme(&"é".repeat(1_000), &clusters).form, lexeme(&"é".repeat(2_000), &clusters).form);
    }
}
