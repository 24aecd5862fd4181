//! Word documents (.docx), one article each: what stands on its pages, in the order in which it is anchored.
//!
//! Headers and footers are left out, since they repeat on each page, and comments, which are no part of the text. Footnotes
//! and endnotes come behind the text, in their order: in an article they name sources.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::fields::language_code;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::office::Parts;
use crate::read::rejection::Reason;
use crate::read::rejection_kind::RejectionKind;
use crate::read::xml::Element;
use crate::read::{dates, members, rejection, whole};

/// The format.
pub(crate) struct Docx;

impl InputFormat for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    /// A spreadsheet begins alike; what the document is shows when it is opened.
    fn recognizes(&self, head: &Opening) -> bool {
        members::is_zip(head.bytes)
            && members::is_office(head.bytes)
            && !head.bytes[30..].starts_with(b"mimetype")
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        // One in which no part is found is rejected as a document.
        let fault = |bytes: &[u8]| {
            Parts::of(bytes).ok()?.fault().map(|fault| Reason::new(RejectionKind::CutOff, fault))
        };
        whole::split_and_check(stream, self, &fault, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let mut parts = Parts::of(&document.bytes)?;
        let Some(tree) = parts.xml("word/document.xml")? else {
            let kind = [("xl/workbook.xml", "a spreadsheet"), ("ppt/presentation.xml", "slides")];
            let kind = kind
                .iter()
                .find(|(part, _)| parts.has(part))
                .map_or("a document of another kind", |(_, kind)| kind);
            let words = format!("it is no text of Word, but {kind}: save it as CSV or text");
            return Err(Reason::new(RejectionKind::Unsupported, words));
        };
        let properties = parts.xml("docProps/core.xml")?.unwrap_or_default();
        let property = |name: &str| properties.find(name).and_then(Element::line);
        let mut paragraphs = Vec::new();
        add_paragraphs(&tree, &mut paragraphs);
        for (part, notes) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
            let Some(tree) = parts.xml(part)? else { continue };
            // Those of a type are the rules between text and notes.
            let notes = tree.find_all(notes);
            notes
                .iter()
                .filter(|note| note.attribute("w:type").is_none_or(|kind| kind == "normal"))
                .for_each(|note| add_paragraphs(note, &mut paragraphs));
        }
        let mut title = property("dc:title");
        let title_is_text = title.is_none() && paragraphs.len() > 1 && paragraphs[0].is_heading;
        if title_is_text {
            title = Some(paragraphs.remove(0).text);
        }
        let body = paragraphs.into_iter().map(|paragraph| paragraph.text).collect::<Vec<_>>().join("\n\n");
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let created = property("dcterms:created");
        let published_at = created.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        let doubts = created.filter(|_| published_at.is_none()).map(|date| dates::doubt(&date));
        let article = Article {
            title,
            body,
            author: property("dc:creator"),
            published_at,
            language: property("dc:language").and_then(|language| language_code(&language)),
            source: document.source.clone(),
            whole_file: document.line.is_none(),
            ..Article::default()
        };
        Ok(ReadArticle {
            article,
            doubts: doubts.into_iter().collect(),
            title_is_text,
            ..ReadArticle::default()
        })
    }
}

struct Paragraph {
    text: String,
    is_heading: bool,
}

/// How deep text may lie in frames, each in the next.
const DEEPEST: usize = 50;

/// The paragraphs in an element that are not blank, those in tables included.
fn add_paragraphs(element: &Element, paragraphs: &mut Vec<Paragraph>) {
    add_paragraphs_at(element, 0, paragraphs);
}

fn add_paragraphs_at(element: &Element, depth: usize, paragraphs: &mut Vec<Paragraph>) {
    for inner in element.elements() {
        match inner.name.as_str() {
            // The same again, for programs that know less.
            "mc:Fallback" | "w:del" | "w:moveFrom" => {}
            "w:p" => {
                let mut text = String::new();
                add_text(inner, &mut text);
                let text = text.trim();
                if !text.is_empty() {
                    let style = inner.at(&["pPr", "pStyle"]).and_then(|style| style.attribute("w:val"));
                    let is_heading = style.is_some_and(|style| style == "Title" || style == "Heading1");
                    paragraphs.push(Paragraph { text: text.to_owned(), is_heading });
                }
                // What is in a frame is anchored in a paragraph, and is made of some.
                if depth < DEEPEST {
                    add_frames(inner, depth, paragraphs);
                }
            }
            _ => add_paragraphs_at(inner, depth, paragraphs),
        }
    }
}

/// The paragraphs in the frames of a paragraph, of each once.
fn add_frames(element: &Element, depth: usize, paragraphs: &mut Vec<Paragraph>) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "mc:Fallback" | "w:del" | "w:moveFrom" => {}
            "w:txbxContent" => add_paragraphs_at(inner, depth + 1, paragraphs),
            _ => add_frames(inner, depth, paragraphs),
        }
    }
}

/// The text of a paragraph as it is printed: without what was deleted, and the codes of fields.
fn add_text(element: &Element, text: &mut String) {
    for inner in element.elements() {
        match inner.name.as_str() {
            "w:t" => text.push_str(&inner.text()),
            "w:tab" | "w:ptab" => text.push(' '),
            "w:br" | "w:cr" => text.push('\n'),
            "w:noBreakHyphen" => text.push('\u{2011}'),
            "w:pPr" | "w:rPr" | "w:del" | "w:moveFrom" | "w:instrText" | "w:txbxContent" | "mc:Fallback" => {}
            _ => add_text(inner, text),
        }
    }
}
