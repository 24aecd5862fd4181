//! What the cue model may look at in the phrases that hang on a cue.

use crate::annotate::labels::Relation;
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::{CODE_NAMES, CueFeatures, codes};
use crate::facts::attribution::quoted_text::QuotedText;

/// How many phrases of one cue are looked at, so that endless lists take linear time.
const MOST: usize = 12;

/// The pattern of the phrases, the auxiliaries, and the word that heads each phrase.
pub(crate) fn look(quoted: &QuotedText, cue: &CueFeatures, upos: &str, features: &mut Vec<u32>) {
    let text = quoted.text;
    let CueFeatures { token, lemma, subject, .. } = cue;
    let (mut pattern, mut helpers) = (String::new(), String::new());
    for child in quoted.text.syntax.children(*token).take(MOST) {
        let relation = quoted.text.syntax.relation(child);
        match relation {
            Relation::Punct | Relation::Cc | Relation::Det | Relation::Case => {}
            Relation::Aux | Relation::AuxPass | Relation::Cop => {
                helpers.push_str(&text.word(child).to_lowercase());
                helpers.push(' ');
            }
            _ => {
                pattern.push_str(relation.as_str());
                pattern.push(if child < *token { '<' } else { '>' });
            }
        }
        phrase(quoted, cue, child, upos, features);
    }
    // The last three letters stand in for a lemma that is too rare for weights of its own.
    let ending = lemma.char_indices().nth_back(2).map_or("", |(at, _)| &lemma[at..]);
    features.extend([
        bucket(&["pattern", &pattern, upos]),
        bucket(&["pattern subject", &pattern, subject]),
        bucket(&["pattern lemma", &pattern, lemma]),
        bucket(&["helpers", &helpers, upos]),
        bucket(&["helpers lemma", &helpers, lemma]),
        bucket(&["ending", ending, upos]),
    ]);
    features.extend(cue.codes.first().map(|code| bucket(&["pattern code", code, &pattern])));
}

/// The word that heads one phrase.
fn phrase(quoted: &QuotedText, cue: &CueFeatures, head: usize, upos: &str, features: &mut Vec<u32>) {
    let relation = quoted.text.syntax.relation(head);
    let word = || quoted.text.tags[head].lemma.to_lowercase();
    match relation {
        Relation::Obj => {
            let word = word();
            features.extend([bucket(&["object", &word, upos]), bucket(&["object lemma", &word, &cue.lemma])]);
            // The three clusters over whole vectors.
            for (code, name) in codes(quoted, &word).iter().zip(CODE_NAMES).take(3) {
                features.push(bucket(&["object code", name, code, &cue.lemma]));
            }
        }
        Relation::Advmod | Relation::Amod | Relation::CompoundPrt => {
            let word = word();
            features
                .extend([bucket(&["modifier", &word, upos]), bucket(&["modifier lemma", &word, &cue.lemma])]);
        }
        Relation::Ccomp | Relation::Xcomp => {
            features.push(bucket(&["complement", &word(), relation.as_str()]));
        }
        _ => {}
    }
}
