//! What a page shows between its headline and its text: who wrote it, and when.
//!
//! Read where the data of a page do not say it. A date of change is none of publication.

use crate::read::authors;
use crate::read::dates::is_line_of_date;
use crate::read::html::title::folded;
use crate::read::markup::tag::Tag;
use crate::read::markup::text::Block;
use crate::read::markup::tree::{NodeId, Tree};

/// Between headline and text, how many blocks are looked at.
const MOST_SCRAPS: usize = 16;

/// In a longer part of a line no date is looked for, in bytes.
const LONGEST_PART: usize = 120;

/// How much of the end of a byline may be a date, in words.
const DATE_WORDS: usize = 9;

/// What stands between headline and text.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// When it was published, as printed; it may be one that cannot be read.
    pub(super) published: Option<String>,
    /// When it was changed, as printed.
    pub(super) changed: Option<String>,
    pub(super) authors: Vec<String>,
    /// Lines that begin like a byline and are none that can be read.
    pub(super) unread: Vec<String>,
}

/// Reads what stands between the headline and the first paragraph of the article, which lies in `root`.
pub(super) fn shown(tree: &Tree<'_>, blocks: &[Block], root: NodeId, title: Option<&str>) -> Shown {
    let inside = root..tree.end(root);
    let mut shown = Shown::default();
    let Some(text) = blocks.iter().position(|block| inside.contains(&block.node) && block.text.len() > 100)
    else {
        return shown;
    };
    let title = title.map(folded).filter(|title| !title.is_empty());
    let is_headline = |block: &Block| {
        tree.tag(block.node) == Some(Tag::H1)
            || tree.above(block.node).take(2).any(|node| tree.tag(node) == Some(Tag::H1))
            || block.text.len() < 1_000 && title.as_ref().is_some_and(|title| folded(&block.text) == *title)
    };
    let Some(headline) = blocks[..text].iter().rposition(is_headline) else { return shown };
    let mut after_by = false;
    for block in blocks[headline + 1..text].iter().take(MOST_SCRAPS) {
        let named_so = is_named_byline(tree, block.node);
        for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            shown.take(line, named_so || after_by);
            after_by =
                matches!(line.to_lowercase().as_str(), "by" | "by:" | "written by" | "author" | "author:");
        }
    }
    shown
}

impl Shown {
    /// Takes a line; `named_so` if the page calls it a byline.
    fn take(&mut self, line: &str, named_so: bool) {
        let byline = authors::in_line(line).or_else(|| {
            let names = if named_so { authors::in_words(line) } else { None };
            names.filter(|names| names.iter().all(|name| name.contains(' ')))
        });
        let is_byline = byline.is_some();
        if let Some(names) = byline {
            if self.authors.is_empty() {
                self.authors = names;
            }
        } else if line.len() < 120 && line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by ")) {
            self.unread.push(line.to_owned());
        }
        let (published, changed) = parted(line);
        let found = published.and_then(|part| date_in(part, is_byline));
        self.published = self.published.take().or(found);
        let found = changed.and_then(|part| date_in(part, true));
        self.changed = self.changed.take().or(found);
    }
}

/// Whether a line above a text is a byline or a date, and no text.
pub(super) fn says_who_or_when(line: &str) -> bool {
    let mut shown = Shown::default();
    shown.take(line.trim(), false);
    shown.published.is_some()
        || shown.changed.is_some()
        || !shown.authors.is_empty()
        || !shown.unread.is_empty()
}

/// Words behind which a date of change stands.
const CHANGES: &[&str] = &[
    "last updated",
    "last modified",
    "updated",
    "modified",
    "last edited",
    "edited",
    "revised",
    "corrected",
];

