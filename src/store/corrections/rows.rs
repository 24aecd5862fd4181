//! One row of each table of facts: reading it, and writing it back as it was.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, named_params};
use serde::{Deserialize, Serialize};

const INSERT_QUOTE: &str = "
INSERT INTO quotes (id, key, article_id, speaker_id, speaker_text, cue, act, kind, text, start, end, confidence,
    published_at, mode, vouched)
VALUES (:id, :key, :article, :speaker, :speaker_text, :cue, :act, :kind, :text, :start, :end, :confidence,
    :published_at, :mode, :vouched)";

const SET_SPEAKER: &str = "UPDATE quotes SET speaker_id = :speaker, vouched = :vouched WHERE id = :id";

const SET_WORDS: &str = "
UPDATE quotes SET act = :act, mode = :mode, kind = :kind, text = :text, start = :start, end = :end WHERE id = :id";

const DELETE_SPANS: &str = "DELETE FROM quote_spans WHERE quote_id = :quote";

/// Once all quotes of the article are there.
const SET_WITHIN: &str = "
UPDATE quotes SET within = (SELECT outside.id FROM quotes AS outside WHERE outside.key = :within) WHERE id = :id";

const INSERT_SPAN: &str = "INSERT INTO quote_spans (quote_id, start, end) VALUES (:quote, :start, :end)";

const DELETE_SUBJECT: &str = "DELETE FROM quote_subjects WHERE quote_id = :quote AND entity_id = :entity";

const INSERT_SUBJECT: &str = "
INSERT INTO quote_subjects (quote_id, entity_id, published_at, said_by, said_as, is_vouched, is_again, said_in)
SELECT :quote, :entity, published_at, speaker_id, act, vouched, again, article_id FROM quotes WHERE id = :quote";

const INSERT_RELATIONSHIP: &str = "
INSERT INTO relationships (id, article_id, subject_id, predicate, object_id, detail, status, start, end, confidence,
    key, detail_key, claimant_id, claimant_text, since, until)
VALUES (:id, :article, :subject, :predicate, :object, :detail, :status, :start, :end, :confidence,
    :key, :detail_key, :claimant, :claimant_text, :since, :until)";

const SET_RELATIONSHIP: &str = "
UPDATE relationships SET subject_id = :subject, predicate = :predicate, object_id = :object, status = :status,
    claimant_id = :claimant
WHERE id = :id";

/// A row of `mentions`; offsets in code points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct MentionRow {
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) entity: i64,
    pub(crate) form: String,
}

/// A row of `quotes` with its pieces and subjects; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct QuoteRow {
    pub(crate) key: String,
    pub(crate) speaker: Option<i64>,
    pub(crate) speaker_text: Option<String>,
    cue: Option<String>,
    pub(crate) act: String,
    pub(crate) kind: String,
    pub(crate) text: String,
    pub(crate) start: i64,
    pub(crate) end: i64,
    confidence: f64,
    pub(crate) mode: String,
    pub(crate) vouched: bool,
    /// The key of the quote that it is told in.
    #[serde(default)]
    pub(crate) within: Option<String>,
    pub(crate) spans: Vec<(i64, i64)>,
    pub(crate) subjects: BTreeSet<i64>,
}

/// A row of `relationships`; offsets in code points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct RelationshipRow {
    pub(crate) subject: i64,
    pub(crate) predicate: String,
    pub(crate) object: Option<i64>,
    pub(crate) detail: Option<String>,
    pub(crate) status: String,
    pub(crate) start: i64,
    pub(crate) end: i64,
    pub(crate) confidence: f64,
    // What was kept before version 13 has none of these.
    #[serde(default)]
    pub(crate) key: Option<String>,
    #[serde(default)]
    pub(crate) detail_key: Option<String>,
    #[serde(default)]
    pub(crate) claimant: Option<i64>,
    #[serde(default)]
    pub(crate) claimant_text: Option<String>,
    #[serde(default)]
    pub(crate) since: Option<String>,
    #[serde(default)]
    pub(crate) until: Option<String>,
}

