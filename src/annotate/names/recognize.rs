//! Names of people, organizations and places.
//!
//! Knows the words and tags around a token, the word lists, and which name kinds may follow each
//! other. A sentence is labeled as a whole: the best sequence, not the best label of each token.

use std::sync::LazyLock;

use ndarray::{ArrayView2, Axis, Slice};

use crate::annotate::document::Document;
use crate::annotate::features::{Case, Lexeme, Window, hash, key, key2};
use crate::annotate::model::encoder::labels::LabelEncoder;
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::{Head, Layer, head, layer};
use crate::annotate::names::encoded;
use crate::annotate::names::name::{Name, NameKind};
use crate::annotate::names::nonlocal::bits;
use crate::annotate::tag::{Tag, codes};
use crate::error::Error;
use crate::gear::Gear;
use crate::span::Span;

/// How many labels there are: outside, and first and further token of each kind.
pub const LABELS: usize = 9;

/// The label of a token that is in no name.
pub const OUTSIDE: usize = 0;

/// The kinds in the order of their labels.
pub const KINDS: [NameKind; 4] = [NameKind::Person, NameKind::Organization, NameKind::Place, NameKind::Other];

/// The label of a name's first token (`further` false) or of its others.
pub fn label(kind: NameKind, further: bool) -> usize {
    let number = KINDS.iter().position(|other| *other == kind).unwrap_or(0);
    1 + 2 * number + usize::from(further)
}

/// Whether `label` may stand behind `before`.
pub fn may_follow(before: usize, label: usize) -> bool {
    let further = label != OUTSIDE && label.is_multiple_of(2);
    !further || before == label || before + 1 == label
}

/// The trained recognizer.
#[derive(Debug, Default)]
pub struct Recognizer {
    layer: Layer,
    head: Head,
    /// Scores of label pairs, [`LABELS`] × [`LABELS`], by the first label.
    transitions: Vec<i32>,
    /// What more than the nearest words is seen by; says nothing in the fast gear.
    encoder: LabelEncoder,
}

impl Recognizer {
    pub(crate) fn from_file(file: &ModelFile, gear: Gear) -> Result<Self, Error> {
        let layer = layer(file, "name")?;
        let head = head(file, "name", "label", layer.width())?;
        let transitions: Vec<i32> = file.numbers("name.transitions");
        if head.labels() > 0 && (head.labels() != LABELS || transitions.len() != LABELS * LABELS) {
            return Err(Error::new("the model's name labels are not those of this program"));
        }
        let encoder = match gear {
            Gear::Full => LabelEncoder::from_file(file, "encoder.names", encoded::COLUMNS, LABELS)?,
            Gear::Fast => LabelEncoder::default(),
        };
        Ok(Recognizer { layer, head, transitions, encoder })
    }
}

/// The names of a document, in text order; `evidence` is that of [`evidence`](crate::annotate::names::nonlocal::evidence()).
pub fn recognize(
    document: &Document,
    lexemes: &[Lexeme],
    evidence: &[u32],
    tags: &[Tag],
    recognizer: &Recognizer,
) -> Vec<Name> {
    if recognizer.head.labels() == 0 {
        return Vec::new();
    }
    let mut names = Vec::new();
    let mut buffers = Buffers::default();
    let encoder = Some(&recognizer.encoder).filter(|encoder| encoder.is_trained());
    let encoded = encoder.map(|encoder| encoder.scores(&encoded::rows(document, lexemes, evidence, tags)));
    for sentence in &document.sentences {
        let range = sentence.range();
        let (Some(lexemes), Some(evidence), Some(tags)) =
            (lexemes.get(range.clone()), evidence.get(range.clone()), tags.get(range.clone()))
        else {
            continue;
        };
        let encoded = encoded.as_ref().map(|all| all.slice_axis(Axis(0), Slice::from(range)));
        recognizer.label(Window(lexemes), evidence, tags, encoded, &mut buffers);
        collect(&buffers.labels, sentence.start(), &mut names);
    }
    names
}

/// Adds the names that `labels` mark, where the first label belongs to token `first`.
pub fn collect(labels: &[usize], first: usize, names: &mut Vec<Name>) {
    let mut at = 0;
    while at < labels.len() {
        let start = at;
        at += 1;
        if labels[start] == OUTSIDE {
            continue;
        }
        let further = labels[start] + labels[start] % 2;
        while labels.get(at) == Some(&further) {
            at += 1;
        }
        let kind = KINDS[(labels[start] - 1) / 2];
        names.push(Name { tokens: Span::new(first + start, first + at), kind });
    }
}

