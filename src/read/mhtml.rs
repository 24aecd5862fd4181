//! Pages that a browser saved as one file (MHTML): the page in it is read as a page, and what it shows beside is passed over.

use std::ops::ControlFlow;

use mail_parser::{HeaderValue, MessageParser, MimeHeaders, PartType};

use crate::read::fields::FieldRole;
use crate::read::format::{Emit, InputFormat, Opening, Options, RawDocument, ReadArticle, Stream};
use crate::read::html::Html;
use crate::read::rejection::Reason;
use crate::read::{rejection, whole};

/// The format.
pub(crate) struct Mhtml;

impl InputFormat for Mhtml {
    fn name(&self) -> &'static str {
        "mhtml"
    }

    /// A message of several parts that was not sent, but saved.
    fn recognizes(&self, head: &Opening) -> bool {
        let start = head.bytes.trim_ascii_start();
        let end = memchr::memmem::find(start, b"\n\n").or_else(|| memchr::memmem::find(start, b"\n\r\n"));
        let header = String::from_utf8_lossy(&start[..end.unwrap_or(start.len())]).to_lowercase();
        let begins_with_field = header.split(':').next().is_some_and(|name| !name.contains([' ', '\n', '<']));
        begins_with_field
            && header.contains("multipart/related")
            && (header.contains("snapshot-content-location:")
                || header.contains("<saved by ")
                || header.contains("saved by microsoft internet explorer")
                || matches!(head.extension, "mht" | "mhtml"))
    }

    fn split(&'static self, stream: Stream, _: &Options, emit: Emit<'_>) -> ControlFlow<()> {
        whole::split(stream, self, emit)
    }

    fn article(&self, document: &RawDocument, options: &Options) -> Result<ReadArticle, Reason> {
        let message = MessageParser::default().parse(document.bytes.trim_ascii_start());
        let message = message.ok_or("it is no saved page that can be understood")?;
        let page = message.parts.iter().find_map(|part| match &part.body {
            PartType::Html(page) => Some((part, page)),
            _ => None,
        });
        let (part, page) = page.ok_or_else(rejection::no_text)?;
        let of_page = part.content_location().map(str::to_owned);
        let of_file =
            message.header("Snapshot-Content-Location").and_then(HeaderValue::as_text).map(str::to_owned);
        let address = of_file.or(of_page).filter(|address| address.starts_with("http"));
        let page = RawDocument {
            source: document.source.clone(),
            line: document.line,
            bytes: page.as_bytes().to_vec(),
            format: document.format,
            address: None,
            doubts: Vec::new(),
        };
        let mut reading = Html.article(&page, options)?;
        let article = &mut reading.article;
        let spare = [
            (FieldRole::Url, "the saved file (address)", &mut article.url, address),
            // When it was saved says nothing of when it was published.
            (
                FieldRole::Title,
                "the saved file (subject)",
                &mut article.title,
                message.subject().map(str::to_owned),
            ),
        ];
        for (role, place, value, spare) in spare {
            let Some(spare) = spare else { continue };
            if options.evidence {
                reading.evidence.find(role, place, &spare, value.is_none());
            }
            value.get_or_insert(spare);
        }
        Ok(reading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The bridge over the Tidewell will be closed for a year, the mayor of Port Merrow said on Monday, because nobody had looked after it.";

    #[test]
    fn a_saved_page_is_read_as_a_page() {
        let file = format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://tidewell.example/1\r\nSubject: Bridge\r\nDate: Tue, 7 May 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"b\"\r\n\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://tidewell.example/1\r\n\r\n<html><meta property=3D\"article:published_time\" content=3D\"2024-05-06\"><h1>Bridge to close</h1><nav><a href=3D\"/\">Home</a></nav><p>{TEXT}</p>\r\n--b\r\nContent-Type: text/css\r\nContent-Location: https://tidewell.example/a.css\r\n\r\np {{}}\r\n--b--\r\n"
        );
        assert!(Mhtml.recognizes(&Opening { bytes: file.as_bytes(), whole: true, extension: "" }));
        let document = RawDocument {
            source: "a.mhtml".into(),
            line: None,
            bytes: file.into(),
            format: &Mhtml,
            address: None,
            doubts: Vec::new(),
        };
        let article = document.article(&Options::default()).expect("is an article").article;
        assert_eq!(article.title.as_deref(), Some("Bridge to close"));
        assert_eq!(article.url.as_deref(), Some("https://tidewell.example/1"));
        assert_eq!(article.published_at.as_deref(), Some("2024-05-06"));
        assert_eq!(article.body, TEXT);
    }

    #[test]
    fn mail_is_none() {
        let mail =
            "From: a@example.org\nTo: b@example.org\nContent-Type: multipart/related; boundary=b\n\n--b\n";
        assert!(!Mhtml.recognizes(&Opening { bytes: mail.as_bytes(), whole: true, extension: "eml" }));
    }
}
