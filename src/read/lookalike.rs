//! Fields of a record that look like a date, an author or a text under a name that is not known for one.
//!
//! Asked only where a record has none of its own; so what is named here is what a reader would miss.

use serde_json::value::RawValue;

use crate::read::dates;
use crate::read::fields::{FieldFault, FieldNote, FieldRole};
use crate::read::object::Object;
use crate::read::values;

/// How many fields of a record are looked at, and how deep they may lie.
const MOST_FIELDS: usize = 200;
const DEEPEST: usize = 3;

/// How many fields are named for one role.
const MOST_NAMED: usize = 2;

/// A longer value is no date and no name, in bytes.
const LONGEST_VALUE: usize = 120;

/// A shorter value is no text of an article, in characters and in words.
const SHORTEST_TEXT: usize = 200;
const FEWEST_WORDS: usize = 30;

/// What stands in the names of dates that are not of publication.
const OTHER_DATES: &[&str] = &[
    "updat", "modif", "chang", "edit", "download", "crawl", "fetch", "scrap", "access", "index", "import",
    "expir", "birth", "cache", "saved", "retriev", "archiv", "until", "event", "start", "end", "last",
];

/// What stands in the names of dates.
const DATES: &[&str] =
    &["date", "time", "publi", "issue", "stamp", "created", "datum", "fecha", "posted", "released", "day"];

/// What stands in the names of authors.
const AUTHORS: &[&str] = &[
    "author",
    "byline",
    "writer",
    "journalist",
    "reporter",
    "correspondent",
    "columnist",
    "autor",
    "written",
];

/// What stands in the names of what is said of authors.
const OF_AUTHORS: &[&str] =
    &["id", "url", "link", "image", "photo", "bio", "mail", "twitter", "count", "slug"];

/// The fields that look like one of the roles, which are what the record has none of.
pub(crate) fn not_understood(record: &Object<'_>, lacking: &[FieldRole]) -> Vec<FieldNote> {
    let mut search = Search { lacking, seen: 0, notes: Vec::new(), longest: None };
    if !lacking.is_empty() {
        search.look(record, "", 1);
    }
    let text = search.longest.take().map(|(_, field)| (FieldRole::Body, field));
    let notes = text.into_iter().chain(search.notes);
    notes.map(|(role, field)| FieldNote { role, field, fault: FieldFault::NotUnderstood }).collect()
}

struct Search<'a> {
    lacking: &'a [FieldRole],
    seen: usize,
    notes: Vec<(FieldRole, String)>,
    /// The longest text, by its length, and its field.
    longest: Option<(usize, String)>,
}

impl Search<'_> {
    fn look(&mut self, object: &Object<'_>, above: &str, depth: usize) {
        for (name, value) in &object.fields {
            self.seen += 1;
            if self.seen > MOST_FIELDS {
                return;
            }
            // A name with a full stop in it cannot be named to --map.
            if name.is_empty() || name.contains(['.', '=']) {
                continue;
            }
            let path = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            self.field(name, &path, value);
            if depth < DEEPEST
                && value.get().starts_with('{')
                && let Ok(inner) = Object::parse(value.get())
            {
                self.look(&inner, &path, depth + 1);
            }
        }
    }

    fn field(&mut self, name: &str, path: &str, value: &RawValue) {
        let printed = value.get();
        if printed.starts_with('{') {
            return;
        }
        if self.lacks(FieldRole::Body) && printed.len() >= SHORTEST_TEXT {
            let text = values::body_of(value).filter(|text| is_prose(text));
            let length = text.map_or(0, |text| text.len());
            if length > self.longest.as_ref().map_or(0, |(longest, _)| *longest) {
                self.longest = Some((length, path.to_owned()));
            }
        }
        if printed.len() > LONGEST_VALUE || is_known(name) {
            return;
        }
        let lower = name.to_lowercase();
        if self.lacks(FieldRole::Published) && may_be_date(&lower, value) {
            self.note(FieldRole::Published, path);
        }
        if self.lacks(FieldRole::Author) && may_be_author(&lower, value) {
            self.note(FieldRole::Author, path);
        }
    }

    fn lacks(&self, role: FieldRole) -> bool {
        self.lacking.contains(&role)
    }

    fn note(&mut self, role: FieldRole, path: &str) {
        if self.notes.iter().filter(|(known, _)| *known == role).count() < MOST_NAMED {
            self.notes.push((role, path.to_owned()));
        }
    }
}

