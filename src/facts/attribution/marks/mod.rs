//! Pairs quotation marks, one paragraph at a time.
//!
//! Knows marks and their neighbors, nothing about speech: a title or a nickname in quotation marks is a
//! quotation here, and `attribution` decides what it is. The state of an open mark never leaves its paragraph:
//! a mark that is never closed ends with the paragraph, and only that paragraph is affected. Start reading at
//! [`quotations`].

mod double;
pub(super) mod quotation;
mod single;

use crate::error::Warning;
use crate::facts::attribution::marks::quotation::Quotation;
use crate::span::{Byte, Span};

/// Finds the quotations of all paragraphs in text order; they never overlap, nested ones are left out.
///
/// `paragraphs` are spans of `body` in text order. Straight, curly and single marks, `''`, ` `` `,
/// guillemets and „…“ are known; apostrophes, feet and inches are not marks.
pub(super) fn quotations(body: &str, paragraphs: &[Span<Byte>]) -> (Vec<Quotation>, Vec<Warning>) {
    let mut found = Vec::new();
    let mut warnings = Vec::new();
    let opening = single::opening_speech(body, paragraphs);
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let first = found.len();
        let next = paragraphs.get(index + 1);
        double::quotations(body, *paragraph, index, &mut found);
        if let Some(open) = found[first..].iter().find(|quotation: &&Quotation| !quotation.closed)
            && !next.is_some_and(|next| opens_with_mark(next.slice(body)))
        {
            warnings.push(Warning { span: open.span, message: "a quotation mark is never closed" });
        }
        let goes_on = opening.get(index + 1).is_some_and(|opens| *opens);
        let single = single::quotations(body, *paragraph, index, goes_on);
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
pub(super) fn opens_with_mark(text: &str) -> bool {
    text.starts_with(['"', '“', '„', '«', '”']) || text.starts_with("''") || text.starts_with("``")
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
