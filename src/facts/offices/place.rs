//! Where an office is: the name, the adjective or the house that stands before, inside or behind it.
//!
//! Knows names, tags and the words for offices and states; never which entity a name refers to.

use crate::annotate::labels::Upos;
use crate::annotate::{Annotations, NameKind, lexicon, offices, states};
use crate::facts::grammar::phrase;
use crate::facts::offices::timing;
use crate::span::{Span, Tokens};

/// How far behind an office its place may be named.
const REACH: usize = 8;

/// Where an office is, as the text says it.
#[derive(Clone)]
pub(crate) enum OfficePlace {
    /// A name, by its index.
    Named(usize),
    /// The adjective of a country, at a token.
    Adjective(usize),
    /// The short form of a state behind the letter of a party, at a token: R-**Wis.**
    Home(usize),
    /// A house of parliament inside the title, at a token: **House** Speaker.
    Body(usize),
}

impl OfficePlace {
    /// The tokens that name it.
    pub(crate) fn tokens(&self, text: &Annotations) -> Span<Tokens> {
        match self {
            OfficePlace::Named(index) => text.names[*index].tokens,
            OfficePlace::Adjective(token) | OfficePlace::Home(token) | OfficePlace::Body(token) => {
                Span::new(*token, *token + 1)
            }
        }
    }
}

/// Where an office is whose words begin at `start`: a name, a possessive or the adjective of a country before it.
pub(super) fn before(text: &Annotations, floor: usize, start: usize) -> Option<OfficePlace> {
    let mut last = start.checked_sub(1).filter(|last| *last >= floor)?;
    let side = party_body(text, start, last);
    // `Ohio Republican Sen.`, `Ohio’s former governor`
    while offices::is_side(text.word(last)) || timing::said_at(text, last).is_some() {
        let Some(next) = last.checked_sub(1).filter(|last| *last >= floor) else { return side };
        last = next;
    }
    if phrase::is_possessive_mark(text.word(last)) {
        last = last.checked_sub(1).filter(|last| *last >= floor)?;
    }
    if let Some(name) = text.name_ending_at(last + 1) {
        let tokens = text.names[name].tokens;
        if is_part_of_house(text, tokens) {
            return Some(OfficePlace::Body(tokens.start()));
        }
        let is_adjective = lexicon::demonym(text.words(tokens)).is_some();
        return Some(if is_adjective { OfficePlace::Adjective(last) } else { OfficePlace::Named(name) });
    }
    let adjective = lexicon::demonym(text.word(last)).is_some().then_some(OfficePlace::Adjective(last));
    adjective.or(side)
}

/// The party whose name stands before one who heads a body or speaks for it: **GOP** `chairwoman`.
fn party_body(text: &Annotations, start: usize, last: usize) -> Option<OfficePlace> {
    let noun = text.word(start).to_lowercase();
    let heads = noun.starts_with("chair") || noun.starts_with("spokes");
    let name = text.name_at(last).filter(|name| heads && text.names[*name].tokens.len() == 1)?;
    offices::is_side(text.word(last)).then_some(OfficePlace::Named(name))
}

/// Whether a name is a house of parliament with a side of it, which is no body: `Senate Majority`, `House Democratic`.
fn is_part_of_house(text: &Annotations, name: Span<Tokens>) -> bool {
    let last = text.word(name.end() - 1);
    let is_side = offices::is_side(last) || matches!(last, "Majority" | "Minority");
    let second = text.word(name.start() + 1);
    let is_side = is_side || offices::is_side(second) || matches!(second, "Majority" | "Minority");
    name.len() > 1 && name.len() < 4 && is_house(text, name.start()) && is_side
}

/// Whether a token is the name of a house of parliament.
fn is_house(text: &Annotations, token: usize) -> bool {
    matches!(text.word(token), "House" | "Senate")
}

/// The house of parliament that a title has among its words: **House** `Speaker`.
pub(super) fn within(text: &Annotations, words: Span<Tokens>) -> Option<OfficePlace> {
    words.range().find(|token| is_house(text, *token)).map(OfficePlace::Body)
}

