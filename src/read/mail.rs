//! Mail: one message, or a mailbox of them (mbox), each an article.

use std::collections::HashSet;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::article::Article;
use crate::read::format::{Emit, Found, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::rejection::{self, MAX_DOCUMENT, Reason, Rejection, broken, too_large};
use crate::read::{dates, decode, lines, markup, prose, replies};

/// The format.
pub(crate) struct Mail;

/// Header fields that only mail has.
const OF_MAIL: &[&str] =
    &["received", "return-path", "delivered-to", "message-id", "mime-version", "x-mailer", "reply-to"];

/// Header fields that other texts may have, too.
const OF_TEXTS: &[&str] = &["from", "to", "subject", "date", "cc", "sender", "content-type"];

impl InputFormat for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognizes(&self, head: &Opening) -> bool {
        let start = head.bytes.trim_ascii_start();
        let (of_mail, of_texts) = header_fields(behind_from_line(start).unwrap_or(start));
        of_mail > 0 && of_mail + of_texts >= 2
            || of_texts >= 3
            || behind_from_line(start).is_some() && of_texts > 0
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        let Stream { source, mut input } = stream;
        let mut messages =
            Messages { input: &mut *input, line: 1, pending: None, ended: false, is_box: None };
        let mut count = 0;
        loop {
            let line = messages.line_of_next();
            let found = match messages.next() {
                // A message without a word is none, and those behind it are some.
                Ok(None) if !messages.ended => continue,
                Ok(None) => break,
                Ok(Some(bytes)) if bytes.is_empty() => {
                    Found::Rejected(Rejection::new(&source, Some(line), too_large()))
                }
                Ok(Some(bytes)) => {
                    // A message that is alone stands for its file.
                    let is_alone = count == 0 && messages.ended;
                    let line = (!is_alone || line > 1).then_some(line);
                    Found::Document(RawDocument {
                        source: source.clone(),
                        line,
                        bytes,
                        format: self,
                        address: None,
                        doubts: Vec::new(),
                    })
                }
                Err(error) => {
                    return emit(Found::Rejected(Rejection::new(&source, Some(line), broken(&error))));
                }
            };
            count += 1;
            emit(found)?;
        }
        if count == 0 {
            emit(Found::Rejected(Rejection::new(source, None, rejection::no_articles())))
        } else {
            ControlFlow::Continue(())
        }
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let bytes = document.bytes.trim_ascii_start();
        let decoded;
        let says_charset = memchr::memmem::find(bytes, b"charset").is_some()
            || memchr::memmem::find(bytes, b"CHARSET").is_some();
        let bytes = if says_charset || std::str::from_utf8(bytes).is_ok() {
            bytes
        } else {
            decoded = decode::text(bytes).map_err(rejection::no_encoding)?;
            decoded.as_bytes()
        };
        let message = MessageParser::default().parse(bytes).ok_or("it is no mail that can be understood")?;
        let (body, left_out) = body(&message, 0).ok_or_else(rejection::no_text)?;
        let printed = message.header_raw("Date").map(str::trim).filter(|date| !date.is_empty());
        let parsed =
            message.date().map(mail_parser::DateTime::to_rfc3339).and_then(|date| dates::parse(&date));
        let of_header = printed.and_then(|date| dates::parse_in(without_comment(date), options.date_order));
        let published_at = of_header.or(parsed);
        let mut doubts: Vec<String> =
            printed.filter(|_| published_at.is_none()).map(dates::doubt).into_iter().collect();
        if left_out > 0 {
            doubts.push(format!("{left_out} lines of a quoted message or a signature are left out"));
        }
        let article = Article {
            external_id: message.message_id().map(str::to_owned),
            title: message.subject().map(prose::line_of).filter(|title| !title.is_empty()),
            body,
            author: message.from().and_then(sender),
            published_at,
            source: document.source.clone(),
            whole_file: document.line.is_none(),
            ..Article::default()
        };
        Ok(ReadArticle { article, doubts, ..ReadArticle::default() })
    }
}

/// A date without the name of its zone in brackets behind it.
fn without_comment(date: &str) -> &str {
    date.split('(').next().unwrap_or(date).trim()
}

