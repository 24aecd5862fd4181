//! The lines above a plain text that say what it is: `Title: …`, `By: …`, `Date: …`, or a byline and a date by themselves.
//!
//! A line that is not understood ends them, and is text.

use std::borrow::Cow;

use crate::read::evidence::Evidence;
use crate::read::fields::{FieldRole, language_code, same_name};
use crate::read::{authors, dates, front_matter};

/// How many lines may stand above a text.
const MOST_LINES: usize = 40;

/// A longer first line is a paragraph, in bytes.
const LONGEST_TITLE: usize = 300;

/// Labels of prose: it has no column, and is text.
const OF_PROSE: &[&str] = &["subtitle", "description", "summary"];

/// Of these labels the value is when something was done.
const OF_TIMES: &[&str] = &["updated", "modified", "retrieved", "accessed", "downloaded", "archived"];

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
    "updated",
    "modified",
    "retrieved",
    "accessed",
    "downloaded",
    "archived",
    "type",
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
    /// Values that were not taken, since another was or they are not understood.
    others: Vec<(FieldRole, String)>,
    /// Lines that there is no column for.
    left_out: Vec<String>,
    /// Whether the title is the first line of the text, which no label calls so.
    pub(crate) title_is_line: bool,
}

/// What a line is.
enum Line<'a> {
    Field(FieldRole, &'a str),
    /// A label that needs no column.
    Other,
    /// A label that is no field; the line is text.
    Prose,
    /// The text begins behind it.
    Text(&'a str),
}

/// What a line that is set in goes on with.
#[derive(Clone, Copy)]
enum Open {
    Nothing,
    Field(FieldRole),
    /// The last value that was not taken.
    OtherValue,
    /// The last line that is left out.
    LeftOut,
    /// The last line that is text.
    Text,
}

/// The lines above a text and the text, both without the white space around them.
pub(crate) fn divide(text: &str) -> (Header, Cow<'_, str>) {
    let text = text.trim();
    let by_position = || by_position(text).map(|(header, body)| (header, body.into()));
    labeled(text).or_else(by_position).unwrap_or((Header::default(), text.into()))
}

/// A header whose lines have labels; the headline may stand above them without one.
fn labeled(text: &str) -> Option<(Header, Cow<'_, str>)> {
    let mut header = Header::default();
    let (mut at, mut known, mut ended) = (0, 0, false);
    let mut open = Open::Nothing;
    let mut heading = None;
    let mut names = Names::default();
    // Lines of text among the fields, and how many of them and where those begin that no field stands behind.
    let mut kept: Vec<String> = Vec::new();
    let mut last = None;
    for (number, line) in text.split_inclusive('\n').enumerate().take(MOST_LINES) {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            // Some programs put an empty line between labels.
            let next = text[at..].trim_start().lines().next().and_then(field);
            if known > 0 && next.is_none() {
                ended = true;
                break;
            }
            open = Open::Nothing;
            at += line.len();
            continue;
        }
        match field(trimmed) {
            Some(Line::Text(value)) if known > 0 => {
                at += line.len() - line.trim_start().len() + (trimmed.len() - value.len());
                (ended, last) = (true, None);
                break;
            }
            Some(Line::Field(role, value)) => {
                if names.is_dialogue(role, trimmed) {
                    return None;
                }
                known += 1;
                open = header.set(role, value);
                last = None;
            }
            Some(Line::Other) => {
                header.left_out.push(trimmed.to_owned());
                (open, last) = (Open::LeftOut, None);
            }
            Some(Line::Prose) => {
                last = last.or(Some((kept.len(), at)));
                kept.push(trimmed.to_owned());
                open = Open::Text;
            }
            // A long value goes on in a line that is set in.
            None if line.starts_with([' ', '\t']) && !matches!(open, Open::Nothing) => match open {
                Open::Text => {
                    kept.last_mut().into_iter().for_each(|value| add(value, trimmed));
                }
                open => header.add(open, trimmed),
            },
            _ if number == 0 && trimmed.len() <= LONGEST_TITLE => heading = Some(trimmed),
            _ => break,
        }
        at += line.len();
    }
    // The last lines of text begin what follows, as they stand.
    if let Some((count, start)) = last {
        kept.truncate(count);
        at = start;
    }
    match (heading, &header.title) {
        (Some(heading), None) => header.title = Some(heading.to_owned()),
        (Some(heading), Some(title)) if heading != title => kept.insert(0, heading.to_owned()),
        _ => {}
    }
    let body = text.get(at..)?.trim();
    // One label may begin a text; a headline under its label is no text.
    let is_header = known >= 2 || known == 1 && ended && header.title.is_some();
    if !is_header || body.is_empty() {
        return None;
    }
    let body =
        if kept.is_empty() { body.into() } else { Cow::Owned(format!("{}\n\n{body}", kept.join("\n\n"))) };
    Some((header, body))
}

