//! Corrections: what a person ruled, kept apart from what the machine found, and given effect.
//!
//! A `correction` says what is ruled and is kept in its `table`; `give` keeps one and applies it; `rulings` works out what
//! all in force come to, `overrule` makes an article show it (`ruled_article`, `article_rows`), and the `registry` keeps the
//! entities that corrections name (`newcomers`, `shown`). Knows rows and keys; never analyzes a text. Start reading at
//! `correction`, then `overrule`; ARCHITECTURE.md draws how they fit.

pub(crate) mod article_rows;
pub(crate) mod correction;
pub(crate) mod difference;
pub(crate) mod give;
pub(crate) mod machine;
pub(crate) mod newcomers;
pub(crate) mod overrule;
pub(crate) mod registry;
pub(crate) mod rows;
pub(crate) mod ruled_article;
pub(crate) mod rulings;
pub(crate) mod shown;
pub(crate) mod table;
