//! The words for weekdays and months, in lower case.
//!
//! Knows words only: what is read as a date is for `read` and `query`, and what says a time in a sentence, for the stages
//! of language.

/// The weekdays from Monday on.
pub(crate) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The word for a month.
pub(crate) struct Month {
    pub(crate) name: &'static str,
    /// How print shortens it. June and July are short enough as they are.
    pub(crate) short: Option<&'static str>,
    /// Whether the word says a time wherever it stands. `May` is mostly a verb.
    pub(crate) is_plain: bool,
}

/// The months from January on.
pub(crate) const MONTHS: [Month; 12] = [
    Month { name: "january", short: Some("jan"), is_plain: true },
    Month { name: "february", short: Some("feb"), is_plain: true },
    Month { name: "march", short: Some("mar"), is_plain: true },
    Month { name: "april", short: Some("apr"), is_plain: true },
    Month { name: "may", short: None, is_plain: false },
    Month { name: "june", short: None, is_plain: true },
    Month { name: "july", short: None, is_plain: true },
    Month { name: "august", short: Some("aug"), is_plain: true },
    Month { name: "september", short: Some("sept"), is_plain: true },
    Month { name: "october", short: Some("oct"), is_plain: true },
    Month { name: "november", short: Some("nov"), is_plain: true },
    Month { name: "december", short: Some("dec"), is_plain: true },
];

/// The number of the first month that fits, 1 to 12.
pub(crate) fn month(fits: impl Fn(&Month) -> bool) -> Option<u32> {
    (1..).zip(&MONTHS).find(|(_, month)| fits(month)).map(|(number, _)| number)
}
