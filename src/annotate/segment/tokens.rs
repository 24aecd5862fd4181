//! Where tokens begin and end inside one paragraph.
//!
//! Knows the shapes of words, numbers, addresses and marks. Reads every byte a bounded number of
//! times: a decision looks at the characters around it, or scans a run that no later decision
//! scans again.

use crate::annotate::segment::abbreviations;
use crate::span::{Byte, Span};

/// Prefixes that stay with their word (`ex-wife`); every other hyphen is a token of its own.
const PREFIXES: &[&str] = &[
    "anti", "ante", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e", "ex", "extra", "infra",
    "inter", "intra", "macro", "mega", "micro", "mid", "mini", "multi", "neo", "non", "over", "para", "post",
    "pre", "pro", "pseudo", "quasi", "re", "semi", "sub", "super", "tele", "trans", "tri", "ultra", "un",
    "under",
];

/// Clitics that are tokens of their own behind an apostrophe.
const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// Words that are two tokens without any mark between them, with the length of the first.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
];

/// Units that are cut from the number before them.
const UNITS: &[&str] = &[
    "am", "pm", "mm", "cm", "km", "kg", "lb", "lbs", "mph", "kph", "mg", "ml", "bn", "tn", "ft", "hrs", "hr",
    "min", "mw", "gb", "mb", "tb", "kb", "ghz", "mhz", "kw", "kwh",
];

/// What an address may hold beside letters and digits.
const ADDRESS_MARKS: &str = "-._~:/?#@!$&*+;%=,";

/// The length of the longest address that is kept whole, in bytes.
const LONGEST_ADDRESS: usize = 500;

/// Faces made of marks, longest first.
const FACES: &[&str] =
    &[":-)", ":-(", ";-)", ":-D", ":-P", ":'(", ":)", ":(", ";)", ":D", ":P", ";(", "=)", "^_^"];

/// The tokens of one paragraph, in order, none empty, none with white space inside.
pub(crate) fn cut(text: &str, paragraph: Span<Byte>) -> Vec<Span<Byte>> {
    let mut scanner =
        Scanner { text, at: paragraph.start(), end: paragraph.end(), fresh: true, no_address: 0 };
    let mut tokens = Vec::with_capacity(paragraph.len() / 5 + 1);
    while let Some(token) = scanner.next_token() {
        tokens.push(token);
    }
    tokens
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Whether white space or an opening mark stands before `at`, so that an address may begin here.
    fresh: bool,
    /// Up to where the text was searched for an address in vain: it is not searched again.
    no_address: usize,
}

impl<'a> Scanner<'a> {
    fn next_token(&mut self) -> Option<Span<Byte>> {
        self.skip_space();
        let first = self.peek(0)?;
        let start = self.at;
        let rest = self.rest();
        let len = if self.fresh && first.is_ascii_alphanumeric() { self.address(rest) } else { 0 };
        let len = match len {
            0 if is_word(first) => self.word(rest, first),
            0 => mark(rest, first, self.fresh),
            len => len,
        };
        self.at = (start + len.max(first.len_utf8())).min(self.end);
        self.fresh = !is_word(first) && !matches!(first, '.' | '/' | '-' | '@');
        Some(Span::new(start, self.at))
    }

