//! What hangs on what: children and subtrees over the parser's heads.
//!
//! Knows heads and relations, never words. Built once for an article in linear time, however deep its trees are.

use crate::annotate::labels::Relation;
use crate::annotate::parse::Tree;
use crate::span::{Span, Tokens};

/// How far heads are followed from a token, so that deep trees take linear time.
const STEPS: usize = 24;

/// A tree with the children and subtrees of every token.
#[derive(Debug, Default)]
pub struct Syntax {
    tree: Tree,
    /// From the first to the last token that hangs on each, itself included.
    extents: Vec<Span<Tokens>>,
    /// Where the children of each token begin in `children`; one more entry at the end.
    starts: Vec<u32>,
    /// All tokens that have a head, by head, in text order.
    children: Vec<u32>,
    /// See [`Syntax::anchor`].
    anchors: Vec<Option<u32>>,
}

impl Syntax {
    /// Finds out what hangs on each token of a tree.
    pub fn new(tree: Tree) -> Self {
        let count = tree.heads.len();
        let mut starts = vec![0_u32; count + 1];
        for head in tree.heads.iter().flatten() {
            starts[*head as usize + 1] += 1;
        }
        let mut waiting: Vec<u32> = starts[1..].to_vec(); // children whose subtrees are not known yet
        for index in 0..count {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut children = vec![0_u32; starts[count] as usize];
        for (token, head) in tree.heads.iter().enumerate() {
            if let Some(head) = head {
                children[next[*head as usize] as usize] = token as u32;
                next[*head as usize] += 1;
            }
        }
        let mut extents: Vec<Span<Tokens>> = (0..count).map(|token| Span::new(token, token + 1)).collect();
        let mut ready: Vec<usize> = (0..count).filter(|token| waiting[*token] == 0).collect();
        while let Some(token) = ready.pop() {
            if let Some(head) = tree.head(token) {
                extents[head] = extents[head].join(extents[token]);
                waiting[head] -= 1;
                if waiting[head] == 0 {
                    ready.push(head);
                }
            }
        }
        let anchors = (0..count).map(|token| anchor(&tree, token)).collect();
        Syntax { tree, extents, starts, children, anchors }
    }

    /// The tree alone.
    pub(crate) fn into_tree(self) -> Tree {
        self.tree
    }

    /// The tree itself.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The head of a token.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.tree.head(token)
    }

    /// How a token hangs on its head.
    pub fn relation(&self, token: usize) -> Relation {
        self.tree.relation(token)
    }

    /// The word before a token that the part of the tree beginning at the token hangs on.
    pub fn anchor(&self, token: usize) -> Option<usize> {
        self.anchors.get(token).copied().flatten().map(|head| head as usize)
    }

    /// The tokens that hang on a token, in text order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let range = match (self.starts.get(token), self.starts.get(token + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        };
        self.children[range].iter().map(|child| *child as usize)
    }

    /// The first child that hangs on a token in one of these ways.
    pub fn child(&self, token: usize, relations: &[Relation]) -> Option<usize> {
        self.children(token).find(|child| relations.contains(&self.relation(*child)))
    }

    /// From the first to the last token below a token, itself included.
    pub fn extent(&self, token: usize) -> Span<Tokens> {
        self.extents[token]
    }
}

/// Follows heads to the right of `token` until one lies before it.
fn anchor(tree: &Tree, token: usize) -> Option<u32> {
    let mut at = token;
    for _ in 0..STEPS {
        let head = tree.head(at)?;
        if head < token {
            return Some(head as u32);
        }
        at = head;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extents_cover_all_that_hangs_below() {
        // the old mayor left early
        let heads = [Some(2), Some(2), Some(3), None, Some(3)];
        let relations =
            vec![Relation::Det, Relation::Amod, Relation::Nsubj, Relation::Root, Relation::Advmod];
        let tree = Tree { heads: heads.to_vec(), relations };
        let syntax = Syntax::new(tree);
        assert_eq!(syntax.extent(2), Span::new(0, 3));
        assert_eq!(syntax.extent(3), Span::new(0, 5));
        assert_eq!(syntax.children(3).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(syntax.child(3, &[Relation::Nsubj]), Some(2));
    }
}
