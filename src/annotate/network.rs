//! A small feed-forward network over sparse features, evaluated in whole numbers.
//!
//! Knows keys, weights and sums. A feature is a 32-bit key; a key that training saw has a row of
//! weights, any other counts nothing. Hidden units are the rectified sum of the rows; each head
//! turns them into one score per label. All sums are of integers, so that scores are the same on
//! every machine. Never allocates while it scores.

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

/// How many hidden units are summed at a time; widths are multiples of it.
pub const BLOCK: usize = 32;

/// The part of a network that is shared by its heads: features → hidden units.
#[derive(Debug, Default)]
pub struct Layer {
    index: KeyIndex,
    /// Rows × width, row by row.
    rows: Vec<i8>,
    /// One per hidden unit, in the unit of the rows.
    bias: Vec<i16>,
}

impl Layer {
    /// A layer of `bias.len()` hidden units; `rows` holds as many weights for each of `keys`.
    pub fn new(keys: &[u32], rows: Vec<i8>, bias: Vec<i16>) -> Self {
        Layer { index: KeyIndex::new(keys), rows, bias }
    }

    /// How many hidden units there are.
    pub fn width(&self) -> usize {
        self.bias.len()
    }

    /// Fills `hidden` with the rectified sum of the rows of `keys`; `found` is space to work in.
    pub fn fill(&self, keys: &[u32], found: &mut Vec<u32>, hidden: &mut Vec<i16>) {
        // All rows are looked up before any is added: the processor waits for many of them at once.
        found.clear();
        found.extend(keys.iter().filter_map(|key| self.index.get(*key)).map(|row| row as u32));
        hidden.clear();
        hidden.extend_from_slice(&self.bias);
        let width = self.bias.len();
        for (start, block) in (0..).step_by(BLOCK).zip(hidden.chunks_exact_mut(BLOCK)) {
            // A local array, so that the sums stay in registers over all rows.
            let mut sums = [0_i16; BLOCK];
            sums.copy_from_slice(block);
            for row in found.iter() {
                let first = *row as usize * width + start;
                let weights = self.rows.get(first..first + BLOCK).and_then(|row| row.first_chunk::<BLOCK>());
                let Some(weights) = weights else { break };
                for at in 0..BLOCK {
                    sums[at] = sums[at].wrapping_add(i16::from(weights[at]));
                }
            }
            for (unit, sum) in block.iter_mut().zip(sums) {
                *unit = sum.max(0);
            }
        }
    }
}

/// Hidden units → one score per label.
#[derive(Debug, Default)]
pub struct Head {
    /// Labels × width, row by row.
    weights: Vec<i16>,
    /// One per label, in the unit of the scores.
    bias: Vec<i32>,
    /// How many log-odds one step of a score is.
    unit: f32,
}

impl Head {
    /// A head with `bias.len()` labels; `unit` is the worth of one step of its scores in log-odds.
    pub fn new(weights: Vec<i16>, bias: Vec<i32>, unit: f32) -> Self {
        Head { weights, bias, unit }
    }

    /// How many labels it scores.
    pub fn labels(&self) -> usize {
        self.bias.len()
    }

    /// The worth of one step of a score, in log-odds.
    pub fn unit(&self) -> f32 {
        self.unit
    }

    /// The score of one label.
    #[inline]
    pub fn score(&self, hidden: &[i16], label: usize) -> i32 {
        let width = hidden.len();
        let weights = self.weights.get(label * width..(label + 1) * width).unwrap_or_default();
        let sum: i32 =
            hidden.iter().zip(weights).map(|(unit, weight)| i32::from(*unit) * i32::from(*weight)).sum();
        sum + self.bias.get(label).copied().unwrap_or(0)
    }

    /// Fills `scores` with the score of every label.
    pub fn fill(&self, hidden: &[i16], scores: &mut Vec<i32>) {
        scores.clear();
        scores.extend((0..self.labels()).map(|label| self.score(hidden, label)));
    }

    /// The label with the highest score, the first of equals.
    pub fn best(&self, hidden: &[i16]) -> usize {
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
        let wide = |head: [i8; 2]| head.into_iter().chain([0; BLOCK - 2]);
        let rows = wide([3, -4]).chain(wide([5, 1])).collect();
        let layer = Layer::new(&[10, 20], rows, wide([1, 1]).map(i16::from).collect());
        let (mut found, mut hidden) = (Vec::new(), Vec::new());
        layer.fill(&[10, 99], &mut found, &mut hidden);
        assert_eq!(hidden[..3], [4, 0, 0]);
        layer.fill(&[10, 20], &mut found, &mut hidden);
        assert_eq!(hidden[..3], [9, 0, 0]);
        let weights = wide([2, 7]).chain(wide([-1, 7])).map(i16::from).collect();
        let head = Head::new(weights, vec![0, 100], 1.0);
        let mut scores = Vec::new();
        head.fill(&hidden, &mut scores);
        assert_eq!(scores, [18, 91]);
        assert_eq!(head.best(&hidden), 1);
    }
}
