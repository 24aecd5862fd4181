//! Nouns that say what somebody is, with an adjective of origin before them: the **Valdoran novelist** Mira Costa, Bluefin is a
//! **Valdoran bank**.
//!
//! `described` finds the noun and whom it is said of; `is_trade` and `is_body` tell people from bodies. Knows tags, trees and where
//! names stand, never whom they mean.

use crate::annotate::Annotations;
use crate::annotate::labels::{Relation, Upos, Xpos};
use crate::annotate::offices;
use crate::facts::grammar::phrase;

/// How many words may stand between the adjective and the end of its phrase.
const REACH: usize = 8;

/// How many words a bracket behind a name may have: `(born 6 May 1962 in Porto Sereno)`.
const BRACKET: usize = 40;

/// A noun with what stands before it, and whom it is said of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Described {
    /// The noun: `novelist`.
    pub(crate) noun: usize,
    /// A token of whom it is said: of the name beside it or the subject of its sentence.
    pub(crate) of: usize,
}

/// What an adjective, or whatever else says where somebody is from, describes. The token is its last one.
pub(crate) fn described(text: &Annotations, adjective: usize) -> Option<Described> {
    // `American football player`, `Valdoran literature professor`: the adjective is of the other noun.
    const FIELDS: &[&str] = &[
        "affairs",
        "art",
        "cuisine",
        "football",
        "history",
        "horn",
        "language",
        "law",
        "literature",
        "studies",
    ];
    // `Latin American`, `New Mexican`: another place than the adjective alone says.
    const PARTS: &[&str] = &["Central", "East", "Latin", "Native", "New", "North", "South", "West"];
    let is_part = adjective > 0 && PARTS.contains(&text.word(adjective - 1));
    if is_part || FIELDS.contains(&text.word(adjective + 1)) {
        return None;
    }
    let sentence = phrase::sentence_of(text, adjective);
    let limit = sentence.end().min(adjective + 1 + REACH);
    let end = run(text, adjective + 1, limit);
    let noun = end.checked_sub(1).filter(|last| *last > adjective && text.tags[*last].upos == Upos::Noun)?;
    let behind = named_behind(text, end, sentence.end(), adjective);
    behind.or_else(|| before(text, adjective, noun, sentence.start())).map(|of| Described { noun, of })
}

/// Where a run of common nouns and adjectives ends that starts at a token.
fn run(text: &Annotations, start: usize, limit: usize) -> usize {
    let belongs = |token: usize| {
        let is_common = text.word(token).starts_with(|first: char| first.is_lowercase());
        is_common && matches!(text.tags[token].upos, Upos::Noun | Upos::Adj)
            || phrase::is_hyphen(text, token)
            || text.word(token) == "-"
            || is_common && text.tags[token].upos == Upos::Verb && phrase::is_hyphen(text, token - 1)
    };
    (start..limit).find(|token| !belongs(*token)).unwrap_or(limit.max(start))
}

/// The name right behind a phrase or behind another noun joined to it: `politician and lawyer` **Ana Ruiz**. Behind a comma it
/// must be closed by one: `the Valdoran novelist,` **Mira Costa**`, left`.
fn named_behind(text: &Annotations, mut end: usize, until: usize, adjective: usize) -> Option<usize> {
    const JOINED: usize = 3;
    let name_at = |token: usize| {
        text.name_at(token).filter(|name| text.names[*name].tokens.start() == token && token < until)
    };
    for _ in 0..JOINED {
        if name_at(end).is_some() {
            return Some(end);
        }
        // A title is no part of the name: `the lawyer Dr. Ana Ruiz`.
        if offices::is_title(text.word(end)) && name_at(end + 1).is_some() {
            return Some(end + 1);
        }
        if !matches!(text.word(end), "and" | ",") {
            break;
        }
        let next = run(text, end + 1, until.min(end + 1 + REACH));
        if next == end + 1 || text.tags[next - 1].upos != Upos::Noun {
            break;
        }
        end = next;
    }
    let name = name_at(end + 1).filter(|_| text.word(end) == ",")?;
    let definite = adjective.checked_sub(1).is_some_and(|before| {
        text.word(before).eq_ignore_ascii_case("the") || phrase::is_possessive_mark(text.word(before))
    });
    // `the head of the Valdoran employers,` **Ana Ruiz**`,`
    let is_one = text.tags[end - 1].xpos != Xpos::Nns;
    let closed = is_one && matches!(text.word(text.names[name].tokens.end()), "," | "." | ";" | ")" | "—");
    (definite && closed).then_some(end + 1)
}

