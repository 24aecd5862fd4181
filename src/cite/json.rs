//! A reference as one JSON object, for programs. Offsets are code points into the body of the article.

use std::io::{self, Write};

use serde::Serialize;

use crate::cite::citation::Citation;

#[derive(Serialize)]
struct Object<'a> {
    quote_id: i64,
    key: &'a str,
    speaker: Option<&'a str>,
    speaker_text: Option<&'a str>,
    cue: Option<&'a str>,
    quote: &'a str,
    kind: &'a str,
    act: &'a str,
    about: &'a [String],
    vouched: bool,
    confidence: f64,
    spans: &'a [(usize, usize)],
    article: ArticleObject<'a>,
    analyzed_by: Analyzer<'a>,
}

#[derive(Serialize)]
struct ArticleObject<'a> {
    id: i64,
    external_id: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    publisher: Option<&'a str>,
    published_at: Option<&'a str>,
    url: Option<&'a str>,
    source: &'a str,
    content_hash: &'a str,
}

#[derive(Serialize)]
struct Analyzer<'a> {
    version: &'a str,
    model: &'a str,
    gear: &'a str,
    at: &'a str,
}

/// Writes the object; `lines` asks for a single line, as JSON lines are.
pub fn write_json(citation: &Citation, lines: bool, out: &mut dyn Write) -> io::Result<()> {
    let object = object(citation);
    if lines {
        crate::json::to_writer(out, &object)?;
    } else {
        crate::json::to_writer_pretty(out, &object)?;
    }
    writeln!(out)
}

fn object<'a>(citation: &Citation<'a>) -> Object<'a> {
    let (quote, provenance) = (citation.quote, citation.provenance);
    let article = &quote.article;
    Object {
        quote_id: quote.id,
        key: &quote.key,
        speaker: quote.speaker.as_deref(),
        speaker_text: quote.source.as_deref(),
        cue: quote.cue.as_deref(),
        quote: &quote.text,
        kind: &quote.kind,
        act: &quote.act,
        about: &quote.about,
        vouched: quote.vouched,
        confidence: quote.confidence,
        spans: &quote.pieces,
        article: ArticleObject {
            id: quote.article_id,
            external_id: article.external_id.as_deref(),
            title: article.title.as_deref(),
            author: article.author.as_deref(),
            publisher: article.publisher.as_deref(),
            published_at: article.published_at.as_deref(),
            url: article.url.as_deref(),
            source: &article.source,
            content_hash: &provenance.content_hash,
        },
        analyzed_by: Analyzer {
            version: &provenance.version,
            model: &provenance.model,
            gear: quote.gear.name(),
            at: &provenance.analyzed_at,
        },
    }
}
