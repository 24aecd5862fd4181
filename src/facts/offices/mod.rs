//! Finds the offices that stand beside people's names.
//!
//! Knows names, tags and the words for offices; never who a name refers to. `relations` makes relationships of what is
//! found here, and `reference` finds the people that are called by their office. Start reading at [`beside_names`]; `field`
//! compares two offices.

pub(crate) mod field;
pub(crate) mod joined;
pub(crate) mod place;
mod timing;

use crate::annotate::labels::{Upos, Xpos};
use crate::annotate::offices::Rank;
use crate::annotate::{Annotations, NameKind, lexicon, offices};
use crate::facts::grammar::phrase;
pub(super) use crate::facts::grammar::phrase::sentence_of;
pub(crate) use crate::facts::offices::place::OfficePlace;
pub(crate) use crate::facts::offices::timing::Time;
use crate::span::{Span, Tokens};

/// How far an office may stand from its holder, in tokens.
const REACH: usize = 14;

/// How many words may stand between a comma and the office or its place.
const GAP: usize = 5;

/// Finds the offices beside the names of people.
pub fn beside_names(text: &Annotations) -> Offices {
    let people = (0..text.names.len()).filter(|index| text.names[*index].kind == NameKind::Person);
    let office = |index: usize| office_before(text, index).or_else(|| office_behind(text, index));
    Offices(people.filter_map(|index| Some((index, office(index)?))).collect())
}

/// The offices beside the names of people.
#[derive(Default)]
pub struct Offices(Vec<(usize, Office)>);

impl Offices {
    /// The office beside a name, by the index of the name.
    pub(super) fn of_name(&self, name: usize) -> Option<&Office> {
        let found = self.0.binary_search_by_key(&name, |(name, _)| *name).ok()?;
        Some(&self.0[found].1)
    }

    /// Whether a token belongs to an office that stands before the name of its holder.
    pub(super) fn is_title(&self, text: &Annotations, token: usize) -> bool {
        // The holder is a name or two away.
        let next = text.next_name(token);
        let mut near = (next..next + 3).filter_map(|name| Some((name, self.of_name(name)?)));
        near.any(|(name, office)| {
            let holder = text.names.get(name).map_or(0, |name| name.tokens.start());
            office.words.contains(token) && office.words.end() <= holder
        })
    }

    /// All of them, each with the index of the name, in text order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Office)> {
        self.0.iter().map(|(name, office)| (*name, office))
    }
}

/// An office beside a person’s name, or joined to it by a verb.
#[derive(Clone)]
pub(crate) struct Office {
    /// The words of the office, as tokens: `former prime minister`.
    pub(crate) words: Span<Tokens>,
    pub(crate) rank: Rank,
    pub(crate) time: Time,
    /// Where the office is.
    pub(crate) place: Option<OfficePlace>,
    /// Office, holder and place together.
    pub(crate) extent: Span<Tokens>,
}

impl Office {
    /// Puts together what was found beside a holder; the words before the office may say that it is over.
    fn new(
        text: &Annotations,
        floor: usize,
        title: Title,
        place: Option<OfficePlace>,
        holder: Span<Tokens>,
    ) -> Self {
        let Title { words, rank, time } = title;
        let place_tokens = place.as_ref().map_or(words, |place| place.tokens(text));
        let start = words.start().min(place_tokens.start());
        // `ex-CIA Director`, and `Senate Majority` as one name.
        let time = if time == Time::Now { timing::within(text, place_tokens) } else { time };
        let words = match place {
            Some(OfficePlace::Body(token)) if token < words.start() => Span::new(token, words.end()),
            _ => words,
        };
        let earlier = if time == Time::Now { timing::before(text, floor, start) } else { None };
        let (start, time) = earlier.unwrap_or((start, time));
        let words_and_place = words.join(place_tokens);
        let extent = Span::new(start, words_and_place.end()).join(holder);
        Office { words, rank, time, place, extent }
    }

