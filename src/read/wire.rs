//! Wire text as agencies send it, IPTC 7901 and ANPA 1312: a header, a text and a trailer, parted by control characters.

use std::ops::ControlFlow;

use crate::article::Article;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::Reason;
use crate::read::{authors, dates, decode, lines, rejection, whole};

/// The format.
pub(crate) struct Wire;

/// What begins a header, a text, and ends that.
const HEADER: char = '\u{1}';
const TEXT: char = '\u{2}';
const END: char = '\u{3}';

impl InputFormat for Wire {
    fn name(&self) -> &'static str {
        "wire"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let header = head.bytes.iter().take(64).position(|byte| *byte == 1);
        header.is_some_and(|at| head.bytes[at..].iter().take(2000).any(|byte| *byte == 2))
            && !decode::looks_binary(head.bytes)
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        whole::split(stream, self, &mut |found| match found {
            Found::Document(file) => stories(file, emit),
            found => emit(found),
        })
    }

    fn article(&self, document: &RawDocument, _: &Options) -> Result<ReadArticle, Reason> {
        // A short story has many for its length, which is no sign of another kind of file.
        let is_other_control = |byte: &u8| matches!(byte, 0 | 4..=8 | 14..=31);
        let bytes: Vec<u8> = document.bytes.iter().copied().filter(|byte| !is_other_control(byte)).collect();
        let (text, _) = decode::lines_in(&bytes).map_err(rejection::no_encoding)?;
        let behind_header = text.split_once(HEADER).map_or(text.as_str(), |(_, rest)| rest);
        let (header, story) = behind_header.split_once(TEXT).unwrap_or(("", behind_header));
        let (story, trailer) = story.split_once(END).unwrap_or((story, ""));
        let story = story.replace(TEXT, "");
        let (head, body) = divided(&story);
        let body = printed(&lines::joined(body));
        if body.is_empty() {
            return Err(rejection::no_text());
        }
        let article = Article {
            external_id: header.split_whitespace().next().map(printed).filter(|id| id.len() > 3),
            title: title(&head),
            body,
            author: head.iter().find(|line| is_byline(line)).and_then(|line| authors::joined(line)),
            published_at: date(trailer),
            source: document.source.clone(),
            whole_file: document.line.is_none(),
            ..Article::default()
        };
        Ok(ReadArticle { article, doubts: Vec::new(), ..ReadArticle::default() })
    }
}

/// Hands on each story of a file: a day of a wire is often kept in one.
fn stories(file: RawDocument, emit: Emit<'_>) -> ControlFlow<()> {
    let mut starts = vec![0];
    let mut has_text = false;
    for at in memchr::memchr2_iter(HEADER as u8, TEXT as u8, &file.bytes) {
        // A header behind a text is that of the next story.
        if file.bytes[at] == TEXT as u8 {
            has_text = true;
        } else if has_text {
            starts.push(at);
            has_text = false;
        }
    }
    if starts.len() == 1 {
        return emit(Found::Document(file));
    }
    let mut line = 1;
    for (number, start) in starts.iter().enumerate() {
        let end = starts.get(number + 1).copied().unwrap_or(file.bytes.len());
        let bytes = file.bytes[*start..end].to_vec();
        let lines = memchr::memchr_iter(b'\n', &bytes).count() as u64;
        let source = file.source.clone();
        emit(Found::Document(RawDocument {
            source,
            line: Some(line),
            bytes,
            format: file.format,
            address: None,
            doubts: Vec::new(),
        }))?;
        line += lines;
    }
    ControlFlow::Continue(())
}

/// The lines above a story, and the story: what begins with a line that is set in, or behind an empty one.
fn divided(story: &str) -> (Vec<String>, &str) {
    let mut head = Vec::new();
    let mut at = 0;
    for line in story.split_inclusive('\n') {
        let is_set_in = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        if is_set_in || line.trim().is_empty() && !head.is_empty() {
            break;
        }
        let cleaned = line.trim().trim_start_matches('^').trim_end_matches(['=', '<']).trim();
        if !cleaned.is_empty() {
            head.push(cleaned.to_owned());
        }
        at += line.len();
    }
    (head, &story[at..])
}

fn is_byline(line: &str) -> bool {
    line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by "))
}

/// The headline: of the lines above a story the one in most words, if none of the others is meant for the reader.
fn title(head: &[String]) -> Option<String> {
    let for_editors = |line: &str| {
        line.starts_with("Eds:") || line.starts_with("AP Photo") || line.contains("--") && line.contains(',')
    };
    let lines = head.iter().filter(|line| !is_byline(line) && !for_editors(line));
    let longest = lines.reduce(|best, line| {
        if line.split_whitespace().count() > best.split_whitespace().count() { line } else { best }
    });
    longest.map(|line| printed(line))
}

/// The text with its marks of quotation as they were printed, and without control characters.
fn printed(text: &str) -> String {
    let text: String =
        text.chars().filter(|mark| !mark.is_control() || matches!(mark, '\n' | '\t')).collect();
    let text = text.replace("``", "“").replace("''", "”");
    let lines: Vec<&str> =
        text.lines().map(|line| line.trim().trim_end_matches(['<', '=']).trim_end()).collect();
    let mut printed = String::with_capacity(text.len());
    for line in lines {
        match line {
            "" if printed.is_empty() || printed.ends_with("\n\n") => {}
            line => {
                printed.push_str(line.trim_start_matches('^'));
                printed.push('\n');
            }
        }
    }
    printed.trim().to_owned()
}

/// The date in the trailer of a story: `AP-WF-11-13-13 1509GMT`, the month first.
fn date(trailer: &str) -> Option<String> {
    let words: Vec<&str> = trailer.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let digits = pair[0].get(pair[0].len().checked_sub(8)?..)?;
        let [month, day, year] = digits.split('-').collect::<Vec<_>>()[..] else { return None };
        let time = pair[1].get(..4).filter(|time| time.bytes().all(|byte| byte.is_ascii_digit()))?;
        let printed = format!("{month}/{day}/{year} {}:{}", &time[..2], &time[2..]);
        dates::parse_in(&printed, Some(dates::DateOrder::MonthFirst))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_is_parted_from_the_lines_above_it() {
        let story = "BC-Pier, 1st Ld,100<\n^Pier will be closed for the winter<\n^By ANN LEE=\n\t   PORTO (XY) _ ``No,'' she said.\n";
        let (head, body) = divided(story);
        assert_eq!(title(&head).as_deref(), Some("Pier will be closed for the winter"));
        assert_eq!(printed(body), "PORTO (XY) _ “No,” she said.");
        assert_eq!(date("XY-WF-11-13-13 1509GMT<").as_deref(), Some("2013-11-13T15:09:00Z"));
    }
}
