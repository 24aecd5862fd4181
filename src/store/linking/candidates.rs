//! The stored entities that a name may mean, looked up along the indexes of `aliases`.
//!
//! What corrections change is seen as the machine found it, so that they never change whom it takes a name for.
//!
//! Knows names only. Each look-up is bounded, so that an archive of one name takes linear time.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, named_params};

use crate::facts::reference::names::compare;
use crate::facts::reference::names::likeness::Likeness;
use crate::facts::{Entity, EntityKind};
use crate::store::tables::entities::{key, kind_of};

/// Those that bear a name, with the number of articles that use it for them. The earliest are the most used.
const BY_NAME: &str = "
SELECT entities.id, kind, name, gender, country, mention_count, sum(max(article_count, 0)), alias_key
FROM aliases JOIN entities ON entities.id = entity_id
WHERE alias_key = :key AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE ruled_entities.id = entity_id)
GROUP BY entity_id
UNION ALL
SELECT ruled_entities.id, kind, shown_name, gender, country, mention_count, sum(max(article_count, 0)), alias_key
FROM ruled_aliases JOIN ruled_entities ON ruled_entities.id = entity_id
WHERE alias_key = :key
GROUP BY entity_id
ORDER BY 1 LIMIT 64";

/// Those whose last name, or name without suffix, it is.
const BY_SHORT_KEY: &str = "
SELECT entities.id, kind, name, gender, country, mention_count, 0, alias_key
FROM aliases JOIN entities ON entities.id = entity_id
WHERE short_key = :key AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE ruled_entities.id = entity_id)
GROUP BY entity_id
UNION ALL
SELECT ruled_entities.id, kind, shown_name, gender, country, mention_count, 0, alias_key
FROM ruled_aliases JOIN ruled_entities ON ruled_entities.id = entity_id
WHERE short_key = :key
GROUP BY entity_id
ORDER BY 1 LIMIT 64";

/// All names of one. The most are a few dozen spellings.
const NAMES: &str = "
SELECT alias FROM aliases WHERE entity_id = :entity AND article_count > 0 AND NOT EXISTS (SELECT 1 FROM ruled_entities WHERE ruled_entities.id = entity_id)
UNION ALL
SELECT alias FROM ruled_aliases WHERE entity_id = :entity AND article_count > 0
LIMIT 64";

/// A stored entity that a name may mean.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) id: i64,
    pub(crate) kind: EntityKind,
    pub(crate) name: String,
    pub(crate) gender: Option<String>,
    pub(crate) country: Option<String>,
    /// How often it is mentioned in the archive.
    pub(crate) mentions: i64,
    /// How many articles use the name that was looked up for it.
    pub(crate) uses: i64,
    /// The name by which it was found.
    found_by: String,
}

impl Candidate {
    fn from(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind = kind_of(row.get_ref(1)?.as_str()?);
        Ok(Candidate {
            id: row.get(0)?,
            kind,
            name: row.get(2)?,
            gender: row.get(3)?,
            country: row.get(4)?,
            mentions: row.get(5)?,
            uses: row.get(6)?,
            found_by: row.get(7)?,
        })
    }

    /// Whether a name is one of its own.
    pub(crate) fn bears(&self, key: &str) -> bool {
        self.found_by == key
    }
}

/// Looks up candidates.
pub(super) struct Candidates<'c> {
    connection: &'c Connection,
}

impl<'c> Candidates<'c> {
    pub(crate) fn new(connection: &'c Connection) -> Self {
        Candidates { connection }
    }

    /// All that bear a name, whatever their kind.
    pub(crate) fn named(&self, key: &str) -> rusqlite::Result<Vec<Candidate>> {
        self.look_up(BY_NAME, key)
    }

    /// Those of one kind that bear any of an entity's names, or a fuller or shorter one; the most mentioned first.
    ///
    /// `named` are those that bear its name.
    pub(super) fn alike(
        &self,
        kind: EntityKind,
        entity: &Entity,
        named: Vec<Candidate>,
    ) -> rusqlite::Result<Vec<Candidate>> {
        let mut all = named;
        if kind != EntityKind::Place {
            let name_key = key(&entity.name);
            let short = compare::short_key(kind, &entity.name);
            all.extend(self.look_up(BY_SHORT_KEY, short.as_deref().unwrap_or(&name_key))?);
            for key in short.into_iter().chain(entity.aliases.iter().map(|alias| key(alias))) {
                all.extend(self.named(&key)?);
            }
        }
        let mut met = BTreeSet::new();
        all.retain(|one| one.kind == kind && met.insert(one.id));
        all.sort_by_key(|one| (std::cmp::Reverse(one.mentions), one.id));
        Ok(all)
    }

    /// Whether a person goes by a full name that cannot be the same person's as one of `names`: other middle names.
    pub(super) fn has_other_middle_names(&self, one: &Candidate, names: &[String]) -> rusqlite::Result<bool> {
        let mut known = self.connection.prepare_cached(NAMES)?;
        let mut known = known.query(named_params! { ":entity": one.id })?;
        while let Some(row) = known.next()? {
            let known = row.get_ref(0)?.as_str()?;
            let differs = |name: &String| compare::likeness(one.kind, name, known) == Likeness::Other;
            if compare::is_full_name(known) && names.iter().any(differs) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn look_up(&self, sql: &str, key: &str) -> rusqlite::Result<Vec<Candidate>> {
        let mut found = self.connection.prepare_cached(sql)?;
        let found = found.query_map(named_params! { ":key": key }, Candidate::from)?;
        found.collect()
    }
}
