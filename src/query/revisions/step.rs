//! A later version of an article, with what changed in it.

use crate::query::revisions::change::Change;
use crate::query::revisions::version::Version;
use crate::query::revisions::{quotes, text};

/// A later version of an article, with what changed in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// `articles.id`.
    pub article_id: i64,
    /// The headline that the article has now.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The number of the later version; the one before it has the number before.
    pub version: i64,
    /// When the later version was read: ISO 8601, UTC.
    pub changed_at: String,
    /// What is otherwise in it.
    pub changes: Vec<Change>,
    /// Whether the quotes of both versions are known.
    pub quotes_are_known: bool,
}

/// What changed from one version to the next.
pub(super) fn changes(before: &Version, after: &Version, quotes_only: bool, all: bool) -> Vec<Change> {
    let mut changes = Vec::new();
    if !quotes_only {
        let fields = before.fields.iter().zip(&after.fields).filter(|(before, after)| before.1 != after.1);
        changes.extend(fields.map(|(before, after)| Change {
            what: before.0,
            before: before.1.clone(),
            after: after.1.clone(),
            ..Change::default()
        }));
        changes.extend(text::changes(&before.body, &after.body));
    }
    if let (Some(old), Some(new)) = (&before.quotes, &after.quotes) {
        let old = quotes::Side { body: &before.body, quotes: old };
        let new = quotes::Side { body: &after.body, quotes: new };
        changes.extend(quotes::changes(&old, &new, all));
    }
    changes
}
