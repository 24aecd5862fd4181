//! Plain text: one article a file, with its headline in the first line where an empty line follows.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::evidence::Evidence;
use crate::read::fields::FieldRole;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::{decode, rejection, whole};

/// The format.
pub(super) struct Plain;

/// A longer first line is a paragraph, in bytes.
const LONGEST_TITLE: usize = 300;

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
        let (title, body) = divide(&text);
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let mut evidence = Evidence::default();
        if options.evidence {
            evidence.encoding = Some(encoding);
            if let Some(title) = title {
                evidence.find(FieldRole::Title, "the first line", title, true);
            }
            evidence.find(FieldRole::Body, "the text of the file", body, true);
        }
        let article = Article {
            title: title.map(str::to_owned),
            body: body.to_owned(),
            source: document.source.clone(),
            whole_file: true,
            ..Article::default()
        };
        let damaged = article.body.matches('\u{FFFD}').count();
        let doubts =
            (damaged > 0).then(|| format!("{damaged} of its characters cannot be read, and became U+FFFD"));
        Ok(ReadArticle { article, doubts: doubts.into_iter().collect(), evidence, ..ReadArticle::default() })
    }
}

/// The headline, if there is one, and the text below it, both without the white space around them.
fn divide(text: &str) -> (Option<&str>, &str) {
    let text = text.trim();
    let Some((first, rest)) = text.split_once('\n') else { return (None, text) };
    let (title, body) = (first.trim(), rest.trim_start());
    let followed_by_empty_line = rest.lines().next().is_some_and(|line| line.trim().is_empty());
    if followed_by_empty_line && title.len() <= LONGEST_TITLE { (Some(title), body) } else { (None, text) }
}

#[cfg(test)]
mod tests {
    use crate::read::plain::divide;

    #[test]
    fn the_first_line_is_the_title_if_an_empty_line_follows() {
        for (text, expected) in [
            ("Title\n\nOne.\n\nTwo.\n", (Some("Title"), "One.\n\nTwo.")),
            ("\n\n  Title \n \t\n\n\nOne.", (Some("Title"), "One.")),
            ("One.\nTwo.", (None, "One.\nTwo.")),
            ("Only line\n\n", (None, "Only line")),
            ("   ", (None, "")),
        ] {
            assert_eq!(divide(text), expected);
        }
    }

    #[test]
    fn a_long_first_line_is_a_paragraph() {
        let text = format!("{}\n\nTwo.", "word ".repeat(80));
        assert_eq!(divide(&text), (None, text.as_str()));
    }
}
