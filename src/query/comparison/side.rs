//! One of two databases: its articles in the order of what they are known by, and what is stored of each.

use rusqlite::{Connection, Row, Rows, Statement, named_params};

use crate::error::Error;
use crate::query::alike::ArchiveArticle;
use crate::query::answer::statement;
use crate::query::failure::read_error;

const ARTICLES: &str = "SELECT identity, id, body_hash FROM articles ORDER BY identity";

const ARTICLE: &str = "SELECT id, title, publisher, published_at, url FROM articles WHERE id = :id";

const QUOTES: &str = "
SELECT quotes.id, quotes.key, quotes.text, quotes.start, quotes.end, speaker.name AS speaker, quotes.speaker_text, quotes.act,
    quotes.mode, quotes.vouched,
    (SELECT group_concat(name, '; ') FROM (
        SELECT name FROM quote_subjects JOIN entities ON entities.id = quote_subjects.entity_id
        WHERE quote_id = quotes.id ORDER BY name)) AS subjects
FROM quotes LEFT JOIN entities AS speaker ON speaker.id = quotes.speaker_id
WHERE article_id = :article ORDER BY quotes.start, quotes.key";

const RELATIONSHIPS: &str = "
SELECT relationships.id, subject.name AS subject, relationships.predicate, object.name AS object, relationships.detail,
    relationships.status, relationships.start, relationships.end
FROM relationships JOIN entities AS subject ON subject.id = relationships.subject_id
LEFT JOIN entities AS object ON object.id = relationships.object_id
WHERE article_id = :article ORDER BY relationships.start, relationships.end, subject, predicate, object";

/// An article by what it is known by.
pub(super) struct ArticleRow {
    pub(super) identity: String,
    pub(super) id: i64,
    pub(super) body_hash: String,
}

/// A quote as it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct SideQuote {
    pub(super) id: i64,
    pub(super) key: String,
    pub(super) text: String,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) speaker: Option<String>,
    pub(super) speaker_text: Option<String>,
    pub(super) act: String,
    pub(super) mode: String,
    pub(super) vouched: bool,
    pub(super) subjects: Option<String>,
}

impl SideQuote {
    /// Who says it: by name, or else as printed.
    pub(super) fn source(&self) -> Option<&String> {
        self.speaker.as_ref().or(self.speaker_text.as_ref())
    }
}

/// A relationship as it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct SideRelationship {
    pub(super) id: i64,
    pub(super) subject: String,
    pub(super) predicate: String,
    pub(super) object: Option<String>,
    pub(super) detail: Option<String>,
    pub(super) status: String,
    pub(super) start: i64,
    pub(super) end: i64,
}

/// One of the two.
pub(super) struct Side<'d> {
    db: &'d Connection,
}

impl<'d> Side<'d> {
    pub(super) fn new(db: &'d Connection) -> Self {
        Side { db }
    }

    /// The articles in order.
    pub(super) fn articles(&self) -> Result<Statement<'d>, Error> {
        self.db.prepare(ARTICLES).map_err(read_error)
    }

    pub(super) fn article(&self, id: i64) -> Result<ArchiveArticle, Error> {
        let mut select = self.db.prepare_cached(ARTICLE).map_err(read_error)?;
        let found = select.query_row(named_params! { ":id": id }, |row| {
            Ok(ArchiveArticle {
                id,
                title: row.get("title")?,
                publisher: row.get("publisher")?,
                published_at: row.get("published_at")?,
                url: row.get("url")?,
            })
        });
        found.map_err(read_error)
    }

    pub(super) fn quotes(&self, article: i64) -> Result<Vec<SideQuote>, Error> {
        self.all(QUOTES, article, |row| {
            Ok(SideQuote {
                id: row.get("id")?,
                key: row.get("key")?,
                text: row.get("text")?,
                start: row.get("start")?,
                end: row.get("end")?,
                speaker: row.get("speaker")?,
                speaker_text: row.get("speaker_text")?,
                act: row.get("act")?,
                mode: row.get("mode")?,
                vouched: row.get("vouched")?,
                subjects: row.get("subjects")?,
            })
        })
    }

    pub(super) fn relationships(&self, article: i64) -> Result<Vec<SideRelationship>, Error> {
        self.all(RELATIONSHIPS, article, |row| {
            Ok(SideRelationship {
                id: row.get("id")?,
                subject: row.get("subject")?,
                predicate: row.get("predicate")?,
                object: row.get("object")?,
                detail: row.get("detail")?,
                status: row.get("status")?,
                start: row.get("start")?,
                end: row.get("end")?,
            })
        })
    }

    fn all<T>(
        &self,
        sql: &str,
        article: i64,
        from_row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let mut all = Vec::new();
        statement::for_each_row(self.db, sql, named_params! { ":article": article }, |row| {
            all.push(from_row(row).map_err(read_error)?);
            Ok(true)
        })?;
        Ok(all)
    }
}

/// The next article of those in order.
pub(super) fn next(rows: &mut Rows<'_>) -> Result<Option<ArticleRow>, Error> {
    let Some(row) = rows.next().map_err(read_error)? else { return Ok(None) };
    let article = || Ok(ArticleRow { identity: row.get(0)?, id: row.get(1)?, body_hash: row.get(2)? });
    article().map(Some).map_err(read_error)
}
