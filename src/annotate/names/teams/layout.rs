//! Sides in the lines of a page: results, tables and fixtures.
//!
//! Knows how such a line is laid out. A line of another form is prose. Counts of votes and numbered headings are laid
//! out so too: of the sides of adjacent results, and of those of a table, one at least must be known as a name.

use crate::annotate::features::Case;
use crate::annotate::lexicon;
use crate::annotate::names::name::{Name, NameKind, next_name};
use crate::annotate::names::nonlocal::bits;
use crate::annotate::names::page::Page;
use crate::annotate::names::teams::words;
use crate::span::{Span, Tokens};

/// How many rows, one below the other, make a table.
const ROWS: usize = 3;
/// How many figures make a row.
const FIGURES: usize = 3;
/// The most tokens that the name of a side has.
const LONGEST: usize = 6;

/// The sides that lines of results, tables and fixtures name.
pub(super) fn sides(page: Page<'_>, lines: &[Span<Tokens>], names: &[Name]) -> Vec<Span<Tokens>> {
    let (mut pairs, mut rows) = (Vec::new(), Vec::new());
    for line in lines.iter().copied() {
        let pair = result(page, line).or_else(|| fixture(page, line));
        rows.push(if pair.is_none() { row(page, line).map(|side| [side]) } else { None });
        pairs.push(pair);
    }
    let any_known = |sides: &Vec<Span<Tokens>>| sides.iter().any(|side| is_known(page, *side, names));
    let results = runs(&pairs, 1).filter(any_known).flatten().collect();
    let tables = runs(&rows, ROWS).filter(any_known).flatten().collect();
    [results, tables].into_iter().filter(|sides: &Vec<_>| !are_people(sides, names)).flatten().collect()
}

/// The sides of each run of adjacent lines of one layout that is at least so long.
fn runs<const N: usize>(
    lines: &[Option<[Span<Tokens>; N]>],
    least: usize,
) -> impl Iterator<Item = Vec<Span<Tokens>>> {
    let runs = lines.chunk_by(|one, next| one.is_some() == next.is_some());
    runs.filter(move |run| run.len() >= least).map(|run| run.iter().flatten().flatten().copied().collect())
}

/// Whether a side is read as the name of an organization or a place, or is a place of the word lists.
fn is_known(page: Page<'_>, side: Span<Tokens>, names: &[Name]) -> bool {
    let is_named = names.get(next_name(names, side.start())).is_some_and(|name| {
        matches!(name.kind, NameKind::Organization | NameKind::Place) && name.tokens.overlaps(side)
    });
    is_named || lexicon::place(page.words(side)).is_some()
}

/// The lines of the page, as tokens; a hard-wrapped paragraph is several.
pub(crate) fn lines(page: Page<'_>) -> Vec<Span<Tokens>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for token in 1..=page.document.tokens.len() {
        if page.begins_line(token) {
            lines.push(Span::new(start, token));
            start = token;
        }
    }
    lines
}

/// Whether most of what stands in the place of sides is read as full names of people: a table of players.
fn are_people(sides: &[Span<Tokens>], names: &[Name]) -> bool {
    let is_person = |side: &&Span<Tokens>| {
        names.get(next_name(names, side.start())).is_some_and(|name| {
            name.kind == NameKind::Person && name.tokens.len() > 1 && name.tokens.overlaps(**side)
        })
    };
    sides.iter().filter(is_person).count() * 2 > sides.len()
}

/// `Ardle 3 Porto City 1`, with anything in brackets behind it.
fn result(page: Page<'_>, line: Span<Tokens>) -> Option<[Span<Tokens>; 2]> {
    let (home, at) = side(page, line.start(), line.end())?;
    let behind = at + 1 + usize::from(page.word(at + 1) == ",");
    let (guests, end) = side(page, behind, line.end())?;
    (is_number(page, at) && is_number(page, end) && ends(page, end + 1, line)).then_some([home, guests])
}

/// `Ardle v Porto City`, `ARDLE AT PORTO CITY`.
fn fixture(page: Page<'_>, line: Span<Tokens>) -> Option<[Span<Tokens>; 2]> {
    let (home, at) = side(page, line.start(), line.end())?;
    let meet = matches!(page.word(at), "v" | "v." | "vs" | "vs." | "V" | "VS" | "at" | "AT");
    let (guests, at) = side(page, at + 1, line.end()).filter(|_| meet)?;
    ends(page, at, line).then_some([home, guests])
}

/// `3. Porto City 15 3 2 .526`: a side, then figures to the end of the line.
fn row(page: Page<'_>, line: Span<Tokens>) -> Option<Span<Tokens>> {
    let mut start = line.start();
    if is_number(page, start) {
        start += 1 + usize::from(page.word(start + 1) == ".");
    }
    let (side, at) = side(page, start, line.end())?;
    let mut figures = 0;
    for token in at..line.end() {
        match page.lexemes[token].case {
            Case::Digits => figures += 1,
            Case::None => {}
            _ => return None,
        }
    }
    (figures >= FIGURES).then_some(side)
}

/// The side that begins at a token, and where it ends with what is in brackets behind it: `Ardle (Valdora)`. One word
/// that the article has in small letters too is no name: `Total`.
fn side(page: Page<'_>, start: usize, end: usize) -> Option<(Span<Tokens>, usize)> {
    let is_capital = |token: usize| {
        token < end
            && page.lexemes[token].case.is_capital()
            && !words::sets().separators.contains(&page.lower(token))
    };
    if !is_capital(start) {
        return None;
    }
    let mut at = start + 1;
    while at < end {
        let joins = page.is_tight(at) && page.is_tight(at + 1)
            || matches!(page.word(at), "'s" | "’s" | "of" | "and" | "&");
        at += match () {
            () if is_capital(at) => 1,
            () if joins && is_capital(at + 1) => 2,
            () => break,
        };
    }
    let side = Span::new(start, at);
    if page.word(at) == "(" {
        at = (at + 1..end.min(at + LONGEST)).find(|token| page.word(*token) == ")")? + 1;
    }
    let is_common = side.len() == 1 && page.evidence.get(start).is_some_and(|bits| bits & bits::LOWER != 0);
    (side.len() <= LONGEST && !is_common).then_some((side, at))
}

/// Whether a token is a number that a side can reach in a game.
fn is_number(page: Page<'_>, token: usize) -> bool {
    let word = page.word(token);
    (1..4).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line ends at a token, or goes on in brackets or with a mark.
fn ends(page: Page<'_>, token: usize, line: Span<Tokens>) -> bool {
    token >= line.end() || matches!(page.word(token), "(" | "," | "." | ";" | "-")
}
