//! The trained part of finding reports: which words can be cues, and how good each reading of one is.
//!
//! Holds weights only; what a reading is and what is looked at is the facts' business.

use crate::annotate::labels::Upos;
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::linear::Linear;
use crate::annotate::tag::Tag;

/// What training leaves for those who look for reports.
#[derive(Debug, Default)]
pub struct CueModel {
    /// Hashes of the lemmas that annotators mark as cues now and then, in order.
    words: Vec<u32>,
    /// Scores readings.
    pub(crate) readings: Linear,
}

impl CueModel {
    /// Reads the parts `report.words`, `report.weights` and `report.unit`; empty where they are missing.
    pub(crate) fn from_file(file: &ModelFile) -> Self {
        CueModel { words: file.numbers("report.words"), readings: Linear::from_file(file, "report") }
    }

    /// Whether a word may be a cue by what training saw of its lemma.
    pub(crate) fn knows(&self, tag: &Tag) -> bool {
        self.words.binary_search(&word(tag)).is_ok()
    }
}

/// The hash of a lemma as verb, noun or other word (FNV-1a, 32 bits).
pub fn word(tag: &Tag) -> u32 {
    let class = match tag.upos {
        Upos::Verb | Upos::Aux => b'v',
        Upos::Noun | Upos::Propn => b'n',
        _ => b'o',
    };
    let mut hash: u32 = 0x811c_9dc5;
    for byte in tag.lemma.bytes().map(|byte| byte.to_ascii_lowercase()).chain([class]) {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::labels::Xpos;

    #[test]
    fn a_lemma_is_known_in_its_own_class_only() {
        let tag = |lemma: &str, upos| Tag { upos, xpos: Xpos::Nn, lemma: lemma.into() };
        let reports = CueModel { words: vec![word(&tag("claim", Upos::Noun))], ..CueModel::default() };
        assert!(reports.knows(&tag("Claim", Upos::Noun)));
        assert!(!reports.knows(&tag("claim", Upos::Verb)));
        assert!(!reports.knows(&tag("table", Upos::Noun)));
        assert!(!CueModel::default().knows(&tag("claim", Upos::Noun)));
    }
}
