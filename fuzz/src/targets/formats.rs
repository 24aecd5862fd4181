//! Every format and every container: each input is an article or a rejection, whatever it is given for, and reading ends.
//!
//! What is changed is fed as it stands, or put into a sound container by the second byte of an input: so damage reaches
//! what is in a zip, and not only the zip.

use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use onrecord::read::{FORMATS, Options};
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::runner::{Seen, Target, files};
use crate::targets::reading::found;
use crate::targets::{articles, must};

/// The target.
pub(super) const TARGET: Target = Target { name: "formats", corpus, dictionary: WORDS, longest: 24_000, run };

/// The endings that files are given; the first byte of an input chooses one.
const ENDINGS: [&str; 20] = [
    "jsonl", "json", "docx", "epub", "parquet", "pdf", "xml", "sgm", "wire", "eml", "md", "csv", "html",
    "txt", "zip", "tar", "warc", "gz", "mbox", "rss",
];

/// What an input is put into; the second byte chooses one.
const CONTAINERS: [fn(&[u8], &str) -> Vec<u8>; 8] =
    [plain, plain, gzipped, in_zip, in_tar, in_warc, as_document, as_chapter];

const WORDS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<![CDATA[",
    "]]>",
    "<!--",
    "-->",
    "<!DOCTYPE a [<!ENTITY b \"c\">]>",
    "&b;",
    "&#0;",
    "&amp;",
    "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
    "xmlns:a=\"b\"",
    "<item>",
    "<entry>",
    "<nitf>",
    "<body.content>",
    "<newsItem>",
    "<REUTERS>",
    "<DOC>",
    "<TEXT>",
    "<page>",
    "<revision>",
    "{{",
    "}}",
    "[[",
    "]]",
    "==",
    "<w:p>",
    "<w:t>",
    "<w:txbxContent>",
    "<mc:AlternateContent>",
    "<itemref idref=\"a\"/>",
    "\u{1}",
    "\u{2}",
    "\u{3}",
    "\nFrom a@b.example Tue Sep 20 10:15:00 2016\n",
    "Subject: ",
    "Content-Type: multipart/mixed; boundary=\"b\"\n",
    "\n--b\n",
    "Content-Transfer-Encoding: base64\n",
    "=?utf-8?q?a?=",
    "---\n",
    "+++\n",
    "title: ",
    "[",
    "]",
    "```\n",
    "> ",
    "| a | b |\n",
    "\"",
    "\"\"",
    ",",
    ";",
    "\t",
    "\r\n",
    "\n\n",
    "WARC/1.0\r\n",
    "Content-Length: ",
    "HTTP/1.1 200 OK\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Content-Encoding: gzip\r\n",
    "PK\u{3}\u{4}",
    "PK\u{1}\u{2}",
    "%PDF-1.4\n",
    " obj\n",
    "endobj\n",
    "stream\n",
    "endstream\n",
    "trailer\n",
    "/Contents",
    "/Kids",
    " 0 R",
    "BT ",
    " ET ",
    " Tj ",
    " Tf ",
    "(",
    ")",
    "%%EOF",
    "PAR1",
    "4294967295",
    "-1",
    "\0",
];

/// The files of every format, each as it is and in each container that it may lie in.
fn corpus() -> std::io::Result<Vec<Vec<u8>>> {
    let mut corpus = Vec::new();
    for format in FORMATS {
        let ending = match format.name() {
            "plain" => "txt",
            "markdown" => "md",
            "mail" => "eml",
            "sgml" => "sgm",
            "feed" | "nitf" | "newsml" | "wxr" | "mediawiki" => "xml",
            name => name,
        };
        let ending = ENDINGS.iter().position(|known| *known == ending).unwrap_or_default() as u8;
        let inputs = files(&articles(format.name()), is_input)?;
        if inputs.is_empty() {
            return Err(std::io::Error::other(format!("the format {} has no file", format.name())));
        }
        for (number, input) in inputs.iter().filter(|input| input.len() < TARGET.longest / 2).enumerate() {
            let container = (number + usize::from(ending)) % CONTAINERS.len();
            for container in [0, container as u8] {
                corpus.push([&[ending, container], &**input].concat());
            }
        }
    }
    for (container, ending) in [(2, "gz"), (3, "zip"), (4, "tar"), (5, "warc")] {
        let ending = ENDINGS.iter().position(|known| *known == ending).unwrap_or_default() as u8;
        let packed = CONTAINERS[container](b"{\"text\": \"A text.\"}\n{\"text\": \"Another.\"}\n", "jsonl");
        corpus.push([&[ending, 0], &*packed].concat());
    }
    Ok(corpus)
}

fn is_input(path: &Path) -> bool {
    path.extension().is_none_or(|ending| ending != "articles")
}

fn run(input: &[u8]) -> Result<Seen, String> {
    let (ending, container) = (input.first().copied().unwrap_or(0), input.get(1).copied().unwrap_or(0));
    let ending = ENDINGS[usize::from(ending) % ENDINGS.len()];
    let pack = CONTAINERS[usize::from(container) % CONTAINERS.len()];
    let bytes = pack(input.get(2..).unwrap_or_default(), ending);
    let options = Options { pdf_program: std::env::current_exe().ok(), ..Options::default() };
    let places = found(&format!("a.{ending}"), &bytes, 1 << 16, &options);
    must(!places.is_empty(), || "nothing is said of it".to_owned())?;
    let mut seen = Seen::default();
    for (at, what) in &places {
        match what {
            Ok(body) => {
                must(!body.trim().is_empty() && !body.contains('\0'), || format!("a body is {body:?}"))?;
                seen.note((ending, container, at.is_some(), body.len().ilog2()));
            }
            Err(reason) => {
                must((1..=301).contains(&reason.chars().count()), || format!("a reason is {reason:?}"))?;
                let kind: String =
                    reason.chars().take_while(|character| !"(,:".contains(*character)).collect();
                seen.note((ending, kind));
            }
        }
    }
    seen.note((ending, container, places.len().min(20)));
    Ok(seen)
}

fn plain(bytes: &[u8], _: &str) -> Vec<u8> {
    bytes.to_vec()
}

fn gzipped(bytes: &[u8], _: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.unwrap_or_default()
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        // As they are: a book is told by its first bytes.
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        if writer.start_file(*name, options).is_err() || writer.write_all(bytes).is_err() {
            return Vec::new();
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

fn in_zip(bytes: &[u8], ending: &str) -> Vec<u8> {
    zipped(&[("b.txt", b"A text."), (&format!("a.{ending}"), bytes)])
}

fn in_tar(bytes: &[u8], ending: &str) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_cksum();
    let added = builder.append_data(&mut header, format!("a.{ending}"), bytes);
    added.and_then(|()| builder.into_inner()).unwrap_or_default()
}

fn in_warc(bytes: &[u8], ending: &str) -> Vec<u8> {
    let kind = match ending {
        "pdf" => "application/pdf",
        "json" | "jsonl" => "application/json",
        "xml" | "rss" => "text/xml",
        "txt" => "text/plain",
        _ => "text/html",
    };
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        http.len() + bytes.len()
    );
    [head.as_bytes(), http.as_bytes(), bytes, b"\r\n\r\n"].concat()
}

fn as_document(bytes: &[u8], _: &str) -> Vec<u8> {
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", bytes)])
}

fn as_chapter(bytes: &[u8], _: &str) -> Vec<u8> {
    let package: &[u8] = b"<package><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>";
    let container: &[u8] = b"<container><rootfile full-path=\"a.opf\"/></container>";
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container),
        ("a.opf", package),
        ("a.xhtml", bytes),
    ])
}
