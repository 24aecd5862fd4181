//! Finds reported speech and thought: sentences whose content no marks show, or only in part.
//!
//! Every verb, and every noun of the cue table, is read in all frames that fit around it (`frames`); a linear model
//! over cue, frame, subject and syntax says how likely each reading is what an annotator would mark, and the likeliest
//! is kept if it is likely enough. Without a trained model the cue table alone decides.

use super::cues::{self, takes};
use super::frames::{self, Frame, Reading, clause, trim};
use super::inflect::VerbForm;
use super::quotes::{CueAt, Draft, Scene, cues_at, with_statement};
use super::{Act, QuoteForm, phrase, sources};
use crate::annotate::NameKind;
use crate::annotate::labels::{Relation, Upos};
use crate::annotate::linear::{Linear, bucket};
use crate::span::{Byte, Span, Tokens};

/// How far a report reaches from its cue at most, in tokens, so that endless sentences take linear time.
const REACH: usize = 250;

/// From which probability on a reading is kept that the cue table allows: where precision and recall balanced best on
/// development data.
const LIKELY: f32 = 0.28;

/// The same for all others, where a reader expects to see why.
const LIKELY_UNLISTED: f32 = 0.38;

/// A reading with its source and what the model may look at.
pub(super) struct Candidate {
    draft: Draft,
    /// Whether the cue table allows it.
    listed: bool,
    features: Vec<u32>,
}

/// The reports of an article; `drafts` are the quotes whose cues are taken already.
pub(super) fn reports(scene: &Scene, model: &Linear, drafts: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    each_cue(scene, drafts, |candidates| found.extend(choose(model, candidates)));
    without_refused(without_swallowed_cues(scene, found))
}

/// Leaves out what somebody refused or denied to say: `declined [to say who signed]` is no report by `say`.
fn without_refused(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut refused: Option<Draft> = None;
    let mut kept = Vec::new();
    // In text order the refusal comes first, and only the last one can reach the next cue.
    for draft in drafts {
        let inside = |piece: &Span<Tokens>| draft.cue.is_some_and(|cue| piece.covers(cue));
        let is_refused = |one: &Draft| one.source == draft.source && one.content.iter().any(inside);
        if refused.as_ref().is_some_and(is_refused) {
            continue;
        }
        if matches!(draft.act, Act::Refusal | Act::Denial) {
            refused = Some(draft.clone());
        }
        kept.push(draft);
    }
    kept
}

/// Leaves out reports that swallow the attribution of their own sentence: `signed [a deal, the minister said]`.
fn without_swallowed_cues(scene: &Scene, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let mut trailing = vec![false; scene.text.document.tokens.len()];
    for draft in &drafts {
        let behind = |cue: &Span<Tokens>| draft.content.iter().any(|piece| piece.end() <= cue.start());
        if let Some(cue) = draft.cue.filter(behind) {
            trailing[cue.range()].fill(true);
        }
    }
    drafts.retain(|draft| !draft.content.iter().any(|piece| trailing[piece.range()].contains(&true)));
    drafts
}

/// One reading of a cue, for training: where its content and its cue stand, and the features of the reading.
pub struct TrainingCandidate {
    /// The pieces of the content.
    pub content: Vec<Span<Byte>>,
    /// The cue.
    pub cue: Span<Byte>,
    /// Bucket numbers of the linear model.
    pub features: Vec<u32>,
}

/// All readings of all cues, those of one cue together.
pub(super) fn training_candidates(scene: &Scene, drafts: &[Draft]) -> Vec<Vec<TrainingCandidate>> {
    let document = &scene.text.document;
    let export = |candidate: Candidate| TrainingCandidate {
        content: candidate.draft.content.iter().map(|piece| document.bytes(*piece)).collect(),
        cue: candidate.draft.cue.map_or(Span::new(0, 0), |cue| document.bytes(cue)),
        features: candidate.features,
    };
    let mut all = Vec::new();
    each_cue(scene, drafts, |candidates| all.push(candidates.into_iter().map(export).collect()));
    all
}

/// Hands on the readings of each cue in text order.
fn each_cue(scene: &Scene, drafts: &[Draft], mut take: impl FnMut(Vec<Candidate>)) {
    let taken = Taken::new(scene, drafts);
    for sentence in &scene.text.document.sentences {
        for token in sentence.range() {
            if taken.by[token].is_some() || scene.quotation_of(token).is_some() {
                continue;
            }
            let mut candidates = candidates_at(scene, *sentence, token);
            candidates.retain(|one| one.draft.content.iter().all(|piece| !taken.crosses(*piece)));
            if !candidates.is_empty() {
                take(candidates);
            }
        }
    }
}

