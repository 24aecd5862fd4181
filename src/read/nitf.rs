//! NITF: one article a document, as agencies send it.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::fields::language_code;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{dates, lines, markup, rejection};

/// The format.
pub(crate) struct Nitf;

impl InputFormat for Nitf {
    fn name(&self) -> &'static str {
        "nitf"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        xml::root_name(head.bytes).is_some_and(|root| xml::local(root) == "nitf")
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        items::split(stream, &Items { names: &["nitf"], one_is_the_file: true }, self, emit)
    }

    fn article(&self, document: &RawDocument, _: &Options) -> Result<ReadArticle, Reason> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let Some(nitf) = tree.find("nitf") else {
            return Err(fault.map_or_else(rejection::no_text, Reason::from));
        };
        let mut reading = article(nitf)?;
        reading.article.source.clone_from(&document.source);
        reading.article.whole_file = document.line.is_none();
        reading.doubts.extend(fault);
        Ok(reading)
    }
}

/// What is no part of the text: pictures with their captions, and the notes of the agency.
const LEFT_OUT: &[&str] = &["media", "media-caption", "ed-msg"];

/// Reads the element `nitf`, of whatever document it is part.
pub(crate) fn article(nitf: &Element) -> Result<ReadArticle, Reason> {
    let title = nitf.find("hl1").or_else(|| nitf.find("hedline")).and_then(Element::line);
    let title = title.or_else(|| nitf.at(&["head", "title"]).and_then(Element::line));
    // A note of the agency has a content of its own.
    let contents: Vec<String> = nitf.find_all("body.content").into_iter().map(body).collect();
    let content = contents.into_iter().filter(|text| !text.is_empty());
    let content = content.reduce(|one, other| format!("{one}\n\n{other}"));
    let content = content
        .or_else(|| nitf.find("body").map(|body| body.prose_without(&["body.head", "body.end", "media"])));
    let body = content.filter(|body| !body.is_empty()).ok_or_else(rejection::no_text)?;
    let attribute = |element: &str, name: &str| nitf.find(element)?.attribute(name).map(str::to_owned);
    let published = attribute("date.issue", "norm")
        .or_else(|| attribute("date.release", "norm"))
        .or_else(|| attribute("pubdata", "date.publication"))
        .or_else(|| attribute("story.date", "norm"));
    let published_at = published.as_deref().and_then(dates::parse);
    let doubts = published.filter(|_| published_at.is_none()).map(|printed| dates::doubt(&printed));
    let language = nitf.attribute("xml:lang").or_else(|| nitf.find("body.content")?.attribute("xml:lang"));
    let article = Article {
        external_id: attribute("doc-id", "id-string"),
        title,
        body,
        author: nitf.find("byline").and_then(author),
        publisher: attribute("pubdata", "name").or_else(|| attribute("doc.copyright", "holder")),
        published_at,
        url: attribute("pubdata", "ex-ref").filter(|address| address.starts_with("http")),
        language: language.and_then(language_code),
        ..Article::default()
    };
    Ok(ReadArticle { article, doubts: doubts.into_iter().collect(), ..ReadArticle::default() })
}

/// The text of a content element; escaped HTML is read as that.
pub(crate) fn body(content: &Element) -> String {
    let prose =
        if content.elements().next().is_none() { content.prose() } else { content.prose_without(LEFT_OUT) };
    let prose =
        if prose.contains("</p>") || prose.contains("<br") { markup::fragment_text(&prose) } else { prose };
    // Older systems send text that was cut into lines.
    lines::joined(&prose).trim().to_owned()
}

/// The names in a byline, without the word before them and the title behind.
fn author(byline: &Element) -> Option<String> {
    let people: Vec<String> = byline.find_all("person").into_iter().filter_map(Element::line).collect();
    if !people.is_empty() {
        return Some(people.join(", "));
    }
    let prose = byline.prose_without(&["byttl"]);
    without_by(prose.lines().next().unwrap_or_default())
}

/// A byline without the word that it begins with.
pub(crate) fn without_by(byline: &str) -> Option<String> {
    let byline = byline.trim();
    let named =
        byline.get(..3).filter(|start| start.eq_ignore_ascii_case("by ")).map_or(byline, |_| &byline[3..]);
    let named = named.trim().trim_end_matches([',', ';', '=', '<']).trim();
    (!named.is_empty()).then(|| named.to_owned())
}
