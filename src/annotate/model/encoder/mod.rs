//! Small neural encoders of an article's tokens, and what is read from their states.
//!
//! Tables of embeddings, then gated convolutions (`convolution`) give each token a state that knows its neighbors. Over one
//! encoder's states reported speech is found ([`reports`]), over another's names ([`labels`]). Trained by `trainer/student`;
//! weights are stored as whole numbers of 8 bits with a scale for each row, and sums are of 32-bit floats. Only products, sums,
//! square roots, divisions and comparisons, in one fixed order, come before the probabilities; what that means for different
//! processors is in ARCHITECTURE.md.
//!
//! Knows numbers of rows, weights and states; nothing of words. Start reading at [`Encoder::encode`].

mod convolution;
pub(crate) mod crf;
pub(crate) mod labels;
pub(crate) mod reader;
pub(crate) mod reports;
pub(crate) mod states;
mod weights;

use ndarray::{Array2, Axis, Slice};

use crate::annotate::model::encoder::convolution::Convolutions;
use crate::annotate::model::encoder::weights::{Norm, Table};
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::KeyIndex;
use crate::error::Error;

/// How many tokens are encoded at a time, besides those that their states depend on.
const CHUNK: usize = 512;

/// Gives each token of a text its state.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    /// Which row of the first table a word has; row 0 is that of all others.
    words: KeyIndex,
    /// One for each number that is seen of a token.
    tables: Vec<Table>,
    first: Norm,
    layers: Convolutions,
    last: Norm,
}

impl Encoder {
    /// Reads the parts `NAME.*`, with a table for each of `columns` numbers of a token; an encoder that sees nothing where the
    /// file has none.
    fn from_file(file: &ModelFile, name: &str, columns: usize) -> Result<Self, Error> {
        let words: Vec<u32> = file.numbers(&format!("{name}.words"));
        if words.is_empty() {
            return Ok(Encoder::default());
        }
        let table = |column: usize| Table::needed(file, &format!("{name}.table.{column}"));
        Ok(Encoder {
            words: KeyIndex::new(&words),
            tables: (0..columns).map(table).collect::<Result<_, Error>>()?,
            first: Norm::from_file(file, &format!("{name}.first"))?,
            layers: Convolutions::from_file(file, &format!("{name}.layer"))?,
            last: Norm::from_file(file, &format!("{name}.last"))?,
        })
    }

    /// Whether there are weights.
    fn is_trained(&self) -> bool {
        !self.tables.is_empty()
    }

    /// The states of tokens, tokens × width; each row has as many numbers as there are tables, the first being the hash of a
    /// word.
    ///
    /// Works through them in chunks, with as many tokens on either side as a state can see, so that memory stays small and
    /// states are those of the whole.
    fn encode<const N: usize>(&self, rows: &[[u32; N]]) -> Array2<f32> {
        let reach = self.layers.reach();
        let mut states = Array2::zeros((rows.len(), self.first.width()));
        for start in (0..rows.len()).step_by(CHUNK) {
            let end = rows.len().min(start + CHUNK);
            let (from, to) = (start.saturating_sub(reach), rows.len().min(end + reach));
            let chunk = self.chunk(&rows[from..to]);
            let own = Slice::from(start - from..end - from);
            states.slice_axis_mut(Axis(0), Slice::from(start..end)).assign(&chunk.slice_axis(Axis(0), own));
        }
        states
    }

    fn chunk<const N: usize>(&self, rows: &[[u32; N]]) -> Array2<f32> {
        let mut states = Array2::zeros((rows.len(), self.first.width()));
        for (row, mut state) in rows.iter().zip(states.rows_mut()) {
            for (column, (table, number)) in self.tables.iter().zip(row).enumerate() {
                // Words that were not seen share the first row.
                let number =
                    if column == 0 { self.words.get(*number).unwrap_or(0) } else { *number as usize };
                table.add_row(number, &mut state);
            }
        }
        self.first.apply(&mut states);
        self.layers.apply(&mut states);
        self.last.apply(&mut states);
        states
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Model;

    #[test]
    fn states_do_not_depend_on_where_chunks_end() {
        let encoder = Model::embedded().reports.encoder();
        let row = |at: u32| std::array::from_fn(|column: usize| (at * 7 + column as u32) % 2);
        let rows: Vec<[u32; 12]> = (0..2 * CHUNK as u32 + 40).map(row).collect();
        let whole = encoder.chunk(&rows);
        assert_eq!(encoder.encode(&rows), whole);
        assert_eq!(encoder.encode::<12>(&[]).nrows(), 0);
    }
}
