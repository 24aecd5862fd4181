//! Lines in the order of reading → paragraphs, as they were before they were set.

use std::collections::HashSet;

use crate::pdf::lines::Line;
use crate::pdf::order::Block;

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph {
    /// What it says.
    pub(crate) text: String,
    /// The size of its font.
    pub(crate) size: f64,
}

/// The paragraphs of all blocks; one that goes on in the next column or page is one.
pub(crate) fn paragraphs(blocks: &[Block]) -> Vec<Paragraph> {
    let words = words(blocks);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut last: Option<(&Line, Measure)> = None;
    for block in blocks {
        let measure = Measure::of(block);
        for (place, line) in block.iter().enumerate() {
            let goes_on = match (last, place) {
                (None, _) => false,
                (Some((before, of_before)), 0) => of_before.runs_over(before, line, &measure),
                (Some((before, _)), _) => !measure.begins(before, line),
            };
            match paragraphs.last_mut() {
                Some(paragraph) if goes_on => join(&mut paragraph.text, &line.text, &words),
                _ => paragraphs.push(Paragraph { text: line.text.clone(), size: line.size }),
            }
            last = Some((line, measure));
        }
    }
    for paragraph in &mut paragraphs {
        paragraph.text = paragraph.text.replace('\u{AD}', "");
    }
    paragraphs.retain(|paragraph| paragraph.text.chars().any(char::is_alphanumeric));
    paragraphs
}

/// How a block is set.
#[derive(Clone, Copy, Debug)]
struct Measure {
    left: f64,
    right: f64,
    /// How far it is from a line to the next within paragraphs, in sizes of the font.
    pitch: f64,
}

impl Measure {
    fn of(block: &[Line]) -> Self {
        let steps = block.windows(2).map(|two| (two[1].y - two[0].y) / two[0].size.max(two[1].size));
        let mut steps: Vec<f64> = steps.filter(|step| *step > 0.8).collect();
        let mut lefts: Vec<f64> = block.iter().map(|line| line.left).collect();
        let mut rights: Vec<f64> = block.iter().map(|line| line.right).collect();
        Measure {
            left: quantile(&mut lefts, 0.1).unwrap_or(0.0),
            right: quantile(&mut rights, 0.9).unwrap_or(0.0),
            // No text is set wider than that; lines that stand further apart are no paragraph.
            pitch: quantile(&mut steps, 0.1).unwrap_or(1.2).clamp(0.9, 2.5),
        }
    }

    /// Whether a line begins a paragraph behind one above it in the same block.
    fn begins(&self, before: &Line, line: &Line) -> bool {
        let step = line.y - before.y;
        let is_apart = step > 1.3 * self.pitch * before.size.max(line.size) || step < -line.size;
        let is_other_size = (before.size - line.size).abs() > 0.12 * before.size.max(line.size);
        // On one row: cells, or words that stand far apart.
        if step.abs() < 0.3 * line.size {
            return false;
        }
        // The second line of an item may be set in as far as the words of the first.
        let is_indented = line.left - self.left > 0.7 * line.size
            && line.left - before.left > 0.7 * line.size
            && !is_item(&before.text);
        is_apart || is_other_size || is_indented || self.ends(before, line) || is_item(&line.text)
    }

    /// Whether a line ends a paragraph: there was room for the first word of the next line, and a sentence is over.
    fn ends(&self, line: &Line, next: &Line) -> bool {
        let first = next.text.split(' ').next().map_or(0, |word| word.chars().count());
        let per_character = (line.right - line.left) / line.text.chars().count().max(1) as f64;
        let room = self.right - line.right;
        let is_short = room > (first as f64 + 1.0) * per_character + 0.1 * (self.right - self.left);
        is_short
            && (is_over(&line.text) || !begins_small(&next.text) && room > 0.3 * (self.right - self.left))
    }

    /// Whether the last line of a block goes on in the first of the next.
    fn runs_over(&self, last: &Line, first: &Line, next: &Measure) -> bool {
        let is_same_size = (last.size - first.size).abs() <= 0.05 * last.size.max(first.size);
        if !is_same_size || is_item(&first.text) {
            return false;
        }
        let is_indented = first.left - next.left > 0.7 * first.size;
        begins_small(&first.text) && !is_over(&last.text)
            || !is_indented
                && !is_over(&last.text)
                && self.right - last.right < 0.1 * (self.right - self.left)
    }
}

/// The value below which a share of the values lies.
fn quantile(values: &mut [f64], share: f64) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(((values.len().saturating_sub(1)) as f64 * share) as usize).copied()
}

/// Whether a sentence is over at the end of a line.
fn is_over(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '\'', ')', ']']).ends_with(['.', '!', '?', ':', '…'])
}

fn begins_small(text: &str) -> bool {
    text.trim_start_matches(['“', '"', '‘', '\'', '(']).starts_with(char::is_lowercase)
}

/// Whether a line begins an item of a list.
fn is_item(text: &str) -> bool {
    text.starts_with(['•', '●', '▪', '■', '◦', '‣', '►'])
}

/// Adds a line to a paragraph: a word that was parted is one again.
fn join(text: &mut String, line: &str, words: &HashSet<String>) {
    let parted = text.ends_with(['-', '\u{AD}', '\u{2010}']) && begins_small(line);
    let before = text.trim_end_matches(['-', '\u{AD}', '\u{2010}']);
    if !parted || !before.ends_with(char::is_alphabetic) {
        if !text.is_empty() && !text.ends_with(['—', '/', '-']) {
            text.push(' ');
        }
        text.push_str(line);
        return;
    }
    let first = last_word(before).to_lowercase();
    let second = first_word(line).to_lowercase();
    let is_soft = text.ends_with('\u{AD}');
    let whole = words.contains(&format!("{first}{second}"));
    let compound = words.contains(&format!("{first}-{second}"));
    // A word of two keeps its hyphen: one that has it within a line elsewhere, or whose halves are words of the text.
    let are_words = first.len() > 2 && words.contains(&first) && words.contains(&second);
    if is_soft || whole || !compound && !are_words {
        text.truncate(before.len());
    }
    text.push_str(line);
}

fn last_word(text: &str) -> &str {
    text.rsplit(|character: char| !character.is_alphanumeric() && character != '-').next().unwrap_or_default()
}

fn first_word(text: &str) -> &str {
    text.split(|character: char| !character.is_alphanumeric() && character != '-').next().unwrap_or_default()
}

/// The words that stand whole within lines, in lower case.
fn words(blocks: &[Block]) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut is_parted = false;
    for line in blocks.iter().flatten() {
        let all = line.text.split(|character: char| !character.is_alphanumeric() && character != '-');
        let all = all.filter(|word| !word.is_empty() && !word.ends_with('-'));
        words.extend(all.skip(usize::from(is_parted)).map(str::to_lowercase));
        is_parted = line.text.ends_with('-');
    }
    words
}
