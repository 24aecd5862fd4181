//! Which blocks of a page are its article.
//!
//! The page is written out once, as blocks. Prose (long blocks with few links) weighs for the elements that it is in, what
//! leads elsewhere against them; the article is the element that weighs most. What in it is furniture by its name or its words
//! is left out.

use std::ops::Range;

use crate::read::evidence::Evidence;
use crate::read::html::furniture::{self, Known, Role};
use crate::read::html::metadata::Metadata;
use crate::read::html::shown::{Shown, shown};
use crate::read::html::title::folded;
use crate::read::html::trim;
use crate::read::markup::tag::Tag;
use crate::read::markup::text::{Block, blocks};
use crate::read::markup::tree::{NodeId, Tree};

/// A shorter block is no prose, in bytes.
const SHORTEST_PROSE: usize = 60;

/// With less prose than this, a page is looked at again, in bytes.
const LEAST_PROSE: usize = 200;

/// How many elements are looked at that say of themselves that they hold the text.
const MOST_TEXTS: usize = 20;

/// The text of the article on a page.
pub(super) struct Content {
    /// Its blocks, in their order.
    pub(super) blocks: Vec<Block>,
    /// How many headlines among them lead to other pages.
    pub(super) linked_headings: usize,
    /// What stands between headline and text.
    pub(super) shown: Shown,
    /// What was left out; empty unless it was asked for.
    pub(super) evidence: Evidence,
}

/// A page that is weighed.
struct Page<'a> {
    tree: &'a Tree<'a>,
    blocks: Vec<Block>,
    roles: Vec<Role>,
}

/// Finds the article; says what is left out too, if `explains`.
pub(super) fn content(tree: &Tree<'_>, metadata: &Metadata, explains: bool) -> Content {
    let mut known = Known::default();
    let roles = (0..tree.len())
        .map(|node| match tree.tag(node) {
            Some(tag) if !tag.is_no_text() => furniture::role(tree, node, tag, &mut known),
            _ => Role::Plain,
        })
        .collect();
    let page = Page { tree, blocks: blocks(tree, 0, |_| false), roles };
    let (root, cut) = page.article(metadata);
    let shown = shown(tree, &page.blocks, root, metadata.title.as_deref());
    let end = tree.end(root);
    let stated = page.stated_text(root);
    let description = metadata.description.as_deref().map(folded).unwrap_or_default();
    let mut standfirst = None;
    let mut kept = Vec::new();
    let mut evidence = Evidence::default();
    for block in page.blocks {
        if (root..end).contains(&block.node) {
            if !cut[block.node] {
                kept.push(block);
            } else if explains {
                evidence.cut(why_cut(tree, &page.roles, block.node), &block.text);
            }
        } else if kept.is_empty() && is_standfirst(&block, &description) {
            standfirst = Some(block);
        } else if explains {
            evidence.cut("outside of the element that holds the article", &block.text);
        }
    }
    let leads_elsewhere = |block: &&Block| {
        let is_heading = |node| tree.tag(node).is_some_and(Tag::is_heading);
        block.linked * 10 >= block.text.len() * 9
            && (is_heading(block.node) || is_heading(tree.parent(block.node)))
    };
    let linked_headings = kept.iter().filter(leads_elsewhere).count();
    let before: Vec<Block> = if explains { kept.clone() } else { Vec::new() };
    let blocks = trim::trim(tree, kept, standfirst, metadata, stated);
    for block in before {
        if !blocks.iter().any(|kept| kept.node == block.node && kept.text == block.text) {
            evidence.cut("headline, byline and furniture around the text, by words and links", &block.text);
        }
    }
    Content { blocks, linked_headings, shown, evidence }
}

