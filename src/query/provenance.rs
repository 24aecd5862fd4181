//! Where what is stored of an article comes from: what was read, and which program and model analyzed it.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::failure::read_error;

/// What was read, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// `articles.content_hash`: equal means the same article.
    pub content_hash: String,
    /// When it was stored or analyzed last; ISO 8601, UTC.
    pub analyzed_at: String,
    /// The version of onrecord that analyzed it.
    pub version: String,
    /// The checksum of its language model.
    pub model: String,
}

const PROVENANCE: &str = "
SELECT articles.content_hash, articles.ingested_at, ingest_runs.version, ingest_runs.model
FROM articles JOIN ingest_runs ON ingest_runs.id = articles.run_id WHERE articles.id = :id";

/// Where the article with this id comes from.
pub fn provenance(db: &Connection, article_id: i64) -> Result<Provenance, Error> {
    let found = db.query_row(PROVENANCE, named_params! { ":id": article_id }, |row| {
        Ok(Provenance {
            content_hash: row.get(0)?,
            analyzed_at: row.get(1)?,
            version: row.get(2)?,
            model: row.get(3)?,
        })
    });
    found.map_err(read_error)
}
