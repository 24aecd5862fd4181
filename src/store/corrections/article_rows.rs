//! The rows that hold the facts of one article, as one value: what the machine found, or what is shown.
//!
//! Knows how to read, compare and exchange such rows. Never decides what should be shown: that is
//! `overrule`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

use crate::store::corrections::rows::{
    MentionRow, QuoteRow, RelationshipRow, mention_row, quote_row, relationship_row,
};
use crate::store::tables::articles;

const MENTIONS: &str = "SELECT start, end, entity_id, form FROM mentions WHERE article_id = :article";

const NAMES: &str = "SELECT entity_id, alias FROM unprinted_names WHERE article_id = :article";

const QUOTES: &str = "
SELECT id, key, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence, mode, vouched,
    (SELECT outside.key FROM quotes AS outside WHERE outside.id = quotes.within) AS within
FROM quotes WHERE article_id = :article";

const SPANS: &str = "SELECT start, end FROM quote_spans WHERE quote_id = :quote ORDER BY start";

const SUBJECTS: &str = "SELECT entity_id FROM quote_subjects WHERE quote_id = :quote";

const RELATIONSHIPS: &str = "
SELECT id, subject_id, predicate, object_id, detail, status, start, end, confidence, key, detail_key, claimant_id,
    claimant_text, since, until
FROM relationships WHERE article_id = :article";

const DELETE_MENTION: &str = "
DELETE FROM mentions WHERE article_id = :article AND start = :start AND end = :end AND entity_id = :entity";

const INSERT_MENTION: &str = "
INSERT INTO mentions (article_id, entity_id, start, end, form)
VALUES (:article, :entity, :start, :end, :form)";

const DELETE_NAME: &str = "
DELETE FROM unprinted_names WHERE article_id = :article AND entity_id = :entity AND alias = :alias";

const INSERT_NAME: &str = "
INSERT INTO unprinted_names (article_id, entity_id, alias) VALUES (:article, :entity, :alias)";

const DELETE_QUOTE: &str = "DELETE FROM quotes WHERE id = :id";

/// Whether another article has taken an id that was free for a while, and the next free one.
const QUOTE_ID: &str = "
SELECT EXISTS (SELECT 1 FROM quotes WHERE id = :id AND article_id <> :article), (SELECT max(id) + 1 FROM quotes)";

const RELATIONSHIP_ID: &str = "
SELECT EXISTS (SELECT 1 FROM relationships WHERE id = :id AND article_id <> :article),
    (SELECT max(id) + 1 FROM relationships)";

const DELETE_RELATIONSHIP: &str = "DELETE FROM relationships WHERE id = :id";

/// The rows of one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct ArticleRows {
    pub(crate) mentions: BTreeSet<MentionRow>,
    /// Names that are not printed in this form: entity and alias.
    pub(crate) names: BTreeSet<(i64, String)>,
    pub(crate) quotes: BTreeMap<i64, QuoteRow>,
    pub(crate) relationships: BTreeMap<i64, RelationshipRow>,
}

