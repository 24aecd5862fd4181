//! Questions about quotes → rows of `who_said_what`, numbers, or a page for people.
//!
//! Names become ids first. Then the narrow part runs: the ids of the quotes that fit, newest first, along
//! an index, so that an answer of fifty rows never sorts the archive. Each quote is read by its id after
//! that. Knows the tables of quotes; never formats anything.

use rusqlite::types::Value;
use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::counts;
use crate::query::answer::selection::Selection;
use crate::query::answer::statement::{Select, for_each_row, values};
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::output::Sink;
use crate::query::paging::Paging;
use crate::query::question::{Count, Question};

/// The columns of the view `who_said_what`, in its order.
pub const COLUMNS: [&str; 16] = [
    "quote_id",
    "speaker",
    "speaker_kind",
    "speaker_text",
    "cue",
    "quote",
    "kind",
    "about",
    "about_kind",
    "published_at",
    "publisher",
    "title",
    "url",
    "article_id",
    "act",
    "confidence",
];

/// The columns of a page for people.
const PAGE_COLUMNS: [&str; 8] =
    ["published", "speaker", "cue", "quote", "about", "publisher", "title", "quote_id"];

/// The rows of one quote, as the view `who_said_what` has them, and last the entity that a row is about.
///
/// Not the view itself: its rows do not tell which entity they are about, and two may bear one name.
const ROWS_OF_QUOTE: &str = "
    SELECT quotes.id, speaker.name, speaker.kind, quotes.speaker_text, quotes.cue, quotes.text, quotes.kind,
        subject.name, subject.kind, articles.published_at, articles.publisher, articles.title, articles.url,
        quotes.article_id, quotes.act, quotes.confidence, quote_subjects.entity_id
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    LEFT JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    LEFT JOIN entities AS subject ON subject.id = quote_subjects.entity_id
    WHERE quotes.id = :id
    ORDER BY quote_subjects.entity_id";

/// The entities that [`ROWS_OF_QUOTE`] gives rows for, which is quicker to tell than to read those.
const SUBJECTS_OF_QUOTE: &str = "SELECT entity_id FROM quote_subjects WHERE quote_id = :id";

/// One quote as people read it: the source as printed where it has no name, all subjects in one cell.
const PAGE_ROW: &str = "
    SELECT substr(articles.published_at, 1, 10), coalesce(speaker.name, quotes.speaker_text), quotes.cue,
        quotes.text,
        (SELECT group_concat(name, ', ') FROM (
            SELECT entities.name FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
            WHERE quote_subjects.quote_id = quotes.id ORDER BY entities.id)),
        articles.publisher, articles.title, quotes.id
    FROM quotes
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    WHERE quotes.id = :id";

/// Answers a question about quotes.
pub(crate) fn answer(
    db: &Connection,
    question: &Question,
    audience: Audience,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    let mut notes = Notes::default();
    let sought = Selection::look_up(db, question, &mut notes)?;
    let (sought, paging) = (sought.as_ref(), Paging::of(question, audience));
    match question.count {
        Some(Count::All) => counts::count_all(db, sought, sink)?,
        Some(Count::By(key)) => notes.extend(counts::count_by(db, sought, key, paging, sink)?),
        None => match audience {
            Audience::Programs => rows(db, sought, paging, sink)?,
            Audience::People => notes.extend(page(db, sought, paging, sink)?),
        },
    }
    Ok(notes)
}

/// The SELECTs that answer a question; none where a name is unknown.
pub(crate) fn selects(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let Some(sought) = Selection::look_up(db, question, &mut Notes::default())? else {
        return Ok(Vec::new());
    };
    let parameters = sought.quotes.owned_parameters();
    let found = match question.count {
        None => sought.ids_sql(),
        Some(Count::All) => sought.count_sql(),
        Some(Count::By(key)) => counts::groups_sql(key, &sought.quotes),
    };
    let rows = (ROWS_OF_QUOTE.to_owned(), vec![(":id", Value::Null)]);
    Ok([(found, parameters)].into_iter().chain(question.count.is_none().then_some(rows)).collect())
}

/// Writes rows of `who_said_what`.
fn rows(
    db: &Connection,
    sought: Option<&Selection>,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    sink.columns(&COLUMNS)?;
    let Some(sought) = sought else { return sink.finish() };
    let (mut left, mut skipped) = (paging.limit, paging.offset);
    if left == 0 {
        return sink.finish();
    }
    sought.for_each_id(db, |id| {
        if skipped > 0 {
            let rows = number_of_rows(db, sought, id)?;
            if rows <= skipped {
                skipped -= rows;
                return Ok(true);
            }
        }
        for_each_row(db, ROWS_OF_QUOTE, named_params! {":id": id}, |row| {
            let subject: Option<i64> = row.get(COLUMNS.len()).map_err(read_error)?;
            if !sought.is_about(subject) {
                return Ok(true);
            }
            if skipped > 0 {
                skipped -= 1;
                return Ok(true);
            }
            sink.row(&values(row, COLUMNS.len())?)?;
            left -= 1;
            Ok(left > 0)
        })?;
        Ok(left > 0)
    })?;
    sink.finish()
}

/// How many rows a quote has: one for each subject that is asked for, or one if it is about nobody.
fn number_of_rows(db: &Connection, sought: &Selection, id: i64) -> Result<u64, Error> {
    let (mut subjects, mut rows) = (0, 0);
    for_each_row(db, SUBJECTS_OF_QUOTE, named_params! {":id": id}, |row| {
        subjects += 1;
        rows += u64::from(sought.is_about(Some(row.get(0).map_err(read_error)?)));
        Ok(true)
    })?;
    Ok(if subjects == 0 { u64::from(sought.is_about(None)) } else { rows })
}

/// Writes a page for people: a row for each quote; says how many more there are.
fn page(
    db: &Connection,
    sought: Option<&Selection>,
    paging: Paging,
    sink: &mut dyn Sink,
) -> Result<Notes, Error> {
    sink.columns(&PAGE_COLUMNS)?;
    let mut notes = Notes::default();
    if let Some(sought) = sought {
        let (mut shown, mut skipped) = (0, paging.offset);
        sought.for_each_id(db, |id| {
            if skipped > 0 {
                skipped -= 1;
                return Ok(true);
            }
            if shown == paging.limit {
                return Ok(false);
            }
            for_each_row(db, PAGE_ROW, named_params! {":id": id}, |row| {
                sink.row(&values(row, PAGE_COLUMNS.len())?)?;
                Ok(false)
            })?;
            shown += 1;
            Ok(shown < paging.limit)
        })?;
        if paging.may_hide_rows(shown) {
            notes.add_some(Notes::on_page(shown, sought.count(db)?));
        }
    }
    sink.finish()?;
    Ok(notes)
}
