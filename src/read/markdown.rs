//! Markdown, with or without the fields that site builders keep before it.

use std::ops::ControlFlow;

use pulldown_cmark::{Parser, html};
use serde_json::{Map, Value};

use crate::read::fields::{FieldRole, same_name};
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::{decode, front_matter, markup, prose, record, rejection, whole};

/// The format.
pub(crate) struct Markdown;

impl InputFormat for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        if decode::looks_binary(head.bytes) {
            return false;
        }
        let named_so = matches!(head.extension, "md" | "markdown" | "mdown" | "mdx" | "mkd" | "qmd" | "rmd");
        // A text that is named one has its fields too, and stars and underscores of its own.
        let is_plain = matches!(head.extension, "txt" | "text" | "asc");
        named_so || !is_plain && front_matter::of(&String::from_utf8_lossy(head.bytes)).is_some()
    }

    fn takes_any_text(&self) -> bool {
        true
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        whole::split(stream, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (text, encoding) = decode::lines_in(&document.bytes).map_err(rejection::no_encoding)?;
        let (mut fields, text) = front_matter::of(&text).unwrap_or((Map::new(), &text));
        let (heading, body) = divided(&without_shortcodes(text));
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        fields = front_matter::of_article(fields);
        let has_title = fields.keys().any(|name| same_name(name, "title"));
        let has_heading = heading.is_some();
        let body = match heading {
            Some(heading) if !has_title => {
                fields.insert("title".to_owned(), heading.into());
                body
            }
            Some(heading) if !is_title(&fields, &heading) => format!("{heading}\n\n{body}"),
            _ => body,
        };
        fields.insert("text".to_owned(), body.into());
        let mut reading = record::article_of(&fields, document, options)?;
        reading.evidence.encoding = options.evidence.then_some(encoding);
        reading.evidence.taken_from(FieldRole::Body, "the text of the file");
        if !has_title && has_heading {
            reading.evidence.taken_from(FieldRole::Title, "the first heading");
            reading.title_is_text = true;
        }
        Ok(reading)
    }
}

fn is_title(fields: &Map<String, Value>, heading: &str) -> bool {
    fields.values().any(|value| value.as_str().is_some_and(|value| prose::line_of(value) == heading))
}

/// The heading of the first rank that the text begins with, if there is one, and the prose below it.
fn divided(text: &str) -> (Option<String>, String) {
    let mut rendered = String::with_capacity(text.len() * 5 / 4);
    // HTML that is set in would count as a listing of itself.
    let lines = text.split_inclusive('\n').map(|line| {
        let start = line.trim_start();
        if start.starts_with('<') { start } else { line }
    });
    html::push_html(&mut rendered, Parser::new(&lines.collect::<String>()));
    let start = rendered.trim_start();
    let first = start.strip_prefix("<h1>").and_then(|rest| rest.split_once("</h1>"));
    match first {
        Some((heading, rest)) => (Some(prose::line_of(heading)), markup::fragment_text(rest)),
        None => (None, markup::fragment_text(start)),
    }
}

/// The text without the marks of site builders: `{{< figure src="a.png" >}}`, `{% include a %}`, `{: .note}`, `{#part}`.
fn without_shortcodes(text: &str) -> String {
    const MARKS: &[(&str, &str)] = &[
        ("{{<", ">}}"),
        ("{{%", "%}}"),
        ("{{", "}}"),
        ("{%", "%}"),
        ("{:", "}"),
        ("{#", "}"),
        ("<!--", "-->"),
    ];
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '<']) {
        kept.push_str(&rest[..at]);
        let mark = &rest[at..];
        let end = MARKS.iter().find(|(begins, _)| mark.starts_with(begins)).and_then(|(_, ends)| {
            let limit = mark.char_indices().nth(4000).map_or(mark.len(), |(at, _)| at);
            mark[..limit].find(ends).map(|end| end + ends.len())
        });
        match end {
            Some(end) => rest = &mark[end..],
            None => {
                kept.push_str(&mark[..1]);
                rest = &mark[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_freed_of_its_marks() {
        for (text, heading, prose) in [
            (
                "# The *pier*\n\nOne [line](http://a.example).\ngoes on.\n",
                Some("The pier"),
                "One line. goes on.",
            ),
            (
                "One &#8220;quote&#8221; &mdash; **bold**.\n\n> Cited.\n",
                None,
                "One “quote” — bold.\n\nCited.",
            ),
            ("<div>Legacy <b>HTML</b></div>\n\n* a\n* b\n", None, "Legacy HTML\n\na\nb"),
        ] {
            assert_eq!(divided(text), (heading.map(str::to_owned), prose.to_owned()));
        }
    }

    #[test]
    fn marks_of_site_builders_are_no_text() {
        for (text, expected) in [
            ("a {{< figure src=\"b.png\" >}}b", "a b"),
            ("{{% note %}}Kept.{{% /note %}}", "Kept."),
            ("[text]({{< ref \"a.md\" >}} \"T\")", "[text]( \"T\")"),
            ("a {b} c < d", "a {b} c < d"),
        ] {
            assert_eq!(without_shortcodes(text), expected);
        }
    }
}
