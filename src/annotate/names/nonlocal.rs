//! What the rest of an article tells about a name.
//!
//! Knows, for every word that is written with a capital somewhere, how it is used anywhere in the
//! article: behind a title, behind a given name, as an abbreviation in brackets. A surname alone is
//! hard to tell from a place; the full name two paragraphs above settles it. Also finds names of
//! several words in the word lists. Gives bits; what they are worth is learned.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use crate::annotate::document::Document;
use crate::annotate::features::{Case, Lexeme, Window, WordHasher, hash, lists};
use crate::annotate::{lexicon, offices};
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// Bits of the evidence for one token. The lower half is about the word anywhere in the article,
/// the upper half about this place.
pub(crate) mod bits {
    /// Behind a title: `Mr.`, `President`.
    pub(crate) const TITLE_BEFORE: u32 = 1;
    /// Behind a common given name.
    pub(crate) const GIVEN_BEFORE: u32 = 1 << 1;
    /// Behind a rare given name or an initial.
    pub(crate) const RARE_GIVEN_BEFORE: u32 = 1 << 2;
    /// Next to a verb of saying.
    pub(crate) const SAID: u32 = 1 << 3;
    /// Behind `in`, `at`, `from`, `near`.
    pub(crate) const PLACE_BEFORE: u32 = 1 << 4;
    /// Behind `the`.
    pub(crate) const THE_BEFORE: u32 = 1 << 5;
    /// In one run of capitals with a word such as `Bank`, `Party`, `Inc.`.
    pub(crate) const ORGANIZATION_WORD: u32 = 1 << 6;
    /// Before a capitalized word.
    pub(crate) const CAPITAL_AFTER: u32 = 1 << 7;
    /// In small letters.
    pub(crate) const LOWER: u32 = 1 << 8;
    /// With a capital inside a sentence.
    pub(crate) const CAPITAL_INSIDE: u32 = 1 << 9;
    /// With a possessive mark.
    pub(crate) const POSSESSIVE: u32 = 1 << 10;
    /// Alone in brackets.
    pub(crate) const IN_BRACKETS: u32 = 1 << 11;
    /// Before a comma and the name of a country or large place.
    pub(crate) const PLACE_AFTER: u32 = 1 << 12;
    /// In three places or more.
    pub(crate) const OFTEN: u32 = 1 << 13;
    /// Behind a capitalized word.
    pub(crate) const CAPITAL_BEFORE: u32 = 1 << 14;

    /// Begins a full name of the lists of people.
    pub(crate) const LISTED_PERSON: u32 = 1 << 16;
    /// Begins a name of several words of the lists of organizations.
    pub(crate) const LISTED_ORGANIZATION: u32 = 1 << 17;
    /// Begins a name of several words of the lists of places.
    pub(crate) const LISTED_PLACE: u32 = 1 << 18;
    /// Goes on with a name of several words from one of the lists.
    pub(crate) const LISTED_FURTHER: u32 = 1 << 19;
    /// In a sentence without small letters.
    pub(crate) const SHOUTED: u32 = 1 << 20;
    /// In a sentence whose words are nearly all capitalized.
    pub(crate) const HEADLINE: u32 = 1 << 21;

    /// How many bits are used.
    pub(crate) const COUNT: u32 = 22;
}

const SAYING: &[&str] = &[
    "said",
    "says",
    "told",
    "added",
    "asked",
    "wrote",
    "tweeted",
    "argued",
    "claimed",
    "insisted",
    "explained",
    "noted",
    "replied",
    "warned",
    "denied",
    "admitted",
    "believes",
    "thinks",
    "himself",
    "herself",
    "who",
    "whose",
];

const ORGANIZATION_WORDS: &[&str] = &[
    "inc",
    "inc.",
    "corp",
    "corp.",
    "co.",
    "ltd",
    "ltd.",
    "plc",
    "llc",
    "group",
    "bank",
    "party",
    "ministry",
    "university",
    "college",
    "institute",
    "council",
    "committee",
    "commission",
    "agency",
    "department",
    "association",
    "union",
    "federation",
    "company",
    "corporation",
    "authority",
    "foundation",
    "organization",
    "organisation",
    "army",
    "force",
    "forces",
    "police",
    "court",
    "parliament",
    "congress",
    "senate",
    "league",
    "club",
    "times",
    "post",
    "news",
    "newspaper",
    "magazine",
    "airlines",
    "airways",
    "motors",
    "holdings",
    "partners",
    "fund",
    "office",
    "bureau",
    "board",
    "center",
    "centre",
    "school",
    "hospital",
    "church",
    "front",
    "movement",
    "brigade",
    "society",
    "network",
    "united",
    "f.c.",
    "fc",
    "securities",
    "capital",
    "technologies",
];

