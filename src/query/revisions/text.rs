//! Two texts → the stretches in which they differ: paragraph by paragraph, and inside those word by word.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::query::revisions::change::{Change, Piece};
use crate::query::revisions::words;

/// How many words, or paragraphs, of two stretches are compared one by one, both together: what is longer is shown as
/// replaced as a whole. The time of a comparison grows with the square of it.
const COMPARED: usize = 4000;

/// How many pairs of paragraphs are compared at most to see which became which.
const PAIRS: usize = 10_000;

/// How many words in common part two changes: fewer are shown as part of one.
const APART: usize = 3;

/// How many words are shown on either side of a change.
const AROUND: usize = 6;

/// What a paragraph has at least in common with the one in its place, of the words of both: else the one is shown as gone and
/// the other as new.
const ALIKE: f64 = 0.3;

/// What changed from one text to another.
pub(super) fn changes(before: &str, after: &str) -> Vec<Change> {
    let (old, new) = (paragraphs(before), paragraphs(after));
    let mut changes = Vec::new();
    for op in differences(&old, &new) {
        let (old, new) = (&old[op.old_range()], &new[op.new_range()]);
        // A paragraph that was cut in two is the same words.
        if is_equal(&op) || old.join(" ") == new.join(" ") {
            continue;
        }
        let (mut old_at, mut new_at) = (0, 0);
        for (old_to, new_to) in alike(old, new) {
            unlike(&old[old_at..old_to], &new[new_at..new_to], &mut changes);
            paragraph(&old[old_to], &new[new_to], &mut changes);
            (old_at, new_at) = (old_to + 1, new_to + 1);
        }
        unlike(&old[old_at..], &new[new_at..], &mut changes);
    }
    if changes.is_empty() && before != after {
        changes.push(Change { what: "spacing", ..Change::default() });
    }
    changes
}

/// The lines of a text that are not blank, each as its words parted by one space.
fn paragraphs(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect()
}

/// The stretches in which two lists are equal or not; if they are too long, all between their ends is one that is not.
pub(crate) fn differences<T: PartialEq + std::hash::Hash + Eq + Ord>(old: &[T], new: &[T]) -> Vec<DiffOp> {
    let start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_len, new_len) = (old_rest.len() - end, new_rest.len() - end);
    if old_len + new_len <= COMPARED {
        return capture_diff_slices(Algorithm::Myers, old, new);
    }
    let mut ops = vec![DiffOp::Equal { old_index: 0, new_index: 0, len: start }];
    ops.push(DiffOp::Replace { old_index: start, old_len, new_index: start, new_len });
    ops.push(DiffOp::Equal { old_index: start + old_len, new_index: start + new_len, len: end });
    ops
}

/// Paragraphs of which none is like another: as many as there are on both sides stand in each other's place.
fn unlike(old: &[String], new: &[String], changes: &mut Vec<Change>) {
    let pairs = old.len().min(new.len());
    changes.extend(old.iter().zip(new).map(|(old, new)| whole(Some(old), Some(new))));
    changes.extend(old[pairs..].iter().map(|text| whole(Some(text), None)));
    changes.extend(new[pairs..].iter().map(|text| whole(None, Some(text))));
}

/// Which paragraph became which, in the order of both: so that they have the most in common in all.
fn alike(old: &[String], new: &[String]) -> Vec<(usize, usize)> {
    if old.len() * new.len() > PAIRS {
        return Vec::new();
    }
    let words = |texts: &[String]| -> Vec<Vec<String>> {
        texts.iter().map(|text| text.split(' ').map(str::to_owned).collect()).collect()
    };
    let (old_words, new_words) = (words(old), words(new));
    let likeness: Vec<Vec<f64>> =
        old_words.iter().map(|old| new_words.iter().map(|new| words::likeness(old, new)).collect()).collect();
    // The most that the paragraphs from here on can have in common.
    let mut best = vec![vec![0.0_f64; new.len() + 1]; old.len() + 1];
    for at in (0..old.len()).rev() {
        for other in (0..new.len()).rev() {
            let both = likeness[at][other] + best[at + 1][other + 1];
            let skipped = best[at + 1][other].max(best[at][other + 1]);
            best[at][other] = if likeness[at][other] > ALIKE { skipped.max(both) } else { skipped };
        }
    }
    let (mut at, mut other) = (0, 0);
    let mut pairs = Vec::new();
    while at < old.len() && other < new.len() {
        if best[at][other] == best[at + 1][other] {
            at += 1;
        } else if best[at][other] == best[at][other + 1] {
            other += 1;
        } else {
            pairs.push((at, other));
            (at, other) = (at + 1, other + 1);
        }
    }
    pairs
}

