//! onrecord, the knowledge store for news: who said what about whom, each answer with its source.
//!
//! ```text
//! file ─ read ─▶ Article ─ annotate ─▶ Annotations ─ facts ─▶ Facts ─ store ─▶ SQLite ─ query ─▶ rows
//!                          └────────────── pipeline ─────────────┘
//! ```
//!
//! In reading order: [`article`] and [`span`] are what everything speaks of; `read` turns files into
//! articles; [`annotate`] adds the layers of language; [`facts`] finds who said what about whom;
//! `pipeline` is the order of those stages; `store` writes and `query` reads the database;
//! `ingest` is the loop from files to rows; `wire` is the JSON of the extract command; `explain` shows
//! how a stored quote came about; [`cli`] is the command line.

pub mod annotate;
pub mod article;
pub(crate) mod calendar;
pub mod cli;
pub mod error;
pub mod explain;
pub mod extract;
pub mod facts;
pub mod ingest;
pub mod name_key;
pub mod pipeline;
pub mod query;
pub mod read;
pub mod span;
pub mod store;
pub mod terminal;
pub mod wire;