const PLACE_WORDS: &[&str] =
    &["in", "at", "from", "near", "outside", "across", "around", "into", "toward", "towards"];

/// Words by the hash of their lower case.
type WordSet = HashSet<u32, BuildHasherDefault<WordHasher>>;

/// The closed lists, ready to be asked.
struct Sets {
    titles: WordSet,
    saying: WordSet,
    organization_words: WordSet,
    place_words: WordSet,
    the: u32,
    comma: u32,
    possessive: u32,
    opening: u32,
    closing: u32,
}

static SETS: LazyLock<Sets> = LazyLock::new(|| {
    let set = |words: &[&str]| words.iter().map(|word| hash(word)).collect();
    Sets {
        titles: offices::titles_before_names().map(|title| hash(&title)).collect(),
        saying: set(SAYING),
        organization_words: set(ORGANIZATION_WORDS),
        place_words: set(PLACE_WORDS),
        the: hash("the"),
        comma: hash(","),
        possessive: hash("'s"),
        opening: hash("("),
        closing: hash(")"),
    }
});

/// What is known of one word of the article.
#[derive(Clone, Copy, Default)]
struct Use {
    bits: u32,
    count: u32,
}

/// The evidence for each token of a document, as [`bits`].
pub fn evidence(body: &str, document: &Document, lexemes: &[Lexeme]) -> Vec<u32> {
    let mut uses: HashMap<u32, Use, BuildHasherDefault<WordHasher>> = HashMap::default();
    for sentence in &document.sentences {
        let window = Window(lexemes.get(sentence.range()).unwrap_or_default());
        let shouted = written(window) != 0;
        for at in 0..window.0.len() {
            let word = window.get(at, 0);
            let capital = word.case.is_capital();
            if capital || word.case == Case::Lower {
                let entry = uses.entry(word.lower).or_default();
                entry.count += 1;
                // Headlines tell nothing about how a word is written elsewhere.
                if !shouted {
                    entry.bits |= if capital { around(window, at) } else { bits::LOWER };
                }
            }
        }
    }
    let mut evidence = Vec::with_capacity(lexemes.len());
    for sentence in &document.sentences {
        let window = Window(lexemes.get(sentence.range()).unwrap_or_default());
        let written = written(window);
        evidence.extend(window.0.iter().map(|word| {
            let known = if word.case.is_capital() { uses.get(&word.lower).copied() } else { None };
            let known = known.unwrap_or_default();
            let often = if known.count >= 3 { bits::OFTEN } else { 0 };
            known.bits | often | written
        }));
        mark_listed(body, document, *sentence, window, &mut evidence[sentence.start()..]);
    }
    evidence
}

/// Whether a sentence is written in capitals, or every word with one.
fn written(window: Window<'_>) -> u32 {
    let (mut upper, mut capital, mut lower) = (0, 0, 0);
    for lexeme in window.0 {
        match lexeme.case {
            Case::Upper => upper += 1,
            Case::Title | Case::Mixed => capital += 1,
            Case::Lower => lower += 1,
            _ => {}
        }
    }
    match () {
        () if upper >= 3 && upper > 4 * (capital + lower) => bits::SHOUTED,
        () if capital >= 4 && capital > 2 * lower => bits::HEADLINE,
        () => 0,
    }
}

/// The evidence that a capitalized word's neighbors give.
fn around(window: Window<'_>, at: usize) -> u32 {
    let sets = &*SETS;
    let [before, word, after] = [-1, 0, 1].map(|offset| window.get(at, offset));
    let far_after = window.get(at, 2);
    let mut found = 0;
    let mut note = |bit: u32, holds: bool| found |= if holds { bit } else { 0 };
    note(bits::TITLE_BEFORE, sets.titles.contains(&before.lower));
    note(bits::GIVEN_BEFORE, before.lists & lists::COMMON_GIVEN != 0);
    note(bits::RARE_GIVEN_BEFORE, before.lists & lists::RARE_GIVEN != 0 || before.case == Case::Initial);
    note(bits::SAID, sets.saying.contains(&after.lower) || sets.saying.contains(&before.lower));
    note(bits::PLACE_BEFORE, sets.place_words.contains(&before.lower));
    note(bits::THE_BEFORE, before.lower == sets.the);
    let organization =
        |lexeme: &Lexeme| lexeme.case.is_capital() && sets.organization_words.contains(&lexeme.lower);
    let near = after.case.is_capital() && (organization(after) || organization(far_after));
    note(bits::ORGANIZATION_WORD, organization(word) || near || organization(before));
    note(bits::CAPITAL_AFTER, after.case.is_capital());
    note(bits::CAPITAL_BEFORE, at > 1 && before.case.is_capital());
    note(bits::CAPITAL_INSIDE, at > 0 && before.case == Case::Lower);
    note(bits::POSSESSIVE, after.lower == sets.possessive);
    note(bits::IN_BRACKETS, before.lower == sets.opening && after.lower == sets.closing);
    let place = far_after.lists & (lists::COUNTRY | lists::LARGE_PLACE) != 0;
    note(bits::PLACE_AFTER, after.lower == sets.comma && place);
    found
}

