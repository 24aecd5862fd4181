//! MediaWiki exports: a page an article, its wikitext made prose. Pages that lead to others, and those of other namespaces
//! than that of articles, are passed over.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::fields::language_code;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{dates, rejection, wikitext};

/// The format.
pub(crate) struct MediaWiki;

impl InputFormat for MediaWiki {
    fn name(&self) -> &'static str {
        "mediawiki"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        xml::root_name(head.bytes) == Some("mediawiki")
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let items = Items { names: &["page"], one_is_the_file: false };
        items::split(stream, &items, self, &mut |found| match found {
            Found::Document(document) if is_no_article(&document.bytes) => {
                emit(Found::Skipped(format!("{}:{}", document.source, document.line.unwrap_or(1))))
            }
            found => emit(found),
        })
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let Some(page) = tree.find("page") else {
            return Err(fault.map_or_else(rejection::no_text, Reason::from));
        };
        let revision = page.all("revision").last().unwrap_or(page);
        let source = revision.at(&["text"]).map(Element::text).unwrap_or_default();
        let wikitext::Page { prose, date } = wikitext::read(&source);
        if prose.is_empty() {
            return Err(rejection::no_text());
        }
        let wiki = tree.find("mediawiki");
        let title = page.at(&["title"]).and_then(Element::line);
        let base = wiki.and_then(|wiki| wiki.find("base")?.line());
        let address = |base: String| {
            let (start, _) = base.rsplit_once('/')?;
            Some(format!("{start}/{}", title.as_deref()?.replace(' ', "_")))
        };
        // A page is changed for years; the day that an article of news is of stands in it.
        let of_text = date.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        let doubts =
            date.filter(|date| of_text.is_none() && dates::is_date(date)).map(|date| dates::doubt(&date));
        let changed = || dates::parse(&revision.at(&["timestamp"])?.line()?);
        let article = Article {
            external_id: page.at(&["id"]).and_then(Element::line),
            url: base.and_then(address),
            body: prose,
            publisher: wiki.and_then(|wiki| wiki.find("sitename")?.line()),
            published_at: of_text.or_else(changed),
            language: wiki.and_then(|wiki| wiki.attribute("xml:lang")).and_then(language_code),
            title,
            source: document.source.clone(),
            ..Article::default()
        };
        Ok(ReadArticle {
            article,
            doubts: doubts.into_iter().chain(fault).collect(),
            ..ReadArticle::default()
        })
    }
}

/// Whether a page is none of the articles, told without reading it.
fn is_no_article(page: &[u8]) -> bool {
    let start = memchr::memmem::rfind(page, b"<page>").unwrap_or(0);
    let page = &page[start..];
    let head = &page[..memchr::memmem::find(page, b"<revision>").unwrap_or(page.len())];
    let namespace = memchr::memmem::find(head, b"<ns>").map(|at| &head[at + 4..]);
    memchr::memmem::find(head, b"<redirect ").is_some()
        || namespace.is_some_and(|namespace| !namespace.starts_with(b"0<"))
}
