//! A small neural encoder of an article's tokens, and the heads that find reported speech over its states.
//!
//! Tables of embeddings, then gated convolutions ([`convolution`]) give each token a state that knows its neighbors. A tagger
//! finds cues in the states; of each cue a reader ([`reader`]) says which tokens around it are its source and its content,
//! and whether it reports at all. Trained by `trainer/student`, with a transformer as teacher; weights are stored as whole
//! numbers of 8 bits with a scale for each row, and sums are of 32-bit floats. Only products, sums, square roots, divisions
//! and comparisons, in one fixed order, come before the probabilities, so that they are the same on every processor that
//! multiplies and adds in one step.
//!
//! Knows numbers of rows, weights and states; nothing of words. Start reading at [`Encoder::encode`].

mod convolution;
pub(crate) mod crf;
pub(crate) mod reader;
pub(crate) mod states;
mod weights;

use ndarray::{Array2, ArrayView2, Axis, Slice};

use crate::annotate::model::encoder::convolution::Convolutions;
use crate::annotate::model::encoder::reader::Reader;
use crate::annotate::model::encoder::states::{Encoded, rectify};
use crate::annotate::model::encoder::weights::{Linear, Norm, Table};
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::KeyIndex;
use crate::error::Error;

/// How many tokens are encoded at a time, besides those that their states depend on.
const CHUNK: usize = 512;

/// Gives each token of a text its state, and says where cues stand.
#[derive(Debug, Default)]
pub struct Encoder {
    /// Which row of the first table a word has; row 0 is that of all others.
    words: KeyIndex,
    /// One for each number that is seen of a token.
    tables: Vec<Table>,
    first: Norm,
    layers: Convolutions,
    last: Norm,
    cue: [Linear; 2],
    pub(crate) reader: Reader,
}

impl Encoder {
    /// Reads the parts `encoder.*`; an encoder that finds nothing where the file has none.
    pub(crate) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let words: Vec<u32> = file.numbers("encoder.words");
        if words.is_empty() {
            return Ok(Encoder::default());
        }
        let tables = (0..).map_while(|column| Table::from_file(file, &format!("encoder.table.{column}")));
        Ok(Encoder {
            words: KeyIndex::new(&words),
            tables: tables.collect(),
            first: Norm::from_file(file, "encoder.first")?,
            layers: Convolutions::from_file(file, "encoder.layer")?,
            last: Norm::from_file(file, "encoder.last")?,
            cue: [Linear::from_file(file, "encoder.cue.0")?, Linear::from_file(file, "encoder.cue.2")?],
            reader: Reader::from_file(file)?,
        })
    }

    /// Whether there are weights.
    pub(crate) fn is_trained(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Encodes tokens; each row has as many numbers as there are tables, the first being the hash of a word.
    ///
    /// Works through them in chunks, with as many tokens on either side as a state can see, so that memory stays small and
    /// states are those of the whole.
    pub(crate) fn encode<const N: usize>(&self, rows: &[[u32; N]]) -> Encoded {
        let reach = self.layers.reach();
        let mut states = Array2::zeros((rows.len(), self.first.width()));
        for start in (0..rows.len()).step_by(CHUNK) {
            let end = rows.len().min(start + CHUNK);
            let (from, to) = (start.saturating_sub(reach), rows.len().min(end + reach));
            let chunk = self.chunk(&rows[from..to]);
            let own = Slice::from(start - from..end - from);
            states.slice_axis_mut(Axis(0), Slice::from(start..end)).assign(&chunk.slice_axis(Axis(0), own));
        }
        let read = self.reader.prepare(states.view());
        let cues = self.cue_scores(states.view());
        Encoded { states, read, cues }
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

    fn cue_scores(&self, states: ArrayView2<f32>) -> Array2<f32> {
        let mut hidden = self.cue[0].apply(states);
        rectify(&mut hidden);
        self.cue[1].apply(hidden.view())
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::annotate::Model;
    use crate::annotate::model::encoder::crf::best;
    use crate::annotate::model::encoder::reader::Around;

    /// What PyTorch makes of an article with the same weights; `trainer/student/reference.py` writes it.
    #[derive(Deserialize)]
    struct Reference {
        rows: Vec<[u32; 12]>,
        cues: Vec<[f32; 3]>,
        readings: Vec<ReferenceReading>,
    }

    #[derive(Deserialize)]
    struct ReferenceReading {
        start: usize,
        cue: (usize, usize),
        relations: Vec<u32>,
        between: Vec<[i32; 3]>,
        report: f32,
        tags: Vec<u8>,
        likelihood: f32,
        /// Of every tenth token.
        potentials: Vec<[f32; 9]>,
    }

    fn near(one: f32, other: f32) -> bool {
        (one - other).abs() <= 2e-3 * other.abs().max(1.0)
    }

    #[test]
    fn the_product_computes_what_was_trained() {
        let references = include_str!("../../../../tests/encoder/reference.jsonl");
        let encoder = &Model::embedded().encoder;
        let mut readings = 0;
        for line in references.lines() {
            let reference: Reference = serde_json::from_str(line).unwrap();
            let encoded = encoder.encode(&reference.rows);
            for (ours, theirs) in encoded.cues.rows().into_iter().zip(&reference.cues) {
                assert!(ours.iter().zip(theirs).all(|(one, other)| near(*one, *other)), "{ours} {theirs:?}");
            }
            for expected in reference.readings {
                let cue = expected.cue.0..expected.cue.1;
                let (relations, between) = (expected.relations, expected.between);
                let around = Around { start: expected.start, cue, relations, between };
                let reading = encoder.reader.read(&encoded, &around);
                assert!(near(reading.report, expected.report));
                let (tags, likelihood) = best(&reading.potentials);
                assert_eq!(tags, expected.tags);
                assert!(near(likelihood, expected.likelihood));
                for (ours, theirs) in reading.potentials.iter().step_by(10).zip(&expected.potentials) {
                    assert!(ours.iter().zip(theirs).all(|(one, other)| near(*one, *other)));
                }
                readings += 1;
            }
        }
        assert!(readings >= 5, "the articles have reports");
    }

    #[test]
    fn states_do_not_depend_on_where_chunks_end() {
        let encoder = &Model::embedded().encoder;
        let row = |at: u32| std::array::from_fn(|column: usize| (at * 7 + column as u32) % 2);
        let rows: Vec<[u32; 12]> = (0..2 * CHUNK as u32 + 40).map(row).collect();
        let whole = encoder.chunk(&rows);
        assert_eq!(encoder.encode(&rows).states, whole);
        assert_eq!(encoder.encode::<12>(&[]).states.nrows(), 0);
    }
}
