//! A proper name in the text, and what it names; and how the names at a place are found, among names that are in text
//! order and do not overlap. Knows token numbers, never words.

use std::ops::Range;

use crate::span::{Span, Tokens};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// A company, agency, party, armed group, team.
    Organization,
    /// A country, city, region, river, building.
    Place,
    /// Something else: a nationality, an event, a work. Kept so that it is none of the others.
    Other,
}

/// A proper name in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, without titles (`Mr.`, `President`) and possessive marks.
    pub tokens: Span<Tokens>,
    /// What it names.
    pub kind: NameKind,
}

/// The first name that ends behind a token: the one that covers it, else the next one; their number if there is none.
pub(crate) fn next_name(names: &[Name], token: usize) -> usize {
    names.partition_point(|name| name.tokens.end() <= token)
}

/// The first name that begins at a token or behind it; their number if there is none.
pub(crate) fn name_from(names: &[Name], token: usize) -> usize {
    names.partition_point(|name| name.tokens.start() < token)
}

/// The name that covers a token.
pub(crate) fn name_at(names: &[Name], token: usize) -> Option<usize> {
    let index = next_name(names, token);
    names.get(index).filter(|name| name.tokens.contains(token)).map(|_| index)
}

/// The names that share a token with a span.
pub(crate) fn names_in(names: &[Name], span: Span<Tokens>) -> Range<usize> {
    let first = next_name(names, span.start());
    first..first + names[first..].partition_point(|name| name.tokens.start() < span.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_the_tokens_they_cover() {
        let name = |start, end| Name { tokens: Span::new(start, end), kind: NameKind::Person };
        let names = [name(1, 3), name(3, 4), name(6, 8)];
        assert_eq!(
            [0, 2, 3, 5, 7].map(|token| name_at(&names, token)),
            [None, Some(0), Some(1), None, Some(2)]
        );
        assert_eq!([2, 4, 8].map(|token| next_name(&names, token)), [0, 2, 3]);
        assert_eq!([1, 2, 7].map(|token| name_from(&names, token)), [0, 1, 3]);
        assert_eq!(names_in(&names, Span::new(2, 7)), 0..3);
        assert_eq!(names_in(&names, Span::new(4, 6)), 2..2);
    }
}
