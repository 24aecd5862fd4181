//! Two lists of words → which words of the one are which of the other, where one is a part of the other or nearly so.
//!
//! An excerpt is aligned by its longest runs, longest first (Ratcliff and Obershelp 1988): a difference with the fewest
//! edits would scatter the words of a short quote over all of a long one. Between the runs, where little is left, the
//! difference of `similar` is as good, and is taken.

use std::collections::HashMap;
use std::ops::Range;

use similar::DiffOp;

use crate::query::revisions::differences;

/// How many words a run has that is looked for wherever it stands.
const RUN: usize = 3;

/// How many runs are looked for at most.
const MOST_RUNS: usize = 64;

/// How many words more than are left are looked at beside a run.
const SLACK: usize = 3;

/// A stretch of both lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The words of the excerpt.
    pub(super) draft: Range<usize>,
    /// Those of the whole.
    pub(super) archive: Range<usize>,
    /// Whether both are the same.
    pub(super) is_same: bool,
}

/// The stretches from the first word of `draft` to its last, in order, with what stands in their place in `archive`; none
/// if the two have no run in common.
pub(super) fn align(draft: &[&str], archive: &[&str]) -> Vec<Stretch> {
    let runs = runs(draft, archive);
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    let mut stretches = Vec::new();
    // What precedes the first run stands right before it, if anywhere.
    let start = first.archive.start.saturating_sub(first.draft.start + SLACK);
    let mut ahead = between(draft, archive, 0..first.draft.start, start..first.archive.start);
    while ahead.first().is_some_and(|stretch| stretch.draft.is_empty()) {
        ahead.remove(0);
    }
    // No more words are in the place of others than there are of those.
    if let Some(first) = ahead.first_mut().filter(|first| !first.is_same) {
        first.archive.start = first.archive.start.max(first.archive.end.saturating_sub(first.draft.len()));
    }
    stretches.extend(ahead);
    for (at, run) in runs.iter().enumerate() {
        if let Some(before) = at.checked_sub(1).map(|before| &runs[before]) {
            let (inside, whole) = (before.draft.end..run.draft.start, before.archive.end..run.archive.start);
            stretches.extend(between(draft, archive, inside, whole));
        }
        stretches.push(run.clone());
    }
    let end = (last.archive.end + draft.len() - last.draft.end + SLACK).min(archive.len());
    let mut behind = between(draft, archive, last.draft.end..draft.len(), last.archive.end..end);
    while behind.last().is_some_and(|stretch| stretch.draft.is_empty()) {
        behind.pop();
    }
    if let Some(last) = behind.last_mut().filter(|last| !last.is_same) {
        last.archive.end = last.archive.end.min(last.archive.start + last.draft.len());
    }
    stretches.extend(behind);
    stretches
}

/// The runs that both have in the same order, the longest found first.
fn runs(draft: &[&str], archive: &[&str]) -> Vec<Stretch> {
    let least = RUN.min(draft.len().div_ceil(2));
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, word) in archive.iter().enumerate() {
        places.entry(word).or_default().push(at);
    }
    let mut runs = Vec::new();
    let mut open = vec![(0..draft.len(), 0..archive.len())];
    while let Some((inside, whole)) = open.pop() {
        let Some(run) = longest(draft, &places, &inside, &whole).filter(|run| run.draft.len() >= least)
        else {
            continue;
        };
        open.push((inside.start..run.draft.start, whole.start..run.archive.start));
        open.push((run.draft.end..inside.end, run.archive.end..whole.end));
        runs.push(run);
        if runs.len() == MOST_RUNS {
            break;
        }
    }
    runs.sort_by_key(|run| run.draft.start);
    runs
}

/// The longest run of words that both have within these bounds; of equal ones the first.
fn longest(
    draft: &[&str],
    places: &HashMap<&str, Vec<usize>>,
    inside: &Range<usize>,
    whole: &Range<usize>,
) -> Option<Stretch> {
    let mut best: Option<Stretch> = None;
    // How long the run is that ends at the word before, by where it ends in the archive.
    let mut ending: HashMap<usize, usize> = HashMap::new();
    for at in inside.clone() {
        let mut next = HashMap::new();
        for place in places.get(draft[at]).into_iter().flatten().filter(|place| whole.contains(place)) {
            let length = place.checked_sub(1).and_then(|before| ending.get(&before)).unwrap_or(&0) + 1;
            next.insert(*place, length);
            if best.as_ref().is_none_or(|best| length > best.draft.len()) {
                let (draft, archive) = (at + 1 - length..at + 1, place + 1 - length..place + 1);
                best = Some(Stretch { draft, archive, is_same: true });
            }
        }
        ending = next;
    }
    best
}

/// The stretches of what lies between two runs.
fn between(draft: &[&str], archive: &[&str], inside: Range<usize>, whole: Range<usize>) -> Vec<Stretch> {
    let stretch = |op: DiffOp| {
        let (old, new) = (op.old_range(), op.new_range());
        Stretch {
            draft: inside.start + new.start..inside.start + new.end,
            archive: whole.start + old.start..whole.start + old.end,
            is_same: matches!(op, DiffOp::Equal { .. }),
        }
    };
    let ops = differences(&archive[whole.clone()], &draft[inside.clone()]);
    let stretches = ops.into_iter().map(stretch);
    stretches.filter(|stretch| !stretch.draft.is_empty() || !stretch.archive.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is the same, what stands otherwise `[archive|draft]`.
    fn shown(draft: &str, archive: &str) -> String {
        let words = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let (draft, archive) = (words(draft.to_owned().leak()), words(archive.to_owned().leak()));
        let stretch = |stretch: &Stretch| {
            let (new, old) =
                (draft[stretch.draft.clone()].join(" "), archive[stretch.archive.clone()].join(" "));
            if stretch.is_same { new } else { format!("[{old}|{new}]") }
        };
        align(&draft, &archive).iter().map(stretch).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_excerpt_is_found_where_it_stands_together() {
        for (draft, archive, expected) in [
            ("we will pay", "so we will pay now", "we will pay"),
            (
                "we will pay the bill",
                "we said the bill will come and we will pay the bill",
                "we will pay the bill",
            ),
            ("we will pay the bill", "we will not pay the bill", "we will [not|] pay the bill"),
            ("they will pay the bill", "now we will pay the bill", "[we|they] will pay the bill"),
            ("we will pay the price", "we will pay the bill now", "we will pay the [bill|price]"),
            ("a b c x y z", "a b c d e f g h i j x y z", "a b c [d e f g h i j|] x y z"),
            ("no way", "none of it", ""),
            ("yes", "oh yes we can", "yes"),
        ] {
            assert_eq!(shown(draft, archive), expected, "{draft}");
        }
    }
}
