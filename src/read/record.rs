//! A JSON object → article: which of its fields is what.
//!
//! The text is kept character for character; NUL and an unpaired surrogate become U+FFFD, one for one.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::article::Article;
use crate::read::fields::{FieldRole, language_code, same_name};
use crate::read::format::{Options, RawDocument, ReadArticle};
use crate::read::rejection::shortened;
use crate::read::repair::repair;
use crate::read::values::{self, text_of};
use crate::read::{authors, dates, decode, markup, prose};

/// The fields of an object in the order given, their values unread.
pub(crate) struct Object<'a> {
    /// Name and value.
    pub(crate) fields: Vec<(String, &'a RawValue)>,
}

impl<'a> Object<'a> {
    /// Reads an object; the error says what is wrong with the JSON, and where.
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.fields.iter().find(|(field, _)| same_name(field, name)).map(|(_, value)| *value)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object { fields })
            }
        }
        deserializer.deserialize_map(Fields)
    }
}

/// Fields that wrap the article itself, as search engines and services give it.
const WRAPPERS: &[&str] = &[
    "_source",
    "fields",
    "article",
    "item",
    "data",
    "attributes",
    "document",
    "response",
    "content",
    "result",
    "post",
];

/// How deep wrappers may lie in each other: `response.content.fields`.
const DEEPEST_WRAPPER: usize = 3;

/// Fields that hold the parts of a text in their order.
const PART_LISTS: &[&str] =
    &["sections", "blocks", "paragraphs", "body_blocks", "content_blocks", "text_blocks", "components"];

/// Shorter parts together are no text, in bytes.
const SHORTEST_PARTS: usize = 40;

/// Fields that hold the beginning or the gist of a text, which stands for it where a record has no more.
const SUMMARIES: &[&str] = &[
    "lead_paragraph",
    "abstract",
    "summary",
    "description",
    "snippet",
    "excerpt",
    "standfirst",
    "trail_text",
    "lead",
    "description_text",
    "description_xhtml",
    "descriptions",
];

/// Reads one record; the error is the reason for its rejection.
pub(crate) fn article(document: &RawDocument, options: &Options) -> Result<ReadArticle, String> {
    let mut doubts = Vec::new();
    let text = match std::str::from_utf8(&document.bytes) {
        Ok(text) => Cow::Borrowed(text),
        // Another encoding, or UTF-8 in which some bytes were damaged.
        Err(_) => {
            let decoded = decode::text(&document.bytes);
            let text = decoded.unwrap_or_else(|_| String::from_utf8_lossy(&document.bytes).into_owned());
            if text.contains('\u{FFFD}') {
                doubts.push(format!("{} bytes are no UTF-8", decode::invalid_utf8(&document.bytes)));
            }
            Cow::Owned(text)
        }
    };
    let repaired;
    let object = match Object::parse(&text) {
        Ok(object) => object,
        Err(error) => {
            repaired = repair(&text);
            Object::parse(&repaired).map_err(|_| not_json(&text, &error))?
        }
    };
    reading(Record { has_references: true, ..Record::new(object, options) }, document, doubts)
}

/// Reads the fields of a record that was no JSON in its file.
pub(crate) fn article_of(
    fields: &serde_json::Map<String, Value>,
    document: &RawDocument,
    options: &Options,
) -> Result<ReadArticle, String> {
    let text = serde_json::to_string(fields).map_err(|error| error.to_string())?;
    let object = Object::parse(&text).map_err(|error| not_json(&text, &error))?;
    reading(Record::new(object, options), document, Vec::new())
}

/// What a record says of an article beside its text, and what of that cannot be read.
pub(crate) fn said(fields: &serde_json::Map<String, Value>, options: &Options) -> (Article, Vec<String>) {
    let text = serde_json::to_string(fields).unwrap_or_default();
    Object::parse(&text).map(|object| Record::new(object, options).said()).unwrap_or_default()
}