/// The likeliest reading, if it is likely enough.
fn choose(model: &Linear, candidates: Vec<Candidate>) -> Option<Draft> {
    if !model.is_trained() {
        return candidates.into_iter().find(|candidate| candidate.listed).map(|candidate| candidate.draft);
    }
    let scored = candidates.into_iter().map(|candidate| (model.probability(&candidate.features), candidate));
    let (probability, Candidate { mut draft, listed, .. }) =
        scored.max_by(|one, other| one.0.total_cmp(&other.0))?;
    draft.confidence = probability;
    (probability >= if listed { LIKELY } else { LIKELY_UNLISTED }).then_some(draft)
}

/// Which quote has which token, as cue or as content.
struct Taken {
    by: Vec<Option<u32>>,
    /// From the first to the last token of each quote, its cue included.
    extents: Vec<Span<Tokens>>,
}

impl Taken {
    fn new(scene: &Scene, drafts: &[Draft]) -> Self {
        let mut by = vec![None; scene.text.document.tokens.len()];
        let mut extents = Vec::new();
        for (number, draft) in drafts.iter().enumerate() {
            let parts = draft.cue.iter().chain(&draft.content);
            parts.clone().for_each(|part| by[part.range()].fill(Some(number as u32)));
            extents.push(parts.copied().reduce(Span::join).unwrap_or(Span::new(0, 0)));
        }
        Taken { by, extents }
    }

    /// Whether a piece shares tokens with a quote that does not lie wholly inside it.
    fn crosses(&self, piece: Span<Tokens>) -> bool {
        self.by[piece.range()].iter().flatten().any(|number| !piece.covers(self.extents[*number as usize]))
    }
}

/// The readings of the cue at `token`.
fn candidates_at(scene: &Scene, sentence: Span<Tokens>, token: usize) -> Vec<Candidate> {
    let text = scene.text;
    let bounds =
        Span::new(sentence.start().max(token.saturating_sub(REACH)), sentence.end().min(token + REACH));
    if text.word(token).eq_ignore_ascii_case("according")
        && token + 2 < bounds.end()
        && text.word(token + 1) == "to"
    {
        return according(scene, bounds, token)
            .map(|draft| special(scene, draft, "according"))
            .into_iter()
            .collect();
    }
    match text.tags[token].upos {
        Upos::Noun => {
            noun_report(scene, bounds, token).map(|draft| special(scene, draft, "noun")).into_iter().collect()
        }
        Upos::Verb => verb_candidates(scene, bounds, token),
        _ => Vec::new(),
    }
}

/// The candidate of a cue that has one reading only.
fn special(scene: &Scene, draft: Draft, frame: &str) -> Candidate {
    let cue = draft.cue.map_or(0, |cue| cue.start());
    let features = features(scene, &draft, frame, cue, true);
    Candidate { draft, listed: true, features }
}

/// `According to X, …` and `…, according to X`.
fn according(scene: &Scene, bounds: Span<Tokens>, token: usize) -> Option<Draft> {
    let text = scene.text;
    let cue = Span::new(token, token + 2);
    let source = phrase::after(text, bounds, cue.end())?;
    let mut content = Vec::new();
    let before = trim(scene, Span::new(bounds.start(), token));
    if before.len() >= 2 {
        content.push(before);
    }
    if content.is_empty() || text.word(source.end().min(bounds.end() - 1)) == "," {
        let behind = trim(scene, Span::new(source.end(), bounds.end()));
        if behind.len() >= 2 {
            content.push(behind);
        }
    }
    (!content.is_empty()).then_some(Draft {
        content,
        cue: Some(cue),
        source: Some(source),
        act: Act::Statement,
        forms: vec![QuoteForm::According],
        confidence: 0.75,
        quotations: Vec::new(),
    })
}

