//! The table `article_parts`: what each stretch of a page is.

use rusqlite::{Connection, named_params};

use crate::annotate::{Block, BlockKind};
use crate::span::{CodePoints, Span};

const INSERT: &str =
    "INSERT INTO article_parts (article_id, start, end, kind) VALUES (:article, :start, :end, :kind)";

const DELETE: &str = "DELETE FROM article_parts WHERE article_id = :article";

const LOAD: &str = "SELECT start, end, kind FROM article_parts WHERE article_id = :article ORDER BY start";

/// The parts of an article with this text, in their order.
pub(crate) fn load(connection: &Connection, article_id: i64, body: &str) -> rusqlite::Result<Vec<Block>> {
    let points = CodePoints::new(body);
    let mut load = connection.prepare_cached(LOAD)?;
    let parts = load.query_map(named_params! { ":article": article_id }, |row| {
        let kind = row.get_ref(2)?.as_str()?;
        Ok(Block {
            kind: BlockKind::ALL.into_iter().find(|known| known.name() == kind).unwrap_or(BlockKind::Body),
            span: Span::new(points.byte(row.get(0)?), points.byte(row.get(1)?)),
        })
    })?;
    parts.collect()
}

/// Writes the parts of an article in the place of those that it had.
pub(crate) fn replace(
    connection: &Connection,
    article_id: i64,
    body: &str,
    layout: &[Block],
) -> rusqlite::Result<()> {
    connection.prepare_cached(DELETE)?.execute(named_params! { ":article": article_id })?;
    let points = CodePoints::new(body);
    let mut insert = connection.prepare_cached(INSERT)?;
    for Block { kind, span } in layout {
        let (start, end) = points.of(*span);
        let part =
            named_params! { ":article": article_id, ":start": start, ":end": end, ":kind": kind.name() };
        insert.execute(part)?;
    }
    Ok(())
}
