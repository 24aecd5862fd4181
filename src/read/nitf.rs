//! NITF: one article a document, as agencies send it.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::fields::language_code;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{authors, dates, lines, markup, rejection};

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

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let Some(nitf) = tree.find("nitf") else {
            return Err(fault.map_or_else(rejection::no_text, Reason::from));
        };
        let mut reading = article(nitf, options)?;
        reading.article.source.clone_from(&document.source);
        reading.article.whole_file = document.line.is_none();
        reading.doubts.extend(fault);
        Ok(reading)
    }
}

/// What is no part of the text: pictures with their captions, and the notes of the agency.
const LEFT_OUT: &[&str] = &["media", "media-caption", "ed-msg"];

/// Reads the element `nitf`, of whatever document it is part.
pub(crate) fn article(nitf: &Element, options: &Options) -> Result<ReadArticle, Reason> {
    let title = nitf.find("hl1").or_else(|| nitf.find("hedline")).and_then(Element::line);
    let title = title.or_else(|| nitf.at(&["head", "title"]).and_then(Element::line));
    // A note of the agency has a content of its own.
    let contents: Vec<String> = nitf.find_all("body.content").into_iter().map(body).collect();
    let content = contents.into_iter().filter(|text| !text.is_empty());
    let content = content.reduce(|one, other| once(&format!("{one}\n\n{other}")));
    let content = content
        .or_else(|| nitf.find("body").map(|body| body.prose_without(&["body.head", "body.end", "media"])));
    let summary = || nitf.find("abstract").map(Element::prose).filter(|summary| !summary.is_empty());
    let (body, partial) = match content.filter(|body| !body.is_empty()) {
        Some(body) => (body, None),
        None => (
            summary().ok_or_else(rejection::no_text)?,
            Some("there is no text but a summary, which is taken for it".to_owned()),
        ),
    };
    let attribute = |element: &str, name: &str| nitf.find(element)?.attribute(name).map(str::to_owned);
    let published = attribute("date.issue", "norm")
        .or_else(|| attribute("date.release", "norm"))
        .or_else(|| attribute("pubdata", "date.publication"))
        .or_else(|| attribute("story.date", "norm"));
    let published_at = published.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
    let doubts = published.filter(|_| published_at.is_none()).map(|printed| dates::doubt(&printed));
    let is_summary = partial.is_some();
    let doubts = partial.into_iter().chain(doubts).collect();
    let language = nitf.attribute("xml:lang").or_else(|| nitf.find("body.content")?.attribute("xml:lang"));
    let article = Article {
        external_id: attribute("doc-id", "id-string"),
        title,
        body,
        author: nitf.find("byline").and_then(author).and_then(|byline| authors::joined(&byline)),
        publisher: attribute("pubdata", "name").or_else(|| attribute("doc.copyright", "holder")),
        published_at,
        url: attribute("pubdata", "ex-ref").filter(|address| address.starts_with("http")),
        language: language.and_then(language_code),
        is_summary,
        ..Article::default()
    };
    Ok(ReadArticle { article, doubts, ..ReadArticle::default() })
}

/// The text of a content element; escaped HTML is read as that.
pub(crate) fn body(content: &Element) -> String {
    let prose =
        if content.elements().next().is_none() { content.prose() } else { content.prose_without(LEFT_OUT) };
    let prose =
        if prose.contains("</p>") || prose.contains("<br") { markup::fragment_text(&prose) } else { prose };
    // Older systems send text that was cut into lines.
    once(lines::joined(&prose).trim())
}

/// A shorter paragraph may well stand twice, in bytes.
const SHORTEST_LEAD: usize = 40;

/// How many paragraphs a lead has at most.
const LONGEST_LEAD: usize = 8;

/// A text without its lead, where the full text that follows begins with that again.
fn once(text: &str) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").map(str::trim).collect();
    let is_again = |count: &usize| {
        let (lead, rest) = paragraphs.split_at(*count);
        lead.iter().map(|paragraph| paragraph.len()).sum::<usize>() >= SHORTEST_LEAD
            && rest.len() >= *count
            && lead.iter().zip(rest).all(|(one, other)| one == other)
    };
    // The place may stand before it in the full text.
    let begins_next = |next: &&&str| paragraphs[0].len() >= SHORTEST_LEAD && next.contains(paragraphs[0]);
    let lead = (1..=LONGEST_LEAD.min(paragraphs.len() / 2)).rev().find(is_again);
    let lead = lead.or_else(|| paragraphs.get(1).filter(begins_next).map(|_| 1));
    lead.map_or_else(|| text.to_owned(), |count| paragraphs[count..].join("\n\n"))
}

/// The names in a byline, without the word before them and the title behind.
fn author(byline: &Element) -> Option<String> {
    let people: Vec<String> = byline.find_all("person").into_iter().filter_map(Element::line).collect();
    if !people.is_empty() {
        return Some(people.join(", "));
    }
    let prose = byline.prose_without(&["byttl"]);
    prose.lines().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAD: &str = "The bridge over the Tidewell will be closed for a year.";

    #[test]
    fn a_lead_is_not_stored_twice() {
        for (content, expected) in [
            (
                format!("<block><p>{LEAD}</p></block><block><p>{LEAD}</p><p>More.</p></block>"),
                format!("{LEAD}\n\nMore."),
            ),
            (
                format!("<p>{LEAD}</p><p>PORT MERROW - {LEAD} It is old.</p>"),
                format!("PORT MERROW - {LEAD} It is old."),
            ),
            ("<p>No.</p><p>No.</p>".to_owned(), "No.\n\nNo.".to_owned()),
        ] {
            let (tree, _) =
                xml::parse(&format!("<nitf><body><body.content>{content}</body.content></body></nitf>"));
            let reading =
                article(tree.find("nitf").expect("is there"), &Options::default()).expect("is an article");
            assert_eq!(reading.article.body, expected, "{content}");
        }
        let (tree, _) = xml::parse(&format!(
            "<nitf><body><body.head><abstract><p>{LEAD}</p></abstract></body.head><body.content/></body></nitf>"
        ));
        let reading =
            article(tree.find("nitf").expect("is there"), &Options::default()).expect("is an article");
        assert_eq!((reading.article.body.as_str(), reading.doubts.len()), (LEAD, 1));
    }
}