/// What follows the line that a message of a mailbox begins with, if there is one: `From ann@example.org Tue Sep 20 …`.
fn behind_from_line(start: &[u8]) -> Option<&[u8]> {
    let end = start.starts_with(b"From ").then(|| memchr::memchr(b'\n', start))??;
    Some(&start[end + 1..])
}

/// How many header fields a text begins with: those that only mail has, and others.
fn header_fields(start: &[u8]) -> (usize, usize) {
    let (mut of_mail, mut of_texts) = (0, 0);
    for line in start.split(|byte| *byte == b'\n').take(200) {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line).filter(|colon| *colon > 0) else { break };
        let name = line[..colon].to_ascii_lowercase();
        if !name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')) {
            break;
        }
        let is_in = |names: &[&str]| names.iter().any(|known| known.as_bytes() == name);
        of_mail += usize::from(is_in(OF_MAIL) || name.starts_with(b"x-") || name.starts_with(b"dkim-"));
        of_texts += usize::from(is_in(OF_TEXTS));
    }
    (of_mail, of_texts)
}

/// How many times as long as the text the HTML of a message is that has but a pointer for text: `See the HTML version.`
const FAR_LONGER: usize = 4;

/// The text of a message: what is to be read as text, in the order of its parts, or what its HTML says where that is far more;
/// else the messages in it. And how many lines of it are not the sender's own, and left out.
fn body(message: &Message, depth: usize) -> Option<(String, usize)> {
    let subject = message.subject().unwrap_or_default();
    let is_reply = message.header_raw("In-Reply-To").is_some()
        || subject.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    let length = |texts: &[Own]| texts.iter().map(|text| text.all).sum::<usize>();
    let mut chosen = prose_of(message.text_bodies(), is_reply);
    // Where there is but one of the two, it stands for both.
    if message.html_body != message.text_body {
        let html = prose_of(message.html_bodies(), is_reply);
        if length(&html) > FAR_LONGER * length(&chosen) {
            chosen = html;
        }
    }
    let mut left_out: usize = chosen.iter().map(|text| text.left_out).sum();
    let mut texts: Vec<String> = chosen.into_iter().map(|text| text.words).collect();
    if texts.is_empty() && depth < DEEPEST {
        let inner = message.parts.iter().filter_map(|part| match &part.body {
            PartType::Message(inner) => body(inner, depth + 1),
            _ => None,
        });
        for (text, lines) in inner {
            texts.push(text);
            left_out += lines;
        }
    }
    (!texts.is_empty()).then(|| (texts.join("\n\n"), left_out))
}

/// The words of a part that are the sender's own.
struct Own {
    words: String,
    /// How many lines are left out.
    left_out: usize,
    /// How long the part is with them, in bytes.
    all: usize,
}

/// The texts of parts, each once.
fn prose_of<'m>(parts: impl Iterator<Item = &'m MessagePart<'m>>, is_reply: bool) -> Vec<Own> {
    let mut seen = HashSet::new();
    let of_html = |html: &str| {
        let all = markup::fragment_text(html);
        let own = markup::fragment_text_without(html, replies::is_quoted);
        let left_out = all.lines().count().saturating_sub(own.lines().count());
        match own.trim().is_empty() {
            true => Own { all: all.len(), words: all, left_out: 0 },
            false => Own { all: all.len(), words: own, left_out },
        }
    };
    let texts = parts.filter_map(|part| match &part.body {
        PartType::Text(text) if part.is_content_type("text", "html") => Some(of_html(text)),
        PartType::Text(text) => {
            let (words, left_out) = replies::own_words(text, is_reply);
            Some(Own { words: lines::joined(&words), left_out, all: text.len() })
        }
        PartType::Html(html) => Some(of_html(html)),
        _ => None,
    });
    texts
        .map(|own| Own { words: decode::without_nul(own.words.trim().to_owned()), ..own })
        .filter(|own| !own.words.is_empty() && seen.insert(own.words.clone()))
        .collect()
}

/// How deep messages may lie in each other.
const DEEPEST: usize = 8;

fn sender(from: &Address) -> Option<String> {
    let names = from.iter().filter_map(|address| address.name().or_else(|| address.address()));
    let names: Vec<&str> = names.map(str::trim).filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The messages of a mailbox, one after the other, each without the line before it.
struct Messages<'a> {
    input: &'a mut dyn BufRead,
    line: u64,
    /// The line that the next message begins with, and its number.
    pending: Option<u64>,
    ended: bool,
    /// Whether it is a mailbox at all, once its first line is seen: a message alone may hold lines that look like its parts.
    is_box: Option<bool>,
}

