//! Corrections: what a person ruled, kept apart from what the machine found, and given effect.
//!
//! A `correction` says what is ruled and is kept in its `table`; `give` keeps one and applies it, `join` those that no
//! person gave; `rulings` works out what all in force come to, `overrule` makes an article show it (`ruled_article`, `article_rows`), and the `registry` keeps the
//! entities that corrections name (`newcomers`, `shown`). Knows rows and keys; never analyzes a text. Start reading at
//! `correction`, then `overrule`; ARCHITECTURE.md draws how they fit.

mod article_rows;
pub(super) mod correction;
mod difference;
pub(super) mod give;
pub(super) mod join;
pub(super) mod machine;
pub(super) mod naming;
pub(super) mod newcomers;
pub(super) mod overrule;
pub(super) mod quote_change;
pub(super) mod registry;
mod rows;
mod ruled_article;
pub(super) mod rulings;
pub(super) mod shown;
mod table;
