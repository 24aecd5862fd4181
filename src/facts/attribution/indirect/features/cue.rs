//! A cue as the model sees it.

use crate::annotate::NameKind;
use crate::annotate::features::lexeme;
use crate::annotate::labels::{Relation, Upos};
use crate::annotate::model::linear::bucket;
use crate::facts::attribution::cues;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::grammar::phrase;
use crate::span::{Span, Tokens};

/// A cue as the model sees it; all its readings share this.
pub(crate) struct CueFeatures {
    pub(crate) token: usize,
    /// The cue's words, in lower case.
    pub(crate) words: String,
    pub(crate) lemma: String,
    pub(crate) xpos: &'static str,
    pub(crate) relation: &'static str,
    /// The words beside it, in lower case.
    pub(crate) before: String,
    pub(crate) next: String,
    pub(crate) subject: String,
    /// Clusters of the lemma.
    pub(crate) codes: Vec<String>,
    /// Clusters of the subject's last word.
    pub(super) subject_codes: Vec<String>,
}

impl CueFeatures {
    pub(crate) fn new(
        quoted: &QuotedText,
        token: usize,
        tokens: Span<Tokens>,
        subject: Option<Span<Tokens>>,
    ) -> Self {
        let text = quoted.text;
        let tag = &text.tags[token];
        CueFeatures {
            token,
            words: text.words(tokens).to_lowercase(),
            lemma: tag.lemma.to_lowercase(),
            xpos: tag.xpos.as_str(),
            relation: quoted.text.syntax.relation(token).as_str(),
            before: token.checked_sub(1).map_or(String::new(), |before| text.word(before).to_lowercase()),
            next: text.word(token + 1).to_lowercase(),
            subject: subject_kind(quoted, subject),
            codes: codes(quoted, &tag.lemma),
            subject_codes: subject.map_or(Vec::new(), |subject| {
                codes(quoted, text.word(phrase::head_part(text, subject).end().saturating_sub(1)))
            }),
        }
    }

    /// The word itself, its subject and its neighbors.
    pub(super) fn word_features(&self, quoted: &QuotedText, upos: &str, features: &mut Vec<u32>) {
        let CueFeatures { words, lemma, xpos, relation, before, next, subject, .. } = self;
        let second = quoted.text.word(self.token + 2).to_lowercase();
        features.extend([
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
    pub(super) fn sentence_features(&self, quoted: &QuotedText, upos: &str, features: &mut Vec<u32>) {
        let text = quoted.text;
        let syntax = &quoted.text.syntax;
        let CueFeatures { token, lemma, xpos, relation, subject, .. } = self;
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
        let sentence = quoted.sentence_of(*token);
        let mut near = sentence.start().max(token.saturating_sub(NEAR))..sentence.end().min(token + NEAR);
        let quoting = flag(near.any(|token| quoted.quotation_of(token).is_some()), "quoting");
        let above = governing_cue(quoted, *token);
        features.extend([
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
        self.place_features(quoted, sentence, upos, features);
    }

    /// Where it stands in the article and in its sentence.
    fn place_features(
        &self,
        quoted: &QuotedText,
        sentence: Span<Tokens>,
        upos: &str,
        features: &mut Vec<u32>,
    ) {
        let text = quoted.text;
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
        features.extend([
            bucket(&["place", place, upos]),
            bucket(&["place subject", place, &self.subject]),
            bucket(&["first", &first, upos]),
            bucket(&["last", last, upos]),
            bucket(&["length", length_class(sentence.len()), upos]),
        ]);
    }
}

/// Names of the clusters' grains, as parts of features.
pub(super) const CODE_NAMES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// How far from a cue quotation marks are looked for, in tokens, so that endless sentences take linear time.
pub(super) const NEAR: usize = 100;

/// How many heads are followed in search of a cue.
const STEPS: usize = 6;

/// A word for a fact, empty if it does not hold.
pub(crate) fn flag(holds: bool, word: &'static str) -> &'static str {
    if holds { word } else { "" }
}

/// A small number as a word.
pub(crate) fn digit(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4"][number.min(4)]
}

/// The lemma of the nearest cue of the table above a word in the tree, if one is near.
fn governing_cue(quoted: &QuotedText, token: usize) -> String {
    let mut at = token;
    for _ in 0..STEPS {
        let Some(head) = quoted.text.syntax.head(at) else { return "none".to_owned() };
        if !cues::lookup(&quoted.text.word(head).to_lowercase()).is_empty() {
            return quoted.text.tags[head].lemma.to_lowercase();
        }
        at = head;
    }
    "far".to_owned()
}

/// The numbers of the clusters of a word.
pub(crate) fn codes(quoted: &QuotedText, word: &str) -> Vec<String> {
    lexeme(word, &quoted.model.clusters).codes.iter().map(u16::to_string).collect()
}

/// A word for how many tokens a content has.
pub(super) fn length_class(tokens: usize) -> &'static str {
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
fn subject_kind(quoted: &QuotedText, source: Option<Span<Tokens>>) -> String {
    let text = quoted.text;
    let Some(source) = source else { return "none".to_owned() };
    let head = phrase::head_part(text, source);
    let last = head.end().saturating_sub(1).max(head.start());
    if let Some(name) = text.name_at(last) {
        let kind = match text.names[name].kind {
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
