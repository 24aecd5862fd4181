//! The table `relationships`, and what it says of people: `entities.description`.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use rusqlite::{Connection, OptionalExtension, named_params};

use crate::article::Article;
use crate::facts::{EntityId, Facts, Relationship, Status, office_key};
use crate::name_key::name_key;
use crate::span::CodePoints;

const INSERT: &str = "
INSERT INTO relationships (id, article_id, subject_id, predicate, object_id, detail, status, start, end, confidence,
    key, detail_key, claimant_id, claimant_text, since, until)
VALUES (:id, :article, :subject, :predicate, :object, :detail, :status, :start, :end, :confidence,
    :key, :detail_key, :claimant, :claimant_text, :since, :until)";

const IDS: &str = "
SELECT subject_id, predicate, object_id, detail, status, start, end, id FROM relationships
WHERE article_id = :article ORDER BY id";

const KEYS: &str = "SELECT key FROM relationships WHERE article_id = :article AND key IS NOT NULL";

const DELETE: &str = "DELETE FROM relationships WHERE article_id = :article";

const DESCRIBED_IN_ARTICLE: &str = "
SELECT DISTINCT subject_id FROM relationships
WHERE article_id = :article AND predicate IN ('leads', 'holds_office')";

/// Articles are written in the order of their ids, so an equal date makes way for the later article.
const DESCRIBE: &str = "
UPDATE entities SET description = :detail, described_at = :published_at
WHERE id = :id AND kind = 'person' AND described_at <= :published_at";

const CLEAR_DESCRIPTION: &str = "UPDATE entities SET description = NULL, described_at = '' WHERE id = :id";

/// What most of the latest articles say that say anything, each where it introduces the person; of equal ones what the latest says.
/// The date of an article stands behind its text in the row: it is read once for each article.
const DESCRIPTION: &str = "
WITH told AS MATERIALIZED (
    SELECT id, article_id, start, detail FROM relationships
    WHERE subject_id = :id AND predicate IN ('leads', 'holds_office') AND detail IS NOT NULL
        AND status IN ('asserted', 'reported')
),
latest AS MATERIALIZED (
    SELECT id, coalesce(published_at, '') AS published_at FROM articles
    WHERE id IN (SELECT article_id FROM told)
    ORDER BY 2 DESC, id DESC LIMIT 5
),
introduced AS MATERIALIZED (
    SELECT article_id, published_at, detail, min(start) FROM told JOIN latest ON latest.id = article_id GROUP BY article_id
)
SELECT detail, (SELECT max(published_at) FROM latest), max(published_at || printf('%020d', article_id)) AS last
FROM introduced GROUP BY lower(detail) ORDER BY count(*) DESC, last DESC LIMIT 1";

/// Those to whom articles of a run give an office that has not ended, or was stopped.
const DESCRIBED_IN_RUN: &str = "
SELECT DISTINCT subject_id FROM articles JOIN relationships ON relationships.article_id = articles.id
WHERE articles.run_id IN (SELECT id FROM ingest_runs WHERE compared_at IS NULL)
    AND predicate IN ('leads', 'holds_office')
ORDER BY subject_id";

/// All that is stored of a relationship but its id and its confidence.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Content {
    subject: i64,
    predicate: String,
    object: Option<i64>,
    detail: Option<String>,
    status: String,
    start: usize,
    end: usize,
}

/// The ids of the relationships of an article; of equal ones the lowest first.
pub(crate) type Ids = HashMap<Content, VecDeque<i64>>;

/// The ids of the relationships of an article.
pub(crate) fn ids(connection: &Connection, article_id: i64) -> rusqlite::Result<Ids> {
    let mut ids = Ids::new();
    let mut find = connection.prepare_cached(IDS)?;
    let mut rows = find.query(named_params! { ":article": article_id })?;
    while let Some(row) = rows.next()? {
        let content = Content {
            subject: row.get(0)?,
            predicate: row.get(1)?,
            object: row.get(2)?,
            detail: row.get(3)?,
            status: row.get(4)?,
            start: row.get(5)?,
            end: row.get(6)?,
        };
        ids.entry(content).or_default().push_back(row.get(7)?);
    }
    Ok(ids)
}

