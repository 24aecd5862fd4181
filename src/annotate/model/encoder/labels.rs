//! The encoder of names: how likely each label is of each token.
//!
//! Knows numbers and weights; what a label stands for is for the recognizer of names to say.

use ndarray::Array2;

use crate::annotate::model::encoder::Encoder;
use crate::annotate::model::encoder::weights::{Linear, missing};
use crate::annotate::model::file::ModelFile;
use crate::error::Error;

/// Scores labels.
#[derive(Debug, Default)]
pub(crate) struct LabelEncoder {
    encoder: Encoder,
    label: Linear,
    /// What a unit of log-probability is worth beside the scores of a linear model.
    share: f32,
}

impl LabelEncoder {
    /// Reads the parts `NAME.*`; one that says nothing where the file has none.
    ///
    /// Fails unless it has a table for each of `columns` numbers of a token and gives so many labels.
    pub(crate) fn from_file(
        file: &ModelFile,
        name: &str,
        columns: usize,
        labels: usize,
    ) -> Result<Self, Error> {
        let encoder = Encoder::from_file(file, name, columns)?;
        if !encoder.is_trained() {
            return Ok(LabelEncoder::default());
        }
        let label = Linear::from_file(file, &format!("{name}.label"))?;
        if (label.inputs(), label.outputs()) != (encoder.first.width(), labels) {
            return Err(missing(&format!("{name}.label")));
        }
        let shares: Vec<f32> = file.numbers(&format!("{name}.share"));
        let share = *shares.first().ok_or_else(|| missing(name))?;
        Ok(LabelEncoder { encoder, label, share })
    }

    /// Whether there are weights.
    pub(crate) fn is_trained(&self) -> bool {
        self.encoder.is_trained()
    }

    /// The logarithm of the probability of each label, in units of a linear model: tokens × labels; each row has as many
    /// numbers as the encoder has tables.
    pub(crate) fn scores<const N: usize>(&self, rows: &[[u32; N]]) -> Array2<f32> {
        let mut scores = self.label.apply(self.encoder.encode(rows).view());
        for mut row in scores.rows_mut() {
            let largest = row.fold(f32::MIN, |one, other| one.max(*other));
            let sum: f32 = row.iter().map(|score| libm::expf(score - largest)).sum();
            let whole = largest + libm::logf(sum);
            row.mapv_inplace(|score| (score - whole) * self.share);
        }
        scores
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::annotate::model::encoder::labels::LabelEncoder;
    use crate::annotate::model::file::ModelFile;

    /// What `trainer/student/reference.py --names` wrote of an invented article.
    #[derive(serde::Deserialize)]
    struct Reference {
        rows: Vec<[u32; 17]>,
        /// Log-probabilities.
        labels: Vec<Vec<f32>>,
    }

    #[test]
    fn the_product_computes_what_was_trained() {
        let references = include_str!("../../../../tests/encoder/names.jsonl");
        let bytes = include_bytes!("../../../../model/english.bin");
        let file = ModelFile::read(bytes).unwrap();
        let encoder = LabelEncoder::from_file(&file, "encoder.names", 17, 9).unwrap();
        let near = |one: f32, other: f32| (one - other).abs() <= 2e-3 * other.abs().max(1.0);
        let mut tokens = 0;
        for line in references.lines() {
            let reference: Reference = serde_json::from_str(line).unwrap();
            let scores = encoder.scores(&reference.rows);
            for (ours, theirs) in scores.rows().into_iter().zip(&reference.labels) {
                let same = ours.iter().zip(theirs).all(|(one, other)| near(one / encoder.share, *other));
                assert!(same, "{ours} {theirs:?}");
                tokens += 1;
            }
        }
        assert!(tokens >= 50, "the articles have words");
    }
}
