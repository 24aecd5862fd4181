//! The state of the parser in one sentence, and what the network may see of it.

use crate::annotate::features::{Lexeme, NOTHING, Window, key, key2};
use crate::annotate::labels::Relation;
use crate::annotate::tag::codes as cluster_codes;

/// What the parser can do in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// Puts the next token on the stack.
    Shift,
    /// Makes the next token the head of the topmost, which leaves the stack.
    Left,
    /// Makes the second topmost the head of the topmost, which leaves the stack.
    Right,
}

impl Move {
    /// All moves, by the numbers that the network gives them.
    pub const ALL: [Move; 3] = [Move::Shift, Move::Left, Move::Right];
}

/// No token.
const NONE: u32 = u32::MAX;

/// The children of a token so far: the two outermost on each side, and how many there are.
#[derive(Clone, Copy, Debug)]
struct Children {
    left: [u32; 2],
    right: [u32; 2],
    counts: [u8; 2],
}

/// A stack, the tokens not yet read, and the arcs so far. The root stands behind the last token.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<u32>,
    next: u32,
    heads: Vec<u32>,
    relations: Vec<Relation>,
    children: Vec<Children>,
}

impl State {
    /// The first state for a sentence of `tokens` tokens.
    pub fn new(tokens: usize) -> Self {
        let childless = Children { left: [NONE; 2], right: [NONE; 2], counts: [0; 2] };
        State {
            stack: Vec::with_capacity(16),
            next: 0,
            heads: vec![NONE; tokens],
            relations: vec![Relation::Dep; tokens],
            children: vec![childless; tokens + 1],
        }
    }

    fn root(&self) -> u32 {
        self.heads.len() as u32
    }

    /// Whether every token has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.root() && self.stack.is_empty()
    }

    /// The topmost token of the stack (`depth` 0) or one below it.
    pub fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at] as usize)
    }

    /// All tokens on the stack, the topmost last.
    pub fn stack(&self) -> &[u32] {
        &self.stack
    }

    /// The next token to read; the number of tokens when only the root is left.
    pub fn next(&self) -> usize {
        self.next as usize
    }

    /// Whether a move can be made. The root takes one token only: the last on the stack.
    pub fn allows(&self, step: Move) -> bool {
        match step {
            Move::Shift => self.next < self.root(),
            Move::Left => !self.stack.is_empty() && (self.next < self.root() || self.stack.len() == 1),
            Move::Right => self.stack.len() > 1,
        }
    }

    /// Whether a move would make the topmost token the root of the sentence.
    pub fn makes_root(&self, step: Move) -> bool {
        step == Move::Left && self.next == self.root()
    }

    /// Makes a move that is allowed; `relation` is used by moves that make an arc.
    pub fn apply(&mut self, step: Move, relation: Relation) {
        if step == Move::Shift {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let Some(token) = self.stack.pop() else {
            return;
        };
        let head = match (step, self.stack.last()) {
            (Move::Right, Some(below)) => *below,
            _ => self.next,
        };
        self.heads[token as usize] = head;
        self.relations[token as usize] = relation;
        let children = &mut self.children[head as usize];
        let right = usize::from(step == Move::Right);
        let outermost = if right == 1 { &mut children.right } else { &mut children.left };
        *outermost = [token, outermost[0]];
        children.counts[right] = children.counts[right].saturating_add(1);
    }

    /// The head of a token; `None` for the root of the sentence, and while it has none.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.heads.get(token).filter(|head| **head < self.root()).map(|head| *head as usize)
    }

    /// The relation of a token to its head.
    pub fn relation(&self, token: usize) -> Relation {
        self.relations.get(token).copied().unwrap_or(Relation::Dep)
    }
}

/// What a feature sees of a token.
struct View<'a> {
    window: Window<'a>,
    codes: &'a [u32],
    state: &'a State,
}

/// The tag code of the root.
const ROOT_CODE: u32 = 0xFFFE;
/// The tag code where there is no token.
const NO_CODE: u32 = 0xFFFF;

impl View<'_> {
    fn lexeme(&self, token: u32) -> &Lexeme {
        self.window.get(token as usize, 0)
    }

    fn word(&self, token: u32) -> u32 {
        if token == self.state.root() { NOTHING ^ 1 } else { self.lexeme(token).lower }
    }

    fn tag(&self, token: u32) -> u32 {
        match token {
            NONE => NO_CODE,
            _ => self.codes.get(token as usize).copied().unwrap_or(ROOT_CODE),
        }
    }

    fn relation(&self, token: u32) -> u32 {
        self.state.relations.get(token as usize).map_or(NO_CODE, |relation| *relation as u32)
    }

    fn children(&self, token: u32) -> Children {
        let nobody = Children { left: [NONE; 2], right: [NONE; 2], counts: [0; 2] };
        self.state.children.get(token as usize).copied().unwrap_or(nobody)
    }
}

