//! A correction: a person's word on what the machine found.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::facts::Status;
use crate::facts::predicates::PREDICATES;
use crate::store::corrections::quote_change::QuoteChange;
use crate::store::identity::{EntityName, MentionName, QuoteName, RelationshipName};

/// What a person rules.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verdict {
    /// `other` is nobody but `keep`.
    Merge {
        /// Who stays.
        keep: EntityName,
        /// Who goes.
        other: EntityName,
    },
    /// A part of the mentions of `entity` is of somebody else.
    Split {
        /// Who loses them.
        entity: EntityName,
        /// Which mentions.
        part: Part,
        /// Who gets them.
        to: EntityName,
    },
    /// `entity` is called so, whatever its articles print.
    Rename {
        /// Who.
        entity: EntityName,
        /// The name.
        name: String,
    },
    /// There is no such entity.
    RejectEntity(EntityName),
    /// The entity is right as it is: it stays even while nothing refers to it.
    ConfirmEntity(EntityName),
    /// The two are not the same.
    Distinct(EntityName, EntityName),
    /// This is no quote.
    RejectQuote(QuoteName),
    /// The quote is right as it is: who says it, and whom it is about.
    ConfirmQuote {
        /// Which quote.
        quote: QuoteName,
        /// Who says it; none where nobody can be named.
        speaker: Option<EntityName>,
        /// All that it is about.
        subjects: Vec<EntityName>,
        /// What the machine found otherwise.
        change: QuoteChange,
    },
    /// Who says a quote; none where nobody can be named.
    Speaker(QuoteName, Option<EntityName>),
    /// A quote is about this entity.
    AddSubject(QuoteName, EntityName),
    /// A quote is not about this entity.
    RemoveSubject(QuoteName, EntityName),
    /// The article does not state this relationship.
    RejectRelationship(RelationshipName),
    /// What a relationship is; what is none stays as it was found, unless the relationship is confirmed.
    Relationship(RelationshipName, RelationshipChange),
}

/// What a person says of a relationship. What is left out is as the machine finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationshipChange {
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<EntityName>,
    /// A name out of the table of predicates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// Whom it is done to, or what the office is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<EntityName>,
    /// It has no object.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_object: bool,
    /// How the article presents it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
}

impl RelationshipChange {
    /// Fails where a word is none of the table’s.
    fn check(self) -> Result<Self, String> {
        let is_known = |predicate: &String| PREDICATES.iter().any(|known| known.name == predicate);
        if let Some(predicate) = self.predicate.as_ref().filter(|predicate| !is_known(predicate)) {
            return Err(format!("`value`: there is no predicate `{predicate}`"));
        }
        match &self.status {
            Some(status) if !Status::ALL.iter().any(|known| known.name() == status) => {
                let known: Vec<&str> = Status::ALL.iter().map(|known| known.name()).collect();
                Err(format!("`value`: `{status}` is no status; they are {}", known.join(", ")))
            }
            _ => Ok(self),
        }
    }
}

/// A part of the mentions of an entity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// All in these articles, by `articles.identity`.
    Articles(Vec<String>),
    /// Those that print this name.
    Alias(String),
    /// These alone.
    Mentions(Vec<MentionName>),
}

/// A verdict with what was written beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What is ruled.
    pub verdict: Verdict,
    /// Why, in the person's words.
    pub note: Option<String>,
    /// When, in ISO 8601, UTC; none for now.
    pub created_at: Option<String>,
}

/// How a split is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    articles: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mentions: Option<Vec<MentionName>>,
    #[serde(rename = "as")]
    to: EntityName,
}

/// How a new name is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenName {
    name: String,
}

/// How a confirmed quote is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuote {
    speaker: Option<EntityName>,
    subjects: Vec<EntityName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    act: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pieces: Option<Vec<String>>,
}

/// How a change of the speaker is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSpeaker {
    speaker: Option<EntityName>,
}

/// How a change of the subjects is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
enum WrittenSubject {
    Add(EntityName),
    Remove(EntityName),
}

/// A correction as one line of JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    action: String,
    target: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
}

