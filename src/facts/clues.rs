//! What the model of reports may look at: the cue, its subject and what surrounds it, then each reading's frame,
//! content and borders.
//!
//! Each clue is the number of a bucket. A change here needs the stage `report` trained anew.

use super::cues;
use super::frames::{Reading, trim};
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
        let mut clues = Vec::with_capacity(48);
        self.word_clues(scene, upos, &mut clues);
        self.sentence_clues(scene, upos, &mut clues);
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
    }
}

/// Names of the clusters' grains, as parts of clues.
const CODE_NAMES: [&str; 6] = ["1", "2", "3", "4", "5", "6"];

/// How far from a cue quotation marks are looked for, in tokens, so that endless sentences take linear time.
const NEAR: usize = 100;

/// How many heads are followed in search of a cue.
const STEPS: usize = 6;

/// What is seen of one reading, each clue with the frame or the border.
pub(super) fn of_reading(
    scene: &Scene,
    cue: &Cue,
    reading: &Reading,
    source: Option<Span<Tokens>>,
) -> Vec<u32> {
    let look = Look::new(scene, cue, reading, source);
    let mut clues = Vec::with_capacity(80);
    look.frame_clues(scene, &mut clues);
    look.border_clues(scene, &mut clues);
    look.head_clues(scene, &mut clues);
    clues
}

/// One reading as the model sees it.
struct Look<'a> {
    cue: &'a Cue,
    frame: &'static str,
    border: &'static str,
    listed: &'static str,
    subject: &'a str,
    /// The first piece of the content.
    first: Span<Tokens>,
    content: &'a [Span<Tokens>],
    length: &'static str,
    /// Whether a verb stands in the content.
    verbal: &'static str,
    /// Whether the parser gives this very content.
    agrees: &'static str,
    /// Whether the frame alone would end here.
    usual: &'static str,
    nearer: usize,
    /// The word behind the content, in lower case.
    behind: String,
}

/// A word for a fact, empty if it does not hold.
fn flag(holds: bool, word: &'static str) -> &'static str {
    if holds { word } else { "" }
}

/// A small number as a word.
fn digit(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4"][number.min(4)]
}

impl<'a> Look<'a> {
    fn new(scene: &Scene, cue: &'a Cue, reading: &'a Reading, source: Option<Span<Tokens>>) -> Self {
        let text = scene.text;
        let first = reading.content.first().copied().unwrap_or(Span::new(0, 0));
        let is_verb = |token: usize| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux);
        Look {
            cue,
            frame: reading.frame.name(),
            border: reading.border.name(),
            listed: flag(reading.listed, "listed"),
            subject: if source.is_some() { cue.subject.as_str() } else { "none" },
            first,
            content: &reading.content,
            length: length_class(reading.content.iter().map(|piece| piece.len()).sum()),
            verbal: flag(first.range().any(is_verb), "verbal"),
            agrees: flag(agrees(scene, cue.token, reading), "as parsed"),
            usual: flag(reading.usual, "usual"),
            nearer: reading.nearer,
            behind: text.word(first.end()).to_lowercase(),
        }
    }

    /// The frame with the cue, its subject and how the content begins.
    fn frame_clues(&self, scene: &Scene, clues: &mut Vec<u32>) {
        let text = scene.text;
        let Look { cue, frame, listed, subject, length, verbal, .. } = *self;
        let Cue { words, lemma, xpos, relation, next, before, .. } = cue;
        let start = text.word(self.first.start()).to_lowercase();
        let start_tag = text.tags.get(self.first.start()).map_or("", |tag| tag.upos.as_str());
        let mut inside = self.content.iter().flat_map(|piece| piece.range());
        let quoted = flag(inside.any(|token| scene.quotation_of(token).is_some()), "quoted");
        clues.extend([
            bucket(&["cue words frame", words, frame]),
            bucket(&["behind frame", &self.behind, frame]),
            bucket(&["lemma next frame", lemma, next, frame]),
            bucket(&["subject listed frame", subject, listed, frame]),
            bucket(&["frame", frame]),
            bucket(&["frame listed", frame, listed]),
            bucket(&["lemma frame", lemma, frame]),
            bucket(&["lemma listed", lemma, listed]),
            bucket(&["subject frame", subject, frame]),
            bucket(&["next frame", next, frame]),
            bucket(&["before frame", before, frame]),
            bucket(&["xpos frame", xpos, frame]),
            bucket(&["relation frame", relation, frame]),
            bucket(&["start frame", &start, frame]),
            bucket(&["start tag frame", start_tag, frame]),
            bucket(&["length frame", length, frame]),
            bucket(&["length lemma", length, lemma]),
            bucket(&["quoted frame", quoted, frame]),
            bucket(&["quoted lemma", quoted, lemma]),
            bucket(&["verbal frame", verbal, frame]),
            bucket(&["verbal listed subject", verbal, listed, subject]),
            bucket(&["agrees frame", self.agrees, frame]),
            bucket(&["usual frame", self.usual, frame]),
        ]);
        for (code, name) in cue.codes.iter().zip(CODE_NAMES) {
            clues.push(bucket(&["code frame", name, code, frame]));
            clues.push(bucket(&["code border", name, code, self.border]));
        }
    }

    /// Where the content ends, and what follows it.
    fn border_clues(&self, scene: &Scene, clues: &mut Vec<u32>) {
        let text = scene.text;
        let Look { cue, frame, border, length, verbal, agrees, usual, .. } = *self;
        let inside = self.content.iter().flat_map(|piece| piece.range());
        let commas = digit(inside.filter(|token| text.word(*token) == ",").count().min(3));
        let nearer = digit(self.nearer);
        let follows = follower(scene, self.first.end()).map_or("", |token| text.tags[token].xpos.as_str());
        let hangs = attachment(scene, cue.token, self.first);
        let last = self.first.end().saturating_sub(1);
        let ending = text.tags.get(last).map_or("", |tag| tag.upos.as_str());
        clues.extend([
            bucket(&["agrees border", agrees, border]),
            bucket(&["usual border", usual, border, frame]),
            bucket(&["border", border, frame]),
            bucket(&["border nearer", border, nearer]),
            bucket(&["border lemma", border, &cue.lemma]),
            bucket(&["border behind", border, &self.behind]),
            bucket(&["border follows", border, follows]),
            bucket(&["border length", border, length]),
            bucket(&["border commas", border, commas, frame]),
            bucket(&["border verbal", border, verbal, frame]),
            bucket(&["hangs", hangs, frame]),
            bucket(&["hangs border", hangs, border]),
            bucket(&["hangs border follows", hangs, border, follows]),
            bucket(&["ending border", ending, border]),
        ]);
    }

    /// What the content hangs by in the tree.
    fn head_clues(&self, scene: &Scene, clues: &mut Vec<u32>) {
        let text = scene.text;
        let Look { cue, frame, border, .. } = *self;
        let lemma = &cue.lemma;
        let (head, loose) = head_of(scene, self.content);
        let head_lemma = text.tags[head].lemma.to_lowercase();
        let relation = scene.syntax.relation(head).as_str();
        let held = flag(scene.syntax.head(head) == Some(cue.token), "held");
        let loose = digit(loose.min(3));
        clues.extend([
            bucket(&["head frame", &head_lemma, frame]),
            bucket(&["head lemma", &head_lemma, lemma]),
            bucket(&["head tag frame", text.tags[head].upos.as_str(), frame]),
            bucket(&["head relation frame", relation, frame]),
            bucket(&["held frame", held, frame]),
            bucket(&["held head relation", held, relation, lemma]),
            bucket(&["loose frame", loose, frame]),
            bucket(&["loose border", loose, border]),
            bucket(&["loose held border", loose, held, border, frame]),
        ]);
        // The three clusters over whole vectors.
        for (code, name) in codes(scene, &text.tags[head].lemma).iter().zip(CODE_NAMES).take(3) {
            clues.push(bucket(&["head code frame", name, code, frame]));
            clues.push(bucket(&["head code lemma", name, code, lemma]));
        }
    }
}

