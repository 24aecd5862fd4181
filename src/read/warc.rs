//! WARC and ARC: the answers that a crawler was given, each as if it were a file.
//!
//! Reads one record at a time. Of an answer the header lines of HTTP are taken off, and what they say was done to the body
//! is undone.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::ControlFlow;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use crate::read::rejection::{MAX_DOCUMENT, Reason, broken, shortened, too_large};
use crate::read::rejection_kind::RejectionKind;

/// The longest header of a record or an answer, in bytes.
const LONGEST_HEADER: usize = 256 << 10;

/// An answer.
pub(crate) struct Answer {
    /// The address that was asked.
    pub(crate) address: String,
    /// The ending that a file of its kind has.
    pub(crate) extension: &'static str,
    /// Its body.
    pub(crate) body: Vec<u8>,
}

/// What is found in a crawl.
pub(crate) enum Record {
    /// An answer that may hold an article.
    Answer(Answer),
    /// One that cannot: a picture, a script, an error; its address.
    PassedOver(String),
    /// What cannot be read: its address if that is known, and why.
    Wrong(Option<String>, Reason),
}

/// Whether a stream begins like a WARC or an ARC.
pub(crate) fn is_warc(head: &[u8]) -> bool {
    head.starts_with(b"WARC/0.") || head.starts_with(b"WARC/1.") || head.starts_with(b"filedesc://")
}

/// Finds the answers in a crawl.
pub(crate) fn records(
    mut input: Box<dyn BufRead + '_>,
    take: &mut dyn FnMut(Record) -> ControlFlow<()>,
) -> ControlFlow<()> {
    loop {
        let header = match header(&mut *input) {
            Ok(Some(header)) => header,
            Ok(None) => return ControlFlow::Continue(()),
            Err(error) => return take(Record::Wrong(None, broken(&error))),
        };
        let Some(header) = header else {
            return take(Record::Wrong(None, "a record begins with no header; the rest is not read".into()));
        };
        let mut block = Vec::new();
        let read = (&mut input).take(header.length.min(MAX_DOCUMENT as u64)).read_to_end(&mut block);
        let rest = header.length - block.len() as u64;
        let wanted = header.wanted;
        match read {
            Err(error) => return take(Record::Wrong(Some(header.address), broken(&error))),
            Ok(_) if header.length > MAX_DOCUMENT as u64 => {
                if wanted {
                    take(Record::Wrong(Some(header.address), too_large()))?;
                }
                if let Err(error) = io::copy(&mut (&mut input).take(rest), &mut io::sink()) {
                    return take(Record::Wrong(None, broken(&error)));
                }
            }
            Ok(_) if rest > 0 => {
                let reason = broken(&io::Error::from(io::ErrorKind::UnexpectedEof));
                if wanted {
                    answer(header, &block, take)?;
                }
                return take(Record::Wrong(None, reason));
            }
            Ok(_) if wanted => answer(header, &block, take)?,
            Ok(_) => {}
        }
    }
}

/// The header of a record, as far as it is needed.
struct Header {
    address: String,
    length: u64,
    /// Whether it is an answer, and not a request or a note of the crawler.
    wanted: bool,
    /// Whether the block begins with the header lines of HTTP.
    of_http: bool,
    kind: String,
}

/// Reads the header of the next record; the outer none is the end, the inner one no header.
fn header(input: &mut dyn BufRead) -> io::Result<Option<Option<Header>>> {
    let first = loop {
        let Some(line) = line(input)? else { return Ok(None) };
        if !line.trim().is_empty() {
            break line;
        }
    };
    if !first.starts_with("WARC/") {
        return Ok(Some(arc_header(&first)));
    }
    let mut fields = Vec::new();
    let mut size = 0;
    while let Some(line) = line(input)? {
        size += line.len();
        if line.trim().is_empty() || size > LONGEST_HEADER {
            break;
        }
        fields.push(line);
    }
    let field = |name: &str| value(&fields, name);
    let Some(length) = field("content-length").and_then(|length| length.parse().ok()) else {
        return Ok(Some(None));
    };
    let kind = field("warc-type").unwrap_or_default();
    let content = field("content-type").unwrap_or_default();
    let address = field("warc-target-uri").unwrap_or_default();
    Ok(Some(Some(Header {
        address: address.trim_matches(['<', '>']).to_owned(),
        length,
        // Crawlers keep notes on themselves under addresses of their own.
        wanted: matches!(kind.as_str(), "response" | "resource" | "conversion") && !is_note(&address),
        of_http: kind == "response" && content.contains("http"),
        kind: content,
    })))
}

