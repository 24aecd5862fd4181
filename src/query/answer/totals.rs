//! What is counted over the archive already: how often whom was quoted when, and who spoke about whom.
//!
//! Triggers keep the tables `quoted` and `spoke_about`; a statement that copies of an article print again counts where it was
//! printed first.

use rusqlite::types::Value;

use crate::query::answer::sources::Sources;
use crate::query::question::{CountKey, Question};
use crate::query::stored_entity::StoredEntity;

/// Whose quotes are counted, and about whom or what, or when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Totals {
    speaker: Option<i64>,
    of: Of,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Of {
    /// All of a period: a year, a month or, as '', the archive.
    Period(String),
    /// All about one entity.
    Entity(i64),
}

/// What selects counts under the names `counted_by` and `quotes`.
pub(super) struct Groups {
    /// In no order.
    pub(super) sql: &'static str,
    /// With names, in their order, down to the row `:end`; where an index has that order.
    pub(super) first: Option<&'static str>,
}

impl Totals {
    /// The counts that tell what a question asks for; `None` where anything narrows it that they do not tell apart.
    pub(super) fn of(
        question: &Question,
        sources: Option<&Sources>,
        subjects: &[Vec<StoredEntity>],
    ) -> Option<Totals> {
        let plain = Question {
            speaker: question.speaker.clone(),
            about: question.about.clone(),
            period: question.period,
            count: question.count,
            limit: question.limit,
            offset: question.offset,
            each: question.each,
            ..Question::default()
        };
        let speaker = match sources {
            None => None,
            Some(Sources { known, printed: None }) if known.len() == 1 => known.first().map(|one| one.id),
            Some(_) => return None,
        };
        let of = match subjects {
            [] => Of::Period(question.period.year_or_month()?),
            [group] if question.period.is_open() => match group.as_slice() {
                [one] => Of::Entity(one.id),
                _ => return None,
            },
            _ => return None,
        };
        (*question == plain).then_some(Totals { speaker, of })
    }

    /// The number of them all.
    pub(super) fn number_sql(&self) -> &'static str {
        match (&self.of, self.speaker) {
            (Of::Period(_), None) => "SELECT coalesce(sum(quotes), 0) FROM quoted WHERE period = :period",
            (Of::Period(_), Some(_)) => {
                "SELECT coalesce(sum(quotes), 0) FROM quoted WHERE speaker_id = :speaker_id AND period = :period"
            }
            (Of::Entity(_), None) => {
                "SELECT coalesce(sum(quotes), 0) FROM spoke_about WHERE entity_id = :subject_id"
            }
            (Of::Entity(_), Some(_)) => {
                "SELECT coalesce(sum(quotes), 0) FROM spoke_about WHERE entity_id = :subject_id AND speaker_id = :speaker_id"
            }
        }
    }

    /// Their number by a key, if it is counted.
    pub(super) fn groups(&self, key: CountKey) -> Option<Groups> {
        let is_whole = self.of == Of::Period(String::new());
        Some(match (key, &self.of, self.speaker) {
            (CountKey::Speaker, Of::Period(_), None) => Groups {
                sql: "SELECT nullif(speaker_id, 0) AS counted_by, quotes FROM quoted WHERE period = :period",
                first: Some(MOST_QUOTED),
            },
            (CountKey::Speaker, Of::Entity(_), None) => Groups {
                sql: "SELECT nullif(speaker_id, 0) AS counted_by, quotes FROM spoke_about WHERE entity_id = :subject_id",
                first: Some(MOST_ABOUT),
            },
            (CountKey::About, Of::Period(_), Some(_)) if is_whole => Groups {
                sql: "SELECT entity_id AS counted_by, quotes FROM spoke_about WHERE speaker_id = :speaker_id",
                first: Some(MOST_SPOKEN_ABOUT),
            },
            (CountKey::Year, Of::Period(_), Some(_)) if is_whole => Groups { sql: BY_YEAR, first: None },
            (CountKey::Month, Of::Period(_), Some(_)) if is_whole => Groups { sql: BY_MONTH, first: None },
            _ => return None,
        })
    }

    /// The parameters that SQL names.
    pub(super) fn parameters(&self, sql: &str) -> Vec<(&'static str, Value)> {
        let of = match &self.of {
            Of::Period(period) => (":period", Value::from(period.clone())),
            Of::Entity(id) => (":subject_id", Value::from(*id)),
        };
        let speaker = self.speaker.map(|id| (":speaker_id", Value::from(id)));
        [of].into_iter().chain(speaker).filter(|(name, _)| sql.contains(name)).collect()
    }
}

const MOST_QUOTED: &str = "
    SELECT entities.name, first.quotes FROM (
        SELECT speaker_id, quotes FROM quoted WHERE period = :period AND speaker_id > 0
        ORDER BY quotes DESC, speaker_id LIMIT :end) AS first
    CROSS JOIN entities ON entities.id = first.speaker_id
    UNION ALL SELECT NULL, quotes FROM quoted WHERE period = :period AND speaker_id = 0";

const MOST_ABOUT: &str = "
    SELECT entities.name, first.quotes FROM (
        SELECT speaker_id, quotes FROM spoke_about WHERE entity_id = :subject_id AND speaker_id > 0
        ORDER BY quotes DESC, speaker_id LIMIT :end) AS first
    CROSS JOIN entities ON entities.id = first.speaker_id
    UNION ALL SELECT NULL, quotes FROM spoke_about WHERE entity_id = :subject_id AND speaker_id = 0";

const MOST_SPOKEN_ABOUT: &str = "
    SELECT entities.name, first.quotes FROM (
        SELECT entity_id, quotes FROM spoke_about WHERE speaker_id = :speaker_id
        ORDER BY quotes DESC, entity_id LIMIT :end) AS first
    CROSS JOIN entities ON entities.id = first.entity_id";

/// What has no date is the rest.
const BY_YEAR: &str = "
    SELECT period AS counted_by, quotes FROM quoted WHERE speaker_id = :speaker_id AND length(period) = 4
    UNION ALL SELECT NULL, undated FROM (
        SELECT sum(iif(period = '', quotes, -quotes)) AS undated FROM quoted
        WHERE speaker_id = :speaker_id AND length(period) IN (0, 4)) WHERE undated > 0";

const BY_MONTH: &str = "
    SELECT period AS counted_by, quotes FROM quoted WHERE speaker_id = :speaker_id AND length(period) = 7
    UNION ALL SELECT NULL, undated FROM (
        SELECT sum(iif(period = '', quotes, -quotes)) AS undated FROM quoted
        WHERE speaker_id = :speaker_id AND length(period) IN (0, 7)) WHERE undated > 0";
