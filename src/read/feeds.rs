//! Feeds in XML: RSS of all versions and Atom, an article an item.
//!
//! Items are cut out of the stream and read one by one, so that a broken one costs no other.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::evidence::Evidence;
use crate::read::fields::FieldRole;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{dates, markup, rejection};

/// The format.
pub(crate) struct Feed;

impl InputFormat for Feed {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let Some(root) = xml::root_name(head.bytes) else { return false };
        let of_rdf = root == "rdf:RDF" && memchr::memmem::find(head.bytes, b"purl.org/rss/1.0").is_some();
        of_rdf || matches!(xml::local(root), "rss" | "feed" | "entry" | "channel")
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        items::split(stream, &Items { names: &["item", "entry"], one_is_the_file: false }, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, item) = item_of(document)?;
        article(&tree, &item, document, options)
    }
}

/// The feed and the item in it, the latter without the prefix that its name may have.
pub(crate) fn item_of(document: &RawDocument) -> Result<(Element, Element), Reason> {
    let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
    let found = tree.find("item").or_else(|| tree.find("entry"));
    let Some(item) = found else { return Err(fault.map_or_else(rejection::no_text, Reason::from)) };
    let item = item.clone();
    Ok((
        tree,
        match item.name.split_once(':') {
            Some((prefix, _)) => {
                let prefix = prefix.to_owned();
                item.without_prefix(&prefix)
            }
            None => item,
        },
    ))
}

/// Reads an item; what its feed says holds for it, too.
pub(crate) fn article(
    feed: &Element,
    item: &Element,
    document: &RawDocument,
    options: &Options,
) -> Result<ReadArticle, Reason> {
    let mut doubts = Vec::new();
    let mut evidence = Evidence::default();
    let mut choose = |role: FieldRole, found: Vec<Placed>, taken: Option<usize>| {
        for (at, (place, value)) in found.iter().enumerate().filter(|_| options.evidence) {
            evidence.find(role, *place, value, Some(at) == taken);
        }
        found.into_iter().nth(taken?).map(|(_, value)| value)
    };
    let title = choose(FieldRole::Title, lines(item, &["title", "media:title", "dc:title"]), Some(0));
    let texts = texts(item);
    let longest =
        (0..texts.len()).reduce(|one, at| if texts[at].1.len() > texts[one].1.len() { at } else { one });
    let mut body = choose(FieldRole::Body, texts, longest);
    if body.is_none() {
        let headline = title.iter().map(|title| ("title", title.clone())).collect();
        body = choose(FieldRole::Body, headline, Some(0));
    }
    let body = body.ok_or_else(rejection::no_text)?;
    let published = choose(FieldRole::Published, lines(item, DATES), Some(0));
    let published_at = published.as_deref().and_then(dates::parse);
    if let Some(printed) = published.filter(|_| published_at.is_none()) {
        doubts.push(dates::doubt(&printed));
    }
    let channel = feed.find("channel").or_else(|| feed.find("feed"));
    let named = |name| channel.and_then(|channel| channel.exactly(name)).and_then(Element::line);
    let source =
        item.exactly("source").filter(|source| source.attribute("url").is_some()).and_then(Element::line);
    let source_feed = item.at(&["source", "title"]).and_then(Element::line);
    let language = item
        .attribute("xml:lang")
        .map(str::to_owned)
        .or_else(|| named("language"))
        .or_else(|| named("dc:language"));
    let language =
        language.or_else(|| feed.find("feed").and_then(|feed| feed.attribute("xml:lang")).map(str::to_owned));
    let authors = authors(item).map(|authors| ("author or creator", authors));
    let author = choose(FieldRole::Author, authors.into_iter().collect(), Some(0));
    let publishers = [
        ("source", source.or(source_feed)),
        ("title of the feed", named("title").or_else(|| named("atom:title"))),
    ];
    let publishers = publishers.into_iter().filter_map(|(place, name)| Some((place, name?))).collect();
    let publisher = choose(FieldRole::Publisher, publishers, Some(0));
    let article = Article {
        external_id: item.exactly("guid").or_else(|| item.exactly("id")).and_then(Element::line),
        title,
        body,
        author,
        publisher,
        published_at,
        url: address(item),
        language: language.and_then(|language| crate::read::fields::language_code(&language)),
        source: document.source.clone(),
        whole_file: document.line.is_none(),
    };
    Ok(ReadArticle { article, doubts, evidence, ..ReadArticle::default() })
}

