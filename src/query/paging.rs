//! Which rows of an answer are written.

use crate::query::audience::Audience;
use crate::query::output::most_rows;
use crate::query::question::Question;

/// Which rows of an answer are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    pub(crate) offset: u64,
    pub(crate) limit: u64,
    /// Whether the limit is the usual one of a page, and not one that was asked for.
    pub(super) is_usual: bool,
}

impl Paging {
    pub(crate) fn new(limit: Option<u64>, offset: u64, audience: Audience) -> Self {
        let for_people = audience != Audience::Programs;
        Paging { offset, limit: most_rows(limit, for_people), is_usual: limit.is_none() && for_people }
    }

    pub(crate) fn of(question: &Question, audience: Audience) -> Self {
        let paging = Paging::new(question.limit, question.offset, audience);
        if question.latest || question.earliest {
            Paging { limit: 1, is_usual: false, ..paging }
        } else {
            paging
        }
    }

    /// Whether a page is full that nobody asked to be so short: there may be more rows than those shown.
    pub(super) fn may_hide_rows(&self, shown: u64) -> bool {
        self.is_usual && shown == self.limit
    }

    /// For LIMIT, where a negative number means all.
    pub(super) fn sql_limit(&self) -> i64 {
        i64::try_from(self.limit).unwrap_or(-1)
    }

    /// For OFFSET.
    pub(super) fn sql_offset(&self) -> i64 {
        i64::try_from(self.offset).unwrap_or(i64::MAX)
    }
}