    /// The noun of the office, as printed: `Minister` of `Prime Minister-designate`.
    pub(crate) fn noun<'a>(&self, text: &'a Annotations) -> &'a str {
        without_prefix(text.word(self.noun_token(text)))
    }

    /// The token of that noun.
    pub(crate) fn noun_token(&self, text: &Annotations) -> usize {
        let is_noun = |token: &usize| rank(text, *token).is_some();
        self.words.range().rev().find(is_noun).unwrap_or(self.words.end() - 1)
    }
}

/// The words of an office, and what they make of its holder.
struct Title {
    words: Span<Tokens>,
    rank: Rank,
    time: Time,
}

/// The rank of the office whose noun is a token: **Sen.**, and **ex-President** where that is one word.
fn rank(text: &Annotations, token: usize) -> Option<Rank> {
    offices::rank(without_prefix(text.word(token)).trim_end_matches('.'))
}

/// A word without what says that it is over: `ex-`**President**.
fn without_prefix(word: &str) -> &str {
    let rest = ["ex-", "Ex-", "then-", "Then-"].iter().find_map(|prefix| word.strip_prefix(prefix));
    rest.unwrap_or(word)
}

/// The words of an office that end right before `end`, with its rank: `deputy prime minister`.
fn office_ending(text: &Annotations, floor: usize, end: usize) -> Option<Title> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    let bare =
        without_stop(text, floor, before_suffix(text, last).filter(|noun| *noun >= floor).unwrap_or(last))?;
    let chief = before_chief(text, floor, bare);
    let noun = chief.or_else(|| before_duty(text, bare)).filter(|noun| *noun >= floor).unwrap_or(bare);
    let rank = rank(text, noun)?;
    let rank = if chief.is_some() { Rank::Head } else { rank };
    let start = title_start(text, floor, noun);
    let words = Span::new(start, without_stop(text, floor, last)? + 1);
    let time = if before_suffix(text, last).is_some() { Time::Coming } else { timing::within(text, words) };
    let lower_case: Vec<String> =
        words.range().map(|token| text.word(token).trim_end_matches('.').to_lowercase()).collect();
    let rank = if offices::is_first_minister(&lower_case) { Rank::Head } else { rank };
    let lower = rank == Rank::Head && lower_case.iter().any(|word| offices::is_lower(word));
    // A chief of staff has others at the head.
    let serves = noun + 2 == bare && text.word(bare).eq_ignore_ascii_case("staff");
    let rank = if lower || serves { Rank::Office } else { rank };
    let speaks = lower_case
        .windows(2)
        .any(|pair| pair[0] == "press" && matches!(pair[1].as_str(), "secretary" | "officer"));
    let rank = if speaks { Rank::Voice } else { rank };
    Some(Title { words, rank, time })
}

/// The token before a full stop of its own: `Sen.` and `Gov.` are one token or two, by the segmenter's choice.
fn without_stop(text: &Annotations, floor: usize, last: usize) -> Option<usize> {
    if text.word(last) == "." { last.checked_sub(1).filter(|last| *last >= floor) } else { Some(last) }
}

/// The noun before what says that the office is yet to come: **president**`-elect`, **attorney general** `nominee`.
fn before_suffix(text: &Annotations, last: usize) -> Option<usize> {
    let word = text.word(last).to_lowercase();
    let noun = match word.as_str() {
        "elect" | "designate" => last.checked_sub(2).filter(|_| phrase::is_hyphen(text, last - 1)),
        "nominee" | "candidate" | "designee" | "hopeful" | "pick" | "contender" => last.checked_sub(1),
        _ => None,
    };
    noun.filter(|noun| rank(text, *noun).is_some())
}

/// The noun before `in chief`: **editor**`-in-chief`.
fn before_chief(text: &Annotations, floor: usize, last: usize) -> Option<usize> {
    if !text.word(last).eq_ignore_ascii_case("chief") {
        return None;
    }
    let mut back = (floor..last).rev().filter(|token| !phrase::is_hyphen(text, *token));
    back.next().filter(|token| text.word(*token).eq_ignore_ascii_case("in"))?;
    back.next().filter(|noun| rank(text, *noun).is_some())
}

/// The noun before `of` and a duty, if that is what ends at `last`: **chief** `of staff`.
fn before_duty(text: &Annotations, last: usize) -> Option<usize> {
    let noun = last.checked_sub(2)?;
    (offices::is_duty(text.word(last)) && text.word(noun + 1).eq_ignore_ascii_case("of")).then_some(noun)
}

