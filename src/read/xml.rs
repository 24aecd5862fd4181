//! XML → a tree of elements, leniently: what is broken costs no more than itself.
//!
//! Entities that a document defines itself are not expanded, so that none can grow. Depth and number of elements are
//! bounded. Names count without their prefix unless a caller asks for one.

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::read::decode;
use crate::read::markup;
use crate::read::prose::{self, Prose};
use crate::read::rejection::{Reason, no_encoding};

/// How deep elements may be nested; what is deeper counts as if its tags were not there.
const DEEPEST: usize = 200;

/// How many elements a document may hold.
const MOST_ELEMENTS: usize = 1 << 19;

/// An element and what is in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Element {
    /// Its name, with its prefix.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Clone, Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// Reads a document; the element that is given holds its root. The fault is what stopped reading, if anything did.
pub(crate) fn parse(text: &str) -> (Element, Option<String>) {
    let text = stray_marks_escaped(text);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut tree = Tree { open: vec![Element::default()], elements: 0, too_deep: 0 };
    let fault = loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => tree.start(&start),
            Ok(Event::Empty(start)) => {
                tree.start(&start);
                tree.end(start.name().as_ref());
            }
            Ok(Event::End(end)) => tree.end(end.name().as_ref()),
            Ok(Event::Text(text)) => tree.text(&text.into_inner()),
            Ok(Event::CData(text)) => tree.text(&text.into_inner()),
            Ok(Event::GeneralRef(name)) => {
                let name = name.into_inner();
                tree.text(&referred(&name));
            }
            Ok(Event::Eof) => break None,
            Ok(_) => {}
            Err(error) => break Some(format!("it is no well-formed XML: {error}")),
        }
        if tree.elements > MOST_ELEMENTS {
            break Some(format!("it holds more than {MOST_ELEMENTS} elements"));
        }
    };
    (tree.finish(), fault)
}

/// What a reference stands for, by its name or number; a control character, as agencies end their texts with, for nothing.
fn referred(name: &str) -> String {
    let is_kept = |character: &char| !character.is_control() || matches!(character, '\t' | '\n' | '\r');
    htmlize::unescape(format!("&{name};")).chars().filter(is_kept).collect()
}

/// The text with every `<` escaped that begins no tag.
fn stray_marks_escaped(text: &str) -> std::borrow::Cow<'_, str> {
    let begins = |at: usize| {
        let next = text.as_bytes().get(at + 1);
        next.is_some_and(|byte| {
            byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?' | b'_' | b':' | 0x80..)
        })
    };
    let mut strays = Vec::new();
    // Marks whose end was looked for in vain once: none that stands behind has one either.
    let mut unended: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(next) = memchr::memchr(b'<', &text.as_bytes()[at..]).map(|next| at + next) {
        // What stands in these is no markup, whatever it looks like.
        let ends = [("<![CDATA[", "]]>"), ("<!--", "-->")]
            .into_iter()
            .find(|(mark, end)| text[next..].starts_with(mark) && !unended.contains(end));
        at = match ends.map(|(_, end)| (end, text[next..].find(end))) {
            Some((end, Some(length))) => next + length + end.len(),
            Some((end, None)) => {
                unended.push(end);
                next + 1
            }
            None => next + 1,
        };
        if !begins(next) {
            strays.push(next);
        }
    }
    if strays.is_empty() {
        return text.into();
    }
    let mut escaped = String::with_capacity(text.len() + strays.len() * 3);
    let mut from = 0;
    for at in strays {
        escaped.push_str(&text[from..at]);
        escaped.push_str("&lt;");
        from = at + 1;
    }
    escaped.push_str(&text[from..]);
    escaped.into()
}

/// The elements that are open, the outermost first.
struct Tree {
    open: Vec<Element>,
    elements: usize,
    /// Within how many elements that are too deep.
    too_deep: usize,
}