/// Makes an article of a record.
fn reading(
    record: Record<'_>,
    document: &RawDocument,
    mut doubts: Vec<String>,
) -> Result<ReadArticle, String> {
    let body = match (record.body(), record.summary()) {
        (Some(body), _) => body,
        (None, Some(summary)) => {
            doubts.push("there is no text but a summary, which is taken for it".to_owned());
            summary
        }
        (None, None) => return Err(record.without_text()),
    };
    doubts.extend(record.unmet());
    let (said, unread) = record.said();
    doubts.extend(unread);
    let article =
        Article { body, source: document.source.clone(), whole_file: document.line.is_none(), ..said };
    Ok(ReadArticle { article, doubts })
}

/// Whether an object holds the text of an article.
pub(crate) fn has_text(object: &Object<'_>, options: &Options) -> bool {
    let fields = object.fields.clone();
    Record::new(Object { fields }, options).body().is_some()
}

/// Whether bytes are an object, and then, whether it holds the text of an article.
pub(crate) fn has_article(bytes: &[u8], options: &Options) -> Option<bool> {
    let text = String::from_utf8_lossy(bytes);
    if let Ok(object) = Object::parse(&text) {
        return Some(has_text(&object, options));
    }
    Object::parse(&repair(&text)).ok().map(|object| has_text(&object, options))
}

/// Whether an object has a headline, as articles of which only that is known, but no tags or pictures have.
pub(crate) fn has_headline(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    Object::parse(&text)
        .is_ok_and(|object| ["title", "headline", "web_title"].iter().any(|name| object.get(name).is_some()))
}

/// Why bytes are no object.
pub(crate) fn why_no_object(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    match Object::parse(&text) {
        Ok(_) => "it is not valid JSON: more follows where it should end".to_owned(),
        Err(error) => not_json(&text, &error),
    }
}

/// An object, and those inside it that hold its article.
struct Record<'a> {
    /// The object itself first.
    objects: Vec<Object<'a>>,
    options: &'a Options,
    /// Whether headlines and names may print characters as references, as services do, with or without tags.
    has_references: bool,
}

impl<'a> Record<'a> {
    fn new(object: Object<'a>, options: &'a Options) -> Self {
        let mut objects = vec![object];
        let mut from = 0;
        for _ in 0..DEEPEST_WRAPPER {
            let level = from..objects.len();
            from = objects.len();
            for at in level {
                let wrapped = WRAPPERS.iter().filter_map(|name| objects[at].get(name));
                let inner: Vec<_> = wrapped.filter_map(|value| Object::parse(value.get()).ok()).collect();
                objects.extend(inner);
            }
        }
        Record { objects, options, has_references: false }
    }

    /// What it says of the article beside its text, and what of that cannot be read.
    fn said(&self) -> (Article, Vec<String>) {
        let mut doubts = Vec::new();
        let mut published_at = None;
        if let Some(date) = self.text(FieldRole::Published) {
            published_at = dates::parse_in(&date, self.options.date_order);
            if published_at.is_none() {
                doubts.push(dates::doubt(&date));
            }
        }
        let article = Article {
            external_id: self.text(FieldRole::Id),
            title: self.text(FieldRole::Title),
            author: self.text(FieldRole::Author).and_then(|author| authors::joined(&author)),
            publisher: self.text(FieldRole::Publisher),
            published_at,
            url: self.text(FieldRole::Url),
            language: self.text(FieldRole::Language).and_then(|language| language_code(&language)),
            ..Article::default()
        };
        (article, doubts)
    }