/// A distance as one of eight classes.
fn bucket(distance: u32) -> u32 {
    match distance {
        0..=4 => distance,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

impl State {
    /// Fills `keys` with the features of this state; `codes` are the codes of the tokens' tags.
    pub fn features(&self, window: Window<'_>, codes: &[u32], keys: &mut Vec<u32>) {
        let view = View { window, codes, state: self };
        let stacked = |depth: usize| self.stacked(depth).map_or(NONE, |token| token as u32);
        let ahead = |offset: u32| {
            if self.next + offset <= self.root() { self.next + offset } else { NONE }
        };
        let (s0, s1, s2) = (stacked(0), stacked(1), stacked(2));
        let (b0, b1, b2) = (ahead(0), ahead(1), ahead(2));
        let beside = |token: u32, offset: i32| match token {
            NONE => NONE,
            _ => token.checked_add_signed(offset).filter(|token| *token <= self.root()).unwrap_or(NONE),
        };
        let (c0, c1, d0) = (view.children(s0), view.children(s1), view.children(b0));
        let (t0, t1, t2) = (view.tag(s0), view.tag(s1), view.tag(s2));
        let (u0, u1, u2) = (view.tag(b0), view.tag(b1), view.tag(b2));
        let (w0, w1, v0, v1) = (view.word(s0), view.word(s1), view.word(b0), view.word(b1));
        let near = bucket(if s0 == NONE { 0 } else { b0 - s0 });
        let below = bucket(if s1 == NONE { 0 } else { s0 - s1 });
        let counts = |children: Children| {
            u32::from(children.counts[0].min(3)) << 2 | u32::from(children.counts[1].min(3))
        };
        keys.clear();
        keys.extend([
            key(1, w0),
            key(2, w1),
            key(3, v0),
            key(4, v1),
            key(5, view.word(s2)),
            key(6, view.word(b2)),
            key(7, t0),
            key(8, t1),
            key(9, t2),
            key(10, u0),
            key(11, u1),
            key(12, u2),
            key2(13, t0, u0),
            key2(14, t0, t1),
            key2(15, key(t0, t1), u0),
            key2(16, key(t0, u0), u1),
            key2(17, u0, u1),
            key2(18, key(u0, u1), u2),
            key2(19, w0, u0),
            key2(20, t0, v0),
            key2(21, w0, t1),
            key2(22, t0, w1),
            key2(23, w0, v0),
            key2(24, w0, w1),
            key2(25, key(t0, t1), t2),
            key2(26, key(near, t0), u0),
            key2(27, key(below, t0), t1),
            key2(28, near, below),
            key2(29, counts(c0), t0),
            key2(30, counts(c1), t1),
            key2(31, counts(d0), u0),
            key2(32, t0, view.lexeme(s0).case as u32),
            key2(33, u0, view.lexeme(b0).case as u32),
            key(34, view.lexeme(s0).suffixes[2]),
            key(35, view.lexeme(s1).suffixes[2]),
            key(36, view.lexeme(b0).suffixes[2]),
            key2(37, w1, t2),
            key2(38, v0, u1),
            // The neighbors in the text of what the move is about.
            key2(39, view.tag(beside(s0, -1)), t0),
            key2(40, view.tag(beside(s0, 1)), t0),
            key2(41, view.tag(beside(b0, -1)), u0),
            key2(42, view.tag(beside(s1, 1)), t1),
            key(43, view.word(beside(s0, 1))),
            key(44, view.word(beside(b0, -1))),
            key(45, view.tag(ahead(3))),
            key2(46, u1, u2),
            key2(47, key(t1, below), u0),
        ]);
        let outer = [
            c0.left[0],
            c0.left[1],
            c0.right[0],
            c0.right[1],
            c1.left[0],
            c1.right[0],
            c1.right[1],
            d0.left[0],
            d0.left[1],
        ];
        for (at, child) in (0..).zip(outer) {
            keys.extend([
                key(100 + at, view.tag(child)),
                key(110 + at, view.relation(child)),
                key(120 + at, view.word(child)),
            ]);
        }
        // The outermost grandchildren tell whether a phrase is closed.
        let grand = [
            view.children(c0.right[0]).right[0],
            view.children(c1.right[0]).right[0],
            view.children(c0.left[0]).left[0],
        ];
        keys.extend((130..).zip(grand).map(|(template, child)| key(template, view.tag(child))));
        keys.extend([
            key2(140, key(t0, view.tag(c0.right[0])), u0),
            key2(141, key(t1, view.tag(c1.right[0])), t0),
            key2(142, key(t0, view.tag(c0.left[0])), t1),
            key2(143, key(u0, view.tag(d0.left[0])), t0),
            key2(144, view.relation(c0.right[0]), t0),
            key2(145, view.relation(c0.left[0]), t0),
            key2(146, view.relation(d0.left[0]), u0),
            key2(147, view.relation(c1.right[0]), t1),
            key2(148, key(t1, u0), u1),
            key2(149, key(t2, t1), key(t0, u0)),
        ]);
        for (template, token) in [(200, s0), (210, s1), (220, b0), (230, b1)] {
            cluster_codes(template, view.lexeme(token), keys);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moves_build_a_tree_with_one_root() {
        // "They saw it": saw is the root.
        let mut state = State::new(3);
        for (step, relation) in [
            (Move::Shift, Relation::Dep),
            (Move::Left, Relation::Nsubj),
            (Move::Shift, Relation::Dep),
            (Move::Shift, Relation::Dep),
            (Move::Right, Relation::Obj),
            (Move::Left, Relation::Root),
        ] {
            assert!(state.allows(step));
            state.apply(step, relation);
        }
        assert!(state.is_done());
        assert_eq!([0, 1, 2].map(|token| state.head(token)), [Some(1), None, Some(1)]);
        assert_eq!(state.relation(0), Relation::Nsubj);
    }

    #[test]
    fn the_root_waits_for_the_last_token() {
        let mut state = State::new(2);
        state.apply(Move::Shift, Relation::Dep);
        state.apply(Move::Shift, Relation::Dep);
        assert!(!state.allows(Move::Shift) && !state.allows(Move::Left) && state.allows(Move::Right));
        state.apply(Move::Right, Relation::Obj);
        assert!(state.allows(Move::Left) && state.makes_root(Move::Left) && !state.allows(Move::Right));
    }
}
