//! Pairs single marks: ‘…’, `'…'`, ‚…‘, ‹…›.
//!
//! The closing mark is the apostrophe too, so that every place where one may close is weighed: it closes for sure
//! (behind a comma or a whole word), or it may as well belong to the word before it.

use crate::facts::attribution::marks::quotation::{Quotation, after_closer, before_opener};
use crate::span::{Byte, Span};

/// The longest quotation in single marks, in bytes; longer ones are apostrophes that found each other.
const LONGEST: usize = 2000;

/// Words that begin with an apostrophe.
const ELIDED: &[&str] = &["em", "til", "tis", "twas", "cause", "bout", "n", "round", "s", "t"];

/// Words that end with an apostrophe, besides plural possessives and verbs in `-in’`.
const CLIPPED: &[&str] = &["an", "d", "fo", "jus", "lil", "mo", "n", "o", "ol", "po", "th", "wi", "yo"];

/// Where a quotation in single marks may end.
#[derive(Clone, Copy)]
enum Closer {
    /// Behind a comma, a full stop or the like.
    Punctuated(usize),
    /// Behind a whole word.
    Bare(usize),
    /// Behind a word that may end with an apostrophe: `the workers’ rights`, `an’`.
    Doubtful(usize),
    None,
}

/// An opening mark, by its place in bytes.
#[derive(Clone, Copy)]
struct Opener {
    start: usize,
    inside: usize,
    glyph: char,
    /// Whether the word behind it may begin with an apostrophe: `’twas`.
    elided: bool,
    /// Whether it begins the paragraph or stands behind a comma, a colon or the end of a sentence.
    introduced: bool,
}

/// For each paragraph, whether it opens with speech in single marks, be it closed in this paragraph or a later one.
pub(super) fn opening_speech(body: &str, paragraphs: &[Span<Byte>]) -> Vec<bool> {
    let mut opens = vec![false; paragraphs.len() + 1];
    for (index, paragraph) in paragraphs.iter().enumerate().rev() {
        let text = paragraph.slice(body);
        let first = next_opener(text, 0).filter(|opener| opener.start == 0 && !opener.elided);
        opens[index] = first.is_some_and(|opener| match closer(text, opener) {
            Closer::Punctuated(_) | Closer::None => true,
            Closer::Bare(_) => false,
            Closer::Doubtful(_) => opens[index + 1],
        });
    }
    opens
}

/// Finds quotations in single marks within one paragraph; `goes_on` if the next opens with speech in single marks.
pub(crate) fn quotations(body: &str, paragraph: Span<Byte>, index: usize, goes_on: bool) -> Vec<Quotation> {
    let text = paragraph.slice(body);
    let base = paragraph.start();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(opener) = next_opener(text, from) {
        let closer = closer(text, opener);
        let end = match closer {
            Closer::Punctuated(end) => Some(end),
            Closer::Bare(end) | Closer::Doubtful(end) if !opener.elided => Some(end),
            _ => None,
        };
        let doubtful = matches!(closer, Closer::Doubtful(_) | Closer::None);
        let quotation = |end: usize, behind: usize| Quotation {
            span: Span::new(base + opener.start, base + behind),
            inside: Span::new(base + opener.inside, base + end),
            paragraph: index,
            closed: behind > end,
            single: true,
        };
        if doubtful && goes_on && opener.introduced {
            found.push(quotation(text.len(), text.len()));
            break;
        }
        from = opener.inside;
        if let Some(end) = end {
            let mark = text[end..].chars().next().map_or(1, char::len_utf8);
            found.push(quotation(end, end + mark));
            from = end + mark;
        }
    }
    found
}

/// The next mark from `from` on that can open a quotation.
fn next_opener(text: &str, from: usize) -> Option<Opener> {
    let mut before = text[..from].chars().next_back();
    for (offset, glyph) in text[from..].char_indices() {
        if matches!(glyph, '‘' | '\'' | '‚' | '‹') && before_opener(before) {
            let start = from + offset;
            let inside = start + glyph.len_utf8();
            let rest = &text[inside..];
            // `‘’Twas`: a mark, and the apostrophe of the word behind it.
            let own = rest.strip_prefix(['’', '\'']);
            if own.is_some_and(is_elided) || rest.starts_with(begins_speech) {
                let lead = text[..start].trim_end();
                let introduced = lead.is_empty() || lead.ends_with([',', ':', '.', '?', '!']);
                return Some(Opener { start, inside, glyph, elided: is_elided(rest), introduced });
            }
        }
        before = Some(glyph);
    }
    None
}

/// Whether a quotation can begin with a character.
fn begins_speech(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '“' | '…')
}

/// Whether what follows an apostrophe is a word or a number that begins with one: `'em`, `'90s`.
fn is_elided(rest: &str) -> bool {
    is_decade(rest) || ELIDED.iter().any(|word| starts_with_word(rest, word))
}

/// Whether a text goes on as a decade does behind its apostrophe: `90s`.
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    bytes.len() >= 3 && bytes[..2].iter().all(u8::is_ascii_digit) && bytes[2] == b's'
}

/// Whether `text` begins with `word`, in any case, and the word ends there.
fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(char::is_alphanumeric)
}

/// Where the quotation that `opener` begins may end: the first place that is not doubtful, else the first doubtful one.
///
/// Between letters a mark is an apostrophe. Looks [`LONGEST`] bytes ahead, so that a text full of opening marks takes
/// linear time.
fn closer(text: &str, opener: Opener) -> Closer {
    let mut doubtful = Closer::None;
    let mut before: Option<char> = None;
    let closes: &[char] = match opener.glyph {
        '‚' => &['‘', '’', '\''],
        '‹' => &['›'],
        _ => &['’', '\''],
    };
    for (offset, character) in text[opener.inside..].char_indices() {
        let position = opener.inside + offset;
        if offset > LONGEST {
            break;
        }
        let rest = &text[position + character.len_utf8()..];
        let after = rest.chars().next();
        if closes.contains(&character) && offset > 0 && after_closer(after) {
            match before {
                Some(c) if c.is_whitespace() => {}
                Some(c) if c.is_alphanumeric() && after.is_some_and(char::is_whitespace) => {
                    if !may_end_with_apostrophe(&text[opener.inside..position]) {
                        return Closer::Bare(position);
                    }
                    if matches!(doubtful, Closer::None) {
                        doubtful = Closer::Doubtful(position);
                    }
                }
                Some(c) if c.is_alphanumeric() => return Closer::Bare(position),
                _ => return Closer::Punctuated(position),
            }
        }
        // Another quotation begins: this mark was an apostrophe.
        let opens = before.is_some_and(char::is_whitespace) && rest.starts_with(char::is_alphanumeric);
        if character == '‘' || character == '\'' && opens && !is_elided(rest) {
            break;
        }
        before = Some(character);
    }
    doubtful
}

/// Whether the last word of a text may end with an apostrophe: a plural (`the workers’`), a measure (`6'`), a verb
/// that lost its last letter (`takin’`), or another clipped word.
fn may_end_with_apostrophe(text: &str) -> bool {
    /// No word that ends in `-in’` is longer.
    const LONGEST_WORD: usize = 16;
    let last = text.chars().rev().take(LONGEST_WORD).take_while(|c| c.is_alphanumeric());
    let word: String = last.collect::<Vec<char>>().into_iter().rev().flat_map(char::to_lowercase).collect();
    word.ends_with(|c: char| matches!(c, 's' | 'z') || c.is_ascii_digit())
        || word.len() > 3 && word.ends_with("in")
        || CLIPPED.contains(&word.as_str())
}
