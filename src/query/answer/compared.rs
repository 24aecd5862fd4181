//! What several speakers said about one thing, side by side: a column each, the newest quote first.

use rusqlite::{Connection, named_params};

use crate::error::Error;
use crate::query::answer::selection::Selection;
use crate::query::answer::statement::for_each_row;
use crate::query::failure::read_error;
use crate::query::names;
use crate::query::notes::Notes;
use crate::query::output::{Cell, Sink};
use crate::query::paging::Paging;
use crate::query::question::Question;

/// One quote in a cell: when and where, its words, its id.
const CELL: &str = "
    SELECT concat_ws(' · ', substr(articles.published_at, 1, 10), articles.publisher) || ': ' || quotes.text
        || ' (quote ' || quotes.id || ')'
    FROM quotes JOIN articles ON articles.id = quotes.article_id WHERE quotes.id = :id";

/// The question for each speaker by itself; fails where it does not name several.
pub(super) fn questions(db: &Connection, question: &Question) -> Result<Vec<(String, Question)>, Error> {
    let speaker = question.speaker.as_deref().unwrap_or_default();
    let names = names::listed_names(db, speaker)?;
    if names.len() < 2 {
        return Err(Error::usage("a comparison needs several speakers")
            .hint("ask like this: compare what Ana Ruiz and Lia Okafor said about Porto")
            .hint("give them as --speaker \"Ana Ruiz or Lia Okafor\" --compare"));
    }
    let one = |name: &&str| {
        let alone = Question { speaker: Some((*name).to_owned()), compare: false, ..question.clone() };
        ((*name).to_owned(), alone)
    };
    Ok(names.iter().map(one).collect())
}

/// Writes a table with a column for each speaker.
pub(super) fn side_by_side(
    db: &Connection,
    questions: &[(String, Question)],
    paging: Paging,
    sink: &mut dyn Sink,
    notes: &mut Notes,
) -> Result<(), Error> {
    let mut columns: Vec<Vec<Cell>> = Vec::new();
    for (_, question) in questions {
        let mut cells = Vec::new();
        let sought = Selection::look_up(db, question, notes)?;
        if let Some(sought) = &sought {
            let mut skipped = 0;
            sought.for_each_id(db, |id| {
                if skipped < paging.offset {
                    skipped += 1;
                    return Ok(true);
                }
                for_each_row(db, CELL, named_params! {":id": id}, |row| {
                    cells.push(Cell::Text(row.get(0).map_err(read_error)?));
                    Ok(false)
                })?;
                Ok(u64::try_from(cells.len()).is_ok_and(|shown| shown < paging.limit))
            })?;
            if paging.may_hide_rows(u64::try_from(cells.len()).unwrap_or(u64::MAX)) {
                notes.add_some(Notes::on_long_page(paging.limit, sought.count_for_page(db)?));
            }
        }
        if let Some(sought) = &sought {
            notes.add_some(Notes::on_left_out(sought.left_out(db)?));
        }
        columns.push(cells);
    }
    let names: Vec<&str> = questions.iter().map(|(name, _)| name.as_str()).collect();
    sink.columns(&names)?;
    let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
    for row in 0..longest {
        let cells: Vec<Cell> =
            columns.iter().map(|column| column.get(row).cloned().unwrap_or(Cell::Null)).collect();
        sink.row(&cells)?;
    }
    sink.finish()
}
