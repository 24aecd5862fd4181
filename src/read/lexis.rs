//! Text exports of LexisNexis, old and new: articles one after the other, each with labeled lines around its text.
//!
//! Above the first label stand, by position, the outlet, the date, the edition and in some exports the headline; the text
//! stands behind `BODY:` (or `Body`), or where there is no such label, between the labels of the head and those of the foot.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::calendar;
use crate::read::fields::language_code;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::text_records::{self, Mark, is_length};
use crate::read::{authors, dates, decode, lines, rejection};

/// The format.
pub(crate) struct Lexis;

impl InputFormat for Lexis {
    fn name(&self) -> &'static str {
        "lexisnexis"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        if !text_records::may_be_export(head) {
            return false;
        }
        let text = String::from_utf8_lossy(head.bytes);
        let mut seen = Seen::default();
        text.lines().for_each(|line| seen.note(line));
        seen.is_export()
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let mut mark = |line: &str| match line.trim() {
            line if is_number_of_document(line) => Mark::Begins,
            line if line.eq_ignore_ascii_case("end of document") => Mark::Ends,
            _ => Mark::None,
        };
        text_records::split(stream, self, &mut mark, holds_article, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (text, _) = decode::lines_in(&document.bytes).map_err(rejection::no_encoding)?;
        let parts = Parts::of(&text);
        let body = lines::joined(parts.body.trim_matches('\n'));
        let body = body.lines().map(str::trim).collect::<Vec<_>>().join("\n").trim().to_owned();
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let head = Head::of(&parts.head);
        let field = |name: &str| {
            let named = parts.fields.iter().find(|(found, _)| *found == name);
            named.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
        };
        let date = head.date.clone().or_else(|| field("DATE")).or_else(|| field("PUBLICATION-DATE"));
        let printed = date.as_deref().map(|date| date_in(date).unwrap_or_else(|| date.to_owned()));
        let published_at = printed.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        let undated = printed.filter(|_| published_at.is_none()).map(|printed| dates::doubt(&printed));
        let left_out = match parts.left_out {
            0 => None,
            1 => Some("1 line among its labels is left out".to_owned()),
            count => Some(format!("{count} lines among its labels are left out")),
        };
        let article = Article {
            external_id: field("ACC-NO").or_else(|| field("DOCUMENT-ID")),
            title: field("HEADLINE").or_else(|| field("TITLE")).or(head.title),
            body,
            author: field("BYLINE").or_else(|| field("AUTHOR")).and_then(|byline| authors::joined(&byline)),
            publisher: head.outlet.or_else(|| field("SOURCE")).or_else(|| field("PUBLICATION")),
            published_at,
            url: field("URL").filter(|url| url.starts_with("http")),
            language: field("LANGUAGE").and_then(|language| language_code(&language)),
            source: document.source.clone(),
            whole_file: document.line.is_none(),
            is_summary: false,
        };
        Ok(ReadArticle {
            article,
            doubts: undated.into_iter().chain(left_out).collect(),
            ..ReadArticle::default()
        })
    }
}

/// `1 of 250 DOCUMENTS`, `DOCUMENT 1 of 250`.
fn is_number_of_document(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b',');
    let [a, b, c, d] = words[..] else { return false };
    let is_noun = |word: &str| matches!(word.to_ascii_lowercase().as_str(), "documents" | "document");
    let is = |first: &str, of: &str, all: &str, noun: &str| {
        is_noun(noun) && of.eq_ignore_ascii_case("of") && is_number(first) && is_number(all)
    };
    is(a, b, c, d) || is(b, c, d, a)
}

/// Labels above the text.
const HEAD_LABELS: &[&str] = &[
    "HEADLINE",
    "TITLE",
    "BYLINE",
    "AUTHOR",
    "SECTION",
    "LENGTH",
    "DATELINE",
    "HIGHLIGHT",
    "SERIES",
    "SOURCE",
    "PUBLICATION",
    "DATE",
    "PUBLICATION-DATE",
    "DISTRIBUTION",
    "COLUMN",
    "TYPE",
    "EDITION",
    "SLUG",
];

