//! Text exports of Factiva: articles one after the other, each ended by a line `Document XYZ000…`; their fields under codes
//! of two or three letters (`HD`, `PD`, `LP`), or in a fixed order above the text.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::fields::language_code;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::text_records::{self, Mark, is_length};
use crate::read::{authors, dates, decode, lines, rejection};

/// The format.
pub(crate) struct Factiva;

/// The codes of fields.
const CODES: &[&str] = &[
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "CT",
    "RF", "CO", "IN", "NS", "RE", "IPD", "IPC", "PUB", "AN", "ART", "CLM", "DLN", "GC", "NGC",
];

impl InputFormat for Factiva {
    fn name(&self) -> &'static str {
        "factiva"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        if !text_records::may_be_export(head) {
            return false;
        }
        let text = String::from_utf8_lossy(head.bytes);
        let codes = |name: &str| text.lines().filter_map(code).any(|(found, _)| found == name);
        let of_codes =
            codes("HD") && (codes("LP") || codes("TD")) && (codes("PD") || codes("SN") || codes("AN"));
        let of_positions = text.lines().any(is_end) && text.lines().any(is_length);
        of_codes || of_positions
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let mut mark = |line: &str| {
            let value = code(line).filter(|(name, _)| *name == "AN").map_or(line, |(_, value)| value);
            if is_end(value) { Mark::Ends } else { Mark::None }
        };
        text_records::split(stream, self, &mut mark, holds_article, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let (text, _) = decode::lines_in(&document.bytes).map_err(rejection::no_encoding)?;
        let story = by_codes(&text).unwrap_or_else(|| by_positions(&text));
        let body = lines::joined(&story.body).trim().to_owned();
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let printed = match (&story.date, &story.time) {
            (Some(date), Some(time)) => Some(format!("{date} {time}")),
            (date, _) => date.clone(),
        };
        let parsed = printed.as_deref().and_then(|date| dates::parse_in(date, options.date_order));
        let published_at = parsed.or_else(|| dates::parse_in(story.date.as_deref()?, options.date_order));
        let doubts = story.date.filter(|_| published_at.is_none()).map(|printed| dates::doubt(&printed));
        let article = Article {
            external_id: story.id,
            title: story.title,
            body,
            author: story.byline.and_then(|byline| authors::joined(&byline)),
            publisher: story.outlet,
            published_at,
            language: story.language.and_then(|language| language_code(&language)),
            source: document.source.clone(),
            whole_file: document.line.is_none(),
            ..Article::default()
        };
        Ok(ReadArticle { article, doubts: doubts.into_iter().collect(), ..ReadArticle::default() })
    }
}

/// The code that a line begins with, and what stands behind it: at least two spaces, or nothing on that line.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let line = line.trim_end();
    let length = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &line[length..];
    let known = CODES.iter().find(|known| **known == &line[..length])?;
    (rest.is_empty() || rest.starts_with("  ") || rest.starts_with('\t')).then(|| (*known, rest.trim_start()))
}

/// `Document TIDE000020140506ea560002x`.
fn is_end(line: &str) -> bool {
    id(line).is_some()
}

fn id(line: &str) -> Option<&str> {
    let id = line.trim().strip_prefix("Document ")?;
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let is_id = id.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && digits >= 5
        && id.starts_with(|mark: char| mark.is_ascii_uppercase());
    is_id.then_some(id)
}

fn holds_article(record: &[u8]) -> bool {
    let text = String::from_utf8_lossy(record);
    text.lines()
        .any(|line| is_length(line) || code(line).is_some_and(|(name, _)| matches!(name, "HD" | "LP" | "TD")))
}

/// What an article says of itself.
#[derive(Default)]
struct Story {
    id: Option<String>,
    title: Option<String>,
    byline: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
    time: Option<String>,
    language: Option<String>,
    body: String,
}

/// An article under codes; none if it has none.
fn by_codes(text: &str) -> Option<Story> {
    let mut fields: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match code(line) {
            Some((name, value)) => fields.push((name, vec![value])),
            None => {
                if let Some((_, lines)) = fields.last_mut() {
                    lines.push(line);
                }
            }
        }
    }
    if !fields.iter().any(|(name, _)| matches!(*name, "LP" | "TD")) {
        return None;
    }
    let value = |wanted: &str| {
        let (_, lines) = fields.iter().find(|(name, _)| *name == wanted)?;
        let words: Vec<&str> = lines.iter().flat_map(|line| line.split_whitespace()).collect();
        Some(words.join(" ")).filter(|value| !value.is_empty())
    };
    let prose = |wanted: &str| {
        let (_, lines) = fields.iter().find(|(name, _)| *name == wanted)?;
        Some(without_indent(lines)).filter(|text| !text.is_empty())
    };
    let parts: Vec<String> = ["LP", "TD"].into_iter().filter_map(prose).collect();
    Some(Story {
        id: value("AN").and_then(|line| id(&line).map(str::to_owned)),
        title: value("HD"),
        byline: value("BY"),
        outlet: value("SN"),
        date: value("PD"),
        time: value("ET"),
        language: value("LA"),
        body: parts.join("\n\n"),
    })
}

