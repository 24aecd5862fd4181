//! Wikitext → prose.
//!
//! Templates are left out, but for those that hold text: a link to another wiki, a quotation. The date of an article of
//! news stands in one, too.

use crate::read::markup;

/// What a page says.
pub(crate) struct Page {
    /// Its text.
    pub(crate) prose: String,
    /// The date that it names as its own.
    pub(crate) date: Option<String>,
}

/// How deep templates and links may lie in each other.
const DEEPEST: usize = 40;

/// Reads a page.
pub(crate) fn read(source: &str) -> Page {
    let source = without(&without(source, "<!--", "-->"), "{|", "|}");
    let mut date = None;
    let text = resolved(&source, 0, &mut date);
    let text = without(&text, "<ref", "</ref>");
    let mut prose = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim();
        let heading = line.strip_prefix('=').and_then(|line| line.strip_suffix('='));
        let line = match heading {
            Some(heading) => heading.trim_matches('=').trim(),
            None => line.trim_start_matches(['*', '#', ':', ';']).trim(),
        };
        let is_switch = line.starts_with("__") && line.ends_with("__") || line.starts_with("----");
        if !is_switch {
            prose.push_str(line);
        }
        prose.push_str(if heading.is_some() { "\n\n" } else { "\n" });
    }
    let prose = prose.replace("'''", "").replace("''", "");
    Page { prose: paragraphs(&prose), date }
}

/// The text as paragraphs; lines that follow each other stay lines.
fn paragraphs(text: &str) -> String {
    let blocks = text.split("\n\n").map(|block| {
        let lines = block.lines().map(|line| {
            if line.contains(['<', '&']) { markup::fragment_text(line) } else { line.trim().to_owned() }
        });
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    });
    blocks.filter(|block| !block.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// How far the end of a tag is looked for, in bytes.
const LONGEST_TAG: usize = 1000;

/// The text without what stands between two marks; pairs may lie in each other. One that is not closed stays, a reference
/// that ends in itself (`<ref name="a"/>`) goes.
fn without(text: &str, begins: &str, ends: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(begins) {
        kept.push_str(&rest[..at]);
        let inner = &rest[at + begins.len()..];
        let empty = begins
            .starts_with("<r")
            .then(|| memchr::memchr(b'>', &inner.as_bytes()[..inner.len().min(LONGEST_TAG)]))
            .flatten()
            .filter(|end| inner[..*end].ends_with('/'));
        let length = empty.map(|end| end + 1).or_else(|| closed(inner, begins, ends));
        match length {
            Some(length) => rest = &inner[length..],
            None => {
                kept.push_str(begins);
                rest = inner;
            }
        }
    }
    kept.push_str(rest);
    kept
}

/// Where what was begun before `inner` ends, counted from there, its end included; none if it is not closed, or others lie
/// too deep in it.
fn closed(inner: &str, begins: &str, ends: &str) -> Option<usize> {
    let (begins, ends) = (begins.as_bytes(), ends.as_bytes());
    let (mut depth, mut at) = (1, 0);
    while depth <= DEEPEST {
        let rest = inner.as_bytes().get(at..)?;
        at += memchr::memchr2(begins[0], ends[0], rest)?;
        let rest = &inner.as_bytes()[at..];
        if rest.starts_with(ends) {
            depth -= 1;
            at += ends.len();
            if depth == 0 {
                return Some(at);
            }
        } else if rest.starts_with(begins) {
            depth += 1;
            at += begins.len();
        } else {
            at += 1;
        }
    }
    None
}

/// The text with its templates and links as the words that they show.
fn resolved(text: &str, depth: usize, date: &mut Option<String>) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '[']) {
        shown.push_str(&rest[..at]);
        let mark = &rest[at..];
        let (begins, ends) = if mark.starts_with("{{") {
            ("{{", "}}")
        } else if mark.starts_with("[[") {
            ("[[", "]]")
        } else {
            (&mark[..1], "]")
        };
        let inner = &mark[begins.len()..];
        let length = if begins == "{" { None } else { closed(inner, begins, ends) };
        let Some(length) = length.filter(|_| depth < DEEPEST) else {
            shown.push_str(begins);
            rest = inner;
            continue;
        };
        let content = &inner[..length - ends.len()];
        match begins {
            "{{" => shown.push_str(&resolved(&template(content, date), depth + 1, date)),
            "[[" => shown.push_str(&resolved(link(content), depth + 1, date)),
            _ if content.contains("://") => {
                let words = content.split_once(' ').map_or("", |(_, words)| words);
                shown.push_str(&resolved(words, depth + 1, date));
            }
            _ => {
                shown.push('[');
                shown.push_str(&resolved(content, depth + 1, date));
                shown.push(']');
            }
        }
        rest = &inner[length..];
    }
    shown.push_str(rest);
    shown
}

