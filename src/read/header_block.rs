//! The lines above a plain text that say what it is: `Title: …`, `By: …`, `Date: …`, or a byline and a date by themselves.
//!
//! A line that is not understood ends them, and is text.

use crate::read::evidence::Evidence;
use crate::read::fields::{FieldRole, language_code, same_name};
use crate::read::{authors, dates};

/// How many lines may stand above a text.
const MOST_LINES: usize = 40;

/// A longer first line is a paragraph, in bytes.
const LONGEST_TITLE: usize = 300;

/// Labels that are understood and have no column of their own.
const OTHERS: &[&str] = &[
    "section",
    "tags",
    "tag",
    "keywords",
    "category",
    "categories",
    "topic",
    "topics",
    "words",
    "word count",
    "wordcount",
    "length",
    "edition",
    "page",
    "dateline",
    "location",
    "country",
    "copyright",
    "subtitle",
    "updated",
    "modified",
    "retrieved",
    "accessed",
    "downloaded",
    "archived",
    "type",
    "description",
    "summary",
    "image",
    "credit",
];

/// What the lines say.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) publisher: Option<String>,
    /// As printed.
    pub(crate) published: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) language: Option<String>,
}

/// What a line is.
enum Line<'a> {
    Field(FieldRole, &'a str),
    /// A label that needs no column.
    Other,
    /// The text begins behind it.
    Text(&'a str),
}

/// The lines above a text and the text, both without the white space around them.
pub(crate) fn divide(text: &str) -> (Header, &str) {
    let text = text.trim();
    labeled(text).or_else(|| by_position(text)).unwrap_or((Header::default(), text))
}

/// A header whose lines have labels; the headline may stand above them without one.
fn labeled(text: &str) -> Option<(Header, &str)> {
    let mut header = Header::default();
    let (mut at, mut known, mut ended) = (0, 0, false);
    let mut open = None;
    let mut heading = None;
    for (number, line) in text.split_inclusive('\n').enumerate().take(MOST_LINES) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            // Some programs put an empty line between labels.
            let next = text[at..].trim_start().lines().next().and_then(field);
            if known > 0 && next.is_none() {
                ended = true;
                break;
            }
            open = None;
            at += line.len();
            continue;
        }
        match field(trimmed) {
            Some(Line::Text(value)) if known > 0 => {
                at += line.len() - line.trim_start().len() + (trimmed.len() - value.len());
                ended = true;
                break;
            }
            Some(Line::Field(role, value)) => {
                known += 1;
                header.set(role, value);
                open = Some(role);
            }
            Some(Line::Other) if known > 0 || heading.is_some() => open = None,
            // A long value goes on in a line that is set in.
            None if line.starts_with([' ', '\t']) && open.is_some() => {
                open.into_iter().for_each(|role| header.add(role, trimmed));
            }
            _ if number == 0 && trimmed.len() <= LONGEST_TITLE => heading = Some(trimmed),
            _ => break,
        }
        at += line.len();
    }
    if let Some(heading) = heading {
        header.title = header.title.or_else(|| Some(heading.to_owned()));
    }
    let body = text.get(at..)?.trim();
    // One label may begin a text; a headline under its label is no text.
    let is_header = known >= 2 || known == 1 && ended && header.title.is_some();
    (is_header && !body.is_empty()).then_some((header, body))
}

/// A headline with an empty line, or a byline and a date below it.
fn by_position(text: &str) -> Option<(Header, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let title = first.trim();
    if title.len() > LONGEST_TITLE {
        return None;
    }
    let mut header = Header { title: Some(title.to_owned()), ..Header::default() };
    let is_blank = |text: &str| text.lines().next().is_some_and(|line| line.trim().is_empty());
    let mut stands_apart = is_blank(rest);
    let mut body = rest.trim_start();
    while header.take(body) {
        let below = body.split_once('\n').map_or("", |(_, below)| below);
        stands_apart |= is_blank(below);
        body = below.trim_start();
    }
    (stands_apart && !body.is_empty()).then_some((header, body.trim_end()))
}

impl Header {
    /// Notes what the lines above `text` say.
    pub(crate) fn evidence(&self, text: &str, evidence: &mut Evidence) {
        let first = text.trim().lines().next().unwrap_or_default().trim();
        let found = [
            (FieldRole::Id, &self.id),
            (FieldRole::Title, &self.title),
            (FieldRole::Author, &self.author),
            (FieldRole::Publisher, &self.publisher),
            (FieldRole::Published, &self.published),
            (FieldRole::Url, &self.url),
            (FieldRole::Language, &self.language),
        ];
        for (role, value) in found {
            let Some(value) = value else { continue };
            let is_first = role == FieldRole::Title && value == first;
            let place = if is_first { "the first line" } else { "the lines above the text" };
            evidence.find(role, place, value, true);
        }
    }

    /// Takes the first line of a text, if it is a byline or a date that stands by itself and is not yet known.
    fn take(&mut self, text: &str) -> bool {
        let line = text.lines().next().unwrap_or_default().trim();
        if line.len() > 120 {
            return false;
        }
        if self.author.is_none()
            && let Some(names) = authors::in_line(line)
        {
            self.author = Some(names.join(", "));
            let end = line.split(['|', '•', '·', '—']).next_back().unwrap_or_default().trim();
            self.published = self.published.take().or_else(|| is_date(end).then(|| end.to_owned()));
            return true;
        }
        if self.published.is_none() && is_date(line) {
            self.published = Some(line.to_owned());
            return true;
        }
        false
    }

