//! Plain text: one article a file, below its headline or the lines that say what it is.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::evidence::Evidence;
use crate::read::fields::FieldRole;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::{dates, decode, header_block, lines, rejection, whole};

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
        let (text, encoding) = decode::text_in(&document.bytes).map_err(rejection::no_encoding)?;
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let (header, body) = header_block::divide(&text);
        let body = lines::joined(body);
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let mut evidence = Evidence::default();
        if options.evidence {
            evidence.encoding = Some(encoding);
            header.evidence(&text, &mut evidence);
            evidence.find(FieldRole::Body, "the text of the file", &body, true);
        }
        let mut doubts = Vec::new();
        let damaged = body.matches('\u{FFFD}').count();
        if damaged > 0 {
            doubts.push(format!("{damaged} of its characters cannot be read, and became U+FFFD"));
        }
        let published_at =
            header.published.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        doubts.extend(header.published.filter(|_| published_at.is_none()).map(|date| dates::doubt(&date)));
        let article = Article {
            external_id: header.id,
            title: header.title,
            body,
            author: header.author,
            publisher: header.publisher,
            published_at,
            url: header.url,
            language: header.language,
            source: document.source.clone(),
            whole_file: true,
        };
        Ok(ReadArticle { article, doubts, evidence, ..ReadArticle::default() })
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
