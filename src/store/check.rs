//! Whether a database is sound: SQLite's own checks, the schema against the migrations, every row against the
//! constraints of its table, the articles against their hashes, and the promises that no constraint can hold.
//!
//! Reads only. The file stays the same to the byte, even where a check needs a connection that may write.

mod constraints;
mod copies;
mod finding;
mod hashes;
mod marks;
mod schema;

use std::path::Path;

use rusqlite::Connection;

use crate::error::Error;
use crate::store::check::finding::Offenders;
pub use crate::store::check::finding::{CheckResult, Finding};
use crate::store::corrections::give;
use crate::store::failure::sqlite;
use crate::store::marks::made_anew;
use crate::store::printed::misprints;
use crate::store::reader::{open_read_only, open_writable};
use crate::store::tables::traits::most_told_gender;

/// What to do where what is stored does not follow from the articles any more.
const ANEW: &str = "make a new database by reading the articles again; corrections come along by onrecord corrections \
    export and import";

/// A statement about the rows, and the query that finds those against it: one text a row, naming the offender.
struct Rule {
    holds: &'static str,
    offenders: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        holds: "every foreign key leads somewhere",
        offenders: "SELECT 'row ' || coalesce(rowid, '?') || ' of ' || \"table\" || ' refers to no row of ' || parent
            FROM pragma_foreign_key_check",
    },
    Rule {
        holds: "every quote starts and ends with its pieces",
        offenders: "SELECT 'quote ' || quotes.id
            FROM quotes LEFT JOIN quote_spans AS piece ON piece.quote_id = quotes.id
            GROUP BY quotes.id
            HAVING min(piece.start) IS NOT quotes.start OR max(piece.end) IS NOT quotes.end",
    },
    Rule {
        holds: "what is told within a quote lies within it",
        offenders: "SELECT 'quote ' || inside.id FROM quotes AS inside JOIN quotes AS outside ON outside.id = inside.within
            WHERE inside.article_id <> outside.article_id OR inside.start < outside.start OR inside.end > outside.end
                OR inside.id = outside.id",
    },
    Rule {
        holds: "every part of an article lies within it",
        offenders: "SELECT 'part at ' || last || ' of article ' || article_id
            FROM (SELECT article_id, max(end) AS last FROM article_parts GROUP BY article_id)
            JOIN articles ON articles.id = article_id
            WHERE last > length(body)",
    },
    Rule {
        holds: "every mention lies within its article",
        offenders: "SELECT 'mention at ' || last || ' of article ' || article_id
            FROM (SELECT article_id, max(end) AS last FROM mentions GROUP BY article_id)
            JOIN articles ON articles.id = article_id
            WHERE last > length(body)",
    },
    Rule {
        holds: "the evidence of every relationship lies within its article",
        offenders: "SELECT 'relationship at ' || last || ' of article ' || article_id
            FROM (SELECT article_id, max(end) AS last FROM relationships GROUP BY article_id)
            JOIN articles ON articles.id = article_id
            WHERE last > length(body)",
    },
    Rule {
        holds: "mention counts are right",
        offenders: "SELECT 'entity ' || id || ', which has ' || coalesce(found, 0) || ' mentions and not ' || mention_count
            FROM entities
            LEFT JOIN (SELECT entity_id, count(*) AS found FROM mentions GROUP BY entity_id) ON entity_id = id
            WHERE mention_count <> coalesce(found, 0)",
    },
    Rule {
        holds: "quote counts are right",
        offenders: "SELECT 'entity ' || id || ', which has ' || coalesce(found, 0) || ' quotes that are vouched for and not ' || quote_count
            FROM entities
            LEFT JOIN (SELECT speaker_id, sum(vouched) AS found FROM quotes GROUP BY speaker_id) ON speaker_id = id
            WHERE quote_count <> coalesce(found, 0)",
    },
    Rule {
        holds: "article counts are right",
        offenders: "SELECT 'entity ' || entities.id || ', which ' || coalesce(found, 0) || ' articles mention and not ' || seen_in
            FROM entities
            LEFT JOIN (SELECT entity_id, count(*) AS found, min(published_at) AS first, max(published_at) AS last
                FROM (SELECT DISTINCT entity_id, article_id FROM mentions)
                JOIN articles INDEXED BY articles_dated ON articles.id = article_id
                GROUP BY entity_id) ON entity_id = entities.id
            WHERE seen_in <> coalesce(found, 0) OR seen_first IS NOT first OR seen_last IS NOT last",
    },
    Rule {
        holds: "subjects say of their quotes what those say",
        offenders: "SELECT 'subject ' || entity_id || ' of quote ' || quotes.id
            FROM quote_subjects JOIN quotes ON quotes.id = quote_id
            WHERE said_by IS NOT speaker_id OR said_as <> act OR is_vouched <> vouched OR is_again <> again
                OR said_in IS NOT article_id",
    },
    Rule {
        holds: "what a copy prints again is marked",
        offenders: "SELECT 'quote ' || quotes.id FROM quotes LEFT JOIN reprints ON quote_id = quotes.id
            WHERE again <> (statement_id IS NOT NULL AND statement_id <> quote_id)",
    },
    Rule {
        holds: "the counts of who spoke about whom are right",
        offenders: "WITH counted AS (
                SELECT entity_id, coalesce(said_by, 0) AS speaker_id, count(*) AS quotes FROM quote_subjects
                WHERE is_vouched = 1 AND is_again = 0 GROUP BY 1, 2)
            SELECT 'entity ' || entity_id || ' and speaker ' || speaker_id FROM (
                SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM spoke_about)
                UNION SELECT * FROM (SELECT * FROM spoke_about EXCEPT SELECT * FROM counted))",
    },
    Rule {
        holds: "the counts of who was quoted when are right",
        offenders: "WITH counted AS (
                SELECT coalesce(speaker_id, 0) AS speaker_id, substr(published_at, 1, letters) AS period, count(*) AS quotes
                FROM (SELECT speaker_id, coalesce(published_at, '') AS published_at FROM quotes WHERE vouched = 1 AND again = 0)
                JOIN (SELECT 0 AS letters UNION ALL SELECT 4 UNION ALL SELECT 7)
                WHERE letters = 0 OR length(published_at) >= 7
                GROUP BY 1, 2)
            SELECT 'speaker ' || speaker_id || ' in ' || period FROM (
                SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM quoted)
                UNION SELECT * FROM (SELECT * FROM quoted EXCEPT SELECT * FROM counted))",
    },
    Rule {
        holds: "relationships are counted right",
        offenders: "WITH counted AS (
                SELECT entity_id, predicate, coalesce(other_id, 0) AS other_id, detail, first_seen, last_seen, articles, status, since, until
                FROM who_is),
            kept AS (
                SELECT entity_id, predicate, other_id, detail, first_seen, last_seen, articles, status, since, until
                FROM ties WHERE state <> 'quoted')
            SELECT 'entity ' || entity_id || ', who ' || predicate || ' ' || other_id FROM (
                SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
                UNION SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted))
            WHERE NOT EXISTS (SELECT 1 FROM stale_ties)",
    },
    Rule {
        holds: "every entity is listed under its name",
        offenders: "SELECT 'entity ' || id FROM entities
            WHERE NOT EXISTS (SELECT 1 FROM aliases WHERE entity_id = id AND alias = name)",
    },
    Rule {
        holds: "quotes have the date of their article",
        // The date stands behind the text in the row of an article: it is read once for each.
        offenders: "WITH dated AS MATERIALIZED (SELECT id, published_at FROM articles)
            SELECT 'quote ' || quotes.id
            FROM quotes JOIN dated ON dated.id = quotes.article_id
            WHERE quotes.published_at IS NOT dated.published_at
            UNION ALL
            SELECT 'subject ' || entity_id || ' of quote ' || quotes.id
            FROM quote_subjects JOIN quotes ON quotes.id = quote_id
            WHERE quote_subjects.published_at IS NOT quotes.published_at",
    },
    Rule {
        holds: "the kind of an organization is the one that the first article tells",
        offenders: "SELECT 'entity ' || id FROM entities
            WHERE id NOT IN (SELECT id FROM ruled_entities) AND type IS NOT (SELECT type FROM traits
                WHERE entity_id = id AND type IS NOT NULL ORDER BY article_id LIMIT 1)",
    },
    Rule {
        holds: "gender and country are what the first articles tell",
        offenders: concat!(
            "SELECT 'entity ' || id
            FROM (SELECT id, gender, country FROM entities WHERE id NOT IN (SELECT id FROM ruled_entities)
                UNION ALL SELECT id, gender, country FROM ruled_entities) AS known
            JOIN (SELECT DISTINCT entity_id FROM traits) ON entity_id = id
            WHERE gender IS NOT ",
            most_told_gender!("id"),
            " OR country IS NOT (SELECT country FROM traits
                    WHERE entity_id = id AND country IS NOT NULL ORDER BY article_id LIMIT 1)"
        ),
    },
    Rule {
        holds: "what counts as one statement is printed by copies of one article",
        offenders: "SELECT 'quote ' || quote_id
            FROM reprints
            JOIN quotes ON quotes.id = quote_id
            JOIN articles ON articles.id = quotes.article_id
            JOIN quotes AS statement ON statement.id = statement_id
            JOIN articles AS printed ON printed.id = statement.article_id
            WHERE coalesce(articles.duplicate_of, articles.id) <> coalesce(printed.duplicate_of, printed.id)
                OR NOT EXISTS (SELECT 1 FROM reprints AS own
                    WHERE own.quote_id = reprints.statement_id AND own.statement_id = reprints.statement_id)",
    },
    Rule {
        holds: "what is kept as JSON is JSON",
        offenders: "SELECT 'inputs of run ' || id FROM ingest_runs WHERE NOT json_valid(inputs)
            UNION ALL SELECT 'correction ' || id FROM corrections
            WHERE NOT json_valid(target) OR value IS NOT NULL AND NOT json_valid(value)
            UNION ALL SELECT 'what was overruled in article ' || article_id FROM overruled_articles
            WHERE NOT json_valid(taken) OR NOT json_valid(put)
            UNION ALL SELECT 'values of run ' || id || ' of query ' || query FROM saved_runs
            WHERE NOT json_valid(parameters)",
    },
];

