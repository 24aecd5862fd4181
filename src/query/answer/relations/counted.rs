//! Rows of `who_is` from what is counted over the archive already, so that an answer does not go through every statement of it.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::relations::Side;
use crate::query::answer::relations::sql::{COUNTED, COUNTED_NAMES};
use crate::query::answer::statement::{Statement, number};
use crate::query::question::Question;

const IS_STALE: &str = "SELECT EXISTS (SELECT 1 FROM stale_ties)";

const SUBJECTS: &str = "ties.entity_id IN (SELECT value FROM json_each(:subjects))";
const OBJECTS: &str = "ties.other_id IN (SELECT value FROM json_each(:objects))";
const SUBJECTS_AS_OTHERS: &str = "ties.other_id IN (SELECT value FROM json_each(:subjects))";
const OBJECTS_AS_ENTITIES: &str = "ties.entity_id IN (SELECT value FROM json_each(:objects))";
/// One that is listed for both sides is found from the other.
const ONE_SIDED: &str = "ties.predicate NOT IN (SELECT name FROM predicates WHERE symmetric = 1)";
const PREDICATES: &str = "ties.predicate IN (SELECT value FROM json_each(:predicates))";
const STATED: &str = "ties.state <> 'quoted'";

/// Whether nothing narrows a question that is not counted apart, and nothing has changed since it was counted.
pub(super) fn can_answer(db: &Connection, question: &Question, office: Option<&str>) -> Result<bool, Error> {
    let narrows = !question.period.is_open()
        || question.publisher.is_some()
        || question.min_confidence.is_some()
        || question.seen.is_some()
        || !question.statuses.is_empty()
        || question.detail.is_some() && office.is_none();
    Ok(!narrows && number(db, IS_STALE, &[])? == 0)
}

/// The ties of subjects to objects; of a pair either way round.
pub(super) fn statements(
    question: &Question,
    subjects: &Side,
    objects: &Side,
    office: Option<&str>,
    is_pair: bool,
) -> Result<Vec<Statement>, Error> {
    let mut all = Vec::new();
    let sides: &[[&'static str; 2]] = if is_pair {
        &[[SUBJECTS, OBJECTS], [SUBJECTS_AS_OTHERS, OBJECTS_AS_ENTITIES]]
    } else {
        &[[SUBJECTS, OBJECTS]]
    };
    for (place, [by_subject, by_object]) in sides.iter().copied().enumerate() {
        let mut ties = Statement::new("ties");
        if let Side::Ids(ids) = subjects {
            ties.condition_with(by_subject, ":subjects", ids.clone());
        }
        if let Side::Ids(ids) = objects {
            ties.condition_with(by_object, ":objects", ids.clone());
        }
        if place > 0 {
            ties.condition(ONE_SIDED);
        }
        if question.predicates.is_empty() {
            ties.condition(STATED);
        } else {
            let predicates = serde_json::to_string(&question.predicates)
                .map_err(|cause| Error::new("cannot list words for SQL").because(cause))?;
            ties.condition_with(PREDICATES, ":predicates", predicates);
        }
        if let Some(office) = office {
            ties.condition_with(
                "ties.detail_key = :detail AND ties.detail_key <> ''",
                ":detail",
                office.to_owned(),
            );
        }
        all.push(ties);
    }
    Ok(all)
}

/// The SQL for all rows, without an order.
pub(super) fn sql(statements: &[Statement]) -> String {
    let each: Vec<String> = statements.iter().map(|ties| ties.sql(COUNTED, COUNTED_NAMES, "")).collect();
    each.join("\nUNION ALL\n")
}

/// The same for the first `:end` rows of each statement in an order, so that no more are named.
pub(super) fn first_sql(statements: &[Statement], order: &str) -> String {
    let each = statements.iter().map(|ties| {
        let first = ties.sql("SELECT *", "", &format!("{order} LIMIT :end"));
        format!("{COUNTED} FROM ({first}) AS ties {COUNTED_NAMES}")
    });
    each.collect::<Vec<_>>().join("\nUNION ALL\n")
}

/// The SQL that gives a row for each row.
pub(super) fn rows_sql(statements: &[Statement]) -> String {
    let each: Vec<String> = statements.iter().map(|ties| ties.sql("SELECT 1", "", "")).collect();
    each.join("\nUNION ALL\n")
}
