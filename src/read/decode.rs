//! Bytes → Unicode: byte order marks, UTF-16, and the 8-bit encodings of older archives.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

/// Why bytes are no text.
pub(super) const NO_TEXT: &str = "it is neither text nor of a known format";

/// Decodes a text of unknown encoding: UTF-8 if it is that but for a few bytes, else what its bytes look like.
///
/// A byte order mark is taken off, and NUL becomes U+FFFD. The error says why it is no text.
pub(crate) fn text(bytes: &[u8]) -> Result<String, &'static str> {
    text_in(bytes).map(|(text, _)| text)
}

/// The same, with the name of the encoding that it was taken for.
pub(crate) fn text_in(bytes: &[u8]) -> Result<(String, &'static str), &'static str> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let utf8 = encoding_rs::UTF_8;
    let (text, encoding) = match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), utf8),
        Err(_) if looks_binary(bytes) => return Err(NO_TEXT),
        Err(_) if is_damaged_utf8(bytes) => (String::from_utf8_lossy(bytes).into_owned(), utf8),
        Err(_) => {
            let encoding = guess(bytes);
            (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding)
        }
    };
    if looks_binary(text.as_bytes()) {
        return Err(NO_TEXT);
    }
    Ok((without_nul(text), encoding.name()))
}

/// The same with its lines ended by line feeds, whatever ended them.
pub(crate) fn lines_in(bytes: &[u8]) -> Result<(String, &'static str), &'static str> {
    text_in(bytes).map(|(text, encoding)| (with_line_feeds(&text), encoding))
}

/// The text with its lines ended by line feeds.
pub(crate) fn with_line_feeds(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// What is said of a text in which characters could not be read.
pub(crate) fn doubt(text: &str) -> Option<String> {
    let damaged = text.matches('\u{FFFD}').count();
    (damaged > 0).then(|| format!("{damaged} of its characters cannot be read, and became U+FFFD"))
}

/// Whether a text is UTF-8 in which single bytes were damaged: in another encoding hardly any two of its bytes beyond ASCII
/// make a character of UTF-8.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let valid: usize = bytes
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().filter(|character| !character.is_ascii()).count())
        .sum();
    valid > 2 * invalid_utf8(bytes)
}

/// The text with NUL, which SQLite and most tools cannot hold, as U+FFFD.
pub(super) fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

/// The encoding that the bytes look like; never UTF-8, which was tried before.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether more than one byte in fifty is a control character that no text holds.
pub(super) fn looks_binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|byte| matches!(byte, 0..=8 | 14..=31 | 127)).count();
    controls * 50 > bytes.len()
}

/// A stream, and the name of the encoding that it was in, where that shows.
type Decoded<'a> = (Box<dyn BufRead + 'a>, Option<&'static str>);

/// The stream in UTF-8 where it is UTF-16 or bears a byte order mark; any other as it is.
pub(super) fn utf8_stream<'a>(input: Box<dyn BufRead + 'a>) -> io::Result<Decoded<'a>> {
    let (head, input) = peek(input, 4096)?;
    let Some((encoding, mark)) = utf16(&head) else {
        let is_marked = head.starts_with(b"\xEF\xBB\xBF");
        return Ok((skip(input, if is_marked { 3 } else { 0 })?, is_marked.then_some("UTF-8")));
    };
    let input = skip(input, mark)?;
    let decoded = BufReader::new(Transcoded {
        input,
        decoder: encoding.new_decoder_without_bom_handling(),
        decoded: Vec::new(),
        given: 0,
        ended: false,
    });
    Ok((Box::new(decoded), Some(encoding.name())))
}

/// The kind of UTF-16 that the bytes are, and the length of their byte order mark.
///
/// Without a mark, every other byte of an English text is zero.
fn utf16(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    if head.starts_with(b"\xFF\xFE\0\0") {
        return None; // UTF-32, which nobody writes; it is refused as no text
    }
    if memchr::memmem::find(head, b"\n{\"").is_some() {
        return None; // records in UTF-8; what stands before them is noise that looks like a mark
    }
    match head {
        [0xFF, 0xFE, ..] => return Some((UTF_16LE, 2)),
        [0xFE, 0xFF, ..] => return Some((UTF_16BE, 2)),
        _ => {}
    }
    let units = head.len() / 2;
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if units >= 4 && odd * 10 > units * 7 && even * 20 < units {
        return Some((UTF_16LE, 0));
    }
    if units >= 4 && even * 10 > units * 7 && odd * 20 < units {
        return Some((UTF_16BE, 0));
    }
    None
}