/// Whom a phrase with its article is said of: **Mira Costa** `is a Valdoran novelist`, **Mira Costa**`, a Valdoran novelist`.
fn before(text: &Annotations, adjective: usize, noun: usize, floor: usize) -> Option<usize> {
    const QUALIFIERS: usize = 4;
    let qualifies = |token: usize| {
        matches!(text.tags[token].upos, Upos::Adj | Upos::Adv | Upos::Num)
            || phrase::joins_words(text, token)
            || text.word(token + 1) == "-"
    };
    let first = adjective.saturating_sub(QUALIFIERS).max(floor);
    let article = (first..adjective).rev().find(|token| !qualifies(*token))?;
    if !matches!(text.word(article), "a" | "an" | "the") {
        return None;
    }
    let link = article.checked_sub(1).filter(|link| *link >= floor)?;
    let link = if text.tags[link].upos == Upos::Adv { link.checked_sub(1)? } else { link };
    match text.word(link) {
        "is" | "was" | "are" | "were" | "," | "—" => {}
        _ => return None,
    }
    let mut end = link;
    if end > floor && text.word(end - 1) == "," {
        end -= 1;
    }
    if end > floor && text.word(end - 1) == ")" {
        end =
            (floor.max(end.saturating_sub(BRACKET))..end - 1).rev().find(|token| text.word(*token) == "(")?;
    }
    if let Some(name) = text.name_ending_at(end) {
        return Some(text.names[name].tokens.start());
    }
    let syntax = &text.syntax;
    syntax.child(noun, &[Relation::Cop]).and_then(|_| syntax.child(noun, &[Relation::Nsubj]))
}

/// Whether a noun, by its lemma in lower case, is one for people by their trade.
pub(crate) fn is_trade(lemma: &str) -> bool {
    // Those whose adjective says what they work on or whom they serve, and things that end as people do.
    const OTHERS: &[&str] = &[
        "agent",
        "ambassador",
        "analyst",
        "answer",
        "banner",
        "career",
        "carrier",
        "center",
        "chapter",
        "character",
        "charter",
        "cluster",
        "computer",
        "consumer",
        "corner",
        "correspondent",
        "counter",
        "cover",
        "customer",
        "danger",
        "degree",
        "disaster",
        "dinner",
        "door",
        "envoy",
        "expert",
        "factor",
        "father",
        "floor",
        "founder",
        "gender",
        "harbor",
        "historian",
        "invader",
        "labor",
        "leader",
        "letter",
        "list",
        "manufacturer",
        "maker",
        "matter",
        "mother",
        "murder",
        "neighbor",
        "newspaper",
        "number",
        "observer",
        "offer",
        "order",
        "paper",
        "partner",
        "poster",
        "power",
        "producer",
        "professor",
        "publisher",
        "quarter",
        "retailer",
        "river",
        "scholar",
        "specialist",
        "supplier",
        "supporter",
        "teacher",
        "tower",
        "translator",
        "tutor",
        "water",
        "weather",
        "winter",
    ];
    let ends = ["er", "or", "ist", "man", "woman", "ian", "eur", "star", "master", "ess", "smith", "wright"];
    let is_trade = TRADES.binary_search(&lemma).is_ok() || ends.iter().any(|end| lemma.ends_with(end));
    // Whose office it is, its place tells.
    let is_office = !HELD.contains(&lemma) && offices::rank(lemma).is_some();
    is_trade && !is_office && !is_body(lemma) && !OTHERS.contains(&lemma)
}

