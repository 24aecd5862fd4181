//! Rows → what corrections know them by, and verdicts that need to know what is shown.
//!
//! Reads only: nothing is kept or changed here.

use rusqlite::{OptionalExtension, named_params};

use crate::error::Error;
use crate::span::{Byte, CodePoints, Span};
use crate::store::corrections::correction::{Part, RelationshipChange, Verdict};
use crate::store::corrections::give::rulings;
use crate::store::corrections::quote_change::QuoteChange;
use crate::store::corrections::registry;
use crate::store::database::Store;
use crate::store::failure::sqlite;
use crate::store::identity::{EntityName, MentionName, QuoteName, RelationshipName};
use crate::store::tables::{articles, entities};

const QUOTE: &str = "
SELECT quotes.key, articles.identity, quotes.speaker_id
FROM quotes JOIN articles ON articles.id = quotes.article_id WHERE quotes.id = :id";

const RELATIONSHIP: &str = "
SELECT relationships.key, articles.identity, subject_id, predicate, object_id, status
FROM relationships JOIN articles ON articles.id = relationships.article_id WHERE relationships.id = :id";

const SUBJECTS: &str = "SELECT entity_id FROM quote_subjects WHERE quote_id = :id ORDER BY entity_id";

const MENTIONS: &str = "
SELECT start, end FROM mentions WHERE entity_id = :entity AND article_id = :article ORDER BY start";

/// How many mentions are listed where none begins at the place that was given.
const LISTED: usize = 10;

impl Store {
    /// The name by which corrections know the entity with this id.
    pub fn entity_name(&self, id: i64) -> Result<EntityName, Error> {
        let found =
            registry::name_for_people(&self.connection, id).map_err(sqlite("cannot look for the entity"))?;
        found.ok_or_else(|| Error::usage(format!("there is no entity {id}")))
    }

    /// The name by which corrections know the quote with this id.
    pub fn quote_name(&self, id: i64) -> Result<QuoteName, Error> {
        Ok(self.quote(id)?.0)
    }

    /// The identity of an article, by which corrections know it.
    pub fn article_identity(&self, id: i64) -> Result<String, Error> {
        let found = articles::identity(&self.connection, id).optional();
        let found = found.map_err(sqlite("cannot look for the article"))?;
        found.ok_or_else(|| Error::usage(format!("there is no article {id}")))
    }

    /// The verdict that a quote is right as it is shown now, but for what `change` says.
    pub fn as_it_is(&self, quote_id: i64, change: QuoteChange) -> Result<Verdict, Error> {
        let (quote, speaker) = self.quote(quote_id)?;
        let speaker = speaker.map(|speaker| self.entity_name(speaker)).transpose()?;
        let subjects = self.subjects(quote_id).map_err(sqlite("cannot look for the quote"))?;
        let subjects =
            subjects.into_iter().map(|subject| self.entity_name(subject)).collect::<Result<_, _>>()?;
        Ok(Verdict::ConfirmQuote { quote, speaker, subjects, change })
    }

    /// The name by which corrections know the relationship with this id.
    pub fn relationship_name(&self, id: i64) -> Result<RelationshipName, Error> {
        Ok(self.relationship(id)?.0)
    }

    /// The verdict that a relationship is right as it is shown now.
    pub fn relationship_as_it_is(&self, id: i64) -> Result<Verdict, Error> {
        let (name, shown) = self.relationship(id)?;
        let object = shown.object.map(|object| self.entity_name(object)).transpose()?;
        let change = RelationshipChange {
            subject: Some(self.entity_name(shown.subject)?),
            predicate: Some(shown.predicate),
            without_object: object.is_none(),
            object,
            status: Some(shown.status),
        };
        Ok(Verdict::Relationship(name, change))
    }

