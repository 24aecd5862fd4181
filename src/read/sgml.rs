//! SGML of the news collections: Reuters-21578, and the documents of TREC and Gigaword.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::xml::{self, Element};
use crate::read::{dates, lines, nitf, rejection};

/// The format.
pub(crate) struct Sgml;

/// The elements that hold an article each.
const ITEMS: &[&str] = &["REUTERS", "DOC"];

impl InputFormat for Sgml {
    fn name(&self) -> &'static str {
        "sgml"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        xml::root_name(head.bytes).is_some_and(|root| ITEMS.contains(&root))
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        items::split(stream, &Items { names: ITEMS, one_is_the_file: false }, self, emit)
    }

    fn article(&self, document: &RawDocument, _: &Options) -> Result<ReadArticle, String> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let Some(item) = ITEMS.iter().find_map(|name| tree.find(name)) else {
            return Err(fault.unwrap_or_else(rejection::no_text));
        };
        let line = |names: &[&str]| names.iter().find_map(|name| item.find(name)?.line());
        let title = line(&["TITLE", "HEADLINE", "HL", "HEAD", "TI"]);
        let body = body(item).or_else(|| title.clone()).ok_or_else(rejection::no_text)?;
        let published = line(&["DATE", "DATE_TIME", "DATETIME", "PUBDATE", "DATE1", "DD"]);
        let id = line(&["DOCNO", "DOCID"]).or_else(|| ["NEWID", "id"].iter().find_map(|name| item.attribute(name).map(str::to_owned)));
        let mut published_at = published.as_deref().and_then(dates::parse);
        if published_at.is_none() {
            published_at = id.as_deref().and_then(date_in_id);
        }
        let doubts = published.filter(|_| published_at.is_none()).map(|printed| dates::doubt(&printed));
        let article = Article {
            external_id: id,
            title,
            body,
            author: line(&["AUTHOR", "BYLINE"]).and_then(|byline| nitf::without_by(&byline)),
            published_at,
            source: document.source.clone(),
            ..Article::default()
        };
        Ok(ReadArticle { article, doubts: doubts.into_iter().chain(fault).collect() })
    }
}

/// The text with the dateline that it begins with; none if it is blank.
fn body(item: &Element) -> Option<String> {
    let text = item.find("BODY").filter(|body| body.find("TEXT").is_none()).or_else(|| item.find("TEXT"))?;
    let is_unparted = text.elements().next().is_none();
    let own = text.find("TITLE").is_some() && text.find("BODY").is_none();
    let prose = if is_unparted {
        lines::joined(text.text().trim_start_matches('\n'))
    } else if own {
        // Only a headline: what stands beside it is no text.
        text.prose_without(&["TITLE", "DATELINE", "AUTHOR"])
    } else {
        text.prose_without(&["HEADLINE", "TITLE", "DATELINE"])
    };
    let dateline = item.find("DATELINE").map(|dateline| dateline.text().trim().to_owned()).filter(|dateline| !dateline.is_empty());
    let prose = prose.trim();
    match (prose, dateline) {
        ("", _) => None,
        (prose, Some(dateline)) if !prose.starts_with(dateline.as_str()) => Some(format!("{dateline} {prose}")),
        (prose, _) => Some(prose.to_owned()),
    }
}

/// The date in the id of a document that has no other: `NYT_ENG_19990713.0123`, `APW19980601.0003`.
fn date_in_id(id: &str) -> Option<String> {
    let digits = |start: usize| id.get(start..start + 8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    (0..id.len()).find_map(digits).and_then(dates::parse)
}