/// Labels below the text, and whether the foot begins with one: the others may begin a paragraph of the text too, as `NOTES:` does.
const FOOT_LABELS: &[(&str, bool)] = &[
    ("LOAD-DATE", true),
    ("LANGUAGE", true),
    ("GRAPHIC", true),
    ("SUBJECT", true),
    ("URL", true),
    ("PUBLICATION-TYPE", true),
    ("DOCUMENT-TYPE", true),
    ("CORRECTION", false),
    ("CORRECTION-DATE", true),
    ("NOTE", false),
    ("NOTES", false),
    ("ACC-NO", true),
    ("JOURNAL-CODE", true),
    ("CLASSIFICATION", true),
    ("INDUSTRY", false),
    ("GEOGRAPHIC", true),
    ("PERSON", false),
    ("COMPANY", false),
    ("ORGANIZATION", false),
    ("TICKER", false),
    ("CITY", false),
    ("STATE", false),
    ("COUNTRY", false),
    ("CATEGORY", false),
    ("TRANSCRIPT", false),
    ("DOCUMENT-ID", true),
    ("PHOTO", false),
];

/// Labels that no text stands behind.
const END_LABELS: &[&str] = &[
    "LOAD-DATE",
    "LANGUAGE",
    "PUBLICATION-TYPE",
    "DOCUMENT-TYPE",
    "ACC-NO",
    "JOURNAL-CODE",
    "CLASSIFICATION",
    "GEOGRAPHIC",
    "DOCUMENT-ID",
];

fn is_of_foot(name: &str) -> bool {
    FOOT_LABELS.iter().any(|(label, _)| *label == name)
}

fn begins_foot(name: &str) -> bool {
    FOOT_LABELS.contains(&(name, true))
}

/// The label that a line begins with, and what stands behind it. A label alone on its line is one of `Body`, `Graphic`,
/// `Classification` and the like.
fn label(line: &str) -> Option<(&'static str, &str)> {
    if line.starts_with([' ', '\t']) && line.trim_start().len() + 4 < line.len() {
        return None;
    }
    let line = line.trim();
    let alone = ["BODY", "GRAPHIC", "CLASSIFICATION", "CORRECTION"];
    if let Some(name) = alone.into_iter().find(|name| line.eq_ignore_ascii_case(name)) {
        return Some((name, ""));
    }
    let (name, value) = line.split_once(':')?;
    if name.len() > 20 {
        return None;
    }
    let known = HEAD_LABELS.iter().chain(FOOT_LABELS.iter().map(|(label, _)| label)).chain(&["BODY"]);
    let name = name.trim().replace(' ', "-");
    let name = known.copied().find(|known| known.eq_ignore_ascii_case(&name))?;
    Some((name, value.trim()))
}

/// What of an export is seen.
#[derive(Default)]
struct Seen {
    numbers: usize,
    lengths: usize,
    others: usize,
}

impl Seen {
    fn note(&mut self, line: &str) {
        let trimmed = line.trim();
        self.numbers += usize::from(is_number_of_document(trimmed));
        self.others += usize::from(trimmed.eq_ignore_ascii_case("end of document"));
        match label(line) {
            Some(("LENGTH", value)) if is_length(value) => self.lengths += 1,
            Some(("BODY" | "LOAD-DATE" | "BYLINE" | "SECTION" | "PUBLICATION-TYPE" | "HEADLINE", _)) => {
                self.others += 1
            }
            _ => {}
        }
    }

    fn is_export(&self) -> bool {
        self.numbers > 0 && self.lengths + self.others > 0 || self.lengths > 0 && self.others > 0
    }
}

fn holds_article(record: &[u8]) -> bool {
    let text = String::from_utf8_lossy(record);
    text.lines().filter_map(label).any(|(name, value)| name == "LENGTH" && is_length(value) || name == "BODY")
}