/// The word that a content hangs by, and how many of its words hang on something outside.
fn head_of(scene: &Scene, content: &[Span<Tokens>]) -> (usize, usize) {
    let inside = |token: usize| content.iter().any(|piece| piece.contains(token));
    let hangs_out = |token: &usize| {
        scene.text.tags[*token].upos != Upos::Punct && !scene.syntax.head(*token).is_some_and(inside)
    };
    let mut loose = content.iter().flat_map(|piece| piece.range()).filter(hangs_out);
    let first = content.first().map_or(0, |piece| piece.start());
    let head = loose.next();
    (head.unwrap_or(first), usize::from(head.is_some()) + loose.count())
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

/// Whether the content is what the parser hangs on the cue.
fn agrees(scene: &Scene, cue: usize, reading: &Reading) -> bool {
    let syntax = &scene.syntax;
    reading.content.iter().any(|piece| {
        syntax.children(cue).any(|child| {
            let extent = syntax.extent(child);
            let near = extent.start() + 3 > piece.start() && extent.end() < piece.end() + 3;
            matches!(
                syntax.relation(child),
                Relation::Ccomp | Relation::Xcomp | Relation::Obj | Relation::Acl | Relation::Nmod
            ) && near
                && extent.len() <= piece.len() + 6
                && trim(scene, extent) == *piece
        })
    })
}

/// The first word behind a content that ends at `end`, in the same sentence.
fn follower(scene: &Scene, end: usize) -> Option<usize> {
    let stop = scene.sentence_of(end.saturating_sub(1)).end();
    (end..stop.min(end + 4)).find(|token| scene.text.tags[*token].upos != Upos::Punct)
}

/// What the words behind a content hang on.
fn attachment(scene: &Scene, cue: usize, content: Span<Tokens>) -> &'static str {
    let Some(next) = follower(scene, content.end()) else { return "nothing" };
    match scene.syntax.anchor(next) {
        None => "root",
        Some(head) if content.contains(head) => "content",
        Some(head) if head == cue => "cue",
        Some(head) if head < cue => "before the cue",
        Some(_) => "between",
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
