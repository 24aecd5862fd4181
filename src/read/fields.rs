//! What the fields of a record are called: the names that archives use, and the caller's own.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::Error;

/// What a field of a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FieldRole {
    /// The archive's id of the article.
    Id,
    /// The headline.
    Title,
    /// The text.
    Body,
    /// The byline.
    Author,
    /// Who published it.
    Publisher,
    /// When it was published.
    Published,
    /// Where it was published.
    Url,
    /// The language it is in.
    Language,
}

/// One role, the name that `--map` knows it by, and the names of its fields.
struct Row {
    role: FieldRole,
    name: &'static str,
    /// The likeliest first; compared without case, `_` and `-`.
    fields: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        role: FieldRole::Id,
        name: "id",
        fields: &["id", "uuid", "_id", "guid", "article_id", "document_id", "doc_id", "item_id", "key"],
    },
    Row {
        role: FieldRole::Title,
        name: "title",
        fields: &[
            "title",
            "headline",
            "headlines",
            "web_title",
            "head",
            "heading",
            "article_title",
            "title_full",
            "name",
        ],
    },
    Row {
        role: FieldRole::Body,
        name: "body",
        fields: &[
            "text",
            "body",
            "content",
            "article",
            "maintext",
            "fulltext",
            "article_text",
            "article_body",
            "article_content",
            "body_text",
            "content_original",
            "original_text",
            "plain_text",
            "plain_content",
            "text_content",
            "cleaned_text",
            "clean_text",
            "raw_text",
            "content_text",
            "body_html",
            "body_xhtml",
            "bodies",
            "paragraphs",
            "content_html",
            "story",
        ],
    },
    Row {
        role: FieldRole::Author,
        name: "author",
        fields: &[
            "author",
            "authors",
            "byline",
            "by",
            "creator",
            "writer",
            "contributors",
            "reporter",
            "author_name",
        ],
    },
    Row {
        role: FieldRole::Publisher,
        name: "publisher",
        fields: &[
            "publisher",
            "publication",
            "newspaper",
            "outlet",
            "source_name",
            "source",
            "site_name",
            "site",
            "provider",
            "media",
            "organization_name",
            "source_domain",
            "source_hostname",
            "domain",
            "hostname",
            "copyright_holder",
        ],
    },
    Row {
        role: FieldRole::Published,
        name: "published",
        fields: &[
            "published_at",
            "published",
            "date_published",
            "pub_date",
            "publish_date",
            "published_date",
            "publication_date",
            "web_publication_date",
            "date_publish",
            "published_time",
            "first_published_at",
            "datetime",
            "date",
            "timestamp",
            "seendate",
            "version_created",
            "created_at",
            "created",
            "time",
        ],
    },
    Row {
        role: FieldRole::Url,
        name: "url",
        fields: &[
            "url",
            "link",
            "web_url",
            "canonical_url",
            "permalink",
            "href",
            "original_url",
            "source_url",
            "article_url",
            "uri",
        ],
    },
    Row {
        role: FieldRole::Language,
        name: "language",
        fields: &["language", "lang", "language_code", "locale"],
    },
];

impl FieldRole {
    /// All roles.
    pub const ALL: [FieldRole; 8] = [
        FieldRole::Id,
        FieldRole::Title,
        FieldRole::Body,
        FieldRole::Author,
        FieldRole::Publisher,
        FieldRole::Published,
        FieldRole::Url,
        FieldRole::Language,
    ];

    /// The name that `--map` knows it by.
    pub fn name(self) -> &'static str {
        ROWS.iter().find(|row| row.role == self).map_or("", |row| row.name)
    }

    /// What such a field holds: `a date`.
    pub fn in_words(self) -> &'static str {
        match self {
            FieldRole::Id => "an id",
            FieldRole::Title => "a headline",
            FieldRole::Body => "a text",
            FieldRole::Author => "an author",
            FieldRole::Publisher => "a publisher",
            FieldRole::Published => "a date",
            FieldRole::Url => "an address",
            FieldRole::Language => "a language",
        }
    }

    /// The usual names of its fields, the likeliest first.
    pub fn usual_fields(self) -> &'static [&'static str] {
        ROWS.iter().find(|row| row.role == self).map_or(&[], |row| row.fields)
    }

    /// The role of a field that goes by this name, if it is a usual one.
    pub(super) fn of_field(name: &str) -> Option<Self> {
        FieldRole::ALL.into_iter().find(|role| role.goes_by(name))
    }

    /// Whether this is one of the usual names of its fields.
    pub(super) fn goes_by(self, name: &str) -> bool {
        self.usual_fields().iter().any(|field| same_name(field, name))
    }

    fn named(name: &str) -> Option<Self> {
        let role = ROWS.iter().find(|row| same_name(row.name, name));
        // What the database calls the column is understood as well.
        role.map(|row| row.role).or_else(|| same_name(name, "published_at").then_some(FieldRole::Published))
    }
}

/// Whether two field names are one: `datePublished`, `date_published`, `Date-Published`.
pub(super) fn same_name(one: &str, other: &str) -> bool {
    fn folded(name: &str) -> impl Iterator<Item = char> {
        // A name that begins with `_` is another than the one without: `_id`.
        let rest = name.char_indices().filter(|(at, mark)| *at == 0 || !matches!(mark, '_' | '-' | ' '));
        rest.flat_map(|(_, mark)| mark.to_lowercase())
    }
    folded(one).eq(folded(other))
}