/// Where the title begins whose noun is given.
fn title_start(text: &Annotations, floor: usize, noun: usize) -> usize {
    let mut start = noun;
    while start > floor
        && text.name_at(start - 1).is_none()
        && (is_part_of_office(text, start - 1) || is_part_of_title(text, start - 1, noun))
    {
        start -= 1;
    }
    // A hyphen joins; it begins nothing.
    while start < noun && (phrase::is_hyphen(text, start) || text.word(start) == ".") {
        start += 1;
    }
    start
}

/// Whether a token can belong to the name of an office that goes on behind it.
fn is_part_of_office(text: &Annotations, token: usize) -> bool {
    let word = text.word(token);
    let links = word.eq_ignore_ascii_case("of"); // joins an office to its place, which is none of its words
    let is_known = offices::is_qualifier(word) || offices::is_lower(word.trim_end_matches('.'));
    // `under President Ruiz` holds nothing, `under-secretary` does.
    let next = text.word(token + 1);
    let is_under = word == "under" && next != "-" && !next.eq_ignore_ascii_case("secretary");
    let is_adverb = is_under || offices::is_past(word) && timing::said_at(text, token).is_none();
    let stops = word == "." && token > 0 && offices::is_lower(text.word(token - 1));
    !links
        && !is_adverb
        && (stops || phrase::is_hyphen(text, token) || is_known && lexicon::demonym(word).is_none())
}

/// Whether a noun belongs to a title by standing before its noun with a capital as it has: `Homeland Security Secretary`.
fn is_part_of_title(text: &Annotations, token: usize, noun: usize) -> bool {
    let word = text.word(token);
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let says_more = matches!(text.tags[token].upos, Upos::Noun | Upos::Propn)
        || text.tags[token].upos == Upos::Adj && !capital(word) && text.tags[token + 1].upos == Upos::Noun;
    // What says when, where, on whose side, or is an office by itself, is no part of this one.
    let is_other = phrase::is_time(word)
        || offices::is_side(word)
        || offices::is_title(word)
        || offices::is_past(word)
        || offices::is_coming(word)
        || lexicon::demonym(word).is_some()
        || lexicon::country(word).is_some()
        || matches!(
            word,
            "new" | "own" | "other" | "same" | "such" | "several" | "many" | "few" | "longtime"
        );
    says_more && !is_other && capital(word) == capital(text.word(noun)) && word.len() > 1
}

/// The office before a name: `Valdoran President` **Ana Ruiz**, `Northwind’s spokesman` **Leo Brandt**.
fn office_before(text: &Annotations, index: usize) -> Option<Office> {
    let name = text.names[index].tokens;
    let sentence = sentence_of(text, name.start());
    let floor = sentence.start().max(name.start().saturating_sub(REACH));
    let mut end = name.start();
    if end > floor && text.word(end - 1) == "," {
        end -= 1; // `the mayor of Porto, Ana Ruiz,` and `Porto’s mayor, Ana Ruiz,`
        return office_of_before(text, index, floor, end).or_else(|| office_apposed(text, index, floor, end));
    }
    let title = office_ending(text, floor, end)?;
    let place = place::before(text, floor, title.words.start())
        .or_else(|| place::within(text, title.words))
        .or_else(|| place::behind_holder(text, title.words, name))
        .or_else(|| place::ahead(text, floor, title.words));
    Some(Office::new(text, floor, title, place, name))
}

/// `a spokesman for Northwind,` **Leo Brandt**: an office with its place before a comma and the name.
fn office_of_before(text: &Annotations, index: usize, floor: usize, end: usize) -> Option<Office> {
    let place = text.name_ending_at(end)?;
    let place_start = text.names[place].tokens.start();
    let link = place_start
        .checked_sub(1)
        .filter(|link| *link > floor && matches!(text.word(*link), "of" | "for" | "at"))?;
    let title = office_ending(text, floor, link)?;
    Some(Office::new(text, floor, title, Some(OfficePlace::Named(place)), text.names[index].tokens))
}

