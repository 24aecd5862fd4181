//! A JSON value → the text that it stands for.

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::read::decode;
use crate::read::repair::repair;

/// The text that a value holds; those of a list are joined by `between`.
///
/// A number is given as printed. Of an object the part counts that such objects keep their text in.
pub(crate) fn text_of(value: &RawValue, between: &str) -> Option<String> {
    let printed = value.get();
    match printed.as_bytes().first()? {
        b'-' | b'0'..=b'9' => Some(printed.to_owned()),
        b'n' | b't' | b'f' => None,
        _ => text_in(&parsed(printed)?, between).map(decode::without_nul),
    }
}

/// The text of a body, whose parts may be lists of paragraphs in lists of sections.
pub(crate) fn body_of(value: &RawValue) -> Option<String> {
    let printed = value.get();
    if !printed.starts_with(['[', '{']) {
        return text_of(value, "\n\n");
    }
    let mut parts = Vec::new();
    add_parts(&parsed(printed)?, &mut parts);
    (!parts.is_empty()).then(|| decode::without_nul(parts.join("\n\n")))
}

/// The text of a value; of several forms or parts the longest.
pub(crate) fn longest_of(value: &RawValue) -> Option<String> {
    match parsed(value.get())? {
        Value::Array(items) => {
            let texts = items.iter().filter_map(|item| text_in(item.get("value").unwrap_or(item), "\n\n"));
            texts
                .reduce(|one, other| if other.len() > one.len() { other } else { one })
                .map(decode::without_nul)
        }
        Value::String(text) => Some(decode::without_nul(text)),
        _ => None,
    }
}

fn parsed(printed: &str) -> Option<Value> {
    serde_json::from_str(printed).or_else(|_| serde_json::from_str(&repair(printed))).ok()
}

/// The fields in which objects keep the text that they stand for, the likeliest first.
const TEXT_FIELDS: &[&str] = &[
    "name",
    "rendered",
    "main",
    "original",
    "text",
    "content",
    "body",
    "value",
    "title",
    "default",
    "$oid",
    "$date",
    "$numberLong",
    "$numberInt",
    "$numberDouble",
];

/// The fields in which objects keep the parts of a text, in the order in which they are read.
const PARTS: &[&str] =
    &["summary", "headline", "heading", "sections", "paragraphs", "blocks", "children", "items", "data"];

fn text_in(value: &Value, between: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) if is_one_of(items) => text_in(chosen(items)?, between),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().filter_map(|item| text_in(item, between)).collect();
            (!texts.is_empty()).then(|| texts.join(between))
        }
        Value::Object(fields) => TEXT_FIELDS.iter().find_map(|name| text_in(fields.get(*name)?, between)),
        Value::Null | Value::Bool(_) => None,
    }
}

/// The fields in which a part of a text keeps its heading.
const HEADINGS: &[&str] = &["headline", "heading", "subheading", "subtitle", "title", "header"];

/// Words for what parts show that is no text.
const PICTURES: &[&str] = &[
    "image",
    "picture",
    "photo",
    "video",
    "audio",
    "gallery",
    "embed",
    "advert",
    "related",
    "newsletter",
    "promo",
];

fn add_parts(value: &Value, parts: &mut Vec<String>) {
    add_parts_at(value, 0, parts);
}

/// Adds the parts of a value that lies `depth` lists deep in its field.
fn add_parts_at(value: &Value, depth: usize, parts: &mut Vec<String>) {
    let add_parts = |value: &Value, parts: &mut Vec<String>| add_parts_at(value, depth + 1, parts);
    match value {
        Value::Array(items) if is_one_of(items) => {
            chosen(items).into_iter().for_each(|item| add_parts(item, parts))
        }
        Value::Array(items) => items.iter().for_each(|item| add_parts(item, parts)),
        Value::Object(fields) if depth > 0 && is_picture(fields) => {}
        Value::Object(fields) => {
            let has_parts = PARTS
                .iter()
                .any(|name| fields.get(*name).is_some_and(|value| value.is_array() || value.is_object()));
            let heading = HEADINGS.iter().filter(|_| depth > 0).find_map(|name| fields.get(*name)?.as_str());
            if let Some(spans) = spans(fields) {
                parts.push(spans);
            } else if let Some(heading) = heading.filter(|heading| !heading.trim().is_empty()) {
                parts.push(heading.to_owned());
                let rest = fields.iter().filter(|(name, _)| !HEADINGS.contains(&name.as_str()));
                let rest: Map<String, Value> =
                    rest.map(|(name, value)| (name.clone(), value.clone())).collect();
                add_parts(&Value::Object(rest), parts);
            } else if has_parts {
                PARTS.iter().filter_map(|name| fields.get(*name)).for_each(|inner| add_parts(inner, parts));
            } else {
                parts.extend(text_in(value, "\n\n").filter(|text| !text.trim().is_empty()));
            }
        }
        other => parts.extend(text_in(other, "\n\n").filter(|text| !text.trim().is_empty())),
    }
}

