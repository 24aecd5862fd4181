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
#[cfg(feature = "cli")]
pub mod cli;
pub mod error;
#[cfg(feature = "store")]
pub mod explain;
pub mod extract;
// The store asks `facts` which names may be one's, and of what field an office is; without it nobody does.
#[cfg_attr(not(feature = "store"), allow(dead_code))]
pub mod facts;
pub(crate) mod guard;
#[cfg(feature = "store")]
pub mod ingest;
pub mod name_key;
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