impl ArticleRows {
    /// Reads the rows that are shown of an article.
    pub(crate) fn load(connection: &Connection, article_id: i64) -> rusqlite::Result<Self> {
        let mut quotes: BTreeMap<_, _> = rows(connection, QUOTES, article_id, quote_row)?;
        for (id, quote) in &mut quotes {
            let parameters = named_params! { ":quote": id };
            let mut spans = connection.prepare_cached(SPANS)?;
            quote.spans = spans
                .query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut subjects = connection.prepare_cached(SUBJECTS)?;
            quote.subjects =
                subjects.query_map(parameters, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        }
        Ok(ArticleRows {
            mentions: rows(connection, MENTIONS, article_id, mention_row)?,
            names: rows(connection, NAMES, article_id, |row| Ok((row.get(0)?, row.get(1)?)))?,
            quotes,
            relationships: rows(connection, RELATIONSHIPS, article_id, relationship_row)?,
        })
    }

    /// Whether there is no row.
    pub(crate) fn is_empty(&self) -> bool {
        self.mentions.is_empty()
            && self.names.is_empty()
            && self.quotes.is_empty()
            && self.relationships.is_empty()
    }

    /// The rows that `other` lacks or has otherwise.
    pub(crate) fn without(&self, other: &ArticleRows) -> ArticleRows {
        ArticleRows {
            mentions: self.mentions.difference(&other.mentions).cloned().collect(),
            names: self.names.difference(&other.names).cloned().collect(),
            quotes: entries_without(&self.quotes, &other.quotes),
            relationships: entries_without(&self.relationships, &other.relationships),
        }
    }

    /// These rows and those of `other`.
    pub(crate) fn with(mut self, other: ArticleRows) -> ArticleRows {
        self.mentions.extend(other.mentions);
        self.names.extend(other.names);
        self.quotes.extend(other.quotes);
        self.relationships.extend(other.relationships);
        self
    }

    /// The rows but those that lie within one of these stretches, in code points; of names that are not printed those of whoever is
    /// still there.
    pub(super) fn outside(mut self, stretches: &[(usize, usize)]) -> Self {
        let is_outside = |start: i64, end: i64| {
            let within = |(from, to): &(usize, usize)| *from as i64 <= start && end <= *to as i64;
            !stretches.iter().any(within)
        };
        let names = std::mem::take(&mut self.names);
        let before = self.entities();
        self.mentions.retain(|mention| is_outside(mention.start, mention.end));
        self.quotes.retain(|_, quote| is_outside(quote.start, quote.end));
        self.relationships.retain(|_, related| is_outside(related.start, related.end));
        let left = self.entities();
        let is_gone = |entity: &i64| before.contains(entity) && !left.contains(entity);
        self.names = names.into_iter().filter(|(entity, _)| !is_gone(entity)).collect();
        let keys: BTreeSet<&String> = self.quotes.values().map(|quote| &quote.key).collect();
        let lost = |within: &Option<String>| within.as_ref().is_some_and(|key| !keys.contains(key));
        let alone: Vec<i64> =
            self.quotes.iter().filter(|(_, quote)| lost(&quote.within)).map(|(id, _)| *id).collect();
        for id in alone {
            self.quotes.entry(id).and_modify(|quote| quote.within = None);
        }
        self
    }

    /// The same rows under ids that are free, or the article's own.
    pub(super) fn with_free_ids(self, connection: &Connection, article_id: i64) -> rusqlite::Result<Self> {
        Ok(ArticleRows {
            quotes: with_free_ids(connection, QUOTE_ID, article_id, self.quotes)?,
            relationships: with_free_ids(connection, RELATIONSHIP_ID, article_id, self.relationships)?,
            ..self
        })
    }

    /// Everyone that a row refers to.
    pub(crate) fn entities(&self) -> BTreeSet<i64> {
        let quoted =
            self.quotes.values().flat_map(|quote| quote.subjects.iter().copied().chain(quote.speaker));
        let related = self.relationships.values();
        let related = related
            .flat_map(|related| related.object.into_iter().chain(related.claimant).chain([related.subject]));
        let mentioned = self.mentions.iter().map(|mention| mention.entity);
        mentioned.chain(self.names.iter().map(|(entity, _)| *entity)).chain(quoted).chain(related).collect()
    }

    /// Shows these rows of an article instead of `shown`.
    pub(crate) fn replace(
        &self,
        connection: &Connection,
        article_id: i64,
        shown: &ArticleRows,
    ) -> rusqlite::Result<()> {
        self.replace_mentions(connection, article_id, shown)?;
        for id in shown.quotes.keys().filter(|id| !self.quotes.contains_key(id)) {
            connection.prepare_cached(DELETE_QUOTE)?.execute(named_params! { ":id": id })?;
        }
        // Stands behind the text in the row of the article: to find it for each quote would take the square of their number.
        let published_at = articles::published_at(connection, article_id)?;
        for (id, quote) in &self.quotes {
            match shown.quotes.get(id) {
                Some(shown) => quote.update(connection, *id, shown)?,
                None => quote.insert(connection, (article_id, published_at.as_deref()), *id)?,
            }
        }
        for (id, quote) in &self.quotes {
            if shown.quotes.get(id).is_none_or(|shown| shown.within != quote.within) {
                quote.set_within(connection, *id)?;
            }
        }
        for id in shown.relationships.keys().filter(|id| !self.relationships.contains_key(id)) {
            connection.prepare_cached(DELETE_RELATIONSHIP)?.execute(named_params! { ":id": id })?;
        }
        for (id, related) in &self.relationships {
            match shown.relationships.get(id) {
                Some(shown) if shown == related => {}
                Some(_) => related.update(connection, *id)?,
                None => related.insert(connection, article_id, *id)?,
            }
        }
        Ok(())
    }

    fn replace_mentions(
        &self,
        connection: &Connection,
        article_id: i64,
        shown: &ArticleRows,
    ) -> rusqlite::Result<()> {
        let mut delete = connection.prepare_cached(DELETE_MENTION)?;
        for MentionRow { start, end, entity, .. } in shown.mentions.difference(&self.mentions) {
            delete.execute(
                named_params! { ":article": article_id, ":start": start, ":end": end, ":entity": entity },
            )?;
        }
        let mut insert = connection.prepare_cached(INSERT_MENTION)?;
        for MentionRow { start, end, entity, form } in self.mentions.difference(&shown.mentions) {
            insert.execute(named_params! {
                ":article": article_id,
                ":start": start,
                ":end": end,
                ":entity": entity,
                ":form": form,
            })?;
        }
        let names = [(DELETE_NAME, shown, self), (INSERT_NAME, self, shown)];
        for (change, those_of, not_of) in names {
            let mut change = connection.prepare_cached(change)?;
            for (entity, alias) in those_of.names.difference(&not_of.names) {
                change
                    .execute(named_params! { ":article": article_id, ":entity": entity, ":alias": alias })?;
            }
        }
        Ok(())
    }
}

/// The entries that `other` lacks or has otherwise.
fn entries_without<T: Clone + PartialEq>(
    entries: &BTreeMap<i64, T>,
    other: &BTreeMap<i64, T>,
) -> BTreeMap<i64, T> {
    let differs = |(id, entry): &(&i64, &T)| other.get(id) != Some(entry);
    entries.iter().filter(differs).map(|(id, entry)| (*id, entry.clone())).collect()
}

fn with_free_ids<T>(
    connection: &Connection,
    question: &str,
    article_id: i64,
    entries: BTreeMap<i64, T>,
) -> rusqlite::Result<BTreeMap<i64, T>> {
    let mut question = connection.prepare_cached(question)?;
    let mut free = BTreeMap::new();
    for (id, entry) in entries {
        let parameters = named_params! { ":id": id, ":article": article_id };
        let (is_taken, next): (bool, Option<i64>) =
            question.query_row(parameters, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let last = free.last_key_value().map_or(0, |(last, _)| *last);
        let id = if is_taken || free.contains_key(&id) { next.unwrap_or(1).max(last + 1) } else { id };
        free.insert(id, entry);
    }
    Ok(free)
}

/// What a statement finds of one article.
fn rows<T, C: FromIterator<T>>(
    connection: &Connection,
    statement: &str,
    article_id: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<C> {
    let mut statement = connection.prepare_cached(statement)?;
    statement.query_map(named_params! { ":article": article_id }, read)?.collect()
}
