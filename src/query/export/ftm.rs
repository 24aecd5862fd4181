//! Entities of [FollowTheMoney](https://followthemoney.tech), one JSON object a line, for Aleph and what reads its model.
//!
//! People are `Person`, organizations `Company`, `PublicBody` or `Organization`, places `Address`; articles are `Article`, and
//! who is named in one a `Mention`. A relationship is `Employment`, `Membership` or `Family` where the model has that
//! between those two, else `UnknownLink`; so is a quote, from its speaker to whom it is about. What FollowTheMoney asks of an edge
//! that onrecord does not know, as when an office began, is left out: `date` is when it was printed.

use std::io::Write;

use rusqlite::{Connection, Row};
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::json;
use crate::query::answer::statement;
use crate::query::failure::read_error;

const ENTITIES: &str = "
SELECT id, kind, name, description, gender, type, country,
    (SELECT json_group_array(alias) FROM (SELECT alias FROM aliases WHERE entity_id = entities.id AND alias <> entities.name ORDER BY alias))
FROM entities ORDER BY id";

const ARTICLES: &str =
    "SELECT id, title, author, publisher, published_at, url, source FROM articles ORDER BY id";

/// Who is named in which article. A mention of the model resolves to somebody who can act, which a place cannot.
const MENTIONS: &str = "
SELECT mentions.article_id, entities.id, entities.kind, entities.name, entities.type
FROM mentions JOIN entities ON entities.id = mentions.entity_id
WHERE entities.kind <> 'place'
GROUP BY mentions.article_id, entities.id ORDER BY mentions.article_id, entities.id";

const RELATIONSHIPS: &str = "
SELECT relationships.id, predicate, subject_id, subject.kind, object_id, object.kind, detail, status,
    substr(articles.body, relationships.start + 1, relationships.end - relationships.start),
    articles.id, articles.published_at, articles.publisher, articles.url
FROM relationships
JOIN articles ON articles.id = relationships.article_id
JOIN entities AS subject ON subject.id = subject_id
JOIN entities AS object ON object.id = object_id
WHERE status IN ('asserted', 'reported', 'ended')
ORDER BY relationships.id";

const QUOTES: &str = "
SELECT quotes.key, quotes.speaker_id, quote_subjects.entity_id, quotes.text,
    articles.id, articles.published_at, articles.publisher, articles.url
FROM quotes
JOIN quote_subjects ON quote_subjects.quote_id = quotes.id
JOIN articles ON articles.id = quotes.article_id
WHERE quotes.vouched = 1 AND quotes.speaker_id IS NOT NULL
ORDER BY quotes.id, quote_subjects.entity_id";

/// Predicates that tie a person to whom he works for.
const EMPLOYMENT: [&str; 4] = ["employed_by", "holds_office", "leads", "spokesperson_for"];

/// Predicates between kin.
const FAMILY: [&str; 3] = ["parent_of", "relative_of", "spouse_of"];

/// What is made of a row: an entity, or an error of SQLite.
type Made = rusqlite::Result<Value>;

