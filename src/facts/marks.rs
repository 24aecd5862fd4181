//! Pairs quotation marks, one paragraph at a time.
//!
//! Knows marks and their neighbors, nothing about speech: a title or a nickname in quotation marks is a
//! quotation here, and `quotes` decides what it is. The state of an open mark never leaves its paragraph:
//! a mark that is never closed ends with the paragraph, and only that paragraph is affected.

use crate::error::Warning;
use crate::span::{Byte, Span};

/// A stretch of text in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quotation {
    /// With its marks.
    pub(crate) span: Span<Byte>,
    /// Without its marks.
    pub(crate) inside: Span<Byte>,
    /// Index of its paragraph.
    pub(crate) paragraph: usize,
    /// Whether a closing mark was found.
    pub(crate) closed: bool,
    /// Whether its marks are single ones (‘…’).
    pub(crate) single: bool,
}

/// Finds the quotations of all paragraphs in text order; they never overlap, nested ones are left out.
///
/// `paragraphs` are spans of `body` in text order. Straight, curly and single marks, `''`, ` `` `,
/// guillemets and „…“ are known; apostrophes, feet and inches are not marks.
pub(crate) fn quotations(body: &str, paragraphs: &[Span<Byte>]) -> (Vec<Quotation>, Vec<Warning>) {
    let mut found = Vec::new();
    let mut warnings = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = found.len();
        double_marks(body, *paragraph, index, &mut found);
        if let Some(open) = found[first..].iter().find(|quotation: &&Quotation| !quotation.closed) {
            let continues = paragraphs.get(index + 1).is_some_and(|next| opens_with_mark(next.slice(body)));
            if !continues {
                warnings.push(Warning { span: open.span, message: "a quotation mark is never closed" });
            }
        }
        let mut single = Vec::new();
        single_marks(body, *paragraph, index, &mut single);
        merge(&mut found, first, single);
    }
    (found, warnings)
}

/// Adds quotations in single marks to those in double marks from `first` on, in text order.
///
/// Whichever encloses the other is the quotation; of two that cross, the one in double marks is.
fn merge(found: &mut Vec<Quotation>, first: usize, single: Vec<Quotation>) {
    let double = found.split_off(first);
    // Both lists are in text order and free of overlaps, so the quotations that meet a span stand together.
    let meeting = |list: &[Quotation], span: Span<Byte>| {
        let from = list.partition_point(|other| other.span.end() <= span.start());
        from..from + list[from..].partition_point(|other| other.span.start() < span.end())
    };
    let mut kept = Vec::new();
    for one in single {
        let met = &double[meeting(&double, one.span)];
        if met.iter().all(|other| one.inside.covers(other.span)) {
            kept.push(one);
        }
    }
    found.extend(double.iter().filter(|one| meeting(&kept, one.span).is_empty()));
    found.extend(kept);
    found[first..].sort_by_key(|quotation| quotation.span);
}

/// Whether a text begins with a double quotation mark.
pub(crate) fn opens_with_mark(text: &str) -> bool {
    text.starts_with(['"', '“', '„', '«', '”']) || text.starts_with("''") || text.starts_with("``")
}

/// What a double mark can do where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    Either,
}

/// The double mark that a text begins with: what it can do, and its length in bytes.
fn double_mark(text: &str) -> Option<(Role, usize)> {
    let first = text.chars().next()?;
    let role = match first {
        '“' | '„' | '‟' | '«' => Role::Opens,
        '”' | '»' => Role::Closes,
        '"' | '\u{FF02}' => Role::Either,
        '\'' if text.starts_with("''") => return Some((Role::Either, 2)),
        '`' if text.starts_with("``") => return Some((Role::Opens, 2)),
        '’' if text.starts_with("’’") => return Some((Role::Closes, 2 * '’'.len_utf8())),
        '‘' if text.starts_with("‘‘") => return Some((Role::Opens, 2 * '‘'.len_utf8())),
        _ => return None,
    };
    Some((role, first.len_utf8()))
}

/// Whether the character before a mark leaves room for an opening mark.
fn before_opener(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '‘' | '\'' | '/')
    })
}

/// Whether the character behind a mark leaves room for a closing mark.
fn after_closer(after: Option<char>) -> bool {
    after.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                ')' | ']' | '}' | '.' | ',' | ';' | ':' | '?' | '!' | '—' | '–' | '-' | '’' | '\'' | '…'
            )
    })
}