/// Whether a field is known for something, whatever that is: what is wrong with its value is said of that.
fn is_known(name: &str) -> bool {
    FieldRole::of_field(name).is_some()
}

fn holds(name: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| name.contains(part))
}

/// Whether a value reads as a date: one with a year or a word in it, or a bare number under the name of one.
fn may_be_date(name: &str, value: &RawValue) -> bool {
    if holds(name, OTHER_DATES) {
        return false;
    }
    let Some(text) = values::text_of(value, " ") else { return false };
    let text = text.trim();
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    let has_year = text.as_bytes().windows(4).any(|year| {
        year.iter().all(u8::is_ascii_digit) && (year.starts_with(b"1") || year.starts_with(b"20"))
    });
    let is_likely = holds(name, DATES) || !is_number && has_year;
    is_likely && dates::is_date(text)
}

/// Whether a value under the name of an author is the name of somebody.
fn may_be_author(name: &str, value: &RawValue) -> bool {
    if !holds(name, AUTHORS) || holds(name, OF_AUTHORS) {
        return false;
    }
    let Some(text) = values::text_of(value, ", ") else { return false };
    let words = text.split_whitespace().count();
    let is_name = |mark: char| mark.is_alphabetic() || matches!(mark, ' ' | '.' | ',' | '-' | '\'' | '’');
    (1..=10).contains(&words) && text.chars().all(is_name) && text.chars().any(char::is_alphabetic)
}

fn is_prose(text: &str) -> bool {
    text.chars().take(SHORTEST_TEXT).count() == SHORTEST_TEXT
        && text.split_whitespace().take(FEWEST_WORDS).count() == FEWEST_WORDS
        && text.matches(['.', '!', '?', '…']).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str, lacking: &[FieldRole]) -> Vec<String> {
        let object = Object::parse(json).expect("is an object");
        not_understood(&object, lacking).iter().map(FieldNote::option).collect()
    }

    #[test]
    fn what_looks_like_what_is_missing_is_named() {
        use FieldRole::{Author, Body, Published};
        let text = "The mayor said that the old bridge would be closed for a year. ".repeat(5);
        for (json, expected) in [
            (
                r#"{"erschienen": "20 September 2016", "id": 7}"#.to_owned(),
                vec!["--map published=erschienen"],
            ),
            (r#"{"meta": {"posted_on": 1474366500}}"#.to_owned(), vec!["--map published=meta.posted_on"]),
            (
                r#"{"article_author": "Ann Lee", "author_id": "x"}"#.to_owned(),
                vec!["--map author=article_author"],
            ),
            (format!(r#"{{"artikel": "{text}", "short": "{}"}}"#, &text[..250]), vec!["--map body=artikel"]),
            (format!(r#"{{"parts": {{"all": ["{text}"]}}}}"#), vec!["--map body=parts.all"]),
        ] {
            assert_eq!(found(&json, &[Published, Author, Body]), expected, "{json}");
        }
    }

    #[test]
    fn what_only_might_be_is_not() {
        use FieldRole::{Author, Body, Published};
        for json in [
            r#"{"last_modified": "2016-09-20"}"#,
            r#"{"doc": 1474366500}"#,
            r#"{"phone": "20-16-09"}"#,
            r#"{"author_url": "Ann Lee", "editor": 7, "byline_count": "three"}"#,
            r#"{"note": "Short. It is. No text."}"#,
            r#"{"date": "some day"}"#,
        ] {
            assert_eq!(found(json, &[Published, Author, Body]), Vec::<String>::new(), "{json}");
        }
        assert_eq!(found(r#"{"erschienen": "20 September 2016"}"#, &[Author]), Vec::<String>::new());
    }
}