/// `Estmark’s prime minister,` **Karla Voss**: an office with its place ahead, before a comma and the name.
fn office_apposed(text: &Annotations, index: usize, floor: usize, end: usize) -> Option<Office> {
    let title = office_ending(text, floor, end)?;
    let place = place::before(text, floor, title.words.start());
    // `its chief executive, Ana Ruiz`: whose it is will be known by who is meant.
    let owner = title
        .words
        .start()
        .checked_sub(1)
        .filter(|owner| *owner >= floor)
        .map_or("", |owner| text.word(owner));
    if place.is_none() && !phrase::is_possessive_mark(owner) && !phrase::is_possessive_pronoun(owner) {
        return None;
    }
    Some(Office::new(text, floor, title, place, text.names[index].tokens))
}

/// The office behind a name: **Ana Ruiz**`, the mayor of Porto,` and **Ana Ruiz**` is Porto’s mayor`.
fn office_behind(text: &Annotations, index: usize) -> Option<Office> {
    let name = text.names[index].tokens;
    let sentence = sentence_of(text, name.start());
    let ceiling = sentence.end().min(name.end() + REACH);
    let (link, copula) = link_behind(text, name.end())?;
    if link + 1 >= ceiling {
        return None;
    }
    let closes = |token: &usize| {
        matches!(
            text.word(*token),
            "," | ";" | ":" | "—" | "–" | "who" | "which" | "that" | "and" | "said" | "”" | "\""
        )
    };
    let stop_from = |first: usize| (first..ceiling).find(closes).unwrap_or(ceiling);
    let noun_in = |first: usize, stop: usize| (first..stop).find(|token| rank(text, *token).is_some());
    // `the founder and chief executive of Northwind`
    let (mut first, mut stop) = (link + 1, stop_from(link + 1));
    if noun_in(first, stop).is_none() && text.word(stop) == "and" {
        (first, stop) = (stop + 1, stop_from(stop + 1));
    }
    let noun = noun_in(first, stop)?;
    let title = office_ending(text, first, office_end(text, noun, stop))?;
    let place = place::behind(text, title.words.end(), stop)
        .or_else(|| second_place(text, title.words.end(), ceiling))
        .or_else(|| place::before(text, first, title.words.start()))
        .or_else(|| place::within(text, title.words));
    let start = title.words.start();
    let between = place.as_ref().map_or(start, |place| place.tokens(text).start().min(start));
    // `Ana Ruiz, President Leo Brandt’s choice`: the office is that of the next name.
    let next = text.name_at(title.words.end()).filter(|next| text.names[*next].kind == NameKind::Person);
    if next.is_some() || !is_gap(text, first, between) {
        return None;
    }
    let said = (first..between).find_map(|token| timing::said_at(text, token));
    let mut office = Office::new(text, first, title, place, name);
    if office.time == Time::Now {
        office.time = said.unwrap_or_default();
    }
    let before = name.start().checked_sub(1).filter(|before| *before >= sentence.start());
    let not_yet =
        before.is_some_and(|before| matches!(text.word(before), "before" | "Before" | "until" | "Until"));
    if copula == "was" && !not_yet {
        office.time = Time::Past;
    }
    Some(office)
}

/// The comma or the verb behind a name that an office can follow, and the verb: `, who is`.
fn link_behind<'a>(text: &'a Annotations, link: usize) -> Option<(usize, &'a str)> {
    let is_copula = |word: &str| matches!(word, "is" | "was" | "remains" | "became");
    let word = text.word(link);
    if is_copula(word) {
        return Some((link, word));
    }
    if text.word(link + 1) == "who" && is_copula(text.word(link + 2)) {
        return Some((link + 2, text.word(link + 2)));
    }
    (word == ",").then_some((link, word))
}

/// Whether nothing but an article and what describes the office stands between the comma and the office: other words
/// say something else.
fn is_gap(text: &Annotations, start: usize, end: usize) -> bool {
    let describes = |token: usize| {
        matches!(text.tags[token].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn)
            || phrase::is_possessive_pronoun(text.word(token))
            || phrase::is_hyphen(text, token)
            || matches!(
                text.word(token),
                "then" | "formerly" | "previously" | "now" | "currently" | "’s" | "'s"
            )
    };
    // `the first president who tried` holds nothing new.
    let ranks = |token: usize| matches!(text.tags[token].xpos, Xpos::Jjs) || text.word(token) == "only";
    end.saturating_sub(start) <= GAP && (start..end).all(|token| describes(token) && !ranks(token))
}