/// The keys of the relationships of an article.
pub(crate) fn keys(connection: &Connection, article_id: i64) -> rusqlite::Result<Vec<String>> {
    let mut keys = connection.prepare_cached(KEYS)?;
    keys.query_map(named_params! { ":article": article_id }, |row| row.get(0))?.collect()
}

/// Writes the relationships of an article. One that the article had before, as `ids` tells, keeps its id.
///
/// `identity` is the article's own; `rows` gives the entities' rows by their index in the facts.
pub(crate) fn insert(
    connection: &Connection,
    (article_id, identity): (i64, &str),
    mut ids: Ids,
    article: &Article,
    facts: &Facts,
    rows: &[Option<i64>],
) -> rusqlite::Result<()> {
    let points = CodePoints::new(&article.body);
    let row = |entity: EntityId| rows.get(entity.index()).copied().flatten();
    let mut related: Vec<(Option<i64>, Content, Keyed)> = Vec::with_capacity(facts.relationships.len());
    for keyed in keyed(identity, article, facts) {
        let stated = keyed.stated;
        let Some(subject) = row(stated.subject) else { continue };
        let (start, end) = points.of(stated.evidence);
        let content = Content {
            subject,
            predicate: stated.predicate.to_owned(),
            object: stated.object.and_then(row),
            detail: keyed.detail.map(str::to_owned),
            status: stated.status.name().to_owned(),
            start,
            end,
        };
        let id = ids.get_mut(&content).and_then(VecDeque::pop_front);
        related.push((id, content, keyed));
    }
    // First those that keep their ids, so that no new one takes them.
    related.sort_by_key(|(id, ..)| id.is_none());
    let mut insert = connection.prepare_cached(INSERT)?;
    for (id, content, Keyed { stated, key, detail_key, .. }) in related {
        let claim = stated.claim.as_ref();
        insert.execute(named_params! {
            ":id": id,
            ":article": article_id,
            ":subject": content.subject,
            ":predicate": content.predicate,
            ":object": content.object,
            ":detail": content.detail,
            ":status": content.status,
            ":start": content.start,
            ":end": content.end,
            ":confidence": crate::store::tables::quotes::confidence(stated.confidence),
            ":key": key,
            ":detail_key": detail_key,
            ":claimant": claim.and_then(|claim| claim.claimant).and_then(row),
            ":claimant_text": claim.and_then(|claim| claim.source).map(|source| source.slice(&article.body)),
            ":since": stated.term.since,
            ":until": stated.term.until,
        })?;
    }
    Ok(())
}

/// A relationship of the facts with its key and words.
struct Keyed<'f> {
    stated: &'f Relationship,
    key: String,
    detail: Option<&'f str>,
    detail_key: Option<String>,
}

/// The keys of an article’s relationships, in their order; `identity` is the article’s own.
pub fn relationship_keys(identity: &str, article: &Article, facts: &Facts) -> Vec<String> {
    keyed(identity, article, facts).into_iter().map(|keyed| keyed.key).collect()
}

