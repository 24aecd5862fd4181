//! Half-open ranges that name the unit they count.
//!
//! Knows bounds and nothing about language. Inside the program a place in a text is a
//! [`Span<Byte>`], so that slicing is free and checked; the database and the JSON count code
//! points, and [`CodePoints`] is the only thing that converts between the two.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

/// The unit of a span into a text: UTF-8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Byte {}

/// The unit of a span over the tokens of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tokens {}

/// A half-open range `[start, end)` that counts in `U`; never with `end < start`.
pub struct Span<U> {
    start: u32,
    end: u32,
    unit: PhantomData<U>,
}

impl<U> Span<U> {
    /// The span from `start` up to, not including, `end`; an `end` before `start` gives an empty span.
    ///
    /// Positions beyond `u32::MAX` are clamped: readers refuse texts of that size.
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX).max(start);
        Span { start, end, unit: PhantomData }
    }

    /// The first position inside.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The first position behind.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// How many units it covers.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The positions inside, for slicing and for loops.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// Whether `position` is inside.
    pub fn contains(self, position: usize) -> bool {
        self.start() <= position && position < self.end()
    }

    /// Whether `other` lies wholly inside (equal spans cover each other).
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a position.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span that lies so much further behind.
    pub fn moved(self, by: usize) -> Self {
        Span::new(self.start() + by, self.end() + by)
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Self) -> Self {
        Span { start: self.start.min(other.start), end: self.end.max(other.end), unit: PhantomData }
    }
}

impl Span<Byte> {
    /// The text that the span covers; empty if it is out of bounds or cuts a character.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    /// The span without the white space at its two ends.
    pub fn trim(self, text: &str) -> Self {
        let inside = self.slice(text);
        let start = self.start() + (inside.len() - inside.trim_start().len());
        Span::new(start, start + inside.trim().len())
    }
}

// Derived implementations would ask the unit to be `Clone`, `PartialEq` and so on as well.
impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<U> Copy for Span<U> {}

impl<U> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}

impl<U> Eq for Span<U> {}

impl<U> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<U> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}

impl<U> std::hash::Hash for Span<U> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}

impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Converts byte offsets of one text into code points, and back.
///
/// Keeps the code-point count at every 64th byte, so that a lookup reads at most 64 bytes
/// whatever the order of the questions.
pub struct CodePoints<'a> {
    text: &'a str,
    /// How many code points start before byte `64 * i`; empty if the text is ASCII.
    marks: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    const STEP: usize = 64;

    /// Prepares the conversion for `text`, in one pass over it.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(Self::STEP) {
                marks.push(count);
                count += chunk.iter().filter(|byte| starts_character(**byte)).count() as u32;
            }
        }
        CodePoints { text, marks }
    }

    /// How many code points lie before byte `offset`; an offset behind the end counts as the end.
    pub fn at(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if self.marks.is_empty() {
            return offset;
        }
        let mark = (offset / Self::STEP).min(self.marks.len() - 1);
        let rest = &self.text.as_bytes()[mark * Self::STEP..offset];
        self.marks[mark] as usize + rest.iter().filter(|byte| starts_character(**byte)).count()
    }

    /// Where the code point number `point` starts, in bytes; one behind the end counts as the end.
    pub fn byte(&self, point: usize) -> usize {
        if self.marks.is_empty() {
            return point.min(self.text.len());
        }
        let mark = self.marks.partition_point(|before| *before as usize <= point).saturating_sub(1);
        let start = mark * Self::STEP;
        let mut starts = (start..self.text.len()).filter(|at| starts_character(self.text.as_bytes()[*at]));
        starts.nth(point - self.marks[mark] as usize).unwrap_or(self.text.len())
    }

    /// The two ends of `span` in code points.
    pub fn of(&self, span: Span<Byte>) -> (usize, usize) {
        (self.at(span.start()), self.at(span.end()))
    }
}

/// Whether a byte of UTF-8 begins a character: all but the continuation bytes `10xxxxxx`.
fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_from_the_start() {
        let text = "“Ölpreis” – 😀 ".repeat(40) + "tail";
        let points = CodePoints::new(&text);
        for (count, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(offset), count);
            assert_eq!(points.byte(count), offset);
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(points.at(text.len() + 9), text.chars().count());
        assert_eq!(points.byte(text.chars().count() + 9), text.len());
    }

    #[test]
    fn ascii_needs_no_marks() {
        let points = CodePoints::new("plain");
        assert_eq!(points.of(Span::new(1, 4)), (1, 4));
    }

    #[test]
    fn a_span_that_cuts_a_character_slices_to_nothing() {
        assert_eq!(Span::<Byte>::new(1, 3).slice("“a”"), "");
        assert_eq!(Span::<Byte>::new(3, 4).slice("“a”"), "a");
    }

    #[test]
    fn trim_keeps_offsets() {
        assert_eq!(Span::<Byte>::new(0, 7).trim("  ab  c"), Span::new(2, 7));
        assert_eq!(Span::<Byte>::new(0, 6).trim("  ab  c"), Span::new(2, 4));
        assert!(Span::<Byte>::new(4, 6).trim("  ab  c").is_empty());
    }
}
