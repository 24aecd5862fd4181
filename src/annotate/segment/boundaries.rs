//! Whether a sentence ends between two tokens, as learned from treebanks.
//!
//! Knows the words on both sides and what the rules of `sentences` say. Decides
//! only where a sentence can end at all: never before a closing mark, never inside an attribution
//! that the rules see.

use crate::annotate::features::{Case, Lexeme, Window, key, key2};
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::{Head, Layer, head, layer};
use crate::annotate::segment::sentences::Boundary;
use crate::error::Error;
use crate::span::{Span, Tokens};

/// The trained part of segmentation. One that holds nothing leaves everything to the rules.
#[derive(Debug, Default)]
pub struct Splitter {
    layer: Layer,
    head: Head,
}

/// How many tokens a sentence has at most; of real ones, none comes near. What looks at the rest of a sentence from each of
/// its words takes linear time so.
pub(crate) const MOST_TOKENS: usize = 1000;

/// The label of a place where no sentence ends, and that of one where a sentence ends.
pub const GOES_ON: usize = 0;
/// See [`GOES_ON`].
pub const ENDS: usize = 1;

impl Splitter {
    pub(crate) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let layer = layer(file, "split")?;
        let head = head(file, "split", "label", layer.width())?;
        if head.labels() != 0 && head.labels() != 2 {
            return Err(Error::new("the model's sentence boundaries are not those of this program"));
        }
        Ok(Splitter { layer, head })
    }

    /// The sentences of a paragraph; `verdicts` are what the rules say of the place behind each token.
    pub(crate) fn cut(&self, lexemes: &[Lexeme], verdicts: &[Boundary]) -> Vec<Span<Tokens>> {
        let (mut keys, mut found, mut hidden) = (Vec::new(), Vec::new(), Vec::new());
        let mut sentences = Vec::new();
        let mut start = 0;
        for at in 0..lexemes.len() {
            let last = at + 1 == lexemes.len() || at + 1 - start == MOST_TOKENS;
            let ends = match verdicts[at] {
                _ if last => true,
                Boundary::Never => false,
                verdict if self.head.labels() == 0 => verdict == Boundary::Ends,
                verdict if !is_open(lexemes, at, verdict) => false,
                _ => {
                    features(Window(lexemes), verdicts, at, at - start, &mut keys);
                    self.layer.fill(&keys, &mut found, &mut hidden);
                    self.head.best(&hidden) == ENDS
                }
            };
            if ends {
                sentences.push(Span::new(start, at + 1));
                start = at + 1;
            }
        }
        sentences
    }
}

/// Whether a sentence may end behind token `at`: behind a mark, or before what is not in small letters.
pub fn is_open(lexemes: &[Lexeme], at: usize, verdict: Boundary) -> bool {
    let (Some(word), Some(next)) = (lexemes.get(at), lexemes.get(at + 1)) else { return false };
    match verdict {
        Boundary::Never => false,
        Boundary::Ends | Boundary::Stop => true,
        Boundary::GoesOn => word.case == Case::None || next.case != Case::Lower,
    }
}

/// A length as one of seven classes.
fn bucket(length: usize) -> u32 {
    match length {
        0..=1 => length as u32,
        2..=3 => 2,
        4..=7 => 3,
        8..=15 => 4,
        16..=40 => 5,
        _ => 6,
    }
}

/// Fills `keys` with the features of the place behind token `at`, `length` tokens after the last end of a sentence.
pub fn features(window: Window<'_>, verdicts: &[Boundary], at: usize, length: usize, keys: &mut Vec<u32>) {
    let [far, before, word, next, after, beyond] = [-2, -1, 0, 1, 2, 3].map(|offset| window.get(at, offset));
    let verdict = verdicts.get(at).map_or(0, |verdict| *verdict as u32);
    let rest = bucket(window.0.len() - at);
    keys.clear();
    keys.extend([
        key2(1, verdict, word.lower),
        key2(2, verdict, next.lower),
        key(3, word.lower),
        key(4, next.lower),
        key(5, before.lower),
        key(6, after.lower),
        key2(7, word.lower, next.lower),
        key2(8, before.lower, word.lower),
        key2(9, next.lower, after.lower),
        key2(10, key(verdict, word.case as u32), next.case as u32),
        key2(11, key(word.shape, next.case as u32), after.case as u32),
        key2(12, word.shape, before.shape),
        key2(13, word.lower, next.case as u32),
        key2(14, bucket(length), verdict),
        key2(15, key(bucket(length), word.case as u32), next.case as u32),
        key2(16, rest, verdict),
        key(17, before.suffixes[2]),
        key(18, far.lower),
        key2(19, next.case as u32, key(after.case as u32, beyond.case as u32)),
        key2(20, before.case as u32, key(word.lower, next.case as u32)),
        key(21, word.suffixes[2]),
        key(22, next.suffixes[2]),
        key2(23, next.lists, verdict),
        key2(24, bucket(length), word.lower),
        key(25, next.shape),
    ]);
}
