//! What changed in articles between the versions that are kept: headline, date, text, and who said what.
//!
//! Knows how versions are stored, and when two quotes of them are one. Start reading at [`each`], then `step`; `text` tells
//! two texts apart, `quotes` two lists of quotes, and `rows` and `list` write what was found.

mod change;
mod filter;
mod list;
mod quotes;
mod rows;
mod step;
mod text;
mod version;
mod versions;
mod words;

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::failure::read_error;
use crate::query::names;
use crate::query::notes::Notes;
pub(crate) use crate::query::revisions::change::marked;
pub use crate::query::revisions::change::{Change, Piece};
pub use crate::query::revisions::filter::Filter;
pub use crate::query::revisions::list::write_text;
pub(crate) use crate::query::revisions::list::{GREEN, RED, colored, shown_pieces, wrapped};
pub use crate::query::revisions::rows::{begin, write_rows};
pub use crate::query::revisions::step::Step;
pub(crate) use crate::query::revisions::text::differences;
use crate::query::revisions::versions::Versions;
pub(crate) use crate::query::revisions::words::common;

/// The articles with earlier versions, those that changed last first.
const ARTICLES: &str = "
SELECT article_id, max(replaced_at) AS last
FROM article_revisions JOIN articles ON articles.id = article_id
WHERE (:article IS NULL OR article_id = :article)
    AND (:publishers IS NULL OR articles.publisher IN (SELECT value FROM json_each(:publishers)))
GROUP BY article_id
HAVING (:lower IS NULL OR last >= :lower)
ORDER BY last DESC, article_id";

/// Hands each later version, with what changed in it, to `take`: article by article, those that changed last first, and of
/// each the last change first. Gives what has to be said of them.
pub fn each(
    db: &Connection,
    filter: &Filter,
    mut take: impl FnMut(&Step) -> Result<(), Error>,
) -> Result<Notes, Error> {
    let mut notes = Notes::default();
    let publishers = match &filter.publisher {
        None => None,
        Some(asked) => match names::known_publishers(db, asked, &mut notes)? {
            Some(known) => Some(known),
            None => return Ok(notes),
        },
    };
    let (lower, upper) = (filter.period.lower(), filter.period.upper());
    let mut articles: Vec<i64> = Vec::new();
    let values = named_params! { ":article": filter.article, ":publishers": publishers, ":lower": lower };
    statement::for_each_row(db, ARTICLES, values, |row| {
        articles.push(row.get(0).map_err(read_error)?);
        Ok(true)
    })?;
    let is_after = |step: &Step| lower.as_ref().is_none_or(|lower| step.changed_at >= *lower);
    let is_before = |step: &Step| upper.as_ref().is_none_or(|upper| step.changed_at < *upper);
    let (mut met, mut shown, mut unknown) = (0_u64, 0_u64, 0_u64);
    'articles: for article in articles {
        for step in Versions::open(db, article)?.steps(filter) {
            let step = step?;
            if !is_after(&step) {
                break;
            }
            if !is_before(&step) || filter.quotes_only && step.changes.is_empty() && step.quotes_are_known {
                continue;
            }
            met += 1;
            if met <= filter.offset {
                continue;
            }
            if shown == filter.limit {
                notes.add("more versions follow; --limit 0 shows all");
                break 'articles;
            }
            shown += 1;
            unknown += u64::from(!step.quotes_are_known);
            take(&step)?;
        }
    }
    if let Some(article) = filter.article.filter(|_| met == 0 && filter.period.is_open()) {
        notes.add(match filter.quotes_only {
            true => format!("no quote of article {article} changed between the versions that are kept"),
            false => format!("there is no earlier version of article {article}"),
        });
    }
    if unknown > 0 {
        notes.add(format!(
            "of {unknown} of these changes it is not known what they did to the quotes: an onrecord that did not keep \
             the quotes of earlier versions (before schema version 12) stored them"
        ));
    }
    Ok(notes)
}
