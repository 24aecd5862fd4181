//! The network of the archive: who talks about whom, and who is tied to whom.
//!
//! Its nodes are the entities. An edge of the one sort joins a speaker to whom vouched quotes of his are about, one of the
//! other sort two entities that a relationship ties, as the view `who_is` counts them: for each predicate one for what
//! holds and one for what has ended. All are directed; a symmetric relationship is one edge, from the lower id to the
//! higher. Rows come in the order of ids, nothing is gathered here.

use rusqlite::types::Value;
use rusqlite::{Connection, ToSql};

use crate::dates::Period;
use crate::error::Error;
use crate::query::answer::statement;
use crate::query::output::{ColumnKind, Sink};

/// The predicate of the edges that quotes make.
pub(super) const TALKS_ABOUT: &str = "talks_about";

/// The columns of a node.
pub const NODE_COLUMNS: [(&str, ColumnKind); 6] = [
    ("id", ColumnKind::Integer),
    ("label", ColumnKind::Text),
    ("kind", ColumnKind::Text),
    ("description", ColumnKind::Text),
    ("mentions", ColumnKind::Integer),
    ("quotes", ColumnKind::Integer),
];

/// The columns of an edge. `source`, `target`, `type` and `weight` are what Gephi looks for in a table.
pub const EDGE_COLUMNS: [(&str, ColumnKind); 13] = [
    ("source", ColumnKind::Integer),
    ("source_label", ColumnKind::Text),
    ("target", ColumnKind::Integer),
    ("target_label", ColumnKind::Text),
    ("type", ColumnKind::Text),
    ("id", ColumnKind::Text),
    ("basis", ColumnKind::Text),
    ("predicate", ColumnKind::Text),
    ("status", ColumnKind::Text),
    ("weight", ColumnKind::Integer),
    ("articles", ColumnKind::Integer),
    ("first_seen", ColumnKind::Text),
    ("last_seen", ColumnKind::Text),
];

/// What copies of an article print again weighs once, as in all answers.
const EDGES: &str = "
WITH every_edge AS (
    SELECT quotes.speaker_id AS source, quote_subjects.entity_id AS target, 'quotes' AS basis,
        :talks_about AS predicate, NULL AS status,
        count(DISTINCT coalesce(reprints.statement_id, quotes.id)) AS weight,
        count(DISTINCT quotes.article_id) AS articles,
        min(quotes.published_at) AS first_seen, max(quotes.published_at) AS last_seen
    FROM quotes
    JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
    LEFT JOIN reprints ON reprints.quote_id = quotes.id
    WHERE quotes.vouched = 1 AND quotes.speaker_id IS NOT NULL
      AND (:first IS NULL OR quotes.published_at >= :first) AND (:after IS NULL OR quotes.published_at < :after)
    GROUP BY quotes.speaker_id, quote_subjects.entity_id
    UNION ALL
    SELECT source, target, 'relationships', predicate, min(status), count(*), count(DISTINCT article_id),
        min(published_at), max(published_at)
    FROM (
        SELECT iif(predicates.symmetric = 1, min(subject_id, object_id), subject_id) AS source,
            iif(predicates.symmetric = 1, max(subject_id, object_id), object_id) AS target,
            predicate, status, article_id, articles.published_at
        FROM relationships
        JOIN predicates ON predicates.name = predicate
        JOIN articles ON articles.id = article_id
        WHERE object_id IS NOT NULL AND status IN ('asserted', 'reported', 'ended')
          AND (:first IS NULL OR articles.published_at >= :first) AND (:after IS NULL OR articles.published_at < :after)
    )
    GROUP BY source, target, predicate, status = 'ended'
),
edges AS (
    SELECT * FROM every_edge
    WHERE weight >= :min_weight
      AND (:entities IS NULL
        OR source IN (SELECT value FROM json_each(:entities)) OR target IN (SELECT value FROM json_each(:entities)))
)";

const ALL_EDGES: &str = "
SELECT source, source_entity.name, target, target_entity.name, 'Directed',
    source || '-' || predicate || '-' || target || iif(status = 'ended', '-ended', ''),
    basis, predicate, status, weight, articles, first_seen, last_seen
FROM edges
JOIN entities AS source_entity ON source_entity.id = source
JOIN entities AS target_entity ON target_entity.id = target
ORDER BY source, target, basis, predicate, status";

const ALL_NODES: &str =
    "SELECT id, name, kind, description, mention_count, quote_count FROM entities ORDER BY id";

const NODES_OF_EDGES: &str = "
SELECT id, name, kind, description, mention_count, quote_count FROM entities
WHERE id IN (SELECT source FROM edges UNION SELECT target FROM edges)
ORDER BY id";

/// Which part of the network is wanted; all of it by default.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrowing {
    /// Only edges of at least this weight.
    pub min_weight: u32,
    /// Only what articles of these days say.
    pub period: Period,
    /// Only edges at one of these entities; all where there is none.
    pub entities: Vec<i64>,
}

impl Narrowing {
    /// Whether it leaves out nothing. A single mention weighs 1.
    pub fn is_open(&self) -> bool {
        self.min_weight <= 1 && self.period.is_open() && self.entities.is_empty()
    }

    fn values(&self) -> [(&'static str, Value); 5] {
        let text = |text: Option<String>| text.map_or(Value::Null, Value::Text);
        let ids: Vec<String> = self.entities.iter().map(i64::to_string).collect();
        let entities = (!ids.is_empty()).then(|| format!("[{}]", ids.join(",")));
        [
            (":talks_about", Value::Text(TALKS_ABOUT.to_owned())),
            (":first", text(self.period.lower())),
            (":after", text(self.period.upper())),
            (":min_weight", Value::Integer(self.min_weight.into())),
            (":entities", text(entities)),
        ]
    }
}

/// Writes the nodes: every entity, or those at the edges of a part of the network.
pub fn nodes(db: &Connection, narrowing: &Narrowing, sink: &mut dyn Sink) -> Result<(), Error> {
    if narrowing.is_open() {
        return write(db, ALL_NODES, &[], &NODE_COLUMNS, sink);
    }
    write(db, &format!("{EDGES}{NODES_OF_EDGES}"), &narrowing.values(), &NODE_COLUMNS, sink)
}

/// Writes the edges.
pub fn edges(db: &Connection, narrowing: &Narrowing, sink: &mut dyn Sink) -> Result<(), Error> {
    write(db, &format!("{EDGES}{ALL_EDGES}"), &narrowing.values(), &EDGE_COLUMNS, sink)
}

fn write(
    db: &Connection,
    sql: &str,
    values: &[(&str, Value)],
    columns: &[(&str, ColumnKind)],
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    sink.columns(&names)?;
    let parameters: Vec<(&str, &dyn ToSql)> =
        values.iter().map(|(name, value)| (*name, value as &dyn ToSql)).collect();
    statement::for_each_row(db, sql, &parameters, |row| {
        sink.row(&statement::values(row, names.len())?)?;
        Ok(true)
    })?;
    sink.finish()
}
