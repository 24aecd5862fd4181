//! The words of a draft's quote beside those of one of the archive: what is otherwise.
//!
//! Knows words, sentences and negations; who said them and when is for `judge`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::draft::align::{Stretch, align};
use crate::draft::finding::Finding;
use crate::draft::negation::is_opposite;
use crate::draft::wording::{Before, Wording};
use crate::facts::QuoteKind;
use crate::query::revisions::{Piece, common};

/// The words of the draft that are compared.
pub(super) struct Claim<'t> {
    pub(super) wording: Wording<'t>,
    pub(super) kind: QuoteKind,
    /// How often the words of the writer around those in quotation marks negate.
    pub(super) negations_around: usize,
}

/// The words of a quote of the archive.
pub(super) struct Record<'t> {
    pub(super) wording: Wording<'t>,
    /// Whether all of it is quoted, so that marks within it are those of a quotation in it.
    pub(super) is_direct: bool,
}

/// What comes of comparing words.
#[derive(Clone, Debug, Default)]
pub(super) struct Comparison {
    /// How many words of the draft the archive has in their place.
    pub(super) matched: usize,
    /// How many words in a row that are at most.
    pub(super) longest: usize,
    /// How many words of the archive stand between the first and the last of them.
    pub(super) spanned: usize,
    pub(super) findings: BTreeSet<Finding>,
    /// Both, where they are not the same: what the draft has not is removed, what it adds is added.
    pub(super) pieces: Vec<Piece>,
}

/// Whether comparing in order can be worth while: most words are there in any order.
pub(super) fn may_be_alike(claim: &Claim, record: &Record) -> bool {
    let words = claim.wording.words.len();
    2 * common(&claim.wording.keys(), &record.wording.keys()) >= words && words > 0
}

/// Compares the words.
pub(super) fn compare(claim: &Claim, record: &Record) -> Comparison {
    let (draft, archive) = (&claim.wording, &record.wording);
    let stretches = align(&draft.keys(), &archive.keys());
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return Comparison::default();
    };
    let window = first.archive.start..last.archive.end;
    let same = || stretches.iter().filter(|stretch| stretch.is_same);
    let matched = same().map(|stretch| stretch.draft.len()).sum();
    let longest = same().map(|stretch| stretch.draft.len()).max().unwrap_or_default();
    let mut findings = BTreeSet::new();
    for stretch in stretches.iter().filter(|stretch| !stretch.is_same) {
        differs(claim, archive, stretch, &mut findings);
    }
    let [ahead, behind] = cut(archive, &window);
    if claim.kind == QuoteKind::Direct {
        findings.extend((!ahead.is_empty()).then_some(Finding::CutAtStart));
        findings.extend((!behind.is_empty()).then_some(Finding::CutAtEnd));
    }
    let lost = lost_ahead(archive, &ahead) + archive.negations(clause(archive, &behind));
    if lost > claim.negations_around {
        findings.insert(Finding::NegationLost);
    }
    let unquoted =
        || same().flat_map(|stretch| stretch.archive.clone()).filter(|at| !archive.words[*at].is_quoted);
    if claim.kind != QuoteKind::Indirect && !record.is_direct && 3 * unquoted().count() > matched {
        findings.insert(Finding::Paraphrased);
    }
    let pieces =
        if findings.is_empty() { Vec::new() } else { pieces(claim, archive, &stretches, [ahead, behind]) };
    Comparison { matched, longest, spanned: window.len(), findings, pieces }
}

/// What a stretch that is not the same in both comes to.
fn differs(claim: &Claim, archive: &Wording, stretch: &Stretch, findings: &mut BTreeSet<Finding>) {
    let draft = &claim.wording;
    let (new, old) = (stretch.draft.clone(), stretch.archive.clone());
    let (said, had) = (draft.negations(new.clone()), archive.negations(old.clone()));
    if new.is_empty() {
        let before = draft.words.get(new.start).map_or(Before::Nothing, |word| word.before);
        let is_whole = is_whole_sentences(archive, &old);
        let is_partial = claim.kind != QuoteKind::Direct;
        let negates = !is_whole && had > claim.negations_around;
        findings.extend(match before {
            Before::Ellipsis => Some(Finding::OmissionMarked),
            Before::Piece if is_whole || is_partial => None,
            // That the `not` is gone says all.
            _ if negates && had == old.len() => None,
            _ => Some(Finding::LeftOut),
        });
        findings.extend(negates.then_some(Finding::NegationLost));
        return;
    }
    findings.insert(Finding::WordsDiffer);
    findings.extend((had > said).then_some(Finding::NegationLost));
    findings.extend((said > had).then_some(Finding::NegationAdded));
    if let ([new], [old]) = (&draft.words[new], &archive.words[old])
        && is_opposite(&new.key, &old.key)
    {
        let is_longer = new.key.len() > old.key.len();
        findings.insert(if is_longer { Finding::NegationAdded } else { Finding::NegationLost });
    }
}

/// Whether some words are whole sentences.
fn is_whole_sentences(archive: &Wording, words: &Range<usize>) -> bool {
    let sentence = |at: usize| archive.words.get(at).map(|word| word.sentence);
    let starts = words.start == 0 || sentence(words.start - 1) != sentence(words.start);
    starts && words.end.checked_sub(1).and_then(sentence) != sentence(words.end)
}

