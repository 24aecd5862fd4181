//! [`Notes`]: remarks on an answer, which the command line prints beside the rows.

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

    /// How many quotes were left out because they are not vouched for.
    pub(crate) fn on_left_out(quotes: i64) -> Option<String> {
        let (what, them) = if quotes == 1 { ("quote", "it") } else { ("quotes", "them") };
        (quotes > 0)
            .then(|| format!("{} less certain {what} left out; --all shows {them} too", grouped(quotes)))
    }

    /// The remarks, in the order in which they came up.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
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
    use super::grouped;

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_234, "1,234"), (-1_234_567, "-1,234,567")] {
            assert_eq!(grouped(number), text);
        }
    }
}
