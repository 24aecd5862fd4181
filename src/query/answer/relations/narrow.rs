//! What narrows the statements of relationships: predicates, offices, how they are presented, dates, outlets.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::facts::office_key;
use crate::facts::predicates::PREDICATES;
use crate::query::answer::selection::NOT_SHOWN as QUOTE_NOT_SHOWN;
use crate::query::answer::statement::Statement;
use crate::query::failure::read_error;
use crate::query::names;
use crate::query::question::Question;

/// How what an answer shows is presented unless it is asked otherwise, as in the view.
const SHOWN_STATUSES: [&str; 3] = ["asserted", "reported", "ended"];

/// What a run of a saved query has not shown.
const NOT_SHOWN: &str = "NOT EXISTS (SELECT 1 FROM saved_shown WHERE saved_shown.run_id = :seen
    AND saved_shown.row_key = coalesce(relationships.key, 'relationship ' || relationships.id))";

/// Whether any office is called so.
const IS_OFFICE: &str = "SELECT EXISTS (SELECT 1 FROM relationships WHERE detail_key = :key
    AND predicate IN ('holds_office', 'leads', 'spokesperson_for', 'employed_by'))";

/// Who holds an office, of whatever it is asked for.
const HELD: &str = "SELECT count(*) FROM relationships WHERE detail_key = :key
    AND predicate IN ('holds_office', 'leads', 'spokesperson_for', 'employed_by')
    AND (:of IS NULL OR object_id IN (SELECT value FROM json_each(:of)))";

/// Of what lasts the whole span counts, from its first statement to its last: see [`HELD_SINCE`]. A deed was done when its words say, else
/// when it was printed.
const NOT_BEFORE: &str = "(relationships.predicate IN (SELECT value FROM json_each(:lasting))
    OR coalesce(relationships.until, (SELECT published_at FROM articles WHERE id = relationships.article_id)) || '~' >= :first)";
const NOT_AFTER: &str = "(relationships.predicate IN (SELECT value FROM json_each(:lasting))
    OR coalesce(relationships.since, (SELECT published_at FROM articles WHERE id = relationships.article_id)) < :after)";

/// What lasts and holds at some moment of a period. `~` sorts behind all figures: the end of 2015 is at the end of the year. Of
/// what is over a date in print says nothing, but its words may.
pub(super) const HELD_SINCE: &str = "(stated.predicate NOT IN (SELECT value FROM json_each(:lasting))
    OR max(coalesce(stated.until, iif(stated.status = 'ended', stated.since, articles.published_at))) || '~' >= :first)";
pub(super) const HELD_BEFORE: &str = "(stated.predicate NOT IN (SELECT value FROM json_each(:lasting))
    OR min(coalesce(stated.since, iif(stated.status = 'ended', stated.until, articles.published_at))) < :after)";

/// The condition on groups that a question’s dates make, to stand behind GROUP BY.
pub(super) fn having(question: &Question) -> String {
    let first = question.period.lower().map(|_| HELD_SINCE);
    let after = question.period.upper().map(|_| HELD_BEFORE);
    let conditions: Vec<&str> = first.into_iter().chain(after).collect();
    if conditions.is_empty() { String::new() } else { format!("\n    HAVING {}", conditions.join(" AND ")) }
}

