//! Pieces of HTML → a tree of elements, whatever was forgotten to be closed.
//!
//! The rules are those of browsers where they decide which text belongs to which block: what ends a paragraph, a list item, a
//! cell. What browsers do to misplaced formatting (`<b><p></b>`) and to text in tables changes no text, and is left out; so the nodes
//! lie in the order of the page, and all below an element is one range of them. Time and memory are in proportion to the
//! page, whatever it holds: elements below [`DEEPEST`] become siblings, as in browsers.

use std::borrow::Cow;

use crate::read::markup::scan::{Attributes, Piece, Scanner};
use crate::read::markup::tag::Tag;

/// How deep elements may lie in each other; that is the limit of browsers.
const DEEPEST: usize = 512;

/// How many nodes are read; the largest pages have some ten thousand.
const MOST_NODES: usize = 250_000;

/// How many attributes of one element are looked at.
const MOST_ATTRIBUTES: usize = 100;

/// Where a node lies in its tree.
pub(crate) type NodeId = usize;

/// A page as a tree. The first node is the page itself.
pub(crate) struct Tree<'a> {
    nodes: Vec<Node<'a>>,
    /// Whether all of the page was read.
    pub(crate) is_whole: bool,
}

/// An element, or a text.
#[derive(Clone, Copy)]
struct Node<'a> {
    parent: u32,
    /// The node after the last one below this.
    end: u32,
    kind: Kind<'a>,
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Element { tag: Tag, name: &'a str, attributes: &'a str },
    Text(&'a str),
}

impl<'a> Tree<'a> {
    /// Reads a page, or a part of one.
    pub(crate) fn parse(page: &'a str) -> Self {
        let root =
            Node { parent: 0, end: 0, kind: Kind::Element { tag: Tag::Block, name: "", attributes: "" } };
        let mut builder = Builder { nodes: vec![root], open: vec![(Tag::Block, "", 0)] };
        let mut is_whole = true;
        for piece in Scanner::new(page) {
            if builder.nodes.len() > MOST_NODES {
                is_whole = false;
                break;
            }
            match piece {
                Piece::Text(text) => {
                    builder.add(Kind::Text(text));
                }
                Piece::Start { tag, name, attributes } => builder.start(tag, name, attributes),
                Piece::End { tag, name } => builder.end(tag, name),
            }
        }
        builder.close_down_to(0);
        let end = builder.nodes.len();
        builder.nodes[0].end = end as u32;
        Tree { nodes: builder.nodes, is_whole }
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node above.
    pub(crate) fn parent(&self, node: NodeId) -> NodeId {
        self.nodes[node].parent as NodeId
    }

    /// The nodes above, from the nearest to the page.
    pub(crate) fn above(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(Some(node), |node| (*node != 0).then(|| self.parent(*node))).skip(1)
    }

    /// The node after the last one below.
    pub(crate) fn end(&self, node: NodeId) -> NodeId {
        self.nodes[node].end as NodeId
    }

    /// The nodes directly below.
    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let end = self.end(node);
        let first = (node + 1 < end).then_some(node + 1);
        std::iter::successors(first, move |child| Some(self.end(*child)).filter(|next| *next < end))
    }

    /// The tag of an element; none for a text.
    pub(crate) fn tag(&self, node: NodeId) -> Option<Tag> {
        match self.nodes[node].kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// The name of an element as written.
    pub(crate) fn name(&self, node: NodeId) -> &'a str {
        match self.nodes[node].kind {
            Kind::Element { name, .. } => name,
            Kind::Text(_) => "",
        }
    }