/// Nouns of offices that say no more of a country than where their holder is from.
const HELD: &[&str] = &[
    "captain",
    "columnist",
    "director",
    "economist",
    "editor",
    "engineer",
    "executive",
    "journalist",
    "lawyer",
    "researcher",
    "reporter",
    "scientist",
    "whistleblower",
];

/// People by their trade whose nouns do not show it; sorted.
const TRADES: &[&str] = &[
    "activist",
    "actor",
    "actress",
    "architect",
    "artist",
    "astronaut",
    "athlete",
    "author",
    "billionaire",
    "boy",
    "champion",
    "chef",
    "child",
    "citizen",
    "clergyman",
    "clown",
    "cook",
    "critic",
    "cyclist",
    "diva",
    "expatriate",
    "friar",
    "girl",
    "goalkeeper",
    "guitarist",
    "hero",
    "intern",
    "jihadi",
    "judoka",
    "man",
    "mathematician",
    "mechanic",
    "medic",
    "migrant",
    "militant",
    "millionaire",
    "model",
    "monk",
    "musician",
    "native",
    "novelist",
    "nun",
    "nurse",
    "oligarch",
    "pilot",
    "poet",
    "politician",
    "priest",
    "prodigy",
    "rapper",
    "refugee",
    "socialite",
    "soprano",
    "star",
    "student",
    "surgeon",
    "tenor",
    "tycoon",
    "vocalist",
    "wife",
    "woman",
];

/// Whether a noun, by its lemma in lower case, is one for bodies that are somewhere.
pub(crate) fn is_body(lemma: &str) -> bool {
    let ends = ["maker", "manufacturer", "company", "firm", "bank"];
    BODIES.binary_search(&lemma).is_ok() || ends.iter().any(|end| lemma.ends_with(end))
}

/// Bodies that are somewhere; sorted.
const BODIES: &[&str] = &[
    "academy",
    "agency",
    "airline",
    "association",
    "automaker",
    "bank",
    "boutique",
    "brand",
    "brewer",
    "brewery",
    "broadcaster",
    "builder",
    "business",
    "carmaker",
    "carrier",
    "chain",
    "channel",
    "charity",
    "clinic",
    "club",
    "college",
    "company",
    "conglomerate",
    "consultancy",
    "contractor",
    "cooperative",
    "corporation",
    "daily",
    "developer",
    "enterprise",
    "factory",
    "federation",
    "firm",
    "foundation",
    "fund",
    "giant",
    "group",
    "hospital",
    "institute",
    "insurer",
    "laboratory",
    "lender",
    "magazine",
    "maker",
    "manufacturer",
    "museum",
    "network",
    "newspaper",
    "ngo",
    "nonprofit",
    "operator",
    "orchestra",
    "organisation",
    "organization",
    "outlet",
    "paper",
    "party",
    "producer",
    "provider",
    "publication",
    "publisher",
    "refiner",
    "retailer",
    "school",
    "side",
    "site",
    "startup",
    "station",
    "studio",
    "subsidiary",
    "supermarket",
    "supplier",
    "tabloid",
    "team",
    "telecom",
    "union",
    "university",
    "utility",
    "weekly",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_told_apart() {
        assert!(TRADES.is_sorted() && BODIES.is_sorted());
        for (lemma, trade, body) in [
            ("novelist", true, false),
            ("politician", true, false),
            ("minister", false, false),
            ("expert", false, false),
            ("brewery", false, true),
            ("carmaker", false, true),
            ("newspaper", false, true),
        ] {
            assert_eq!((is_trade(lemma), is_body(lemma)), (trade, body), "{lemma}");
        }
    }
}