fn is_note(address: &str) -> bool {
    let scheme = address.trim_start_matches('<').split(':').next().unwrap_or_default();
    matches!(scheme, "metadata" | "dns" | "whois" | "filedesc")
}

/// The header of a record of an ARC: address, host, date, kind and length in a line.
fn arc_header(line: &str) -> Option<Header> {
    let parts: Vec<&str> = line.split_whitespace().collect();
    let [address, .., kind, length] = parts.as_slice() else { return None };
    let length = length.parse().ok()?;
    let is_note = address.starts_with("filedesc:");
    Some(Header {
        address: (*address).to_owned(),
        length,
        wanted: !is_note && address.contains("://"),
        of_http: address.starts_with("http"),
        kind: (*kind).to_owned(),
    })
}

/// A line, its end taken off; none at the end of the stream.
fn line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    if input.take(LONGEST_HEADER as u64).read_until(b'\n', &mut bytes)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()))
}

/// The value of a header field.
fn value(fields: &[String], name: &str) -> Option<String> {
    fields.iter().find_map(|field| {
        let (found, value) = field.split_once(':')?;
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// Hands on the answer in a block.
fn answer(header: Header, block: &[u8], take: &mut dyn FnMut(Record) -> ControlFlow<()>) -> ControlFlow<()> {
    let Header { address, of_http, kind, .. } = header;
    if !of_http {
        return take(record(address, &kind, block.to_vec()));
    }
    let (end, behind) = match (memchr::memmem::find(block, b"\r\n\r\n"), memchr::memmem::find(block, b"\n\n"))
    {
        (Some(at), Some(bare)) if bare < at => (bare, bare + 2),
        (Some(at), _) => (at, at + 4),
        (None, Some(bare)) => (bare, bare + 2),
        (None, None) => (block.len(), block.len()),
    };
    let lines: Vec<String> = String::from_utf8_lossy(&block[..end]).lines().map(str::to_owned).collect();
    let status = lines.first().and_then(|line| line.split_whitespace().nth(1));
    if status.is_some_and(|status| !status.starts_with('2')) {
        return take(Record::PassedOver(address));
    }
    let kind = value(&lines, "content-type").unwrap_or_default();
    if extension(&kind).is_none() {
        return take(Record::PassedOver(address));
    }
    let body = block[behind..].to_vec();
    let is_chunked =
        value(&lines, "transfer-encoding").is_some_and(|coding| coding.to_lowercase().contains("chunked"));
    let body = if is_chunked { unchunked(&body).unwrap_or(body) } else { body };
    let coding = value(&lines, "content-encoding").unwrap_or_default().to_lowercase();
    match decoded(body, &coding) {
        Ok(body) => take(record(address, &kind, body)),
        Err(reason) => take(Record::Wrong(Some(address), reason)),
    }
}

fn record(address: String, kind: &str, body: Vec<u8>) -> Record {
    match extension(kind) {
        Some(extension) if !body.is_empty() => Record::Answer(Answer { address, extension, body }),
        _ => Record::PassedOver(address),
    }
}

/// The ending of files of a kind that may hold an article; none of others.
fn extension(kind: &str) -> Option<&'static str> {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_lowercase();
    Some(match kind.as_str() {
        "text/html" | "application/xhtml+xml" => "html",
        "text/plain" => "txt",
        "text/markdown" => "md",
        "application/json" | "application/feed+json" | "application/ld+json" => "json",
        "application/pdf" => "pdf",
        kind if kind.ends_with("xml") => "xml",
        _ => return None,
    })
}

/// A body without the sizes of its chunks; none if it does not hold such, as where a crawler has taken them off.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::with_capacity(body.len());
    let mut rest = body;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            break;
        }
        rest = &rest[end + 1..];
        whole.extend_from_slice(&rest[..size.min(rest.len())]);
        rest = rest.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
    Some(whole)
}

