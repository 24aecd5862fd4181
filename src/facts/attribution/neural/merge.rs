//! Brings the quotes of the rules and the candidates of the encoder together, in one place.
//!
//! A quote and a candidate that share most of their content are one. Where all of its words stand in quotation marks the rules
//! know best what belongs to it, and who says it; of other reports the encoder does. What only one of them has found stays,
//! and how likely it is right is for `confidence` to say.

use crate::annotate::labels::Upos;
use crate::facts::attribution::cues;
use crate::facts::attribution::cues::spotted::cues_at;
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::neural::Candidate;
use crate::facts::attribution::quoted_text::{QuotedText, behind_dateline, trim};
use crate::facts::quote::{Act, EncoderScore};
use crate::facts::quote_form::QuoteForm;
use crate::span::{Span, Tokens};

/// From which share of common tokens on two contents are one (Jaccard), as the scorer of attributions counts.
const SAME: f32 = 0.5;

/// The drafts of the rules with what the encoder says of each, and the candidates that no rule found.
pub(in crate::facts::attribution) fn merge(
    quoted: &QuotedText,
    mut drafts: Vec<Draft>,
    candidates: Vec<Candidate>,
) -> Vec<Draft> {
    let mut is_paired = vec![false; candidates.len()];
    for (number, candidate, overlap) in pairs(quoted, &drafts, &candidates) {
        is_paired[candidate] = true;
        join(quoted, &mut drafts[number], &candidates[candidate], overlap);
    }
    let alone = candidates.into_iter().zip(is_paired).filter(|(_, is_paired)| !is_paired);
    drafts.extend(alone.map(|(candidate, _)| draft(quoted, candidate)));
    drafts
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
    let content = without(&behind_datelines(quoted, &candidate.content), draft.cue);
    // `It was reported that …`, `He was told by her that …`: more than the content that the rules read is no part of it.
    let has_more =
        draft.content.iter().all(|piece| content.contains(piece)) && content.len() > draft.content.len();
    if !has_more && !content.is_empty() {
        draft.content = content;
        draft.source = source.map(|source| trim(quoted, source)).filter(|source| !source.is_empty());
    }
}

/// Whether what makes a draft a quote tells its borders too: marks or a label.
fn rules_know_better(quoted: &QuotedText, draft: &Draft) -> bool {
    let in_marks = |piece: &Span<Tokens>| piece.range().all(|token| quoted.quotation_of(token).is_some());
    draft.is_labeled() || draft.content.iter().all(in_marks)
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
        source: source.filter(|source| !source.is_empty()),
        cue: Some(cue),
        act: act_of(quoted, cue),
        forms: vec![QuoteForm::Encoder],
        confidence: candidate.score,
        quotations: Vec::new(),
        encoder: Some(EncoderScore {
            report: candidate.score,
            spans: candidate.spans,
            overlap: 1.0,
            same_source: true,
            alone: true,
        }),
        content: behind_datelines(quoted, &candidate.content),
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

/// What kind of act a cue stands for, by the table of cues.
fn act_of(quoted: &QuotedText, cue: Span<Tokens>) -> Act {
    let text = quoted.text;
    let listed = cue.range().find_map(|token| {
        let verb = cues_at(text, token, cue.end()).first().map(|at| at.cue.act);
        let tag = &text.tags[token];
        verb.or_else(|| cues::nominal_act(&tag.lemma.to_lowercase(), tag.upos))
    });
    listed.unwrap_or(Act::Statement)
}
