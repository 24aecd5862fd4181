//! The bytes of a page → its text: the encoding is the one that its bytes show, or else the one that it declares.

use encoding_rs::{Encoding, UTF_8};
use memchr::memmem;

use crate::read::decode;

/// How far into a page a declaration is looked for, in bytes. Browsers look at 1,024; some pages put it behind their scripts.
const REACH: usize = 16 << 10;

/// The text of a page, and its encoding. The error says why it is none.
///
/// What is valid UTF-8 is that, whatever is declared: pages that were saved or passed on declare what they once were.
pub(super) fn text(bytes: &[u8]) -> Result<(String, &'static str), &'static str> {
    if std::str::from_utf8(bytes).is_ok() {
        return decode::text_in(bytes);
    }
    match declared(bytes).filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible()) {
        Some(encoding) if !decode::looks_binary(bytes) => {
            let text = encoding.decode_without_bom_handling(bytes).0.into_owned();
            Ok((decode::without_nul(text), encoding.name()))
        }
        _ => decode::text_in(bytes),
    }
}

/// The encoding that a page declares: `<meta charset="…">`, `content="text/html; charset=…"`, `<?xml encoding="…"?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(REACH)].to_ascii_lowercase();
    let after = |name: &[u8]| {
        let places = memmem::find_iter(head, name).map(|at| at + name.len());
        places.map(|at| &head[at..]).find_map(label)
    };
    let in_xml = head.trim_ascii_start().starts_with(b"<?xml").then(|| after(b"encoding")).flatten();
    in_xml.or_else(|| after(b"charset"))
}

/// The encoding named behind `=`, with or without quotation marks.
fn label(rest: &[u8]) -> Option<&'static Encoding> {
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let length = rest.iter().take_while(is_part).count();
    Encoding::for_label(&rest[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_come_before_the_declaration() {
        for (bytes, expected) in [
            (b"<meta charset=windows-1251><p>\xCC\xFD\xF0".as_slice(), "Мэр"),
            (b"<META http-equiv=Content-Type content='text/html; charset = \"ISO-8859-1\"'><p>\x93caf\xE9\x94", "“café”"),
            (b"<?xml version='1.0' encoding='iso-8859-2'?><p>\xA9koda", "Škoda"),
            ("<meta charset=iso-8859-1><p>café".as_bytes(), "café"),
            (b"<meta charset=utf-8><p>the mayor\x92s caf\xE9", "the mayor’s café"),
            (b"<p>the mayor\x92s caf\xE9", "the mayor’s café"),
        ] {
            let (text, _) = text(bytes).expect("is text");
            assert_eq!(text.rsplit("<p>").next(), Some(expected));
        }
    }
}