/// Finds quotations in double marks within one paragraph.
fn double_marks(body: &str, paragraph: Span<Byte>, index: usize, found: &mut Vec<Quotation>) {
    let text = paragraph.slice(body);
    let mut open: Option<(usize, usize)> = None; // start of the mark, end of the mark
    let mut position = 0;
    let mut before: Option<char> = None;
    let mut close = |open: (usize, usize), inside_end: usize, end: usize, closed: bool| {
        let base = paragraph.start();
        found.push(Quotation {
            span: Span::new(base + open.0, base + end),
            inside: Span::new(base + open.1, base + inside_end),
            paragraph: index,
            closed,
            single: false,
        });
    };
    while let Some(character) = text[position..].chars().next() {
        let Some((role, width)) = double_mark(&text[position..]) else {
            position += character.len_utf8();
            before = Some(character);
            continue;
        };
        let end = position + width;
        let after = text[end..].chars().next();
        let (may_open, may_close) = (before_opener(before), after_closer(after));
        match open {
            Some(start) => {
                // An opening mark while one is open: the writer forgot to close, or used the wrong glyph.
                let reopens = match role {
                    Role::Closes => false,
                    Role::Opens => !may_close || may_open,
                    Role::Either => may_open && !may_close,
                };
                if reopens {
                    close(start, position, position, false);
                    open = Some((position, end));
                } else {
                    close(start, position, end, true);
                    open = None;
                }
            }
            None => {
                let inches = role == Role::Either && before.is_some_and(|c| c.is_ascii_digit());
                let opens = match role {
                    Role::Opens => !may_close || may_open,
                    Role::Closes => may_open && !may_close,
                    Role::Either => !inches && (may_open || !may_close) && after.is_some(),
                };
                if opens {
                    open = Some((position, end));
                }
            }
        }
        before = text[position..end].chars().last();
        position = end;
    }
    if let Some(start) = open {
        close(start, text.len(), text.len(), false);
    }
}

/// Finds quotations in single marks within one paragraph.
fn single_marks(body: &str, stretch: Span<Byte>, index: usize, found: &mut Vec<Quotation>) {
    let text = stretch.slice(body);
    let mut from = 0;
    while let Some((start, width)) = next_single_opener(text, from) {
        let inside = start + width;
        match single_closer(text, inside) {
            Some(end) => {
                let base = stretch.start();
                let mark = text[end..].chars().next().map_or(1, char::len_utf8);
                found.push(Quotation {
                    span: Span::new(base + start, base + end + mark),
                    inside: Span::new(base + inside, base + end),
                    paragraph: index,
                    closed: true,
                    single: true,
                });
                from = end + mark;
            }
            None => from = inside,
        }
    }
}

/// The next mark from `from` on that can open a quotation in single marks, and its length.
fn next_single_opener(text: &str, from: usize) -> Option<(usize, usize)> {
    let mut before = text[..from].chars().next_back();
    for (offset, character) in text[from..].char_indices() {
        if matches!(character, '‘' | '\'') && before_opener(before) {
            let start = from + offset;
            let rest = &text[start + character.len_utf8()..];
            let first = rest.chars().next();
            let elided = is_elided(rest);
            if first.is_some_and(|c| c.is_alphanumeric() || c == '“' || c == '…') && !elided {
                return Some((start, character.len_utf8()));
            }
        }
        before = Some(character);
    }
    None
}

/// Whether what follows an apostrophe is a word or a number that begins with one: `'em`, `'90s`.
fn is_elided(rest: &str) -> bool {
    is_decade(rest) || ELISIONS.iter().any(|word| starts_with_word(rest, word))
}

/// Whether a text goes on as a decade does behind its apostrophe: `90s`.
fn is_decade(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    bytes.len() >= 3 && bytes[..2].iter().all(u8::is_ascii_digit) && bytes[2] == b's'
}

/// Words that begin with an apostrophe.
const ELISIONS: &[&str] = &["em", "til", "tis", "twas", "cause", "bout", "n", "round", "s", "t"];

/// Whether `text` begins with `word`, in any case, and the word ends there.
fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text[word.len()..].starts_with(char::is_alphanumeric)
}