    /// The values that may be the one of this role, the likeliest first.
    fn candidates(&self, role: FieldRole) -> Vec<&'a RawValue> {
        let mapped = self.options.map.path(role).map(|path| self.at(path));
        // A text that the caller looks for elsewhere is not to be taken from anywhere; of all else a name that no field has says
        // nothing, and the usual ones hold.
        if let Some(mapped) = mapped.filter(|mapped| mapped.is_some() || role == FieldRole::Body) {
            return mapped.into_iter().collect();
        }
        let in_object =
            |object: &Object<'a>| role.usual_fields().iter().filter_map(|name| object.get(name)).collect();
        self.objects.iter().flat_map::<Vec<_>, _>(in_object).collect()
    }

    /// What the caller's map names and the record lacks.
    fn unmet(&self) -> impl Iterator<Item = String> {
        let paths = FieldRole::ALL.into_iter().filter_map(|role| Some((role, self.options.map.path(role)?)));
        paths.filter(|(_, path)| self.at(path).is_none()).map(|(role, path)| {
            format!("it has no field {}, which --map names for {}", path.join("."), role.name())
        })
    }

    /// The value that a path leads to.
    fn at(&self, path: &[String]) -> Option<&'a RawValue> {
        let (first, rest) = path.split_first()?;
        let named = |object: &Object<'a>, name: &str| {
            object.fields.iter().find(|(field, _)| field == name).map(|(_, value)| *value)
        };
        let mut value = named(self.objects.first()?, first)?;
        for name in rest {
            value = named(&Object::parse(value.get()).ok()?, name)?;
        }
        Some(value)
    }

    /// The text of a field that is not the body, without the white space around it; none if it is blank.
    fn text(&self, role: FieldRole) -> Option<String> {
        let between = if role == FieldRole::Title { " " } else { ", " };
        let texts = self.candidates(role).into_iter().filter_map(|value| text_of(value, between));
        let is_line = self.has_references
            && matches!(role, FieldRole::Title | FieldRole::Author | FieldRole::Publisher);
        let in_one_line = |text: &str| is_line && text.contains('&') || prose::is_html(text);
        let texts = texts.map(|text| if in_one_line(&text) { prose::line_of(&text) } else { text });
        let mut trimmed = texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        trimmed.next()
    }

    /// The body: of several texts the longest real one.
    fn body(&self) -> Option<String> {
        let texts = self.candidates(FieldRole::Body).into_iter().filter_map(values::body_of);
        // What is HTML is read as that.
        let texts = texts.map(|text| if prose::is_html(&text) { markup::fragment_text(&text) } else { text });
        let mut best: Option<((bool, usize), String)> = None;
        for text in texts.filter(|text| !text.trim().is_empty()) {
            let worth = (!is_tokenized(&text), text.chars().filter(|mark| mark.is_alphanumeric()).count());
            if best.as_ref().is_none_or(|(best, _)| worth > *best) {
                best = Some((worth, text));
            }
        }
        best.map(|(_, text)| text).or_else(|| self.of_parts())
    }

    /// The text of a record that keeps it in a list of parts, in the record or one level down. What has no headline is no
    /// article but a list of some, and short words in a list are names: of sections, say.
    fn of_parts(&self) -> Option<String> {
        if self.options.map.names(FieldRole::Body) || self.text(FieldRole::Title).is_none() {
            return None;
        }
        let first = self.objects.first()?;
        let inner: Vec<Object<'a>> =
            first.fields.iter().filter_map(|(_, value)| Object::parse(value.get()).ok()).collect();
        let objects = self.objects.iter().chain(&inner);
        let lists = objects.flat_map(|object| PART_LISTS.iter().filter_map(|name| object.get(name)));
        let texts = lists.filter(|value| value.get().starts_with('[')).filter_map(values::body_of);
        let texts = texts.map(|text| if prose::is_html(&text) { markup::fragment_text(&text) } else { text });
        let texts = texts.filter(|text| text.len() >= SHORTEST_PARTS && text.contains(['.', '!', '?', '…']));
        texts.reduce(|one, other| if other.len() > one.len() { other } else { one })
    }

    /// What a record that has no body says in short; of a picture that is its caption.
    fn summary(&self) -> Option<String> {
        if self.options.map.names(FieldRole::Body) {
            return None;
        }
        let of_object = |object: &Object<'a>| -> Vec<&'a RawValue> {
            SUMMARIES.iter().filter_map(|name| object.get(name)).collect()
        };
        let texts = self.objects.iter().flat_map(of_object).filter_map(values::longest_of);
        let texts = texts.map(|text| if prose::is_html(&text) { markup::fragment_text(&text) } else { text });
        let texts = texts.filter(|text| !text.trim().is_empty());
        texts.reduce(|one, other| if other.len() > one.len() { other } else { one })
    }

    /// Why a record without a body is rejected.
    fn without_text(&self) -> String {
        if let Some(path) = self.options.map.path(FieldRole::Body) {
            return format!("its field {} holds no text", path.join("."));
        }
        let fields = self.objects.first().map(|object| object.fields.as_slice()).unwrap_or_default();
        if let Some((name, _)) = fields.iter().find(|(name, _)| is_body_name(name)) {
            return format!("its field {name} holds no text");
        }
        let mut names: Vec<_> = fields.iter().take(12).map(|(name, _)| shortened(name)).collect();
        if fields.len() > names.len() {
            names.push("…".into());
        }
        match names.as_slice() {
            [] => "it has no fields".to_owned(),
            names => format!(
                "it has no field with a text, only {}; name one with --map body=FIELD",
                names.join(", ")
            ),
        }
    }
}

