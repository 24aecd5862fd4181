//! JSON whose text can be shown on any terminal: the same value to a program, no character that acts on a screen.
//!
//! Characters that [`crate::terminal::is_unsafe`] names are written as `\u` escapes, wherever they stand: in values, in keys and
//! in raw values that are passed on as they were read. Line feeds, tabs and returns keep their short escapes.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use crate::terminal::is_unsafe;

/// A value on one line.
pub fn to_string<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let mut bytes = Vec::new();
    // Not through `to_writer`: the tokens of an article are thousands of short pieces, and a `dyn` call for each shows.
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Safe(CompactFormatter)))?;
    // It is UTF-8 already; nothing is replaced here.
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

/// A text.
pub fn string(text: &str) -> String {
    // A text is always written.
    to_string(text).unwrap_or_default()
}

/// Writes a value on one line.
pub fn to_writer<T: Serialize + ?Sized>(out: &mut dyn Write, value: &T) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe(CompactFormatter)))
}

/// Writes a value on several lines, indented.
pub fn to_writer_pretty<T: Serialize + ?Sized>(out: &mut dyn Write, value: &T) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe(PrettyFormatter::new())))
}

/// Lays out as the formatter inside it does, and writes unsafe characters as escapes.
struct Safe<F>(F);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        write_escaped(out, fragment)
    }

    /// Between the tokens of a raw value only spaces, tabs, returns and line feeds can stand, and none of those
    /// three inside its texts; a space does the same.
    fn write_raw_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        write_escaped(out, &fragment.replace(['\n', '\r', '\t'], " "))
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

/// Writes a part of a JSON text with its unsafe characters as escapes of their UTF-16 units.
fn write_escaped<W: ?Sized + Write>(out: &mut W, text: &str) -> io::Result<()> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return out.write_all(text.as_bytes());
    }
    let mut written = 0;
    for (at, character) in text.char_indices().filter(|(_, character)| is_unsafe(*character)) {
        out.write_all(&text.as_bytes()[written..at])?;
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(out, "\\u{unit:04x}")?;
        }
        written = at + character.len_utf8();
    }
    out.write_all(&text.as_bytes()[written..])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    use super::*;

    const HARD: &str = "a\"b\\c\n\r\t\u{0}\u{1b}[31m\u{7f}\u{85}\u{9b}\u{ad}\u{202e}\u{2028}\u{2066}\u{feff}\u{E0001}\u{1F600}é";

    /// Every way of writing a value gives text that is safe and means the same.
    fn check(value: &serde_json::Value) {
        let mut pretty = Vec::new();
        to_writer_pretty(&mut pretty, value).unwrap();
        let (line, pretty) = (to_string(value).unwrap(), String::from_utf8(pretty).unwrap());
        assert!(!line.contains(is_unsafe), "{line}");
        assert!(!pretty.contains(|character| is_unsafe(character) && character != '\n'), "{pretty}");
        for text in [line, pretty] {
            assert_eq!(&serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        }
    }

    #[test]
    fn hard_texts_read_back_the_same() {
        check(&serde_json::json!({ HARD: [HARD, 1, null, { "k": HARD }], "empty": [[], {}] }));
    }

    #[test]
    fn a_raw_value_is_safe_too_and_stays_on_its_line() {
        let written = "{\"a\u{9b}\":\n\t[1.50, \"\u{202e}\\n\\u001b\"]}";
        let raw: Box<RawValue> = serde_json::from_str(written).unwrap();
        let safe = to_string(&raw).unwrap();
        assert!(!safe.contains(is_unsafe) && safe.contains("1.50"), "{safe}");
        let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(read(&safe), read(written));
    }

    proptest! {
        #[test]
        fn any_text_reads_back_the_same(key in any::<String>(), text in any::<String>()) {
            check(&serde_json::json!({ key: text }));
        }
    }
}
