//! Cuts a stream of XML or SGML into the elements that hold an article each, one at a time.
//!
//! Follows tags byte by byte and nothing else: what is in an element is for its format. Each element is handed on behind
//! what stood before the first one, which names the encoding, the outlet and the language for all.

use std::io::{self, BufRead};
use std::ops::ControlFlow;

use crate::read::format::{Emit, Found, InputFormat, RawDocument, Stream};
use crate::read::rejection::{self, MAX_DOCUMENT, Reason, Rejection};

/// How much is kept of what stands before the first element, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// How a format is cut.
pub(crate) struct Items {
    /// The elements that hold an article each, by their names without prefix.
    pub(crate) names: &'static [&'static str],
    /// Whether an element that is alone in its file stands for the file.
    pub(crate) one_is_the_file: bool,
}

/// Cuts a stream; each element becomes a document.
pub(crate) fn split(
    stream: Stream,
    items: &Items,
    format: &'static dyn InputFormat,
    emit: Emit<'_>,
) -> ControlFlow<()> {
    let Stream { source, mut input } = stream;
    let mut cutter = Cutter::new(&mut *input, items.names);
    let mut first: Option<RawDocument> = None;
    let mut count = 0_u64;
    let mut failure = None;
    while let Some(piece) = cutter.next() {
        let line = cutter.item_line;
        let document = |bytes| RawDocument {
            source: source.clone(),
            line: Some(line),
            bytes,
            format,
            address: None,
            doubts: Vec::new(),
        };
        let found = match piece {
            Piece::Whole(bytes) => Found::Document(document(bytes)),
            Piece::TooLong => Found::Rejected(Rejection::new(&source, Some(line), rejection::too_large())),
            Piece::CutOff(bytes, reason) => {
                failure = Some((line, reason));
                Found::Document(document(bytes))
            }
            Piece::Failed(reason) => {
                failure = Some((line, reason));
                break;
            }
        };
        count += 1;
        match (found, count) {
            (Found::Document(document), 1) => first = Some(document),
            (found, _) => {
                if let Some(first) = first.take() {
                    emit(Found::Document(first))?;
                }
                emit(found)?;
            }
        }
    }
    if let Some(mut only) = first {
        if items.one_is_the_file && failure.is_none() {
            only.line = None;
        }
        emit(Found::Document(only))?;
    }
    match failure {
        Some((line, reason)) => emit(Found::Rejected(Rejection::new(source, Some(line), reason))),
        None if count == 0 => emit(Found::Rejected(Rejection::new(source, None, rejection::no_articles()))),
        None => ControlFlow::Continue(()),
    }
}

/// What is cut out of a stream.
enum Piece {
    /// An element.
    Whole(Vec<u8>),
    /// An element beyond the limit.
    TooLong,
    /// An element in which the stream ends, and why that is.
    CutOff(Vec<u8>, Reason),
    /// The stream cannot be read, and why.
    Failed(Reason),
}

struct Cutter<'a> {
    input: &'a mut dyn BufRead,
    names: &'a [&'a str],
    head: Vec<u8>,
    head_is_whole: bool,
    /// The element that is read: its name with prefix, its bytes with the head before them.
    item: Option<(Vec<u8>, Vec<u8>)>,
    too_long: bool,
    token: Vec<u8>,
    /// A tag that was read together with the one before it.
    line: u64,
    /// The line in which the element begins.
    item_line: u64,
    ended: bool,
}