/// Gives each relationship of an article a key made of nothing but content, so that it outlives a new ingest and a new
/// extractor: the article's identity, who is what to whom by the names that the article gives them, and which of equal ones
/// it is.
fn keyed<'f>(identity: &str, article: &'f Article, facts: &'f Facts) -> Vec<Keyed<'f>> {
    let mut seen: HashMap<blake3::Hash, u32> = HashMap::new();
    let keyed = |stated: &'f Relationship| {
        let detail = detail(stated, article);
        let detail_key = detail.map(|detail| match stated.predicate {
            "holds_office" | "leads" | "candidate_for" | "spokesperson_for" => office_key(detail),
            _ => name_key(detail),
        });
        let name = |entity: EntityId| name_key(&facts.entities[entity.index()].name);
        let parts = [
            identity.to_owned(),
            stated.predicate.to_owned(),
            name(stated.subject),
            stated.object.map(name).unwrap_or_default(),
            detail_key.clone().unwrap_or_default(),
        ];
        let content = blake3::hash(parts.join("\0").as_bytes());
        let occurrence = seen.entry(content).and_modify(|count| *count += 1).or_insert(1);
        let mut hasher = blake3::Hasher::new();
        hasher.update(content.as_bytes()).update(&occurrence.to_le_bytes());
        let key = hasher.finalize().to_hex()[..32].to_string();
        Keyed { stated, key, detail, detail_key }
    };
    facts.relationships.iter().map(keyed).collect()
}

/// Deletes the relationships of an article; gives those whom they described.
pub(crate) fn delete(connection: &Connection, article_id: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let article = named_params! { ":article": article_id };
    let mut described = connection.prepare_cached(DESCRIBED_IN_ARTICLE)?;
    let described = described.query_map(article, |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    connection.prepare_cached(DELETE)?.execute(article)?;
    Ok(described)
}

/// Describes people by the offices that a new article, the one with the highest id, gives them; the end of the run looks at all
/// articles.
pub(crate) fn describe_by_new(
    connection: &Connection,
    article: &Article,
    facts: &Facts,
    rows: &[Option<i64>],
) -> rusqlite::Result<()> {
    let mut describe = connection.prepare_cached(DESCRIBE)?;
    for (id, detail) in offices(article, facts, rows) {
        describe.execute(named_params! {
            ":id": id,
            ":detail": detail,
            ":published_at": article.published_at.as_deref().unwrap_or_default(),
        })?;
    }
    Ok(())
}

/// Those to whom articles of a run that has not ended give an office.
pub(crate) fn described_in_run(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    let mut described = connection.prepare_cached(DESCRIBED_IN_RUN)?;
    described.query_map([], |row| row.get(0))?.collect()
}

/// Describes people anew out of all that is stored of them.
pub(crate) fn describe_anew(
    connection: &Connection,
    people: impl Iterator<Item = i64>,
) -> rusqlite::Result<()> {
    for id in people {
        connection.prepare_cached(CLEAR_DESCRIPTION)?.execute(named_params! { ":id": id })?;
        let mut find = connection.prepare_cached(DESCRIPTION)?;
        let found: Option<(String, String)> =
            find.query_row(named_params! { ":id": id }, |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((detail, published_at)) = found {
            connection
                .prepare_cached(DESCRIBE)?
                .execute(named_params! { ":id": id, ":detail": detail, ":published_at": published_at })?;
        }
    }
    Ok(())
}

/// The entities to whom the facts of an article give an office, by their rows.
pub(crate) fn described<'a>(
    article: &'a Article,
    facts: &'a Facts,
    rows: &[Option<i64>],
) -> impl Iterator<Item = i64> {
    offices(article, facts, rows).into_keys()
}

/// The first office that an article gives each entity: where it is introduced.
fn offices<'a>(article: &'a Article, facts: &'a Facts, rows: &[Option<i64>]) -> BTreeMap<i64, &'a str> {
    let mut offices = BTreeMap::new();
    let mut related: Vec<&Relationship> = facts.relationships.iter().collect();
    related.sort_by_key(|related| related.evidence.start());
    for related in related {
        let holds = matches!(related.predicate, "leads" | "holds_office");
        let now = matches!(related.status, Status::Asserted | Status::Reported);
        let row = rows.get(related.subject.index()).copied().flatten();
        if let (true, true, Some(row), Some(detail)) = (holds, now, row, detail(related, article)) {
            offices.entry(row).or_insert(detail);
        }
    }
    offices
}

fn detail<'a>(related: &Relationship, article: &'a Article) -> Option<&'a str> {
    related.detail.map(|detail| detail.slice(&article.body)).filter(|detail| !detail.is_empty())
}