/// Space that is used again for every sentence.
#[derive(Default)]
struct Buffers {
    keys: Vec<u32>,
    found: Vec<u32>,
    hidden: Vec<i16>,
    scores: Vec<i32>,
    /// For each token and label, the label before it on the best way there.
    back: Vec<[u8; LABELS]>,
    labels: Vec<usize>,
}

/// The score of a label that a token cannot have: below what all others can make up for.
const FORBIDDEN: i32 = i32::MIN / 2;

/// Whether a token is a bracket or a full date: neither is part of any name, though the words on both sides may be
/// two names, as in the address line of an agency.
fn is_no_name(lexeme: &Lexeme) -> bool {
    static MARKS: LazyLock<[u32; 6]> =
        LazyLock::new(|| ["(", ")", "[", "]", "0000-00-00", "00/00/0000"].map(hash));
    matches!(lexeme.case, Case::None | Case::Digits) && MARKS.contains(&lexeme.lower)
}

/// A score below any sum that a sentence can have.
const IMPOSSIBLE: i64 = i64::MIN / 4;

impl Recognizer {
    /// Fills `buffers.labels` with the best sequence of labels (Viterbi).
    fn label(
        &self,
        window: Window<'_>,
        evidence: &[u32],
        tags: &[Tag],
        encoded: Option<ArrayView2<f32>>,
        buffers: &mut Buffers,
    ) {
        buffers.back.clear();
        let mut best = [IMPOSSIBLE; LABELS];
        for at in 0..tags.len() {
            features(window, evidence, tags, at, &mut buffers.keys);
            self.layer.fill(&buffers.keys, &mut buffers.found, &mut buffers.hidden);
            self.head.fill(&buffers.hidden, &mut buffers.scores);
            if let Some(encoded) = &encoded {
                for (score, encoded) in buffers.scores.iter_mut().zip(encoded.row(at)) {
                    *score = score.saturating_add(encoded.round() as i32);
                }
            }
            if is_no_name(window.get(at, 0)) {
                buffers.scores[OUTSIDE + 1..].fill(FORBIDDEN);
            }
            let (next, back) = self.step(at == 0, &best, &buffers.scores);
            best = next;
            buffers.back.push(back);
        }
        let last = (0..LABELS).rev().max_by_key(|label| best[*label]).unwrap_or(OUTSIDE);
        buffers.labels.clear();
        buffers.labels.resize(tags.len(), last);
        for at in (1..tags.len()).rev() {
            buffers.labels[at - 1] = usize::from(buffers.back[at][buffers.labels[at]]);
        }
    }

    fn step(&self, first: bool, best: &[i64; LABELS], scores: &[i32]) -> ([i64; LABELS], [u8; LABELS]) {
        let (mut next, mut back) = ([IMPOSSIBLE; LABELS], [0; LABELS]);
        for label in 0..LABELS {
            let (from, score) = if first {
                (OUTSIDE, if may_follow(OUTSIDE, label) { 0 } else { IMPOSSIBLE })
            } else {
                self.best_before(best, label)
            };
            next[label] = score.saturating_add(i64::from(scores[label])).max(IMPOSSIBLE);
            back[label] = from as u8;
        }
        (next, back)
    }

    fn best_before(&self, best: &[i64; LABELS], label: usize) -> (usize, i64) {
        let mut found = (OUTSIDE, IMPOSSIBLE);
        for before in (0..LABELS).filter(|before| may_follow(*before, label)) {
            let score = best[before] + i64::from(self.transitions[before * LABELS + label]);
            if score > found.1 {
                found = (before, score);
            }
        }
        found
    }
}