fn is_body_name(name: &str) -> bool {
    FieldRole::Body.usual_fields().iter().any(|field| same_name(field, name))
}

/// Whether a text was cut into words and joined again by spaces, which some archives keep as a second
/// copy: `he said , `` no . ''`.
fn is_tokenized(text: &str) -> bool {
    let marks = text.matches([',', '.']).count();
    let apart = text.matches(" ,").count() + text.matches(" .").count();
    marks >= 3 && apart * 2 > marks
}

/// Why a record is rejected that is no JSON.
fn not_json(text: &str, error: &serde_json::Error) -> String {
    if error.is_data() && !text.trim_start().starts_with('{') {
        return "it is no JSON object".to_owned();
    }
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    format!("it is not valid JSON: {what} (byte {})", offset(text, error))
}

/// Where in `text` an error is, in bytes counted from 1.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    before + error.column()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fields::Map;
    use crate::read::json::Json;

    fn reading(json: &str, map: &[&str]) -> Result<ReadArticle, String> {
        let map = Map::parse(map.iter().copied()).expect("is a map");
        let document = RawDocument {
            source: "a.jsonl".into(),
            line: Some(1),
            bytes: json.into(),
            format: &Json,
            address: None,
        };
        article(&document, &Options { map, ..Options::default() })
    }

    fn read(json: &str) -> Article {
        reading(json, &[]).expect("is an article").article
    }

    #[test]
    fn fields_are_known_by_the_names_that_archives_use() {
        let article = read(
            r#"{"uuid": 12345678901234567890123, "headline": {"main": "Mayor resigns"}, "maintext": "She left.",
                "datePublished": "2016-09-20T10:15:00+02:00", "authors": [{"name": "Ann Lee"}, "Leo Brandt"],
                "source": {"id": "x", "name": "The Courier"}, "link": "https://example.org/1", "lang": "en-GB",
                "mood": "calm"}"#,
        );
        let expected = Article {
            external_id: Some("12345678901234567890123".into()),
            title: Some("Mayor resigns".into()),
            body: "She left.".into(),
            author: Some("Ann Lee, Leo Brandt".into()),
            publisher: Some("The Courier".into()),
            published_at: Some("2016-09-20T08:15:00Z".into()),
            url: Some("https://example.org/1".into()),
            language: Some("en".into()),
            source: "a.jsonl".into(),
            whole_file: false,
        };
        assert_eq!(article, expected);
    }

    #[test]
    fn a_map_that_meets_nothing_is_said_and_takes_nothing_away() {
        let json =
            r#"{"text": "She left.", "date": "2016-09-20", "headline": "Fair &amp; f&#234;te <i>off</i>"}"#;
        let reading = reading(json, &["published=datum"]).expect("is an article");
        assert_eq!(reading.article.published_at.as_deref(), Some("2016-09-20"));
        assert_eq!(reading.article.title.as_deref(), Some("Fair & fête off"));
        assert_eq!(reading.doubts, ["it has no field datum, which --map names for published"]);
    }

    #[test]
    fn the_body_is_kept_character_for_character() {
        for (json, body) in [
            (r#"{"text": "  a\r\n\tb \u00e9 é "}"#, "  a\r\n\tb é é "),
            (r#"{"text": "a\u0000b"}"#, "a\u{FFFD}b"),
            (r#"{"text": "a\ud800b"}"#, "a\u{FFFD}b"),
            (r#"{"text": "a\udc00\ud83d\ude00\ud83d"}"#, "a\u{FFFD}😀\u{FFFD}"),
            (r#"{"text": "a\\ud800 \ud800"}"#, "a\\ud800 \u{FFFD}"),
            (r#"{"text": "a\\\ud800\\"}"#, "a\\\u{FFFD}\\"),
            (r#"{"text": "a\"\ud800\" \u00e9"}"#, "a\"\u{FFFD}\" é"),
            ("{\"text\": \"a\tb\u{1}\"}", "a\tb\u{1}"),
        ] {
            assert_eq!(read(json).body, body, "{json}");
        }
    }

    #[test]
    fn of_two_texts_the_longer_real_one_is_the_body() {
        let tokenized = "Well , she said , `` no . '' He left , too .";
        let json =
            format!(r#"{{"content": "{tokenized}", "content_original": "Well, she said, no. He left."}}"#);
        assert_eq!(read(&json).body, "Well, she said, no. He left.");
        assert_eq!(read(r#"{"text": "Short.", "content": "A longer text."}"#).body, "A longer text.");
    }

    #[test]
    fn a_map_overrides_the_usual_names() {
        let json = r#"{"text": "A longer text than that.", "parts": {"plain": "That."}}"#;
        let article = reading(json, &["body=parts.plain"]).expect("is an article").article;
        assert_eq!(article.body, "That.");
        let reason = reading(json, &["body=parts.none"]).expect_err("has no such field");
        assert_eq!(reason, "its field parts.none holds no text");
    }

    #[test]
    fn parts_of_a_text_are_put_together() {
        for json in [
            r#"{"title": "T", "sections": [{"text": "The pier is closed for a year."}, {"text": "It is old."}]}"#,
            r#"{"title": "T", "payload": {"blocks": [{"text": "The pier is closed for a year."}, {"text": "It is old."}]}}"#,
            r#"{"article": {"title": "T", "paragraphs": ["The pier is closed for a year.", "It is old."]}}"#,
        ] {
            assert_eq!(read(json).body, "The pier is closed for a year.\n\nIt is old.", "{json}");
        }
        for json in [
            r#"{"title": "T", "sections": ["Politics", "The Tidewell and its bridges, old and new"]}"#,
            r#"{"sections": [{"text": "The pier is closed for a year. It is old."}]}"#,
        ] {
            assert!(reading(json, &[]).is_err(), "{json}");
        }
    }

    #[test]
    fn a_wrapped_article_is_found() {
        let article = read(r#"{"_id": {"$oid": "5f"}, "_source": {"title": "T", "body": ["One.", "Two."]}}"#);
        assert_eq!(article.external_id.as_deref(), Some("5f"));
        assert_eq!(article.body, "One.\n\nTwo.");
    }

    #[test]
    fn a_record_without_text_is_rejected_with_its_fields() {
        for (json, reason) in [
            (
                r#"{"id": 1, "link": "u"}"#,
                "it has no field with a text, only id, link; name one with --map body=FIELD",
            ),
            (r#"{"id": 1, "text": " "}"#, "its field text holds no text"),
            (r#"{"id": 1, "text": null}"#, "its field text holds no text"),
            ("[1]", "it is no JSON object"),
            ("nonsense", "it is not valid JSON: expected ident (byte 2)"),
            (r#"{"text": "a"#, "it is not valid JSON: EOF while parsing a string (byte 11)"),
        ] {
            assert_eq!(reading(json, &[]).expect_err(json), reason);
        }
    }

    #[test]
    fn an_unreadable_date_costs_the_date_only() {
        let reading = reading(r#"{"text": "A.", "date": "some day"}"#, &[]).expect("is an article");
        assert_eq!(reading.article.published_at, None);
        assert_eq!(reading.doubts, ["the date “some day” cannot be read"]);
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let deep = format!(r#"{{"text": "A.", "tree": {}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
        assert_eq!(read(&deep).body, "A.");
        let deep = format!(r#"{{"text": {}{}}}"#, "[".repeat(200_000), "]".repeat(200_000));
        assert!(reading(&deep, &[]).is_err());
    }
}
