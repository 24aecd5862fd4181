//! Finds the offices that stand beside people's names.
//!
//! Knows names, tags and the words for offices; never who a name refers to. `relations` makes relationships of what is
//! found here, and `reference` finds the people that are called by their office. Start reading at [`beside_names`]; `field`
//! compares two offices.

pub(crate) mod field;

use crate::annotate::labels::Upos;
use crate::annotate::offices::Rank;
use crate::annotate::{Annotations, NameKind, lexicon, offices};
use crate::facts::grammar::phrase;
use crate::span::{Span, Tokens};

/// How far an office may stand from its holder, in tokens.
const REACH: usize = 14;

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

    /// All of them, each with the index of the name, in text order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &Office)> {
        self.0.iter().map(|(name, office)| (*name, office))
    }
}

/// An office beside a person's name.
pub(crate) struct Office {
    /// The words of the office, as tokens: `former prime minister`.
    pub(crate) words: Span<Tokens>,
    pub(crate) rank: Rank,
    pub(crate) ended: bool,
    /// Where the office is.
    pub(crate) place: Option<OfficePlace>,
    /// Office, holder and place together.
    pub(crate) extent: Span<Tokens>,
}

/// Where an office is, as the text says it.
pub(crate) enum OfficePlace {
    /// A name, by its index.
    Named(usize),
    /// The adjective of a country, at a token.
    Adjective(usize),
}

/// The words of an office that end right before `end`, with its rank: `deputy prime minister`.
fn office_ending(text: &Annotations, floor: usize, end: usize) -> Option<(Span<Tokens>, Rank, bool)> {
    let last = end.checked_sub(1).filter(|last| *last >= floor)?;
    // `Sen.` and `Gov.` are one token or two, by the segmenter's choice.
    let last = if text.word(last) == "." { last.checked_sub(1).filter(|last| *last >= floor)? } else { last };
    let noun = before_duty(text, last).filter(|noun| *noun >= floor).unwrap_or(last);
    let rank = offices::rank(text.word(noun).trim_end_matches('.'))?;
    let mut start = noun;
    while start > floor && is_part_of_office(text, start - 1) && text.name_at(start - 1).is_none() {
        start -= 1;
    }
    let words: Vec<String> = (start..=last).map(|token| text.word(token).to_lowercase()).collect();
    let ended = words.iter().any(|word| offices::is_past(word));
    let rank = if offices::is_first_minister(&words) { Rank::Head } else { rank };
    let lower = rank == Rank::Head && words.iter().any(|word| offices::is_lower(word));
    let rank = if lower { Rank::Office } else { rank };
    Some((Span::new(start, last + 1), rank, ended))
}

/// The noun before `of` and a duty, if that is what ends at `last`: **chief** `of staff`.
fn before_duty(text: &Annotations, last: usize) -> Option<usize> {
    let noun = last.checked_sub(2)?;
    (offices::is_duty(text.word(last)) && text.word(noun + 1).eq_ignore_ascii_case("of")).then_some(noun)
}

/// Whether a token can belong to the name of an office that goes on behind it.
fn is_part_of_office(text: &Annotations, token: usize) -> bool {
    let word = text.word(token);
    let links = word.eq_ignore_ascii_case("of"); // joins an office to its place, which is none of its words
    !links
        && (phrase::is_hyphen(text, token) || offices::is_qualifier(word) && lexicon::demonym(word).is_none())
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
    let (words, rank, ended) = office_ending(text, floor, end)?;
    let place = place_before(text, floor, words.start());
    let start = place.as_ref().map_or(words.start(), |place| place_start(text, place));
    Some(Office { words, rank, ended, place, extent: Span::new(start, name.end()) })
}

/// `a spokesman for Northwind,` **Leo Brandt**: an office with its place before a comma and the name.
fn office_of_before(text: &Annotations, index: usize, floor: usize, end: usize) -> Option<Office> {
    let place = text.name_ending_at(end)?;
    let place_start = text.names[place].tokens.start();
    let link = place_start
        .checked_sub(1)
        .filter(|link| *link > floor && matches!(text.word(*link), "of" | "for" | "at"))?;
    let (words, rank, ended) = office_ending(text, floor, link)?;
    let extent = Span::new(words.start(), text.names[index].tokens.end());
    Some(Office { words, rank, ended, place: Some(OfficePlace::Named(place)), extent })
}

/// `Estmark’s prime minister,` **Karla Voss**: an office with its place ahead, before a comma and the name.
fn office_apposed(text: &Annotations, index: usize, floor: usize, end: usize) -> Option<Office> {
    let (words, rank, ended) = office_ending(text, floor, end)?;
    let place = place_before(text, floor, words.start())?;
    let extent = Span::new(place_start(text, &place), text.names[index].tokens.end());
    Some(Office { words, rank, ended, place: Some(place), extent })
}