impl Verdict {
    /// The columns `action`, `target` and `value`.
    pub(crate) fn written(&self) -> serde_json::Result<(&'static str, Value, Option<Value>)> {
        let json = serde_json::to_value::<&EntityName>;
        let quote = serde_json::to_value::<&QuoteName>;
        Ok(match self {
            Verdict::Merge { keep, other } => ("merge", json(other)?, Some(json(keep)?)),
            Verdict::Split { entity, part, to } => ("split", json(entity)?, Some(part.written(to)?)),
            Verdict::Rename { entity, name } => {
                ("rename", json(entity)?, Some(serde_json::to_value(WrittenName { name: name.clone() })?))
            }
            Verdict::RejectEntity(entity) => ("reject", json(entity)?, None),
            Verdict::ConfirmEntity(entity) => ("confirm", json(entity)?, None),
            Verdict::Distinct(one, other) => ("distinct", json(one)?, Some(json(other)?)),
            Verdict::RejectQuote(name) => ("reject", quote(name)?, None),
            Verdict::ConfirmQuote { quote: name, speaker, subjects, change } => {
                let QuoteChange { act, pieces } = change.clone();
                let (speaker, subjects) = (speaker.clone(), subjects.clone());
                let value = WrittenQuote { speaker, subjects, act, pieces };
                ("confirm", quote(name)?, Some(serde_json::to_value(value)?))
            }
            Verdict::Speaker(name, speaker) => {
                let value = WrittenSpeaker { speaker: speaker.clone() };
                ("speaker", quote(name)?, Some(serde_json::to_value(value)?))
            }
            Verdict::AddSubject(name, entity) => {
                let value = serde_json::to_value(WrittenSubject::Add(entity.clone()))?;
                ("subject", quote(name)?, Some(value))
            }
            Verdict::RemoveSubject(name, entity) => {
                let value = serde_json::to_value(WrittenSubject::Remove(entity.clone()))?;
                ("subject", quote(name)?, Some(value))
            }
            Verdict::RejectRelationship(name) => ("reject", serde_json::to_value(name)?, None),
            Verdict::Relationship(name, change) => {
                ("relationship", serde_json::to_value(name)?, Some(serde_json::to_value(change)?))
            }
        })
    }

    /// The verdict that the columns `action`, `target` and `value` state; the error says what is wrong with them.
    fn read(action: &str, target: Value, value: Option<Value>) -> Result<Self, String> {
        let of_quote = target.get("quote").is_some();
        let of_relationship = target.get("relationship").is_some();
        Ok(match action {
            "merge" => Verdict::Merge { other: part("target", target)?, keep: needed(value)? },
            "split" => {
                let entity = part("target", target)?;
                let (part, to) = Part::read(needed(value)?)?;
                Verdict::Split { entity, part, to }
            }
            "rename" => {
                let WrittenName { name } = needed(value)?;
                let name = crate::store::tables::entities::on_one_line(&name);
                if name.is_empty() {
                    return Err("`value`: the name is empty".to_owned());
                }
                Verdict::Rename { entity: part("target", target)?, name }
            }
            "reject" if of_quote => Verdict::RejectQuote(part("target", target)?),
            "reject" if of_relationship => Verdict::RejectRelationship(part("target", target)?),
            "relationship" => {
                let change: RelationshipChange = needed(value)?;
                Verdict::Relationship(part("target", target)?, change.check()?)
            }
            "reject" => Verdict::RejectEntity(part("target", target)?),
            "confirm" if of_quote => {
                let WrittenQuote { speaker, subjects, act, pieces } = needed(value)?;
                let change = QuoteChange { act, pieces }.check()?;
                Verdict::ConfirmQuote { quote: part("target", target)?, speaker, subjects, change }
            }
            "confirm" => Verdict::ConfirmEntity(part("target", target)?),
            "distinct" => Verdict::Distinct(part("target", target)?, needed(value)?),
            "speaker" => {
                let WrittenSpeaker { speaker } = needed(value)?;
                Verdict::Speaker(part("target", target)?, speaker)
            }
            "subject" => match needed(value)? {
                WrittenSubject::Add(entity) => Verdict::AddSubject(part("target", target)?, entity),
                WrittenSubject::Remove(entity) => Verdict::RemoveSubject(part("target", target)?, entity),
            },
            other => return Err(format!("`{other}` is not a kind of correction")),
        })
    }
}

impl Part {
    fn written(&self, to: &EntityName) -> serde_json::Result<Value> {
        let (articles, alias, mentions) = match self {
            Part::Articles(articles) => (Some(articles.clone()), None, None),
            Part::Alias(alias) => (None, Some(alias.clone()), None),
            Part::Mentions(mentions) => (None, None, Some(mentions.clone())),
        };
        serde_json::to_value(WrittenPart { articles, alias, mentions, to: to.clone() })
    }

    fn read(written: WrittenPart) -> Result<(Self, EntityName), String> {
        let are_printed = |mentions: &[MentionName]| mentions.iter().all(|mention| !mention.words.is_empty());
        let part = match (written.articles, written.alias, written.mentions) {
            (Some(articles), None, None) if !articles.is_empty() => Part::Articles(articles),
            (None, Some(alias), None) if !alias.trim().is_empty() => Part::Alias(alias),
            (None, None, Some(mentions)) if !mentions.is_empty() && are_printed(&mentions) => {
                Part::Mentions(mentions)
            }
            _ => return Err("`value`: a split names articles, an alias or mentions".to_owned()),
        };
        Ok((part, written.to))
    }
}