/// Why a block in the article is left out, in words: what the nearest element around it is that is furniture.
fn why_cut(tree: &Tree<'_>, roles: &[Role], node: NodeId) -> &'static str {
    let around = std::iter::once(node).chain(tree.above(node));
    let mut furniture =
        around.filter(|node| matches!(roles[*node], Role::Hidden | Role::Furniture | Role::Doubtful));
    let Some(found) = furniture.next() else { return "furniture of the page" };
    match (roles[found], tree.tag(found)) {
        (Role::Hidden, _) => "not shown on the page",
        (_, Some(Tag::Figcaption | Tag::Caption | Tag::Figure)) => "captions",
        (_, Some(Tag::Nav | Tag::Menu)) => "menus",
        (_, Some(Tag::Aside | Tag::Footer | Tag::Address)) => {
            "boxes beside the article (aside, footer, address)"
        }
        _ => "furniture by its names (related, share, newsletter, comments, …)",
    }
}

/// What an element holds, in bytes.
#[derive(Clone, Copy, Default)]
struct Weight {
    prose: usize,
    /// Text that leads elsewhere, and scraps.
    other: usize,
}

/// Whether a block above the text is the summary that search engines are given as well.
fn is_standfirst(block: &Block, description: &str) -> bool {
    if description.is_empty() || block.linked > 0 || block.text.len() < 30 || block.text.len() > 2_000 {
        return false;
    }
    let text = folded(&block.text);
    // A date or a place may stand before it in its block.
    let holds_it =
        description.len() > 60 && text.len() < description.len() + 40 && text.ends_with(description);
    text == description
        || holds_it
        || description.len() > 60 && text.starts_with(description)
        || text.len() > 60 && description.starts_with(&text)
}

fn is_prose(block: &Block) -> bool {
    block.text.len() >= SHORTEST_PROSE && block.linked * 2 < block.text.len()
}

impl Page<'_> {
    /// The element that is the article, and which nodes are furniture.
    fn article(&self, metadata: &Metadata) -> (NodeId, Vec<bool>) {
        let everything = self.weigh(|_| true);
        let mut cut = self.cut(&everything, false);
        let mut weights = self.weigh(|block| !cut[block.node]);
        let mut root = self.root(&weights);
        if weights[root].prose < LEAST_PROSE {
            // Nearly all of the page bears names of furniture: then they say nothing.
            let careful = self.cut(&everything, true);
            let again = self.weigh(|block| !careful[block.node]);
            let other = self.root(&again);
            if again[other].prose > 4 * weights[root].prose {
                (cut, weights, root) = (careful, again, other);
            }
        }
        if weights[root].prose < LEAST_PROSE {
            // Scraps may be an article too: a table, a list, a brief.
            weights = self.weigh_by(|block| !cut[block.node], |block| block.linked * 2 < block.text.len());
            root = self.root(&weights);
        }
        (self.narrowed(root, &weights, &cut, metadata), cut)
    }

    /// The element that says of itself that it holds the text, holds most of it and no headline of the page: what stands in it
    /// is text, however short.
    fn stated_text(&self, root: NodeId) -> Option<Range<NodeId>> {
        let within = |range: &Range<NodeId>| {
            let blocks = self.blocks.iter().filter(|block| range.contains(&block.node));
            blocks.map(|block| block.text.len()).sum::<usize>()
        };
        let is_headline = |node| self.tree.tag(node) == Some(Tag::H1);
        let texts = (1..self.tree.len()).filter(|node| self.roles[*node] == Role::Text).take(MOST_TEXTS);
        let ranges = texts.map(|node| node..self.tree.end(node));
        let ranges = ranges.filter(|range| !range.clone().any(is_headline));
        let all = within(&(root..self.tree.end(root)));
        ranges
            .map(|range| (within(&range), range))
            .max_by_key(|(size, _)| *size)
            .filter(|(size, _)| size * 4 >= all * 3)
            .map(|(_, range)| range)
    }

    /// What every element holds of the blocks that count.
    fn weigh(&self, counts: impl Fn(&Block) -> bool) -> Vec<Weight> {
        self.weigh_by(counts, is_prose)
    }

    fn weigh_by(&self, counts: impl Fn(&Block) -> bool, is_prose: impl Fn(&Block) -> bool) -> Vec<Weight> {
        let mut weights = vec![Weight::default(); self.tree.len()];
        for block in self.blocks.iter().filter(|block| counts(block)) {
            let weight = &mut weights[block.node];
            if is_prose(block) {
                weight.prose += block.text.len();
            } else if block.linked * 2 >= block.text.len() {
                weight.other += block.text.len();
            }
        }
        // Nodes lie in the order of the page, so what is below comes later.
        for node in (1..self.tree.len()).rev() {
            let weight = weights[node];
            let above = &mut weights[self.tree.parent(node)];
            above.prose += weight.prose;
            above.other += weight.other;
        }
        weights
    }

    /// Which nodes are furniture, or lie in some; by their tags alone, if `careful`.
    fn cut(&self, weights: &[Weight], careful: bool) -> Vec<bool> {
        let all = weights[0].prose;
        // What holds the article is no furniture, whatever its names say of what else is in it.
        let mut holds_article = vec![false; self.tree.len()];
        for node in (1..self.tree.len()).rev() {
            let is_article = matches!(self.roles[node], Role::Text | Role::Article)
                || self.tree.tag(node) == Some(Tag::Main);
            if is_article && weights[node].prose * 4 >= all || self.tree.tag(node) == Some(Tag::Body) {
                holds_article[node] = true;
            }
            if holds_article[node] {
                holds_article[self.tree.parent(node)] = true;
            }
        }
        let mut cut = vec![false; self.tree.len()];
        for node in 1..self.tree.len() {
            cut[node] = cut[self.tree.parent(node)]
                || match self.roles[node] {
                    Role::Hidden => weights[node].prose * 2 < all,
                    _ if holds_article[node] => false,
                    Role::Furniture => weights[node].prose * if careful { 5 } else { 1 } < all * 9 / 10,
                    Role::Doubtful => weights[node].prose * if careful { 10 } else { 3 } < all,
                    _ => false,
                };
        }
        cut
    }

    /// Of several articles in an element the one under the headline.
    fn narrowed(&self, root: NodeId, weights: &[Weight], cut: &[bool], metadata: &Metadata) -> NodeId {
        let Some(title) = metadata.title.as_deref().map(folded) else { return root };
        let inside = root..self.tree.end(root);
        let headline = self.blocks.iter().find(|block| {
            !cut[block.node]
                && inside.contains(&block.node)
                && block.text.len() < 1000
                && folded(&block.text) == title
        });
        let article = headline.and_then(|block| {
            self.tree
                .above(block.node)
                .take_while(|node| *node > root)
                .find(|node| self.roles[*node] == Role::Article)
        });
        article.filter(|article| weights[*article].prose * 4 > weights[root].prose).unwrap_or(root)
    }

    /// The element that is the article.
    fn root(&self, weights: &[Weight]) -> NodeId {
        let mut best = (i64::MIN, 0);
        for (node, weight) in weights.iter().enumerate() {
            let factor = match self.roles[node] {
                Role::Text => 140,
                Role::Article => 115,
                _ => 100,
            };
            let worth = (weight.prose as i64 - weight.other as i64) * factor;
            // Of equals the one that lies deeper.
            if worth >= best.0 && weight.prose > 0 {
                best = (worth, node);
            }
        }
        // What stands around nearly all of the prose adds nothing of the article.
        let mut root = best.1;
        let holds_nearly_all =
            |root: NodeId, child: &NodeId| weights[*child].prose * 100 > weights[root].prose * 96;
        while let Some(child) = self.tree.children(root).find(|child| holds_nearly_all(root, child)) {
            root = child;
        }
        root
    }
}