/// Fills `keys` with the features of token `at` of a sentence.
pub fn features(window: Window<'_>, evidence: &[u32], tags: &[Tag], at: usize, keys: &mut Vec<u32>) {
    let [before, word, after] = [-1, 0, 1].map(|offset| window.get(at, offset));
    let (far_before, far_after) = (window.get(at, -2), window.get(at, 2));
    let tag =
        |offset: isize| at.checked_add_signed(offset).and_then(|at| tags.get(at)).map_or(0xFFFF, Tag::code);
    keys.clear();
    keys.extend([
        key(1, word.form),
        key(2, word.lower),
        key(3, before.lower),
        key(4, after.lower),
        key(5, far_before.lower),
        key(6, far_after.lower),
        key2(7, before.lower, word.lower),
        key2(8, word.lower, after.lower),
        key2(9, word.shape, before.shape),
        key2(10, word.shape, after.shape),
        key(11, word.prefixes[1]),
        key(12, word.prefixes[2]),
        key(13, word.suffixes[1]),
        key(14, word.suffixes[2]),
        key(15, word.suffixes[3]),
        key(16, before.suffixes[2]),
        key(17, after.suffixes[2]),
        key2(18, word.case as u32, u32::from(at == 0)),
        key2(19, word.case as u32, before.case as u32),
        key2(20, word.case as u32, after.case as u32),
        key2(21, before.case as u32, key(far_before.case as u32, word.case as u32)),
        key2(22, after.case as u32, key(far_after.case as u32, word.case as u32)),
        key(23, word.lists),
        key(24, before.lists),
        key(25, after.lists),
        key2(26, word.lists, after.lists),
        key2(27, before.lists, word.lists),
        key(28, tag(0)),
        key(29, tag(-1)),
        key(30, tag(1)),
        key2(31, tag(0), tag(1)),
        key2(32, tag(-1), tag(0)),
        key(33, window.get(at, -3).lower),
        key(34, window.get(at, 3).lower),
        key2(35, far_before.lower, before.lower),
        key2(36, after.lower, far_after.lower),
        key(37, word.shape),
    ]);
    // Each list by itself as well: the combination may be rare.
    keys.extend((0..9).filter(|bit| word.lists >> bit & 1 == 1).map(|bit| key(38, bit)));
    // How the word is used elsewhere in the article, bit by bit, and what the lists say of this place.
    let known = evidence.get(at).copied().unwrap_or(0);
    keys.extend((0..bits::COUNT).filter(|bit| known >> bit & 1 == 1).map(|bit| key(39, bit)));
    let around = |offset: isize| {
        let bits = at.checked_add_signed(offset).and_then(|at| evidence.get(at)).copied();
        bits.unwrap_or(0)
    };
    let person = bits::TITLE_BEFORE | bits::GIVEN_BEFORE | bits::RARE_GIVEN_BEFORE | bits::SAID;
    let other = bits::PLACE_BEFORE | bits::THE_BEFORE | bits::ORGANIZATION_WORD | bits::IN_BRACKETS;
    keys.extend([
        key2(90, known & person, word.case as u32),
        key2(91, known & other, word.case as u32),
        key(92, around(1) & person),
        key(93, around(-1) & person),
        key(94, around(1) & other),
        key(95, around(-1) & other),
        key(96, around(1) >> 16),
        key(97, around(-1) >> 16),
    ]);
    for (template, lexeme) in [(40, word), (50, before), (60, after), (70, far_before), (80, far_after)] {
        codes(template, lexeme, keys);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::features::{Clusters, lexeme};

    #[test]
    fn labels_mark_names() {
        let person = label(NameKind::Person, false);
        let place = label(NameKind::Place, false);
        let labels = [OUTSIDE, person, person + 1, person, place, OUTSIDE];
        let mut names = Vec::new();
        collect(&labels, 10, &mut names);
        let found: Vec<_> = names.iter().map(|name| (name.tokens.range(), name.kind)).collect();
        assert_eq!(
            found,
            [(11..13, NameKind::Person), (13..14, NameKind::Person), (14..15, NameKind::Place)]
        );
    }

    #[test]
    fn a_further_token_needs_a_first_one() {
        let (first, further) = (label(NameKind::Place, false), label(NameKind::Place, true));
        assert!(may_follow(first, further) && may_follow(further, further) && may_follow(further, first));
        assert!(!may_follow(OUTSIDE, further) && !may_follow(label(NameKind::Person, true), further));
    }

    #[test]
    fn brackets_and_dates_are_in_no_name() {
        let is_no_name = |word: &str| is_no_name(&lexeme(word, &Clusters::default()));
        assert!(["(", ")", "[", "1997-05-03", "03/05/1997"].iter().all(|word| is_no_name(word)));
        assert!(!["1997", "747", "&", "-", "Ruiz", ","].iter().any(|word| is_no_name(word)));
    }
}
