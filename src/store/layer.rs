//! The rows that hold the facts of one article, as one value: what the machine found, or what is shown.
//!
//! Knows how to read, compare and exchange such rows. Never decides what should be shown: that is
//! `overrule`.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

const MENTIONS: &str = "SELECT start, end, entity_id, form FROM mentions WHERE article_id = :article";

const NAMES: &str = "SELECT entity_id, alias FROM unprinted_names WHERE article_id = :article";

const QUOTES: &str = "
SELECT id, key, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence
FROM quotes WHERE article_id = :article";

const SPANS: &str = "SELECT start, end FROM quote_spans WHERE quote_id = :quote ORDER BY start";

const SUBJECTS: &str = "SELECT entity_id FROM quote_subjects WHERE quote_id = :quote";

const RELATIONSHIPS: &str = "
SELECT id, subject_id, predicate, object_id, detail, status, start, end, confidence
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

const INSERT_QUOTE: &str = "
INSERT INTO quotes (id, key, article_id, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence,
    published_at)
SELECT :id, :key, id, :speaker, :speaker_text, :cue, :act, :kind, :text, :start, :end, :confidence, published_at
FROM articles WHERE id = :article";

const SET_SPEAKER: &str = "UPDATE quotes SET speaker_id = :speaker WHERE id = :id";

const INSERT_SPAN: &str = "INSERT INTO quote_spans (quote_id, start, end) VALUES (:quote, :start, :end)";

const DELETE_SUBJECT: &str = "DELETE FROM quote_subjects WHERE quote_id = :quote AND entity_id = :entity";

const INSERT_SUBJECT: &str = "
INSERT INTO quote_subjects (quote_id, entity_id, published_at)
SELECT :quote, :entity, published_at FROM articles WHERE id = :article";

/// Whether another article has taken an id that was free for a while, and the next free one.
const QUOTE_ID: &str = "
SELECT EXISTS (SELECT 1 FROM quotes WHERE id = :id AND article_id <> :article), (SELECT max(id) + 1 FROM quotes)";

const RELATIONSHIP_ID: &str = "
SELECT EXISTS (SELECT 1 FROM relationships WHERE id = :id AND article_id <> :article),
    (SELECT max(id) + 1 FROM relationships)";

const DELETE_RELATIONSHIP: &str = "DELETE FROM relationships WHERE id = :id";

const INSERT_RELATIONSHIP: &str = "
INSERT INTO relationships (id, article_id, subject_id, predicate, object_id, detail, status, start, end, confidence)
VALUES (:id, :article, :subject, :predicate, :object, :detail, :status, :start, :end, :confidence)";

const SET_PARTIES: &str =
    "UPDATE relationships SET subject_id = :subject, object_id = :object WHERE id = :id";

/// The rows of one article.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Layer {
    pub(super) mentions: BTreeSet<MentionRow>,
    /// Names that are not printed in this form: entity and alias.
    pub(super) names: BTreeSet<(i64, String)>,
    pub(super) quotes: BTreeMap<i64, QuoteRow>,
    pub(super) relationships: BTreeMap<i64, RelationshipRow>,
}

/// A row of `mentions`; offsets in code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct MentionRow {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) entity: i64,
    pub(super) form: String,
}

/// A row of `quotes` with its pieces and subjects; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct QuoteRow {
    pub(super) key: String,
    pub(super) speaker: Option<i64>,
    pub(super) speaker_text: Option<String>,
    cue: Option<String>,
    act: String,
    kind: String,
    text: String,
    start: i64,
    end: i64,
    confidence: f64,
    pub(super) spans: Vec<(i64, i64)>,
    pub(super) subjects: BTreeSet<i64>,
}

/// A row of `relationships`; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RelationshipRow {
    pub(super) subject: i64,
    pub(super) predicate: String,
    pub(super) object: Option<i64>,
    pub(super) detail: Option<String>,
    pub(super) status: String,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) confidence: f64,
}

impl Layer {
    /// Reads the rows that are shown of an article.
    pub(super) fn load(connection: &Connection, article_id: i64) -> rusqlite::Result<Self> {
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
        Ok(Layer {
            mentions: rows(connection, MENTIONS, article_id, mention_row)?,
            names: rows(connection, NAMES, article_id, |row| Ok((row.get(0)?, row.get(1)?)))?,
            quotes,
            relationships: rows(connection, RELATIONSHIPS, article_id, relationship_row)?,
        })
    }

    /// Whether there is no row.
    pub(super) fn is_empty(&self) -> bool {
        self.mentions.is_empty()
            && self.names.is_empty()
            && self.quotes.is_empty()
            && self.relationships.is_empty()
    }

    /// The rows that `other` lacks or has otherwise.
    pub(super) fn without(&self, other: &Layer) -> Layer {
        Layer {
            mentions: self.mentions.difference(&other.mentions).cloned().collect(),
            names: self.names.difference(&other.names).cloned().collect(),
            quotes: entries_without(&self.quotes, &other.quotes),
            relationships: entries_without(&self.relationships, &other.relationships),
        }
    }

    /// These rows and those of `other`.
    pub(super) fn with(mut self, other: Layer) -> Layer {
        self.mentions.extend(other.mentions);
        self.names.extend(other.names);
        self.quotes.extend(other.quotes);
        self.relationships.extend(other.relationships);
        self
    }

    /// The same rows under ids that are free, or the article's own.
    pub(super) fn with_free_ids(self, connection: &Connection, article_id: i64) -> rusqlite::Result<Self> {
        Ok(Layer {
            quotes: with_free_ids(connection, QUOTE_ID, article_id, self.quotes)?,
            relationships: with_free_ids(connection, RELATIONSHIP_ID, article_id, self.relationships)?,
            ..self
        })
    }

