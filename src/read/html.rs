//! HTML pages: one article a file, with what the page says of it.
//!
//! A page is read once into a tree. `metadata` reads what it says of its article, `content` finds the blocks that are the article,
//! `trim` takes off what is left of the page around them, and `verdict` says whether it is an article at all.

mod content;
mod encoding;
mod furniture;
mod linked_data;
mod metadata;
mod title;
mod trim;
mod verdict;

use std::io::Read;
use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::html::content::Content;
use crate::read::html::metadata::Metadata;
use crate::read::markup::fragment_text;
use crate::read::markup::tree::Tree;
use crate::read::rejection::{self, MAX_DOCUMENT, Rejection};
use crate::read::{dates, decode, record};

/// The format.
pub(crate) struct Html;

/// How far the first element of a page is looked for, in bytes: behind comments and declarations.
const REACH: usize = 4096;

/// What is said of a page that is no page, but may begin like one.
const TOO_MANY: &str = "it has more elements than any page, and was not read to its end";

impl InputFormat for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let named_so = matches!(head.extension, "html" | "htm" | "xhtml" | "shtml");
        if decode::looks_binary(head.bytes) {
            return false;
        }
        match first_element(head.bytes) {
            Some(name) => is_html(&name) || named_so && !is_other_markup(&name),
            None => named_so && memchr::memchr(b'<', head.bytes).is_some(),
        }
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let mut bytes = Vec::new();
        let read = stream.input.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut bytes);
        let rejected = |reason: String| Found::Rejected(Rejection::new(&stream.source, None, reason));
        emit(match read {
            Err(error) => rejected(rejection::broken(&error)),
            Ok(_) if bytes.len() > MAX_DOCUMENT => rejected(rejection::too_large()),
            Ok(_) => Found::Document(RawDocument { source: stream.source, line: None, bytes, format: self }),
        })
    }

    fn article(&self, document: &RawDocument, _: &Options) -> Result<ReadArticle, String> {
        let page = encoding::text(&document.bytes)?;
        let tree = Tree::parse(&page);
        let metadata = metadata::metadata(&tree);
        let content = content::content(&tree, &metadata);
        let body = body(&metadata, &content);
        if let Some(reason) = verdict::why_no_article(&metadata, &content, &body) {
            return Err(if tree.is_whole { reason } else { TOO_MANY.to_owned() });
        }
        let mut doubts = Vec::new();
        if !tree.is_whole {
            doubts.push(TOO_MANY.to_owned());
        }
        let damaged = body.matches('\u{FFFD}').count();
        if damaged > 0 {
            doubts.push(format!("{damaged} of its characters cannot be read, and became U+FFFD"));
        }
        let published_at = metadata.published.as_deref().and_then(dates::parse);
        if let Some(date) = metadata.published.as_deref().filter(|_| published_at.is_none()) {
            doubts.push(format!("the date “{}” cannot be read", rejection::bounded(date.to_owned())));
        }
        let article = Article {
            external_id: None,
            title: metadata.title,
            body,
            author: Some(metadata.authors.join(", ")).filter(|author| !author.is_empty()),
            publisher: metadata.publisher,
            published_at,
            url: metadata.url,
            language: metadata.language.and_then(|language| record::language_code(&language)),
            source: document.source.clone(),
            whole_file: document.line.is_none(),
        };
        Ok(ReadArticle { article, doubts })
    }
}

/// The text of the article: what the page shows, or what JSON-LD has where the page shows hardly any of it, as where
/// scripts put the text in its place.
fn body(metadata: &Metadata, content: &Content) -> String {
    let texts: Vec<&str> = content.blocks.iter().map(|block| block.text.as_str()).collect();
    let shown = texts.join("\n\n");
    match metadata.body.as_deref() {
        Some(body) if body.len() > 2 * shown.len() => {
            let has_markup = ["</", "<br", "<p"].iter().any(|mark| body.contains(mark));
            let lines = body.lines().map(fragment_text).filter(|line| !line.is_empty());
            let told = if has_markup { fragment_text(body) } else { lines.collect::<Vec<_>>().join("\n\n") };
            if told.len() > shown.len() { told } else { shown }
        }
        _ => shown,
    }
}

/// The name of the first element, in lower case, behind comments and declarations; none where text comes first.
fn first_element(bytes: &[u8]) -> Option<String> {
    let mut rest = bytes[..bytes.len().min(REACH)].trim_ascii_start();
    loop {
        let after = rest.strip_prefix(b"<")?;
        let skipped = if after.starts_with(b"!--") {
            memchr::memmem::find(after, b"-->").map(|at| at + 3)
        } else if after.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"!doctype")) {
            let kind = after[8..].trim_ascii_start();
            if kind.get(..4).is_some_and(|kind| kind.eq_ignore_ascii_case(b"html")) {
                return Some("html".to_owned());
            }
            memchr::memchr(b'>', after).map(|at| at + 1)
        } else if after.starts_with(b"?") || after.starts_with(b"!") {
            memchr::memchr(b'>', after).map(|at| at + 1)
        } else {
            let length = after
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b':' | b'-'))
                .count();
            return Some(String::from_utf8_lossy(&after[..length]).to_lowercase());
        };
        rest = after[skipped?..].trim_ascii_start();
    }
}

/// Whether an element begins a page of HTML, whatever the file is called. A few names are other formats' too.
fn is_html(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "meta"
            | "link"
            | "div"
            | "p"
            | "h1"
            | "h2"
            | "table"
            | "script"
            | "style"
            | "main"
            | "center"
            | "span"
            | "br"
            | "ul"
    )
}

/// Whether an element begins markup that is not HTML.
fn is_other_markup(name: &str) -> bool {
    matches!(
        name,
        "rss"
            | "feed"
            | "nitf"
            | "newsml"
            | "newsitem"
            | "newsmessage"
            | "rdf:rdf"
            | "mediawiki"
            | "urlset"
            | "opml"
            | "svg"
    )
}
