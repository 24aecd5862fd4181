//! Glyphs → lines: what stands on one baseline without a wide gap.

use crate::pdf::glyphs::Glyph;

/// A piece of a line of print; a row over two columns has two.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line {
    /// Its left end.
    pub(crate) left: f64,
    /// Its right end.
    pub(crate) right: f64,
    /// Its baseline, from the top.
    pub(crate) y: f64,
    /// The size of its font: that of most of its glyphs.
    pub(crate) size: f64,
    /// What it says.
    pub(crate) text: String,
}

/// A gap of this share of the size is a space between words; kerning is narrower, the narrowest space a quarter.
const SPACE: f64 = 0.17;

/// A gap that is this many times the size parts columns, or what has nothing to do with each other. Between the words of
/// a justified line there is seldom as much.
const GUTTER: f64 = 1.1;

/// A gap that does, where the one side was not drawn right behind the other.
const APART: f64 = 0.45;

/// The lines of a page, from the top, and from the left where they are level.
pub(crate) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut rows = rows(glyphs);
    rows.sort_by(|one, other| one.y.total_cmp(&other.y));
    let mut lines: Vec<Line> = rows.into_iter().flat_map(|row| pieces(row.glyphs)).collect();
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Glyphs whose baselines are the same but for raised and lowered ones.
struct Row<'a> {
    y: f64,
    size: f64,
    glyphs: Vec<Drawn<'a>>,
}

/// A glyph, and the how many-th it was drawn.
type Drawn<'a> = (usize, &'a Glyph);

/// Puts glyphs into rows: first those of the size of the text and above, then each small one into the row that it is raised
/// or lowered from, or into one of small ones.
fn rows(glyphs: &[Glyph]) -> Vec<Row<'_>> {
    let mut drawn: Vec<Drawn> =
        glyphs.iter().enumerate().filter(|(_, glyph)| !glyph.text.is_empty()).collect();
    drawn.sort_by(|(_, one), (_, other)| one.size.total_cmp(&other.size));
    let small = drawn.get(drawn.len() / 2).map_or(0.0, |(_, glyph)| glyph.size * 0.8);
    drawn.sort_by(|(_, one), (_, other)| {
        let order = (one.size < small).cmp(&(other.size < small));
        order.then(one.y.total_cmp(&other.y)).then(one.x.total_cmp(&other.x))
    });
    let mut rows: Vec<Row> = Vec::new();
    let mut of_text = 0;
    for (number, glyph) in drawn {
        if glyph.size >= small {
            add(&mut rows, number, glyph);
            of_text = rows.len();
            continue;
        }
        let first = rows[..of_text].partition_point(|row| row.y < glyph.y - 20.0);
        let near = rows[first..of_text].iter_mut().take_while(|row| row.y < glyph.y + 20.0);
        match near
            .filter(|row| row.has_beside(glyph))
            .min_by(|one, other| (one.y - glyph.y).abs().total_cmp(&(other.y - glyph.y).abs()))
        {
            Some(row) => row.glyphs.push((number, glyph)),
            None => {
                let rest = &mut rows.split_off(of_text);
                add(rest, number, glyph);
                rows.append(rest);
            }
        }
    }
    rows
}

/// Puts a glyph into one of the last rows, if it has its baseline.
fn add<'a>(rows: &mut Vec<Row<'a>>, number: usize, glyph: &'a Glyph) {
    let near = rows.iter_mut().rev().take(4).find(|row| {
        let size = row.size.max(glyph.size);
        let is_same_size = (row.size - glyph.size).abs() < 0.15 * size;
        (row.y - glyph.y).abs() < if is_same_size { 0.2 * size } else { 0.3 * size }
    });
    match near {
        Some(row) => row.glyphs.push((number, glyph)),
        None => rows.push(Row { y: glyph.y, size: glyph.size, glyphs: vec![(number, glyph)] }),
    }
}

impl Row<'_> {
    /// Whether a small glyph stands at the right of one of the row's, raised or lowered.
    fn has_beside(&self, small: &Glyph) -> bool {
        (self.y - small.y).abs() < 0.5 * self.size
            && self.glyphs.iter().any(|(_, glyph)| {
                let gap = small.x - glyph.x - glyph.width;
                gap > -0.3 * self.size && gap < 0.4 * self.size
            })
    }
}

/// The pieces of a row between wide gaps.
fn pieces(mut glyphs: Vec<Drawn<'_>>) -> Vec<Line> {
    glyphs.sort_by(|(_, one), (_, other)| one.x.total_cmp(&other.x));
    let mut pieces: Vec<Vec<&Glyph>> = Vec::new();
    let (mut end, mut before) = (f64::NEG_INFINITY, 0);
    for (number, glyph) in glyphs {
        if glyph.text.trim().is_empty() {
            continue;
        }
        // Spaces may lie between.
        let is_next = number > before && number - before < 8;
        before = number;
        let is_near = glyph.x - end < if is_next { GUTTER } else { APART } * glyph.size;
        match pieces.last_mut() {
            Some(piece) if is_near => {
                let is_printed_twice = piece.last().is_some_and(|last| {
                    last.text == glyph.text && (last.x - glyph.x).abs() < 0.25 * glyph.width.min(glyph.size)
                });
                if is_printed_twice {
                    continue;
                }
                piece.push(glyph);
            }
            _ => pieces.push(vec![glyph]),
        }
        end = end.max(glyph.x + glyph.width);
    }
    pieces.into_iter().map(|piece| line(&piece)).collect()
}

fn line(glyphs: &[&Glyph]) -> Line {
    let mut text = String::new();
    let mut end = f64::INFINITY;
    for glyph in glyphs {
        if glyph.x - end > SPACE * glyph.size && !text.ends_with(' ') {
            text.push(' ');
        }
        for character in glyph.text.chars() {
            push(&mut text, character);
        }
        end = glyph.x + glyph.width;
    }
    let mut by_size: Vec<&Glyph> = glyphs.to_vec();
    by_size.sort_by(|one, other| one.size.total_cmp(&other.size));
    let middle = by_size[by_size.len() / 2];
    Line {
        left: glyphs.first().map_or(0.0, |glyph| glyph.x),
        right: glyphs.iter().map(|glyph| glyph.x + glyph.width).fold(0.0, f64::max),
        y: middle.y,
        size: middle.size,
        text: text.trim().to_owned(),
    }
}

/// Adds a character as it is meant: a ligature as its letters, white space as a space, nothing that controls.
fn push(text: &mut String, character: char) {
    match character {
        'ﬀ' => text.push_str("ff"),
        'ﬁ' => text.push_str("fi"),
        'ﬂ' => text.push_str("fl"),
        'ﬃ' => text.push_str("ffi"),
        'ﬄ' => text.push_str("ffl"),
        'ﬅ' | 'ﬆ' => text.push_str("st"),
        character if character.is_whitespace() => {
            if !text.ends_with(' ') {
                text.push(' ');
            }
        }
        character if character.is_control() => {}
        character => text.push(character),
    }
}
