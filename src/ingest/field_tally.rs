//! Which fields were not made use of, each once, with how often.

use std::collections::BTreeMap;

use crate::read::FieldNote;

/// How many are told apart: a stranger names the fields.
const MOST: usize = 40;

/// Counts notes on fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldTally(BTreeMap<FieldNote, u64>);

impl FieldTally {
    pub(super) fn add(&mut self, note: FieldNote) {
        if let Some(count) = self.0.get_mut(&note) {
            *count += 1;
        } else if self.0.len() < MOST {
            self.0.insert(note, 1);
        }
    }

    /// Each field once with the number of records, the most frequent first.
    pub fn by_frequency(&self) -> Vec<(&FieldNote, u64)> {
        let mut notes: Vec<_> = self.0.iter().map(|(note, count)| (note, *count)).collect();
        notes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        notes
    }
}
