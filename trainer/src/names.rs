//! Corpora of names: running text with the spans of people, organizations, places and others.

use std::fs;
use std::path::Path;

use onrecord::annotate::NameKind;
use onrecord::article::Article;
use onrecord::span::{Byte, Span};

/// A text with its gold names.
#[derive(Debug, Default)]
pub struct Text {
    pub article: Article,
    /// In text order.
    pub names: Vec<(Span<Byte>, NameKind)>,
}

fn kind(name: &str) -> Option<NameKind> {
    Some(match name {
        "PER" => NameKind::Person,
        "ORG" => NameKind::Organization,
        "LOC" => NameKind::Place,
        "MISC" => NameKind::Other,
        _ => return None,
    })
}

/// Reads `{"text": …, "entities": [{"start": …, "end": …, "type": …}]}` lines, offsets in code points.
pub fn read_jsonl(path: &Path) -> std::io::Result<Vec<Text>> {
    let content = fs::read_to_string(path)?;
    let rows = content.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    Ok(rows.map(|row| from_json(&row)).collect())
}

fn from_json(row: &serde_json::Value) -> Text {
    let body = row["text"].as_str().unwrap_or_default().to_owned();
    let mut offsets: Vec<usize> = body.char_indices().map(|(offset, _)| offset).collect();
    offsets.push(body.len());
    let offset = |value: &serde_json::Value| {
        let at = value.as_u64().unwrap_or(0) as usize;
        offsets.get(at).copied().unwrap_or(body.len())
    };
    let entities = row["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
    let names = entities.iter().filter_map(|entity| {
        let kind = kind(entity["type"].as_str()?)?;
        Some((Span::new(offset(&entity["start"]), offset(&entity["end"])), kind))
    });
    let names = names.collect();
    Text { article: Article { body, ..Article::default() }, names }
}

/// Reads a BIO table (token, tab, label; an empty line between sentences) and writes its text as a newspaper would.
///
/// Every sentence stays one paragraph's part: sentences are joined by a space.
pub fn read_bio(path: &Path) -> std::io::Result<Vec<Text>> {
    let content = fs::read_to_string(path)?;
    let mut texts = vec![Text::default()];
    let mut writer = Writer::default();
    for line in content.lines() {
        let Some((token, label)) = line.split_once('\t') else {
            continue;
        };
        if token == "-DOCSTART-" {
            texts.push(Text::default());
            writer = Writer::default();
            continue;
        }
        if let Some(text) = texts.last_mut() {
            writer.add(token, label, text);
        }
    }
    texts.retain(|text| !text.article.body.is_empty());
    Ok(texts)
}

/// Joins tokens into running text.
#[derive(Default)]
struct Writer {
    /// Whether a straight quotation mark is open.
    quoted: bool,
    /// Whether the next token is written without a space before it.
    tight: bool,
}

impl Writer {
    fn add(&mut self, token: &str, label: &str, text: &mut Text) {
        let closing = token == "\"" && self.quoted;
        let clings = matches!(
            token,
            "," | "."
                | ";"
                | ":"
                | "!"
                | "?"
                | ")"
                | "]"
                | "%"
                | "”"
                | "'s"
                | "’s"
                | "n't"
                | "n’t"
                | "'"
                | "’"
                | "..."
        );
        let body = &mut text.article.body;
        if !(body.is_empty() || self.tight || clings || closing) {
            body.push(' ');
        }
        let start = body.len();
        body.push_str(token);
        self.tight = matches!(token, "(" | "[" | "$" | "“" | "‘") || (token == "\"" && !self.quoted);
        self.quoted ^= token == "\"";
        let span = Span::new(start, body.len());
        match (label.split_once('-'), text.names.last_mut()) {
            (Some(("I", _)), Some(last)) => last.0 = last.0.join(span),
            (Some((_, name)), _) => text.names.extend(kind(name).map(|kind| (span, kind))),
            (None, _) => {}
        }
    }
}
