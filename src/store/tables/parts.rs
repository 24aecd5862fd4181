//! The table `article_parts`: what each stretch of a page is.

use rusqlite::{Connection, named_params};

use crate::annotate::Block;
use crate::span::CodePoints;

const INSERT: &str =
    "INSERT INTO article_parts (article_id, start, end, kind) VALUES (:article, :start, :end, :kind)";

const DELETE: &str = "DELETE FROM article_parts WHERE article_id = :article";

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
