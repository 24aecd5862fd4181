//! What the model of reports may look at in the words of a content, whatever its cue and frame.
//!
//! These clues say whether a word is likely to stand in a content at all. Since the model is linear, the clues of a
//! whole content count as much as the sum over its words, which running sums give for all readings of a sentence.

use crate::annotate::features::lexeme;
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::CODE_NAMES;
use crate::facts::attribution::indirect::occupied::Taken;
use crate::facts::attribution::scene::Scene;

/// Adds what is seen of one word and of the one before it.
pub(crate) fn of_word(scene: &Scene, taken: &Taken, token: usize, clues: &mut Vec<u32>) {
    let tags = &scene.text.tags;
    let tag = &tags[token];
    let lemma = |token: Option<usize>| token.map_or("", |token| &*tags[token].lemma);
    let before = token.checked_sub(1);
    let xpos = tag.xpos.as_str();
    let xpos_before = before.map_or("", |before| tags[before].xpos.as_str());
    let quoted = match (scene.quotation_of(token).is_some(), taken.has(token)) {
        (true, true) => "a quote",
        (true, false) => "marked",
        (false, true) => "a quote's cue",
        (false, false) => "",
    };
    let relation = scene.syntax.relation(token).as_str();
    clues.extend([
        bucket(&["word", &tag.lemma]),
        bucket(&["word xpos", xpos, quoted]),
        bucket(&["two words", lemma(before), &tag.lemma]),
        bucket(&["two xpos", xpos_before, xpos]),
        bucket(&["word relation", relation, lemma(scene.syntax.head(token))]),
    ]);
    // The three clusters over whole vectors.
    let codes = lexeme(&tag.lemma, &scene.model.clusters).codes;
    for (code, name) in codes.iter().zip(CODE_NAMES).take(3) {
        clues.push(bucket(&["word code", name, &code.to_string()]));
    }
}
