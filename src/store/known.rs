//! Which articles are stored already: a look from beside the writer, before the work of analysis.

use std::path::Path;

use rusqlite::Connection;

use crate::article::Article;
use crate::error::Error;
use crate::store::failure::sqlite;
use crate::store::reader::open_beside_writer;
use crate::store::tables::{articles, revisions};

/// Knows the articles that are stored, as of the last transaction.
#[derive(Debug)]
pub struct Known {
    connection: Connection,
}

impl Known {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let connection = open_beside_writer(path)?;
        // Each thread has one, and it looks at one index only.
        connection
            .execute_batch("PRAGMA cache_size = -2048")
            .map_err(sqlite("cannot set up the connection"))?;
        Ok(Known { connection })
    }

    /// Whether an article with exactly this content is stored, or was, and a later version of it is. A failure to look
    /// counts as no: the writer looks again.
    pub fn has(&self, article: &Article) -> bool {
        let content_hash = article.content_hash();
        let is_earlier = || revisions::with_content(&self.connection, &content_hash, &article.source);
        matches!(articles::with_content(&self.connection, &content_hash), Ok(Some(_)))
            || matches!(is_earlier(), Ok(Some(_)))
    }
}
