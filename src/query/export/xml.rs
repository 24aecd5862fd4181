//! XML 1.0 as it is written piece by piece. What XML cannot hold in any form, as most control characters, becomes U+FFFD.

use std::borrow::Cow;
use std::io::Write;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::error::Error;

/// Names and values of attributes.
type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Writes elements.
pub(super) struct Xml<'o> {
    writer: Writer<&'o mut dyn Write>,
}

impl<'o> Xml<'o> {
    /// Begins a document.
    pub(super) fn new(out: &'o mut dyn Write) -> Result<Self, Error> {
        let mut xml = Xml { writer: Writer::new_with_indent(out, b' ', 1) };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(xml)
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), Error> {
        self.event(Event::Start(start(name, attributes)))
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self, name: &str) -> Result<(), Error> {
        self.event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), Error> {
        self.event(Event::Empty(start(name, attributes)))
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> Result<(), Error> {
        self.open(name, attributes)?;
        self.event(Event::Text(BytesText::new(&allowed(text))))?;
        self.close(name)
    }

    /// Ends the document.
    pub(super) fn finish(mut self) -> Result<(), Error> {
        let out = self.writer.get_mut();
        out.write_all(b"\n").and_then(|()| out.flush()).map_err(Error::output)
    }

    fn event(&mut self, event: Event<'_>) -> Result<(), Error> {
        self.writer.write_event(event).map_err(Error::output)
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*allowed(value)));
    }
    start
}

/// The text with U+FFFD for what is no character of XML 1.0.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_allowed = |character: char| {
        matches!(character,
            '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
    };
    if text.chars().all(is_allowed) {
        return Cow::Borrowed(text);
    }
    let replaced = |character: char| if is_allowed(character) { character } else { '\u{FFFD}' };
    Cow::Owned(text.chars().map(replaced).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_well_formed() -> Result<(), Error> {
        let hostile = "a\"<b>&amp;\u{1b}\0\u{ffff}\u{9b}é";
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out)?;
        xml.open("a", &[("b", "one\n\u{1}two")])?;
        xml.text("c", &[("d", hostile)], hostile)?;
        xml.empty("e", &[])?;
        xml.close("a")?;
        xml.finish()?;
        let escaped = "a&quot;&lt;b&gt;&amp;amp;\u{fffd}\u{fffd}\u{fffd}\u{9b}é";
        let expected = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"one&#10;\u{fffd}two\">\n <c d=\"{escaped}\">{escaped}</c>\n \
             <e/>\n</a>\n"
        );
        assert_eq!(String::from_utf8_lossy(&out), expected);
        Ok(())
    }
}