/// A body as it was before it was packed. What is not packed, whatever its header says, stays.
fn decoded(body: Vec<u8>, coding: &str) -> Result<Vec<u8>, Reason> {
    let unpacked = |decoder: &mut dyn Read| -> io::Result<Vec<u8>> {
        let mut unpacked = Vec::new();
        decoder.take(MAX_DOCUMENT as u64 + 1).read_to_end(&mut unpacked)?;
        Ok(unpacked)
    };
    let is_text =
        |body: &[u8]| body.trim_ascii_start().starts_with(b"<") || body.trim_ascii_start().starts_with(b"{");
    let result = match coding {
        "" | "identity" | "utf-8" => return Ok(body),
        _ if is_text(&body) => return Ok(body),
        "gzip" | "x-gzip" => unpacked(&mut MultiGzDecoder::new(Cursor::new(&body))),
        "deflate" => unpacked(&mut ZlibDecoder::new(Cursor::new(&body)))
            .or_else(|_| unpacked(&mut DeflateDecoder::new(Cursor::new(&body)))),
        "zstd" => zstd::stream::read::Decoder::new(BufReader::new(Cursor::new(&body)))
            .and_then(|mut decoder| unpacked(&mut decoder)),
        other => {
            let words = format!("it is packed as {}, which cannot be unpacked", shortened(other));
            return Err(Reason::new(RejectionKind::Unsupported, words));
        }
    };
    match result {
        Ok(body) if body.len() > MAX_DOCUMENT => Err(too_large()),
        Ok(body) => Ok(body),
        Err(error) => Err(broken(&error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        let _ = records(Box::new(Cursor::new(text.to_vec())), &mut |record| {
            found.push(match record {
                Record::Answer(answer) => format!(
                    "{} {} {}",
                    answer.address,
                    answer.extension,
                    String::from_utf8_lossy(&answer.body)
                ),
                Record::PassedOver(address) => format!("passed over {address}"),
                Record::Wrong(address, reason) => format!("{address:?} {reason}"),
            });
            ControlFlow::Continue(())
        });
        found
    }

    fn warc(http: &str) -> Vec<u8> {
        format!(
            "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 2\r\n\r\nhi\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{http}\r\n\r\n",
            http.len()
        )
        .into_bytes()
    }

    #[test]
    fn an_answer_is_freed_of_its_wrapping() {
        let plain = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi";
        assert_eq!(found(&warc(plain)), ["http://a.example/ html <p>Hi"]);
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n2;x\r\nHi\r\n0\r\n\r\n";
        assert_eq!(found(&warc(chunked)), ["http://a.example/ html <p>Hi"]);
        assert_eq!(found(&warc("HTTP/1.1 404 Not Found\r\n\r\nno")), ["passed over http://a.example/"]);
        let arc = b"filedesc://x 0.0.0.0 2020 text/plain 3\nabc\n\nhttp://a.example/ 1.1.1.1 2020 text/html 27\nHTTP/1.0 200 OK\nA: b\n\n<p>Hi";
        assert_eq!(found(arc), ["passed over http://a.example/"]);
    }

    #[test]
    fn a_crawl_that_breaks_off_is_said_to() {
        let whole = warc("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Hi there");
        let found = found(&whole[..whole.len() - 8]);
        assert_eq!(found, ["http://a.example/ html <p>Hi t", "None the file breaks off: it is not complete"]);
    }
}