/// Writes all entities; what an edge leads to stands before it.
pub fn ftm(db: &Connection, out: &mut dyn Write) -> Result<(), Error> {
    let parts: [(&str, fn(&Row<'_>) -> Made); 5] = [
        (ENTITIES, entity),
        (ARTICLES, article),
        (MENTIONS, mention),
        (RELATIONSHIPS, relationship),
        (QUOTES, quote),
    ];
    for (sql, make) in parts {
        statement::for_each_row(db, sql, &[], |row| {
            let entity = make(row).map_err(read_error)?;
            json::to_writer(out, &entity)
                .map_err(std::io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
                .map_err(Error::output)?;
            Ok(true)
        })?;
    }
    out.flush().map_err(Error::output)
}

/// An entity of the model. Its properties are lists; those without a value are left out.
fn made(id: String, schema: &str, properties: Vec<(&str, Option<String>)>) -> Value {
    let mut lists = Map::new();
    for (name, value) in properties {
        let value = value.filter(|value| !value.trim().is_empty());
        if let (Some(value), Value::Array(list)) = (value, lists.entry(name).or_insert_with(|| json!([]))) {
            list.push(value.into());
        }
    }
    lists.retain(|_, list| list.as_array().is_some_and(|list| !list.is_empty()));
    json!({ "id": id, "schema": schema, "properties": lists })
}

fn entity_id(id: i64) -> String {
    format!("entity-{id}")
}

fn article_id(id: i64) -> String {
    format!("article-{id}")
}

/// Dates of the model have no time zone.
fn date(date: Option<String>) -> Option<String> {
    date.map(|date| date.trim_end_matches('Z').to_owned())
}

fn schema_of(kind: &str, organization: Option<&str>) -> &'static str {
    match (kind, organization) {
        ("person", _) => "Person",
        ("place", _) => "Address",
        (_, Some("company")) => "Company",
        (_, Some("agency" | "court")) => "PublicBody",
        _ => "Organization",
    }
}

fn entity(row: &Row<'_>) -> Made {
    let (kind, name): (String, String) = (row.get(1)?, row.get(2)?);
    let organization: Option<String> = row.get(5)?;
    let country = row.get::<_, Option<String>>(6)?.map(|country| country.to_lowercase());
    let aliases: String = row.get(7)?;
    // The query makes this JSON itself.
    let aliases: Vec<String> = serde_json::from_str(&aliases).unwrap_or_default();
    let mut properties = vec![("name", Some(name.clone()))];
    properties.extend(aliases.into_iter().map(|alias| ("alias", Some(alias))));
    match kind.as_str() {
        "person" => properties.extend([("position", row.get(3)?), ("gender", row.get(4)?)]),
        "place" => properties.extend([("full", Some(name)), ("country", country)]),
        _ => properties.push(("classification", organization.clone())),
    }
    Ok(made(entity_id(row.get(0)?), schema_of(&kind, organization.as_deref()), properties))
}

fn article(row: &Row<'_>) -> Made {
    let properties = vec![
        ("title", row.get(1)?),
        ("author", row.get(2)?),
        ("publisher", row.get(3)?),
        ("publishedAt", date(row.get(4)?)),
        ("sourceUrl", row.get(5)?),
        ("fileName", row.get(6)?),
    ];
    Ok(made(article_id(row.get(0)?), "Article", properties))
}

fn mention(row: &Row<'_>) -> Made {
    let (article, entity): (i64, i64) = (row.get(0)?, row.get(1)?);
    let (kind, organization): (String, Option<String>) = (row.get(2)?, row.get(4)?);
    let properties = vec![
        ("document", Some(article_id(article))),
        ("resolved", Some(entity_id(entity))),
        ("name", row.get(3)?),
        ("detectedSchema", Some(schema_of(&kind, organization.as_deref()).to_owned())),
    ];
    Ok(made(format!("mention-{article}-{entity}"), "Mention", properties))
}

fn relationship(row: &Row<'_>) -> Made {
    let predicate: String = row.get(1)?;
    let (subject_kind, object_kind): (String, String) = (row.get(3)?, row.get(5)?);
    let (schema, subject, object, role) =
        match (subject_kind.as_str(), predicate.as_str(), object_kind.as_str()) {
            ("person", work, "organization") if EMPLOYMENT.contains(&work) => {
                ("Employment", "employee", "employer", "role")
            }
            ("person" | "organization", "member_of", "organization") => {
                ("Membership", "member", "organization", "role")
            }
            ("person", kin, "person") if FAMILY.contains(&kin) => {
                ("Family", "person", "relative", "relationship")
            }
            _ => ("UnknownLink", "subject", "object", "role"),
        };
    let status = Some(row.get::<_, String>(7)?).filter(|_| schema != "Family");
    let mut properties = vec![
        (subject, Some(entity_id(row.get(2)?))),
        (object, Some(entity_id(row.get(4)?))),
        (role, row.get::<_, Option<String>>(6)?.or_else(|| Some(predicate.replace('_', " ")))),
        ("status", status),
        ("description", Some(predicate.clone())),
        ("summary", row.get(8)?),
    ];
    properties.extend(source(row, 9)?);
    Ok(made(format!("relationship-{}", row.get::<_, i64>(0)?), schema, properties))
}

fn quote(row: &Row<'_>) -> Made {
    let (key, about): (String, i64) = (row.get(0)?, row.get(2)?);
    let mut properties = vec![
        ("subject", Some(entity_id(row.get(1)?))),
        ("object", Some(entity_id(about))),
        ("role", Some("talks about".to_owned())),
        ("summary", row.get(3)?),
        ("recordId", Some(key.clone())),
    ];
    properties.extend(source(row, 4)?);
    Ok(made(format!("quote-{key}-{about}"), "UnknownLink", properties))
}

/// Where something is printed: the article, its date, publisher and address, from a column on.
fn source(row: &Row<'_>, first: usize) -> rusqlite::Result<[(&'static str, Option<String>); 4]> {
    Ok([
        ("proof", Some(article_id(row.get(first)?))),
        ("date", date(row.get(first + 1)?)),
        ("publisher", row.get(first + 2)?),
        ("sourceUrl", row.get(first + 3)?),
    ])
}
