//! Parts of speech and lemmas.
//!
//! Knows the words around a token and the two tags before it; reads a sentence from left to right.
//! The lemma follows from the word and its tag ([`lemma`](super::lemma)).

use crate::annotate::document::Document;
use crate::annotate::features::{Lexeme, Window, key, key2};
use crate::annotate::labels::{Upos, Xpos};
use crate::annotate::lemma::Lemmas;
use crate::annotate::model::file::ModelFile;
use crate::annotate::model::network::{Head, Layer, head, layer};
use crate::error::Error;

/// What is known of one token as a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The universal part of speech.
    pub upos: Upos,
    /// The finer part of speech of the Penn Treebank.
    pub xpos: Xpos,
    /// The dictionary form; in lower case but for proper names.
    pub lemma: Box<str>,
}

impl Tag {
    /// Both parts of speech in one number, for features.
    pub(crate) fn code(&self) -> u32 {
        code(self.upos, self.xpos)
    }
}

/// Both parts of speech in one number.
pub fn code(upos: Upos, xpos: Xpos) -> u32 {
    (upos as u32) << 8 | xpos as u32
}

/// The trained tagger.
#[derive(Debug, Default)]
pub struct Tagger {
    layer: Layer,
    head: Head,
    /// Label number → both parts of speech.
    labels: Vec<(Upos, Xpos)>,
}

impl Tagger {
    pub(super) fn from_file(file: &ModelFile) -> Result<Self, Error> {
        let layer = layer(file, "tag")?;
        let head = head(file, "tag", "label", layer.width())?;
        let labels: Option<Vec<_>> = file.text("tag.labels").lines().map(parse_label).collect();
        let labels = labels.filter(|labels| labels.len() == head.labels());
        let labels = labels.ok_or_else(|| Error::new("the model's tags are not those of this program"))?;
        Ok(Tagger { layer, head, labels })
    }
}

/// Reads a label as model files print it: `NOUN/NN`.
pub fn parse_label(label: &str) -> Option<(Upos, Xpos)> {
    let (upos, xpos) = label.split_once('/')?;
    Some((Upos::from_name(upos)?, Xpos::from_name(xpos)?))
}

/// One tag for each token.
pub fn tag(
    body: &str,
    document: &Document,
    lexemes: &[Lexeme],
    tagger: &Tagger,
    lemmas: &Lemmas,
) -> Vec<Tag> {
    let mut tags = Vec::with_capacity(document.tokens.len());
    let mut buffers = Buffers::default();
    for sentence in &document.sentences {
        let window = Window(lexemes.get(sentence.range()).unwrap_or_default());
        let mut history = [NO_TAG; 2];
        for at in 0..sentence.len() {
            let (upos, xpos) = tagger.best(window, at, history, &mut buffers);
            history = [code(upos, xpos), history[0]];
            let word = document.tokens[sentence.start() + at].span.slice(body);
            let lemma = lemmas.lemma(word, upos, xpos, &mut buffers.text);
            tags.push(Tag { upos, xpos, lemma });
        }
    }
    tags
}

/// Stands for the tag before the first token.
pub const NO_TAG: u32 = 0xFFFF;

/// Space that is used again for every token.
#[derive(Default)]
struct Buffers {
    keys: Vec<u32>,
    found: Vec<u32>,
    hidden: Vec<i16>,
    text: String,
}

impl Tagger {
    fn best(&self, window: Window<'_>, at: usize, history: [u32; 2], buffers: &mut Buffers) -> (Upos, Xpos) {
        features(window, at, history, &mut buffers.keys);
        self.layer.fill(&buffers.keys, &mut buffers.found, &mut buffers.hidden);
        let best = self.head.best(&buffers.hidden);
        self.labels.get(best).copied().unwrap_or((Upos::X, Xpos::Fw))
    }
}

/// Fills `keys` with the features of token `at` of a sentence; `history` holds the codes of the tags
/// before it, the nearest first.
pub fn features(window: Window<'_>, at: usize, history: [u32; 2], keys: &mut Vec<u32>) {
    let [before, word, after] = [-1, 0, 1].map(|offset| window.get(at, offset));
    let (far_before, far_after) = (window.get(at, -2), window.get(at, 2));
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
        key2(9, before.lower, after.lower),
        key(10, word.shape),
        key(11, before.shape),
        key(12, after.shape),
        key(13, word.suffixes[0]),
        key(14, word.suffixes[1]),
        key(15, word.suffixes[2]),
        key(16, word.suffixes[3]),
        key(17, word.prefixes[0]),
        key(18, word.prefixes[1]),
        key(19, word.prefixes[2]),
        key(20, before.suffixes[2]),
        key(21, after.suffixes[2]),
        key(22, before.suffixes[1]),
        key(23, after.suffixes[1]),
        key(24, history[0]),
        key2(25, history[0], history[1]),
        key2(26, history[0], word.lower),
        key2(27, history[0], word.suffixes[2]),
        key2(28, word.case as u32, u32::from(at == 0)),
        key2(29, word.case as u32, before.case as u32),
        key2(30, word.case as u32, after.case as u32),
        key(31, word.lists),
        key2(32, history[0], after.lower),
        key2(33, far_after.suffixes[1], after.suffixes[1]),
    ]);
    for (template, lexeme) in [(40, word), (50, before), (60, after)] {
        codes(template, lexeme, keys);
    }
}

/// Adds one feature for each cluster code of a word.
#[inline]
pub(crate) fn codes(template: u32, lexeme: &Lexeme, keys: &mut Vec<u32>) {
    if lexeme.codes[0] != 0 {
        keys.extend((template..).zip(lexeme.codes).map(|(template, code)| key(template, u32::from(code))));
    }
}

impl Lemmas {
    fn lemma(&self, word: &str, upos: Upos, xpos: Xpos, lower: &mut String) -> Box<str> {
        self.of(word, code(upos, xpos), lower)
    }
}
