//! Two lists of quotes of one article → what is gone, new or otherwise.
//!
//! Quotes of the same words are one by their key. Of those left over, two that share a place in the same text are one whose
//! borders were moved.

use std::collections::{HashMap, HashSet};

use crate::query::comparison::difference::{Difference, Tally};
use crate::query::comparison::side::SideQuote;

/// How many pairs of quotes are looked at for shared places at most.
const PAIRS: usize = 250_000;

/// What is otherwise; `all` also of quotes that are vouched for in neither list.
pub(super) fn differences(
    before: &[SideQuote],
    after: &[SideQuote],
    is_same_text: bool,
    all: bool,
    tally: &mut Tally,
) -> Vec<Difference> {
    let pairs = pairs(before, after, is_same_text);
    let paired: HashSet<usize> = pairs.values().copied().collect();
    let mut differences = Vec::new();
    for (old, quote) in before.iter().enumerate() {
        match pairs.get(&old).map(|new| &after[*new]) {
            Some(later) if all || quote.vouched || later.vouched => {
                let between = between(quote, later);
                tally.same[0] += u64::from(between.is_empty());
                differences.extend(between);
            }
            None if all || quote.vouched => {
                let gone = Difference { change: "quote gone", before: Some(quote.text.clone()), ..of(quote) };
                differences.push(Difference { id_before: Some(quote.id), ..gone });
            }
            _ => {}
        }
    }
    let new = after.iter().enumerate().filter(|(new, quote)| !paired.contains(new) && (all || quote.vouched));
    differences.extend(new.map(|(_, quote)| {
        let new = Difference { change: "quote new", after: Some(quote.text.clone()), ..of(quote) };
        Difference { id_after: Some(quote.id), ..new }
    }));
    differences
}

/// What is said of a quote, whatever it is that is otherwise.
fn of(quote: &SideQuote) -> Difference {
    Difference {
        what: quote.text.clone(),
        speaker: quote.source().cloned(),
        key: Some(quote.key.clone()),
        ..Difference::default()
    }
}

/// What is otherwise in one quote.
fn between(before: &SideQuote, after: &SideQuote) -> Vec<Difference> {
    let some = |text: &str| Some(text.to_owned());
    let vouched = |quote: &SideQuote| some(if quote.vouched { "yes" } else { "no" });
    let values = [
        ("quote borders", some(&before.text), some(&after.text)),
        ("quote speaker", before.source().cloned(), after.source().cloned()),
        ("quote subjects", before.subjects.clone(), after.subjects.clone()),
        ("quote act", some(&before.act), some(&after.act)),
        ("quote mode", some(&before.mode), some(&after.mode)),
        ("quote vouched", vouched(before), vouched(after)),
    ];
    let otherwise = values.into_iter().filter(|(_, before, after)| before != after);
    let difference = |(change, old, new)| Difference {
        change,
        before: old,
        after: new,
        id_before: Some(before.id),
        id_after: Some(after.id),
        ..of(after)
    };
    otherwise.map(difference).collect()
}

/// Which quote of the second list each of the first is.
fn pairs(before: &[SideQuote], after: &[SideQuote], is_same_text: bool) -> HashMap<usize, usize> {
    let by_key: HashMap<&str, usize> =
        after.iter().enumerate().map(|(new, quote)| (quote.key.as_str(), new)).collect();
    let mut pairs: HashMap<usize, usize> = HashMap::new();
    for (old, quote) in before.iter().enumerate() {
        pairs.extend(by_key.get(quote.key.as_str()).map(|new| (old, *new)));
    }
    let mut taken: HashSet<usize> = pairs.values().copied().collect();
    let left: Vec<usize> = (0..before.len()).filter(|old| !pairs.contains_key(old)).collect();
    let fresh: Vec<usize> = (0..after.len()).filter(|new| !taken.contains(new)).collect();
    if !is_same_text || left.len() * fresh.len() > PAIRS {
        return pairs;
    }
    let mut shared: Vec<(i64, usize, usize)> = Vec::new();
    for old in left {
        for new in &fresh {
            let (one, other) = (&before[old], &after[*new]);
            let common = one.end.min(other.end) - one.start.max(other.start);
            // More than half of the shorter one: two neighbors that touch are two.
            if 2 * common > (one.end - one.start).min(other.end - other.start) {
                shared.push((common, old, *new));
            }
        }
    }
    shared.sort_by_key(|(common, old, new)| (std::cmp::Reverse(*common), *old, *new));
    for (_, old, new) in shared {
        if !pairs.contains_key(&old) && taken.insert(new) {
            pairs.insert(old, new);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quote(text: &str, start: i64, speaker: &str) -> SideQuote {
        let end = start + text.len() as i64;
        let speaker = Some(speaker.to_owned());
        SideQuote {
            key: text.to_owned(),
            text: text.to_owned(),
            start,
            end,
            speaker,
            vouched: true,
            ..SideQuote::default()
        }
    }

    fn changes(before: &[SideQuote], after: &[SideQuote], is_same_text: bool) -> Vec<&'static str> {
        let found = differences(before, after, is_same_text, false, &mut Tally::default());
        found.iter().map(|difference| difference.change).collect()
    }

    #[test]
    fn quotes_are_one_by_their_words_or_their_place() {
        let (we, longer) = (quote("we will pay", 4, "Ana Ruiz"), quote("that we will pay", 0, "Ana Ruiz"));
        let other = quote("we will pay", 4, "Leo Brandt");
        assert_eq!(changes(std::slice::from_ref(&we), std::slice::from_ref(&we), true), [""; 0]);
        assert_eq!(changes(std::slice::from_ref(&we), &[other], true), ["quote speaker"]);
        let moved = (std::slice::from_ref(&we), std::slice::from_ref(&longer));
        assert_eq!(changes(moved.0, moved.1, true), ["quote borders"]);
        assert_eq!(changes(moved.0, moved.1, false), ["quote gone", "quote new"]);
        assert_eq!(changes(&[we], &[], true), ["quote gone"]);
    }

    #[test]
    fn what_neither_vouches_for_is_left_out() {
        let doubtful = SideQuote { vouched: false, ..quote("we will pay", 4, "Ana Ruiz") };
        assert_eq!(changes(std::slice::from_ref(&doubtful), &[], true), [""; 0]);
        let sure = quote("we will pay", 4, "Ana Ruiz");
        assert_eq!(changes(&[doubtful], &[sure], true), ["quote vouched"]);
    }
}