/// The longest quotation in single marks, in bytes; longer ones are apostrophes that found each other.
const LONGEST_SINGLE: usize = 2000;

/// Where the mark stands that closes a quotation in single marks whose inside begins at `from`.
///
/// Between letters it is an apostrophe. Behind an `s` and before a space it may be a plural possessive
/// (`the workers’ rights`): taken only if nothing better follows. Looks [`LONGEST_SINGLE`] bytes ahead, so
/// that a text full of opening marks takes linear time.
fn single_closer(text: &str, from: usize) -> Option<usize> {
    let mut possible = None;
    let mut before: Option<char> = None;
    for (offset, character) in text[from..].char_indices() {
        let position = from + offset;
        if offset > LONGEST_SINGLE {
            break;
        }
        if matches!(character, '’' | '\'') && offset > 0 {
            let after = text[position + character.len_utf8()..].chars().next();
            if after_closer(after) && !before.is_some_and(char::is_whitespace) {
                let possessive =
                    matches!(before, Some('s' | 'S' | 'z')) && after.is_some_and(char::is_whitespace);
                if !possessive {
                    return Some(position);
                }
                possible = possible.or(Some(position));
            }
        }
        // Another quotation begins: this mark was an apostrophe.
        let rest = &text[position + character.len_utf8()..];
        let opens = before.is_some_and(char::is_whitespace) && rest.starts_with(char::is_alphanumeric);
        if character == '‘' || character == '\'' && opens && !is_elided(rest) {
            break;
        }
        before = Some(character);
    }
    possible
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quotations of a text whose paragraphs are lines, without their marks.
    fn inside(text: &str) -> Vec<&str> {
        let mut start = 0;
        let paragraphs: Vec<Span<Byte>> = text
            .split('\n')
            .map(|line| {
                let span = Span::new(start, start + line.len());
                start += line.len() + 1;
                span
            })
            .collect();
        let (found, _) = quotations(text, &paragraphs);
        found.iter().map(|quotation| quotation.inside.slice(text)).collect()
    }

    #[test]
    fn every_kind_of_mark() {
        for text in [
            "He said: “Yes, now.”",
            "He said: \"Yes, now.\"",
            "He said: ''Yes, now.''",
            "He said: ``Yes, now.''",
            "He said: «Yes, now.»",
            "He said: „Yes, now.“",
            "He said: ‘Yes, now.’",
            "He said: 'Yes, now.'",
            "He said: “Yes, now.“",
            "He said: ”Yes, now.”",
        ] {
            assert_eq!(inside(text), ["Yes, now."], "{text}");
        }
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        for text in [
            "The workers’ rights weren’t in the ’90s what they’re now.",
            "The players' union doesn't agree with the owners' plan.",
            "She is 6'2\" and he is 5' tall.",
            "They told 'em to wait 'til noon.",
        ] {
            assert_eq!(inside(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn apostrophes_inside_single_marks() {
        assert_eq!(inside("‘I don’t know the boys’ names,’ she said."), ["I don’t know the boys’ names,"]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer_quotation() {
        assert_eq!(inside("“He told me ‘never’ twice,” she said."), ["He told me ‘never’ twice,"]);
        assert_eq!(inside("‘He told me “never” twice,’ she said."), ["He told me “never” twice,"]);
    }

    #[test]
    fn an_open_mark_ends_with_its_paragraph() {
        assert_eq!(inside("“One.\n“Two.” End\nThree"), ["One.", "Two."]);
        assert_eq!(inside("A stray \"mark here\nand a \"good\" one"), ["mark here", "good"]);
    }

    #[test]
    fn a_forgotten_closing_mark_ends_at_the_next_opening_one() {
        assert_eq!(inside("“One and “two” three"), ["One and ", "two"]);
        assert_eq!(inside("\"One and \"two\" three"), ["One and ", "two"]);
    }

    #[test]
    fn only_a_real_loss_is_warned_of() {
        let warn = |text: &str, paragraphs: &[Span<Byte>]| quotations(text, paragraphs).1.len();
        assert_eq!(warn("“One.\n“Two.”", &[Span::new(0, 7), Span::new(8, 18)]), 0);
        assert_eq!(warn("“One.", &[Span::new(0, 7)]), 1);
    }
}
