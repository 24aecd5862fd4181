//! HTML as a tree, and as the text that it is shown as.
//!
//! Knows how pages are written and set, and nothing of news: what on a page is the article, is for `html`. The parser is
//! our own because a page has 200 KB, nearly all of it scripts and attributes that nobody reads: html5ever, which
//! keeps every rule of browsers, reads 215 pages a second, and takes quadratic time where elements are nested deep.

mod scan;
pub(crate) mod tag;
pub(crate) mod text;
pub(crate) mod tree;

use crate::read::markup::tag::Tag;
use crate::read::markup::text::{Block, blocks};
use crate::read::markup::tree::{NodeId, Tree};

/// The text of HTML that stands in a field, such as the body in an answer of a service: paragraphs with an empty line between
/// them, items of a list and rows of a table line by line, line breaks, character references read. Nothing but scripts, styles and
/// the like is left out.
pub(crate) fn fragment_text(html: &str) -> String {
    let tree = Tree::parse(html);
    let blocks = blocks(&tree, 0, |_| false);
    // Where the markup parts no paragraphs, empty lines do.
    let parts = |node: usize| tree.tag(node).is_some_and(|tag| tag.is_block() || tag == Tag::Br);
    if !(1..tree.len()).any(parts) && html.contains('\n') {
        return by_empty_lines(&tree, html);
    }
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in &blocks {
        text.push_str(before.map_or("", |before| gap(&tree, before.node, block.node)));
        text.push_str(&block.text);
        before = Some(block);
    }
    text
}

/// What stands between two blocks: items of one list and rows of one table are lines, cells of one row stand beside each other.
fn gap(tree: &Tree<'_>, before: NodeId, node: NodeId) -> &'static str {
    let is_cell = |node| matches!(tree.tag(node), Some(Tag::Td | Tag::Th));
    let (above, above_before) = (tree.parent(node), tree.parent(before));
    match (tree.tag(before), tree.tag(node)) {
        (Some(Tag::Li), Some(Tag::Li)) if above == above_before => "\n",
        _ if is_cell(before) && is_cell(node) && above == above_before => " ",
        _ if is_cell(before) && is_cell(node) && tree.parent(above) == tree.parent(above_before) => "\n",
        _ => "\n\n",
    }
}

/// The text of a fragment whose markup has no paragraphs: those that empty lines part.
fn by_empty_lines(tree: &Tree<'_>, html: &str) -> String {
    if tree.len() <= 2 {
        let text = htmlize::unescape(html);
        let paragraphs =
            text.split("\n\n").map(|lines| lines.split_whitespace().collect::<Vec<_>>().join(" "));
        return paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
    let paragraphs = html.split("\n\n").map(|lines| {
        let tree = Tree::parse(lines);
        blocks(&tree, 0, |_| false).into_iter().map(|block| block.text).collect::<Vec<_>>().join(" ")
    });
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_html_is_text_with_paragraphs() {
        for (html, text) in [
            ("<p>One &amp; two.</p><p>Three<br>four.</p>", "One & two.\n\nThree\nfour."),
            ("A &ldquo;bridge&rdquo; &#8212; no&nbsp;more", "A “bridge” — no more"),
            ("One.<br><br>Two.<br/> <br/>Three.", "One.\n\nTwo.\n\nThree."),
            ("<ul><li>one</li><li>two</li></ul>After", "one\ntwo\n\nAfter"),
            ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
            ("First.\n\nSecond <em>line</em>\ngoes on.", "First.\n\nSecond line goes on."),
            ("<html><head><title>x</title><body><p>The head was never closed.", "The head was never closed."),
            ("<p>One.</p><!-- never closed <p>Two.</p>", "One.\n\nnever closed\n\nTwo."),
            ("<blockquote><p>She\n  said <q>no</q>.</p></blockquote>", "She said “no”."),
            ("<style>p {}</style><script>x()</script>Text", "Text"),
            ("no markup at all", "no markup at all"),
            ("AT&T &lt;b&gt; &nosuch; &copy 2024", "AT&T <b> &nosuch; © 2024"),
            ("<pre>a\n  b</pre>", "a\nb"),
            ("", ""),
        ] {
            assert_eq!(fragment_text(html), text, "{html}");
        }
    }
}