impl<'a> Cutter<'a> {
    fn new(input: &'a mut dyn BufRead, names: &'a [&'a str]) -> Self {
        Cutter {
            input,
            names,
            head: Vec::new(),
            head_is_whole: false,
            item: None,
            too_long: false,
            token: Vec::new(),
            line: 1,
            item_line: 1,
            ended: false,
        }
    }

    fn next(&mut self) -> Option<Piece> {
        while !self.ended {
            let token = match self.token() {
                Ok(Some(token)) => token,
                Ok(None) => {
                    self.ended = true;
                    let broken = io::Error::from(io::ErrorKind::UnexpectedEof);
                    return self.cut_off(rejection::broken(&broken));
                }
                Err(error) => {
                    self.ended = true;
                    let reason = rejection::broken(&error);
                    return Some(self.cut_off(reason.clone()).unwrap_or(Piece::Failed(reason)));
                }
            };
            let begins_in = self.line;
            self.line += memchr::memchr_iter(b'\n', &token).count() as u64;
            let piece = self.take(&token, begins_in);
            self.token = token;
            if piece.is_some() {
                return piece;
            }
        }
        None
    }

    /// What is left of an element in which the stream ends.
    fn cut_off(&mut self, reason: Reason) -> Option<Piece> {
        let (_, bytes) = self.item.take()?;
        Some(if self.too_long { Piece::TooLong } else { Piece::CutOff(bytes, reason) })
    }

    /// Takes a token: text, or a tag with the text before it that holds a bare `<`.
    fn take(&mut self, token: &[u8], begins_in: u64) -> Option<Piece> {
        let tag = tag_of(token);
        let (before, tag) = token.split_at(token.len() - tag.len());
        self.keep(before);
        let (name, closes, is_empty) = parts(tag);
        let is_item = !name.is_empty() && self.names.contains(&local(name));
        let mut done = None;
        if is_item && !closes {
            // Elements that hold an article do not lie in each other: the one before was never closed.
            done = self.finish();
            if is_empty {
                return done;
            }
            self.head_is_whole = true;
            self.item_line = begins_in;
            self.item = Some((name.to_vec(), self.head.clone()));
        }
        self.keep(tag);
        if closes && self.item.as_ref().is_some_and(|(item, _)| item == name) {
            done = self.finish();
        }
        done
    }

    fn finish(&mut self) -> Option<Piece> {
        let (_, bytes) = self.item.take()?;
        Some(if std::mem::take(&mut self.too_long) { Piece::TooLong } else { Piece::Whole(bytes) })
    }

    fn keep(&mut self, bytes: &[u8]) {
        match &mut self.item {
            Some((_, item)) if item.len() + bytes.len() > MAX_DOCUMENT => {
                self.too_long = true;
                item.clear();
            }
            Some((_, item)) => item.extend_from_slice(bytes),
            None if !self.head_is_whole => {
                if self.head.len() + bytes.len() > LONGEST_HEAD {
                    self.head_is_whole = true;
                } else {
                    self.head.extend_from_slice(bytes);
                }
            }
            None => {}
        }
    }

    /// The text as far as the next `<`, or the tag, comment or section that begins there; none at the end.
    fn token(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut token = std::mem::take(&mut self.token);
        token.clear();
        let first = loop {
            match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?.first().copied(),
            }
        };
        match first {
            None => return Ok(None),
            Some(b'<') => {}
            Some(_) => {
                self.text(&mut token)?;
                return Ok(Some(token));
            }
        }
        self.until(b">", &mut token)?;
        for (begins, ends) in [(&b"<!--"[..], &b"-->"[..]), (b"<![CDATA[", b"]]>")] {
            if token.starts_with(begins) {
                while !token.ends_with(ends) && self.until(ends, &mut token)? {}
            }
        }
        if token.starts_with(b"<!DOCTYPE") && token.contains(&b'[') && !is_closed_subset(&token) {
            while !is_closed_subset(&token) && self.until(b">", &mut token)? {}
        }
        Ok(Some(token))
    }

    /// Reads text, of which a piece is as good as the whole.
    fn text(&mut self, token: &mut Vec<u8>) -> io::Result<()> {
        let ready = self.input.fill_buf()?;
        let length = memchr::memchr(b'<', ready).unwrap_or(ready.len());
        token.extend_from_slice(&ready[..length]);
        self.input.consume(length);
        Ok(())
    }