/// Narrows statements of relationships, but for whom they are about. `office` is the key of the detail, if any office is called so.
pub(super) fn relationships(
    statement: &mut Statement,
    question: &Question,
    office: Option<&str>,
    publishers: Option<&str>,
) -> Result<(), Error> {
    let list = |words: &[&str]| {
        serde_json::to_string(words).map_err(|cause| Error::new("cannot list words for SQL").because(cause))
    };
    let asked: Vec<&str> = question.statuses.iter().map(String::as_str).collect();
    let statuses = if asked.is_empty() { list(&SHOWN_STATUSES)? } else { list(&asked)? };
    let condition = "relationships.status IN (SELECT value FROM json_each(:statuses))";
    statement.condition_with(condition, ":statuses", statuses);
    if !question.predicates.is_empty() {
        let predicates: Vec<&str> = question.predicates.iter().map(String::as_str).collect();
        let condition = "relationships.predicate IN (SELECT value FROM json_each(:predicates))";
        statement.condition_with(condition, ":predicates", list(&predicates)?);
    }
    if let Some(detail) = &question.detail {
        // An office by its whole name, so that the mayor is not the deputy mayor; else words of the detail.
        match office {
            Some(key) => {
                statement.condition_with("relationships.detail_key = :detail", ":detail", key.to_owned());
            }
            None => {
                let condition = "relationships.detail LIKE :detail ESCAPE '\\'";
                statement.condition_with(condition, ":detail", format!("%{}%", escape_like(detail)));
            }
        }
    }
    if !question.period.is_open() {
        let lasting = PREDICATES.iter().filter(|predicate| predicate.lasting);
        let lasting: Vec<&str> = lasting.map(|predicate| predicate.name).collect();
        statement.parameter(":lasting", list(&lasting)?);
    }
    if let Some(first) = question.period.lower() {
        statement.condition_with(NOT_BEFORE, ":first", first);
    }
    if let Some(after) = question.period.upper() {
        statement.condition_with(NOT_AFTER, ":after", after);
    }
    if let Some(least) = question.min_confidence {
        statement.condition_with("relationships.confidence >= :least", ":least", least);
    }
    if let Some(publishers) = publishers {
        let condition = "(SELECT publisher FROM articles WHERE id = relationships.article_id)
            IN (SELECT value FROM json_each(:publishers))";
        statement.condition_with(condition, ":publishers", publishers.to_owned());
    }
    if let Some(run) = question.seen {
        statement.condition_with(NOT_SHOWN, ":seen", run);
    }
    Ok(())
}

/// Narrows quotes that stand for a deed; their parameters are those of [`relationships`].
pub(super) fn quotes(statement: &mut Statement, question: &Question, publishers: Option<&str>) {
    statement.condition("quotes.vouched = 1 AND quotes.speaker_id IS NOT NULL");
    if question.period.lower().is_some() {
        statement.condition("quotes.published_at >= :first");
    }
    if question.period.upper().is_some() {
        statement.condition("quotes.published_at < :after");
    }
    if question.min_confidence.is_some() {
        statement.condition("quotes.confidence >= :least");
    }
    if publishers.is_some() {
        statement.condition(
            "(SELECT publisher FROM articles WHERE id = quotes.article_id) IN (SELECT value FROM json_each(:publishers))",
        );
    }
    if question.seen.is_some() {
        statement.condition(QUOTE_NOT_SHOWN);
    }
}

/// How many statements say that somebody holds or held an office, of what is called so, if that is given.
pub(super) fn held(db: &Connection, office: &str, of: Option<&str>) -> Result<i64, Error> {
    let of = match of.map(|name| names::find(db, name)).transpose()? {
        Some(known) if known.is_empty() => return Ok(0),
        known => known.as_deref().map(names::ids_of).transpose()?,
    };
    let mut statement = db.prepare_cached(HELD).map_err(read_error)?;
    let parameters = named_params! { ":key": office_key(office), ":of": of };
    statement.query_row(parameters, |row| row.get(0)).map_err(read_error)
}

/// The key of an office, if the archive has any of that name.
pub(super) fn office(db: &Connection, words: &str) -> Result<Option<String>, Error> {
    let key = office_key(words);
    let mut statement = db.prepare_cached(IS_OFFICE).map_err(read_error)?;
    let is_known =
        statement.query_row(named_params! { ":key": key }, |row| row.get(0)).map_err(read_error)?;
    Ok(Some(key).filter(|_| is_known))
}

/// The text with the wildcards of LIKE escaped.
fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Whether relationships of this kind have these words as their detail.
pub(super) fn is_detail_of(db: &Connection, predicate: &str, words: &str) -> Result<bool, Error> {
    const IS_DETAIL: &str =
        "SELECT EXISTS (SELECT 1 FROM relationships WHERE detail_key = :key AND predicate = :predicate)";
    let mut statement = db.prepare_cached(IS_DETAIL).map_err(read_error)?;
    let parameters = named_params! { ":key": office_key(words), ":predicate": predicate };
    statement.query_row(parameters, |row| row.get(0)).map_err(read_error)
}
