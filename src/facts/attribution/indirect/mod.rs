//! Indirect and mixed quotes: sentences that report speech or thought whose content no marks show, or only in part.
//!
//! Every word that can be a cue is read in all frames that fit around it, with every end that its content can have
//! (`candidates`). A log-linear model over cue, frame, borders and syntax (`features`) says how likely each reading is what
//! an annotator would mark, and how likely none of them is. Without a trained model the cue table alone decides. Leaves
//! whole what is quoted already (`occupied`), and knows no entity. Start reading at [`indirect_quotes`].

mod boundaries;
mod candidates;
mod features;
mod nominal;
mod occupied;
mod reading;
mod verbal;

use crate::annotate::labels::Upos;
use crate::annotate::model::cue_model::CueModel;
use crate::facts::attribution::draft::Draft;
use crate::facts::attribution::indirect::candidates::{CandidateReading, Choice};
use crate::facts::attribution::indirect::features::words;
use crate::facts::attribution::indirect::occupied::Occupied;
use crate::facts::attribution::quoted_text::QuotedText;
use crate::facts::quote::Act;
use crate::span::{Byte, Span, Tokens};

/// How likely it must be that the cue reports anything: where precision and recall of the words of contents balanced
/// best on development data, given that reports with a doubtful source are left out later.
const LIKELY: f32 = 0.38;

/// What the odds of other readings count beside a reading's own, as far as they agree with it: between two ends that are
/// equally likely, the one nearer to all others.
const CONSENSUS: f32 = 0.4;

/// From which share of common words on two readings say the same, as the scorer counts (Jaccard).
const SAME: f32 = 0.5;

/// Scores beyond this, in log-odds, are as good as certain.
const LIMIT: f32 = 20.0;

/// How many words outside the marks can lead up to a title: `the film “…”`.
const TITLE_LEAD: usize = 3;

/// The reports of an article; `drafts` are the quotes whose cues are taken already.
pub(super) fn indirect_quotes(quoted: &QuotedText, drafts: &[Draft]) -> Vec<Draft> {
    let mut found = Vec::new();
    let occupied = Occupied::new(quoted, drafts);
    let mut words = Words::default();
    each_cue(quoted, &occupied, |sentence, choice| {
        words.look_at(quoted, &occupied, sentence);
        let best = choose(&quoted.model.cues, &words, choice)
            .filter(|best| best.listed || !is_title(quoted, &best.draft.content))
            .filter(|best| !says_nothing(quoted, &best.draft.content));
        found.extend(best.map(|best| best.draft));
    });
    without_refused(without_swallowed_cues(quoted, found))
}