/// Lines without the space that all but the first, which stood behind a code, are set in by.
fn without_indent(lines: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start().len();
    let all = lines.iter().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
    let lines = lines.iter().enumerate().map(|(at, line)| {
        if at == 0 { line.trim() } else { line.get(all..).unwrap_or_else(|| line.trim_start()) }
    });
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

/// An article whose fields have no codes: headline, byline, length, date, time, outlet, code, language and copyright, a line each,
/// and the text.
fn by_positions(text: &str) -> Story {
    let lines: Vec<&str> = text.lines().collect();
    let Some(length) = lines.iter().position(|line| is_length(line)) else { return Story::default() };
    let above: Vec<&str> =
        lines[..length].iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    // Above the length a section may stand before the headline; the byline is what follows that.
    let byline = above.last().filter(|_| above.len() > 1).filter(|line| {
        authors::names(line).iter().all(|name| name.split(' ').count() <= 5) && line.len() < 120
    });
    let title = above.iter().rev().nth(usize::from(byline.is_some())).map(|line| (*line).to_owned());
    let mut story = Story { title, byline: byline.map(|line| (*line).to_owned()), ..Story::default() };
    let mut at = length + 1;
    while let Some(line) = lines.get(at).map(|line| line.trim()).filter(|line| !line.is_empty()) {
        at += 1;
        if line.starts_with("(c)") || line.starts_with('©') || line.to_lowercase().starts_with("copyright") {
            break;
        }
        let is_time = line.len() <= 8 && line.contains(':');
        if story.date.is_none() && dates::is_date(line) {
            story.date = Some(line.to_owned());
        } else if story.outlet.is_none() && is_time {
            story.time = Some(line.to_owned());
        } else if story.outlet.is_none() && story.date.is_some() {
            story.outlet = Some(line.to_owned());
        } else if line.len() > 3 && language_code(line).is_some() {
            story.language = Some(line.to_owned());
        }
    }
    let end = lines.iter().rposition(|line| is_end(line)).unwrap_or(lines.len());
    story.id = lines.get(end).and_then(|line| id(line)).map(str::to_owned);
    story.body = lines.get(at..end).unwrap_or_default().join("\n").trim_matches('\n').to_owned();
    story
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::read::format::Found;

    fn read(text: &str) -> Vec<Article> {
        assert!(
            Factiva.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension: "txt" }),
            "{text}"
        );
        let mut articles = Vec::new();
        let stream =
            Stream { source: "a.txt".into(), input: Box::new(Cursor::new(text.as_bytes().to_vec())) };
        let flow = Factiva.split(stream, &Options::default(), &mut |found| {
            let Found::Document(document) = found else { panic!("nothing is rejected") };
            articles.push(document.article(&Options::default()).expect("is an article").article);
            ControlFlow::Continue(())
        });
        assert_eq!(flow, ControlFlow::Continue(()));
        articles
    }

    fn check(article: &Article, number: u8) {
        assert_eq!(article.title.as_deref(), Some("Bridge to close for a year"));
        assert_eq!(article.author.as_deref(), Some("Ana Ruiz, Leo Brandt"));
        assert_eq!(article.publisher.as_deref(), Some("Tidewell Post"));
        assert_eq!(article.published_at.as_deref(), Some("2014-05-06"));
        assert_eq!(article.language.as_deref(), Some("en"));
        assert_eq!(article.external_id, Some(format!("TIDE000020140506ea56000{number}x")));
        assert_eq!(
            article.body,
            "The bridge over the Tidewell will be closed, the mayor said.\n\n\"We will not pay,\" she told the council.\n\nNobody else spoke."
        );
    }

    #[test]
    fn fields_stand_behind_codes_or_below_them() {
        let beside = |number: u8| {
            format!(
                "HD        Bridge to close\n          for a year\nBY        By Ana Ruiz and Leo Brandt\nWC        812 words\nPD        6 May 2014\nSN        Tidewell Post\nSC        TIDE\nLA        English\nCY        (c) 2014 Tidewell Post\n\nLP        \n          The bridge over the Tidewell will be closed, the mayor said.\n\n          \"We will not pay,\" she told the council.\n\nTD        \n          Nobody else spoke.\n\nNS        gcat : News\nAN        Document TIDE000020140506ea56000{number}x\n\n"
            )
        };
        let below = |number: u8| {
            format!(
                "HD\nBridge to close for a year\n\nBY\nBy Ana Ruiz and Leo Brandt\n\nWC\n812 words\n\nPD\n6 May 2014\n\nSN\nTidewell Post\n\nLA\nEnglish\n\nLP\nThe bridge over the Tidewell will be closed, the mayor said.\n\n\"We will not pay,\" she told the council.\n\nTD\nNobody else spoke.\n\nAN\nDocument TIDE000020140506ea56000{number}x\n\n"
            )
        };
        let articles = read(&[beside(1), below(2), beside(3)].concat());
        assert_eq!(articles.len(), 3);
        (1..).zip(&articles).for_each(|(number, article)| check(article, number));
    }

    #[test]
    fn fields_without_codes_stand_in_their_order() {
        let one = |number: u8| {
            format!(
                "Bridge to close for a year\n\nAna Ruiz and Leo Brandt\n812 words\n6 May 2014\nTidewell Post\nTIDE\nEnglish\n(c) 2014 Tidewell Post\n\nThe bridge over the Tidewell will be closed, the mayor said.\n\n\"We will not pay,\" she told the council.\n\nNobody else spoke.\n\nDocument TIDE000020140506ea56000{number}x\n\n"
            )
        };
        let articles = read(&[one(1), one(2)].concat());
        assert_eq!(articles.len(), 2);
        (1..).zip(&articles).for_each(|(number, article)| check(article, number));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "Document signed\n812 words\n",
            "IN  the end\nHD  video\n",
            "Document A12345 was lost.\n10 words\n",
        ] {
            assert!(
                !Factiva.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension: "txt" }),
                "{text}"
            );
        }
    }
}
