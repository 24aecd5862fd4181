//! A stretch of text in quotation marks, and what may stand beside a mark.

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
    /// Whether its end was found; if not, it ends with its paragraph or at the next opening mark.
    pub(crate) closed: bool,
    /// Whether its marks are single ones (‘…’).
    pub(crate) single: bool,
}

/// Whether the character before a mark leaves room for an opening mark.
pub(super) fn before_opener(before: Option<char>) -> bool {
    before.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '{' | '—' | '–' | '-' | '‘' | '\'' | '/')
    })
}

/// Whether the character behind a mark leaves room for a closing mark.
pub(super) fn after_closer(after: Option<char>) -> bool {
    after.is_none_or(|c| {
        c.is_whitespace()
            || matches!(
                c,
                ')' | ']' | '}' | '.' | ',' | ';' | ':' | '?' | '!' | '—' | '–' | '-' | '’' | '\'' | '…'
            )
    })
}
