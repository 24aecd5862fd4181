//! A reference as an entry of BibTeX: the article, with the quote as its note.

use std::io::{self, Write};

use crate::cite::citation::Citation;
use crate::cite::date::parts;
use crate::terminal::one_line;

/// The months as BibTeX abbreviates them.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// How many digits of the key name the entry: as many as no two quotes of an archive share.
const NAME: usize = 12;

/// Writes the entry.
pub fn write_bibtex(citation: &Citation, out: &mut dyn Write) -> io::Result<()> {
    let article = &citation.quote.article;
    let key = &citation.quote.key;
    writeln!(out, "@article{{onrecord-{},", escaped(key.get(..NAME).unwrap_or(key)))?;
    let authors = article.author.as_ref().map(|author| author.replace(", ", " and "));
    let quote = format!("{} [onrecord quote {key}]", citation.said());
    for (field, value) in [
        ("author", authors.as_ref()),
        ("title", article.title.as_ref()),
        ("journal", article.publisher.as_ref()),
        ("url", article.url.as_ref()),
        ("note", Some(&quote)),
    ] {
        if let Some(value) = value {
            let value =
                if field == "url" { one_line(value).replace(['{', '}', '\\'], "") } else { escaped(value) };
            writeln!(out, "  {field} = {{{value}}},")?;
        }
    }
    let date = article.published_at.as_deref().map(parts).unwrap_or_default();
    if let Some(year) = date.first() {
        writeln!(out, "  year = {{{year}}},")?;
    }
    if let Some(month) = date.get(1).and_then(|month| MONTHS.get((*month as usize).checked_sub(1)?)) {
        writeln!(out, "  month = {month},")?;
    }
    if let Some(day) = date.get(2) {
        writeln!(out, "  day = {{{day}}},")?;
    }
    writeln!(out, "}}")
}

/// A text in which nothing is a command of TeX.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => escaped.extend(['\\', character]),
            _ => escaped.push(character),
        }
    }
    escaped
}
