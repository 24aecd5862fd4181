//! Whether a database is sound: SQLite's own checks, and the promises that no constraint can hold.
//!
//! Reads only. The file stays the same to the byte, even where a check needs a connection that may write.

use std::path::Path;

use rusqlite::Connection;

use crate::error::Error;
use crate::store::corrections::give;
use crate::store::failure::sqlite;
use crate::store::reader::{open_read_only, open_writable};

/// How many offenders a check names.
const NAMED: usize = 3;

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was checked, as a statement that should hold.
    pub check: &'static str,
    /// What came of it.
    pub result: CheckResult,
}

/// What came of a check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckResult {
    /// It holds.
    Holds,
    /// It does not: how many offend, and the first of them in words.
    Fails(u64, Vec<String>),
    /// It could not be checked, for this reason.
    Skipped(&'static str),
}

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
        holds: "the pieces of every quote are its text",
        offenders: "SELECT 'quote ' || quotes.id
            FROM quotes JOIN articles ON articles.id = quotes.article_id
            WHERE quotes.text IS NOT (
                SELECT group_concat(substr(articles.body, piece.start + 1, piece.end - piece.start), ' … '
                    ORDER BY piece.start)
                FROM quote_spans AS piece WHERE piece.quote_id = quotes.id
            )",
    },
    Rule {
        holds: "every quote starts and ends with its pieces",
        offenders: "SELECT 'quote ' || quotes.id
            FROM quotes LEFT JOIN quote_spans AS piece ON piece.quote_id = quotes.id
            GROUP BY quotes.id
            HAVING min(piece.start) IS NOT quotes.start OR max(piece.end) IS NOT quotes.end",
    },
    Rule {
        holds: "every source is printed in its article",
        offenders: "SELECT 'quote ' || quotes.id
            FROM quotes JOIN articles ON articles.id = quotes.article_id
            WHERE quotes.speaker_text IS NOT NULL AND instr(articles.body, quotes.speaker_text) = 0",
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
        offenders: "SELECT 'entity ' || id || ', which has ' || coalesce(found, 0) || ' quotes and not ' || quote_count
            FROM entities
            LEFT JOIN (SELECT speaker_id, count(*) AS found FROM quotes GROUP BY speaker_id) ON speaker_id = id
            WHERE quote_count <> coalesce(found, 0)",
    },
    Rule {
        holds: "every entity is listed under its name",
        offenders: "SELECT 'entity ' || id FROM entities
            WHERE NOT EXISTS (SELECT 1 FROM aliases WHERE entity_id = id AND alias = name)",
    },
    Rule {
        holds: "quotes have the date of their article",
        offenders: "SELECT 'quote ' || quotes.id
            FROM quotes JOIN articles ON articles.id = quotes.article_id
            WHERE quotes.published_at IS NOT articles.published_at
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
        holds: "gender and country are what the first article tells",
        offenders: "SELECT 'entity ' || id
            FROM (SELECT id, gender, country FROM entities WHERE id NOT IN (SELECT id FROM ruled_entities)
                UNION ALL SELECT id, gender, country FROM ruled_entities) AS known
            JOIN (SELECT DISTINCT entity_id FROM traits) ON entity_id = id
            WHERE gender IS NOT (SELECT gender FROM traits
                    WHERE entity_id = id AND gender IS NOT NULL ORDER BY article_id LIMIT 1)
                OR country IS NOT (SELECT country FROM traits
                    WHERE entity_id = id AND country IS NOT NULL ORDER BY article_id LIMIT 1)",
    },
    Rule {
        holds: "copies lead to the first article with their text",
        offenders: "SELECT 'article ' || id
            FROM articles JOIN (SELECT body_hash AS text, min(id) AS first FROM articles GROUP BY body_hash) ON text = body_hash
            WHERE duplicate_of IS NOT nullif(first, id)",
    },
];

/// The full-text indexes: a statement about each, and the question that SQLite answers with an error.
const INDEXES: &[Rule] = &[
    Rule {
        holds: "the full-text index of articles agrees with them",
        offenders: "INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)",
    },
    Rule {
        holds: "the full-text index of quotes agrees with them",
        offenders: "INSERT INTO quotes_fts (quotes_fts, rank) VALUES ('integrity-check', 1)",
    },
];

/// Checks a database and tells of each check as it is done.
///
/// Fails only where the database cannot be read at all; what is wrong inside it is a finding.
pub fn check(path: &Path, tell: &mut dyn FnMut(&Finding)) -> Result<(), Error> {
    let db = open_read_only(path)?;
    let integrity = offenders(&db, "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    tell(&Finding { check: "the file is sound", result: integrity });
    for rule in RULES {
        tell(&Finding { check: rule.holds, result: offenders(&db, rule.offenders) });
    }
    drop(db);
    let writable = open_writable(path)?;
    let result = match &writable {
        Some(db) => follow_from_corrections(db)?,
        None => CheckResult::Skipped("the file may not be written to, which ruling anew asks for"),
    };
    tell(&Finding { check: "what is shown follows from the corrections in force", result });
    for rule in INDEXES {
        let result = match &writable {
            Some(db) => index(db, rule.offenders)?,
            None => CheckResult::Skipped("the file may not be written to, which SQLite asks for here"),
        };
        tell(&Finding { check: rule.holds, result });
    }
    Ok(())
}

/// Runs the query of a rule. A query that fails on a damaged file is a failure of the rule.
fn offenders(db: &Connection, query: &str) -> CheckResult {
    let find = || -> rusqlite::Result<(u64, Vec<String>)> {
        let (mut count, mut first) = (0, Vec::new());
        let mut statement = db.prepare(query)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            count += 1;
            if first.len() < NAMED {
                first.push(row.get(0)?);
            }
        }
        Ok((count, first))
    };
    match find() {
        Ok((0, _)) => CheckResult::Holds,
        Ok((count, first)) => CheckResult::Fails(count, first),
        Err(error) => CheckResult::Fails(1, vec![error.to_string()]),
    }
}

/// Overrules anew every article that corrections concern, shows those whom they concern anew, and takes it back:
/// nothing may come to something else.
fn follow_from_corrections(db: &Connection) -> Result<CheckResult, Error> {
    let failed = || sqlite("cannot check the corrections");
    db.execute_batch("BEGIN IMMEDIATE").map_err(failed())?;
    let found = give::disagreeing(db);
    db.execute_batch("ROLLBACK").map_err(failed())?;
    Ok(match found {
        Ok(found) if found.is_empty() => CheckResult::Holds,
        Ok(found) => {
            let count = found.len() as u64;
            CheckResult::Fails(count, found.into_iter().take(NAMED).collect())
        }
        Err(error) => CheckResult::Fails(1, vec![error.to_string()]),
    })
}

/// Asks FTS5 whether an index agrees with its table. It answers writers only, but writes nothing; the
/// transaction is taken back all the same.
fn index(db: &Connection, question: &str) -> Result<CheckResult, Error> {
    db.execute_batch("BEGIN IMMEDIATE").map_err(sqlite("cannot check the full-text indexes"))?;
    let answer = db.execute(question, []);
    db.execute_batch("ROLLBACK").map_err(sqlite("cannot check the full-text indexes"))?;
    Ok(match answer {
        Ok(_) => CheckResult::Holds,
        Err(error) => CheckResult::Fails(
            1,
            vec![format!("{error}; rebuild it in the sqlite3 shell with INSERT INTO … VALUES ('rebuild')")],
        ),
    })
}
