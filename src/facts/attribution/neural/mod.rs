//! What the encoder reads in an article: cues, and of each its source, its content and whether it reports.
//!
//! Turns tokens into the numbers that the encoder sees (`features`), and what it says into candidates. Where one cannot
//! stand beside another, the likelier stays. Knows no rule: how its candidates and the quotes of the rules come together is
//! for `merge` to say. Start reading at [`candidates`].

pub(in crate::facts) mod features;
pub(super) mod merge;

use std::ops::Range;

use crate::annotate::model::encoder::crf;
use crate::annotate::model::encoder::crf::{CONTENT, SOURCE};
use crate::annotate::model::encoder::reader::Around;
use crate::annotate::model::encoder::reports::ReportEncoder;
use crate::annotate::model::encoder::states::softmax;
use crate::facts::attribution::neural::features::{TokenRow, column};
use crate::facts::attribution::quoted_text::QuotedText;
use crate::span::{Span, Tokens};

/// A token is read as a cue from this probability on.
const FLOOR: f32 = 0.08;
/// How many tokens are read around a cue, and how many of them before it.
const WIDTH: usize = 120;
const BEFORE: usize = 56;
/// How the probability of a cue and that of a report weigh in the score of a candidate: the geometric mean of both, with this
/// share for the report.
const REPORT_SHARE: f32 = 0.3;

/// A report that the encoder sees.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) cue: Span<Tokens>,
    /// In text order; may be empty.
    pub(super) source: Vec<Span<Tokens>>,
    /// In text order; at least one.
    pub(super) content: Vec<Span<Tokens>>,
    /// How likely it is that the cue reports.
    pub(super) score: f32,
    /// How likely source and content are these, if it does.
    pub(super) spans: f32,
}

/// All candidates whose content is not mostly that of a likelier one, the likeliest first.
pub(super) fn candidates(quoted: &QuotedText) -> Vec<Candidate> {
    let encoder = &quoted.model.reports;
    if !encoder.is_trained() {
        return Vec::new();
    }
    let rows = features::token_features(quoted);
    let mut found = read_cues(quoted, encoder, &rows);
    found.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.cue.cmp(&other.cue)));
    without_taken(found, rows.len())
}

fn read_cues(quoted: &QuotedText, encoder: &ReportEncoder, rows: &[TokenRow]) -> Vec<Candidate> {
    let encoded = encoder.encode(rows);
    let probabilities: Vec<[f32; 3]> =
        encoded.cues.rows().into_iter().map(|row| softmax([row[0], row[1], row[2]])).collect();
    let begun = beginnings(rows);
    let read = |cue: Range<usize>| {
        let start = cue.start.saturating_sub(BEFORE).min(rows.len().saturating_sub(WIDTH));
        let window = Span::new(start, rows.len().min(start + WIDTH));
        let between = |token: usize| [0, 1, 2].map(|kind| begun[token][kind] - begun[cue.start][kind]);
        let reading = encoder.reader.read(
            &encoded,
            &Around {
                start,
                cue: cue.clone(),
                relations: features::relations_to(quoted, Span::new(cue.start, cue.end), window),
                between: window.range().map(between).collect(),
            },
        );
        let (tags, likelihood) = crf::best(&reading.potentials);
        let pieces =
            |tag: u8| runs(&tags, tag).map(|run| Span::new(start + run.start, start + run.end)).collect();
        let report = softmax([0.0, reading.report])[1];
        Candidate {
            score: libm::powf(probabilities[cue.start][1], 1.0 - REPORT_SHARE)
                * libm::powf(report, REPORT_SHARE),
            cue: Span::new(cue.start, cue.end),
            source: pieces(SOURCE),
            content: pieces(CONTENT),
            spans: libm::expf(likelihood),
        }
    };
    cues(&probabilities).into_iter().map(read).filter(|candidate| !candidate.content.is_empty()).collect()
}

/// No more cues are read than one for so many tokens: a text that is all cues takes no longer than its length.
const TOKENS_A_CUE: usize = 8;

/// Where cues stand, the likeliest first; none overlaps another.
fn cues(probabilities: &[[f32; 3]]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> =
        (0..probabilities.len()).filter(|at| probabilities[*at][1] >= FLOOR).collect();
    starts.sort_by(|one, other| probabilities[*other][1].total_cmp(&probabilities[*one][1]));
    let mut taken = vec![false; probabilities.len()];
    let mut cues = Vec::new();
    for start in starts {
        if cues.len() > probabilities.len() / TOKENS_A_CUE {
            break;
        }
        let goes_on = |at: &usize| probabilities[*at][2] > 0.5;
        let end = (start + 1..probabilities.len()).find(|at| !goes_on(at)).unwrap_or(probabilities.len());
        if taken[start..end].contains(&true) {
            continue;
        }
        taken[start..end].fill(true);
        cues.push(start..end);
    }
    cues
}

/// For each token, how many sentences, paragraphs and quotations have begun up to it.
fn beginnings(rows: &[TokenRow]) -> Vec<[i32; 3]> {
    let (mut begun, mut last) = ([0; 3], 0);
    let count = |row: &TokenRow| {
        let opens = row[column::QUOTED] == 1 && std::mem::replace(&mut last, row[column::QUOTED]) == 0;
        last = row[column::QUOTED];
        begun[0] += row[column::SENTENCE] as i32;
        begun[1] += row[column::PARAGRAPH] as i32;
        begun[2] += i32::from(opens);
        begun
    };
    rows.iter().map(count).collect()
}

/// The runs of a tag.
fn runs(tags: &[u8], tag: u8) -> impl Iterator<Item = Range<usize>> + '_ {
    let starts = (0..tags.len()).filter(move |at| tags[*at] == tag && (*at == 0 || tags[at - 1] != tag));
    starts.map(move |start| start..(start..tags.len()).find(|at| tags[*at] != tag).unwrap_or(tags.len()))
}

/// Leaves of each content what likelier ones have not, and leaves out those of which they have more than half.
fn without_taken(candidates: Vec<Candidate>, tokens: usize) -> Vec<Candidate> {
    let mut taken = vec![false; tokens];
    let mut kept = Vec::new();
    for mut candidate in candidates {
        let whole: usize = candidate.content.iter().map(|piece| piece.len()).sum();
        let mut mine = Vec::new();
        for piece in &candidate.content {
            mine.extend(piece.range().filter(|token| !taken[*token]));
        }
        if 2 * mine.len() < whole {
            continue;
        }
        mine.iter().for_each(|token| taken[*token] = true);
        if mine.len() < whole {
            candidate.content = spans(&mine);
        }
        kept.push(candidate);
    }
    kept
}

/// Runs of tokens in order.
fn spans(tokens: &[usize]) -> Vec<Span<Tokens>> {
    let runs = tokens.chunk_by(|one, other| one + 1 == *other);
    runs.filter_map(|run| Some(Span::new(*run.first()?, run.last()? + 1))).collect()
}
