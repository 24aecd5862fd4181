//! Brings the quotes of the rules and the candidates of the encoder together, in one place.
//!
//! A quote and a candidate that share most of their content are one. Where all of its words stand in quotation marks, behind a
//! label, or with a noun that they complete, the rules know best what belongs to it, and who says it; of other reports the
//! encoder does, unless it only adds words without a verb or leaves the one addressed out. What only one of them has found
//! stays, but for titles and words that say nothing, and how likely it is right is for `confidence` to say.

use crate::annotate::labels::{Relation, Upos};
use crate::facts::attribution::cues;
use crate::facts::attribution::cues::cue::takes;
use crate::facts::attribution::cues::spotted::{cues_at, is_another_cue};
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::indirect::{is_title, says_nothing};
use crate::facts::attribution::neural::Candidate;
use crate::facts::attribution::quoted_text::{QuotedText, behind_dateline, has_verb, trim};
use crate::facts::grammar::phrase;
use crate::facts::quote::{Act, EncoderScore};
use crate::facts::quote_form::{Frame, QuoteForm};
use crate::span::{Span, Tokens};

/// From which share of common tokens on two contents are one (Jaccard), as the scorer of attributions counts.
const SAME: f32 = 0.5;

/// The drafts of the rules with what the encoder says of each, and the candidates that no rule found.
pub(in crate::facts::attribution) fn merge(
    quoted: &QuotedText,
    mut drafts: Vec<Draft>,
    candidates: Vec<Candidate>,
) -> Vec<Draft> {
    let candidates: Vec<Candidate> =
        candidates.into_iter().flat_map(|candidate| parted(quoted, candidate)).collect();
    let mut is_paired = vec![false; candidates.len()];
    for (number, candidate, overlap) in pairs(quoted, &drafts, &candidates) {
        is_paired[candidate] = true;
        join(quoted, &mut drafts[number], &candidates[candidate], overlap);
    }
    let alone = candidates.into_iter().zip(is_paired).filter(|(_, is_paired)| !is_paired);
    let found = alone.map(|(candidate, _)| draft(quoted, candidate));
    drafts.extend(found.filter(|draft| !draft.content.is_empty() && is_said(quoted, draft)));
    drafts
}

/// A candidate, or two where its content begins with a whole quotation and goes on with a report of another sentence, which the
/// rules see as two quotes of one source: `[“The roof leaks.” The owner is never there], said Ana Ruiz`.
fn parted(quoted: &QuotedText, candidate: Candidate) -> Vec<Candidate> {
    let Some(first) = candidate.content.first().copied() else { return vec![candidate] };
    let marked = quoted.quotation_of(first.start()).map(|index| quoted.quotations[index].tokens);
    let is_apart = |marked: &Span<Tokens>| {
        let end = marked.end();
        marked.start() == first.start()
            && end < first.end()
            && quoted.sentence_of(end).start() == end
            && quoted.quotation_of(end).is_none()
    };
    let Some(marked) = marked.filter(is_apart) else { return vec![candidate] };
    let rest = Span::new(marked.end(), first.end());
    let behind = [rest].into_iter().chain(candidate.content.iter().skip(1).copied()).collect();
    let ahead = Candidate { content: vec![marked], ..candidate.clone() };
    vec![ahead, Candidate { content: behind, ..candidate }]
}

/// Which draft and which candidate are one, with the share of their content that is common: one to one, the closest first.
fn pairs(quoted: &QuotedText, drafts: &[Draft], candidates: &[Candidate]) -> Vec<(usize, usize, f32)> {
    // No token is in the content of two candidates.
    let mut owner = vec![usize::MAX; quoted.text.document.tokens.len()];
    for (number, candidate) in candidates.iter().enumerate() {
        candidate.content.iter().for_each(|piece| owner[piece.range()].fill(number));
    }
    let length = |content: &[Span<Tokens>]| content.iter().map(|piece| piece.len()).sum::<usize>();
    let mut close = Vec::new();
    for (number, draft) in drafts.iter().enumerate() {
        let mut owners: Vec<usize> =
            draft.content.iter().flat_map(|piece| &owner[piece.range()]).copied().collect();
        owners.sort_unstable();
        for run in owners.chunk_by(|one, other| one == other).filter(|run| run[0] != usize::MAX) {
            let all = length(&draft.content) + length(&candidates[run[0]].content) - run.len();
            let overlap = run.len() as f32 / all as f32;
            if overlap >= SAME {
                close.push((number, run[0], overlap));
            }
        }
    }
    close.sort_by(|one, other| other.2.total_cmp(&one.2).then((one.0, one.1).cmp(&(other.0, other.1))));
    let (mut taken, mut found) = (vec![false; drafts.len()], vec![false; candidates.len()]);
    close.retain(|(draft, candidate, _)| {
        let is_new = !taken[*draft] && !found[*candidate];
        if is_new {
            (taken[*draft], found[*candidate]) = (true, true);
        }
        is_new
    });
    close
}