    /// Everyone that a row refers to.
    pub(super) fn entities(&self) -> BTreeSet<i64> {
        let quoted = self.quotes.values().flat_map(|quote| quote.subjects.iter().copied().chain(quote.speaker));
        let related = self.relationships.values();
        let related = related.flat_map(|related| related.object.into_iter().chain([related.subject]));
        let mentioned = self.mentions.iter().map(|mention| mention.entity);
        mentioned.chain(self.names.iter().map(|(entity, _)| *entity)).chain(quoted).chain(related).collect()
    }

    /// Shows these rows of an article instead of `shown`.
    pub(super) fn replace(
        &self,
        connection: &Connection,
        article_id: i64,
        shown: &Layer,
    ) -> rusqlite::Result<()> {
        self.replace_mentions(connection, article_id, shown)?;
        for id in shown.quotes.keys().filter(|id| !self.quotes.contains_key(id)) {
            connection.prepare_cached(DELETE_QUOTE)?.execute(named_params! { ":id": id })?;
        }
        for (id, quote) in &self.quotes {
            match shown.quotes.get(id) {
                Some(shown) => quote.update(connection, article_id, *id, shown)?,
                None => quote.insert(connection, article_id, *id)?,
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
        shown: &Layer,
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
                change.execute(named_params! { ":article": article_id, ":entity": entity, ":alias": alias })?;
            }
        }
        Ok(())
    }
}

impl QuoteRow {
    fn insert(&self, connection: &Connection, article_id: i64, id: i64) -> rusqlite::Result<()> {
        connection.prepare_cached(INSERT_QUOTE)?.execute(named_params! {
            ":id": id,
            ":key": self.key,
            ":article": article_id,
            ":speaker": self.speaker,
            ":speaker_text": self.speaker_text,
            ":cue": self.cue,
            ":act": self.act,
            ":kind": self.kind,
            ":text": self.text,
            ":start": self.start,
            ":end": self.end,
            ":confidence": self.confidence,
        })?;
        for (start, end) in &self.spans {
            let span = named_params! { ":quote": id, ":start": start, ":end": end };
            connection.prepare_cached(INSERT_SPAN)?.execute(span)?;
        }
        self.change_subjects(connection, article_id, id, &BTreeSet::new())
    }

    /// A correction changes who speaks and who is spoken of, nothing else.
    fn update(
        &self,
        connection: &Connection,
        article_id: i64,
        id: i64,
        shown: &QuoteRow,
    ) -> rusqlite::Result<()> {
        if self.speaker != shown.speaker {
            let speaker = named_params! { ":id": id, ":speaker": self.speaker };
            connection.prepare_cached(SET_SPEAKER)?.execute(speaker)?;
        }
        self.change_subjects(connection, article_id, id, &shown.subjects)
    }

    fn change_subjects(
        &self,
        connection: &Connection,
        article_id: i64,
        id: i64,
        shown: &BTreeSet<i64>,
    ) -> rusqlite::Result<()> {
        for subject in shown.difference(&self.subjects) {
            let subject = named_params! { ":quote": id, ":entity": subject };
            connection.prepare_cached(DELETE_SUBJECT)?.execute(subject)?;
        }
        for subject in self.subjects.difference(shown) {
            let subject = named_params! { ":quote": id, ":entity": subject, ":article": article_id };
            connection.prepare_cached(INSERT_SUBJECT)?.execute(subject)?;
        }
        Ok(())
    }
}

impl RelationshipRow {
    fn insert(&self, connection: &Connection, article_id: i64, id: i64) -> rusqlite::Result<()> {
        connection.prepare_cached(INSERT_RELATIONSHIP)?.execute(named_params! {
            ":id": id,
            ":article": article_id,
            ":subject": self.subject,
            ":predicate": self.predicate,
            ":object": self.object,
            ":detail": self.detail,
            ":status": self.status,
            ":start": self.start,
            ":end": self.end,
            ":confidence": self.confidence,
        })?;
        Ok(())
    }

    fn update(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        let parties = named_params! { ":id": id, ":subject": self.subject, ":object": self.object };
        connection.prepare_cached(SET_PARTIES)?.execute(parties)?;
        Ok(())
    }
}

/// The entries that `other` lacks or has otherwise.
fn entries_without<T: Clone + PartialEq>(entries: &BTreeMap<i64, T>, other: &BTreeMap<i64, T>) -> BTreeMap<i64, T> {
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

fn mention_row(row: &Row<'_>) -> rusqlite::Result<MentionRow> {
    Ok(MentionRow { start: row.get(0)?, end: row.get(1)?, entity: row.get(2)?, form: row.get(3)? })
}

fn quote_row(row: &Row<'_>) -> rusqlite::Result<(i64, QuoteRow)> {
    let quote = QuoteRow {
        key: row.get("key")?,
        speaker: row.get("speaker_id")?,
        speaker_text: row.get("speaker_text")?,
        cue: row.get("cue")?,
        act: row.get("act")?,
        kind: row.get("kind")?,
        text: row.get("text")?,
        start: row.get("start")?,
        end: row.get("end")?,
        confidence: row.get("confidence")?,
        spans: Vec::new(),
        subjects: BTreeSet::new(),
    };
    Ok((row.get("id")?, quote))
}

fn relationship_row(row: &Row<'_>) -> rusqlite::Result<(i64, RelationshipRow)> {
    let related = RelationshipRow {
        subject: row.get("subject_id")?,
        predicate: row.get("predicate")?,
        object: row.get("object_id")?,
        detail: row.get("detail")?,
        status: row.get("status")?,
        start: row.get("start")?,
        end: row.get("end")?,
        confidence: row.get("confidence")?,
    };
    Ok((row.get("id")?, related))
}