/// `X's claim that …`.
fn noun_report(scene: &Scene, bounds: Span<Tokens>, token: usize) -> Option<Draft> {
    let text = scene.text;
    let act = cues::noun_act(&text.word(token).to_lowercase())?;
    let next = token + 1;
    if next >= bounds.end()
        || !text.word(next).eq_ignore_ascii_case("that")
        || text.tags[next].upos == Upos::Pron
    {
        return None;
    }
    // The noun may be the subject of a sentence that goes on: `his claim that all was well, nobody …`.
    let stop = (next + 2..bounds.end()).find(|token| text.word(*token) == ",").unwrap_or(bounds.end());
    let content = clause(scene, Span::new(bounds.start(), stop), next)?;
    let possessor = token.checked_sub(1).filter(|mark| *mark >= bounds.start()).and_then(|mark| {
        let word = text.word(mark);
        if phrase::is_possessive_mark(word) {
            return phrase::before(text, bounds, mark);
        }
        let pronoun =
            ["his", "her", "their", "its", "my", "our"].iter().any(|one| word.eq_ignore_ascii_case(one));
        pronoun.then(|| Span::new(mark, mark + 1))
    });
    Some(Draft {
        content: vec![content],
        cue: Some(Span::new(token, next)),
        source: possessor,
        act,
        forms: vec![QuoteForm::NounCue],
        confidence: if possessor.is_some() { 0.6 } else { 0.4 },
        quotations: Vec::new(),
    })
}

/// All readings of a verb, as any of the cues that it can be.
fn verb_candidates(scene: &Scene, bounds: Span<Tokens>, token: usize) -> Vec<Candidate> {
    let text = scene.text;
    let mut cues = cues_at(text, token, bounds.end());
    cues.truncate(2);
    if cues.is_empty() {
        cues.push(CueAt::unlisted(text, token));
    }
    let mut candidates: Vec<Candidate> = Vec::new();
    for at in &cues {
        let passive = is_passive(scene, bounds, at);
        for reading in frames::readings(scene, bounds, at) {
            let same = |other: &Candidate| other.draft.content == reading.content;
            if !candidates.iter().any(same) {
                candidates.extend(verb_candidate(scene, bounds, at, passive, reading));
            }
        }
    }
    candidates
}

/// One reading of a verb with its source; `None` if the source would lie in the content.
fn verb_candidate(
    scene: &Scene,
    bounds: Span<Tokens>,
    at: &CueAt,
    passive: bool,
    reading: Reading,
) -> Option<Candidate> {
    let source = match reading.source {
        Some(source) => Some(source),
        None if passive => None,
        None => sources::subject_of(scene, bounds, at),
    };
    let inside = |source: Span<Tokens>| reading.content.iter().any(|piece| piece.overlaps(source));
    if source.is_some_and(inside) || names_a_work(scene, &reading) {
        return None;
    }
    let fits = if passive { at.cue.takes(takes::THAT) } else { source.is_some() };
    let draft = Draft {
        content: reading.content,
        cue: Some(with_statement(scene.text, at.tokens, bounds.end())),
        source,
        act: at.cue.act,
        forms: vec![QuoteForm::Report(reading.frame)],
        confidence: 0.0,
        quotations: Vec::new(),
    };
    let features = features(scene, &draft, reading.frame.name(), at.tokens.start(), reading.listed);
    let confidence = if reading.frame == Frame::Trail { 0.85 } else { 0.7 };
    Some(Candidate { draft: Draft { confidence, ..draft }, listed: reading.listed && fits, features })
}

/// Whether a content is no more than the name of a work: `wrote [the novel “Salt and Stone”]`.
fn names_a_work(scene: &Scene, reading: &Reading) -> bool {
    let [only] = reading.content.as_slice() else { return false };
    let from = scene.quotations.partition_point(|marked| marked.tokens.end() <= only.start());
    let mut quoted = scene.quotations[from..].iter().take_while(|marked| marked.tokens.start() < only.end());
    let first = quoted.next();
    let mut open = only.range().filter(|token| scene.quotation_of(*token).is_none());
    let nominal = |token: usize| !matches!(scene.text.tags[token].upos, Upos::Verb | Upos::Aux);
    first.is_some_and(|marked| scene.is_title(marked))
        && quoted.all(|marked| scene.is_title(marked))
        && open.all(nominal)
}