/// The words of the archive's sentences before a stretch and behind it.
fn cut(archive: &Wording, window: &Range<usize>) -> [Range<usize>; 2] {
    let words = &archive.words;
    let same = |one: usize, other: usize| words[one].sentence == words[other].sentence;
    if window.is_empty() {
        return [window.start..window.start, window.end..window.end];
    }
    let (mut start, mut end) = (window.start, window.end);
    while start > 0 && same(start - 1, window.start) {
        start -= 1;
    }
    while end < words.len() && same(end, window.end - 1) {
        end += 1;
    }
    [start..window.start, window.end..end]
}

/// How many of the words before a quote negate it: all but a `No,` that answers somebody.
fn lost_ahead(archive: &Wording, ahead: &Range<usize>) -> usize {
    let answers = archive.words.get(ahead.start + 1).is_some_and(|word| word.before != Before::Nothing);
    let first = usize::from(answers && !ahead.is_empty());
    archive.negations(ahead.start + first..ahead.end)
}

/// The words behind a quote that belong closest to it: up to the next mark.
fn clause(archive: &Wording, behind: &Range<usize>) -> Range<usize> {
    let ends = |at: &usize| archive.words[*at].before != Before::Nothing;
    let end = behind.clone().find(ends).unwrap_or(behind.end);
    behind.start..end
}

/// The archive's words and the draft's, with what is otherwise marked.
fn pieces(claim: &Claim, archive: &Wording, stretches: &[Stretch], cut: [Range<usize>; 2]) -> Vec<Piece> {
    let removed = |words: &Range<usize>| {
        (!words.is_empty()).then(|| Piece::Removed(archive.printed(words.clone()).to_owned()))
    };
    let [ahead, behind] = cut;
    let mut pieces = Vec::from_iter(removed(&ahead));
    for stretch in stretches {
        if stretch.is_same {
            pieces.push(Piece::Same(archive.printed(stretch.archive.clone()).to_owned()));
            continue;
        }
        pieces.extend(removed(&stretch.archive));
        if !stretch.draft.is_empty() {
            pieces.push(Piece::Added(claim.wording.printed(stretch.draft.clone()).to_owned()));
        }
    }
    pieces.extend(removed(&behind));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Model;
    use crate::query::revisions::marked;

    /// The findings by name, then the difference.
    fn compared(kind: QuoteKind, draft: &str, archive: &str) -> String {
        let cut = |text| Wording::cut(text, Model::embedded(), 1000);
        let all = cut(draft);
        let (wording, around) = match kind {
            QuoteKind::Mixed => {
                let around = all.words.iter().filter(|word| word.negates && !word.is_quoted).count();
                (all.quoted(), around)
            }
            _ => (all, 0),
        };
        let claim = Claim { wording, kind, negations_around: around };
        let comparison = compare(&claim, &Record { wording: cut(archive), is_direct: true });
        let names: Vec<&str> = comparison.findings.iter().map(|finding| finding.name()).collect();
        format!("{}: {}", names.join(" "), marked(&comparison.pieces))
    }

    #[test]
    fn words_are_compared_in_their_sentences() {
        for (draft, archive, expected) in [
            ("We will pay the bill.", "“We will pay the bill,”", ": "),
            ("We will pay.", "We will pay. Nobody else will.", ": "),
            (
                "We will pay the bill.",
                "We will not pay the bill.",
                "negation_lost: We will [-not-] pay the bill",
            ),
            (
                "We won't pay the bill.",
                "We will pay the bill.",
                "negation_added words_differ: We [-will-] {+won't+} pay the bill",
            ),
            (
                "The deal was fair to us.",
                "The deal was unfair to us.",
                "negation_lost words_differ: The deal was [-unfair-] {+fair+} to us",
            ),
            (
                "we should pay the bill",
                "I do not think we should pay the bill.",
                "negation_lost cut_at_start: [-I do not think-] we should pay the bill",
            ),
            (
                "We should pay the bill",
                "No, we should pay the bill.",
                "cut_at_start: [-No-] we should pay the bill",
            ),
            (
                "We should pay the bill",
                "We should pay the bill to no one.",
                "negation_lost cut_at_end: We should pay the bill [-to no one-]",
            ),
            (
                "We should pay the bill",
                "We should pay the bill, and not wait.",
                "cut_at_end: We should pay the bill [-and not wait-]",
            ),
            (
                "We will … pay the bill",
                "We will soon enough pay the bill",
                "omission_marked: We will [-soon enough-] pay the bill",
            ),
            (
                "We will pay the price.",
                "We will pay the bill.",
                "words_differ: We will pay the [-bill-] {+price+}",
            ),
        ] {
            assert_eq!(compared(QuoteKind::Direct, draft, archive), expected, "{draft}");
        }
    }

    #[test]
    fn what_is_quoted_in_part_may_be_cut_and_still_loses_no_negation() {
        let archive = "I do not think that the deal is a disgrace for all of us.";
        for (draft, expected) in [
            ("that it was “a disgrace for all”", "negation_lost"),
            ("that it was not “a disgrace for all”", ""),
        ] {
            let shown = compared(QuoteKind::Mixed, draft, archive);
            assert_eq!(shown.split(':').next(), Some(expected), "{shown}");
        }
    }
}