/// ISO 639-1 of what an archive says of the language: `en`, `en-GB`, `eng`, `English`.
pub(crate) fn language_code(language: &str) -> Option<String> {
    let language = language.to_lowercase();
    let first = language.split(['-', '_']).next().unwrap_or_default();
    match first {
        "eng" | "english" => Some("en".to_owned()),
        _ if first.len() == 2 && first.bytes().all(|byte| byte.is_ascii_lowercase()) => {
            Some(first.to_owned())
        }
        _ => None,
    }
}

/// A field that was not made use of as it might have been.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldNote {
    /// What it holds, or was to hold.
    pub role: FieldRole,
    /// Its name; the names of nested fields are parted by full stops.
    pub field: String,
    /// What about it.
    pub fault: FieldFault,
}

/// Why a field was not made use of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldFault {
    /// It looks like a date, an author or a text, under a name that is not known for one, and nothing else is there.
    NotUnderstood,
    /// `--map` names it, and the record has none.
    Missing,
}

impl FieldNote {
    /// The option that takes the field: `--map published=datum`.
    pub fn option(&self) -> String {
        format!("--map {}={}", self.role.name(), self.field)
    }
}

/// The caller's own names for fields. Its copies know together which of them were met.
#[derive(Clone, Debug, Default)]
pub struct Map(Vec<Assignment>);

/// One role, and the path to its field.
#[derive(Clone)]
struct Assignment {
    role: FieldRole,
    path: Vec<String>,
    /// Whether any record has had the field.
    met: Arc<AtomicBool>,
}

/// As it was given: whether it was met changes while files are read, and a hash of how they are read must not.
impl fmt::Debug for Assignment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Assignment").field(&self.role).field(&self.path).finish()
    }
}

impl Map {
    /// Reads assignments like `body=content_original`; a full stop leads into a nested field (`body=content.plain`).
    pub fn parse<'a>(assignments: impl IntoIterator<Item = &'a str>) -> Result<Self, Error> {
        let mut map = Map::default();
        for assignment in assignments {
            let Some((name, path)) = assignment.split_once('=').filter(|(_, path)| !path.is_empty()) else {
                return Err(Error::usage(format!("cannot make sense of --map {assignment}"))
                    .hint("write it like --map body=content_original"));
            };
            let Some(role) = FieldRole::named(name.trim()) else {
                let names: Vec<&str> = ROWS.iter().map(|row| row.name).collect();
                return Err(Error::usage(format!("--map knows nothing called {name}"))
                    .hint(format!("it knows {}", names.join(", "))));
            };
            let path = path.trim().split('.').map(str::to_owned).collect();
            map.0.push(Assignment { role, path, met: Arc::default() });
        }
        Ok(map)
    }

    /// Whether the caller says which field holds `role`.
    pub fn names(&self, role: FieldRole) -> bool {
        self.path(role).is_some()
    }

    /// The path to the field that holds `role`, if the caller named one; the last assignment wins.
    pub(crate) fn path(&self, role: FieldRole) -> Option<&[String]> {
        self.assignment(role).map(|assignment| assignment.path.as_slice())
    }

    fn assignment(&self, role: FieldRole) -> Option<&Assignment> {
        self.0.iter().rev().find(|assignment| assignment.role == role)
    }

    /// Notes that a record has the field that is named for `role`.
    pub(crate) fn meet(&self, role: FieldRole) {
        if let Some(assignment) = self.assignment(role) {
            assignment.met.store(true, Ordering::Relaxed);
        }
    }

    /// What is named and no record had that was read until now.
    pub fn unmet(&self) -> Vec<FieldNote> {
        let in_force = FieldRole::ALL.into_iter().filter_map(|role| self.assignment(role));
        let unmet = in_force.filter(|assignment| !assignment.met.load(Ordering::Relaxed));
        let note = |assignment: &Assignment| FieldNote {
            role: assignment.role,
            field: assignment.path.join("."),
            fault: FieldFault::Missing,
        };
        unmet.map(note).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_are_the_same() {
        for (one, other) in [
            ("datePublished", "date_published"),
            ("Date-Published", "date_published"),
            ("TEXT", "text"),
            ("_id", "_ID"),
        ] {
            assert!(same_name(one, other), "{one} and {other}");
        }
        assert!(!same_name("_id", "id"));
        assert!(!same_name("text", "texts"));
    }

    #[test]
    fn a_role_is_known_by_the_names_of_its_fields() {
        for (name, role) in [
            ("Pub-Date", Some(FieldRole::Published)),
            ("articleBody", Some(FieldRole::Body)),
            ("_id", Some(FieldRole::Id)),
            ("mood", None),
            ("", None),
        ] {
            assert_eq!(FieldRole::of_field(name), role, "{name}");
        }
        assert!(FieldRole::Author.goes_by("By Line") && !FieldRole::Title.goes_by("byline"));
    }

    #[test]
    fn a_map_leads_into_nested_fields() {
        let map = Map::parse(["body=content.plain", "published_at=d", "body=x.y"]).expect("is a map");
        assert_eq!(map.path(FieldRole::Body), Some(&["x".to_owned(), "y".to_owned()][..]));
        assert_eq!(map.path(FieldRole::Published), Some(&["d".to_owned()][..]));
        assert_eq!(map.path(FieldRole::Title), None);
    }

    #[test]
    fn a_map_that_makes_no_sense_is_an_error() {
        for assignment in ["body", "body=", "shoe=size"] {
            assert!(Map::parse([assignment]).is_err(), "{assignment}");
        }
    }
}