/// The labels so far.
#[derive(Default)]
struct Names {
    seen: Vec<String>,
}

impl Names {
    /// Whether a label of somebody comes again behind another: those who speak by turns are no authors.
    fn is_dialogue(&mut self, role: FieldRole, line: &str) -> bool {
        let name = line.split(':').next().unwrap_or_default().trim().to_lowercase();
        let is_of_somebody = matches!(role, FieldRole::Author | FieldRole::Publisher);
        let is_again = self.seen.last() != Some(&name) && self.seen.contains(&name);
        self.seen.push(name);
        is_of_somebody && is_again
    }
}

/// Adds what goes on in a further line.
fn add(value: &mut String, more: &str) {
    value.push(' ');
    value.push_str(more);
}

/// A headline with an empty line, or a byline and a date below it.
fn by_position(text: &str) -> Option<(Header, &str)> {
    let (first, rest) = text.split_once('\n')?;
    let title = first.trim();
    if title.len() > LONGEST_TITLE {
        return None;
    }
    let mut header = Header { title: Some(title.to_owned()), title_is_line: true, ..Header::default() };
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
    /// Whether nothing but a headline stands above the text.
    pub(crate) fn is_title_only(&self) -> bool {
        let only =
            Header { title: self.title.clone(), title_is_line: self.title_is_line, ..Header::default() };
        *self == only
    }

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
        for (role, value) in &self.others {
            evidence.find(*role, "the lines above the text", value, false);
        }
        for line in &self.left_out {
            evidence.cut("a line above the text that there is no column for", line);
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

    /// Takes a value, if there is none yet and it is understood; several authors are all authors. Where it is now.
    fn set(&mut self, role: FieldRole, printed: &str) -> Open {
        let known = self.slot(role).take();
        let value = match (role, &known) {
            (FieldRole::Author, Some(known)) => authors::joined(&format!("{known}; {printed}")),
            (_, Some(_)) => None,
            (FieldRole::Author, None) => authors::joined(printed),
            (FieldRole::Language, None) => language_code(printed),
            (_, None) => Some(printed.to_owned()).filter(|value| !value.is_empty()),
        };
        let is_taken = value.is_some();
        let is_same = known.as_deref() == Some(printed);
        *self.slot(role) = value.or(known);
        if is_taken || is_same {
            return Open::Field(role);
        }
        self.others.push((role, printed.to_owned()));
        Open::OtherValue
    }

    /// Adds what goes on in a further line.
    fn add(&mut self, open: Open, more: &str) {
        let value = match open {
            Open::Field(role) => self.slot(role).as_mut(),
            Open::OtherValue => self.others.last_mut().map(|(_, value)| value),
            Open::LeftOut => self.left_out.last_mut(),
            Open::Text | Open::Nothing => None,
        };
        value.into_iter().for_each(|value| add(value, more));
    }
}

/// What a line with a label is; none if it has none that is known.
fn field(line: &str) -> Option<Line<'_>> {
    let (name, value) = line.split_once(':')?;
    let (name, value) = (name.trim().trim_matches('*'), value.trim());
    if name.len() > 24 || value.starts_with("//") {
        return None;
    }
    let is_one_of = |names: &[&str]| names.iter().any(|known| same_name(known, name));
    if is_one_of(OF_PROSE) || is_one_of(front_matter::OF_OTHERS) {
        return Some(Line::Prose);
    }
    if is_one_of(OTHERS) {
        let has_digit = value.bytes().any(|byte| byte.is_ascii_digit());
        let is_prose = value.len() > LONGEST_TITLE
            || is_sentence(value) && !same_name("copyright", name)
            || is_one_of(OF_TIMES) && !has_digit;
        return Some(if is_prose { Line::Prose } else { Line::Other });
    }
    let role = FieldRole::of_field(name)?;
    match role {
        FieldRole::Body => Some(Line::Text(value)),
        // Words that begin sentences too, or name who speaks.
        _ if value.is_empty() => None,
        FieldRole::Author | FieldRole::Publisher if is_sentence(value) => None,
        FieldRole::Published if !value.bytes().any(|byte| byte.is_ascii_digit()) => None,
        FieldRole::Url if !value.contains("://") && !value.starts_with("www.") => None,
        role => Some(Line::Field(role, value)),
    }
}