/// Where an office is that stands before the name of its holder, by what stands behind the name: `(R-Ohio)`, `of Ohio`.
pub(super) fn behind_holder(
    text: &Annotations,
    words: Span<Tokens>,
    holder: Span<Tokens>,
) -> Option<OfficePlace> {
    let end = phrase::sentence_of(text, holder.start()).end();
    let link = holder.end();
    if let Some(home) = home(text, link) {
        // The leader of a house has a home too, and does not lead it.
        let noun = words.range().map(|token| text.word(token)).find(|word| is_of_home(word));
        return noun.map(|_| home);
    }
    if !matches!(text.word(link), "of" | "from") || link + 1 >= end {
        return None;
    }
    let first = if text.word(link + 1) == "the" { link + 2 } else { link + 1 };
    let name = text.name_at(first).filter(|name| text.names[*name].tokens.start() == first)?;
    matches!(text.names[name].kind, NameKind::Place | NameKind::Organization)
        .then_some(OfficePlace::Named(name))
}

/// Whether the noun of an office is one that a home elects.
fn is_of_home(word: &str) -> bool {
    let word = word.trim_end_matches('.').to_lowercase();
    let nouns = [
        "assemblyman",
        "congressman",
        "congresswoman",
        "gov",
        "governor",
        "lawmaker",
        "mayor",
        "rep",
        "representative",
        "sen",
        "senator",
    ];
    nouns.contains(&word.as_str())
}

/// The home of a lawmaker behind the letter of a party: `(R-`**Ohio**`)`, `, D-`**N.Y.**`,`.
pub(crate) fn home(text: &Annotations, link: usize) -> Option<OfficePlace> {
    let letter = text.word(link + 1);
    let is_letter = (1..4).contains(&letter.len()) && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    if !matches!(text.word(link), "," | "(") || !is_letter || !matches!(text.word(link + 2), "-" | "–") {
        return None;
    }
    let named = text.name_at(link + 3).filter(|name| text.names[*name].kind == NameKind::Place);
    let named = named.map(OfficePlace::Named);
    named.or_else(|| states::state(text.word(link + 3)).map(|_| OfficePlace::Home(link + 3)))
}

/// The name behind an office: `of Porto`, `for Northwind`, `at the Harbor Bank`, `of law at the University of Porto`.
pub(super) fn behind(text: &Annotations, start: usize, stop: usize) -> Option<OfficePlace> {
    if start >= stop || !matches!(text.word(start), "of" | "for" | "at" | "with" | "in" | "to" | "on") {
        return None;
    }
    let mut first = None;
    for token in start + 1..stop.min(start + REACH) {
        if let Some(name) = text.name_at(token) {
            let end = text.names[name].tokens.end();
            // `with the mayor’s Northwind ally`: a possessor has what follows it.
            if phrase::is_possessive_mark(text.word(end)) {
                return None;
            }
            first = first.or(Some(name));
            // `of the Porto shipping firm Northwind`: the firm is meant.
            let describes =
                end < stop && text.tags[end].upos == Upos::Noun && !phrase::is_time(text.word(end));
            if !describes || is_body(text.word(end)) {
                return first_or(text, first, name);
            }
            continue;
        }
        use Upos::{Adj, Adp, Det, Noun, Num, Propn};
        let goes_on = matches!(text.tags[token].upos, Adj | Adp | Det | Noun | Num | Propn);
        if !goes_on && !matches!(text.word(token), "-" | "." | "&") {
            break;
        }
    }
    first.map(OfficePlace::Named)
}

/// The name that an office is of, of the first behind it and a later one: the later one only if it is a body.
fn first_or(text: &Annotations, first: Option<usize>, later: usize) -> Option<OfficePlace> {
    let is_body = text.names[later].kind == NameKind::Organization;
    let meant = if is_body { later } else { first.unwrap_or(later) };
    Some(OfficePlace::Named(meant))
}

/// Whether a noun makes a body of the name before it: the Ruiz **campaign**.
fn is_body(noun: &str) -> bool {
    matches!(noun, "campaign" | "administration")
}

/// `In Porto, Mayor` **Ana Ruiz**: those who head a town are in it.
pub(super) fn ahead(text: &Annotations, floor: usize, words: Span<Tokens>) -> Option<OfficePlace> {
    let noun = text.word(words.end() - 1).to_lowercase();
    let comma = words.start().checked_sub(1).filter(|comma| *comma > floor && text.word(*comma) == ",")?;
    if !matches!(noun.as_str(), "mayor" | "sheriff") {
        return None;
    }
    let town = text.name_ending_at(comma)?;
    let start = text.names[town].tokens.start();
    let inside = start > floor && text.word(start - 1).eq_ignore_ascii_case("in");
    (inside && text.names[town].kind == NameKind::Place).then_some(OfficePlace::Named(town))
}
