//! What the model of reports may look at in the phrases that hang on a cue.

use crate::annotate::labels::Relation;
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::indirect::features::cue::{CODE_NAMES, Cue, codes};
use crate::facts::attribution::scene::Scene;

/// How many phrases of one cue are looked at, so that endless lists take linear time.
const MOST: usize = 12;

/// The pattern of the phrases, the auxiliaries, and the word that heads each phrase.
pub(crate) fn look(scene: &Scene, cue: &Cue, upos: &str, clues: &mut Vec<u32>) {
    let text = scene.text;
    let Cue { token, lemma, subject, .. } = cue;
    let (mut pattern, mut helpers) = (String::new(), String::new());
    for child in scene.syntax.children(*token).take(MOST) {
        let relation = scene.syntax.relation(child);
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
        phrase(scene, cue, child, upos, clues);
    }
    // The last three letters stand in for a lemma that is too rare for weights of its own.
    let ending = lemma.char_indices().nth_back(2).map_or("", |(at, _)| &lemma[at..]);
    clues.extend([
        bucket(&["pattern", &pattern, upos]),
        bucket(&["pattern subject", &pattern, subject]),
        bucket(&["pattern lemma", &pattern, lemma]),
        bucket(&["helpers", &helpers, upos]),
        bucket(&["helpers lemma", &helpers, lemma]),
        bucket(&["ending", ending, upos]),
    ]);
    clues.extend(cue.codes.first().map(|code| bucket(&["pattern code", code, &pattern])));
}

/// The word that heads one phrase.
fn phrase(scene: &Scene, cue: &Cue, head: usize, upos: &str, clues: &mut Vec<u32>) {
    let relation = scene.syntax.relation(head);
    let word = || scene.text.tags[head].lemma.to_lowercase();
    match relation {
        Relation::Obj => {
            let word = word();
            clues.extend([bucket(&["object", &word, upos]), bucket(&["object lemma", &word, &cue.lemma])]);
            // The three clusters over whole vectors.
            for (code, name) in codes(scene, &word).iter().zip(CODE_NAMES).take(3) {
                clues.push(bucket(&["object code", name, code, &cue.lemma]));
            }
        }
        Relation::Advmod | Relation::Amod | Relation::CompoundPrt => {
            let word = word();
            clues
                .extend([bucket(&["modifier", &word, upos]), bucket(&["modifier lemma", &word, &cue.lemma])]);
        }
        Relation::Ccomp | Relation::Xcomp => {
            clues.push(bucket(&["complement", &word(), relation.as_str()]));
        }
        _ => {}
    }
}
