//! Makes text from articles safe to show: an archive is written by strangers.
//!
//! A control character, an escape sequence or a change of writing direction in a stored text could
//! otherwise move the cursor, rename the window or show words that are not there.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character can change how its neighbors are shown.
///
/// C0 and C1 controls (line feed and tab included), zero-width characters, bidirectional controls,
/// line and paragraph separators, tags and other invisible format characters.
pub fn is_unsafe(character: char) -> bool {
    matches!(character,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{61C}' | '\u{180E}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// The text with line feeds and tabs as spaces, and every other unsafe character written out as `\u{1b}`.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '\n' | '\t' => safe.push(' '),
            '\r' => {}
            _ if is_unsafe(character) => {
                // Writing to a string cannot fail.
                let _ = write!(safe, "\\u{{{:x}}}", character as u32);
            }
            _ => safe.push(character),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_written_out() {
        assert_eq!(one_line("a\u{1b}[31mb"), "a\\u{1b}[31mb");
        assert_eq!(one_line("a\u{9b}31mb"), "a\\u{9b}31mb");
        assert_eq!(one_line("abc\u{202e}fed"), "abc\\u{202e}fed");
    }

    #[test]
    fn layout_becomes_spaces() {
        assert_eq!(one_line("one\r\n\ttwo"), "one  two");
    }

    #[test]
    fn plain_text_is_not_copied() {
        assert!(matches!(one_line("“Señor” — 株式会社"), Cow::Borrowed(_)));
    }
}
