//! What readers' judgements taught: whether a quote is a thought or an attitude, and whether an editor takes it.

use crate::annotate::model::file::ModelFile;
use crate::annotate::model::linear::Weighted;
use crate::error::Error;
use crate::gear::Gear;

/// What is vouched for by a model that has not learned it.
const UNTRAINED_LEAST: f32 = 0.6;

/// Three logistic regressions, and where the last is cut.
#[derive(Debug, Default)]
pub struct Vouching {
    /// Whether a quote is a thought.
    pub(crate) thought: Weighted,
    /// Whether it is an attitude.
    pub(crate) attitude: Weighted,
    /// Whether a reader takes it as it stands.
    pub(crate) taken: Weighted,
    /// From which probability on it is vouched for.
    pub(crate) least: f32,
}

impl Vouching {
    /// Reads the parts `mode.*`, and `vouching.*` or `encoder.vouching.*` by gear.
    pub(crate) fn from_file(file: &ModelFile, gear: Gear) -> Result<Self, Error> {
        let name = match gear {
            Gear::Full => "encoder.vouching",
            Gear::Fast => "vouching",
        };
        Ok(Vouching {
            thought: Weighted::from_file(file, "mode.thought")?,
            attitude: Weighted::from_file(file, "mode.attitude")?,
            taken: Weighted::from_file(file, name)?,
            least: file.numbers(&format!("{name}.least")).first().copied().unwrap_or(UNTRAINED_LEAST),
        })
    }
}
