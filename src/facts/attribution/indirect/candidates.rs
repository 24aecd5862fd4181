//! Lists all readings of a word as a cue: verbs, nouns, adjectives and `according to`.
//!
//! Knows frames and sources; decides nothing: `indirect` chooses among the candidates.

use crate::annotate::labels::{Relation, Upos};
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::{CueAt, cues_at, is_another_cue, with_statement};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::indirect::features::cue::CueFeatures;
use crate::facts::attribution::indirect::features::reading;
use crate::facts::attribution::indirect::occupied::Occupied;
use crate::facts::attribution::indirect::reading::Reading;
use crate::facts::attribution::indirect::{features, nominal, verbal};
use crate::facts::attribution::quoted_text::{QuotedText, trim};
use crate::facts::attribution::{cues, source};
use crate::facts::grammar::inflect::VerbForm;
use crate::facts::grammar::phrase;
use crate::facts::quote::Act;
use crate::facts::quote_form::{Frame, QuoteForm};
use crate::span::{Span, Tokens};

/// How far a report reaches from its cue at most, in tokens, so that endless sentences take linear time.
const REACH: usize = 250;

/// A reading with its source and what the model may look at.
pub(super) struct CandidateReading {
    pub(crate) draft: Draft,
    /// Whether the cue table allows it.
    pub(crate) listed: bool,
    /// Bucket numbers of the linear model.
    pub(crate) features: Vec<u32>,
}

/// All readings of the word at `token` whose content leaves other quotes whole; `None` if there are none.
pub(crate) fn at(
    quoted: &QuotedText,
    occupied: &Occupied,
    sentence: Span<Tokens>,
    token: usize,
) -> Option<Choice> {
    let text = quoted.text;
    let bounds =
        Span::new(sentence.start().max(token.saturating_sub(REACH)), sentence.end().min(token + REACH));
    if text.word(token).eq_ignore_ascii_case("according")
        && token + 2 < bounds.end()
        && text.word(token + 1) == "to"
    {
        return according(quoted, bounds, token, occupied);
    }
    if text.word(token) == ":" {
        return colon(quoted, bounds, token, occupied);
    }
    let known = || quoted.model.cues.knows(&text.tags[token]);
    match text.tags[token].upos {
        Upos::Verb => verb(quoted, bounds, token, known(), occupied),
        Upos::Noun | Upos::Adj
            if known() || before_that(quoted, token) || nominal_act(quoted, token).is_some() =>
        {
            completed(quoted, bounds, token, occupied)
        }
        _ => None,
    }
}

/// Whether a clause with `that` completes a word, whatever it is: `the` **fear** `that the wall would fall`.
fn before_that(quoted: &QuotedText, token: usize) -> bool {
    let tag = quoted.text.tags.get(token + 1);
    tag.is_some_and(|tag| tag.upos == Upos::Sconj) && quoted.text.word(token + 1) == "that"
}

/// The act of a noun or an adjective of the table.
fn nominal_act(quoted: &QuotedText, token: usize) -> Option<Act> {
    let tag = &quoted.text.tags[token];
    cues::nominal_act(&tag.lemma.to_lowercase(), tag.upos)
}

/// `According to X, …` and `…, according to X`.
fn according(quoted: &QuotedText, bounds: Span<Tokens>, token: usize, occupied: &Occupied) -> Option<Choice> {
    let text = quoted.text;
    let cue = Span::new(token, token + 2);
    let source = source::behind_according(text, bounds, cue.end())?;
    let mut content = Vec::new();
    let before = trim(quoted, Span::new(bounds.start(), token));
    if before.len() >= 2 {
        content.push(before);
    }
    if content.is_empty() || text.word(source.end().min(bounds.end() - 1)) == "," {
        let behind = trim(quoted, Span::new(source.end(), bounds.end()));
        if behind.len() >= 2 {
            content.push(behind);
        }
    }
    let reading = Reading::fixed(Frame::According, true, content, Some(source));
    let form = Some(QuoteForm::According);
    let parts = Parts { cue, act: Act::Statement, form, confidence: 0.75 };
    let seen = CueFeatures::new(quoted, token, cue, Some(source));
    let candidate = parts.candidate(quoted, occupied, &seen, reading, Some(source));
    gather(quoted, &seen, vec![candidate], occupied)
}

/// `X: …` at the start of a sentence, as in headlines.
fn colon(quoted: &QuotedText, bounds: Span<Tokens>, token: usize, occupied: &Occupied) -> Option<Choice> {
    let text = quoted.text;
    let start = quoted.sentence_of(token).start();
    let source = phrase::before(text, bounds, token).filter(|source| source.start() == start)?;
    let content = trim(quoted, Span::new(token + 1, bounds.end()));
    if content.len() < 2 {
        return None;
    }
    let cue = Span::new(token, token + 1);
    let seen = CueFeatures::new(quoted, token, cue, Some(source));
    let parts = Parts { cue, act: Act::Statement, form: None, confidence: 0.5 };
    let reading = Reading::fixed(Frame::Colon, false, vec![content], Some(source));
    let candidate = parts.candidate(quoted, occupied, &seen, reading, Some(source));
    gather(quoted, &seen, vec![candidate], occupied)
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
        quoted: &QuotedText,
        occupied: &Occupied,
        seen: &CueFeatures,
        reading: Reading,
        source: Option<Span<Tokens>>,
    ) -> CandidateReading {
        let features = reading::of_reading(quoted, occupied, seen, &reading, source);
        let frame = reading.frame;
        // `doubts about`: the preposition belongs to the cue.
        let behind = reading.frame == Frame::Behind && self.cue.end() + 1 == reading.content[0].start();
        let cue = Span::new(self.cue.start(), self.cue.end() + usize::from(behind));
        CandidateReading {
            listed: reading.listed && reading.usual,
            draft: Draft {
                content: reading.content,
                cue: Some(cue),
                source,
                act: self.act,
                forms: vec![self.form.unwrap_or(QuoteForm::Report(frame))],
                confidence: self.confidence,
                quotations: Vec::new(),
                is_plain: false,
                encoder: None,
            },
            features,
        }
    }
}

