//! Reading: the same in pieces of any size, every line is an article or a rejection, and a good record behind anything is
//! found.

use std::io::{BufReader, Cursor};
use std::ops::ControlFlow;

use onrecord::read::{self, Found, InputFormat, Options, format_named};

use crate::runner::{Seen, Target, files};
use crate::targets::{articles, must};

/// The target. The first byte of an input chooses the name of the file.
pub(super) const TARGET: Target = Target { name: "read", corpus, dictionary: WORDS, longest: 8000, run };

const NAMES: [&str; 8] = ["a.jsonl", "a.json", "a.txt", "a", "a.jsonl.gz", "a.ndjson", "a.html", "a.gz"];

const WORDS: &[&str] = &[
    "{\"text\": \"A text.\"}\n",
    "{\"text\": \"",
    "\"}",
    "{\"",
    "\": ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "},\n{",
    "\n",
    "\n{\n  \"",
    "null",
    "NaN",
    "-1e9",
    "\\u0000",
    "\\ud800",
    "\\ud83d\\ude00",
    "\\",
    "\"docs\": [{",
    "\"articles\": [\n{",
    "\"body\": ",
    "\"date\": \"2016-02-30\"",
    "\"published\": 1474330000",
    "\"id\": 1",
    "\"title\": ",
    "\u{FEFF}",
    "Title\n\n",
    "\"_source\": {",
    "    ",
    "\r\n",
    "\t",
    "<!DOCTYPE html>",
    "<p>",
    "</p>",
    "</div>",
    "<div class=\"article-body\">",
    "<table><tr><td>",
    "<a href='",
    "<!--",
    "<script type=\"application/ld+json\">",
    "<title>",
    "&#x110000;",
    "&nbsp",
    "charset=utf-16",
];

/// What gzip begins with.
const PACKED: &[u8] = b"\x1F\x8B";

/// A record that is to be found behind anything.
const GOOD: &str = "{\"text\": \"Found behind it.\"}";

fn corpus() -> std::io::Result<Vec<Vec<u8>>> {
    let mut corpus = Vec::new();
    for (first, folder) in [(0, "jsonl"), (1, "json"), (2, "plain"), (6, "html")] {
        let inputs = files(&articles(folder), |_| true)?;
        corpus.extend(
            inputs.into_iter().filter(|input| input.len() < 8000).map(|input| [&[first], &*input].concat()),
        );
    }
    Ok(corpus)
}

/// What was found at one place: its line, and the body of an article or the reason why there is none.
type Place = (Option<u64>, Result<String, String>);

fn found(name: &str, bytes: &[u8], chunk: usize, options: &Options) -> Vec<Place> {
    let mut places = Vec::new();
    let input = Box::new(BufReader::with_capacity(chunk, Cursor::new(bytes.to_vec())));
    let _ = read::stream(name, input, options, &mut |found| {
        places.push(match found {
            Found::Document(document) => {
                let reading = document.article(options);
                (document.line, reading.map(|reading| reading.article.body).map_err(|reason| reason.words))
            }
            Found::Rejected(rejection) => (rejection.line, Err(rejection.reason)),
            Found::Skipped(name) | Found::LeadsOut(name) => (None, Err(name)),
            Found::Opened(opened) => (None, Err(opened.source)),
        });
        ControlFlow::Continue(())
    });
    places
}

fn run(input: &[u8]) -> Result<Seen, String> {
    let (first, bytes) = input.split_first().unwrap_or((&0, &[]));
    let name = NAMES[*first as usize % NAMES.len()];
    let options = Options::default();
    let places = found(name, bytes, 1 << 16, &options);
    let mut seen = Seen::default();
    must(!places.is_empty(), || "nothing is said of it".to_owned())?;
    // How far a damaged packed file is unpacked depends on the pieces that it comes in.
    let is_damaged = bytes.starts_with(PACKED) && places.iter().any(|(_, what)| what.is_err());
    let is_same = || places == found(name, bytes, 7, &options);
    must(is_damaged || is_same(), || "in small pieces it is read otherwise".to_owned())?;
    let lines = 1 + bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
    let mut line = 0;
    for (at, what) in &places {
        if let Some(at) = at.filter(|_| !name.ends_with("gz")) {
            must((line..=lines).contains(&at), || format!("line {at} comes after line {line} of {lines}"))?;
            line = at;
        }
        match what {
            Ok(body) => {
                must(!body.trim().is_empty() && !body.contains('\0'), || format!("a body is {body:?}"))?;
                seen.note(("article", at.is_some(), body.len().ilog2()));
            }
            Err(reason) => {
                must((1..=301).contains(&reason.chars().count()), || format!("a reason is {reason:?}"))?;
                seen.note((name, reason.split(['(', ',']).next().unwrap_or_default().to_owned()));
            }
        }
    }
    seen.note((name, places.len().min(30), places.iter().filter(|(_, what)| what.is_ok()).count().min(30)));
    is_found_behind(bytes)?;
    Ok(seen)
}

/// A good record on a line of its own is found behind anything, in each format that has records.
fn is_found_behind(bytes: &[u8]) -> Result<(), String> {
    // What looks packed, or like UTF-16, is not the text that it seems.
    if bytes.starts_with(PACKED)
        || bytes.contains(&0)
        || bytes.starts_with(b"\xFF\xFE")
        || bytes.starts_with(b"\xFE\xFF")
    {
        return Ok(());
    }
    let longer = [bytes, b"\n", GOOD.as_bytes(), b"\n"].concat();
    for format in ["jsonl", "json"] {
        let format: Option<&'static dyn InputFormat> = format_named(format);
        let options = Options { format, ..Options::default() };
        let is_there = found("a", &longer, 4096, &options)
            .iter()
            .any(|(_, what)| what.as_deref() == Ok("Found behind it."));
        must(is_there, || {
            format!("a good record behind it is lost in {}", format.map_or("?", |format| format.name()))
        })?;
    }
    Ok(())
}