/// The longest name of the word lists that is looked for, in tokens.
const LONGEST_LISTED: usize = 5;

/// Marks the names of several words that the lists hold, the longest at each place.
fn mark_listed(
    body: &str,
    document: &Document,
    sentence: Span<Tokens>,
    window: Window<'_>,
    evidence: &mut [u32],
) {
    let mut at = 0;
    while at < window.0.len() {
        let run = (at..window.0.len().min(at + LONGEST_LISTED))
            .take_while(|at| may_continue(window.get(*at, 0)))
            .count();
        let starts = window.get(at, 0).case.is_capital();
        let found = (2..=run).rev().filter(|_| starts).find_map(|length| {
            let tokens = Span::new(sentence.start() + at, sentence.start() + at + length);
            listed(document.bytes(tokens).slice(body)).map(|bit| (bit, length))
        });
        let Some((bit, length)) = found else {
            at += 1;
            continue;
        };
        evidence[at] |= bit;
        evidence[at + 1..at + length].iter_mut().for_each(|bits| *bits |= bits::LISTED_FURTHER);
        at += length;
    }
}

/// Whether a word can stand in a listed name: a capitalized one, or a short one such as `of`, or a mark.
fn may_continue(lexeme: &Lexeme) -> bool {
    lexeme.case.is_capital()
        || (lexeme.case == Case::Lower && lexeme.suffixes[3] == lexeme.lower)
        || lexeme.case == Case::None
}

fn listed(name: &str) -> Option<u32> {
    let key = name_key(name);
    if !key.contains(' ') {
        return None;
    }
    if lexicon::is_person(&key) {
        return Some(bits::LISTED_PERSON);
    }
    if lexicon::place(&key).is_some() {
        return Some(bits::LISTED_PLACE);
    }
    lexicon::is_organization(&key).then_some(bits::LISTED_ORGANIZATION)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::features::{Clusters, lexemes};
    use crate::annotate::given;
    use crate::article::Article;

    /// The evidence for the last token that reads `word`.
    fn evidence_for(body: &str, word: &str) -> u32 {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let document = given::annotations(&article).document;
        let lexemes = lexemes(body, &document, &Clusters::default());
        let last = document.tokens.iter().rposition(|token| token.span.slice(body) == word);
        evidence(body, &document, &lexemes)[last.unwrap_or(0)]
    }

    #[test]
    fn a_surname_has_the_evidence_of_the_full_name() {
        let bits = evidence_for("The mayor, Maria Porto, spoke. Later Porto left.", "Porto");
        assert!(bits & bits::GIVEN_BEFORE != 0 && bits & bits::CAPITAL_BEFORE != 0);
        assert!(bits & bits::TITLE_BEFORE == 0 && bits & bits::OFTEN == 0);
    }

    #[test]
    fn words_of_a_headline_have_the_evidence_of_the_text() {
        let bits = evidence_for("Mr. Hall has quit.\n\nWHY HALL QUIT NOW", "HALL");
        assert!(bits & bits::TITLE_BEFORE != 0 && bits & bits::SHOUTED != 0);
    }

    #[test]
    fn listed_names_of_several_words_are_marked() {
        let body = "They met in Saudi Arabia.";
        assert!(evidence_for(body, "Saudi") & bits::LISTED_PLACE != 0);
        assert!(evidence_for(body, "Arabia") & bits::LISTED_FURTHER != 0);
        assert!(evidence_for(body, "They") & bits::LISTED_FURTHER == 0);
    }

    #[test]
    fn small_letters_count_for_the_capitalized_word_too() {
        assert!(evidence_for("A turkey ran. Turkey won.", "Turkey") & bits::LOWER != 0);
    }
}
