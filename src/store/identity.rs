//! What corrections name things by: content and never an id, so that they hold in any database of the
//! same articles.
//!
//! Knows how such names are written as JSON. Never looks anything up.

use serde::{Deserialize, Serialize};

use crate::facts::EntityKind;
use crate::span::CodePoints;
use crate::store::tables::entities;

/// An entity as a correction names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "WrittenEntity", into = "WrittenEntity")]
pub struct EntityName {
    /// What it is.
    pub kind: EntityKind,
    /// The name that the machine knows it by.
    pub name: String,
    /// Tells a namesake from the others; empty for the first of the name. [`FIRST_IN`] and a label for one that
    /// the machine told apart, by the article that it is in first; else made by a split.
    pub apart: String,
}

impl EntityName {
    /// The first entity of a kind and a name.
    pub fn new(kind: EntityKind, name: impl Into<String>) -> Self {
        EntityName { kind, name: name.into(), apart: String::new() }
    }

    /// What makes two names of an entity equal.
    pub(crate) fn identity(&self) -> Identity {
        Identity { kind: self.kind, name_key: entities::key(&self.name), apart: self.apart.clone() }
    }
}

impl std::fmt::Display for EntityName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The label itself is for the program.
        let another = if self.identity().is_split_off() { "another " } else { "" };
        write!(f, "{another}{} {}", self.kind.name(), self.name)
    }
}

/// What the label of a namesake begins with that the machine told apart.
const FIRST_IN: char = '@';

/// The label of a namesake that is first in the article with this identity.
pub(super) fn first_in(article: &str) -> String {
    format!("{FIRST_IN}{}", &blake3::hash(article.as_bytes()).to_hex()[..8])
}

/// Which entity is meant, whatever the spelling of its name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Identity {
    pub(crate) kind: EntityKind,
    pub(crate) name_key: String,
    pub(crate) apart: String,
}

impl Identity {
    /// Whether a split made it.
    pub(super) fn is_split_off(&self) -> bool {
        !self.apart.is_empty() && !self.apart.starts_with(FIRST_IN)
    }
}

/// A quote as a correction names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteName {
    /// `quotes.key`.
    #[serde(rename = "quote")]
    pub key: String,
    /// `articles.identity` of its article, by which it is found even while the quote is not shown.
    pub article: String,
}

/// A relationship as a correction names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelationshipName {
    /// `relationships.key`.
    #[serde(rename = "relationship")]
    pub key: String,
    /// `articles.identity` of its article, by which it is found even while the relationship is not shown.
    pub article: String,
}

/// One mention as a correction names it: by the words that are printed there, so that it is found in a later version of the
/// article too.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentionName {
    /// `articles.identity` of its article.
    pub article: String,
    /// Where it began when the correction was given, in code points.
    pub start: usize,
    /// The words before it, some thirty code points of them.
    pub before: String,
    /// What is printed there.
    pub words: String,
}

impl MentionName {
    /// How many code points before a mention tell it from others of the same words.
    pub(crate) const BEFORE: usize = 30;

    /// Where the mention stands in a text, in code points: of several places with these words, the one next to where it
    /// was; none where the words are gone.
    pub(super) fn place(&self, body: &str, points: &CodePoints<'_>) -> Option<(usize, usize)> {
        let passage = format!("{}{}", self.before, self.words);
        let ends = body.match_indices(&passage).map(|(at, _)| points.at(at + passage.len()));
        let length = self.words.chars().count();
        let places = ends.map(|end| (end - length, end));
        places.min_by_key(|(start, _)| start.abs_diff(self.start))
    }
}

/// [`EntityName`] in JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntity {
    kind: String,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    apart: String,
}

impl TryFrom<WrittenEntity> for EntityName {
    type Error = String;

    fn try_from(written: WrittenEntity) -> Result<Self, String> {
        let kind = kind_named(&written.kind).ok_or_else(|| {
            format!(
                "`{}` is not a kind of entity; the kinds are person, organization and place",
                written.kind
            )
        })?;
        let name = entities::on_one_line(&written.name);
        if name.is_empty() {
            return Err("a name is empty".to_owned());
        }
        Ok(EntityName { kind, name, apart: written.apart })
    }
}

impl From<EntityName> for WrittenEntity {
    fn from(entity: EntityName) -> Self {
        WrittenEntity { kind: entity.kind.name().to_owned(), name: entity.name, apart: entity.apart }
    }
}

/// The kind of entity that goes by this word in the database.
pub fn kind_named(word: &str) -> Option<EntityKind> {
    let kinds = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];
    kinds.into_iter().find(|kind| kind.name() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_one_identity() {
        let one = EntityName::new(EntityKind::Person, "Tomás Ibarra");
        assert_eq!(one.identity(), EntityName::new(EntityKind::Person, "TOMAS IBARRA").identity());
        assert_ne!(one.identity(), EntityName::new(EntityKind::Place, "Tomás Ibarra").identity());
        let namesake = EntityName { apart: "2".to_owned(), ..one.clone() };
        assert_ne!(one.identity(), namesake.identity());
    }

    #[test]
    fn a_mention_is_found_in_a_later_version_of_its_article() {
        let mention = |start, before: &str| MentionName {
            article: "x".to_owned(),
            start,
            before: before.to_owned(),
            words: "Ruiz".to_owned(),
        };
        for (body, start, before, place) in [
            ("Ana Ruiz met Leo Ruiz.", 4, "Ana ", Some((4, 8))),
            ("É. Porto, Friday: Ana Ruiz met Leo Ruiz.", 4, "Ana ", Some((22, 26))),
            ("He said: Ruiz. He said: Ruiz.", 22, "said: ", Some((24, 28))),
            ("He said: Ruiz. He said: Ruiz.", 11, "said: ", Some((9, 13))),
            ("Leo Brandt left.", 4, "Ana ", None),
        ] {
            let found = mention(start, before).place(body, &CodePoints::new(body));
            assert_eq!(found, place, "{body}");
        }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for apart in ["", "1f"] {
            let entity =
                EntityName { apart: apart.to_owned(), ..EntityName::new(EntityKind::Place, "Porto") };
            let json = serde_json::to_string(&entity).unwrap();
            assert_eq!(serde_json::from_str::<EntityName>(&json).unwrap(), entity, "{json}");
        }
        for wrong in
            [r#"{"kind":"ship","name":"A"}"#, r#"{"kind":"person","name":" "}"#, r#"{"kind":"person"}"#]
        {
            assert!(serde_json::from_str::<EntityName>(wrong).is_err(), "{wrong}");
        }
    }
}
