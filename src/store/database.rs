//! A database that is open for writing: opening and closing it, its runs and totals.
//!
//! Knows the connection. Which rows an article becomes is for `batch` and what lies behind it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::error::Error;
use crate::store::batch::Batch;
use crate::store::corrections::overrule::InForce;
use crate::store::failure::{is_busy, sqlite};
use crate::store::known::Known;
use crate::store::open;
use crate::store::run::{IdSet, Run};
use crate::store::tables::runs::RunCounts;
use crate::store::tables::{predicates, runs};

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
    pub(super) connection: Connection,
    path: PathBuf,
}

impl Store {
    /// Opens the database for writing; creates it where there is none, and brings its schema up to date.
    ///
    /// Fails, leaving the file as it is, if it is not an onrecord database, or one of a newer program or of one that
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
        Ok(Run { id, seen: IdSet::default(), families: HashMap::new(), in_force: InForce::default() })
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