/// What a template shows.
fn template(content: &str, date: &mut Option<String>) -> String {
    let mut parts = content.split('|');
    let name = parts.next().unwrap_or_default().trim().to_lowercase();
    let values: Vec<&str> = parts.map(str::trim).collect();
    let unnamed = |value: &&&str| {
        !value.split_once('=').is_some_and(|(name, _)| name.len() < 20 && !name.contains(['[', '<', ' ']))
    };
    let named = |wanted: &[&str]| {
        let pairs = values.iter().filter_map(|value| value.split_once('='));
        let mut found = pairs.filter(|(name, _)| wanted.contains(&name.trim()));
        found.next().map(|(_, value)| value.trim().to_owned())
    };
    match name.as_str() {
        "date" | "byline" | "dateline" => {
            let first = values.iter().find(unnamed).map(|value| (*value).to_owned());
            *date = date.take().or_else(|| named(&["date"])).or(first);
            String::new()
        }
        "w" | "wikipedia" | "lang" | "nowrap" | "abbr" | "small" => {
            values.iter().rev().find(unnamed).map(|value| (*value).to_owned()).unwrap_or_default()
        }
        "quote" | "cquote" | "pull quote" | "quotation" | "bquote" | "blockquote" => {
            let words = named(&["text", "quote", "1"])
                .or_else(|| values.iter().find(unnamed).map(|value| (*value).to_owned()));
            format!("\n\n{}\n\n", words.unwrap_or_default())
        }
        _ => String::new(),
    }
}

/// What a link shows: nothing if it is a picture or a category.
fn link(content: &str) -> &str {
    let (target, words) =
        content.split_once('|').map_or((content, None), |(target, words)| (target, Some(words)));
    let prefix = target.split_once(':').map(|(prefix, _)| prefix.trim().to_lowercase());
    match prefix.as_deref() {
        Some("file" | "image" | "category" | "media" | "datei" | "fichier" | "kategorie") => "",
        // A link to the same page in another language.
        Some(prefix)
            if words.is_none()
                && matches!(prefix.len(), 2 | 3)
                && prefix.bytes().all(|byte| byte.is_ascii_lowercase()) =>
        {
            ""
        }
        _ => words.unwrap_or(target).rsplit('|').next().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wikitext_becomes_prose() {
        for (source, prose) in [
            (
                "'''The [[pier]]''' of [[Porto|the town]] is {{w|Closed|closed}}.<ref name=\"a\">{{cite|x}}</ref> [http://a.example Here].",
                "The pier of the town is closed. Here.",
            ),
            (
                "== Head ==\nText{{infobox|a={{b}}}} goes on.\n\n* one\n* two",
                "Head\n\nText goes on.\n\none\ntwo",
            ),
            (
                "{| class=x\n| cell\n|}\n[[File:a.png|thumb|A [[pier]].]]\n[[Category:News]]After [sic] &mdash; it",
                "After [sic] — it",
            ),
            ("{{quote|Never again.|Ann}}", "Never again."),
            ("{{unclosed and [[unclosed", "{{unclosed and [[unclosed"),
        ] {
            assert_eq!(read(source).prose, prose, "{source}");
        }
        assert_eq!(read("{{date|September 20, 2016}}").date.as_deref(), Some("September 20, 2016"));
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}x{}", "[[".repeat(20_000), "]]".repeat(20_000));
        assert!(read(&deep).prose.contains('x'));
    }
}
