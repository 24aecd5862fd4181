//! The copies among articles that were stored before near copies were looked for.
//!
//! Once for a database, in one transaction: a stop leaves it as it was.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior};

use crate::store::copies::statements::count_once;
use crate::store::copies::text::{Text, set_first};

/// A run that ended under this schema has looked at its articles as they came, and found the others looked at; of short texts
/// there are no sketches to tell it by.
const IS_NEEDED: &str = "
SELECT NOT EXISTS (SELECT 1 FROM article_shingles) AND EXISTS (SELECT 1 FROM articles)
    AND NOT EXISTS (SELECT 1 FROM ingest_runs WHERE compared_at IS NOT NULL)";

/// All that may have as many words as a sketch asks for.
const LONG_ONES: &str = "SELECT id FROM articles WHERE octet_length(body) >= 79 ORDER BY id";

const WITH_COPIES: &str = "SELECT DISTINCT duplicate_of FROM articles WHERE duplicate_of IS NOT NULL";

/// Looks for copies among all articles if no article has a sketch, and no run has ended that makes them.
pub(in crate::store) fn catch_up(connection: &mut Connection) -> rusqlite::Result<()> {
    if !connection.query_row(IS_NEEDED, [], |row| row.get(0))? {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for id in ids(&transaction, LONG_ONES)? {
        let Some(text) = Text::stored(&transaction, id)? else { continue };
        let mut first = text.equal_before(&transaction, id)?;
        if first.is_none() {
            first = text.alike(&transaction, id)?.first().copied();
        }
        match first {
            Some(first) => set_first(&transaction, id, Some(first))?,
            None => text.keep_sketch(&transaction, id)?,
        }
    }
    count_once(&transaction, &ids(&transaction, WITH_COPIES)?.into_iter().collect::<BTreeSet<_>>())?;
    transaction.commit()
}

fn ids(connection: &Connection, statement: &str) -> rusqlite::Result<Vec<i64>> {
    connection.prepare(statement)?.query_map([], |row| row.get(0))?.collect()
}
