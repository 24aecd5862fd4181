//! A reference as CSL-JSON, which Zotero and pandoc read: a list of one item.

use std::io::{self, Write};

use serde::Serialize;

use crate::cite::citation::Citation;
use crate::cite::date::parts;

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    note: String,
}

#[derive(Serialize)]
struct Name<'a> {
    literal: &'a str,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: [Vec<u32>; 1],
}

/// Writes the list.
pub fn write_csl(citation: &Citation, out: &mut dyn Write) -> io::Result<()> {
    let article = &citation.quote.article;
    let author = article.author.as_deref().unwrap_or_default().split(", ").filter(|name| !name.is_empty());
    let date = article.published_at.as_deref().map(parts).filter(|parts| !parts.is_empty());
    let item = Item {
        id: format!("onrecord-{}", citation.quote.key),
        kind: "article-newspaper",
        title: article.title.as_deref(),
        author: author.map(|literal| Name { literal }).collect(),
        publisher: article.publisher.as_deref(),
        issued: date.map(|parts| Issued { parts: [parts] }),
        url: article.url.as_deref(),
        note: citation.said(),
    };
    crate::json::to_writer_pretty(out, &[item])?;
    writeln!(out)
}
