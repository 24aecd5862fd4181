//! HTML pages: one article a file, with what the page says of it.
//!
//! A page is read once into a tree. `metadata` reads what it says of its article, `content` finds the blocks that are the article,
//! `trim` takes off what is left of the page around them, and `verdict` says whether it is an article at all.

mod content;
mod encoding;
mod furniture;
mod linked_data;
mod metadata;
mod shown;
mod title;
mod trim;
mod verdict;

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::evidence::Evidence;
use crate::read::fields::{FieldRole, language_code};
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::html::content::Content;
use crate::read::html::metadata::{Metadata, Placed};
use crate::read::markup::text::Block;
use crate::read::markup::tree::Tree;
use crate::read::markup::{self, fragment_text};
use crate::read::rejection::{self, Reason};
use crate::read::rejection_kind::RejectionKind;
use crate::read::{authors, dates, decode, whole};

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
        whole::split(stream, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (page, encoding) = encoding::text(&document.bytes).map_err(rejection::no_encoding)?;
        let tree = Tree::parse(&page);
        let mut metadata = metadata::metadata(&tree, options);
        let content = content::content(&tree, &metadata, options.evidence);
        let (mut body, is_shown) = body(&tree, &metadata, &content);
        let other =
            if metadata.published.is_none() { other_date(&metadata, &content, options) } else { None };
        let evidence =
            options.evidence.then(|| evidence(&mut metadata, &content, encoding, is_shown, other.as_ref()));
        metadata.published = metadata.published.or(other.map(|(_, date)| date));
        let is_unnamed = metadata.authors.is_empty();
        if is_unnamed {
            metadata.authors.clone_from(&content.shown.authors);
        }
        // A byline that is not understood stays where it is printed, above the text.
        if is_unnamed && metadata.authors.is_empty() && !body.is_empty() {
            let unread = content.shown.unread.iter().filter(|line| !body.contains(line.as_str()));
            body = unread.map(String::as_str).chain([body.as_str()]).collect::<Vec<_>>().join("\n\n");
        }
        if let Some(reason) = verdict::why_no_article(&metadata, &content, &body) {
            return Err(match tree.is_whole {
                true => Reason::new(RejectionKind::NoArticle, reason),
                false => Reason::new(RejectionKind::Limit, TOO_MANY),
            });
        }
        let mut doubts = Vec::new();
        if !tree.is_whole {
            doubts.push(TOO_MANY.to_owned());
        }
        doubts.extend(decode::doubt(&body));
        let published = metadata.published.as_deref();
        let published_at = published.and_then(|date| dates::parse_in(date, options.date_order));
        match (published, &content.shown.changed) {
            (Some(date), _) if published_at.is_none() => doubts.push(dates::doubt(date)),
            (None, Some(change)) => {
                doubts.push(format!("it says only when it was changed: “{}”", rejection::shortened(change)));
            }
            _ => {}
        }
        let article = Article {
            external_id: None,
            title: metadata.title,
            body,
            author: Some(authors::distinct(metadata.authors).join(", ")).filter(|author| !author.is_empty()),
            publisher: metadata.publisher,
            published_at,
            url: metadata.url,
            language: metadata.language.and_then(|language| language_code(&language)),
            source: document.source.clone(),
            whole_file: document.line.is_none(),
            is_summary: false,
        };
        Ok(ReadArticle { article, doubts, evidence: evidence.unwrap_or_default(), ..ReadArticle::default() })
    }
}

/// The dates that count where the data of the page have none that can be read, and where they stand.
fn other_dates(metadata: &Metadata, content: &Content) -> Vec<Placed> {
    let of_page =
        content.shown.published.clone().map(|date| ("the page, below the headline".to_owned(), date));
    let of_address = metadata.date_in_url.clone().map(|date| ("the address".to_owned(), date));
    of_page.into_iter().chain(of_address).chain(metadata.unread_date.clone()).collect()
}

/// The first of them that can be read, or else the first.
fn other_date(metadata: &Metadata, content: &Content, options: &Options) -> Option<Placed> {
    let dates = other_dates(metadata, content);
    let is_read = |date: &&Placed| dates::parse_in(&date.1, options.date_order).is_some();
    dates.iter().find(is_read).or(dates.first()).cloned()
}

/// Where all was found, and what was cut. `date` is the one that counts where the data of the page have none.
fn evidence(
    metadata: &mut Metadata,
    content: &Content,
    encoding: &'static str,
    is_shown: bool,
    date: Option<&Placed>,
) -> Evidence {
    let dates = other_dates(metadata, content);
    let mut evidence = std::mem::take(&mut metadata.evidence);
    evidence.encoding = Some(encoding);
    for found in &dates {
        // What the data of the page have is among the findings.
        if metadata.unread_date.as_ref() == Some(found) {
            if date == Some(found) {
                evidence.take(FieldRole::Published, &found.0);
            }
        } else {
            evidence.find(FieldRole::Published, found.0.as_str(), &found.1, date == Some(found));
        }
    }
    for name in &content.shown.authors {
        evidence.find(FieldRole::Author, "the page, below the headline", name, metadata.authors.is_empty());
    }
    let start = content.blocks.first().map(|block| block.text.as_str()).unwrap_or_default();
    evidence.find(FieldRole::Body, "the page", start, is_shown);
    if let Some(body) = &metadata.body {
        evidence.find(FieldRole::Body, "JSON-LD articleBody", body, !is_shown);
    }
    evidence.cut.clone_from(&content.evidence.cut);
    evidence
}

