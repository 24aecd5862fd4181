//! Lists all readings of a word as a cue: verbs, nouns, adjectives and `according to`.
//!
//! Knows frames and sources; decides nothing: `reported` chooses among the candidates.

use crate::annotate::labels::{Relation, Upos};
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::{CueAt, cues_at, with_statement};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::indirect::features::cue::Cue;
use crate::facts::attribution::indirect::features::reading;
use crate::facts::attribution::indirect::occupied::Taken;
use crate::facts::attribution::indirect::reading::Reading;
use crate::facts::attribution::indirect::{features, nominal, verbal};
use crate::facts::attribution::scene::{Scene, trim};
use crate::facts::attribution::{cues, source};
use crate::facts::grammar::inflect::VerbForm;
use crate::facts::grammar::phrase;
use crate::facts::quote::Act;
use crate::facts::quote_form::{Frame, QuoteForm};
use crate::span::{Span, Tokens};

/// How far a report reaches from its cue at most, in tokens, so that endless sentences take linear time.
const REACH: usize = 250;

/// A reading with its source and what the model may look at.
pub(crate) struct Candidate {
    pub(crate) draft: Draft,
    /// Whether the cue table allows it.
    pub(crate) listed: bool,
    /// Whether it says enough for itself: several words of the table (`took aim at`), `put … at a million`, `denied
    /// paying`, somebody's `claim that …`; by the table, and with a source.
    pub(crate) fixed: bool,
    /// Bucket numbers of the linear model.
    pub(crate) clues: Vec<u32>,
}

/// All readings of the word at `token` whose content leaves other quotes whole; `None` if there are none.
pub(crate) fn at(scene: &Scene, taken: &Taken, sentence: Span<Tokens>, token: usize) -> Option<Choice> {
    let text = scene.text;
    let bounds =
        Span::new(sentence.start().max(token.saturating_sub(REACH)), sentence.end().min(token + REACH));
    if text.word(token).eq_ignore_ascii_case("according")
        && token + 2 < bounds.end()
        && text.word(token + 1) == "to"
    {
        return according(scene, bounds, token, taken);
    }
    if text.word(token) == ":" {
        return colon(scene, bounds, token, taken);
    }
    let known = || scene.model.reports.knows(&text.tags[token]);
    match text.tags[token].upos {
        Upos::Verb => verb(scene, bounds, token, known(), taken),
        Upos::Noun | Upos::Adj
            if known() || before_that(scene, token) || nominal_act(scene, token).is_some() =>
        {
            completed(scene, bounds, token, taken)
        }
        _ => None,
    }
}

/// Whether a clause with `that` completes a word, whatever it is: `the` **fear** `that the wall would fall`.
fn before_that(scene: &Scene, token: usize) -> bool {
    let tag = scene.text.tags.get(token + 1);
    tag.is_some_and(|tag| tag.upos == Upos::Sconj) && scene.text.word(token + 1) == "that"
}

/// The act of a noun or an adjective of the table.
fn nominal_act(scene: &Scene, token: usize) -> Option<Act> {
    let tag = &scene.text.tags[token];
    cues::nominal_act(&tag.lemma.to_lowercase(), tag.upos)
}

/// `According to X, …` and `…, according to X`.
fn according(scene: &Scene, bounds: Span<Tokens>, token: usize, taken: &Taken) -> Option<Choice> {
    let text = scene.text;
    let cue = Span::new(token, token + 2);
    let source = source::behind_according(text, bounds, cue.end())?;
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
    let reading = Reading::fixed(Frame::According, true, content, Some(source));
    let form = Some(QuoteForm::According);
    let parts = Parts { cue, act: Act::Statement, form, confidence: 0.75 };
    let seen = Cue::new(scene, token, cue, Some(source));
    let candidate = parts.candidate(scene, taken, &seen, reading, Some(source));
    gather(scene, &seen, vec![candidate], taken)
}

