//! SGML of the news collections: Reuters-21578, and the documents of TREC and Gigaword.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{authors, dates, lines, rejection};

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

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, fault) = xml::parse(&xml::decoded(&document.bytes)?);
        let Some(item) = ITEMS.iter().find_map(|name| tree.find(name)) else {
            return Err(fault.map_or_else(rejection::no_text, Reason::from));
        };
        let line = |names: &[&str]| names.iter().find_map(|name| item.find(name)?.line());
        let title = line(&["TITLE", "HEADLINE", "HL", "HEAD", "TI"]);
        let body = body(item).or_else(|| title.clone()).ok_or_else(rejection::no_text)?;
        let published = line(&["DATE", "DATE_TIME", "DATETIME", "PUBDATE", "DATE1", "DD"]);
        let id = line(&["DOCNO", "DOCID"])
            .or_else(|| ["NEWID", "id"].iter().find_map(|name| item.attribute(name).map(str::to_owned)));
        let published = published.map(|date| at_start(&date).unwrap_or(date));
        let mut published_at =
            published.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        if published_at.is_none() {
            published_at = id.as_deref().and_then(date_in_id);
        }
        let doubts = published.filter(|_| published_at.is_none()).map(|printed| dates::doubt(&printed));
        let article = Article {
            external_id: id,
            title,
            body,
            author: line(&["AUTHOR", "BYLINE"]).and_then(|byline| authors::joined(&byline)),
            published_at,
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

/// The text with the dateline that it begins with; none if it is blank.
fn body(item: &Element) -> Option<String> {
    let text = item.find("BODY").filter(|body| body.find("TEXT").is_none()).or_else(|| item.find("TEXT"))?;
    // Its first line is as much shorter as the dateline with its white space is long.
    let dateline = item.find("DATELINE").map(Element::text).unwrap_or_default();
    let dateline = dateline.trim_end().trim_start_matches('\n');
    let own_headline = text.find("TITLE").is_some() && text.find("BODY").is_none();
    let prose = match text.elements().next() {
        None => {
            let whole = text.text();
            let parted = if dateline.is_empty() { "" } else { " " };
            lines::joined(&format!("{dateline}{parted}{}", whole.trim_start_matches('\n')))
        }
        // Only a headline: what stands beside it is no text.
        Some(_) if own_headline => text.prose_without(&["TITLE", "DATELINE", "AUTHOR"]),
        Some(_) => text.prose_without(&["HEADLINE", "TITLE"]),
    };
    let prose = prose.trim();
    (!prose.is_empty() && prose != dateline.trim()).then(|| prose.to_owned())
}

/// The date that a date field is, or begins with, whatever follows: `27-MAR-1987 14:04:26.14F`.
fn at_start(date: &str) -> Option<String> {
    let mut words = date.split_whitespace();
    let (day, time) = (words.next()?, words.next().unwrap_or_default());
    let with_time = format!("{day} {}", time.get(..8).unwrap_or(time));
    [date, &with_time, day].into_iter().find(|start| dates::is_date(start)).map(str::to_owned)
}

/// The date in the id of a document that has no other: `NYT_ENG_19990713.0123`, `APW19980601.0003`.
fn date_in_id(id: &str) -> Option<String> {
    let digits = |start: usize| {
        id.get(start..start + 8).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
    };
    (0..id.len()).find_map(digits).and_then(dates::parse)
}
