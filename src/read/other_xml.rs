//! XML of other makes: elements are known by the names that fields of records have.
//!
//! A record is an element with a text of its own. Of several of one name each is an article; one alone is the file's.

use std::ops::ControlFlow;

use crate::read::fields::FieldRole;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{record, rejection};

/// The format.
pub(crate) struct OtherXml;

/// Elements that hold an article each, where a file holds many.
const ITEMS: &[&str] = &[
    "article",
    "Article",
    "ARTICLE",
    "doc",
    "document",
    "Document",
    "story",
    "Story",
    "STORY",
    "record",
    "Record",
    "row",
    "Row",
    "newsitem",
    "NewsStory",
    "news",
    "post",
    "nitf-document",
    "url",
];

impl InputFormat for OtherXml {
    fn name(&self) -> &'static str {
        "xml"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let Some(root) = xml::root_name(head.bytes) else { return false };
        let declared = head.bytes.trim_ascii_start().starts_with(b"<?xml")
            || head.bytes.starts_with(b"\xEF\xBB\xBF<?xml");
        (declared || head.extension == "xml")
            && !matches!(xml::local(root).to_ascii_lowercase().as_str(), "html" | "svg" | "plist")
    }

    fn split(&'static self, mut stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        // Whether the root is a list of records shows at its beginning.
        let (head, input) = match crate::read::decode::peek(stream.input, 64 << 10) {
            Ok(peeked) => peeked,
            Err(error) => {
                return emit(crate::read::format::Found::Rejected(rejection::Rejection::new(
                    stream.source,
                    None,
                    rejection::broken(&error),
                )));
            }
        };
        stream.input = input;
        let root = xml::root_name(&head).map(|root| xml::local(root).to_owned()).unwrap_or_default();
        match records(&head, &root) {
            Some(names) => items::split(stream, &Items { names, one_is_the_file: false }, self, emit),
            None => crate::read::whole::split(stream, self, emit),
        }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let found = ITEMS
            .iter()
            .filter_map(|name| tree.find(name))
            .find(|item| has_text(item))
            .or_else(|| tree.elements().last());
        let Some(item) = found else { return Err(fault.map_or_else(rejection::no_text, Reason::from)) };
        let mut reading = record::article_of(&fields(item), document, options)?;
        reading.doubts.extend(fault);
        Ok(reading)
    }
}

/// The name of the elements below the root that are records: the first that may be some, and of which one has a text. One name
/// alone, since what is a record in one file is a field of one in another: `url`, `story`.
fn records(head: &[u8], root: &str) -> Option<&'static [&'static str]> {
    let is_there =
        |name: &str| name != root && memchr::memmem::find(head, format!("<{name}").as_bytes()).is_some();
    if !ITEMS.iter().any(|name| is_there(name)) {
        return None;
    }
    let (tree, _) = xml::parse(&String::from_utf8_lossy(head));
    let is_record = |name: &&str| is_there(name) && tree.find_all(name).into_iter().any(has_text);
    ITEMS.iter().find(|name| is_record(name)).map(std::slice::from_ref)
}

fn is_role(name: &str, role: FieldRole) -> bool {
    role.goes_by(xml::local(name))
}

fn has_text(element: &Element) -> bool {
    element
        .elements()
        .any(|inner| is_role(&inner.name, FieldRole::Body) && inner.line().is_some() && !has_text(inner))
}

/// An element as the fields of a record: its attributes, and the elements in it, those of the outermost level first.
fn fields(item: &Element) -> serde_json::Map<String, serde_json::Value> {
    let mut fields = serde_json::Map::new();
    let mut level: Vec<&Element> = vec![item];
    for _ in 0..4 {
        for element in &level {
            for inner in element.elements() {
                let name = xml::local(&inner.name);
                if is_role(name, FieldRole::Body) && has_text(inner) {
                    continue;
                }
                let value = if is_role(name, FieldRole::Body) {
                    Some(inner.prose()).filter(|text| !text.is_empty())
                } else {
                    inner.line()
                };
                let Some(value) = value else { continue };
                match fields.get_mut(name) {
                    // Several authors, or the paragraphs of a text.
                    Some(serde_json::Value::Array(values)) if level.len() == 1 => values.push(value.into()),
                    Some(before) if level.len() == 1 => *before = vec![before.take(), value.into()].into(),
                    Some(_) => {}
                    None => {
                        fields.insert(name.to_owned(), value.into());
                    }
                }
            }
        }
        level = level.into_iter().flat_map(Element::elements).collect();
        if fields.keys().any(|name| is_role(name, FieldRole::Body)) {
            break;
        }
    }
    for name in ["id", "url", "date", "lang", "xml:lang"] {
        if let Some(value) = item.attribute(name) {
            fields.entry(xml::local(name)).or_insert_with(|| value.into());
        }
    }
    fields
}
