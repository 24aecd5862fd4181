//! Texts that were cut into lines of a fixed width → paragraphs.
//!
//! A line goes on in the next one if the first word of that would not have fitted into it. So the rows of a table, the lines
//! of a poem and the items of a list stay as they are.

use crate::read::decode::with_line_feeds;

/// How narrow and how wide the columns are into which texts are cut, in characters.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;

/// How much of the width a line fills at least that goes on, in percent: a long word may have gone to the next one.
const FILLED: usize = 88;

/// The text with the lines of each paragraph joined, if it was cut into lines; else as it is, its line ends aside.
pub(crate) fn joined(text: &str) -> String {
    let text = with_line_feeds(text);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let Some(width) = width(&lines) else { return text };
    let mut joined = String::with_capacity(text.len());
    let mut before: Option<&str> = None;
    for line in lines {
        match before {
            None => {}
            Some("") => joined.push('\n'),
            Some(_) if line.is_empty() => joined.push('\n'),
            Some(before) if begins_paragraph(before, line) => joined.push_str("\n\n"),
            Some(before) if goes_on(before, line, width) => joined.push(' '),
            Some(_) => joined.push('\n'),
        }
        joined.push_str(if before.is_some_and(|before| !before.is_empty()) {
            line.trim_start()
        } else {
            line
        });
        before = Some(line);
    }
    joined
}

/// The width of the lines, if the text was cut into such: at least two lines go on, and most that are not the last of
/// their paragraph do.
fn width(lines: &[&str]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let inner = || pairs().filter(|pair| !begins_paragraph(pair[0], pair[1]));
    let mut lengths: Vec<usize> = inner().map(|pair| length(pair[0])).collect();
    lengths.sort_unstable();
    let width = *lengths.get(lengths.len().saturating_sub(1) * 19 / 20)?;
    let going_on = inner().filter(|pair| goes_on(pair[0], pair[1], width)).count();
    (WIDTHS.contains(&width) && going_on >= 2 && going_on * 2 > lengths.len()).then_some(width)
}

fn length(line: &str) -> usize {
    line.chars().count()
}

/// Whether a line that is set in by some spaces follows one that is not.
fn begins_paragraph(before: &str, line: &str) -> bool {
    let indent = |line: &str| {
        line.chars()
            .take_while(|mark| mark.is_whitespace())
            .map(|mark| if mark == '\t' { 4 } else { 1 })
            .sum::<usize>()
    };
    let of_line = indent(line);
    of_line >= 2 && indent(before) < of_line
}

fn goes_on(before: &str, line: &str, width: usize) -> bool {
    let start = line.trim_start();
    let is_item = ["- ", "* ", "• ", "> "].iter().any(|mark| start.starts_with(mark));
    let first_word = start.split_whitespace().next().map_or(0, length);
    !is_item && (length(before) + 1 + first_word) * 100 > width * FILLED
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        let text = "The mayor said on Monday that the pier would\nnot be opened before the summer, since the\nmoney for it had not yet come from the state.\n\nNobody else said anything about it, though\nthe opposition had asked for it many times in\nthe past year.\n";
        let expected = "The mayor said on Monday that the pier would not be opened before the summer, since the money for it had not yet come from the state.\n\nNobody else said anything about it, though the opposition had asked for it many times in the past year.";
        assert_eq!(joined(text).trim_end(), expected);
        let indented = text.replace("\n\n", "\n    ");
        assert_eq!(joined(&indented).trim_end(), expected);
        assert_eq!(joined(&text.replace('\n', "\r\n")).trim_end(), expected);
    }

    #[test]
    fn other_lines_stay() {
        for text in [
            "One.\nTwo.",
            "A paragraph that goes over as many characters as it likes, and no line of it is cut anywhere at all.\nAnother one.",
            "Roses\nare red,\nviolets\nare blue",
        ] {
            assert_eq!(joined(text), text);
        }
    }
}