/// The part of a line that may say when the article was published, and the part that says when it was changed.
fn parted(line: &str) -> (Option<&str>, Option<&str>) {
    let lower = line.to_lowercase();
    if lower.len() != line.len() {
        return (Some(line), None);
    }
    let at = CHANGES.iter().filter_map(|word| lower.find(word)).min();
    let Some(at) = at.filter(|at| line.is_char_boundary(*at)) else { return (Some(line), None) };
    let (before, change) = line.split_at(at);
    let has_digit = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    if has_digit(before) {
        return (Some(before), Some(change));
    }
    let published = ["first published", "published", "posted"]
        .iter()
        .filter_map(|word| change.to_lowercase().find(word))
        .min();
    match published.filter(|at| change.is_char_boundary(*at)) {
        Some(at) => (Some(&change[at..]), Some(&change[..at])),
        None => (None, Some(change)),
    }
}

/// The date that a part of a line is, or that the last words of a byline are.
fn date_in(part: &str, at_end: bool) -> Option<String> {
    let parts = part
        .split(['|', '•', '·', '—'])
        .map(|part| part.trim().trim_matches(['-', '–', ':', ',', '(', ')']).trim());
    for part in parts.filter(|part| part.len() < LONGEST_PART) {
        if is_line_of_date(part) {
            return Some(part.to_owned());
        }
        if at_end {
            let words: Vec<&str> = part.split_whitespace().collect();
            let first = words.len().saturating_sub(DATE_WORDS);
            let found =
                (first..words.len()).map(|from| words[from..].join(" ")).find(|end| is_line_of_date(end));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

/// Whether an element, or one close above it, bears the name of a byline.
fn is_named_byline(tree: &Tree<'_>, node: NodeId) -> bool {
    std::iter::once(node).chain(tree.above(node).take(2)).any(|node| {
        tree.attributes(node).any(|(name, value)| {
            let says = ["class", "id", "itemprop", "rel", "data-testid"]
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known));
            says && value.len() < 200 && {
                let value = value.to_ascii_lowercase();
                value.contains("byline") || value.contains("author")
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::markup::text::blocks;

    fn read(below: &str) -> Shown {
        let text = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said on Monday, and so will be the pier.";
        let page = format!("<h1>Bridge to close</h1>{below}<p>{text}</p>");
        let tree = Tree::parse(&page);
        shown(&tree, &blocks(&tree, 0, |_| false), 0, None)
    }

    #[test]
    fn byline_and_date_stand_in_many_forms() {
        for (below, authors, published) in [
            ("<p>By Ana Ruiz</p><p>May 6, 2024</p>", "Ana Ruiz", Some("May 6, 2024")),
            (
                "<div>By Ana Ruiz and Leo Brandt | May 6, 2024</div>",
                "Ana Ruiz, Leo Brandt",
                Some("May 6, 2024"),
            ),
            ("<div class=byline>Ana Ruiz, Staff Writer<br>6 May 2024</div>", "Ana Ruiz", Some("6 May 2024")),
            ("<div>By</div><div>Ana Ruiz</div>", "Ana Ruiz", None),
            ("<div>By Ana Ruiz May 6, 2024 10:15 am</div>", "Ana Ruiz", Some("May 6, 2024 10:15 am")),
            (
                "<div>Updated: May 7, 2024</div><div>Published: May 6, 2024</div>",
                "",
                Some("Published: May 6, 2024"),
            ),
            ("<div>May 6, 2024 (updated May 7, 2024)</div>", "", Some("May 6, 2024")),
            (
                "<div>Last updated May 7, 2024. First published May 6, 2024</div>",
                "",
                Some("First published May 6, 2024"),
            ),
            ("<div>Updated: May 7, 2024</div>", "", None),
            ("<div>3/4/2016</div>", "", Some("3/4/2016")),
            ("<div>20240506</div><div>Share</div><div>12 comments</div>", "", None),
        ] {
            let shown = read(below);
            assert_eq!(shown.authors.join(", "), authors, "{below}");
            assert_eq!(shown.published.as_deref(), published, "{below}");
        }
        assert_eq!(read("<div>Updated: May 7, 2024</div>").changed.as_deref(), Some("Updated: May 7, 2024"));
        assert_eq!(read("<div>By our own reporter</div>").unread, ["By our own reporter"]);
    }
}
