//! What a database holds, counted.

use rusqlite::Connection;

use crate::error::Error;
use crate::query::answer::statement;
use crate::query::notes::Notes;
use crate::query::output::Sink;

/// The columns of the answer.
pub const COLUMNS: [&str; 3] = ["what", "item", "value"];

/// One query for each kind of row, in the order in which they are shown.
const COUNTS: &[&str] = &[
    "SELECT 'articles', 'all', count(*) FROM articles",
    "SELECT 'articles', 'copies of an earlier one', count(*) FROM articles WHERE duplicate_of IS NOT NULL",
    "SELECT 'articles', 'not in English, not analyzed', count(*) FROM articles WHERE analyzed = 'none'",
    "SELECT 'articles', 'without a date', count(*) FROM articles WHERE published_at IS NULL",
    "SELECT 'published', 'first', min(published_at) FROM articles",
    "SELECT 'published', 'last', max(published_at) FROM articles",
    "SELECT 'articles by publisher', publisher, count(*) AS found FROM articles
     WHERE publisher IS NOT NULL GROUP BY publisher ORDER BY found DESC, publisher LIMIT 10",
    "SELECT 'articles by publisher', 'publishers in all', count(DISTINCT publisher) FROM articles",
    "SELECT 'entities', 'people', count(*) FROM entities WHERE kind = 'person'",
    "SELECT 'entities', 'organizations', count(*) FROM entities WHERE kind = 'organization'",
    "SELECT 'entities', 'places', count(*) FROM entities WHERE kind = 'place'",
    "SELECT 'mentions', 'all', count(*) FROM mentions",
    "SELECT 'mentions', form, count(*) AS found FROM mentions GROUP BY form ORDER BY found DESC, form",
    "SELECT 'quotes', 'all', count(*) FROM quotes",
    "SELECT 'quotes', 'vouched for', count(*) FROM quotes WHERE vouched = 1",
    "SELECT 'quotes', 'vouched for, those of copies counted once',
         count(*) - count(statement_id) + count(DISTINCT statement_id)
     FROM quotes LEFT JOIN reprints ON quote_id = id WHERE vouched = 1",
    "SELECT 'quotes', mode, count(*) AS found FROM quotes GROUP BY mode ORDER BY found DESC, mode",
    "SELECT 'quotes', kind, count(*) AS found FROM quotes GROUP BY kind ORDER BY found DESC, kind",
    "SELECT 'quotes', 'with a named speaker', count(*) FROM quotes WHERE speaker_id IS NOT NULL",
    "SELECT 'quotes', 'about someone or something', count(DISTINCT quote_id) FROM quote_subjects",
    "SELECT 'relationships', 'all', count(*) FROM relationships",
    "SELECT 'relationships', predicate, count(*) AS found FROM relationships
     GROUP BY predicate ORDER BY found DESC, predicate",
    "SELECT 'runs', 'all', count(*) FROM ingest_runs",
    "SELECT 'runs', 'not finished', count(*) FROM ingest_runs WHERE finished_at IS NULL",
    // Of a file with many, one row says how many more there are: `and 12 more: …`.
    "SELECT 'runs', 'documents rejected', coalesce(sum(iif(kind IS 'more',
         CAST(substr(reason, 5) AS INTEGER), 1)), 0) FROM ingest_errors",
    "SELECT 'file', 'bytes', page_count * page_size FROM pragma_page_count, pragma_page_size",
];

/// Counts everything: what is counted, of which item, and how many; dates for the first and last article.
pub fn stats(db: &Connection, sink: &mut dyn Sink) -> Result<Notes, Error> {
    sink.columns(&COLUMNS)?;
    for sql in COUNTS {
        statement::for_each_row(db, sql, &[], |row| {
            sink.row(&statement::values(row, COLUMNS.len())?)?;
            Ok(true)
        })?;
    }
    sink.finish()?;
    Ok(Notes::default())
}
