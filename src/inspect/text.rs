//! What would be taken, as text for people. All of it is safe to show.

use std::io::{self, Write};

use crate::article::Article;
use crate::inspect::inspected::Inspected;
use crate::read::{FieldFault, FieldNote, FieldRole, Finding, ReadArticle, Rejection};
use crate::terminal::one_line;

/// How wide the column of labels is.
const LABELS: usize = 12;

/// How many lines of a text are shown, and how much of each, in characters.
const LINES: usize = 3;
const LONGEST_LINE: usize = 200;

/// How many pieces that were cut are shown of each kind.
const MOST_CUT: usize = 3;

/// Writes one document.
pub fn write_text(inspected: &Inspected, out: &mut dyn Write) -> io::Result<()> {
    for row in rows(inspected) {
        let label = if row.taken { row.what } else { "" };
        let found = row.found_in.map(|place| format!("  [{place}]")).unwrap_or_default();
        let value = if row.taken { row.value } else { format!("not taken: {}", row.value) };
        writeln!(out, "{}", format!("{label:LABELS$}{}{}", one_line(&value), one_line(&found)).trim_end())?;
    }
    Ok(())
}

/// One thing that is said of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is: `title`, `cut`, `doubt`.
    pub what: &'static str,
    /// Its value, or words.
    pub value: String,
    /// Where it was found.
    pub found_in: Option<String>,
    /// Whether it holds; else it was looked at and not taken.
    pub taken: bool,
}

impl Row {
    fn new(what: &'static str, value: impl Into<String>) -> Self {
        Row { what, value: value.into(), found_in: None, taken: true }
    }
}

/// All that is said of a document, in the order in which it is read.
pub fn rows(inspected: &Inspected) -> Vec<Row> {
    let place = inspected.line.map_or_else(String::new, |line| format!(":{line}"));
    let mut rows = vec![Row::new("document", format!("{}{place}", inspected.source))];
    if let Some(opened) = &inspected.opened {
        if !opened.within.is_empty() {
            rows.push(Row::new("lies in", opened.within.join(", in it ")));
        }
        if let Some(format) = opened.format {
            rows.push(Row::new("format", format!("{format}, {}", opened.how.in_words())));
        }
    }
    match &inspected.outcome {
        Ok(reading) => article_rows(inspected, reading, &mut rows),
        Err(rejection) => rejection_rows(rejection, &mut rows),
    }
    rows
}

fn rejection_rows(rejection: &Rejection, rows: &mut Vec<Row>) {
    rows.push(Row::new("rejected", format!("{} ({})", rejection.reason, rejection.kind.name())));
    rows.extend(rejection.byte.map(|byte| Row::new("byte", byte.to_string())));
    rows.extend(rejection.start.as_ref().map(|start| Row::new("begins", start.clone())));
    rows.extend(rejection.fields.iter().map(field_row));
    rows.push(Row::new("next", rejection.kind.advice()));
}

fn article_rows(inspected: &Inspected, reading: &ReadArticle, rows: &mut Vec<Row>) {
    let ReadArticle { article, doubts, fields, evidence, .. } = reading;
    let of_stream = inspected.opened.as_ref().and_then(|opened| opened.encoding);
    rows.extend(of_stream.or(evidence.encoding).map(|encoding| Row::new("encoding", encoding)));
    for (role, label, value) in values(article) {
        let taken = value
            .map(|value| Row { found_in: Some(place(inspected, reading, role)), ..Row::new(label, value) });
        rows.push(taken.unwrap_or_else(|| Row::new(label, "–")));
        rows.extend(others(reading, role, label));
    }
    text_rows(inspected, reading, rows);
    for cut in &evidence.cut {
        let shown: Vec<String> = cut.texts.iter().take(MOST_CUT).map(|text| format!("“{text}”")).collect();
        let pieces = if cut.count == 1 { "piece" } else { "pieces" };
        rows.push(Row::new("cut", format!("{} {pieces}, {}: {}", cut.count, cut.what, shown.join(" "))));
    }
    rows.extend(doubts.iter().map(|doubt| Row::new("doubt", doubt.clone())));
    rows.extend(fields.iter().map(field_row));
}