/// Whether the cue is a past participle behind a form of `be`: `was told`.
fn is_passive(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> bool {
    let text = scene.text;
    if at.form != VerbForm::Past {
        return false;
    }
    let mut token = at.tokens.start();
    while token > bounds.start() && text.tags[token - 1].upos == Upos::Adv {
        token -= 1;
    }
    token > bounds.start()
        && ["is", "are", "was", "were", "be", "been", "being", "'s", "’s"]
            .iter()
            .any(|be| text.word(token - 1).eq_ignore_ascii_case(be))
        && text.tags[token - 1].upos == Upos::Aux
}

/// What the model may look at: the cue, its frame, its subject, what surrounds it, and each with the frame.
fn features(scene: &Scene, draft: &Draft, frame: &str, cue: usize, listed: bool) -> Vec<u32> {
    let text = scene.text;
    let syntax = &scene.syntax;
    let tag = &text.tags[cue];
    let lemma = tag.lemma.to_lowercase();
    let listed = if listed { "listed" } else { "unlisted" };
    let subject = subject_kind(scene, draft.source);
    let next = text.word(cue + 1).to_lowercase();
    let before = cue.checked_sub(1).map_or(String::new(), |before| text.word(before).to_lowercase());
    let relation = syntax.relation(cue).as_str();
    let xpos = tag.xpos.as_str();
    let first = draft.content.first().copied().unwrap_or(Span::new(0, 0));
    let start = text.word(first.start()).to_lowercase();
    let start_tag = text.tags.get(first.start()).map_or("", |tag| tag.upos.as_str());
    let words: usize = draft.content.iter().map(|piece| piece.len()).sum();
    let length = match words {
        0..=2 => "1",
        3..=5 => "3",
        6..=10 => "6",
        11..=20 => "11",
        _ => "21",
    };
    let quoted =
        draft.content.iter().flat_map(|piece| piece.range()).any(|token| scene.quotation_of(token).is_some());
    let quoted = if quoted { "quoted" } else { "open" };
    let verbal = first.range().any(|token| matches!(text.tags[token].upos, Upos::Verb | Upos::Aux));
    let verbal = if verbal { "verbal" } else { "nominal" };
    let helper = syntax
        .children(cue)
        .find(|child| matches!(syntax.relation(*child), Relation::Aux | Relation::AuxPass))
        .map_or(String::new(), |child| text.word(child).to_lowercase());
    let negated =
        syntax.children(cue).any(|child| matches!(text.word(child), "not" | "n't" | "n’t" | "never"));
    let negated = if negated { "negated" } else { "" };
    let governor = syntax.head(cue).map_or(String::new(), |head| text.tags[head].lemma.to_lowercase());
    let agrees = draft.content.iter().any(|piece| {
        syntax.children(cue).any(|child| {
            matches!(syntax.relation(child), Relation::Ccomp | Relation::Xcomp | Relation::Obj)
                && syntax.extent(child).len() <= 2 * REACH
                && trim(scene, syntax.extent(child)) == *piece
        })
    });
    let agrees = if agrees { "as parsed" } else { "" };
    let cue_words = draft.cue.map_or(String::new(), |cue| text.words(cue).to_lowercase());
    let particle = if draft.cue.is_some_and(|cue| cue.len() > 1) { "particle" } else { "" };
    let behind = text.word(first.end()).to_lowercase();
    vec![
        bucket(&["bias"]),
        bucket(&["cue words", &cue_words]),
        bucket(&["cue words frame", &cue_words, frame]),
        bucket(&["particle frame listed", particle, frame, listed]),
        bucket(&["behind frame", &behind, frame]),
        bucket(&["lemma next frame", &lemma, &next, frame]),
        bucket(&["subject listed frame", &subject, listed, frame]),
        bucket(&["frame", frame]),
        bucket(&["frame listed", frame, listed]),
        bucket(&["lemma", &lemma]),
        bucket(&["lemma frame", &lemma, frame]),
        bucket(&["lemma next", &lemma, &next]),
        bucket(&["lemma listed", &lemma, listed]),
        bucket(&["lemma subject", &lemma, &subject]),
        bucket(&["lemma xpos", &lemma, xpos]),
        bucket(&["subject frame", &subject, frame]),
        bucket(&["subject", &subject]),
        bucket(&["next frame", &next, frame]),
        bucket(&["before", &before]),
        bucket(&["before frame", &before, frame]),
        bucket(&["xpos frame", xpos, frame]),
        bucket(&["relation", relation]),
        bucket(&["relation xpos", relation, xpos]),
        bucket(&["relation frame", relation, frame]),
        bucket(&["start frame", &start, frame]),
        bucket(&["start tag frame", start_tag, frame]),
        bucket(&["length frame", length, frame]),
        bucket(&["quoted frame", quoted, frame]),
        bucket(&["quoted lemma", quoted, &lemma]),
        bucket(&["verbal frame", verbal, frame]),
        bucket(&["helper", &helper]),
        bucket(&["helper subject", &helper, &subject]),
        bucket(&["negated lemma", negated, &lemma]),
        bucket(&["governor relation", &governor, relation]),
        bucket(&["agrees frame", agrees, frame]),
        bucket(&["verbal listed subject", verbal, listed, &subject]),
    ]
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