/// Where an office is whose words begin at `start`: a name, a possessive or the adjective of a country before it.
fn place_before(text: &Annotations, floor: usize, start: usize) -> Option<OfficePlace> {
    let mut last = start.checked_sub(1).filter(|last| *last >= floor)?;
    if phrase::is_possessive_mark(text.word(last)) {
        last = last.checked_sub(1).filter(|last| *last >= floor)?;
    }
    if let Some(name) = text.name_ending_at(last + 1) {
        let is_adjective = lexicon::demonym(text.words(text.names[name].tokens)).is_some();
        return Some(if is_adjective { OfficePlace::Adjective(last) } else { OfficePlace::Named(name) });
    }
    lexicon::demonym(text.word(last)).is_some().then_some(OfficePlace::Adjective(last))
}

/// The first token of what says where an office is.
fn place_start(text: &Annotations, place: &OfficePlace) -> usize {
    match place {
        OfficePlace::Named(index) => text.names[*index].tokens.start(),
        OfficePlace::Adjective(token) => *token,
    }
}

/// The office behind a name: **Ana Ruiz**`, the mayor of Porto,` and **Ana Ruiz**` is Porto’s mayor`.
fn office_behind(text: &Annotations, index: usize) -> Option<Office> {
    let name = text.names[index].tokens;
    let sentence = sentence_of(text, name.start());
    let ceiling = sentence.end().min(name.end() + REACH);
    let link = name.end();
    if link + 1 >= ceiling {
        return None;
    }
    let copula = matches!(text.word(link), "is" | "was" | "remains" | "became");
    if text.word(link) != "," && !copula {
        return None;
    }
    let closes = |token: &usize| {
        matches!(
            text.word(*token),
            "," | ";" | ":" | "—" | "–" | "who" | "which" | "that" | "and" | "said" | "”" | "\""
        )
    };
    let stop = (link + 1..ceiling).find(closes).unwrap_or(ceiling);
    let noun = (link + 1..stop).find(|token| offices::rank(text.word(*token)).is_some())?;
    let (words, rank, ended) = office_ending(text, link + 1, office_end(text, noun, stop))?;
    let behind = place_behind(text, words.end(), stop);
    let place = behind.or_else(|| place_before(text, link + 1, words.start()));
    let between = place.as_ref().map_or(words.start(), |place| place_start(text, place).min(words.start()));
    // Nothing but an article may stand between the comma and the office: other words say something else.
    let gap = link + 1..between;
    if !gap
        .clone()
        .all(|token| matches!(text.tags[token].upos, Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn))
        || gap.len() > 3
    {
        return None;
    }
    let end = match place {
        Some(OfficePlace::Named(index)) => text.names[index].tokens.end().max(words.end()),
        _ => words.end(),
    };
    let ended = ended || text.word(link) == "was";
    Some(Office { words, rank, ended, place, extent: Span::new(name.start(), end) })
}

/// Where an office ends whose first noun is at `noun`: `chief` **financial officer**, `chief` **of staff**.
fn office_end(text: &Annotations, noun: usize, stop: usize) -> usize {
    if noun + 3 <= stop && before_duty(text, noun + 2) == Some(noun) {
        return noun + 3;
    }
    let mut last = noun;
    for token in noun + 1..stop {
        let word = text.word(token);
        if offices::rank(word).is_some() {
            last = token;
        } else if !offices::is_qualifier(word) || word.eq_ignore_ascii_case("of") {
            break;
        }
    }
    last + 1
}

/// The name behind an office: `of Porto`, `for Northwind`, `at the Harbor Bank`.
fn place_behind(text: &Annotations, start: usize, stop: usize) -> Option<OfficePlace> {
    if start >= stop || !matches!(text.word(start), "of" | "for" | "at" | "with" | "in" | "to") {
        return None;
    }
    // `for Finance Minister` **Ilya Moro**: his own office stands before the name.
    let is_office = |word: &str| {
        word.starts_with(char::is_uppercase) && (offices::is_qualifier(word) || offices::rank(word).is_some())
    };
    let first = (start + 1..stop).find(|token| {
        text.tags[*token].upos != Upos::Det
            && (text.name_at(*token).is_some() || !is_office(text.word(*token)))
    })?;
    text.name_at(first).map(OfficePlace::Named)
}

/// The sentence of a token.
pub(super) fn sentence_of(text: &Annotations, token: usize) -> Span<Tokens> {
    text.document.sentences[text.document.tokens[token].sentence as usize]
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
            let place = match office.place {
                Some(OfficePlace::Named(index)) => text.words(text.names[index].tokens),
                Some(OfficePlace::Adjective(token)) => text.word(token),
                None => "-",
            };
            let ended = if office.ended { " ended" } else { "" };
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
