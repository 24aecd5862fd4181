//! Elements of XML → prose: paragraphs by an empty line, lines by a line feed.
//!
//! For XML whose elements are named as in HTML or NITF, one element after the other. Knows which elements part paragraphs and
//! which hold no prose. HTML, which is not well-formed, is read by `markup`; here is told which texts are some.

use std::borrow::Cow;

use crate::read::markup::fragment_text;

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
}

impl Prose {
    /// No prose yet.
    pub(crate) fn new() -> Self {
        Prose { text: String::new(), gap: Gap::None, skipped: 0, kept_space: 0 }
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
                2.. if self.kept_space > 0 => Gap::Paragraph,
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

/// How far the end of a tag is looked for, in bytes.
const LONGEST_TAG: usize = 4000;

/// Whether a text is a piece of HTML, by a tag that it holds.
pub(crate) fn is_html(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = &text[at + 1..];
        let named = tag.strip_prefix('/').unwrap_or(tag);
        let length = named.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = named.split_at(length);
        let ends = rest.starts_with(|mark: char| mark.is_whitespace() || matches!(mark, '/' | '>'));
        let near = &rest.as_bytes()[..rest.len().min(LONGEST_TAG)];
        ends && TELLTALES.iter().any(|known| known.eq_ignore_ascii_case(name))
            && memchr::memchr(b'>', near).is_some()
    })
}

/// A text in one line, read as HTML where it is that: headlines and names.
pub(crate) fn line_of(text: &str) -> String {
    let resolved = if is_html(text) { Cow::Owned(fragment_text(text)) } else { htmlize::unescape(text) };
    resolved.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

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