/// `X: …` at the start of a sentence, as in headlines.
fn colon(scene: &Scene, bounds: Span<Tokens>, token: usize, taken: &Taken) -> Option<Choice> {
    let text = scene.text;
    let start = scene.sentence_of(token).start();
    let source = phrase::before(text, bounds, token).filter(|source| source.start() == start)?;
    let content = trim(scene, Span::new(token + 1, bounds.end()));
    if content.len() < 2 {
        return None;
    }
    let cue = Span::new(token, token + 1);
    let seen = Cue::new(scene, token, cue, Some(source));
    let parts = Parts { cue, act: Act::Statement, form: None, confidence: 0.5 };
    let reading = Reading::fixed(Frame::Colon, false, vec![content], Some(source));
    let candidate = parts.candidate(scene, taken, &seen, reading, Some(source));
    gather(scene, &seen, vec![candidate], taken)
}

/// What all candidates of one cue have in common.
#[derive(Clone, Copy)]
struct Parts {
    cue: Span<Tokens>,
    act: Act,
    /// The form of all; the frame of each where there is none.
    form: Option<QuoteForm>,
    /// Where nothing is learned.
    confidence: f32,
}

impl Parts {
    fn candidate(
        self,
        scene: &Scene,
        taken: &Taken,
        seen: &Cue,
        reading: Reading,
        source: Option<Span<Tokens>>,
    ) -> Candidate {
        let clues = reading::of_reading(scene, taken, seen, &reading, source);
        let frame = reading.frame;
        // `doubts about`: the preposition belongs to the cue.
        let behind = reading.frame == Frame::Behind && self.cue.end() + 1 == reading.content[0].start();
        let cue = Span::new(self.cue.start(), self.cue.end() + usize::from(behind));
        Candidate {
            listed: reading.listed && reading.usual,
            fixed: false,
            draft: Draft {
                content: reading.content,
                cue: Some(cue),
                source,
                act: self.act,
                forms: vec![self.form.unwrap_or(QuoteForm::Report(frame))],
                confidence: self.confidence,
                quotations: Vec::new(),
            },
            clues,
        }
    }
}

/// The candidates that fit, with what is seen of their cue.
fn gather(scene: &Scene, seen: &Cue, mut candidates: Vec<Candidate>, taken: &Taken) -> Option<Choice> {
    let fits = |content: &[Span<Tokens>]| !content.iter().any(|piece| taken.crosses(*piece));
    candidates.retain(|one| !one.draft.content.is_empty() && fits(&one.draft.content));
    (!candidates.is_empty()).then(|| Choice { clues: features::of_cue(scene, seen), candidates })
}

/// The readings of a noun or an adjective: `X's claim that …`, `X is confident that …`.
fn completed(scene: &Scene, bounds: Span<Tokens>, token: usize, taken: &Taken) -> Option<Choice> {
    let text = scene.text;
    let readings = nominal::completed(scene, bounds, token);
    if readings.is_empty() {
        return None;
    }
    let cue = Span::new(token, token + 1);
    let noun = text.tags[token].upos == Upos::Noun;
    let source = if noun {
        source::owner_of(scene, bounds, token)
    } else {
        let subject = source::parsed_subject(scene, bounds, token);
        // Only of a company can `it` be `confident that …`; it is nobody who is `clear that …`.
        subject.filter(|subject| nominal_act(scene, token).is_some() || !source::is_it(text, *subject))
    };
    let act = nominal_act(scene, token);
    let seen = Cue::new(scene, token, cue, source);
    let parts = Parts {
        cue,
        act: act.unwrap_or(Act::Thought),
        form: Some(if noun { QuoteForm::NounCue } else { QuoteForm::AdjectiveCue }),
        confidence: if source.is_some() { 0.6 } else { 0.4 },
    };
    // `Leo Brandt’s claim`, `the claim by Leo Brandt`, and no pronoun that may be anybody.
    let owns = |source: Span<Tokens>| {
        noun && text.tags[source.start()].upos != Upos::Pron
            && (source.start() > token
                || token
                    .checked_sub(1)
                    .is_some_and(|last| phrase::is_possessive_mark(text.word(source.end().min(last)))))
    };
    let candidates = readings.into_iter().map(|mut reading| {
        reading.listed = act.is_some() && reading.frame == Frame::That;
        let inside = |source: &Span<Tokens>| reading.content.iter().any(|piece| piece.overlaps(*source));
        let source = source.filter(|source| !inside(source));
        let mut candidate = parts.candidate(scene, taken, &seen, reading, source);
        candidate.fixed = candidate.listed && source.is_some_and(owns);
        candidate
    });
    // Of a word that was hardly seen in training only what the table allows is to be trusted, or what `that` shows.
    let known = scene.model.reports.knows(&text.tags[token]) || before_that(scene, token);
    gather(scene, &seen, candidates.filter(|one| known || one.listed).collect(), taken)
}

