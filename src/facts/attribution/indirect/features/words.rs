//! What the cue model may look at in the words of a content, whatever its cue and frame.
//!
//! These features say whether a word is likely to stand in a content at all. Since the model is linear, the features of a
//! whole content count as much as the sum over its words, which running sums give for all readings of a sentence.

use crate::annotate::features::lexeme;
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::CODE_NAMES;
use crate::facts::attribution::indirect::occupied::Occupied;
use crate::facts::attribution::quoted_text::QuotedText;

/// Adds what is seen of one word and of the one before it.
pub(crate) fn of_word(quoted: &QuotedText, occupied: &Occupied, token: usize, features: &mut Vec<u32>) {
    let tags = &quoted.text.tags;
    let tag = &tags[token];
    let lemma = |token: Option<usize>| token.map_or("", |token| &*tags[token].lemma);
    let before = token.checked_sub(1);
    let xpos = tag.xpos.as_str();
    let xpos_before = before.map_or("", |before| tags[before].xpos.as_str());
    let in_marks = match (quoted.quotation_of(token).is_some(), occupied.has(token)) {
        (true, true) => "a quote",
        (true, false) => "marked",
        (false, true) => "a quote's cue",
        (false, false) => "",
    };
    let relation = quoted.text.syntax.relation(token).as_str();
    features.extend([
        bucket(&["word", &tag.lemma]),
        bucket(&["word xpos", xpos, in_marks]),
        bucket(&["two words", lemma(before), &tag.lemma]),
        bucket(&["two xpos", xpos_before, xpos]),
        bucket(&["word relation", relation, lemma(quoted.text.syntax.head(token))]),
    ]);
    // The three clusters over whole vectors.
    let codes = lexeme(&tag.lemma, &quoted.model.clusters).codes;
    for (code, name) in codes.iter().zip(CODE_NAMES).take(3) {
        features.push(bucket(&["word code", name, &code.to_string()]));
    }
}
