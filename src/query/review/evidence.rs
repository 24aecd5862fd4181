//! What the archive prints around an entity, and whether two entities keep the same company.

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Error;
use crate::query::failure::read_error;
use crate::query::review::doubt::Doubt;
use crate::query::stored_entity::StoredEntity;

/// How many places are shown of each side.
const SHOWN: i64 = 2;

/// How much is shown around a place, in code points to each side.
const AROUND: i64 = 90;

/// In how many articles of each side company is looked for.
const COMPARED: i64 = 50;

const PLACES: &str = "
SELECT substr(body, max(first - :around, 0) + 1, min(first, :around) + last - first + :around),
    first > :around, last + :around < length(body), coalesce(title, ''), coalesce(substr(published_at, 1, 10), '')
FROM (
    SELECT article_id, min(start) AS first, min(end) AS last FROM mentions
    WHERE entity_id = :id AND form = 'name'
    GROUP BY article_id ORDER BY article_id LIMIT :shown
)
JOIN articles ON articles.id = article_id ORDER BY article_id";

const AROUND_QUOTE: &str = "
SELECT substr(body, max(start - :around, 0) + 1, min(start, :around) + end - start + :around),
    start > :around, end + :around < length(body), coalesce(title, ''), coalesce(substr(quotes.published_at, 1, 10), '')
FROM quotes JOIN articles ON articles.id = article_id WHERE quotes.id = :id";

const COMPANY: &str = "
WITH company (side, entity_id) AS (
    SELECT DISTINCT near.side, mentions.entity_id
    FROM (
        SELECT * FROM (
            SELECT DISTINCT 1 AS side, article_id FROM mentions WHERE entity_id = :one LIMIT :compared
        )
        UNION ALL SELECT * FROM (
            SELECT DISTINCT 2, article_id FROM mentions WHERE entity_id = :other LIMIT :compared
        )
    ) AS near JOIN mentions USING (article_id)
    WHERE mentions.entity_id NOT IN (:one, :other)
)
SELECT 1 FROM company GROUP BY entity_id HAVING count(*) = 2 LIMIT 1";

/// What is printed where those in doubt are named: a few lines for each, with headline and date.
pub fn evidence(db: &Connection, doubt: &Doubt) -> Result<Vec<String>, Error> {
    match doubt {
        Doubt::Same { keep, other, .. } => {
            let mut lines = places(db, other)?;
            lines.extend(places(db, keep)?);
            Ok(lines)
        }
        Doubt::Speaker { quotes, .. } => {
            let parameters = named_params! { ":id": quotes.first(), ":around": AROUND };
            let line = db.query_row(AROUND_QUOTE, parameters, line).optional().map_err(read_error)?;
            Ok(line.into_iter().collect())
        }
    }
}

fn places(db: &Connection, entity: &StoredEntity) -> Result<Vec<String>, Error> {
    let mut statement = db.prepare_cached(PLACES).map_err(read_error)?;
    let parameters = named_params! { ":id": entity.id, ":around": AROUND, ":shown": SHOWN };
    let lines = statement.query_map(parameters, line).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    Ok(lines.map_err(read_error)?.into_iter().map(|line| format!("{}: {line}", entity.name)).collect())
}

/// The words around a place, cut between words, with the headline and the date of the article.
fn line(row: &rusqlite::Row<'_>) -> rusqlite::Result<String> {
    let (words, cut_before, cut_behind): (String, bool, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (title, date): (String, String) = (row.get(3)?, row.get(4)?);
    let mut words = words.as_str();
    if cut_before && let Some((_, rest)) = words.split_once(char::is_whitespace) {
        words = rest;
    }
    if cut_behind && let Some((rest, _)) = words.rsplit_once(char::is_whitespace) {
        words = rest;
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let (before, behind) = (if cut_before { "… " } else { "" }, if cut_behind { " …" } else { "" });
    let from = [title, date].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Ok(if from.is_empty() {
        format!("{before}{words}{behind}")
    } else {
        format!("{before}{words}{behind} [{from}]")
    })
}

/// Whether somebody else is mentioned in articles of both.
pub(super) fn share_company(db: &Connection, one: i64, other: i64) -> Result<bool, Error> {
    let mut statement = db.prepare_cached(COMPANY).map_err(read_error)?;
    let parameters = named_params! { ":one": one, ":other": other, ":compared": COMPARED };
    let found = statement.query_row(parameters, |_| Ok(())).optional().map_err(read_error)?;
    Ok(found.is_some())
}