impl Messages<'_> {
    fn line_of_next(&self) -> u64 {
        self.pending.unwrap_or(self.line)
    }

    /// The next message; an empty one is too long.
    fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.ended {
            return Ok(None);
        }
        let (mut message, mut is_long) = (Vec::new(), false);
        let (mut follows_blank, mut is_first) = (true, self.pending.take().is_none());
        loop {
            let mut line = Vec::new();
            // A longer line is taken in pieces, of which only the first may begin a message.
            let count = Read::take(&mut *self.input, 1 << 20).read_until(b'\n', &mut line)?;
            if count == 0 {
                self.ended = true;
                break;
            }
            let number = self.line;
            self.line += u64::from(line.ends_with(b"\n"));
            if self.is_box.is_none() && !line.trim_ascii().is_empty() {
                self.is_box = Some(is_from_line(&line));
            }
            if follows_blank && self.is_box == Some(true) && is_from_line(&line) {
                if is_first && message.trim_ascii().is_empty() {
                    is_first = false;
                    message.clear();
                    continue;
                }
                self.pending = Some(number);
                break;
            }
            follows_blank = line.trim_ascii().is_empty();
            // Lines that would begin a message were marked when the mailbox was written.
            let quoted = line.iter().take_while(|byte| **byte == b'>').count();
            let line =
                if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { &line[..] };
            if message.len() + line.len() > MAX_DOCUMENT {
                is_long = true;
                message.clear();
            }
            if !is_long {
                message.extend_from_slice(line);
            }
        }
        if is_long {
            return Ok(Some(Vec::new()));
        }
        Ok(Some(message).filter(|message| !message.trim_ascii().is_empty()))
    }
}

/// Whether a line parts the messages of a mailbox: it names a sender and a time.
fn is_from_line(line: &[u8]) -> bool {
    let words = || line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    line.starts_with(b"From ")
        && words().count() >= 6
        && words().any(|word| word.contains(&b':') && word[0].is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recognizes(text: &str) -> bool {
        Mail.recognizes(&Opening { bytes: text.as_bytes(), whole: true, extension: "txt" })
    }

    #[test]
    fn mail_is_known_by_its_header() {
        assert!(recognizes("From: a@example.org\nTo: b@example.org\nSubject: Hi\n\nText"));
        assert!(recognizes("   \r\nReceived: by x;\n  Tue\nSubject: Hi\n\nText"));
        assert!(recognizes("From a@example.org Tue Sep 20 10:15:00 2016\nSubject: Hi\n\nText"));
        assert!(!recognizes("Title: The pier\nDate: 20 September 2016\n\nText"));
        assert!(!recognizes("From the mayor's office\n\nSubject: none"));
    }

    #[test]
    fn a_mailbox_is_cut_between_its_messages() {
        let text = "From a@x Tue Sep 20 10:15:00 2016\nSubject: One\n\nText\n>From here\n\nFrom b@x Tue Sep 20 10:16:00 2016\nSubject: Two\n\nFrom time to time\n";
        let mut input = text.as_bytes();
        let mut messages = Messages { input: &mut input, line: 1, pending: None, ended: false, is_box: None };
        let mut found = Vec::new();
        while let Some(message) = messages.next().expect("is read") {
            found.push(String::from_utf8(message).expect("is text"));
        }
        assert_eq!(found, ["Subject: One\n\nText\nFrom here\n\n", "Subject: Two\n\nFrom time to time\n"]);
    }

    #[test]
    fn what_is_left_out_of_a_message_in_a_message_is_counted() {
        let text = "From: a@x\nSubject: Fwd\nContent-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: message/rfc822\n\n\
                    From: b@x\nSubject: Re: The pier\nIn-Reply-To: <1@x>\n\nIt is closed.\n\n> Is it open?\n> And when?\n\n--B--\n";
        let message = MessageParser::default().parse(text).expect("is mail");
        assert_eq!(body(&message, 0), Some(("It is closed.".to_owned(), 2)));
    }
}
