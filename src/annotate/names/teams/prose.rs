//! What the words beside a name tell of whether it is a side's.

use std::collections::HashSet;

use crate::annotate::features::{Case, hash, lists};
use crate::annotate::labels::Upos;
use crate::annotate::lexicon;
use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::page::Page;
use crate::annotate::names::teams::words;
use crate::name_key::name_key;
use crate::span::{Span, Tokens};

/// What is read of one mention of a name.
pub(crate) struct SideReading {
    /// The name, folded.
    pub(crate) key: String,
    /// For a side, if positive; for a place, if negative.
    clue: i32,
    /// Whether the words around it show a place whatever the rest of the article says.
    is_place: bool,
}

impl SideReading {
    /// What it tells about the other mentions of its name.
    pub(super) fn vote(&self) -> i32 {
        if self.is_place { -1 } else { self.clue }
    }

    /// What the name is, read as `kind` so far, where `elsewhere` sums up its other mentions.
    pub(crate) fn kind(&self, kind: NameKind, elsewhere: i32) -> NameKind {
        let is_side = self.clue > 0 || (self.clue == 0 && elsewhere > 0);
        match kind {
            NameKind::Person if self.clue > 0 && elsewhere > 1 => NameKind::Organization,
            NameKind::Other if self.clue > 1 || (self.clue > 0 && elsewhere > 1) => NameKind::Organization,
            NameKind::Person | NameKind::Other => kind,
            _ if self.is_place => NameKind::Place,
            _ if is_side => NameKind::Organization,
            _ if self.clue < 0 => NameKind::Place,
            _ => kind,
        }
    }
}

/// The readings of names that may be a side's, by their index; `None` for the others.
pub(crate) fn read(page: Page<'_>, names: &[Name]) -> Vec<Option<SideReading>> {
    let full = names.iter().filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1);
    let surnames: HashSet<u32> = full.map(|name| page.lower(name.tokens.end() - 1)).collect();
    let read = |index: usize| {
        let name = names[index];
        let is_one = name.tokens.len() == 1;
        if is_one && surnames.contains(&page.lower(name.tokens.start())) {
            return None;
        }
        let key = name_key(page.words(name.tokens));
        let is_known = lexicon::place(&key).is_some();
        let last = &page.lexemes[name.tokens.end() - 1];
        let may_be = match name.kind {
            NameKind::Place => is_known || may_be_unknown(page, name),
            NameKind::Organization => is_known,
            NameKind::Person => is_one && is_known,
            // A nickname in the plural: the Herons.
            NameKind::Other => is_one && last.suffixes[0] == hash("s") && last.lists & lists::DEMONYM == 0,
        };
        may_be.then(|| {
            let around = Around { page, tokens: name.tokens, names, index };
            let is_place = around.is_place(&key);
            let clue = if is_place { 0 } else { around.clue() };
            SideReading { clue, is_place, key }
        })
    };
    let mut readings: Vec<Option<SideReading>> = (0..names.len()).map(read).collect();
    share(page, names, &mut readings);
    readings
}

/// Whether what is read as a place and is in no list can be a side's: not the Sultanate, nor a stadium.
fn may_be_unknown(page: Page<'_>, name: Name) -> bool {
    let last = &page.lexemes[name.tokens.end() - 1];
    let definite = name.tokens.start().checked_sub(1).is_some_and(|before| page.lower(before) == hash("the"));
    !words::sets().places.contains(&last.lower) && (!definite || last.suffixes[0] == hash("s"))
}

/// What stands in a row is of one kind: `Ardle, Porto City and Estmark all won`.
fn share(page: Page<'_>, names: &[Name], readings: &mut [Option<SideReading>]) {
    let joined = |before: usize| {
        let between = names[before].tokens.end()..names[before + 1].tokens.start();
        (1..3).contains(&between.len())
            && between.into_iter().all(|token| matches!(page.word(token), "," | "and" | "AND" | "or" | "&"))
    };
    let mut pass = |from: usize, to: usize| {
        let clue = match (&readings[from], &readings[to]) {
            (Some(from), Some(to)) if to.clue == 0 && !to.is_place && from.clue > 0 => from.clue,
            _ => return,
        };
        if let (true, Some(reading)) = (joined(from.min(to)), &mut readings[to]) {
            reading.clue = clue;
        }
    };
    (1..names.len()).for_each(|index| pass(index - 1, index));
    (1..names.len()).rev().for_each(|index| pass(index, index - 1));
}