/// A record by its parts.
#[derive(Default)]
struct Parts {
    /// The groups of lines above the first label, each with whether it is set in.
    head: Vec<(String, bool)>,
    fields: Vec<(&'static str, String)>,
    body: String,
    /// How many lines are neither.
    left_out: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Field,
    Between,
    Body,
    Foot,
}

impl Parts {
    fn of(text: &str) -> Self {
        let has_body = text.lines().filter_map(label).any(|(name, _)| name == "BODY");
        let mut parts = Parts::default();
        let mut place = Place::Head;
        let mut follows_blank = true;
        for line in text.lines() {
            let trimmed = line.trim();
            let is_mark = is_number_of_document(trimmed) || trimmed.eq_ignore_ascii_case("end of document");
            if is_mark || is_copyright(trimmed) && place != Place::Body {
                continue;
            }
            // Within the text a label stands behind an empty line, and is one of the foot.
            let found =
                label(line).filter(|(name, _)| place != Place::Body || follows_blank && begins_foot(name));
            match (found, place) {
                (Some(("BODY", value)), _) => {
                    place = Place::Body;
                    parts.add_line(value);
                }
                (Some((name, value)), _) => {
                    place = if is_of_foot(name) && !parts.body.trim().is_empty() {
                        Place::Foot
                    } else {
                        Place::Field
                    };
                    parts.fields.push((name, value.to_owned()));
                }
                (None, Place::Head) => parts.add_to_head(line, follows_blank),
                (None, Place::Field | Place::Foot) if trimmed.is_empty() => {
                    if place == Place::Field && !parts.is_open() {
                        place = Place::Between;
                    }
                }
                (None, Place::Field) => parts.add_to_field(trimmed),
                (None, Place::Foot) if !follows_blank => parts.add_to_field(trimmed),
                (None, Place::Foot) if parts.is_open() => parts.add_to_field(trimmed),
                (None, Place::Foot) if parts.is_at_end() => parts.left_out += 1,
                // What begins like the foot may stand within the text: `GRAPHIC: …`.
                (None, Place::Foot) => {
                    place = Place::Body;
                    if !parts.body.ends_with("\n\n") {
                        parts.add_line("");
                    }
                    parts.add_line(line);
                }
                (None, Place::Between) if trimmed.is_empty() => {}
                (None, Place::Between) if has_body => parts.left_out += 1,
                (None, Place::Between) => {
                    place = Place::Body;
                    parts.add_line(line);
                }
                (None, Place::Body) => parts.add_line(line),
            }
            follows_blank = trimmed.is_empty();
        }
        parts
    }

    /// Whether the value of the last label is still to come.
    fn is_open(&self) -> bool {
        self.fields.last().is_some_and(|(name, value)| value.is_empty() && *name != "CLASSIFICATION")
    }

    /// Whether a label was seen that no text stands behind.
    fn is_at_end(&self) -> bool {
        self.fields.iter().any(|(name, _)| END_LABELS.contains(name))
    }

    fn add_line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }

    fn add_to_head(&mut self, line: &str, is_new: bool) {
        let trimmed = line.trim();
        let indent = line.len() - line.trim_start().len();
        match self.head.last_mut() {
            _ if trimmed.is_empty() => {}
            Some((group, _)) if !is_new => {
                group.push(' ');
                group.push_str(trimmed);
            }
            _ => self.head.push((trimmed.to_owned(), indent >= 4)),
        }
    }

    fn add_to_field(&mut self, more: &str) {
        if let Some((_, value)) = self.fields.last_mut() {
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(more);
        }
    }
}

fn is_copyright(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower.starts_with("copyright ")
        || lower.starts_with('©')
        || lower.trim_end_matches('.') == "all rights reserved"
}

/// What the lines above the labels say by their position.
#[derive(Default)]
struct Head {
    title: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
}

impl Head {
    fn of(groups: &[(String, bool)]) -> Self {
        let Some(at) = groups.iter().position(|(group, _)| begins_with_date(group)) else {
            return Head { title: groups.first().map(|(group, _)| group.clone()), ..Head::default() };
        };
        let (before, behind) = (&groups[..at], &groups[at + 1..]);
        // New exports have the headline first, old ones behind the date, where editions are set in.
        let above = before.split_last().map(|(_, titles)| titles).unwrap_or_default();
        let above: Vec<&str> = above.iter().map(|(group, _)| group.as_str()).collect();
        let below = behind.iter().rev().find(|(group, is_set_in)| !is_set_in && !is_edition(group));
        Head {
            title: Some(above.join(" "))
                .filter(|title| !title.is_empty())
                .or_else(|| below.map(|(group, _)| group.clone())),
            outlet: before.last().map(|(group, _)| group.clone()),
            date: Some(groups[at].0.clone()),
        }
    }
}

fn is_edition(group: &str) -> bool {
    let lower = group.to_lowercase();
    lower.split_whitespace().count() <= 6
        && ["edition", "final", "morning", "evening"].iter().any(|word| lower.contains(word))
}