    /// The length of the address at the head of `rest`; 0 if there is none.
    fn address(&mut self, rest: &str) -> usize {
        if self.at < self.no_address && !has_prefix(rest, "http") {
            return 0;
        }
        let searched = &rest[..run(rest, |c| c.is_alphanumeric() || ADDRESS_MARKS.contains(c))];
        let len = if searched.len() <= LONGEST_ADDRESS { address(searched) } else { 0 };
        if len == 0 {
            self.no_address = self.at + searched.len();
        }
        len
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn peek(&self, skip: usize) -> Option<char> {
        self.rest().chars().nth(skip)
    }

    fn skip_space(&mut self) {
        while let Some(character) = self.peek(0).filter(|character| is_space(*character)) {
            self.at += character.len_utf8();
            self.fresh = true;
        }
    }

    /// The length of the token at the head of `rest`, which begins with a letter or digit.
    fn word(&self, rest: &str, first: char) -> usize {
        if first.is_ascii_digit() {
            let number = number(rest);
            let tail = &rest[number..];
            let letters = run(tail, is_word);
            if letters == 0 {
                return number;
            }
            if UNITS.iter().any(|unit| tail[..letters].eq_ignore_ascii_case(unit)) {
                return number;
            }
        }
        let plain = run(rest, is_word);
        if let Some((_, cut)) = FUSED.iter().find(|(word, _)| rest[..plain].eq_ignore_ascii_case(word)) {
            return *cut;
        }
        self.extend(rest, plain)
    }

    /// Lengthens a word of `len` bytes over the marks that belong inside it.
    fn extend(&self, rest: &str, mut len: usize) -> usize {
        // The start of the piece behind the last mark that was taken in.
        let mut piece = 0;
        loop {
            let tail = &rest[len..];
            let mut ahead = tail.chars();
            let (Some(mark), next) = (ahead.next(), ahead.next()) else {
                return len;
            };
            let letters = next.is_some_and(is_word);
            let taken = match mark {
                '.' => match self.full_stop(rest, piece, len) {
                    FullStop::Ends(end) => return end,
                    FullStop::Inside => true,
                },
                '\'' | '’' if letters => match clitic(rest, len) {
                    Clitic::None => true,
                    Clitic::Here => return len,
                    // An `n` that belongs to the clitic.
                    Clitic::WithN => return len - 1,
                },
                '&' => {
                    letters
                        && rest[..len].ends_with(char::is_uppercase)
                        && next.is_some_and(char::is_uppercase)
                }
                '_' => true,
                '-' | '\u{2010}' | '\u{2011}' => letters && piece == 0 && keeps_hyphen(rest, len),
                _ => false,
            };
            if !taken {
                return len;
            }
            len += mark.len_utf8();
            piece = len;
            len += run(&rest[len..], is_word);
        }
    }

    /// Decides over the full stop at `len` behind the piece of a word that began at `piece`.
    fn full_stop(&self, rest: &str, piece: usize, len: usize) -> FullStop {
        let behind = &rest[len + 1..];
        let next = behind.chars().next();
        let word = &rest[piece..len];
        if let Some(next) = next.filter(|next| is_word(*next)) {
            // `U.S.` and `p.m.` go on letter by letter; `report.doc` is a file; `end.Next` lacks a space.
            let more = len + 1 + run(behind, is_word);
            let single = word.chars().count() <= 2 && word.starts_with(char::is_alphabetic);
            let short = behind[..more - len - 1].chars().count() <= 2;
            if single && short {
                return FullStop::Ends(dotted(rest, len));
            }
            let file = next.is_lowercase() && !word.ends_with(char::is_numeric) && more - len <= 5;
            return if file { FullStop::Inside } else { FullStop::Ends(len) };
        }
        let number_next =
            behind.trim_start_matches([' ', '\u{a0}']).starts_with(|c: char| c.is_ascii_digit());
        if abbreviations::lookup(word, number_next).is_some() {
            return FullStop::Ends(len + 1);
        }
        let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase) && word != "I";
        let name_next = behind.starts_with([' ', '\u{a0}'])
            && behind.trim_start_matches([' ', '\u{a0}']).starts_with(char::is_uppercase);
        FullStop::Ends(if initial && name_next { len + 1 } else { len })
    }
}

/// What a full stop does to the word before it.
enum FullStop {
    /// The word ends at this length, with or without the full stop.
    Ends(usize),
    /// The word goes on behind it.
    Inside,
}

/// The length of a word of letters with full stops between and behind them; `len` is at the first full stop.
fn dotted(rest: &str, len: usize) -> usize {
    let mut end = len;
    loop {
        let behind = &rest[end + 1..];
        let letters = run(behind, is_word);
        if letters == 0 || behind[..letters].chars().count() > 2 {
            return if letters == 0 { end + 1 } else { end };
        }
        end += 1 + letters;
        if !rest[end..].starts_with('.') {
            return end;
        }
    }
}

enum Clitic {
    None,
    Here,
    WithN,
}

/// Whether a clitic begins at the apostrophe at `len`, or at the `n` before it.
fn clitic(rest: &str, len: usize) -> Clitic {
    let apostrophe = rest[len..].chars().next().map_or(1, char::len_utf8);
    let tail = &rest[len + apostrophe..];
    let letters = &tail[..run(tail, is_word)];
    if letters.eq_ignore_ascii_case("t") && len > 1 && rest[..len].ends_with(['n', 'N']) {
        return Clitic::WithN;
    }
    if CLITICS.iter().any(|clitic| letters.eq_ignore_ascii_case(clitic)) {
        return Clitic::Here;
    }
    Clitic::None
}

/// Whether the hyphen at `len` stays inside its word: behind a prefix, not behind a whole word.
fn keeps_hyphen(rest: &str, len: usize) -> bool {
    let tail = &rest[len..];
    let behind = tail.chars().nth(1);
    behind.is_some_and(char::is_alphabetic)
        && PREFIXES.iter().any(|prefix| rest[..len].eq_ignore_ascii_case(prefix))
}

