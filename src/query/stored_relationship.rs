//! One stored relationship with its article, to be looked at closely.
//!
//! Knows the table of relationships. Never analyzes anything.

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::article::Article;
use crate::error::Error;
use crate::gear::Gear;
use crate::query::failure::read_error;
use crate::store::article_from_row;

/// A relationship as it is stored; offsets are code points into the body of its article.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredRelationship {
    /// `relationships.id`.
    pub id: i64,
    /// What outlives a new ingest and a new extractor; none for what was read before version 13 of the schema.
    pub key: Option<String>,
    /// The article that states it.
    pub article: Article,
    /// `articles.id`.
    pub article_id: i64,
    /// `articles.identity`, which keys are made from.
    pub identity: String,
    /// In which gear the article was read.
    pub gear: Gear,
    /// The name of the subject.
    pub subject: String,
    /// What it is to the object.
    pub predicate: String,
    /// The name of the object.
    pub object: Option<String>,
    /// The office, kinship or amount, as printed.
    pub detail: Option<String>,
    /// How the article presents it.
    pub status: String,
    /// Whose claim it is: a name, else the words that name whoever claims it.
    pub claimant: Option<String>,
    /// When it began or happened.
    pub since: Option<String>,
    /// When it ended or happened.
    pub until: Option<String>,
    /// The words that state it.
    pub evidence: (usize, usize),
    /// 0 to 1.
    pub confidence: f64,
}

/// By key first: a key is 32 digits long, and no id is.
const RELATIONSHIP: &str = "
SELECT relationships.id, relationships.key, relationships.article_id, subject.name AS subject, relationships.predicate,
    object.name AS object, relationships.detail, relationships.status,
    coalesce(claimant.name, relationships.claimant_text) AS claimant, relationships.since, relationships.until,
    relationships.start, relationships.end, relationships.confidence, articles.external_id, articles.title, articles.body,
    articles.author, articles.publisher, articles.published_at, articles.url, articles.language, articles.source,
    articles.identity, articles.gear
FROM relationships
JOIN articles ON articles.id = relationships.article_id
JOIN entities AS subject ON subject.id = relationships.subject_id
LEFT JOIN entities AS object ON object.id = relationships.object_id
LEFT JOIN entities AS claimant ON claimant.id = relationships.claimant_id
WHERE relationships.key = :key OR relationships.id = :id";

/// The relationship of an id or a key; fails with what can be done where there is none.
pub fn relationship(db: &Connection, wanted: &str) -> Result<StoredRelationship, Error> {
    let id: Option<i64> = wanted.parse().ok();
    let mut select = db.prepare_cached(RELATIONSHIP).map_err(read_error)?;
    let found = select.query_row(named_params! {":key": wanted, ":id": id}, from_row).optional();
    found.map_err(read_error)?.ok_or_else(|| {
        Error::usage(format!("there is no relationship {wanted}"))
            .hint("ids are in the column relationship_id: onrecord query \"who is …?\" --format json")
    })
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<StoredRelationship> {
    Ok(StoredRelationship {
        id: row.get("id")?,
        key: row.get("key")?,
        article: article_from_row(row)?,
        article_id: row.get("article_id")?,
        identity: row.get("identity")?,
        gear: Gear::named(&row.get::<_, String>("gear")?),
        subject: row.get("subject")?,
        predicate: row.get("predicate")?,
        object: row.get("object")?,
        detail: row.get("detail")?,
        status: row.get("status")?,
        claimant: row.get("claimant")?,
        since: row.get("since")?,
        until: row.get("until")?,
        evidence: (row.get("start")?, row.get("end")?),
        confidence: row.get("confidence")?,
    })
}