/// Notes what the encoder says of a draft, and takes its borders where it knows them better.
fn join(quoted: &QuotedText, draft: &mut Draft, candidate: &Candidate, overlap: f32) {
    let source = source_of(candidate);
    let same_source = match (draft.source, source) {
        (Some(one), Some(other)) => one.overlaps(other),
        (one, other) => one.is_none() && other.is_none(),
    };
    draft.encoder = Some(EncoderScore {
        report: candidate.score,
        spans: candidate.spans,
        overlap,
        same_source,
        alone: false,
    });
    if rules_know_better(quoted, draft) {
        return;
    }
    // `declined to say`: what the content is no longer, the cue is.
    let whole = without_auxiliaries(quoted, candidate.cue);
    let goes_on = |cue: Span<Tokens>| whole.start() == cue.start() && whole.covers(cue);
    let cue = draft.cue.map(|cue| if goes_on(cue) { whole } else { cue });
    let content = without(&behind_datelines(quoted, &candidate.content), cue);
    if content.is_empty() || only_adds(quoted, &content, &draft.content) || leaves_out_object(draft, &content)
    {
        return;
    }
    let source = source.map(|source| trim(quoted, source)).filter(|source| !source.is_empty());
    draft.source = match (draft.source, source) {
        // `An official who asked not to be named said …`: not `who`.
        (Some(own), Some(other)) if own.covers(other) && phrase::is_lone_pronoun(quoted.text, other) => {
            Some(own)
        }
        // `The passengers were told that …`: they did not tell.
        (None, Some(other)) if draft.cue.is_some_and(|cue| is_told(quoted, cue, other)) => None,
        (_, other) => other,
    };
    (draft.cue, draft.content) = (cue, content);
}

/// Whether a content is that of the rules with something about it that is none: pieces of their own, as in `It was reported
/// that …`, words without a verb ahead, as in `OSLO 1997-05-03 Norway beat …`, or a paragraph behind.
fn only_adds(quoted: &QuotedText, content: &[Span<Tokens>], rules: &[Span<Tokens>]) -> bool {
    let (Some(first), Some(own)) = (content.first(), rules.first()) else { return false };
    let ahead = Span::new(first.start(), own.start().max(first.start()));
    let more_ahead = first.end() == own.end() && !ahead.is_empty() && !has_verb(quoted, ahead);
    // A later paragraph that no mark joins to the report.
    let paragraph = |pieces: &[Span<Tokens>]| {
        let last = pieces.last().and_then(|piece| piece.end().checked_sub(1));
        last.map(|token| quoted.text.document.tokens[token].paragraph)
    };
    content.len() > rules.len() && rules.iter().all(|piece| content.contains(piece))
        || first.start() == own.start() && paragraph(content) > paragraph(rules)
        || more_ahead && content.len() == rules.len() && content[1..] == rules[1..]
}

/// Whether a content is that of the rules without the one who is to act: `asked him to close the gate`.
fn leaves_out_object(draft: &Draft, content: &[Span<Tokens>]) -> bool {
    let has_object = matches!(
        draft.forms.first(),
        Some(QuoteForm::Report(Frame::ObjectInfinitive | Frame::ParsedObjectInfinitive))
    );
    let (Some(first), Some(own)) = (content.first(), draft.content.first()) else { return false };
    has_object && first.start() > own.start() && first.end() == own.end()
}

