//! Plain text: one article a file, with its headline in the first line where an empty line follows, or with fields before it.

use std::ops::ControlFlow;

use serde_json::Map;

use crate::article::Article;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::{decode, front_matter, record, rejection, whole};

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

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        whole::split(stream, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, String> {
        let text = decode::text(&document.bytes)?.replace("\r\n", "\n").replace('\r', "\n");
        let (fields, text) = front_matter::of(&text).unwrap_or((Map::new(), &text));
        let (says, mut doubts) = match fields.is_empty() {
            true => (Article::default(), Vec::new()),
            false => record::said(&front_matter::of_article(fields), options),
        };
        let (first, below) = divide(text);
        let (title, body) = match (says.title.as_deref(), first) {
            (Some(title), Some(first)) if title != first => (Some(title), text.trim()),
            (title, first) => (title.or(first), below),
        };
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let article = Article {
            title: title.map(str::to_owned),
            body: body.to_owned(),
            source: document.source.clone(),
            whole_file: true,
            ..says.clone()
        };
        let damaged = article.body.matches('\u{FFFD}').count();
        doubts.extend(
            (damaged > 0).then(|| format!("{damaged} of its characters cannot be read, and became U+FFFD")),
        );
        Ok(ReadArticle { article, doubts })
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
