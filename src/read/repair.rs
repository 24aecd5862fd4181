//! JSON as programs write it that are not strict about it → JSON.

/// JSON that is stricter than what was given: unpaired surrogates as `\ufffd`, control characters in strings, which many
/// programs leave as they are, as escapes, and numbers that are none as `null`.
pub(crate) fn repair(text: &str) -> String {
    let mut repaired = String::with_capacity(text.len() + 16);
    let mut rest = text;
    let mut in_string = false;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        match character {
            '"' => in_string = !in_string,
            // What follows a backslash is taken along, so that an escaped backslash or mark starts nothing.
            '\\' if in_string => match surrogates(rest) {
                Surrogates::None => length += rest[1..].chars().next().map_or(0, char::len_utf8),
                Surrogates::Pair => length = 12,
                Surrogates::Alone => {
                    repaired.push_str("\\ufffd");
                    rest = &rest[6..];
                    continue;
                }
            },
            'N' | 'I' | '-' if !in_string => {
                if let Some(word) =
                    ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word))
                {
                    repaired.push_str("null");
                    rest = &rest[word.len()..];
                    continue;
                }
            }
            '\0'..='\u{1F}' if in_string => {
                repaired.push_str(&format!("\\u{:04x}", u32::from(character)));
                rest = &rest[1..];
                continue;
            }
            _ => {}
        }
        repaired.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    repaired
}

/// What an escape says of surrogates.
enum Surrogates {
    /// It is none.
    None,
    /// Two of them that make a character.
    Pair,
    /// One that makes none.
    Alone,
}

/// Looks at an escape at the start of `text`.
fn surrogates(text: &str) -> Surrogates {
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    match unit(0) {
        Some(0xD800..=0xDBFF) if matches!(unit(6), Some(0xDC00..=0xDFFF)) => Surrogates::Pair,
        Some(0xD800..=0xDFFF) => Surrogates::Alone,
        _ => Surrogates::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_none_become_nothing() {
        assert_eq!(
            repair(r#"{"a": NaN, "b": -Infinity, "c": "NaN", "d": -1}"#),
            r#"{"a": null, "b": null, "c": "NaN", "d": -1}"#
        );
    }
}