fn part<T: DeserializeOwned>(field: &str, json: Value) -> Result<T, String> {
    serde_json::from_value(json).map_err(|error| format!("`{field}`: {error}"))
}

fn needed<T: DeserializeOwned>(value: Option<Value>) -> Result<T, String> {
    part("value", value.ok_or("there is no `value`")?)
}

impl Correction {
    /// A verdict of this moment.
    pub fn new(verdict: Verdict, note: Option<&str>) -> Self {
        Correction { verdict, note: note.map(str::to_owned), created_at: None }
    }

    /// As one line of JSON, without ids.
    pub fn to_line(&self) -> serde_json::Result<String> {
        let (action, target, value) = self.verdict.written()?;
        let (note, created_at) = (self.note.clone(), self.created_at.clone());
        crate::json::to_string(&Line { action: action.to_owned(), target, value, note, created_at })
    }

    /// Reads what [`Correction::to_line`] writes; the error says what is wrong with the line.
    pub fn from_line(line: &str) -> Result<Self, String> {
        let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let verdict = Verdict::read(&line.action, line.target, line.value)?;
        if let Some(date) = &line.created_at {
            chrono::DateTime::parse_from_rfc3339(date)
                .map_err(|_| format!("`created_at`: {date} is not a date and time in ISO 8601"))?;
        }
        Ok(Correction { verdict, note: line.note, created_at: line.created_at })
    }

    /// Reads the columns of a row.
    pub fn from_columns(action: &str, target: &str, value: Option<&str>) -> Result<Self, String> {
        let json = |text: &str| serde_json::from_str(text).map_err(|error| error.to_string());
        let verdict = Verdict::read(action, json(target)?, value.map(json).transpose()?)?;
        Ok(Correction { verdict, note: None, created_at: None })
    }
}

impl std::fmt::Display for Verdict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Verdict::Merge { keep, other } => write!(f, "{other} is the same as {keep}"),
            Verdict::Split { entity, part: Part::Alias(alias), to } => {
                write!(f, "\"{alias}\" of {entity} is {to}")
            }
            Verdict::Split { entity, part: Part::Articles(articles), to } => {
                write!(f, "{entity} of {} is {to}", articles_in_words(articles.len()))
            }
            Verdict::Split { entity, part: Part::Mentions(mentions), to } => {
                let words: Vec<String> = mentions
                    .iter()
                    .map(|mention| format!("\"{}\" at {}", mention.words, mention.start))
                    .collect();
                write!(f, "{entity} where it is {} is {to}", words.join(", "))
            }
            Verdict::Rename { entity, name } => write!(f, "{entity} is called {name}"),
            Verdict::RejectEntity(entity) => write!(f, "{entity} is not an entity"),
            Verdict::ConfirmEntity(entity) => write!(f, "{entity} is right"),
            Verdict::Distinct(one, other) => write!(f, "{one} is not the same as {other}"),
            Verdict::RejectQuote(quote) => write!(f, "quote {} is not a quote", quote.key),
            Verdict::ConfirmQuote { quote, change, .. } => write!(f, "quote {} is right{change}", quote.key),
            Verdict::Speaker(quote, Some(speaker)) => write!(f, "quote {} is by {speaker}", quote.key),
            Verdict::Speaker(quote, None) => write!(f, "quote {} is by nobody known", quote.key),
            Verdict::AddSubject(quote, entity) => write!(f, "quote {} is about {entity}", quote.key),
            Verdict::RemoveSubject(quote, entity) => write!(f, "quote {} is not about {entity}", quote.key),
            Verdict::RejectRelationship(name) => write!(f, "relationship {} is not stated", name.key),
            Verdict::Relationship(name, change) => {
                let object = if change.without_object { Some("nobody named".to_owned()) } else { None };
                let object = object.or_else(|| change.object.as_ref().map(EntityName::to_string));
                let parts = [
                    change.subject.as_ref().map(|subject| format!("subject {subject}")),
                    change.predicate.as_ref().map(|predicate| format!("predicate {predicate}")),
                    object.map(|object| format!("object {object}")),
                    change.status.as_ref().map(|status| format!("status {status}")),
                ];
                let parts: Vec<String> = parts.into_iter().flatten().collect();
                write!(f, "relationship {}: {}", name.key, parts.join(", "))
            }
        }
    }
}

fn articles_in_words(count: usize) -> String {
    if count == 1 { "one article".to_owned() } else { format!("{count} articles") }
}
