//! [`Notes`]: remarks on an answer, which the command line prints beside the rows.

use crate::query::answer::Counted;

/// Remarks on an answer, for the person who asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(Vec<String>);

impl Notes {
    pub(crate) fn add(&mut self, note: impl Into<String>) {
        self.0.push(note.into());
    }

    pub(super) fn add_some(&mut self, note: Option<String>) {
        self.0.extend(note);
    }

    pub(crate) fn extend(&mut self, notes: Notes) {
        self.0.extend(notes.0);
    }

    /// How much of the answer a page shows, where that is not all.
    pub(crate) fn on_page(shown: u64, total: i64) -> Option<String> {
        let is_all = i64::try_from(shown).is_ok_and(|shown| shown >= total);
        (!is_all).then(|| format!("{shown} of {} rows; --limit 0 shows all", grouped(total)))
    }

    /// The same where not all rows were counted.
    pub(super) fn on_long_page(shown: u64, counted: Counted) -> Option<String> {
        if !counted.is_least {
            return Notes::on_page(shown, counted.number);
        }
        let of_many = i64::try_from(shown).is_ok_and(|shown| shown < counted.number);
        Some(if of_many {
            format!("{shown} of {} rows; --limit 0 shows all", amount(counted))
        } else {
            format!("{shown} rows, and there may be more; --limit 0 shows all")
        })
    }

    /// How many quotes were left out because they are not vouched for.
    pub(super) fn on_left_out(quotes: Counted) -> Option<String> {
        let (what, them) = if quotes.number == 1 { ("quote", "it") } else { ("quotes", "them") };
        (quotes.number > 0)
            .then(|| format!("{} less certain {what} left out; --all shows {them} too", amount(quotes)))
    }

    /// The remarks, in the order in which they came up.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A number of which not all may be counted.
pub(super) fn amount(counted: Counted) -> String {
    let number = grouped(counted.number);
    if counted.is_least { format!("more than {number}") } else { number }
}

/// A number with a comma between thousands.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_counted_is_said() {
        let counted = |number, is_least| Counted { number, is_least };
        let note = |number, is_least| Notes::on_long_page(50, counted(number, is_least));
        assert_eq!(note(10_000, false).as_deref(), Some("50 of 10,000 rows; --limit 0 shows all"));
        assert_eq!(note(10_000, true).as_deref(), Some("50 of more than 10,000 rows; --limit 0 shows all"));
        assert_eq!(note(7, true).as_deref(), Some("50 rows, and there may be more; --limit 0 shows all"));
        assert_eq!(note(50, false), None);
        assert_eq!(Notes::on_left_out(counted(0, true)), None);
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_234, "1,234"), (-1_234_567, "-1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