impl Tree {
    fn start(&mut self, start: &BytesStart) {
        self.elements += 1;
        if self.open.len() > DEEPEST {
            self.too_deep += 1;
            return;
        }
        let mut attributes = start.html_attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let name: &str = attribute.key.as_ref();
            (name.to_owned(), htmlize::unescape(attribute.value).into_owned())
        });
        self.open.push(Element {
            name: start.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            children: Vec::new(),
        });
    }

    fn end(&mut self, name: &str) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let Some(at) = self.open.iter().rposition(|element| element.name == name).filter(|at| *at > 0) else {
            return;
        };
        while self.open.len() > at {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(element) = self.open.pop()
            && let Some(above) = self.open.last_mut()
        {
            above.children.push(Node::Element(element));
        }
    }

    fn text(&mut self, text: &str) {
        let Some(element) = self.open.last_mut() else { return };
        match element.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => element.children.push(Node::Text(text.to_owned())),
        }
    }

    fn finish(mut self) -> Element {
        while self.open.len() > 1 {
            self.close();
        }
        self.open.pop().unwrap_or_default()
    }
}

/// A name without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Element {
    /// Whether it is called so: with its prefix if `name` has one, else without.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name == name || !name.contains(':') && local(&self.name) == name
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements in it that are called so.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.is(name))
    }

    /// The first element in it that is called exactly so, its prefix included.
    pub(crate) fn exactly(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// The element that a path of names leads to.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.elements().find(|inner| inner.is(name)))
    }

    /// The first element of this name in it or in one of those, in the order of the document.
    pub(crate) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|element| if element.is(name) { Some(element) } else { element.find(name) })
    }

    /// All elements of this name, at whatever depth; none within one another.
    pub(crate) fn find_all(&self, name: &str) -> Vec<&Element> {
        let inner = |element: &'_ Element| -> bool { element.is(name) };
        self.elements()
            .flat_map(|element| if inner(element) { vec![element] } else { element.find_all(name) })
            .collect()
    }

    /// An attribute, by its name with or without prefix; none if it is blank.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        let named = |(attribute, _): &&(String, String)| {
            attribute == name || !name.contains(':') && local(attribute) == name
        };
        self.attributes.iter().find(named).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// All text in it, as it stands.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(piece) => text.push_str(piece),
                Node::Element(element) => element.add_text(text),
            }
        }
    }

    /// All text in it in one line; none if it is blank. What is escaped HTML is read as that.
    pub(crate) fn line(&self) -> Option<String> {
        let line = prose::line_of(&self.text());
        (!line.is_empty()).then_some(line)
    }

    /// The prose in it: of its elements if they are markup, of escaped HTML if it holds that.
    pub(crate) fn prose(&self) -> String {
        if self.elements().next().is_none() {
            let text = self.text();
            if prose::is_html(&text) {
                return markup::fragment_text(&text);
            }
            if text.contains("&#") || text.contains("&amp;") || text.contains("&quot;") {
                return htmlize::unescape(&text).trim().to_owned();
            }
        }
        self.prose_without(&[])
    }

    /// The prose of its elements, without those that are called like one of `left_out`.
    pub(crate) fn prose_without(&self, left_out: &[&str]) -> String {
        let mut prose = Prose::new();
        self.add_prose(&mut prose, left_out);
        prose.finish()
    }

    fn add_prose(&self, prose: &mut Prose, left_out: &[&str]) {
        for child in &self.children {
            match child {
                Node::Text(text) => prose.text(text),
                Node::Element(element) if left_out.contains(&local(&element.name)) => {}
                Node::Element(element) => {
                    prose.open(&element.name);
                    element.add_prose(prose, left_out);
                    prose.close(&element.name);
                }
            }
        }
    }

    /// Takes a prefix off the names of all elements in it.
    pub(crate) fn without_prefix(mut self, prefix: &str) -> Self {
        if let Some(name) = self.name.strip_prefix(prefix).and_then(|name| name.strip_prefix(':')) {
            self.name = name.to_owned();
        }
        let plain = |child| match child {
            Node::Element(element) => Node::Element(element.without_prefix(prefix)),
            text => text,
        };
        self.children = self.children.into_iter().map(plain).collect();
        self
    }
}