/// The values of an article that are shown in a line, with their roles and labels.
pub(super) fn values(article: &Article) -> [(FieldRole, &'static str, Option<&str>); 7] {
    [
        (FieldRole::Title, "title", article.title.as_deref()),
        (FieldRole::Author, "author", article.author.as_deref()),
        (FieldRole::Publisher, "publisher", article.publisher.as_deref()),
        (FieldRole::Published, "published", article.published_at.as_deref()),
        (FieldRole::Url, "url", article.url.as_deref()),
        (FieldRole::Language, "language", article.language.as_deref()),
        (FieldRole::Id, "id", article.external_id.as_deref()),
    ]
}

/// Where the value of a role was taken from, and where the same stands as well.
fn place(inspected: &Inspected, reading: &ReadArticle, role: FieldRole) -> String {
    let evidence = &reading.evidence;
    let Some(place) = evidence.place(role) else {
        return format!("the {}", inspected.format.unwrap_or("file"));
    };
    let mut place = place.to_owned();
    let printed = evidence.findings.iter().find(|finding| finding.role == role && finding.taken);
    if let Some(printed) = printed.filter(|printed| {
        role == FieldRole::Published
            && Some(printed.value.as_str()) != reading.article.published_at.as_deref()
    }) {
        place = format!("{place}: “{}”", printed.value);
    }
    let same: Vec<&str> = not_taken(reading, role, true).map(|finding| &*finding.place).collect();
    if same.is_empty() { place } else { format!("{place}; the same in {}", same.join(", ")) }
}

/// What else was looked at for a role: what is the same as that which was taken, or what is not.
fn not_taken(reading: &ReadArticle, role: FieldRole, is_same: bool) -> impl Iterator<Item = &Finding> {
    let of_role = move |finding: &&Finding| finding.role == role;
    let findings = || reading.evidence.findings.iter().filter(of_role);
    let taken = findings().find(|finding| finding.taken).map(|finding| finding.value.as_str());
    findings().filter(move |finding| !finding.taken && (Some(finding.value.as_str()) == taken) == is_same)
}

/// What else was looked at for a role, and is something else.
fn others(reading: &ReadArticle, role: FieldRole, label: &'static str) -> Vec<Row> {
    not_taken(reading, role, false)
        .map(|finding| Row {
            found_in: Some(finding.place.clone()),
            taken: false,
            ..Row::new(label, format!("“{}”", finding.value))
        })
        .collect()
}

fn text_rows(inspected: &Inspected, reading: &ReadArticle, rows: &mut Vec<Row>) {
    let body = &reading.article.body;
    let paragraphs = body.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()).count();
    let word = if paragraphs == 1 { "paragraph" } else { "paragraphs" };
    rows.push(Row {
        found_in: Some(place(inspected, reading, FieldRole::Body)),
        ..Row::new("text", format!("{} characters, {paragraphs} {word}", body.chars().count()))
    });
    rows.extend(first_lines(body).map(|line| Row::new("", format!("| {line}"))));
    rows.extend(others(reading, FieldRole::Body, "text"));
}

/// The first lines of a text that are not blank.
pub(super) fn first_lines(body: &str) -> impl Iterator<Item = String> {
    let lines = body.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES);
    lines.map(|line| match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    })
}

fn field_row(note: &FieldNote) -> Row {
    let words = match note.fault {
        FieldFault::NotUnderstood => {
            format!(
                "{} looks like {}, and is not taken; take it with {}",
                note.field,
                note.role.in_words(),
                note.option()
            )
        }
        FieldFault::Missing => format!("{} names a field that is not there", note.option()),
    };
    Row::new("field", words)
}