/// All readings of a verb, as any of the cues that it can be.
fn verb(scene: &Scene, bounds: Span<Tokens>, token: usize, known: bool, taken: &Taken) -> Option<Choice> {
    let text = scene.text;
    let mut cues = cues_at(text, token, bounds.end());
    cues.truncate(2);
    if cues.is_empty() {
        let clausal = scene.syntax.child(token, &[Relation::Ccomp]).is_some();
        if !known && !clausal {
            return None;
        }
        cues.push(CueAt::unlisted(text, token));
    }
    let passive = is_passive(scene, bounds, &cues[0]) || is_bare_participle(scene, &cues[0]);
    let subject = if passive && is_quoted_as(&cues[0]) {
        source::parsed_subject(scene, bounds, token)
    } else if passive {
        source::agent_of(scene, bounds, token)
    } else {
        source::subject_of(scene, bounds, &cues[0]).or_else(|| source::parsed_subject(scene, bounds, token))
    };
    let seen = Cue::new(scene, token, cues[0].tokens, subject);
    let mut candidates: Vec<Candidate> = Vec::new();
    for at in &cues {
        let cue = with_statement(text, at.tokens, bounds.end());
        let fits_table = if passive { at.cue.takes(takes::THAT) } else { subject.is_some() };
        for mut reading in verbal::readings(scene, bounds, at) {
            if candidates.iter().any(|other| other.draft.content == reading.content) {
                continue;
            }
            reading.listed &= fits_table || reading.source.is_some();
            let source = reading.source.or(subject);
            let inside = |source: Span<Tokens>| reading.content.iter().any(|piece| piece.overlaps(source));
            if source.is_some_and(inside) {
                continue;
            }
            let confidence = if reading.frame == Frame::Trail { 0.85 } else { 0.7 };
            let act = at.cue.act_with(takes::of_frame(reading.frame));
            let parts = Parts { cue, act, form: None, confidence };
            let tells = match reading.frame {
                Frame::Estimate => true,
                Frame::Gerund => act == Act::Denial,
                _ => at.cue.particle.contains(' '),
            };
            let mut candidate = parts.candidate(scene, taken, &seen, reading, source);
            candidate.fixed = tells && candidate.listed && source.is_some();
            candidates.push(candidate);
        }
    }
    gather(scene, &seen, candidates, taken)
}

/// Whether the cue is a past participle behind a form of `be`: `was told`.
fn is_passive(scene: &Scene, bounds: Span<Tokens>, at: &CueAt) -> bool {
    let text = scene.text;
    if at.form != VerbForm::Past {
        return false;
    }
    let mut token = at.tokens.start();
    while token > bounds.start() && matches!(text.tags[token - 1].upos, Upos::Adv | Upos::Part) {
        token -= 1;
    }
    token > bounds.start()
        && ["is", "are", "was", "were", "be", "been", "being", "'s", "’s"]
            .iter()
            .any(|be| text.word(token - 1).eq_ignore_ascii_case(be))
        && text.tags[token - 1].upos == Upos::Aux
}

/// Whether the subject of the passive is the one who speaks: `was quoted as saying`.
fn is_quoted_as(at: &CueAt) -> bool {
    at.cue.particle.ends_with("saying")
}

/// Whether a past form opens its sentence without a subject: `Asked whether …, he` is a participle.
fn is_bare_participle(scene: &Scene, at: &CueAt) -> bool {
    let token = at.tokens.start();
    let subject = scene.syntax.child(token, &[Relation::Nsubj]).is_some_and(|subject| subject < token);
    at.form == VerbForm::Past && scene.sentence_of(token).start() == token && !subject
}

/// All readings of one cue.
pub(crate) struct Choice {
    /// What is seen of the cue itself, as bucket numbers of the linear model.
    pub(crate) clues: Vec<u32>,
    pub(crate) candidates: Vec<Candidate>,
}