    fn slot(&mut self, role: FieldRole) -> &mut Option<String> {
        match role {
            FieldRole::Id => &mut self.id,
            FieldRole::Author => &mut self.author,
            FieldRole::Publisher => &mut self.publisher,
            FieldRole::Published => &mut self.published,
            FieldRole::Url => &mut self.url,
            FieldRole::Language => &mut self.language,
            FieldRole::Title | FieldRole::Body => &mut self.title,
        }
    }

    fn set(&mut self, role: FieldRole, value: &str) {
        let value = match role {
            FieldRole::Author => authors::joined(value),
            FieldRole::Language => language_code(value),
            _ => Some(value.to_owned()),
        };
        let slot = self.slot(role);
        if slot.is_none() {
            *slot = value.filter(|value| !value.is_empty());
        }
    }

    fn add(&mut self, role: FieldRole, more: &str) {
        match self.slot(role) {
            Some(value) => {
                value.push(' ');
                value.push_str(more);
            }
            None => self.set(role, more),
        }
    }
}

/// What a line with a label is; none if it has none that is known.
fn field(line: &str) -> Option<Line<'_>> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim().trim_matches('*'), value.trim());
    if name.len() > 24 || value.starts_with("//") {
        return None;
    }
    if OTHERS.iter().any(|other| same_name(other, name)) {
        return Some(Line::Other);
    }
    let role = FieldRole::of_field(name)?;
    match role {
        FieldRole::Body => Some(Line::Text(value)),
        // Words that begin sentences too.
        _ if value.is_empty() => None,
        FieldRole::Published if !value.bytes().any(|byte| byte.is_ascii_digit()) => None,
        FieldRole::Url if !value.contains("://") && !value.starts_with("www.") => None,
        role => Some(Line::Field(role, value)),
    }
}

/// Whether a line is a date and nothing else.
fn is_date(line: &str) -> bool {
    let marks = line.bytes().filter(|byte| matches!(byte, b'/' | b'-' | b'.')).count();
    let has_shape = line.bytes().any(|byte| byte.is_ascii_alphabetic()) || marks >= 2;
    let is_change = line.to_lowercase().starts_with("updated");
    let read = |order| dates::parse_in(line, order).is_some();
    has_shape && !is_change && line.len() < 60 && (read(None) || read(Some(dates::DateOrder::DayFirst)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let (header, body) = divide(text);
        let fields = [
            ("id", header.id),
            ("title", header.title),
            ("author", header.author),
            ("publisher", header.publisher),
            ("published", header.published),
            ("url", header.url),
            ("language", header.language),
        ];
        let fields: Vec<String> =
            fields.into_iter().filter_map(|(name, value)| Some(format!("{name}={}", value?))).collect();
        format!("{} | {body}", fields.join("; "))
    }

    #[test]
    fn lines_with_labels_are_fields() {
        for (text, expected) in [
            (
                "Title: The pier\nBy: Ana Ruiz and Leo Brandt\nDate: May 6, 2024\nSource: Tidewell Post\nURL: https://a.example/1\n\nOne.\n\nTwo.",
                "title=The pier; author=Ana Ruiz, Leo Brandt; publisher=Tidewell Post; published=May 6, 2024; url=https://a.example/1 | One.\n\nTwo.",
            ),
            (
                "HEADLINE: The pier\n  is closed\nSection: Metro\nText: One.\n\nTwo.",
                "title=The pier is closed | One.\n\nTwo.",
            ),
            (
                "The pier\nAuthor: Ana Ruiz\nPublished: 6 May 2024\n\nOne.",
                "title=The pier; author=Ana Ruiz; published=6 May 2024 | One.",
            ),
            (
                "Title: The pier\n\nPublication: Post\n\nOne: two.",
                "title=The pier; publisher=Post | One: two.",
            ),
            ("Title: The pier\n\nOne.", "title=The pier | One."),
            (
                "Title: The pier\nDate: 2024-05-06\nPictures: none\n\nOne.",
                "title=The pier; published=2024-05-06 | Pictures: none\n\nOne.",
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn a_byline_and_a_date_may_have_no_label() {
        for (text, expected) in [
            (
                "The pier\nBy Ana Ruiz\nMay 6, 2024\n\nOne.",
                "title=The pier; author=Ana Ruiz; published=May 6, 2024 | One.",
            ),
            (
                "The pier\n\nBy Ana Ruiz | 6 May 2024\n\nOne.",
                "title=The pier; author=Ana Ruiz; published=6 May 2024 | One.",
            ),
            ("The pier\n\nOne.", "title=The pier | One."),
            (
                "The pier\n\nBy Monday it was closed.\n\nTwo.",
                "title=The pier | By Monday it was closed.\n\nTwo.",
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn other_first_lines_are_text() {
        for text in [
            "One.\nTwo.",
            "Source: nobody knows.\nThe mayor said so.\n\nTwo.",
            "Time: it flies.\nBy: the way.",
            "The pier\nBy Ana Ruiz",
            "Link: in the chain, she said.\n\nTwo.",
        ] {
            assert!(!read(text).contains("author=") && !read(text).contains("publisher="), "{}", read(text));
        }
    }
}
