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
use crate::read::{authors, dates, markup, rejection};

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
    let (body, partial) = match texts(item) {
        Some(texts) => {
            (choose(FieldRole::Body, texts.found, Some(texts.taken)), texts.is_summary.then_some("a summary"))
        }
        None => {
            let headline = title.clone().map(|title| ("title", title));
            let spare = headline.or_else(|| Some(("words of its pictures", pictured(item)?)));
            (choose(FieldRole::Body, spare.into_iter().collect(), Some(0)), Some("a headline"))
        }
    };
    let body = body.ok_or_else(rejection::no_text)?;
    let is_summary = partial.is_some();
    doubts.extend(partial.map(|what| format!("there is no text but {what}, which is taken for it")));
    let published = choose(FieldRole::Published, lines(item, DATES), Some(0));
    let published_at = published.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
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
        is_summary,
    };
    Ok(ReadArticle { article, doubts, evidence, ..ReadArticle::default() })
}

/// A value, and the element that it stands in.
type Placed = (&'static str, String);

/// What the elements of these names hold, each as one line.
fn lines(item: &Element, names: &'static [&'static str]) -> Vec<Placed> {
    names.iter().filter_map(|name| Some((*name, item.exactly(name)?.line()?))).collect()
}

/// The texts of an item.
struct Texts {
    found: Vec<Placed>,
    /// The fullest of them.
    taken: usize,
    /// Whether that is but the beginning or the gist of one.
    is_summary: bool,
}

/// The elements that hold a text, and those that hold a summary; many feeds have the text in the latter.
const TEXTS: &[&str] = &["content:encoded", "content", "xhtml:body", "body", "fulltext"];
const SUMMARIES: &[&str] = &["description", "summary"];

/// Where something is said of what an item links to.
const OTHERS: &[&str] = &["dcterms:abstract", "media:description", "itunes:summary", "media:text"];

/// A summary of this length, in characters, is a text.
const LONGEST_SUMMARY: usize = 1_200;

/// How a text ends that was cut, in lower case.
const CUTS: &[&str] = &[
    "…",
    "...",
    "[…]",
    "[...]",
    "read more",
    "continue reading",
    "more »",
    "read on",
    "full story",
    "(more)",
];

/// The texts that an item has: its own, or else what is said of that which it links to.
fn texts(item: &Element) -> Option<Texts> {
    let texts = |names: &'static [&'static str], find: &dyn Fn(&str) -> Option<String>| -> Vec<Placed> {
        let found = names.iter().filter_map(|name| Some((*name, find(name)?)));
        found.filter(|(_, text)| !text.is_empty()).collect()
    };
    let own = |name: &str| item.exactly(name).map(prose);
    let mut found = texts(TEXTS, &own);
    let summaries = found.len();
    found.extend(texts(SUMMARIES, &own));
    if found.is_empty() {
        found = texts(OTHERS, &|name| item.find(name).map(prose));
    }
    let longer =
        |one: usize, other: usize| if found[other].1.len() > found[one].1.len() { other } else { one };
    let taken = (0..found.len()).reduce(longer)?;
    let prose = found[taken].1.as_str();
    let is_short = prose.chars().nth(LONGEST_SUMMARY).is_none();
    let is_summary = taken >= summaries && is_short || is_cut(prose);
    Some(Texts { found, taken, is_summary })
}

/// Whether a text ends with a mark of what was cut off it.
fn is_cut(prose: &str) -> bool {
    let end = prose.trim_end_matches(|mark: char| mark.is_whitespace() || matches!(mark, '→' | '»' | '>'));
    let start = end.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    let end = end[start..].to_lowercase();
    CUTS.iter().any(|cut| end.ends_with(cut))
}

/// What the pictures of an item are said to show, where it has no word.
fn pictured(item: &Element) -> Option<String> {
    let names = [TEXTS, SUMMARIES].concat();
    let contents = names.iter().filter_map(|name| item.exactly(name));
    let alts = contents.flat_map(|content| {
        let mut alts: Vec<String> = content
            .find_all("img")
            .iter()
            .filter_map(|img| img.attribute("alt").map(str::to_owned))
            .collect();
        alts.extend(markup::alternatives(&content.text()));
        alts
    });
    let alts: Vec<String> = alts.map(|alt| alt.trim().to_owned()).filter(|alt| !alt.is_empty()).collect();
    (!alts.is_empty()).then(|| alts.join("\n\n"))
}

/// The prose of a text construct. One that is escaped twice, as some programs do, is read twice.
fn prose(element: &Element) -> String {
    let prose = element.prose();
    let escaped_twice = memchr::memmem::find(prose.as_bytes(), b"</p>").is_some();
    if escaped_twice { markup::fragment_text(&prose) } else { htmlize::unescape(prose).into_owned() }
}

fn authors(item: &Element) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: Option<String>| {
        names.extend(
            name.map(|name| without_address(&name)).into_iter().flat_map(|name| authors::names(&name)),
        );
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
    let names = authors::distinct(names);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(item: &str) -> ReadArticle {
        let bytes = format!("<rss><channel><item>{item}</item></channel></rss>").into_bytes();
        let document = RawDocument {
            source: "a.xml".into(),
            line: Some(1),
            bytes,
            format: &Feed,
            address: None,
            doubts: Vec::new(),
        };
        document.article(&Options::default()).expect("is an article")
    }

    #[test]
    fn what_is_no_whole_text_is_said_so() {
        let long = "The mayor said that the pier would be closed. ".repeat(40);
        for (item, partial) in [
            ("<title>T</title><description>The pier is closed.</description>".to_owned(), true),
            (format!("<title>T</title><description>{long}</description>"), false),
            (format!("<title>T</title><description>{long} [&amp;hellip;]</description>"), true),
            ("<content:encoded>The pier is closed.</content:encoded>".to_owned(), false),
            (format!("<content:encoded>{long} Read more</content:encoded>"), true),
            ("<title>T</title>".to_owned(), true),
        ] {
            assert_eq!(!read(&item).doubts.is_empty(), partial, "{item}");
        }
    }

    #[test]
    fn an_item_of_a_picture_is_read_for_what_that_shows() {
        assert_eq!(
            read("<description>&lt;img src='a' alt='The old pier'&gt;</description>").article.body,
            "The old pier"
        );
    }

    #[test]
    fn authors_in_one_element_are_parted() {
        let item = "<title>T</title><dc:creator>Ana Ruiz and Leo Brandt</dc:creator><author>a@example.org (Ana Ruiz)</author>";
        assert_eq!(read(item).article.author.as_deref(), Some("Ana Ruiz, Leo Brandt"));
    }
}
