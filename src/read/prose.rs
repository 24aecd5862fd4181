//! Markup → prose: paragraphs by an empty line, lines by a line feed, entities as the characters that they stand for.
//!
//! For pieces of HTML in the fields of other formats, and for XML whose elements are named as in HTML or NITF. Knows
//! which elements part paragraphs and which hold no prose; never what in a page is its article.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// What stands between two pieces of prose; a later one is the wider gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
    Paragraph,
}

/// What an element does to the text around it.
enum Kind {
    /// It is part of a sentence.
    Inline,
    /// It stands apart from what is beside it.
    Apart(Gap),
    /// It ends a line where it stands.
    Break(Gap),
    /// It holds no prose.
    Skipped,
}

/// Elements of HTML and NITF, by their names in lower case and without prefix.
fn kind(name: &str) -> Kind {
    match name {
        "br" => Kind::Break(Gap::Line),
        "hr" => Kind::Break(Gap::Paragraph),
        "li" | "tr" | "dt" | "dd" | "caption" | "option" => Kind::Apart(Gap::Line),
        "td" | "th" => Kind::Apart(Gap::Space),
        "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav"
        | "blockquote" | "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "pre" | "figure"
        | "figcaption" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "form" | "fieldset" | "address"
        | "details" | "summary" | "center" | "body" | "hedline" | "hl1" | "hl2" | "block" | "body.head"
        | "body.content" | "body.end" | "byline" | "dateline" | "abstract" | "bq" | "media"
        | "media-caption" | "note" | "nitf-table" => Kind::Apart(Gap::Paragraph),
        "script" | "style" | "head" | "template" | "iframe" | "svg" | "noscript" | "object" | "select"
        | "button" | "audio" | "video" | "canvas" | "textarea" | "media-metadata" | "media-reference" => {
            Kind::Skipped
        }
        _ => Kind::Inline,
    }
}

/// Prose as it is put together.
pub(crate) struct Prose {
    text: String,
    gap: Gap,
    /// Within how many elements that hold no prose.
    skipped: usize,
    /// Within how many elements whose white space counts.
    kept_space: usize,
    /// Whether an empty line parts paragraphs, as where the markup has no paragraphs of its own.
    by_lines: bool,
}

impl Prose {
    /// No prose yet.
    pub(crate) fn new() -> Self {
        Prose { text: String::new(), gap: Gap::None, skipped: 0, kept_space: 0, by_lines: false }
    }

    /// An element begins.
    pub(crate) fn open(&mut self, name: &str) {
        let name = plain_name(name);
        // What is shown begins here, whatever of the head was never closed.
        if name == "body" {
            self.skipped = 0;
        }
        match kind(&name) {
            Kind::Apart(gap) | Kind::Break(gap) => self.gap = self.gap.max(gap),
            Kind::Skipped => self.skipped += 1,
            Kind::Inline => {}
        }
        self.kept_space += usize::from(name == "pre");
    }

    /// An element ends.
    pub(crate) fn close(&mut self, name: &str) {
        let name = plain_name(name);
        match kind(&name) {
            Kind::Apart(gap) => self.gap = self.gap.max(gap),
            Kind::Skipped => self.skipped = self.skipped.saturating_sub(1),
            Kind::Break(_) | Kind::Inline => {}
        }
        self.kept_space -= usize::from(name == "pre" && self.kept_space > 0);
    }

    /// Text between tags, its entities resolved.
    pub(crate) fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        let mut feeds = 0;
        for character in text.chars() {
            if !character.is_whitespace() {
                self.fill_gap();
                self.text.push(character);
                feeds = 0;
                continue;
            }
            feeds += usize::from(character == '\n');
            let gap = match feeds {
                2.. if self.by_lines || self.kept_space > 0 => Gap::Paragraph,
                1.. if self.kept_space > 0 => Gap::Line,
                _ => Gap::Space,
            };
            self.gap = self.gap.max(gap);
        }
    }

    fn fill_gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::None;
    }

    /// The prose, without white space around it.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// The name of an element in lower case and without prefix: `xhtml:P` is `p`.
fn plain_name(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase()
}

