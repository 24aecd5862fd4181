//! What the model of reports may look at: the cue, what hangs on it and what surrounds it, then each reading's frame,
//! borders and words.
//!
//! Each clue is the number of a bucket. A change here needs the stage `report` trained anew.

pub(crate) mod arguments;
pub(crate) mod cue;
pub(crate) mod reading;
pub(crate) mod words;

use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::{CODE_NAMES, Cue};
use crate::facts::attribution::scene::Scene;

/// What is seen of a cue whatever its reading: the word, its sentence, the phrases that hang on it, its clusters.
pub(crate) fn of_cue(scene: &Scene, cue: &Cue) -> Vec<u32> {
    let upos = scene.text.tags[cue.token].upos.as_str();
    let mut clues = Vec::with_capacity(96);
    cue.word_clues(scene, upos, &mut clues);
    cue.sentence_clues(scene, upos, &mut clues);
    arguments::look(scene, cue, upos, &mut clues);
    for (code, name) in cue.codes.iter().zip(CODE_NAMES) {
        clues.push(bucket(&["code", name, code, upos]));
    }
    for (code, name) in cue.subject_codes.iter().zip(CODE_NAMES) {
        clues.push(bucket(&["subject code", name, code, upos]));
    }
    clues
}
