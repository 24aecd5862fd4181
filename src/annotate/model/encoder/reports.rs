//! The encoder of reported speech: where cues stand, and what each reports.
//!
//! A tagger finds cues in the states of an encoder; of each cue a reader ([`reader`](super::reader)) says which tokens around
//! it are its source and its content, and whether it reports at all. Its teacher was a transformer. Knows numbers and weights.

use ndarray::{Array2, ArrayView2};

use crate::annotate::model::encoder::Encoder;
use crate::annotate::model::encoder::reader::Reader;
use crate::annotate::model::encoder::states::{Encoded, rectify};
use crate::annotate::model::encoder::weights::Linear;
use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// How many numbers it sees of a token.
pub(crate) const COLUMNS: usize = 12;

/// Finds reported speech.
#[derive(Debug, Default)]
pub struct ReportEncoder {
    encoder: Encoder,
    cue: [Linear; 2],
    pub(crate) reader: Reader,
}

impl ReportEncoder {
    /// Reads the parts `encoder.*`; one that finds nothing where the file has none.
    pub(crate) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let encoder = Encoder::from_file(file, "encoder", COLUMNS)?;
        if !encoder.is_trained() {
            return Ok(ReportEncoder::default());
        }
        Ok(ReportEncoder {
            encoder,
            cue: [Linear::from_file(file, "encoder.cue.0")?, Linear::from_file(file, "encoder.cue.2")?],
            reader: Reader::from_file(file)?,
        })
    }

    /// Whether there are weights.
    pub(crate) fn is_trained(&self) -> bool {
        self.encoder.is_trained()
    }

    /// Encodes tokens and says where cues stand; each row has as many numbers as the encoder has tables.
    pub(crate) fn encode<const N: usize>(&self, rows: &[[u32; N]]) -> Encoded {
        let states = self.encoder.encode(rows);
        let read = self.reader.prepare(states.view());
        let cues = self.cue_scores(states.view());
        Encoded { states, read, cues }
    }

    fn cue_scores(&self, states: ArrayView2<f32>) -> Array2<f32> {
        let mut hidden = self.cue[0].apply(states);
        rectify(&mut hidden);
        self.cue[1].apply(hidden.view())
    }

    #[cfg(test)]
    pub(super) fn encoder(&self) -> &Encoder {
        &self.encoder
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

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
        let encoder = &Model::embedded().reports;
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
}
