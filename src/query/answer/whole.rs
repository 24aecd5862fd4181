//! All of an answer about quotes at once: as one SELECT that anybody may run, and as the keys of its quotes.

use rusqlite::Connection;
use rusqlite::types::Value;

use crate::error::Error;
use crate::query::answer::quotes::outlets;
use crate::query::answer::selection::Selection;
use crate::query::answer::statement::{Select, for_each_row};
use crate::query::answer::{compared, counts};
use crate::query::audience::Audience;
use crate::query::failure::read_error;
use crate::query::notes::Notes;
use crate::query::paging::Paging;
use crate::query::question::{Count, Question};

/// The rows of an answer in one SELECT, around that of their ids: of a statement that copies of one article print the first in
/// its order alone. A LIMIT keeps SQLite from taking the order of what is inside for nothing.
const WHOLE_BEGIN: &str = "
    WITH found (quote_id, statement_id) AS (";
const WHOLE_COLUMNS: &str = "
    LIMIT -1),
    placed AS (SELECT quote_id, statement_id, row_number() OVER () AS place FROM found),
    shown AS (SELECT quote_id, min(place) AS place FROM placed GROUP BY iif(statement_id IS NULL, -quote_id, statement_id))
    SELECT quotes.id AS quote_id, speaker.name AS speaker, speaker.kind AS speaker_kind, quotes.speaker_text, quotes.cue,
        quotes.text AS quote, quotes.kind,
        (SELECT group_concat(name, '; ') FROM (SELECT entities.name FROM quote_subjects
            JOIN entities ON entities.id = quote_subjects.entity_id WHERE quote_subjects.quote_id = quotes.id ORDER BY entities.id)) AS about,
        (SELECT group_concat(kind, '; ') FROM (SELECT entities.kind FROM quote_subjects
            JOIN entities ON entities.id = quote_subjects.entity_id WHERE quote_subjects.quote_id = quotes.id ORDER BY entities.id)) AS about_kind,
        articles.published_at, articles.publisher, articles.title, articles.url, quotes.article_id, quotes.act,
        quotes.confidence, quotes.mode";
const WHOLE_END: &str = concat!(", ", outlets!(), " AS outlets");
const WHOLE_FROM: &str = "
    FROM shown
    JOIN quotes ON quotes.id = shown.quote_id
    JOIN articles ON articles.id = quotes.article_id
    LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
    ORDER BY shown.place";

/// The SELECTs that answer a question with its rows in their order: one, or one for each of those whom it compares; none where a name
/// is unknown.
pub(crate) fn selects(db: &Connection, question: &Question) -> Result<Vec<Select>, Error> {
    let paging = Paging::of(question, Audience::Programs);
    let page = format!(" LIMIT {} OFFSET {}", paging.sql_limit(), paging.sql_offset());
    let about = question.about.join(" and ");
    let select = |(sought, is_broad): (Selection, bool)| match question.count {
        None => {
            let vouched = if sought.all { ", quotes.vouched" } else { "" };
            let tier = match (question.broad, is_broad) {
                (false, _) => "",
                (true, false) => ", NULL AS in_article_about",
                (true, true) => ", :in_article_about AS in_article_about",
            };
            let ids = sought.ids_sql();
            let sql =
                format!("{WHOLE_BEGIN}{ids}{WHOLE_COLUMNS}{vouched}{WHOLE_END}{tier}{WHOLE_FROM}{page}");
            let mut parameters = sought.quotes.owned_parameters();
            if question.broad && is_broad {
                parameters.push((":in_article_about", Value::from(about.clone())));
            }
            (sql.trim().to_owned(), parameters)
        }
        Some(Count::All) => sought.count_select(),
        Some(Count::By(key)) => counts::named(key, &sought, paging),
    };
    Ok(selections(db, question)?.into_iter().map(select).collect())
}

/// The keys of all quotes that a question asks for.
pub(crate) fn keys(db: &Connection, question: &Question) -> Result<Vec<String>, Error> {
    let mut keys = Vec::new();
    for (sought, _) in selections(db, question)? {
        for_each_row(db, &sought.keys_sql(), &sought.quotes.parameters(), |row| {
            keys.push(row.get(0).map_err(read_error)?);
            Ok(true)
        })?;
    }
    Ok(keys)
}

/// What a question asks for, and, marked as such, what is in articles about it where it says so.
fn selections(db: &Connection, question: &Question) -> Result<Vec<(Selection, bool)>, Error> {
    let notes = &mut Notes::default();
    if question.compare && question.count.is_none() {
        let each = compared::questions(db, question)?;
        let each = each.iter().map(|(_, question)| Selection::look_up(db, question, notes));
        let each = each.filter_map(Result::transpose).collect::<Result<Vec<_>, _>>()?;
        return Ok(each.into_iter().map(|sought| (sought, false)).collect());
    }
    let sought = Selection::look_up(db, question, notes)?;
    let broad = if question.broad && question.count.is_none() && !question.about.is_empty() {
        Selection::in_articles_about(db, question)?
    } else {
        None
    };
    let named = sought.into_iter().map(|sought| (sought, false));
    Ok(named.chain(broad.map(|broad| (broad, true))).collect())
}
