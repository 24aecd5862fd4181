//! onrecord, the knowledge store for news: who said what about whom, each answer with its source.
//!
//! ```text
//! file ─ read ─▶ Article ─ annotate ─▶ Annotations ─ facts ─▶ Facts ─ store ─▶ SQLite ─ query ─▶ rows
//!                          └────────────── pipeline ─────────────┘
//! ```
//!
//! An article in, its quotes and their speakers out:
//!
//! ```
//! use onrecord::{Article, Model, analyze};
//!
//! let article = Article::from_text(
//!     "“We will appeal,” said Ana Ruiz, the mayor of Porto Sereno. Leo Brandt said that the pier was not safe.",
//! );
//! let facts = analyze(&article, Model::embedded()).facts;
//! # let mut printed = Vec::new();
//! for quote in &facts.quotes {
//!     let speaker = quote.speaker.map_or("somebody", |id| &facts.entities[id.index()].name);
//!     let words: Vec<&str> = quote.content.iter().map(|piece| piece.slice(&article.body)).collect();
//!     println!("{speaker}: {}", words.join(" … "));
//! #   printed.push(format!("{speaker}: {}", words.join(" … ")));
//! }
//! # assert_eq!(printed, ["Ana Ruiz: “We will appeal,”", "Leo Brandt: that the pier was not safe"]);
//! ```
//!
//! That needs no database and no command line: the feature `store` brings the modules that read and write the database,
//! `cli` the program, `pdf` the reader of PDF that runs in a process of its own. All are on by default;
//! `default-features = false` leaves the analysis.
//!
//! In reading order: [`article`] and [`span`] are what everything speaks of; `read` turns files into
//! articles; [`annotate`] adds the layers of language; [`facts`] finds who said what about whom;
//! `pipeline` is the order of those stages; `store` writes and `query` reads the database;
//! `ingest` is the loop from files to rows; `wire` is the JSON of the extract command, [`json`] how all JSON is written; `explain` shows
//! how a stored quote came about, `draft` what the archive has for the quotes of a text, `cite` a reference for one, [`inspect`] what would be taken from a file; `cli` is the command line.

// A stream whose reader is gone makes these panic: `cli` writes, and minds what comes of it.
#![deny(clippy::print_stdout, clippy::print_stderr)]

pub mod annotate;
pub mod article;
pub(crate) mod calendar;
#[cfg(feature = "store")]
pub mod cite;
#[cfg(feature = "cli")]
pub mod cli;
// A question has bounds and flags; without the store nobody asks one.
#[cfg_attr(not(feature = "store"), allow(dead_code))]
pub mod dates;
#[cfg(feature = "store")]
pub mod draft;
pub mod error;
#[cfg(feature = "store")]
pub mod explain;
pub mod extract;
// The store asks `facts` which names may be one's, and of what field an office is; without it nobody does.
#[cfg_attr(not(feature = "store"), allow(dead_code))]
pub mod facts;
pub mod gear;
pub(crate) mod guard;
#[cfg(feature = "store")]
pub mod ingest;
pub mod inspect;
pub mod json;
#[cfg(feature = "store")]
pub(crate) mod language;
pub mod name_key;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod pipeline;
#[cfg(feature = "store")]
pub mod query;
pub mod read;
pub mod span;
#[cfg(feature = "store")]
pub mod store;
pub mod terminal;
#[doc(hidden)]
pub mod training;
pub mod wire;

pub use crate::annotate::{Annotations, Model};
pub use crate::article::Article;
pub use crate::error::{Error, Warning};
pub use crate::facts::{
    Act, Entity, EntityId, EntityKind, Facts, Form, Mention, Quote, QuoteKind, Relationship, Status,
};
pub use crate::gear::Gear;
pub use crate::pipeline::{Analysis, analyze};
pub use crate::span::{Byte, CodePoints, Span};

/// The examples of the README are tested as those here are.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
