//! Text of HTML → tags and the text between them, by the rules that browsers follow.
//!
//! Nothing is copied: what is found are slices of the page, their character references unread.

use memchr::memmem::Finder;
use memchr::{memchr, memchr2};

use crate::read::markup::tag::Tag;

/// A piece of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text between tags, or within an element whose contents are no markup.
    Text(&'a str),
    /// A tag that opens an element; its attributes, as written.
    Start { tag: Tag, name: &'a str, attributes: &'a str },
    /// A tag that ends an element.
    End { tag: Tag, name: &'a str },
}

/// Goes through a page piece by piece.
pub(super) struct Scanner<'a> {
    page: &'a str,
    at: usize,
    /// The element whose contents are no markup, if the last tag opened one.
    raw: Option<&'a str>,
    /// How the scanner looks for the end of a comment.
    comment_end: Finder<'static>,
    /// Whether comments still may have an end.
    comments_end: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Scanner { page, at: 0, raw: None, comment_end: Finder::new("-->"), comments_end: true }
    }

    fn rest(&self) -> &'a str {
        &self.page[self.at..]
    }

    /// Takes the text up to a place, which is the length of the rest where there is none.
    fn take(&mut self, length: Option<usize>) -> &'a str {
        let rest = self.rest();
        let length = length.unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// The contents of an element that are no markup, up to its end tag.
    fn raw_text(&mut self, name: &'a str) -> &'a str {
        let rest = self.rest().as_bytes();
        let mut from = 0;
        let end = loop {
            let Some(at) = memchr(b'<', &rest[from..]) else { break None };
            let at = from + at;
            let after = rest.get(at + 2..at + 2 + name.len());
            let is_end = rest.get(at + 1) == Some(&b'/')
                && after.is_some_and(|after| after.eq_ignore_ascii_case(name.as_bytes()));
            if is_end {
                break Some(at);
            }
            from = at + 1;
        };
        self.take(end)
    }

    /// Skips what begins with `<!` or `<?`: a comment, a document type, a section of XML.
    fn skip_declaration(&mut self) {
        let rest = self.rest();
        if !rest.starts_with("<!--") {
            let length = memchr(b'>', rest.as_bytes()).map(|at| at + 1);
            self.take(length);
            return;
        }
        // From the dashes of the opening on: `<!-->` and `<!--->` are whole comments.
        let end = if self.comments_end { self.comment_end.find(&rest.as_bytes()[2..]) } else { None };
        match end {
            Some(end) => self.at += 2 + end + 3,
            None => {
                // A comment that never ends would take the rest of the page: only its opening is skipped. None of
                // those behind it ends either.
                self.comments_end = false;
                self.at += 4;
            }
        }
    }

    /// A tag at the place where the scanner stands; none if the sign there is only text.
    fn tag(&mut self) -> Option<Piece<'a>> {
        let rest = self.rest();
        let bytes = rest.as_bytes();
        let is_end = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(is_end);
        if !bytes.get(start)?.is_ascii_alphabetic() {
            return None;
        }
        let length = bytes[start..]
            .iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
            .unwrap_or(bytes.len() - start);
        let name = &rest[start..start + length];
        let tag = Tag::of(name);
        let attributes = &rest[start + length..];
        let end = attributes_end(attributes.as_bytes());
        let attributes = &attributes[..end];
        self.at += (start + length + end + 1).min(rest.len());
        if is_end {
            return Some(Piece::End { tag, name });
        }
        if tag.is_raw() {
            self.raw = Some(name);
        }
        Some(Piece::Start { tag, name, attributes })
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(Piece::Text(text));
            }
        }
        loop {
            let rest = self.rest();
            let bytes = rest.as_bytes();
            match bytes {
                [] => return None,
                [b'<', b'!' | b'?', ..] => self.skip_declaration(),
                [b'<', b'/', b'>', ..] => self.at += 3,
                [b'<', ..] => {
                    if let Some(tag) = self.tag() {
                        return Some(tag);
                    }
                    // A sign that opens no tag is text.
                    let length = memchr(b'<', &bytes[1..]).map(|at| at + 1);
                    return Some(Piece::Text(self.take(length)));
                }
                _ => {
                    let length = memchr(b'<', bytes);
                    return Some(Piece::Text(self.take(length)));
                }
            }
        }
    }
}

/// Where the attributes of a tag end: at the `>` that stands in no quotation marks. A quotation mark without its fellow ends
/// the tag at the first `>`, so that one lost mark costs one tag and not the page.
fn attributes_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr2(b'>', b'=', &bytes[at..]) {
        at += found;
        if bytes[at] == b'>' {
            return at;
        }
        at += 1;
        at += bytes[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if let Some(quote @ (b'"' | b'\'')) = bytes.get(at).copied() {
            match memchr(quote, &bytes[at + 1..]) {
                Some(length) => at += length + 2,
                None => return memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end),
            }
        }
    }
    bytes.len()
}

/// The attributes of a tag, in their order: name as written and value with its character references unread.
pub(super) struct Attributes<'a>(pub(super) &'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let rest = self.0.trim_start_matches(|mark: char| mark.is_ascii_whitespace() || mark == '/');
        if rest.is_empty() {
            self.0 = rest;
            return None;
        }
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/');
        // A name may begin with `=`.
        let length = rest.bytes().skip(1).position(|byte| is_end(&byte)).map_or(rest.len(), |at| at + 1);
        let (name, rest) = rest.split_at(length);
        let Some(value) = rest.trim_ascii_start().strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.as_bytes().first() {
            Some(quote @ (b'"' | b'\'')) => {
                let value = &value[1..];
                let end = memchr(*quote, value.as_bytes()).unwrap_or(value.len());
                (&value[..end], value.get(end + 1..).unwrap_or_default())
            }
            _ => value
                .split_at(value.bytes().position(|byte| byte.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.0 = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(page: &str) -> Vec<String> {
        let piece = |piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Start { name, attributes, .. } => format!("<{name}|{}>", attributes.trim()),
            Piece::End { name, .. } => format!("</{name}>"),
        };
        Scanner::new(page).map(piece).collect()
    }

    #[test]
    fn tags_are_told_from_text() {
        for (page, expected) in [
            ("<p>a</p>", &["<p|>", "a", "</p>"][..]),
            ("1 < 2 <b>c", &["1 ", "< 2 ", "<b|>", "c"]),
            ("<!DOCTYPE html><!-- <p> -->a<!-->b<?x?>c</>d", &["a", "b", "c", "d"]),
            ("<script>if (a<b) '</p>'</script>x", &["<script|>", "if (a<b) '</p>'", "</script>", "x"]),
            ("<a title='1 > 0' href=x>y", &["<a|title='1 > 0' href=x>", "y"]),
            ("<a title=\"lost>y</a>", &["<a|title=\"lost>", "y", "</a>"]),
            ("a<!-- never ends <p>b", &["a", " never ends ", "<p|>", "b"]),
            ("a<br/>b<im", &["a", "<br|/>", "b", "<im|>"]),
        ] {
            assert_eq!(pieces(page), expected, "{page}");
        }
    }

    #[test]
    fn attributes_are_read_however_they_are_written() {
        let read = |text| Attributes(text).collect::<Vec<_>>();
        assert_eq!(
            read(" class=\"a b\" ID = 'c' hidden data-x=1 /"),
            [("class", "a b"), ("ID", "c"), ("hidden", ""), ("data-x", "1")]
        );
        assert_eq!(read("=é x=\"lost"), [("=é", ""), ("x", "lost")]);
        assert_eq!(read(" / "), []);
    }
}
