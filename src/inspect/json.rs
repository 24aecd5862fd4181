//! What would be taken, as JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::inspect::inspected::{Inspected, Inspection};
use crate::inspect::text::{first_lines, values};
use crate::json;
use crate::read::{Cut, FieldFault, FieldNote, FieldRole, Finding, ReadArticle, Rejection};

/// Writes all documents as one list.
pub fn write_json(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    let documents: Vec<Document> = inspection.documents.iter().map(Document::of).collect();
    json::to_writer_pretty(out, &documents)?;
    writeln!(out)
}

/// Writes each document on a line.
pub fn write_jsonl(inspection: &Inspection, out: &mut dyn Write) -> io::Result<()> {
    for document in &inspection.documents {
        json::to_writer(out, &Document::of(document))?;
        writeln!(out)?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Document<'a> {
    source: &'a str,
    line: Option<u64>,
    within: &'a [&'static str],
    format: Option<&'a str>,
    recognized: Option<&'a str>,
    encoding: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<Taken<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rejected: Option<Refused<'a>>,
    doubts: &'a [String],
    fields: Vec<Field<'a>>,
    cut: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Taken<'a> {
    title: Value<'a>,
    author: Value<'a>,
    publisher: Value<'a>,
    published: Value<'a>,
    url: Value<'a>,
    language: Value<'a>,
    id: Value<'a>,
    text: Text<'a>,
}

#[derive(Serialize)]
struct Value<'a> {
    value: Option<&'a str>,
    found_in: Option<&'a str>,
    not_taken: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Text<'a> {
    characters: usize,
    begins: Vec<String>,
    found_in: Option<&'a str>,
    not_taken: Vec<Other<'a>>,
}

#[derive(Serialize)]
struct Other<'a> {
    found_in: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Refused<'a> {
    kind: &'static str,
    reason: &'a str,
    byte: Option<u64>,
    start: Option<&'a str>,
    next: &'static str,
}

#[derive(Serialize)]
struct Field<'a> {
    field: &'a str,
    looks_like: Option<&'static str>,
    option: String,
}

#[derive(Serialize)]
struct Left<'a> {
    what: &'a str,
    count: usize,
    texts: &'a [String],
}

impl<'a> Document<'a> {
    fn of(inspected: &'a Inspected) -> Self {
        let opened = inspected.opened.as_ref();
        let reading = inspected.outcome.as_ref().ok();
        let rejection = inspected.outcome.as_ref().err();
        let format = inspected.format.or_else(|| opened.and_then(|opened| opened.format));
        let of_stream = opened.and_then(|opened| opened.encoding);
        let fields = reading.map(|reading| &reading.fields).or(rejection.map(|rejection| &rejection.fields));
        Document {
            source: &inspected.source,
            line: inspected.line,
            within: opened.map(|opened| opened.within.as_slice()).unwrap_or_default(),
            format,
            recognized: opened.filter(|opened| opened.format.is_some()).map(|opened| opened.how.in_words()),
            encoding: of_stream.or_else(|| reading?.evidence.encoding),
            article: reading.map(|reading| taken(reading, format)),
            rejected: rejection.map(refused),
            doubts: reading.map(|reading| reading.doubts.as_slice()).unwrap_or_default(),
            fields: fields.into_iter().flatten().map(field).collect(),
            cut: reading.into_iter().flat_map(|reading| &reading.evidence.cut).map(left).collect(),
        }
    }
}

fn taken<'a>(reading: &'a ReadArticle, format: Option<&'a str>) -> Taken<'a> {
    let place = |role: FieldRole| reading.evidence.place(role).or(format);
    let others = |role: FieldRole| -> Vec<Other<'a>> {
        let others =
            reading.evidence.findings.iter().filter(|finding| finding.role == role && !finding.taken);
        others.map(|Finding { place, value, .. }| Other { found_in: place, value }).collect()
    };
    let [title, author, publisher, published, url, language, id] =
        values(&reading.article).map(|(role, _, value)| Value {
            value,
            found_in: value.and_then(|_| place(role)),
            not_taken: others(role),
        });
    let body = &reading.article.body;
    let text = Text {
        characters: body.chars().count(),
        begins: first_lines(body).collect(),
        found_in: place(FieldRole::Body),
        not_taken: others(FieldRole::Body),
    };
    Taken { title, author, publisher, published, url, language, id, text }
}

fn refused(rejection: &Rejection) -> Refused<'_> {
    Refused {
        kind: rejection.kind.name(),
        reason: &rejection.reason,
        byte: rejection.byte,
        start: rejection.start.as_deref(),
        next: rejection.kind.advice(),
    }
}

fn field(note: &FieldNote) -> Field<'_> {
    let looks_like = (note.fault == FieldFault::NotUnderstood).then(|| note.role.name());
    Field { field: &note.field, looks_like, option: note.option() }
}

fn left(cut: &Cut) -> Left<'_> {
    Left { what: cut.what, count: cut.count, texts: &cut.texts }
}
