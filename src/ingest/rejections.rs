//! What is kept of the rejections of a file: the first ones, and of the rest how many there are of which kind.
//!
//! A file of nothing but bad lines would else make a database many times its own size.

use std::collections::BTreeMap;

use crate::read::{Reason, Rejection, RejectionKind};

/// How many rejections of a file are kept and told one by one.
pub(super) const KEPT: u64 = 100;

/// How many kinds of the rest are told apart.
const KINDS: usize = 8;

/// Where the part of a reason begins that differs from record to record of one kind.
const DETAILS: [&str; 4] = [" (byte ", ", only ", " holds no text", "; "];

/// Counts the rejections of one file after the other.
#[derive(Debug, Default)]
pub(super) struct Tally {
    source: String,
    count: u64,
    kinds: BTreeMap<String, u64>,
    others: u64,
}

impl Tally {
    /// Whether a rejection is of another file than those counted.
    pub(super) fn is_of_another(&self, rejection: &Rejection) -> bool {
        rejection.source != self.source
    }

    /// Counts a rejection; says whether it is to be kept by itself. One of another file begins anew.
    pub(super) fn add(&mut self, rejection: &Rejection) -> bool {
        if self.is_of_another(rejection) {
            *self = Tally { source: rejection.source.clone(), ..Tally::default() };
        }
        self.count += 1;
        if self.count <= KEPT {
            return true;
        }
        let kind = kind(&rejection.reason);
        if let Some(count) = self.kinds.get_mut(kind) {
            *count += 1;
        } else if self.kinds.len() < KINDS {
            self.kinds.insert(kind.to_owned(), 1);
        } else {
            self.others += 1;
        }
        false
    }

    /// Those of the file that are not kept by themselves, if there are any.
    pub(super) fn rest(&self) -> Option<Rest<'_>> {
        let count = self.count.saturating_sub(KEPT);
        (count > 0).then(|| Rest { source: &self.source, count, kinds: self.in_words() })
    }

    /// The kinds of the rest, the most frequent first.
    fn in_words(&self) -> String {
        let mut kinds: Vec<(&str, u64)> =
            self.kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
        kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        kinds.extend((self.others > 0).then_some(("other reasons", self.others)));
        let words: Vec<String> = kinds.into_iter().map(|(kind, count)| format!("{count} × {kind}")).collect();
        words.join("; ")
    }
}

/// What is not kept by itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rest<'a> {
    /// The file.
    pub(super) source: &'a str,
    /// How many there are.
    pub(super) count: u64,
    /// Of which kinds.
    pub(super) kinds: String,
}

impl Rest<'_> {
    /// All of them as one.
    pub(super) fn as_rejection(&self) -> Rejection {
        let words = format!("and {} more: {}", self.count, self.kinds);
        Rejection::new(self.source, None, Reason::new(RejectionKind::More, words))
    }
}

/// What kind of a reason it is: what stands before its details.
fn kind(reason: &str) -> &str {
    let end = DETAILS.iter().filter_map(|detail| reason.find(detail)).min();
    &reason[..end.unwrap_or(reason.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_kept_and_the_rest_is_counted_by_kind() {
        let mut tally = Tally::default();
        let mut kept = 0;
        for line in 1..=KEPT + 10 {
            let reason = match line % 3 {
                0 => format!("it is not valid JSON: a value is missing (byte {line})"),
                _ => format!("it has no field with a text, only id{line}; name one with --map"),
            };
            kept += u64::from(tally.add(&Rejection::new("a.jsonl", Some(line), reason)));
        }
        assert_eq!(kept, KEPT);
        let rest = tally.rest().expect("there are more");
        assert_eq!((rest.source, rest.count), ("a.jsonl", 10));
        assert_eq!(
            rest.kinds,
            "7 × it has no field with a text; 3 × it is not valid JSON: a value is missing"
        );
        assert!(tally.add(&Rejection::new("b.jsonl", None, "the file is empty")));
        assert_eq!(tally.rest(), None);
    }

    #[test]
    fn the_number_of_kinds_is_bounded() {
        let mut tally = Tally::default();
        for number in 0..KEPT + 1000 {
            tally.add(&Rejection::new("a", None, format!("reason {number}")));
        }
        let kinds = tally.rest().expect("there are more").kinds;
        assert_eq!(kinds.matches(" × ").count(), KINDS + 1);
        assert!(kinds.ends_with("; 992 × other reasons"), "{kinds}");
    }
}
