//! Plain text: one article a file, below its headline, the lines that say what it is, or fields before it.

use std::ops::ControlFlow;

use serde_json::Map;

use crate::article::Article;
use crate::read::evidence::Evidence;
use crate::read::fields::FieldRole;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::{dates, decode, front_matter, header_block, lines, record, rejection, whole};

/// The format.
pub(super) struct Plain;

impl InputFormat for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    /// Text that is no markup. Other endings than `.txt` are left to the formats that they stand for, so
    /// that a folder's scripts and tables do not become articles.
    fn recognizes(&self, head: &Opening) -> bool {
        let numbered = head.extension.bytes().all(|byte| byte.is_ascii_digit());
        let named_so = numbered || matches!(head.extension, "txt" | "text" | "asc");
        let markup = head.bytes.trim_ascii_start().starts_with(b"<");
        named_so && !markup && !decode::looks_binary(head.bytes)
    }

    fn takes_any_text(&self) -> bool {
        true
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        whole::split(stream, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (text, encoding) = decode::lines_in(&document.bytes).map_err(rejection::no_encoding)?;
        let mut evidence = Evidence::default();
        let (fields, text) = front_matter::of(&text).unwrap_or((Map::new(), &text));
        let (says, mut doubts) = match fields.is_empty() {
            true => (Article::default(), Vec::new()),
            false => record::said(&front_matter::of_article(fields), options, &mut evidence),
        };
        let (header, below) = header_block::divide(text);
        // Where the fields have the headline another first line is text.
        let is_text = says.title.is_some() && header.is_title_only() && header.title != says.title;
        let title_is_text = says.title.is_none() && header.title_is_line;
        let body = lines::joined(if is_text { text.trim() } else { &below });
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        if options.evidence {
            evidence.encoding = Some(encoding);
            header.evidence(text, &mut evidence);
            evidence.find(FieldRole::Body, "the text of the file", &body, true);
        }
        doubts.extend(decode::doubt(&body));
        let published_at =
            header.published.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        doubts.extend(header.published.filter(|_| published_at.is_none()).map(|date| dates::doubt(&date)));
        let article = Article {
            external_id: says.external_id.or(header.id),
            title: says.title.or(header.title),
            body,
            author: says.author.or(header.author),
            publisher: says.publisher.or(header.publisher),
            published_at: says.published_at.or(published_at),
            url: says.url.or(header.url),
            language: says.language.or(header.language),
            source: document.source.clone(),
            whole_file: true,
            is_summary: false,
        };
        Ok(ReadArticle { article, doubts, evidence, title_is_text, ..ReadArticle::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Article {
        let document = RawDocument {
            source: "a.txt".into(),
            line: None,
            bytes: text.into(),
            format: &Plain,
            address: None,
            doubts: Vec::new(),
        };
        document.article(&Options::default()).expect("is an article").article
    }

    #[test]
    fn the_first_line_is_the_title_if_an_empty_line_follows() {
        for (text, title, body) in [
            ("Title\n\nOne.\n\nTwo.\n", Some("Title"), "One.\n\nTwo."),
            ("\n\n  Title \n \t\n\n\nOne.", Some("Title"), "One."),
            ("One.\nTwo.", None, "One.\nTwo."),
            ("Only line\n\n", None, "Only line"),
        ] {
            let article = read(text);
            assert_eq!((article.title.as_deref(), article.body.as_str()), (title, body));
        }
    }

    #[test]
    fn a_long_first_line_is_a_paragraph() {
        let text = format!("{}\n\nTwo.", "word ".repeat(80));
        assert_eq!(read(&text).title, None);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "The pier\n\nThe mayor said on Monday that the pier would\nnot be opened before the summer, since the\nmoney for it had not yet come.\n\nNobody else said anything about it, though\nthe opposition had asked for it.";
        let body = read(text).body;
        assert_eq!(body.split("\n\n").count(), 2, "{body}");
        assert!(!body.replace("\n\n", "").contains('\n'), "{body}");
    }
}