/// The length of a number: digits, with marks where a digit stands on both sides.
fn number(rest: &str) -> usize {
    let mut len = run(rest, |c| c.is_ascii_digit());
    let mut hyphens = 0;
    let mut hyphened = len;
    loop {
        let mut ahead = rest[len..].chars();
        let (Some(mark), Some(next)) = (ahead.next(), ahead.next()) else {
            break;
        };
        if !next.is_ascii_digit() || !matches!(mark, '.' | ',' | ':' | '/' | '-') {
            break;
        }
        if mark == '-' {
            hyphens += 1;
            if hyphens == 1 {
                hyphened = len;
            }
        }
        len += 1 + run(&rest[len + 1..], |c| c.is_ascii_digit());
    }
    // `555-010-9988` and `2016-09-20` are one, `5-10` and `2015-2016` are three.
    let telephone = hyphens == 1 && hyphened == 3 && len == 8;
    if hyphens == 1 && !telephone { hyphened } else { len }
}

/// The length of the address (web or mail) that `searched` is but for marks behind it; 0 if it is none.
fn address(searched: &str) -> usize {
    let run = searched.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '-']);
    if ["http://", "https://", "ftp://", "www."]
        .iter()
        .any(|head| has_prefix(run, head) && run.len() > head.len())
    {
        return run.len();
    }
    let host_end = run.find(['/', '?', '#', ':']).unwrap_or(run.len());
    let host = &run[..host_end];
    if let Some((user, domain)) = host.split_once('@') {
        let whole =
            !user.is_empty() && domain.contains('.') && !domain.contains('@') && host_end == run.len();
        return if whole { run.len() } else { 0 };
    }
    // `example.org/news`: only endings that are no words, so that a lost space is no address.
    let ending = host.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = ["com", "org", "net", "gov", "edu", "co.uk", "uk", "info", "tv", "io"].contains(&ending);
    let name =
        host.split('.').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'));
    if known && name { run.len() } else { 0 }
}

fn has_prefix(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// The length of the mark at the head of `rest`, which is no letter or digit.
fn mark(rest: &str, first: char, fresh: bool) -> usize {
    let next = rest[first.len_utf8()..].chars().next();
    match first {
        '^' if rest.starts_with("^_^") => 3,
        '=' if rest.starts_with("=)") => 2,
        '.' | '*' | '=' | '_' | '~' => run(rest, |c| c == first),
        '-' => run(rest, |c| c == '-'),
        '!' | '?' => run(rest, |c| matches!(c, '!' | '?')),
        '\'' if next == Some('\'') => 2,
        '`' if next == Some('`') => 2,
        '<' | '>' if next == Some(first) => 2,
        '\'' | '’' => apostrophe(rest, first, fresh),
        '@' | '#' if fresh && next.is_some_and(char::is_alphabetic) => {
            1 + run(&rest[1..], |c| is_word(c) || c == '_')
        }
        ':' | ';' => FACES.iter().find(|face| rest.starts_with(**face)).map_or(1, |face| {
            let ends = !rest[face.len()..].starts_with(is_word);
            if ends { face.len() } else { 1 }
        }),
        _ => first.len_utf8() + run(&rest[first.len_utf8()..], is_joiner),
    }
}

/// The length of the token that an apostrophe or single quotation mark begins.
fn apostrophe(rest: &str, first: char, fresh: bool) -> usize {
    let tail = &rest[first.len_utf8()..];
    let letters = &tail[..run(tail, is_word)];
    let is = |words: &[&str]| words.iter().any(|word| letters.eq_ignore_ascii_case(word));
    let year = letters.len() >= 2 && letters.starts_with(|c: char| c.is_ascii_digit()) && letters.len() <= 3;
    let clitic = !fresh && is(CLITICS);
    let cut_word = fresh && is(&["em", "til", "cause", "bout", "tis", "twas", "n"]);
    if clitic || year || cut_word { first.len_utf8() + letters.len() } else { first.len_utf8() }
}

/// How many bytes at the head of `text` are characters that `inside` accepts.
fn run(text: &str, inside: impl Fn(char) -> bool) -> usize {
    text.find(|character| !inside(character)).unwrap_or(text.len())
}

/// White space, and characters that are not seen and join nothing.
fn is_space(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{ad}')
}

/// Letters, digits, and what is set on them.
fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}')
}

/// Marks that change the character before them: variation selectors, skin tones, joiners.
fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{1f3fb}'..='\u{1f3ff}')
}
