//! WordPress exports: posts and pages, among attachments and menus, which are passed over.

use std::ops::ControlFlow;

use crate::read::evidence::Evidence;
use crate::read::feeds;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::items::{self, Items};
use crate::read::rejection::Reason;
use crate::read::xml::{self, Element};
use crate::read::{dates, markup};

/// The format.
pub(crate) struct Wxr;

impl InputFormat for Wxr {
    fn name(&self) -> &'static str {
        "wxr"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let is_export = |head| {
            memchr::memmem::find(head, b"<wp:wxr_version>").is_some()
                || memchr::memmem::find(head, b"wordpress.org/export/").is_some()
        };
        xml::root_name(head.bytes) == Some("rss") && is_export(head.bytes)
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let items = Items { names: &["item"], one_is_the_file: false };
        items::split(stream, &items, self, &mut |found| match found {
            Found::Document(document) if is_no_post(&document.bytes) => {
                emit(Found::Skipped(format!("{}:{}", document.source, document.line.unwrap_or(1))))
            }
            found => emit(found),
        })
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (tree, item) = feeds::item_of(document)?;
        let mut reading = feeds::article(&tree, &item, document, options)?;
        // What an export says in elements of its own comes before those of a feed.
        reading.evidence = Evidence::default();
        let line = |name: &str| item.elements().find(|element| element.name == name).and_then(Element::line);
        let of_day_zero = |date: &String| !date.starts_with("0000");
        let written =
            line("wp:post_date_gmt").filter(of_day_zero).or_else(|| line("wp:post_date").filter(of_day_zero));
        if let Some(date) = written.as_deref().and_then(|date| dates::parse_in(date, options.date_order)) {
            reading.article.published_at = Some(date);
            reading.doubts.clear();
        }
        if let Some(content) =
            item.exactly("content:encoded").map(|content| without_shortcodes(&content.text()))
        {
            let prose = markup::fragment_text(&content);
            if !prose.is_empty() {
                reading.article.body = prose;
            }
        }
        // An export names its authors by their logins, and lists the names behind those.
        if let Some(login) = item.exactly("dc:creator").and_then(Element::line) {
            let is_same = |author: &&Element| {
                author.at(&["author_login"]).and_then(Element::line).as_ref() == Some(&login)
            };
            let author = tree.find_all("wp:author").into_iter().find(is_same);
            let name = author.and_then(|author| author.at(&["author_display_name"])?.line());
            reading.article.author = name.or(Some(login));
        }
        reading.article.external_id = line("wp:post_id").or(reading.article.external_id);
        Ok(reading)
    }
}

/// Whether an item is no post or page, or was thrown away.
fn is_no_post(item: &[u8]) -> bool {
    let kind = value(item, "wp:post_type");
    let status = value(item, "wp:status");
    let no_post = |kind: &str| {
        matches!(
            kind,
            "attachment"
                | "nav_menu_item"
                | "revision"
                | "custom_css"
                | "customize_changeset"
                | "oembed_cache"
                | "user_request"
        ) || kind.starts_with("wp_")
    };
    kind.is_some_and(|kind| no_post(&kind))
        || status.is_some_and(|status| matches!(status.as_str(), "trash" | "auto-draft"))
}

/// The text of an element, told without reading the item.
fn value(item: &[u8], name: &str) -> Option<String> {
    let start = memchr::memmem::rfind(item, format!("<{name}>").as_bytes())? + name.len() + 2;
    let end = memchr::memmem::find(&item[start..], b"</")?;
    let value = std::str::from_utf8(&item[start..start + end]).ok()?.trim();
    Some(value.trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim().to_owned())
}

/// How long a code in brackets is at most, in bytes.
const LONGEST_CODE: usize = 400;

/// The text without `[gallery ids="1"]` and the marks of `[quote]…[/quote]`; a caption goes with its picture.
fn without_shortcodes(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    // Whether an end of a caption may still follow.
    let mut captions_end = true;
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        let (before, code) = rest.split_at(at);
        kept.push_str(before);
        let name = code[1..].trim_start_matches('/');
        let length =
            name.bytes().take_while(|byte| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-')).count();
        let name = &name[..length];
        let end = memchr::memchr(b']', &code.as_bytes()[..code.len().min(LONGEST_CODE)]);
        let is_code = CODES.contains(&name) || code.starts_with("[/") && length > 2;
        match end.filter(|_| is_code) {
            Some(end) if name == "caption" && !code.starts_with("[/") => {
                let close = if captions_end { code.find("[/caption]") } else { None };
                captions_end = close.is_some();
                rest = close.map_or(&code[end + 1..], |close| &code[close + 10..]);
            }
            Some(end) => rest = &code[end + 1..],
            None => {
                kept.push('[');
                rest = &code[1..];
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// The shortcodes that posts are full of.
const CODES: &[&str] = &[
    "caption",
    "gallery",
    "embed",
    "audio",
    "video",
    "playlist",
    "youtube",
    "quote",
    "pullquote",
    "blockquote",
    "vc_row",
    "vc_column",
    "vc_column_text",
    "divider",
    "button",
    "dropcap",
    "more",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shortcodes_are_no_text() {
        for (text, expected) in [
            ("a [gallery ids=\"1,2\"] b", "a  b"),
            ("[caption id=\"x\"]<img/> The pier[/caption]Text", "Text"),
            ("“We [the council] will not,” she said [sic].", "“We [the council] will not,” she said [sic]."),
            ("[quote]Never.[/quote]", "Never."),
            ("[gallery", "[gallery"),
        ] {
            assert_eq!(without_shortcodes(text), expected);
        }
    }
}
