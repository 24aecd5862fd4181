//! Several articles that are written in one transaction.
//!
//! Knows savepoints and what a run has met; which rows an article becomes is for `save`.

use rusqlite::{ErrorCode, Transaction};

use crate::article::Article;
use crate::error::Error;
use crate::facts::Facts;
use crate::store::failure::sqlite;
use crate::store::run::Run;
use crate::store::save::{self, IfUnchanged, Saved};
use crate::store::tables::errors::{self, Rejected, RejectedAt};
use crate::store::tables::files::{self, ReadFile};
use crate::store::tables::runs::{self, RunCounts};

/// Several articles that are written in one transaction; nothing is written unless it is committed.
#[derive(Debug)]
pub struct Batch<'s> {
    pub(super) transaction: Transaction<'s>,
    pub(crate) run: &'s mut Run,
}

impl Batch<'_> {
    /// Whether an article with exactly this content is stored, or was, and a later version of it is. Notes that the run
    /// has met it, so that no other record of its file takes its place.
    pub fn meet_unchanged(&mut self, article: &Article) -> Result<bool, Error> {
        let found =
            save::unchanged(&self.transaction, article).map_err(sqlite("cannot look for the article"))?;
        Ok(found.is_some_and(|known| {
            self.run.meet(known.id(), &article.source);
            true
        }))
    }

    /// Writes an article with its facts, wholly or, if it fails, not at all.
    ///
    /// The same article, changed, keeps its id and loses its earlier facts; its earlier text is kept as a revision.
    /// Different articles never replace each other, even where the input gives them the same id or address.
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
                self.run.meet(id, &article.source);
                if let Saved::Beside(_) = saved
                    && let Some(family) = self.run.families.get_mut(&article.identity())
                {
                    family.members.push(id);
                }
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
    pub fn reject(&self, rejected: &Rejected<'_>) -> Result<(), Error> {
        errors::record(&self.transaction, self.run.id, rejected)
            .map_err(sqlite("cannot keep the reason of a rejection"))
    }

    /// Keeps, in words, how many more documents of a file were rejected than have a row of their own, and why.
    pub fn reject_more(&self, at: RejectedAt<'_>, reason: &str) -> Result<(), Error> {
        errors::record_more(&self.transaction, self.run.id, at, reason)
            .map_err(sqlite("cannot keep the number of rejections"))
    }

    /// Notes a file that was read to its end; one that was not taken whole is to be read again.
    pub fn finish_file(&self, file: &ReadFile, is_whole: bool) -> Result<(), Error> {
        let noted = match is_whole {
            true => files::keep(&self.transaction, file, self.run.id),
            false => files::forget(&self.transaction, file),
        };
        noted.map_err(sqlite("cannot note that a file was read"))
    }

    /// Makes the batch last, together with what the run has come to so far.
    pub fn commit(self, counts: &RunCounts) -> Result<(), Error> {
        runs::update(&self.transaction, self.run.id, counts, false)
            .and_then(|()| self.transaction.commit())
            .map_err(sqlite("cannot write to the database"))
    }
}
