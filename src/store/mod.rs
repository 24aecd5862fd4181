//! The only writer of the database.
//!
//! Knows the schema and how an article and its facts become rows. Never reads input files, never
//! analyzes text, and answers no questions: that is `query`.

mod articles;
pub mod check;
mod correct;
mod corrections;
mod entities;
mod identity;
mod known;
mod layer;
mod machine;
mod open;
mod overrule;
mod predicates;
mod quotes;
mod registry;
mod relationships;
mod rulings;
mod runs;
mod save;
mod saved;
mod tie;
mod traits;

pub use correct::{Changes, Corrected};
pub use corrections::{Correction, Part, Verdict};
pub use identity::{EntityName, QuoteName, kind_named};
pub use known::Known;
pub use open::{APPLICATION_ID, open_read_only, schema_version};
pub use quotes::quote_keys;
pub use runs::RunCounts;
pub use saved::NewQuery;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use crate::article::Article;
use crate::error::Error;
use crate::facts::Facts;
use overrule::InForce;
use save::Place;

const TOTALS: &str = "
SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM entities WHERE kind = 'person'),
    (SELECT count(*) FROM entities WHERE kind = 'organization'), (SELECT count(*) FROM quotes)";

/// What a database holds in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Rows of `articles`.
    pub articles: u64,
    /// Rows of `people`.
    pub people: u64,
    /// Rows of `organizations`.
    pub organizations: u64,
    /// Rows of `quotes`.
    pub quotes: u64,
}

/// A database that is open for writing.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database for writing; creates it where there is none, and brings its schema up to date.
    ///
    /// Fails, leaving the file as it is, if it is no onrecord database, or one of a newer program or of one that
    /// was never released.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut connection = open::open_for_writing(path)?;
        predicates::fill(&mut connection).map_err(sqlite("cannot write the table of predicates"))?;
        Ok(Store { connection, path: path.to_owned() })
    }

    /// A look at what is stored, for another thread.
    pub fn known(&self) -> Result<Known, Error> {
        Known::open(&self.path)
    }

    /// Begins a run of ingest over `inputs`, with the model of this checksum.
    pub fn begin_run(&self, inputs: &[String], model: &str) -> Result<Run, Error> {
        let id = runs::begin(&self.connection, inputs, model).map_err(sqlite("cannot begin the run"))?;
        Ok(Run { id, seen: IdSet::default(), numbers: HashMap::new(), in_force: InForce::default() })
    }

    /// Begins a transaction. It locks out other writers, so it is kept short.
    pub fn batch<'s>(&'s mut self, run: &'s mut Run) -> Result<Batch<'s>, Error> {
        let attempt = || sqlite("cannot write to the database");
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(attempt())?;
        run.in_force.refresh(&transaction).map_err(attempt())?;
        Ok(Batch { transaction, run })
    }

    /// Ends a run: its counts are final.
    pub fn finish_run(&self, run: &Run, counts: &RunCounts) -> Result<(), Error> {
        runs::update(&self.connection, run.id, counts, true).map_err(sqlite("cannot finish the run"))
    }

    /// What the database holds in all.
    pub fn totals(&self) -> Result<Totals, Error> {
        let count = |row: &rusqlite::Row<'_>| {
            Ok(Totals {
                articles: row.get(0)?,
                people: row.get(1)?,
                organizations: row.get(2)?,
                quotes: row.get(3)?,
            })
        };
        self.connection.query_row(TOTALS, [], count).map_err(sqlite("cannot count what is stored"))
    }

    /// Closes the database and leaves a single file, which a read-only medium may hold.
    ///
    /// Where another program has it open at the same time, the log beside it stays with that.
    pub fn close(self) -> Result<(), Error> {
        let attempt = || sqlite("cannot close the database");
        self.connection
            .execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(attempt())?;
        self.connection.busy_timeout(std::time::Duration::ZERO).map_err(attempt())?;
        let switched = self.connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()));
        if let Err(error) = switched
            && !is_busy(&error)
        {
            return Err(attempt()(error));
        }
        self.connection.close().map_err(|(_, error)| attempt()(error))
    }
}