/// The text of the article: what the page shows, or what JSON-LD has where the page shows hardly any of it, as where
/// scripts put the text in its place. Whether it is what the page shows.
fn body(tree: &Tree<'_>, metadata: &Metadata, content: &Content) -> (String, bool) {
    let mut shown = String::new();
    let mut before: Option<&Block> = None;
    for block in &content.blocks {
        // Rows of a table are lines; all else stands apart.
        shown.push_str(match before.map(|before| markup::between_cells(tree, before, block)) {
            None => "",
            Some(Some(gap)) => gap,
            Some(None) => "\n\n",
        });
        shown.push_str(&block.text);
        before = Some(block);
    }
    match metadata.body.as_deref() {
        Some(body) if body.len() > 2 * shown.len() => {
            let has_markup = ["</", "<br", "<p"].iter().any(|mark| body.contains(mark));
            let lines = body.lines().map(fragment_text).filter(|line| !line.is_empty());
            let told = if has_markup { fragment_text(body) } else { lines.collect::<Vec<_>>().join("\n\n") };
            if told.len() > shown.len() { (told, false) } else { (shown, true) }
        }
        _ => (shown, true),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(page: &str) -> Result<ReadArticle, Reason> {
        let document = RawDocument {
            source: "a.html".to_owned(),
            line: None,
            bytes: page.as_bytes().to_vec(),
            format: &Html,
            address: None,
            doubts: Vec::new(),
        };
        document.article(&Options::default())
    }

    fn body(page: &str) -> String {
        read(page).expect("is an article").article.body
    }

    const FIRST: &str = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said on Monday, because nobody had looked after it.";
    const SECOND: &str =
        "“We will not pay for a second one,” she told the council, which had asked for a tunnel instead.";

    #[test]
    fn the_article_is_told_from_the_page_around_it() {
        let page = format!(
            "<!DOCTYPE html><title>Bridge to close - Post</title><body>\
             <nav><ul><li><a href=/>Home</a><li><a href=/s>Sport and all that belongs to it on this site</a></ul></nav>\
             <div class='wrap has-sidebar'><h1>Bridge to close</h1><div class=byline>By Ana Ruiz</div>\
             <div class=story><p>{FIRST}<p>{SECOND}<h2>What now?</h2><blockquote>It is the end of it.</blockquote>\
             <ul><li>A ferry at noon</li><li>A bus at two</li></ul>\
             <figure><img src=x><figcaption>The bridge, as it stood on Monday in the rain, from the quay.</figcaption></figure>\
             <div class='related-links'><p>{FIRST} Once more.</p></div>\
             <p><a href=/x>Read more: The tunnel that nobody wanted to build</a></p>\
             <p>Sign up for our newsletter and never miss a story.</p>\
             <p>First line<br>second line</p><h3>Related stories</h3></div>\
             <div id=comments><p>{SECOND} So says a reader, who has much more to say of it than the paper has.</p></div></div>\
             <footer><p>All that is printed here belongs to the Post, and nobody may print it without being asked.</p></footer>"
        );
        let expected = [
            FIRST,
            SECOND,
            "What now?",
            "It is the end of it.",
            "A ferry at noon",
            "A bus at two",
            "First line\nsecond line",
        ];
        assert_eq!(body(&page), expected.join("\n\n"));
    }

    #[test]
    fn what_is_hidden_or_is_another_article_is_left_out() {
        let other = "In other news, a harbor that had been closed for repairs was opened again by the minister of ports.";
        let page = format!(
            "<body><main><article><h1>Bridge to close</h1><p>{FIRST}</p><p>{SECOND}</p><div style='display:none'><p>{other}</p></div></article>\
             <article><h2>Harbor opens again</h2><p>{other}</p></article></main>"
        );
        assert_eq!(body(&page), format!("{FIRST}\n\n{SECOND}"));
    }

    #[test]
    fn a_date_below_the_headline_is_that_of_the_article() {
        for (line, date) in [
            ("May 6, 2024", Some("2024-05-06")),
            ("Published: 6 May 2024<br>By Ana Ruiz", Some("2024-05-06")),
            ("3 hours ago", None),
            ("20240506", None),
        ] {
            let page =
                format!("<body><h1>Bridge to close</h1><div>{line}</div><p>{FIRST}</p><p>{SECOND}</p>");
            let article = read(&page).expect("is an article").article;
            assert_eq!(article.published_at.as_deref(), date, "{line}");
            assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
        }
    }

    #[test]
    fn a_byline_below_the_headline_is_read_or_left() {
        let page = |line: &str| {
            format!("<body><h1>Bridge to close</h1><div>{line}</div><p>{FIRST}</p><p>{SECOND}</p>")
        };
        let article = read(&page("By Ana Ruiz and Leo Brandt | May 6, 2024")).expect("is an article").article;
        assert_eq!(article.author.as_deref(), Some("Ana Ruiz, Leo Brandt"));
        assert_eq!(article.published_at.as_deref(), Some("2024-05-06"));
        assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
        let article = read(&page("By our own reporter")).expect("is an article").article;
        assert_eq!(
            (article.author, article.body),
            (None, format!("By our own reporter\n\n{FIRST}\n\n{SECOND}"))
        );
        let reading = read(&page("Updated: May 7, 2024")).expect("is an article");
        assert_eq!(reading.article.published_at, None);
        assert_eq!(reading.doubts, ["it says only when it was changed: “Updated: May 7, 2024”"]);
        let reading = read(&page("3/4/2016")).expect("is an article");
        assert_eq!(reading.doubts.len(), 1);
    }

    #[test]
    fn rows_of_a_table_are_lines() {
        let page = format!(
            "<body><h1>Bridge to close</h1><p>{FIRST}</p><table><caption>Votes</caption><tr><th>Ward</th><th>Yes</th></tr>\
             <tr><td>Top</td><td><p>12</p></td></tr><tr><td>More</td><td>7</td></tr></table><p>{SECOND}</p>"
        );
        assert_eq!(body(&page), format!("{FIRST}\n\nWard Yes\nTop 12\nMore 7\n\n{SECOND}"));
    }

    #[test]
    fn the_summary_above_the_text_belongs_to_it() {
        let summary = "Nobody had looked after the bridge in years";
        let page = format!(
            "<meta name=description content='{summary}'><header><h1>Bridge to close</h1><h2>{summary}</h2></header>\
             <div class='article-body'><p>{FIRST}</p><p>{SECOND}</p></div>"
        );
        assert_eq!(body(&page), format!("{summary}\n\n{FIRST}\n\n{SECOND}"));
    }

    #[test]
    fn the_text_of_json_ld_stands_in_where_the_page_shows_none() {
        let page = format!(
            "<script type='application/ld+json'>{{\"@type\": \"NewsArticle\", \"articleBody\": \"{FIRST}\\n{FIRST}\"}}</script><div id=app></div>"
        );
        assert_eq!(body(&page), format!("{FIRST}\n\n{FIRST}"));
    }

    #[test]
    fn a_page_that_is_no_article_is_refused() {
        let teaser = "<article><h2><a href=/1>A headline that leads to its article</a></h2><p>What the article is about, in one sentence that ends.</p></article>";
        for (page, reason) in [
            (
                "<html><title>404 Not Found</title><h1>Not Found</h1><p>What you asked for is not on this server.",
                "a message of the site: “404 Not Found”",
            ),
            ("<html><title>Post</title><body><nav><a href=/>Home</a></nav>", "holds no text of an article"),
            ("<html><title>Post</title><body><p>Too short.</p>", "too little text"),
            (&format!("<html><title>Post</title><body>{}", teaser.repeat(8)), "lists articles"),
            (
                "<meta property=og:type content=article><div class=paywall><a href=/>Subscribe</a></div>",
                "does not hold its text",
            ),
        ] {
            let refusal = read(page).expect_err(page).words;
            assert!(refusal.contains(reason), "{refusal}");
        }
    }

    #[test]
    fn pages_are_recognized_by_their_first_element() {
        let recognizes = |text: &str, extension: &str| {
            Html.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension })
        };
        for page in [
            "<!DOCTYPE html><p>a",
            "\n<!-- saved -->\n<HTML lang=en>",
            "<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C'><html>",
            "<div>a</div>",
        ] {
            assert!(recognizes(page, ""), "{page}");
        }
        assert!(recognizes("Some text <b>and</b> markup", "html"));
        for other in ["<?xml version='1.0'?><rss>", "<nitf><body>", "plain text", "<!-- never ends"] {
            assert!(!recognizes(other, "xml"), "{other}");
        }
        assert!(!recognizes("<rss version='2.0'>", "html"));
    }

    #[test]
    fn damaged_pages_are_read_or_refused() {
        let deep = format!("<html>{}<p>{FIRST}<p>{SECOND}", "<div>".repeat(20_000));
        assert_eq!(body(&deep), format!("{FIRST}\n\n{SECOND}"));
        let page = format!(
            "<html><head><title>Bridge</title><body><p class=\"{}\">{FIRST}<p>{SECOND}</p>",
            "x".repeat(100_000)
        );
        assert_eq!(body(&page), format!("{FIRST}\n\n{SECOND}"));
        for end in (0..page.len()).step_by(997) {
            drop(read(&page[..page.floor_char_boundary(end)]));
        }
    }
}