    fn relationship(&self, id: i64) -> Result<(RelationshipName, ShownRelationship), Error> {
        let found = self.connection.query_row(RELATIONSHIP, named_params! { ":id": id }, |row| {
            let shown = ShownRelationship {
                subject: row.get(2)?,
                predicate: row.get(3)?,
                object: row.get(4)?,
                status: row.get(5)?,
            };
            Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, shown))
        });
        let found = found.optional().map_err(sqlite("cannot look for the relationship"))?;
        let (key, article, shown) = found.ok_or_else(|| {
            Error::usage(format!("there is no relationship {id}"))
                .hint("ids are in the column relationship_id: onrecord query \"who is …?\" --format json")
        })?;
        let key = key.ok_or_else(|| {
            Error::usage(format!(
                "relationship {id} was read by an earlier version, and corrections cannot name it"
            ))
            .hint("read its article again: onrecord ingest --reanalyze")
        })?;
        Ok((RelationshipName { key, article }, shown))
    }

    /// The verdict that a part of the mentions of `entity` is of somebody called `name`: of a namesake where
    /// that is a name of `entity` itself.
    pub fn split(&self, entity: EntityName, part: Part, name: &str) -> Result<Verdict, Error> {
        let rulings = rulings(&self.connection).map_err(sqlite("cannot read the corrections"))?;
        let mut to = EntityName::new(entity.kind, entities::on_one_line(name));
        let is_namesake = to.identity().name_key == entity.identity().name_key;
        if is_namesake || rulings.who(&to.identity()) == rulings.who(&entity.identity()) {
            to.apart = label(&part);
        }
        Ok(Verdict::Split { entity, part, to })
    }

    fn quote(&self, id: i64) -> Result<(QuoteName, Option<i64>), Error> {
        let found = self.connection.query_row(QUOTE, named_params! { ":id": id }, |row| {
            Ok((QuoteName { key: row.get(0)?, article: row.get(1)? }, row.get(2)?))
        });
        let found = found.optional().map_err(sqlite("cannot look for the quote"))?;
        found.ok_or_else(|| Error::usage(format!("there is no quote {id}")))
    }

    fn subjects(&self, quote_id: i64) -> rusqlite::Result<Vec<i64>> {
        let mut subjects = self.connection.prepare_cached(SUBJECTS)?;
        subjects.query_map(named_params! { ":id": quote_id }, |row| row.get(0))?.collect()
    }

    /// The name by which corrections know the mention of an entity that begins at `start` in an article.
    pub fn mention_name(&self, entity_id: i64, article_id: i64, start: usize) -> Result<MentionName, Error> {
        let cannot = || sqlite("cannot look for the mention");
        let parameters = named_params! { ":entity": entity_id, ":article": article_id };
        let mut find = self.connection.prepare_cached(MENTIONS).map_err(cannot())?;
        let mentions = find.query_map(parameters, |row| Ok((row.get(0)?, row.get(1)?)));
        let mentions: Vec<(usize, usize)> = mentions.and_then(Iterator::collect).map_err(cannot())?;
        let body = articles::body(&self.connection, article_id).map_err(cannot())?;
        let points = CodePoints::new(&body);
        let printed = |start, end| Span::<Byte>::new(points.byte(start), points.byte(end)).slice(&body);
        let Some((_, end)) = mentions.iter().find(|(first, _)| *first == start) else {
            let error = Error::usage(format!("article {article_id} has no mention of it at {start}"));
            let listed = mentions.iter().take(LISTED);
            return Err(listed.fold(error, |error, (start, end)| {
                error.hint(format!("{article_id}:{start} {}", printed(*start, *end)))
            }));
        };
        Ok(MentionName {
            article: self.article_identity(article_id)?,
            start,
            before: printed(start.saturating_sub(MentionName::BEFORE), start).to_owned(),
            words: printed(start, *end).to_owned(),
        })
    }
}

/// A relationship as it is shown, by ids.
struct ShownRelationship {
    subject: i64,
    predicate: String,
    object: Option<i64>,
    status: String,
}

/// A short label that depends on nothing but the part that is split off.
fn label(part: &Part) -> String {
    let mut hasher = blake3::Hasher::new();
    match part {
        Part::Articles(articles) => articles.iter().for_each(|article| {
            hasher.update(article.as_bytes());
        }),
        Part::Alias(alias) => {
            hasher.update(entities::key(alias).as_bytes());
        }
        Part::Mentions(mentions) => mentions.iter().for_each(|mention| {
            hasher.update(mention.article.as_bytes());
            hasher.update(&mention.start.to_le_bytes());
        }),
    }
    hasher.finalize().to_hex()[..8].to_string()
}