/// A full-text index, the table whose rows it holds, and what such a row is called.
macro_rules! index {
    ($holds:literal, $index:literal, $table:literal, $row:literal, $a_row:literal) => {
        Index {
            holds: $holds,
            question: concat!("INSERT INTO ", $index, " (", $index, ", rank) VALUES ('integrity-check', 1)"),
            offenders: concat!(
                "SELECT '",
                $row,
                " ' || id || ' is not in it' FROM ",
                $table,
                " WHERE id NOT IN (SELECT id FROM ",
                $index,
                "_docsize)
                UNION ALL SELECT 'it has ",
                $a_row,
                " ' || id || ', which is not there' FROM ",
                $index,
                "_docsize
                WHERE id NOT IN (SELECT id FROM ",
                $table,
                ")"
            ),
            remedy: concat!(
                "rebuild it in the sqlite3 shell: INSERT INTO ",
                $index,
                " (",
                $index,
                ") VALUES ('rebuild')"
            ),
        }
    };
}

/// The full-text indexes.
const INDEXES: &[Index] = &[
    index!(
        "the full-text index of articles agrees with them",
        "articles_fts",
        "articles",
        "article",
        "an article"
    ),
    index!("the full-text index of quotes agrees with them", "quotes_fts", "quotes", "quote", "a quote"),
    index!(
        "the full-text index of sources agrees with the quotes",
        "sources_fts",
        "quotes",
        "quote",
        "a quote"
    ),
];

/// A statement about a full-text index.
struct Index {
    holds: &'static str,
    /// What SQLite answers with an error where it does not hold.
    question: &'static str,
    /// Finds the rows that only one of index and table has.
    offenders: &'static str,
    remedy: &'static str,
}

/// Checks a database and tells of each check as it is done.
///
/// Fails only where the database cannot be read at all; what is wrong inside it is a finding.
pub fn check(path: &Path, tell: &mut dyn FnMut(&Finding)) -> Result<(), Error> {
    let db = match open_read_only(path) {
        Ok(db) => db,
        // A wrong mark alone makes it a file that nobody opens; this says which, and how it is mended.
        Err(error) => return marks::of_refused(path).map(|finding| tell(&finding)).ok_or(error),
    };
    let mut tell = |check: &'static str, result: CheckResult| tell(&Finding { check, result });
    let marks = marks::check(&db);
    tell(marks.check, marks.result);
    let schema = schema::check(&db, &made_anew()?).unwrap_or_else(broken);
    tell("tables, indexes, views and triggers are as onrecord made them", schema);
    let integrity = rows_of(&db, INTEGRITY).unwrap_or_else(|error| one(&error));
    tell(
        "the file is sound",
        integrity.result("take what can be read into another file: sqlite3 FILE .recover"),
    );
    let writable = open_writable(path)?;
    tell("every row keeps the constraints of its table", constraints(&db, writable.as_ref())?);
    let [texts, rest] = hashes::check(&db)
        .unwrap_or_else(|error| [broken(error), CheckResult::Skipped("the articles cannot be read")]);
    tell("every article has the text that was read", texts);
    tell(
        "every article has the title, author, publisher, date, address, language and id that were read",
        rest,
    );
    let revisions = hashes::check_revisions(&db).unwrap_or_else(broken);
    tell("every earlier version of an article can be put together as it was read", revisions);
    for rule in RULES {
        tell(rule.holds, rows_of(&db, rule.offenders).unwrap_or_else(|error| one(&error)).result(ANEW));
    }
    let [copies, sketches] = copies::check(&db)
        .unwrap_or_else(|error| [broken(error), CheckResult::Skipped("the articles cannot be read")]);
    tell("copies lead to the first article with their text", copies);
    tell("every article that is no copy has the sketch of its text", sketches);
    for finding in of_texts(&db) {
        tell(finding.check, finding.result);
    }
    drop(db);
    let result = match &writable {
        Some(db) => follow_from_corrections(db)?,
        None => CheckResult::Skipped("the file may not be written to, which ruling anew asks for"),
    };
    tell("what is shown follows from the corrections in force", result);
    for rule in INDEXES {
        let result = match &writable {
            Some(db) => index(db, rule)?,
            None => CheckResult::Skipped("the file may not be written to, which SQLite asks for here"),
        };
        tell(rule.holds, result);
    }
    Ok(())
}

/// Compares the quotes with the texts of their articles.
fn of_texts(db: &Connection) -> [Finding; 2] {
    let (pieces, sources) = match misprints(db) {
        Ok(found) => (found.pieces.into_iter().collect(), found.sources.into_iter().collect()),
        Err(error) => (one(&error), one(&error)),
    };
    [("the pieces of every quote are its text", pieces), ("every source is printed in its article", sources)]
        .map(|(check, offenders): (_, Offenders)| Finding { check, result: offenders.result(ANEW) })
}

const INTEGRITY: &str = "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'";

/// What SQLite says of the constraints, and if it has something to say, or sees them not at all, of which rows.
///
/// Where the connection may not write, SQLite passes over every CHECK.
fn constraints(db: &Connection, writable: Option<&Connection>) -> Result<CheckResult, Error> {
    const REMEDY: &str =
        "mend or delete the rows in the sqlite3 shell, or make a new database by reading the articles again";
    if let Some(writable) = writable
        && rows_of(writable, INTEGRITY).is_ok_and(|found| found.count() == 0)
    {
        return Ok(CheckResult::Holds);
    }
    let offenders = constraints::offenders(db, &made_anew()?).unwrap_or_else(|error| one(&error));
    Ok(offenders.result(REMEDY))
}

/// The answers to a query of offenders.
fn rows_of(db: &Connection, query: &str) -> rusqlite::Result<Offenders> {
    let mut statement = db.prepare(query)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.collect()
}

/// A check that fails by itself on a damaged file is one that fails.
fn broken(error: rusqlite::Error) -> CheckResult {
    one(&error).result(ANEW)
}

fn one(error: &dyn std::fmt::Display) -> Offenders {
    [error.to_string()].into_iter().collect()
}

/// Overrules anew every article that corrections concern, shows those whom they concern anew, and takes it back:
/// nothing may come to something else.
fn follow_from_corrections(db: &Connection) -> Result<CheckResult, Error> {
    let failed = || sqlite("cannot check the corrections");
    db.execute_batch("BEGIN IMMEDIATE").map_err(failed())?;
    let found = give::disagreeing(db);
    db.execute_batch("ROLLBACK").map_err(failed())?;
    Ok(found.map_or_else(|error| one(&error), |found| found.into_iter().collect()).result(ANEW))
}

/// Asks FTS5 whether an index agrees with its table. It answers writers only, but writes nothing; the
/// transaction is taken back all the same.
fn index(db: &Connection, index: &Index) -> Result<CheckResult, Error> {
    db.execute_batch("BEGIN IMMEDIATE").map_err(sqlite("cannot check the full-text indexes"))?;
    let answer = db.execute(index.question, []);
    db.execute_batch("ROLLBACK").map_err(sqlite("cannot check the full-text indexes"))?;
    let Err(error) = answer else { return Ok(CheckResult::Holds) };
    let found = rows_of(db, index.offenders).unwrap_or_default();
    // Where both have the same rows, SQLite says no more than that something differs.
    let offenders = if found.count() == 0 { one(&error) } else { found };
    Ok(offenders.result(index.remedy))
}
