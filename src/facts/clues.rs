//! What the model of reports may look at: the cue, what hangs on it and what surrounds it, then each reading's frame,
//! borders and words.
//!
//! Each clue is the number of a bucket. A change here needs the stage `report` trained anew.

mod arguments;
mod reading;
mod words;

pub(super) use reading::of_reading;
pub(super) use words::of_word;

use super::cues;
use super::phrase;
use super::quotes::Scene;
use crate::annotate::NameKind;
use crate::annotate::features::lexeme;
use crate::annotate::labels::{Relation, Upos};
use crate::annotate::linear::bucket;
use crate::span::{Span, Tokens};

/// A cue as the model sees it; all its readings share this.
pub(super) struct Cue {
    token: usize,
    /// The cue's words, in lower case.
    words: String,
    lemma: String,
    xpos: &'static str,
    relation: &'static str,
    /// The words beside it, in lower case.
    before: String,
    next: String,
    subject: String,
    /// Clusters of the lemma.
    codes: Vec<String>,
    /// Clusters of the subject's last word.
    subject_codes: Vec<String>,
    clues: Vec<u32>,
}

impl Cue {
    pub(super) fn new(
        scene: &Scene,
        token: usize,
        tokens: Span<Tokens>,
        subject: Option<Span<Tokens>>,
    ) -> Self {
        let text = scene.text;
        let tag = &text.tags[token];
        let mut cue = Cue {
            token,
            words: text.words(tokens).to_lowercase(),
            lemma: tag.lemma.to_lowercase(),
            xpos: tag.xpos.as_str(),
            relation: scene.syntax.relation(token).as_str(),
            before: token.checked_sub(1).map_or(String::new(), |before| text.word(before).to_lowercase()),
            next: text.word(token + 1).to_lowercase(),
            subject: subject_kind(scene, subject),
            codes: codes(scene, &tag.lemma),
            subject_codes: subject.map_or(Vec::new(), |subject| {
                codes(scene, text.word(phrase::head_part(text, subject).end().saturating_sub(1)))
            }),
            clues: Vec::new(),
        };
        cue.clues = cue.look(scene);
        cue
    }

    /// What is seen of the cue whatever its reading.
    pub(super) fn clues(&self) -> Vec<u32> {
        self.clues.clone()
    }

    fn look(&self, scene: &Scene) -> Vec<u32> {
        let upos = scene.text.tags[self.token].upos.as_str();
        let mut clues = Vec::with_capacity(96);
        self.word_clues(scene, upos, &mut clues);
        self.sentence_clues(scene, upos, &mut clues);
        arguments::look(scene, self, upos, &mut clues);
        for (code, name) in self.codes.iter().zip(CODE_NAMES) {
            clues.push(bucket(&["code", name, code, upos]));
        }
        for (code, name) in self.subject_codes.iter().zip(CODE_NAMES) {
            clues.push(bucket(&["subject code", name, code, upos]));
        }
        clues
    }

    /// The word itself, its subject and its neighbors.
    fn word_clues(&self, scene: &Scene, upos: &str, clues: &mut Vec<u32>) {
        let Cue { words, lemma, xpos, relation, before, next, subject, .. } = self;
        let second = scene.text.word(self.token + 2).to_lowercase();
        clues.extend([
            bucket(&["next", next, upos]),
            bucket(&["next two", next, &second]),
            bucket(&["second", &second, upos]),
            bucket(&["before lemma", before, lemma]),
            bucket(&["bias", upos]),
            bucket(&["cue words", words]),
            bucket(&["lemma", lemma]),
            bucket(&["lemma upos", lemma, upos]),
            bucket(&["lemma next", lemma, next]),
            bucket(&["lemma subject", lemma, subject]),
            bucket(&["lemma xpos", lemma, xpos]),
            bucket(&["lemma relation", lemma, relation]),
            bucket(&["subject", subject, upos]),
            bucket(&["before", before]),
            bucket(&["relation", relation, upos]),
            bucket(&["relation xpos", relation, xpos]),
        ]);
    }