/// Whether a source is the one addressed: the subject of a passive cue that takes one, `were told`; not of `were convinced`.
fn is_told(quoted: &QuotedText, cue: Span<Tokens>, source: Span<Tokens>) -> bool {
    let text = quoted.text;
    let takes_one = |verb: usize| {
        let readings = cues_at(text, verb, cue.end());
        readings.iter().any(|at| at.cue.takes(takes::ADDRESSEE | takes::OBJECT_INFINITIVE))
    };
    let subject = |verb: usize| text.syntax.child(verb, &[Relation::NsubjPass]).filter(|_| takes_one(verb));
    cue.range().find_map(subject).is_some_and(|subject| source.range().contains(&subject))
}

/// Whether what makes a draft a quote tells its borders too: marks, a label, a noun with the clause that completes it.
fn rules_know_better(quoted: &QuotedText, draft: &Draft) -> bool {
    let in_marks = |piece: &Span<Tokens>| piece.range().all(|token| quoted.quotation_of(token).is_some());
    let is_completed = matches!(draft.forms.first(), Some(QuoteForm::NounCue));
    draft.is_labeled() || is_completed || draft.content.iter().all(in_marks)
}

/// The pieces of a content less the datelines that they begin with.
fn behind_datelines(quoted: &QuotedText, content: &[Span<Tokens>]) -> Vec<Span<Tokens>> {
    let clipped = content.iter().map(|piece| {
        let sentence = quoted.sentence_of(piece.start());
        let start = match sentence.start() == piece.start() {
            true => behind_dateline(quoted, sentence).min(piece.end()),
            false => piece.start(),
        };
        Span::new(start, piece.end())
    });
    clipped.filter(|piece| !piece.is_empty()).collect()
}

/// The pieces of a content less the words of a cue at their ends.
fn without(content: &[Span<Tokens>], cue: Option<Span<Tokens>>) -> Vec<Span<Tokens>> {
    let Some(cue) = cue else { return content.to_vec() };
    let rest = content.iter().map(|piece| match piece {
        _ if !piece.overlaps(cue) => *piece,
        _ if piece.end() > cue.end() => Span::new(cue.end(), piece.end()),
        _ => Span::new(piece.start(), cue.start().max(piece.start())),
    });
    rest.filter(|piece| !piece.is_empty()).collect()
}

/// A draft of a candidate that no rule found.
fn draft(quoted: &QuotedText, candidate: Candidate) -> Draft {
    let cue = without_auxiliaries(quoted, candidate.cue);
    let source = source_of(&candidate).map(|source| trim(quoted, source));
    Draft {
        source: source.filter(|source| !source.is_empty() && !is_told(quoted, cue, *source)),
        cue: Some(cue),
        act: listed_act(quoted, cue).unwrap_or(Act::Statement),
        forms: vec![QuoteForm::Encoder],
        confidence: candidate.score,
        quotations: Vec::new(),
        is_plain: false,
        encoder: Some(EncoderScore {
            report: candidate.score,
            spans: candidate.spans,
            overlap: 1.0,
            same_source: true,
            alone: true,
        }),
        content: without(&behind_datelines(quoted, &candidate.content), Some(cue)),
    }
}

/// A cue from its first word that means something on: `said` of `has not said`, as the rules have it.
fn without_auxiliaries(quoted: &QuotedText, cue: Span<Tokens>) -> Span<Tokens> {
    let helps = |token: &usize| matches!(quoted.text.tags[*token].upos, Upos::Aux | Upos::Part | Upos::Adv);
    let start = cue.range().find(|token| !helps(token)).unwrap_or(cue.start());
    Span::new(start, cue.end())
}

/// The longest piece of a source; of several the first.
fn source_of(candidate: &Candidate) -> Option<Span<Tokens>> {
    candidate.source.iter().copied().rev().max_by_key(|piece| piece.len())
}

/// Whether the content of a report that no rule found is more than a title or than a word that stands for a content: no
/// `likes the film “The Long Night”`.
fn is_said(quoted: &QuotedText, draft: &Draft) -> bool {
    let content = &draft.content;
    !says_nothing(quoted, content) && !is_title(quoted, content) && !is_another_cue(quoted.text, content)
}

/// What kind of act a cue stands for, by the table of cues.
fn listed_act(quoted: &QuotedText, cue: Span<Tokens>) -> Option<Act> {
    let text = quoted.text;
    cue.range().find_map(|token| {
        let verb = cues_at(text, token, cue.end()).first().map(|at| at.cue.act);
        let tag = &text.tags[token];
        verb.or_else(|| cues::nominal_act(&tag.lemma.to_lowercase(), tag.upos))
    })
}
