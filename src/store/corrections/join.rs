//! Corrections that no person gave: rows that a whole archive shows to be one person's, joined at the end of a run.
//!
//! Kept, applied, listed and undone as all corrections are. They come before those of people, so that a person's word wins,
//! whenever it was given; of whom a person has said something, or who was parted again, nothing is said here.

use crate::error::Error;
use crate::store::corrections::correction::{Correction, Verdict};
use crate::store::corrections::give::Corrected;
use crate::store::corrections::rulings::Rulings;
use crate::store::corrections::table::Origin;
use crate::store::corrections::{registry, table};
use crate::store::database::Store;
use crate::store::identity::Identity;

/// Two rows of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Twins {
    /// The older row, which stays.
    pub(crate) keep: i64,
    /// The row that is joined to it.
    pub(crate) other: i64,
    /// What shows that they are one, in words.
    pub(crate) reason: String,
}

impl Store {
    /// Joins twins, but for those of whom a person has said something, and those who were joined or parted before.
    pub(crate) fn join(&mut self, twins: &[Twins]) -> Result<Corrected, Error> {
        if twins.is_empty() {
            return Ok(Corrected::default());
        }
        self.change(|transaction| {
            let people = Rulings::new(&table::given_by_people(transaction)?);
            let mut merged = table::ever_merged(transaction)?;
            let mut corrected = Corrected::default();
            for Twins { keep, other, reason } in twins {
                let names = (registry::name(transaction, *keep)?, registry::name(transaction, *other)?);
                let (Some(keep), Some(other)) = names else { continue };
                let verdict = Verdict::Merge { keep, other };
                let is_new = table::pair(&verdict).is_some_and(|pair| merged.insert(pair));
                if is_new && may_join(&people, &verdict) {
                    let correction = Correction::new(verdict, Some(&format!("automatic: {reason}")));
                    corrected.numbers.push(table::insert(transaction, &correction, Origin::Automatic)?);
                }
            }
            Ok(corrected)
        })
    }
}

/// Whether people have left open who those are whom a verdict would join.
fn may_join(people: &Rulings, verdict: &Verdict) -> bool {
    let Verdict::Merge { keep, other } = verdict else { return false };
    let (keep, other) = (keep.identity(), other.identity());
    // What is said of somebody with a full name holds for all who are joined to it; but nobody is joined to one who is none.
    let is_open = |one: &Identity| {
        people.who(one).is_some() && (people.spelled(one).is_none() || one.name_key.contains(' '))
    };
    keep != other && is_open(&keep) && is_open(&other)
}