/// A value, and the element that it stands in.
type Placed = (&'static str, String);

/// What the elements of these names hold, each as one line.
fn lines(item: &Element, names: &'static [&'static str]) -> Vec<Placed> {
    names.iter().filter_map(|name| Some((*name, item.exactly(name)?.line()?))).collect()
}

/// The texts that an item has: those of its own, or else those that are said of what it links to.
fn texts(item: &Element) -> Vec<Placed> {
    const OWN: &[&str] =
        &["content:encoded", "content", "description", "summary", "xhtml:body", "body", "fulltext"];
    const OTHERS: &[&str] = &["dcterms:abstract", "media:description", "itunes:summary", "media:text"];
    let texts = |names: &'static [&'static str], find: &dyn Fn(&str) -> Option<String>| -> Vec<Placed> {
        let found = names.iter().filter_map(|name| Some((*name, find(name)?)));
        found.filter(|(_, text)| !text.is_empty()).collect()
    };
    let own = texts(OWN, &|name| item.exactly(name).map(prose));
    if own.is_empty() { texts(OTHERS, &|name| item.find(name).map(prose)) } else { own }
}

/// The prose of a text construct. One that is escaped twice, as some programs do, is read twice.
fn prose(element: &Element) -> String {
    let prose = element.prose();
    let escaped_twice = memchr::memmem::find(prose.as_bytes(), b"</p>").is_some();
    if escaped_twice { markup::fragment_text(&prose) } else { prose }
}

fn authors(item: &Element) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: Option<String>| {
        let name = name.map(|name| without_address(&name)).filter(|name| !name.is_empty());
        names.extend(name.filter(|name| !names.contains(name)).into_iter().collect::<Vec<_>>());
    };
    for author in item.elements().filter(|element| element.name == "author") {
        let name = author.exactly("name").or_else(|| author.exactly("email"));
        add(name.map_or_else(|| author.line(), Element::line));
    }
    for name in ["dc:creator", "creator", "dc:author"] {
        item.elements().filter(|element| element.name == name).for_each(|author| add(author.line()));
    }
    if names.is_empty() {
        let author =
            item.elements().find(|element| element.name == "itunes:author" || element.name == "media:credit");
        names.extend(author.and_then(Element::line));
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// The name in `ann@example.org (Ann Lee)` and in `Ann Lee (mailto:ann@example.org)`.
fn without_address(author: &str) -> String {
    let author = author.trim();
    let Some((before, inside)) = author.strip_suffix(')').and_then(|author| author.split_once('(')) else {
        return author.to_owned();
    };
    let name = if before.contains('@') {
        inside
    } else if inside.contains('@') {
        before
    } else {
        author
    };
    name.trim().to_owned()
}

/// The elements that date an item, the surest first.
const DATES: &[&str] = &[
    "pubDate",
    "published",
    "issued",
    "dc:date",
    "pubdate",
    "dcterms:issued",
    "dcterms:created",
    "created",
    "date",
    "updated",
    "modified",
    "dcterms:modified",
];

/// Where an item was published: its link, or its id where that is an address.
fn address(item: &Element) -> Option<String> {
    let original = item.exactly("feedburner:origLink").and_then(Element::line);
    let links = item.elements().filter(|element| element.name == "link");
    let mut alternate = links.filter(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let link = alternate.find_map(|link| link.attribute("href").map(str::to_owned).or_else(|| link.line()));
    let guid = item.exactly("guid").filter(|guid| guid.attribute("isPermaLink") != Some("false"));
    let id = guid.or_else(|| item.exactly("id")).and_then(Element::line).filter(|id| id.starts_with("http"));
    let about = item.attribute("rdf:about").map(str::to_owned);
    original.or(link).or(id).or(about)
}