/// Leaves out what somebody refused or denied to say: `declined [to say who signed]` is no report by `say`.
fn without_refused(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut refused: Option<Draft> = None;
    let mut kept = Vec::new();
    // In text order the refusal comes first, and only the last one can reach the next cue.
    for draft in drafts {
        let inside = |piece: &Span<Tokens>| draft.cue.is_some_and(|cue| piece.covers(cue));
        // Who is said to deny it says it, or the parser took the denial itself for the source.
        let is_refused = |one: &Draft| {
            let denies = one.cue.zip(draft.source).is_some_and(|(cue, source)| cue.overlaps(source));
            (one.source == draft.source || denies) && one.content.iter().any(inside)
        };
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
fn without_swallowed_cues(quoted: &QuotedText, mut drafts: Vec<Draft>) -> Vec<Draft> {
    let mut trailing = vec![false; quoted.text.document.tokens.len()];
    for draft in &drafts {
        let behind = |cue: &Span<Tokens>| draft.content.iter().any(|piece| piece.end() <= cue.start());
        if let Some(cue) = draft.cue.filter(behind) {
            trailing[cue.range()].fill(true);
        }
    }
    drafts.retain(|draft| !draft.content.iter().any(|piece| trailing[piece.range()].contains(&true)));
    drafts
}

/// The readings of one cue, for training.
pub struct TrainingCue {
    /// Bucket numbers that all readings share.
    pub features: Vec<u32>,
    /// Its readings.
    pub readings: Vec<TrainingReading>,
}

/// One reading of a cue, for training: where its content and its cue stand, and what is seen of it.
pub struct TrainingReading {
    /// The pieces of the content.
    pub content: Vec<Span<Byte>>,
    /// The cue.
    pub cue: Span<Byte>,
    /// Bucket numbers of the linear model.
    pub features: Vec<u32>,
}

/// All readings of all cues, those of one cue together.
pub(crate) fn training_candidates(quoted: &QuotedText, drafts: &[Draft]) -> Vec<TrainingCue> {
    let document = &quoted.text.document;
    let occupied = Occupied::new(quoted, drafts);
    let export = |mut candidate: CandidateReading| {
        let words = candidate.draft.content.iter().flat_map(|piece| piece.range());
        words.for_each(|token| words::of_word(quoted, &occupied, token, &mut candidate.features));
        TrainingReading {
            content: candidate.draft.content.iter().map(|piece| document.bytes(*piece)).collect(),
            cue: candidate.draft.cue.map_or(Span::new(0, 0), |cue| document.bytes(cue)),
            features: candidate.features,
        }
    };
    let mut all = Vec::new();
    each_cue(quoted, &occupied, |_, choice| {
        let readings = choice.candidates.into_iter().map(export).collect();
        all.push(TrainingCue { features: choice.features, readings });
    });
    all
}

/// Hands on the readings of each cue in text order, with its sentence.
fn each_cue(quoted: &QuotedText, occupied: &Occupied, mut take: impl FnMut(Span<Tokens>, Choice)) {
    for sentence in &quoted.text.document.sentences {
        for token in sentence.range() {
            if occupied.has(token) || quoted.quotation_of(token).is_some() {
                continue;
            }
            if let Some(choice) = candidates::at(quoted, occupied, *sentence, token) {
                take(*sentence, choice);
            }
        }
    }
}

/// The best reading, if the cue is likely to report at all; what says enough for itself, and is mostly too rare to have
/// been learned, is taken in any case.
fn choose(model: &CueModel, words: &Words, choice: Choice) -> Option<CandidateReading> {
    let Choice { features, mut candidates } = choice;
    if !model.readings.is_trained() {
        return candidates.into_iter().find(|candidate| candidate.listed);
    }
    let shared = model.readings.score(&features);
    let odds: Vec<f32> = candidates
        .iter()
        .map(|one| {
            let own = model.readings.score(&one.features) + words.score(&one.draft.content);
            libm::expf((shared + own).clamp(-LIMIT, LIMIT))
        })
        .collect();
    let sum: f32 = odds.iter().sum();
    let likely = sum / (1.0 + sum) >= LIKELY;
    let worth = |one: usize| odds[one] + CONSENSUS * agreeing(&candidates, &odds, one);
    let rated =
        (0..odds.len()).filter(|one| likely || candidates[*one].draft.is_plain).map(|one| (one, worth(one)));
    let best = rated.max_by(|one, other| one.1.total_cmp(&other.1))?.0;
    let same = said_the_same(&candidates, &odds, best);
    let mut candidate = candidates.swap_remove(best);
    let least = if candidate.draft.is_plain { LIKELY } else { 0.0 };
    candidate.draft.confidence = (same / (1.0 + sum)).max(least);
    Some(candidate)
}

/// What the words of a sentence say for contents that they stand in, as running sums.
#[derive(Default)]
struct Words {
    /// Where the sentence begins.
    start: usize,
    /// The scores of all words before each, and of all words at the end.
    sums: Vec<f32>,
}

impl Words {
    /// Turns to a sentence, if it is another one.
    fn look_at(&mut self, quoted: &QuotedText, occupied: &Occupied, sentence: Span<Tokens>) {
        if !self.sums.is_empty() && self.start == sentence.start() {
            return;
        }
        self.start = sentence.start();
        self.sums.clear();
        self.sums.push(0.0);
        let mut sum = 0.0;
        let mut seen = Vec::new();
        for token in sentence.range() {
            seen.clear();
            words::of_word(quoted, occupied, token, &mut seen);
            sum += quoted.model.cues.readings.score(&seen);
            self.sums.push(sum);
        }
    }

    /// The scores of all words of a content.
    fn score(&self, content: &[Span<Tokens>]) -> f32 {
        let before = |token: usize| self.sums.get(token.wrapping_sub(self.start)).copied().unwrap_or(0.0);
        content.iter().map(|piece| before(piece.end()) - before(piece.start())).sum()
    }
}

/// Whether what is quoted is a title or a nickname with no cue of the table: a street known as `“Little Venice”`.
pub(super) fn is_title(quoted: &QuotedText, content: &[Span<Tokens>]) -> bool {
    let is_word = |token: &usize| quoted.text.word(*token).starts_with(char::is_alphanumeric);
    let words = || content.iter().flat_map(|piece| piece.range()).filter(is_word);
    let (in_marks, open): (Vec<usize>, Vec<usize>) =
        words().partition(|token| quoted.quotation_of(*token).is_some());
    let capital = |token: &usize| {
        let word = quoted.text.word(*token);
        word.len() < 4 || word.starts_with(char::is_uppercase)
    };
    open.len() <= TITLE_LEAD && in_marks.len() >= 2 && in_marks.iter().all(capital)
}

/// Whether the content is one word that only stands for one: `said nothing`, `asked him`, `thought so`.
pub(super) fn says_nothing(quoted: &QuotedText, content: &[Span<Tokens>]) -> bool {
    let [only] = content else { return false };
    let tag = |token: usize| quoted.text.tags[token].upos;
    only.len() == 1 && matches!(tag(only.start()), Upos::Pron | Upos::Det | Upos::Adv)
}

/// The odds of all readings, each as far as it agrees with the one at `number`.
fn agreeing(candidates: &[CandidateReading], odds: &[f32], number: usize) -> f32 {
    let content = &candidates[number].draft.content;
    candidates.iter().zip(odds).map(|(other, odds)| odds * agreement(&other.draft.content, content)).sum()
}

/// The odds of all readings that say the same as the one at `best`.
fn said_the_same(candidates: &[CandidateReading], odds: &[f32], best: usize) -> f32 {
    let content = &candidates[best].draft.content;
    let same = |other: &CandidateReading| agreement(&other.draft.content, content) >= SAME;
    candidates.iter().zip(odds).filter(|(other, _)| same(other)).map(|(_, odds)| odds).sum()
}

/// The share of common tokens among all tokens of two contents; the pieces of each are in order and apart.
fn agreement(one: &[Span<Tokens>], other: &[Span<Tokens>]) -> f32 {
    let length = |content: &[Span<Tokens>]| content.iter().map(|piece| piece.len()).sum::<usize>();
    let shared = |one: &Span<Tokens>, other: &Span<Tokens>| {
        one.end().min(other.end()).saturating_sub(one.start().max(other.start()))
    };
    let common: usize = one.iter().flat_map(|piece| other.iter().map(move |next| shared(piece, next))).sum();
    common as f32 / (length(one) + length(other) - common).max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_the_share_of_common_tokens() {
        let spans = |pairs: &[(usize, usize)]| -> Vec<Span<Tokens>> {
            pairs.iter().map(|(start, end)| Span::new(*start, *end)).collect()
        };
        let share = |one: &[(usize, usize)], other: &[(usize, usize)]| agreement(&spans(one), &spans(other));
        assert_eq!(share(&[(2, 6)], &[(2, 6)]), 1.0);
        assert_eq!(share(&[(2, 6)], &[(4, 8)]), 2.0 / 6.0);
        assert_eq!(share(&[(0, 2), (4, 6)], &[(1, 5)]), 2.0 / 6.0);
        assert_eq!(share(&[(0, 2)], &[(2, 4)]), 0.0);
    }
}
