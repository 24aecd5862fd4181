//! [`Notes`]: remarks on an answer, which the command line prints beside the rows.

/// So many rows are counted for a remark: more are not worth going through a large archive for.
pub(super) const MOST_COUNTED: i64 = 10_000;

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

    /// The same where rows beyond [`MOST_COUNTED`] were not counted.
    pub(super) fn on_long_page(shown: u64, counted: i64) -> Option<String> {
        if counted <= MOST_COUNTED {
            return Notes::on_page(shown, counted);
        }
        Some(format!("{shown} of {} rows; --limit 0 shows all", amount(counted)))
    }

    /// How many quotes were left out because they are not vouched for, counted up to [`MOST_COUNTED`].
    pub(crate) fn on_left_out(quotes: i64) -> Option<String> {
        let (what, them) = if quotes == 1 { ("quote", "it") } else { ("quotes", "them") };
        (quotes > 0)
            .then(|| format!("{} less certain {what} left out; --all shows {them} too", amount(quotes)))
    }

    /// The remarks, in the order in which they came up.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// A number that was counted up to [`MOST_COUNTED`].
fn amount(counted: i64) -> String {
    if counted > MOST_COUNTED { format!("more than {}", grouped(MOST_COUNTED)) } else { grouped(counted) }
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
        let note = |counted| Notes::on_long_page(50, counted).unwrap_or_default();
        assert_eq!(note(10_000), "50 of 10,000 rows; --limit 0 shows all");
        assert_eq!(note(10_001), "50 of more than 10,000 rows; --limit 0 shows all");
        assert_eq!(Notes::on_long_page(50, 50), None);
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_234, "1,234"), (-1_234_567, "-1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
