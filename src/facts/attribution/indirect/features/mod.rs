//! What the cue model may look at: the cue, what hangs on it and what surrounds it, then each reading's frame,
//! borders and words.
//!
//! Each feature is the number of a bucket, made from strings: a string that changes makes another feature, and the stage
//! `report` of the trainer is to be run anew. Decides nothing and knows no weights. Start reading at [`of_cue`].

mod arguments;
pub(super) mod cue;
pub(super) mod reading;
pub(super) mod words;

use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::{CODE_NAMES, CueFeatures};
use crate::facts::attribution::quoted_text::QuotedText;

/// What is seen of a cue whatever its reading: the word, its sentence, the phrases that hang on it, its clusters.
pub(super) fn of_cue(quoted: &QuotedText, cue: &CueFeatures) -> Vec<u32> {
    let upos = quoted.text.tags[cue.token].upos.as_str();
    let mut features = Vec::with_capacity(96);
    cue.word_features(quoted, upos, &mut features);
    cue.sentence_features(quoted, upos, &mut features);
    arguments::look(quoted, cue, upos, &mut features);
    for (code, name) in cue.codes.iter().zip(CODE_NAMES) {
        features.push(bucket(&["code", name, code, upos]));
    }
    for (code, name) in cue.subject_codes.iter().zip(CODE_NAMES) {
        features.push(bucket(&["subject code", name, code, upos]));
    }
    features
}