/// What changed within a paragraph.
fn paragraph(before: &str, after: &str, changes: &mut Vec<Change>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.split(' ').collect(), after.split(' ').collect());
    let ops = joined(differences(&old, &new));
    let equal: usize = ops.iter().filter(|op| is_equal(op)).map(|op| op.old_range().len()).sum();
    if (2 * equal) as f64 <= ALIKE * (old.len() + new.len()) as f64 {
        changes.push(whole(Some(before), Some(after)));
        return;
    }
    for (index, op) in ops.iter().enumerate().filter(|(_, op)| !is_equal(op)) {
        let gone = old[op.old_range()].join(" ");
        let come = new[op.new_range()].join(" ");
        let (gone, come) =
            (Some(gone).filter(|text| !text.is_empty()), Some(come).filter(|text| !text.is_empty()));
        let mut context = Vec::new();
        if index > 0 {
            let words = &old[ops[index - 1].old_range()];
            let from = words.len().saturating_sub(AROUND);
            let begin = if from > 0 || index > 1 { "… " } else { "" };
            context.push(Piece::Same(format!("{begin}{}", words[from..].join(" "))));
        }
        context.extend(gone.clone().map(Piece::Removed));
        context.extend(come.clone().map(Piece::Added));
        if let Some(next) = ops.get(index + 1) {
            let words = &old[next.old_range()];
            let to = words.len().min(AROUND);
            let end = if to < words.len() || index + 2 < ops.len() { " …" } else { "" };
            context.push(Piece::Same(format!("{}{end}", words[..to].join(" "))));
        }
        changes.push(Change { context, ..whole(gone.as_deref(), come.as_deref()) });
    }
}