    /// A text as written, its character references unread; none for an element.
    pub(crate) fn text(&self, node: NodeId) -> Option<&'a str> {
        match self.nodes[node].kind {
            Kind::Text(text) => Some(text),
            Kind::Element { .. } => None,
        }
    }

    /// The attributes of an element as written, names in any case.
    pub(crate) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let attributes = match self.nodes[node].kind {
            Kind::Element { attributes, .. } => attributes,
            Kind::Text(_) => "",
        };
        Attributes(attributes).take(MOST_ATTRIBUTES)
    }

    /// The value of an attribute as written.
    pub(crate) fn raw_attribute(&self, node: NodeId, name: &str) -> Option<&'a str> {
        self.attributes(node).find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// The value of an attribute, its character references read.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<Cow<'a, str>> {
        self.raw_attribute(node, name).map(htmlize::unescape_attribute)
    }
}

/// A tree that grows.
struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// The elements that are open, the outermost first.
    open: Vec<(Tag, &'a str, u32)>,
}

impl<'a> Builder<'a> {
    /// Adds a node to the innermost element that is open.
    fn add(&mut self, kind: Kind<'a>) -> u32 {
        let id = self.nodes.len() as u32;
        let parent = self.open.last().map_or(0, |(_, _, id)| *id);
        self.nodes.push(Node { parent, end: id + 1, kind });
        id
    }

    /// Closes elements until only so many are open.
    fn close_down_to(&mut self, count: usize) {
        let end = self.nodes.len() as u32;
        for (_, _, id) in self.open.drain(count.max(1)..) {
            self.nodes[id as usize].end = end;
        }
    }

    /// Closes the innermost element that `is` the one looked for, and all in it, if none that is a `bound` lies between.
    fn close(&mut self, is: impl Fn(Tag) -> bool, bound: impl Fn(Tag) -> bool) {
        for (place, (tag, _, _)) in self.open.iter().enumerate().skip(1).rev() {
            if is(*tag) {
                return self.close_down_to(place);
            }
            if bound(*tag) {
                return;
            }
        }
    }

    fn start(&mut self, tag: Tag, name: &'a str, attributes: &'a str) {
        use Tag::{
            A, Body, Button, Dd, Dt, Head, Html, Li, Meta, Option, P, Table, Tbody, Td, Tfoot, Th, Thead, Tr,
        };
        let in_table = |tag| matches!(tag, Table | Html | Tag::Template);
        match tag {
            // A second one adds nothing but attributes.
            Html | Body | Head if self.open.iter().any(|(open, _, _)| *open == tag) => return,
            Li => self.close(|tag| tag == Li, ends_item),
            Dd | Dt => self.close(|tag| matches!(tag, Dd | Dt), ends_item),
            Option => self.close(|tag| tag == Option, |tag| tag != Option),
            A => self.close(|tag| tag == A, |tag| tag.is_block() && tag != P),
            Button => self.close(|tag| tag == Button, ends_paragraph_search),
            Tr => self.close(|tag| tag == Tr, in_table),
            Td | Th => self.close(|tag| matches!(tag, Td | Th), |tag| tag == Tr || in_table(tag)),
            Tbody | Thead | Tfoot => self.close(|tag| matches!(tag, Tbody | Thead | Tfoot), in_table),
            _ => {}
        }
        let belongs_to_head = matches!(
            tag,
            Head | Html
                | Meta
                | Tag::Title
                | Tag::Link
                | Tag::Script
                | Tag::Style
                | Tag::Base
                | Tag::Noscript
                | Tag::Template
        );
        // The head lies in the page and its `html` alone.
        if !belongs_to_head && self.open.iter().take(3).any(|(open, ..)| *open == Head) {
            self.close(|tag| tag == Head, |_| false);
        }
        if tag.ends_paragraph() {
            self.close(|tag| tag == P, ends_paragraph_search);
        }
        if tag.is_heading() && self.open.last().is_some_and(|(open, _, _)| open.is_heading()) {
            self.close_down_to(self.open.len() - 1);
        }
        let id = self.add(Kind::Element { tag, name, attributes });
        let is_closed = tag.is_void() || attributes.ends_with('/') && tag == Tag::Svg;
        if !is_closed && self.open.len() < DEEPEST {
            self.open.push((tag, name, id));
        }
    }