fn begins_with_date(group: &str) -> bool {
    let first = group.split([' ', ',']).next().unwrap_or_default().to_lowercase();
    let is_word = calendar::MONTHS.iter().any(|month| month.name == first)
        || calendar::WEEKDAYS.contains(&first.as_str());
    let is_number = first.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-' | b'.'));
    (is_word || is_number) && date_in(group).is_some()
}

/// The longest beginning of a line that is a date: `May 6, 2014 Tuesday Late Edition`.
fn date_in(line: &str) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().take(10).collect();
    let beginnings = (1..=words.len()).rev().map(|count| words[..count].join(" "));
    beginnings.map(|words| words.trim_end_matches(',').to_owned()).find(|words| dates::is_line_of_date(words))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::read::format::Found;

    fn read(text: &str) -> Vec<Article> {
        read_all(text).into_iter().map(|reading| reading.expect("is an article").article).collect()
    }

    fn read_all(text: &str) -> Vec<Result<ReadArticle, Reason>> {
        assert!(
            Lexis.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension: "txt" }),
            "{text}"
        );
        let mut articles = Vec::new();
        let stream =
            Stream { source: "a.txt".into(), input: Box::new(Cursor::new(text.as_bytes().to_vec())) };
        let flow = Lexis.split(stream, &Options::default(), &mut |found| {
            let Found::Document(document) = found else { panic!("nothing is rejected") };
            articles.push(document.article(&Options::default()));
            ControlFlow::Continue(())
        });
        assert_eq!(flow, ControlFlow::Continue(()));
        articles
    }

    const WRAPPED: &str = "   The bridge over the Tidewell will be closed for a year, the\nmayor of Port Merrow said on Monday, because nobody had looked\nafter it.\n\n   \"We will not pay for a second one,\" she told the council, which\nhad asked for a tunnel instead.\n";
    const JOINED: &str = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said on Monday, because nobody had looked after it.\n\n\"We will not pay for a second one,\" she told the council, which had asked for a tunnel instead.";

    #[test]
    fn an_old_export_is_cut_into_articles() {
        let one = |number: u8, headline: &str| {
            format!(
                "                               {number} of 2 DOCUMENTS\n\n\n                              The Tidewell Post\n\n                          May 6, 2014 Tuesday\n                            Late Edition - Final\n\n{headline}\n\nBYLINE: By ANA RUIZ and LEO BRANDT\n\nSECTION: Section A; Column 0; Metro Desk;\n   Pg. 1\n\nLENGTH: 812 words\n\nDATELINE: PORT MERROW\n\nBODY:\n\n{WRAPPED}\nURL: http://tidewell.example/{number}\n\nLOAD-DATE: May 7, 2014\n\nLANGUAGE: ENGLISH\n\n                      Copyright 2014 The Tidewell Post\n                              All Rights Reserved\n\n"
            )
        };
        let articles = read(&format!(
            "Search: bridge\n\n{}{}",
            one(1, "Bridge to close\nfor a year"),
            one(2, "Ferry to sail")
        ));
        assert_eq!(articles.len(), 2);
        let first = &articles[0];
        assert_eq!(first.title.as_deref(), Some("Bridge to close for a year"));
        assert_eq!(first.publisher.as_deref(), Some("The Tidewell Post"));
        assert_eq!(first.published_at.as_deref(), Some("2014-05-06"));
        assert_eq!(first.author.as_deref(), Some("ANA RUIZ, LEO BRANDT"));
        assert_eq!(first.url.as_deref(), Some("http://tidewell.example/1"));
        assert_eq!(first.language.as_deref(), Some("en"));
        assert_eq!(first.body, JOINED);
        assert_eq!(articles[1].title.as_deref(), Some("Ferry to sail"));
    }

    #[test]
    fn a_headline_may_have_a_label_and_the_text_none() {
        let text = format!(
            "DOCUMENT 1 of 1\n\n          Copyright 1998 The Tidewell Post\n               The Tidewell Post\n\n     February 5, 1998, Thursday, Final Edition\n\nSECTION: A SECTION; Pg. A01\n\nLENGTH: 1,123 words\n\nHEADLINE: Bridge to close\n\nBYLINE: Ana Ruiz, Tidewell Post Staff Writer\n\n{WRAPPED}\nLOAD-DATE: February 05, 1998\n"
        );
        let articles = read(&text);
        assert_eq!(articles.len(), 1);
        assert_eq!(articles[0].title.as_deref(), Some("Bridge to close"));
        assert_eq!(articles[0].published_at.as_deref(), Some("1998-02-05"));
        assert_eq!(articles[0].publisher.as_deref(), Some("The Tidewell Post"));
        assert_eq!(articles[0].author.as_deref(), Some("Ana Ruiz"));
        assert_eq!(articles[0].body, JOINED);
    }

    #[test]
    fn a_new_export_ends_its_articles() {
        let one = "Bridge to close\n\nTidewell Post\n\nMay 6, 2019 Monday\n\nLate Edition - Final\n\nCopyright 2019 Tidewell Post\n\nSection: Section A; ; Pg. 1\nLength: 812 words\nByline: By Ana Ruiz\nBody\n\nThe bridge will be closed.\n\nNote: nobody had looked after it.\n\nNOTES: The ferry sails on.\n\nTolls end in May.\n\nClassification\n\nLanguage: ENGLISH\n\nPublication-Type: Newspaper\n\nLoad-Date: May 7, 2019\n\nEnd of Document\n\n\n";
        let articles = read(&one.repeat(3).replacen("Bridge", "Pier", 1));
        assert_eq!(articles.len(), 3);
        assert_eq!(articles[0].title.as_deref(), Some("Pier to close"));
        assert_eq!(articles[1].title.as_deref(), Some("Bridge to close"));
        assert_eq!(articles[1].publisher.as_deref(), Some("Tidewell Post"));
        assert_eq!(articles[1].published_at.as_deref(), Some("2019-05-06"));
        assert_eq!(articles[1].author.as_deref(), Some("Ana Ruiz"));
        assert_eq!(
            articles[1].body,
            "The bridge will be closed.\n\nNote: nobody had looked after it.\n\nNOTES: The ferry sails on.\n\nTolls end in May."
        );
    }

    #[test]
    fn a_document_without_a_length_is_read_or_rejected() {
        let articles = read_all(
            "Search: bridge\n\n1 of 3 DOCUMENTS\n\nTidewell Post\n\nMay 6, 2014 Tuesday\n\nLENGTH: 9 words\n\nBODY:\nThe bridge will be closed.\n\n2 of 3 DOCUMENTS\n\nTidewell Post\n\nMay 7, 2014 Wednesday\n\nHEADLINE: Ferry to sail\n\nThe ferry sails.\n\n3 of 3 DOCUMENTS\n\nTidewell Post\n",
        );
        assert_eq!(articles.len(), 3);
        assert_eq!(articles[1].as_ref().expect("is an article").article.body, "The ferry sails.");
        assert_eq!(articles[2].as_ref().expect_err("has no text"), &rejection::no_text());
    }

    #[test]
    fn text_behind_a_label_of_the_foot_is_text() {
        let of = |foot: &str| {
            let text = format!(
                "1 of 1 DOCUMENTS\n\nTidewell Post\n\nMay 6, 2014 Tuesday\n\nLENGTH: 9 words\n\nBODY:\nThe bridge will be closed.\n\n{foot}\n"
            );
            let reading = read_all(&text).remove(0).expect("is an article");
            (reading.article.body, reading.doubts.join("; "))
        };
        let closed = "The bridge will be closed.";
        let (body, doubts) =
            of("GRAPHIC: Photo of a bridge\n\nThe ferry sails.\n\nTolls end.\n\nLOAD-DATE: May 7, 2014");
        assert_eq!(
            (body.as_str(), doubts.as_str()),
            (&*format!("{closed}\n\nThe ferry sails.\n\nTolls end."), "")
        );
        let (body, doubts) = of(
            "Graphic\n\nPhoto of a bridge\n\nClassification\n\nLanguage: ENGLISH\n\nCopyright 2014 Tidewell Post",
        );
        assert_eq!((body.as_str(), doubts.as_str()), (closed, ""));
        let (body, doubts) = of("LOAD-DATE: May 7, 2014\n\nA ferry.\nA pier.");
        assert_eq!((body.as_str(), doubts.as_str()), (closed, "1 line among its labels is left out"));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "1 of 2 documents was lost, the mayor said.\n",
            "Length: long\n\nBody\n",
            "Title: T\nDate: 2014-05-06\n\nText\n",
        ] {
            assert!(
                !Lexis.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension: "txt" }),
                "{text}"
            );
        }
    }
}