/// The place of a second office that the first shares: `president and chief executive of` **Northwind**.
fn second_place(text: &Annotations, start: usize, ceiling: usize) -> Option<OfficePlace> {
    if text.word(start) != "and" {
        return None;
    }
    let noun = (start + 1..ceiling.min(start + 5)).find(|token| rank(text, *token).is_some())?;
    place::behind(text, office_end(text, noun, ceiling), ceiling)
}

/// Where an office ends whose first noun is at `noun`: `chief` **financial officer**, `chief` **of staff**.
fn office_end(text: &Annotations, noun: usize, stop: usize) -> usize {
    if noun + 3 <= stop && before_duty(text, noun + 2) == Some(noun) {
        return noun + 3;
    }
    let mut last = noun;
    for token in noun + 1..stop {
        let word = text.word(token);
        // `chief global market strategist`
        let describes =
            token <= last + 3 && matches!(text.tags[token].upos, Upos::Adj | Upos::Noun | Upos::Propn);
        if rank(text, token).is_some() {
            last = token;
        } else if (!offices::is_qualifier(word) || word.eq_ignore_ascii_case("of")) && !describes {
            break;
        }
    }
    if text.word(last + 1) == "-" && matches!(text.word(last + 2), "elect" | "designate") && last + 3 <= stop
    {
        return last + 3;
    }
    last + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::given;
    use crate::article::Article;

    /// The offices of a text: holder, words, place, and whether they are past.
    fn offices(body: &str) -> Vec<String> {
        let article = Article { body: body.to_owned(), ..Article::default() };
        let text = given::annotations(&article);
        let describe = |(name, office): (usize, &Office)| {
            let place = office.place.as_ref().map_or("-", |place| text.words(place.tokens(&text)));
            let ended = match office.time {
                Time::Now => "",
                Time::Past => " ended",
                Time::Coming => " to come",
            };
            format!("{}: {} @ {place}{ended}", text.words(text.names[name].tokens), text.words(office.words))
        };
        beside_names(&text).iter().map(describe).collect()
    }

    #[test]
    fn offices_before_and_behind_names() {
        for (body, office) in [
            ("Mayor Maria Sand left early.", "Maria Sand: Mayor @ -"),
            ("Maria Sand, the mayor of London, left early.", "Maria Sand: mayor @ London"),
            ("Former President Karl Voss left early.", "Karl Voss: Former President @ - ended"),
            (
                "Maria Sand, the chief financial officer of Northwind Corp., left early.",
                "Maria Sand: chief financial officer @ Northwind Corp.",
            ),
            (
                "Karl Voss, chief of staff to Maria Sand, left early.",
                "Karl Voss: chief of staff @ Maria Sand",
            ),
            ("The onetime senator Karl Voss left early.", "Karl Voss: onetime senator @ - ended"),
            ("French President Karl Voss left early.", "Karl Voss: President @ French"),
            ("Former Ohio Gov. Karl Voss left early.", "Karl Voss: Gov. @ Ohio ended"),
            ("They saw ex-President Karl Voss.", "Karl Voss: ex-President @ - ended"),
            ("President-elect Maria Sand left early.", "Maria Sand: President-elect @ - to come"),
            ("Sen. Maria Sand (R-Ohio) left early.", "Maria Sand: Sen. @ Ohio"),
            ("Senator Karl Voss of Texas left early.", "Karl Voss: Senator @ Texas"),
            ("Late Tuesday, President Karl Voss left.", "Karl Voss: President @ -"),
        ] {
            assert!(offices(body).contains(&office.to_owned()), "{body}: {:?}", offices(body));
        }
    }

    #[test]
    fn what_is_no_office_gives_none() {
        assert!(offices("Maria Sand, who met the mayor, left early.").is_empty());
        assert!(offices("Maria Sand and Karl Voss left early.").is_empty());
    }
}