/// The name of the root element, with its prefix; none if the bytes begin like no XML.
pub(crate) fn root_name(bytes: &[u8]) -> Option<&str> {
    let mut rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    for _ in 0..64 {
        let end = match rest {
            [b'<', b'!', b'-', b'-', ..] => memchr::memmem::find(rest, b"-->")? + 3,
            [b'<', b'?', ..] => memchr::memmem::find(rest, b"?>")? + 2,
            [b'<', b'!', ..] => {
                let (close, subset) = (memchr::memchr(b'>', rest)?, memchr::memchr(b'[', rest));
                match subset.filter(|at| *at < close) {
                    Some(_) => {
                        memchr::memmem::find(rest, b"]>").or_else(|| memchr::memmem::find(rest, b"] >"))? + 2
                    }
                    None => close + 1,
                }
            }
            [b'<', first, ..] if first.is_ascii_alphabetic() || *first == b'_' => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
                let length = rest[1..].iter().position(ends)?;
                return std::str::from_utf8(&rest[1..=length]).ok();
            }
            _ => return None,
        };
        rest = rest[end..].trim_ascii_start();
    }
    None
}

/// Decodes a document: what its bytes are, and only then what it says of itself, since that is often not true.
pub(crate) fn decoded(bytes: &[u8]) -> Result<String, Reason> {
    let declared = declared_encoding(bytes);
    let by_escapes = declared.is_some_and(|encoding| encoding == encoding_rs::ISO_2022_JP);
    if by_escapes || std::str::from_utf8(bytes).is_err() {
        let eight_bit = declared.filter(|encoding| {
            *encoding != encoding_rs::UTF_8
                && *encoding != encoding_rs::UTF_16LE
                && *encoding != encoding_rs::UTF_16BE
        });
        if let Some(encoding) = eight_bit {
            return Ok(decode::without_nul(encoding.decode_without_bom_handling(bytes).0.into_owned()));
        }
    }
    decode::text(bytes).map_err(no_encoding)
}

/// What the XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(300)];
    let head = &head[..memchr::memmem::find(head, b"?>")?];
    let value = &head[memchr::memmem::find(head, b"encoding")? + 8..];
    let start = value.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    let label = &value[start + 1..];
    let end = label.iter().position(|byte| matches!(byte, b'"' | b'\''))?;
    Encoding::for_label(&label[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_and_dashes_survive() {
        let (tree, fault) =
            parse("<a><b>Smith &amp; Wesson said &quot;no&quot; &#8212; &mdash; <![CDATA[<&>]]> R&D</b></a>");
        assert_eq!(fault, None);
        let text = tree.find("b").expect("is there").text();
        assert_eq!(text, "Smith & Wesson said \"no\" — — <&> R&D");
    }

    #[test]
    fn what_is_broken_costs_itself() {
        let (tree, _) = parse("<a><b>1 < 2</b><c>open<d>x</a></e><f>after</f>");
        assert_eq!(tree.find("b").expect("is there").text(), "1 < 2");
        assert_eq!(tree.find("d").expect("is there").text(), "x");
        assert_eq!(tree.find("f").expect("is there").text(), "after");
    }

    #[test]
    fn own_entities_are_not_expanded() {
        let (tree, _) = parse("<!DOCTYPE a [<!ENTITY l \"&k;&k;\"><!ENTITY k \"ha\">]><a>&l;</a>");
        assert_eq!(tree.find("a").expect("is there").text(), "&l;");
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}text{}", "<a>".repeat(50_000), "</a>".repeat(50_000));
        assert_eq!(parse(&deep).0.text(), "text");
    }

    #[test]
    fn the_root_is_found_behind_what_precedes_it() {
        for (text, expected) in [
            ("<?xml version='1.0'?>\n<!-- <x> --><!DOCTYPE r [<!ENTITY a \"b\">]>\n<r a='1'>", Some("r")),
            ("<rdf:RDF>", Some("rdf:RDF")),
            ("text <a>", None),
            ("<", None),
        ] {
            assert_eq!(root_name(text.as_bytes()), expected);
        }
    }

    #[test]
    fn a_wrong_declaration_is_not_believed() {
        let said = |encoding: &str, bytes: &[u8]| {
            decoded(&[format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>").as_bytes(), bytes].concat())
                .map(|text| text.rsplit('>').next().unwrap_or_default().to_owned())
        };
        assert_eq!(said("iso-8859-1", "café".as_bytes()).as_deref(), Ok("café"));
        assert_eq!(said("iso-8859-1", b"caf\xE9").as_deref(), Ok("café"));
        assert_eq!(said("utf-8", b"caf\xE9 x").as_deref(), Ok("café x"));
        assert_eq!(said("koi8-r", b"\xE4\xC1").as_deref(), Ok("Да"));
    }
}