/// Whether a value is a sentence, and no name that ends with a shortened word.
fn is_sentence(value: &str) -> bool {
    let last = value.split_whitespace().next_back().unwrap_or_default();
    value.ends_with(['?', '!', '…'])
        || value.ends_with('.') && value.contains(' ') && last.starts_with(char::is_lowercase)
}

/// Whether a line is the date of publication and nothing else.
fn is_date(line: &str) -> bool {
    !line.to_lowercase().starts_with("updated") && dates::is_line_of_date(line)
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
    fn prose_under_a_label_is_text() {
        for (text, expected) in [
            (
                "Title: The pier\nDescription: Nobody will sail\n  before May.\nDate: 2024-05-06\n\nOne.",
                "title=The pier; published=2024-05-06 | Description: Nobody will sail before May.\n\nOne.",
            ),
            (
                "Title: The pier\nDate: 2024-05-06\nSummary: It is closed.\nOne.\n\nTwo.",
                "title=The pier; published=2024-05-06 | Summary: It is closed.\nOne.\n\nTwo.",
            ),
            (
                "Title: The pier\nUpdated: The mayor has resigned since.\nDate: 2024-05-06\n\nOne.",
                "title=The pier; published=2024-05-06 | Updated: The mayor has resigned since.\n\nOne.",
            ),
            (
                "Title: The pier\nTags: harbor,\n  ferries\nUpdated: 2024-05-07\nDate: 2024-05-06\n\nOne.",
                "title=The pier; published=2024-05-06 | One.",
            ),
            (
                "The pier\nName: The Old Mill\nTitle: A day out\nDate: 2024-05-06\n\nOne.",
                "title=A day out; published=2024-05-06 | The pier\n\nName: The Old Mill\n\nOne.",
            ),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_left_out_is_noted() {
        let text = "Title: The pier\nHeadline: Pier closed\n  for good\nBy: Ana Ruiz\nBy: Leo Brandt\nLanguage: Merrowish\nTags: harbor,\n  ferries\n\nOne.";
        let (header, body) = divide(text);
        let mut evidence = Evidence::default();
        header.evidence(text, &mut evidence);
        let others = evidence.findings.iter().filter(|finding| !finding.taken);
        let others: Vec<_> = others.map(|finding| (finding.role, finding.value.as_str())).collect();
        assert_eq!(others, [(FieldRole::Title, "Pier closed for good"), (FieldRole::Language, "Merrowish")]);
        assert_eq!(evidence.cut[0].texts, ["Tags: harbor, ferries"]);
        assert_eq!(
            (header.title.as_deref(), header.author.as_deref()),
            (Some("The pier"), Some("Ana Ruiz, Leo Brandt"))
        );
        assert_eq!(body, "One.");
    }

    #[test]
    fn who_speaks_by_turns_is_no_author() {
        for text in [
            "Reporter: How long will it be closed?\nSource: A year, at least.\n\nTwo.",
            "Reporter: And the ferry\nSource: In May\nReporter: And the pier\n\nTwo.",
        ] {
            assert_eq!(read(text), format!(" | {text}"), "{text}");
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
