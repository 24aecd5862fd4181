//! Taking away what was found in lines of an article that turned out to be furniture.
//!
//! The machine's facts change as if the article were saved anew without them; corrections go over that again.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::annotate::{Block, BlockKind, layout};
use crate::span::{Byte, CodePoints, Span};
use crate::store::corrections::overrule;
use crate::store::corrections::rulings::Rulings;
use crate::store::furniture::recurring;
use crate::store::tables::{articles, parts};

/// Marks these lines of an article as furniture and takes away what was found in them; leaves one that knew it already.
pub(super) fn take(
    connection: &Connection,
    rulings: &Rulings,
    article_id: i64,
    lines: &HashSet<String>,
) -> rusqlite::Result<()> {
    let body = articles::body(connection, article_id)?;
    let furniture = recurring::spans(&body, lines);
    if furniture.is_empty() {
        return Ok(());
    }
    let before = parts::load(connection, article_id, &body)?;
    let now = with_furniture(&before, &furniture, &body);
    if now == before {
        return Ok(());
    }
    parts::replace(connection, article_id, &body, &now)?;
    let points = CodePoints::new(&body);
    let furniture: Vec<(usize, usize)> = furniture.into_iter().map(|span| points.of(span)).collect();
    overrule::take_within(connection, rulings, article_id, &furniture)
}

/// The blocks of a page once these stretches of it are furniture.
fn with_furniture(blocks: &[Block], furniture: &[Span<Byte>], body: &str) -> Vec<Block> {
    let cut: Vec<Block> =
        furniture.iter().map(|span| Block { kind: BlockKind::Furniture, span: *span }).collect();
    let left = blocks.iter().flat_map(|block| {
        let pieces = layout::without_asides(body, &cut, block.span).into_iter();
        pieces.map(|span| Block { kind: block.kind, span })
    });
    let mut all: Vec<Block> = left.chain(cut.iter().copied()).collect();
    all.sort_by_key(|block| block.span.start());
    layout::joined(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind, start: usize, end: usize) -> Block {
        Block { kind, span: Span::new(start, end) }
    }

    #[test]
    fn a_line_is_cut_out_of_the_text_around_it() {
        let body = "A ferry sank.\nSign here\nAll were saved.\nRead more";
        let layout = [block(BlockKind::Body, 0, 39), block(BlockKind::Furniture, 40, 49)];
        let now = with_furniture(&layout, &[Span::new(14, 23)], body);
        assert_eq!(
            now,
            [
                block(BlockKind::Body, 0, 13),
                block(BlockKind::Furniture, 14, 23),
                block(BlockKind::Body, 24, 39),
                block(BlockKind::Furniture, 40, 49)
            ]
        );
        assert_eq!(with_furniture(&now, &[Span::new(14, 23)], body), now, "once is enough");
    }
}
