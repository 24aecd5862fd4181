//! Which articles are stored already: a look from beside the writer, before the work of analysis.

use std::ops::Deref;
use std::path::Path;

use rusqlite::Connection;

use crate::article::Article;
use crate::error::Error;
use crate::store::failure::sqlite;
use crate::store::reader::{Reader, open_beside_writer, open_read_only};
use crate::store::tables::files::ReadFile;
use crate::store::tables::{articles, files, revisions};

/// Knows the articles that are stored, as of the last transaction.
#[derive(Debug)]
pub struct Known {
    connection: View,
}

/// A connection that reads, beside one that writes or alone.
#[derive(Debug)]
enum View {
    Beside(Connection),
    Alone(Reader),
}

impl Deref for View {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        match self {
            View::Beside(connection) => connection,
            View::Alone(reader) => reader,
        }
    }
}

impl Known {
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let connection = open_beside_writer(path)?;
        // Each thread has one, and it looks at one index only.
        connection
            .execute_batch("PRAGMA cache_size = -2048")
            .map_err(sqlite("cannot set up the connection"))?;
        Ok(Known { connection: View::Beside(connection) })
    }

    /// Looks at a database that this process does not write to.
    pub fn read_only(path: &Path) -> Result<Self, Error> {
        Ok(Known { connection: View::Alone(open_read_only(path)?) })
    }

    /// Whether an article with exactly this content is stored, or was, and a later version of it is. A failure to look
    /// counts as no: the writer looks again.
    pub fn has(&self, article: &Article) -> bool {
        let content_hash = article.content_hash();
        let is_earlier = || revisions::with_content(&self.connection, &content_hash, &article.source);
        matches!(articles::with_content(&self.connection, &content_hash), Ok(Some(_)))
            || matches!(is_earlier(), Ok(Some(_)))
    }

    /// Whether a run took the file whole, read alike, and it has not changed since. A failure to look counts as no.
    pub fn has_file(&self, file: &ReadFile) -> bool {
        matches!(files::is_same(&self.connection, file), Ok(true))
    }
}