    /// Reads on as far as `end`; false at the end of the stream. What is beyond the limit is not held, but its end is found.
    fn until(&mut self, end: &[u8], token: &mut Vec<u8>) -> io::Result<bool> {
        let last = end[end.len() - 1];
        loop {
            let ready = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if ready.is_empty() {
                return Ok(false);
            }
            let at = memchr::memchr(last, ready);
            let length = at.map_or(ready.len(), |at| at + 1);
            if token.len() > MAX_DOCUMENT {
                // An element that holds this is too long in any case.
                token.drain(16..token.len() - 16);
                self.too_long = self.item.is_some();
            }
            token.extend_from_slice(&ready[..length]);
            self.input.consume(length);
            if at.is_some() && token.ends_with(end) {
                return Ok(true);
            }
        }
    }
}

/// Whether a document type declaration ends here, behind its own declarations.
fn is_closed_subset(token: &[u8]) -> bool {
    let inner = token.strip_suffix(b">").unwrap_or_default().trim_ascii_end();
    inner.ends_with(b"]")
}

/// The tag that a token ends with: what stands before it is a bare `<` and text.
fn tag_of(token: &[u8]) -> &[u8] {
    if token.starts_with(b"<!") || token.starts_with(b"<?") {
        return token;
    }
    memchr::memrchr(b'<', token).map_or(b"", |at| &token[at..])
}

/// The name of a tag, whether it closes an element, and whether it is an empty one.
fn parts(tag: &[u8]) -> (&[u8], bool, bool) {
    let (named, closes) = match tag {
        [b'<', b'/', named @ ..] => (named, true),
        [b'<', b'!' | b'?', ..] | [] => return (b"", false, false),
        [_, named @ ..] => (named, false),
    };
    let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let length = named.iter().position(ends).unwrap_or(named.len());
    (&named[..length], closes, tag.ends_with(b"/>"))
}

/// A name without its prefix; one that is no text is that of no element.
fn local(name: &[u8]) -> &str {
    let name = name.rsplit(|byte| *byte == b':').next().unwrap_or(name);
    std::str::from_utf8(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    /// The elements of a text with their lines, in pieces of every size alike.
    fn cut(text: &str) -> Vec<String> {
        let pieces = |size| {
            let mut input = BufReader::with_capacity(size, Cursor::new(text.as_bytes().to_vec()));
            let mut cutter = Cutter::new(&mut input, &["item", "entry"]);
            let mut found = Vec::new();
            while let Some(piece) = cutter.next() {
                let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("is text");
                found.push(match piece {
                    Piece::Whole(bytes) => format!("{}: {}", cutter.item_line, text(bytes)),
                    Piece::CutOff(bytes, _) => format!("{}, cut off: {}", cutter.item_line, text(bytes)),
                    Piece::TooLong | Piece::Failed(_) => panic!("no such piece is there"),
                });
            }
            found
        };
        assert_eq!(pieces(1), pieces(4096));
        pieces(7)
    }

    #[test]
    fn elements_come_with_what_stands_before_them() {
        assert_eq!(
            cut("<r>\n<t/><item>a</item>\n<item>b</item></r>"),
            ["2: <r>\n<t/><item>a</item>", "3: <r>\n<t/><item>b</item>"]
        );
        assert_eq!(cut("<x:entry>a</x:entry>"), ["1: <x:entry>a</x:entry>"]);
    }

    #[test]
    fn what_only_looks_like_a_tag_cuts_nothing() {
        let text = "<r><item><![CDATA[</item>]]><!-- </item> > -->a < b</item></r>";
        assert_eq!(cut(text), [format!("1: {}", text.trim_end_matches("</r>"))]);
        assert_eq!(cut("<!DOCTYPE r [<!ENTITY a \"<item>\">]>\n<r></r>"), Vec::<String>::new());
        assert_eq!(cut("<r><items/><item/></r>"), Vec::<String>::new());
    }

    #[test]
    fn an_element_that_is_not_closed_costs_no_other() {
        assert_eq!(cut("<item>a<item>b</item>"), ["1: <item>a", "1: <item>b</item>"]);
        assert_eq!(cut("<item>a"), ["1, cut off: <item>a"]);
    }
}