    fn end(&mut self, tag: Tag, name: &'a str) {
        match tag {
            Tag::Br => {
                self.add(Kind::Element { tag, name, attributes: "" });
            }
            // What follows them belongs to them in a browser too.
            Tag::Body | Tag::Html => {}
            Tag::P => self.close(|tag| tag == Tag::P, ends_paragraph_search),
            Tag::Inline | Tag::Block => {
                let same = self.open.iter().enumerate().skip(1).rev();
                let is_bound = |tag: Tag| tag.is_block() && tag != Tag::Block;
                for (place, (open, open_name, _)) in same {
                    if *open == tag && open_name.eq_ignore_ascii_case(name) {
                        return self.close_down_to(place);
                    }
                    if tag == Tag::Inline && is_bound(*open) || is_cell(*open) {
                        return;
                    }
                }
            }
            tag if tag.is_heading() => self.close(Tag::is_heading, is_cell),
            Tag::Table => self.close(|open| open == tag, |_| false),
            Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close(|open| open == tag, |open| open == Tag::Table);
            }
            tag if tag.is_block() => self.close(|open| open == tag, |open| is_cell(open) && !is_cell(tag)),
            tag => self.close(|open| open == tag, Tag::is_block),
        }
    }
}

/// Where the search for an open paragraph ends.
fn ends_paragraph_search(tag: Tag) -> bool {
    is_cell(tag) || matches!(tag, Tag::Button | Tag::Object)
}

/// Where the search for an open list item ends: at all blocks but those that are mere wrappers.
fn ends_item(tag: Tag) -> bool {
    tag.is_block() && !matches!(tag, Tag::Address | Tag::Div | Tag::P | Tag::Li | Tag::Dd | Tag::Dt)
}

/// What nothing inside it can end.
fn is_cell(tag: Tag) -> bool {
    matches!(tag, Tag::Td | Tag::Th | Tag::Table | Tag::Caption | Tag::Template | Tag::Html)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree, with each element's end written out.
    fn shown(page: &str) -> String {
        fn show(tree: &Tree, node: NodeId, text: &mut String) {
            match tree.text(node) {
                Some(found) => text.push_str(found),
                None => {
                    text.push_str(tree.name(node));
                    text.push('(');
                    tree.children(node).for_each(|child| show(tree, child, text));
                    text.push(')');
                }
            }
        }
        let tree = Tree::parse(page);
        let mut text = String::new();
        tree.children(0).for_each(|child| show(&tree, child, &mut text));
        text
    }

    #[test]
    fn what_is_not_closed_ends_where_browsers_end_it() {
        for (page, expected) in [
            ("<p>a<p>b<div>c</div>d", "p(a)p(b)div(c)d"),
            ("<ul><li>a<li>b<ul><li>c</ul></ul>", "ul(li(a)li(bul(li(c))))"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"),
            ("<table><tr><td>a<td>b<tr><td><p>c</table>d", "table(tr(td(a)td(b))tr(td(p(c))))d"),
            ("<h2>a<h3>b</h2>c", "h2(a)h3(b)c"),
            ("<b><p>a</b>b</p>c", "b(p(ab)c)"),
            ("<a>x<a>y</a>", "a(x)a(y)"),
            ("</p></div>a</br>b", "abr()b"),
            ("<div><span>a</div>b", "div(span(a))b"),
            ("<html><head><title>t</title><p>a", "html(head(title(t))p(a))"),
            ("<html><body>a</body></html>b", "html(body(ab))"),
            ("<p>a<table><tr><td></p>b</table>", "p(a)table(tr(td(b)))"),
        ] {
            assert_eq!(shown(page), expected, "{page}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let page = format!("{}a{}b", "<div>".repeat(20_000), "</div>".repeat(20_000));
        let tree = Tree::parse(&page);
        assert_eq!(tree.len(), 20_003);
        let deepest = (0..tree.len()).map(|node| tree.above(node).count()).max();
        assert!(deepest.is_some_and(|deepest| deepest <= DEEPEST));
    }
}
