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
    Text { article: Article::from_text(body), names }
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

impl Text {
    /// The text with its first sentence above it once more as a headline: in capitals, or each longer word with one.
    ///
    /// `None` if the text does not begin with a short sentence, or if a name runs over its end.
    pub fn with_headline(&self, capitals: bool) -> Option<Text> {
        let body = &self.article.body;
        let end = body.find(". ").filter(|end| (20..140).contains(end))?;
        if self.names.iter().any(|(span, _)| span.start() < end && span.end() > end) {
            return None;
        }
        let mut headline =
            if capitals { body[..end].to_ascii_uppercase() } else { capitalized(&body[..end]) };
        headline.push_str("\n\n");
        let shift = headline.len();
        let above = self.names.iter().filter(|(span, _)| span.end() <= end).copied();
        let below = self
            .names
            .iter()
            .map(|(span, kind)| (Span::new(span.start() + shift, span.end() + shift), *kind));
        Some(Text {
            names: above.chain(below).collect(),
            article: Article { body: headline + body, ..Article::default() },
        })
    }
}

/// A text in which every word of four letters or more begins with a capital, as headlines are written.
pub fn capitalized(text: &str) -> String {
    let mut out = text.to_owned();
    let mut start = 0;
    for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
        if piece.len() >= 5
            && let Some(first) = out.get_mut(start..start + 1)
        {
            first.make_ascii_uppercase();
        }
        start += piece.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_shifts_the_names() {
        let body = "The mayor of Porto Sereno quits. She left.".to_owned();
        let names = vec![(Span::new(13, 25), NameKind::Place)];
        let text = Text { article: Article::from_text(body), names };
        for capitals in [true, false] {
            let text = text.with_headline(capitals).unwrap_or_default();
            let found: Vec<&str> =
                text.names.iter().map(|(span, _)| span.slice(&text.article.body)).collect();
            assert_eq!(found, [if capitals { "PORTO SERENO" } else { "Porto Sereno" }, "Porto Sereno"]);
        }
    }
}
