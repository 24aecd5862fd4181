//! NewsML, 1.2 and G2: an article a news item, whatever the item's text is wrapped in.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::fields::language_code;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::rejection_kind::RejectionKind;
use crate::read::xml::{self, Element};
use crate::read::{authors, dates, nitf, rejection};

/// The format.
pub(crate) struct NewsMl;

impl InputFormat for NewsMl {
    fn name(&self) -> &'static str {
        "newsml"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let is_root = |root| matches!(xml::local(root), "NewsML" | "newsMessage" | "newsItem" | "NewsItem");
        xml::root_name(head.bytes).is_some_and(is_root)
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        items::split(stream, &Items { names: &["newsItem", "NewsItem"], one_is_the_file: true }, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let found = tree.find("newsItem").or_else(|| tree.find("NewsItem"));
        let Some(item) = found else { return Err(fault.map_or_else(rejection::no_text, Reason::from)) };
        let mut reading = article(&tree, item, options)?;
        reading.article.source.clone_from(&document.source);
        reading.article.whole_file = document.line.is_none();
        reading.doubts.extend(fault);
        Ok(reading)
    }
}

/// Elements that hold the text of an item, of both versions.
const CONTENT: &[&str] = &["DataContent", "inlineXML", "inlineData"];

fn article(message: &Element, item: &Element, options: &Options) -> Result<ReadArticle, Reason> {
    let inner =
        item.find("nitf").and_then(|nitf| nitf::article(nitf, options).ok()).map(|reading| reading.article);
    let contents = CONTENT.iter().flat_map(|name| item.find_all(name));
    let texts = contents.map(|content| match content.find("body.content").or_else(|| content.find("body")) {
        Some(body) => nitf::body(body),
        None => nitf::body(content),
    });
    let longest = texts
        .filter(|text| !text.is_empty())
        .reduce(|one, other| if other.len() > one.len() { other } else { one });
    let Some(mut body) = longest else { return Err(without_text(item)) };
    // Notes that are as long as to have paragraphs stand below the text, as the agency sends them.
    for note in item.find_all("edNote").into_iter().filter(|note| note.find("p").is_some()) {
        body = format!("{body}\n\n{}", note.prose());
    }
    let line = |names: &[&str]| names.iter().find_map(|name| item.find(name)?.line());
    let published =
        line(&["contentCreated", "FirstCreated", "firstCreated", "versionCreated", "ThisRevisionCreated"]);
    let published = published.or_else(|| message.find("DateAndTime").and_then(Element::line));
    let mut published_at = published.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
    let mut doubts: Vec<String> = published
        .filter(|_| published_at.is_none())
        .map(|printed| dates::doubt(&printed))
        .into_iter()
        .collect();
    let inner = inner.unwrap_or_default();
    if published_at.is_none() && inner.published_at.is_some() {
        published_at = inner.published_at;
        doubts.clear();
    }
    let headline = line(&["HeadLine", "headline"]).or(inner.title);
    let article = Article {
        external_id: item
            .attribute("guid")
            .map(str::to_owned)
            .or_else(|| line(&["PublicIdentifier", "NewsItemId"])),
        title: headline
            .or_else(|| heading(item))
            .or_else(|| line(&["title", "SlugLine", "slugline", "NameLabel"])),
        body,
        author: line(&["ByLine", "by"])
            .and_then(|byline| authors::joined(&byline))
            .or(inner.author)
            .or_else(|| creator(item)),
        publisher: provider(item).or(inner.publisher),
        published_at,
        language: language(item).or(inner.language),
        ..Article::default()
    };
    Ok(ReadArticle { article, doubts, ..ReadArticle::default() })
}

/// The heading in the text of an item that has no headline of its own.
fn heading(item: &Element) -> Option<String> {
    let contents = CONTENT.iter().flat_map(|name| item.find_all(name));
    contents.into_iter().find_map(|content| content.find("h1").or_else(|| content.find("title"))?.line())
}

/// Why an item without a text is rejected: a picture is no article.
fn without_text(item: &Element) -> Reason {
    let class = item.find("itemClass").and_then(|class| class.attribute("qcode"));
    let kind = class.map(|class| xml::local(class).to_owned());
    let kind = kind.or_else(|| item.find("MediaType")?.attribute("FormalName").map(str::to_owned));
    match kind.filter(|kind| !kind.eq_ignore_ascii_case("text")) {
        Some(kind) => {
            let words = format!("it is no article, but of the kind {}", rejection::shortened(&kind));
            Reason::new(RejectionKind::NoArticle, words)
        }
        None => rejection::no_text(),
    }
}

fn creator(item: &Element) -> Option<String> {
    let people = item.find_all("creator").into_iter().filter_map(|creator| {
        creator
            .find("name")
            .and_then(Element::line)
            .or_else(|| creator.attribute("literal").map(str::to_owned))
    });
    let names: Vec<String> = people.collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn provider(item: &Element) -> Option<String> {
    let provider = item.find("provider").or_else(|| item.find("Provider"));
    let named = provider.and_then(|provider| {
        let name = provider.find("name").and_then(Element::line);
        let party = provider.find("Party").and_then(|party| party.attribute("FormalName"));
        name.or_else(|| provider.attribute("literal").or(party).map(str::to_owned))
    });
    named.or_else(|| item.find("ProviderId").and_then(Element::line))
}

fn language(item: &Element) -> Option<String> {
    let tag = item.find("language").and_then(|language| language.attribute("tag"));
    let formal = item.find("Language").and_then(|language| language.attribute("FormalName"));
    tag.or(formal).or_else(|| item.attribute("xml:lang")).and_then(language_code)
}
