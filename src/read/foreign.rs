//! What is no input, told from its first bytes, with the step that makes it one.
//!
//! Some of it is text, and would be an article of nonsense if it were read as that: it is asked for before any format is.

use crate::read::rejection::Reason;
use crate::read::rejection_kind::RejectionKind;
use crate::read::{decode, record, rejection};

/// How many characters the name of a function or a variable may have before JSON that is wrapped.
const LONGEST_NAME: usize = 100;

/// How a kind of file begins, what it is, and what to do with it.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"{\\rtf", "RTF", "save it as .docx, HTML or text"),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "a document of Office 97 to 2003, or an encrypted one",
        "save it as .docx or text, without a password",
    ),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it, or pack it as zip or tar"),
    (b"Rar!\x1A\x07", "a RAR archive", "unpack it, or pack it as zip or tar"),
    (b"\x1F\x9D", "packed by compress", "unpack it: gunzip FILE"),
    (b"LZIP", "packed by lzip", "unpack it, or pack it as xz"),
    (b"\x04\x22\x4D\x18", "packed by lz4", "unpack it: unlz4 FILE"),
    (b"SQLite format 3\0", "a SQLite database", "export its table of articles as CSV or JSON"),
    (b"Obj\x01", "Avro", "export it as JSON lines"),
    (b"ORC", "ORC", "export it as Parquet or JSON lines"),
    (b"ARROW1", "Arrow", "export it as Parquet or JSON lines"),
    (b"\x89PNG", "a picture", "it holds no text; leave it out"),
    (b"\xFF\xD8\xFF", "a picture", "it holds no text; leave it out"),
    (b"GIF8", "a picture", "it holds no text; leave it out"),
    (b"%!PS", "PostScript", "make text of it: ps2ascii FILE"),
];

/// Why a text is not read as one though it could be: it is written for a program.
///
/// `is_read` says whether a format that is no text knows files that begin so.
pub(crate) fn disguised(head: &[u8], is_read: bool) -> Option<Reason> {
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    if is_wrapped_json(start) {
        return Some(unsupported("JSON in a call or an assignment (JSONP)", UNWRAP));
    }
    of(start).filter(|_| !is_read).map(|(_, what, advice)| unsupported(what, advice))
}

/// What to do with JSON that is wrapped.
const UNWRAP: &str = "take off what stands before its first { or [ and behind its last } or ]";

/// Why no format takes a file that begins like this.
pub(crate) fn unknown(head: &[u8], extension: &str) -> Reason {
    if let Some((_, what, advice)) = of(head) {
        return unsupported(what, advice);
    }
    if decode::looks_binary(head) {
        return Reason::new(RejectionKind::Unsupported, decode::NO_TEXT);
    }
    let start = head.trim_ascii_start();
    let words = match start.first() {
        None => return rejection::no_text(),
        Some(b'{') => return record::why_no_object(start),
        Some(b'<') => {
            "no known format: it is markup of another kind; export it as HTML, JSON or text".to_owned()
        }
        Some(b'#') if start.starts_with(b"#!") => "no known format: it is a program; leave it out".to_owned(),
        Some(_) => {
            let kind = match extension {
                "" => "this kind of text".to_owned(),
                extension => format!("text files that end in .{extension}"),
            };
            format!("no known format: {kind} may be forced to be read with --input-format plain")
        }
    };
    Reason::new(RejectionKind::Unsupported, words)
}

fn of(start: &[u8]) -> Option<&'static (&'static [u8], &'static str, &'static str)> {
    MAGIC.iter().find(|(magic, ..)| start.starts_with(magic))
}

fn unsupported(what: &str, advice: &str) -> Reason {
    Reason::new(RejectionKind::Unsupported, format!("it is {what}, which is not read: {advice}"))
}

/// Whether a text begins like JSON in a call, `callback({"`, or in an assignment, `var data = [{"`.
fn is_wrapped_json(start: &[u8]) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'.');
    let behind = start.strip_prefix(b"/**/").unwrap_or(start);
    let declared = [&b"var "[..], b"let ", b"const "].iter().find_map(|word| behind.strip_prefix(*word));
    let behind = declared.unwrap_or(behind).trim_ascii_start();
    let length = behind.iter().take_while(|byte| is_name(byte)).count();
    let begins = behind.first().is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$'));
    if !begins || length > LONGEST_NAME {
        return false;
    }
    let rest = behind[length..].trim_ascii_start();
    let Some(inner) = rest.strip_prefix(b"(").or_else(|| rest.strip_prefix(b"=")) else { return false };
    let inner = inner.trim_ascii_start();
    let inner = inner.strip_prefix(b"[").unwrap_or(inner).trim_ascii_start();
    let Some(field) = inner.strip_prefix(b"{") else { return false };
    field.trim_ascii_start().starts_with(b"\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_for_programs_is_no_article() {
        for text in [
            "callback({\"a\": 1});",
            "/**/ jQuery.cb_1([{\"a\": 1}])",
            "var data = {\n \"a\": 1};",
            "window.__STATE__={\"a\":1}",
            "{\\rtf1\\ansi The mayor said no.}",
            "%!PS-Adobe-3.0\n(The mayor said no.) show",
        ] {
            let reason = disguised(text.as_bytes(), false).expect(text);
            assert_eq!(reason.kind, RejectionKind::Unsupported);
            assert!(reason.words.contains("which is not read: "), "{reason}");
        }
        for text in
            ["The mayor (see {below})", "He said (\"no\")", "Mayor = {\"a\" or \"b\"} he", "{\"a\": 1}"]
        {
            let expected = text.starts_with("Mayor = ");
            assert_eq!(disguised(text.as_bytes(), false).is_some(), expected, "{text}");
        }
        assert_eq!(disguised(b"%!PS", true), None);
        // What a format reads is none of it.
        assert_eq!(disguised(b"%PDF-1.4", true), None);
    }

    #[test]
    fn nothing_but_text_is_advised_to_be_read_as_text() {
        for (bytes, extension) in [
            (&b"{\\rtf1 a}"[..], "rtf"),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and more text", "doc"),
            (b"%!PS-Adobe-3.0 text", "ps"),
            (b"{ bad: json", "dat"),
            (b"<odd>text</odd>", "odd"),
            (b"#!/bin/sh\necho a", "sh"),
            (b"\x89PNG and so on", "png"),
        ] {
            let reason = unknown(bytes, extension);
            assert!(!reason.words.contains("--input-format"), "{reason}");
        }
        assert!(unknown(b"The mayor said no.", "story").words.contains("--input-format plain"));
    }
}