/// Whether a part says of itself that it is a picture or the like.
fn is_picture(fields: &Map<String, Value>) -> bool {
    let kinds = ["type", "_type", "blockType", "kind", "__typename", "component"];
    let mut kinds = kinds.iter().filter_map(|name| fields.get(*name)?.as_str()).map(str::to_lowercase);
    kinds.any(|kind| PICTURES.iter().any(|picture| kind.contains(picture)))
}

/// The text of a paragraph that is kept in pieces, as editors do that mark each for itself.
fn spans(fields: &Map<String, Value>) -> Option<String> {
    let pieces = fields.get("children")?.as_array()?;
    let text = |piece: &Value| piece.as_object()?.get("text")?.as_str().map(str::to_owned);
    let texts: Option<Vec<String>> = pieces.iter().map(text).collect();
    texts.map(|texts| texts.concat()).filter(|text| !text.trim().is_empty())
}

/// Whether a list holds one text in several forms: each item says what it is for, or of what kind it is.
fn is_one_of(items: &[Value]) -> bool {
    let is_form = |item: &Value| {
        item.get("value").is_some() && (item.get("role").is_some() || item.get("contenttype").is_some())
    };
    !items.is_empty() && items.iter().all(is_form)
}

/// Of one text in several forms the one that is meant to be read.
fn chosen(items: &[Value]) -> Option<&Value> {
    let is = |item: &&Value, name: &str, wanted: &str| {
        item.get(name).and_then(Value::as_str).is_some_and(|value| value == wanted)
    };
    let of_kind = |kind: &str| {
        items
            .iter()
            .find(|item| is(item, "role", "main") && is(item, "contenttype", kind))
            .or_else(|| items.iter().find(|item| is(item, "contenttype", kind)))
    };
    of_kind("text/plain")
        .or_else(|| of_kind("text/html"))
        .or_else(|| items.iter().find(|item| is(item, "role", "main")))
        .or_else(|| items.first())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_put_together_of_its_parts() {
        for (json, expected) in [
            (
                r#"{"summary": ["S."], "sections": [{"headline": ["H"], "paragraphs": ["A.", "B."]}]}"#,
                "S.\n\nH\n\nA.\n\nB.",
            ),
            (
                r#"[{"heading": "H", "text": "A."}, {"type": "image", "text": "B."}, {"title": "J", "paragraphs": ["C.", "D."]}]"#,
                "H\n\nA.\n\nJ\n\nC.\n\nD.",
            ),
            (
                r#"[{"_type": "block", "children": [{"text": "One "}, {"text": "line."}]}, {"children": [{"text": "Two."}]}]"#,
                "One line.\n\nTwo.",
            ),
            (r#"["One.", "Two."]"#, "One.\n\nTwo."),
            (r#"{"rendered": "<p>One.</p>"}"#, "<p>One.</p>"),
            (
                r#"[{"type": "paragraph", "data": {"text": "One."}}, {"data": {"text": "Two."}}]"#,
                "One.\n\nTwo.",
            ),
            (
                r#"[{"role": "html", "contenttype": "text/html", "value": "<p>A.</p>"}, {"role": "x", "contenttype": "text/plain", "value": "A."}]"#,
                "A.",
            ),
        ] {
            let value: &RawValue = serde_json::from_str(json).expect("is JSON");
            assert_eq!(body_of(value).as_deref(), Some(expected), "{json}");
        }
    }

    #[test]
    fn what_mongo_writes_is_read() {
        let value: &RawValue =
            serde_json::from_str(r#"{"$date": {"$numberLong": "1474366500000"}}"#).expect("is JSON");
        assert_eq!(text_of(value, ", ").as_deref(), Some("1474366500000"));
    }
}
