//! Twins joined at the end of a run: rows that the whole archive shows to be one's become corrections that no person
//! gave.
//!
//! They are kept, listed and undone as all corrections are, and come before those of people, so that a person's word
//! wins whenever it was given. What `store::linking::twins` finds is joined here, unless a person said something of it.

use crate::error::Error;
use crate::store::corrections::give::Corrected;
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::linking::acronyms::acronyms;
use crate::store::linking::own_bodies::own_bodies;
use crate::store::linking::twins::twins;

/// Joining may bring to light who else is one; never more often than this in a run.
const ROUNDS: usize = 4;

impl Store {
    /// Joins the rows of people, of bodies of state and of acronyms that the whole archive shows to be one. The older id stays; the
    /// records of it are in `corrections`, and `undo` parts them for good. Doing it twice changes nothing.
    pub fn join_twins(&mut self) -> Result<Corrected, Error> {
        let mut joined = Corrected::default();
        for round in 0..ROUNDS {
            // Company takes longest to look at, and joining changes it little.
            let mut found = twins(&self.connection, round == 0).map_err(sqlite("cannot look for twins"))?;
            found.extend(acronyms(&self.connection).map_err(sqlite("cannot look for acronyms"))?);
            found.extend(own_bodies(&self.connection).map_err(sqlite("cannot look for bodies of state"))?);
            let round = self.join(&found)?;
            if round.numbers.is_empty() {
                break;
            }
            joined.numbers.extend(round.numbers);
            joined.changes.articles += round.changes.articles;
            joined.changes.mentions += round.changes.mentions;
            joined.changes.quotes += round.changes.quotes;
            joined.changes.relationships += round.changes.relationships;
        }
        Ok(joined)
    }
}
