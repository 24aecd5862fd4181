//! Pairs double marks: `"…"`, “…”, „…“, «…», `''…''`, ` ``…'' `.
//!
//! Every mark is judged by its glyph and its neighbors first; only then are they paired.

use crate::facts::attribution::marks::quotation::{Quotation, after_closer, before_opener};
use crate::span::{Byte, Span};

/// How many marks are looked through for the end of a nested quotation, so that a text of opening marks takes linear
/// time.
const DEEPEST: usize = 12;

/// What a double mark can do by its glyph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Opens,
    Closes,
    Either,
}

/// A double mark where it stands; places are in bytes from the start of the paragraph.
#[derive(Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    role: Role,
    /// Whether its neighbors leave room for an opening mark.
    may_open: bool,
    /// Whether its neighbors leave room for a closing mark.
    may_close: bool,
    behind_digit: bool,
    /// Whether it is the last character of its paragraph.
    last: bool,
}

impl Mark {
    /// Whether it begins a quotation where none is open.
    fn opens(self) -> bool {
        match self.role {
            Role::Opens => !self.may_close || self.may_open,
            Role::Closes => self.may_open && !self.may_close,
            Role::Either => !self.behind_digit && (self.may_open || !self.may_close) && !self.last,
        }
    }

    /// Whether it begins a quotation though one is open: that was never closed, or this one is inside it.
    fn reopens(self) -> bool {
        match self.role {
            Role::Closes => false,
            Role::Opens => !self.may_close || self.may_open,
            Role::Either => self.may_open && !self.may_close,
        }
    }

    /// Whether it can be nothing but the end of a quotation.
    fn only_closes(self) -> bool {
        self.role != Role::Opens && self.may_close && !self.may_open && !self.behind_digit
    }
}

/// Finds quotations in double marks within one paragraph.
pub(crate) fn quotations(body: &str, paragraph: Span<Byte>, index: usize, found: &mut Vec<Quotation>) {
    let text = paragraph.slice(body);
    let marks = marks(text);
    let mut close = |open: Mark, inside_end: usize, end: usize, closed: bool| {
        let base = paragraph.start();
        found.push(Quotation {
            span: Span::new(base + open.start, base + end),
            inside: Span::new(base + open.end, base + inside_end),
            paragraph: index,
            closed,
            single: false,
        });
    };
    let mut open: Option<Mark> = None;
    // How many quotations are open inside the open one.
    let mut nested = 0usize;
    for (place, mark) in marks.iter().copied().enumerate() {
        let Some(opened) = open else {
            open = mark.opens().then_some(mark);
            continue;
        };
        if is_measure(&marks, place) {
            continue;
        }
        if mark.reopens() {
            if nested > 0 || is_nested(&marks[place..]) {
                nested += 1;
            } else {
                close(opened, mark.start, mark.start, false);
                open = Some(mark);
            }
        } else if nested > 0 {
            nested -= 1;
        } else {
            close(opened, mark.start, mark.end, true);
            open = None;
        }
    }
    if let Some(open) = open {
        close(open, text.len(), text.len(), false);
    }
}

/// The double marks of a text.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut position = 0;
    let mut before: Option<char> = None;
    while let Some(character) = text[position..].chars().next() {
        let (role, width) = mark_at(&text[position..]);
        let end = position + width;
        if let Some(role) = role {
            let after = text[end..].chars().next();
            marks.push(Mark {
                start: position,
                end,
                role,
                may_open: before_opener(before),
                may_close: after_closer(after),
                behind_digit: before.is_some_and(|c| c.is_ascii_digit()),
                last: after.is_none(),
            });
        }
        before = Some(character);
        position = end;
    }
    marks
}

/// What the character that a text begins with can do as a double mark, and how many bytes it takes.
fn mark_at(text: &str) -> (Option<Role>, usize) {
    let pair = |mark: &str, role: Role| text.starts_with(mark).then_some((Some(role), mark.len()));
    let paired = pair("''", Role::Either)
        .or_else(|| pair("``", Role::Opens))
        .or_else(|| pair("’’", Role::Closes))
        .or_else(|| pair("‘‘", Role::Opens));
    if let Some(paired) = paired {
        return paired;
    }
    let Some(first) = text.chars().next() else { return (None, 0) };
    let role = match first {
        '“' | '„' | '‟' | '«' => Some(Role::Opens),
        '”' | '»' => Some(Role::Closes),
        '"' | '\u{FF02}' => Some(Role::Either),
        _ => None,
    };
    (role, first.len_utf8())
}

/// Whether the mark at `place` stands for inches inside a quotation: behind a digit, and another closes the quotation.
fn is_measure(marks: &[Mark], place: usize) -> bool {
    let closes_later = marks.get(place + 1).is_some_and(|next| next.only_closes());
    marks[place].role != Role::Opens && marks[place].behind_digit && closes_later
}

/// Whether the quotation that the first of `marks` opens inside another is closed, and the other behind it.
fn is_nested(marks: &[Mark]) -> bool {
    let mut depth = 1usize;
    for (place, mark) in marks.iter().enumerate().take(DEEPEST) {
        if mark.reopens() {
            depth += 1;
        } else if !is_measure(marks, place) {
            depth -= 1;
        }
        if depth == 0 {
            return mark.only_closes();
        }
    }
    false
}
