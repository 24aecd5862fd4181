//! A JSON object → article: which of its fields is what.
//!
//! The text is kept character for character; NUL and an unpaired surrogate become U+FFFD, one for one.

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::article::Article;
use crate::read::evidence::Evidence;
use crate::read::fields::{FieldFault, FieldNote, FieldRole, language_code};
use crate::read::format::{Options, RawDocument, ReadArticle};
use crate::read::object::Object;
use crate::read::rejection::{Reason, shortened};
use crate::read::rejection_kind::RejectionKind;
use crate::read::repair::repair;
use crate::read::values::{self, text_of};
use crate::read::{authors, dates, decode, lookalike, markup, prose};

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
pub(crate) fn article(document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
    let mut doubts = Vec::new();
    let (text, encoding) = match std::str::from_utf8(&document.bytes) {
        Ok(text) => (Cow::Borrowed(text), "UTF-8"),
        // Another encoding, or UTF-8 in which some bytes were damaged.
        Err(_) => {
            let decoded = decode::text_in(&document.bytes);
            let lossy = |_| (String::from_utf8_lossy(&document.bytes).into_owned(), "UTF-8");
            let (text, encoding) = decoded.unwrap_or_else(lossy);
            if text.contains('\u{FFFD}') {
                doubts.push(format!("{} bytes are no UTF-8", decode::invalid_utf8(&document.bytes)));
            }
            (Cow::Owned(text), encoding)
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
    let record = Record { has_references: true, ..Record::new(object, options) };
    let mut reading = reading(record, document, doubts)?;
    reading.evidence.encoding = options.evidence.then_some(encoding);
    Ok(reading)
}

/// Reads the fields of a record that was no JSON in its file.
pub(crate) fn article_of(
    fields: &serde_json::Map<String, Value>,
    document: &RawDocument,
    options: &Options,
) -> Result<ReadArticle, Reason> {
    let text = serde_json::to_string(fields).map_err(|error| error.to_string())?;
    let object = Object::parse(&text).map_err(|error| not_json(&text, &error))?;
    reading(Record::new(object, options), document, Vec::new())
}

/// What a record says of an article beside its text, and what of that cannot be read.
pub(crate) fn said(
    fields: &serde_json::Map<String, Value>,
    options: &Options,
    evidence: &mut Evidence,
) -> (Article, Vec<String>) {
    let text = serde_json::to_string(fields).unwrap_or_default();
    let Ok(object) = Object::parse(&text) else { return Default::default() };
    let record = Record::new(object, options);
    // What the caller names and it lacks is no fault of it; what it has is met.
    record.missing();
    record.said(evidence)
}

/// Makes an article of a record.
fn reading(
    record: Record<'_>,
    document: &RawDocument,
    mut doubts: Vec<String>,
) -> Result<ReadArticle, Reason> {
    let mut evidence = Evidence::default();
    let mut fields = record.missing();
    let (body, is_whole) = match record.body(&mut evidence) {
        Some(body) => (body, true),
        None => match record.summary(&mut evidence) {
            Some(summary) => (summary, false),
            None => return Err(record.without_text(fields)),
        },
    };
    if !is_whole {
        doubts.push("there is no text but a summary, which is taken for it".to_owned());
    }
    let (said, unread) = record.said(&mut evidence);
    doubts.extend(unread);
    let article = Article {
        body,
        source: document.source.clone(),
        whole_file: document.line.is_none(),
        is_summary: !is_whole,
        ..said
    };
    let lacking = [
        (FieldRole::Body, !is_whole),
        (FieldRole::Published, article.published_at.is_none()),
        (FieldRole::Author, article.author.is_none()),
    ];
    fields.extend(record.not_understood(lacking));
    let evidence = evidence.of(document.format.name());
    Ok(ReadArticle { article, doubts, fields, evidence, ..ReadArticle::default() })
}

/// Whether an object holds the text of an article.
pub(crate) fn has_text(object: &Object<'_>, options: &Options) -> bool {
    let fields = object.fields.clone();
    Record::new(Object { fields }, options).body(&mut Evidence::default()).is_some()
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
pub(crate) fn why_no_object(bytes: &[u8]) -> Reason {
    let text = String::from_utf8_lossy(bytes);
    match Object::parse(&text) {
        Ok(_) => {
            let words = "it is not valid JSON: more follows where it should end";
            Reason::new(RejectionKind::BrokenJson, words)
        }
        Err(error) => not_json(&text, &error),
    }
}

/// An object, and those inside it that hold its article.
struct Record<'a> {
    /// The object itself first.
    objects: Vec<Object<'a>>,
    /// For each of them, in which of the others it lies, and in which field of that.
    wrapped: Vec<Option<(usize, usize)>>,
    options: &'a Options,
    /// Whether headlines and names may print characters as references, as services do, with or without tags.
    has_references: bool,
}

/// A value that may be the one of a role.
struct Candidate<'r, 'a> {
    /// The object that it stands in, and the name of its field; none where the caller named it.
    place: Option<(usize, &'r str)>,
    value: &'a RawValue,
}

impl<'a> Record<'a> {
    fn new(object: Object<'a>, options: &'a Options) -> Self {
        let (mut objects, mut wrapped) = (vec![object], vec![None]);
        let mut from = 0;
        for _ in 0..DEEPEST_WRAPPER {
            let level = from..objects.len();
            from = objects.len();
            for at in level {
                let fields = &objects[at].fields;
                let found = WRAPPERS.iter().filter_map(|name| objects[at].position(name));
                let inner: Vec<_> = found
                    .filter_map(|field| Some((field, Object::parse(fields[field].1.get()).ok()?)))
                    .collect();
                wrapped.extend(inner.iter().map(|(field, _)| Some((at, *field))));
                objects.extend(inner.into_iter().map(|(_, object)| object));
            }
        }
        Record { objects, wrapped, options, has_references: false }
    }

    /// What it says of the article beside its text, and what of that cannot be read.
    fn said(&self, evidence: &mut Evidence) -> (Article, Vec<String>) {
        let mut doubts = Vec::new();
        let mut published_at = None;
        if let Some(date) = self.text(FieldRole::Published, evidence) {
            published_at = dates::parse_in(&date, self.options.date_order);
            if published_at.is_none() {
                doubts.push(dates::doubt(&date));
            }
        }
        let article = Article {
            external_id: self.text(FieldRole::Id, evidence),
            title: self.text(FieldRole::Title, evidence),
            author: self.text(FieldRole::Author, evidence).and_then(|author| authors::joined(&author)),
            publisher: self.text(FieldRole::Publisher, evidence),
            published_at,
            url: self.text(FieldRole::Url, evidence),
            language: self.text(FieldRole::Language, evidence).and_then(|language| language_code(&language)),
            ..Article::default()
        };
        (article, doubts)
    }

    /// The values that may be the one of this role, the likeliest first.
    fn candidates(&self, role: FieldRole) -> Vec<Candidate<'_, 'a>> {
        let mapped = self.options.map.path(role).map(|path| self.at(path));
        // A text that the caller looks for elsewhere is not to be taken from anywhere; of all else a name that no field has says
        // nothing, and the usual ones hold.
        if let Some(mapped) = mapped.filter(|mapped| mapped.is_some() || role == FieldRole::Body) {
            return mapped.into_iter().map(|value| Candidate { place: None, value }).collect();
        }
        self.named(role.usual_fields())
    }

    /// The values of the fields that go by these names, those of the object itself first.
    fn named(&self, names: &[&str]) -> Vec<Candidate<'_, 'a>> {
        let in_object = |(at, object): (usize, &'_ Object<'a>)| -> Vec<(usize, usize)> {
            names.iter().filter_map(|name| object.position(name)).map(|field| (at, field)).collect()
        };
        let found = self.objects.iter().enumerate().flat_map(in_object);
        let candidate = |(at, field): (usize, usize)| {
            let (name, value) = &self.objects[at].fields[field];
            Candidate { place: Some((at, name.as_str())), value }
        };
        found.map(candidate).collect()
    }

    /// Where a value stands, as --map would name it.
    fn path(&self, role: FieldRole, candidate: &Candidate<'_, 'a>) -> String {
        let Some((at, name)) = candidate.place else {
            return self.options.map.path(role).map(|path| path.join(".")).unwrap_or_default();
        };
        let mut path = name.to_owned();
        let mut above = self.wrapped[at];
        while let Some((at, field)) = above {
            path = format!("{}.{path}", self.objects[at].fields[field].0);
            above = self.wrapped[at];
        }
        path
    }

    /// Notes a value that was looked at, where somebody asks.
    fn note(
        &self,
        evidence: &mut Evidence,
        role: FieldRole,
        found: (&Candidate<'_, 'a>, &str),
        is_taken: bool,
    ) {
        if self.options.evidence {
            evidence.find(role, self.path(role, found.0), found.1, is_taken);
        }
    }

    /// What the caller's map names and the record lacks. What it has is noted as met.
    fn missing(&self) -> Vec<FieldNote> {
        let mut missing = Vec::new();
        for role in FieldRole::ALL {
            let Some(path) = self.options.map.path(role) else { continue };
            match self.at(path) {
                Some(_) => self.options.map.meet(role),
                None => missing.push(FieldNote { role, field: path.join("."), fault: FieldFault::Missing }),
            }
        }
        missing
    }

    /// The fields that look like what the record lacks and the caller has not named.
    fn not_understood(&self, lacking: impl IntoIterator<Item = (FieldRole, bool)>) -> Vec<FieldNote> {
        let lacking =
            lacking.into_iter().filter(|(role, is_lacking)| *is_lacking && !self.options.map.names(*role));
        let lacking: Vec<FieldRole> = lacking.map(|(role, _)| role).collect();
        self.objects.first().map(|object| lookalike::not_understood(object, &lacking)).unwrap_or_default()
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
    fn text(&self, role: FieldRole, evidence: &mut Evidence) -> Option<String> {
        let between = if role == FieldRole::Title { " " } else { ", " };
        let is_line = self.has_references
            && matches!(role, FieldRole::Title | FieldRole::Author | FieldRole::Publisher);
        let mut taken = None;
        for candidate in self.candidates(role) {
            let Some(text) = text_of(candidate.value, between) else { continue };
            let is_markup = is_line && text.contains('&') || prose::is_html(&text);
            let text = if is_markup { prose::line_of(&text) } else { text };
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            self.note(evidence, role, (&candidate, text), taken.is_none());
            if taken.is_none() {
                taken = Some(text.to_owned());
            }
            if !self.options.evidence {
                break;
            }
        }
        taken
    }

    /// The body: of several texts the longest real one.
    fn body(&self, evidence: &mut Evidence) -> Option<String> {
        let mut best: Option<((bool, usize), String)> = None;
        let (mut found, mut taken) = (Vec::new(), 0);
        for candidate in self.candidates(FieldRole::Body) {
            let Some(text) = values::body_of(candidate.value) else { continue };
            // What is HTML is read as that.
            let text = if prose::is_html(&text) { markup::fragment_text(&text) } else { text };
            if text.trim().is_empty() {
                continue;
            }
            let worth = (!is_tokenized(&text), text.chars().filter(|mark| mark.is_alphanumeric()).count());
            let is_best = best.as_ref().is_none_or(|(best, _)| worth > *best);
            if is_best {
                taken = found.len();
            }
            if self.options.evidence {
                found.push((candidate, text.clone()));
            }
            if is_best {
                best = Some((worth, text));
            }
        }
        for (at, (candidate, text)) in found.iter().enumerate() {
            self.note(evidence, FieldRole::Body, (candidate, text), at == taken);
        }
        best.map(|(_, text)| text).or_else(|| self.of_parts(evidence))
    }

    /// The text of a record that keeps it in a list of parts, in the record or one level down. What has no headline is no
    /// article but a list of some, and short words in a list are names: of sections, say.
    fn of_parts(&self, evidence: &mut Evidence) -> Option<String> {
        let has_title = || self.text(FieldRole::Title, &mut Evidence::default()).is_some();
        if self.options.map.names(FieldRole::Body) || !has_title() {
            return None;
        }
        let place = |candidate: &Candidate<'_, 'a>| self.path(FieldRole::Body, candidate);
        let own = self.named(PART_LISTS).into_iter().map(|found| (place(&found), found.value));
        let mut lists: Vec<(String, &RawValue)> = own.collect();
        for (name, value) in &self.objects.first()?.fields {
            let Ok(inner) = Object::parse(value.get()) else { continue };
            let found = PART_LISTS.iter().filter_map(|list| inner.position(list));
            lists.extend(found.map(|at| (format!("{name}.{}", inner.fields[at].0), inner.fields[at].1)));
        }
        let lists = lists.into_iter().filter(|(_, value)| value.get().starts_with('['));
        let texts = lists.filter_map(|(place, value)| Some((place, values::body_of(value)?)));
        let texts = texts.map(|(place, text)| {
            (place, if prose::is_html(&text) { markup::fragment_text(&text) } else { text })
        });
        let is_text = |(_, text): &(String, String)| {
            text.len() >= SHORTEST_PARTS && text.contains(['.', '!', '?', '…'])
        };
        let longest =
            texts.filter(is_text).reduce(|one, other| if other.1.len() > one.1.len() { other } else { one });
        let (place, text) = longest?;
        if self.options.evidence {
            evidence.find(FieldRole::Body, place, &text, true);
        }
        Some(text)
    }

    /// What a record that has no body says in short; of a picture that is its caption.
    fn summary(&self, evidence: &mut Evidence) -> Option<String> {
        if self.options.map.names(FieldRole::Body) {
            return None;
        }
        let texts = self.named(SUMMARIES).into_iter().filter_map(|candidate| {
            let text = values::longest_of(candidate.value)?;
            let text = if prose::is_html(&text) { markup::fragment_text(&text) } else { text };
            (!text.trim().is_empty()).then_some((candidate, text))
        });
        let (candidate, text) =
            texts.reduce(|one, other| if other.1.len() > one.1.len() { other } else { one })?;
        self.note(evidence, FieldRole::Body, (&candidate, &text), true);
        Some(text)
    }

    /// Why a record without a body is rejected.
    fn without_text(&self, mut notes: Vec<FieldNote>) -> Reason {
        notes.extend(self.not_understood([(FieldRole::Body, true)]));
        let words = self.without_text_in_words(&notes);
        Reason { fields: notes, ..Reason::new(RejectionKind::NoText, words) }
    }

    fn without_text_in_words(&self, notes: &[FieldNote]) -> String {
        if let Some(path) = self.options.map.path(FieldRole::Body) {
            return format!("its field {} holds no text", path.join("."));
        }
        let is_text = |note: &&FieldNote| note.fault == FieldFault::NotUnderstood;
        if let Some(note) = notes.iter().find(is_text) {
            return format!(
                "it has no field with a text, only {}, which looks like one: {}",
                note.field,
                note.option()
            );
        }
        let fields = self.objects.first().map(|object| object.fields.as_slice()).unwrap_or_default();
        if let Some((name, _)) = fields.iter().find(|(name, _)| FieldRole::Body.goes_by(name)) {
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

/// Whether a text was cut into words and joined again by spaces, which some archives keep as a second
/// copy: `he said , `` no . ''`.
fn is_tokenized(text: &str) -> bool {
    let marks = text.matches([',', '.']).count();
    let apart = text.matches(" ,").count() + text.matches(" .").count();
    marks >= 3 && apart * 2 > marks
}

/// Why a record is rejected that is no JSON.
fn not_json(text: &str, error: &serde_json::Error) -> Reason {
    if error.is_data() && !text.trim_start().starts_with('{') {
        return Reason::new(RejectionKind::NoText, "it is no JSON object");
    }
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or(&message);
    let byte = offset(text, error);
    let words = format!("it is not valid JSON: {what} (byte {byte})");
    Reason::new(RejectionKind::BrokenJson, words).at_byte(byte as u64)
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

    fn reading(json: &str, map: &[&str]) -> Result<ReadArticle, Reason> {
        let map = Map::parse(map.iter().copied()).expect("is a map");
        let document = RawDocument {
            source: "a.jsonl".into(),
            line: Some(1),
            bytes: json.into(),
            format: &Json,
            address: None,
            doubts: Vec::new(),
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
            is_summary: false,
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
        assert_eq!(reading.doubts, Vec::<String>::new());
        assert_eq!(
            reading.fields.iter().map(FieldNote::option).collect::<Vec<_>>(),
            ["--map published=datum"]
        );
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
        assert_eq!(reason.words, "its field parts.none holds no text");
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
            assert_eq!(reading(json, &[]).expect_err(json).words, reason);
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