impl QuoteRow {
    /// `published_at` is when its article was published.
    pub(crate) fn insert(
        &self,
        connection: &Connection,
        (article_id, published_at): (i64, Option<&str>),
        id: i64,
    ) -> rusqlite::Result<()> {
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
            ":published_at": published_at,
            ":mode": self.mode,
            ":vouched": self.vouched,
        })?;
        self.insert_spans(connection, id)?;
        self.change_subjects(connection, id, &BTreeSet::new())
    }

    /// A correction changes who speaks, who is spoken of, what it is and in which words, and whether it is vouched for, nothing
    /// else.
    pub(crate) fn update(&self, connection: &Connection, id: i64, shown: &QuoteRow) -> rusqlite::Result<()> {
        if (self.speaker, self.vouched) != (shown.speaker, shown.vouched) {
            let speaker = named_params! { ":id": id, ":speaker": self.speaker, ":vouched": self.vouched };
            connection.prepare_cached(SET_SPEAKER)?.execute(speaker)?;
        }
        let words = |row: &QuoteRow| {
            (row.text.clone(), row.spans.clone(), row.act.clone(), row.mode.clone(), row.kind.clone())
        };
        if words(self) != words(shown) {
            connection.prepare_cached(SET_WORDS)?.execute(named_params! {
                ":id": id,
                ":act": self.act,
                ":mode": self.mode,
                ":kind": self.kind,
                ":text": self.text,
                ":start": self.start,
                ":end": self.end,
            })?;
            connection.prepare_cached(DELETE_SPANS)?.execute(named_params! { ":quote": id })?;
            self.insert_spans(connection, id)?;
        }
        self.change_subjects(connection, id, &shown.subjects)
    }

    fn insert_spans(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        for (start, end) in &self.spans {
            let span = named_params! { ":quote": id, ":start": start, ":end": end };
            connection.prepare_cached(INSERT_SPAN)?.execute(span)?;
        }
        Ok(())
    }

    /// Notes which quote it is told in.
    pub(crate) fn set_within(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        let within = named_params! { ":id": id, ":within": self.within };
        connection.prepare_cached(SET_WITHIN)?.execute(within)?;
        Ok(())
    }

    fn change_subjects(
        &self,
        connection: &Connection,
        id: i64,
        shown: &BTreeSet<i64>,
    ) -> rusqlite::Result<()> {
        for subject in shown.difference(&self.subjects) {
            let subject = named_params! { ":quote": id, ":entity": subject };
            connection.prepare_cached(DELETE_SUBJECT)?.execute(subject)?;
        }
        for subject in self.subjects.difference(shown) {
            let subject = named_params! { ":quote": id, ":entity": subject };
            connection.prepare_cached(INSERT_SUBJECT)?.execute(subject)?;
        }
        Ok(())
    }
}

impl RelationshipRow {
    pub(crate) fn insert(&self, connection: &Connection, article_id: i64, id: i64) -> rusqlite::Result<()> {
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
            ":key": self.key,
            ":detail_key": self.detail_key,
            ":claimant": self.claimant,
            ":claimant_text": self.claimant_text,
            ":since": self.since,
            ":until": self.until,
        })?;
        Ok(())
    }

    /// A correction changes who is what to whom, how it is presented and whose claim it is, nothing else.
    pub(crate) fn update(&self, connection: &Connection, id: i64) -> rusqlite::Result<()> {
        connection.prepare_cached(SET_RELATIONSHIP)?.execute(named_params! {
            ":id": id,
            ":subject": self.subject,
            ":predicate": self.predicate,
            ":object": self.object,
            ":status": self.status,
            ":claimant": self.claimant,
        })?;
        Ok(())
    }
}

pub(super) fn mention_row(row: &Row<'_>) -> rusqlite::Result<MentionRow> {
    Ok(MentionRow { start: row.get(0)?, end: row.get(1)?, entity: row.get(2)?, form: row.get(3)? })
}

pub(super) fn quote_row(row: &Row<'_>) -> rusqlite::Result<(i64, QuoteRow)> {
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
        mode: row.get("mode")?,
        vouched: row.get("vouched")?,
        within: row.get("within")?,
        spans: Vec::new(),
        subjects: BTreeSet::new(),
    };
    Ok((row.get("id")?, quote))
}

pub(super) fn relationship_row(row: &Row<'_>) -> rusqlite::Result<(i64, RelationshipRow)> {
    let related = RelationshipRow {
        subject: row.get("subject_id")?,
        predicate: row.get("predicate")?,
        object: row.get("object_id")?,
        detail: row.get("detail")?,
        status: row.get("status")?,
        start: row.get("start")?,
        end: row.get("end")?,
        confidence: row.get("confidence")?,
        key: row.get("key")?,
        detail_key: row.get("detail_key")?,
        claimant: row.get("claimant_id")?,
        claimant_text: row.get("claimant_text")?,
        since: row.get("since")?,
        until: row.get("until")?,
    };
    Ok((row.get("id")?, related))
}
