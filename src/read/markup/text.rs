//! A part of a tree → the blocks of text that it is shown as.
//!
//! Knows how a page is set: what begins a block, what breaks a line, which white space counts. What a block is worth, is for
//! others.

use crate::read::markup::tag::Tag;
use crate::read::markup::tree::{NodeId, Tree};

/// Text that stands by itself: a paragraph, a headline, an item of a list.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// The text as shown; a line break in it is one of the page.
    pub(crate) text: String,
    /// The element that the block begins in.
    pub(crate) node: NodeId,
    /// How much of the text leads elsewhere, in bytes.
    pub(crate) linked: usize,
    /// How much of the text is bold or slanted, in bytes.
    pub(crate) marked: usize,
}

/// The blocks of an element, without what is below the elements that are `cut`.
pub(crate) fn blocks(tree: &Tree<'_>, root: NodeId, cut: impl Fn(NodeId) -> bool) -> Vec<Block> {
    let mut writer =
        Writer { tree, blocks: Vec::new(), text: String::new(), node: root, linked: 0, marked: 0 };
    let mut open: Vec<NodeId> = Vec::new();
    let (mut links, mut marks, mut preformatted) = (0_usize, 0_usize, 0_usize);
    let mut node = root;
    while node < tree.end(root) {
        while let Some(last) = open.pop_if(|last| tree.end(*last) <= node) {
            writer.leave(last);
            links -= usize::from(tree.tag(last) == Some(Tag::A));
            preformatted -= usize::from(tree.tag(last) == Some(Tag::Pre));
            marks -= usize::from(is_marked(tree, last));
        }
        let Some(tag) = tree.tag(node) else {
            writer.write(tree.text(node).unwrap_or_default(), preformatted > 0, links > 0, marks > 0);
            node += 1;
            continue;
        };
        if tag.is_no_text() || cut(node) {
            writer.part(node, tag);
            node = tree.end(node);
            continue;
        }
        writer.enter(node, tag);
        links += usize::from(tag == Tag::A);
        preformatted += usize::from(tag == Tag::Pre);
        marks += usize::from(is_marked(tree, node));
        if tree.end(node) > node + 1 {
            open.push(node);
        } else {
            writer.leave(node);
            links -= usize::from(tag == Tag::A);
            preformatted -= usize::from(tag == Tag::Pre);
            marks -= usize::from(is_marked(tree, node));
        }
        node += 1;
    }
    writer.flush();
    writer.blocks
}

fn is_marked(tree: &Tree<'_>, node: NodeId) -> bool {
    let name = tree.name(node);
    tree.tag(node) == Some(Tag::Inline)
        && ["b", "i", "em", "strong"].iter().any(|mark| name.eq_ignore_ascii_case(mark))
}

/// The blocks so far, and the one that is being written.
struct Writer<'a> {
    tree: &'a Tree<'a>,
    blocks: Vec<Block>,
    text: String,
    node: NodeId,
    linked: usize,
    marked: usize,
}

impl Writer<'_> {
    fn enter(&mut self, node: NodeId, tag: Tag) {
        match tag {
            Tag::Br => {
                // Two breaks with nothing between them are how some pages part paragraphs.
                let is_second = self.text.trim_end_matches(' ').ends_with('\n');
                if is_second { self.flush() } else { self.text.push('\n') }
            }
            Tag::Q => self.text.push('“'),
            tag if tag.is_block() => {
                self.flush();
                self.node = node;
            }
            _ => {}
        }
    }

    fn leave(&mut self, node: NodeId) {
        match self.tree.tag(node) {
            Some(Tag::Q) => self.text.push('”'),
            Some(tag) if tag.is_block() => {
                self.flush();
                self.node = self.tree.parent(node);
            }
            _ => {}
        }
    }

    /// Meets an element that is left out.
    fn part(&mut self, node: NodeId, tag: Tag) {
        if tag.is_block() {
            self.flush();
            self.node = self.tree.parent(node);
        }
    }

    /// Writes text as it is shown: white space is one space, but in preformatted text.
    fn write(&mut self, raw: &str, preformatted: bool, linked: bool, marked: bool) {
        let text = if memchr::memchr(b'&', raw.as_bytes()).is_some() {
            htmlize::unescape(raw)
        } else {
            std::borrow::Cow::Borrowed(raw)
        };
        let before = self.text.len();
        for mark in text.chars() {
            match mark {
                '\n' if preformatted => self.text.push('\n'),
                ' ' | '\n' | '\t' | '\r' | '\u{c}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => {
                    if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                        self.text.push(' ');
                    }
                }
                // What has no width, and hyphens where a word may be broken.
                '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
                '\0' => self.text.push('\u{fffd}'),
                mark => self.text.push(mark),
            }
        }
        let written = self.text.len() - before;
        self.linked += if linked { written } else { 0 };
        self.marked += if marked { written } else { 0 };
    }

    /// Ends the block.
    fn flush(&mut self) {
        let text = self.text.trim();
        if !text.is_empty() {
            let text = text.replace(" \n", "\n");
            let (node, linked, marked) = (self.node, self.linked, self.marked);
            self.blocks.push(Block { text, node, linked, marked });
        }
        self.text.clear();
        (self.linked, self.marked) = (0, 0);
    }
}