/// A mention and what stands around it.
struct Around<'a> {
    page: Page<'a>,
    tokens: Span<Tokens>,
    names: &'a [Name],
    index: usize,
}

impl Around<'_> {
    /// The token so many places before the name.
    fn before(&self, offset: usize) -> Option<usize> {
        self.tokens.start().checked_sub(offset)
    }

    fn word_before(&self, offset: usize) -> &str {
        self.before(offset).map_or("", |token| self.page.word(token))
    }

    fn word_behind(&self, offset: usize) -> &str {
        self.page.word(self.tokens.end() + offset)
    }

    fn begins_line(&self) -> bool {
        self.page.begins_line(self.tokens.start())
    }

    /// Where the words behind the name begin that say what of it is meant: behind a possessive mark, if it has one.
    fn noun(&self) -> usize {
        let end = self.tokens.end();
        end + usize::from(matches!(self.page.word(end), "'s" | "’s" | "'" | "’"))
    }

    fn has_role(&self) -> bool {
        words::sets().roles.contains(&self.page.lower(self.noun()))
    }

    /// Whether the name stands where only a place can: behind `in`, in brackets, in a dateline, before its country.
    fn is_place(&self, key: &str) -> bool {
        let sets = words::sets();
        let in_it = self.before(1).is_some_and(|token| sets.whereabouts.contains(&self.page.lower(token)));
        let in_brackets = self.word_before(1) == "(" && self.word_behind(0) == ")";
        let is_venue = self.word_behind(0) == ":" && self.is_venue();
        let says_so = sets.places.contains(&self.page.lower(self.noun()))
            || (self.word_behind(0) == "-" && self.word_behind(1) == "based");
        (in_it && !self.has_role())
            || in_brackets
            || is_venue
            || says_so
            || self.is_in_dateline()
            || self.is_before_country(key)
            || self.is_country_of_side(key)
    }

    /// Whether games follow on the line behind a colon: `At Ardle: Valdora 200, Estmark 89-1.`
    fn is_venue(&self) -> bool {
        let line = (self.tokens.end() + 1..self.page.document.tokens.len())
            .take_while(|token| !self.page.begins_line(*token))
            .take(12);
        let starts = self.begins_line()
            || (self.word_before(1) == "At" && self.before(1).is_some_and(|at| self.page.begins_line(at)));
        starts
            && line.into_iter().any(|token| {
                words::sets().wins.contains(&self.page.lower(token))
                    || (self.page.lexemes[token].case == Case::Digits
                        && self.page.lexemes[token - 1].case.is_capital())
            })
    }

    /// Whether the name stands where an article says where and when it was written: `ARDLE, Valdora 1997-05-03`.
    fn is_in_dateline(&self) -> bool {
        const FULL_DATES: [&str; 2] = ["0000-00-00", "00/00/0000"];
        let is_date = |token: usize| FULL_DATES.map(hash).contains(&self.page.lower(token));
        let next = self
            .names
            .get(self.index + 1)
            .filter(|next| self.word_behind(0) == "," && next.tokens.start() == self.tokens.end() + 1);
        is_date(self.tokens.end()) || next.is_some_and(|next| is_date(next.tokens.end()))
    }

    /// Whether the country of the place follows behind a comma.
    fn is_before_country(&self, key: &str) -> bool {
        let behind = self.tokens.end() + 1;
        let country = self
            .names
            .get(self.index + 1)
            .filter(|next| self.word_behind(0) == "," && next.tokens.start() == behind)
            .and_then(|next| lexicon::country(self.page.words(next.tokens)));
        let (Some(country), Some(place)) = (country, lexicon::place(key)) else { return false };
        !place.is_country && place.country == Some(country.iso2)
    }

    /// Whether a side's country is named behind it: Ardle of **Valdora**.
    fn is_country_of_side(&self, key: &str) -> bool {
        let start = self.tokens.start();
        let before = self.index.checked_sub(1).and_then(|index| self.names.get(index));
        self.word_before(1) == "of"
            && before.is_some_and(|before| before.tokens.end() + 1 == start)
            && lexicon::country(key).is_some()
    }

    /// Whether the name is that of a side which visits or is visited: `ARDLE AT PORTO CITY`.
    fn is_at_side(&self) -> bool {
        let at = |token: usize| self.page.word(token) == "AT";
        let beside = |other: Option<&Name>, apart: &dyn Fn(&Name) -> bool| {
            other.is_some_and(|other| other.kind != NameKind::Person && apart(other))
        };
        let (start, end) = (self.tokens.start(), self.tokens.end());
        let before = self.index.checked_sub(1).and_then(|index| self.names.get(index));
        (self.before(1).is_some_and(at) && beside(before, &|before| before.tokens.end() + 1 == start))
            || (at(end) && beside(self.names.get(self.index + 1), &|next| next.tokens.start() == end + 1))
    }

    /// How much the words around the name are for a side.
    fn clue(&self) -> i32 {
        let sets = words::sets();
        let end = self.tokens.end();
        let lower_before = |offset: usize| self.before(offset).map_or(0, |token| self.page.lower(token));
        let is_score = self.page.lexemes.get(end).is_some_and(|lexeme| lexeme.case == Case::Digits)
            && !sets.units.contains(&self.page.lower(end + 1))
            && self.page.lower(end) != hash("0000-00-00")
            && !self.page.begins_line(end);
        if self.has_role()
            || sets.wins.contains(&self.page.lower(end))
            || sets.against.contains(&lower_before(1))
            || is_score
            || matches!(self.word_behind(0), "v" | "vs" | "V" | "v.")
            || self.heads_players()
            || self.is_at_side()
            || self.is_signed()
            || self.is_between()
        {
            return 2;
        }
        let is_verb = |token: usize| {
            self.page.tags.get(token).is_some_and(|tag| matches!(tag.upos, Upos::Verb | Upos::Aux))
                && self.page.lexemes[token].case == Case::Lower
        };
        let subject = is_verb(end) && !self.page.begins_line(end);
        let object =
            self.before(1).is_some_and(is_verb) || ["for", "with"].map(hash).contains(&lower_before(1));
        let of =
            lower_before(1) == hash("of") || lower_before(1) == hash("at") || lower_before(1) == hash("from");
        i32::from(subject || object) - i32::from(of && !sets.roles.contains(&lower_before(2)))
    }

    /// Whether the name is the first of two that meet: `a match between Ardle and Porto City`.
    fn is_between(&self) -> bool {
        let lower = |offset: usize| self.before(offset).map_or(0, |token| self.page.lower(token));
        lower(1) == hash("between") && words::sets().contests.contains(&lower(2))
    }

    /// Whether somebody changes sides: `joined Ardle from Porto City`.
    fn is_signed(&self) -> bool {
        const MOVES: [&str; 9] =
            ["joined", "joins", "join", "signed", "transferred", "moved", "moves", "switched", "loaned"];
        let start = self.tokens.start();
        let moves =
            (start.saturating_sub(4)..start).any(|token| MOVES.map(hash).contains(&self.page.lower(token)));
        moves && matches!(self.word_before(1), "to" | "from" | "joined" | "join" | "joins")
    }

    /// Whether the name begins a line of its players or scorers: `Valdora: Brandt, Moro, Sand, Costa`.
    fn heads_players(&self) -> bool {
        let starts = self.begins_line() || self.word_before(1) == ":";
        if !starts || !matches!(self.word_behind(0), ":" | "-") {
            return false;
        }
        let line = (self.tokens.end() + 1..self.page.document.tokens.len())
            .take_while(|token| !self.page.begins_line(*token))
            .take(24);
        let (mut commas, mut capitals, mut brackets) = (0, 0, 0);
        for token in line {
            match self.page.word(token) {
                "," | ";" => commas += 1,
                "(" => brackets += 1,
                _ if self.page.lexemes[token].case.is_capital() => capitals += 1,
                _ => {}
            }
        }
        (commas >= 3 && capitals >= 4) || (brackets >= 1 && capitals >= 1)
    }
}