/// A run of ingest, while it lasts.
#[derive(Debug)]
pub struct Run {
    id: i64,
    /// The articles that this run has met, by their ids.
    seen: IdSet,
    /// Identities that several articles of this run share, with the number up to which they are taken, so
    /// that an archive without ids does not try all of them for each article.
    numbers: HashMap<String, u64>,
    /// The corrections in force, as of the last batch.
    in_force: InForce,
}

/// What became of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It was not there before.
    New,
    /// It was there already, to the letter.
    Unchanged,
    /// An earlier version of it, or its earlier facts, were replaced.
    Replaced,
    /// Its facts break a rule of the schema, for this reason; nothing of it was written.
    Refused(String),
}

/// What is to be done with an article that is stored already, to the letter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IfUnchanged {
    /// Keep its facts.
    #[default]
    Keep,
    /// Replace its facts, once a run.
    Reanalyze,
}

/// Several articles that are written in one transaction; nothing is written unless it is committed.
#[derive(Debug)]
pub struct Batch<'s> {
    transaction: Transaction<'s>,
    run: &'s mut Run,
}

impl Batch<'_> {
    /// Whether an article with exactly this content is stored. Notes that the run has met it, so that
    /// no other article of this run takes its place.
    pub fn meet_unchanged(&mut self, content_hash: &str) -> Result<bool, Error> {
        let found = articles::with_content(&self.transaction, content_hash)
            .map_err(sqlite("cannot look for the article"))?;
        Ok(found.is_some_and(|id| {
            self.run.seen.insert(id);
            true
        }))
    }

    /// Writes an article with its facts, wholly or, if it fails, not at all.
    ///
    /// The same article, changed, keeps its id and loses its earlier facts. Different articles of one run
    /// never replace each other, even where the input gives them the same id or address.
    pub fn save(
        &mut self,
        article: &Article,
        facts: &Facts,
        if_unchanged: IfUnchanged,
    ) -> Result<Saved, Error> {
        let failed = || sqlite(format!("cannot store the article {}", article.source));
        let savepoint = self.transaction.savepoint().map_err(failed())?;
        match save::save(&savepoint, self.run, article, facts, if_unchanged) {
            Ok((saved, id)) => {
                savepoint.commit().map_err(failed())?;
                self.run.seen.insert(id);
                Ok(saved)
            }
            // Dropping the savepoint takes back what was written of the article.
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                Ok(Saved::Refused(format!("a fault of onrecord, please report it: {error}")))
            }
            Err(error) => Err(failed()(error)),
        }
    }

    /// Keeps the reason why a document was rejected.
    pub fn reject(&self, path: &str, record: Option<u64>, reason: &str) -> Result<(), Error> {
        runs::record_error(&self.transaction, self.run.id, path, record, reason)
            .map_err(sqlite("cannot keep the reason of a rejection"))
    }

    /// Makes the batch last, together with what the run has come to so far.
    pub fn commit(self, counts: &RunCounts) -> Result<(), Error> {
        runs::update(&self.transaction, self.run.id, counts, false)
            .and_then(|()| self.transaction.commit())
            .map_err(sqlite("cannot write to the database"))
    }
}

/// A probability as it is stored: four digits, so that a half-precise float does not pretend to more.
fn confidence(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}

/// A set of row ids, one bit each.
#[derive(Debug, Default)]
struct IdSet(Vec<u64>);

impl IdSet {
    fn insert(&mut self, id: i64) {
        let (word, bit) = Self::place(id);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= bit;
    }

    fn contains(&self, id: i64) -> bool {
        let (word, bit) = Self::place(id);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }

    /// Row ids are positive and dense: SQLite gives out the next one.
    fn place(id: i64) -> (usize, u64) {
        let id = usize::try_from(id).unwrap_or(0);
        (id / 64, 1 << (id % 64))
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

/// Turns an error of SQLite into ours: what was attempted, why it failed, what to try.
fn sqlite(attempt: impl Into<String>) -> impl FnOnce(rusqlite::Error) -> Error {
    move |cause| {
        let error = Error::new(attempt).because(&cause);
        match cause.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => {
                error.hint("free some space and run the same command again: what is stored is kept")
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                error.hint("another program is using the database; try again when it is done")
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                error.hint("the file or its folder may not be written to")
            }
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => error
                .hint("the file is damaged; .recover of the sqlite3 shell may still read it, or ingest anew"),
            _ => error,
        }
    }
}
