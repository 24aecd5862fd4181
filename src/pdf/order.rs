//! Lines → blocks in the order of reading: columns one after the other, what spans them in its place between.

use crate::pdf::lines::Line;

/// Lines of one column, from the top.
pub(crate) type Block = Vec<Line>;

/// So many lines on either side of it make a gutter.
const FEWEST: usize = 3;

/// The fewest characters that lines of prose have in the mean; shorter ones are cells of a table.
const PROSE: usize = 12;

/// How deep columns may lie in columns.
const DEEPEST: usize = 12;

/// The blocks of a page in the order of reading.
pub(crate) fn blocks(lines: Vec<Line>) -> Vec<Block> {
    let mut blocks = Vec::new();
    divide(lines, 0, &mut blocks);
    blocks
}

fn divide(lines: Vec<Line>, depth: usize, blocks: &mut Vec<Block>) {
    let gutter = if depth < DEEPEST { gutter(&lines) } else { None };
    let Some(gutter) = gutter else {
        if !lines.is_empty() {
            blocks.push(lines);
        }
        return;
    };
    // Bands from the top: lines that span the gutter, or two columns beside it.
    let mut band = Band::default();
    for line in lines {
        if gutter.is_crossed_by(&line) {
            band.end(depth, blocks);
            band.spanning.push(line);
        } else {
            if !band.spanning.is_empty() {
                divide(std::mem::take(&mut band.spanning), depth + 1, blocks);
            }
            let side = if line.right <= gutter.right { &mut band.left } else { &mut band.right };
            side.push(line);
        }
    }
    band.end(depth, blocks);
    divide(band.spanning, depth + 1, blocks);
}

#[derive(Default)]
struct Band {
    spanning: Vec<Line>,
    left: Vec<Line>,
    right: Vec<Line>,
}

impl Band {
    /// Puts the columns of a band that ends.
    fn end(&mut self, depth: usize, blocks: &mut Vec<Block>) {
        for side in [std::mem::take(&mut self.left), std::mem::take(&mut self.right)] {
            divide(side, depth + 1, blocks);
        }
    }
}

/// A strip from top to bottom that few lines cross.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    left: f64,
    right: f64,
}

impl Gutter {
    fn is_crossed_by(&self, line: &Line) -> bool {
        line.left < self.left && line.right > self.right
    }
}

/// The gutter that most lines keep on both of its sides; none where the lines are one column, or cells of a table.
fn gutter(lines: &[Line]) -> Option<Gutter> {
    if lines.len() < 2 * FEWEST {
        return None;
    }
    let mut starts: Vec<f64> = lines.iter().map(|line| line.left).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup_by(|one, other| (*one - *other).abs() < 1.0);
    // Many columns of a page begin at few places; a table drawn by a program may begin at thousands.
    let step = starts.len().div_ceil(MOST_STARTS).max(1);
    let best =
        starts.iter().step_by(step).filter_map(|start| rated(lines, *start)).max_by_key(|(score, _)| *score);
    best.map(|(_, gutter)| gutter)
}

/// How many places are tried.
const MOST_STARTS: usize = 200;

/// How good a gutter is right before `start`: how many lines are on its poorer side, less those that cross it.
fn rated(lines: &[Line], start: f64) -> Option<(usize, Gutter)> {
    let right = start - 0.5;
    let (mut before, mut behind, mut across) = (Side::default(), Side::default(), 0);
    for line in lines {
        if line.left >= right {
            behind.add(line);
        } else if line.right <= right {
            before.add(line);
        } else {
            across += 1;
        }
    }
    let poorer = before.count.min(behind.count);
    let is_one = poorer >= FEWEST
        && across <= poorer
        && before.is_prose()
        && behind.is_prose()
        && before.bottom.min(behind.bottom) > before.top.max(behind.top);
    // A line that ends a little to the right of the others is none that crosses it.
    is_one.then(|| (poorer * 2 - across, Gutter { left: before.right.min(right - 1.0), right }))
}

/// What is on one side of a gutter.
struct Side {
    count: usize,
    characters: usize,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Default for Side {
    fn default() -> Self {
        Side { count: 0, characters: 0, right: 0.0, top: f64::INFINITY, bottom: 0.0 }
    }
}

impl Side {
    fn add(&mut self, line: &Line) {
        self.count += 1;
        self.characters += line.text.chars().count();
        self.right = self.right.max(line.right);
        self.top = self.top.min(line.y);
        self.bottom = self.bottom.max(line.y);
    }

    fn is_prose(&self) -> bool {
        self.characters >= PROSE * self.count
    }
}
