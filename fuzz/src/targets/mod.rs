//! What is fed: one function a file, and the table of them.

mod analyze;
mod formats;
mod question;
mod read;
mod reading;
mod segment;

use std::io;
use std::path::{Path, PathBuf};

use crate::runner::{Target, files};

/// The targets.
pub(crate) const TARGETS: &[Target] =
    &[read::TARGET, formats::TARGET, segment::TARGET, analyze::TARGET, question::TARGET];

/// A folder of our golden articles.
fn articles(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/articles").join(name)
}

/// The texts of our golden articles.
fn texts() -> io::Result<Vec<Vec<u8>>> {
    files(&articles("text"), |path| path.extension().is_some_and(|ending| ending == "txt"))
}

/// Words at which the stages decide something.
const WORDS: &[&str] = &[
    "said",
    "says",
    "according to",
    "told reporters that",
    "denied",
    "asked",
    "“",
    "”",
    "\"",
    "‘",
    "’s",
    "he",
    "she",
    "they",
    "it",
    "Mr.",
    "Ms. Ruiz",
    "Ana Ruiz",
    "Leo Brandt",
    "Mayor",
    "President",
    "spokesman for",
    "the",
    "of",
    "and",
    "that",
    "not",
    ", who",
    "—",
    " – ",
    "Inc.",
    "U.S.",
    "Porto Sereno",
    "Northwind",
    "the Harbor Party",
    "didn’t",
    "\n\n",
    "\n",
    ". ",
    "?",
    "!",
    ":",
    ";",
    "(",
    ")",
    "[",
    "]",
    "Q:",
    "A:",
    "PORTO SERENO —",
    "@ruiz",
    "https://a.example/b",
    "3-2",
    "$5 million",
    "added.",
    "he said.",
    "I",
    "we",
    "you",
    "...",
    "*",
    "#",
    "> ",
    "- ",
    "&amp;",
    "<p>",
];

/// Says what does not hold, unless it does.
fn must(holds: bool, what: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(what()) }
}
