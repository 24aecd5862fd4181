//! A database that is open for writing: opening and closing it, its runs and totals.
//!
//! Knows the connection. Which rows an article becomes is for `batch` and what lies behind it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::Error;
use crate::gear::Gear;
use crate::store::batch::Batch;
use crate::store::copies;
use crate::store::failure::{is_busy, sqlite};
use crate::store::known::Known;
use crate::store::open;
use crate::store::patience::Patience;
use crate::store::run::Run;
use crate::store::tables::errors::KeptError;
use crate::store::tables::runs::RunCounts;
use crate::store::tables::{errors, predicates, relationships, runs, ties};

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
    patience: Patience,
}

impl Store {
    /// Opens the database for writing; creates it where there is none, and brings its schema up to date.
    ///
    /// Fails, leaving the file as it is, if it is not an onrecord database, or one of a newer program or of one that
    /// was never released.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Store::open_with(path, Patience::default())
    }

    /// The same for a run that may be told to stop: waits for no other program once `stop` is set.
    pub fn open_until(path: &Path, stop: &Arc<AtomicBool>) -> Result<Self, Error> {
        Store::open_with(path, Patience::until(stop))
    }

    fn open_with(path: &Path, patience: Patience) -> Result<Self, Error> {
        let open = || {
            let mut connection = open::open_for_writing(path, &patience)?;
            predicates::fill(&mut connection).map_err(sqlite("cannot write the table of predicates"))?;
            copies::catch_up(&mut connection).map_err(sqlite("cannot look for copies"))?;
            ties::catch_up(&connection).map_err(sqlite("cannot count relationships"))?;
            Ok(connection)
        };
        match open() {
            Ok(connection) => Ok(Store { connection, path: path.to_owned(), patience }),
            // Whoever waits for another program hears from SQLite that it is locked, whyever the waiting ends.
            Err(_) if patience.is_stopped() => Err(Error::stopped()),
            Err(error) => Err(error),
        }
    }

    /// An error of SQLite in our words, where waiting may have ended because the run was told to stop.
    fn failed(&self, attempt: &str, cause: rusqlite::Error) -> Error {
        if is_busy(&cause) && self.patience.is_stopped() { Error::stopped() } else { sqlite(attempt)(cause) }
    }

    /// A look at what is stored, for another thread.
    pub fn known(&self) -> Result<Known, Error> {
        Known::open(&self.path)
    }

    /// Begins a run of ingest over `inputs`, with the model of this checksum, in a gear.
    pub fn begin_run(&self, inputs: &[String], model: &str, gear: Gear) -> Result<Run, Error> {
        let id = runs::begin(&self.connection, inputs, model, gear)
            .map_err(|cause| self.failed("cannot begin the run", cause))?;
        Ok(Run::new(id))
    }

    /// Begins a transaction. It locks out other writers, so it is kept short.
    pub fn batch<'s>(&'s mut self, run: &'s mut Run) -> Result<Batch<'s>, Error> {
        let mut begin = || {
            let transaction = self.connection.unchecked_transaction()?;
            run.in_force.refresh(&transaction)?;
            Ok(transaction)
        };
        let transaction = begin().map_err(|cause| self.failed("cannot write to the database", cause))?;
        Ok(Batch { transaction, run })
    }

    /// Describes those to whom the articles of a run that has not ended give an office by what most of the latest articles say.
    pub fn describe_people(&self) -> Result<(), Error> {
        let describe = || {
            let transaction = self.connection.unchecked_transaction()?;
            let people = relationships::described_in_run(&transaction)?;
            relationships::describe_anew(&transaction, people.into_iter())?;
            transaction.commit()
        };
        describe().map_err(|cause| self.failed("cannot describe the people", cause))
    }

    /// Ends a run: its counts are final, and what the whole archive shows of its articles was looked at.
    pub fn finish_run(&self, run: &Run, counts: &RunCounts) -> Result<(), Error> {
        let finish = || {
            ties::catch_up(&self.connection)?;
            let transaction = self.connection.unchecked_transaction()?;
            runs::update(&transaction, run.id, counts, true)?;
            runs::set_compared(&transaction, run.id)?;
            transaction.commit()
        };
        finish().map_err(|cause| self.failed("cannot finish the run", cause))
    }

    /// The errors that are kept, in the order in which they were first met.
    pub fn kept_errors(&self) -> Result<Vec<KeptError>, Error> {
        errors::places(&self.connection).map_err(|cause| self.failed("cannot read what was rejected", cause))
    }

    /// Takes away those of these errors that the run has not met again, and gives their number.
    pub fn forget_solved(&self, run: &Run, errors: &[i64]) -> Result<u64, Error> {
        let forget = || {
            let transaction = self.connection.unchecked_transaction()?;
            let solved = errors::forget_solved(&transaction, run.id, errors)?;
            transaction.commit()?;
            Ok(solved as u64)
        };
        forget().map_err(|cause| self.failed("cannot take away errors that are solved", cause))
    }

    /// What the database holds in all.
    pub fn totals(&mut self) -> Result<Totals, Error> {
        // A run that was stopped is told what it came to as well.
        let _ = self.connection.progress_handler(0, None::<fn() -> bool>);
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

    /// Closes the database and leaves a single file, unless another program has it open.
    ///
    /// All is stored before that: where it cannot be tidied up, for want of space or because another program is at
    /// work, no harm is done, and whoever opens the file next does it.
    pub fn close(self) {
        let _ = self.connection.busy_timeout(Duration::ZERO);
        let tidy = ["PRAGMA optimize", "PRAGMA wal_checkpoint(TRUNCATE)"];
        for statement in tidy.iter().skip(usize::from(self.patience.is_stopped())) {
            let _ = self.connection.execute_batch(statement);
        }
    }
}
