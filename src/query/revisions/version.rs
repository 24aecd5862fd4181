//! A version of an article.

use crate::query::revisions::quotes::VersionQuote;

/// A version, whole.
pub(super) struct Version {
    /// Its fields by their names.
    pub(super) fields: Vec<(&'static str, Option<String>)>,
    pub(super) body: String,
    /// None where they are not known.
    pub(super) quotes: Option<Vec<VersionQuote>>,
}
