//! How many quotes fit, for a remark: a large archive is not gone through for one.

use std::collections::HashSet;

use rusqlite::{Connection, ToSql};

use crate::error::Error;
use crate::query::answer::statement::{Statement, for_each_row};
use crate::query::failure::read_error;

/// So many quotes are looked at for a remark.
const MOST: i64 = 10_000;

/// So many where an index does not tell whether they fit, so that each is read.
const MOST_READ: i64 = 4_000;

/// A number of quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::query) struct Counted {
    /// How many were counted.
    pub(in crate::query) number: i64,
    /// Whether there may be more.
    pub(in crate::query) is_least: bool,
}

impl Counted {
    /// Counts the rows of SQL from [`Statement::sql_of_some`] that selects which statement each quote is, if copies print it more
    /// than once; a statement counts once.
    pub(super) fn up_to_enough(db: &Connection, sql: &str, quotes: &Statement) -> Result<Counted, Error> {
        let most = if quotes.is_sifted() { MOST_READ } else { MOST };
        let one_more = most + 1;
        let mut parameters = quotes.parameters();
        parameters.push((":most", &one_more as &dyn ToSql));
        let (mut printed, mut counted, mut looked_at) = (HashSet::new(), Counted::default(), 0);
        for_each_row(db, sql, &parameters, |row| {
            looked_at += 1;
            let statement: Option<i64> = row.get(0).map_err(read_error)?;
            if looked_at > most {
                counted.is_least = true;
            } else if row.get(1).map_err(read_error)? {
                counted.number += i64::from(statement.is_none_or(|statement| printed.insert(statement)));
            }
            Ok(true)
        })?;
        Ok(counted)
    }

    /// The same without some of what was counted.
    pub(super) fn less(self, number: i64) -> Counted {
        Counted { number: self.number - number, ..self }
    }
}
