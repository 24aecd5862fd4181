//! A small feed-forward network over sparse features, evaluated in whole numbers.
//!
//! Knows keys, weights and sums. A feature is a 32-bit key; a key that training saw has a row of
//! weights, any other counts nothing. Hidden units are the rectified sum of the rows; each head
//! turns them into one score per label. All sums are of integers, so that scores are the same on
//! every machine. Never allocates while it scores.

use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// Which row belongs to a key: open addressing in a table at least twice as large as its content.
#[derive(Debug, Default)]
pub struct KeyIndex {
    slots: Vec<(u32, u32)>,
    shift: u32,
}

/// The row number that marks a free slot.
const FREE: u32 = u32::MAX;

impl KeyIndex {
    /// An index in which key number `i` leads to row `i`.
    pub fn new(keys: &[u32]) -> Self {
        let size = (keys.len() * 2).next_power_of_two().max(2);
        let mut index = KeyIndex { slots: vec![(0, FREE); size], shift: 32 - size.trailing_zeros() };
        for (row, key) in keys.iter().enumerate() {
            let mut slot = index.home(*key);
            while index.slots[slot].1 != FREE {
                slot = (slot + 1) & (size - 1);
            }
            index.slots[slot] = (*key, row as u32);
        }
        index
    }

    /// The row of `key`, if it has one.
    #[inline]
    pub fn get(&self, key: u32) -> Option<usize> {
        let mut slot = self.home(key);
        loop {
            let (found, row) = *self.slots.get(slot)?;
            if row == FREE {
                return None;
            }
            if found == key {
                return Some(row as usize);
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
    }

    /// Keys are hashes already: their upper bits choose the slot.
    #[inline]
    fn home(&self, key: u32) -> usize {
        (key >> self.shift) as usize
    }
}

/// The part of a network that is shared by its heads: features → hidden units.
#[derive(Debug, Default)]
pub(crate) struct Layer {
    index: KeyIndex,
    /// Rows × width, row by row.
    rows: Vec<i8>,
    /// One per hidden unit, in the unit of the rows.
    bias: Vec<i16>,
}

impl Layer {
    /// A layer of `bias.len()` hidden units; `rows` holds as many weights for each of `keys`.
    pub(crate) fn new(keys: &[u32], rows: Vec<i8>, bias: Vec<i16>) -> Self {
        Layer { index: KeyIndex::new(keys), rows, bias }
    }

    /// How many hidden units there are.
    pub(crate) fn width(&self) -> usize {
        self.bias.len()
    }

    /// Fills `hidden` with the rectified sum of the rows of `keys`; `found` is space to work in.
    pub(crate) fn fill(&self, keys: &[u32], found: &mut Vec<u32>, hidden: &mut Vec<i16>) {
        // All rows are looked up before any is added: the processor waits for many of them at once.
        found.clear();
        for key in keys {
            if let Some(row) = self.index.get(*key) {
                found.push(row as u32);
            }
        }
        hidden.clear();
        hidden.extend_from_slice(&self.bias);
        let mut groups = found.chunks_exact(4);
        for group in &mut groups {
            add_four(hidden, [group[0], group[1], group[2], group[3]].map(|row| self.row(row)));
        }
        for row in groups.remainder() {
            for (sum, weight) in hidden.iter_mut().zip(self.row(*row)) {
                *sum = sum.wrapping_add(i16::from(*weight));
            }
        }
        for unit in hidden.iter_mut() {
            *unit = (*unit).max(0);
        }
    }

    #[inline]
    fn row(&self, row: u32) -> &[i8] {
        let width = self.bias.len();
        self.rows.get(row as usize * width..(row as usize + 1) * width).unwrap_or_default()
    }
}

/// Adds four rows at once, so that the sums are loaded and stored once for all of them.
///
/// Lengths are known at run time only: over arrays of fixed size the compiler unrolls the loop and adds one by one.
#[inline]
fn add_four(sums: &mut [i16], [one, two, three, four]: [&[i8]; 4]) {
    let length = sums.len().min(one.len()).min(two.len()).min(three.len()).min(four.len());
    let (one, two, three, four) = (&one[..length], &two[..length], &three[..length], &four[..length]);
    for (at, sum) in sums[..length].iter_mut().enumerate() {
        let first = i16::from(one[at]) + i16::from(two[at]);
        let second = i16::from(three[at]) + i16::from(four[at]);
        *sum = sum.wrapping_add(first + second);
    }
}

/// Hidden units → one score per label.
#[derive(Debug, Default)]
pub(crate) struct Head {
    /// Labels × width, row by row.
    weights: Vec<i16>,
    /// One per label, in the unit of the scores.
    bias: Vec<i32>,
}

impl Head {
    /// A head with `bias.len()` labels.
    pub(crate) fn new(weights: Vec<i16>, bias: Vec<i32>) -> Self {
        Head { weights, bias }
    }

    /// How many labels it scores.
    pub(crate) fn labels(&self) -> usize {
        self.bias.len()
    }

    /// The score of one label.
    #[inline]
    pub(crate) fn score(&self, hidden: &[i16], label: usize) -> i32 {
        let width = hidden.len();
        let weights = self.weights.get(label * width..(label + 1) * width).unwrap_or_default();
        let sum: i32 =
            hidden.iter().zip(weights).map(|(unit, weight)| i32::from(*unit) * i32::from(*weight)).sum();
        sum + self.bias.get(label).copied().unwrap_or(0)
    }

    /// Fills `scores` with the score of every label.
    pub(crate) fn fill(&self, hidden: &[i16], scores: &mut Vec<i32>) {
        scores.clear();
        scores.extend((0..self.labels()).map(|label| self.score(hidden, label)));
    }

    /// The label with the highest score, the first of equals.
    pub(crate) fn best(&self, hidden: &[i16]) -> usize {
        let mut best = (i32::MIN, 0);
        for label in 0..self.labels() {
            let score = self.score(hidden, label);
            if score > best.0 {
                best = (score, label);
            }
        }
        best.1
    }
}

/// The hidden layer whose parts are called `name.keys`, `name.rows` and `name.bias`.
pub(crate) fn layer(file: &ModelFile, name: &str) -> Result<Layer, Error> {
    let keys: Vec<u32> = file.numbers(&format!("{name}.keys"));
    let rows: Vec<i8> = file.numbers(&format!("{name}.rows"));
    let bias: Vec<i16> = file.numbers(&format!("{name}.bias"));
    if rows.len() != keys.len() * bias.len() {
        return Err(Error::new(format!("the model's layer {name} has parts that do not fit together")));
    }
    Ok(Layer::new(&keys, rows, bias))
}

/// The head `name.head` over a layer of `width` units.
pub(crate) fn head(file: &ModelFile, name: &str, head: &str, width: usize) -> Result<Head, Error> {
    let weights: Vec<i16> = file.numbers(&format!("{name}.{head}.weights"));
    let bias: Vec<i32> = file.numbers(&format!("{name}.{head}.bias"));
    if weights.len() != width * bias.len() {
        return Err(Error::new(format!("the model's head {name}.{head} has parts that do not fit together")));
    }
    Ok(Head::new(weights, bias))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_lead_to_their_rows_and_others_nowhere() {
        let keys: Vec<u32> = (0..1000_u32).map(|key| key.wrapping_mul(0x9E37_79B1)).collect();
        let index = KeyIndex::new(&keys);
        assert!(keys.iter().enumerate().all(|(row, key)| index.get(*key) == Some(row)));
        assert_eq!(index.get(12345), None);
        assert_eq!(KeyIndex::new(&[]).get(7), None);
        assert_eq!(KeyIndex::default().get(7), None);
    }

    #[test]
    fn a_score_is_the_weighted_sum_of_rectified_units() {
        let wide = |head: [i8; 2]| head.into_iter().chain([0; 30]);
        let rows = wide([3, -4]).chain(wide([5, 1])).collect();
        let layer = Layer::new(&[10, 20], rows, wide([1, 1]).map(i16::from).collect());
        let (mut found, mut hidden) = (Vec::new(), Vec::new());
        layer.fill(&[10, 99], &mut found, &mut hidden);
        assert_eq!(hidden[..3], [4, 0, 0]);
        layer.fill(&[10, 20], &mut found, &mut hidden);
        assert_eq!(hidden[..3], [9, 0, 0]);
        let weights = wide([2, 7]).chain(wide([-1, 7])).map(i16::from).collect();
        let head = Head::new(weights, vec![0, 100]);
        let mut scores = Vec::new();
        head.fill(&hidden, &mut scores);
        assert_eq!(scores, [18, 91]);
        assert_eq!(head.best(&hidden), 1);
    }
}