/// The first bytes of a stream, at most `limit`, and the stream as it was before the look.
///
/// Fewer where they are lines of JSON already: who pipes one record after the other must not wait for the limit.
pub(crate) fn peek<'a>(
    mut input: Box<dyn BufRead + 'a>,
    limit: usize,
) -> io::Result<(Vec<u8>, Box<dyn BufRead + 'a>)> {
    let mut head = Vec::new();
    while head.len() < limit && !are_json_lines(&head) {
        let taken = match input.fill_buf() {
            Ok([]) => break,
            Ok(ready) => {
                let taken = ready.len().min(limit - head.len());
                head.extend_from_slice(&ready[..taken]);
                taken
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // What came before the break is still to be read; the reader then meets the break itself.
            Err(error) if !head.is_empty() => {
                let rest = Box::new(BufReader::new(Broken(Some(error))));
                return Ok((head.clone(), Box::new(Cursor::new(head).chain(rest))));
            }
            Err(error) => return Err(error),
        };
        input.consume(taken);
    }
    Ok((head.clone(), Box::new(Cursor::new(head).chain(input))))
}

/// Whether a stream that begins like this has a whole object of JSON on each of its first two lines.
pub(super) fn are_json_lines(head: &[u8]) -> bool {
    let mut lines = head.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let mut is_next_whole = || {
        lines.next().is_some_and(|line| {
            line.ends_with(b"\n")
                && line.trim_ascii().starts_with(b"{")
                && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
        })
    };
    is_next_whole() && is_next_whole()
}

fn skip<'a>(mut input: Box<dyn BufRead + 'a>, bytes: usize) -> io::Result<Box<dyn BufRead + 'a>> {
    io::copy(&mut input.by_ref().take(bytes as u64), &mut io::sink())?;
    Ok(input)
}

/// A stream that has failed: gives its error once, and then again in other words.
struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::Error::other("the stream has failed before")))
    }
}

/// A stream in another encoding, read as UTF-8. What is no Unicode becomes U+FFFD.
struct Transcoded<'a> {
    input: Box<dyn BufRead + 'a>,
    decoder: Decoder,
    decoded: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Read for Transcoded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.decoded.len() && !self.ended {
            self.refill()?;
        }
        let ready = &self.decoded[self.given..];
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.given += count;
        Ok(count)
    }
}

impl Transcoded<'_> {
    fn refill(&mut self) -> io::Result<()> {
        let encoded = self.input.fill_buf()?;
        self.ended = encoded.is_empty();
        // Two bytes of UTF-16 give at most three of UTF-8; the margin is for what the decoder holds back.
        self.decoded.resize(encoded.len() * 2 + 16, 0);
        let (_, read, written, _) = self.decoder.decode_to_utf8(encoded, &mut self.decoded, self.ended);
        self.decoded.truncate(written);
        self.given = 0;
        self.input.consume(read);
        Ok(())
    }
}

/// The number of bytes of `bytes` that belong to no valid UTF-8 sequence.
pub(super) fn invalid_utf8(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_byte_changes_no_other() {
        let damaged = [b"caf\xC3\xA9, \xE2\x80\x9Cyes\xE2\x80\x9D \xE9 no".as_slice()].concat();
        assert_eq!(text(&damaged).as_deref(), Ok("café, “yes” \u{FFFD} no"));
        // Windows-1252, with and without what looks like UTF-8.
        assert_eq!(text(b"caf\xE9, \x93yes\x94 no").as_deref(), Ok("café, “yes” no"));
        assert_eq!(text(b"\x93yes\x94 caf\xE9 \xC3\xA9 no").as_deref(), Ok("“yes” café Ã© no"));
    }

    fn through_stream(bytes: &[u8]) -> Vec<u8> {
        let mut read = Vec::new();
        let (mut stream, _) = utf8_stream(Box::new(Cursor::new(bytes.to_vec()))).expect("opens");
        stream.read_to_end(&mut read).expect("reads");
        read
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let order = if big { u16::to_be_bytes } else { u16::to_le_bytes };
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf16_becomes_utf8_with_and_without_a_mark() {
        let text = "“Yes”, she said – 😀 twice. ".repeat(900);
        for big in [false, true] {
            assert_eq!(through_stream(&utf16(&text, big)), text.as_bytes());
            assert_eq!(through_stream(&utf16(&format!("\u{FEFF}{text}"), big)), text.as_bytes());
        }
    }

    #[test]
    fn a_mark_is_taken_off_and_other_bytes_are_left() {
        assert_eq!(through_stream("\u{FEFF}{}".as_bytes()), b"{}");
        assert_eq!(through_stream(b"caf\xE9"), b"caf\xE9");
        assert_eq!(through_stream(b""), b"");
    }

    #[test]
    fn eight_bit_quotation_marks_are_decoded() {
        let text = text(b"\x93We will not go,\x94 the mayor\x92s caf\xE9 owner said.");
        assert_eq!(text.as_deref(), Ok("“We will not go,” the mayor’s café owner said."));
    }

    #[test]
    fn binary_is_no_text() {
        let bytes: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(text(&bytes).is_err());
        assert!(text(&[0; 64]).is_err());
        assert!(text(b"\xFF\xFE\0\0a\0\0\0b\0\0\0").is_err());
    }

    #[test]
    fn one_nul_in_a_text_is_replaced() {
        let text = text(format!("{}\0end", "word ".repeat(40)).as_bytes()).expect("is text");
        assert!(text.ends_with("word \u{FFFD}end"));
    }
}