/// The prose of a piece of HTML, however broken.
pub(crate) fn prose_of_html(html: &str) -> String {
    let mut prose = Prose::new();
    prose.by_lines =
        !["<p", "<br", "<div", "<li", "<td", "<P", "<BR", "<DIV"].iter().any(|tag| html.contains(tag));
    // How much stands behind the last end of a comment: a comment that begins there has none.
    let behind_comments = html.rfind("-->").map_or(usize::MAX, |at| html.len() - at);
    let mut rest = html;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        prose.text(&entities_resolved(&rest[..at]));
        rest = &rest[at..];
        rest = match Tag::at(rest, rest.len() > behind_comments) {
            None => {
                prose.text("<");
                &rest[1..]
            }
            Some(Tag { name, closes, length }) => {
                match (name, closes) {
                    ("", _) => {}
                    (name, true) => prose.close(name),
                    (name, false) => prose.open(name),
                }
                let behind = &rest[length..];
                let is_raw = !closes
                    && ["script", "style", "textarea"].iter().any(|raw| name.eq_ignore_ascii_case(raw));
                let void = rest[..length].ends_with("/>") && matches!(kind(&plain_name(name)), Kind::Skipped);
                if void && !closes {
                    prose.close(name);
                    behind
                } else if is_raw {
                    raw_end(behind, name)
                } else if let Some(inner) = rest.strip_prefix("<![CDATA[") {
                    let end = inner.find("]]>").unwrap_or(inner.len());
                    prose.text(&inner[..end]);
                    inner.get(end + 3..).unwrap_or_default()
                } else {
                    behind
                }
            }
        };
    }
    prose.text(&entities_resolved(rest));
    prose.finish()
}

/// What follows the raw text of an element, from its closing tag on.
fn raw_end<'a>(text: &'a str, name: &str) -> &'a str {
    let closes = |at: &usize| {
        let tag = text.as_bytes().get(at + 2..at + 2 + name.len());
        text.as_bytes().get(at + 1) == Some(&b'/')
            && tag.is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(closes).map_or("", |at| &text[at..])
}

/// A tag, a comment or a declaration at the start of a text; the latter two have no name.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// How many bytes it takes.
    length: usize,
}

impl<'a> Tag<'a> {
    /// The tag that a text begins with; `comments_end` says whether a comment that it begins with can have an end.
    fn at(text: &'a str, comments_end: bool) -> Option<Self> {
        let nameless = |length| Some(Tag { name: "", closes: false, length });
        if text.starts_with("<!--")
            && comments_end
            && let Some(end) = text.find("-->")
        {
            return nameless(end + 3);
        }
        let inner = &text[1..];
        let (closes, named) = match inner.as_bytes().first()? {
            b'/' => (true, &inner[1..]),
            b'!' | b'?' => return nameless(text.find('>').map_or(text.len(), |at| at + 1)),
            _ => (false, inner),
        };
        if !named.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        let ends = |mark: char| mark.is_whitespace() || matches!(mark, '/' | '>' | '<');
        let name = &named[..named.find(ends).unwrap_or(named.len())];
        let start = text.len() - named.len() + name.len();
        Some(Tag { name, closes, length: tag_end(text, start) })
    }
}

/// Where a tag ends whose name ends at `start`; marks of quotation hide a `>` unless they are never closed.
fn tag_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return at + 1,
            b'<' => return at,
            b'"' | b'\'' if bytes[..at].ends_with(b"=") => {
                let behind = at + 1;
                match memchr::memchr(*byte, &bytes[behind..]) {
                    Some(end) => at = behind + end + 1,
                    None => {
                        let close = memchr::memchr(b'>', &bytes[behind..]);
                        return close.map_or(bytes.len(), |end| behind + end + 1);
                    }
                }
            }
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Elements by which a text is known for HTML.
const TELLTALES: &[&str] = &[
    "p",
    "br",
    "div",
    "a",
    "b",
    "i",
    "em",
    "strong",
    "span",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "img",
    "blockquote",
    "table",
    "figure",
    "section",
    "article",
    "body",
    "html",
    "font",
    "u",
    "sup",
    "sub",
    "iframe",
];

/// Whether a text is a piece of HTML, by a tag that it holds.
pub(crate) fn is_html(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = &text[at..];
        // Comments and declarations have no name, and their ends may be far.
        let is_named = tag.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
        is_named
            && Tag::at(tag, false).is_some_and(|found| {
                tag[..found.length].ends_with('>')
                    && TELLTALES.iter().any(|name| name.eq_ignore_ascii_case(found.name))
            })
    })
}