fn is_equal(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

/// The same with changes as one that hardly a word parts.
fn joined(ops: Vec<DiffOp>) -> Vec<DiffOp> {
    let mut joined: Vec<DiffOp> = Vec::new();
    let last = ops.len().saturating_sub(1);
    for (index, op) in ops.into_iter().enumerate() {
        if op.old_range().is_empty() && op.new_range().is_empty() {
            continue;
        }
        let is_inside = index > 0 && index < last;
        let parts = is_equal(&op) && !(is_inside && op.old_range().len() < APART);
        match joined.last_mut() {
            Some(before) if !parts && !is_equal(before) => {
                let (old, new) = (before.old_range(), before.new_range());
                // What is only new may stand, in the old words, before what was gone just now.
                let old_index = old.start.min(op.old_range().start);
                let new_index = new.start.min(op.new_range().start);
                *before = DiffOp::Replace {
                    old_index,
                    old_len: old.end.max(op.old_range().end) - old_index,
                    new_index,
                    new_len: new.end.max(op.new_range().end) - new_index,
                };
            }
            _ => joined.push(op),
        }
    }
    joined
}

/// A stretch that is gone, or new, or in the place of another.
fn whole(before: Option<&str>, after: Option<&str>) -> Change {
    let what = match (before, after) {
        (Some(_), None) => "text removed",
        (None, Some(_)) => "text added",
        _ => "text replaced",
    };
    let removed = before.map(|text| Piece::Removed(text.to_owned()));
    let added = after.map(|text| Piece::Added(text.to_owned()));
    Change {
        what,
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
        context: removed.into_iter().chain(added).collect(),
        ..Change::default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::query::revisions::change::marked;

    fn shown(before: &str, after: &str) -> Vec<String> {
        let changes = changes(before, after);
        changes.iter().map(|change| format!("{}: {}", change.what, marked(&change.context))).collect()
    }

    const FERRY: &str =
        "The ferry to Valdora will run again from Monday, the mayor said, once its engine is mended.";

    #[test]
    fn words_are_shown_among_those_around_them() {
        let cases = [
            (
                FERRY.replace("Monday", "Thursday"),
                "text replaced: … to Valdora will run again from [-Monday,-] {+Thursday,+} the mayor said, once its engine …",
            ),
            (
                FERRY.replace(" again", ""),
                "text removed: The ferry to Valdora will run [-again-] from Monday, the mayor said, once …",
            ),
            (
                FERRY.replace("The ferry", "The old ferry"),
                "text added: The {+old+} ferry to Valdora will run again …",
            ),
            (
                FERRY.replace("Monday, the mayor said,", "Thursday, the deputy said,"),
                "text replaced: … to Valdora will run again from [-Monday, the mayor-] {+Thursday, the deputy+} said, once its engine is mended.",
            ),
        ];
        for (after, expected) in cases {
            assert_eq!(shown(FERRY, &after), [expected]);
        }
    }

    #[test]
    fn paragraphs_come_and_go() {
        let both = format!("{FERRY}\n\nTickets cost four euros.");
        assert_eq!(shown(&both, FERRY), ["text removed: [-Tickets cost four euros.-]"]);
        assert_eq!(shown(FERRY, &both), ["text added: {+Tickets cost four euros.+}"]);
        assert_eq!(
            shown(FERRY, "A school opened in Porto."),
            [format!("text replaced: [-{FERRY}-] {{+A school opened in Porto.+}}")]
        );
        assert_eq!(shown(FERRY, &FERRY.replace(" run", "\n\n run")), ["spacing: "]);
        let (school, bridge) = ("A school opened in Porto.", "The bridge at Brume is closed for a year.");
        let closed = bridge.replace("a year", "two years");
        assert_eq!(
            shown(&format!("{school}\n{bridge}"), &format!("{closed}\n{FERRY}")),
            [
                format!("text removed: [-{school}-]"),
                "text replaced: … bridge at Brume is closed for [-a year.-] {+two years.+}".to_owned(),
                format!("text added: {{+{FERRY}+}}"),
            ]
        );
        assert_eq!(shown("One two.\nThree.", "One  two.\n\nThree."), ["spacing: "]);
        assert_eq!(shown(FERRY, FERRY), [""; 0]);
    }

    #[test]
    fn what_is_too_long_to_be_compared_is_replaced_as_a_whole() {
        let words = |word: &str| (0..COMPARED).map(|number| format!("{word}{number}")).collect::<Vec<_>>();
        let (before, after) = (words("a").join(" "), words("b").join(" "));
        assert_eq!(changes(&before, &after).len(), 1);
        let (before, after) = (words("a").join("\n"), words("b").join("\n"));
        assert_eq!(changes(&before, &after).len(), COMPARED);
    }

    #[test]
    fn words_that_come_again_are_replaced_as_one() {
        let changes = changes("a a b", "b b b");
        let pairs: Vec<_> =
            changes.iter().map(|change| (change.before.as_deref(), change.after.as_deref())).collect();
        assert_eq!(pairs, [(Some("a a b"), Some("b b b"))]);
    }

    proptest! {
        /// All words of either text are in a change or in both.
        #[test]
        fn no_word_is_lost(before in "[abc \n]{0,40}", after in "[abc \n]{0,40}") {
            let count = |text: &str| text.split_whitespace().count();
            let changes = changes(&before, &after);
            let gone: usize = changes.iter().filter_map(|change| change.before.as_deref()).map(count).sum();
            let come: usize = changes.iter().filter_map(|change| change.after.as_deref()).map(count).sum();
            prop_assert!(gone <= count(&before) && come <= count(&after));
            prop_assert_eq!(count(&before) - gone, count(&after) - come);
            prop_assert_eq!(changes.is_empty(), before == after);
        }
    }
}