/// The candidates that fit, with what is seen of their cue.
fn gather(
    quoted: &QuotedText,
    seen: &CueFeatures,
    mut candidates: Vec<CandidateReading>,
    occupied: &Occupied,
) -> Option<Choice> {
    let fits = |content: &[Span<Tokens>]| !content.iter().any(|piece| occupied.crosses(*piece));
    candidates.retain(|one| {
        let content = &one.draft.content;
        !content.is_empty() && fits(content) && !is_another_cue(quoted.text, content)
    });
    (!candidates.is_empty()).then(|| Choice { features: features::of_cue(quoted, seen), candidates })
}

/// The readings of a noun or an adjective: `X's claim that …`, `X is confident that …`.
fn completed(quoted: &QuotedText, bounds: Span<Tokens>, token: usize, occupied: &Occupied) -> Option<Choice> {
    let text = quoted.text;
    let readings = nominal::completed(quoted, bounds, token);
    if readings.is_empty() {
        return None;
    }
    let cue = Span::new(token, token + 1);
    let noun = text.tags[token].upos == Upos::Noun;
    let source = if noun {
        source::owner_of(quoted, bounds, token)
    } else {
        let subject = source::parsed_subject(quoted, bounds, token);
        // Only of a company can `it` be `confident that …`; it is nobody who is `clear that …`.
        subject.filter(|subject| nominal_act(quoted, token).is_some() || !source::is_it(text, *subject))
    };
    let act = nominal_act(quoted, token);
    let seen = CueFeatures::new(quoted, token, cue, source);
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
        let mut candidate = parts.candidate(quoted, occupied, &seen, reading, source);
        candidate.draft.is_plain = candidate.listed && source.is_some_and(owns);
        candidate
    });
    // Of a word that was hardly seen in training only what the table allows is to be trusted, or what `that` shows.
    let known = quoted.model.cues.knows(&text.tags[token]) || before_that(quoted, token);
    gather(quoted, &seen, candidates.filter(|one| known || one.listed).collect(), occupied)
}

/// All readings of a verb, as any of the cues that it can be.
fn verb(
    quoted: &QuotedText,
    bounds: Span<Tokens>,
    token: usize,
    known: bool,
    occupied: &Occupied,
) -> Option<Choice> {
    let text = quoted.text;
    let mut cues = cues_at(text, token, bounds.end());
    cues.truncate(2);
    if cues.is_empty() {
        let clausal = quoted.text.syntax.child(token, &[Relation::Ccomp]).is_some();
        if !known && !clausal {
            return None;
        }
        cues.push(CueAt::unlisted(text, token));
    }
    let passive = is_passive(quoted, bounds, &cues[0]) || is_bare_participle(quoted, &cues[0]);
    let subject = if passive && is_quoted_as(&cues[0]) {
        source::parsed_subject(quoted, bounds, token)
    } else if passive {
        source::agent_of(quoted, bounds, token)
    } else {
        source::subject_of(quoted, bounds, &cues[0]).or_else(|| source::parsed_subject(quoted, bounds, token))
    };
    let seen = CueFeatures::new(quoted, token, cues[0].tokens, subject);
    let mut candidates: Vec<CandidateReading> = Vec::new();
    for at in &cues {
        let cue = with_statement(text, at.tokens, bounds.end());
        let fits_table = if passive { at.cue.takes(takes::THAT) } else { subject.is_some() };
        for mut reading in verbal::readings(quoted, bounds, at) {
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
                _ => at.cue.particle.contains(' ') || at.is_quoted_saying(text),
            };
            let mut candidate = parts.candidate(quoted, occupied, &seen, reading, source);
            candidate.draft.is_plain = tells && candidate.listed && source.is_some();
            candidates.push(candidate);
        }
    }
    gather(quoted, &seen, candidates, occupied)
}

/// Whether the cue is a past participle behind a form of `be`: `was told`.
fn is_passive(quoted: &QuotedText, bounds: Span<Tokens>, at: &CueAt) -> bool {
    let text = quoted.text;
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
fn is_bare_participle(quoted: &QuotedText, at: &CueAt) -> bool {
    let token = at.tokens.start();
    let subject = quoted.text.syntax.child(token, &[Relation::Nsubj]).is_some_and(|subject| subject < token);
    at.form == VerbForm::Past && quoted.sentence_of(token).start() == token && !subject
}

/// All readings of one cue.
pub(super) struct Choice {
    /// What is seen of the cue itself, as bucket numbers of the linear model.
    pub(crate) features: Vec<u32>,
    pub(crate) candidates: Vec<CandidateReading>,
}
