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
    fragment_text_without(html, |_, _| false)
}

/// The same without what is in the elements that are `cut`.
pub(crate) fn fragment_text_without(html: &str, cut: fn(&Tree<'_>, NodeId) -> bool) -> String {
    let tree = Tree::parse(html);
    let blocks = blocks(&tree, 0, |node| cut(&tree, node));
    // Where the markup parts no paragraphs, empty lines do.
    let parts = |node: usize| tree.tag(node).is_some_and(|tag| tag.is_block() || tag == Tag::Br);
    if !(1..tree.len()).any(parts) && html.contains('\n') {
        return by_empty_lines(&tree, html);
    }
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    for block in &blocks {
        text.push_str(before.map_or("", |before| gap(&tree, before, block)));
        text.push_str(&block.text);
        before = Some(block);
    }
    text
}

/// What the pictures in a piece of HTML are said to show.
pub(crate) fn alternatives(html: &str) -> Vec<String> {
    let tree = Tree::parse(html);
    let pictures = (1..tree.len()).filter(|node| tree.tag(*node) == Some(Tag::Img));
    pictures.filter_map(|node| tree.attribute(node, "alt")).map(std::borrow::Cow::into_owned).collect()
}

/// What stands between two blocks: items of one list and rows of one table are lines, cells of one row stand beside each other.
fn gap(tree: &Tree<'_>, before: &Block, block: &Block) -> &'static str {
    let (above, above_before) = (tree.parent(block.node), tree.parent(before.node));
    match (tree.tag(before.node), tree.tag(block.node)) {
        (Some(Tag::Li), Some(Tag::Li)) if above == above_before => "\n",
        _ => between_cells(tree, before, block).unwrap_or("\n\n"),
    }
}

/// A cell with more text is a part of a page that was set out by a table, in bytes.
const LONGEST_CELL: usize = 200;

/// What stands between two blocks that are the cells of one table; none where they are not.
pub(crate) fn between_cells(tree: &Tree<'_>, before: &Block, block: &Block) -> Option<&'static str> {
    if before.text.len().max(block.text.len()) > LONGEST_CELL {
        return None;
    }
    let (cell, cell_before) = (cell_around(tree, block.node)?, cell_around(tree, before.node)?);
    let (row, row_before) = (tree.parent(cell), tree.parent(cell_before));
    if cell == cell_before {
        None
    } else if row == row_before {
        Some(" ")
    } else {
        let table = |row| tree.above(row).find(|node| tree.tag(*node) == Some(Tag::Table));
        (table(row).is_some() && table(row) == table(row_before)).then_some("\n")
    }
}

/// The cell that is, or holds next to nothing but, what a node is.
pub(crate) fn cell_around(tree: &Tree<'_>, node: NodeId) -> Option<NodeId> {
    let is_cell = |node: &NodeId| matches!(tree.tag(*node), Some(Tag::Td | Tag::Th));
    let is_within = |node: &NodeId| is_cell(node) || matches!(tree.tag(*node), Some(Tag::P | Tag::Div));
    std::iter::once(node).chain(tree.above(node)).take(3).take_while(is_within).find(is_cell)
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
            ("<table><thead><tr><th>a<th>b<tbody><tr><td><p>c</p><td><div>d</div></table>", "a b\nc d"),
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