    /// What surrounds it in the sentence and in the tree.
    fn sentence_clues(&self, scene: &Scene, upos: &str, clues: &mut Vec<u32>) {
        let text = scene.text;
        let syntax = &scene.syntax;
        let Cue { token, lemma, xpos, relation, subject, .. } = self;
        let helps = |child: &usize| {
            matches!(syntax.relation(*child), Relation::Aux | Relation::AuxPass | Relation::Cop)
        };
        let helper = syntax
            .children(*token)
            .find(helps)
            .map_or(String::new(), |child| text.word(child).to_lowercase());
        let denies = |child: usize| matches!(text.word(child), "not" | "n't" | "n’t" | "never");
        let negated = flag(syntax.children(*token).any(denies), "negated");
        let governor = syntax.head(*token).map_or(String::new(), |head| text.tags[head].lemma.to_lowercase());
        let heading = flag(text.document.tokens[*token].paragraph == 0, "heading");
        let sentence = scene.sentence_of(*token);
        let mut near = sentence.start().max(token.saturating_sub(NEAR))..sentence.end().min(token + NEAR);
        let quoting = flag(near.any(|token| scene.quotation_of(token).is_some()), "quoting");
        let above = governing_cue(scene, *token);
        clues.extend([
            bucket(&["heading", heading, upos]),
            bucket(&["heading xpos", heading, xpos]),
            bucket(&["quoting", quoting, upos]),
            bucket(&["above", &above]),
            bucket(&["above lemma", &above, lemma]),
            bucket(&["helper", &helper, upos]),
            bucket(&["helper subject", &helper, subject]),
            bucket(&["negated lemma", negated, lemma]),
            bucket(&["governor relation", &governor, relation]),
        ]);
        self.place_clues(scene, sentence, upos, clues);
    }

    /// Where it stands in the article and in its sentence.
    fn place_clues(&self, scene: &Scene, sentence: Span<Tokens>, upos: &str, clues: &mut Vec<u32>) {
        let text = scene.text;
        let place = match text.document.tokens[self.token].paragraph {
            0 => "heading",
            1 => "first",
            2 => "second",
            3..=5 => "to 5",
            6..=12 => "to 12",
            _ => "more",
        };
        let first = text.word(sentence.start()).to_lowercase();
        let last = text.word(sentence.end().saturating_sub(1));
        clues.extend([
            bucket(&["place", place, upos]),
            bucket(&["place subject", place, &self.subject]),
            bucket(&["first", &first, upos]),
            bucket(&["last", last, upos]),
            bucket(&["length", length_class(sentence.len()), upos]),
        ]);
    }
}

/// Names of the clusters' grains, as parts of clues.
const CODE_NAMES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// How far from a cue quotation marks are looked for, in tokens, so that endless sentences take linear time.
const NEAR: usize = 100;

/// How many heads are followed in search of a cue.
const STEPS: usize = 6;

/// A word for a fact, empty if it does not hold.
fn flag(holds: bool, word: &'static str) -> &'static str {
    if holds { word } else { "" }
}

/// A small number as a word.
fn digit(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4"][number.min(4)]
}

/// The lemma of the nearest cue of the table above a word in the tree, if one is near.
fn governing_cue(scene: &Scene, token: usize) -> String {
    let mut at = token;
    for _ in 0..STEPS {
        let Some(head) = scene.syntax.head(at) else { return "none".to_owned() };
        if !cues::lookup(&scene.text.word(head).to_lowercase()).is_empty() {
            return scene.text.tags[head].lemma.to_lowercase();
        }
        at = head;
    }
    "far".to_owned()
}

/// The numbers of the clusters of a word.
fn codes(scene: &Scene, word: &str) -> Vec<String> {
    lexeme(word, &scene.model.clusters).codes.iter().map(u16::to_string).collect()
}

/// A word for how many tokens a content has.
fn length_class(tokens: usize) -> &'static str {
    match tokens {
        0..=1 => "1",
        2 => "2",
        3..=5 => "3",
        6..=10 => "6",
        11..=20 => "11",
        21..=35 => "21",
        _ => "36",
    }
}

/// What kind of source it is: a name of some kind, a pronoun by itself, a common noun by its head, or none.
fn subject_kind(scene: &Scene, source: Option<Span<Tokens>>) -> String {
    let text = scene.text;
    let Some(source) = source else { return "none".to_owned() };
    let head = phrase::head_part(text, source);
    let last = head.end().saturating_sub(1).max(head.start());
    let index = text.names.partition_point(|name| name.tokens.end() <= last);
    if let Some(name) = text.names.get(index).filter(|name| name.tokens.contains(last)) {
        let kind = match name.kind {
            NameKind::Person => "person",
            NameKind::Organization => "organization",
            NameKind::Place => "place",
            NameKind::Other => "other",
        };
        return kind.to_owned();
    }
    match text.tags[last].upos {
        Upos::Pron => text.word(last).to_lowercase(),
        Upos::Propn => "proper noun".to_owned(),
        _ => text.tags[last].lemma.to_lowercase(),
    }
}