/// A text in one line, read as HTML where it is that: headlines and names.
pub(crate) fn line_of(text: &str) -> String {
    let resolved = if is_html(text) { Cow::Owned(prose_of_html(text)) } else { entities_resolved(text) };
    resolved.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest name of an entity, in bytes.
const LONGEST_ENTITY: usize = 40;

/// A text with its entities as characters; what is none stays as it is.
pub(crate) fn entities_resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut resolved = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        resolved.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'#';
        let length = behind.bytes().take(LONGEST_ENTITY).take_while(is_part).count();
        let (name, ends) = (&behind[..length], behind[length..].starts_with(';'));
        match entity(name).filter(|_| ends || is_old(name)) {
            Some(characters) => {
                resolved.push_str(&characters);
                rest = &behind[length + usize::from(ends)..];
            }
            None => {
                resolved.push('&');
                rest = behind;
            }
        }
    }
    resolved.push_str(rest);
    Cow::Owned(resolved)
}

/// Whether an entity counts without its semicolon.
fn is_old(name: &str) -> bool {
    name.starts_with('#')
        || matches!(name, "amp" | "lt" | "gt" | "quot" | "nbsp" | "copy" | "pound" | "mdash" | "ndash")
}

/// The characters that an entity stands for, by its name or number; a control character stands for nothing.
pub(crate) fn entity(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let number = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // Numbers of this range were meant as bytes of windows-1252, and browsers take them so.
    if let Some(byte) = u8::try_from(number).ok().filter(|byte| (0x80..0xA0).contains(byte)) {
        let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.into_owned();
        return Some(Cow::Owned(decoded));
    }
    let character = char::from_u32(number).unwrap_or('\u{FFFD}');
    let stands_for_nothing = character.is_control() && !matches!(character, '\t' | '\n' | '\r');
    Some(if stands_for_nothing { Cow::Borrowed("") } else { Cow::Owned(character.to_string()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_and_lines_are_kept() {
        for (html, prose) in [
            ("<p>One.</p><p>Two <b>bold</b> words.</p>", "One.\n\nTwo bold words."),
            ("One.<br>Two.<br/>\n<br />Three.", "One.\nTwo.\nThree."),
            ("<ul><li>One</li><li>Two</li></ul>After", "One\nTwo\n\nAfter"),
            ("<blockquote>“Yes,”</blockquote> she said.", "“Yes,”\n\nshe said."),
            ("First.\n\nSecond <em>line</em>\ngoes on.", "First.\n\nSecond line goes on."),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("<pre>one\ntwo</pre>", "one\ntwo"),
        ] {
            assert_eq!(prose_of_html(html), prose, "{html}");
        }
    }

    #[test]
    fn what_is_no_prose_is_left_out() {
        for (html, prose) in [
            ("a<script>if (a < b) { \"</p>\" }</script>b", "ab"),
            ("<style>p { }</style><p>x<!-- <p>no</p> --></p>", "x"),
            ("a < b and c > d", "a < b and c > d"),
            ("<p title=\"a > b\">x", "x"),
            ("<p title=\"never closed>x</p>y", "x\n\ny"),
            ("<![CDATA[a & b]]> c", "a & b c"),
            ("<iframe src='x'/>after", "after"),
            ("<scr", ""),
        ] {
            assert_eq!(prose_of_html(html), prose, "{html}");
        }
    }

    #[test]
    fn entities_become_characters() {
        for (text, expected) in [
            (
                "&ldquo;Yes&rdquo; &#8212; &#x2014; &amp;amp; AT&T &nosuch; &#150;",
                "“Yes” — — &amp; AT&T &nosuch; –",
            ),
            ("a&nbsp b &#3;c", "a\u{A0} b c"),
            ("&#99999999;", "\u{FFFD}"),
        ] {
            assert_eq!(entities_resolved(text), expected);
        }
    }

    #[test]
    fn html_is_known_by_its_tags() {
        for (text, expected) in [
            ("<p>One", true),
            ("one<br/>two", true),
            ("if a < b then c > d", false),
            ("<bold>", false),
            ("he wrote <a", false),
        ] {
            assert_eq!(is_html(text), expected, "{text}");
        }
    }
}
