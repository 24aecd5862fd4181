//! A reference as text, for people. All of it is safe to show.

use std::io::{self, Write};

use crate::cite::citation::Citation;
use crate::terminal::one_line;

/// How wide the column of labels is.
const LABELS: usize = 12;

/// Writes the quote, then where it is printed, then what it can be found again by.
pub fn write_text(citation: &Citation, out: &mut dyn Write) -> io::Result<()> {
    let (quote, provenance) = (citation.quote, citation.provenance);
    let article = &quote.article;
    let (start, end) = citation.span();
    writeln!(out, "{}", one_line(&citation.said()))?;
    writeln!(out)?;
    let vouched = if quote.vouched { "" } else { ", not vouched for" };
    for (label, value) in [
        ("title", article.title.clone()),
        ("author", article.author.clone()),
        ("outlet", article.publisher.clone()),
        ("published", article.published_at.clone()),
        ("url", article.url.clone()),
        ("file", Some(article.source.clone())),
        ("quote", Some(format!("{}, key {}{vouched}", quote.id, quote.key))),
        ("article", Some(format!("{}, characters {start}–{end}", quote.article_id))),
        ("content", Some(format!("hash {}", provenance.content_hash))),
        (
            "analyzed",
            Some(format!(
                "by onrecord {}, model {} ({}), on {}",
                provenance.version,
                provenance.model,
                quote.gear.name(),
                provenance.analyzed_at
            )),
        ),
    ] {
        writeln!(out, "{label:LABELS$}{}", one_line(value.as_deref().unwrap_or("–")))?;
    }
    Ok(())
}
