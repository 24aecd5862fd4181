//! Which articles are stored already: a look from beside the writer, before the work of analysis.

use std::path::Path;

use rusqlite::Connection;

use super::articles;
use super::open::open_read_only;
use crate::error::Error;

/// Knows the articles that are stored, as of the last transaction.
#[derive(Debug)]
pub struct Known {
    connection: Connection,
}

impl Known {
    pub(super) fn open(path: &Path) -> Result<Self, Error> {
        Ok(Known { connection: open_read_only(path)? })
    }

    /// Whether an article with exactly this content is stored. A failure to look counts as no: the
    /// writer looks again.
    pub fn has(&self, content_hash: &str) -> bool {
        matches!(articles::with_content(&self.connection, content_hash), Ok(Some(_)))
    }
}
